//! All that becomes WebAssembly. Each island improves a page that works without it; its file says how.

mod ask;
pub mod related;
pub mod suggestions;
mod web_key;
