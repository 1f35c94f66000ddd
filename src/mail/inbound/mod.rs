//! Emails that come in, taken apart: who wrote, what they say, what they only quote, and whether a person wrote at all.
//! No input or output here.
//!
//! Promised: whatever bytes come, parsing ends and never panics; what is cut off is kept; an email that a program wrote is known
//! as such by its headers, so that two programs never write to each other for ever.

mod authentication;
mod charset;
mod content;
mod email;
mod heads;
mod html;
mod loops;
mod nested;
mod quoted;

pub use content::Sealed;
pub use email::{EMAIL_MAX_BYTES, EmailFile, FileRole, InboundEmail, Sender, Unreadable};
pub use loops::{Author, Origin, OwnAddresses, Program};
pub use quoted::{Split, split};
