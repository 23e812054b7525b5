//! The letters of a class, one line a reader, and its livrets on paper.

use serde::Serialize;

use super::on;
use crate::insight::{Letter, LetterFigures, LetterState, PupilLetters, ReaderRole};
use crate::page::document::guardian_name;
use crate::page::{
    D, Document, DocumentLink, Site, Subject, address, document_links, edit_link, link,
    new_file_link,
};
use crate::record::{Role, quote};
use crate::school::{Class, Ix, Pupil};

/// A class and the letters of its pupils.
#[derive(Debug, Serialize)]
pub struct FamilyClass {
    /// Anchor within the page.
    pub anchor: String,
    /// Name.
    pub name: String,
    /// Its key, as commands take it.
    pub key: String,
    /// Letters that somebody waits for.
    pub awaited: usize,
    /// Letters.
    pub letters: usize,
    /// Its pupils, in the order of names.
    pub pupils: Vec<FamilyPupil>,
    /// The delivery that notes the letters to hand over; nothing when none is.
    pub sheet: Option<DeliveryText>,
}

/// A pupil and the letters for the page.
#[derive(Debug, Serialize)]
pub struct FamilyPupil {
    /// "DUPONT Léa".
    pub name: String,
    /// Way to the dashboard.
    pub href: String,
    /// Way to change the pupil's file.
    pub edit: Option<String>,
    /// The states of the letters, for the filter.
    pub states: String,
    /// One line a reader.
    pub letters: Vec<LetterLine>,
}

/// A reader and the letter.
#[derive(Debug, Serialize)]
pub struct LetterLine {
    /// "Mme Nadia Dupont (mère)", "l’élève".
    pub who: String,
    /// The state, as the filter names it.
    pub state: &'static str,
    /// Its sign.
    pub sign: &'static str,
    /// "remise le 18/09/2026".
    pub words: String,
    /// Way to the sheet that says so.
    pub href: Option<String>,
    /// What is missing: a signature.
    pub remark: Option<&'static str>,
}

/// The text of a delivery, to copy into a new file of the register.
#[derive(Debug, Serialize)]
pub struct DeliveryText {
    /// Way to make the file.
    pub href: Option<String>,
    /// Where the file goes.
    pub folder: String,
    /// Its name.
    pub file: String,
    /// Its text.
    pub text: String,
    /// Name of the text in the page.
    pub anchor: String,
}

/// A class with livrets to hand over on paper.
#[derive(Debug, Serialize)]
pub struct PaperClass {
    /// Name.
    pub name: String,
    /// The pupils, each with the way to the livret.
    pub pupils: Vec<(String, String)>,
    /// The livrets and the sheet to sign.
    pub documents: Vec<DocumentLink>,
}

/// What the page says of a class.
pub(super) fn of_class(
    site: &Site<'_>,
    at: &str,
    ix: Ix<Class>,
    all: &[PupilLetters],
) -> FamilyClass {
    let class = &site.school.classes[ix];
    let figures = LetterFigures::of(all);
    FamilyClass {
        anchor: format!("classe-{}", class.key),
        name: class.record.nom.clone(),
        key: class.key.clone(),
        awaited: figures.to_hand + figures.replaced,
        letters: figures.letters,
        pupils: all.iter().map(|one| of_pupil(site, at, class.diploma, one)).collect(),
        sheet: sheet(site, class, all),
    }
}

fn of_pupil(site: &Site<'_>, at: &str, d: D, one: &PupilLetters) -> FamilyPupil {
    let pupil = &site.school.pupils[one.pupil];
    let letters: Vec<LetterLine> =
        one.letters.iter().map(|letter| line(site, at, pupil, letter)).collect();
    let mut states: Vec<&str> = letters.iter().map(|line| line.state).collect();
    states.sort_unstable();
    states.dedup();
    FamilyPupil {
        name: pupil.list_name(),
        href: link(at, &address(site, Subject::Dashboard(d, one.pupil))),
        edit: edit_link(site, &pupil.file),
        states: states.join(" "),
        letters,
    }
}

/// Who a letter is for, as this page names a reader.
pub(super) fn reader_name(pupil: &Pupil, who: ReaderRole) -> String {
    match who {
        ReaderRole::Guardian(place) => guardian_name(&pupil.record.responsables[place]),
        ReaderRole::Pupil => "l’élève".to_owned(),
    }
}

fn line(site: &Site<'_>, at: &str, pupil: &Pupil, letter: &Letter) -> LetterLine {
    let (state, sign) = state(letter.state);
    let mut remark = None;
    let mut href = None;
    let words = match letter.state {
        LetterState::ToHand => "à remettre".to_owned(),
        LetterState::Handed { on: day, delivery, signed } => {
            href = Some(link(at, &address(site, Subject::RegisterDelivery(delivery))));
            remark = (!signed).then_some("signature à noter");
            format!("remise {}", on(day))
        }
        LetterState::Replaced(day) => format!("annulée {}, nouvelle lettre à remettre", on(day)),
        LetterState::Refused(day) => format!("refusée {}", on(day)),
        LetterState::RefusedByGuardians(day) => {
            format!("fermée : ses responsables ont tous refusé, {}", on(day))
        }
        LetterState::Reserved(day) => format!("réservée par l’élève, majeur, {}", on(day)),
    };
    LetterLine { who: reader_name(pupil, letter.reader.who), state, sign, words, href, remark }
}

/// The name of a state, for the filter and the twin, and its sign.
pub(super) fn state(state: LetterState) -> (&'static str, &'static str) {
    match state {
        LetterState::ToHand => ("a-remettre", "○"),
        LetterState::Handed { .. } => ("remise", "✓"),
        LetterState::Replaced(_) => ("annulee", "↻"),
        LetterState::Refused(_) | LetterState::RefusedByGuardians(_) => ("refusee", "✕"),
        LetterState::Reserved(_) => ("reservee", "–"),
    }
}

/// The delivery of the letters that a class waits for, ready to be copied.
fn sheet(site: &Site<'_>, class: &Class, all: &[PupilLetters]) -> Option<DeliveryText> {
    let school = site.school;
    let mut text = String::new();
    for one in all {
        let pupil = &school.pupils[one.pupil];
        for letter in one.letters.iter().filter(|letter| letter.state.is_awaited()) {
            text.push_str(&format!("\n[[remises]]\neleve = {}\n", quote(&pupil.id)));
            if let ReaderRole::Guardian(place) = letter.reader.who {
                let guardian = &pupil.record.responsables[place];
                let title = guardian.civilite.map_or("", |title| title.as_str());
                let name = format!("{title} {} {}", guardian.prenom, guardian.nom);
                text.push_str(&format!("destinataire = {}\n", quote(name.trim())));
            }
        }
    }
    if text.is_empty() {
        return None;
    }
    let session = school.current_year().last_day().year();
    let known = |slug: &str| {
        let mut all = school.deliveries.values().iter();
        all.any(|one| one.session == session && one.slug == slug)
    };
    let names = (1..).map(|n| match n {
        1 => format!("lettres-{}", class.key),
        n => format!("lettres-{}-{n}", class.key),
    });
    let slug = names.into_iter().find(|slug| !known(slug))?;
    let head = site.school.people.values().iter().find(|person| {
        person.record.roles.contains(&Role::Head) && person.record.inactif_depuis.is_none()
    });
    let by = head.map_or("?", |person| person.id.as_str());
    let date = "?";
    let folder = format!("register/{session}/deliveries");
    Some(DeliveryText {
        href: new_file_link(site, &folder, &format!("{slug}.toml")),
        file: format!("{slug}.toml"),
        folder,
        text: format!("document = \"acces\"\ndate = {date}\npar = {}\n{text}", quote(by)),
        anchor: format!("remise-{}", class.key),
    })
}

/// The classes with livrets to hand over on paper, and what to print for them.
pub(super) fn on_paper(site: &Site<'_>, at: &str) -> Vec<PaperClass> {
    let classes = site.diplomas.iter().flat_map(|d| site.current_classes(*d));
    let part = |ix: Ix<Class>| {
        let queued = site.on_paper(ix);
        let name = |pupil: Ix<Pupil>| {
            let way = link(at, &address(site, Subject::Livret(ix, pupil)));
            (site.school.pupils[pupil].list_name(), way)
        };
        let documents = [Document::PaperEdition(ix), Document::PaperSigning(ix)];
        (!queued.is_empty()).then(|| PaperClass {
            name: site.school.classes[ix].record.nom.clone(),
            pupils: queued.into_iter().map(|(pupil, _)| name(pupil)).collect(),
            documents: document_links(site, at, &documents),
        })
    };
    classes.filter_map(part).collect()
}
