//! The adults responsible for a pupil: none, one or two, at one address or at two.

use super::corpus::{Corpus, list, number, strings, text};
use super::dates::Date;
use super::emit::Document;
use super::grammar::Sex;
use super::names::{Name, Names, slug};
use super::rng::Dice;

/// A person legally responsible for a pupil, or one to call.
pub(crate) struct Guardian {
    link: &'static str,
    sex: Sex,
    surname: String,
    first: String,
    address: Address,
    mail: String,
    phone: String,
    legal: u8,
    /// When this person refused to read the livret online.
    pub(crate) refusal: Option<Date>,
    /// When the letter of the families' site was reported lost.
    pub(crate) lost: Option<Date>,
}

#[derive(Clone, Default)]
struct Address {
    street: String,
    code: String,
    town: String,
}

/// Streets and towns to live in.
pub(crate) struct Places {
    streets: Vec<String>,
    extras: Vec<String>,
    mailers: Vec<String>,
    /// Name, postal code, weight.
    towns: Vec<(String, String, usize)>,
}

impl Places {
    pub(crate) fn load(corpus: &Corpus) -> Self {
        let towns = list(&corpus.places, "communes")
            .map(|town| {
                let weight =
                    number(town, "poids").and_then(|n| usize::try_from(n).ok()).unwrap_or(1);
                (text(town, "nom"), text(town, "code"), weight)
            })
            .collect();
        Self {
            streets: strings(&corpus.places, "voies"),
            extras: strings(&corpus.places, "complements"),
            mailers: strings(&corpus.places, "messageries"),
            towns,
        }
    }

    fn address(&self, dice: &mut Dice) -> Address {
        let weights: Vec<usize> = self.towns.iter().map(|(_, _, weight)| *weight).collect();
        let (town, code, _) = self.towns.get(dice.weighted(&weights)).cloned().unwrap_or_default();
        let suffix = if dice.percent(6) { " bis" } else { "" };
        let street = dice.text(&self.streets).to_owned();
        // An estate or a residence has few numbers, an avenue many.
        let highest =
            if street.starts_with("avenue") || street.starts_with("route") { 160 } else { 48 };
        let mut street = format!("{}{suffix} {street}", dice.between(1, highest));
        if dice.percent(12) {
            street = format!("{street}, {}", dice.text(&self.extras));
        }
        Address { street, code, town }
    }

    /// Draws the guardians of a pupil; an adult pupil may have none.
    pub(crate) fn guardians(
        &self,
        names: &Names,
        dice: &mut Dice,
        child: &Name,
        adult: bool,
    ) -> Vec<Guardian> {
        let home = self.address(dice);
        if (adult && dice.percent(12)) || dice.percent(1) {
            return Vec::new();
        }
        if dice.percent(3) {
            let sex = if dice.percent(70) { Sex::Girl } else { Sex::Boy };
            let surname = names.surname(dice, child.origin);
            let link = if sex == Sex::Girl { "tutrice" } else { "tuteur" };
            return vec![self.one(names, dice, child, link, sex, surname, home, 1)];
        }
        let mut found = Vec::new();
        let last = child
            .surname
            .rsplit_once('-')
            .map_or(child.surname.as_str(), |(_, last)| last)
            .to_owned();
        let mother = dice.percent(93);
        let father = !mother || dice.percent(68);
        let together = dice.percent(58);
        if mother {
            let keeps = if together { 70 } else { 25 };
            let surname = if dice.percent(keeps) {
                child.surname.clone()
            } else {
                names.surname(dice, child.origin)
            };
            found.push(self.one(names, dice, child, "mère", Sex::Girl, surname, home.clone(), 1));
        }
        if father {
            let surname = if dice.percent(92) { last } else { names.surname(dice, child.origin) };
            let surname = if together && surname.len() < child.surname.len() {
                child.surname.clone()
            } else {
                surname
            };
            let address = if together || !mother { home } else { self.address(dice) };
            let legal = if mother { 2 } else { 1 };
            found.push(self.one(names, dice, child, "père", Sex::Boy, surname, address, legal));
        }
        found
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "one call site per kind of guardian, each with its own mix"
    )]
    fn one(
        &self,
        names: &Names,
        dice: &mut Dice,
        child: &Name,
        link: &'static str,
        sex: Sex,
        surname: String,
        address: Address,
        legal: u8,
    ) -> Guardian {
        let first = names.parent(dice, child.origin, sex);
        let number = if dice.percent(40) { dice.between(2, 89).to_string() } else { String::new() };
        let mail = if dice.percent(86) {
            format!("{}.{}{number}@{}", slug(&first), slug(&surname), dice.text(&self.mailers))
        } else {
            String::new()
        };
        // Numbers that the regulator keeps for fiction: they ring nowhere.
        let phone = if dice.percent(90) {
            format!("06 39 98 {:02} {:02}", dice.below(100), dice.below(100))
        } else if dice.percent(60) {
            format!("03 53 01 {:02} {:02}", dice.below(100), dice.below(100))
        } else {
            String::new()
        };
        Guardian {
            link,
            sex,
            surname,
            first,
            address,
            mail,
            phone,
            legal,
            refusal: None,
            lost: None,
        }
    }
}

impl Guardian {
    /// Writes "Mme Perrin".
    pub(crate) fn titled(&self) -> String {
        format!("{} {}", if self.sex == Sex::Girl { "Mme" } else { "M." }, self.surname)
    }

    pub(crate) fn write(&self, file: &mut Document) {
        file.entry("responsables");
        file.string("lien", self.link);
        file.string("civilite", if self.sex == Sex::Girl { "Mme" } else { "M." });
        file.string("nom", &self.surname);
        file.string("prenom", &self.first);
        file.string("adresse", &self.address.street);
        file.string("code_postal", &self.address.code);
        file.string("ville", &self.address.town);
        file.optional("courriel", &self.mail);
        file.optional("telephone", &self.phone);
        file.value("legal", self.legal);
        if let Some(day) = self.refusal {
            file.value("refus_site", day);
        }
        if let Some(day) = self.lost {
            file.value("codes_annules", format!("[{day}]"));
        }
    }
}
