//! What a commit changed below a folder: trees compared as Git stores them, equal ones never opened.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::rc::Rc;

use git2::{Odb, OdbObject, Oid};

/// Most bytes of trees that are kept at hand; all are dropped when there are more.
const AT_HAND: usize = 48 * 1024 * 1024;

/// What a name of a tree leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    File,
    Tree,
    /// A symbolic link or another repository.
    Other,
}

/// A line of a tree.
#[derive(Clone, Copy, Debug)]
struct Item<'t> {
    /// All of it, as it stands in the tree.
    line: &'t [u8],
    kind: Kind,
    name: &'t [u8],
    id: &'t [u8],
}

impl Item<'_> {
    fn id(&self) -> Result<Oid, git2::Error> {
        Oid::from_bytes(self.id)
    }

    /// The order of trees: by names, those of folders ending with a slash.
    fn order(&self, other: &Self) -> Ordering {
        let common = self.name.len().min(other.name.len());
        let end = |item: &Self| match (item.name.get(common), item.kind) {
            (Some(next), _) => *next,
            (None, Kind::Tree) => b'/',
            (None, _) => 0,
        };
        self.name[..common].cmp(&other.name[..common]).then_with(|| end(self).cmp(&end(other)))
    }
}

/// The lines of a tree, from its bytes.
#[derive(Clone, Copy, Debug)]
struct Items<'t>(&'t [u8]);

impl<'t> Iterator for Items<'t> {
    type Item = Item<'t>;

    fn next(&mut self) -> Option<Item<'t>> {
        let space = self.0.iter().take(8).position(|byte| *byte == b' ')?;
        let (mode, rest) = (&self.0[..space], &self.0[space + 1..]);
        let end = rest.iter().position(|byte| *byte == 0)?;
        let (name, id) = (&rest[..end], rest.get(end + 1..end + 21)?);
        let (line, after) = self.0.split_at(space + 1 + end + 21);
        self.0 = after;
        let kind = match mode {
            b"40000" => Kind::Tree,
            _ if mode.starts_with(b"100") => Kind::File,
            _ => Kind::Other,
        };
        Some(Item { line, kind, name, id })
    }
}

impl<'t> Items<'t> {
    /// Goes past this very line, if it comes next: most lines of two trees are the same.
    fn skip(&mut self, line: &[u8]) -> bool {
        let after = self.0.strip_prefix(line);
        self.0 = after.unwrap_or(self.0);
        after.is_some()
    }

    /// Goes up to what has the place of an item; what comes before it is passed, and told.
    fn reach(
        &mut self,
        item: &Item<'_>,
        passed: &mut dyn FnMut(Item<'t>) -> Result<(), git2::Error>,
    ) -> Result<Option<Item<'t>>, git2::Error> {
        loop {
            let mut after = *self;
            let Some(next) = after.next() else { return Ok(None) };
            let order = next.order(item);
            if order.is_gt() {
                return Ok(None);
            }
            *self = after;
            if order.is_eq() {
                return Ok(Some(next).filter(|next| next.kind == item.kind));
            }
            passed(next)?;
        }
    }
}

/// Trees of a repository, each read once as long as there is room.
pub(super) struct Trees<'r> {
    odb: &'r Odb<'r>,
    at_hand: HashMap<Oid, Rc<OdbObject<'r>>>,
    size: usize,
}

impl<'r> Trees<'r> {
    pub(super) fn new(odb: &'r Odb<'r>) -> Self {
        Self { odb, at_hand: HashMap::new(), size: 0 }
    }

    fn read(&mut self, id: Oid) -> Result<Rc<OdbObject<'r>>, git2::Error> {
        if let Some(tree) = self.at_hand.get(&id) {
            return Ok(Rc::clone(tree));
        }
        let tree = Rc::new(self.odb.read(id)?);
        if self.size + tree.len() > AT_HAND {
            self.at_hand.clear();
            self.size = 0;
        }
        self.size += tree.len();
        self.at_hand.insert(id, Rc::clone(&tree));
        Ok(tree)
    }

    /// The tree of a folder below another, named with `/`; nothing when it is not there.
    pub(super) fn below(&mut self, tree: Oid, folder: &str) -> Result<Option<Oid>, git2::Error> {
        let mut at = tree;
        for part in folder.split('/').filter(|part| !part.is_empty()) {
            let tree = self.read(at)?;
            let found = Items(tree.data())
                .find(|item| item.kind == Kind::Tree && item.name == part.as_bytes());
            let Some(item) = found else { return Ok(None) };
            at = item.id()?;
        }
        Ok(Some(at))
    }

    /// What a file below a tree holds, named with `/`; nothing when it is not there.
    pub(super) fn file(&mut self, tree: Oid, path: &str) -> Result<Option<Oid>, git2::Error> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let Some(folder) = self.below(tree, folder)? else { return Ok(None) };
        let tree = self.read(folder)?;
        let found =
            Items(tree.data()).find(|item| item.kind == Kind::File && item.name == name.as_bytes());
        found.map(|item| item.id()).transpose()
    }

    /// Tells each file below a tree that has other bytes, or is not there, in every one of the
    /// older trees: all files when there is no older tree. Rights of files are not looked at.
    /// Hidden files and names that cannot be written on a line are left out.
    pub(super) fn changed(
        &mut self,
        tree: Oid,
        older: &[Oid],
        tell: &mut dyn FnMut(&str, Oid),
    ) -> Result<(), git2::Error> {
        // Where a parent lacks the folder nothing can be gone: what is gone is not asked for.
        let mut given = |path: &str, _: Option<Oid>, after: Option<Oid>| {
            if let Some(after) = after {
                tell(path, after);
            }
        };
        self.compare(Some(tree), older, false, &mut String::new(), &mut given)
    }

    /// Does what [`Trees::changed`] does, and tells too what each file was in the first of the older
    /// trees, and the files that all of them have and the tree lacks.
    pub(super) fn differences(
        &mut self,
        tree: Option<Oid>,
        older: &[Option<Oid>],
        tell: &mut Tell<'_>,
    ) -> Result<(), git2::Error> {
        let there: Vec<Oid> = older.iter().flatten().copied().collect();
        let whole = !older.is_empty() && there.len() == older.len();
        self.compare(tree, &there, whole, &mut String::new(), tell)
    }

    /// `whole` says that each parent has this folder: only then can something be gone from all.
    fn compare(
        &mut self,
        tree: Option<Oid>,
        older: &[Oid],
        whole: bool,
        path: &mut String,
        tell: &mut Tell<'_>,
    ) -> Result<(), git2::Error> {
        if tree.is_some_and(|tree| older.contains(&tree)) || tree.is_none() && !whole {
            return Ok(());
        }
        let tree = tree.map(|tree| self.read(tree)).transpose()?;
        let older: Vec<_> = older.iter().map(|id| self.read(*id)).collect::<Result<_, _>>()?;
        let mut sides: Vec<_> = older.iter().map(|tree| Items(tree.data())).collect();
        let mut below = Vec::new();
        for item in Items(tree.as_ref().map_or(&[], |tree| tree.data())) {
            below.clear();
            let (mut same, mut before) = (false, None);
            for (side, items) in sides.iter_mut().enumerate() {
                if items.skip(item.line) {
                    same = true;
                    continue;
                }
                let gone = &mut |gone: Item<'_>| match side {
                    0 if whole => self.gone(&gone, &older[1..], path, tell),
                    _ => Ok(()),
                };
                if let Some(old) = items.reach(&item, gone)? {
                    same |= old.id == item.id;
                    before = before.or_else(|| (side == 0).then_some(old.id));
                    below.push(old.id);
                }
            }
            if same || item.kind == Kind::Other {
                continue;
            }
            let Some(name) = usable(item.name) else { continue };
            let length = path.len();
            path.push_str(name);
            if item.kind == Kind::File {
                tell(path, before.map(Oid::from_bytes).transpose()?, Some(item.id()?));
            } else {
                path.push('/');
                let below = ids(&below)?;
                let whole = whole && below.len() == older.len();
                self.compare(Some(item.id()?), &below, whole, path, tell)?;
            }
            path.truncate(length);
        }
        if whole && let [first, ..] = sides[..] {
            for gone in first {
                self.gone(&gone, &older[1..], path, tell)?;
            }
        }
        Ok(())
    }

    /// Tells what the first parent has and the tree lacks, if the other parents have it too.
    fn gone(
        &mut self,
        item: &Item<'_>,
        others: &[Rc<OdbObject<'r>>],
        path: &mut String,
        tell: &mut Tell<'_>,
    ) -> Result<(), git2::Error> {
        let mut below = vec![item.id];
        for other in others {
            let mut items = Items(other.data());
            match items.find(|other| other.name == item.name && other.kind == item.kind) {
                Some(other) => below.push(other.id),
                None => return Ok(()),
            }
        }
        let Some(name) = usable(item.name) else { return Ok(()) };
        let length = path.len();
        path.push_str(name);
        match item.kind {
            Kind::File => tell(path, Some(item.id()?), None),
            Kind::Tree => {
                path.push('/');
                self.compare(None, &ids(&below)?, true, path, tell)?;
            }
            Kind::Other => {}
        }
        path.truncate(length);
        Ok(())
    }
}

/// Told of a file: its path, what it was, what it is.
pub(super) type Tell<'t> = dyn FnMut(&str, Option<Oid>, Option<Oid>) + 't;

fn ids(bytes: &[&[u8]]) -> Result<Vec<Oid>, git2::Error> {
    bytes.iter().map(|id| Oid::from_bytes(id)).collect()
}

/// A name that a record may have.
fn usable(name: &[u8]) -> Option<&str> {
    let name = std::str::from_utf8(name).ok()?;
    (!name.starts_with('.') && !name.contains(char::is_control)).then_some(name)
}
