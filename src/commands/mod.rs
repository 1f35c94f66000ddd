//! Commands for staff and authors that say more than a line.

pub(crate) mod authoring;
pub(crate) mod check;
pub(crate) mod preview;
pub(crate) mod privacy;
pub(crate) mod tickets;
