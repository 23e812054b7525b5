//! What a page weighs, held; how long it takes on a slow telephone, measured by hand.

use std::time::Duration;

use headless_chrome::protocol::cdp::{Emulation, Network, Page};

use super::host::Host;
use super::reader::{Reader, browser};
use super::{ELISE, NADIA, SITE, link, words};

/// Bytes of all that is given before documents: frame, door, sealed page.
const MOST: usize = 150_000;

#[test]
fn a_page_weighs_little_before_its_documents() {
    let Some(browser) = browser() else { return };
    let host = Host::new(&SITE);
    let weigh = |what: &str| {
        let asked = host.asked();
        let sum: usize = asked.iter().map(|one| one.given).sum();
        println!("{what}: {sum} bytes in {} files", asked.len());
        assert!(
            sum <= MOST,
            "{what}: {sum} {:?}",
            asked.iter().map(|a| (&a.path, a.given)).collect::<Vec<_>>()
        );
        assert!(sum > 65_536);
    };
    for (language, what) in [("fr", "by link"), ("ar", "by link, in Arabic")] {
        let reader = Reader::new(&browser);
        reader.speaks(language);
        assert_eq!(reader.goes(&format!("{}#{}", host.address(), link(ELISE))), "page");
        reader.waits_for_copy();
        weigh(what);
    }
    let reader = Reader::new(&browser);
    reader.speaks("tr");
    reader.goes(&host.address());
    assert_eq!(reader.opens_by_words(&words(ELISE).join(" ")), "page");
    reader.waits_for_copy();
    weigh("by words, in Turkish");
}

/// `cargo test --test families speed -- --ignored --nocapture`
#[test]
#[ignore = "times depend on the machine: to be read, not held"]
fn speed_of_opening_on_a_slow_telephone() {
    let Some(browser) = browser() else { return };
    let host = Host::new(&SITE);
    for rate in [4.0, 6.0] {
        for (letter, language) in [(NADIA, "fr"), (ELISE, "fr"), (ELISE, "ar")] {
            let reader = Reader::new(&browser);
            reader.speaks(language);
            let source = SHOWN.to_owned();
            let script = Page::AddScriptToEvaluateOnNewDocument {
                source,
                world_name: None,
                include_command_line_api: None,
                run_immediately: None,
            };
            reader.tab.call_method(script).unwrap();
            slow(&reader, rate);
            reader.goes(&format!("{}#{}", host.address(), link(letter)));
            reader.wait("!!window.shown");
            println!("×{rate} {} {language} by link: {}", letter.0, times(&reader));
        }
        let reader = Reader::new(&browser);
        reader.goes(&host.address());
        slow(&reader, rate);
        reader.types(&words(NADIA).join(" "));
        reader.wait("document.getElementById('compte').textContent.includes('7 sur 7')");
        let script = "(async () => { const begun = performance.now(); \
            document.querySelector('#mots .grand').click(); \
            while (document.getElementById('page').hidden) await new Promise(r => requestAnimationFrame(r)); \
            return Math.round(performance.now() - begun) + ' ms'; })()";
        println!("×{rate} by words: {}", reader.ask(script));
    }
}

/// Notes when the page is there to be read.
const SHOWN: &str = "new MutationObserver((_, one) => { const page = document.getElementById('page'); \
    if (page && !page.hidden) { one.disconnect(); requestAnimationFrame(() => { window.shown = performance.now(); }); } \
    }).observe(document, {subtree: true, attributes: true, childList: true});";

fn slow(reader: &Reader, rate: f64) {
    let tab = &reader.tab;
    tab.call_method(Network::Enable {
        max_total_buffer_size: None,
        max_resource_buffer_size: None,
        max_post_data_size: None,
        report_direct_socket_traffic: None,
        enable_durable_messages: None,
    })
    .unwrap();
    tab.call_method(Network::EmulateNetworkConditions {
        offline: false,
        latency: 150.0,
        download_throughput: 1_600_000.0 / 8.0,
        upload_throughput: 750_000.0 / 8.0,
        connection_Type: None,
        packet_loss: None,
        packet_queue_length: None,
        packet_reordering: None,
    })
    .unwrap();
    tab.call_method(Emulation::SetCPUThrottlingRate { rate }).unwrap();
    std::thread::sleep(Duration::from_millis(200));
}

/// When each step ended, from the moment the link was followed.
fn times(reader: &Reader) -> String {
    reader.ask(
        "(() => { const all = performance.getEntriesByType('resource'); \
         const of = name => { const e = all.find(e => e.name.includes(name)); return e ? Math.round(e.startTime) + '–' + Math.round(e.responseEnd) : '–'; }; \
         return 'html ' + Math.round(performance.getEntriesByType('navigation')[0].responseEnd) + \
         ', script ' + of('famille.js') + ', style ' + of('famille.css') + ', language ' + of('langues/') + ', door ' + of('portes/') + ', page ' + of('blocs/') + \
         ', shown ' + Math.round(window.shown) + ' ms'; })()",
    )
}
