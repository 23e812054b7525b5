//! What a device keeps, gives back without a network, and forgets.

use super::common::families::{doors, page_of};
use super::host::Host;
use super::reader::{Reader, browser};
use super::{ELISE, MAEVE, MARCO, NADIA, SITE, changed, link};

/// What stands on the device: databases, caches, workers, local storage.
const LEFT: &str = "(async () => [(await indexedDB.databases()).length, (await caches.keys()).length, \
    (await navigator.serviceWorker.getRegistrations()).length, localStorage.length].join(' '))()";

/// Opens the database of the device and does something with its doors.
fn doors_kept(reader: &Reader, act: &str) -> String {
    reader.ask(&format!(
        "new Promise((done, fail) => {{ \
           const opening = indexedDB.open('jalon-familles-1 ' + new URL('./', location.href).href, 1); \
           opening.onerror = fail; \
           opening.onsuccess = () => {{ const base = opening.result; \
             const doors = base.transaction('portes', 'readwrite').objectStore('portes'); \
             const all = doors.getAll(); \
             all.onsuccess = async () => {{ const told = await ({act})(all.result, doors); base.close(); done(told); }}; }}; }})"
    ))
}

fn remember(reader: &Reader) {
    reader.presses("#retenir");
    reader.wait("document.getElementById('retenir').hidden");
}

#[test]
fn a_page_opened_once_opens_without_a_network() {
    let Some(browser) = browser() else { return };
    let mut host = Host::new(&SITE);
    let reader = Reader::new(&browser);
    let address = format!("{}#{}", host.address(), link(NADIA));
    assert_eq!(reader.goes(&address), "page");
    let data = "(async () => { let got; const make = URL.createObjectURL; URL.createObjectURL = b => { got = b; return make.call(URL, b); }; \
        document.querySelector('[data-nom=\"donnees.json\"]').click(); \
        for (let i = 0; !got && i < 100 && !document.querySelector('#documents .alerte'); i++) await new Promise(r => setTimeout(r, 20)); \
        return got ? got.text() : document.querySelector('#documents .alerte').dataset.t; })()";
    let kept = reader.ask(data);
    assert!(kept.contains("Léa Dupont"));
    reader.waits_for_copy();
    host.stop();
    assert_eq!(reader.goes(&address), "page");
    assert!(reader.reads().contains("Léa Dupont"));
    assert_eq!(reader.ask(data), kept, "a document that was opened before");
    // What was never opened here says so, in words.
    assert_eq!(reader.goes(&format!("{}#{}", host.address(), link(ELISE))), "err_reseau");
    assert!(reader.ask("document.getElementById('souci').textContent").contains("pas de réseau"));
    assert_eq!(reader.goes(&host.address()), "accueil");
    // A language that this device does not have leaves the page as it is.
    reader.ask("(() => { const l = document.getElementById('langue'); l.value = 'ar'; l.dispatchEvent(new Event('change')); })()");
    reader.wait("document.getElementById('langue').value === 'fr'");
    assert_eq!(reader.ask("document.documentElement.dir"), "ltr");
    // The network is back, with another frame, a page without that document and one that says more:
    // all are new at once.
    let mut later = changed(
        "students/2025/dupont-lea/reviews/2026-12-11.toml",
        "Léa **progresse**.",
        "Léa **étonne**.",
    );
    let frame = later.get_mut("index.html").unwrap();
    *frame = String::from_utf8_lossy(frame)
        .replace("<p class=\"nom\">", "<p class=\"nom neuf-cadre\">")
        .replace("famille.js?", "famille.js?neuf")
        .into();
    let script = later.get_mut("famille.js").unwrap();
    script.extend(b"window.newer = true;\n");
    host.give(&later);
    host.start();
    assert_eq!(reader.goes(&address), "page");
    assert!(reader.reads().contains("étonne"));
    assert_eq!(reader.ask("String(document.querySelectorAll('.neuf-cadre').length)"), "1");
    assert_eq!(reader.ask("String(window.newer)"), "true");
    // And they are what is kept from now on.
    reader.wait("caches.match('./', {ignoreVary: true}).then(r => r.text()).then(t => t.includes('neuf-cadre'))");
    host.stop();
    assert_eq!(reader.goes(&address), "page");
    assert!(reader.reads().contains("étonne"));
    assert_eq!(reader.ask("String(document.querySelectorAll('.neuf-cadre').length)"), "1");
}

#[test]
fn a_device_remembers_for_ninety_days_what_cannot_be_read_back() {
    let Some(browser) = browser() else { return };
    let host = Host::new(&SITE);
    let reader = Reader::new(&browser);
    let goes = |letter| reader.goes(&format!("{}#{}", host.address(), link(letter)));
    assert_eq!(goes(NADIA), "page");
    // Nothing is kept that was not asked for.
    assert_eq!(reader.goes(&host.address()), "accueil");
    assert!(!reader.ask("indexedDB.databases().then(all => String(all.length))").contains('1'));
    assert_eq!(goes(NADIA), "page");
    remember(&reader);
    assert_eq!(reader.ask("document.activeElement.id"), "oublier");
    let key = doors_kept(
        &reader,
        "async all => [all.length, Object.keys(all[0]).sort().join(), all[0].key.extractable, all[0].key.usages.join(), \
         await crypto.subtle.exportKey('raw', all[0].key).then(() => 'read', () => 'kept'), \
         Math.round((all[0].until - Date.now()) / 86400000)].join(' ')",
    );
    assert_eq!(key, "1 key,name,page,until false decrypt kept 90");
    assert_eq!(reader.goes(&host.address()), "page");
    assert!(reader.reads().contains("Léa Dupont"));
    // A link in the page leads to its part, and a page read again is still there.
    reader.presses(".sommaire a[href='#bilan']");
    assert_eq!(reader.ask("document.activeElement.closest('section').id"), "bilan");
    assert_eq!(reader.ask("location.href"), host.address());
    assert!(
        reader
            .ask("document.getElementById('etat').textContent")
            .contains("retient la page jusqu’au")
    );

    // A second child: which one is asked. Another letter for the same page is not a third.
    assert_eq!(goes(ELISE), "page");
    remember(&reader);
    assert_eq!(goes(MARCO), "page");
    reader.wait("document.getElementById('retenir').hidden");
    assert_eq!(reader.goes(&host.address()), "accueil");
    let names =
        "[...document.querySelectorAll('#retenus button')].map(b => b.textContent).sort().join()";
    assert_eq!(reader.ask(names), "Lorenzo,Léa");
    reader.ask("[...document.querySelectorAll('#retenus button')].find(b => b.textContent === 'Lorenzo').click()");
    reader.wait("document.title.endsWith('Lorenzo')");

    // Ninety days later.
    doors_kept(
        &reader,
        "async (all, doors) => { for (const one of all) doors.put({...one, until: one.until - 90 * 86400000}); }",
    );
    assert_eq!(reader.goes(&host.address()), "accueil");
    assert_eq!(reader.ask("String(document.getElementById('retenus').hidden)"), "true");
    assert_eq!(doors_kept(&reader, "async all => String(all.length)"), "0");
    assert_eq!(reader.wrong(), "");
}

#[test]
fn a_device_forgets_everything() {
    let Some(browser) = browser() else { return };
    let host = Host::new(&SITE);
    let reader = Reader::new(&browser);
    let goes = |letter| reader.goes(&format!("{}#{}", host.address(), link(letter)));
    assert_eq!(goes(NADIA), "page");
    reader.ask("(() => { const l = document.getElementById('langue'); l.value = 'pt'; l.dispatchEvent(new Event('change')); })()");
    reader.wait("document.documentElement.lang === 'pt'");
    remember(&reader);
    reader.waits_for_copy();
    assert_eq!(reader.ask(LEFT), "1 1 1 1");
    reader.presses("#oublier");
    reader.wait("document.getElementById('dit').textContent !== ''");
    assert_eq!(reader.sees(), "accueil");
    assert_eq!(reader.reads(), "");
    assert!(!reader.ask("document.documentElement.outerHTML + document.title").contains("Léa"));
    assert_eq!(reader.ask("document.activeElement.id"), "contenu");
    reader.wait(&format!("{LEFT}.then(left => left === '0 0 0 0')"));
    assert_eq!(reader.goes(&host.address()), "accueil");
    assert_eq!(reader.ask(LEFT), "0 0 0 0");
    assert_eq!(reader.ask("document.documentElement.lang"), "fr");
}

#[test]
fn a_letter_that_is_replaced_is_no_longer_remembered() {
    let Some(browser) = browser() else { return };
    let host = Host::new(&SITE);
    let reader = Reader::new(&browser);
    let goes = |letter| reader.goes(&format!("{}#{}", host.address(), link(letter)));
    for letter in [NADIA, MAEVE] {
        assert_eq!(goes(letter), "page");
        remember(&reader);
    }
    // Léa's mother lost her letter.
    let file = "students/2025/dupont-lea/student.toml";
    host.give(&changed(file, "legal = 1\n", "legal = 1\ncodes_annules = [2026-11-21]\n"));
    assert_eq!(reader.goes(&host.address()), "accueil");
    assert_eq!(reader.ask("String(document.querySelectorAll('#retenus button').length)"), "1");
    assert_eq!(doors_kept(&reader, "async all => String(all.length)"), "1");
    // The only one left opens by itself.
    assert_eq!(reader.goes(&host.address()), "page");
    assert_eq!(goes(NADIA), "err_remplacee");
    assert_eq!(goes((NADIA.0, NADIA.1, 1)), "page");
    // The pupil's own letter still opens, since it was not replaced.
    assert_eq!(goes((NADIA.0, "eleve", 0)), "page");
    // A host in trouble for a day costs nobody a letter.
    let [door, _] = doors(MAEVE.0, MAEVE.1, MAEVE.2);
    host.alter(|files| drop(files.remove(&door)));
    assert_eq!(reader.goes(&host.address()), "err_inconnu");
    assert_eq!(doors_kept(&reader, "async all => String(all.length)"), "1");
    let (_, old) = page_of(NADIA.0, &[(NADIA.1, 0), ("eleve", 0)]);
    host.alter(|files| assert!(!files.contains_key(&old), "the page under the old key"));
}

#[test]
fn a_browser_that_keeps_nothing_still_opens_and_says_so() {
    let Some(browser) = browser() else { return };
    let host = Host::new(&SITE);
    let reader = Reader::new(&browser);
    // As in some private windows, and as in a frame of another site.
    let deny = "Object.defineProperty(window, 'indexedDB', {get() { throw new DOMException('no', 'SecurityError'); }});\
        Object.defineProperty(window, 'caches', {get() { throw new DOMException('no', 'SecurityError'); }});\
        Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }});\
        Object.defineProperty(Navigator.prototype, 'serviceWorker', {value: undefined});\
        Object.defineProperty(Navigator.prototype, 'languages', {value: undefined});";
    reader
        .tab
        .call_method(headless_chrome::protocol::cdp::Page::AddScriptToEvaluateOnNewDocument {
            source: deny.to_owned(),
            world_name: None,
            include_command_line_api: None,
            run_immediately: None,
        })
        .unwrap();
    assert_eq!(reader.goes(&format!("{}#{}", host.address(), link(NADIA))), "page");
    reader.presses("#retenir");
    reader.wait("document.getElementById('dit').textContent.includes('ne peut rien retenir')");
    reader.presses("#oublier");
    reader.wait("!document.getElementById('accueil').hidden");
    assert_eq!(reader.wrong(), "");
}

#[test]
fn a_page_in_the_frame_of_another_opens_nothing() {
    let Some(browser) = browser() else { return };
    let host = Host::new(&SITE);
    let reader = Reader::new(&browser);
    host.alter(|files| {
        let frame = format!("<!doctype html><iframe src=\"./#{}\"></iframe>", link(NADIA));
        files.insert("autre.html".to_owned(), frame.into_bytes());
    });
    let address = format!("{}autre.html", host.address());
    reader.tab.navigate_to(&address).unwrap().wait_until_navigated().unwrap();
    reader.wait("frames[0].document.getElementById('souci') !== null && !frames[0].document.getElementById('souci').hidden");
    assert_eq!(reader.ask("frames[0].document.getElementById('page').textContent"), "");
}
