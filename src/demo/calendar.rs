//! The school years: holidays, periods, PFMP, deadlines, and the calendar file of each.

use toml::{Table, Value};

use super::corpus::{Corpus, date, list, number, text};
use super::dates::{Date, Span};
use super::emit::Document;
use super::structure::{Division, Level};

/// The day the demo is looked at from.
pub(crate) fn today() -> Date {
    Date::new(2026, 11, 22)
}

/// An official period.
pub(crate) struct Period {
    pub(crate) code: String,
    pub(crate) title: String,
    pub(crate) span: Span,
}

/// A training period in a company, for a level and a group of diplomas.
struct Pfmp {
    number: i32,
    level: String,
    group: String,
    span: Span,
}

/// One school year.
pub(crate) struct SchoolYear {
    /// The year it begins in.
    pub(crate) start: i32,
    pub(crate) span: Span,
    holidays: Vec<Span>,
    closed: Vec<Date>,
    pfmp: Vec<Pfmp>,
    semesters: Vec<Period>,
    trimesters: Vec<Period>,
    /// Deadlines of the exams, in order.
    deadlines: Vec<Date>,
}

impl SchoolYear {
    /// Reads the last `count` years of the corpus, oldest first.
    pub(crate) fn load(corpus: &Corpus, count: usize) -> Vec<Self> {
        let mut years: Vec<Self> = list(&corpus.school, "annees").filter_map(Self::parse).collect();
        years.split_off(years.len().saturating_sub(count))
    }

    fn parse(table: &Table) -> Option<Self> {
        let span = Span { first: date(table.get("debut"))?, last: date(table.get("fin"))? };
        let dates = |key: &str| -> Vec<Date> {
            table
                .get(key)
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .filter_map(|v| date(Some(v)))
                .collect()
        };
        let holidays = table.get("conges").and_then(Value::as_array).into_iter().flatten();
        let holidays = holidays
            .filter_map(Value::as_array)
            .filter_map(|pair| Some(Span { first: date(pair.first())?, last: date(pair.last())? }))
            .collect();
        let pfmp = list(table, "pfmp")
            .filter_map(|one| {
                Some(Pfmp {
                    number: number(one, "numero")?,
                    level: text(one, "niveau"),
                    group: text(one, "groupe"),
                    span: Span { first: date(one.get("debut"))?, last: date(one.get("fin"))? },
                })
            })
            .collect();
        Some(Self {
            start: span.first.ymd().0,
            span,
            holidays,
            closed: dates("feries"),
            pfmp,
            semesters: periods("S", "semestre", span.first, &dates("semestres")),
            trimesters: periods("T", "trimestre", span.first, &dates("trimestres")),
            deadlines: dates("certification"),
        })
    }

    /// Writes the name of the year: "2026-2027".
    pub(crate) fn label(&self) -> String {
        format!("{}-{}", self.start, self.start + 1)
    }

    /// Gives the days the national service takes livrets.
    pub(crate) fn livrets(&self) -> Span {
        let end = self.start + 1;
        Span { first: Date::new(end, 5, 18), last: Date::new(end, 6, 30) }
    }

    /// Gives the day the marks of all schools are made even.
    pub(crate) fn harmonisation(&self) -> Date {
        self.open_from(Date::new(self.start + 1, 6, 10))
    }

    /// Gives the exam session of the final year.
    pub(crate) fn session(&self) -> i32 {
        self.start + 1
    }

    /// Gives the official periods of a class.
    pub(crate) fn periods(&self, division: &Division) -> &[Period] {
        if division.trimesters { &self.trimesters } else { &self.semesters }
    }

    /// Says whether the school is open: no weekend, holiday nor public holiday.
    pub(crate) fn is_open(&self, day: Date) -> bool {
        !day.is_weekend()
            && self.span.holds(day)
            && !self.closed.contains(&day)
            && !self.holidays.iter().any(|span| span.holds(day))
    }

    /// Moves to the first open day from `day` on (or `day` itself near the end of the year).
    pub(crate) fn open_from(&self, day: Date) -> Date {
        (0..40).map(|step| day.plus(step)).find(|day| self.is_open(*day)).unwrap_or(day)
    }

    /// Moves to the last open day up to `day` (or `day` itself near the beginning of the year).
    pub(crate) fn open_back(&self, day: Date) -> Date {
        (0..40).map(|step| day.plus(-step)).find(|day| self.is_open(*day)).unwrap_or(day)
    }

    /// Says whether a class is away in companies.
    pub(crate) fn in_company(&self, division: &Division, day: Date) -> bool {
        self.pfmp_of(division).any(|span| span.holds(day))
    }

    /// Gives the spans a class spends in companies.
    pub(crate) fn pfmp_of(&self, division: &Division) -> impl Iterator<Item = Span> {
        self.numbered_pfmp(division).map(|(_, span)| span)
    }

    /// Gives the PFMP of a class: number in the cycle, span.
    pub(crate) fn numbered_pfmp(&self, division: &Division) -> impl Iterator<Item = (i32, Span)> {
        let level = division.level.code();
        let group = if division.industrial { "industriel" } else { "tertiaire" };
        self.pfmp
            .iter()
            .filter(move |pfmp| {
                pfmp.level == level && (pfmp.group == group || pfmp.group == "tous")
            })
            .map(|pfmp| (pfmp.number, pfmp.span))
    }

    /// Lists the days a class has lessons, from the third week to the last period's end.
    pub(crate) fn lessons(&self, division: &Division) -> Vec<Date> {
        let last = self.periods(division).last().map_or(self.span.last, |period| period.span.last);
        let count = last.since(self.span.first);
        (14..count - 4)
            .map(|step| self.span.first.plus(step))
            .filter(|day| self.is_open(*day) && !self.in_company(division, *day))
            .collect()
    }

    /// Writes the calendar file. `exams`: diploma, exam code, exam title, for the final years.
    pub(crate) fn write(
        &self,
        divisions: &[&Division],
        exams: &[(String, String, String)],
    ) -> String {
        let mut file = Document::new();
        file.value("debut", self.span.first);
        file.value("fin", self.span.last);
        let diplomas = |keep: &dyn Fn(&Division) -> bool| -> Vec<String> {
            let mut found: Vec<String> = Vec::new();
            for division in divisions.iter().filter(|division| keep(division)) {
                if !found.contains(&division.diploma) {
                    found.push(division.diploma.clone());
                }
            }
            found.sort();
            found
        };
        let mixed =
            divisions.iter().any(|d| d.trimesters) && divisions.iter().any(|d| !d.trimesters);
        for (periods, trimesters) in [(&self.semesters, false), (&self.trimesters, true)] {
            let concerned = diplomas(&|division| division.trimesters == trimesters);
            for period in periods.iter().filter(|_| !concerned.is_empty()) {
                file.entry("periodes");
                file.string("code", &period.code);
                file.string("intitule", &period.title);
                file.value("debut", period.span.first);
                file.value("fin", period.span.last);
                file.value("cloture_pronote", self.open_from(period.span.last.plus(6)));
                if mixed {
                    file.strings("diplomes", &concerned);
                }
            }
        }
        for pfmp in &self.pfmp {
            let concerned = diplomas(&|division| {
                let group = if division.industrial { "industriel" } else { "tertiaire" };
                division.level.code() == pfmp.level && (pfmp.group == group || pfmp.group == "tous")
            });
            if concerned.is_empty() {
                continue;
            }
            file.entry("pfmp");
            file.value("numero", pfmp.number);
            file.string("niveau", &pfmp.level);
            file.strings("diplomes", &concerned);
            file.value("debut", pfmp.span.first);
            file.value("fin", pfmp.span.last);
        }
        for (index, (diploma, code, title)) in exams.iter().enumerate() {
            if let Some(deadline) = self.deadlines.get(index % 2) {
                file.entry("certification");
                file.string("diplome", diploma);
                file.string("epreuve", code);
                file.value("date_limite", deadline);
                file.string(
                    "note",
                    &format!(
                        "{title} : grilles complétées et signées, remises au bureau du DDFPT."
                    ),
                );
            }
        }
        for level in [Level::Premiere, Level::Terminale] {
            for diploma in diplomas(&|division| division.level == level) {
                let trimesters = divisions.iter().any(|d| d.diploma == diploma && d.trimesters);
                file.entry("lsl");
                file.string("diplome", &diploma);
                file.string("niveau", level.code());
                file.string("periodicite", if trimesters { "trimestre" } else { "semestre" });
            }
        }
        for (periods, trimesters) in [(&self.semesters, false), (&self.trimesters, true)] {
            let classes: Vec<&str> = divisions
                .iter()
                .filter(|d| d.trimesters == trimesters)
                .map(|d| d.id.as_str())
                .collect();
            for period in periods.iter().filter(|_| !classes.is_empty()) {
                file.entry("pronote");
                file.string("code", &period.code);
                file.value("debut", period.span.first);
                file.value("fin", period.span.last);
                if mixed {
                    file.strings("classes", &classes);
                }
            }
        }
        let window = self.livrets();
        file.table("service_lsl");
        file.value("ouverture", window.first);
        file.value("fermeture", window.last);
        file.finish()
    }
}

/// Makes the periods that end on the given days, one after the other.
fn periods(letter: &str, name: &str, first: Date, ends: &[Date]) -> Vec<Period> {
    let mut begin = first;
    let mut found = Vec::new();
    for (index, end) in ends.iter().enumerate() {
        let rank = if index == 0 { "1er".to_owned() } else { format!("{}e", index + 1) };
        found.push(Period {
            code: format!("{letter}{}", index + 1),
            title: format!("{rank} {name}"),
            span: Span { first: begin, last: *end },
        });
        begin = end.plus(1);
    }
    found
}
