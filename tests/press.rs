//! The press with a real browser: what it prints, and what becomes of documents and processes when
//! something breaks. Skipped, with a word, where there is no browser and none is required.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops when it cannot go on")]
#![allow(clippy::print_stderr, reason = "helpers of tests say what they met")]

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError, RwLock, RwLockReadGuard};
use std::time::{Duration, Instant};

use base64::Engine as _;
use jalon::paper::{Facts, Press, PrintError, Settings, Sheet};

/// Set for the copy of this program that prints until it is killed.
const HELPER: &str = "JALON_TEST_PRESS_HELPER";

/// How long the processes of a browser may outlive us.
const SOON: Duration = Duration::from_secs(2);

/// Those who kill our browsers are alone.
static ALONE: RwLock<()> = RwLock::new(());

struct Held(Press, #[expect(dead_code, reason = "held")] RwLockReadGuard<'static, ()>);

impl Deref for Held {
    type Target = Press;

    fn deref(&self) -> &Press {
        &self.0
    }
}

/// A press beside which nobody kills browsers.
fn press(settings: Settings) -> Option<Held> {
    let guard = ALONE.read().unwrap_or_else(PoisonError::into_inner);
    any_press(settings).map(|press| Held(press, guard))
}

fn any_press(settings: Settings) -> Option<Press> {
    match Press::with(settings) {
        Ok(press) => Some(press),
        Err(error) => {
            let required = std::env::var_os("JALON_PAGES").is_some_and(|value| value == "required");
            assert!(!required, "{error}");
            eprintln!("skipped: {error}");
            None
        }
    }
}

fn two_tabs() -> Settings {
    Settings { tabs: 2, deadline: Duration::from_secs(30), ..Settings::default() }
}

fn facts() -> Facts {
    Facts { title: "Essai".to_owned(), author: "Lycée".to_owned(), ..Facts::default() }
}

fn sheet(body: &str) -> Sheet {
    let html = format!(
        "<!DOCTYPE html><html lang=fr><meta charset=utf-8><title>Essai</title><style>\
         @font-face{{font-family:S;src:url(fonts/SourceSans3-Regular.woff2)}}\
         @font-face{{font-family:S;font-style:italic;src:url(fonts/SourceSans3-It.woff2)}}\
         @font-face{{font-family:S;font-weight:600;src:url(fonts/SourceSans3-Semibold.woff2)}}\
         @page{{size:A4;margin:15mm;@bottom-center{{font:600 9pt S;content:'Page ' counter(page)}}}}\
         body{{font-family:S}}h1{{font-weight:600}}</style><body><h1>Élève à l’œuvre</h1>{body}"
    );
    Sheet { html, facts: facts() }
}

fn print_all(press: &Press, sheets: &[Sheet]) -> BTreeMap<usize, Result<Vec<u8>, PrintError>> {
    let files = Mutex::new(BTreeMap::new());
    let made = press.print_all::<()>(sheets.len(), &|i| Ok(sheets[i].clone()), &|i, file| {
        assert!(files.lock().unwrap().insert(i, file).is_none(), "{i} came twice");
    });
    made.unwrap();
    let files = files.into_inner().unwrap();
    assert!(files.keys().copied().eq(0..sheets.len()));
    files
}

/// The names of the fonts in a file, without the six letters of their subset.
fn fonts(pdf: &[u8]) -> Vec<String> {
    let document = lopdf::Document::load_mem(pdf).unwrap();
    let name = |object: &lopdf::Object| {
        let name = object.as_dict().ok()?.get(b"FontName").ok()?.as_name().ok()?;
        let name = String::from_utf8_lossy(name).into_owned();
        Some(name.split_once('+').map_or(name.clone(), |(_, name)| name.to_owned()))
    };
    let mut names: Vec<String> = document.objects.values().filter_map(name).collect();
    names.sort();
    names.dedup();
    names
}

/// A process that runs.
#[derive(Debug)]
struct Running {
    pid: i32,
    parent: i32,
    group: i32,
    line: String,
}

/// All the processes of the machine but the dead ones.
fn processes() -> Vec<Running> {
    let entries = std::fs::read_dir("/proc").unwrap().flatten();
    let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok());
    pids.filter_map(|pid| {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        let line = std::fs::read(format!("/proc/{pid}/cmdline")).ok()?;
        let line = String::from_utf8_lossy(&line).replace('\0', " ");
        let (parent, group) = (fields[1].parse().ok()?, fields[2].parse().ok()?);
        (fields[0] != "Z").then_some(Running { pid, parent, group, line })
    })
    .collect()
}

fn is_page(one: &Running) -> bool {
    one.line.contains("--type=renderer")
}

/// The processes of the browsers started by this one, by their groups; those of groups met before
/// are found even when nothing but children is left.
fn browsers(starter: u32, groups: &mut BTreeSet<i32>) -> Vec<Running> {
    let all = processes();
    let of_it = |one: &&Running| u32::try_from(one.parent).is_ok_and(|parent| parent == starter);
    let leaders = all.iter().filter(of_it).filter(|one| one.pid == one.group);
    groups.extend(leaders.map(|one| one.group));
    all.into_iter().filter(|one| groups.contains(&one.group)).collect()
}

fn kill(pid: i32, signal: &str) {
    let status =
        Command::new("kill").args([signal, &pid.to_string()]).stderr(Stdio::null()).status();
    status.unwrap();
}

fn wait_for(what: &str, limit: Duration, mut holds: impl FnMut() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < limit, "{what}: not in {limit:?}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn documents_come_out_with_the_fonts_of_the_house_and_no_other() {
    let Some(press) = press(two_tabs()) else { return };
    assert!(press.version().split('.').count() >= 2, "{}", press.version());
    let sheets: Vec<Sheet> = (0..6)
        .map(|i| sheet(&format!("<h2>Partie</h2><p>Sa <em>progression</em> : n° {i} – « ½ ».</p>")))
        .collect();
    let files = print_all(&press, &sheets);
    for file in files.into_values() {
        let file = file.unwrap();
        assert!(file.starts_with(b"%PDF-") && file.len() > 5_000 && file.len() < 80_000);
        let expected = ["SourceSans3-It", "SourceSans3-Regular", "SourceSans3-Semibold"];
        assert_eq!(fonts(&file), expected);
        let document = lopdf::Document::load_mem(&file).unwrap();
        assert_eq!(document.get_pages().len(), 1);
        let catalog = document.catalog().unwrap();
        assert!(catalog.has(b"StructTreeRoot") && catalog.has(b"Outlines") && catalog.has(b"Lang"));
    }
}

#[test]
fn a_font_met_only_in_the_margins_is_there() {
    let Some(press) = press(two_tabs()) else { return };
    let page = sheet("").html.replace("<h1>Élève à l’œuvre</h1>", "<p>Un texte</p>");
    let file = press.print_one(&Sheet { html: page, facts: facts() }).unwrap();
    assert_eq!(fonts(&file), ["SourceSans3-Regular", "SourceSans3-Semibold"]);
}

#[test]
fn one_document_after_another_is_printed_by_the_same_browser() {
    let Some(press) = press(two_tabs()) else { return };
    press.print_one(&sheet("<p>un</p>")).unwrap();
    let start = Instant::now();
    for _ in 0..5 {
        press.print_one(&sheet("<p>deux</p>")).unwrap();
    }
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[test]
fn a_document_has_the_same_bytes_whatever_was_printed_before_it() {
    let Some(press) = press(two_tabs()) else { return };
    let mut sheets: Vec<Sheet> = (0..8).map(|i| sheet(&format!("<p>fiche {i}</p>"))).collect();
    let first: Vec<_> = print_all(&press, &sheets).into_values().map(Result::unwrap).collect();
    sheets.reverse();
    let again: Vec<_> = print_all(&press, &sheets).into_values().map(Result::unwrap).collect();
    assert!(first.iter().eq(again.iter().rev()));
}

#[test]
fn html_that_is_wrong_is_printed_as_browsers_do() {
    let Some(press) = press(two_tabs()) else { return };
    for html in ["<p>sans fin <b>et <table><tr>mal fermé", "\u{0}\u{1}</html></html><p>après"] {
        let file = press.print_one(&Sheet { html: html.into(), facts: facts() }).unwrap();
        assert!(file.starts_with(b"%PDF-"));
    }
    // An empty page has nothing to finish, but the browser prints it.
    let empty = press.print_one(&Sheet { html: String::new(), facts: facts() });
    assert!(matches!(empty, Ok(_) | Err(PrintError::Finish(_))));
}

#[test]
fn a_document_of_large_photographs_comes_out() {
    let Some(press) = press(two_tabs()) else { return };
    // Noise: nothing can make it smaller on the way.
    let mut seed = 1_u32;
    let noise = image::RgbImage::from_fn(1800, 1800, |_, _| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [_, r, g, b] = seed.to_le_bytes();
        image::Rgb([r, g, b])
    });
    let mut png = std::io::Cursor::new(Vec::new());
    noise.write_to(&mut png, image::ImageFormat::Png).unwrap();
    let png = base64::engine::general_purpose::STANDARD.encode(png.into_inner());
    let picture = format!("<p><img alt='' width=600 src='data:image/png;base64,{png}'>");
    let file = press.print_one(&sheet(&picture.repeat(3))).unwrap();
    assert!(file.len() > 3_000_000, "{}", file.len());
    assert_eq!(lopdf::Document::load_mem(&file).unwrap().get_pages().len(), 3);
}

#[test]
fn scripts_do_not_run() {
    let Some(press) = press(two_tabs()) else { return };
    let script = "<p style='break-before:page'>2</p>".repeat(9);
    let script = format!("<script>document.body.innerHTML = `{script}`; for (;;) {{}}</script>");
    let file = press.print_one(&sheet(&script)).unwrap();
    assert_eq!(lopdf::Document::load_mem(&file).unwrap().get_pages().len(), 1);
}

#[test]
fn nothing_leaves_for_the_network() {
    let Some(press) = press(two_tabs()) else { return };
    let server = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    server.set_nonblocking(true).unwrap();
    let port = server.local_addr().unwrap().port();
    for host in ["127.0.0.1", "localhost"] {
        let body = format!(
            "<link rel=stylesheet href='http://{host}:{port}/a.css'>\
             <iframe src='http://{host}:{port}/b.html'></iframe>\
             <div style=\"background:url(http://{host}:{port}/c.png)\">x</div>"
        );
        press.print_one(&sheet(&body)).unwrap();
    }
    assert!(server.accept().is_err(), "the browser called");
}

#[test]
fn what_cannot_be_shown_is_told_and_stops_nothing_else() {
    let Some(press) = press(two_tabs()) else { return };
    let mut sheets = vec![sheet("<p>bon</p>"); 8];
    sheets[2] = sheet("<img alt='' src='data:image/png;base64,AAAA'>");
    sheets[5].html = sheets[5].html.replace("SourceSans3-It.woff2", "Absente.woff2");
    let files = print_all(&press, &sheets);
    for (index, file) in files {
        match (index, file) {
            (2, Err(PrintError::Missing { fonts: 0, pictures: 1 }))
            | (5, Err(PrintError::Missing { fonts: 1, pictures: 0 }))
            | (_, Ok(_)) => {}
            (index, Err(error)) => panic!("{index}: {error}"),
        }
    }
}

#[test]
fn a_document_that_cannot_be_made_does_not_stop_the_others() {
    let Some(press) = press(two_tabs()) else { return };
    let printed = AtomicUsize::new(0);
    let make = |i: usize| if i % 3 == 1 { Err(i) } else { Ok(sheet("")) };
    let outcome = press.print_all(6, &make, &|_, file| {
        file.unwrap();
        printed.fetch_add(1, Ordering::Relaxed);
    });
    assert_eq!((outcome, printed.into_inner()), (Err(1), 4));
}

#[test]
fn no_document_starts_no_browser() {
    let missing = Settings { browser: Some("/nowhere/chrome".into()), ..two_tabs() };
    let press = Press::with(missing).unwrap();
    assert_eq!(press.print_all::<()>(0, &|_| Err(()), &|_, _| panic!("no document")), Ok(()));
}

#[test]
fn a_browser_that_does_not_start_is_told_at_once_for_all() {
    for program in ["/nowhere/chrome", "/bin/true"] {
        let settings = Settings { browser: Some(program.into()), ..two_tabs() };
        let press = Press::with(settings).unwrap();
        let start = Instant::now();
        let files = print_all(&press, &vec![sheet(""); 200]);
        assert!(files.values().all(Result::is_err));
        assert!(start.elapsed() < Duration::from_secs(5));
    }
}

#[test]
fn a_deadline_is_held() {
    let short = Settings { deadline: Duration::from_millis(400), ..two_tabs() };
    let Some(press) = press(short) else { return };
    let start = Instant::now();
    // Millions of boxes: minutes of layout.
    let long = format!("<p>{}</p>", "<i>a</i>".repeat(1_500_000));
    let error = press.print_one(&sheet(&long)).unwrap_err();
    assert!(matches!(error, PrintError::Late(_) | PrintError::Start { .. }), "{error:?}");
    assert!(start.elapsed() < Duration::from_secs(8), "{:?}", start.elapsed());
    drop(press);
}

#[test]
fn a_fresh_browser_takes_over_after_a_while() {
    let Some(press) = press(Settings { documents: 5, ..two_tabs() }) else { return };
    let files = print_all(&press, &vec![sheet("<p>x</p>"); 23]);
    assert!(files.values().all(Result::is_ok));
}

/// Prints sixty sheets while a thread kills, at moments that look random, one of the processes that
/// it is told of.
fn print_under_fire(victims: impl Fn(&[Running]) -> Vec<i32> + Sync, times: usize) {
    let _alone = ALONE.write().unwrap_or_else(PoisonError::into_inner);
    let Some(press) = any_press(two_tabs()) else { return };
    let over = AtomicBool::new(false);
    let shot = AtomicUsize::new(0);
    let groups = Mutex::new(BTreeSet::new());
    let me = std::process::id();
    let sheets: Vec<Sheet> = (0..60).map(|i| sheet(&format!("<p>fiche {i}</p>"))).collect();
    let start = Instant::now();
    let files = std::thread::scope(|threads| {
        threads.spawn(|| {
            let mut seed = 0x2545_F491_4F6C_DD1D_u64;
            while shot.load(Ordering::Relaxed) < times && !over.load(Ordering::Relaxed) {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                std::thread::sleep(Duration::from_millis(200 + (seed >> 33) % 250));
                let victims = victims(&browsers(me, &mut groups.lock().unwrap()));
                if let Some(number) = ((seed >> 40) as usize).checked_rem(victims.len()) {
                    kill(victims[number], "-KILL");
                    shot.fetch_add(1, Ordering::Relaxed);
                }
            }
        });
        let files = print_all(&press, &sheets);
        over.store(true, Ordering::Relaxed);
        files
    });
    let failed = files.values().filter(|file| file.is_err()).count();
    let shot = shot.into_inner();
    eprintln!("{shot} killed, {failed} of 60 not printed, {:?}", start.elapsed());
    for (index, file) in &files {
        match file {
            Ok(file) => assert!(file.starts_with(b"%PDF-")),
            Err(error) => eprintln!("{index}: {error}"),
        }
    }
    assert!(shot > 0, "nothing was killed");
    // A document is lost only if all its tries are hit.
    assert!(failed < shot, "{failed} documents for {shot} processes");
    drop(press);
    let mut groups = groups.into_inner().unwrap();
    wait_for("no process is left", SOON, || browsers(me, &mut groups).is_empty());
}

#[test]
fn documents_survive_the_death_of_their_page() {
    print_under_fire(|all| all.iter().filter(|one| is_page(one)).map(|one| one.pid).collect(), 4);
}

#[test]
fn documents_survive_the_death_of_the_browser() {
    // The browser itself, not the script that starts it, and once it has begun to work.
    let browser = |one: &&Running| !one.line.contains("--type=") && !one.line.starts_with("/bin/");
    let victims = |all: &[Running]| {
        let working = all.iter().any(is_page);
        all.iter().filter(|_| working).filter(browser).map(|one| one.pid).collect()
    };
    print_under_fire(victims, 3);
}

/// Not a test: what the tests below run and kill.
#[test]
fn helper_that_prints_until_it_is_killed() {
    if std::env::var_os(HELPER).is_none() {
        return;
    }
    let press = press(two_tabs()).unwrap();
    let _ = press.print_all::<()>(100_000, &|i| Ok(sheet(&format!("<p>{i}</p>"))), &|_, _| {});
}

fn nothing_survives(signal: &str) {
    if press(two_tabs()).is_none() {
        return;
    }
    let place = tempfile::tempdir().unwrap();
    let mut helper = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "helper_that_prints_until_it_is_killed"])
        .env(HELPER, "1")
        .env("TMPDIR", place.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut groups = BTreeSet::new();
    wait_for("two pages are open", Duration::from_secs(20), || {
        let running = browsers(helper.id(), &mut groups);
        running.iter().filter(|one| is_page(one)).count() >= 2
    });
    std::thread::sleep(Duration::from_millis(300));
    kill(i32::try_from(helper.id()).unwrap(), signal);
    helper.wait().unwrap();
    let killed = Instant::now();
    wait_for("no process is left", SOON, || browsers(helper.id(), &mut groups).is_empty());
    eprintln!("{signal}: no browser {:?} after", killed.elapsed());
    let left = std::fs::read_dir(place.path()).unwrap().count();
    assert_eq!(left, 1, "the folder of a killed run waits for the next");
}

#[test]
fn nothing_survives_a_kill() {
    nothing_survives("-KILL");
}

#[test]
fn nothing_survives_a_termination() {
    nothing_survives("-TERM");
}
