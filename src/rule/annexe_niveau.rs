//! ANNEXE-NIVEAU: the level of an annex is one of its diploma's.

use std::sync::Arc;

use crate::diagnostic::{Code, Finding, Severity, Site, key_path};
use crate::record::StudyLevel;
use crate::school::{Ix, Referential, School};
use crate::text::and_list;

pub(super) static CODE: Code = Code {
    name: "ANNEXE-NIVEAU",
    severity: Severity::Warning,
    summary: "Le niveau d’une annexe ou d’une période est un niveau de son diplôme",
    explanation: "Une annexe est toujours associée à un référentiel et à un niveau de classe (ANX-02). Dans une \
        famille de métiers, la seconde suit le référentiel de la famille : ses annexes et ses périodes sont \
        rangées avec elle, pas avec la spécialité. On ne demande rien quand une classe de l’année suit \
        vraiment ce diplôme à ce niveau.",
    wrong: "pfmp/annexes/mcv-a/seconde/decouverte.toml",
    right: "pfmp/annexes/mrc/seconde/decouverte.toml",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    let annexes = school.annexes.values().iter().filter_map(|annex| {
        let site = Site::file(&annex.file);
        finding(school, annex.diploma, annex.level, "cette annexe", "rangez le fichier", site)
    });
    let periods = school.periods.values().iter().filter_map(|period| {
        let site = Site::value(&period.file, key_path!["niveau"]);
        let level = period.record.niveau;
        finding(school, period.diploma, level, "cette période", "corrigez niveau ou diplome", site)
    });
    annexes.chain(periods).collect()
}

fn finding(
    school: &School,
    diploma: Ix<Referential>,
    level: StudyLevel,
    what: &str,
    mend: &str,
    site: Site,
) -> Option<Finding> {
    let referential = &school.referentials[diploma];
    let levels = &referential.record.niveaux;
    let followed = school
        .classes
        .values()
        .iter()
        .any(|class| class.diploma == diploma && class.record.niveau == level);
    if levels.is_empty() || levels.contains(&level) || followed {
        return None;
    }
    let names: Vec<String> = levels.iter().map(|level| level.label().to_lowercase()).collect();
    let message = format!(
        "{what} est en {}, mais le référentiel {} n’est suivi qu’en {}",
        level.label().to_lowercase(),
        referential.record.sigle,
        and_list(&names)
    );
    let family = school.referentials.values().iter().find(|other| {
        other.record.famille.is_some()
            && other.record.famille == referential.record.famille
            && other.record.niveaux.contains(&level)
    });
    let file: &Arc<str> = &site.file;
    let help = match family {
        Some(other) if file.starts_with("pfmp/annexes/") => {
            format!("{mend} dans pfmp/annexes/{}/{}/", other.code, level.as_str())
        }
        Some(other) => format!("écrivez diplome = \"{}\", ou corrigez le niveau", other.code),
        None if file.starts_with("pfmp/annexes/") => {
            format!("{mend} dans le dossier d’un niveau de ce diplôme")
        }
        None => mend.to_owned(),
    };
    Some(Finding::new(&CODE, site, message).help(help))
}
