//! A commit: whose hand, when, in a few words.

use std::fmt;
use std::str::FromStr;

use git2::Oid;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The name Git gives to a commit, or to the bytes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectId(pub(super) Oid);

impl ObjectId {
    /// The name that Git would give to these bytes.
    pub fn of_bytes(bytes: &[u8]) -> Option<Self> {
        Oid::hash_object(git2::ObjectType::Blob, bytes).ok().map(Self)
    }

    /// The first characters, as forges show them.
    pub fn short(self) -> String {
        self.to_string().chars().take(8).collect()
    }
}

impl fmt::Display for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for ObjectId {
    type Err = ();

    /// Reads a full name: shorter ones would be completed with zeros.
    fn from_str(text: &str) -> Result<Self, ()> {
        let whole = text.len() == 40;
        whole.then(|| Oid::from_str(text).ok()).flatten().map(Self).ok_or(())
    }
}

impl Serialize for ObjectId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ObjectId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|()| serde::de::Error::custom("no name of an object"))
    }
}

/// Somebody, as a commit names them, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hand {
    /// Name, as the commit says it.
    pub name: String,
    /// E-mail address, in lower case: it says who this is.
    pub email: String,
    /// Seconds since 1970.
    pub at: i64,
    /// Minutes to add to universal time for the time on the clock of the place.
    pub offset: i32,
}

impl Hand {
    pub(super) fn of(signature: &git2::Signature<'_>) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        Self {
            name: text(signature.name_bytes()),
            email: text(signature.email_bytes()).to_lowercase(),
            at: signature.when().seconds(),
            offset: signature.when().offset_minutes(),
        }
    }
}

/// A commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Its name.
    pub id: ObjectId,
    /// Those it comes after; several for a merge, none for the first.
    pub parents: Vec<ObjectId>,
    /// Who wrote.
    pub author: Hand,
    /// Who recorded: the same, or whoever deposited or merged it.
    pub committer: Hand,
    /// First line of its message.
    pub summary: String,
    /// Whether its message names other authors: several commits were made one.
    pub joint: bool,
}

impl Commit {
    /// Whether it brings several lines of work together.
    pub fn is_merge(&self) -> bool {
        self.parents.len() > 1
    }

    pub(super) fn read(repository: &git2::Repository, id: Oid) -> Result<Self, git2::Error> {
        let commit = repository.find_commit(id)?;
        let message = String::from_utf8_lossy(commit.message_bytes());
        let names_others =
            |line: &str| line.trim_start().to_ascii_lowercase().starts_with("co-authored-by:");
        Ok(Self {
            id: ObjectId(id),
            parents: commit.parent_ids().map(ObjectId).collect(),
            author: Hand::of(&commit.author()),
            committer: Hand::of(&commit.committer()),
            summary: message.lines().next().unwrap_or_default().trim().to_owned(),
            joint: message.lines().any(names_others),
        })
    }
}
