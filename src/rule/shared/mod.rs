//! What several rules share; none of these files is a rule.

pub(super) mod calendar;
pub(super) mod email;
pub(super) mod folder;
pub(super) mod near;
pub(super) mod period;
pub(super) mod pfmp;
pub(super) mod resource;
pub(super) mod schooling;
pub(super) mod signing_key;
pub(super) mod team;
pub(super) mod twice;
