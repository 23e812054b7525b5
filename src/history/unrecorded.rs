//! What stands in the folder and is not recorded in Git yet: judged as the next commit of whoever
//! works here.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::transition::{Read, Side, Transition, paired, read_version};
use crate::record::version;
use crate::source::{Commit, Hand, ObjectId, Past, SourceError, Texts};
use crate::text::Date;

/// The records that are otherwise than in `head`, and whose change it is: nothing when all is
/// recorded, or when Git does not know who works here. Files beside the records are not looked at.
///
/// # Errors
/// When the past cannot be read.
pub fn unrecorded(
    past: &Past,
    head: ObjectId,
    texts: &Texts,
    today: Date,
) -> Result<Option<(Commit, Vec<Transition>)>, SourceError> {
    let Some((name, email)) = past.user() else { return Ok(None) };
    let recorded = past.each(&[()], |reader, ()| reader.between(None, head))?;
    let recorded: BTreeMap<String, ObjectId> = recorded
        .into_iter()
        .flatten()
        .filter_map(|change| Some((change.path, change.after?)))
        .filter(|(path, _)| crate::source::is_record(path))
        .collect();
    let same = |text: &str, id: ObjectId| ObjectId::of_bytes(text.as_bytes()) == Some(id);
    // Git may have given the work tree the line ends of Windows.
    let is_recorded = |text: &str, id: ObjectId| {
        same(text, id) || text.contains("\r\n") && same(&text.replace("\r\n", "\n"), id)
    };
    let there: Vec<(&Arc<str>, &Arc<str>)> = texts.iter().collect();
    let mut files: Vec<Arc<str>> = there
        .par_iter()
        .filter(|(file, text)| recorded.get(&***file).is_none_or(|id| !is_recorded(text, *id)))
        .map(|(file, _)| Arc::clone(file))
        .collect();
    let unreadable: Vec<&str> = texts.unreadable().iter().map(AsRef::as_ref).collect();
    let gone = recorded
        .keys()
        .filter(|path| texts.get(path).is_none() && !unreadable.contains(&path.as_str()));
    files.extend(gone.map(|path| Arc::from(path.as_str())));
    files.sort_unstable();
    if files.is_empty() {
        return Ok(None);
    }
    let read = past.each(&files, |reader, file| {
        let before = match recorded.get(&**file) {
            Some(id) => Some(Side(read_version(reader, file, *id)?, *id)),
            None => None,
        };
        let after = texts
            .get(file)
            .and_then(|text| Some(Side(version(file, text), ObjectId::of_bytes(text.as_bytes())?)));
        Ok((Arc::clone(file), (before, after)))
    })?;
    let hand =
        Hand { name: name.to_owned(), email: email.to_lowercase(), at: noon(today), offset: 0 };
    let commit = Commit {
        id: head,
        parents: vec![head],
        author: hand.clone(),
        committer: hand,
        summary: String::new(),
        joint: false,
    };
    let read: Vec<Read> = read;
    Ok(Some((commit, paired(read))))
}

/// Seconds since 1970 at noon.
fn noon(day: Date) -> i64 {
    let first = Date::new(1970, 1, 1).map_or(0, |first| first.days_until(day));
    i64::from(first) * 86_400 + 43_200
}
