//! The letters that open pupils' pages, and the sheet that is signed for them.

use minijinja::context;
use minijinja::value::Serde;

use super::{PAPER_STYLE, Printery, SITE_STYLE, Sheet, school_life};
use crate::page::{HandoverSheet, LettersSheet};
use crate::render::html::Html;
use crate::render::qr::{TooLong, square};
use crate::render::site::RenderError;

/// Their templates.
pub(super) static LAYOUTS: &[(&str, &str)] = &[
    ("papier/lettre.html", include_str!("../../../layouts/papier/lettre.html")),
    ("papier/lettre-arabe.svg", include_str!("../../../assets/famille/lettre-arabe.svg")),
    (
        "papier/emargement_lettres.html",
        include_str!("../../../layouts/papier/emargement_lettres.html"),
    ),
];
const STYLE: &str = include_str!("../../../assets/css/papier-lettre.css");

const SQUARE: &str = "Carré à viser avec l’appareil photo d’un téléphone";

/// Why letters could not be made. Nothing of what they hold is told.
#[derive(Debug, thiserror::Error)]
pub enum LetterError {
    /// The address of the site is too long for a square.
    #[error(transparent)]
    Square(#[from] TooLong),
    /// The template failed: a fault of the program.
    #[error(transparent)]
    Render(#[from] RenderError),
}

impl Printery {
    /// Makes letters, one a page.
    ///
    /// # Errors
    /// When the address of the site is endless, or the template fails.
    pub fn letters(&self, page: &LettersSheet) -> Result<Sheet, LetterError> {
        let squares = page.letters.iter().map(|letter| square(&letter.link, SQUARE));
        let squares = squares.map(|square| square.map(Html::into_value));
        let squares = squares.collect::<Result<Vec<_>, _>>()?;
        // The links stay: a letter that is read on a screen has one.
        let html =
            self.fill("papier/lettre.html", "lettres.pdf", context!(page => Serde(page), squares))?;
        Ok(Sheet { html, styles: [SITE_STYLE, PAPER_STYLE, STYLE], facts: page.facts() })
    }

    /// Makes the sheet that is signed when letters are handed over.
    ///
    /// # Errors
    /// When the template fails.
    pub fn handover(&self, page: &HandoverSheet) -> Result<Sheet, RenderError> {
        let values = context!(page => Serde(page));
        let html = self.fill("papier/emargement_lettres.html", "emargement.pdf", values)?;
        let styles = [SITE_STYLE, PAPER_STYLE, school_life::STYLE];
        Ok(Sheet { html, styles, facts: page.sheet.facts() })
    }

    fn fill(
        &self,
        template: &str,
        address: &str,
        values: minijinja::Value,
    ) -> Result<String, RenderError> {
        let rendered = self.environment.get_template(template).and_then(|one| one.render(values));
        rendered.map_err(|cause| RenderError::Template {
            address: address.to_owned(),
            cause: cause.into(),
        })
    }
}
