//! The faces for readers, customers and authors: pages, forms, feeds and the search API. Handlers load what the rooms have and hand it to components.

pub mod articles;
pub mod contact;
pub mod files;
pub mod language;
pub mod preview;
pub mod requests;
mod router;
pub mod search;

pub use router::router;
