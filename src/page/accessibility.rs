//! The statement of accessibility (loi 2005-102, art. 47): the law asks it of each site, with its state of
//! conformity on every page.

use serde::Serialize;

use super::{Day, Frame, Site, frame};
use crate::record::{Conformity, SchoolRecord};

/// What a statement says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AccessibilityStatement {
    /// "non conforme": without an audit, no site may say more.
    pub state: &'static str,
    /// The day of the audit, if there was one.
    pub audit: Option<Day>,
    /// Share of the criteria that are met, in percent.
    pub rate: Option<i64>,
    /// Who made the audit.
    pub auditor: Option<String>,
    /// What the audit found not to be accessible.
    pub exceptions: Vec<String>,
}

/// The context of the page of the statement.
#[derive(Debug, Serialize)]
pub struct AccessibilityPage {
    /// Around the page.
    pub frame: Frame,
    /// What it says.
    pub statement: AccessibilityStatement,
}

/// The statement of a school.
pub fn accessibility_statement(school: &SchoolRecord) -> AccessibilityStatement {
    let audit = school.accessibilite.as_ref();
    AccessibilityStatement {
        state: audit.map_or(Conformity::Not, |audit| audit.conformite).label(),
        audit: audit.map(|audit| audit.audit.into()),
        rate: audit.and_then(|audit| audit.taux.map(|rate| rate.0)),
        auditor: audit.and_then(|audit| audit.auditeur.clone()),
        exceptions: audit.map(|audit| audit.exceptions.clone()).unwrap_or_default(),
    }
}

impl AccessibilityStatement {
    /// The same without a word that the school wrote: anybody may read the frame of the families'
    /// site, and it names no school.
    #[must_use]
    pub fn without_names(self) -> Self {
        Self { auditor: None, exceptions: Vec::new(), ..self }
    }
}

/// Computes the page of the statement.
pub fn accessibility_page(site: &Site<'_>, at: &str) -> AccessibilityPage {
    AccessibilityPage {
        frame: frame(site, at, "Déclaration d’accessibilité", None, None),
        statement: accessibility_statement(&site.school.establishment),
    }
}
