//! A short judge of who may do what, written apart from the one of the program: the invented life is held to it.

use std::sync::Arc;

use jalon::demo::life::Step;
use toml::{Table, Value};

use super::Tree;

/// What is wrong with a step: one sentence a file.
pub(super) fn judge(step: &Step, before: &Tree, after: &Tree) -> Vec<String> {
    let staff = table(before, "staff.toml");
    let people = staff["personnes"].as_table().unwrap();
    let mail = &*step.author.mail;
    let person = people.iter().find(|(_, one)| texts(one, "courriels").any(|one| one == mail));
    let folder = before
        .keys()
        .filter(|path| path.ends_with("/student.toml"))
        .find(|path| texts(&Value::Table(table(before, path)), "courriels").any(|one| one == mail))
        .map(|path| path.trim_end_matches("student.toml").to_owned());
    let (id, roles): (&str, Vec<&str>) =
        person.map_or(("", Vec::new()), |(id, one)| (id, texts(one, "roles").collect()));
    let who = Who { id, roles, folder };
    if person.is_none() && who.folder.is_none() {
        return vec![format!("{}: unknown {mail}", step.message)];
    }
    let mut wrong = Vec::new();
    for (path, _) in &step.changes {
        // A file that is renamed is judged under its new name.
        if !after.contains_key(path) && path.ends_with("-brouillon.toml") {
            continue;
        }
        if let Err(why) = who.may(path, before, after) {
            wrong.push(format!("{} — {path}: {why} ({id})", step.message));
        }
    }
    wrong
}

struct Who<'a> {
    id: &'a str,
    roles: Vec<&'a str>,
    folder: Option<String>,
}

type Verdict = Result<(), &'static str>;

fn must(holds: bool, why: &'static str) -> Verdict {
    if holds { Ok(()) } else { Err(why) }
}

impl Who<'_> {
    fn is(&self, role: &str) -> bool {
        self.roles.contains(&role)
    }

    fn signs(&self, value: Option<&Value>) -> bool {
        value.and_then(Value::as_str) == Some(self.id)
    }

    fn may(&self, path: &Arc<str>, before: &Tree, after: &Tree) -> Verdict {
        let inside = |name: &str| path.contains(&format!("/{name}/"));
        if path.contains("/book/") {
            return must(
                self.folder.as_ref().is_some_and(|folder| path.starts_with(folder)),
                "book",
            );
        }
        if path.ends_with(".png") || path.starts_with("referentials/") {
            return Err("founding only");
        }
        let (old, new) = (maybe(before, path), maybe(after, path));
        let ddfpt_only =
            ["school.toml", "staff.toml", "calendar/", "classes/", "imports/", "pfmp/periods/"];
        if ddfpt_only.iter().any(|start| path.starts_with(start)) || path.ends_with("/student.toml")
        {
            let kept = new.is_some() || path.starts_with("pfmp/periods/");
            must(self.is("ddfpt") && kept, "for the DDFPT")?;
            return must(new.is_some(), "a period goes");
        }
        let author =
            |table: &Option<Table>| self.signs(table.as_ref().and_then(|one| one.get("auteur")));
        let owner = if old.is_some() { author(&old) } else { author(&new) };
        if path.starts_with("scenarios/") || path.starts_with("pfmp/annexes/") {
            return must(owner && self.is("enseignant"), "author of the scenario or annex");
        }
        if path.starts_with("evaluations/") {
            must(self.is("enseignant"), "teachers")?;
            must(old.is_some() || author(&new), "signs for another")?;
            let key = path.trim_start_matches("evaluations/").trim_end_matches(".toml");
            return must(old.is_none() || !frozen(before, key), "frozen");
        }
        if path.starts_with("register/") {
            let named = ["par", "temoin"]
                .iter()
                .any(|key| self.signs(new.as_ref().and_then(|one| one.get(*key))));
            return must(self.is("ddfpt") || self.is("chef-etablissement") || named, "register");
        }
        let Some(new) = new else { return Err("deleted") };
        let old = old.unwrap_or_default();
        if inside("reviews") {
            return self.review(&old, &new, owner);
        }
        if inside("pfmp") {
            return self.portfolio(path, &old, &new);
        }
        if inside("certification") {
            if old.contains_key("verrouillage") {
                let mut rest = new.clone();
                rest.remove("harmonisation");
                must(rest == old && self.signs(new["harmonisation"].get("par")), "locked grid")?;
            }
            return must(owner, "author of the grid");
        }
        if inside("attestations") {
            let ticks = |table: &Table| {
                table.get("competences").and_then(Value::as_table).cloned().unwrap_or_default()
            };
            let had = ticks(&old);
            let mine = ticks(&new)
                .iter()
                .all(|(code, tick)| had.get(code) == Some(tick) || self.signs(tick.get("par")));
            return must(mine && (!old.is_empty() || author(&Some(new))), "attestation");
        }
        if inside("lsl") {
            return self.livret(&old, &new);
        }
        Err("a kind of file that nobody expects")
    }

    fn review(&self, old: &Table, new: &Table, owner: bool) -> Verdict {
        let unlocks = |table: &Table| {
            table.get("deverrouillage").and_then(Value::as_array).map_or(0, Vec::len)
        };
        if locked(old) {
            let mut rest = new.clone();
            rest.remove("deverrouillage");
            let by = new.get("deverrouillage").and_then(|all| all.as_array()?.last()?.get("par"));
            must(unlocks(new) == unlocks(old) + 1 && rest == *old, "locked")?;
            return must(self.is("ddfpt") && self.signs(by), "unlocks");
        }
        must(owner && unlocks(old) == unlocks(new), "author of the review")?;
        if new.get("etat").and_then(Value::as_str) == Some("valide") {
            must(self.signs(new.get("valide_par")), "validates for another")?;
            return must(old.is_empty() || locked(new), "validated on the day of the unlock");
        }
        Ok(())
    }

    fn portfolio(&self, path: &str, old: &Table, new: &Table) -> Verdict {
        let mine = self.folder.as_ref().is_some_and(|folder| path.starts_with(folder));
        let changed = |key: &&&str| old.get(**key) != new.get(**key);
        let words = ["journal", "fiches", "bilan_personnel"];
        must(mine || !words.iter().any(|key| changed(&key)), "the words of a learner")?;
        let rest = ["commentaires", "visites", "absences", "attestation", "bilan_entreprise"];
        must(!mine || !rest.iter().any(|key| changed(&key)), "the words of a teacher")?;
        must(mine || self.is("enseignant"), "teachers")?;
        for (list, key) in [("visites", "par"), ("commentaires", "auteur")] {
            let empty = Vec::new();
            let all =
                |table: &Table| table.get(list).and_then(Value::as_array).unwrap_or(&empty).clone();
            let had = all(old);
            let added: Vec<Value> = all(new).into_iter().filter(|one| !had.contains(one)).collect();
            must(
                added.iter().all(|one| one.get(key).is_none() || self.signs(one.get(key))),
                "signs for another",
            )?;
        }
        let by = |table: &Table| {
            table.get("bilan_entreprise").and_then(|one| one.get("enseignant")).cloned()
        };
        must(by(old) == by(new) || self.signs(by(new).as_ref()), "signs for another")
    }

    fn livret(&self, old: &Table, new: &Table) -> Verdict {
        let names = |table: &Table| -> Vec<String> {
            let part =
                |key: &str, name: &str| table.get(key).and_then(|one| one.get(name)).cloned();
            let lists = [table.get("enseignants").cloned(), part("projet", "enseignants")];
            let all = lists
                .into_iter()
                .flatten()
                .flat_map(|list| list.as_array().cloned().unwrap_or_default());
            all.chain(part("pfmp", "enseignant"))
                .filter_map(|one| Some(one.as_str()?.to_owned()))
                .collect()
        };
        let had = names(old);
        must(
            names(new).iter().all(|one| had.contains(one) || one == self.id),
            "signs for another",
        )?;
        if old.get("envois") != new.get("envois") {
            let last = new["envois"].as_array().and_then(|all| all.last()?.get("par"));
            must(self.signs(last) && (self.is("ddfpt") || self.is("chef-etablissement")), "sends")?;
            let strip = |table: &Table| {
                let mut table = table.clone();
                table.remove("envois");
                table
            };
            return must(strip(old) == strip(new), "sends and writes");
        }
        must(self.is("enseignant") && !old.contains_key("envois"), "sent, or no teacher")
    }
}

/// Whether a review is validated, and not unlocked since.
fn locked(review: &Table) -> bool {
    let unlock = review.get("deverrouillage").and_then(|all| {
        all.as_array()?.iter().filter_map(|one| Some(one.get("date")?.to_string())).max()
    });
    review.get("etat").and_then(Value::as_str) == Some("valide")
        && unlock.is_none_or(|unlock| review["valide_le"].to_string() > unlock)
}

fn frozen(tree: &Tree, key: &str) -> bool {
    let quoted = format!("\"{key}\"");
    let reviews = tree.iter().filter(|(path, _)| path.contains("/reviews/"));
    let naming = reviews.filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains(&quoted));
    naming.into_iter().any(|(path, _)| locked(&table(tree, path)))
}

fn texts<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a str> {
    value.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

fn table(tree: &Tree, path: &str) -> Table {
    maybe(tree, path).unwrap_or_default()
}

fn maybe(tree: &Tree, path: &str) -> Option<Table> {
    Some(std::str::from_utf8(tree.get(path)?).unwrap().parse().unwrap())
}
