//! Integration tests, one binary. Each file is named for the room or the kit whose promises it checks.

mod articles;
mod database;
mod search;
mod tickets;
mod web;
