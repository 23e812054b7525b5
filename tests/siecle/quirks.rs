//! Each quirk of the files that offices export, and each refusal.

use std::path::{Path, PathBuf};

use jalon::exchange::siecle::{Allowed, Given, Refusal, plan};
use jalon::exchange::{Plan, Weight};
use jalon::record::Status;

use super::{Files, day, import, no_new_error, planned, read, student};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd/import.in")
}

/// One of the invented files.
pub fn sample(name: &str) -> Vec<u8> {
    std::fs::read(folder().join(name)).unwrap()
}

const NAMES: [&str; 3] =
    ["ElevesSansAdresses.xml", "ResponsablesAvecAdresses.xml", "sts_emp_9990001X_2025.xml"];

/// The three invented files.
pub fn samples() -> Vec<(String, Vec<u8>)> {
    NAMES.map(|name| (name.to_owned(), sample(name))).to_vec()
}

/// The school that they are about.
pub fn school() -> Files {
    fn walk(root: &Path, at: &Path, files: &mut Files) {
        for entry in std::fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(root, &path, files);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                files.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    let root = folder().join("content");
    let mut files = Files::new();
    walk(&root, &root, &mut files);
    files
}

/// The samples with some texts replaced, in one of the files.
fn with(name: &str, changes: &[(&str, &str)]) -> Vec<(String, Vec<u8>)> {
    let mut all = samples();
    let (_, bytes) = all.iter_mut().find(|(one, _)| one.starts_with(name)).unwrap();
    let mut text = encoding_rs::ISO_8859_15.decode_without_bom_handling(bytes).0.into_owned();
    for (old, new) in changes {
        assert!(text.contains(old), "{old}");
        text = text.replace(old, new);
    }
    *bytes = encoding_rs::ISO_8859_15.encode(&text).0.into_owned();
    all
}

const TODAY: &str = "2025-11-18";

fn plan_of(given: Vec<(String, Vec<u8>)>) -> Plan {
    planned(&school(), given, day(TODAY), Allowed::default(), &[])
}

fn said(made: &Plan, weight: Weight) -> String {
    let of = made.remarks.iter().filter(|remark| remark.weight == weight);
    of.map(|remark| {
        format!("{} / {}\n", remark.sentence, remark.help.as_deref().unwrap_or_default())
    })
    .collect()
}

/// Holds a plan to a refusal that says some words.
fn refused(made: &Plan, words: &[&str]) {
    let all = said(made, Weight::Fatal);
    assert!(made.is_refused() && made.changes.is_empty(), "{all}");
    // No-break spaces are those of the sentences.
    let plain = all.replace('\u{a0}', " ");
    words.iter().for_each(|word| assert!(plain.contains(word), "{word} : {plain}"));
}

fn text(files: &Files, path: &str) -> String {
    String::from_utf8(files[path].clone()).unwrap()
}

const ELOISE: &str = "students/2023/leboeuf-eloise/student.toml";
const LUKA: &str = "students/2024/simic-luka/student.toml";
const CLASSES: &str = "classes/2025-2026.toml";

/// The school after a first import.
fn imported() -> Files {
    let mut files = school();
    import(&mut files, samples(), day(TODAY));
    files
}

#[test]
fn the_samples_are_imported_and_the_archive_says_the_same() {
    let mut files = imported();
    let eloise = student(&files, ELOISE);
    assert_eq!((eloise.nom.as_str(), eloise.prenom.as_str()), ("Lebœuf", "Éloïse"));
    assert_eq!(eloise.nom_usage.as_deref(), Some("Lebœuf-Martin"));
    assert_eq!(eloise.scolarite[0].groupes[0].to_string(), "tcielg1");
    assert_eq!(eloise.scolarite[0].options.len(), 2);
    let [mother, father] = &eloise.responsables[..] else { panic!("two people") };
    assert_eq!((mother.legal.unwrap().0, mother.telephone.as_deref()), (1, Some("06 39 98 00 11")));
    assert_eq!((father.legal.unwrap().0, father.ville.as_deref()), (2, Some("Irun (Espagne)")));
    // An adult who is responsible for himself has his own letter already.
    let luka = student(&files, LUKA);
    assert_eq!((luka.scolarite[0].statut, luka.responsables.len()), (Status::Apprentice, 0));
    let state = read(&files);
    assert_eq!(state.school.pupils.len(), 2, "left, unplaced and inactive pupils are not created");
    assert_eq!(state.school.groups.values()[0].pupils.len(), 1);
    // An archive, of which browsers change the name.
    let mut archive = samples();
    archive[0] =
        ("ExportXML_ElevesSansAdresses (1).zip".into(), sample("ExportXML_ElevesSansAdresses.zip"));
    archive.reverse();
    assert!(import(&mut files, archive, day("2025-11-20")).changes.is_empty());
}

#[test]
fn an_unknown_formation_is_asked_for_with_the_lines_to_type() {
    let made = plan_of(samples());
    let all = said(&made, Weight::ToDo);
    assert!(
        all.contains("24131224210")
            && all.contains("[[siecle.mef]]")
            && all.contains("niveau = \"cap1\""),
        "{all}"
    );
    // Once it is said, nothing more is asked; said to be left out, neither.
    for lines in [
        "\n[[siecle.mef]]\ncode = \"24131224210\"\ndiplome = \"ciel\"\nniveau = \"cap1\"\n",
        "\n[siecle]\nmef_ignores = [\"24131224219\"]\n",
    ] {
        let mut files = school();
        files.get_mut("school.toml").unwrap().extend(lines.bytes());
        let made = planned(&files, samples(), day(TODAY), Allowed::default(), &[]);
        assert!(!made.is_refused() && !said(&made, Weight::ToDo).contains("24131224210"));
    }
}

#[test]
fn professional_subjects_make_the_team_and_nobody_is_dropped() {
    let mut files = school();
    let settings = "\n[siecle]\nmatieres_professionnelles = [\"299901\"]\nmatieres_generales = [\"020700\", \"061300\"]\n";
    files.get_mut("school.toml").unwrap().extend(settings.bytes());
    let made = import(&mut files, samples(), day(TODAY));
    assert!(!said(&made, Weight::ToDo).contains("matières"));
    assert!(text(&files, CLASSES).contains("equipe = [\"nguyen-thomas\"]"));
    let by_hand = text(&files, CLASSES)
        .replace("equipe = [\"nguyen-thomas\"]", "equipe = [\"perrin-odile\"]");
    files.insert(CLASSES.into(), by_hand.into_bytes());
    import(&mut files, samples(), day(TODAY));
    assert!(text(&files, CLASSES).contains("equipe = [\"perrin-odile\", \"nguyen-thomas\"]"));
}

#[test]
fn comments_and_what_hands_added_stay() {
    let mut files = imported();
    let more = "# vu avec la famille\n[[responsables]]\nlien = \"autre\"\nnom = \"Petit\"\nprenom = \"Jeanne\"\n";
    let mut own = text(&files, ELOISE)
        .replace("nom = \"Lebœuf\"\nnom_usage", "nom = \"Lebœuf\" # bien avec œ\nnom_usage");
    own = own.replace(
        "legal = 2\n",
        "legal = 2\nrefus_site = 2025-10-02\ncodes_annules = [2025-11-03]\n",
    );
    files.insert(ELOISE.into(), format!("{own}\n{more}").into_bytes());
    let before = files.clone();
    assert!(import(&mut files, samples(), day(TODAY)).changes.is_empty());
    // The father is responsible no more, the mother has another name, and SIECLE is later.
    let mut given = with(
        "Responsables",
        &[
            ("<PERSONNE_ID>700202</PERSONNE_ID>", "<PERSONNE_ID>999999</PERSONNE_ID>"),
            ("<NOM_USAGE>LEBŒUF</NOM_USAGE>", "<NOM_USAGE>DURAND</NOM_USAGE>"),
        ],
    );
    let mut made = import(&mut files, given.clone(), day(TODAY));
    let after = text(&files, ELOISE);
    assert!(after.contains("# bien avec œ") && after.contains("# vu avec la famille"), "{after}");
    let now = student(&files, ELOISE);
    let was = student(&before, ELOISE);
    assert_eq!(now.responsables.len(), 3);
    assert_eq!(now.responsables[0].nom, "Durand");
    assert_eq!(now.responsables[0].letter_key(), was.responsables[0].letter_key());
    assert_eq!(now.responsables[1].legal.map(|legal| legal.0), None);
    assert_eq!(now.responsables[1].codes_annules, was.responsables[1].codes_annules);
    assert!(said(&made, Weight::Note).contains("n’est plus responsable"));
    assert!(import(&mut files, given.clone(), day(TODAY)).changes.is_empty());
    // Responsible again: the same block.
    given = samples();
    made = import(&mut files, given, day(TODAY));
    assert_eq!(made.changes.len(), 2);
    assert_eq!(student(&files, ELOISE).responsables[1].legal.map(|legal| legal.0), Some(2));
}

#[test]
fn an_identity_changed_by_hand_is_told_and_put_back() {
    let mut files = imported();
    let wrong = text(&files, ELOISE).replace("2008-03-21", "2008-03-12");
    files.insert(ELOISE.into(), wrong.into_bytes());
    let told = read(&files).diagnostics;
    assert!(told.iter().any(|one| one.code.name == "ELEVE-SIECLE"));
    let made = import(&mut files, samples(), day(TODAY));
    assert!(
        said(&made, Weight::Note)
            .replace('\u{a0}', " ")
            .contains("naissance « 12/03/2008 » devient « 21/03/2008 »")
    );
    assert!(read(&files).diagnostics.iter().all(|one| one.code.name != "ELEVE-SIECLE"));
    // What SIECLE has changed is an update, not a divergence.
    let made = import(&mut files, with("Eleves", &[("21/03/2008", "22/03/2008")]), day(TODAY));
    assert!(!said(&made, Weight::Note).contains("naissance"));
    assert_eq!(student(&files, ELOISE).naissance, day("2008-03-22"));
    // A number that is known is never emptied.
    let without = [
        ("<ID_NATIONAL>120000001AA</ID_NATIONAL>", ""),
        ("<INE_RNIE>120000001AA</INE_RNIE>", ""),
        ("<INE_BEA>1200000010A</INE_BEA>", ""),
    ];
    import(&mut files, with("Eleves", &without), day(TODAY));
    assert_eq!(student(&files, ELOISE).ine.as_deref(), Some("120000001AA"));
}

#[test]
fn who_leaves_is_inactive_and_who_comes_back_is_not() {
    let mut files = imported();
    let later = [
        ("17/11/2025", "12/01/2026"),
        (
            "<DATE_ENTREE>01/09/2023</DATE_ENTREE>",
            "<DATE_ENTREE>01/09/2023</DATE_ENTREE><DATE_SORTIE>09/01/2026</DATE_SORTIE>",
        ),
    ];
    import(&mut files, with("Eleves", &later), day("2026-01-12"));
    let gone = student(&files, ELOISE);
    assert_eq!(
        (gone.inactif_depuis, gone.scolarite[0].fin),
        (Some(day("2026-01-09")), Some(day("2026-01-09")))
    );
    assert_eq!(gone.responsables.len(), 2);
    let made =
        import(&mut files, with("Eleves", &[("17/11/2025", "02/02/2026")]), day("2026-02-02"));
    assert!(said(&made, Weight::Note).contains("est de retour"));
    let back = student(&files, ELOISE);
    assert_eq!((back.inactif_depuis, back.scolarite.len()), (None, 2));
    assert_eq!(back.scolarite[1].debut, Some(day("2026-02-02")));
    // An exit in the future is not one yet.
    let future = [
        ("17/11/2025", "03/02/2026"),
        (
            "01/09/2024</DATE_ENTREE>",
            "01/09/2024</DATE_ENTREE><DATE_SORTIE>03/07/2026</DATE_SORTIE>",
        ),
    ];
    import(&mut files, with("Eleves", &future), day("2026-02-03"));
    assert_eq!(student(&files, LUKA).inactif_depuis, None);
}

#[test]
fn a_change_of_status_or_of_class_closes_a_stay_and_opens_another() {
    let mut files = imported();
    let later = [("17/11/2025", "12/01/2026"), (">AP<", ">ST<")];
    import(&mut files, with("Eleves", &later), day("2026-01-12"));
    let luka = student(&files, LUKA);
    let [before, after] = &luka.scolarite[..] else { panic!("two stays") };
    assert_eq!((before.statut, before.fin), (Status::Apprentice, Some(day("2026-01-11"))));
    assert_eq!(
        (after.statut, after.debut, after.fin),
        (Status::School, Some(day("2026-01-12")), None)
    );
    assert!(import(&mut files, with("Eleves", &later), day("2026-01-12")).changes.is_empty());
    // The same day again, with another status: it is corrected, not closed.
    import(&mut files, with("Eleves", &[("17/11/2025", "12/01/2026")]), day("2026-01-12"));
    let luka = student(&files, LUKA);
    assert_eq!((luka.scolarite.len(), luka.scolarite[1].statut), (2, Status::Apprentice));
}

#[test]
fn sts_alone_touches_people_and_classes_only() {
    let mut files = imported();
    let given = with(
        "sts_emp",
        &[
            ("<PRENOM>THOMAS</PRENOM>", "<PRENOM>TOM</PRENOM>"),
            ("<NOM_USAGE>ZOLA</NOM_USAGE>", "<NOM_USAGE>ZED</NOM_USAGE>"),
        ],
    );
    let sts = given[2..].to_vec();
    let made = import(&mut files, sts, day("2025-12-01"));
    let paths: Vec<&str> = made.changes.iter().map(|(path, _)| path).collect();
    assert_eq!(paths, ["imports/2025-2026/2025-12-01.toml", "staff.toml"]);
    // Numbers recognise people whose name has changed, and ids never change.
    let people = read(&files).school;
    let id = people.person("nguyen-thomas").unwrap();
    assert_eq!(people.people[id].record.prenom, "Tom");
    assert_eq!(people.people[people.person("zola-ines").unwrap()].record.nom, "Zed");
}

#[test]
fn staff_who_are_not_in_sts_any_more_are_deactivated_only_if_they_came_from_it() {
    let mut files = imported();
    let given = with(
        "sts_emp",
        &[("ID=\"41004\"", "ID=\"41999\""), ("ABADIE", "BRUN"), ("SOPHIE", "NADIA")],
    );
    import(&mut files, given[2..].to_vec(), day("2025-12-01"));
    let school = read(&files).school;
    let of = |id: &str| &school.people[school.person(id).unwrap()].record;
    assert_eq!(of("abadie-sophie").inactif_depuis, Some(day("2025-12-01")));
    assert_eq!(of("perrin-odile").inactif_depuis, None);
    assert!(of("brun-nadia").courriels.is_empty());
    assert!(read(&files).diagnostics.iter().any(|one| one.code.name == "PERS-ADRESSE"));
    // Before the timetable has gone back, STS has no services: those that are known stay.
    let text_before = text(&files, CLASSES);
    let start = given[2].1.windows(10).position(|w| w == b"<SERVICES>").unwrap();
    let end = given[2].1.windows(11).position(|w| w == b"</SERVICES>").unwrap();
    let mut empty = given[2].clone();
    empty.1.drain(start + 10..end);
    import(&mut files, vec![empty], day("2025-12-02"));
    assert_eq!(text(&files, CLASSES), text_before);
}

#[test]
fn hand_made_pupils_are_recognised_or_told_apart() {
    let own = |more: &str| {
        format!(
            "{more}nom = \"Simic\"\nprenom = \"Luka\"\nnaissance = 2006-12-09\n\n[[scolarite]]\nannee = \"2024-2025\"\nclasse = \"1ciel\"\nstatut = \"apprenti\"\n"
        )
    };
    let mut files = school();
    let path = "students/2024/luka/student.toml";
    files.insert(path.into(), own("").into_bytes());
    import(&mut files, samples(), day(TODAY));
    assert_eq!(student(&files, path).eleve_id.as_deref(), Some("900102"));
    assert!(!files.contains_key(LUKA));
    // Two of the same name and birth: nobody chooses (CNX-16).
    let mut files = school();
    files.insert(path.into(), own("").into_bytes());
    files.insert("students/2024/luka-2/student.toml".into(), own("").into_bytes());
    let made = planned(&files, samples(), day(TODAY), Allowed::default(), &[]);
    let all = said(&made, Weight::ToDo).replace('\u{a0}', " ");
    assert!(all.contains("« luka » ou « luka-2 »"), "{all}");
    assert!(made.changes.get(LUKA).is_none() && made.changes.get(path).is_none());
    // A homonym who is somebody else gets a number.
    let mut files = school();
    files.insert(
        "students/2023/simic-luka/student.toml".into(),
        own("eleve_id = \"77\"\n").into_bytes(),
    );
    import(&mut files, samples(), day(TODAY));
    assert_eq!(
        student(&files, "students/2024/simic-luka-2/student.toml").eleve_id.as_deref(),
        Some("900102")
    );
}

#[test]
fn a_pupil_can_be_refused_with_a_reason() {
    let refusals = [Refusal { eleve_id: "900102".into(), reason: "dossier en double".into() }];
    let made = planned(&school(), samples(), day(TODAY), Allowed::default(), &refusals);
    assert!(made.changes.get(LUKA).is_none() && made.changes.get(ELOISE).is_some());
    let (_, report) = made.changes.iter().find(|(path, _)| path.starts_with("imports/")).unwrap();
    let report = String::from_utf8_lossy(report);
    assert!(report.contains("eleve_id = \"900102\"\nmotif = \"dossier en double\""), "{report}");
    // Refused once imported: neither changed nor seen leaving.
    let files = imported();
    let given = with("Eleves", &[("<PRENOM>Luka</PRENOM>", "<PRENOM>Lucas</PRENOM>")]);
    let made = planned(&files, given, day(TODAY), Allowed::default(), &refusals);
    assert!(made.changes.is_empty());
}

#[test]
fn a_missing_division_or_group_is_refused_with_its_pupils() {
    refused(
        &plan_of(with("Eleves", &[("T CIEL", "T CIELX")])),
        &["« T CIELX »", "Éloïse Lebœuf et Luka Šimic"],
    );
    refused(
        &plan_of(with("Eleves", &[("TCIEL_G1", "TCIEL_G9")])),
        &["le groupe « TCIEL_G9 »", "Éloïse Lebœuf"],
    );
    // Written otherwise, it is the same division.
    assert!(!plan_of(with("Eleves", &[("T CIEL", "t_ciel")])).is_refused());
}

#[test]
fn files_of_another_school_or_year_are_refused_before_they_are_read() {
    for (name, words) in [
        ("sts_emp_0549999A_2025.xml", ["0549999A", "--other-school"]),
        ("sts_emp_9990001X_2023.xml", ["2023-2024", "--other-year"]),
    ] {
        // What it holds is not even looked at.
        refused(&plan_of(vec![(name.into(), b"<html/>".to_vec())]), &words);
    }
    refused(
        &plan_of(with("Eleves", &[("9990001X", "0549999A")])),
        &["ElevesSansAdresses.xml", "0549999A"],
    );
    refused(
        &plan_of(with("Responsables", &[(">2025<", ">2024<")])),
        &["2024-2025", "--other-year"],
    );
    // In June, the office may have passed to the next year already; in November it has not.
    refused(&plan_of(with("Eleves", &[(">2025<", ">2026<")])), &["2026-2027", "--other-year"]);
    // What is allowed is kept.
    let allowed = Allowed { other_school: true, ..Allowed::default() };
    let made =
        planned(&school(), with("Eleves", &[("9990001X", "0549999A")]), day(TODAY), allowed, &[]);
    let (_, report) = made.changes.iter().find(|(path, _)| path.starts_with("imports/")).unwrap();
    assert!(String::from_utf8_lossy(report).contains("accepté par --other-school"));
}

#[test]
fn a_new_year_needs_all_three_files() {
    let mut given = samples();
    given.pop();
    refused(&plan_of(given), &["l’année 2025-2026 commence", "sts_emp"]);
    refused(
        &plan_of(samples()[2..].to_vec()),
        &["ElevesSansAdresses.xml et ResponsablesAvecAdresses.xml"],
    );
}

#[test]
fn pupils_and_those_responsible_go_together() {
    let files = imported();
    let of = |given| planned(&files, given, day(TODAY), Allowed::default(), &[]);
    refused(&of(samples()[..1].to_vec()), &["sans ResponsablesAvecAdresses"]);
    refused(&of(samples()[1..2].to_vec()), &["sans ElevesSansAdresses"]);
    let mut both = with("Eleves", &[("<PRENOM>Luka</PRENOM>", "<PRENOM>Lucas</PRENOM>")]);
    both.remove(1);
    let made = of(both);
    assert!(
        made.changes.is_empty()
            && said(&made, Weight::ToDo).contains("rien n’est importé pour les élèves")
    );
}

#[test]
fn an_older_file_is_refused() {
    let files = imported();
    let old = with("Eleves", &[("17/11/2025 09:12:33", "17/11/2025 08:00:00")]);
    let made = planned(&files, old.clone(), day(TODAY), Allowed::default(), &[]);
    refused(&made, &["17/11/2025 08:00:00", "--older"]);
    let allowed = Allowed { older: true, ..Allowed::default() };
    assert!(!planned(&files, old, day(TODAY), allowed, &[]).is_refused());
}

#[test]
fn what_is_no_export_is_refused_with_what_is_wanted() {
    let one = |bytes: &[u8]| plan_of(vec![("fichier.xml".into(), bytes.to_vec())]);
    refused(&one(b"<EDT_STS/>"), &["sts_emp_UAI"]);
    refused(&one(b"<IMPORT_ELEVES/>"), &["« IMPORT_ELEVES »", "ElevesSansAdresses"]);
    refused(
        &one(
            b"<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><BEE_ELEVES>&b;</BEE_ELEVES>",
        ),
        &["DOCTYPE"],
    );
    refused(&one(b"<BEE_ELEVES><DONNEES>"), &["ligne 1"]);
    refused(&one(b"PK\x03\x04 pas une archive"), &["ZIP"]);
    let mut twice = samples();
    twice.push(("autre.xml".into(), with("Eleves", &[("09:12:33", "09:12:34")])[0].1.clone()));
    refused(&plan_of(twice), &["tous deux"]);
    let structures = with("Eleves", &[("<STRUCTURE>", "<RIEN>"), ("</STRUCTURE>", "</RIEN>")]);
    refused(&plan_of(structures), &["lendemain"]);
    // A school whose files have mistakes is mended first: its pupils would be created again (CNX-12).
    let mut files = school();
    files.insert(
        "school.toml".into(),
        b"format = 1\nnom = \"Lyc\xC3\xA9e\"\nuai = \"9990001X\"\nannee = \"2025-2026\"\n".to_vec(),
    );
    refused(
        &planned(&files, samples(), day(TODAY), Allowed::default(), &[]),
        &["school.toml", "adresse électronique"],
    );
}

#[test]
fn a_file_saved_again_by_hand_is_read_and_told() {
    let mut given = samples();
    let text = encoding_rs::ISO_8859_15.decode_without_bom_handling(&given[0].1).0.into_owned();
    given[0].1 = text.into_bytes();
    let made = plan_of(given);
    assert!(said(&made, Weight::Note).contains("enregistré de nouveau"));
    let bytes = made.changes.get(ELOISE).unwrap();
    assert!(String::from_utf8_lossy(bytes).contains("Éloïse"));
}

#[test]
fn numbers_alone_several_divisions_twice_and_unknown_people_do_no_harm() {
    let numbers = with(
        "sts_emp",
        &[
            ("\"T CIEL\"", "\"61\""),
            (">T CIEL<", ">61<"),
            ("ID=\"41002\" TYPE=\"epp\"/>", "ID=\"1\" TYPE=\"epp\"/>"),
        ],
    );
    let mut given = with(
        "Eleves",
        &[
            (">T CIEL<", ">61<"),
            (
                "<CODE_STRUCTURE>61</CODE_STRUCTURE>\n          <TYPE_STRUCTURE>D</TYPE_STRUCTURE>\n        </STRUCTURE>\n        <STRUCTURE>",
                "<CODE_STRUCTURE>61</CODE_STRUCTURE>\n          <TYPE_STRUCTURE>D</TYPE_STRUCTURE>\n        </STRUCTURE>\n        <STRUCTURE><CODE_STRUCTURE>AUTRE</CODE_STRUCTURE><TYPE_STRUCTURE>D</TYPE_STRUCTURE></STRUCTURE><STRUCTURE>",
            ),
        ],
    );
    given[2] = numbers[2].clone();
    let mut files = school();
    let made = import(&mut files, given, day(TODAY));
    let classes = text(&files, CLASSES);
    assert!(
        classes.contains("[classes.c61]\nnom = \"61\"") && !classes.contains("nguyen-thomas"),
        "{classes}"
    );
    let notes = said(&made, Weight::Note).replace('\u{a0}', " ");
    assert!(
        notes.contains("plusieurs divisions") && notes.contains("1 enseignant cité"),
        "{notes}"
    );
    assert_eq!(student(&files, ELOISE).scolarite[0].classe.to_string(), "c61");
}

#[test]
fn a_year_that_is_over_only_brings_what_is_missing() {
    let mut files = school();
    let moved = text(&files, "school.toml").replace("2025-2026", "2026-2027");
    files.insert("school.toml".into(), moved.into_bytes());
    let class = "[classes.tciel]\nnom = \"T CIEL\"\ndiplome = \"ciel\"\nniveau = \"terminale\"\nequipe = []\n";
    files.insert("classes/2026-2027.toml".into(), class.into());
    let given = || Given {
        files: samples(),
        allowed: Allowed { other_year: true, ..Allowed::default() },
        refused: &[],
        today: day("2026-10-01"),
    };
    let state = read(&files);
    let made = plan(&state.school, &state.texts, &given());
    assert!(!made.is_refused(), "{:#?}", made.remarks);
    assert!(made.changes.get("staff.toml").is_none() && made.changes.get("school.toml").is_none());
    files.extend(made.changes.iter().map(|(path, bytes)| (path.to_owned(), bytes.to_vec())));
    no_new_error(&state, &read(&files));
    // Whoever was there then, and is not here now, is gone since that year ended.
    assert_eq!(student(&files, ELOISE).inactif_depuis, Some(day("2026-07-31")));
    let state = read(&files);
    assert!(plan(&state.school, &state.texts, &given()).changes.is_empty());
}

#[test]
fn the_next_year_waits_for_june_and_then_moves_the_school() {
    let mut files = imported();
    let next = |exported: &str| {
        let mut given = samples();
        for (_, bytes) in &mut given {
            let text = encoding_rs::ISO_8859_15.decode_without_bom_handling(bytes).0.into_owned();
            let text = text
                .replace(">2025<", ">2026<")
                .replace("ANNEE=\"2025\"", "ANNEE=\"2026\"")
                .replace("2026-08-31", "2027-08-31")
                .replace("17/11/2025", exported);
            *bytes = encoding_rs::ISO_8859_15.encode(&text).0.into_owned();
        }
        given[2].0 = "sts_emp_9990001X_2026.xml".into();
        given
    };
    let early = planned(&files, next("02/05/2026"), day("2026-05-02"), Allowed::default(), &[]);
    refused(&early, &["2026-2027", "--other-year"]);
    let made = import(&mut files, next("27/08/2026"), day("2026-08-28"));
    assert!(text(&files, "school.toml").contains("annee = \"2026-2027\""));
    assert!(said(&made, Weight::ToDo).contains("calendrier"));
    let eloise = student(&files, ELOISE);
    assert_eq!(eloise.scolarite.len(), 2);
    assert_eq!(eloise.scolarite[1].debut, None);
}

#[test]
fn a_folder_that_another_school_sent_is_told_when_its_pupil_arrives() {
    let mut files = school();
    let transfer = |ine: &str| {
        format!(
            "sens = \"arrivee\"\netablissement = \"0549999A\"\nine = \"{ine}\"\nnom = \"Autre\"\nprenom = \"Nom\"\n\
             naissance = 2006-12-09\n\n[reception]\nle = 2025-11-10\n"
        )
    };
    let path = "transfers/2025-2026/simic-luka.toml";
    for (ine, told) in [("120000002BB", true), ("120000002BC", false)] {
        files.insert(path.into(), transfer(ine).into_bytes());
        let made = planned(&files, samples(), day(TODAY), Allowed::default(), &[]);
        assert_eq!(said(&made, Weight::ToDo).contains("Luka Šimic arrive"), told);
    }
}

#[test]
fn a_class_that_learns_its_formation_leaves_none_at_its_pupils() {
    let mut files = school();
    let class = "[classes.tciel]\nnom = \"T CIEL\"\ndiplome = \"ciel\"\nniveau = \"terminale\"\nequipe = []\n";
    files.insert(CLASSES.into(), class.into());
    import(&mut files, samples(), day(TODAY));
    assert!(text(&files, CLASSES).contains("mef = \"24725519330\""));
    assert_eq!(student(&files, ELOISE).scolarite[0].mef, None);
    assert!(import(&mut files, samples(), day(TODAY)).changes.is_empty());
}
