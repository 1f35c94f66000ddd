//! What every address promises.

mod addresses;
mod brand;
mod caching;
mod challenge;
mod connections;
mod contact;
mod conversations;
mod failures;
mod fast_path;
mod hostile;
mod invariants;
mod journeys;
mod live;
mod machines;
mod pages;
mod preview;
mod read_log;
mod sign_in;
mod steps;
mod waiting;

/// An article of the sample.
const ARTICLE: &str = "/pt/comprador/reembolsos/como-pedir-reembolso";
