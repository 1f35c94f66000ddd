//! What texts cite instead of saying it themselves: `{{fact:refund-days}}` for a value that may change and stands once, in
//! `facts.toml`; `{{include:fragments/pix-times}}` for a passage that stands in many articles, from `fragments/`.

mod facts;
mod fill;

use std::collections::BTreeMap;

pub(super) use facts::{Fact, read_facts};
pub(super) use fill::Cited;

use super::scan::FRAGMENTS_FOLDER;
use crate::i18n::PerLang;

/// Everything that can be cited.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Insertions {
    /// By name.
    pub(super) facts: BTreeMap<String, Fact>,
    /// By the name of their folder below `fragments/`.
    pub(super) fragments: BTreeMap<String, PerLang<Option<String>>>,
}

/// What a text cites.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Citation {
    Fact(String),
    /// The name of its folder below `fragments/`.
    Fragment(String),
}

/// The name of a fragment from its folder's path.
pub(super) fn fragment_name(folder: &str) -> &str {
    folder.strip_prefix(FRAGMENTS_FOLDER).map_or(folder, |rest| rest.trim_start_matches('/'))
}
