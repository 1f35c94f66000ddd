//! The SQL of figures.

pub(in crate::orders) mod counting;
pub(in crate::orders) mod days;
pub(in crate::orders) mod reports;
pub(in crate::orders) mod rows;
pub(in crate::orders) mod subscription_rows;
pub(in crate::orders) mod sums;
pub(in crate::orders) mod support;
pub(in crate::orders) mod support_rows;
