//! The books of a few pupils: a page for each thing they are proud of, with its picture.

use toml::Table;

use super::calendar::today;
use super::corpus::{list, numbers, strings, text};
use super::dates::Date;
use super::emit::Document;
use super::names::{Ids, slug};
use super::picture;
use super::pupils::Pupil;
use super::rng::Dice;
use super::scenarios::short;
use super::trades::Trades;
use super::world::{Journeys, World};

/// A page that pupils of some diplomas could write.
pub(crate) struct Model {
    families: Vec<String>,
    title: String,
    place: String,
    detail: String,
    competences: Vec<String>,
    scene: String,
    description: String,
    body: String,
    months: Vec<i32>,
}

/// Reads the pages of the corpus.
pub(crate) fn models(source: &str) -> Vec<Model> {
    let table: Table = source.parse().unwrap_or_default();
    list(&table, "pages")
        .map(|page| Model {
            families: strings(page, "familles"),
            title: text(page, "titre"),
            place: text(page, "lieu"),
            detail: text(page, "precision"),
            competences: strings(page, "competences"),
            scene: text(page, "scene"),
            description: text(page, "description"),
            body: text(page, "texte"),
            months: numbers(page, "mois"),
        })
        .collect()
}

/// Writes the book of a pupil: path relative to `content/`, bytes.
pub(crate) fn write(
    world: &World<'_>,
    journeys: &Journeys<'_>,
    trades: &Trades,
    models: &[Model],
    index: usize,
) -> Vec<(String, Vec<u8>)> {
    let Some(pupil) = world.pupils.get(index) else {
        return Vec::new();
    };
    let mut dice = world.dice(&format!("book/{}", pupil.id));
    if !dice.percent(9) {
        return Vec::new();
    }
    let mut order: Vec<&Model> = models.iter().collect();
    dice.shuffle(&mut order);
    let wanted = dice.between(1, 3) as usize;
    let mut ids = Ids::default();
    let mut found = Vec::new();
    let mut written = 0;
    for model in order {
        let Some(occasion) = occasion(world, journeys, trades, model, index, pupil, &mut dice)
        else {
            continue;
        };
        let name = ids.give(&short(&model.title));
        let folder = format!("{}/book/{name}", pupil.folder());
        let photo = format!("{}.png", slug(&model.scene));
        found
            .push((format!("{folder}.md"), page(model, &occasion, &photo, &mut dice).into_bytes()));
        found.push((format!("{folder}/{photo}"), picture::draw(&model.scene, &mut dice)));
        written += 1;
        if written == wanted {
            break;
        }
    }
    found
}

/// When and where it happened, and the competences that the diploma knows.
struct Occasion {
    date: Date,
    detail: String,
    competences: Vec<String>,
}

fn occasion(
    world: &World<'_>,
    journeys: &Journeys<'_>,
    trades: &Trades,
    model: &Model,
    index: usize,
    pupil: &Pupil,
    dice: &mut Dice,
) -> Option<Occasion> {
    let suits = |diploma: &str| {
        trades.family(diploma).is_some_and(|family| model.families.contains(&family.name))
    };
    let month = |day: &Date| model.months.is_empty() || model.months.contains(&day.month());
    let (date, detail, diploma) = if model.place == "entreprise" {
        journeys.of(index).iter().find_map(|placement| {
            let span = placement.learner.span;
            let day = span.last.plus(-dice.between(0, 6));
            let day = if day.is_weekend() { day.monday().plus(4) } else { day };
            let day = day.clamp(span.first, span.last);
            let fits = day <= today() && month(&day) && suits(&placement.period.diploma);
            let host = placement.host().filter(|_| fits)?;
            Some((day, host.name, placement.period.diploma.clone()))
        })?
    } else {
        pupil.stays.iter().find_map(|stay| {
            let division = world.plan.divisions.get(stay.division)?;
            let year = world.plan.years.get(division.year)?;
            let lessons = year.lessons(division);
            let day = *dice.pick(&lessons)?;
            let there = day <= today() && pupil.stay(stay.division, day).is_some();
            (there && month(&day) && suits(&division.diploma))
                .then(|| (day, model.detail.clone(), division.diploma.clone()))
        })?
    };
    let known = world.known.get(&diploma)?;
    let competences =
        model.competences.iter().filter(|code| known.place(code).is_some()).cloned().collect();
    Some(Occasion { date, detail, competences })
}

fn page(model: &Model, occasion: &Occasion, photo: &str, dice: &mut Dice) -> String {
    let mut header = Document::new();
    header.string("titre", &model.title);
    header.value("date", occasion.date);
    header.string("lieu", &model.place);
    header.optional("precision", &occasion.detail);
    if !occasion.competences.is_empty() {
        header.strings("competences", &occasion.competences);
    }
    if dice.percent(12) {
        header.value("choisie", false);
    }
    header.entry("photos");
    header.string("fichier", photo);
    header.string("description", &model.description);
    format!("+++\n{}+++\n\n{}\n", header.finish(), model.body)
}
