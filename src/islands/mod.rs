//! All that becomes WebAssembly. Each island improves a page that works without it; its file says how.
