//! Pages around a ticket: the contact form, what follows it, and the customer's own page.

pub mod contact;
pub mod files;
pub mod form;
pub mod request;
pub mod requests;
pub mod sent;
