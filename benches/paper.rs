//! Printing many documents of two pages: one process for each, the crate `headless_chrome` driven
//! directly, our press. Prints documents a second, their ratios, memory and sizes; never fails.
//!
//! `cargo bench --bench paper` (about two minutes), with the browser named by `CHROME` or the best of
//! the machine. `JALON_BENCH_DOCUMENTS=60` for a quick look; `JALON_BENCH_TABS` for another number of
//! tabs; `JALON_BENCH_ONLY=press` for our press alone; `JALON_BENCH_RAW=1` to leave its files as the
//! browser makes them; `JALON_BENCH_KEEP` names a folder for them.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a bench prints its figures, and stops when it cannot"
)]
#![allow(clippy::disallowed_methods, reason = "a bench writes what it measures")]

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use headless_chrome::protocol::cdp::Page;
use headless_chrome::{Browser, LaunchOptions};
use jalon::paper::fonts::FONTS;
use jalon::paper::{Facts, Press, Settings, Sheet};

/// Documents printed by one process each: they are slow, and all the same.
const ALONE: usize = 10;
/// Documents printed through the crate.
const THROUGH_THE_CRATE: usize = 200;
/// Tabs that hide best the time that the crate spends waiting.
const CRATE_TABS: usize = 8;

fn main() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse().ok());
    let documents: usize = number("JALON_BENCH_DOCUMENTS").unwrap_or(900);
    let mut settings = Settings::default();
    settings.tabs = number("JALON_BENCH_TABS").unwrap_or(settings.tabs);
    settings.documents = number("JALON_BENCH_RECYCLE").unwrap_or(settings.documents);
    if std::env::var_os("JALON_BENCH_RAW").is_some() {
        settings.finish = |raw, _| Ok(raw.to_vec());
    }
    let only_press = std::env::var_os("JALON_BENCH_ONLY").is_some_and(|only| only == "press");
    let press = match Press::with(settings.clone()) {
        Ok(press) => press,
        Err(error) => return println!("rien à mesurer : {error}"),
    };
    let browser = browser();
    println!("{} {}, {} tabs", browser.display(), press.version(), settings.tabs);
    let sheets: Vec<Sheet> = (0..documents).map(bilan).collect();
    let mean = sheets.iter().map(|sheet| sheet.html.len()).sum::<usize>() / documents.max(1);
    println!("{documents} documents, {mean} bytes of HTML each\n");
    let folder = tempfile::tempdir().unwrap();
    let mut others = Vec::new();
    if !only_press {
        prepare(folder.path(), &sheets);
        others.push(report("one process a document", || {
            one_process_each(&browser, folder.path(), &sheets)
        }));
        others.push(report("headless_chrome, 8 tabs", || {
            through_the_crate(&browser, folder.path(), &sheets)
        }));
    }
    let ours = report("press", || through_the_press(&press, &sheets));
    for (name, other) in ["one process a document", "headless_chrome"].iter().zip(others) {
        println!("press / {name:24} {:6.1} x", ours / other);
    }
}

/// What a way of printing did.
struct Printed {
    documents: usize,
    /// Before the first document: browser and tabs.
    opening: Duration,
    time: Duration,
    bytes: usize,
}

/// Documents a second.
fn report(name: &str, print: impl FnOnce() -> Printed) -> f64 {
    let (printed, peak) = with_peak_memory(print);
    let Printed { documents, opening, time, bytes } = printed;
    let rate = documents as f64 / time.as_secs_f64();
    println!(
        "{name:24} {rate:6.2} docs/s   {documents} in {:6.2} s, opening {:.2} s, {} bytes each, \
         memory {} MiB",
        time.as_secs_f64(),
        opening.as_secs_f64(),
        bytes / documents.max(1),
        peak >> 10,
    );
    rate
}

fn browser() -> PathBuf {
    if let Some(named) = std::env::var_os("CHROME") {
        return named.into();
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let names = ["chromium-headless-shell", "chromium", "google-chrome"];
    let mut all = names.iter().flat_map(|name| {
        std::env::split_paths(&path).map(move |folder| folder.join(name)).collect::<Vec<_>>()
    });
    all.find(|file| file.is_file()).unwrap_or_default()
}

fn through_the_press(press: &Press, sheets: &[Sheet]) -> Printed {
    let start = Instant::now();
    press.print_one(&sheets[0]).unwrap();
    let opening = start.elapsed();
    let keep = std::env::var_os("JALON_BENCH_KEEP").map(PathBuf::from);
    let start = Instant::now();
    let bytes = AtomicUsize::new(0);
    let made =
        press.print_all::<()>(sheets.len(), &|i| Ok(sheets[i].clone()), &|i, file| match file {
            Ok(file) => {
                bytes.fetch_add(file.len(), Ordering::Relaxed);
                if let Some(folder) = &keep {
                    std::fs::write(folder.join(format!("{i}.pdf")), file).unwrap();
                }
            }
            Err(error) => eprintln!("{i}: {error}"),
        });
    made.unwrap();
    Printed { documents: sheets.len(), opening, time: start.elapsed(), bytes: bytes.into_inner() }
}

/// The pages and the fonts as files, for those who open files.
fn prepare(folder: &Path, sheets: &[Sheet]) {
    std::fs::create_dir(folder.join("fonts")).unwrap();
    for (name, bytes) in FONTS {
        std::fs::write(folder.join("fonts").join(name), bytes).unwrap();
    }
    std::fs::write(folder.join("base.html"), "<!DOCTYPE html><title>base</title>").unwrap();
    for (index, sheet) in sheets.iter().take(ALONE).enumerate() {
        std::fs::write(folder.join(format!("{index}.html")), &sheet.html).unwrap();
    }
}

fn one_process_each(browser: &Path, folder: &Path, sheets: &[Sheet]) -> Printed {
    let documents = sheets.len().min(ALONE);
    let pdf = folder.join("alone.pdf");
    let mut bytes = 0;
    let start = Instant::now();
    for index in 0..documents {
        let status = Command::new(browser)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"])
            .arg(format!("--user-data-dir={}", folder.join("alone").display()))
            .arg(format!("--print-to-pdf={}", pdf.display()))
            .arg(format!("file://{}/{index}.html", folder.display()))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .unwrap();
        assert!(status.success());
        bytes += std::fs::read(&pdf).unwrap().len();
    }
    Printed { documents, opening: Duration::ZERO, time: start.elapsed(), bytes }
}

fn through_the_crate(browser: &Path, folder: &Path, sheets: &[Sheet]) -> Printed {
    let documents = sheets.len().min(THROUGH_THE_CRATE);
    let start = Instant::now();
    let options = LaunchOptions {
        path: Some(browser.to_path_buf()),
        sandbox: false,
        headless: true,
        user_data_dir: Some(folder.join("crate")),
        idle_browser_timeout: Duration::from_secs(600),
        args: ["--no-first-run", "--disable-sync"].iter().map(OsStr::new).collect(),
        ..LaunchOptions::default()
    };
    let browser = Browser::new(options).unwrap();
    let base = format!("file://{}/base.html", folder.display());
    let tabs: Vec<_> = (0..CRATE_TABS)
        .map(|_| {
            let tab = browser.new_tab().unwrap();
            let frame = Page::Navigate {
                url: base.clone(),
                referrer: None,
                transition_Type: None,
                frame_id: None,
                referrer_policy: None,
            };
            let frame = tab.call_method(frame).unwrap().frame_id;
            (tab, frame)
        })
        .collect();
    let opening = start.elapsed();
    let (next, bytes) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let start = Instant::now();
    std::thread::scope(|threads| {
        for (tab, frame) in &tabs {
            threads.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    if index >= documents {
                        return;
                    }
                    let html = sheets[index].html.clone();
                    tab.call_method(Page::SetDocumentContent { frame_id: frame.clone(), html })
                        .unwrap();
                    let ready = "document.body.offsetHeight; document.fonts.ready.then(() => 0)";
                    tab.evaluate(ready, true).unwrap();
                    let pdf = tab.call_method(crate_paper()).unwrap().data;
                    bytes.fetch_add(pdf.len() / 4 * 3, Ordering::Relaxed);
                }
            });
        }
    });
    Printed { documents, opening, time: start.elapsed(), bytes: bytes.into_inner() }
}

fn crate_paper() -> Page::PrintToPDF {
    Page::PrintToPDF {
        landscape: None,
        display_header_footer: Some(false),
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
    }
}

/// Looks four times a second at the memory of the processes that we started, in KiB, shared pages
/// counted once.
fn with_peak_memory<T>(work: impl FnOnce() -> T) -> (T, u64) {
    let over = AtomicBool::new(false);
    std::thread::scope(|threads| {
        let peak = threads.spawn(|| {
            let mut peak = 0;
            while !over.load(Ordering::Relaxed) {
                peak = peak.max(memory_of_children());
                std::thread::sleep(Duration::from_millis(250));
            }
            peak
        });
        let done = work();
        over.store(true, Ordering::Relaxed);
        (done, peak.join().unwrap())
    })
}

/// Nothing where there is no `/proc`.
fn memory_of_children() -> u64 {
    let Ok(entries) = std::fs::read_dir("/proc") else { return 0 };
    let pids = entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    let parents: BTreeMap<u32, u32> = pids
        .filter_map(|pid: u32| {
            let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
            let parent = stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()?;
            Some((pid, parent))
        })
        .collect();
    let me = std::process::id();
    let ours = |pid: &u32| {
        let above = |pid: &u32| parents.get(pid).copied();
        std::iter::successors(above(pid), |pid| above(pid)).any(|pid| pid == me)
    };
    let memory = |pid: &u32| {
        let rollup = std::fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok()?;
        let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?;
        line.split_whitespace().next()?.parse::<u64>().ok()
    };
    parents.keys().filter(|pid| ours(pid)).filter_map(memory).sum()
}

const LEVELS: [(&str, &str); 4] =
    [("NA", "#f6c7c7"), ("EC", "#fbe3b3"), ("A", "#d3ecc2"), ("M", "#b2dfc8")];

/// The `index`-th bilan: the same length as real ones, and not twice the same words.
fn bilan(index: usize) -> Sheet {
    let name = format!("LEFÈVRE-{index:04} Maëlys");
    let mut html = format!(
        "<!DOCTYPE html>\n<html lang=\"fr\"><head><meta charset=\"utf-8\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         style-src 'unsafe-inline'; img-src data:; font-src file:\">\
         <title>Bilan du 11 décembre 2026, {name}</title><style>{STYLE}\
         @page{{@top-right{{content:\"{name}\"}}}}</style></head><body>\
         <h1>Bilan de compétences du 11 décembre 2026</h1><h2>Identité</h2><dl class=\"id\">\
         <dt>Élève</dt><dd>{name}</dd><dt>Né(e) le</dt><dd>{} mars 2009</dd>\
         <dt>Classe</dt><dd>2de MTNE {}</dd><dt>Diplôme</dt><dd>Baccalauréat professionnel CIEL</dd>\
         <dt>Établissement</dt><dd>Lycée professionnel des Trois-Rivières</dd></dl>\
         <h2>Compétences</h2><table><caption>Positions aux quatre dernières évaluations</caption>\
         <thead><tr><th scope=\"col\">Compétence</th>",
        1 + index % 28,
        1 + index % 4,
    );
    for date in ["18 sept.", "16 oct.", "20 nov.", "11 déc."] {
        let _ = write!(html, "<th scope=\"col\">{date}</th>");
    }
    html.push_str("</tr></thead><tbody>");
    for row in 0..25 {
        let _ = write!(
            html,
            "<tr><th scope=\"row\">C{:02} {}</th>",
            row + 1,
            [
                "Communiquer en situation professionnelle",
                "Organiser une intervention",
                "Installer les éléments d’un réseau",
                "Valider la conformité d’une installation",
                "Exploiter un réseau informatique"
            ][row % 5]
        );
        for column in 0..4 {
            let level = (index * 7 + row * 3 + column + row * index % 5) % 4;
            let (text, colour) = LEVELS[level];
            let _ = write!(html, "<td style=\"background:{colour}\">{text}</td>");
        }
        html.push_str("</tr>");
    }
    html.push_str("</tbody></table><h2>Profil</h2>");
    radar(&mut html, index);
    html.push_str("<h2>Appréciations</h2>");
    for part in 0..2 {
        html.push_str("<p class=\"text\">");
        for sentence in 0..7 {
            let number = 3 + (index + part + sentence) % 9;
            let _ = write!(
                html,
                "Sur {number} activités menées en atelier, l’élève a su préparer son poste, \
                 choisir l’outillage et rendre compte de son travail avec une précision croissante. "
            );
        }
        html.push_str("</p>");
    }
    html.push_str("<h2>Signatures</h2><div class=\"signatures\">");
    for who in ["L’équipe pédagogique", "L’élève", "Le représentant légal"] {
        let _ = write!(html, "<div>{who}</div>");
    }
    html.push_str("</div></body></html>\n");
    let facts = Facts {
        title: format!("Bilan du 11 décembre 2026, {name}"),
        author: "Lycée professionnel des Trois-Rivières".to_owned(),
        subject: "Baccalauréat professionnel CIEL, référentiel de 2023".to_owned(),
        modified: None,
    };
    Sheet { html, facts }
}

fn radar(html: &mut String, index: usize) {
    html.push_str(
        "<svg role=\"img\" aria-label=\"Profil : huit pôles, de 1 à 4\" viewBox=\"-110 -110 220 220\" \
         width=\"60mm\" height=\"60mm\">",
    );
    let point = |axis: usize, length: f64| {
        let (sine, cosine) = (axis as f64 * std::f64::consts::TAU / 8.0).sin_cos();
        format!("{:.1},{:.1}", sine * length, -cosine * length)
    };
    for ring in 1..=4_u32 {
        let points: Vec<_> = (0..8).map(|axis| point(axis, f64::from(ring) * 25.0)).collect();
        let points = points.join(" ");
        let _ = write!(html, "<polygon points=\"{points}\" fill=\"none\" stroke=\"#999\"/>");
    }
    let profile: Vec<_> =
        (0..8).map(|axis| point(axis, 25.0 * (1 + (index + axis * 5) % 4) as f64)).collect();
    let profile = profile.join(" ");
    let _ =
        write!(html, "<polygon points=\"{profile}\" fill=\"#3b6ea5\" fill-opacity=\".4\"/></svg>");
}

const STYLE: &str = "\
@font-face{font-family:'Source Sans 3';src:url(fonts/SourceSans3-Regular.woff2)}\
@font-face{font-family:'Source Sans 3';font-style:italic;src:url(fonts/SourceSans3-It.woff2)}\
@font-face{font-family:'Source Sans 3';font-weight:600;src:url(fonts/SourceSans3-Semibold.woff2)}\
@page{size:A4;margin:20mm 15mm;font:9pt 'Source Sans 3';\
@top-left{content:'Bilan de compétences'}\
@bottom-center{content:'Page ' counter(page) ' / ' counter(pages)}}\
*{box-sizing:border-box}body{font:10pt/1.35 'Source Sans 3';margin:0;color:#111}\
h1{font-size:17pt;font-weight:600;margin:0 0 4mm}h2{font-size:12pt;font-weight:600;margin:4mm 0 2mm;break-after:avoid}\
.id{display:grid;grid-template-columns:30mm 1fr;border:.3mm solid #888;padding:2mm;margin:0}\
.id dt{font-weight:600}.id dd{margin:0}\
table{border-collapse:collapse;width:100%}caption{text-align:left;font-style:italic}\
th,td{border:.2mm solid #888;padding:.6mm 1.5mm;font-weight:400;text-align:left}\
td{text-align:center;width:16mm}thead th{font-weight:600}tr{break-inside:avoid}\
svg{display:block;margin:auto;break-inside:avoid}.text{text-align:justify}\
.signatures{display:flex;gap:4mm;break-inside:avoid}\
.signatures div{flex:1;height:25mm;border:.3mm solid #888;padding:2mm}";
