//! Somebody with a browser of their own: what they type, what they see.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use headless_chrome::protocol::cdp::{Emulation, Input, Network, Page};
use headless_chrome::{Browser, LaunchOptions, Tab};

/// The browser, or none where the machine has none; a failure where the pages are required.
pub(crate) fn browser() -> Option<Browser> {
    let Some(path) = std::env::var_os("CHROME").map(PathBuf::from) else {
        assert!(std::env::var_os("JALON_PAGES").is_none(), "CHROME is missing");
        eprintln!("skipped: CHROME is not set; `make test` sets it");
        return None;
    };
    let arguments = [
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars",
    ];
    let options = LaunchOptions {
        path: Some(path),
        sandbox: false,
        headless: true,
        user_data_dir: Some(tempfile::tempdir().unwrap().keep()),
        idle_browser_timeout: Duration::from_secs(600),
        args: arguments.iter().map(OsStr::new).collect(),
        ..LaunchOptions::default()
    };
    Some(Browser::new(options).unwrap())
}

/// What the policy of the page refused, errors of the script, and other windows, if any.
const WATCH: &str = "window.wrong = [];\
    addEventListener('securitypolicyviolation', e => wrong.push(e.violatedDirective + ' ' + e.blockedURI));\
    addEventListener('error', e => wrong.push(String(e.message)));\
    addEventListener('unhandledrejection', e => wrong.push(String(e.reason)));";

/// A device and who holds it.
pub(crate) struct Reader {
    pub(crate) tab: Arc<Tab>,
}

impl Reader {
    /// A new device: nothing is kept on it.
    pub(crate) fn new(browser: &Browser) -> Self {
        let tab = browser.new_context().unwrap().new_tab().unwrap();
        let source = WATCH.to_owned();
        tab.call_method(Page::AddScriptToEvaluateOnNewDocument {
            source,
            world_name: None,
            include_command_line_api: None,
            run_immediately: None,
        })
        .unwrap();
        let reader = Self { tab };
        reader.speaks("fr-FR");
        reader.holds(1280);
        reader
    }

    /// What the browser says its reader reads.
    pub(crate) fn speaks(&self, language: &str) {
        self.tab
            .call_method(Network::SetUserAgentOverride {
                user_agent: "Mozilla/5.0 (Linux; Android 10) Chrome/130 Mobile".to_owned(),
                accept_language: Some(language.to_owned()),
                platform: None,
                user_agent_metadata: None,
            })
            .unwrap();
    }

    /// Gives the screen so many pixels in width.
    pub(crate) fn holds(&self, width: u32) {
        self.tab
            .call_method(Emulation::SetDeviceMetricsOverride {
                width,
                height: 800,
                device_scale_factor: 1.0,
                mobile: width < 500,
                scale: None,
                screen_width: None,
                screen_height: None,
                position_x: None,
                position_y: None,
                dont_set_visible_size: None,
                screen_orientation: None,
                viewport: None,
                display_feature: None,
                device_posture: None,
            })
            .unwrap();
    }

    /// What an expression gives, as text; promises are awaited.
    pub(crate) fn ask(&self, expression: &str) -> String {
        let value = self.tab.evaluate(expression, true).map(|object| object.value);
        let value =
            value.unwrap_or_else(|error| panic!("{expression}: {error}")).unwrap_or_default();
        value.as_str().map_or_else(|| value.to_string(), str::to_owned)
    }

    /// Waits until an expression is true.
    pub(crate) fn wait(&self, expression: &str) {
        let begun = Instant::now();
        loop {
            // A page that is leaving answers nothing.
            let value = self.tab.evaluate(expression, true).ok().and_then(|object| object.value);
            if value.as_ref().and_then(serde_json::Value::as_bool) == Some(true) {
                return;
            }
            if begun.elapsed() > Duration::from_secs(20) {
                let seen = self.tab.evaluate("document.body.innerText.slice(0, 600)", false);
                panic!(
                    "waited for {expression}; what is seen: {:?}",
                    seen.ok().map(|one| one.value)
                );
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Follows a link to the site: the page is loaded anew. Waits until something is shown.
    pub(crate) fn goes(&self, address: &str) -> String {
        let arrived = address.split('#').next().unwrap();
        if self.ask("location.href").starts_with(arrived) {
            // Another part of the same address would not load it again.
            self.ask(&format!(
                "window.past = true; history.replaceState(null, '', '{address}'); setTimeout(() => location.reload(), 0)"
            ));
        } else {
            self.tab
                .call_method(Page::Navigate {
                    url: address.to_owned(),
                    referrer: None,
                    transition_Type: None,
                    frame_id: None,
                    referrer_policy: None,
                })
                .unwrap();
        }
        self.wait(&format!(
            "!window.past && document.readyState === 'complete' && location.href.startsWith('{arrived}')"
        ));
        self.sees()
    }

    /// What is shown, once it is: `page`, `accueil`, or the key of what is wrong.
    pub(crate) fn sees(&self) -> String {
        self.wait(
            "!!document.getElementById('accueil') && ['accueil', 'page'].some(id => !document.getElementById(id).hidden)",
        );
        self.ask(
            "(() => { const shown = id => !document.getElementById(id).hidden; \
             if (shown('page')) return 'page'; \
             const told = document.querySelector('#souci p:not([hidden])'); \
             return shown('souci') && told ? told.dataset.t : 'accueil'; })()",
        )
    }

    /// Types words, without sending them.
    pub(crate) fn types(&self, phrase: &str) {
        self.ask("document.getElementById('phrase').value = ''; document.getElementById('phrase').focus()");
        self.writes(phrase);
    }

    /// Types text where the focus is.
    pub(crate) fn writes(&self, text: &str) {
        self.tab.call_method(Input::InsertText { text: text.to_owned() }).unwrap();
    }

    /// Presses a button by its id, or the one that sends the words.
    pub(crate) fn presses(&self, selector: &str) {
        self.ask(&format!("document.querySelector({selector:?}).click()"));
    }

    /// Types words, sends them, and tells what is shown.
    pub(crate) fn opens_by_words(&self, phrase: &str) -> String {
        self.types(phrase);
        self.presses("#mots .grand");
        self.wait("document.getElementById('attente').hidden");
        self.sees()
    }

    /// The text of the page.
    pub(crate) fn reads(&self) -> String {
        self.ask("document.getElementById('page').textContent")
    }

    /// What the policy refused and what went wrong since the page was loaded.
    pub(crate) fn wrong(&self) -> String {
        self.ask("wrong.join('; ')")
    }

    /// Waits until the page opens without a network, as far as it says so.
    pub(crate) fn waits_for_copy(&self) {
        self.wait(
            "navigator.serviceWorker.ready.then(() => new Promise(done => navigator.serviceWorker.controller \
             ? done(true) : navigator.serviceWorker.addEventListener('controllerchange', () => done(true))))",
        );
    }
}
