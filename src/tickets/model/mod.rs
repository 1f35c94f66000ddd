//! What a ticket is made of. No input or output here.

mod draft;
pub mod list;
mod message;
mod reference;
mod status;
mod ticket;
mod visits;

pub use draft::{Draft, Filed};
pub use message::{Audience, Author, Channel, Message, MessageKind, Proof};
pub use reference::Reference;
pub use status::{Status, Transition};
pub use ticket::{
    ADDRESS_CORRECTED_TIMES_MAX, ADDRESS_CORRECTED_WITHIN_MICROS, REOPENED_WITHIN_DAYS, Rating, Step, StepTaken, Ticket, TicketKey, TicketView,
    Withheld,
};
pub use visits::{Visit, Visits};

pub use super::priority::Promised;
pub use super::version::PageVersion;
pub use crate::files::Attachment;
pub use crate::spam::QuarantineReason;
pub use crate::values::*;
