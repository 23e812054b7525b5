//! The livret scolaire from files to figures: completeness by rules, means, "Recopie", group.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops when it cannot go on")]

mod common;

use std::path::Path;

use jalon::insight::{
    LivretGap, LivretObstacle, LivretPart, Origin, PartGap, Recopied, appreciation_origin,
    level_origin, livret_candidates, livret_group, livret_mean, livret_obstacles, livret_reviews,
    livret_state, mark_origin, periods_without_review, project_group, recopy,
};
use jalon::page::Site;
use jalon::render;
use jalon::school::{Ix, Livret, Pupil, School};
use jalon::source::Memory;
use jalon::text::SchoolYear;
use proptest::prelude::*;

const YEAR: SchoolYear = SchoolYear(2026);
const LEA: &str = "students/2025/dupont-lea/lsl/2026-2027.toml";

/// The base school, with three expected competences: two alone, the third gathers two.
fn school(files: &[(&str, &str)]) -> School {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schools/base");
    let mut all: std::collections::BTreeMap<String, String> = common::read_folder(&root)
        .into_iter()
        .filter_map(|(path, bytes)| Some((path, String::from_utf8(bytes).ok()?)))
        .collect();
    let referential = all.get_mut("referentials/mcv-a.toml").unwrap();
    let (head, _) = referential.split_once("[lsl]").unwrap();
    *referential = format!(
        "{}\n[lsl]\nfusion = true\n{}[[sources]]\nid = \"ANNEXES\"\nadresse = \"arrêté\"\n",
        head.replace(
            "[[matrice]]\ntache = \"A1-T1\"",
            "[[groupes.competences]]\ncode = \"C1.3\"\nintitule = \"Suivre\"\n\n\
             [[groupes.competences]]\ncode = \"C1.4\"\nintitule = \"Fidéliser\"\n\n\
             [[matrice]]\ntache = \"A1-T1\""
        ),
        [("L1", "\"C1.1\""), ("L2", "\"C1.2\""), ("L3", "\"C1.3\", \"C1.4\"")]
            .map(|(code, codes)| format!(
                "[[lsl.competences]]\ncode = \"{code}\"\nintitule = \"Ligne {code}\"\nregroupe = [{codes}]\n"
            ))
            .concat()
    );
    for (path, text) in files {
        all.insert((*path).to_owned(), (*text).to_owned());
    }
    let (school, diagnostics) = common::read(&Memory::new(all));
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    school
}

/// Rules for the session of the base school, with these lines for PFMP and projet.
fn rules(lines: &str) -> String {
    format!(
        "sigle = \"Commun\"\nintitule = \"Règles\"\ngenre = \"commun\"\nversion = \"1\"\nniveaux = []\n\
         [[livret]]\ncode = \"essai\"\npremiere_session = 2020\nniveaux = [\"premiere\"]\n\
         bilans = \"annee\"\nappreciation_max = 20\npfmp_max = 20\narrondi = \"troncature\"\n{lines}\n"
    )
}

fn pupil(school: &School, id: &str) -> Ix<Pupil> {
    school.pupil(id).unwrap()
}

fn livret(school: &School) -> &Livret {
    &school.livrets[school.livret_of(pupil(school, "dupont-lea"), YEAR).unwrap()]
}

fn gaps(school: &School) -> Vec<LivretGap> {
    livret_state(school, pupil(school, "dupont-lea"), YEAR).unwrap().gaps
}

const SPECIALITY: &str = "enseignants = [\"mercier-paul\"]\n[niveaux]\nL1 = 3\nL2 = 4\nL3 = 1\n\
    [[notes]]\nperiode = \"S1\"\nnote = 12\n";

#[test]
fn a_livret_not_begun_lacks_everything_asked_for() {
    let school = school(&[]);
    let state = livret_state(&school, pupil(&school, "dupont-lea"), YEAR).unwrap();
    assert_eq!((state.done, state.total, state.livret), (0, 7, None));
    let part = |gap| LivretGap::Part(LivretPart::Placement, gap);
    assert_eq!(
        state.gaps,
        [
            LivretGap::Level(0),
            LivretGap::Level(1),
            LivretGap::Level(2),
            LivretGap::Mark,
            LivretGap::Teacher,
            part(PartGap::Text),
            part(PartGap::Teacher),
        ]
    );
    // Seconde has no livret, nor has a year without class.
    let lea = pupil(&school, "dupont-lea");
    assert!(livret_state(&school, lea, SchoolYear(2025)).is_none());
    assert!(livret_state(&school, lea, SchoolYear(2027)).is_none());
    assert!(livret_state(&school, pupil(&school, "roux-karim"), YEAR).is_none());
}

#[test]
fn both_parts_are_asked_for_exactly_when_they_are_sent() {
    let placement = "[pfmp]\nsynthese = \"Librairie.\"\nenseignant = \"mercier-paul\"\n";
    let project = "[projet]\nsynthese = \"Vente.\"\nenseignants = [\"leroy-jean\"]\n";
    let common = rules("pfmp = \"module\"\nprojet = \"module\"");
    for (with_placement, with_project) in
        [(false, false), (false, true), (true, false), (true, true)]
    {
        let mut text = SPECIALITY.to_owned();
        text.push_str(if with_placement { placement } else { "" });
        text.push_str(if with_project { project } else { "" });
        let school = school(&[("referentials/commun.toml", &common), (LEA, &text)]);
        let state = livret_state(&school, pupil(&school, "dupont-lea"), YEAR).unwrap();
        let total = 5 + 2 * usize::from(with_placement) + 2 * usize::from(with_project);
        assert_eq!((state.done, state.total, state.percent()), (total, total, 100), "{text}");
        // Switched on without text or teacher: incomplete (LSL-18).
        for lack in ["synthese = \"Vente.\"\n", "enseignants = [\"leroy-jean\"]\n"] {
            let Some((head, part)) = text.split_once("[projet]") else { continue };
            let without = format!("{head}[projet]{}", part.replace(lack, ""));
            let school = self::school(&[("referentials/commun.toml", &common), (LEA, &without)]);
            let gaps = gaps(&school);
            assert!(matches!(gaps.as_slice(), [LivretGap::Part(LivretPart::Project, _)]));
        }
    }
}

#[test]
fn each_kind_of_rules_has_its_own_idea_of_a_part() {
    use LivretGap::Part;
    use LivretPart::Placement;
    let full = "synthese = \"Librairie.\"\nenseignant = \"mercier-paul\"\n";
    let text = "synthese = \"Librairie.\"\n";
    let teacher = "enseignant = \"mercier-paul\"\n";
    let off = "exporte = false\n";
    let long = "synthese = \"De la librairie au comptoir.\"\nenseignant = \"mercier-paul\"\n";
    for (section, part, expected) in [
        ("vide-ou-complete", String::new(), vec![]),
        ("vide-ou-complete", full.into(), vec![]),
        ("vide-ou-complete", text.into(), vec![PartGap::Teacher]),
        ("vide-ou-complete", teacher.into(), vec![PartGap::Text]),
        ("vide-ou-complete", format!("{off}{full}"), vec![PartGap::NotEmpty]),
        ("vide-ou-complete", off.into(), vec![]),
        ("module", String::new(), vec![PartGap::Text, PartGap::Teacher]),
        ("module", full.into(), vec![]),
        ("module", text.into(), vec![PartGap::Teacher]),
        ("module", format!("{off}{text}"), vec![]),
        ("module", format!("{off}{long}"), vec![]),
        ("module", long.into(), vec![PartGap::TooLong(8)]),
        ("obligatoire", full.into(), vec![]),
        ("obligatoire", teacher.into(), vec![PartGap::Text]),
        ("obligatoire", format!("{off}{full}"), vec![PartGap::Off]),
    ] {
        let common = rules(&format!("pfmp = \"{section}\""));
        let record = format!("{SPECIALITY}[pfmp]\n{part}");
        let school = school(&[("referentials/commun.toml", &common), (LEA, &record)]);
        let expected: Vec<_> = expected.into_iter().map(|gap| Part(Placement, gap)).collect();
        assert_eq!(gaps(&school), expected, "{section}\n{part}");
    }
    // No table at all: switched off, empty, or missing.
    for (section, number) in [("vide-ou-complete", 0), ("module", 0), ("obligatoire", 2)] {
        let common = rules(&format!("pfmp = \"{section}\""));
        let school = school(&[("referentials/commun.toml", &common), (LEA, SPECIALITY)]);
        assert_eq!(gaps(&school).len(), number, "{section}");
    }
}

/// A livret to try: which competences are placed, marks, teacher, texts.
#[derive(Clone, Debug)]
struct Trial {
    levels: [bool; 3],
    mark: &'static str,
    teacher: bool,
    appreciation: usize,
    placement: Option<(bool, usize, bool)>,
    section: &'static str,
}

fn trials() -> impl Strategy<Value = Trial> {
    let mark = prop_oneof![
        4 => Just("[[notes]]\nperiode = \"S1\"\nnote = 12\n"),
        2 => Just("[[notes]]\nperiode = \"S2\"\nnon_note = true\n"),
        1 => Just(""),
        1 => Just("[[notes]]\nperiode = \"T1\"\nnote = 12\n"),
        1 => Just("[[notes]]\nperiode = \"S1\"\n"),
    ];
    let length = || prop_oneof![Just(0), Just(1), Just(20), Just(21)];
    (
        prop::array::uniform3(prop::bool::weighted(0.9)),
        mark,
        prop::bool::weighted(0.9),
        length(),
        prop::option::of((any::<bool>(), length(), any::<bool>())),
        prop::sample::select(vec!["vide-ou-complete", "module", "obligatoire"]),
    )
        .prop_map(|(levels, mark, teacher, appreciation, placement, section)| Trial {
            levels,
            mark,
            teacher,
            appreciation,
            placement,
            section,
        })
}

impl Trial {
    fn text(&self) -> String {
        let mut text = String::new();
        if self.appreciation > 0 {
            text.push_str(&format!("appreciation = \"{}\"\n", "é".repeat(self.appreciation)));
        }
        text.push_str(if self.teacher { "enseignants = [\"mercier-paul\"]\n" } else { "" });
        text.push_str("[niveaux]\n");
        for (line, _) in self.levels.iter().enumerate().filter(|(_, there)| **there) {
            text.push_str(&format!("L{} = 2\n", line + 1));
        }
        text.push_str(self.mark);
        if let Some((on, length, signed)) = self.placement {
            text.push_str(&format!("[pfmp]\nexporte = {on}\n"));
            if length > 0 {
                text.push_str(&format!("synthese = \"{}\"\n", "é".repeat(length)));
            }
            text.push_str(if signed { "enseignant = \"mercier-paul\"\n" } else { "" });
        }
        text
    }

    /// Whether the guides let this livret be exported, read again from their words.
    fn exportable(&self) -> bool {
        let speciality = self.levels == [true; 3]
            && (self.mark.contains("S1\"\nnote") || self.mark.contains("non_note"))
            && self.teacher
            && self.appreciation <= 20;
        let placement = match (self.section, self.placement) {
            ("obligatoire", None) => false,
            (_, None) => true,
            ("obligatoire", Some((on, length, signed))) => {
                on && (1..=20).contains(&length) && signed
            }
            ("module", Some((on, length, signed))) => !on || (1..=20).contains(&length) && signed,
            (_, Some((on, length, signed))) => {
                (length == 0 && !signed) || on && (1..=20).contains(&length) && signed
            }
        };
        speciality && placement
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_livret_is_whole_exactly_when_it_can_be_exported(trial in trials()) {
        let common = rules(&format!("pfmp = \"{}\"", trial.section));
        let school = school(&[("referentials/commun.toml", &common), (LEA, &trial.text())]);
        let state = livret_state(&school, pupil(&school, "dupont-lea"), YEAR).unwrap();
        prop_assert_eq!(state.done + state.gaps.len(), state.total);
        prop_assert_eq!(state.done == state.total, state.is_complete());
        prop_assert_eq!(state.percent() == 100, state.is_complete());
        prop_assert_eq!(state.is_complete(), trial.exportable(), "{:?}", state.gaps);
    }
}

#[test]
fn without_rhythm_nothing_can_be_sent() {
    let calendar = "debut = 2026-09-01\nfin = 2027-07-02\n[[periodes]]\ncode = \"S1\"\n\
        intitule = \"1er semestre\"\ndebut = 2026-09-01\nfin = 2027-07-02\n";
    let school = school(&[("calendar/2026-2027.toml", calendar), (LEA, SPECIALITY)]);
    assert!(gaps(&school).contains(&LivretGap::Periodicity));
    let class = livret(&school).class;
    assert_eq!(livret_obstacles(&school, class), [LivretObstacle::NoPeriodicity]);
}

#[test]
fn the_annual_mean_is_cut_and_ignores_nn() {
    let calendar = include_str!("schools/base/calendar/2026-2027.toml").replacen(
        "code = \"S2\"\nintitule = \"2e semestre\"\ndebut = 2027-01-23",
        "code = \"S3\"\nintitule = \"3e\"\ndebut = 2027-01-20\nfin = 2027-01-22\n[[periodes]]\n\
         code = \"S2\"\nintitule = \"2e semestre\"\ndebut = 2027-01-23",
        1,
    );
    let mean = |marks: [&str; 3]| {
        let notes: Vec<String> = ["S1", "S3", "S2"]
            .iter()
            .zip(marks)
            .map(|(period, mark)| format!("[[notes]]\nperiode = \"{period}\"\n{mark}\n"))
            .collect();
        let school = school(&[("calendar/2026-2027.toml", &calendar), (LEA, &notes.concat())]);
        livret_mean(&school, livret(&school))
    };
    assert_eq!(mean(["note = 18.25", "note = 18", "note = 19"]), Some(1841));
    assert_eq!(mean(["note = 11.5", "note = 12.5", "non_note = true"]), Some(1200));
    assert_eq!(mean(["non_note = true", "non_note = true", "non_note = true"]), None);
}

const APRIL: &str = "date = 2027-04-09\nauteur = \"mercier-paul\"\netat = \"valide\"\n\
    valide_le = 2027-04-09\nvalide_par = \"mercier-paul\"\nnote = 12\nconstats = \"Assidue.\"\n\
    [positions]\n\"C1.1\" = \"--\"\n\"C1.2\" = \"NE\"\n\"C1.3\" = \"++\"\n\"C1.4\" = \"++\"\n";

#[test]
fn recopy_takes_the_last_validated_review_but_ne_and_gathered_lines() {
    let june = APRIL
        .replace("2027-04-09", "2027-06-04")
        .replace("valide_le = 2027-06-04\nvalide_par = \"mercier-paul\"\n", "")
        .replace("etat = \"valide\"", "etat = \"brouillon\"");
    let school = school(&[
        ("students/2025/dupont-lea/reviews/2027-04-09.toml", APRIL),
        ("students/2025/dupont-lea/reviews/2027-06-04.toml", &june),
    ]);
    let (lea, hugo) = (pupil(&school, "dupont-lea"), pupil(&school, "martin-hugo"));
    let class = school.last_stay_of(lea, YEAR).unwrap().class;
    let copy = recopy(&school, lea, class).unwrap();
    assert_eq!(school.reviews[copy.review].key.to_string(), "2027-04-09");
    assert_eq!(copy.lines, [Recopied::Level(1), Recopied::NotAssessed, Recopied::Merged]);
    // A draft is not copied.
    assert!(recopy(&school, hugo, class).is_none());
    // The signs of the scale are 1 to 4.
    for (sign, level) in [("--", 1), ("-", 2), ("+", 3), ("++", 4)] {
        let text = APRIL.replacen("\"--\"", &format!("\"{sign}\""), 1);
        let school = self::school(&[("students/2025/dupont-lea/reviews/2027-04-09.toml", &text)]);
        assert_eq!(recopy(&school, lea, class).unwrap().lines[0], Recopied::Level(level));
    }
}

#[test]
fn each_value_says_where_it_comes_from() {
    let text = "appreciation = \"Assidue.\"\n[niveaux]\nL1 = 1\nL2 = 3\nL3 = 4\n\
        [[notes]]\nperiode = \"S1\"\nbilan = 2026-12-11\nnote = 13.5\n\
        [[notes]]\nperiode = \"S2\"\nbilan = 2027-04-09\nnote = 14\n";
    let april = ("students/2025/dupont-lea/reviews/2027-04-09.toml", APRIL);
    let school = school(&[april, (LEA, text)]);
    let livret = livret(&school);
    let copy = recopy(&school, livret.pupil, livret.class);
    let origin = |line| level_origin(&school, livret, line, copy.as_ref());
    assert_eq!([origin(0), origin(1), origin(2)], [Origin::Copied, Origin::Guided, Origin::Guided]);
    let marks: Vec<_> =
        livret.record.notes.iter().map(|mark| mark_origin(&school, livret, mark)).collect();
    assert_eq!(marks, [Origin::Copied, Origin::Guided]);
    assert_eq!(appreciation_origin(&school, livret), Some(Origin::Copied));

    let without =
        "appreciation = \"Assidue.\"\n[niveaux]\nL1 = 1\n[[notes]]\nperiode = \"S1\"\nnote = 10\n";
    let an = "students/2025/nguyen-an/lsl/2026-2027.toml";
    let school = self::school(&[(an, without)]);
    let livret = &school.livrets.values()[0];
    assert_eq!(level_origin(&school, livret, 0, None), Origin::Typed);
    assert_eq!(mark_origin(&school, livret, &livret.record.notes[0]), Origin::Typed);
    assert_eq!(appreciation_origin(&school, livret), Some(Origin::Typed));
}

#[test]
fn columns_are_the_year_or_the_whole_cycle() {
    let before = APRIL.replace("2027-04-09", "2026-05-22");
    let school = school(&[
        ("students/2025/dupont-lea/reviews/2027-04-09.toml", APRIL),
        ("classes/2025-2026.toml", include_str!("schools/base/classes/2026-2027.toml")),
        (
            "students/2025/dupont-lea/student.toml",
            &include_str!("schools/base/students/2025/dupont-lea/student.toml")
                .replacen("2mrc1", "1mcva1", 1),
        ),
        (
            "students/2025/dupont-lea/reviews/2026-05-22.toml",
            &before.replace("\"C1.1\"", "\"C1.2\"").replacen("\"C1.2\" = \"NE\"\n", "", 1),
        ),
    ]);
    let lea = pupil(&school, "dupont-lea");
    let class = school.last_stay_of(lea, YEAR).unwrap().class;
    let common = school.common_rules().unwrap();
    let number = |set: usize| livret_reviews(&school, &common.record.livret[set], lea, class).len();
    assert_eq!((number(0), number(2)), (2, 3));
}

#[test]
fn a_period_without_review_is_named() {
    let school = school(&[]);
    let lea = pupil(&school, "dupont-lea");
    let class = school.last_stay_of(lea, YEAR).unwrap().class;
    let missing: Vec<_> =
        periods_without_review(&school, lea, class).iter().map(|p| p.code.as_str()).collect();
    assert_eq!(missing, ["S2"]);
}

#[test]
fn the_group_is_the_pupils_under_school_status() {
    let apprentice = include_str!("schools/base/students/2025/martin-hugo/student.toml")
        .replace("statut = \"scolaire\"", "statut = \"apprenti\"");
    let an = "students/2025/nguyen-an/lsl/2026-2027.toml";
    let low = "[[notes]]\nperiode = \"S1\"\nnote = 7.99\n[projet]\nnote = 9\n";
    let school = school(&[
        ("students/2025/martin-hugo/student.toml", &apprentice),
        (LEA, SPECIALITY),
        (an, low),
    ]);
    let class = livret(&school).class;
    let ids: Vec<_> = livret_candidates(&school, class)
        .into_iter()
        .map(|ix| school.pupils[ix].id.as_str())
        .collect();
    assert_eq!(ids, ["dupont-lea", "nguyen-an"]);
    let group = livret_group(&school, class).unwrap();
    assert_eq!((group.size, group.counts, group.mean), (2, [1, 0, 1], Some(999)));
    assert_eq!(group.shares, Some([5000, 0, 5000]));
    let project = project_group(&school, class).unwrap();
    assert_eq!((project.size, project.counted, project.mean), (2, 1, Some(900)));
}

fn pages(school: &School) -> render::Files {
    render::render(&Site::new(school, &[], "2026-11-22".parse().unwrap())).unwrap()
}

fn page(files: &render::Files, address: &str) -> String {
    String::from_utf8(files[address].to_vec()).unwrap()
}

const LEA_PAGE: &str = "mcv-a/lsl/2026-2027/dupont-lea.html";

#[test]
fn the_page_shows_each_value_beside_what_the_school_knows() {
    let text = "appreciation = \"Assidue.\"\nenseignants = [\"mercier-paul\"]\n[niveaux]\nL1 = 2\nL3 = 4\n\
        [[notes]]\nperiode = \"S1\"\nbilan = 2026-12-11\nnote = 13\n\
        [[notes]]\nperiode = \"S2\"\nnon_note = true\n\
        [[envois]]\nle = 2027-06-04\npar = \"martin-anne\"\n";
    let april = ("students/2025/dupont-lea/reviews/2027-04-09.toml", APRIL);
    let html = page(&pages(&school(&[april, (LEA, text)])), LEA_PAGE);
    // Completeness, in words and as the figures have it (LSL-19).
    assert!(html.contains("<b>4/7</b> 57 %") && html.contains("1 compétence à positionner : L2"));
    assert!(
        html.contains("PFMP : texte à écrire") && html.contains("PFMP : enseignant à indiquer")
    );
    // The blue column: level in words, origin, what the review says, "?" where nobody chose.
    assert!(html.contains(
        "insuffisamment maîtrisée</span></span><small>guidé, bilan\u{a0}:\u{a0}1</small>"
    ));
    assert!(html.contains("?</b><small>non évaluée au bilan</small>"));
    // Gathered competences stand in grey under their line (LSL-25).
    assert!(html.contains("<small>2 compétences réunies</small>"));
    assert_eq!(html.matches("<tr class=\"reunie\">").count(), 2);
    // The proposed mark, the typed one and their difference (LSL-28).
    assert!(html.contains("<td>13,5</td>") && html.contains("\u{2212}0,5</span><small>guidé"));
    assert!(html.contains("Sans bilan en face : <b>S2</b> NN."));
    // The exact counter, and the words of the reviews (LSL-33, LSL-34, LSL-35).
    assert!(html.contains("<b>8/300</b> caractères, copié"));
    assert!(html.contains("<span id=\"constat-1\">Assidue.</span>"));
    assert!(html.contains("Préparer les questions de découverte."));
    // The national display (NAT-22, NAT-24).
    assert!(html.contains("<dt>1er semestre</dt><dd>13</dd>"));
    assert!(html.contains("<dt>2e semestre</dt><dd>NN</dd>"));
    assert!(html.contains("<dt>Année</dt><dd><b>13</b></dd>"));
    assert!(html.contains("Envoyé le <time datetime=\"2027-06-04\">"));
    // Arrows through the class; the first of the list has nobody before.
    assert!(html.contains("1 sur 3") && html.contains("Début de la liste"));
    assert!(html.contains("Modifier le livret"));
}

#[test]
fn the_text_of_a_new_livret_is_a_livret_once_questions_are_answered() {
    let april = ("students/2025/dupont-lea/reviews/2027-04-09.toml", APRIL);
    let html = page(&pages(&school(&[april])), LEA_PAGE);
    let (_, rest) = html.split_once("<pre id=\"texte\"").unwrap();
    let text = rest.split_once('>').unwrap().1.split_once("</pre>").unwrap().0;
    let text = text.replace("&quot;", "\"");
    assert!(text.contains("L1 = 1\nL2 = ?\nL3 = ?\n"), "{text}");
    assert!(text.contains("periode = \"S1\"\nbilan = 2026-12-11\nnote = 13.5\n"), "{text}");
    assert!(text.contains("periode = \"S2\"\nbilan = 2027-04-09\nnote = 12\n"), "{text}");
    let answered: String = text
        .lines()
        .map(|line| match line.split_once(" = ?") {
            Some((key @ ("appreciation" | "synthese"), _)) => format!("{key} = \"Assidue.\"\n"),
            Some((key, _)) => format!("{key} = 3\n"),
            None => format!("{}\n", line.replace("\"?\"", "\"leroy-jean\"")),
        })
        .collect();
    let school = school(&[april, (LEA, &answered)]);
    assert_eq!(gaps(&school), []);
}

#[test]
fn the_list_counts_livrets_and_names_what_keeps_them_from_being_filled() {
    let apprentice = include_str!("schools/base/students/2025/martin-hugo/student.toml")
        .replace("statut = \"scolaire\"", "statut = \"apprenti\"");
    let calendar = "debut = 2026-09-01\nfin = 2027-07-02\n\
        [service_lsl]\nouverture = 2027-05-03\nfermeture = 2027-06-25\n";
    let school = school(&[
        ("students/2025/martin-hugo/student.toml", &apprentice),
        ("calendar/2026-2027.toml", calendar),
    ]);
    let files = pages(&school);
    let html = page(&files, "mcv-a/lsl/index.html");
    assert!(html.contains(
        "2 livrets, dont <b>0 complet</b>. Envois : 0 à jour ; sans compter 1 apprenti."
    ));
    assert!(!html.contains("MARTIN Hugo"));
    assert!(!files.contains_key("mcv-a/lsl/2026-2027/martin-hugo.html"));
    assert!(html.contains("La saisie n’est pas encore possible"));
    for cause in ["n’a pas de période officielle", "périodicité du livret n’est pas réglée"]
    {
        assert!(html.contains(cause), "{cause}");
    }
    assert!(!html.contains("aucun bilan de compétences n’a été fait"));
    assert!(html.contains("Le service national est ouvert du 03/05/2027 au 25/06/2027."));
}

#[test]
fn twins_have_the_figures_of_the_pages() {
    let files = pages(&school(&[(LEA, SPECIALITY)]));
    let pupil = page(&files, "api/eleves/mcv-a/dupont-lea.json");
    assert!(
        pupil.contains(
            "\"livrets\":[{\"annee\":\"2026-2027\",\"regles\":\"002\",\"fait\":5,\"total\":7,\
         \"manques\":[\"pfmp.synthese\",\"pfmp.enseignant\"],"
        ),
        "{pupil}"
    );
    assert!(pupil.contains("\"moyenne\":12.0"));
    let class = page(&files, "api/classes/2026-2027/1mcva1.json");
    assert!(
        class.contains(
            "\"livrets\":{\"effectif\":3,\"avec_moyenne\":1,\"repartition\":[0,0,1],\
         \"parts\":[0.0,0.0,100.0],\"moyenne\":12.0}"
        ),
        "{class}"
    );
}

#[test]
fn a_part_half_filled_says_that_it_blocks() {
    let common = rules("pfmp = \"vide-ou-complete\"");
    let text = format!("{SPECIALITY}[pfmp]\nsynthese = \"Librairie.\"\n");
    let html =
        page(&pages(&school(&[("referentials/commun.toml", &common), (LEA, &text)])), LEA_PAGE);
    assert!(
        html.contains(
            "PFMP : enseignant à indiquer (à moitié remplie, elle bloque tout le livret)"
        )
    );
    // These rules show the reviews of the year, and have no projet.
    assert!(html.contains("Une colonne par bilan de l’année.") && !html.contains("id=\"projet\""));
}
