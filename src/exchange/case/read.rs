//! A CASE package that a stranger may have made: bounded, and read for what a référentiel needs.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value;

use super::OURS;

/// Largest package that is read, in bytes.
const LARGEST: usize = 30_000_000;
/// Most items and associations.
const MOST: usize = 50_000;

/// A package, as far as it is of use.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Package {
    #[serde(rename = "CFDocument")]
    pub(super) document: Option<Document>,
    #[serde(rename = "CFItems")]
    pub(super) items: Option<Vec<Item>>,
    #[serde(rename = "CFAssociations")]
    pub(super) associations: Option<Vec<Association>>,
    #[serde(rename = "CFDefinitions")]
    definitions: Option<Definitions>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Document {
    pub(super) identifier: Option<String>,
    pub(super) uri: Option<String>,
    pub(super) title: Option<String>,
    pub(super) creator: Option<String>,
    pub(super) version: Option<String>,
    #[serde(rename = "officialSourceURL")]
    pub(super) official_source: Option<String>,
    pub(super) status_start_date: Option<String>,
    pub(super) status_end_date: Option<String>,
    extensions: Option<Value>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Item {
    pub(super) identifier: Option<String>,
    pub(super) full_statement: Option<String>,
    pub(super) abbreviated_statement: Option<String>,
    pub(super) human_coding_scheme: Option<String>,
    pub(super) list_enumeration: Option<String>,
    #[serde(rename = "CFItemType")]
    pub(super) item_type: Option<String>,
    #[serde(rename = "CFItemTypeURI")]
    pub(super) item_type_uri: Option<Link>,
    pub(super) education_level: Option<Vec<String>>,
    extensions: Option<Value>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Association {
    pub(super) association_type: Option<String>,
    pub(super) sequence_number: Option<f64>,
    #[serde(rename = "originNodeURI")]
    pub(super) origin: Option<Link>,
    #[serde(rename = "destinationNodeURI")]
    pub(super) destination: Option<Link>,
    extensions: Option<Value>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Link {
    pub(super) identifier: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Definitions {
    #[serde(rename = "CFItemTypes")]
    types: Option<Vec<ItemType>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct ItemType {
    identifier: Option<String>,
    title: Option<String>,
    type_code: Option<String>,
}

/// Reads a package.
///
/// # Errors
/// A French sentence: what keeps it from being one.
pub(super) fn read(bytes: &[u8]) -> Result<Package, String> {
    if bytes.len() > LARGEST {
        return Err(format!("le fichier dépasse {} Mo", LARGEST / 1_000_000));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let value: Value = serde_json::from_slice(bytes)
        .map_err(|_| "ce n’est pas un fichier JSON entier".to_owned())?;
    // Some servers wrap what they give.
    let value = match value {
        Value::Object(mut object) if object.contains_key("CFPackage") => {
            object.remove("CFPackage").unwrap_or_default()
        }
        value => value,
    };
    if value.get("CFDocument").is_none() {
        return Err("ce n’est pas un paquet CASE : CFDocument y manque".to_owned());
    }
    let package: Package = serde_json::from_value(value).map_err(|_| {
        "ce n’est pas un paquet CASE : une de ses parties n’a pas la forme voulue".to_owned()
    })?;
    let many = package
        .items
        .as_ref()
        .map_or(0, Vec::len)
        .max(package.associations.as_ref().map_or(0, Vec::len));
    if many > MOST {
        return Err(format!("le paquet contient plus de {MOST} éléments"));
    }
    Ok(package)
}

fn ours(extensions: Option<&Value>) -> Option<toml::Table> {
    let ours = extensions?.get(OURS)?.as_object()?;
    let mut table = toml::Table::new();
    for (key, value) in ours {
        if let Ok(value) = toml::Value::try_from(value) {
            table.insert(key.clone(), value);
        }
    }
    Some(table)
}

impl Document {
    /// What our own export put there.
    pub(super) fn ours(&self) -> Option<toml::Table> {
        ours(self.extensions.as_ref())
    }
}

impl Item {
    /// What our own export put there.
    pub(super) fn ours(&self) -> Option<toml::Table> {
        ours(self.extensions.as_ref())
    }
}

impl Association {
    /// What our own export put there.
    pub(super) fn ours(&self) -> Option<toml::Table> {
        ours(self.extensions.as_ref())
    }

    /// Both ends.
    pub(super) fn ends(&self) -> Option<(&str, &str)> {
        Some((
            self.origin.as_ref()?.identifier.as_deref()?,
            self.destination.as_ref()?.identifier.as_deref()?,
        ))
    }

    pub(super) fn is(&self, kind: &str) -> bool {
        self.association_type.as_deref() == Some(kind)
    }
}

/// What hangs on what.
#[derive(Debug, Default)]
pub(super) struct Tree<'p> {
    /// The items by identifier.
    pub(super) items: BTreeMap<&'p str, &'p Item>,
    /// The children of each item, in order.
    pub(super) children: BTreeMap<&'p str, Vec<&'p str>>,
    /// Items that hang on none.
    pub(super) roots: Vec<&'p str>,
}

impl Package {
    /// Whether it is of our own making.
    pub(super) fn is_ours(&self) -> bool {
        let extensions = self.document.as_ref().and_then(|document| document.extensions.as_ref());
        extensions.is_some_and(|extensions| extensions.get(OURS).is_some_and(Value::is_object))
    }

    /// The words that tell what an item is: its type, and what the type is called elsewhere.
    pub(super) fn type_words(&self, item: &Item) -> String {
        let mut words: Vec<&str> = item.item_type.iter().map(String::as_str).collect();
        let id = item.item_type_uri.as_ref().and_then(|link| link.identifier.as_deref());
        let types = self.definitions.as_ref().and_then(|all| all.types.as_ref());
        let found =
            types.into_iter().flatten().find(|one| one.identifier.as_deref() == id && id.is_some());
        if let Some(found) = found {
            words.extend(found.type_code.iter().chain(&found.title).map(String::as_str));
        }
        words.join(" ")
    }

    /// The items as a tree: an item that hangs on several stays where it was said first.
    pub(super) fn tree(&self) -> Tree<'_> {
        let mut tree = Tree::default();
        let mut order = BTreeMap::new();
        for (n, item) in self.items.iter().flatten().enumerate() {
            if let Some(id) = item.identifier.as_deref() {
                tree.items.entry(id).or_insert(item);
                order.entry(id).or_insert(n);
            }
        }
        let root = self.document.as_ref().and_then(|document| document.identifier.as_deref());
        let mut parents: BTreeMap<&str, (Option<&str>, f64)> = BTreeMap::new();
        for association in self.associations.iter().flatten().filter(|one| one.is("isChildOf")) {
            let Some((child, parent)) = association.ends() else { continue };
            let parent = (Some(parent) != root).then_some(parent);
            if child == parent.unwrap_or_default()
                || !tree.items.contains_key(child)
                || parent.is_some_and(|parent| !tree.items.contains_key(parent))
            {
                continue;
            }
            let place = association.sequence_number.filter(|place| place.is_finite());
            parents.entry(child).or_insert((parent, place.unwrap_or(f64::MAX)));
        }
        let mut ids: Vec<&str> = tree.items.keys().copied().collect();
        let place = |id: &str| parents.get(id).map_or(f64::MAX, |(_, place)| *place);
        let listed = |id: &str| {
            let listed = tree.items.get(id).and_then(|item| item.list_enumeration.as_deref());
            listed.map(crate::text::natural_key)
        };
        ids.sort_by(|a, b| {
            place(a)
                .total_cmp(&place(b))
                .then_with(|| listed(a).cmp(&listed(b)))
                .then_with(|| order.get(a).cmp(&order.get(b)))
        });
        for id in ids {
            match parents.get(id).and_then(|(parent, _)| *parent) {
                Some(parent) => tree.children.entry(parent).or_default().push(id),
                None => tree.roots.push(id),
            }
        }
        tree
    }
}

impl<'p> Tree<'p> {
    pub(super) fn children(&self, id: &str) -> &[&'p str] {
        self.children.get(id).map_or(&[], Vec::as_slice)
    }

    /// How many items cannot be reached from a root: those of circles.
    pub(super) fn unreached(&self) -> usize {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut next: Vec<&str> = self.roots.clone();
        while let Some(id) = next.pop() {
            if seen.insert(id) {
                next.extend(self.children(id));
            }
        }
        self.items.len() - seen.len()
    }
}
