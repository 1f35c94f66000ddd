//! Help articles. Support staff edit Markdown files; readers get pages. A bad file never goes live and never takes the
//! good ones down: it keeps its last good version, and `ajuda check` says what is wrong and how to fix it.
//!
//! The way of a file: `scan` finds it, `source` (with `text`, `front_matter` and `markdown`) or `groups` reads it, `source_cache` keeps what
//! was read, `navigation`, `placement` and `resolve` decide what goes live at which address, `assemble` makes the library of it, and
//! `content_store` holds that for the readers. `watch` starts the same way again whenever a file changes.

pub mod authoring;
pub mod chart;
pub mod check;
pub mod content_store;
pub mod counts;
pub mod feedback;
pub mod import;
pub mod init;
pub mod model;
pub mod problem;
pub mod steps;
pub mod votes;
pub mod watch;

mod addresses;
mod assemble;
mod front_matter;
mod groups;
mod insertions;
mod lint;
mod markdown;
mod navigation;
mod options;
pub(crate) mod picture;
mod placement;
mod records;
mod redirects;
mod resolve;
mod scan;
pub(crate) mod sentences;
mod slug;
mod source;
mod source_cache;
mod store;
mod svg;
mod text;
mod topics;
mod tuning;

pub use content_store::{ContentStore, ContentStoreError};
pub use options::LoadOptions;
