//! The adults of the school: direction, teachers by department, and the team of each class.

use super::calendar::today;
use super::corpus::{Corpus, list, strings, sub, text};
use super::dates::Date;
use super::emit::Document;
use super::grammar::Sex;
use super::names::{Ids, Names, slug};
use super::rng::{Dice, fingerprint};
use super::structure::Plan;

/// A person of the staff.
pub(crate) struct Person {
    pub(crate) id: String,
    surname: String,
    first: String,
    sex: Sex,
    role: &'static str,
    department: String,
    discipline: String,
    mails: Vec<String>,
    handed: Option<Date>,
    manual: bool,
    inactive: Option<Date>,
    /// School years taught, by the year they begin in.
    from: i32,
    until: i32,
}

/// Everyone who works there.
pub(crate) struct Staff {
    people: Vec<Person>,
}

impl Staff {
    /// Hires the staff a school of that size needs.
    pub(crate) fn hire(
        corpus: &Corpus,
        names: &Names,
        plan: &Plan,
        students: usize,
        seed: u64,
    ) -> Self {
        let mut office = Office {
            names,
            domain: text(&corpus.school, "domaine"),
            ids: Ids::default(),
            seed,
            people: Vec::new(),
        };
        office.engage("chef-etablissement", "", "");
        office.engage("ddfpt", "", "");
        for _ in 0..1 + students / 450 {
            office.engage("cpe", "", "");
        }
        // About 50 for 310 pupils, a little over one for ten pupils in a large school.
        let total = students * 11 / 100 + 16 * students.min(310) / 310;
        let current = plan.years.len().saturating_sub(1);
        let departments: Vec<(String, Vec<String>, usize)> = list(&corpus.school, "departements")
            .map(|table| {
                let code = text(table, "code");
                let classes = plan
                    .divisions
                    .iter()
                    .filter(|d| d.year == current && d.department == code)
                    .count();
                (code, strings(table, "disciplines"), classes)
            })
            .filter(|(_, _, classes)| *classes > 0)
            .collect();
        for (code, disciplines, classes) in &departments {
            for index in 0..(classes * 17).div_ceil(10).max(2) {
                let discipline =
                    disciplines.get(index % disciplines.len().max(1)).map_or("", String::as_str);
                office.engage("enseignant", code, discipline);
            }
        }
        let others =
            sub(&corpus.school, "generales").map(|t| strings(t, "disciplines")).unwrap_or_default();
        let missing = total.saturating_sub(office.people.len()).max(2);
        for index in 0..missing {
            let discipline = others.get(index % others.len().max(1)).map_or("", String::as_str);
            office.engage("enseignant", "", discipline);
        }
        office.retire(plan);
        Self { people: office.people }
    }

    /// Gives the head of vocational training.
    pub(crate) fn ddfpt(&self) -> &str {
        self.role("ddfpt")
    }

    /// Gives the head of the school.
    pub(crate) fn head(&self) -> &str {
        self.role("chef-etablissement")
    }

    /// Says whether somebody of the staff bears a name, accents apart.
    pub(crate) fn knows(&self, first: &str, surname: &str) -> bool {
        let id = slug(&format!("{surname} {first}"));
        self.people.iter().any(|person| person.id == id)
    }

    fn role(&self, role: &str) -> &str {
        self.people
            .iter()
            .find(|person| person.role == role)
            .map_or("", |person| person.id.as_str())
    }

    /// Lists the professional teachers of a department in a school year.
    pub(crate) fn department(&self, code: &str, year: i32) -> Vec<&str> {
        self.people
            .iter()
            .filter(|person| {
                person.department == code && person.from <= year && year <= person.until
            })
            .map(|person| person.id.as_str())
            .collect()
    }

    /// Gives each class its team; most teachers keep their classes from one year to the next.
    pub(crate) fn assign(&self, plan: &mut Plan) {
        let mut load: std::collections::BTreeMap<(usize, String), usize> =
            std::collections::BTreeMap::new();
        let starts: Vec<i32> = plan.years.iter().map(|year| year.start).collect();
        for division in &mut plan.divisions {
            let year = starts.get(division.year).copied().unwrap_or(0);
            let mut teachers = self.department(&division.department, year);
            let label =
                format!("team/{}/{}/{}", division.diploma, division.level.code(), division.number);
            // Fewest classes first; among equals, an order of the class's own, stable over the years.
            teachers.sort_by_key(|id| {
                let classes = load.get(&(division.year, (*id).to_owned())).copied().unwrap_or(0);
                (classes, fingerprint(&format!("{label}/{id}")))
            });
            teachers.truncate(if teachers.len() > 3 { 4 } else { 3 });
            for id in &teachers {
                *load.entry((division.year, (*id).to_owned())).or_default() += 1;
            }
            teachers.sort_by_key(|id| fingerprint(&format!("{label}/{id}")));
            division.team = teachers.into_iter().map(str::to_owned).collect();
        }
    }

    pub(crate) fn write(&self) -> String {
        let mut file = Document::new();
        let mut people: Vec<&Person> = self.people.iter().collect();
        people.sort_by(|a, b| a.id.cmp(&b.id));
        for person in people {
            file.table(&format!("personnes.{}", person.id));
            file.string("civilite", if person.sex == Sex::Girl { "Mme" } else { "M." });
            file.string("nom", &person.surname);
            file.string("prenom", &person.first);
            file.strings("courriels", &person.mails);
            let roles: &[&str] =
                if person.role == "ddfpt" { &["ddfpt", "administrateur"] } else { &[person.role] };
            file.strings("roles", roles);
            file.optional("discipline", &person.discipline);
            if let Some(day) = person.handed {
                file.value("acces_remis_le", day);
            }
            if person.manual {
                file.string("origine", "manuel");
            }
            if let Some(day) = person.inactive {
                file.value("inactif_depuis", day);
            }
        }
        file.finish()
    }
}

/// Engages people one after the other.
struct Office<'a> {
    names: &'a Names,
    domain: String,
    ids: Ids,
    seed: u64,
    people: Vec<Person>,
}

impl Office<'_> {
    fn engage(&mut self, role: &'static str, department: &str, discipline: &str) {
        let mut dice = Dice::new(self.seed, &format!("staff/{}", self.people.len()));
        let women = match department {
            "electricite" => 8,
            "numerique" => 15,
            "" => 55,
            _ => 65,
        };
        let sex = if dice.percent(women) { Sex::Girl } else { Sex::Boy };
        let mut name = self.names.adult(&mut dice, sex);
        // Two colleagues of one name would pass for one person entered twice.
        while self.ids.has(&format!("{} {}", name.surname, name.first)) {
            name = self.names.adult(&mut dice, sex);
        }
        let id = self.ids.give(&format!("{} {}", name.surname, name.first));
        let number = id
            .rsplit('-')
            .next()
            .filter(|end| end.bytes().all(|b| b.is_ascii_digit()))
            .unwrap_or("");
        let mut mails =
            vec![format!("{}.{}{number}@{}", slug(&name.first), slug(&name.surname), self.domain)];
        if dice.percent(6) {
            mails.push(format!("{}.{}@courriel.example", slug(&name.surname), slug(&name.first)));
        }
        // Access was handed over during the first days of a school year; newcomers still wait for it.
        let day = Date::new(2024 + dice.between(0, 2), 9, dice.between(3, 19));
        let handed = (!dice.percent(5)).then_some(day).filter(|day| *day < today());
        self.people.push(Person {
            id,
            surname: name.surname,
            first: name.first,
            sex,
            role,
            department: department.to_owned(),
            discipline: discipline.to_owned(),
            mails,
            handed,
            manual: dice.percent(6),
            inactive: None,
            from: 0,
            until: 9999,
        });
    }

    /// Lets one teacher in twenty or so go at the end of a past year, with a successor the next.
    fn retire(&mut self, plan: &Plan) {
        if plan.years.len() < 2 {
            return;
        }
        let count = self.people.len();
        for index in 0..count {
            let (department, discipline) = match self.people.get(index) {
                Some(person) if !person.department.is_empty() && (index + 3) % 19 == 0 => {
                    (person.department.clone(), person.discipline.clone())
                }
                _ => continue,
            };
            let last = 2026 - 1 - i32::from(index % 2 == 0 && plan.years.len() > 2);
            if let Some(person) = self.people.get_mut(index) {
                person.until = last;
                person.inactive = Some(Date::new(last + 1, 8, 31));
                person.handed = person.handed.map(|_| Date::new(2024, 9, 5));
            }
            self.engage("enseignant", &department, &discipline);
            if let Some(person) = self.people.last_mut() {
                person.from = last + 1;
                person.handed = Some(Date::new(last + 1, 9, 4));
            }
        }
    }
}
