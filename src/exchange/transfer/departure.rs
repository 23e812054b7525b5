//! A pupil's folder as a package: what concerns this pupil and nobody else, with who wrote it and when.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use toml::{Table, Value};

use super::names::Others;
use super::quoted_codes::{gather, referentials};
use super::reduce::reduced;
use super::{HISTORY, RECEIVED, VERSIONS, sha256};
use crate::exchange::{Package, Plan, Weight};
use crate::record::{
    Plain, ReviewState, SentChangeKind, SentSignature, TransferPartner, differences, version,
};
use crate::school::{Ix, Pupil, School};
use crate::source::{Source, SourceError, Texts};
use crate::text::{Date, count, long_date, plural, quoted};

/// Values that a line of the history tells, at most.
const TOLD: usize = 12;

/// Who leaves, for where, and what is known of the past.
#[derive(Clone, Copy)]
pub struct Leaving<'l> {
    /// The school.
    pub school: &'l School,
    /// Its texts.
    pub texts: &'l Texts,
    /// Where the other files are.
    pub source: &'l dyn Source,
    /// The pupil.
    pub pupil: Ix<Pupil>,
    /// The school that receives.
    pub to: &'l TransferPartner,
    /// Who prepares the package: "Mme Hélène Faure".
    pub by: &'l str,
    /// The day.
    pub today: Date,
    /// The changes of the files that [`concerns`] names, oldest first.
    pub past: &'l [PastChange],
    /// Whether the whole past is known.
    pub whole: bool,
}

/// A change of a file, as the history of this school has it.
#[derive(Clone, Debug)]
pub struct PastChange {
    /// Path from the folder of `school.toml`.
    pub file: String,
    /// The version.
    pub commit: String,
    /// The day, on the clock of whoever wrote.
    pub day: Date,
    /// The time and the distance from universal time: `17:45:03+01:00`.
    pub time: String,
    /// Name of whoever wrote, as the version says it.
    pub name: String,
    /// Address of whoever wrote, in lower case: it tells who it is, and does not go.
    pub email: String,
    /// Name of whoever deposited it, when it is somebody else.
    pub deposited_by: Option<String>,
    /// What the signature was worth.
    pub signature: SentSignature,
    /// The text before; nothing when the file is new or no text.
    pub before: Option<Arc<str>>,
    /// The text after; nothing when the file is gone or no text.
    pub after: Option<Arc<str>>,
    /// Whether the file is gone.
    pub gone: bool,
    /// Whether the file is new.
    pub new: bool,
}

/// A package ready to be signed.
#[derive(Debug)]
pub struct Made {
    /// The package.
    pub package: Package,
    /// What there is to say, and whether it may go: only the remarks count.
    pub remarks: Plan,
}

/// Whether a path of the school, now or of old, may hold something about a pupil.
pub fn concerns(school: &School, pupil: Ix<Pupil>, path: &str) -> bool {
    let one = &school.pupils[pupil];
    if let Some(inside) = own(path, &one.id) {
        return !inside.starts_with(RECEIVED);
    }
    let stem = path.strip_suffix(".toml").unwrap_or_default();
    let parts: Vec<&str> = stem.split('/').collect();
    match parts[..] {
        ["evaluations", year, class, _] => one.stays.iter().any(|stay| {
            let known = &school.classes[stay.class];
            known.key == class && known.year.to_string() == year
        }),
        ["pfmp", "periods", year, slug] => {
            let id = format!("{year}/{slug}");
            one.periods.iter().any(|period| school.periods[*period].id == id)
        }
        ["register", _, "commissions", _] => (school.commissions.values().iter())
            .any(|known| *known.file == *path && known.candidates.contains(&pupil)),
        ["register", ..] => true,
        _ => false,
    }
}

/// The path of a file in a pupil's folder, whatever the cohort.
fn own<'p>(path: &'p str, id: &str) -> Option<&'p str> {
    let (_cohort, rest) = path.strip_prefix("students/")?.split_once('/')?;
    rest.strip_prefix(id)?.strip_prefix('/')
}

/// Makes the package of a pupil.
///
/// # Errors
/// When a file of the pupil cannot be read.
pub fn pack(leaving: &Leaving<'_>) -> Result<Made, SourceError> {
    let mut remarks = Plan::default();
    if !may_leave(leaving, &mut remarks) {
        return Ok(Made { package: Package::default(), remarks });
    }
    let school = leaving.school;
    let pupil = &school.pupils[leaving.pupil];
    let mut cut = Cut {
        leaving,
        others: Others::of(school, leaving.pupil, &tutors(school, pupil)),
        hidden: 0,
        broken: BTreeSet::new(),
        words: BTreeSet::new(),
    };
    let mut package = Package::default();
    for (path, text) in leaving.texts.iter() {
        let Some(name) = name_of(path, &pupil.id) else { continue };
        if name.starts_with(RECEIVED) {
            package.files.insert(name.to_owned(), text.as_bytes().to_vec());
        } else if concerns(school, leaving.pupil, path) {
            if school.is_broken(path) {
                cut.broken.insert(path.to_string());
            }
            if let Some(text) = cut.text(path, text, true) {
                package.files.insert(name.to_owned(), text.into_bytes());
            }
        }
    }
    let mut loose = 0;
    for entry in leaving.texts.others() {
        let Some(name) = own(&entry.path, &pupil.id) else { continue };
        let known = name.starts_with("book/") || name.starts_with(RECEIVED);
        loose += usize::from(!known);
        package.files.insert(name.to_owned(), leaving.source.read(&entry.path)?);
    }
    let history = history(&mut cut, &mut package.files);
    package.files.insert(HISTORY.to_owned(), history.into_bytes());
    for name in package.files.keys().filter(|name| !name.starts_with(RECEIVED)) {
        if cut.others.are_in(name) {
            let sentence = format!("le nom du fichier {} désigne un autre élève", quoted(name));
            remarks.say(
                Weight::Fatal,
                sentence,
                Some("renommez ce fichier dans le dossier de l’élève"),
            );
        }
    }
    for path in &cut.broken {
        let sentence = format!("le fichier {} ne peut pas être lu en entier", quoted(path));
        remarks.say(Weight::Fatal, sentence, Some("corrigez-le : « jalon check » montre où"));
    }
    if cut.hidden > 0 {
        let number = count(cut.hidden, "fois", "fois");
        let sentence = format!(
            "un autre élève ou sa famille était nommé {number} dans les textes : son nom a été retiré"
        );
        remarks.say(
            Weight::Note,
            sentence,
            Some("un prénom seul ne se reconnaît pas : relisez les textes du dossier"),
        );
    }
    if loose > 0 {
        let verb = plural(
            loose,
            "est joint : vérifiez qu’il ne montre",
            "sont joints : vérifiez qu’ils ne montrent",
        );
        let sentence = format!(
            "{} au dossier (numérisations, copies) {verb} personne d’autre",
            count(loose, "fichier ajouté", "fichiers ajoutés")
        );
        remarks.say(Weight::Note, sentence, None);
    }
    if !leaving.whole {
        remarks.say(
            Weight::ToDo,
            "l’historique de cette copie de l’établissement n’est pas entier : le paquet ne dira pas tout de qui a écrit quoi",
            Some("récupérez tout l’historique (git fetch --unshallow), puis refaites le paquet"),
        );
    }
    package.facts = facts(leaving, &cut);
    Ok(Made { package, remarks })
}

/// The name in the package of what concerns the pupil.
fn name_of<'p>(path: &'p str, id: &str) -> Option<&'p str> {
    own(path, id).or_else(|| {
        let fair = ["evaluations/", "register/", "pfmp/periods/"];
        fair.iter().any(|start| path.starts_with(start)).then_some(path)
    })
}

/// The three things to do before, in their order (TRF-01, TRF-02, BIL-18).
fn may_leave(leaving: &Leaving<'_>, remarks: &mut Plan) -> bool {
    let school = leaving.school;
    let pupil = &school.pupils[leaving.pupil];
    let name = pupil.full_name();
    if !school.has_transfers() {
        remarks.say(
            Weight::Fatal,
            "les transferts sont fermés dans cet établissement : aucun dossier ne part",
            Some("l’administrateur les ouvre dans school.toml : [transferts] ouvert = true"),
        );
        return false;
    }
    let last = pupil.stays.last();
    let year_end = last.map(|stay| school.classes[stay.class].year.last_day());
    let cut_short = last.map(|stay| stay.to).filter(|to| Some(*to) < year_end);
    let gone = pupil.record.inactif_depuis.or(cut_short).filter(|day| *day <= leaving.today);
    let Some(gone) = gone else {
        remarks.say(
            Weight::Fatal,
            format!("{name} est encore parmi les présents"),
            Some("dans l’ordre : 1. le bilan de la période en cours ; 2. l’import de SIECLE, qui note le départ ; 3. le transfert"),
        );
        return false;
    };
    let stay = pupil.stays.iter().rev().find(|stay| stay.from <= gone);
    let periods = stay.map(|stay| school.periods_of_class(&school.classes[stay.class]));
    let period = periods.into_iter().flatten().find(|one| one.debut <= gone && gone <= one.fin);
    if let Some(period) = period {
        let done = pupil.reviews.iter().map(|ix| &school.reviews[*ix]).any(|review| {
            review.record.etat == ReviewState::Valid
                && (period.debut..=period.fin).contains(&review.key.date)
        });
        if !done {
            let sentence = format!(
                "{name} part le {} sans bilan validé pour {}",
                long_date(gone),
                quoted(&period.intitule)
            );
            remarks.say(
                Weight::ToDo,
                sentence,
                Some("faites valider un bilan, puis refaites le paquet : l’autre établissement n’aura que ce qui est écrit ici"),
            );
        }
    }
    true
}

/// The names that stand in the pupil's own records: who was met in companies and commissions.
fn tutors(school: &School, pupil: &Pupil) -> Vec<String> {
    let mut names = Vec::new();
    for portfolio in pupil.portfolios.iter().map(|ix| &school.portfolios[*ix].record) {
        if let Some(tutor) = &portfolio.tuteur {
            names.extend(tutor.prenom.iter().map(|first| format!("{first} {}", tutor.nom)));
            names.extend(tutor.prenom.iter().map(|first| format!("{} {first}", tutor.nom)));
        }
        names.extend(portfolio.entreprise.iter().map(|company| company.nom.clone()));
        names.extend(portfolio.bilan_entreprise.iter().filter_map(|one| one.tuteur.clone()));
    }
    for grid in pupil.grids.iter().map(|ix| &school.grids[*ix].record) {
        for member in &grid.commission {
            if let (Some(last), Some(first)) = (&member.nom, &member.prenom) {
                names.push(format!("{first} {last}"));
            }
        }
    }
    names
}

/// What cuts texts for one pupil.
struct Cut<'l> {
    leaving: &'l Leaving<'l>,
    others: Others,
    /// Names that were taken out of the files as they are now.
    hidden: usize,
    /// Files that cannot be cut.
    broken: BTreeSet<String>,
    /// All words and keys of records: ids and codes are among them.
    words: BTreeSet<String>,
}

impl Cut<'_> {
    /// The text of a file for the pupil; nothing when it says nothing of the pupil, or cannot be read.
    fn text(&mut self, path: &str, text: &str, now: bool) -> Option<String> {
        let id = &self.leaving.school.pupils[self.leaving.pupil].id;
        let file: Arc<str> = Arc::from(path);
        let read = version(&file, text);
        let (kind, record) = (read.kind.as_ref()?, read.record.as_ref()?);
        let cut = reduced((kind, path), record, text, id)?;
        let (cut, hidden) = self.others.hide(&cut);
        let after = version(&file, &cut);
        if after.record.is_none() {
            // A name stood where a key must be: the file says nothing without it.
            if now {
                self.broken.insert(path.to_owned());
            }
            return None;
        }
        if now {
            self.hidden += hidden;
        }
        if let Some(plain) = &after.plain {
            gather(plain, &mut self.words);
        }
        Some(cut)
    }

    /// Somebody of the staff, by address or by name: the id and the name to tell. A pupil or a stranger has no
    /// id; another pupil has no name.
    fn hand(&self, change: &PastChange) -> (Option<&str>, String) {
        let school = self.leaving.school;
        let pupil = &school.pupils[self.leaving.pupil];
        let has = |mails: &[String]| mails.iter().any(|mail| mail.to_lowercase() == change.email);
        if let Some(person) = school.people.values().iter().find(|one| has(&one.record.courriels)) {
            let name = format!("{} {}", person.record.civilite.as_str(), person.full_name());
            return (Some(&person.id), name);
        }
        if has(&pupil.record.courriels) {
            return (None, pupil.full_name());
        }
        (None, self.others.hide(&change.name).0)
    }
}

/// `historique.toml`; the former versions that it names are added to the files.
fn history(cut: &mut Cut<'_>, files: &mut BTreeMap<String, Vec<u8>>) -> String {
    let leaving = cut.leaving;
    let id = leaving.school.pupils[leaving.pupil].id.clone();
    let mut known: BTreeSet<String> = files.values().map(|bytes| sha256(bytes)).collect();
    let mut changes: Vec<Value> = Vec::new();
    for change in leaving.past {
        let Some(name) = name_of(&change.file, &id).map(str::to_owned) else { continue };
        let mut side = |text: &Option<Arc<str>>| {
            text.as_ref().and_then(|text| cut.text(&change.file, text, false))
        };
        let (before, after) = (side(&change.before), side(&change.after));
        let is_own = own(&change.file, &id).is_some();
        let unread =
            |cut: &Option<String>, text: &Option<Arc<str>>| cut.is_none() && text.is_some();
        // A record of the pupil's own that could not be read was written all the same.
        let hidden = is_own && (unread(&before, &change.before) || unread(&after, &change.after));
        let no_text = change.before.is_none() && change.after.is_none();
        if before == after && !hidden && !(is_own && no_text) {
            continue;
        }
        let kind = match (&before, &after) {
            _ if hidden || no_text => match (change.new, change.gone) {
                (true, _) => SentChangeKind::Made,
                (_, true) => SentChangeKind::Removed,
                _ => SentChangeKind::Changed,
            },
            (None, _) => SentChangeKind::Made,
            (_, None) => SentChangeKind::Removed,
            _ => SentChangeKind::Changed,
        };
        let mut keep = |text: &Option<String>| {
            let text = text.as_ref()?;
            let digest = sha256(text.as_bytes());
            if known.insert(digest.clone()) {
                files.insert(format!("{VERSIONS}{}.txt", &digest[..24]), text.clone().into_bytes());
            }
            Some(digest)
        };
        let (was, is) = (keep(&before), keep(&after));
        let told = match (&before, &after) {
            (Some(before), Some(after)) => told(&change.file, before, after),
            _ => Vec::new(),
        };
        let (person, called) = cut.hand(change);
        let person = person.map(str::to_owned);
        if let Some(id) = &person {
            cut.words.insert(id.clone());
        }
        let mut table = Table::new();
        let mut set = |key: &str, value: Value| drop(table.insert(key.to_owned(), value));
        set("le", date(change.day));
        set("heure", change.time.clone().into());
        person.into_iter().for_each(|id| set("auteur", id.into()));
        set("nom", called.into());
        if let Some(other) = &change.deposited_by {
            set("depose_par", cut.others.hide(other).0.into());
        }
        set("fichier", name.into());
        set("sorte", kind.as_str().into());
        set("signature", change.signature.as_str().into());
        set("version", change.commit.clone().into());
        was.into_iter().for_each(|digest| set("avant", digest.into()));
        is.into_iter().for_each(|digest| set("apres", digest.into()));
        if !told.is_empty() {
            set("quoi", told.into());
        }
        changes.push(table.into());
    }
    let mut table = Table::new();
    table.insert("complet".into(), leaving.whole.into());
    if !changes.is_empty() {
        table.insert("changements".into(), changes.into());
    }
    toml::to_string(&table).unwrap_or_default()
}

/// The values that changed, one line each.
fn told(path: &str, before: &str, after: &str) -> Vec<String> {
    let file: Arc<str> = Arc::from(path);
    let (Some(before), Some(after)) = (version(&file, before).plain, version(&file, after).plain)
    else {
        return Vec::new();
    };
    let all = differences(&before, &after);
    let lines = all.iter().take(TOLD).map(|difference| {
        let one = difference.brief();
        let (was, is) = (shown(one.before.as_ref()), shown(one.after.as_ref()));
        match (was, is) {
            (Some(was), Some(is)) => format!("{} : {was}, puis {is}", one.path),
            (None, Some(is)) => format!("{} : {is}", one.path),
            (Some(was), None) => format!("{} : {was}, retiré", one.path),
            (None, None) => one.path.to_string(),
        }
    });
    let mut lines: Vec<String> = lines.collect();
    if all.len() > TOLD {
        lines.push(format!("et {} autres valeurs", all.len() - TOLD));
    }
    lines
}

fn shown(value: Option<&Plain>) -> Option<String> {
    match value? {
        Plain::Text(text) => Some(quoted(&text.replace('\n', " "))),
        Plain::Number(number) => Some(number.to_string().replace('.', ",")),
        Plain::Truth(truth) => Some(if *truth { "oui" } else { "non" }.to_owned()),
        Plain::Date(date) => Some(date.clone()),
        Plain::List(items) => {
            let items: Option<Vec<String>> = items.iter().map(|item| shown(Some(item))).collect();
            items.map(|items| items.join(", "))
        }
        Plain::Table(_) => None,
    }
}

fn date(day: Date) -> Value {
    day.to_string()
        .parse::<toml::value::Datetime>()
        .map_or_else(|_| Value::from(day.to_string()), Value::from)
}

/// What `paquet.toml` says besides the list of files.
fn facts(leaving: &Leaving<'_>, cut: &Cut<'_>) -> Table {
    let school = leaving.school;
    let pupil = &school.pupils[leaving.pupil];
    let record = &pupil.record;
    let mut facts = Table::new();
    facts.insert("fait_le".into(), date(leaving.today));
    facts.insert("fait_par".into(), leaving.by.into());
    facts.insert("retraits".into(), i64::try_from(cut.hidden).unwrap_or(i64::MAX).into());
    let mut eleve = Table::new();
    eleve.insert("id".into(), pupil.id.clone().into());
    record.ine.iter().for_each(|ine| drop(eleve.insert("ine".into(), ine.clone().into())));
    record.eleve_id.iter().for_each(|id| drop(eleve.insert("eleve_id".into(), id.clone().into())));
    eleve.insert("nom".into(), record.nom.clone().into());
    eleve.insert("prenom".into(), record.prenom.clone().into());
    eleve.insert("naissance".into(), date(record.naissance));
    facts.insert("eleve".into(), eleve.into());
    let party = |uai: &str, nom: &str, ville: Option<&str>| {
        let mut table = Table::new();
        table.insert("uai".into(), uai.into());
        table.insert("nom".into(), nom.into());
        ville.into_iter().for_each(|ville| drop(table.insert("ville".into(), ville.into())));
        Value::from(table)
    };
    let own = &school.establishment;
    facts.insert("origine".into(), party(&own.uai, &own.nom, own.ville.as_deref()));
    let to = leaving.to;
    facts.insert("destination".into(), party(&to.uai, &to.nom, to.ville.as_deref()));
    let classes: Vec<Value> = pupil
        .stays
        .iter()
        .map(|stay| {
            let class = &school.classes[stay.class];
            let mut table = Table::new();
            let mut set = |key: &str, value: Value| drop(table.insert(key.to_owned(), value));
            set("annee", class.year.to_string().into());
            set("classe", class.key.clone().into());
            set("nom", class.record.nom.clone().into());
            set("diplome", class.record.diplome.to_string().into());
            set("niveau", class.record.niveau.as_str().into());
            set("statut", stay.status.as_str().into());
            set("debut", date(stay.from));
            // Who leaves in the middle of the year is no longer in the class.
            let to = record.inactif_depuis.map_or(stay.to, |gone| stay.to.min(gone.max(stay.from)));
            set("fin", date(to));
            Value::from(table)
        })
        .collect();
    facts.insert("classes".into(), classes.into());
    facts.insert("referentiels".into(), referentials(school, leaving.pupil, &cut.words).into());
    let people = school.people.values().iter().filter(|person| cut.words.contains(&person.id));
    let people: Table = people
        .map(|person| {
            let record = &person.record;
            let mut table = Table::new();
            let mut set = |key: &str, value: Value| drop(table.insert(key.to_owned(), value));
            set("civilite", record.civilite.as_str().into());
            set("nom", record.nom.clone().into());
            set("prenom", record.prenom.clone().into());
            let roles: Vec<&str> = record.roles.iter().map(|role| role.as_str()).collect();
            set("roles", roles.into());
            record.discipline.iter().for_each(|text| set("discipline", text.clone().into()));
            (person.id.clone(), table.into())
        })
        .collect();
    facts.insert("personnes".into(), people.into());
    facts
}
