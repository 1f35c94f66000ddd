//! `ajuda privacy`.

use std::path::PathBuf;
use std::process::ExitCode;

use ajuda::app::App;
use ajuda::clock::Clock;
use ajuda::tickets::console;
use ajuda::tickets::model::Email;
use clap::Subcommand;

use crate::{Settings, say};

#[derive(Subcommand)]
pub(crate) enum PrivacyCommand {
    /// Write everything about an address into a folder: data.json and the files.
    Export {
        /// The address, such as maria@example.com.
        #[arg(value_parser = parse_email)]
        email: Email,
        /// A folder that does not exist yet; without this, privacy-export.
        #[arg(long, value_name = "FOLDER")]
        to: Option<PathBuf>,
    },
    /// Erase everything about an address: tickets with all in them, mails, files, log-ins. Shows what it is first.
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
    Email::parse(typed).map_err(|_| "that is no mail address; write it as maria@example.com")
}

pub(crate) async fn run(settings: Settings, what: PrivacyCommand) -> Result<ExitCode, String> {
    let tickets = App::tickets_alone(&settings.load()?, Clock::default());
    say(&match what {
        PrivacyCommand::Export { email, to } => console::privacy::export(&tickets, &email, to).await.map_err(|error| error.to_string())?,
        PrivacyCommand::Erase { email, yes } => console::privacy::erase(&tickets, &email, yes).await.map_err(|error| error.to_string())?,
    });
    Ok(ExitCode::SUCCESS)
}
