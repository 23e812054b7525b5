//! What letters open, and what is said when they do not.

use jalon::family::block;

use super::common::families::{NEVER_TOLD, YEAR, doors, page_of};
use super::host::{Files, Host};
use super::reader::{Reader, browser};
use super::{ELISE, Letter, MAEVE, MARCO, NADIA, SITE, changed, link, words};

/// Where the page of a pupil stands, with the readers of the test's school.
fn page_address(of: Letter) -> String {
    match of.0 {
        "dupont-lea" => page_of(of.0, &[(NADIA.1, 0), ("eleve", 0)]).1,
        "adami-lorenzo" => page_of(of.0, &[(ELISE.1, 0), (MARCO.1, 0), ("eleve", 0)]).1,
        _ => unreachable!("no such pupil"),
    }
}

#[test]
fn a_letter_opens_the_page_by_its_link_and_tells_no_secret() {
    let Some(browser) = browser() else { return };
    let host = Host::new(&SITE);
    let reader = Reader::new(&browser);
    for (letter, name) in [
        (NADIA, "Léa Dupont"),
        (ELISE, "Lorenzo Adami"),
        (MARCO, "Lorenzo Adami"),
        (MAEVE, "Zoé<script>"),
    ] {
        let code = link(letter);
        assert_eq!(reader.goes(&format!("{}#{code}", host.address())), "page");
        assert!(reader.ask("document.querySelector('#page h1').textContent").starts_with(name));
        assert_eq!(reader.ask("location.href"), host.address(), "the address keeps the secret");
        assert_eq!(reader.ask("document.activeElement.tagName"), "H1");
        let all = reader.ask("document.documentElement.outerHTML + JSON.stringify(history.state)");
        assert!(!all.contains(&code), "the page holds the secret");
        reader.wait("!!navigator.serviceWorker.controller");
        let asked = host.asked();
        assert!(asked.len() >= 4);
        for one in asked {
            let head = one.head.to_lowercase();
            assert!(one.path.starts_with("/lycee/familles/"), "{}", one.path);
            assert!(!head.contains(&code), "{head}");
            assert!(!head.contains("\r\ncookie:"), "{head}");
            // A worker asks for its own script in its own name.
            assert!(
                !head.contains("\r\nreferer:") || head.contains("\r\nservice-worker: script"),
                "{head}"
            );
        }
        let outside = "performance.getEntriesByType('resource').filter(e => !e.name.startsWith(location.origin)).map(e => e.name).join(' ')";
        assert_eq!(reader.ask(outside), "");
        assert_eq!(reader.wrong(), "");
    }
    // Capitals, as some readers of squares make them, and what messages put behind a link.
    for code in
        [link(NADIA).to_uppercase(), format!("{}%20", link(NADIA)), format!("{}.", link(NADIA))]
    {
        assert_eq!(reader.goes(&format!("{}#{code}", host.address())), "page", "{code}");
    }
    // In the same tab, another letter; then the same one twice at once.
    reader.ask(&format!("location.hash = '{}'", link(ELISE)));
    reader.wait("document.title.endsWith('Lorenzo')");
    reader.ask(&format!("location.hash = '{}'; location.hash = '{}'", link(ELISE), link(NADIA)));
    reader.wait("document.title.endsWith('Léa')");
    std::thread::sleep(std::time::Duration::from_millis(400));
    assert!(reader.reads().contains("Léa Dupont") && !reader.reads().contains("Adami"));
    assert_eq!(reader.wrong(), "");
}

#[test]
fn a_letter_opens_the_page_by_its_words_however_they_are_typed() {
    let Some(browser) = browser() else { return };
    let host = Host::new(&SITE);
    let reader = Reader::new(&browser);
    let seven = words(NADIA);
    assert_eq!(reader.goes(&host.address()), "accueil");
    // Capitals, an accent on each e, spaces and dashes in plenty.
    let typed: Vec<String> =
        seven.iter().map(|word| word.to_uppercase().replace('E', "É")).collect();
    assert_eq!(reader.opens_by_words(&format!("  {} ", typed.join("   - "))), "page");
    assert!(reader.reads().contains("Léa Dupont"));
    assert_eq!(
        reader.ask("document.getElementById('phrase').value"),
        "",
        "the words are left behind"
    );
    for one in host.asked() {
        let head = one.head.to_lowercase();
        assert!(seven.iter().filter(|word| head.contains(*word)).count() < 2, "{head}");
    }
    reader.presses("#fermer");
    assert_eq!(reader.sees(), "accueil");
    assert_eq!(reader.reads(), "");

    // One letter wrong: the word is told at once, with the right one to press.
    let right = seven[2];
    let wrong = format!("{}q", &right[..right.len() - 1]);
    let mut mistyped = seven.clone();
    mistyped[2] = &wrong;
    reader.types(&mistyped.join(" "));
    reader.tab.press_key("Enter").unwrap();
    reader.wait("document.activeElement.closest('#compte') !== null");
    assert!(reader.ask("document.getElementById('compte').textContent").contains(&wrong));
    assert!(reader.ask("document.getElementById('compte').textContent").contains("6 sur 7"));
    reader.ask(&format!(
        "[...document.querySelectorAll('#compte button')].find(b => b.textContent === '{right}').click()"
    ));
    reader.wait("document.getElementById('compte').textContent.includes('7 sur 7')");
    reader.tab.press_key("Enter").unwrap();
    reader.wait("!document.getElementById('page').hidden");

    // The right words in another order; too few of them.
    reader.presses("#fermer");
    assert_eq!(reader.sees(), "accueil");
    let mut turned = seven.clone();
    turned.reverse();
    assert_eq!(reader.opens_by_words(&turned.join(" ")), "err_inconnu");
    assert_eq!(reader.ask("document.activeElement.id"), "souci");
    assert_eq!(reader.opens_by_words(&seven[..6].join(" ")), "err_mots");
    assert_eq!(reader.opens_by_words(""), "err_mots");
    assert_eq!(reader.opens_by_words(&seven.join(" ")), "page");
    assert_eq!(reader.wrong(), "");
}

#[test]
fn a_link_that_is_wrong_or_cut_opens_nothing() {
    let Some(browser) = browser() else { return };
    let host = Host::new(&SITE);
    let reader = Reader::new(&browser);
    let code = link(NADIA);
    let at = |text: &str| format!("{}#{text}", host.address());
    for place in [0, 12, 24] {
        let other = if code.as_bytes()[place] == b'a' { "b" } else { "a" };
        let mut wrong = code.clone();
        wrong.replace_range(place..=place, other);
        assert_eq!(reader.goes(&at(&wrong)), "err_inconnu", "{place}");
    }
    for cut in [&code[..25], &code[..4], "0189", &format!("{code}a"), &format!("{}b", &code[..25])]
    {
        assert_eq!(reader.goes(&at(cut)), "err_lien", "{cut}");
        assert_eq!(reader.ask("document.activeElement.id"), "souci");
        assert_eq!(reader.ask("location.href"), host.address());
    }
    assert_eq!(reader.goes(&at("")), "accueil");
    assert_eq!(reader.wrong(), "");
}

#[test]
fn what_is_changed_on_the_host_is_never_shown() {
    let Some(browser) = browser() else { return };
    let host = Host::new(&SITE);
    let reader = Reader::new(&browser);
    let [door, door_of_words] = doors(NADIA.0, NADIA.1, NADIA.2);
    let [other_door, _] = doors(ELISE.0, ELISE.1, ELISE.2);
    let (page, other_page) = (page_address(NADIA), page_address(ELISE));
    assert!(
        [&door, &door_of_words, &other_door, &page, &other_page]
            .iter()
            .all(|one| SITE.contains_key(*one))
    );
    let tries = |change: &dyn Fn(&mut Files)| {
        host.give(&SITE);
        host.alter(|files| change(files));
        let told = reader.goes(&format!("{}#{}", host.address(), link(NADIA)));
        assert_eq!(reader.reads(), "", "{told}");
        assert_eq!(reader.wrong(), "");
        told
    };
    for at in [0, 40_000, 65_535] {
        assert_eq!(tries(&|files| files.get_mut(&page).unwrap()[at] ^= 1), "err_abime", "{at}");
    }
    for at in [0, 12, 155] {
        assert_eq!(tries(&|files| files.get_mut(&door).unwrap()[at] ^= 0x80), "err_abime", "{at}");
    }
    let swap = |files: &mut Files, one: &str, other: &str| {
        let bytes = files[one].clone();
        let bytes = files.insert(other.to_owned(), bytes).unwrap();
        files.insert(one.to_owned(), bytes);
    };
    assert_eq!(tries(&|files| swap(files, &page, &other_page)), "err_abime");
    assert_eq!(tries(&|files| swap(files, &door, &other_door)), "err_abime");
    // Both doors of a letter, the page and a door.
    assert_eq!(tries(&|files| swap(files, &door, &door_of_words)), "err_abime");
    assert_eq!(tries(&|files| swap(files, &door, &page)), "err_abime");
    for size in [0, 20] {
        assert_eq!(
            tries(&|files| files.get_mut(&door).unwrap().truncate(size)),
            "err_abime",
            "{size}"
        );
        assert_eq!(
            tries(&|files| files.get_mut(&page).unwrap().truncate(size)),
            "err_abime",
            "{size}"
        );
    }
    // What is merely missing is told otherwise.
    assert_eq!(tries(&|files| drop(files.remove(&page))), "err_absente");
    assert_eq!(tries(&|files| drop(files.remove(&door))), "err_inconnu");
    host.be_polite(true);
    assert_eq!(tries(&|files| drop(files.remove(&page))), "err_absente");
    assert_eq!(tries(&|files| drop(files.remove(&door))), "err_inconnu");
    host.be_polite(false);
    host.cut(true);
    assert_eq!(tries(&|_| ()), "err_reseau");
    host.cut(false);
    // The file of last year, or a later version of the scheme, at the same place.
    let (key, _) = page_of(NADIA.0, &[(NADIA.1, 0), ("eleve", 0)]);
    let last_year = block(&key, "2025-2026", key.page(), b"<h1>Avant</h1>").bytes();
    assert_eq!(tries(&|files| drop(files.insert(page.clone(), last_year.clone()))), "err_abime");
    host.give(&SITE);
    assert_eq!(reader.goes(&format!("{}#{}", host.address(), link(NADIA))), "page");
}

#[test]
fn letters_that_open_nothing_say_why() {
    let Some(browser) = browser() else { return };
    let host = Host::new(&SITE);
    let reader = Reader::new(&browser);
    let refused = ("zola-emile", "responsable irene-zola", 0);
    let cases: [(Letter, &str); 5] = [
        ((MAEVE.0, MAEVE.1, 0), "err_remplacee"),
        (MAEVE, "page"),
        (refused, "err_refusee"),
        // A minor does not read what all guardians refused.
        (("zola-emile", "eleve", 0), "err_refusee"),
        (("bernard-chloe", "responsable luc-bernard", 0), "err_reservee"),
    ];
    for (letter, told) in cases {
        assert_eq!(
            reader.goes(&format!("{}#{}", host.address(), link(letter))),
            told,
            "{letter:?}"
        );
        reader.presses("#fermer");
    }
    assert_eq!(
        reader.goes(&format!("{}#{}", host.address(), link(("bernard-chloe", "eleve", 0)))),
        "page"
    );
    reader.presses("#fermer");
    assert_eq!(reader.sees(), "accueil");
    // The words say the same as the link.
    assert_eq!(reader.opens_by_words(&words(refused).join(" ")), "err_refusee");
    assert_eq!(reader.wrong(), "");
}

#[test]
fn a_refusal_closes_one_letter_and_leaves_the_other() {
    let Some(browser) = browser() else { return };
    let host = Host::new(&SITE);
    let reader = Reader::new(&browser);
    let goes = |letter| reader.goes(&format!("{}#{}", host.address(), link(letter)));
    assert_eq!((goes(ELISE), goes(MARCO)), ("page".into(), "page".into()));
    let file = "students/2025/adami-lorenzo/student.toml";
    host.give(&changed(file, "legal = 2\n", "legal = 2\nrefus_site = 2026-11-20\n"));
    assert_eq!((goes(ELISE), goes(MARCO)), ("page".into(), "err_refusee".into()));
    // What was sealed under the key that Marco had is gone.
    assert!(!host_has(&host, &page_address(ELISE)));
}

fn host_has(host: &Host, address: &str) -> bool {
    let mut found = false;
    host.alter(|files| found = files.contains_key(address));
    found
}

#[test]
fn what_is_sealed_cannot_run_and_a_name_is_only_a_name() {
    let Some(browser) = browser() else { return };
    let host = Host::new(&SITE);
    let reader = Reader::new(&browser);
    assert_eq!(reader.goes(&format!("{}#{}", host.address(), link(MAEVE))), "page");
    assert!(
        reader
            .ask("document.querySelector('#page h1').textContent")
            .contains("<script>document.title=")
    );
    assert_eq!(reader.ask("String(document.querySelectorAll('#page script').length)"), "0");
    assert_ne!(reader.ask("document.title"), "volé");
    assert_eq!(reader.wrong(), "");
    // Even if the school itself sealed a script, nothing of it would run.
    let (key, address) = page_of(NADIA.0, &[(NADIA.1, 0), ("eleve", 0)]);
    let html = "<header class=tete><h1 tabindex=-1>Léa</h1></header><p id=sans-date></p>\
        <script>window.ran = 1</script><script src=\"mots.txt\"></script><img src=x onerror=\"window.ran = 2\">\
        <img src=\"http://ailleurs.invalid/vu.png\"><iframe srcdoc=\"<script>parent.ran = 3</script>\"></iframe>\
        <a id=la href=\"javascript:window.ran = 4\">là</a><p style=\"color: red\">a</p>\
        <form action=\"http://ailleurs.invalid/\"><button>b</button></form>";
    host.alter(|files| {
        files.insert(address, block(&key, YEAR, key.page(), html.as_bytes()).bytes());
    });
    assert_eq!(reader.goes(&format!("{}#{}", host.address(), link(NADIA))), "page");
    reader.presses("#la");
    reader.presses("#page form button");
    std::thread::sleep(std::time::Duration::from_millis(300));
    assert_eq!(reader.ask("String(window.ran)"), "undefined");
    assert!(reader.ask("location.href").starts_with(&host.address()));
    assert!(reader.wrong().contains("script-src"), "{}", reader.wrong());
    assert!(host.asked().iter().all(|one| one.path.starts_with("/lycee/familles/")));
}

#[test]
fn nothing_undecided_or_hidden_is_on_a_page() {
    let Some(browser) = browser() else { return };
    let host = Host::new(&SITE);
    let reader = Reader::new(&browser);
    for letter in [NADIA, ELISE, ("bernard-chloe", "eleve", 0)] {
        assert_eq!(reader.goes(&format!("{}#{}", host.address(), link(letter))), "page");
        let html = reader.ask("document.getElementById('page').innerHTML");
        for never in NEVER_TOLD {
            assert!(!html.contains(never), "{letter:?}: {never}");
        }
        let own = ["Dupont", "Adami", "Bernard"].into_iter().find(|own| html.contains(*own));
        let others =
            ["Dupont", "Adami", "Bernard", "Zola", "O’Connor", "Camara", "Puits", "@puits"];
        let others = others.into_iter().filter(|name| Some(*name) != own).collect::<Vec<_>>();
        assert_eq!(others.len(), 7);
        assert_eq!(others.iter().find(|name| html.contains(**name)), None, "{letter:?}");
        // Nor in what a program reads.
        let data = reader.ask(
            "(async () => { let got; const make = URL.createObjectURL; URL.createObjectURL = b => { got = b; return make.call(URL, b); }; \
             document.querySelector('[data-nom=\"donnees.json\"]').click(); \
             while (!got) await new Promise(r => setTimeout(r, 20)); return got.text(); })()",
        );
        assert!(data.starts_with('{'), "{data}");
        for never in NEVER_TOLD {
            assert!(!data.contains(never), "{letter:?}: {never}");
        }
        assert_eq!(others.iter().find(|name| data.contains(**name)), None, "{letter:?}");
    }
    // What is decided and shown is there: constats of a validated review, results, the company's view.
    assert_eq!(reader.goes(&format!("{}#{}", host.address(), link(ELISE))), "page");
    let text = reader.reads();
    for told in ["progresse", "Librairie <du Marché>, Nancy", "Ponctuel et à l’écoute.", "PFMP 3"]
    {
        assert!(text.contains(told), "{told}");
    }
    assert!(
        reader.ask("document.getElementById('page').innerHTML").contains("data-j=\"2026-11-06\"")
    );
}
