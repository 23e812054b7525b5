//! `jalon export transfer`: a pupil's folder for another school, signed, with who wrote what when.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use zeroize::Zeroizing;

use super::super::hand::hand;
use super::super::import::{Proposed, propose};
use super::super::secret::forbidden_folder;
use super::super::{BadCommand, Content, Exit, console, from_clock, options, pipeline};
use super::CommonArgs;
use crate::exchange::transfer::{
    FORMAT, Leaving, Made, NAMESPACE, Noted, PastChange, SIGNATURE, SchoolKey, VERSION, concerns,
    note, pack,
};
use crate::exchange::{Plan, Weight};
use crate::history::{self, Moment, Worth};
use crate::record::{self, Role, SentSignature, TransferPartner, TransferStage, TransferWay};
use crate::school::{Ix, Pupil, School};
use crate::source::{Commit, FileChange, ObjectId, Past, Texts, write_if_changed};
use crate::text::{Date, SchoolYear, count, nearest, or_list, quoted};

/// The options of `jalon export transfer`.
#[derive(Debug, clap::Args)]
pub struct TransferArgs {
    /// Élève qui part, par exemple dupont-lea
    #[arg(value_name = "ÉLÈVE")]
    pub pupil: String,
    /// The school and where to write.
    #[command(flatten)]
    pub common: CommonArgs,
    /// Code UAI de l’établissement d’accueil, inscrit parmi les partenaires de school.toml
    #[arg(long, value_name = "UAI")]
    pub to: String,
    /// Fichier de la clé secrète de l’établissement, hors du dépôt : elle signe le paquet
    #[arg(long, value_name = "FICHIER", required_unless_present = "note")]
    pub key: Option<PathBuf>,
    /// Qui le fait, DDFPT ou chef d’établissement, par son identifiant [par défaut : qui signe les modifications ici]
    #[arg(long, value_name = "PERSONNE")]
    pub by: Option<String>,
    /// Jour du paquet [par défaut : aujourd’hui]
    #[arg(long, value_name = "DATE", value_parser = options::day)]
    pub today: Option<Date>,
    /// Note seulement une étape que l’autre établissement a annoncée : demande, reception ou fusion
    #[arg(long, value_name = "ÉTAPE", value_parser = stage, conflicts_with = "key")]
    pub note: Option<TransferStage>,
    /// Prépare le paquet sans l’écrire
    #[arg(long)]
    pub dry_run: bool,
}

fn stage(text: &str) -> Result<TransferStage, String> {
    let known = [TransferStage::Requested, TransferStage::Received, TransferStage::Merged];
    let found = known.into_iter().find(|stage| stage.key() == text);
    found.ok_or_else(|| "écrivez demande, reception ou fusion".to_owned())
}

/// Runs `jalon export transfer`.
///
/// # Errors
/// When the records or their past cannot be read, the key cannot sign, or the system refuses to write.
pub fn run(args: &TransferArgs) -> anyhow::Result<Exit> {
    if args.common.at.is_some() {
        return Err(BadCommand(
            "un dossier part tel qu’il est aujourd’hui : retirez --at".to_owned(),
        )
        .into());
    }
    let content = args.common.content.find()?;
    let source = content.open_folder()?;
    let before = pipeline::check(&source, &mut super::super::Timings::default())?;
    let school = &before.school;
    let today = args.today.unwrap_or_else(from_clock);
    let by = hand(school, &content, args.by.as_deref(), &[Role::Ddfpt, Role::Head])?;
    let pupil = asked(school, &args.pupil)?;
    let mut plan = Plan::default();
    let Some(to) = partner(school, &args.to, &mut plan) else {
        return propose(&Proposed {
            content: &content,
            source: &source,
            before: &before,
            plan: &plan,
            dry_run: false,
        });
    };
    let step = |plan: &mut Plan, stage, by: Option<&str>, digest: Option<&str>| {
        let own = &school.pupils[pupil];
        let noted = Noted {
            way: TransferWay::Leaves,
            school: &to.uai,
            pupil: Some(&own.id),
            ine: own.record.ine.as_deref(),
            nom: &own.record.nom,
            prenom: &own.record.prenom,
            birth: own.record.naissance,
            steps: vec![(stage, today, by, digest)],
        };
        if let Some((path, text)) = note(school, &before.texts, &noted, SchoolYear::of(today)) {
            plan.changes.put(path, text);
        }
    };
    let mut file = None;
    if let Some(stage) = args.note {
        step(&mut plan, stage, None, None);
    } else {
        let key = secret(args.key.as_deref(), &content)?;
        let keys = school.establishment.transferts.as_ref().map_or(&[][..], |one| &one.cles);
        let (past, whole) = past(&content, &args.common.out, school, &before.texts, pupil, today)?;
        let name = format!("{} {}", by.record.civilite.as_str(), by.full_name());
        let leaving = Leaving {
            school,
            texts: &before.texts,
            source: &source,
            pupil,
            to,
            by: &name,
            today,
            past: &past,
            whole,
        };
        let Made { package, remarks } = pack(&leaving)?;
        plan.remarks.extend(remarks.remarks);
        if !key.is_one_of(keys, today) {
            plan.say(
                Weight::Fatal,
                format!("cette clé, {}, n’est pas parmi celles que l’établissement a déclarées pour aujourd’hui", key.fingerprint()),
                Some("l’administrateur inscrit sa moitié publique dans school.toml : [[transferts.cles]]"),
            );
        }
        if !plan.is_refused() {
            let manifest = package.manifest(FORMAT, VERSION);
            let signature = key.sign(manifest.as_bytes()).context("la clé ne peut pas signer")?;
            let bytes = package.write(FORMAT, VERSION, &[(SIGNATURE, signature.as_bytes())])?;
            let digest = digest(manifest.as_bytes());
            step(&mut plan, TransferStage::Sent, Some(&by.id), Some(&digest));
            file = Some((bytes, digest, package.files.len()));
        }
    }
    let proposed = Proposed {
        content: &content,
        source: &source,
        before: &before,
        plan: &plan,
        dry_run: args.dry_run,
    };
    let exit = propose(&proposed)?;
    if let (Some((bytes, digest, files)), Exit::Fine, false) = (file, exit, args.dry_run) {
        let own = &school.pupils[pupil];
        let name = format!("transfert-{}-{}-{today}.zip", own.id, to.uai.to_lowercase());
        let path = args.common.out.join(name);
        write_if_changed(&path, &bytes)?;
        console::out(&format!(
            "Paquet signé : {} ({}, empreinte {}…)\n\
             Il contient le dossier d’un élève, en clair : remettez-le par un moyen sûr (en main propre, ou par le service\n\
             d’échange de fichiers de l’académie), jamais par un courriel ordinaire. Effacez-le d’ici une fois reçu.\n",
            path.display(),
            count(files, "fichier", "fichiers"),
            &digest[..16],
        ))?;
    }
    Ok(exit)
}

/// The name that the package is known by in both schools.
fn digest(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(ring::digest::digest(&ring::digest::SHA256, bytes).as_ref())
}

fn asked(school: &School, id: &str) -> anyhow::Result<Ix<Pupil>> {
    school.pupil(id).ok_or_else(|| {
        let near = nearest(id, school.pupils.values().iter().map(|one| one.id.as_str()));
        let help = near.map_or_else(String::new, |near| {
            format!("\naide : vouliez-vous écrire {} ?", quoted(near))
        });
        BadCommand(format!("aucun élève ne s’appelle {}{help}", quoted(id))).into()
    })
}

fn partner<'s>(school: &'s School, uai: &str, plan: &mut Plan) -> Option<&'s TransferPartner> {
    let found = school.partner(uai);
    if found.is_none() {
        let settings = school.establishment.transferts.as_ref();
        let known: Vec<String> = settings
            .map(|one| {
                one.partenaires.iter().map(|one| format!("{} ({})", one.uai, one.nom)).collect()
            })
            .unwrap_or_default();
        let help = match &known[..] {
            [] => "l’administrateur inscrit l’établissement dans school.toml : [[transferts.partenaires]]".to_owned(),
            known => format!("les partenaires sont {}", or_list(known)),
        };
        plan.say(
            Weight::Fatal,
            format!("l’établissement {} n’est pas parmi les partenaires", quoted(uai)),
            Some(&help),
        );
    }
    found
}

fn secret(path: Option<&Path>, content: &Content) -> anyhow::Result<SchoolKey> {
    let path = path.context("il faut la clé de l’établissement : --key FICHIER")?;
    if let Some(folder) = forbidden_folder(path, content) {
        anyhow::bail!(
            "la clé de l’établissement est dans « {} », qui est partagé ou publié\n\
             aide : gardez ce fichier ailleurs, hors du dépôt et du dossier out ; s’il a été partagé, faites une \
             autre clé et prévenez vos partenaires",
            folder.display()
        );
    }
    let text = std::fs::read_to_string(path).map(Zeroizing::new);
    let text = text.with_context(|| format!("lecture impossible de « {} »", path.display()))?;
    SchoolKey::read(&text)
        .with_context(|| format!("« {} » ne signe pas (usage {NAMESPACE})", path.display()))
}

/// The changes of what concerns the pupil, oldest first; and whether the whole past is there.
fn past(
    content: &Content,
    out: &Path,
    school: &School,
    texts: &Texts,
    pupil: Ix<Pupil>,
    today: Date,
) -> anyhow::Result<(Vec<PastChange>, bool)> {
    let cache = out.parent().unwrap_or(out).join(".cache").join("audit");
    let Some(past) = Past::open(&content.folder)? else { return Ok((Vec::new(), false)) };
    let annals = pipeline::annals(&content.folder, None, Some(&cache), today)?;
    let Some((_, chronicle)) = annals else { return Ok((Vec::new(), false)) };
    let mut commits: BTreeSet<ObjectId> = BTreeSet::new();
    for file in chronicle.files().filter(|file| concerns(school, pupil, file)) {
        commits.extend(chronicle.of(file).iter().map(|(trace, _)| trace.commit));
    }
    let commits: Vec<ObjectId> = commits.into_iter().collect();
    let moment = Moment::of(&record::load(texts).0);
    let worths = history::worths(&past, &commits, &moment)?;
    let read = past.each(&commits, |reader, id| {
        let commit = reader.commit(*id)?;
        let mut changes = reader.changes(*id)?;
        changes.retain(|change| concerns(school, pupil, &change.path));
        let text = |id: Option<ObjectId>| match id {
            Some(id) => reader.text(id).map(|text| text.map(Arc::from)),
            None => Ok(None),
        };
        let sides = changes.iter().map(|one| Ok((text(one.before)?, text(one.after)?)));
        let sides: Vec<Sides> = sides.collect::<Result<_, git2::Error>>()?;
        Ok((commit, changes, sides))
    });
    let mut told: Vec<(i64, Vec<PastChange>)> = Vec::new();
    for ((commit, changes, sides), worth) in read?.into_iter().zip(worths) {
        let each = changes.into_iter().zip(sides);
        let each = each.filter_map(|(change, sides)| told_of(&commit, change, sides, worth));
        told.push((commit.committer.at, each.collect()));
    }
    told.sort_by_key(|(at, _)| *at);
    Ok((told.into_iter().flat_map(|(_, changes)| changes).collect(), true))
}

/// The text before and after.
type Sides = (Option<Arc<str>>, Option<Arc<str>>);

fn told_of(
    commit: &Commit,
    change: FileChange,
    (before, after): Sides,
    worth: Worth,
) -> Option<PastChange> {
    let author = &commit.author;
    let other = commit.committer.email != author.email;
    Some(PastChange {
        commit: commit.id.to_string(),
        day: Date::at(author.at, author.offset)?,
        time: clock(author.at, author.offset),
        name: author.name.clone(),
        email: author.email.clone(),
        deposited_by: other.then(|| commit.committer.name.clone()),
        signature: match worth {
            Worth::Good => SentSignature::Good,
            Worth::Forge => SentSignature::Forge,
            Worth::Unknown => SentSignature::Unknown,
            Worth::Bad => SentSignature::Bad,
            Worth::None => SentSignature::None,
        },
        new: change.before.is_none(),
        gone: change.after.is_none(),
        file: change.path,
        before,
        after,
    })
}

/// `17:45:03+01:00`.
fn clock(at: i64, offset: i32) -> String {
    let seconds = (at + i64::from(offset) * 60).rem_euclid(86_400);
    let sign = if offset < 0 { '-' } else { '+' };
    let away = offset.abs();
    format!(
        "{:02}:{:02}:{:02}{sign}{:02}:{:02}",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60,
        away / 60,
        away % 60
    )
}
