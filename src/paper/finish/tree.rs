//! The structure tree as a tree that can be changed, read from the file and written back to it with
//! the tables that lead from content to structure.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::FinishError;

/// More than any document of a school has.
const MOST_ELEMENTS: usize = 400_000;

/// The structure of a document.
pub(super) struct Tree {
    /// The elements, in no order: `Tree::in_order` gives one. Those cut off stay here.
    pub(super) elements: Vec<Element>,
    /// The elements without parent.
    pub(super) roots: Vec<usize>,
    /// The object that holds them.
    root: ObjectId,
    /// What it says beside them, such as the meaning of its own types.
    rest: Dictionary,
}

/// A heading, a paragraph, a cell …
pub(super) struct Element {
    /// Its object.
    id: ObjectId,
    /// What it says of itself, without its parent and kids.
    pub(super) dict: Dictionary,
    /// The element around it.
    pub(super) parent: Option<usize>,
    /// What it holds, in reading order.
    pub(super) kids: Vec<Kid>,
}

/// What an element holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kid {
    /// Another element.
    Element(usize),
    /// A sequence of marked content.
    Content(Content),
    /// An annotation on a page.
    Object {
        /// The page.
        page: ObjectId,
        /// The annotation.
        object: ObjectId,
    },
}

/// Where a sequence of marked content stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Content {
    /// The page where it shows.
    pub(super) page: ObjectId,
    /// The form that holds it; none when the page itself does.
    pub(super) form: Option<ObjectId>,
    /// Its number there.
    pub(super) number: u32,
}

impl Element {
    /// Its type, such as `TD`.
    pub(super) fn kind(&self) -> &[u8] {
        self.dict.get(b"S").and_then(Object::as_name).unwrap_or_default()
    }

    /// Changes its type.
    pub(super) fn become_kind(&mut self, kind: &str) {
        self.dict.set("S", Object::Name(kind.into()));
    }

    /// The elements that it holds.
    pub(super) fn inner(&self) -> impl Iterator<Item = usize> + '_ {
        self.kids.iter().filter_map(|kid| match kid {
            Kid::Element(index) => Some(*index),
            _ => None,
        })
    }
}

impl Tree {
    /// Reads the structure of a document.
    ///
    /// # Errors
    /// When it has none, or one that is no tree.
    pub(super) fn read(document: &Document) -> Result<Self, FinishError> {
        let root = document.catalog()?.get(b"StructTreeRoot").and_then(Object::as_reference);
        let root = root.map_err(|_| FinishError::Untagged)?;
        let top = document.get_dictionary(root)?;
        let mut rest = top.clone();
        for key in [&b"K"[..], b"ParentTree", b"ParentTreeNextKey", b"IDTree"] {
            rest.remove(key);
        }
        let mut tree = Self { elements: Vec::new(), roots: Vec::new(), root, rest };
        let mut seen = BTreeSet::from([root]);
        // Kids wait with their parent and the page of the parent.
        let mut waiting: Waiting<'_> = Vec::new();
        wait(&mut waiting, None, None, top, document);
        while let Some((parent, page, kid)) = waiting.pop() {
            let (id, kid) = document.dereference(kid)?;
            let kid = match kid {
                Object::Integer(number) => Kid::Content(Content {
                    page: page.ok_or(FinishError::Structure)?,
                    form: None,
                    number: u32::try_from(*number).map_err(|_| FinishError::Structure)?,
                }),
                Object::Dictionary(dict) => {
                    let own = dict.get(b"Pg").and_then(Object::as_reference).ok().or(page);
                    if let Ok(number) = dict.get(b"MCID").and_then(Object::as_i64) {
                        Kid::Content(Content {
                            page: own.ok_or(FinishError::Structure)?,
                            form: dict.get(b"Stm").and_then(Object::as_reference).ok(),
                            number: u32::try_from(number).map_err(|_| FinishError::Structure)?,
                        })
                    } else if let Ok(object) = dict.get(b"Obj").and_then(Object::as_reference) {
                        Kid::Object { page: own.ok_or(FinishError::Structure)?, object }
                    } else {
                        let id = id.ok_or(FinishError::Structure)?;
                        if !seen.insert(id) || tree.elements.len() >= MOST_ELEMENTS {
                            return Err(FinishError::Structure);
                        }
                        let index = tree.elements.len();
                        wait(&mut waiting, Some(index), own, dict, document);
                        let mut dict = dict.clone();
                        for key in [&b"K"[..], b"P", b"Pg", b"Type"] {
                            dict.remove(key);
                        }
                        tree.elements.push(Element { id, dict, parent, kids: Vec::new() });
                        Kid::Element(index)
                    }
                }
                Object::Null => continue,
                _ => return Err(FinishError::Structure),
            };
            match (parent, kid) {
                (Some(parent), kid) => tree.elements[parent].kids.push(kid),
                (None, Kid::Element(index)) => tree.roots.push(index),
                (None, _) => return Err(FinishError::Structure),
            }
        }
        Ok(tree)
    }

    /// Adds an element, which its parent does not hold yet.
    pub(super) fn add(&mut self, document: &mut Document, kind: &str, parent: usize) -> usize {
        let dict = dictionary! { "S" => Object::Name(kind.into()) };
        let id = document.new_object_id();
        self.elements.push(Element { id, dict, parent: Some(parent), kids: Vec::new() });
        self.elements.len() - 1
    }

    /// The elements of the tree, each before those that it holds.
    pub(super) fn in_order(&self) -> Vec<usize> {
        let mut order = Vec::with_capacity(self.elements.len());
        let mut waiting: Vec<usize> = self.roots.iter().rev().copied().collect();
        while let Some(index) = waiting.pop() {
            order.push(index);
            let from = waiting.len();
            waiting.extend(self.elements[index].inner());
            waiting[from..].reverse();
        }
        order
    }

    /// The kind of the nearest element around `index`, itself included, for which `wanted` holds.
    pub(super) fn around(&self, index: usize, wanted: impl Fn(&[u8]) -> bool) -> Option<usize> {
        std::iter::successors(Some(index), |at| self.elements[*at].parent)
            .find(|at| wanted(self.elements[*at].kind()))
    }

    /// Writes the structure back, with the table that leads from content to it, and the names
    /// given (an identifier and its element, in order).
    ///
    /// # Errors
    /// When content stands where no table can lead to it.
    pub(super) fn write(
        &self,
        document: &mut Document,
        names: &BTreeMap<Vec<u8>, usize>,
    ) -> Result<(), FinishError> {
        let mut owners: BTreeMap<i64, Owner> = BTreeMap::new();
        for index in self.in_order() {
            let element = &self.elements[index];
            let mut dict = element.dict.clone();
            let parent = element.parent.map_or(self.root, |parent| self.elements[parent].id);
            dict.set("P", parent);
            let page = element.kids.iter().find_map(|kid| match kid {
                Kid::Content(content) if content.form.is_none() => Some(content.page),
                _ => None,
            });
            if let Some(page) = page {
                dict.set("Pg", page);
            }
            let mut kids = Vec::with_capacity(element.kids.len());
            for kid in &element.kids {
                kids.push(self.kid(kid, page));
                match kid {
                    Kid::Element(_) => {}
                    Kid::Content(content) => {
                        let holder = content.form.unwrap_or(content.page);
                        let key = key(document, holder, b"StructParents")?;
                        let owner =
                            owners.entry(key).or_insert_with(|| Owner::Numbers(BTreeMap::new()));
                        let Owner::Numbers(numbers) = owner else {
                            return Err(FinishError::Structure);
                        };
                        numbers.insert(content.number, element.id);
                    }
                    Kid::Object { object, .. } => {
                        let key = key(document, *object, b"StructParent")?;
                        owners.insert(key, Owner::Whole(element.id));
                    }
                }
            }
            match kids.len() {
                0 => {}
                1 => dict.set("K", kids.swap_remove(0)),
                _ => dict.set("K", kids),
            }
            document.objects.insert(element.id, Object::Dictionary(dict));
        }
        self.write_root(document, owners, names)
    }

    fn kid(&self, kid: &Kid, here: Option<ObjectId>) -> Object {
        match kid {
            Kid::Element(index) => self.elements[*index].id.into(),
            Kid::Content(Content { page, form: None, number }) if here == Some(*page) => {
                i64::from(*number).into()
            }
            Kid::Content(Content { page, form, number }) => {
                let mut dict = dictionary! {
                    "Type" => "MCR", "Pg" => *page, "MCID" => i64::from(*number),
                };
                if let Some(form) = form {
                    dict.set("Stm", *form);
                }
                dict.into()
            }
            Kid::Object { page, object } => {
                dictionary! { "Type" => "OBJR", "Pg" => *page, "Obj" => *object }.into()
            }
        }
    }

    fn write_root(
        &self,
        document: &mut Document,
        owners: BTreeMap<i64, Owner>,
        names: &BTreeMap<Vec<u8>, usize>,
    ) -> Result<(), FinishError> {
        let next = owners.keys().next_back().map_or(0, |last| last + 1);
        let mut numbers: Vec<Object> = Vec::new();
        for (key, owner) in owners {
            numbers.push(key.into());
            numbers.push(match owner {
                Owner::Whole(element) => element.into(),
                Owner::Numbers(held) => {
                    let last = held.keys().next_back().copied().unwrap_or_default();
                    if last as usize > MOST_ELEMENTS {
                        return Err(FinishError::Structure);
                    }
                    let owner = |number| held.get(&number).map_or(Object::Null, |id| (*id).into());
                    document.add_object(Object::Array((0..=last).map(owner).collect())).into()
                }
            });
        }
        let kids: Vec<Object> =
            self.roots.iter().map(|root| self.elements[*root].id.into()).collect();
        let parents = document.add_object(dictionary! { "Nums" => numbers });
        let mut named: Vec<Object> = Vec::new();
        for (name, index) in names {
            named.push(Object::string_literal(name.clone()));
            named.push(self.elements[*index].id.into());
        }
        let mut top = self.rest.clone();
        top.set("Type", "StructTreeRoot");
        top.set("K", kids);
        top.set("ParentTree", parents);
        top.set("ParentTreeNextKey", next);
        let roles = super::repair::roles(self);
        if !roles.is_empty() && !top.has(b"RoleMap") {
            top.set("RoleMap", roles);
        }
        if !named.is_empty() {
            top.set("IDTree", document.add_object(dictionary! { "Names" => named }));
        }
        document.objects.insert(self.root, top.into());
        Ok(())
    }
}

/// What a key of the table leads to.
enum Owner {
    Whole(ObjectId),
    Numbers(BTreeMap<u32, ObjectId>),
}

fn key(document: &Document, holder: ObjectId, name: &[u8]) -> Result<i64, FinishError> {
    let dict = match document.get_object(holder)? {
        Object::Dictionary(dict) => dict,
        Object::Stream(stream) => &stream.dict,
        _ => return Err(FinishError::Structure),
    };
    dict.get(name).and_then(Object::as_i64).map_err(|_| FinishError::Structure)
}

type Waiting<'a> = Vec<(Option<usize>, Option<ObjectId>, &'a Object)>;

/// Puts the kids of `dict` on the stack, the first one on top.
fn wait<'a>(
    waiting: &mut Waiting<'a>,
    parent: Option<usize>,
    page: Option<ObjectId>,
    dict: &'a Dictionary,
    document: &'a Document,
) {
    let Ok(kids) = dict.get(b"K") else { return };
    match document.dereference(kids) {
        Ok((_, Object::Array(kids))) => {
            waiting.extend(kids.iter().rev().map(|kid| (parent, page, kid)));
        }
        _ => waiting.push((parent, page, kids)),
    }
}
