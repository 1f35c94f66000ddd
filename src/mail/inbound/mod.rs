//! Letters that come in, taken apart: who wrote, what they say, what they only quote, and whether a person wrote at all.
//! No input or output here.
//!
//! Promised: whatever bytes come, parsing ends and never panics; what is cut off is kept; a letter that a program wrote is known
//! as such by its headers, so that two programs never write to each other for ever.

mod heads;
mod letter;
mod loops;
mod nested;
mod quoted;

pub use letter::{LETTER_MAX_BYTES, Letter, LetterFile, Sender, Unreadable};
pub use loops::{Automatic, Own};
pub use quoted::{Split, split};
