//! A member of the staff.

use std::sync::Arc;

use crate::record::{PersonRecord, Role};

/// A member of the staff, with the id that records name.
#[derive(Debug)]
pub struct Person {
    /// Id in `staff.toml`.
    pub id: String,
    /// The file.
    pub file: Arc<str>,
    /// What the file says.
    pub record: PersonRecord,
}

impl Person {
    /// "Paul Mercier".
    pub fn full_name(&self) -> String {
        format!("{} {}", self.record.prenom, self.record.nom)
    }

    /// "M. Mercier".
    pub fn formal_name(&self) -> String {
        format!("{}\u{a0}{}", self.record.civilite.as_str(), self.record.nom)
    }

    /// Whether this person has a role.
    pub fn has_role(&self, role: Role) -> bool {
        self.record.roles.contains(&role)
    }
}
