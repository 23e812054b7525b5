//! A template being filled: what stands between double braces is replaced, rows and paragraphs are repeated.
//!
//! Word processors cut a text into stretches wherever they please; so the text of a paragraph is read whole,
//! and what replaces a placeholder stands in the stretch where it began.

use super::TemplateError;
use super::data::{Data, Meaning, Names};
use super::prose::{self, Block, ListUse};
use super::tree::{Element, Node};
use crate::text::quoted;

/// Most elements of a document that is being filled.
const LARGEST: usize = 2_000_000;

/// How a family of documents names the things that filling needs.
pub(super) struct Dialect {
    /// Paragraphs and headings.
    pub(super) paragraphs: &'static [&'static str],
    /// Rows of tables and entries of lists: repeated whole.
    pub(super) rows: &'static [&'static str],
    /// Tables and lists: gone when nothing in them has anything to say.
    pub(super) wholes: &'static [&'static str],
    /// What must hold a paragraph, and end with one.
    pub(super) cells: &'static [&'static str],
    /// The only element whose text is text of the document; any if none is named.
    pub(super) text: Option<&'static str>,
    /// Elements that stand for a blank.
    pub(super) blanks: &'static [&'static str],
    /// Elements whose text is not text of the document.
    pub(super) silent: &'static [&'static str],
    /// What may stand once only: not in copies of a row.
    pub(super) anchors: &'static [&'static str],
    /// Paragraphs and lists in place of a paragraph that is a model for them.
    pub(super) prose: fn(&Element, &[Block], &mut Vec<ListUse>) -> Vec<Node>,
}

/// One filling of one part.
pub(super) struct Filling<'f> {
    pub(super) dialect: &'static Dialect,
    pub(super) names: &'static Names,
    pub(super) data: &'f Data,
    /// Lists that texts in Markdown have brought.
    pub(super) lists: Vec<ListUse>,
    /// Elements made so far.
    pub(super) made: usize,
}

/// What is being repeated where one stands, from the outside in.
type Bound<'f> = Vec<(&'static str, &'f Data)>;

/// What stands between two pairs of braces.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Mark {
    If(Meaning),
    Else,
    End,
    Value(Meaning),
}

struct Placeholder {
    /// Where it stands in the text of its paragraph, braces included.
    at: std::ops::Range<usize>,
    mark: Mark,
    words: String,
}

impl<'f> Filling<'f> {
    /// Fills all that an element holds.
    pub(super) fn fill(&mut self, root: &mut Element) -> Result<(), TemplateError> {
        self.inside(root, &Vec::new())
    }

    /// Fills the facts about a document, where there are texts and no paragraphs.
    pub(super) fn facts(&mut self, part: &mut Element) -> Result<(), TemplateError> {
        for child in &mut part.children {
            match child {
                Node::Element(element) => self.facts(element)?,
                Node::Text(text) => {
                    let mut values = Vec::new();
                    for one in self.placeholders(text)? {
                        match &one.mark {
                            Mark::Value(meaning @ Meaning::Text(_)) => {
                                values.push((one.at.clone(), self.value(meaning, &Vec::new())));
                            }
                            _ => return Err(TemplateError::Alone(one.words)),
                        }
                    }
                    *text = stretch(text, 0, &values);
                }
            }
        }
        Ok(())
    }

    fn inside(&mut self, holder: &mut Element, bound: &Bound<'f>) -> Result<(), TemplateError> {
        let mut conditions: Vec<(bool, bool)> = Vec::new();
        let mut filled = Vec::with_capacity(holder.children.len());
        for child in std::mem::take(&mut holder.children) {
            let Node::Element(element) = child else {
                filled.push(child);
                continue;
            };
            if let Some(mark) = self.direction(&element)? {
                match mark {
                    Mark::If(meaning) => {
                        let outer = conditions.last().is_none_or(|(shown, _)| *shown);
                        conditions.push((outer && !self.is_empty(&meaning, bound), outer));
                    }
                    Mark::Else => {
                        let (shown, outer) =
                            conditions.last_mut().ok_or(TemplateError::Unbalanced("sinon"))?;
                        *shown = *outer && !*shown;
                    }
                    _ => drop(conditions.pop().ok_or(TemplateError::Unbalanced("fin"))?),
                }
            } else if conditions.last().is_none_or(|(shown, _)| *shown) {
                self.element(element, bound, &mut filled)?;
            }
        }
        if !conditions.is_empty() {
            return Err(TemplateError::Unbalanced("si"));
        }
        holder.children = filled;
        let ends_well = |holder: &Element| {
            holder
                .elements()
                .last()
                .is_some_and(|last| self.dialect.paragraphs.contains(&&*last.name))
        };
        if self.dialect.cells.contains(&&*holder.name)
            && !ends_well(holder)
            && let Some(paragraph) = self.dialect.paragraphs.first()
        {
            holder.children.push(Node::Element(Element::new(paragraph, &[])));
        }
        Ok(())
    }

    fn element(
        &mut self,
        element: Element,
        bound: &Bound<'f>,
        filled: &mut Vec<Node>,
    ) -> Result<(), TemplateError> {
        let name = element.name.as_str();
        let is_paragraph = self.dialect.paragraphs.contains(&name);
        let is_row = self.dialect.rows.contains(&name);
        if !is_paragraph && !is_row && !self.dialect.wholes.contains(&name) {
            return self.copy(element, bound, filled);
        }
        let marks = if is_paragraph { self.own(&element)? } else { self.all(&element)? };
        let values = || {
            marks.iter().filter_map(|one| match &one.mark {
                Mark::Value(meaning) => Some((meaning, &one.words)),
                _ => None,
            })
        };
        if values().next().is_none() {
            return self.copy(element, bound, filled);
        }
        if values().all(|(meaning, _)| self.is_empty(meaning, bound)) {
            return Ok(());
        }
        if !is_paragraph && !is_row {
            return self.copy(element, bound, filled);
        }
        let outermost = self.outermost(values().map(|(meaning, _)| meaning), bound);
        match outermost[..] {
            [] if is_paragraph => self.paragraph(element, &marks, bound, filled),
            [] => self.copy(element, bound, filled),
            [list] => {
                for (n, thing) in self.things(list, bound).into_iter().enumerate() {
                    let mut copy = element.clone();
                    if n > 0 {
                        self.without_anchors(&mut copy);
                    }
                    let mut inner = bound.clone();
                    inner.push((list, thing));
                    if is_paragraph {
                        self.element(copy, &inner, filled)?;
                    } else {
                        // What the thing itself has several of is repeated inside its row.
                        self.copy(copy, &inner, filled)?;
                    }
                }
                Ok(())
            }
            // A row in which several lists stand is a frame for them.
            [..] if is_row => self.copy(element, bound, filled),
            [one, other, ..] => Err(TemplateError::Mixed(one, other)),
        }
    }

    /// Takes an element over, with what it holds filled.
    fn copy(
        &mut self,
        mut element: Element,
        bound: &Bound<'f>,
        filled: &mut Vec<Node>,
    ) -> Result<(), TemplateError> {
        self.made += 1;
        if self.made > LARGEST {
            return Err(TemplateError::TooLarge);
        }
        self.inside(&mut element, bound)?;
        filled.push(Node::Element(element));
        Ok(())
    }

    /// Takes a paragraph over, with its own placeholders replaced.
    fn paragraph(
        &mut self,
        element: Element,
        marks: &[Placeholder],
        bound: &Bound<'f>,
        filled: &mut Vec<Node>,
    ) -> Result<(), TemplateError> {
        let text = self.text(&element);
        let mut values = Vec::with_capacity(marks.len());
        for one in marks {
            // Directions stand alone, and were taken before.
            let Mark::Value(meaning) = &one.mark else {
                return Err(TemplateError::Alone(one.words.clone()));
            };
            match meaning {
                Meaning::Prose(name) => {
                    if text.trim().len() > one.at.len() {
                        return Err(TemplateError::Alone(one.words.clone()));
                    }
                    let said = self.data.texts.get(name).map_or("", String::as_str);
                    let blocks = prose::blocks(said);
                    filled.extend((self.dialect.prose)(&element, &blocks, &mut self.lists));
                    return Ok(());
                }
                Meaning::List(name) => return Err(TemplateError::NotAText((*name).to_owned())),
                meaning => {
                    let value = self.value(meaning, bound);
                    let mut range = one.at.clone();
                    // The blank that would have parted it from the next word goes with it.
                    let before = &text[..range.start];
                    let is_first = before.is_empty() || before.ends_with(' ');
                    if value.is_empty() && is_first && text[range.end..].starts_with(' ') {
                        range.end += 1;
                    }
                    values.push((range, value));
                }
            }
        }
        let mut element = element;
        self.replace(&mut element, &values);
        self.copy(element, bound, filled)
    }

    /// What a placeholder stands for here, on one line.
    fn value(&self, meaning: &Meaning, bound: &Bound<'f>) -> String {
        let text = match meaning {
            Meaning::Text(name) | Meaning::Prose(name) => self.data.texts.get(name),
            Meaning::Of(list, name) => {
                let thing = bound.iter().rev().find(|(of, _)| of == list);
                thing.and_then(|(_, thing)| thing.texts.get(name))
            }
            Meaning::List(_) => None,
        };
        let words = text.map_or("", String::as_str).split([' ', '\n', '\t', '\r']);
        words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    }

    fn is_empty(&self, meaning: &Meaning, bound: &Bound<'f>) -> bool {
        match meaning {
            Meaning::List(list) => self.things(list, bound).is_empty(),
            Meaning::Of(list, name) if !bound.iter().any(|(of, _)| of == list) => {
                let empty = |thing: &&Data| thing.texts.get(name).is_none_or(String::is_empty);
                self.things(list, bound).iter().all(empty)
            }
            meaning => self.value(meaning, bound).is_empty(),
        }
    }

    /// The things of a list: those of the thing being repeated, if it has such, else all.
    fn things(&self, list: &str, bound: &Bound<'f>) -> Vec<&'f Data> {
        let inner = bound.iter().rev().find_map(|(_, thing)| thing.lists.get(list));
        inner.or_else(|| self.data.lists.get(list)).into_iter().flatten().collect()
    }

    /// The lists that some names belong to and that are not being repeated; those that another one holds are left out.
    fn outermost<'m>(
        &self,
        meanings: impl Iterator<Item = &'m Meaning>,
        bound: &Bound<'f>,
    ) -> Vec<&'static str> {
        let mut lists: Vec<&'static str> = Vec::new();
        for meaning in meanings {
            if let Meaning::Of(list, _) = meaning
                && !lists.contains(list)
                && !bound.iter().any(|(of, _)| of == list)
            {
                lists.push(list);
            }
        }
        let held = |list: &str| lists.iter().any(|outer| self.names.holds(outer, list));
        lists.iter().copied().filter(|list| !held(list)).collect()
    }

    /// "si …", "sinon" or "fin", when that is all that a paragraph says.
    fn direction(&self, element: &Element) -> Result<Option<Mark>, TemplateError> {
        if !self.dialect.paragraphs.contains(&&*element.name) {
            return Ok(None);
        }
        let marks = self.own(element)?;
        let direction = marks.iter().find(|one| !matches!(one.mark, Mark::Value(_)));
        let Some(direction) = direction else { return Ok(None) };
        if self.text(element).trim().len() > direction.at.len() {
            return Err(TemplateError::Alone(direction.words.clone()));
        }
        Ok(Some(direction.mark.clone()))
    }

    /// The placeholders of all paragraphs below an element.
    fn all(&self, element: &Element) -> Result<Vec<Placeholder>, TemplateError> {
        let mut paragraphs = Vec::new();
        element.each(&mut |one| {
            if self.dialect.paragraphs.contains(&&*one.name) {
                paragraphs.push(one);
            }
        });
        let marks = paragraphs.into_iter().map(|one| self.own(one));
        Ok(marks.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }

    /// The placeholders of a paragraph, those of paragraphs inside it left out.
    fn own(&self, paragraph: &Element) -> Result<Vec<Placeholder>, TemplateError> {
        self.placeholders(&self.text(paragraph))
    }

    fn placeholders(&self, text: &str) -> Result<Vec<Placeholder>, TemplateError> {
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(start) = text[from..].find("{{").map(|at| from + at) {
            let end = text[start..].find("}}").map(|at| start + at);
            let end = end.ok_or_else(|| {
                TemplateError::Open(text[start..].chars().take(40).collect::<String>())
            })?;
            let words = text[start + 2..end].trim().to_owned();
            found.push(Placeholder { at: start..end + 2, mark: self.mark(&words)?, words });
            from = end + 2;
        }
        Ok(found)
    }

    fn mark(&self, words: &str) -> Result<Mark, TemplateError> {
        let lowered = words.to_lowercase();
        let parts: Vec<&str> = lowered.split_whitespace().collect();
        let meaning = |words: &str| {
            self.names.meaning(words).map_err(|near| TemplateError::Unknown {
                name: words.to_owned(),
                near: near
                    .map(|near| format!(" ; vouliez-vous écrire {near} ?"))
                    .unwrap_or_default(),
            })
        };
        match parts[..] {
            ["sinon"] => Ok(Mark::Else),
            ["fin"] | ["fin", "si"] => Ok(Mark::End),
            ["si", ref name @ ..] if !name.is_empty() => Ok(Mark::If(meaning(&name.join(" "))?)),
            _ => Ok(Mark::Value(meaning(words)?)),
        }
    }

    /// The text of a paragraph, as its stretches have it.
    fn text(&self, paragraph: &Element) -> String {
        let mut text = String::new();
        self.stretches(paragraph, &mut |stretch| text.push_str(stretch));
        text
    }

    fn stretches(&self, element: &Element, see: &mut dyn FnMut(&str)) {
        let speaks = self.dialect.text.is_none_or(|name| name == element.name);
        for child in &element.children {
            match child {
                Node::Text(text) if speaks => see(text),
                Node::Element(inner) if self.is_blank(inner) => see(" "),
                Node::Element(inner) if self.is_inner(inner) => self.stretches(inner, see),
                _ => {}
            }
        }
    }

    fn is_blank(&self, element: &Element) -> bool {
        self.dialect.blanks.contains(&&*element.name)
    }

    /// Whether the text of an element is text of the paragraph that holds it.
    fn is_inner(&self, element: &Element) -> bool {
        !self.dialect.paragraphs.contains(&&*element.name)
            && !self.dialect.silent.contains(&&*element.name)
    }

    /// Puts values in the place of placeholders.
    fn replace(&self, paragraph: &mut Element, values: &[(std::ops::Range<usize>, String)]) {
        let mut at = 0;
        self.rewrite(paragraph, &mut at, values);
    }

    fn rewrite(
        &self,
        element: &mut Element,
        at: &mut usize,
        values: &[(std::ops::Range<usize>, String)],
    ) {
        let speaks = self.dialect.text.is_none_or(|name| name == element.name);
        let mut changed = false;
        for child in std::mem::take(&mut element.children) {
            match child {
                Node::Text(text) if speaks => {
                    let new = stretch(&text, *at, values);
                    *at += text.len();
                    changed |= new != text;
                    element.children.push(Node::Text(new));
                }
                Node::Element(inner) if self.is_blank(&inner) => {
                    let gone = values.iter().any(|(range, _)| range.contains(at));
                    *at += 1;
                    if !gone {
                        element.children.push(Node::Element(inner));
                    }
                }
                Node::Element(mut inner) if self.is_inner(&inner) => {
                    self.rewrite(&mut inner, at, values);
                    element.children.push(Node::Element(inner));
                }
                other => element.children.push(other),
            }
        }
        if changed && self.dialect.text.is_some() {
            element.set("xml:space", "preserve");
        }
    }

    /// Takes out of a copy what may stand once only.
    fn without_anchors(&self, copy: &mut Element) {
        copy.attributes.retain(|(name, _)| name != "xml:id");
        let anchors = self.dialect.anchors;
        copy.prune(&|element| !anchors.contains(&&*element.name));
        copy.elements_mut().for_each(|element| {
            element.attributes.retain(|(name, _)| name != "xml:id");
        });
    }
}

/// A stretch that begins at a place of its paragraph, with values in the place of placeholders: a value stands
/// where its placeholder begins.
fn stretch(text: &str, from: usize, values: &[(std::ops::Range<usize>, String)]) -> String {
    let mut new = String::with_capacity(text.len());
    let mut done = 0;
    for (range, value) in values {
        let start = range.start.max(from).saturating_sub(from);
        let end = range.end.saturating_sub(from).min(text.len());
        if range.end <= from || start >= text.len() {
            continue;
        }
        new.push_str(&text[done..start]);
        if range.start >= from {
            new.push_str(value);
        }
        done = end;
    }
    new.push_str(&text[done..]);
    new
}

/// A name as a template writes it.
pub(super) fn in_braces(name: &str) -> String {
    quoted(&format!("{{{{ {name} }}}}"))
}
