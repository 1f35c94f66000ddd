//! Integration tests, one binary. Each file is named for the room or the kit whose promises it checks.

mod articles;
mod counts;
mod database;
mod files;
mod inbound;
mod jobs;
mod mails;
mod privacy;
mod program;
mod promise;
mod search;
mod searches;
mod spam;
mod staff;
mod style;
mod support;
mod tickets;
mod visitor;
mod web;
