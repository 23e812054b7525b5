//! Scenarios as files to take away: documents from the school's own templates, else those of the program; packages.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use anyhow::Context as _;
use rayon::prelude::*;

use super::console;
use super::pipeline::Checked;
use crate::exchange::document::{Format, Template};
use crate::exchange::scenario::{SCENARIO_NAMES, TEMPLATES, pack, scenario_data};
use crate::page::{OfficeFile, Site, office_address, office_scenarios};
use crate::render::{Bytes, Sink};
use crate::school::{Ix, Scenario, School};
use crate::source::{Source, Texts};

/// Heaviest documents of a scenario whose package the site offers, in bytes: what is heavier would stand there twice.
const HEAVIEST: u64 = 10_000_000;

/// The templates of a school, each read when it is first needed.
pub(super) struct Templates<'s> {
    source: &'s dyn Source,
    /// The school's own, by family.
    own: [Option<String>; 2],
    read: [OnceLock<Result<Template, String>>; 2],
}

fn place(format: Format) -> usize {
    match format {
        Format::Odt => 0,
        Format::Docx => 1,
    }
}

impl<'s> Templates<'s> {
    /// The templates of a school: a `layouts/scenario.odt` beside `school.toml` comes before that of the program.
    pub(super) fn of(source: &'s dyn Source, school: &School) -> Self {
        let own = Format::ALL.map(|format| {
            let path = format!("layouts/scenario.{}", format.extension());
            school.files.contains(path.as_str()).then_some(path)
        });
        Self { own, ..Self::shipped(source) }
    }

    /// The templates of the program.
    fn shipped(source: &'s dyn Source) -> Self {
        Self { source, own: [None, None], read: [OnceLock::new(), OnceLock::new()] }
    }

    /// A scenario as a document.
    ///
    /// # Errors
    /// When the template cannot be used: the file to mend is named.
    pub(super) fn document(
        &self,
        school: &School,
        ix: Ix<Scenario>,
        format: Format,
    ) -> anyhow::Result<Vec<u8>> {
        let n = place(format);
        let named = || match &self.own[n] {
            Some(path) => format!("le modèle {path} ne peut pas servir"),
            None => "le modèle ne peut pas servir".to_owned(),
        };
        let template = self.read[n]
            .get_or_init(|| self.template(format).map_err(|error| format!("{error:#}")));
        let template =
            template.as_ref().map_err(|why| anyhow::anyhow!("{why}")).with_context(named)?;
        template.fill(&SCENARIO_NAMES, &scenario_data(school, ix)).with_context(named)
    }

    fn template(&self, format: Format) -> anyhow::Result<Template> {
        let bytes = match &self.own[place(format)] {
            Some(path) => self.source.read(path)?,
            None => TEMPLATES[place(format)].1.to_vec(),
        };
        Ok(Template::read(&bytes, format)?)
    }

    /// What tells whether documents made from these templates may differ.
    fn digest(&self) -> blake3::Hash {
        let mut hasher = blake3::Hasher::new();
        for path in self.own.iter().flatten() {
            hasher.update(path.as_bytes());
            hasher.update(&self.source.read(path).unwrap_or_default());
        }
        hasher.finalize()
    }
}

/// The addresses of the files that a site offers with its scenarios.
pub(super) fn offered(site: &Site<'_>, texts: &Texts) -> BTreeSet<String> {
    let mut weights: BTreeMap<&str, u64> = BTreeMap::new();
    for entry in texts.others() {
        // "scenarios/mcv-a/premiere/accueil-client/fiche.pdf" weighs on its scenario.
        let end = entry.path.match_indices('/').nth(3).map(|(at, _)| at);
        if let Some(folder) = end.and_then(|end| entry.path[..end].strip_prefix("scenarios/")) {
            *weights.entry(folder).or_default() += entry.size;
        }
    }
    let mut offered = BTreeSet::new();
    for ix in office_scenarios(site) {
        let weight = weights.get(site.school.scenarios[ix].id.as_str());
        let files = OfficeFile::ALL.into_iter().filter(|file| {
            *file != OfficeFile::Package || weight.is_none_or(|weight| *weight <= HEAVIEST)
        });
        offered.extend(files.map(|file| office_address(site, ix, file)));
    }
    offered
}

/// A file by its address, with what it was made from.
type Made = (String, (blake3::Hash, Bytes));

/// The files of the last site, each with what it was made from.
#[derive(Debug, Default)]
pub(super) struct Kept(BTreeMap<String, (blake3::Hash, Bytes)>);

/// Makes the files that a site offers with its scenarios, but those that nothing changed since they were kept, and
/// tells how many there are; nothing is kept where nobody asks for it. A template of the school that cannot be used stops nothing: it is told, and that of the
/// program serves.
///
/// # Errors
/// When a file cannot be read, or the sink refuses one.
pub(super) fn make(
    source: &dyn Source,
    checked: &Checked,
    site: &Site<'_>,
    mut kept: Option<&mut Kept>,
    sink: &dyn Sink,
) -> anyhow::Result<usize> {
    let school = &checked.school;
    let templates = Templates::of(source, school);
    let shipped = Templates::shipped(source);
    let digest = templates.digest();
    let told: [OnceLock<()>; 2] = [OnceLock::new(), OnceLock::new()];
    let scenarios: Vec<Ix<Scenario>> = office_scenarios(site).collect();
    let wanted = scenarios
        .into_iter()
        .flat_map(|ix| OfficeFile::ALL.map(|file| (ix, file, office_address(site, ix, file))));
    let wanted: Vec<_> = wanted.filter(|(.., address)| site.office.contains(address)).collect();
    let number = wanted.len();
    let keeps = kept.is_some();
    let earlier = kept.as_mut().map(|kept| std::mem::take(&mut kept.0)).unwrap_or_default();
    let made: Vec<anyhow::Result<Option<Made>>> = wanted
        .into_par_iter()
        .map(|(ix, file, address)| {
            let resources = match file {
                OfficeFile::Package => resources(source, &school.scenarios[ix])?,
                _ => BTreeMap::new(),
            };
            let key = key(checked, ix, digest, &resources);
            let bytes: Bytes = match earlier.get(&address).filter(|(known, _)| *known == key) {
                Some((_, bytes)) => bytes.clone(),
                None => {
                    let format = match file {
                        OfficeFile::Odt => Some(Format::Odt),
                        OfficeFile::Docx => Some(Format::Docx),
                        OfficeFile::Package => None,
                    };
                    match format {
                        Some(format) => templates
                            .document(school, ix, format)
                            .or_else(|error| {
                                told[place(format)].get_or_init(|| {
                                    console::beside(&format!("attention : {error:#}\n"));
                                });
                                shipped.document(school, ix, format)
                            })?
                            .into(),
                        None => package(checked, ix, &resources)?.into(),
                    }
                }
            };
            sink.put(&address, bytes.clone())?;
            Ok(keeps.then_some((address, (key, bytes))))
        })
        .collect();
    let made = made.into_iter().collect::<anyhow::Result<Vec<_>>>()?;
    if let Some(kept) = kept {
        kept.0.extend(made.into_iter().flatten());
    }
    Ok(number)
}

/// What a file is made from: the scenario, its référentiel, people and establishment, templates, documents.
fn key(
    checked: &Checked,
    ix: Ix<Scenario>,
    templates: blake3::Hash,
    resources: &BTreeMap<String, Vec<u8>>,
) -> blake3::Hash {
    let scenario = &checked.school.scenarios[ix];
    let mut hasher = blake3::Hasher::new();
    hasher.update(templates.as_bytes());
    hasher.update(format!("{:?}", scenario_data(&checked.school, ix)).as_bytes());
    let referential = &checked.school.referentials[scenario.diploma].file;
    for file in [&scenario.file, referential, &"staff.toml".into(), &"school.toml".into()] {
        let text = checked.texts.get(file).map_or("", |text| &**text);
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    }
    for (name, bytes) in resources {
        hasher.update(&(name.len() as u64).to_le_bytes());
        hasher.update(name.as_bytes());
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    }
    hasher.finalize()
}

/// The files of the folder of a scenario, by their names in it.
///
/// # Errors
/// When one cannot be read.
pub(super) fn resources(
    source: &dyn Source,
    scenario: &Scenario,
) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let folder = format!("scenarios/{}/", scenario.id);
    let mut resources = BTreeMap::new();
    for path in &scenario.files {
        if let Some(name) = path.strip_prefix(&folder) {
            resources.insert(name.to_owned(), source.read(path)?);
        }
    }
    Ok(resources)
}

/// The package of a scenario.
///
/// # Errors
/// When it holds what no school would take in.
pub(super) fn package(
    checked: &Checked,
    ix: Ix<Scenario>,
    resources: &BTreeMap<String, Vec<u8>>,
) -> anyhow::Result<Vec<u8>> {
    let scenario = &checked.school.scenarios[ix];
    let text = checked.texts.get(&scenario.file).map_or("", |text| &**text);
    pack(&checked.school, ix, text, resources)
        .with_context(|| format!("le scénario {} ne peut pas partir", scenario.id))
}
