//! `ajuda tickets`.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::console::act::{self, ActError};
use super::console::{self, inbound};
use super::{By, Settings, member_of, say};
use crate::app::App;
use crate::clock::Clock;
use crate::rooms::Rooms;
use crate::staff::Member;
use crate::tickets::Queue;
use crate::tickets::model::{Priority, Reference, Tag, Transition};

#[derive(Subcommand)]
pub(super) enum TicketCommand {
    /// The newest tickets, a line each.
    List {
        /// The suspicious ones in quarantine, instead of the queue.
        #[arg(long, conflicts_with = "due")]
        quarantine: bool,
        /// Those that wait for a reply, what is due first at the top.
        #[arg(long)]
        due: bool,
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
    /// Incoming emails that have to be reviewed or were passed over: list them, read one, accept it into its ticket, or drop it.
    Inbound {
        /// What one of them says.
        #[arg(long, value_name = "EMAIL", conflicts_with_all = ["accept", "drop"])]
        show: Option<String>,
        /// Put one into the ticket that it names, or let it open one.
        #[arg(long, value_name = "EMAIL", conflicts_with = "drop")]
        accept: Option<String>,
        /// Leave one out; the original stays in the mailbox.
        #[arg(long, value_name = "EMAIL")]
        drop: Option<String>,
        /// How many at most.
        #[arg(long, default_value_t = 50)]
        limit: u32,
    },
    /// Let a ticket out of quarantine into the queue.
    Release {
        /// Its number, such as K7M-4QX-92P.
        reference: String,
    },
    /// Make every link to a ticket void, where one got into the wrong hands.
    RevokeLinks {
        /// Its number, such as K7M-4QX-92P.
        reference: String,
    },
    /// Answer the customer, who gets an email.
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
    /// Move a ticket: open, solved or closed. The others come about by what is said.
    Status {
        /// Its number, such as K7M-4QX-92P.
        reference: String,
        /// open, solved or closed.
        #[arg(value_parser = |word: &str| act::transition_to(word).ok_or("write open, solved or closed"))]
        status: Transition,
    },
    /// Give a ticket to somebody of the team; without an address, to nobody.
    Assign {
        /// Its number, such as K7M-4QX-92P.
        reference: String,
        /// Their email address, as `ajuda staff list` shows it.
        to: Option<String>,
    },
    /// Put tags on a ticket, in place of those that it has; without any, it has none.
    Tag {
        /// Its number, such as K7M-4QX-92P.
        reference: String,
        /// Words of letters, digits and hyphens.
        #[arg(value_parser = |typed: &str| Tag::parse(typed).map_err(|_| "write one word of letters, digits and hyphens"))]
        tags: Vec<Tag>,
    },
    /// Put a ticket off for some days; 0 ends that.
    Snooze {
        /// Its number, such as K7M-4QX-92P.
        reference: String,
        #[arg(value_parser = clap::value_parser!(u16).range(0..=365))]
        days: u16,
    },
    /// Decide how urgent a ticket is: low, normal or high.
    Priority {
        /// Its number, such as K7M-4QX-92P.
        reference: String,
        /// low, normal or high.
        #[arg(value_parser = |word: &str| Priority::parse(word).ok_or("write low, normal or high"))]
        priority: Priority,
    },
}

#[derive(Args)]
pub(super) struct Said {
    /// The text; without it, standard input is read to its end.
    text: Option<String>,
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
        Ok(act::Said { text, files: self.files })
    }
}

pub(super) async fn run(settings: Settings, by: By, what: TicketCommand) -> Result<ExitCode, String> {
    let config = settings.load()?;
    let rooms = App::rooms_alone(&config, Clock::default());
    let by = by.actor(&rooms).await?;
    let known = |typed: &str| Reference::parse(typed).ok_or_else(|| format!("{typed:?} is no reference of a ticket; they look like K7M-4QX-92P."));
    let text: Result<String, ActError> = match what {
        TicketCommand::List { quarantine, due, limit } => {
            let queue = if quarantine { Queue::Quarantine } else { Queue::Newest };
            console::list(&rooms, if due { Queue::Due } else { queue }, limit).await.map_err(ActError::from)
        }
        TicketCommand::Show { reference } => console::show(&rooms, &known(&reference)?).await.map_err(ActError::from),
        TicketCommand::File { reference, id } => return write_file(&rooms, &known(&reference)?, &id).await,
        TicketCommand::Inbound { show, accept, drop, limit } => match (show, accept, drop) {
            (Some(id), _, _) => inbound::show(&rooms, &id).await,
            (_, Some(id), _) => inbound::accept(&rooms, &id, &by).await,
            (_, _, Some(id)) => inbound::drop(&rooms, &id, &by).await,
            _ => inbound::list(&rooms, limit).await,
        },
        TicketCommand::Release { reference } => console::release(&rooms, &known(&reference)?, &by).await.map_err(ActError::from),
        TicketCommand::RevokeLinks { reference } => console::revoke_links(&rooms, &known(&reference)?, &by).await.map_err(ActError::from),
        TicketCommand::Reply { reference, said } => act::reply(&rooms, &known(&reference)?, by, said.read()?).await,
        TicketCommand::Note { reference, said } => act::note(&rooms, &known(&reference)?, by, said.read()?).await,
        TicketCommand::Status { reference, status } => act::status(&rooms, &known(&reference)?, &by, status).await,
        TicketCommand::Assign { reference, to } => {
            let to = member(&rooms, to.as_deref()).await?;
            act::assign(&rooms, &known(&reference)?, &by, to.as_ref()).await
        }
        TicketCommand::Tag { reference, tags } => act::tag(&rooms, &known(&reference)?, &by, &tags).await,
        TicketCommand::Snooze { reference, days } => act::snooze(&rooms, &known(&reference)?, &by, days).await,
        TicketCommand::Priority { reference, priority } => act::priority(&rooms, &known(&reference)?, &by, priority).await,
    };
    say(&text.map_err(|error| error.to_string())?);
    Ok(ExitCode::SUCCESS)
}

async fn member(rooms: &Rooms, typed: Option<&str>) -> Result<Option<Member>, String> {
    match typed {
        Some(typed) => member_of(rooms, typed).await.map(Some),
        None => Ok(None),
    }
}

/// Writes a file of a ticket to the standard output.
async fn write_file(rooms: &Rooms, reference: &Reference, id: &str) -> Result<ExitCode, String> {
    let ticket = rooms.tickets.read().find(reference).await.map_err(|error| error.to_string())?;
    let file = rooms.files.find(&ticket.key.id, id).await.map_err(|error| error.to_string())?;
    let file = file.ok_or_else(|| format!("{reference} has no such file; `ajuda tickets show {reference}` lists them."))?;
    let bytes = rooms.files.read(&file.id).await.map_err(|error| error.to_string())?;
    let mut out = std::io::stdout().lock();
    if out.is_terminal() {
        return Err("a file from outside is not written to the screen. Write it into a file: … > out".into());
    }
    out.write_all(&bytes).and_then(|()| out.flush()).map_err(|error| format!("the file could not be written ({error})."))?;
    Ok(ExitCode::SUCCESS)
}
