//! What a family reads: one pupil's own, decided, never what is hidden, drafted or for the jury.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops when it cannot go on")]

mod common;

use jalon::insight::{Access, ReaderRole, readers};
use jalon::page::{Change, FamilyPage, Site, family_class, family_documents, family_page};
use jalon::render::{FamilyPress, Sealed};
use jalon::school::School;
use jalon::source::Memory;

type Files = Vec<(String, String)>;

fn files() -> Files {
    common::companies::school_with_companies()
}

/// Changes a text of a file; it must be there.
fn change(files: &mut Files, path: &str, from: &str, to: &str) {
    let (_, text) = files.iter_mut().find(|(at, _)| at == path).unwrap();
    assert!(text.contains(from), "{path} does not say {from}");
    *text = text.replace(from, to);
}

fn school(files: Files) -> School {
    let (school, diagnostics) = common::read(&Memory::new(files));
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    school
}

fn page_of(school: &School, id: &str) -> (FamilyPage, String) {
    let site = Site::new(school, &[], common::today());
    let ix = school.pupil(id).unwrap();
    let page = family_page(&site, ix, family_class(&site, ix).unwrap());
    let documents = family_documents(&site, ix);
    let sealed: Vec<Sealed> =
        documents.iter().map(|one| Sealed::document(one, "bloc".into(), 1000)).collect();
    let html = FamilyPress::new().unwrap().page(&site, &page, &sealed).unwrap();
    (page, html)
}

const LEA: &str = "students/2025/dupont-lea/reviews/2027-04-09.toml";
const LORENZO: &str = "students/2025/adami-lorenzo/student.toml";

#[test]
fn the_last_review_is_told_with_what_changed_since_the_one_before() {
    let (page, html) = page_of(&school(files()), "dupont-lea");
    let told: Vec<_> =
        page.standing.assessed.iter().map(|one| (&*one.code, one.level, one.change)).collect();
    assert_eq!(
        told,
        [
            ("C1.0", "+", Some(Change::Up)),
            ("C1.1", "+", Some(Change::Same)),
            ("C1.2", "-", Some(Change::Down)),
            ("C1.3", "++", Some(Change::New)),
            // The last review says nothing of it: what the one before decided still holds.
            ("C2.1", "--", Some(Change::Same)),
        ]
    );
    assert_eq!(page.standing.changes, [1, 1, 1]);
    assert_eq!(page.standing.since.as_ref().unwrap().iso, "2026-12-11");
    let days: Vec<&str> = page.reviews.iter().map(|review| &*review.day.iso).collect();
    assert_eq!(days, ["2027-04-09", "2026-12-11"]);
    assert!(
        html.contains("Léa <strong>progresse</strong>.") && html.contains("Relire les messages.")
    );
    assert!(html.contains("13,5 / 20") && html.contains("<svg class=\"radar\""));
}

#[test]
fn a_review_that_is_drafted_or_open_again_is_not_there() {
    let mut files = files();
    change(&mut files, LEA, "etat = \"valide\"", "etat = \"brouillon\"");
    change(&mut files, LEA, "valide_le = 2027-04-09\nvalide_par = \"mercier-paul\"\n", "");
    let school = school(files);
    for id in ["dupont-lea", "adami-lorenzo"] {
        let (page, html) = page_of(&school, id);
        let days: Vec<&str> = page.reviews.iter().map(|review| &*review.day.iso).collect();
        assert_eq!(days, ["2026-12-11"], "{id}");
        assert!(!html.contains("Relire les messages."), "{id}");
        assert!(!html.contains("bilans-2027-04-09.pdf"), "{id}");
        assert!(html.contains("bilans-2026-12-11.pdf"), "{id}");
        assert_eq!(page.standing.since, None);
    }
}

#[test]
fn results_hidden_from_learners_are_not_there() {
    let shown = page_of(&school(files()), "adami-lorenzo").0;
    let mut files = files();
    let path = "evaluations/2026-2027/1mcva1/accueil-client.toml";
    change(&mut files, path, "complexite", "affichage = false\ncomplexite");
    let hidden = page_of(&school(files), "adami-lorenzo").0;
    assert_eq!(hidden.results.works.0, shown.results.works.0 - 1);
    let days = |page: &FamilyPage| -> Vec<String> {
        let criteria = page.results.competences.iter().flat_map(|one| &one.criteria);
        criteria.flat_map(|one| &one.results).map(|result| result.day.iso.clone()).collect()
    };
    assert!(days(&shown).contains(&"2026-11-06".to_owned()));
    assert!(!days(&hidden).contains(&"2026-11-06".to_owned()));
}

#[test]
fn a_learner_reads_what_is_planned_in_the_company() {
    let school = school(files());
    let (page, html) = page_of(&school, "adami-lorenzo");
    let titles: Vec<&str> = page.placements.iter().map(|one| &*one.title).collect();
    assert_eq!(titles, ["PFMP 1", "PFMP 3"]);
    let planned = &page.placements[1];
    assert_eq!((&*planned.days.from.iso, &*planned.days.to.iso), ("2027-01-11", "2027-02-05"));
    assert_eq!(planned.objectives.as_deref(), Some("Conduire une vente simple."));
    assert_eq!(planned.tasks.len(), 2);
    assert!(html.contains("Conduire une vente simple.") && html.contains(&planned.tasks[0]));
    // The employer period is an apprentice's.
    assert!(!html.contains("Période employeur"));
    assert!(page_of(&school, "dupont-lea").1.contains("Période employeur"));
}

#[test]
fn nothing_of_another_pupil_nor_of_the_jury_is_there() {
    let mut files = files();
    let grid =
        "auteur = \"mercier-paul\"\nnote_proposee = 17.5\ncommentaire = \"Très à l’aise.\"\n";
    files.push(("students/2025/bernard-chloe/certification/2027-e31.toml".into(), grid.into()));
    let (school, _) = common::read(&Memory::new(files));
    assert_eq!(school.grids.iter().count(), 1);
    let (_, html) = page_of(&school, "bernard-chloe");
    for told in ["17,5", "17.5", "à l’aise"] {
        assert!(!html.contains(told), "{told}");
    }
    let site = Site::new(&school, &[], common::today());
    for (ix, pupil) in school.pupils.iter() {
        let kinds: Vec<&str> = family_documents(&site, ix).iter().map(|one| one.kind).collect();
        assert!(!kinds.iter().any(|kind| kind.contains("dossier") || kind.contains("grille")));
        let Some(class) = family_class(&site, ix) else { continue };
        let page = family_page(&site, ix, class);
        let html = FamilyPress::new().unwrap().page(&site, &page, &[]).unwrap();
        for (other, another) in school.pupils.iter() {
            let alone = other == ix || another.record.nom == pupil.record.nom;
            assert!(alone || !html.contains(&another.record.nom), "{} on {}", another.id, pupil.id);
        }
    }
}

#[test]
fn what_people_wrote_is_text_and_never_markup() {
    let mut files = files();
    change(
        &mut files,
        LEA,
        "Relire les messages.",
        "<script>alert(1)</script> <b onclick=x>gras</b>",
    );
    change(&mut files, "students/2025/dupont-lea/student.toml", "\"Léa\"", "\"L<éa>\"");
    let (school, _) = common::read(&Memory::new(files));
    let html = page_of(&school, "dupont-lea").1 + &page_of(&school, "adami-lorenzo").1;
    assert!(!html.contains("<script") && !html.contains("onclick=x>"));
    assert!(html.contains("L&lt;éa&gt;") && html.contains("Librairie &lt;du Marché&gt;"));
    // Nothing that the policy of the frame would stop.
    assert!(!html.contains(" style=") && !html.contains("<style") && !html.contains("http"));
}

#[test]
fn who_left_or_is_not_enrolled_has_no_page() {
    let school = school(files());
    let site = Site::new(&school, &[], common::today());
    let class = |id: &str| family_class(&site, school.pupil(id).unwrap());
    assert_eq!(class("camara-awa"), None);
    assert!(class("zola-emile").is_some());
}

#[test]
fn competences_of_last_year_hold_until_the_first_review_on_the_diploma() {
    let mut files = files();
    for (path, text) in &mut files {
        if path.starts_with("students/2025/dupont-lea/reviews/") {
            *path = path.replace("2026-12-11", "2026-06-11").replace("2027-04-09", "2026-03-09");
            *text = text
                .replace("2026-12-11", "2026-06-11")
                .replace("2027-04-09", "2026-03-09")
                .replace("evaluations = [\"2026-2027/1mcva1/accueil-client\"]\n", "");
        }
    }
    let (school, _) = common::read(&Memory::new(files));
    let page = page_of(&school, "dupont-lea").0;
    let seconde = &school.referentials.iter().find(|(_, one)| one.code == "mrc").unwrap().1.record;
    assert_eq!(page.standing.decided_for.as_ref(), Some(&seconde.intitule));
    assert_eq!(page.reviews.len(), 2);
    assert_eq!(page_of(&self::school(self::files()), "dupont-lea").0.standing.decided_for, None);
}

/// Readers of a pupil whose file is this one: who, key, access, number of cancelled letters.
fn read_by(
    change_student: impl Fn(&mut String),
    today: &str,
) -> Vec<(ReaderRole, String, Access, usize)> {
    let mut files = files();
    let (_, text) = files.iter_mut().find(|(at, _)| at == LORENZO).unwrap();
    change_student(text);
    let (school, diagnostics) = common::read(&Memory::new(files));
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    let pupil = &school.pupils[school.pupil("adami-lorenzo").unwrap()];
    let all = readers(pupil, today.parse().unwrap()).into_iter();
    all.map(|one| (one.who, one.key, one.access, one.cancelled.len())).collect()
}

const PARENTS: &str = "[[responsables]]\nlien = \"père\"\nlegal = 2\nnom = \"Adami\"\nprenom = \"Enzo\"\n\
                       [[responsables]]\nlien = \"autre\"\nnom = \"Rossi\"\nprenom = \"Ada\"\n\
                       [[responsables]]\nlien = \"mère\"\nlegal = 1\nnom = \"Révész\"\nprenom = \"Zoé\"\n";

#[test]
fn those_legally_responsible_and_the_pupil_have_a_letter() {
    let all = read_by(|text| text.push_str(PARENTS), "2026-11-22");
    let told: Vec<_> = all.iter().map(|one| (one.0, one.1.as_str(), one.2)).collect();
    assert_eq!(
        told,
        [
            (ReaderRole::Guardian(2), "responsable zoe-revesz", Access::Open),
            (ReaderRole::Guardian(0), "responsable enzo-adami", Access::Open),
            (ReaderRole::Pupil, "eleve", Access::Open),
        ]
    );
}

#[test]
fn two_people_of_one_name_have_two_letters() {
    let twice = PARENTS.replace("Révész", "Adami").replace("Zoé", "Enzo");
    let all = read_by(|text| text.push_str(&twice), "2026-11-22");
    let keys: Vec<&str> = all.iter().map(|one| one.1.as_str()).collect();
    assert_eq!(keys, ["responsable enzo-adami", "responsable enzo-adami 2", "eleve"]);
}

#[test]
fn a_refusal_closes_the_letter_of_who_refuses_and_those_of_all_close_a_minors() {
    let day = "2026-09-20".parse().unwrap();
    let refusing = |count: usize| {
        let text = PARENTS.replacen("legal =", "refus_site = 2026-09-20\nlegal =", count);
        read_by(move |student| student.push_str(&text), "2026-11-22")
    };
    let access = |count| refusing(count).iter().map(|one| one.2).collect::<Vec<_>>();
    assert_eq!(access(1), [Access::Open, Access::Refused(day), Access::Open]);
    let all = [Access::Refused(day), Access::Refused(day), Access::RefusedByGuardians(day)];
    assert_eq!(access(2), all);
    // The day of the eighteenth birthday, the pupil reads on alone.
    let text = PARENTS.replace("legal =", "refus_site = 2026-09-20\nlegal =");
    let grown = read_by(|student| student.push_str(&text), "2027-03-14");
    assert_eq!(grown[2].2, Access::Open);
}

#[test]
fn a_pupil_of_age_may_keep_the_page() {
    let kept = |today| {
        read_by(|text| *text = format!("lecture_reservee = 2027-03-20\n{text}{PARENTS}"), today)
    };
    let day = "2027-03-20".parse().unwrap();
    let access: Vec<Access> = kept("2027-04-01").iter().map(|one| one.2).collect();
    assert_eq!(access, [Access::Reserved(day), Access::Reserved(day), Access::Open]);
    // A minor cannot.
    assert!(kept("2027-03-13").iter().all(|one| one.2 == Access::Open));
}

#[test]
fn each_cancelled_letter_counts_for_its_reader() {
    let all = read_by(
        |text| {
            let parents =
                PARENTS.replace("legal = 1", "legal = 1\ncodes_annules = [2026-10-01, 2026-11-02]");
            *text = format!("codes_annules = [2026-11-12]\n{text}{parents}");
        },
        "2026-11-22",
    );
    assert_eq!(all.iter().map(|one| one.3).collect::<Vec<_>>(), [2, 0, 1]);
}
