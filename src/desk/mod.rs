//! The desk: where staff work, under `/desk`.
//!
//! Promised: nothing is shown to who is not logged in, or whose role does not have it; no page is kept by a browser or a proxy; everything works with
//! links and forms alone.

mod choices;
mod confirm;
mod failure;
mod fields;
mod frame;
mod guard;
mod leaving;
mod list;
mod live;
mod log_in;
mod mail;
mod me;
mod new_ticket;
mod notifications;
mod orders;
mod people;
mod profile;
mod qr;
mod replies;
pub mod routes;
mod second_factor;
mod sessions;
mod settings;
mod ticket;
mod welcome;
mod who;

pub use routes::routers;
