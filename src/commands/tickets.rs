//! `ajuda tickets`.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use ajuda::app::App;
use ajuda::clock::Clock;
use ajuda::tickets::Tickets;
use ajuda::tickets::console::act::{self, ActError};
use ajuda::tickets::console::{self, letters};
use ajuda::tickets::model::{Event, Reference, Urgency};
use clap::{Args, Subcommand};

use crate::{Settings, say};

#[derive(Subcommand)]
pub(crate) enum TicketCommand {
    /// The newest tickets, a line each.
    List {
        /// Those that were kept aside as suspicious, instead of the queue.
        #[arg(long)]
        quarantine: bool,
        /// How many at most.
        #[arg(long, default_value_t = 50)]
        limit: u32,
    },
    /// Everything about one ticket.
    Show {
        /// Its number, such as K7M-4QX-92P.
        reference: String,
    },
    /// Write one file of a ticket to the standard output: `ajuda tickets file K7M-4QX-92P ID > out`; `show` lists them.
    File {
        /// Its number, such as K7M-4QX-92P.
        reference: String,
        /// As `show` names it.
        id: String,
    },
    /// Letters that came by mail and wait for a decision: list them, read one, accept it into its ticket, or drop it.
    Letters {
        /// What one of them says.
        #[arg(long, value_name = "LETTER", conflicts_with_all = ["accept", "drop"])]
        show: Option<String>,
        /// Put one into the ticket that it names, or let it open one.
        #[arg(long, value_name = "LETTER", conflicts_with = "drop")]
        accept: Option<String>,
        /// Leave one out; the original stays in the mailbox.
        #[arg(long, value_name = "LETTER")]
        drop: Option<String>,
        /// How many at most.
        #[arg(long, default_value_t = 50)]
        limit: u32,
    },
    /// Let a ticket that was kept aside into the queue.
    Release {
        /// Its number, such as K7M-4QX-92P.
        reference: String,
    },
    /// Answer the customer, who gets a mail.
    Reply {
        /// Its number, such as K7M-4QX-92P.
        reference: String,
        #[command(flatten)]
        said: Said,
    },
    /// Write something down that only staff see.
    Note {
        /// Its number, such as K7M-4QX-92P.
        reference: String,
        #[command(flatten)]
        said: Said,
    },
    /// Move a ticket: looked_at, solved or closed. The others come about by what is said.
    Status {
        /// Its number, such as K7M-4QX-92P.
        reference: String,
        /// looked_at, solved or closed.
        #[arg(value_parser = |word: &str| act::event_of(word).ok_or("write looked_at, solved or closed"))]
        status: Event,
    },
    /// Decide how pressing a ticket is: low, normal or high.
    Urgency {
        /// Its number, such as K7M-4QX-92P.
        reference: String,
        /// low, normal or high.
        #[arg(value_parser = |word: &str| Urgency::parse(word).ok_or("write low, normal or high"))]
        urgency: Urgency,
    },
}

#[derive(Args)]
pub(crate) struct Said {
    /// The text; without it, standard input is read to its end.
    text: Option<String>,
    /// Who writes; only staff see it.
    #[arg(long)]
    author: Option<String>,
    /// Files that go with it: pictures, PDF or text. After the text: `… "Here it is." --file a.png b.pdf`.
    #[arg(long = "file", value_name = "PATH", num_args = 1..)]
    files: Vec<PathBuf>,
}

impl Said {
    fn read(self) -> Result<act::Said, String> {
        let text = match self.text {
            Some(text) => text,
            None => std::io::read_to_string(std::io::stdin()).map_err(|error| format!("standard input can't be read as text: {error}"))?,
        };
        Ok(act::Said { text, author: self.author, files: self.files })
    }
}

pub(crate) async fn run(settings: Settings, what: TicketCommand) -> Result<ExitCode, String> {
    let config = settings.load()?;
    let tickets = App::tickets_alone(&config, Clock::default());
    let known = |typed: &str| Reference::parse(typed).ok_or_else(|| format!("{typed:?} is no reference of a ticket; they look like K7M-4QX-92P."));
    let text: Result<String, ActError> = match what {
        TicketCommand::List { quarantine, limit } => console::list(&tickets, quarantine, limit).await.map_err(ActError::from),
        TicketCommand::Show { reference } => console::show(&tickets, &known(&reference)?).await.map_err(ActError::from),
        TicketCommand::File { reference, id } => return write_file(&tickets, &known(&reference)?, &id).await,
        TicketCommand::Letters { show, accept, drop, limit } => match (show, accept, drop) {
            (Some(id), _, _) => letters::show(&tickets, &id).await,
            (_, Some(id), _) => letters::accept(&tickets, &id).await,
            (_, _, Some(id)) => letters::drop(&tickets, &id).await,
            _ => letters::list(&tickets, limit).await,
        },
        TicketCommand::Release { reference } => console::release(&tickets, &known(&reference)?).await.map_err(ActError::from),
        TicketCommand::Reply { reference, said } => act::reply(&tickets, &known(&reference)?, said.read()?).await,
        TicketCommand::Note { reference, said } => act::note(&tickets, &known(&reference)?, said.read()?).await,
        TicketCommand::Status { reference, status } => act::status(&tickets, &known(&reference)?, status).await,
        TicketCommand::Urgency { reference, urgency } => act::urgency(&tickets, &known(&reference)?, urgency).await,
    };
    say(&text.map_err(|error| error.to_string())?);
    Ok(ExitCode::SUCCESS)
}

/// Writes a file of a ticket to the standard output.
async fn write_file(tickets: &Tickets, reference: &Reference, id: &str) -> Result<ExitCode, String> {
    let bytes = tickets.file_for_staff(reference, id).await.map_err(|error| error.to_string())?;
    let mut out = std::io::stdout().lock();
    if out.is_terminal() {
        return Err("a file from outside is not written to the screen. Write it into a file: … > out".into());
    }
    out.write_all(&bytes).and_then(|()| out.flush()).map_err(|error| format!("the file could not be written ({error})."))?;
    Ok(ExitCode::SUCCESS)
}
