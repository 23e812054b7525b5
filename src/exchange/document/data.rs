//! What a document is filled with: named texts, and lists of things that have names of their own.

use std::collections::BTreeMap;

use crate::text::{nearest_all, or_list, quoted, slug};

/// What the names of a template may mean, whether or not there is anything to put there.
#[derive(Debug)]
pub struct Names {
    /// Names of texts.
    pub texts: &'static [&'static str],
    /// Names of texts in Markdown, which become whole paragraphs.
    pub proses: &'static [&'static str],
    /// Names of the things that are several, each with its own names.
    pub lists: &'static [(&'static str, &'static Names)],
}

/// What a template is filled with, or one thing of a list.
#[derive(Clone, Debug, Default)]
pub struct Data {
    /// Texts by name, those in Markdown too.
    pub texts: BTreeMap<&'static str, String>,
    /// Things by the name of their kind.
    pub lists: BTreeMap<&'static str, Vec<Data>>,
}

impl Data {
    /// The same with a text.
    #[must_use]
    pub fn text(mut self, name: &'static str, text: impl Into<String>) -> Self {
        self.texts.insert(name, text.into());
        self
    }

    /// The same with a list.
    #[must_use]
    pub fn list(mut self, name: &'static str, things: Vec<Self>) -> Self {
        self.lists.insert(name, things);
        self
    }
}

/// What a placeholder stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A text of the whole.
    Text(&'static str),
    /// A text in Markdown of the whole.
    Prose(&'static str),
    /// A text of one thing of a list.
    Of(&'static str, &'static str),
    /// A list itself: in a condition only.
    List(&'static str),
}

/// The words between braces, without what keyboards and word processors add: accents, capitals, plurals
/// and no-break spaces do not count.
fn plain(words: &str) -> String {
    words.split('.').map(slug).collect::<Vec<_>>().join(".")
}

impl Names {
    /// What the words of a placeholder mean; if nothing, what may have been meant.
    pub(super) fn meaning(&'static self, words: &str) -> Result<Meaning, Option<String>> {
        let wanted = plain(words);
        let known = self.all();
        if let Some((_, meaning)) = known.iter().find(|(name, _)| plain(name) == wanted) {
            return Ok(meaning.clone());
        }
        if let Some((_, meaning)) = known.iter().find(|(name, meaning)| {
            matches!(meaning, Meaning::List(_)) && format!("{name}s") == wanted
        }) {
            return Ok(meaning.clone());
        }
        let near = nearest_all(&wanted, known.iter().map(|(name, _)| name.as_str()));
        let near: Vec<String> =
            near.into_iter().take(3).map(|name| quoted(&format!("{{{{ {name} }}}}"))).collect();
        Err((!near.is_empty()).then(|| or_list(&near)))
    }

    /// All names, as they are written, with what they mean.
    pub(super) fn all(&'static self) -> Vec<(String, Meaning)> {
        let texts = self.texts.iter().map(|name| ((*name).to_owned(), Meaning::Text(name)));
        let proses = self.proses.iter().map(|name| ((*name).to_owned(), Meaning::Prose(name)));
        let mut all: Vec<_> = texts.chain(proses).collect();
        self.add_lists(&mut all);
        all
    }

    fn add_lists(&'static self, all: &mut Vec<(String, Meaning)>) {
        for (list, names) in self.lists {
            if all.iter().any(|(_, meaning)| *meaning == Meaning::List(list)) {
                continue;
            }
            all.push(((*list).to_owned(), Meaning::List(list)));
            for name in names.texts {
                all.push((format!("{list}.{name}"), Meaning::Of(list, name)));
            }
            names.add_lists(all);
        }
    }

    /// Whether one list is held by the things of another.
    pub(super) fn holds(&'static self, outer: &str, inner: &str) -> bool {
        self.lists.iter().any(|(list, names)| {
            (*list == outer && names.lists.iter().any(|(name, _)| *name == inner))
                || names.holds(outer, inner)
        })
    }
}
