//! `ajuda staff`.

use std::fmt::Write;
use std::process::ExitCode;

use clap::Subcommand;

use super::console::printable;
use super::{By, Settings, say};
use crate::app::App;
use crate::clock::Clock;
use crate::error::ServiceError;
use crate::staff::Role;
use crate::values::{Email, PersonName};

#[derive(Subcommand)]
pub(super) enum StaffCommand {
    /// Who belongs to the team, a line each.
    List,
    /// Add somebody, or change the name and role of somebody.
    Add {
        /// Their email address, such as ana@example.com.
        #[arg(value_parser = parse_email)]
        email: Email,
        /// What they are called; only staff see it.
        #[arg(value_parser = |typed: &str| PersonName::parse(typed).map_err(|_| "write a name of at most 100 characters"))]
        name: PersonName,
        /// agent or admin.
        #[arg(long, default_value = "agent", value_parser = |word: &str| Role::parse(word).ok_or("write agent or admin"))]
        role: Role,
    },
    /// Somebody leaves the team; what they did keeps their name.
    Remove {
        /// Their email address, such as ana@example.com.
        #[arg(value_parser = parse_email)]
        email: Email,
    },
}

fn parse_email(typed: &str) -> Result<Email, &'static str> {
    Email::parse(typed).map_err(|_| "that is not an email address; write it as ana@example.com")
}

pub(super) async fn run(settings: Settings, by: By, what: StaffCommand) -> Result<ExitCode, String> {
    let rooms = App::rooms_alone(&settings.load()?, Clock::default());
    let by = by.actor(&rooms).await?;
    let done = match what {
        StaffCommand::List => rooms.staff.list().await.map(|members| {
            if members.is_empty() {
                return "Nobody belongs to the team yet. `ajuda staff add ana@example.com \"Ana\"` adds somebody.\n".to_owned();
            }
            members.iter().fold(String::new(), |mut text, member| {
                let _ = writeln!(text, "{:<5}  {:<30}  {}", member.role.word(), printable(&member.email), printable(&member.name));
                text
            })
        }),
        StaffCommand::Add { email, name, role } => {
            rooms.staff.add(&email, &name, role, &by).await.map(|_| format!("{} belongs to the team as {}.\n", email.as_str(), role.word()))
        }
        StaffCommand::Remove { email } => match rooms.staff.remove(&email, &by).await {
            Err(ServiceError::NotFound) => return Err(format!("Nobody of the team has the address {}.", email.as_str())),
            result => result.map(|()| format!("{} has left the team.\n", email.as_str())),
        },
    };
    say(&done.map_err(|error| error.to_string())?);
    Ok(ExitCode::SUCCESS)
}
