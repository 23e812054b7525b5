//! The text of a new evaluation made from a scenario: its own copy of it, and one empty row a pupil
//! (SCE-26, EVA-02).

use crate::record::{Resource, quote};
use crate::school::{Class, Ix, Pupil, Scenario, School};

/// The widest line that a list may take, as in the canonical layout.
const WIDTH: usize = 100;

/// The pupils who are in a class to stay: neither gone from the school nor moved elsewhere.
pub fn present_pupils(school: &School, class_ix: Ix<Class>) -> Vec<Ix<Pupil>> {
    let class = &school.classes[class_ix];
    let last_day = class.year.last_day();
    let is_there = |ix: &Ix<Pupil>| {
        let pupil = &school.pupils[*ix];
        pupil.record.inactif_depuis.is_none()
            && pupil.stays.iter().any(|stay| stay.class == class_ix && stay.to >= last_day)
    };
    class.pupils.iter().copied().filter(is_there).collect()
}

/// The evaluation of a class made from a scenario; a question mark stands for what the teacher
/// decides: the day, and who assesses.
pub fn evaluation_text(school: &School, scenario: &Scenario, class: Ix<Class>) -> String {
    let record = &scenario.record;
    let mut text = format!("titre = {}\ndate = ?\nauteur = \"?\"\n", quote(&record.titre));
    text.push_str(&format!("scenario = {}\n", quote(&scenario.id)));
    let complexity = record.complexite.map_or("?", |complexity| complexity.as_str());
    text.push_str(&format!("complexite = {}\n", quote(complexity)));
    if !record.secteurs.is_empty() {
        list(&mut text, "secteurs", &record.secteurs);
    }
    list(&mut text, "taches", &record.taches);
    list(&mut text, "criteres", &record.criteres);
    if let Some(context) = &record.contexte {
        prose(&mut text, "contexte", &context.0);
    }
    for resource in &record.ressources {
        resource_table(&mut text, resource);
    }
    text.push_str("\n[resultats]\n");
    let pupils: Vec<&str> =
        present_pupils(school, class).into_iter().map(|ix| school.pupils[ix].id.as_str()).collect();
    let width = pupils.iter().map(|id| id.len()).max().unwrap_or(0);
    for id in pupils {
        text.push_str(&format!("{id:width$} = []\n"));
    }
    text
}

/// The name of the file: that of the scenario, numbered when the class already has one.
pub(super) fn free_name(school: &School, scenario: &Scenario, class: Ix<Class>) -> String {
    let taken = |name: &str| {
        school.classes[class].evaluations.iter().any(|ix| school.evaluations[*ix].slug == name)
    };
    let mut name = scenario.slug.clone();
    let mut number = 2;
    while taken(&name) {
        name = format!("{}-{number}", scenario.slug);
        number += 1;
    }
    format!("{name}.toml")
}

/// Adds a list, one item a line when it is long.
pub(super) fn list(text: &mut String, key: &str, items: &[String]) {
    let items: Vec<String> = items.iter().map(|item| quote(item)).collect();
    let line = format!("{key} = [{}]", items.join(", "));
    if line.chars().count() <= WIDTH {
        text.push_str(&line);
        text.push('\n');
        return;
    }
    text.push_str(&format!("{key} = [\n"));
    for item in items {
        text.push_str(&format!("  {item},\n"));
    }
    text.push_str("]\n");
}

/// Adds a text.
pub(super) fn prose(text: &mut String, key: &str, prose: &str) {
    if !prose.contains('\n') {
        text.push_str(&format!("{key} = {}\n", quote(prose)));
        return;
    }
    let mut written = String::with_capacity(prose.len());
    for c in prose.chars() {
        match c {
            '\\' => written.push_str("\\\\"),
            '"' => written.push_str("\\\""),
            '\n' | '\t' => written.push(c),
            c if c.is_control() => written.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => written.push(c),
        }
    }
    text.push_str(&format!("{key} = \"\"\"\n{written}\n\"\"\"\n"));
}

fn resource_table(text: &mut String, resource: &Resource) {
    text.push_str(&format!("\n[[ressources]]\ntitre = {}\n", quote(&resource.titre)));
    if let Some(file) = &resource.fichier {
        text.push_str(&format!("fichier = {}\n", quote(file)));
    }
    if let Some(link) = &resource.lien {
        text.push_str(&format!("lien = {}\n", quote(link)));
    }
}
