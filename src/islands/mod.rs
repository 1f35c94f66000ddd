//! All that becomes WebAssembly. Each island improves a page that works without it; its file says how. What readers wait for is no island but a small
//! script (`public/suggest.js`): it is there before an island would be.

mod ask;
pub mod related;
