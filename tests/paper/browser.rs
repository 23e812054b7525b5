//! Prints HTML with the browser named by `CHROME`, as the press does: tagged, with an outline.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use headless_chrome::protocol::cdp::Page;
use headless_chrome::{Browser, LaunchOptions, Tab};
use jalon::paper::Press;

/// The browser, or none where the machine has none; a failure where the pages are required.
pub(crate) fn browser() -> Option<Browser> {
    let Some(path) = std::env::var_os("CHROME").map(PathBuf::from) else {
        assert!(std::env::var_os("JALON_PAGES").is_none(), "CHROME is missing");
        eprintln!("skipped: CHROME is not set; `make test` sets it");
        return None;
    };
    let arguments = ["--no-first-run", "--disable-background-networking", "--disable-sync"];
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

/// The press of the program, or none where the machine has no browser, as for [`browser`].
pub(crate) fn press() -> Option<Press> {
    if std::env::var_os("CHROME").is_none() {
        assert!(std::env::var_os("JALON_PAGES").is_none(), "CHROME is missing");
        eprintln!("skipped: CHROME is not set; `make test` sets it");
        return None;
    }
    Some(Press::find().unwrap())
}

/// The PDF of a page, as the browser gives it.
pub(crate) fn print(tab: &Arc<Tab>, html: &str) -> Vec<u8> {
    let tree = tab.call_method(Page::GetFrameTree(None)).unwrap();
    let frame_id = tree.frame_tree.frame.id;
    tab.call_method(Page::SetDocumentContent { frame_id, html: html.to_owned() }).unwrap();
    tab.evaluate(
        "document.fonts.ready.then(() => Promise.all([...document.images].map(i => i.decode())))",
        true,
    )
    .unwrap();
    let printed = tab
        .call_method(Page::PrintToPDF {
            landscape: None,
            display_header_footer: None,
            print_background: Some(true),
            scale: None,
            paper_width: None,
            paper_height: None,
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
        })
        .unwrap();
    STANDARD.decode(printed.data).unwrap()
}
