//! Which files are taken: of this school, of this year, the latest, and those that go together.

use super::super::super::{Plan, Weight};
use super::super::open::{Origin, SourceFile, SourceKind, named, open};
use super::super::{GuardianFile, PupilFile, StaffFile};
use super::Given;
use crate::record::ImportedKind;
use crate::school::School;
use crate::text::{Date, SchoolYear, and_list, long_date, quoted, short_date};

/// The files that are taken, of one year.
#[derive(Debug, Default)]
pub(super) struct Files {
    /// The school year that they are about.
    pub(super) year: Option<SchoolYear>,
    /// Whether it is neither the year of the school nor the next one: nothing present may follow from it.
    pub(super) is_past: bool,
    /// Whether the school passes to that year.
    pub(super) is_next: bool,
    /// Pupils and those responsible, always together (IMP-04).
    pub(super) pupils: Option<(Source, PupilFile)>,
    pub(super) guardians: Option<(Source, GuardianFile)>,
    /// Staff and classes.
    pub(super) staff: Option<(Source, StaffFile)>,
    /// What was expressly allowed, in words.
    pub(super) forced: Vec<String>,
}

/// Where a file came from.
#[derive(Clone, Debug)]
pub(super) struct Source {
    pub(super) kind: ImportedKind,
    pub(super) name: String,
    pub(super) digest: String,
    pub(super) origin: Origin,
}

impl Files {
    /// The day on which SIECLE said what it says: that of the export of the pupils.
    pub(super) fn exported(&self) -> Option<Date> {
        self.pupils.as_ref().and_then(|(source, _)| source.origin.exported)
    }

    /// Where the files came from, pupils first.
    pub(super) fn sources(&self) -> Vec<&Source> {
        let pupils = self.pupils.iter().map(|(source, _)| source);
        let guardians = self.guardians.iter().map(|(source, _)| source);
        pupils.chain(guardians).chain(self.staff.iter().map(|(source, _)| source)).collect()
    }
}

/// The files, unless something is fatal: what is, is in the plan then.
pub(super) fn accept(school: &School, given: &Given<'_>, plan: &mut Plan) -> Option<Files> {
    let mut taken = Files::default();
    let mut years: Vec<(String, SchoolYear)> = Vec::new();
    let mut digests: Vec<String> = Vec::new();
    for (path, bytes) in &given.files {
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
        // The name is held to the school before anything is read (IMP-11).
        if let Some(named) = named(name) {
            let of = Origin { uai: Some(named.uai), year: Some(named.year), ..Origin::default() };
            if !is_ours(school, given, name, &of, "son nom dit qu’il est", (plan, &mut taken)) {
                continue;
            }
        }
        let file = match open(name, bytes) {
            Ok(file) => file,
            Err(error) => {
                let help = "exportez de nouveau le fichier de SIECLE ou de STS-WEB, et donnez-le sans l’ouvrir";
                plan.say(Weight::Fatal, format!("{} : {error}", quoted(name)), Some(help));
                continue;
            }
        };
        if digests.contains(&file.digest) {
            plan.say(Weight::Note, format!("{} est donné deux fois", quoted(name)), None);
            continue;
        }
        digests.push(file.digest.clone());
        if file.mislabelled {
            let said = format!(
                "{} annonce un encodage et en a un autre (UTF-8) : quelqu’un l’a enregistré de nouveau ; il est lu \
                 tel qu’il est",
                quoted(name)
            );
            plan.say(Weight::Note, said, None);
        }
        let fine = is_ours(school, given, name, &file.origin, "il est", (plan, &mut taken));
        if !(fine & is_latest(school, given, &file, (plan, &mut taken))) {
            continue;
        }
        if let Some(year) = file.origin.year {
            years.push((name.to_owned(), year));
        }
        put(file, &mut taken, plan);
    }
    if let Some((name, year)) = years.first() {
        taken.year = Some(*year);
        if let Some((other, its)) = years.iter().find(|(_, its)| its != year) {
            let said = format!(
                "{} est de l’année {year} et {} de l’année {its} : il les faut de la même année",
                quoted(name),
                quoted(other)
            );
            plan.say(
                Weight::Fatal,
                said,
                Some("exportez de nouveau les fichiers, la même année choisie"),
            );
        }
    }
    if plan.is_refused() {
        return None;
    }
    together(school, &mut taken, plan);
    (!plan.is_refused()).then_some(taken)
}

/// Puts a file in its place; two of one kind are refused.
fn put(file: SourceFile, taken: &mut Files, plan: &mut Plan) {
    let SourceFile { name, digest, origin, kind, .. } = file;
    let label = kind.label();
    let source = |kind| Source { kind, name: name.clone(), digest, origin };
    let twice = match kind {
        SourceKind::Pupils(file) => {
            let before = taken.pupils.replace((source(ImportedKind::Pupils), file));
            before.map(|(source, _)| source)
        }
        SourceKind::Guardians(file) => {
            let before = taken.guardians.replace((source(ImportedKind::Guardians), file));
            before.map(|(source, _)| source)
        }
        SourceKind::Staff(file) => {
            let before = taken.staff.replace((source(ImportedKind::Staff), file));
            before.map(|(source, _)| source)
        }
    };
    if let Some(other) = twice {
        let said = format!(
            "{} et {} donnent tous deux {label} : il n’en faut qu’un",
            quoted(&other.name),
            quoted(&name)
        );
        plan.say(Weight::Fatal, said, Some("gardez le plus récent"));
    }
}

/// Whether a file is of this school and of a year that is expected; told when it is not.
fn is_ours(
    school: &School,
    given: &Given<'_>,
    name: &str,
    origin: &Origin,
    verb: &str,
    (plan, taken): (&mut Plan, &mut Files),
) -> bool {
    let ours = &school.establishment.uai;
    let mut fine = true;
    match &origin.uai {
        Some(uai) if !uai.eq_ignore_ascii_case(ours) => {
            let said = format!(
                "{} n’est pas de cet établissement : {verb} de {uai}, et l’établissement est {ours}",
                quoted(name)
            );
            fine &= allow(given.allowed.other_school, "--other-school", said, (plan, taken));
        }
        Some(_) => {}
        None => {
            let said = format!("{} ne dit pas de quel établissement il vient", quoted(name));
            fine &= allow(given.allowed.other_school, "--other-school", said, (plan, taken));
        }
    }
    let current = school.current_year();
    let next = SchoolYear(current.0 + 1);
    match origin.year {
        Some(year) if year == current => {}
        // Offices pass to the new year in summer.
        Some(year) if year == next && given.today >= summer(current) => {}
        Some(year) => {
            let said = format!(
                "{} n’est pas de l’année en cours : {verb} de {year}, et l’établissement est en {current}",
                quoted(name)
            );
            fine &= allow(given.allowed.other_year, "--other-year", said, (plan, taken));
        }
        None => {
            let said = format!("{} ne dit pas de quelle année il est", quoted(name));
            plan.say(Weight::Fatal, said, Some("exportez de nouveau le fichier"));
            fine = false;
        }
    }
    fine
}

/// Whether no later file of the same kind was imported for the same year; told when there was.
fn is_latest(
    school: &School,
    given: &Given<'_>,
    file: &SourceFile,
    (plan, taken): (&mut Plan, &mut Files),
) -> bool {
    let origin = &file.origin;
    let kind = match &file.kind {
        SourceKind::Pupils(_) => ImportedKind::Pupils,
        SourceKind::Guardians(_) => ImportedKind::Guardians,
        SourceKind::Staff(_) => ImportedKind::Staff,
    };
    let of_year = school.imports.iter().filter(|import| Some(import.key.0) == origin.year);
    let files =
        of_year.flat_map(|import| &import.record.fichiers).filter(|file| file.genre == kind);
    let last = files.filter_map(|file| moment(file.exporte_le, file.horodatage.as_deref())).max();
    let this = moment(origin.exported, origin.stamp.as_deref());
    let (Some(this), Some(last)) = (this, last) else { return true };
    if this >= last {
        return true;
    }
    let shown = |(day, hour): (Date, String)| format!("{} {hour}", short_date(day));
    let said = format!(
        "{} a été exporté le {}, avant le fichier déjà importé, du {} : il remettrait de vieilles données",
        quoted(&file.name),
        shown(this).trim_end(),
        shown(last).trim_end()
    );
    allow(given.allowed.older, "--older", said, (plan, taken))
}

/// Tells what is refused unless it was allowed; what was is kept.
fn allow(
    allowed: bool,
    option: &str,
    said: String,
    (plan, taken): (&mut Plan, &mut Files),
) -> bool {
    if allowed {
        let forced = format!("{said} ; accepté par {option}");
        if !taken.forced.contains(&forced) {
            plan.say(Weight::Note, forced.clone(), None);
            taken.forced.push(forced);
        }
        return true;
    }
    let help = format!("si c’est voulu, ajoutez {option} : le compte rendu le gardera");
    if plan.remarks.iter().all(|remark| remark.sentence != said) {
        plan.say(Weight::Fatal, said, Some(&help));
    }
    false
}

/// The first day on which the files of the next year are expected.
fn summer(year: SchoolYear) -> Date {
    Date::new(year.0 + 1, 6, 1).unwrap_or(year.last_day())
}

/// The moment of an export, in an order that can be compared: year, month, day, hour.
fn moment(day: Option<Date>, stamp: Option<&str>) -> Option<(Date, String)> {
    let hour = stamp.and_then(|stamp| stamp.split_once(' '));
    Some((day?, hour.map(|(_, hour)| hour.trim().to_owned()).unwrap_or_default()))
}

/// Holds the set of files to what a year, and each of them, needs.
fn together(school: &School, taken: &mut Files, plan: &mut Plan) {
    let current = school.current_year();
    let Some(year) = taken.year else { return };
    taken.is_next = year.0 == current.0 + 1;
    taken.is_past = year != current && !taken.is_next;
    let missing: Vec<&str> = [
        (taken.pupils.is_none(), "ElevesSansAdresses.xml"),
        (taken.guardians.is_none(), "ResponsablesAvecAdresses.xml"),
        (taken.staff.is_none(), "sts_emp_UAI_ANNÉE.xml"),
    ]
    .into_iter()
    .filter_map(|(is, name)| is.then_some(name))
    .collect();
    // A new year needs all three (IMP-02).
    let begun = school.year(year).is_some_and(|year| !year.classes.is_empty());
    if !missing.is_empty() && (taken.is_next || !begun) {
        let said = format!("l’année {year} commence : il manque {}", and_list(&missing));
        let help = "au changement d’année, donnez les trois fichiers ensemble";
        plan.say(Weight::Fatal, said, Some(help));
        return;
    }
    let lacks = match (&taken.pupils, &taken.guardians) {
        (Some(_), None) => Some(("ElevesSansAdresses", "ResponsablesAvecAdresses")),
        (None, Some(_)) => Some(("ResponsablesAvecAdresses", "ElevesSansAdresses")),
        _ => None,
    };
    if let Some((given, lacking)) = lacks {
        // One without the other would leave pupils half done (IMP-04).
        let said = format!("{given} est donné sans {lacking} : rien n’est importé pour les élèves");
        let weight = if taken.staff.is_some() { Weight::ToDo } else { Weight::Fatal };
        plan.say(
            weight,
            said,
            Some("exportez les deux fichiers le même jour et donnez-les ensemble"),
        );
        (taken.pupils, taken.guardians) = (None, None);
        return;
    }
    let days = taken.sources().into_iter().filter_map(|source| source.origin.exported);
    if let (Some(first), Some(last)) = (days.clone().min(), days.max())
        && first != last
    {
        let said = format!(
            "élèves et responsables n’ont pas été exportés le même jour ({} et {})",
            long_date(first),
            long_date(last)
        );
        plan.say(Weight::Note, said, None);
    }
    if let Some((source, file)) = &taken.pupils {
        if file.pupils.is_empty() {
            let said = format!("{} ne contient aucun élève", quoted(&source.name));
            plan.say(Weight::Fatal, said, Some("exportez de nouveau le fichier"));
        } else if !file.has_structures {
            let said = format!(
                "dans {}, aucun élève n’a de division : SIECLE ne les donne parfois que le lendemain de la saisie",
                quoted(&source.name)
            );
            plan.say(Weight::Fatal, said, Some("refaites l’export demain"));
        }
    }
}
