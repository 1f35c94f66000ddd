//! What a ticket is made of. No input or output here.

mod draft;
mod message;
mod reference;
mod status;
mod ticket;

pub use draft::{Draft, Filed};
pub use message::{Audience, Author, Channel, Message, MessageKind, Proof};
pub use reference::Reference;
pub use status::{Status, Transition};
pub use ticket::{REOPENED_WITHIN_DAYS, Rating, Ticket, TicketKey, TicketView};

pub use super::priority::Promised;
pub use super::version::PageVersion;
pub use crate::files::Attachment;
pub use crate::spam::QuarantineReason;
pub use crate::values::*;
