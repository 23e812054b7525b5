//! The report that the import of each rentrée left: what SIECLE and STS brought.

use super::corpus::{Corpus, text};
use super::dates::Date;
use super::emit::Document;
use super::pupils::Pupil;
use super::structure::Plan;

/// The day of the import of a school year.
pub(crate) fn day(start: i32) -> Date {
    Date::new(start, 8, 31)
}

/// Writes the reports. `keep` tells the divisions that opened.
pub(crate) fn write(
    corpus: &Corpus,
    plan: &Plan,
    pupils: &[Pupil],
    keep: &dyn Fn(usize) -> bool,
) -> Vec<(String, String)> {
    let year_of = |place: usize| plan.divisions.get(place).map(|division| division.year);
    let report = |(index, year): (usize, &super::calendar::SchoolYear)| {
        let here =
            |pupil: &&Pupil| pupil.stays.iter().any(|stay| year_of(stay.division) == Some(index));
        let is_new = |pupil: &&Pupil| {
            pupil.stays.iter().filter_map(|stay| year_of(stay.division)).min() == Some(index)
        };
        let (new, known): (Vec<&Pupil>, Vec<&Pupil>) = pupils.iter().filter(here).partition(is_new);
        let divisions = plan.divisions.iter().enumerate();
        let classes = divisions.filter(|(place, one)| one.year == index && keep(*place)).count();
        let guardians: usize = new.iter().map(|pupil| pupil.guardians.len()).sum();
        let mut file = Document::new();
        let staff = format!("sts_emp_{}_{}.xml", text(&corpus.school, "uai"), year.start);
        let exported = Date::new(year.start, 8, 30);
        for (kind, name, clock) in [
            ("eleves", "ElevesSansAdresses.xml", Some("17:02:11")),
            ("responsables", "ResponsablesAvecAdresses.xml", Some("17:04:38")),
            ("sts", &staff, None),
        ] {
            file.entry("fichiers");
            file.string("genre", kind);
            file.string("nom", name);
            file.string("sha256", &digest(&format!("{name} {}", year.label())));
            if let Some(clock) = clock {
                file.value("exporte_le", exported);
                file.string("horodatage", &format!("30/08/{} {clock}", year.start));
            }
        }
        let counts = [
            ("classes", classes, 0),
            ("élèves", new.len(), known.len()),
            ("responsables", guardians, 0),
        ];
        for (what, created, changed) in counts.into_iter().filter(|(_, new, known)| new + known > 0)
        {
            file.entry("bilan");
            file.string("quoi", what);
            file.value("crees", created);
            file.value("modifies", changed);
            file.value("desactives", 0);
        }
        (format!("imports/{}/{}.toml", year.label(), day(year.start)), file.finish())
    };
    plan.years.iter().enumerate().map(report).collect()
}

/// No file was ever there: what stands in for its digest depends on its name.
fn digest(name: &str) -> String {
    let digest = ring::digest::digest(&ring::digest::SHA256, name.as_bytes());
    data_encoding::HEXLOWER.encode(digest.as_ref())
}
