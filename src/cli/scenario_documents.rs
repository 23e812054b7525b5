//! Scenarios as documents for LibreOffice and Word: the school's own templates, else those of the program.

use std::sync::OnceLock;

use anyhow::Context as _;

use crate::exchange::document::{Format, Template};
use crate::exchange::scenario::{SCENARIO_NAMES, TEMPLATES, scenario_data};
use crate::school::{Ix, Scenario, School};
use crate::source::Source;

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
        Self { source, own, read: [OnceLock::new(), OnceLock::new()] }
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
}
