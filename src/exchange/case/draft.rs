//! A CASE package as the draft of a référentiel: what could be read, and what somebody must complete.

use std::collections::{BTreeMap, BTreeSet};

use super::read::{self, Item, Package, Tree};
use super::{Kind, layout};
use crate::diagnostic::Severity;
use crate::exchange::{Plan, Tally, Weight};
use crate::record::layout::lay_out;
use crate::record::{self, Referential, StudyLevel};
use crate::school::School;
use crate::source::{Memory, Source, SourceError, Texts};
use crate::text::{count, is_slug, plural, quoted, slug};

/// Deepest item that is looked at.
const DEPTH: usize = 30;
/// Longest code and longest wording, in characters.
const CODE: usize = 40;
const WORDING: usize = 2_000;

/// What the person who imports wants.
#[derive(Clone, Copy, Debug)]
pub struct DraftWishes<'w> {
    /// The code of the référentiel, which names its file.
    pub code: Option<&'w str>,
}

/// Plans to write a draft from a package. What cannot be is a remark of the plan.
///
/// # Errors
/// When what this school has already cannot be read.
pub fn import(
    school: &School,
    source: &dyn Source,
    bytes: &[u8],
    wishes: &DraftWishes<'_>,
) -> Result<Plan, SourceError> {
    let mut plan = Plan::default();
    let package = match read::read(bytes) {
        Ok(package) => package,
        Err(why) => {
            plan.say(Weight::Fatal, why, None);
            return Ok(plan);
        }
    };
    let Some(code) = code(&package, wishes, &mut plan) else { return Ok(plan) };
    let path = format!("referentials/{code}.toml");
    let draft = Draft::of(&package, &code);
    let text = draft.text(&code);
    if let Some(fault) = fault(&path, &text) {
        let help = "le paquet ne peut pas devenir un référentiel sans être corrigé";
        plan.say(Weight::Fatal, fault, Some(help));
        return Ok(plan);
    }
    if school.files.contains(path.as_str()) {
        if source.read(&path)? == text.as_bytes() {
            plan.say(Weight::Note, format!("ce référentiel est déjà là : {path}"), None);
        } else {
            let sentence = format!("un référentiel porte déjà le code {}", quoted(&code));
            plan.say(Weight::Fatal, sentence, Some("donnez un autre code avec --code"));
        }
        return Ok(plan);
    }
    draft.tell(&mut plan);
    plan.changes.put(path, text);
    Ok(plan)
}

/// The code of the référentiel: the one asked for, that of our own export, or one made from its title.
fn code(package: &Package, wishes: &DraftWishes<'_>, plan: &mut Plan) -> Option<String> {
    let document = package.document.as_ref()?;
    let ours = document.ours();
    let ours = ours.as_ref().and_then(|ours| ours.get("code")).and_then(toml::Value::as_str);
    let title = document.title.as_deref().unwrap_or_default();
    let from_title = || {
        let words: Vec<String> = slug(title).split('-').take(4).map(str::to_owned).collect();
        words.join("-")
    };
    let code = wishes.code.or(ours).map_or_else(from_title, str::to_owned);
    if is_slug(&code) && code.len() <= CODE {
        return Some(code);
    }
    let sentence = format!("{} n’est pas un code de référentiel", quoted(&line(&code, 60)));
    let help = "donnez-en un en minuscules sans accent, chiffres et tirets, avec --code";
    plan.say(Weight::Fatal, sentence, Some(help));
    None
}

/// What keeps a text from being a référentiel.
fn fault(path: &str, text: &str) -> Option<String> {
    let (texts, found) = Texts::read(&Memory::new([(path, text)])).ok()?;
    let (_, more) = record::load(&texts);
    let mut findings = found.iter().chain(&more);
    let fault = findings.find(|finding| finding.code.severity == Severity::Error)?;
    Some(line(&fault.message, 200))
}

/// A text of somebody else on one line, without signs that cannot be written.
fn line(text: &str, longest: usize) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let words: Vec<&str> = plain.split(' ').filter(|word| !word.is_empty()).collect();
    words.join(" ").chars().take(longest).collect()
}

/// A référentiel being made from a package.
struct Draft {
    table: toml::Table,
    /// What could not be guessed, as comments say it.
    doubts: Vec<String>,
    /// Items by what became of them.
    numbers: BTreeMap<Kind, usize>,
    left_out: usize,
    coded: usize,
    links: usize,
    other_links: usize,
}

/// An entry and those that it holds.
type Held = (toml::Table, Vec<toml::Table>);

/// Where items go, while they are walked.
struct Walk<'p> {
    package: &'p Package,
    tree: Tree<'p>,
    activities: Vec<Held>,
    groups: Vec<(toml::Table, Vec<Held>)>,
    codes: BTreeMap<Kind, BTreeSet<String>>,
    /// What each identifier became: its kind and its code; for a criterion, also the code of its competence.
    became: BTreeMap<&'p str, (Kind, String)>,
    left_out: usize,
    coded: usize,
}

impl Draft {
    fn of(package: &Package, code: &str) -> Self {
        let mut walk = Walk {
            package,
            tree: package.tree(),
            activities: Vec::new(),
            groups: Vec::new(),
            codes: BTreeMap::new(),
            became: BTreeMap::new(),
            left_out: 0,
            coded: 0,
        };
        walk.left_out = walk.tree.unreached();
        for root in walk.tree.roots.clone() {
            walk.take(root, None, 0);
        }
        let mut doubts = Vec::new();
        let mut table = facts(package, code, &mut doubts);
        let (rows, links, other_links) = walk.matrix();
        let mut numbers = BTreeMap::new();
        let mut put = |kind, number: usize| {
            numbers.insert(kind, number);
        };
        put(Kind::Activity, walk.activities.len());
        put(Kind::Task, walk.activities.iter().map(|(_, tasks)| tasks.len()).sum());
        put(Kind::Group, walk.groups.len());
        put(Kind::Competence, walk.groups.iter().map(|(_, all)| all.len()).sum());
        let criteria =
            walk.groups.iter().flat_map(|(_, all)| all).map(|(_, criteria)| criteria.len());
        put(Kind::Criterion, criteria.sum());
        let activities = walk.activities.into_iter().map(|(mut activity, tasks)| {
            put_tables(&mut activity, "taches", tasks);
            activity
        });
        put_tables(&mut table, "activites", activities.collect());
        let groups = walk.groups.into_iter().map(|(mut group, competences)| {
            let competences = competences.into_iter().map(|(mut competence, criteria)| {
                put_tables(&mut competence, "criteres", criteria);
                competence
            });
            put_tables(&mut group, "competences", competences.collect());
            group
        });
        put_tables(&mut table, "groupes", groups.collect());
        put_tables(&mut table, "matrice", rows);
        layout::pruned(&mut table, Referential::SHAPE);
        let (left_out, coded) = (walk.left_out, walk.coded);
        Self { table, doubts, numbers, left_out, coded, links, other_links }
    }

    /// The file: what is to be completed first, then the record in its usual layout.
    fn text(&self, code: &str) -> String {
        let mut text = format!("# Référentiel {code}, repris d’un paquet CASE.\n");
        if !self.doubts.is_empty() {
            text.push_str("# Brouillon. À compléter ou à vérifier sur le texte officiel :\n");
        }
        for doubt in &self.doubts {
            text.push_str(&format!("# - {doubt}\n"));
        }
        text.push('\n');
        text.push_str(&layout::written(&self.table, Referential::SHAPE));
        lay_out(&text).unwrap_or(text)
    }

    fn tell(&self, plan: &mut Plan) {
        let number = |kind| self.numbers.get(&kind).copied().unwrap_or(0);
        let mut tally = |noun, feminine, created| {
            plan.tallies.push(Tally { noun, feminine, created, changed: 0, deactivated: 0 });
        };
        tally(("référentiel", "référentiels"), false, 1);
        tally(("activité", "activités"), true, number(Kind::Activity));
        tally(("tâche", "tâches"), true, number(Kind::Task));
        tally(("groupe de compétences", "groupes de compétences"), false, number(Kind::Group));
        tally(("compétence", "compétences"), true, number(Kind::Competence));
        tally(("critère", "critères"), false, number(Kind::Criterion));
        tally(("lien", "liens"), false, self.links);
        for doubt in &self.doubts {
            plan.say(Weight::ToDo, doubt.clone(), None);
        }
        if self.coded > 0 {
            let one = count(self.coded, "élément n’avait", "éléments n’avaient");
            let given = plural(self.coded, "il en a reçu un", "ils en ont reçu un");
            plan.say(
                Weight::ToDo,
                format!("{one} pas de code, ou un code déjà pris : {given}"),
                Some("mettez les codes du texte officiel avant de vous servir du référentiel"),
            );
        }
        if self.left_out > 0 {
            let left = count(self.left_out, "élément du paquet n’a", "éléments du paquet n’ont");
            plan.say(Weight::ToDo, format!("{left} pas trouvé de place dans le référentiel"), None);
        }
        if self.other_links > 0 {
            let left = count(self.other_links, "lien n’est pas repris", "liens ne sont pas repris");
            plan.say(
                Weight::Note,
                format!("{left} : seuls le sont ceux qui vont d’une tâche ou d’une activité à une compétence"),
                None,
            );
        }
    }
}

fn put_tables(table: &mut toml::Table, key: &str, tables: Vec<toml::Table>) {
    if !tables.is_empty() {
        let tables = tables.into_iter().map(toml::Value::Table).collect();
        table.insert(key.to_owned(), toml::Value::Array(tables));
    }
}

fn put_text(table: &mut toml::Table, key: &str, text: &str) {
    table.insert(key.to_owned(), toml::Value::String(text.to_owned()));
}

/// What the package tells of the diploma.
fn facts(package: &Package, code: &str, doubts: &mut Vec<String>) -> toml::Table {
    let empty = read::Document::default();
    let document = package.document.as_ref().unwrap_or(&empty);
    let ours = document.ours();
    let is_ours = ours.is_some();
    let mut table = ours.unwrap_or_default();
    table.remove("code");
    layout::pruned(&mut table, Referential::SHAPE);
    let mut guessed: BTreeMap<&str, &str> = BTreeMap::new();
    let is_lacking = |table: &toml::Table, key: &str| !table.contains_key(key);
    if is_lacking(&table, "sigle") {
        put_text(&mut table, "sigle", &code.to_uppercase());
        guessed.insert("sigle", "hypothèse : fait du code");
        doubts.push("sigle : le paquet n’en donne pas, il a été fait du code".into());
    }
    if is_lacking(&table, "intitule") {
        let title = line(document.title.as_deref().unwrap_or_default(), WORDING);
        put_text(&mut table, "intitule", if title.is_empty() { "À compléter" } else { &title });
    }
    if is_lacking(&table, "genre") {
        put_text(&mut table, "genre", "bac-pro");
        guessed.insert("genre", "hypothèse : le paquet ne le dit pas");
        doubts.push("genre : le paquet ne le dit pas, bac-pro est supposé".into());
    }
    match document
        .version
        .as_deref()
        .map(|version| line(version, 100))
        .filter(|version| !version.is_empty())
    {
        Some(version) => put_text(&mut table, "version", &version),
        None => {
            put_text(&mut table, "version", "à compléter");
            guessed.insert("version", "à compléter");
            doubts.push("version : le paquet n’en donne pas".into());
        }
    }
    if is_lacking(&table, "niveaux") {
        let levels = levels(package);
        if levels.is_empty() {
            doubts.push("niveaux : le paquet n’en donne pas que jalon connaisse, par exemple [\"premiere\", \"terminale\"]".into());
        } else {
            guessed.insert("niveaux", "found:CASE, à vérifier");
            doubts.push("niveaux : lus dans le paquet, à vérifier".into());
        }
        let levels = levels.into_iter().map(|level| toml::Value::String(level.as_str().into()));
        table.insert("niveaux".into(), toml::Value::Array(levels.collect()));
    }
    let sessions = [
        ("premiere_session", &document.status_start_date),
        ("derniere_session", &document.status_end_date),
    ];
    for (key, day) in sessions {
        let year = day.as_deref().and_then(|day| day.get(..4)?.parse::<i64>().ok());
        if let Some(year) = year.filter(|year| !is_ours && (1980..=2200).contains(year)) {
            table.insert(key.into(), toml::Value::Integer(year));
            guessed.insert(key, "found:CASE, année d’entrée en vigueur ou de fin, à vérifier");
            doubts.push(format!("{key} : l’année du paquet est celle de son entrée en vigueur ou de sa fin, à vérifier"));
        }
    }
    if !is_ours {
        let mut source = toml::Table::new();
        put_text(&mut source, "id", "CASE");
        let address = document.official_source.as_deref().or(document.uri.as_deref());
        let address = line(address.unwrap_or("paquet CASE"), 500);
        put_text(&mut source, "adresse", if address.is_empty() { "paquet CASE" } else { &address });
        put_tables(&mut table, "sources", vec![source]);
        let creator = line(document.creator.as_deref().unwrap_or_default(), 200);
        if !creator.is_empty() {
            put_text(&mut table, "note", &format!("Repris d’un paquet CASE de : {creator}."));
        }
        let mut provenance = toml::Table::new();
        let keys: Vec<String> = table
            .iter()
            .filter(|(key, value)| !value.is_table() && *key != "sources" && *key != "note")
            .map(|(key, _)| key.clone())
            .collect();
        for key in keys {
            let source = guessed.get(key.as_str()).copied().unwrap_or("found:CASE");
            put_text(&mut provenance, &key, source);
        }
        table.insert("provenance".into(), toml::Value::Table(provenance));
    }
    table
}

/// The years of study that the items name.
fn levels(package: &Package) -> BTreeSet<StudyLevel> {
    let named =
        package.items.iter().flatten().flat_map(|item| item.education_level.iter().flatten());
    named
        .filter_map(|name| {
            let name = slug(name);
            let grade = match name.as_str() {
                "10" => Some(StudyLevel::Seconde),
                "11" => Some(StudyLevel::Premiere),
                "12" => Some(StudyLevel::Terminale),
                _ => None,
            };
            let known = StudyLevel::ALL.iter().copied();
            grade.or_else(|| {
                known
                    .into_iter()
                    .find(|level| level.as_str() == name || slug(level.label()) == name)
            })
        })
        .collect()
}

/// What the words of a type say that an item is.
fn kind_of(words: &str) -> Option<Kind> {
    let words = slug(words);
    let says = |stems: &[&str]| {
        words.split('-').any(|word| stems.iter().any(|stem| word.starts_with(stem)))
    };
    // "Groupe de compétences" is a group, "critère d’une compétence" a criterion.
    if says(&["critere", "criteri", "indicat", "performance"]) {
        Some(Kind::Criterion)
    } else if says(&[
        "groupe", "group", "bloc", "block", "pole", "domain", "strand", "cluster", "unit",
    ]) {
        Some(Kind::Group)
    } else if says(&["tache", "task"]) {
        Some(Kind::Task)
    } else if says(&["activit", "function", "fonction"]) {
        Some(Kind::Activity)
    } else if says(&["compet", "skill", "standard", "outcome"]) {
        Some(Kind::Competence)
    } else {
        None
    }
}

/// The code of what holds items that hang on nothing.
const OTHERS: &str = "Autres";

fn others<T>(title: &str, before: &[(toml::Table, T)]) -> toml::Table {
    let mut entry = toml::Table::new();
    let code = match before.iter().filter(|(entry, _)| holds_others(entry)).count() {
        0 => OTHERS.to_owned(),
        n => format!("{OTHERS} {}", n + 1),
    };
    put_text(&mut entry, "code", &code);
    put_text(&mut entry, "intitule", title);
    put_text(&mut entry, "source", "found:CASE");
    entry
}

fn holds_others(entry: &toml::Table) -> bool {
    let code = entry.get("code").and_then(toml::Value::as_str);
    code.is_some_and(|code| code.starts_with(OTHERS))
}

fn ends_with_others<T>(all: &[(toml::Table, T)]) -> bool {
    all.last().is_some_and(|(entry, _)| holds_others(entry))
}

impl<'p> Walk<'p> {
    /// Puts an item, then those below it, where they belong.
    fn take(&mut self, id: &'p str, above: Option<Kind>, depth: usize) {
        let Some(item) = self.tree.items.get(id).copied() else { return };
        let children: Vec<&'p str> = self.tree.children(id).to_vec();
        if depth > DEPTH {
            self.left_out += 1;
            return;
        }
        let said = kind_of(&self.package.type_words(item));
        let kind = said.or(match above {
            Some(Kind::Activity) => Some(Kind::Task),
            Some(Kind::Task) => None,
            Some(Kind::Group) => Some(Kind::Competence),
            Some(Kind::Competence | Kind::Criterion) => Some(Kind::Criterion),
            None if children.is_empty() => Some(Kind::Competence),
            None => Some(Kind::Group),
        });
        // A criterion of a group without competence is a competence; a group in a group, too.
        let kind = kind.map(|kind| match (kind, above) {
            (Kind::Criterion, None | Some(Kind::Group)) | (Kind::Group, Some(Kind::Group)) => {
                Kind::Competence
            }
            (Kind::Group | Kind::Competence, Some(Kind::Competence | Kind::Criterion)) => {
                Kind::Criterion
            }
            (kind, _) => kind,
        });
        match kind {
            Some(kind) => self.put(id, item, kind, above),
            None => self.left_out += 1,
        }
        for child in children {
            self.take(child, kind.or(above), depth + 1);
        }
    }

    fn put(&mut self, id: &'p str, item: &Item, kind: Kind, above: Option<Kind>) {
        let nth = match kind {
            Kind::Activity => self.activities.len(),
            Kind::Task => self.activities.last().map_or(0, |(_, tasks)| tasks.len()),
            Kind::Group => self.groups.len(),
            Kind::Competence => self.groups.iter().map(|(_, all)| all.len()).sum(),
            Kind::Criterion => self.last_competence().map_or(0, |(_, criteria)| criteria.len()),
        };
        let code = self.code(item, kind, nth + 1);
        let mut entry = item.ours().unwrap_or_default();
        let statement = item.full_statement.as_deref().or(item.abbreviated_statement.as_deref());
        let statement = line(statement.unwrap_or_default(), WORDING);
        let unsaid = statement.is_empty() || (kind == Kind::Group && statement == code);
        put_text(&mut entry, "code", &code);
        if !unsaid {
            put_text(&mut entry, "intitule", &statement);
        } else if kind != Kind::Group {
            put_text(&mut entry, "intitule", &code);
        }
        let is_ours = self.package.is_ours();
        if !is_ours && matches!(kind, Kind::Activity | Kind::Group) {
            put_text(&mut entry, "source", "found:CASE");
        }
        self.became.insert(id, (kind, code));
        match kind {
            Kind::Activity => self.activities.push((entry, Vec::new())),
            Kind::Task => {
                if above != Some(Kind::Activity) && !ends_with_others(&self.activities) {
                    let others = others("Autres tâches", &self.activities);
                    self.activities.push((others, Vec::new()));
                }
                if let Some((_, tasks)) = self.activities.last_mut() {
                    tasks.push(entry);
                }
            }
            Kind::Group => self.groups.push((entry, Vec::new())),
            Kind::Competence => {
                if above != Some(Kind::Group) && !ends_with_others(&self.groups) {
                    let others = others("Autres compétences", &self.groups);
                    self.groups.push((others, Vec::new()));
                }
                if let Some((_, competences)) = self.groups.last_mut() {
                    competences.push((entry, Vec::new()));
                }
            }
            Kind::Criterion => match self.groups.last_mut().and_then(|(_, all)| all.last_mut()) {
                Some((_, criteria)) => criteria.push(entry),
                None => {
                    self.became.remove(id);
                    self.left_out += 1;
                }
            },
        }
    }

    fn last_competence(&self) -> Option<&Held> {
        self.groups.last().and_then(|(_, all)| all.last())
    }

    /// The code of an item, given or made, which no other one of its kind has.
    fn code(&mut self, item: &Item, kind: Kind, nth: usize) -> String {
        let given = line(item.human_coding_scheme.as_deref().unwrap_or_default(), CODE + 1);
        let used = self.codes.entry(kind).or_default();
        if !given.is_empty() && given.chars().count() <= CODE && used.insert(given.clone()) {
            return given;
        }
        self.coded += 1;
        let above = match kind {
            Kind::Task => self.activities.last().and_then(|(entry, _)| entry.get("code")),
            Kind::Criterion => self
                .groups
                .last()
                .and_then(|(_, all)| all.last())
                .and_then(|(entry, _)| entry.get("code")),
            _ => None,
        };
        let above = above
            .and_then(toml::Value::as_str)
            .map(|code| code.chars().take(CODE).collect::<String>());
        let above = above.unwrap_or_else(|| "A".to_owned());
        let made = |n: usize| match kind {
            Kind::Activity => format!("A{n}"),
            Kind::Task => format!("{above}-T{n}"),
            Kind::Group => format!("G{n}"),
            Kind::Competence => format!("C{n}"),
            Kind::Criterion => format!("{above}.{n}"),
        };
        let mut n = nth;
        while !used.insert(made(n)) {
            n += 1;
        }
        made(n)
    }

    /// The rows of the matrix, how many links they hold, and how many there are besides.
    fn matrix(&self) -> (Vec<toml::Table>, usize, usize) {
        struct Row {
            key: &'static str,
            code: String,
            competences: Vec<String>,
            strong: Vec<String>,
            source: Option<String>,
        }
        let mut rows: Vec<Row> = Vec::new();
        let mut place: BTreeMap<(&str, String), usize> = BTreeMap::new();
        let (mut links, mut others) = (0, 0);
        let is_ours = self.package.is_ours();
        for association in self.package.associations.iter().flatten() {
            // What one référentiel prepares for in another is kept beside the item, in our own packages.
            if association.is("isChildOf") || (is_ours && association.is("precedes")) {
                continue;
            }
            let ends = association.ends().filter(|_| association.is("isRelatedTo"));
            let ends =
                ends.and_then(|(from, to)| Some((self.became.get(from)?, self.became.get(to)?)));
            let ends = ends.and_then(|(from, to)| match (from.0, to.0) {
                (Kind::Task | Kind::Activity, Kind::Competence) => Some((from, to)),
                (Kind::Competence, Kind::Task | Kind::Activity) => Some((to, from)),
                _ => None,
            });
            let Some(((kind, code), (_, competence))) = ends else {
                others += 1;
                continue;
            };
            let key = if *kind == Kind::Task { "tache" } else { "activite" };
            let at = *place.entry((key, code.clone())).or_insert_with(|| {
                rows.push(Row {
                    key,
                    code: code.clone(),
                    competences: Vec::new(),
                    strong: Vec::new(),
                    source: None,
                });
                rows.len() - 1
            });
            let row = &mut rows[at];
            if row.competences.contains(competence) {
                continue;
            }
            links += 1;
            row.competences.push(competence.clone());
            let ours = association.ours().unwrap_or_default();
            if ours.get("fort").and_then(toml::Value::as_bool) == Some(true) {
                row.strong.push(competence.clone());
            }
            let source = ours.get("source").and_then(toml::Value::as_str);
            row.source = row.source.take().or_else(|| source.map(|source| line(source, WORDING)));
        }
        let list = |codes: Vec<String>| {
            toml::Value::Array(codes.into_iter().map(toml::Value::String).collect())
        };
        let rows = rows.into_iter().map(|row| {
            let mut table = toml::Table::new();
            put_text(&mut table, row.key, &row.code);
            table.insert("competences".into(), list(row.competences));
            if !row.strong.is_empty() {
                table.insert("fortes".into(), list(row.strong));
            }
            if let Some(source) = row.source {
                put_text(&mut table, "source", &source);
            }
            table
        });
        (rows.collect(), links, others)
    }
}
