//! The companies that receive pupils: names, places, tutors, always the same for the same number.

use super::corpus::{Corpus, list, number, strings, text};
use super::emit::Document;
use super::grammar::Sex;
use super::names::{Names, slug};
use super::rng::Dice;
use super::staff::Staff;
use super::trades::{Abroad, Kind, Trades, degrees};

/// A town of the valley, with its place on the map.
struct Town {
    name: String,
    code: String,
    weight: usize,
    latitude: f64,
    longitude: f64,
}

/// The person in charge of a pupil in a company.
#[derive(Clone)]
pub(crate) struct Tutor {
    pub(crate) sex: Sex,
    pub(crate) surname: String,
    pub(crate) first: String,
    job: String,
    phone: String,
}

impl Tutor {
    /// Writes "Mme Perrin".
    pub(crate) fn titled(&self) -> String {
        let title = if self.sex == Sex::Girl { "Mme" } else { "M." };
        format!("{title} {}", self.surname)
    }

    /// Writes "Claire Perrin".
    pub(crate) fn full(&self) -> String {
        format!("{} {}", self.first, self.surname)
    }
}

/// A company and the tutor it gives a pupil.
#[derive(Clone)]
pub(crate) struct Host<'a> {
    pub(crate) kind: &'a Kind,
    pub(crate) name: String,
    pub(crate) town: String,
    pub(crate) country: String,
    pub(crate) tutor: Tutor,
    street: String,
    code: String,
    phone: String,
    mail: String,
    latitude: f64,
    longitude: f64,
}

impl Host<'_> {
    pub(crate) fn write(&self, file: &mut Document) {
        file.table("entreprise");
        file.string("nom", &self.name);
        file.string("activite", &self.kind.activity);
        file.string("adresse", &self.street);
        file.string("code_postal", &self.code);
        file.string("ville", &self.town);
        file.optional("pays", &self.country);
        file.optional("telephone", &self.phone);
        file.optional("courriel", &self.mail);
        file.value("latitude", format!("{:.4}", self.latitude));
        file.value("longitude", format!("{:.4}", self.longitude));
        file.table("tuteur");
        file.string("civilite", if self.tutor.sex == Sex::Girl { "Mme" } else { "M." });
        file.string("nom", &self.tutor.surname);
        file.string("prenom", &self.tutor.first);
        file.string("fonction", &self.tutor.job);
        file.optional("telephone", &self.tutor.phone);
    }
}

/// All the companies around the school.
pub(crate) struct Directory<'a> {
    trades: &'a Trades,
    names: &'a Names,
    staff: &'a Staff,
    seed: u64,
    towns: Vec<Town>,
    streets: Vec<String>,
}

impl<'a> Directory<'a> {
    pub(crate) fn new(
        corpus: &Corpus,
        trades: &'a Trades,
        names: &'a Names,
        staff: &'a Staff,
        seed: u64,
    ) -> Self {
        let towns = list(&corpus.places, "communes")
            .map(|town| Town {
                name: text(town, "nom"),
                code: text(town, "code"),
                weight: number(town, "poids").and_then(|n| usize::try_from(n).ok()).unwrap_or(1),
                latitude: degrees(town, "latitude"),
                longitude: degrees(town, "longitude"),
            })
            .collect();
        let streets = strings(&corpus.places, "voies")
            .into_iter()
            .filter(|street| {
                !["résidence", "lotissement", "cité", "square", "impasse"]
                    .iter()
                    .any(|kind| street.starts_with(kind))
            })
            .collect();
        Self { trades, names, staff, seed, towns, streets }
    }

    /// Gives the company of a number among those that receive the pupils of a diploma.
    pub(crate) fn host(&self, diploma: &str, number: usize, tutor: usize) -> Option<Host<'a>> {
        let kinds = self.trades.kinds(diploma);
        let kind = kinds.get(number % kinds.len().max(1)).copied()?;
        let mut dice = Dice::new(self.seed, &format!("company/{diploma}/{number}"));
        let pattern = kind.names.get(number / kinds.len() % kind.names.len().max(1))?;
        let owner = self.names.surname(&mut dice, 0);
        let name = pattern.replace("{patronyme}", &owner);
        let weights: Vec<usize> = self.towns.iter().map(|town| town.weight).collect();
        let drawn = dice.weighted(&weights);
        // A town hall stands in its town.
        let named = self.towns.iter().position(|town| {
            let head = town.name.split('-').next().unwrap_or_default();
            name.contains(&town.name) || (head.len() > 7 && name.contains(head))
        });
        let town = self.towns.get(named.unwrap_or(drawn))?;
        let street = format!("{}, {}", dice.between(1, 60), dice.text(&self.streets));
        let phone = format!("03 53 01 {:02} {:02}", dice.below(100), dice.below(100));
        let mail = if dice.percent(70) {
            format!("contact@{}.example", slug(&name))
        } else {
            String::new()
        };
        let (north, east) = (dice.around(0.006), dice.around(0.009));
        let mut dice = Dice::new(self.seed, &format!("tutor/{diploma}/{number}/{tutor}"));
        let sex = if dice.percent(50) { Sex::Girl } else { Sex::Boy };
        let person = self.names.adult(&mut dice, sex);
        let named = pattern.contains("{patronyme}") && tutor == 0 && dice.percent(50);
        let family = if named { owner } else { person.surname };
        // Nobody of the school is a tutor: another first name tells them apart.
        let mut first = person.first;
        while self.staff.knows(&first, &family) {
            first = self.names.parent(&mut dice, person.origin, sex);
        }
        let tutor = self.tutor(kind, sex, family, first, &mut dice);
        Some(Host {
            kind,
            name,
            town: town.name.replace('\'', "’"),
            country: String::new(),
            tutor,
            street,
            code: town.code.clone(),
            phone,
            mail,
            latitude: town.latitude + north,
            longitude: town.longitude + east,
        })
    }

    /// Gives a company of another country, for the trade of a diploma.
    pub(crate) fn abroad(&self, diploma: &str, number: usize) -> Option<Host<'a>> {
        let place: &Abroad = self.trades.abroad.get(number % self.trades.abroad.len().max(1))?;
        let kind = self.trades.kinds(diploma).into_iter().next()?;
        let mut dice = Dice::new(self.seed, &format!("abroad/{diploma}/{number}"));
        let mut person = dice.text(&place.tutors).split('|');
        let first = person.next().unwrap_or_default().to_owned();
        let surname = person.next().unwrap_or_default().to_owned();
        let sex = if person.next() == Some("F") { Sex::Girl } else { Sex::Boy };
        let tutor = self.tutor(kind, sex, surname, first, &mut dice);
        Some(Host {
            kind,
            name: place.name.clone(),
            town: place.town.clone(),
            country: place.country.clone(),
            tutor: Tutor { phone: String::new(), ..tutor },
            street: place.street.clone(),
            code: place.code.clone(),
            phone: String::new(),
            mail: format!("contact@{}.example", slug(&place.name)),
            latitude: place.latitude,
            longitude: place.longitude,
        })
    }

    fn tutor(
        &self,
        kind: &Kind,
        sex: Sex,
        surname: String,
        first: String,
        dice: &mut Dice,
    ) -> Tutor {
        let job = dice.text(&kind.jobs);
        let (him, her) = job.split_once('|').unwrap_or((job, job));
        let job = if sex == Sex::Girl { her } else { him };
        let phone = if dice.percent(40) {
            format!("06 39 98 {:02} {:02}", dice.below(100), dice.below(100))
        } else {
            String::new()
        };
        Tutor { sex, surname, first, job: job.to_owned(), phone }
    }
}
