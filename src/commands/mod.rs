//! Commands for staff, with commands of their own below them.

pub(crate) mod check;
pub(crate) mod privacy;
pub(crate) mod tickets;
