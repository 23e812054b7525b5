//! LSL-AVIS: engagements and opinions of the livret are among those it knows, and keep to their length.

use crate::diagnostic::{Code, Finding, KeyPath, Severity, Site, key_path};
use crate::record::Map;
use crate::school::{Livret, School};
use crate::text::{characters, count, or_list, quoted};

pub(super) static CODE: Code = Code {
    name: "LSL-AVIS",
    severity: Severity::Error,
    summary: "Engagements et avis du livret sont de ceux qu’il connaît, signés, à leur longueur",
    explanation: "Les codes des engagements et de l’avis pour l’examen viennent des règles du livret de la session \
        ([livret.engagements] et [livret.avis_examen] du référentiel commun) ; un engagement ne s’écrit qu’une fois. Un \
        avis, une observation, un visa a un texte, une longueur permise et quelqu’un qui le signe.",
    wrong: "engagements = [\"C\", \"C\"]",
    right: "engagements = [\"C\", \"V\"]",
};

pub(super) fn check(school: &School) -> Vec<Finding> {
    school.livrets.values().iter().flat_map(|livret| of_livret(school, livret)).collect()
}

fn of_livret(school: &School, livret: &Livret) -> Vec<Finding> {
    let Some(rules) = school.livret_rules_of(&school.classes[livret.class]) else {
        return Vec::new();
    };
    let record = &livret.record;
    let mut findings = Vec::new();
    let mut tell = |path: KeyPath, message: String, help: String| {
        let site = Site::value(&livret.file, path);
        findings.push(Finding::new(&CODE, site, message).help(help));
    };
    for (n, code) in record.engagements.iter().enumerate() {
        let path = key_path!["engagements", n];
        if rules.engagements.get(code).is_none() {
            let message = format!("{} n’est pas un engagement du livret", quoted(code));
            tell(path, message, known(&rules.engagements));
        } else if record.engagements[..n].contains(code) {
            let message = format!("l’engagement {} est écrit deux fois", quoted(code));
            tell(path, message, "gardez-le une fois".to_owned());
        }
    }
    if let Some(code) = record.avis_examen.as_ref()
        && rules.avis_examen.get(code).is_none()
    {
        let message = format!("{} n’est pas un avis du livret", quoted(code));
        tell(key_path!["avis_examen"], message, known(&rules.avis_examen));
    }
    let most = rules.avis_max.map_or(usize::MAX, |most| usize::try_from(most.0).unwrap_or(0));
    let over = |text: &str| characters(text).saturating_sub(most);
    let shorten = |over: usize| {
        format!("raccourcissez ce texte d’au moins {}", count(over, "caractère", "caractères"))
    };
    if let Some(text) = record.engagement_autre.as_ref().filter(|text| over(&text.0) > 0) {
        let over = over(&text.0);
        let many = count(over, "caractère de trop", "caractères de trop");
        let message = format!("l’autre engagement compte {many}");
        tell(key_path!["engagement_autre"], message, shorten(over));
    }
    for (key, what, opinion) in [
        ("parcours", "le parcours", &record.parcours),
        ("avis_cpe", "l’observation du CPE", &record.avis_cpe),
        ("avis_investissement", "l’avis sur l’investissement", &record.avis_investissement),
        ("avis_chef", "le visa", &record.avis_chef),
    ] {
        let Some(opinion) = opinion else { continue };
        let text = opinion.texte.as_ref().map_or("", |text| text.0.as_str());
        if text.is_empty() || opinion.par.is_none() {
            let lacks = if text.is_empty() { "de texte" } else { "de signature" };
            let message = format!("{what} n’a pas {lacks}");
            let help = "un avis a son texte (texte) et qui le signe (par)".to_owned();
            tell(key_path![key], message, help);
        } else if over(text) > 0 {
            let message =
                format!("{what} compte {} caractères pour {most} permis", characters(text));
            tell(key_path![key, "texte"], message, shorten(over(text)));
        }
    }
    findings
}

/// The codes that the rules of the session know, each with its words.
fn known(codes: &Map<String>) -> String {
    let all: Vec<String> =
        codes.iter().map(|(code, words)| format!("{} ({words})", quoted(code))).collect();
    match all.as_slice() {
        [] => "les règles de cette session n’en ont pas".to_owned(),
        all => format!("écrivez {}", or_list(all)),
    }
}
