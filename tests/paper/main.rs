//! Printed documents, finished: they conform to PDF/A-2a and PDF/UA-1, hold their fonts, and are the
//! same bytes each time. The judges are veraPDF and qpdf, which `tests/run` fetches.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops when it cannot go on")]
#![allow(clippy::print_stderr, reason = "a test that is skipped says so")]

mod browser;
mod judge;
mod kinds;
mod pages;

use jalon::paper::{Facts, FinishError, finish};
use jalon::source::write_if_changed;
use lopdf::{Document, Object};

fn facts(name: &str) -> Facts {
    Facts {
        title: format!("Bilan de l’élève NGUYỄN Thị Ánh ({name})"),
        author: "Lycée Łukasiewicz".to_owned(),
        subject: "Bac pro MCV A, 2024 <2>".to_owned(),
        modified: Some("2026-12-11T09:30:00Z".parse().unwrap()),
    }
}

#[test]
fn printed_documents_conform() {
    let Some(browser) = browser::browser() else { return };
    let tab = browser.new_tab().unwrap();
    let folder = tempfile::tempdir().unwrap();
    for (name, html) in pages::pages() {
        let bytes = finish(&browser::print(&tab, &html), &facts(name)).unwrap();
        assert!(bytes.len() < 72_000, "{name}: {} bytes", bytes.len());
        let document = Document::load_mem(&bytes).unwrap();
        fonts_are_embedded(&document);
        let info = document.trailer.get(b"Info").unwrap().as_reference().unwrap();
        let info = document.get_dictionary(info).unwrap();
        let title = lopdf::decode_text_string(info.get(b"Title").unwrap()).unwrap();
        assert_eq!(title, facts(name).title);
        write_if_changed(&folder.path().join(format!("{name}.pdf")), &bytes).unwrap();
        // Archives may ask for a date; a document without history has none, and conforms too.
        let undated = Facts { title: "Sans date".to_owned(), ..Facts::default() };
        let bytes = finish(&browser::print(&tab, &html), &undated).unwrap();
        write_if_changed(&folder.path().join(format!("{name}-sans-date.pdf")), &bytes).unwrap();
    }
    judge::conforms(folder.path());
}

pub(crate) fn fonts_are_embedded(document: &Document) {
    let described = document.objects.values().filter_map(|object| object.as_dict().ok());
    let described: Vec<_> = described.filter(|dict| dict.has_type(b"FontDescriptor")).collect();
    assert!(!described.is_empty());
    for font in described {
        let embedded = [&b"FontFile"[..], b"FontFile2", b"FontFile3"];
        assert!(embedded.iter().any(|key| font.has(key)), "{:?}", font.get(b"FontName"));
    }
}

#[test]
fn the_same_page_gives_the_same_bytes() {
    let Some(browser) = browser::browser() else { return };
    let first = browser.new_tab().unwrap();
    let all = pages::pages();
    let before: Vec<Vec<u8>> = all
        .iter()
        .map(|(name, html)| finish(&browser::print(&first, html), &facts(name)).unwrap())
        .collect();
    // Another tab, another order, other documents before.
    let second = browser.new_tab().unwrap();
    browser::print(&second, "<!doctype html><title>x</title><p>Un autre document.</p>");
    for ((name, html), before) in all.iter().zip(&before).rev() {
        let after = finish(&browser::print(&second, html), &facts(name)).unwrap();
        assert!(*before == after, "{name} differs");
        let again = finish(&browser::print(&first, html), &facts(name)).unwrap();
        assert!(*before == again, "{name} differs in the tab that printed it");
    }
}

#[test]
fn heads_of_long_tables_are_read_once() {
    let Some(browser) = browser::browser() else { return };
    let tab = browser.new_tab().unwrap();
    let (name, html) = pages::pages().swap_remove(1);
    let bytes = finish(&browser::print(&tab, &html), &facts(name)).unwrap();
    let document = Document::load_mem(&bytes).unwrap();
    assert!(document.page_iter().count() > 3);
    let heads = document.objects.values().filter_map(|object| object.as_dict().ok());
    let heads =
        heads.filter(|dict| dict.get(b"S").and_then(Object::as_name).is_ok_and(|s| s == b"TH"));
    for head in heads {
        assert!(head.get(b"K").unwrap().as_i64().is_ok(), "a head has one piece of content");
    }
}

#[test]
fn pictures_without_words_are_refused() {
    let Some(browser) = browser::browser() else { return };
    let tab = browser.new_tab().unwrap();
    let html = "<!doctype html><html lang=fr><title>x</title><h1>x</h1>\
        <svg role=img width=30 height=30><rect width=9 height=9 /></svg>";
    let done = finish(&browser::print(&tab, html), &facts("x"));
    assert!(matches!(done, Err(FinishError::Figure)));
}
