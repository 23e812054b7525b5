//! The page of the head of school about the families' site: its opening, and where each letter is.

mod class;
mod opening;
mod twin;

use serde::Serialize;

pub use class::{FamilyClass, FamilyPupil, LetterLine, PaperClass};
pub use opening::OpeningStep;
pub use twin::{FamiliesTwin, families_twin};

use super::{Frame, Site, Subject, address, edit_link, frame, link};
use crate::insight::{LetterFigures, PupilLetters, class_letters};
use crate::school::{Class, Ix};
use crate::text::{Date, count, plural, short_date};

/// The context of the page of the families' site.
#[derive(Debug, Serialize)]
pub struct FamiliesPage {
    /// Around the page.
    pub frame: Frame,
    /// The public address; nothing while the service is not open.
    pub address: Option<String>,
    /// The four steps of the opening (NAT-30).
    pub steps: Vec<OpeningStep>,
    /// What to write in `school.toml` to open the service, while nothing of it stands there.
    pub settings: Option<String>,
    /// Way to change `school.toml`.
    pub edit: Option<String>,
    /// The figures: how many, of what, and a remark.
    pub figures: Vec<(usize, &'static str, String)>,
    /// The filter: name of a state, words, how many letters.
    pub filters: Vec<(&'static str, &'static str, usize)>,
    /// The classes of the year.
    pub classes: Vec<FamilyClass>,
    /// The classes with livrets to hand over on paper (NAT-29, NAT-37).
    pub paper: Vec<PaperClass>,
    /// What to write in the file of a pupil, by case.
    pub cases: Vec<WrittenCase>,
    /// Way to the register.
    pub register: String,
    /// A pupil and a class, for examples of commands.
    pub example: Option<(String, String)>,
}

/// Something that happens, and the lines that say so.
#[derive(Debug, Serialize)]
pub struct WrittenCase {
    /// "Un responsable refuse".
    pub title: &'static str,
    /// Where the lines go, and what follows.
    pub words: &'static str,
    /// The lines.
    pub text: String,
    /// Name of the text in the page.
    pub anchor: &'static str,
}

/// The letters of the year, class by class, in the order of diplomas.
pub(in crate::page) fn letters_of_year(site: &Site<'_>) -> Vec<(Ix<Class>, Vec<PupilLetters>)> {
    let classes = site.diplomas.iter().flat_map(|d| site.current_classes(*d));
    let letters = |class| class_letters(site.school, &site.register, class, site.today);
    classes.map(|class| (class, letters(class))).filter(|(_, all)| !all.is_empty()).collect()
}

/// Computes the page of the families' site.
pub fn families_page(site: &Site<'_>, at: &str) -> FamiliesPage {
    let school = site.school;
    let open = school.establishment.familles.as_ref();
    let letters = open.map(|_| letters_of_year(site)).unwrap_or_default();
    let figures = LetterFigures::of(letters.iter().flat_map(|(_, all)| all));
    let example = letters.first().and_then(|(class, all)| {
        Some((school.pupils[all.first()?.pupil].id.clone(), school.classes[*class].key.clone()))
    });
    FamiliesPage {
        frame: frame(site, at, "Site des familles", None, None),
        address: open.map(|site| site.adresse.clone()),
        steps: opening::steps(open, school.current_year()),
        settings: open.is_none().then(|| opening::settings(school.current_year())),
        edit: edit_link(site, "school.toml"),
        figures: if open.is_some() { shown(&figures) } else { Vec::new() },
        filters: filters(&figures),
        classes: letters
            .iter()
            .map(|(class, all)| class::of_class(site, at, *class, all))
            .collect(),
        paper: class::on_paper(site, at),
        cases: cases(site),
        register: link(at, &address(site, Subject::Register)),
        example,
    }
}

fn shown(figures: &LetterFigures) -> Vec<(usize, &'static str, String)> {
    let few = |number: usize, words: String| if number == 0 { String::new() } else { words };
    let one = |number: usize, one: &'static str, many: &'static str, remark: String| {
        (number, plural(number, one, many), remark)
    };
    let (unsigned, reserved) = (figures.unsigned, figures.reserved);
    vec![
        one(
            figures.pupils,
            "élève a une page",
            "élèves ont une page",
            count(figures.letters, "lettre", "lettres"),
        ),
        one(figures.to_hand, "lettre à remettre", "lettres à remettre", String::new()),
        one(
            figures.handed,
            "lettre remise",
            "lettres remises",
            few(unsigned, format!("dont {unsigned} sans signature au registre")),
        ),
        one(figures.refused, "lettre refusée", "lettres refusées", String::new()),
        one(
            figures.replaced,
            "lettre annulée, à remplacer",
            "lettres annulées, à remplacer",
            String::new(),
        ),
        one(
            figures.keepers,
            "élève majeur seul à lire sa page",
            "élèves majeurs seuls à lire leur page",
            few(reserved, count(reserved, "lettre fermée", "lettres fermées")),
        ),
    ]
}

/// The states by which letters are found.
fn filters(figures: &LetterFigures) -> Vec<(&'static str, &'static str, usize)> {
    let all = [
        ("a-remettre", "À remettre", figures.to_hand),
        ("annulee", "Annulées, à remplacer", figures.replaced),
        ("remise", "Remises", figures.handed),
        ("refusee", "Refusées", figures.refused),
        ("reservee", "Réservées", figures.reserved),
    ];
    all.into_iter().filter(|(_, _, number)| *number > 0).collect()
}

/// The lines to write in each case. Their dates are examples, in the current year: those of the day
/// would be false the day after the site is built.
fn cases(site: &Site<'_>) -> Vec<WrittenCase> {
    let notified = site.school.establishment.familles.as_ref().and_then(|one| one.notification);
    let base = notified.unwrap_or_else(|| site.school.current_year().first_day().plus(48));
    let case = |title, words, text, anchor| WrittenCase { title, words, text, anchor };
    vec![
        case(
            "Un responsable refuse de lire en ligne",
            "Dans le bloc `[[responsables]]` de la personne qui a signé le coupon, avec la date du coupon. Sa lettre \
             n’ouvre plus la page ; son livret est à remettre sur papier, contre signature. Un élève majeur qui refuse \
             a la même ligne en haut de son fichier.",
            format!("refus_site = {}", base.plus(7)),
            "ligne-refus",
        ),
        case(
            "Une lettre est perdue ou volée",
            "Dans le bloc `[[responsables]]` de la personne, ou en haut du fichier si c’est celle de l’élève, avec le jour \
             où elle le signale. L’ancienne lettre ne s’ouvre plus ; une nouvelle est à remettre. À la lettre perdue \
             suivante, ajoutez une date, sans ôter la première.",
            format!("codes_annules = [{}]", base.plus(55)),
            "ligne-perdue",
        ),
        case(
            "Un élève majeur veut être seul à lire",
            "En haut du fichier, avant le premier bloc `[[scolarite]]`, avec la date de sa demande écrite. Les lettres de \
             ses responsables se ferment ; la sienne reste. Ôter la ligne les rouvre.",
            format!("lecture_reservee = {}", base.plus(62)),
            "ligne-reservee",
        ),
    ]
}

/// "18/09/2026", in a sentence of this page.
fn on(day: Date) -> String {
    format!("le {}", short_date(day))
}
