//! Every kind of page in a real headless browser: accessible, no wider than a phone, no stray request.
//!
//! The browser is the one named by `CHROME`; axe is the script named by `JALON_AXE`. `tests/run`
//! finds both, and sets `JALON_PAGES=required` so that their absence is a failure.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops when it cannot go on")]

mod common;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use headless_chrome::protocol::cdp::Emulation;
use headless_chrome::{Browser, LaunchOptions, Tab};
use jalon::page::{Site, Subject, plan};
use jalon::render;
use jalon::source::{Memory, Output};

/// What a page must not do at a width.
const WIDTHS: [u32; 2] = [1280, 360];

fn browser() -> Option<Browser> {
    let path = std::env::var_os("CHROME").map(PathBuf::from)?;
    let profile = tempfile::tempdir().unwrap().keep();
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
        user_data_dir: Some(profile),
        idle_browser_timeout: Duration::from_secs(600),
        args: arguments.iter().map(OsStr::new).collect(),
        ..LaunchOptions::default()
    };
    Some(Browser::new(options).unwrap())
}

/// The name of a kind of page, whatever it is about.
fn kind(subject: Subject) -> String {
    let text = format!("{subject:?}");
    text.split('(').next().unwrap().to_owned()
}

/// For each kind of page, the largest one: it holds the most kinds of things.
fn samples(files: &render::Files, site: &Site<'_>) -> Vec<(String, String)> {
    let mut kinds: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for (address, subject) in plan(site).pages {
        let size = files[&address].len();
        let largest = kinds.entry(kind(subject)).or_default();
        if size > largest.0 {
            *largest = (size, address);
        }
    }
    kinds.into_iter().map(|(kind, (_, address))| (kind, address)).collect()
}

/// The files in a folder `staff`, as `build` writes them.
fn written(files: &render::Files) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let output = Output::open(&folder.path().join("staff")).unwrap();
    files.iter().for_each(|(path, bytes)| output.write(path, bytes).unwrap());
    output.finish().unwrap();
    folder
}

fn show(tab: &Tab, address: &Path, width: u32) {
    tab.call_method(Emulation::SetDeviceMetricsOverride {
        width,
        height: 900,
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
    let wanted = format!("file://{}", address.display());
    tab.navigate_to(&wanted).unwrap();
    // The pages ask for nothing outside: to wait until the network rests, as the crate would, is half a second lost.
    let here = "document.readyState === 'complete' ? decodeURI(location.href) : ''";
    let deadline = Instant::now() + Duration::from_secs(30);
    while text(tab, here) != wanted {
        assert!(Instant::now() < deadline, "{wanted} does not load");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn text(tab: &Tab, expression: &str) -> String {
    let value = tab.evaluate(expression, true).unwrap().value.unwrap_or_default();
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// What is wrong with some pages of a site: not accessible, too wide, asking for something outside.
fn judged(tab: &Tab, staff: &Path, samples: Vec<(String, String)>, axe: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    for (kind, address) in samples {
        for width in WIDTHS {
            show(tab, &staff.join(&address), width);
            tab.evaluate(
                "document.querySelectorAll('details.vie').forEach(one => one.open = true)",
                false,
            )
            .unwrap();
            let overflow = text(
                tab,
                "String(document.documentElement.scrollWidth - document.documentElement.clientWidth)",
            );
            if overflow != "0" {
                wrong.push(format!("{kind} at {width}: {overflow} pixels too wide ({address})"));
            }
            tab.evaluate(axe, false).unwrap();
            let run = "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']})\
                .then(r => r.violations.map(v => v.id + ' ' + v.nodes.length + ' ' + v.nodes[0].target).join('; '))";
            let violations = text(tab, run);
            if !violations.is_empty() {
                wrong.push(format!("{kind} at {width}: {violations} ({address})"));
            }
        }
        let requests = text(
            tab,
            "performance.getEntriesByType('resource').map(e => e.name).filter(n => !n.startsWith('file:')).join(' ')",
        );
        if !requests.is_empty() {
            wrong.push(format!("{kind}: asks for {requests}"));
        }
    }
    wrong
}

#[test]
fn every_kind_of_page_is_accessible_and_fits_a_phone() {
    let axe = std::env::var_os("JALON_AXE").and_then(|path| std::fs::read_to_string(path).ok());
    let (Some(browser), Some(axe)) = (browser(), axe) else {
        assert!(std::env::var_os("JALON_PAGES").is_none(), "CHROME or JALON_AXE is missing");
        eprintln!("skipped: CHROME or JALON_AXE is not set; `make test` sets them");
        return;
    };
    let (school, diagnostics) = common::shipped_school();
    let site = Site::new(&school, &diagnostics, common::today());
    let files = render::render(&site).unwrap();
    let folder = written(&files);
    // Two tabs, the large pages shared between them: judging is what takes long.
    let staff = folder.path().join("staff");
    let mut shares = [Vec::new(), Vec::new()];
    for (number, sample) in samples(&files, &site).into_iter().enumerate() {
        shares[number % 2].push(sample);
    }
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let judge = |share| {
            let tab = browser.new_tab().unwrap();
            let (staff, axe) = (&staff, &axe);
            scope.spawn(move || judged(&tab, staff, share, axe))
        };
        let judges = shares.map(judge);
        judges.into_iter().flat_map(|judge| judge.join().unwrap()).collect()
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn pages_with_their_history_and_their_mark_are_accessible_and_fit_a_phone() {
    let axe = std::env::var_os("JALON_AXE").and_then(|path| std::fs::read_to_string(path).ok());
    let (Some(browser), Some(axe)) = (browser(), axe) else {
        assert!(std::env::var_os("JALON_PAGES").is_none(), "CHROME or JALON_AXE is missing");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let run = |args: &[&str], at: &Path| {
        let done = std::process::Command::new(env!("CARGO_BIN_EXE_jalon"))
            .args(args)
            .current_dir(at)
            .output()
            .unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    let demo = ["demo", "lycee", "--students", "20", "--years", "2", "--history"];
    run(&demo, folder.path());
    run(&["build", "--no-pdf", "--at", "HEAD~3", "--out", "passe"], &folder.path().join("lycee"));
    let staff = folder.path().join("lycee/passe/staff");
    let mut largest: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for (address, bytes) in common::read_folder(&staff) {
        let page = String::from_utf8_lossy(&bytes).into_owned();
        if address == "historique/index.html" || page.contains("<details class=\"vie") {
            let parts: Vec<&str> = address.split('/').collect();
            let kind = match parts[..] {
                ["equipe" | "calendrier" | "registre" | "historique", ..] => parts[0].to_owned(),
                [_, "eleves", _, part, ..] => format!("eleves {part}"),
                [_, part, ..] => part.to_owned(),
                _ => address.clone(),
            };
            let known = largest.entry(kind).or_default();
            if bytes.len() > known.0 {
                *known = (bytes.len(), address);
            }
        }
    }
    assert!(largest.len() >= 8, "{largest:?}");
    let samples = largest.into_iter().map(|(kind, (_, address))| (kind, address)).collect();
    let tab = browser.new_tab().unwrap();
    let wrong = judged(&tab, &staff, samples, &axe);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_unit_filter_keeps_exactly_its_competences() {
    let Some(browser) = browser() else {
        assert!(std::env::var_os("JALON_PAGES").is_none(), "CHROME is missing");
        return;
    };
    let (school, diagnostics) = common::read(&Memory::new(common::small_school()));
    let site = Site::new(&school, &diagnostics, common::today());
    let folder = written(&render::render(&site).unwrap());
    let referential = school.referentials.values().iter().find(|r| r.code == "mcv-a").unwrap();
    let tab = browser.new_tab().unwrap();
    for view in ["index.html", "compact.html"] {
        let address = format!("staff/mcv-a/eleves/dupont-lea/{view}");
        show(&tab, &folder.path().join(address), WIDTHS[0]);
        let kept = |unit: &str| {
            let script = format!(
                "document.querySelector('input[name=u][value=\"{unit}\"]').click();\
                 [...document.querySelector('table.tdb, table.cpt').tBodies]\
                 .filter(body => body.offsetHeight).map(body => body.id).join(' ')"
            );
            text(&tab, &script)
        };
        let of = |unit: &str| {
            let groups = referential.record.groupes.iter();
            let groups = groups.filter(|g| unit.is_empty() || g.unite.as_deref() == Some(unit));
            let codes: Vec<&str> =
                groups.flat_map(|g| &g.competences).map(|c| c.code.as_str()).collect();
            codes.join(" ")
        };
        for unit in ["U31", "U2", "U33", "", "U32"] {
            assert!(!of(unit).is_empty());
            assert_eq!(kept(unit), of(unit), "{view}, {unit}");
        }
    }
}
