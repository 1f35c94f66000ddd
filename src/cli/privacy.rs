//! `ajuda privacy`.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::app::App;
use crate::cli::console;
use crate::clock::Clock;
use crate::values::Email;
use clap::Subcommand;

use super::{By, Settings, say};

#[derive(Subcommand)]
pub(super) enum PrivacyCommand {
    /// Write everything about an address into a folder: data.json and the files.
    Export {
        /// The address, such as maria@example.com.
        #[arg(value_parser = parse_email)]
        email: Email,
        /// A folder that does not exist yet; without this, privacy-export.
        #[arg(long, value_name = "FOLDER")]
        to: Option<PathBuf>,
    },
    /// Erase everything about an address: tickets with everything in them, emails, files, logins. Shows what it is first.
    Erase {
        /// The address, such as maria@example.com.
        #[arg(value_parser = parse_email)]
        email: Email,
        /// Do it.
        #[arg(long)]
        yes: bool,
    },
}

fn parse_email(typed: &str) -> Result<Email, &'static str> {
    Email::parse(typed).map_err(|_| "that is not an email address; write it as maria@example.com")
}

pub(super) async fn run(settings: Settings, by: By, what: PrivacyCommand) -> Result<ExitCode, String> {
    let rooms = App::rooms_alone(&settings.load()?, Clock::default());
    let by = by.actor(&rooms).await?;
    say(&match what {
        PrivacyCommand::Export { email, to } => console::privacy::export(&rooms, &email, to).await.map_err(|error| error.to_string())?,
        PrivacyCommand::Erase { email, yes } => console::privacy::erase(&rooms, &email, &by, yes).await.map_err(|error| error.to_string())?,
    });
    Ok(ExitCode::SUCCESS)
}
