//! The registers of past sessions: juries, harmonisation, what they consulted, what was handed over.

use super::attestations;
use super::calendar::SchoolYear;
use super::dates::Date;
use super::emit::Document;
use super::pupils::Pupil;
use super::rng::Dice;
use super::sayings::Sayings;
use super::structure::Level;
use super::world::World;

/// A candidate: pupil, and whether under school status.
struct Candidate<'a> {
    pupil: &'a Pupil,
    school: bool,
}

/// Writes the registers: path relative to `content/`, text. `livrets` says who has one in a year.
pub(crate) fn write(
    world: &World<'_>,
    sayings: &Sayings,
    livrets: &dyn Fn(&Pupil, &SchoolYear) -> bool,
) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let newest = world.plan.years.len().saturating_sub(1);
    for (number, year) in world.plan.years.iter().enumerate() {
        let room = Registry { world, sayings, number, year };
        if number < newest {
            let mut diplomas: Vec<&str> = Vec::new();
            for division in &world.plan.divisions {
                let code = division.diploma.as_str();
                let last = division.year == number && division.level == Level::Terminale;
                if last && !diplomas.contains(&code) {
                    diplomas.push(code);
                }
            }
            for diploma in diplomas {
                room.diploma(diploma, &mut found);
            }
            room.paper(livrets, &mut found);
        }
        room.attestations(&mut found);
        if number == newest {
            found.extend(super::letters::write(world, number, year));
        }
    }
    found
}

/// The register of a session.
struct Registry<'a> {
    world: &'a World<'a>,
    sayings: &'a Sayings,
    number: usize,
    year: &'a SchoolYear,
}

impl Registry<'_> {
    fn path(&self, kind: &str, name: &str) -> String {
        format!("register/{}/{kind}/{name}.toml", self.year.session())
    }

    /// Lists the candidates of a diploma, by identifier.
    fn candidates(&self, diploma: &str) -> Vec<Candidate<'_>> {
        let mut found: Vec<Candidate<'_>> = Vec::new();
        for pupil in self.world.pupils {
            let stay = pupil.stays.iter().rev().find(|stay| {
                self.world.plan.divisions.get(stay.division).is_some_and(|division| {
                    division.year == self.number
                        && division.level == Level::Terminale
                        && division.diploma == diploma
                })
            });
            if let Some(stay) = stay.filter(|_| !pupil.candidate.is_empty()) {
                found.push(Candidate { pupil, school: !stay.apprentice });
            }
        }
        found.sort_by(|a, b| a.pupil.id.cmp(&b.pupil.id));
        found
    }

    /// Writes the commissions of a diploma and what the jury read.
    fn diploma(&self, diploma: &str, found: &mut Vec<(String, String)>) {
        let candidates = self.candidates(diploma);
        if candidates.is_empty() {
            return;
        }
        let title = self.sayings.list(&format!("titres.{diploma}"));
        let title = title.first().map_or(diploma, String::as_str);
        let grids = self.world.known.get(diploma).is_some_and(|known| !known.grids.is_empty());
        let ids: Vec<&str> = candidates.iter().map(|one| one.pupil.id.as_str()).collect();
        if grids {
            let day = self.year.harmonisation();
            let name = format!("harmonisation-{diploma}");
            let text = self.commission("harmonisation", diploma, title, (day, found.len()), &ids);
            found.push((self.path("commissions", &name), text));
        }
        let day = self.jury_day();
        let name = format!("jury-{diploma}");
        let text = self.commission("deliberation", diploma, title, (day, found.len()), &ids);
        found.push((self.path("commissions", &name), text));
        for (school, documents, suffix) in [(true, "livret", ""), (false, "bilans", "-apprentis")] {
            let read: Vec<&str> = candidates
                .iter()
                .filter(|one| one.school == school)
                .map(|one| one.pupil.id.as_str())
                .collect();
            if read.is_empty() {
                continue;
            }
            let mut file = Document::new();
            file.value("date", day);
            file.string("par", "jury");
            file.string("commission", &name);
            let documents = if grids { vec![documents, "grilles"] } else { vec![documents] };
            file.strings("documents", &documents);
            file.string("mode", "en-ligne");
            file.strings("eleves", &read);
            file.string("temoin", self.world.staff.head());
            found.push((self.path("consultations", &format!("{name}{suffix}")), file.finish()));
        }
    }

    /// Gives the day juries deliberate: the last open ones of the year.
    fn jury_day(&self) -> Date {
        self.year.open_back(self.year.span.last.plus(-1))
    }

    /// Writes a commission: teachers of other schools, and professionals for a third at least.
    fn commission(
        &self,
        purpose: &str,
        diploma: &str,
        title: &str,
        (day, number): (Date, usize),
        candidates: &[&str],
    ) -> String {
        let session = self.year.session();
        let mut dice = self.world.dice(&format!("{purpose}/{session}/{diploma}"));
        let mut file = Document::new();
        let jury = purpose == "deliberation";
        let head = if jury {
            "Jury du baccalauréat professionnel"
        } else {
            "Commission d’harmonisation"
        };
        file.string("titre", &format!("{head} – {title}"));
        file.string("objet", purpose);
        file.string("diplome", diploma);
        file.value("date", day);
        file.string("lieu", dice.text(self.sayings.list("lieux")));
        file.value("convocation", self.year.open_from(day.plus(-20)));
        file.string("proces_verbal", &format!("PV {session}-{:02}", number + 3));
        file.strings("candidats", candidates);
        let president = self.world.outsider(self.sayings, "inspecteurs", &mut dice);
        self.member(&mut file, &president, "inspection", true, true);
        for person in self.people("entreprises", 2, &mut dice) {
            self.member(&mut file, &person, "professionnel", false, true);
        }
        for (rank, person) in (0..).zip(self.people("exterieurs", 2, &mut dice)) {
            // Now and then somebody could not come.
            let there = rank == 0 || !dice.percent(25);
            self.member(&mut file, &person, "enseignant", false, there);
        }
        let team = self.world.plan.divisions.iter().find(|division| {
            division.year == self.number
                && division.level == Level::Terminale
                && division.diploma == diploma
        });
        if let Some(teacher) = team.and_then(|division| division.team.first()) {
            file.entry("membres");
            file.string("personne", teacher);
            file.string("qualite", "enseignant");
            file.value("emargement", true);
        }
        file.finish()
    }

    fn member(
        &self,
        file: &mut Document,
        (first, surname): &(String, String),
        quality: &str,
        presides: bool,
        there: bool,
    ) {
        file.entry("membres");
        file.string("nom", surname);
        file.string("prenom", first);
        file.string("qualite", quality);
        if presides {
            file.value("preside", true);
        }
        if there {
            file.value("emargement", true);
        } else {
            file.value("present", false);
        }
    }

    /// Draws different people of a list.
    fn people(&self, list: &str, count: usize, dice: &mut Dice) -> Vec<(String, String)> {
        let mut found: Vec<(String, String)> = Vec::new();
        for _ in 0..12 {
            let one = self.world.outsider(self.sayings, list, dice);
            if found.len() < count && !found.contains(&one) {
                found.push(one);
            }
        }
        found
    }

    /// Writes the delivery of livrets on paper, to families who want nothing online.
    fn paper(
        &self,
        livrets: &dyn Fn(&Pupil, &SchoolYear) -> bool,
        found: &mut Vec<(String, String)>,
    ) {
        let day = self.year.open_from(Date::new(self.year.session(), 6, 22));
        let mut refused: Vec<&Pupil> = self
            .world
            .pupils
            .iter()
            .filter(|pupil| livrets(pupil, self.year))
            .filter(|pupil| pupil.refused(day))
            .collect();
        refused.sort_by(|a, b| a.id.cmp(&b.id));
        if refused.is_empty() {
            return;
        }
        let mut file = Document::new();
        file.string("document", "livret");
        file.value("date", day);
        file.string("par", self.world.staff.head());
        file.string("motif", "familles qui ont refusé le site");
        for pupil in refused {
            let mut dice = self.world.dice(&format!("signature/{}/{}", self.year.start, pupil.id));
            file.entry("remises");
            file.string("eleve", &pupil.id);
            if let Some(guardian) = pupil.guardians.first() {
                file.string("destinataire", &guardian.titled());
            }
            if dice.percent(30) {
                file.value("le", self.year.open_from(day.plus(dice.between(1, 4))));
            }
            if dice.percent(90) {
                file.value("emargement", true);
            }
        }
        found.push((self.path("deliveries", "livrets-sur-papier"), file.finish()));
    }

    /// Writes the delivery of the attestations made in the year.
    fn attestations(&self, found: &mut Vec<(String, String)>) {
        let mut given: Vec<(&Pupil, Date)> = Vec::new();
        for pupil in self.world.pupils {
            let due = attestations::due(self.world, pupil);
            given.extend(
                due.filter(|(division, _)| division.year == self.number)
                    .map(|(_, day)| (pupil, day)),
            );
        }
        given.sort_by(|a, b| a.0.id.cmp(&b.0.id));
        let Some(first) = given.iter().map(|(_, day)| *day).min() else {
            return;
        };
        let mut file = Document::new();
        file.string("document", "attestation");
        file.value("date", first);
        file.string("par", self.world.staff.ddfpt());
        for (pupil, day) in given {
            file.entry("remises");
            file.string("eleve", &pupil.id);
            let guardian = pupil.guardians.first().filter(|_| pupil.id.len().is_multiple_of(2));
            if let Some(guardian) = guardian {
                file.string("destinataire", &guardian.titled());
            }
            if day != first {
                file.value("le", day);
            }
            file.value("emargement", true);
        }
        found.push((self.path("deliveries", "attestations-de-competences"), file.finish()));
    }
}
