//! Pages around a ticket: the contact form, what follows it, and the customer's own page.

pub mod contact;
pub mod download;
pub mod events;
pub mod files;
pub mod form;
pub mod login;
mod login_forms;
mod of_address;
pub mod reply;
mod reply_forms;
pub mod request;
pub mod requests;
mod send_now;
pub mod sent;
mod stranded;
