//! Which national codes the spécialité of a class has: those of the nomenclature for its MEF, else those of the
//! référentiel. None is guessed.

use crate::school::{Class, School};
use crate::text::slug;

use super::nomenclature::{Nomenclature, Subject, national};

/// The codes of the spécialité of a class.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Codes {
    /// The subject, six digits.
    pub subject: Option<String>,
    /// How it is chosen: O, F or S (common core when nothing says otherwise).
    pub modality: String,
    /// Whether it has marks by period.
    pub marked: bool,
    /// Four digits, and the line of the school's list that the code stands for; a code of the nomenclature that no line
    /// stands for is "not assessed".
    pub competences: Vec<(String, Option<usize>)>,
    /// What lacks, a sentence each.
    pub lacks: Vec<String>,
    /// What is good to know.
    pub notes: Vec<String>,
}

/// Looks for the codes of the pupils of a class who follow a MEF.
pub fn codes(
    school: &School,
    class: &Class,
    mef: Option<&str>,
    nomenclature: Option<&Nomenclature>,
) -> Codes {
    let mut codes = Codes { modality: "S".to_owned(), marked: true, ..Codes::default() };
    let subject =
        nomenclature.and_then(|known| subject_of(school, (class, mef), known, &mut codes));
    match (nomenclature, subject) {
        (Some(known), Some(subject)) => by_nomenclature(school, class, known, subject, &mut codes),
        (Some(_), None) => {}
        (None, _) => by_referential(school, class, &mut codes),
    }
    codes
}

/// The spécialité among the subjects of the MEF of a class.
fn subject_of<'n>(
    school: &School,
    (class, mef): (&Class, Option<&str>),
    known: &'n Nomenclature,
    codes: &mut Codes,
) -> Option<&'n Subject> {
    let name = &class.record.nom;
    let Some(mef) = mef else {
        codes.lacks.push(format!("{name} : code MEF de la classe"));
        return None;
    };
    let Some(subjects) = known.subjects(class.year.0, mef) else {
        let mef = national(mef);
        codes.lacks.push(format!("{name} : MEF {mef} absent de la nomenclature en {}", class.year));
        return None;
    };
    let list = school.referentials[class.diploma].record.lsl.as_ref();
    if let Some(code) = list.and_then(|list| list.matiere.as_deref()) {
        let found = subjects.iter().find(|subject| subject.code == code);
        if found.is_none() {
            codes
                .lacks
                .push(format!("{name} : matière {code} absente de ce MEF dans la nomenclature"));
        }
        return found;
    }
    let rules = school.livret_rules_of(class);
    let Some(wanted) = rules.and_then(|rules| rules.discipline.as_deref()) else {
        codes.lacks.push(format!("{name} : nom de la spécialité dans les règles du livret"));
        return None;
    };
    let wanted_slug = slug(wanted);
    let mut found =
        subjects.iter().filter(|subject| slug(&subject.title).starts_with(&wanted_slug));
    let first = found.next();
    match (first, found.next()) {
        (Some(one), None) => Some(one),
        (None, _) => {
            codes
                .lacks
                .push(format!("{name} : « {wanted} » absente de ce MEF dans la nomenclature"));
            None
        }
        (Some(_), Some(_)) => {
            codes.lacks.push(format!(
                "{name} : plusieurs matières « {wanted} » dans la nomenclature ; le référentiel doit dire laquelle (matiere)"
            ));
            None
        }
    }
}

fn by_nomenclature(
    school: &School,
    class: &Class,
    known: &Nomenclature,
    subject: &Subject,
    codes: &mut Codes,
) {
    codes.subject = Some(subject.code.clone());
    if !subject.modality.is_empty() {
        codes.modality.clone_from(&subject.modality);
    }
    codes.marked = subject.marked;
    let list = school.referentials[class.diploma].record.lsl.as_ref();
    let lines = list.map_or(&[][..], |list| list.competences.as_slice());
    let label = |code: &str| known.label(code, class.year.0).map(slug).unwrap_or_default();
    let mut taken = vec![false; lines.len()];
    for code in &subject.competences {
        let words = label(code);
        let is_line = |line: &crate::record::LslCompetence| match &line.code_national {
            Some(national) => national == code,
            None => {
                words == slug(&line.intitule)
                    || words == slug(&format!("{} {}", line.code, line.intitule))
            }
        };
        let line = lines.iter().enumerate().position(|(n, line)| !taken[n] && is_line(line));
        if let Some(line) = line {
            taken[line] = true;
        }
        codes.competences.push((code.clone(), line));
    }
    let name = &class.record.nom;
    for (line, _) in lines.iter().zip(&taken).filter(|(_, taken)| !**taken) {
        codes.lacks.push(format!(
            "{name} : la compétence {} « {} » n’est pas dans la nomenclature sous ces mots ; le référentiel doit dire \
             son code (code_national)",
            line.code, line.intitule
        ));
    }
    let unknown = codes.competences.iter().filter(|(_, line)| line.is_none());
    let unknown: Vec<&str> = unknown.map(|(code, _)| code.as_str()).collect();
    if !unknown.is_empty() {
        codes.notes.push(format!(
            "{name} : la nomenclature attend aussi {}, que le livret n’a pas : ces compétences partent « non évaluées »",
            unknown.join(", ")
        ));
    }
}

fn by_referential(school: &School, class: &Class, codes: &mut Codes) {
    let referential = &school.referentials[class.diploma].record;
    let list = referential.lsl.as_ref();
    codes.subject = list.and_then(|list| list.matiere.clone());
    let name = &class.record.nom;
    if codes.subject.is_none() {
        codes.lacks.push(format!("{name} : code de la matière de la spécialité"));
    }
    let lines = list.map_or(&[][..], |list| list.competences.as_slice());
    let mut without = 0;
    for (line, one) in lines.iter().enumerate() {
        match &one.code_national {
            Some(code) => codes.competences.push((code.clone(), Some(line))),
            None => without += 1,
        }
    }
    if without > 0 {
        codes.lacks.push(format!(
            "{name} : code national de {}",
            crate::text::count(without, "compétence", "compétences")
        ));
    }
}
