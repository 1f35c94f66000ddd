//! Help articles. Support staff edit Markdown files; readers get pages. A bad file never goes live and never takes the
//! good ones down: it keeps its last good version, and `ajuda check` says what is wrong and how to mend it.
//!
//! The way of a file: `scan` finds it, `source` (with `text`, `front` and `markdown`) or `groups` reads it, `stock` keeps what
//! was read, `frame`, `places` and `resolve` decide what goes live at which address, `assemble` makes the library of it, and
//! `shelf` holds that for the readers. `watch` starts the same way again whenever a file changes.

pub mod authoring;
pub mod chart;
pub mod check;
pub mod counts;
pub mod init;
pub mod model;
pub mod pages;
pub mod problem;
pub mod shelf;
pub mod steps;
pub mod watch;

mod addresses;
mod assemble;
mod frame;
mod front;
mod groups;
mod insertions;
mod levers;
mod lint;
mod markdown;
mod moved;
mod picture;
mod places;
mod records;
mod resolve;
mod scan;
mod slug;
mod source;
mod stock;
mod store;
mod svg;
mod text;
mod topics;

pub use shelf::{LoadOptions, Shelf, ShelfError};
