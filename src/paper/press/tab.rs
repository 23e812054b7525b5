//! One page of a browser, in which documents take each other's place, each printed in its turn.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use headless_chrome::protocol::cdp::types::Method;
use headless_chrome::protocol::cdp::{Emulation, Inspector, Network, Page, Runtime, Target};
use serde::Serialize;

use super::browser::Browser;
use super::error::PrintError;

/// The first page is whole.
const WHOLE: &str = "new Promise(done => document.readyState === 'complete' \
    ? done(0) : addEventListener('load', () => done(0)))";

/// Everything that the document shows is there: the number of fonts that are not, times 65536, plus
/// that of the pictures. Fonts are all asked for: those of page margins are met only on paper.
const READY: &str = "(async () => {
    document.documentElement?.getBoundingClientRect();
    const failed = async things =>
        (await Promise.allSettled(things)).filter(thing => thing.status === 'rejected').length;
    const fonts = await failed([...document.fonts].map(font => font.load()));
    await document.fonts.ready;
    const pictures = await failed([...document.images].map(image => image.decode()));
    return Math.min(fonts, 65535) * 65536 + Math.min(pictures, 65535);
})()";

/// A4, for a document that does not say, in inches.
const A4: (f64, f64) = (8.27, 11.69);

/// A page of a browser. It keeps the browser running.
#[derive(Debug)]
pub(super) struct Tab {
    browser: Arc<Browser>,
    deadline: Duration,
    target: String,
    session: String,
    frame: String,
}

impl Tab {
    /// Opens a tab on the base page. Each of its calls has this deadline.
    pub(super) fn open(browser: Arc<Browser>, deadline: Duration) -> Result<Self, PrintError> {
        let create = Target::CreateTarget {
            url: "about:blank".to_owned(),
            left: None,
            top: None,
            width: None,
            height: None,
            window_state: None,
            browser_context_id: None,
            enable_begin_frame_control: None,
            new_window: None,
            background: None,
            for_tab: None,
            hidden: None,
        };
        let target = browser.wire().call(None, &create, deadline)?.target_id;
        let attach = Target::AttachToTarget { target_id: target.clone(), flatten: Some(true) };
        let session = browser.wire().call(None, &attach, deadline)?.session_id;
        let base = browser.base();
        let mut tab = Self { browser, deadline, target, session, frame: String::new() };
        tab.call(&Inspector::Enable(None))?;
        tab.call(&Page::Enable { enable_file_chooser_opened_event: None })?;
        tab.call(&Network::SetBlockedURLs {
            urls: ["http", "https", "ws", "wss", "ftp"]
                .map(|scheme| format!("{scheme}://*"))
                .into(),
        })?;
        let navigate = Page::Navigate {
            url: base,
            referrer: None,
            transition_Type: None,
            frame_id: None,
            referrer_policy: None,
        };
        let shown = tab.call(&navigate)?;
        if shown.error_text.is_some() {
            return Err(PrintError::Unreadable);
        }
        tab.frame = shown.frame_id;
        tab.evaluate(WHOLE)?;
        tab.call(&Emulation::SetScriptExecutionDisabled { value: true })?;
        Ok(tab)
    }

    /// Whether it is a page of this browser.
    pub(super) fn is_of(&self, browser: &Arc<Browser>) -> bool {
        Arc::ptr_eq(&self.browser, browser)
    }

    /// The browser that shows it.
    pub(super) fn browser(&self) -> &Arc<Browser> {
        &self.browser
    }

    /// Prints a document, in place of the one before: a PDF as the browser makes it.
    pub(super) fn print(&self, html: &str) -> Result<Vec<u8>, PrintError> {
        let content =
            Page::SetDocumentContent { frame_id: self.frame.clone(), html: html.to_owned() };
        self.call(&content)?;
        let missing = self.evaluate(READY)?;
        if missing != 0 {
            return Err(PrintError::Missing { fonts: missing >> 16, pictures: missing & 0xFFFF });
        }
        let pdf = self.call(&paper())?.data;
        STANDARD.decode(pdf).map_err(|_| PrintError::Garbled { method: Page::PrintToPDF::NAME })
    }

    fn call<M: Method + Serialize>(&self, method: &M) -> Result<M::ReturnObject, PrintError> {
        self.browser.wire().call(Some(&self.session), method, self.deadline)
    }

    /// The number that an expression promises.
    fn evaluate(&self, expression: &str) -> Result<u32, PrintError> {
        let answer = self.call(&Runtime::Evaluate {
            expression: expression.to_owned(),
            object_group: None,
            include_command_line_api: None,
            silent: Some(true),
            context_id: None,
            return_by_value: Some(true),
            generate_preview: None,
            user_gesture: None,
            await_promise: Some(true),
            throw_on_side_effect: None,
            timeout: None,
            disable_breaks: None,
            repl_mode: None,
            allow_unsafe_eval_blocked_by_csp: None,
            unique_context_id: None,
            serialization_options: None,
        })?;
        let number = answer.result.value.and_then(|value| value.as_u64());
        number
            .and_then(|number| u32::try_from(number).ok())
            .ok_or(PrintError::Garbled { method: Runtime::Evaluate::NAME })
    }
}

impl Drop for Tab {
    fn drop(&mut self) {
        let close = Target::CloseTarget { target_id: self.target.clone() };
        self.browser.wire().tell(None, &close);
    }
}

/// On the paper that the document asks for, with its colours, its structure and its headings.
fn paper() -> Page::PrintToPDF {
    Page::PrintToPDF {
        landscape: None,
        display_header_footer: Some(false),
        print_background: Some(true),
        scale: None,
        paper_width: Some(A4.0),
        paper_height: Some(A4.1),
        margin_top: None,
        margin_bottom: None,
        margin_left: None,
        margin_right: None,
        page_ranges: None,
        header_template: None,
        footer_template: None,
        prefer_css_page_size: Some(true),
        transfer_mode: None,
        generate_tagged_pdf: Some(true),
        generate_document_outline: Some(true),
    }
}
