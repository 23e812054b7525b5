//! The registers: who sat, who consulted, what was handed over.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Linker;
use super::order::sort_pupils;
use crate::diagnostic::{KeyPath, Site, key_path};
use crate::record::{self, Id};
use crate::school::{
    Commission, Consultation, Delivery, Ix, Pupil, Referential, School, Table, reference,
};

impl Linker {
    /// The commissions of all sessions.
    pub(super) fn commissions(
        &mut self,
        school: &mut School,
        records: Vec<record::Loaded<(i16, String), record::Commission>>,
    ) {
        let mut commissions = Vec::with_capacity(records.len());
        for loaded in records {
            let (session, slug) = loaded.key;
            let (file, record) = (loaded.file, loaded.record);
            let members = (record.membres.iter().enumerate())
                .map(|(n, member)| {
                    let id = member.personne.as_ref()?;
                    self.person(&school.people, id, &file, key_path!["membres", n, "personne"])
                })
                .collect();
            let site = Site::value(&file, key_path!["diplome"]);
            let Some(diploma) = self.diploma(school, &record.diplome, site) else { continue };
            let candidates = match &record.candidats {
                Some(ids) => self.pupils_of(school, ids, &file, &key_path!["candidats"]),
                None => self.candidates(school, diploma, session),
            };
            commissions.push(Commission {
                session,
                slug,
                file,
                record,
                diploma,
                members,
                candidates,
            });
        }
        commissions.sort_by(|a, b| (a.session, &a.slug).cmp(&(b.session, &b.slug)));
        school.commissions = Table::new(commissions);
    }

    /// The consultations of all sessions.
    pub(super) fn consultations(
        &mut self,
        school: &mut School,
        records: Vec<record::Loaded<(i16, String), record::Consultation>>,
    ) {
        let mut consultations = Vec::with_capacity(records.len());
        for loaded in records {
            let (session, slug) = loaded.key;
            let (file, record) = (loaded.file, loaded.record);
            let pupils = self.pupils_of(school, &record.eleves, &file, &key_path!["eleves"]);
            let witness = record
                .temoin
                .as_ref()
                .and_then(|id| self.person(&school.people, id, &file, key_path!["temoin"]));
            let commission = record.commission.as_ref().and_then(|name| {
                let found = school.commissions.find(|commission| {
                    (commission.session, commission.slug.as_str()).cmp(&(session, &**name))
                });
                if found.is_none()
                    && !self.broken_commissions.contains(&format!("{session}/{name}"))
                {
                    let known = school.commissions.values().iter();
                    let known = known.filter(|commission| commission.session == session);
                    let site = Site::value(&file, key_path!["commission"]);
                    let what = format!("à la session {session}, la commission");
                    let known = known.map(|commission| commission.slug.as_str());
                    self.tell_unknown(&reference::COMMISSION, site, &what, name, known);
                }
                found
            });
            consultations.push(Consultation {
                session,
                slug,
                file,
                record,
                commission,
                pupils,
                witness,
            });
        }
        consultations.sort_by(|a, b| {
            let key = |one: &Consultation| (one.session, one.record.date);
            key(a).cmp(&key(b)).then_with(|| a.slug.cmp(&b.slug))
        });
        school.consultations = Table::new(consultations);
    }

    /// The deliveries of all sessions.
    pub(super) fn deliveries(
        &mut self,
        school: &mut School,
        records: Vec<record::Loaded<(i16, String), record::Delivery>>,
    ) {
        let mut deliveries = Vec::with_capacity(records.len());
        for loaded in records {
            let (session, slug) = loaded.key;
            let (file, record) = (loaded.file, loaded.record);
            let by = self.person(&school.people, &record.par, &file, key_path!["par"]);
            let pupils = (record.remises.iter().enumerate())
                .map(|(n, one)| {
                    let site = Site::value(&file, key_path!["remises", n, "eleve"]);
                    self.known_pupil(school, &one.eleve, site)
                })
                .collect();
            deliveries.push(Delivery { session, slug, file, record, by, pupils });
        }
        deliveries.sort_by(|a, b| {
            let key = |one: &Delivery| (one.session, one.record.date);
            key(a).cmp(&key(b)).then_with(|| a.slug.cmp(&b.slug))
        });
        school.deliveries = Table::new(deliveries);
    }

    fn pupils_of(
        &mut self,
        school: &School,
        ids: &[Id],
        file: &Arc<str>,
        list: &KeyPath,
    ) -> Vec<Ix<Pupil>> {
        let ids = ids.iter().enumerate();
        let known: BTreeSet<_> = ids
            .filter_map(|(n, id)| self.known_pupil(school, id, Site::value(file, list.child(n))))
            .collect();
        let mut pupils: Vec<_> = known.into_iter().collect();
        sort_pupils(&mut pupils, &school.pupils, &self.collation, |ix| *ix);
        pupils
    }

    /// All who are in the final year of a diploma for a session.
    fn candidates(
        &self,
        school: &School,
        diploma: Ix<Referential>,
        session: i16,
    ) -> Vec<Ix<Pupil>> {
        let last = school.classes.values().iter().filter(|class| {
            class.diploma == diploma && class.session() == session && class.is_final_year()
        });
        let known: BTreeSet<_> = last.flat_map(|class| &class.pupils).copied().collect();
        let mut pupils: Vec<_> = known.into_iter().collect();
        sort_pupils(&mut pupils, &school.pupils, &self.collation, |ix| *ix);
        pupils
    }
}
