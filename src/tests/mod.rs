//! Integration tests, one binary. Each file is named for the room or the kit whose promises it checks.

mod arrows;
mod articles;
mod backup;
mod counts;
mod database;
mod files;
mod history;
mod inbound;
mod jobs;
mod mails;
mod privacy;
mod program;
mod promise;
mod queue;
mod search;
mod searches;
mod spam;
mod staff;
mod statements;
mod style;
mod support;
mod tickets;
mod upgrade;
mod visitor;
mod web;
