//! Handing the letters over: the sheet that is signed (NAT-29), and the record for the register.

use serde::Serialize;

use crate::insight::{Access, Reader, ReaderRole};
use crate::page::Site;
use crate::page::document::{Desk, SheetFrame, sheet_frame};
use crate::record::{KeptDocument, Role, quote};
use crate::school::{Class, Ix, Person, Pupil};
use crate::text::{long_date, short_date};

/// A letter as lists name it.
pub type HandedLetter<'a> = (Ix<Pupil>, &'a Reader);

/// The context of the sheet that is signed when letters are handed over.
#[derive(Debug, Serialize)]
pub struct HandoverSheet {
    /// Around the document.
    pub sheet: SheetFrame,
    /// A row to sign for each letter: the pupil, to whom.
    pub letters: Vec<(String, String)>,
    /// Those who have none: the pupil, who, why.
    pub closed: Vec<(String, String, String)>,
}

/// Computes the sheet of a class, or of some of its pupils.
pub fn handover_sheet(
    desk: &Desk<'_>,
    class: Ix<Class>,
    open: &[HandedLetter<'_>],
    closed: &[HandedLetter<'_>],
) -> HandoverSheet {
    let site = desk.site;
    let name = |ix: Ix<Pupil>| site.school.pupils[ix].list_name();
    let class = &site.school.classes[class];
    let about = format!("{}, {}", class.record.nom, class.year);
    let mut sheet = sheet_frame(desk, "Remise des lettres d’accès", Some(about), None, []);
    sheet.edition = format!("lettres du {}", short_date(site.today));
    HandoverSheet {
        sheet,
        letters: open.iter().map(|(ix, who)| (name(*ix), role(site, *ix, who))).collect(),
        closed: closed
            .iter()
            .map(|(ix, who)| (name(*ix), role(site, *ix, who), why(who.access)))
            .collect(),
    }
}

/// "Mme Nadia Dupont (mère)", "l’élève".
fn role(site: &Site<'_>, ix: Ix<Pupil>, reader: &Reader) -> String {
    let pupil = &site.school.pupils[ix].record;
    match reader.who {
        ReaderRole::Guardian(place) => {
            let link = pupil.responsables[place].lien.label();
            let link = if link == "autre" { "responsable" } else { link };
            format!("{} ({link})", recipient(site, ix, place))
        }
        ReaderRole::Pupil => "l’élève".to_owned(),
    }
}

/// "Mme Nadia Dupont".
fn recipient(site: &Site<'_>, ix: Ix<Pupil>, place: usize) -> String {
    let guardian = &site.school.pupils[ix].record.responsables[place];
    let title = guardian.civilite.map_or_else(String::new, |title| format!("{} ", title.as_str()));
    format!("{title}{} {}", guardian.prenom, guardian.nom)
}

fn why(access: Access) -> String {
    match access {
        Access::Open => String::new(),
        Access::Refused(day) => {
            format!("a refusé la lecture en ligne le {}\u{a0}: livret sur papier", short_date(day))
        }
        Access::RefusedByGuardians(day) => {
            format!("les responsables ont refusé, le dernier le {}", short_date(day))
        }
        Access::Reserved(day) => {
            format!("page réservée à l’élève, à sa demande, depuis le {}", short_date(day))
        }
    }
}

/// The record of the register, ready to be put in its place: the address of the file in the content,
/// and its text. Nobody has signed yet.
pub fn handover_record(
    site: &Site<'_>,
    stem: &str,
    letters: &[HandedLetter<'_>],
) -> (String, String) {
    let session = site.school.current_year().0 + 1;
    let day = site.today;
    let name = format!("register/{session}/deliveries/acces-{day}-{stem}.toml");
    let by = who_hands(site).map_or("?", |person| &site.school.people[person].id);
    let mut text = format!(
        "# Remise des lettres d’accès du {}. Une fois les lettres remises\u{a0}:\n\
         # - placez ce fichier dans content/{name} ;\n\
         # - corrigez la date, et « par » si quelqu’un d’autre a remis les lettres ;\n\
         # - ajoutez « emargement = true » sous chaque personne qui a signé la feuille ;\n\
         # - enlevez les lettres qui n’ont pas été remises.\n\
         document = {}\ndate = {day}\npar = {}\n",
        long_date(day),
        quote(KeptDocument::Access.as_str()),
        quote(by),
    );
    for (ix, reader) in letters {
        let pupil = quote(&site.school.pupils[*ix].id);
        text.push_str(&format!("\n[[remises]]\neleve = {pupil}\n"));
        if let ReaderRole::Guardian(place) = reader.who {
            let recipient = quote(&recipient(site, *ix, place));
            text.push_str(&format!("destinataire = {recipient}\n"));
        }
    }
    (name, text)
}

/// Who answers for it in the register until somebody says otherwise: the head of the establishment, else
/// a DDFPT, else anybody.
fn who_hands(site: &Site<'_>) -> Option<Ix<Person>> {
    let people =
        || site.school.people.iter().filter(|(_, person)| person.record.inactif_depuis.is_none());
    let with = |role: Role| people().find(|(_, person)| person.record.roles.contains(&role));
    let found = with(Role::Head).or_else(|| with(Role::Ddfpt)).or_else(|| people().next());
    found.map(|(ix, _)| ix)
}
