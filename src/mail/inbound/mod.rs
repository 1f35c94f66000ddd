//! Emails that come in, taken apart: who wrote, what they say, what they only quote, and whether a person wrote at all.
//! No input or output here.
//!
//! Promised: whatever bytes come, parsing ends and never panics; what is cut off is kept; an email that a program wrote is known
//! as such by its headers, so that two programs never write to each other for ever.

mod email;
mod heads;
mod loops;
mod nested;
mod quoted;

pub use email::{EMAIL_MAX_BYTES, EmailFile, InboundEmail, Sender, Unreadable};
pub use loops::{Automatic, OwnAddresses};
pub use quoted::{Split, split};
