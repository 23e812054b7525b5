//! Records that are about several pupils, or hold more than goes: what is left of them for one pupil.

use crate::diagnostic::key_path;
use crate::record::{
    AnyRecord, Commission, Consultation, Delivery, Edit, Evaluation, Kind, NewValue, Period,
    Student,
};

/// The text of a record for one pupil; nothing when it is not about the pupil. A record of the pupil's own
/// folder goes as it is, but for `student.toml`.
pub(super) fn reduced(
    (kind, name): (&Kind, &str),
    record: &AnyRecord,
    text: &str,
    pupil: &str,
) -> Option<String> {
    if matches!(kind, Kind::BookPage { .. }) {
        return Some(text.to_owned());
    }
    let mut edit = Edit::of(&std::sync::Arc::from(place(kind, name)), "").ok()?;
    let written = match record {
        AnyRecord::Student(student) => of_student(&mut edit, student),
        AnyRecord::Evaluation(evaluation) => of_evaluation(&mut edit, evaluation, pupil),
        AnyRecord::Period(period) => of_period(&mut edit, period, pupil),
        AnyRecord::Commission(commission) => of_commission(&mut edit, commission, pupil),
        AnyRecord::Consultation(one) => of_consultation(&mut edit, one, pupil),
        AnyRecord::Delivery(delivery) => of_delivery(&mut edit, delivery, pupil),
        _ => return Some(text.to_owned()),
    };
    written.map(|()| edit.finish())
}

/// The path by which a record is edited: what says its kind.
fn place(kind: &Kind, name: &str) -> String {
    match kind {
        Kind::Student { cohort, id } => format!("students/{cohort}/{id}/student.toml"),
        _ => name.to_owned(),
    }
}

fn set(edit: &mut Edit, key: &str, value: impl Into<NewValue>) {
    edit.set(&key_path![key], value);
}

fn set_some<T: Into<NewValue>>(edit: &mut Edit, key: &str, value: Option<T>) {
    if let Some(value) = value {
        set(edit, key, value);
    }
}

fn set_list<'t>(edit: &mut Edit, key: &str, items: impl IntoIterator<Item = &'t str>) {
    let items: Vec<&str> = items.into_iter().collect();
    if !items.is_empty() {
        set(edit, key, items);
    }
}

/// The guardians come from SIECLE in each school; letters and refusals are for the site of one school.
fn of_student(edit: &mut Edit, one: &Student) -> Option<()> {
    set_some(edit, "eleve_id", one.eleve_id.as_deref());
    set_some(edit, "ine", one.ine.as_deref());
    set(edit, "nom", &*one.nom);
    set_some(edit, "nom_usage", one.nom_usage.as_deref());
    set(edit, "prenom", &*one.prenom);
    set_list(edit, "courriels", one.courriels.iter().map(String::as_str));
    set_some(edit, "sexe", one.sexe.map(crate::record::Sex::as_str));
    set(edit, "naissance", one.naissance);
    set_some(edit, "numero_candidat", one.numero_candidat.as_deref());
    set_some(edit, "inactif_depuis", one.inactif_depuis);
    for stay in &one.scolarite {
        let mut block: Vec<(&str, NewValue)> = vec![
            ("annee", stay.annee.to_string().into()),
            ("classe", (&*stay.classe).into()),
            ("statut", stay.statut.as_str().into()),
        ];
        block.extend(stay.debut.map(|day| ("debut", day.into())));
        block.extend(stay.fin.map(|day| ("fin", day.into())));
        edit.push(&key_path!["scolarite"], block);
    }
    for diploma in &one.diplomes {
        let block = vec![
            ("diplome", (&*diploma.diplome).into()),
            ("session", NewValue::Integer(diploma.session.0)),
        ];
        edit.push(&key_path!["diplomes"], block);
    }
    Some(())
}

/// The pupil's line. The scenario, its context and its documents are the teacher's (TRF-04).
fn of_evaluation(edit: &mut Edit, one: &Evaluation, pupil: &str) -> Option<()> {
    let row = one.resultats.get(pupil)?;
    set(edit, "titre", &*one.titre);
    set(edit, "date", one.date);
    set(edit, "auteur", &*one.auteur);
    set(edit, "complexite", one.complexite.as_str());
    set_list(edit, "secteurs", one.secteurs.iter().map(String::as_str));
    set_list(edit, "taches", one.taches.iter().map(String::as_str));
    set(edit, "criteres", one.criteres.iter().map(String::as_str).collect::<Vec<_>>());
    if !one.affichage {
        set(edit, "affichage", false);
    }
    let row: Vec<&str> = row.iter().map(|outcome| outcome.as_str()).collect();
    edit.set(&key_path!["resultats", pupil], row);
    Some(())
}

/// The period has its own copy of the objectives: the annex stays.
fn of_period(edit: &mut Edit, one: &Period, pupil: &str) -> Option<()> {
    set(edit, "titre", &*one.titre);
    set(edit, "diplome", &*one.diplome);
    set(edit, "niveau", one.niveau.as_str());
    if one.apprentis {
        set(edit, "apprentis", true);
    }
    set_some(edit, "numero", one.numero.map(|number| number.0));
    set(edit, "debut", one.debut);
    set(edit, "fin", one.fin);
    set_some(edit, "objectifs", one.objectifs.as_ref().map(|text| &*text.0));
    set_list(edit, "taches", one.taches.iter().map(String::as_str));
    set(edit, "apprenants", vec![pupil]);
    if let Some(referent) = one.referents.get(pupil) {
        edit.set(&key_path!["referents", pupil], &**referent);
    }
    Some(())
}

fn of_commission(edit: &mut Edit, one: &Commission, pupil: &str) -> Option<()> {
    // A commission that names nobody examines all candidates: it goes with what it examined.
    if one.candidats.as_ref().is_some_and(|all| !all.iter().any(|id| **id == *pupil)) {
        return None;
    }
    set(edit, "titre", &*one.titre);
    set(edit, "objet", one.objet.as_str());
    set(edit, "diplome", &*one.diplome);
    set(edit, "date", one.date);
    set_some(edit, "lieu", one.lieu.as_deref());
    set_some(edit, "convocation", one.convocation);
    set_some(edit, "proces_verbal", one.proces_verbal.as_deref());
    set(edit, "candidats", vec![pupil]);
    for member in &one.membres {
        let mut block: Vec<(&str, NewValue)> = Vec::new();
        block.extend(member.personne.as_ref().map(|id| ("personne", (&**id).into())));
        block.extend(member.nom.as_deref().map(|nom| ("nom", nom.into())));
        block.extend(member.prenom.as_deref().map(|prenom| ("prenom", prenom.into())));
        block.push(("qualite", member.qualite.as_str().into()));
        for (key, is, usual) in [
            ("preside", member.preside, false),
            ("present", member.present, true),
            ("emargement", member.emargement, false),
        ] {
            block.extend((is != usual).then_some((key, is.into())));
        }
        edit.push(&key_path!["membres"], block);
    }
    Some(())
}

fn of_consultation(edit: &mut Edit, one: &Consultation, pupil: &str) -> Option<()> {
    let alone = one.eleves.len() == 1;
    if !one.eleves.iter().any(|id| **id == *pupil) {
        return None;
    }
    set(edit, "date", one.date);
    set(edit, "par", one.par.as_str());
    set_some(edit, "commission", one.commission.as_deref());
    set_some(edit, "demandeur", one.demandeur.as_deref().filter(|_| alone));
    set_list(edit, "documents", one.documents.iter().map(|document| document.as_str()));
    set(edit, "mode", one.mode.as_str());
    set(edit, "eleves", vec![pupil]);
    set_some(edit, "temoin", one.temoin.as_deref());
    set_some(edit, "remarque", one.remarque.as_ref().map(|text| &*text.0).filter(|_| alone));
    Some(())
}

fn of_delivery(edit: &mut Edit, one: &Delivery, pupil: &str) -> Option<()> {
    let own: Vec<_> = one.remises.iter().filter(|copy| *copy.eleve == *pupil).collect();
    if own.is_empty() {
        return None;
    }
    set(edit, "document", one.document.as_str());
    set(edit, "date", one.date);
    set(edit, "par", &*one.par);
    set_some(edit, "motif", one.motif.as_deref().filter(|_| own.len() == one.remises.len()));
    for copy in own {
        let mut block: Vec<(&str, NewValue)> = vec![("eleve", pupil.into())];
        block.extend(copy.destinataire.as_deref().map(|name| ("destinataire", name.into())));
        block.extend(copy.le.map(|day| ("le", day.into())));
        block.extend(copy.emargement.then_some(("emargement", true.into())));
        edit.push(&key_path!["remises"], block);
    }
    Some(())
}
