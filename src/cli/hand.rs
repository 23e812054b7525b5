//! Who runs a command that writes in somebody's name: a person of the staff with the role for it.

use super::{BadCommand, Content};
use crate::record::Role;
use crate::school::{Person, School};
use crate::source::Past;
use crate::text::{or_list, quoted};

/// The person given, or the one whose address Git signs with here; only with one of these roles.
///
/// # Errors
/// When nobody is found, or the role lacks.
pub(super) fn hand<'s>(
    school: &'s School,
    content: &Content,
    given: Option<&str>,
    roles: &[Role],
) -> anyhow::Result<&'s Person> {
    let people = || present(school);
    let may = |person: &Person| roles.iter().any(|role| person.has_role(*role));
    let labels: Vec<String> = roles.iter().map(|role| role.label().to_owned()).collect();
    let able = || {
        let ids: Vec<&str> = people().filter(|one| may(one)).map(|one| one.id.as_str()).collect();
        format!("aide : --by suivi de {}", or_list(&ids))
    };
    let found = match given {
        Some(id) => people().find(|person| person.id == id).ok_or_else(|| {
            BadCommand(format!("personne de l’équipe ne s’appelle {}\n{}", quoted(id), able()))
        })?,
        None => user(school, content)?.ok_or_else(|| {
            BadCommand(format!("qui le fait n’est pas connu : dites-le\n{}", able()))
        })?,
    };
    if may(found) {
        return Ok(found);
    }
    let message = format!(
        "{} n’a pas le rôle {}, qui répond des dossiers\n{}",
        found.full_name(),
        or_list(&labels),
        able()
    );
    Err(BadCommand(message).into())
}

/// The person whose address Git signs with here, while she is in the staff.
///
/// # Errors
/// When there is a repository and it cannot be read.
pub(super) fn user<'s>(
    school: &'s School,
    content: &Content,
) -> anyhow::Result<Option<&'s Person>> {
    let past = Past::open(&content.folder)?;
    let Some((_, mail)) = past.as_ref().and_then(Past::user) else { return Ok(None) };
    let mail = mail.to_lowercase();
    let has =
        |person: &&Person| person.record.courriels.iter().any(|one| one.to_lowercase() == mail);
    Ok(present(school).find(has))
}

fn present(school: &School) -> impl Iterator<Item = &Person> {
    school.people.values().iter().filter(|person| person.record.inactif_depuis.is_none())
}
