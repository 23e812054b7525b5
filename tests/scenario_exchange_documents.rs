//! Scenarios as documents: what LibreOffice reads in them, and what a template may and may not be.
//!
//! Those that open documents need `soffice` and `xmllint`: where they are absent, they are skipped with a word.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stderr, reason = "a test that is skipped says so")]
#![expect(clippy::disallowed_methods, reason = "tests hand files to other programs")]

mod common;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use jalon::exchange::archive::{self, Limits};
use jalon::exchange::document::{Data, Format, Template, TemplateError};
use jalon::exchange::scenario::{SCENARIO_NAMES, TEMPLATES, scenario_data};
use jalon::source::Memory;
use proptest::prelude::*;

const LIMITS: Limits = Limits { files: 1000, bytes: 50_000_000 };

const SCENARIO: &str = "titre = \"Accueillir « M. & Mme <Roy> »\"\nauteur = \"mercier-paul\"\n\
    secteurs = [\"Mode\", \"Épicerie & vins\"]\norigine = \"Mme Diallo, lycée voisin\"\n\
    taches = [\"A1-T2\", \"A1-T4\"]\ncriteres = [\"C1.0.a\", \"C1.2.a\", \"C1.2.b\", \"C4.2\"]\n\
    contexte = \"\"\"\n# Mise en situation\n\nVous êtes **vendeur** chez *Nuit Claire*.\n\n1. Saluer\n2. Écouter\n   - le besoin\n\n\
    Fin de la page [ici](https://a.example/x?a=1&b=2) <script>.\n\"\"\"\n\n[[ressources]]\ntitre = \"Plan\"\nfichier = \"plan.pdf\"\n\n\
    [[ressources]]\ntitre = \"Le site\"\nlien = \"https://vitrine.example/?a=1&b=2\"\n";

fn data(scenario: &str) -> Data {
    let mut source = Memory::new(common::small_school());
    source.0.insert("scenarios/mcv-a/premiere/essai.toml".into(), scenario.into());
    let (school, _) = common::read(&source);
    let (ix, _) = school.scenarios.iter().find(|(_, one)| one.slug == "essai").unwrap();
    scenario_data(&school, ix)
}

fn shipped(format: Format) -> &'static [u8] {
    TEMPLATES.iter().find(|(one, _)| *one == format).unwrap().1
}

fn filled(template: &[u8], format: Format, scenario: &str) -> Vec<u8> {
    Template::read(template, format).unwrap().fill(&SCENARIO_NAMES, &data(scenario)).unwrap()
}

/// A template with one of its parts changed, added or taken away.
fn changed(format: Format, part: &str, change: impl FnOnce(String) -> Option<String>) -> Vec<u8> {
    let mut files = archive::read(shipped(format), LIMITS).unwrap();
    let before = files.remove(part).unwrap_or_default();
    if let Some(after) = change(String::from_utf8(before).unwrap()) {
        files.insert(part.to_owned(), after.into_bytes());
    }
    let files = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
    archive::write(files, &[]).unwrap()
}

fn body(format: Format) -> &'static str {
    match format {
        Format::Odt => "content.xml",
        Format::Docx => "word/document.xml",
    }
}

/// The text of a part, without its marks.
fn words(document: &[u8], part: &str) -> String {
    let files = archive::read(document, LIMITS).unwrap();
    let xml = String::from_utf8(files[part].clone()).unwrap();
    let mut text = String::new();
    for piece in xml.split('<').skip(1) {
        let (mark, after) = piece.split_once('>').unwrap();
        if matches!(mark.split(' ').next().unwrap(), "/text:p" | "/text:h" | "/w:p" | "/w:pPr") {
            text.push('\n');
        }
        text.push_str(after);
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

#[test]
fn both_documents_say_the_same_and_nothing_is_left_to_fill() {
    let [odt, docx] = Format::ALL.map(|format| {
        let document = filled(shipped(format), format, SCENARIO);
        assert_eq!(
            document,
            filled(shipped(format), format, SCENARIO),
            "the same data, the same bytes"
        );
        let text = words(&document, body(format));
        assert!(!text.contains("{{") && !text.contains("}}"), "{text}");
        text
    });
    // Word has no mark for lists in the text: both have the same paragraphs.
    assert_eq!(odt, docx);
    for line in [
        "MCV A, Première",
        "Accueillir « M. & Mme <Roy> »",
        "Mode et Épicerie & vins",
        "Mme Diallo, lycée voisin",
        "Mise en situation",
        "Vous êtes vendeur chez Nuit Claire.",
        "le besoin",
        "Fin de la page ici (https://a.example/x?a=1&b=2) <script>.",
        "A1-T4 Découverte, identification et analyse des besoins du client, de ses motivations et de ses freins éventuels",
        // The competence is its own criterion: its code is said once, and leaves no blank.
        "Rendre l'unité commerciale attractive et fonctionnelle",
        "https://vitrine.example/?a=1&b=2",
    ] {
        assert!(odt.lines().any(|one| one == line), "{line}\n{odt}");
    }
    // Criteria stand under their competence, which is named once.
    assert_eq!(odt.matches("C1.2 ").count(), 1, "{odt}");
    assert!(!odt.contains("Complexité"), "what a scenario does not say has no line");
    assert!(
        words(&filled(shipped(Format::Odt), Format::Odt, SCENARIO), "styles.xml")
            .contains("Lycée professionnel Marie-Marvingt")
    );
}

#[test]
fn a_scenario_that_says_little_has_a_document_all_the_same() {
    let bare = "titre = \"Presque vide\"\nauteur = \"mercier-paul\"\n";
    for format in Format::ALL {
        let text = words(&filled(shipped(format), format, bare), body(format));
        for line in [
            "Aucun contexte n’est décrit.",
            "Aucune tâche n’est choisie.",
            "Aucun critère n’est choisi.",
        ] {
            assert!(text.contains(line), "{text}");
        }
        assert!(!text.contains("Ressources") && !text.contains("Activité"), "{text}");
    }
}

#[test]
fn placeholders_that_word_processors_cut_are_read_whole() {
    let odt = changed(Format::Odt, "content.xml", |xml| {
        Some(xml.replace("{{ titre }}", "{<text:span text:style-name=\"Code\">{ ti</text:span>t<text:bookmark text:name=\"b\"/>re<text:s/>}}"))
    });
    let docx = changed(Format::Docx, "word/document.xml", |xml| {
        Some(xml.replace(
            "<w:r><w:t xml:space=\"preserve\">{{ titre }}</w:t></w:r>",
            "<w:r><w:t>Avant {</w:t></w:r><w:proofErr w:type=\"spellStart\"/><w:r><w:rPr><w:b/></w:rPr><w:t>{ Tit</w:t></w:r>\
             <w:r><w:t>re\u{a0}</w:t></w:r><w:r><w:t>}} après</w:t></w:r>",
        ))
    });
    let text = words(&filled(&docx, Format::Docx, SCENARIO), "word/document.xml");
    assert!(text.contains("Avant Accueillir « M. & Mme <Roy> » après"), "{text}");
    let text = words(&filled(&odt, Format::Odt, SCENARIO), "content.xml");
    assert!(text.contains("\nAccueillir « M. & Mme <Roy> »\n"), "{text}");
}

fn refusal(template: &[u8], format: Format) -> String {
    let made = Template::read(template, format)
        .and_then(|template| template.fill(&SCENARIO_NAMES, &data(SCENARIO)));
    match made {
        Ok(_) => panic!("taken"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn what_a_template_cannot_say_is_told_by_its_name() {
    for format in Format::ALL {
        let says = |text: &str| {
            let template =
                changed(format, body(format), |xml| Some(xml.replace("{{ titre }}", text)));
            refusal(&template, format)
        };
        let told = says("{{ titer }}");
        assert!(told.contains("{{ titer }}") && told.contains("{{ titre }}"), "{told}");
        assert!(says("{{ eleve.nom }}").contains("eleve.nom"));
        assert!(says("{{ titre").contains("accolades"));
        assert!(says("{{ fin }}").contains("fin"));
        assert!(says("{{ si titre }}").contains("si"));
        assert!(says("Titre : {{ si titre }}").contains("seul"));
        assert!(says("Titre : {{ contexte }}").contains("seul"));
        assert!(says("{{ taches }}").contains("tache.intitule"));
        assert!(says("{{ tache.code }} {{ critere.code }}").contains("critere"));
    }
}

#[test]
fn templates_with_programs_or_ways_out_are_refused() {
    let odt = |part: &str, change: &dyn Fn(String) -> String| {
        Template::read(&changed(Format::Odt, part, |xml| Some(change(xml))), Format::Odt)
    };
    let docx = |part: &str, change: &dyn Fn(String) -> String| {
        Template::read(&changed(Format::Docx, part, |xml| Some(change(xml))), Format::Docx)
    };
    let in_text = |what: &'static str| {
        move |xml: String| xml.replace("<office:text>", &format!("<office:text>{what}"))
    };
    let forbidden = |made: Result<Template, TemplateError>| match made {
        Err(TemplateError::Forbidden(what)) => what,
        other => panic!("{other:?}"),
    };
    for part in [
        "Basic/script-lc.xml",
        "Scripts/python/a.py",
        "Object 1/content.xml",
        "META-INF/documentsignatures.xml",
    ] {
        forbidden(odt(part, &|_| "<a/>".into()));
    }
    for what in [
        "<text:p><draw:frame><draw:image xlink:href=\"https://espion.example/x.png\"/></draw:frame></text:p>",
        "<text:p><draw:frame><draw:image xlink:href=\"../x.png\"/></draw:frame></text:p>",
        "<text:section text:name=\"s\"><text:section-source xlink:href=\"autre.odt\"/></text:section>",
        "<office:event-listeners><script:event-listener/></office:event-listeners>",
        "<text:p><text:a xlink:href=\"file:///etc/passwd\">x</text:a></text:p>",
        "<text:p><draw:frame><draw:object xlink:href=\"./Object 1\"/></draw:frame></text:p>",
    ] {
        let names =
            "<office:document-content xmlns:draw=\"d\" xmlns:xlink=\"x\" xmlns:script=\"s\"";
        let change = |xml: String| in_text(what)(xml).replace("<office:document-content", names);
        forbidden(odt("content.xml", &change));
    }
    // A link that only the reader follows stays.
    let link =
        "<text:p><text:a xmlns:xlink=\"x\" xlink:href=\"https://a.example/\">x</text:a></text:p>";
    assert!(odt("content.xml", &in_text(link)).is_ok());
    for part in ["word/vbaProject.bin", "word/embeddings/a.bin", "word/activeX/a.xml"] {
        forbidden(docx(part, &|_| "<a/>".into()));
    }
    forbidden(docx("[Content_Types].xml", &|xml| {
        xml.replace("wordprocessingml.document.main", "ms-word.document.macroEnabled.main")
    }));
    let links = "word/_rels/document.xml.rels";
    let external = |kind: &str, target: &str| {
        let link = format!(
            "<Relationship Id=\"r9\" Type=\"x/{kind}\" Target=\"{target}\" TargetMode=\"External\"/></Relationships>"
        );
        docx(links, &move |xml| xml.replace("</Relationships>", &link))
    };
    forbidden(external("image", "https://espion.example/x.png"));
    forbidden(external("hyperlink", "file:///c:/x"));
    assert!(external("hyperlink", "https://a.example/").is_ok());
    for code in ["INCLUDETEXT \"c:\\\\x\"", " dde cmd", "INCLUDEPICTURE x"] {
        let field = format!("<w:p><w:r><w:instrText>{code}</w:instrText></w:r></w:p></w:body>");
        forbidden(docx("word/document.xml", &|xml| xml.replace("</w:body>", &field)));
    }
    // What leads to the disk of whoever made the template is taken out.
    let attached = external("attachedTemplate", "file:///C:/Users/paul/Normal.dotm").unwrap();
    let made = attached.fill(&SCENARIO_NAMES, &data(SCENARIO)).unwrap();
    let files = archive::read(&made, LIMITS).unwrap();
    assert!(!String::from_utf8_lossy(&files[links]).contains("paul"));
    for bytes in [&b""[..], b"PK", b"\x50\x4b\x05\x06", shipped(Format::Odt)] {
        assert!(Template::read(bytes, Format::Docx).is_err());
    }
    assert!(Template::read(shipped(Format::Docx), Format::Odt).is_err());
}

fn program(name: &str) -> bool {
    let there = Command::new(name).arg("--version").output().is_ok();
    if !there {
        eprintln!("{name} est absent : essai passé");
    }
    there
}

/// Converts files; gives those that came of it, by stem.
fn converted(folder: &Path, to: &str, files: &[PathBuf]) -> BTreeMap<String, PathBuf> {
    let out = folder.join(format!("vers-{}", to.split(':').next().unwrap()));
    let home = folder.join("soffice");
    let done = Command::new("soffice")
        .arg("--headless")
        .arg(format!("-env:UserInstallation=file://{}", home.display()))
        .args(["--convert-to", to, "--outdir"])
        .arg(&out)
        .args(files)
        .output()
        .unwrap();
    let said =
        String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success() && !said.to_lowercase().contains("error"), "{said}");
    let made = std::fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().path());
    let made: BTreeMap<String, PathBuf> =
        made.map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), path)).collect();
    assert!(made.len() >= files.len(), "{said}");
    made
}

/// What a converted text says, whatever the signs of its lists.
fn said(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap();
    let text = text.trim_start_matches('\u{feff}').replace(['•', '◦', '▪', '\t'], " ");
    let words: Vec<&str> = text
        .split([' ', '\n', '\r'])
        .filter(|word| !word.is_empty() && !matches!(*word, "1." | "2." | "3."))
        .collect();
    words.join(" ")
}

#[test]
fn libreoffice_opens_them_and_templates_that_it_saved_again_still_serve() {
    if !program("soffice") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let write = |name: String, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let mut documents = Vec::new();
    for format in Format::ALL {
        let end = format.extension();
        let template = write(format!("modele.{end}"), shipped(format));
        let saved = converted(folder.path(), end, &[template]);
        let saved = std::fs::read(&saved["modele"]).unwrap();
        assert_ne!(saved, shipped(format));
        documents
            .push(write(format!("{end}-livre.{end}"), &filled(shipped(format), format, SCENARIO)));
        documents.push(write(format!("{end}-repris.{end}"), &filled(&saved, format, SCENARIO)));
    }
    let texts = converted(folder.path(), "txt:Text (encoded):UTF8", &documents);
    let expected = said(&texts["odt-livre"]);
    for line in [
        "Nuit Claire. Saluer Écouter le besoin Fin de la page ici",
        "C4.2 Rendre l'unité commerciale",
        "Ressources Document ou lien",
    ] {
        assert!(expected.contains(line), "{expected}");
    }
    for (name, path) in &texts {
        assert_eq!(said(path), expected, "{name}");
    }
    let pdf = converted(folder.path(), "pdf", &documents);
    for (name, path) in pdf {
        assert!(std::fs::read(path).unwrap().starts_with(b"%PDF-"), "{name}");
    }
}

#[test]
fn every_part_is_sound_xml() {
    if !program("xmllint") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut parts = Vec::new();
    for format in Format::ALL {
        let document = filled(shipped(format), format, SCENARIO);
        for (n, (name, bytes)) in archive::read(&document, LIMITS).unwrap().into_iter().enumerate()
        {
            if name.ends_with(".xml") || name.ends_with(".rels") {
                let path = folder.path().join(format!("{}-{n}.xml", format.extension()));
                std::fs::write(&path, bytes).unwrap();
                parts.push(path);
            }
        }
    }
    assert!(parts.len() > 10);
    let done = Command::new("xmllint").args(["--noout", "--nonet"]).args(&parts).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    /// Whatever a teacher types into a template, it is refused with a sentence, or gives a document.
    #[test]
    fn whatever_a_template_says_it_is_filled_or_refused(
        odt in any::<bool>(),
        at in any::<prop::sample::Index>(),
        typed in prop_oneof![
            "[ -~é\u{a0}{}]{0,30}",
            prop::sample::select(vec![
                "{{ si taches }}", "{{ sinon }}", "{{ fin }}", "{{ tache.code }}", "{{ competence.code }}{{ critere.code }}",
                "{{", "}}", "{{ contexte }}", "</w:p>", "<w:p/>", "</text:p><text:p>", "<table:table/>", "&#0;", "]]>",
            ]).prop_map(str::to_owned),
        ],
    ) {
        let format = if odt { Format::Odt } else { Format::Docx };
        let template = changed(format, body(format), |xml| {
            let places: Vec<usize> = xml.match_indices(['{', '<', '>']).map(|(at, _)| at).collect();
            let place = places[at.index(places.len())];
            Some(format!("{}{typed}{}", &xml[..place], &xml[place..]))
        });
        let made = Template::read(&template, format).and_then(|one| one.fill(&SCENARIO_NAMES, &data(SCENARIO)));
        if let Ok(document) = made {
            prop_assert!(Template::read(&document, format).is_ok());
        }
    }

    /// Damaged archives are refused, and nothing else happens.
    #[test]
    fn damaged_templates_are_refused(odt in any::<bool>(), at in any::<prop::sample::Index>(), with in any::<u8>()) {
        let format = if odt { Format::Odt } else { Format::Docx };
        let mut bytes = shipped(format).to_vec();
        let at = at.index(bytes.len());
        bytes[at] = with;
        let _ = Template::read(&bytes, format).map(|one| one.fill(&SCENARIO_NAMES, &data(SCENARIO)));
    }

    /// Whatever a scenario says, its documents are sound, and say it.
    #[test]
    fn whatever_a_scenario_says_the_documents_are_sound(title in "\\PC{1,40}", context in "([ -~éàœ’*_#>0-9.`|\\[\\]-]{0,30}\n){0,8}") {
        let scenario = format!(
            "titre = {}\nauteur = \"mercier-paul\"\ncontexte = {}\n",
            toml::Value::String(format!("T {title}")), toml::Value::String(format!("C {context}"))
        );
        for format in Format::ALL {
            let document = filled(shipped(format), format, &scenario);
            prop_assert!(Template::read(&document, format).is_ok());
            let text = words(&document, body(format));
            prop_assert!(text.lines().any(|line| line.starts_with("T ")), "{}", text);
        }
    }
}
