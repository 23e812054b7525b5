//! The letters that open the page of a pupil, one for each reader (NAT-26 to 28, CNX-14): what each
//! says, without anything of another pupil.

use serde::Serialize;

use super::family_class;
use super::fit::{Fit, LETTERHEAD, WINDOW, fit};
use crate::insight::{Reader, ReaderRole, readers};
use crate::page::Site;
use crate::page::document::{Desk, DocumentFacts, SchoolHead, school_head};
use crate::record::{Civility, Guardian, GuardianLink};
use crate::school::{Class, Ix, Pupil};
use crate::text::{elide_de, long_date};

/// The code of a letter, as it is printed.
#[derive(Clone, PartialEq, Eq)]
pub struct LetterCode {
    /// The whole address that the square leads to.
    pub link: String,
    /// The seven words.
    pub words: Vec<&'static str>,
}

/// One letter to make: of a pupil, to a reader, with a code.
#[derive(Clone)]
pub struct LetterOrder {
    /// The pupil whose page it opens.
    pub pupil: Ix<Pupil>,
    /// To whom.
    pub reader: Reader,
    /// What opens the page.
    pub code: LetterCode,
}

/// The context of letters that are printed together.
#[derive(Serialize)]
pub struct LettersSheet {
    /// Title of the file.
    pub title: String,
    /// The establishment.
    pub school: SchoolHead,
    /// How large it is written.
    pub school_size: Fit,
    /// "2026-2027".
    pub year: String,
    /// "Valmorey-sur-Meurthe, le 22 novembre 2026".
    pub place: String,
    /// The address to type.
    pub site: String,
    /// Whom to ask for another letter: a place to write to, a number.
    pub contact: String,
    /// "2 octobre 2026": the last day to give the coupon back; nothing when it is over or not set.
    pub refuse_by: Option<String>,
    /// Whether they are to be read on a screen too: they have a link to touch.
    pub on_screen: bool,
    /// The letters, one a page.
    pub letters: Vec<AccessLetter>,
}

/// One letter.
#[derive(Serialize)]
pub struct AccessLetter {
    /// What tells it from the others of the file.
    pub number: usize,
    /// How the words are: "responsable", "majeur" (the pupil, of age), "mineur" (the pupil).
    pub tone: &'static str,
    /// "Madame,", "Bonjour Léa,".
    pub greeting: String,
    /// The lines of the address; nothing for what is handed over at school.
    pub address: Vec<String>,
    /// How large they are written.
    pub address_size: Fit,
    /// "Léa".
    pub first_name: String,
    /// "de Léa", "d’Émile".
    pub of_first_name: String,
    /// "Léa DUPONT".
    pub name: String,
    /// "1 MCV A 1".
    pub class: String,
    /// Who writes on the coupon: "Je soussignée Mme Nadia DUPONT, mère de Léa DUPONT, en 1 MCV A 1,";
    /// nothing where there is no coupon.
    pub signer: Option<String>,
    /// "seule", "seul", "seul ou seule".
    pub alone: &'static str,
    /// How large the whole is written.
    pub size: Fit,
    /// The whole address that the square leads to.
    pub link: String,
    /// The words, in their order.
    pub words: Vec<&'static str>,
}

/// The pupils of a class this year, in the order of names, each with those who have, or had, a letter.
pub fn class_readers(site: &Site<'_>, class: Ix<Class>) -> Vec<(Ix<Pupil>, Vec<Reader>)> {
    let pupils = site.school.classes[class].pupils.iter().copied();
    let here = pupils.filter(|ix| family_class(site, *ix) == Some(class));
    here.map(|ix| (ix, readers(&site.school.pupils[ix], site.today))).collect()
}

/// Computes letters of pupils of one class.
pub fn letters_sheet(
    desk: &Desk<'_>,
    class: Ix<Class>,
    orders: &[LetterOrder],
    on_screen: bool,
) -> LettersSheet {
    let site = desk.site;
    let school = site.school;
    let establishment = &school.establishment;
    let families = establishment.familles.as_ref();
    let head = school_head(desk);
    let secretariat = || {
        let phone = head.phone.as_ref().map(|phone| format!("{phone} ou "));
        format!("{}{}", phone.unwrap_or_default(), head.email)
    };
    let contact = families.and_then(|site| site.contact.clone()).unwrap_or_else(secretariat);
    let contact = unbroken(&contact);
    let refuse_by = families.and_then(|site| site.refus_avant).filter(|day| *day >= site.today);
    let town = establishment.ville.as_ref().map(|town| format!("{town}, le "));
    let class_name = &school.classes[class].record.nom;
    let address = families.map(|site| site.adresse.clone()).unwrap_or_default();
    let common = [&head.name, &contact, &head.email, &address, class_name]
        .map(|text| text.chars().count())
        .iter()
        .sum::<usize>()
        + head.address.iter().map(|line| line.chars().count()).sum::<usize>();
    let mut lines = vec![head.name.clone()];
    lines.extend(head.address.iter().chain(&head.phone).chain([&head.email]).cloned());
    LettersSheet {
        school_size: fit(&lines, &LETTERHEAD),
        title: format!("Lettres d’accès, {class_name}"),
        place: match town {
            Some(town) => format!("{town}{}", long_date(site.today)),
            None => format!("Le {}", long_date(site.today)),
        },
        school: head,
        year: school.classes[class].year.to_string(),
        site: address,
        contact,
        refuse_by: refuse_by.map(long_date),
        on_screen,
        letters: (orders.iter().enumerate())
            .map(|(number, order)| letter(site, class_name, (number, order), common))
            .collect(),
    }
}

fn letter(
    site: &Site<'_>,
    class: &str,
    (number, order): (usize, &LetterOrder),
    common: usize,
) -> AccessLetter {
    let pupil = &site.school.pupils[order.pupil];
    let of_age = pupil.is_of_age(site.today);
    let first_name = pupil.record.prenom.clone();
    let name = name_on_paper(&first_name, &pupil.record.nom);
    let (tone, greeting, address, signer) = match order.reader.who {
        ReaderRole::Guardian(place) => {
            let guardian = &pupil.record.responsables[place];
            let signer = format!("{}, {}", addressed(guardian), tie(guardian, &name));
            ("responsable", hail(guardian), postal(guardian), Some(signed(guardian, &signer)))
        }
        ReaderRole::Pupil => {
            let word = pupil.agree("soussignée", "soussigné", "soussigné(e)");
            let signer = of_age.then(|| format!("Je {word} {name}"));
            let tone = if of_age { "majeur" } else { "mineur" };
            (tone, format!("Bonjour {first_name},"), Vec::new(), signer)
        }
    };
    let own = [first_name.chars().count() * 4, name.chars().count() * 2];
    let written = signer.as_ref().map_or(0, |signer| signer.chars().count());
    AccessLetter {
        number,
        tone,
        greeting,
        address_size: fit(&address, &WINDOW),
        address,
        of_first_name: elide_de(&first_name),
        first_name,
        name,
        class: class.to_owned(),
        signer,
        alone: pupil.agree("seule", "seul", "seul(e)"),
        size: Fit::of_page(common + own.iter().sum::<usize>() + written),
        link: order.code.link.clone(),
        words: order.code.words.clone(),
    }
}

/// "Léa DUPONT".
fn name_on_paper(first: &str, last: &str) -> String {
    format!("{first} {}", last.to_uppercase())
}

/// A text whose telephone numbers stay on one line.
fn unbroken(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let is_digit =
        |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(char::is_ascii_digit);
    let between = |at: usize| is_digit(at.checked_sub(1)) && is_digit(Some(at + 1));
    let keep = |(at, c): (usize, &char)| if *c == ' ' && between(at) { '\u{a0}' } else { *c };
    letters.iter().enumerate().map(keep).collect()
}

/// "Mme Nadia DUPONT".
fn addressed(guardian: &Guardian) -> String {
    let name = name_on_paper(&guardian.prenom, &guardian.nom);
    match guardian.civilite {
        Some(title) => format!("{} {name}", title.as_str()),
        None => name,
    }
}

fn hail(guardian: &Guardian) -> String {
    let word = match guardian.civilite {
        Some(Civility::Madam) => "Madame,",
        Some(Civility::Sir) => "Monsieur,",
        None => "Madame, Monsieur,",
    };
    word.to_owned()
}

/// The lines of an envelope; the name alone where no address is known: the letter is handed over.
fn postal(guardian: &Guardian) -> Vec<String> {
    let town = [guardian.code_postal.clone(), guardian.ville.as_ref().map(|t| t.to_uppercase())];
    let town = town.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let street = guardian.adresse.iter().flat_map(|lines| lines.lines()).map(str::to_owned);
    let lines = std::iter::once(addressed(guardian)).chain(street).chain([town]);
    lines.filter(|line| !line.is_empty()).collect()
}

/// "mère de Léa DUPONT".
fn tie(guardian: &Guardian, pupil: &str) -> String {
    let word = match guardian.lien {
        GuardianLink::Other => "responsable",
        link => link.label(),
    };
    format!("{word} {}", elide_de(pupil))
}

/// "Je soussignée Mme Nadia DUPONT, mère de Léa DUPONT".
fn signed(guardian: &Guardian, who: &str) -> String {
    let word = match (guardian.civilite, guardian.lien) {
        (Some(Civility::Madam), _) | (None, GuardianLink::Mother | GuardianLink::FemaleTutor) => {
            "soussignée"
        }
        (Some(Civility::Sir), _) | (None, GuardianLink::Father | GuardianLink::MaleTutor) => {
            "soussigné"
        }
        (None, GuardianLink::Other) => "soussigné(e)",
    };
    format!("Je {word} {who}")
}

impl LettersSheet {
    /// What the file says of itself.
    pub fn facts(&self) -> DocumentFacts {
        DocumentFacts {
            title: self.title.clone(),
            author: self.school.name.clone(),
            subject: format!("année scolaire {}", self.year),
            modified: None,
        }
    }
}
