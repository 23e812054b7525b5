//! The index that the search box reads: a small script, so that it works from a disk too.

use crate::page::{D, Site, Subject, address, anchor};
use crate::school::{Ix, Pupil};

/// Where the index stands.
pub(super) const PATH: &str = "assets/js/index-recherche.js";

/// One line of the index: kind, title, detail, address from the top of the site.
type Line = [String; 4];

/// The index as a script: `window.jalonIndex = [[kind, title, detail, address], …];`. Private
/// scenarios are not in it (SCE-15).
pub fn search_index(site: &Site<'_>) -> String {
    let mut lines: Vec<Line> = Vec::new();
    pupils(site, &mut lines);
    classes(site, &mut lines);
    scenarios(site, &mut lines);
    periods(site, &mut lines);
    site.all_diplomas().for_each(|d| competences(site, d, &mut lines));
    people(site, &mut lines);
    let mut script = String::with_capacity(lines.len() * 96 + 32);
    script.push_str("window.jalonIndex = [");
    for (n, line) in lines.iter().enumerate() {
        script.push_str(if n == 0 { "\n" } else { ",\n" });
        let values: Vec<_> = line.iter().map(|text| serde_json::Value::from(&**text)).collect();
        script.push_str(&harmless(&serde_json::Value::from(values).to_string()));
    }
    script.push_str("\n];\n");
    script
}

/// JSON that can stand in any script: nothing closes an element, nothing breaks a line.
fn harmless(json: &str) -> String {
    json.replace("</", "<\\/")
        .replace("<!", "\\u003c!")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

fn pupils(site: &Site<'_>, lines: &mut Vec<Line>) {
    let school = site.school;
    let mut list: Vec<Ix<Pupil>> = school.pupils.iter().map(|(ix, _)| ix).collect();
    list.sort_by(|a, b| {
        let (a, b) = (&school.pupils[*a], &school.pupils[*b]);
        site.collation.compare_names(a.sort_name(), b.sort_name()).then_with(|| a.id.cmp(&b.id))
    });
    for ix in list {
        let pupil = &school.pupils[ix];
        let Some(stay) = pupil.stays.last() else { continue };
        let class = &school.classes[stay.class];
        let former = pupil.record.inactif_depuis.is_some() || class.year != school.current_year();
        let detail = if former {
            let word = pupil.agree("ancienne apprenante", "ancien apprenant", "ancien apprenant");
            format!("{} ({}), {word}", class.record.nom, class.year)
        } else {
            class.record.nom.clone()
        };
        let at = address(site, Subject::Dashboard(class.diploma, ix));
        lines.push(["Apprenant".into(), pupil.list_name(), detail, at]);
    }
}

fn classes(site: &Site<'_>, lines: &mut Vec<Line>) {
    for year in site.school.years.iter().rev() {
        for ix in &year.classes {
            let class = &site.school.classes[*ix];
            let sigle = &site.school.referentials[class.diploma].record.sigle;
            let detail = format!("{sigle}, {}", class.year);
            let at = address(site, Subject::Class(*ix));
            lines.push(["Classe".into(), class.record.nom.clone(), detail, at]);
        }
    }
}

fn scenarios(site: &Site<'_>, lines: &mut Vec<Line>) {
    for d in site.all_diplomas() {
        let sigle = &site.school.referentials[d].record.sigle;
        for level in crate::record::StudyLevel::ALL {
            for ix in crate::page::shared_scenarios(site, d, *level) {
                let title = site.school.scenarios[ix].record.titre.clone();
                let detail = format!("{sigle}, {}", level.label().to_lowercase());
                let at = address(site, Subject::Scenario(ix));
                lines.push(["Scénario".into(), title, detail, at]);
            }
        }
    }
}

/// A period leads to its portfolios: who has a company, who has been seen.
fn periods(site: &Site<'_>, lines: &mut Vec<Line>) {
    let school = site.school;
    for d in site.all_diplomas() {
        for period in school.periods.values().iter().filter(|period| period.diploma == d) {
            let list = if period.year < school.current_year() {
                Subject::OlderPortfolios(d)
            } else {
                Subject::Portfolios(d)
            };
            let sigle = &school.referentials[d].record.sigle;
            let level = period.record.niveau.label().to_lowercase();
            let detail = format!("{sigle}, {level}, {}", period.year);
            let at = format!("{}#{}", address(site, list), crate::page::portfolio_anchor(period));
            let title = format!("Portfolios, {}", period.record.titre);
            lines.push(["Entreprise".into(), title, detail, at]);
        }
    }
}

fn competences(site: &Site<'_>, d: D, lines: &mut Vec<Line>) {
    let referential = &site.school.referentials[d];
    let page = address(site, Subject::Referential(d));
    for ix in referential.competence_ixs() {
        let record = referential.competence_record(ix);
        let title = format!("{} {}", record.code, record.intitule);
        let at = format!("{page}#{}", anchor("", &record.code));
        lines.push(["Compétence".into(), title, referential.record.sigle.clone(), at]);
    }
}

fn people(site: &Site<'_>, lines: &mut Vec<Line>) {
    let mut list: Vec<_> = site.school.people.iter().collect();
    list.sort_by(|(_, a), (_, b)| {
        site.collation
            .compare_names((&a.record.nom, &a.record.prenom), (&b.record.nom, &b.record.prenom))
            .then_with(|| a.id.cmp(&b.id))
    });
    for (ix, person) in list {
        let title = format!("{} {}", person.record.nom.to_uppercase(), person.record.prenom);
        let detail = person.record.discipline.clone().unwrap_or_else(|| crate::page::roles(person));
        lines.push(["Équipe".into(), title, detail, address(site, Subject::Person(ix))]);
    }
}
