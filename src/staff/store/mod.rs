//! The room's SQL.

pub(super) mod links;
pub(super) mod people;
pub(super) mod sessions;
pub(super) mod tries;
