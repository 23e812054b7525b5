//! A référentiel as a CASE 1.1 package: items, what ties them, the scales of its grids.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::{Kind, OURS, identifier::uuid};

/// When nothing tells when a référentiel was last changed.
const UNKNOWN_DAY: &str = "1970-01-01T00:00:00Z";

/// A référentiel about to become a package.
#[derive(Clone, Copy)]
pub struct Framework<'f> {
    /// Its code (`mcv-a`).
    pub code: &'f str,
    /// The file as it is written.
    pub table: &'f toml::Table,
    /// When it was last changed, as RFC 3339 in UTC; nothing when no history tells.
    pub changed: Option<&'f str>,
    /// The school that publishes it.
    pub publisher: &'f str,
    /// Where the packages are published, without a final slash; nothing when it is not known: identifiers are
    /// then addresses of their own (`urn:uuid:…`).
    pub base: Option<&'f str>,
    /// The other référentiels, by code.
    pub others: &'f BTreeMap<&'f str, &'f toml::Table>,
}

/// The path of a package below the address of publication: that of the service CASE describes.
pub fn package_path(code: &str, table: &toml::Table) -> String {
    format!("ims/case/v1p1/CFPackages/{}", document_id(code, table))
}

fn document_id(code: &str, table: &toml::Table) -> String {
    uuid(&format!("{code}/{}", text(table, "version").unwrap_or_default()))
}

fn item_id(code: &str, table: &toml::Table, kind: Kind, item: &str) -> String {
    let version = text(table, "version").unwrap_or_default();
    uuid(&format!("{code}/{version}/{}/{item}", kind.code()))
}

fn text<'t>(table: &'t toml::Table, key: &str) -> Option<&'t str> {
    table.get(key).and_then(toml::Value::as_str).map(str::trim).filter(|text| !text.is_empty())
}

fn tables<'t>(table: &'t toml::Table, key: &str) -> impl Iterator<Item = &'t toml::Table> {
    let list = table.get(key).and_then(toml::Value::as_array);
    list.into_iter().flatten().filter_map(toml::Value::as_table)
}

fn texts<'t>(table: &'t toml::Table, key: &str) -> impl Iterator<Item = &'t str> {
    let list = table.get(key).and_then(toml::Value::as_array);
    list.into_iter().flatten().filter_map(toml::Value::as_str)
}

/// What a table says besides some keys, for readers who know our files.
fn besides(table: &toml::Table, keys: &[&str]) -> Option<Value> {
    let mut rest = table.clone();
    rest.retain(|key, _| !keys.contains(&key));
    let rest = serde_json::to_value(rest).ok()?;
    rest.as_object().is_some_and(|rest| !rest.is_empty()).then(|| json!({ OURS: rest }))
}

/// The package being made.
struct Making<'f> {
    framework: &'f Framework<'f>,
    changed: &'f str,
    items: Vec<Value>,
    associations: Vec<Value>,
    known: BTreeSet<String>,
}

/// The package of a référentiel. Nothing in it comes from a pupil, a clock or an order of hashes.
pub fn package(framework: &Framework<'_>) -> Value {
    let changed = framework.changed.unwrap_or(UNKNOWN_DAY);
    let mut making = Making {
        framework,
        changed,
        items: Vec::new(),
        associations: Vec::new(),
        known: BTreeSet::new(),
    };
    making.outline();
    making.matrix();
    making.prepared();
    let rubrics = making.rubrics();
    let types = Kind::ALL.map(|kind| {
        let (title, description, place) = kind.words();
        let id = type_id(kind);
        json!({
            "identifier": id, "uri": making.uri("CFItemTypes", &id), "title": title,
            "description": description, "hierarchyCode": place, "typeCode": kind.code(),
            "lastChangeDateTime": UNKNOWN_DAY,
        })
    });
    let license = license_id();
    let license = json!({
        "identifier": license, "uri": making.uri("CFLicenses", &license), "title": LICENSE.0,
        "licenseText": LICENSE.1, "lastChangeDateTime": UNKNOWN_DAY,
    });
    let mut document = document(framework);
    document.as_object_mut().map(|document| document.remove("CFPackageURI"));
    json!({
        "CFDocument": document,
        "CFItems": making.items,
        "CFAssociations": making.associations,
        "CFDefinitions": { "CFItemTypes": types, "CFLicenses": [license] },
        "CFRubrics": rubrics,
    })
}

const LICENSE: (&str, &str) = (
    "Textes officiels ; transcription sans garantie",
    "Les intitulés sont ceux de textes officiels de la République française. Leur transcription a été faite \
     pour le suivi des compétences d’un établissement et peut contenir des erreurs ou des lacunes, dites dans la \
     description : seul le texte publié au Journal officiel ou au Bulletin officiel fait foi.",
);

fn license_id() -> String {
    uuid("licence/textes-officiels")
}

fn type_id(kind: Kind) -> String {
    uuid(&format!("type/{}", kind.code()))
}

fn uri(framework: &Framework<'_>, collection: &str, id: &str) -> String {
    match framework.base {
        Some(base) => format!("{base}/ims/case/v1p1/{collection}/{id}"),
        None => format!("urn:uuid:{id}"),
    }
}

/// What a package tells of the référentiel as a whole, as the list of documents has it.
pub fn document(framework: &Framework<'_>) -> Value {
    let table = framework.table;
    let id = document_id(framework.code, table);
    let title = title(table);
    let mut document = Map::new();
    let mut set = |key: &str, value: Value| drop(document.insert(key.to_owned(), value));
    set("identifier", json!(id));
    set("uri", json!(uri(framework, "CFDocuments", &id)));
    set(
        "CFPackageURI",
        json!({ "title": title, "identifier": id, "uri": uri(framework, "CFPackages", &id) }),
    );
    set("caseVersion", json!("1.1"));
    set("frameworkType", json!("Référentiel de diplôme professionnel"));
    set("title", json!(title));
    set("creator", json!("Ministère chargé de l’éducation nationale (France)"));
    set("publisher", json!(framework.publisher));
    set("language", json!("fr"));
    set("lastChangeDateTime", json!(framework.changed.unwrap_or(UNKNOWN_DAY)));
    // What is known to be missing keeps it from being the text that was adopted.
    let is_draft = tables(table, "lacunes").next().is_some();
    set("adoptionStatus", json!(if is_draft { "Draft" } else { "Adopted" }));
    if let Some(version) = text(table, "version") {
        set("version", json!(version));
    }
    let session = |key: &str| table.get(key).and_then(toml::Value::as_integer);
    if let Some(first) = session("premiere_session") {
        set("statusStartDate", json!(format!("{first}-01-01")));
    }
    if let Some(last) = session("derniere_session") {
        set("statusEndDate", json!(format!("{last}-12-31")));
    }
    if let Some(address) = official_address(table) {
        set("officialSourceURL", json!(address));
    }
    set("description", json!(description(table)));
    let license = license_id();
    set(
        "licenseURI",
        json!({ "title": LICENSE.0, "identifier": license, "uri": uri(framework, "CFLicenses", &license) }),
    );
    let mut facts =
        besides(table, &["version", "activites", "groupes", "matrice"]).unwrap_or(json!({}));
    facts[OURS]["code"] = json!(framework.code);
    set("extensions", facts);
    Value::Object(document)
}

fn title(table: &toml::Table) -> String {
    let title = text(table, "intitule").unwrap_or_default();
    text(table, "option").map_or_else(|| title.to_owned(), |option| format!("{title}, {option}"))
}

/// The address of the official text, when the file says which of its sources that is.
fn official_address(table: &toml::Table) -> Option<String> {
    let provenance = table.get("provenance")?.as_table()?;
    let id = text(provenance, "texte")?.split([',', ' ']).next()?.strip_prefix("found:")?;
    let source = tables(table, "sources").find(|source| text(source, "id") == Some(id))?;
    let address = text(source, "adresse")?;
    let is_address = address.starts_with("https://") && !address.contains(char::is_whitespace);
    is_address.then(|| address.to_owned())
}

fn description(table: &toml::Table) -> String {
    let mut sentences = vec!["Transcription, et non le texte officiel.".to_owned()];
    let stopped = |label: &str, text: &str| {
        let text = text.trim_end_matches('.');
        format!("{label}{text}.")
    };
    sentences.extend(text(table, "texte").map(|text| stopped("Texte : ", text)));
    sentences.extend(text(table, "rncp").map(|text| stopped("RNCP : ", text)));
    sentences.extend(text(table, "remplace").map(|text| stopped("Remplace : ", text)));
    sentences.extend(text(table, "note").map(|text| stopped("", text)));
    let gaps: Vec<&str> = tables(table, "lacunes").filter_map(|gap| text(gap, "quoi")).collect();
    if !gaps.is_empty() {
        let gaps: Vec<&str> = gaps.iter().map(|gap| gap.trim_end_matches('.')).collect();
        sentences.push(stopped("Ce qui manque encore : ", &gaps.join(" ; ")));
    }
    sentences.join(" ")
}

/// The list of all packages, for people and programs that do not know the service.
pub fn index(frameworks: &[Framework<'_>]) -> Value {
    let lines = frameworks.iter().map(|framework| {
        let table = framework.table;
        json!({
            "code": framework.code,
            "sigle": text(table, "sigle"),
            "intitule": title(table),
            "version": text(table, "version"),
            "identifiant": document_id(framework.code, table),
            "fichier": package_path(framework.code, table),
        })
    });
    json!({ "format": "CASE 1.1", "referentiels": lines.collect::<Vec<_>>() })
}

impl Making<'_> {
    fn uri(&self, collection: &str, id: &str) -> String {
        uri(self.framework, collection, id)
    }

    fn link(&self, collection: &str, id: &str, title: &str) -> Value {
        json!({ "title": title, "identifier": id, "uri": self.uri(collection, id) })
    }

    /// Activities and tasks, then groups, competences and criteria.
    fn outline(&mut self) {
        let table = self.framework.table;
        let document = document_id(self.framework.code, table);
        let root = self.link("CFDocuments", &document, &title(table));
        for (n, activity) in tables(table, "activites").enumerate() {
            let Some(at) = self.item(Kind::Activity, activity, &["taches"], &root, n) else {
                continue;
            };
            for (n, task) in tables(activity, "taches").enumerate() {
                self.item(Kind::Task, task, &[], &at, n);
            }
        }
        let before = tables(table, "activites").count();
        for (n, group) in tables(table, "groupes").enumerate() {
            let at = self.item(Kind::Group, group, &["competences"], &root, before + n);
            let Some(at) = at else { continue };
            for (n, competence) in tables(group, "competences").enumerate() {
                let at = self.item(Kind::Competence, competence, &["criteres"], &at, n);
                let Some(at) = at else { continue };
                for (n, criterion) in tables(competence, "criteres").enumerate() {
                    self.item(Kind::Criterion, criterion, &[], &at, n);
                }
            }
        }
    }

    /// Adds an item below another one; gives the link that leads to it. A code used twice keeps its first place.
    fn item(
        &mut self,
        kind: Kind,
        entry: &toml::Table,
        children: &[&str],
        parent: &Value,
        place: usize,
    ) -> Option<Value> {
        let code = text(entry, "code")?;
        let framework = self.framework;
        let id = item_id(framework.code, framework.table, kind, code);
        if !self.known.insert(id.clone()) {
            return None;
        }
        let statement = text(entry, "intitule").unwrap_or(code);
        let mut item = Map::new();
        let mut set = |key: &str, value: Value| drop(item.insert(key.to_owned(), value));
        set("identifier", json!(id));
        set("uri", json!(self.uri("CFItems", &id)));
        set("fullStatement", json!(statement));
        set("humanCodingScheme", json!(code));
        set("CFItemType", json!(kind.words().0));
        set("CFItemTypeURI", self.link("CFItemTypes", &type_id(kind), kind.words().0));
        set("language", json!("fr"));
        set("lastChangeDateTime", json!(self.changed));
        let levels: Vec<&str> = texts(framework.table, "niveaux").map(level_name).collect();
        if !levels.is_empty() {
            set("educationLevel", json!(levels));
        }
        let session = framework.table.get("premiere_session").and_then(toml::Value::as_integer);
        if let Some(first) = session {
            set("statusStartDate", json!(format!("{first}-01-01")));
        }
        let notes = [("Source : ", text(entry, "source")), ("", text(entry, "note"))];
        let notes: Vec<String> =
            notes.iter().filter_map(|(label, text)| Some(format!("{label}{}", (*text)?))).collect();
        if !notes.is_empty() {
            set("notes", json!(notes.join("\n")));
        }
        let known: Vec<&str> = ["code", "intitule"].iter().chain(children).copied().collect();
        if let Some(rest) = besides(entry, &known) {
            set("extensions", rest);
        }
        self.items.push(Value::Object(item));
        let link = self.link("CFItems", &id, statement);
        self.tie("isChildOf", &link, parent, Some(place + 1), None);
        Some(link)
    }

    /// Adds an association, unless it is there.
    fn tie(
        &mut self,
        kind: &str,
        origin: &Value,
        destination: &Value,
        place: Option<usize>,
        facts: Option<Value>,
    ) {
        let of = |link: &Value| link["identifier"].as_str().unwrap_or_default().to_owned();
        let id = uuid(&format!("lien/{kind}/{}/{}", of(origin), of(destination)));
        if !self.known.insert(id.clone()) {
            return;
        }
        let mut tie = json!({
            "identifier": id,
            "uri": self.uri("CFAssociations", &id),
            "associationType": kind,
            "originNodeURI": origin,
            "destinationNodeURI": destination,
            "lastChangeDateTime": self.changed,
        });
        for node in ["originNodeURI", "destinationNodeURI"] {
            tie[node]["targetType"] = json!("CASE");
        }
        if let Some(place) = place {
            tie["sequenceNumber"] = json!(place);
        }
        if let Some(facts) = facts {
            if facts[OURS]["fort"] == json!(true) {
                tie["notes"] = json!("Lien fort");
            }
            tie["extensions"] = facts;
        }
        self.associations.push(tie);
    }

    /// The link to an item by its code; nothing when there is no such item.
    fn found(&self, kind: Kind, code: &str) -> Option<Value> {
        self.found_in(self.framework.code, self.framework.table, kind, code)
    }

    fn found_in(
        &self,
        diploma: &str,
        table: &toml::Table,
        kind: Kind,
        code: &str,
    ) -> Option<Value> {
        let (outer, inner, innermost) = match kind {
            Kind::Activity => ("activites", None, None),
            Kind::Task => ("activites", Some("taches"), None),
            Kind::Group => ("groupes", None, None),
            Kind::Competence => ("groupes", Some("competences"), None),
            Kind::Criterion => ("groupes", Some("competences"), Some("criteres")),
        };
        let mut entries: Vec<&toml::Table> = tables(table, outer).collect();
        for key in [inner, innermost].into_iter().flatten() {
            entries = entries.into_iter().flat_map(|entry| tables(entry, key)).collect();
        }
        let entry = entries.into_iter().find(|entry| text(entry, "code") == Some(code))?;
        let id = item_id(diploma, table, kind, code);
        Some(self.link("CFItems", &id, text(entry, "intitule").unwrap_or(code)))
    }

    /// Tasks, or activities for all their tasks, and the competences that they call for.
    fn matrix(&mut self) {
        for row in tables(self.framework.table, "matrice") {
            let task = text(row, "tache").and_then(|code| self.found(Kind::Task, code));
            let activity = text(row, "activite").and_then(|code| self.found(Kind::Activity, code));
            for origin in [task, activity].into_iter().flatten() {
                for code in texts(row, "competences") {
                    let Some(competence) = self.found(Kind::Competence, code) else { continue };
                    let mut facts = Map::new();
                    if texts(row, "fortes").any(|strong| strong == code) {
                        facts.insert("fort".into(), json!(true));
                    }
                    if let Some(source) = text(row, "source") {
                        facts.insert("source".into(), json!(source));
                    }
                    let facts = (!facts.is_empty()).then(|| json!({ OURS: facts }));
                    self.tie("isRelatedTo", &origin, &competence, None, facts);
                }
            }
        }
    }

    /// What the seconde of a family prepares for.
    fn prepared(&mut self) {
        let table = self.framework.table;
        let competences = tables(table, "groupes").flat_map(|group| tables(group, "competences"));
        for competence in competences {
            let criteria = tables(competence, "criteres").map(|entry| (Kind::Criterion, entry));
            for (kind, entry) in std::iter::once((Kind::Competence, competence)).chain(criteria) {
                let Some(origin) = text(entry, "code").and_then(|code| self.found(kind, code))
                else {
                    continue;
                };
                for aim in texts(entry, "prepare") {
                    let Some((diploma, code)) = aim.split_once('/') else { continue };
                    let Some(other) = self.framework.others.get(diploma) else { continue };
                    let kinds = [Kind::Criterion, Kind::Competence];
                    let found =
                        kinds.iter().find_map(|kind| self.found_in(diploma, other, *kind, code));
                    if let Some(destination) = found {
                        self.tie("precedes", &origin, &destination, None, None);
                    }
                }
            }
        }
    }

    /// The national grids: what is rated, and what each level says. No score: what a level is worth is a rule of
    /// the exam, not of the grid.
    fn rubrics(&self) -> Vec<Value> {
        let framework = self.framework;
        let version = text(framework.table, "version").unwrap_or_default();
        let grids = tables(framework.table, "grilles");
        let mut seen = BTreeSet::new();
        grids
            .filter_map(|grid| {
                let code = text(grid, "code")?;
                let name = format!("{}/{version}/grille/{code}", framework.code);
                let id = uuid(&name);
                if !seen.insert(id.clone()) {
                    return None;
                }
                let criteria = texts(grid, "lignes")
                    .enumerate()
                    .map(|(n, line)| self.rubric_line(grid, (&name, &id), line, n + 1));
                Some(json!({
                    "identifier": id,
                    "uri": self.uri("CFRubrics", &id),
                    "title": format!("{code} : {}", text(grid, "titre").unwrap_or(code)),
                    "lastChangeDateTime": self.changed,
                    "CFRubricCriteria": criteria.collect::<Vec<_>>(),
                }))
            })
            .collect()
    }

    fn rubric_line(
        &self,
        grid: &toml::Table,
        (name, rubric): (&str, &str),
        line: &str,
        place: usize,
    ) -> Value {
        let name = format!("{name}/{place}/{line}");
        let id = uuid(&name);
        let item =
            [Kind::Criterion, Kind::Competence].iter().find_map(|kind| self.found(*kind, line));
        let described = self.descriptors(line);
        let levels = texts(grid, "echelle").enumerate().map(|(n, label)| {
            let level = uuid(&format!("{name}/niveau/{}", n + 1));
            let mut said = json!({
                "identifier": level,
                "uri": self.uri("CFRubricCriterionLevels", &level),
                "quality": label,
                "position": n + 1,
                "rubricCriterionId": id,
                "lastChangeDateTime": self.changed,
            });
            if let Some(descriptor) = described.get(n) {
                said["description"] = json!(descriptor);
            }
            said
        });
        let mut criterion = json!({
            "identifier": id,
            "uri": self.uri("CFRubricCriteria", &id),
            "position": place,
            "rubricId": rubric,
            "lastChangeDateTime": self.changed,
            "CFRubricCriterionLevels": levels.collect::<Vec<_>>(),
        });
        if let Some(item) = item {
            criterion["description"] = item["title"].clone();
            criterion["CFItemURI"] = item;
        }
        criterion
    }

    /// What the four levels of a criterion say.
    fn descriptors(&self, code: &str) -> Vec<&str> {
        let competences =
            tables(self.framework.table, "groupes").flat_map(|group| tables(group, "competences"));
        let mut criteria = competences.flat_map(|competence| tables(competence, "criteres"));
        let found = criteria.find(|criterion| text(criterion, "code") == Some(code));
        found.map(|criterion| texts(criterion, "descripteurs").collect()).unwrap_or_default()
    }
}

/// A year of study as people say it.
fn level_name(level: &str) -> &str {
    use crate::record::StudyLevel;
    StudyLevel::ALL
        .iter()
        .find(|known| known.as_str() == level)
        .map_or(level, |known| known.label())
}
