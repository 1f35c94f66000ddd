//! Pages around a ticket: the customer's own page, what can be done there, and the list of all.

pub mod address;
pub mod buyer;
pub mod download;
pub mod events;
pub mod list;
pub mod mailbox;
mod of_address;
mod progress;
mod rating;
pub mod reply;
mod reply_forms;
pub mod request;
mod rows;
pub mod sign_in;
mod sign_in_forms;
mod unavailable;
