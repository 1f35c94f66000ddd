//! The faces for readers, customers and authors: pages, forms, feeds and the search API. Handlers load what the rooms have and hand it to components.

pub mod articles;
pub mod contact;
mod contact_form;
pub mod files;
mod hooks;
pub mod language;
pub mod preview;
mod reader;
pub mod requests;
mod respond;
mod router;
pub mod search;

pub use router::{fast_path, router};
