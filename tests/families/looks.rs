//! Every state of the families' site, at the widths of a telephone and of a screen: accessible, no
//! wider than the screen, in several languages, on paper, with a keyboard alone.

use headless_chrome::protocol::cdp::Emulation;
use headless_chrome::types::PrintToPdfOptions;

use super::host::Host;
use super::reader::{Reader, browser};
use super::{ELISE, MAEVE, NADIA, SITE, link, words};

/// The rules of `tests/pages.rs`.
const AXE: &str = "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']})\
    .then(r => r.violations.map(v => v.id + ' ' + v.nodes.length + ' ' + v.nodes[0].target + ' ' + v.nodes[0].html).join('; '))";

/// How many pixels the page is too wide, and what sticks out.
const TOO_WIDE: &str = "(() => { const root = document.documentElement; \
    const over = root.scrollWidth - root.clientWidth; \
    const out = [...document.body.querySelectorAll('*')].filter(e => { \
      const b = e.getBoundingClientRect(); \
      return b.width && !e.closest('.vh, .dessin') && (b.right > innerWidth + 1 || b.left < -1); }); \
    return over || out.length ? over + ' ' + out.slice(0, 3).map(e => e.outerHTML.slice(0, 90)).join(' | ') : ''; })()";

const OPEN_ALL: &str = "document.querySelectorAll('details').forEach(one => one.open = true)";

/// What is wrong with what is shown; `axe` is asked unless it is empty.
fn judged(reader: &Reader, state: &str, axe: &str, wrong: &mut Vec<String>) {
    reader.ask(OPEN_ALL);
    for width in [360, 1280] {
        reader.holds(width);
        let wide = reader.ask(TOO_WIDE);
        if !wide.is_empty() {
            wrong.push(format!("{state} at {width}: too wide, {wide}"));
        }
        if axe.is_empty() {
            continue;
        }
        reader.tab.evaluate(axe, false).unwrap();
        let violations = reader.ask(AXE);
        if !violations.is_empty() {
            wrong.push(format!("{state} at {width}: {violations}"));
        }
    }
    let refused = reader.wrong();
    if !refused.is_empty() {
        wrong.push(format!("{state}: {refused}"));
    }
}

fn speak(reader: &Reader, language: &str) {
    reader.ask(&format!(
        "(() => {{ const l = document.getElementById('langue'); l.value = '{language}'; l.dispatchEvent(new Event('change')); }})()"
    ));
    reader.wait(&format!("document.documentElement.lang === '{language}'"));
}

#[test]
fn every_state_is_accessible_and_fits_a_phone() {
    let axe = std::env::var_os("JALON_AXE").and_then(|path| std::fs::read_to_string(path).ok());
    let (Some(browser), Some(axe)) = (browser(), axe) else {
        assert!(std::env::var_os("JALON_PAGES").is_none(), "CHROME or JALON_AXE is missing");
        return;
    };
    let host = Host::new(&SITE);
    let reader = Reader::new(&browser);
    let mut wrong = Vec::new();
    let mut judge = |state: &str| judged(&reader, state, &axe, &mut wrong);
    let goes = |letter| reader.goes(&format!("{}#{}", host.address(), link(letter)));
    assert_eq!(reader.goes(&host.address()), "accueil");
    judge("welcome");
    let mut typed = words(NADIA);
    typed[0] = "sacoches";
    reader.types(&format!("{} ", typed.join(" ")));
    reader.wait("!!document.querySelector('#compte b')");
    judge("a word mistyped");
    assert_eq!(reader.goes(&format!("{}#abc", host.address())), "err_lien");
    judge("error");
    for (letter, state) in
        [(NADIA, "page"), (ELISE, "page with two reviews"), (MAEVE, "page with nothing")]
    {
        assert_eq!(goes(letter), "page");
        judge(state);
        reader.presses("#retenir");
        reader.wait("document.getElementById('retenir').hidden");
    }
    assert_eq!(goes(NADIA), "page");
    speak(&reader, "ar");
    judge("page in Arabic");
    reader.presses("#fermer");
    assert_eq!(reader.sees(), "accueil");
    assert_eq!(reader.ask("String(document.querySelectorAll('#retenus button').length)"), "3");
    judge("choice in Arabic");
    // The other languages have the same page, in words of other lengths.
    for letter in [MAEVE, NADIA] {
        assert_eq!(goes(letter), "page");
        for language in ["tr", "en", "pt"] {
            speak(&reader, language);
            judged(&reader, language, "", &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_frame_speaks_the_language_of_the_reader_and_the_school_french() {
    let Some(browser) = browser() else { return };
    let host = Host::new(&SITE);
    // English and Arabic by what the browser says it reads; German is not spoken, French is first.
    for (asked, spoken, dir) in [
        ("en-GB,en;q=0.9", "en", "ltr"),
        ("ar-DZ,fr;q=0.5", "ar", "rtl"),
        ("de-DE,pt-BR;q=0.8", "pt", "ltr"),
        ("de-DE", "fr", "ltr"),
        ("fr-FR,en;q=0.9", "fr", "ltr"),
    ] {
        let reader = Reader::new(&browser);
        reader.speaks(asked);
        assert_eq!(reader.goes(&format!("{}#{}", host.address(), link(ELISE))), "page");
        reader.wait(&format!("document.documentElement.lang === '{spoken}'"));
        assert_eq!(reader.ask("document.documentElement.dir"), dir, "{asked}");
        assert_eq!(reader.ask("document.getElementById('langue').value"), spoken);
    }
    let reader = Reader::new(&browser);
    reader.holds(360);
    assert_eq!(reader.goes(&format!("{}#{}", host.address(), link(ELISE))), "page");
    let french = reader.reads();
    speak(&reader, "ar");
    reader.ask(OPEN_ALL);
    assert_eq!(reader.ask(TOO_WIDE), "");
    assert_eq!(
        reader.ask("getComputedStyle(document.querySelector('#bilan h2')).direction"),
        "rtl"
    );
    // What the school wrote is French, from left to right, and says so to a voice.
    let foreign = "[...document.querySelectorAll('#page h1, #page .ecole, #bilan div, #entreprise h3, #situation .competences > li > span > span:first-child')]\
        .filter(e => getComputedStyle(e).direction !== 'ltr' || e.closest('[lang]').lang !== 'fr').map(e => e.outerHTML.slice(0, 80)).join(' | ')";
    assert_eq!(reader.ask(foreign), "");
    assert!(reader.reads().contains("progresse"));
    // Every word of the frame is in the language chosen.
    let left = |language: &str| {
        reader.ask(&format!(
            "fetch('langues/{language}.json').then(r => r.json()).then(words => [...document.querySelectorAll('[data-t]')]\
             .filter(e => e.textContent !== words[e.dataset.t]).map(e => e.dataset.t).join(' ') \
             + (document.title.startsWith(words.titre) ? '' : ' ' + document.title))"
        ))
    };
    assert_eq!(left("ar"), "");
    // Chosen once, it stays; French is as it was.
    reader.presses("#fermer");
    assert_eq!(reader.goes(&host.address()), "accueil");
    reader.wait("document.documentElement.dir === 'rtl'");
    assert_eq!(reader.goes(&format!("{}#{}", host.address(), link(ELISE))), "page");
    speak(&reader, "fr");
    assert_eq!(reader.reads(), french);
    // Errors are told in the language of the reader.
    speak(&reader, "en");
    assert_eq!(reader.goes(&format!("{}#abc", host.address())), "err_lien");
    reader.wait("document.documentElement.lang === 'en'");
    assert_eq!(left("en"), "");
    assert_eq!(reader.wrong(), "");
}

#[test]
fn paper_shows_all_and_no_button() {
    let Some(browser) = browser() else { return };
    let host = Host::new(&SITE);
    let reader = Reader::new(&browser);
    assert_eq!(reader.goes(&format!("{}#{}", host.address(), link(ELISE))), "page");
    let closed = "String(document.querySelectorAll('#page details:not([open])').length)";
    assert_ne!(reader.ask(closed), "0");
    let before = reader.ask(closed);
    reader.ask(&format!("addEventListener('beforeprint', () => {{ window.printed = {closed}; }})"));
    let pdf = reader.tab.print_to_pdf(Some(PrintToPdfOptions::default())).unwrap();
    assert!(pdf.starts_with(b"%PDF"));
    assert_eq!(reader.ask("String(window.printed)"), "0");
    assert_eq!(reader.ask(closed), before, "what was closed is closed again");
    reader
        .tab
        .call_method(Emulation::SetEmulatedMedia { media: Some("print".into()), features: None })
        .unwrap();
    let shown = "[...document.querySelectorAll('button, select, nav, textarea')].filter(e => e.checkVisibility()).map(e => e.outerHTML.slice(0, 60)).join(' | ')";
    assert_eq!(reader.ask(shown), "");
    assert_eq!(reader.ask("String(document.querySelector('#bilan').checkVisibility())"), "true");
}

#[test]
fn a_keyboard_reaches_everything_and_the_focus_is_seen() {
    let Some(browser) = browser() else { return };
    let host = Host::new(&SITE);
    let reader = Reader::new(&browser);
    // Where the focus goes with the key, until it comes back; what it reaches without showing.
    let walk = |reader: &Reader| {
        reader.ask("document.activeElement.blur(); window.met = new Set(); window.hidden = []; getSelection().removeAllRanges(); scrollTo(0, 0)");
        for _ in 0..200 {
            reader.tab.press_key("Tab").unwrap();
            let back = reader.ask(
                "(() => { const e = document.activeElement; if (met.has(e)) return 'back'; met.add(e); \
                 if (e === document.body) return ''; \
                 const s = getComputedStyle(e); \
                 if (s.outlineStyle === 'none' || parseFloat(s.outlineWidth) < 2 || !e.checkVisibility()) hidden.push(e.outerHTML.slice(0, 80)); return ''; })()",
            );
            if back == "back" {
                break;
            }
        }
        let missed = reader.ask(
            "[...document.querySelectorAll('a[href], button, select, textarea, summary')].filter(e => e.checkVisibility() && !met.has(e)).map(e => e.outerHTML.slice(0, 80)).join(' | ')",
        );
        (missed, reader.ask("hidden.join(' | ')"))
    };
    assert_eq!(reader.goes(&host.address()), "accueil");
    let nothing = (String::new(), String::new());
    assert_eq!(walk(&reader), nothing, "welcome");
    // Opened, read and left with keys alone.
    reader.ask("document.getElementById('langue').focus()");
    reader.tab.press_key("Tab").unwrap();
    reader.writes(&words(ELISE).join(" "));
    reader.tab.press_key("Enter").unwrap();
    reader.wait("!document.getElementById('page').hidden");
    assert_eq!(reader.ask("document.activeElement.tagName"), "H1");
    assert_eq!(walk(&reader), nothing, "page");
    reader.ask("document.getElementById('fermer').focus()");
    reader.tab.press_key("Enter").unwrap();
    reader.wait("!document.getElementById('accueil').hidden");
    assert_eq!(reader.ask("document.activeElement.id"), "contenu");
    assert_eq!(reader.wrong(), "");
}
