//! Those responsible for pupils: recognised by PERSONNE_ID; letters, refusals and hand-made blocks are kept.

use std::collections::{BTreeMap, BTreeSet};

use super::super::guardians::{GuardianFile, Link, Parent};
use super::super::value::{is_same_name, name};
use super::draft::{Draft, some_names};
use crate::diagnostic::{KeyPath, key_path};
use crate::record::{Civility, Guardian, GuardianLink, NewValue};
use crate::school;
use crate::text::{count, slug};

/// Whoever is one's own responsible is the pupil, who has a letter already.
const ONESELF: &str = "70";

/// What people are to pupils, by pupil.
pub(super) struct Links<'f> {
    file: &'f GuardianFile,
    by_pupil: BTreeMap<&'f str, Vec<&'f Link>>,
}

/// The links of one pupil.
#[derive(Clone, Copy)]
pub(super) struct OfPupil<'l, 'f> {
    file: &'f GuardianFile,
    links: &'l [&'f Link],
}

/// Somebody responsible, as SIECLE has it.
#[derive(Debug)]
struct Wanted<'f> {
    personne_id: &'f str,
    lien: GuardianLink,
    legal: Option<i64>,
    person: &'f Parent,
    nom: String,
    prenom: String,
    adresse: Option<String>,
    code_postal: Option<String>,
    ville: Option<String>,
}

impl<'f> Links<'f> {
    pub(super) fn of(file: &'f GuardianFile) -> Self {
        let mut by_pupil: BTreeMap<&str, Vec<&Link>> = BTreeMap::new();
        for link in &file.links {
            let links = by_pupil.entry(&link.eleve_id).or_default();
            if links.iter().all(|known| known.personne_id != link.personne_id) {
                links.push(link);
            }
        }
        Self { file, by_pupil }
    }

    pub(super) fn of_pupil(&self, id: &str) -> OfPupil<'_, 'f> {
        let links = self.by_pupil.get(id).map_or(&[][..], Vec::as_slice);
        OfPupil { file: self.file, links }
    }

    /// Tells who is there twice, and which pupils have nobody. Only those whose children are here count.
    pub(super) fn tell(&self, draft: &mut Draft<'_>, kept: &[&str]) {
        let mut alone = 0;
        let mut people: BTreeSet<&str> = BTreeSet::new();
        for id in kept {
            let links = self.of_pupil(id).links;
            let known =
                links.iter().filter(|link| self.file.people.contains_key(&link.personne_id));
            let mut known = known.peekable();
            alone += usize::from(known.peek().is_none());
            people.extend(known.map(|link| link.personne_id.as_str()));
        }
        let mut alike: BTreeMap<String, Vec<(&str, &Parent)>> = BTreeMap::new();
        for id in people {
            let Some(person) = self.file.people.get(id) else { continue };
            let name = slug(&format!("{} {}", person.nom, person.prenom));
            alike.entry(name).or_default().push((id, person));
        }
        let mut twice = Vec::new();
        for same in alike.values() {
            for (n, (id, person)) in same.iter().enumerate() {
                if let Some((first, _)) = same[..n].iter().find(|(_, other)| reach(person, other)) {
                    let full = format!("{} {}", name(&person.prenom), name(&person.nom));
                    twice.push(format!("{full} ({first} et {id})"));
                }
            }
        }
        if !twice.is_empty() {
            let said = format!(
                "deux fois dans SIECLE, de même nom et de même adresse ou téléphone : {}",
                some_names(&twice)
            );
            draft.must_do(said, "si c’est la même personne, réunissez les deux fiches dans SIECLE ; rien n’est réuni ici");
        }
        if alone > 0 {
            let pupils = count(alone, "élève n’a", "élèves n’ont");
            draft.note(format!("{pupils} aucun responsable dans SIECLE"));
        }
    }
}

/// Whether two people can be reached in the same place.
fn reach(a: &Parent, b: &Parent) -> bool {
    a.adresse.is_some() && a.adresse == b.adresse
        || a.telephones.iter().any(|phone| b.telephones.contains(phone))
        || a.courriel.is_some() && a.courriel == b.courriel
}

impl<'f> OfPupil<'_, 'f> {
    /// Those responsible, the legal ones first, in the order in which they are to be numbered.
    fn wanted(self) -> Vec<Wanted<'f>> {
        let mut ranked: Vec<(bool, bool, bool, usize, &Link)> = (self.links.iter().enumerate())
            .filter(|(_, link)| link.parente.as_deref() != Some(ONESELF))
            .map(|(place, link)| {
                let first = link.paie || link.ancien_rang == Some(1);
                (!is_legal(link), !first, !link.prioritaire, place, *link)
            })
            .collect();
        ranked.sort_by_key(|(legal, first, called, place, _)| (*legal, *first, *called, *place));
        let mut rank = 0;
        let mut all: Vec<Wanted<'f>> = Vec::new();
        for (.., link) in ranked {
            let Some(person) = self.file.people.get(&link.personne_id) else { continue };
            if person.nom.is_empty() {
                continue;
            }
            // Typed twice: the second block would be a second letter for the same person.
            let same = |one: &Wanted<'_>| {
                slug(&one.person.nom) == slug(&person.nom)
                    && slug(&one.person.prenom) == slug(&person.prenom)
                    && reach(one.person, person)
            };
            if all.iter().any(same) {
                continue;
            }
            let legal = is_legal(link).then(|| {
                rank = (rank + 1).min(2);
                rank
            });
            let address = person.adresse.as_ref().and_then(|id| self.file.addresses.get(id));
            let lines = address.map(|address| address.lignes.join(", "));
            all.push(Wanted {
                personne_id: &link.personne_id,
                lien: kinship(link, person),
                legal,
                person,
                nom: name(&person.nom),
                // A service of the State has no first name.
                prenom: if person.prenom.is_empty() {
                    "Service".into()
                } else {
                    name(&person.prenom)
                },
                adresse: lines.filter(|lines| !lines.is_empty()),
                code_postal: address.and_then(|address| address.code_postal.clone()),
                ville: address.and_then(|address| address.ville.as_deref().map(name)),
            });
        }
        all
    }
}

fn is_legal(link: &Link) -> bool {
    match (link.niveau, link.ancien_rang) {
        (Some(level), _) => level == 1,
        (None, Some(rank)) => matches!(rank, 1 | 2),
        (None, None) => false,
    }
}

fn kinship(link: &Link, person: &Parent) -> GuardianLink {
    match (link.parente.as_deref(), person.civilite) {
        (Some("10"), _) => GuardianLink::Mother,
        (Some("20"), _) => GuardianLink::Father,
        (Some("50"), Some(Civility::Madam)) => GuardianLink::FemaleTutor,
        (Some("50"), _) => GuardianLink::MaleTutor,
        _ => GuardianLink::Other,
    }
}

/// The blocks of a new pupil.
pub(super) fn create(draft: &mut Draft<'_>, path: &str, links: OfPupil<'_, '_>) {
    for wanted in links.wanted() {
        push(draft, path, &wanted);
    }
}

/// Brings the blocks of a pupil to what SIECLE says. One who is responsible no more goes, unless the block
/// holds a refusal or a cancelled letter: it then only loses `legal`, and with it the letter.
pub(super) fn update(draft: &mut Draft<'_>, pupil: &school::Pupil, links: OfPupil<'_, '_>) {
    // SIECLE says nothing of a pupil whom nobody is linked to.
    if links.links.is_empty() {
        return;
    }
    let path = pupil.file.to_string();
    let blocks = &pupil.record.responsables;
    let wanted = links.wanted();
    let mut taken: Vec<Option<usize>> = vec![None; wanted.len()];
    let numbers: BTreeSet<&str> = wanted.iter().map(|one| one.personne_id).collect();
    for (one, slot) in wanted.iter().zip(&mut taken) {
        let number = Some(one.personne_id);
        *slot = blocks.iter().position(|block| block.personne_id.as_deref() == number);
    }
    for n in 0..wanted.len() {
        if taken[n].is_some() {
            continue;
        }
        // The same name without a number, or with one that SIECLE does not use any more.
        let found = blocks.iter().enumerate().position(|(place, block)| {
            !taken.contains(&Some(place))
                && block.personne_id.as_deref().is_none_or(|number| !numbers.contains(number))
                && slug(&block.nom) == slug(&wanted[n].nom)
                && slug(&block.prenom) == slug(&wanted[n].prenom)
        });
        taken[n] = found;
    }
    for (one, place) in wanted.iter().zip(&taken) {
        if let Some(place) = place {
            change(draft, &path, (*place, &blocks[*place]), one);
        }
    }
    for (place, block) in blocks.iter().enumerate().rev() {
        if taken.contains(&Some(place)) || block.personne_id.is_none() {
            continue;
        }
        if block.refus_site.is_some() || !block.codes_annules.is_empty() {
            if block.legal.is_some() {
                draft.remove(&path, &key_path!["responsables", place, "legal"]);
                draft.note(format!(
                    "{} {} n’est plus responsable de {} dans SIECLE : son bloc garde ses refus et ses lettres \
                     annulées, et n’ouvre plus rien",
                    block.prenom,
                    block.nom,
                    pupil.full_name()
                ));
            }
        } else {
            draft.remove(&path, &key_path!["responsables", place]);
        }
    }
    for (one, place) in wanted.iter().zip(&taken) {
        if place.is_none() {
            push(draft, &path, one);
        }
    }
}

fn push(draft: &mut Draft<'_>, path: &str, one: &Wanted<'_>) {
    let mut entries: Vec<(&str, NewValue)> = vec![("personne_id", one.personne_id.into())];
    entries.push(("lien", one.lien.as_str().into()));
    entries.extend(one.legal.map(|legal| ("legal", legal.into())));
    entries.extend(one.person.civilite.map(|civility| ("civilite", civility.as_str().into())));
    entries.push(("nom", one.nom.as_str().into()));
    entries.push(("prenom", one.prenom.as_str().into()));
    let texts = [
        ("adresse", &one.adresse),
        ("code_postal", &one.code_postal),
        ("ville", &one.ville),
        ("courriel", &one.person.courriel),
        ("telephone", &one.person.telephones.first().cloned()),
    ];
    for (key, value) in texts {
        entries.extend(value.as_deref().map(|value| (key, value.into())));
    }
    draft.push(path, &key_path!["responsables"], entries);
}

/// Changes what is not as SIECLE says. What SIECLE does not say stays; an address is one thing.
fn change(draft: &mut Draft<'_>, path: &str, (place, block): (usize, &Guardian), one: &Wanted<'_>) {
    let at = |key: &str| -> KeyPath { key_path!["responsables", place, key] };
    if block.personne_id.as_deref() != Some(one.personne_id) {
        draft.set(path, &at("personne_id"), one.personne_id);
    }
    let mut named = block.clone();
    if !is_same_name(&block.nom, &one.person.nom) {
        draft.set(path, &at("nom"), one.nom.as_str());
        named.nom.clone_from(&one.nom);
    }
    if !one.person.prenom.is_empty() && !is_same_name(&block.prenom, &one.person.prenom) {
        draft.set(path, &at("prenom"), one.prenom.as_str());
        named.prenom.clone_from(&one.prenom);
    }
    // The letter was made under the old name: its code stays (IMP-06).
    if named.letter_key() != block.letter_key() {
        draft.set(path, &at("cle_lettre"), block.letter_key());
    }
    if block.lien != one.lien && one.lien != GuardianLink::Other {
        draft.set(path, &at("lien"), one.lien.as_str());
    }
    match (block.legal.map(|legal| legal.0), one.legal) {
        (before, Some(legal)) if before != Some(legal) => draft.set(path, &at("legal"), legal),
        (Some(_), None) => draft.remove(path, &at("legal")),
        _ => {}
    }
    if let Some(civility) = one.person.civilite.filter(|civility| block.civilite != Some(*civility))
    {
        draft.set(path, &at("civilite"), civility.as_str());
    }
    let set =
        |draft: &mut Draft<'_>, key: &str, before: &Option<String>, after: &Option<String>| {
            match after {
                Some(after) if before.as_ref() != Some(after) => {
                    draft.set(path, &at(key), after.as_str());
                }
                _ => {}
            }
        };
    if one.adresse.is_some() || one.ville.is_some() {
        set(draft, "adresse", &block.adresse, &one.adresse);
        for (key, before, after) in [
            ("code_postal", &block.code_postal, &one.code_postal),
            ("ville", &block.ville, &one.ville),
        ] {
            set(draft, key, before, after);
            if before.is_some() && after.is_none() {
                draft.remove(path, &at(key));
            }
        }
    }
    set(draft, "courriel", &block.courriel, &one.person.courriel);
    // A number that SIECLE knows as one of several is not replaced by the first.
    if block.telephone.as_ref().is_none_or(|phone| !one.person.telephones.contains(phone)) {
        set(draft, "telephone", &block.telephone, &one.person.telephones.first().cloned());
    }
}
