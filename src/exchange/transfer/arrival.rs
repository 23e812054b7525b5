//! A package that comes from another school: held to its signature and its list, then put into the pupil's folder.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::seal::{Signature, holds};
use super::state::{Noted, note};
use super::{FORMAT, LIMITS, RECEIVED, SIGNATURE, VERSION, sha256};
use crate::diagnostic::key_path;
use crate::exchange::{MANIFEST, Package, Plan, Tally, Weight};
use crate::record::{
    AnyRecord, Edit, NewValue, SentFolder, TransferPartner, TransferStage, TransferWay, version,
};
use crate::school::{Ix, Pupil, School};
use crate::source::{Source, Texts};
use crate::text::{Date, SchoolYear, count, long_date, quoted, slug};

/// A package, and the school that it comes to.
#[derive(Clone, Copy)]
pub struct Arriving<'a> {
    /// The school.
    pub school: &'a School,
    /// Its texts.
    pub texts: &'a Texts,
    /// Where its other files are.
    pub source: &'a dyn Source,
    /// The package.
    pub bytes: &'a [u8],
    /// The day.
    pub today: Date,
    /// The id of whoever imports.
    pub by: &'a str,
    /// Has the pupil created from the package when SIECLE did not bring one.
    pub newcomer: Option<Newcomer<'a>>,
}

/// Where a pupil who is created from the package goes.
#[derive(Clone, Copy, Debug)]
pub struct Newcomer<'n> {
    /// A class of the current year.
    pub class: &'n str,
}

/// A package that was held to everything that makes it one.
struct Opened {
    package: Package,
    manifest: Vec<u8>,
    signature: Vec<u8>,
    folder: SentFolder,
}

/// What an import of this package would write, and what there is to say.
pub fn plan(arriving: &Arriving<'_>) -> Plan {
    let mut plan = Plan::default();
    let opened = match open(arriving) {
        Ok(opened) => opened,
        Err((sentence, help)) => {
            plan.say(Weight::Fatal, sentence, help.as_deref());
            return plan;
        }
    };
    let folder = &opened.folder;
    let digest = sha256(&opened.manifest);
    let origin = &folder.origine;
    let called = format!("{} {}", folder.eleve.prenom, folder.eleve.nom);
    plan.say(
        Weight::Note,
        format!(
            "dossier de {called}, préparé par {} le {}, {} ({})",
            folder.fait_par,
            long_date(folder.fait_le),
            origin.nom,
            origin.uai
        ),
        None,
    );
    let school = arriving.school;
    let matching: Vec<Ix<Pupil>> =
        school.pupils.iter().filter(|(_, pupil)| is_of(pupil, folder)).map(|(ix, _)| ix).collect();
    let mut noted = Noted {
        way: TransferWay::Arrives,
        school: &origin.uai,
        pupil: None,
        ine: folder.eleve.ine.as_deref(),
        nom: &folder.eleve.nom,
        prenom: &folder.eleve.prenom,
        birth: folder.eleve.naissance,
        steps: vec![
            (TransferStage::Sent, folder.fait_le, None, Some(&digest)),
            (TransferStage::Received, arriving.today, Some(arriving.by), Some(&digest)),
        ],
    };
    let mut created = None;
    let home = match (&matching[..], arriving.newcomer) {
        ([one], _) => Some(home(&school.pupils[*one])),
        ([], Some(newcomer)) => match create(arriving, folder, newcomer) {
            Ok((id, path, text)) => {
                let home = path.strip_suffix("student.toml").unwrap_or_default().to_owned();
                plan.changes.put(path, text);
                created = Some(id);
                Some(home)
            }
            Err((sentence, help)) => {
                plan.say(Weight::Fatal, sentence, Some(&help));
                return plan;
            }
        },
        ([], None) => {
            plan.say(
                Weight::ToDo,
                format!("{called} n’est pas encore parmi les élèves : le paquet est bon, et le transfert est noté en attente"),
                Some("importez d’abord SIECLE, qui crée l’élève (INE ou nom et date de naissance), puis relancez la même commande ; ou créez l’élève d’après le paquet avec --create --class CLASSE"),
            );
            None
        }
        (several, _) => {
            let ids: Vec<String> =
                several.iter().map(|ix| quoted(&school.pupils[*ix].id)).collect();
            plan.say(
                Weight::Fatal,
                format!("plusieurs élèves peuvent être {called} : {}", ids.join(", ")),
                Some("donnez à chacun son INE (import de SIECLE), puis relancez la commande"),
            );
            return plan;
        }
    };
    if let Some(home) = &home {
        if let Err(sentence) = unpack(arriving, &opened, home, &mut plan) {
            plan.say(
                Weight::Fatal,
                sentence,
                Some("demandez un nouveau paquet à l’établissement d’origine"),
            );
            return plan;
        }
        noted.pupil = match (&created, &matching[..]) {
            (Some(id), _) => Some(id),
            (None, [one]) => Some(&school.pupils[*one].id),
            _ => None,
        };
        noted.steps.push((TransferStage::Merged, arriving.today, Some(arriving.by), Some(&digest)));
    }
    if let Some((path, text)) = note(school, arriving.texts, &noted, SchoolYear::of(arriving.today))
    {
        plan.changes.put(path, text);
    }
    if home.is_some() && !plan.changes.is_empty() {
        tell(folder, &opened.package, &mut plan);
    }
    plan
}

/// Whether a pupil of the school is the one of the folder: the same INE; without INE, the same names and birth,
/// and where both schools know one, no other ELEVE_ID is asked (each school has its own).
fn is_of(pupil: &Pupil, folder: &SentFolder) -> bool {
    let one = &folder.eleve;
    pupil.is_called(one.ine.as_deref(), &one.nom, &one.prenom, one.naissance)
}

fn home(pupil: &Pupil) -> String {
    pupil.file.strip_suffix("student.toml").unwrap_or(&pupil.file).to_owned()
}

type Refused = (String, Option<String>);

/// Opens a package; each thing that may be wrong with it has its own sentence.
fn open(arriving: &Arriving<'_>) -> Result<Opened, Refused> {
    let refuse = |sentence: &str, help: &str| (sentence.to_owned(), Some(help.to_owned()));
    let school = arriving.school;
    if !school.has_transfers() {
        return Err(refuse(
            "les transferts sont fermés dans cet établissement : aucun dossier n’entre",
            "l’administrateur les ouvre dans school.toml : [transferts] ouvert = true",
        ));
    }
    let again = "demandez un nouveau paquet à l’établissement d’origine";
    let read = Package::read(arriving.bytes, (FORMAT, VERSION), &[SIGNATURE], LIMITS);
    let crate::exchange::Opened { package, manifest, mut beside } =
        read.map_err(|error| (error.to_string(), Some(again.to_owned())))?;
    let Some(signature) = beside.remove(SIGNATURE) else {
        return Err(refuse("ce paquet n’est pas signé : rien ne dit qui l’a préparé", again));
    };
    let Some(seal) = Signature::read(&signature) else {
        return Err(refuse("la signature de ce paquet ne peut pas être lue", again));
    };
    let Some(folder) = folder_of(&manifest) else {
        return Err(refuse(
            "paquet.toml ne dit pas tout ce qu’un dossier transféré doit dire",
            again,
        ));
    };
    let own = &school.establishment.uai;
    let origin = &folder.origine;
    if origin.uai.eq_ignore_ascii_case(own) {
        return Err(refuse(
            "ce paquet a été préparé par votre établissement, pour un autre",
            "envoyez-le à l’établissement d’accueil",
        ));
    }
    if !folder.destination.uai.eq_ignore_ascii_case(own) {
        let to = &folder.destination;
        return Err((
            format!(
                "ce paquet est destiné à {} ({}), et non à votre établissement",
                to.nom, to.uai
            ),
            Some("remettez-le à cet établissement, ou demandez un paquet à votre nom".to_owned()),
        ));
    }
    let Some(partner) = school.partner(&origin.uai) else {
        return Err((
            format!(
                "l’établissement {} ({}) n’est pas parmi vos partenaires",
                origin.nom, origin.uai
            ),
            Some(format!(
                "si vous attendez ce dossier, téléphonez-lui à son numéro habituel et faites lire l’empreinte de sa clé, {} ; l’administrateur l’inscrit ensuite dans school.toml, sous [[transferts.partenaires]]",
                seal.fingerprint()
            )),
        ));
    };
    check_key(&seal, partner, &folder, arriving.today)?;
    if !seal.fits(&manifest) {
        return Err(refuse(
            "la signature ne correspond pas à ce paquet : il a été abîmé ou modifié après avoir été signé",
            again,
        ));
    }
    Ok(Opened { package, manifest, signature, folder })
}

/// Whether the key is one of the school's, on the day of the package and still today.
fn check_key(
    seal: &Signature,
    partner: &TransferPartner,
    folder: &SentFolder,
    today: Date,
) -> Result<(), Refused> {
    let keys = seal.key(&partner.cles);
    if keys.is_empty() {
        return Err((
            format!("ce paquet est signé d’une clé que {} n’a pas donnée : {}", partner.nom, seal.fingerprint()),
            Some("téléphonez à cet établissement, à son numéro habituel : si l’empreinte est bien la sienne, l’administrateur ajoute sa clé dans school.toml".to_owned()),
        ));
    }
    if folder.fait_le > today {
        return Err((
            format!(
                "ce paquet est daté du {}, qui n’est pas encore passé",
                long_date(folder.fait_le)
            ),
            Some("vérifiez la date de cet ordinateur, puis demandez un nouveau paquet".to_owned()),
        ));
    }
    if !keys.iter().any(|key| holds(key, folder.fait_le) && holds(key, today)) {
        let end = keys.iter().filter_map(|key| key.au).max();
        let since =
            end.map_or_else(String::new, |day| format!(" (dernier jour : le {})", long_date(day)));
        return Err((
            format!(
                "la clé qui a signé ce paquet n’est plus, ou pas encore, celle de {}{since}",
                partner.nom
            ),
            Some("demandez un paquet signé de la clé actuelle".to_owned()),
        ));
    }
    Ok(())
}

/// What `paquet.toml` says, when it says everything.
fn folder_of(manifest: &[u8]) -> Option<SentFolder> {
    let text = std::str::from_utf8(manifest).ok()?;
    let file = Arc::from("students/2000/x/received/x/paquet.toml");
    match version(&file, text).record {
        Some(AnyRecord::SentFolder(folder)) => Some(*folder),
        _ => None,
    }
}

/// The name of the folder of a package: the code of the school, and the day.
fn name(folder: &SentFolder) -> String {
    format!("{}-{}", slug(&folder.origine.uai), folder.fait_le)
}

/// Adds the files that are not there yet.
fn unpack(
    arriving: &Arriving<'_>,
    opened: &Opened,
    home: &str,
    plan: &mut Plan,
) -> Result<(), String> {
    let place = format!("{home}{RECEIVED}{}/", name(&opened.folder));
    let there = |path: &str| match arriving.texts.get(path) {
        Some(text) => Some(text.as_bytes().to_vec()),
        None => arriving.source.read(path).ok(),
    };
    let manifest_path = format!("{place}{MANIFEST}");
    if there(&manifest_path).is_some_and(|known| known != opened.manifest) {
        return Err(format!(
            "un autre paquet de {} du {} est déjà dans le dossier de l’élève",
            opened.folder.origine.nom,
            long_date(opened.folder.fait_le)
        ));
    }
    let mut files: BTreeMap<String, &[u8]> = BTreeMap::new();
    for (name, bytes) in &opened.package.files {
        // What other schools had sent before stands beside this package, not in it.
        let path = if name.starts_with(RECEIVED) {
            format!("{home}{name}")
        } else {
            format!("{place}{name}")
        };
        if crate::source::is_record(&path) {
            let text = std::str::from_utf8(bytes).ok();
            let read = text.map(|text| version(&Arc::from(path.as_str()), text));
            if read.is_none_or(|read| read.record.is_none()) {
                return Err(format!("le fichier {} du paquet ne se lit pas", quoted(name)));
            }
        }
        files.insert(path, bytes);
    }
    files.insert(manifest_path, &opened.manifest);
    files.insert(format!("{place}{SIGNATURE}"), &opened.signature);
    for (path, bytes) in files {
        match there(&path) {
            Some(known) if known == bytes => {}
            // What came before from elsewhere is not written over by what another school holds of it.
            Some(_) if !path.starts_with(&place) => {}
            _ => plan.changes.put(path, bytes),
        }
    }
    Ok(())
}

/// The file of a pupil who is not there: identity from the package, in a class of this year.
fn create(
    arriving: &Arriving<'_>,
    folder: &SentFolder,
    newcomer: Newcomer<'_>,
) -> Result<(String, String, String), (String, String)> {
    let school = arriving.school;
    let year = school.current_year();
    let class = newcomer.class;
    if !school.classes.values().iter().any(|one| one.year == year && one.key == class) {
        let known: Vec<&str> = school
            .classes
            .values()
            .iter()
            .filter(|one| one.year == year)
            .map(|one| one.key.as_str())
            .collect();
        return Err((
            format!("aucune classe {} en {year}", quoted(class)),
            format!("les classes sont : {}", known.join(", ")),
        ));
    }
    let one = &folder.eleve;
    let base = slug(&format!("{} {}", one.nom, one.prenom));
    let numbered = (2..100).map(|n| format!("{base}-{n}"));
    let id = std::iter::once(base.clone()).chain(numbered).find(|id| school.pupil(id).is_none());
    let id = id.unwrap_or(base);
    let path = format!("students/{}/{id}/student.toml", year.0);
    let mut edit =
        Edit::of(&Arc::from(path.as_str()), "").map_err(|_| (String::new(), String::new()))?;
    if let Some(ine) = &one.ine {
        edit.set(&key_path!["ine"], &**ine);
    }
    edit.set(&key_path!["nom"], &*one.nom);
    edit.set(&key_path!["prenom"], &*one.prenom);
    edit.set(&key_path!["naissance"], one.naissance);
    let status = folder.classes.last().map_or("scolaire", |class| class.statut.as_str());
    let mut stay: Vec<(&str, NewValue)> = vec![
        ("annee", year.to_string().into()),
        ("classe", class.into()),
        ("statut", status.into()),
    ];
    stay.extend(year.contains(arriving.today).then(|| ("debut", arriving.today.into())));
    edit.push(&key_path!["scolarite"], stay);
    Ok((id, path, edit.finish()))
}

/// The figures of the plan: what comes, by kind.
fn tell(folder: &SentFolder, package: &Package, plan: &mut Plan) {
    let number = |start: &str, end: &str| {
        package.files.keys().filter(|name| name.starts_with(start) && name.ends_with(end)).count()
    };
    let portfolios = package
        .files
        .keys()
        .filter(|name| name.strip_prefix("pfmp/").is_some_and(|rest| !rest.contains('/')));
    let kinds = [
        (("évaluation", "évaluations"), true, number("evaluations/", ".toml")),
        (("bilan", "bilans"), false, number("reviews/", ".toml")),
        (("portfolio", "portfolios"), false, portfolios.count()),
        (
            ("grille de certification", "grilles de certification"),
            true,
            number("certification/", ".toml"),
        ),
        (("attestation", "attestations"), true, number("attestations/", ".toml")),
        (("livret scolaire", "livrets scolaires"), false, number("lsl/", ".toml")),
        (("page de book", "pages de book"), true, number("book/", ".md")),
        (("acte du registre", "actes du registre"), false, number("register/", ".toml")),
    ];
    for (noun, feminine, created) in kinds {
        plan.tallies.push(Tally { noun, feminine, created, changed: 0, deactivated: 0 });
    }
    let hidden = usize::try_from(folder.retraits.0).unwrap_or_default();
    if hidden > 0 {
        let sentence = format!(
            "l’établissement d’origine a retiré {} le nom d’un autre élève des textes",
            count(hidden, "fois", "fois")
        );
        plan.say(Weight::Note, sentence, None);
    }
}
