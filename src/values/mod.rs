//! What several rooms speak of: addresses, names, texts, codes, priorities, business hours. Each can only be made by `parse`, so whoever holds one
//! holds a valid one. No input or output here.

pub mod address_slip;
pub(crate) mod calendar;
mod code;
mod email;
mod field;
mod fold;
mod html;
mod message;
mod network;
mod priority;
pub mod rich_text;
mod tag;
pub(crate) mod words;
mod zone;

pub use calendar::{BusinessCalendar, BusinessHours, HOURS_MAX};
pub use code::{CODE_MAX_CHARS, CodePattern, TransactionCode};
pub use email::{EMAIL_MAX_CHARS, Email, ascii_address};
pub use field::{FieldProblem, one_line};
pub use fold::{fold, fold_letter};
pub use html::{escape_into, escaped};
pub use message::{
    MESSAGE_MAX_CHARS, MESSAGE_MIN_CHARS, MessageBody, NAME_MAX_CHARS, PersonName, SUBJECT_MAX_CHARS, SUBJECT_MIN_CHARS, Subject, first_name,
};
pub use network::Network;
pub use priority::Priority;
pub use tag::{TAG_MAX_CHARS, Tag};
pub use zone::Zone;
