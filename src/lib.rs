//! Ajuda, a self-hosted support help centre. Two zones: `islands` and `wire` are compiled for the browser too;
//! every other module is the server. The order below is the order in which a reader meets the rooms.

pub mod islands;
pub mod wire;

/// Help articles: Markdown files in, a library of pages out.
#[cfg(feature = "ssr")]
pub mod articles;
/// Work that goes on beside the requests.
#[cfg(feature = "ssr")]
pub mod jobs;
/// Mails that leave: templates and the durable outbox.
#[cfg(feature = "ssr")]
pub mod mail;
/// Text in, ranked articles out.
#[cfg(feature = "ssr")]
pub mod search;
/// A message to support, from the form to the answer.
#[cfg(feature = "ssr")]
pub mod tickets;

/// Kit: one database, SQLite or PostgreSQL.
#[cfg(feature = "ssr")]
pub mod db;
/// Kit: languages and every word of the interface.
#[cfg(feature = "ssr")]
pub mod i18n;
/// Kit: HTML that every page shares.
#[cfg(feature = "ssr")]
pub mod ui;
/// Kit: HTTP that every address shares.
#[cfg(feature = "ssr")]
pub mod web;

/// What starts the program: state, routes, settings, time.
#[cfg(feature = "ssr")]
pub mod app;
#[cfg(feature = "ssr")]
pub mod clock;
#[cfg(feature = "ssr")]
pub mod config;
#[cfg(feature = "ssr")]
pub mod key;
#[cfg(feature = "ssr")]
pub mod server;

/// Called once by the loader before the islands of a page are brought to life.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
