//! `ajuda demo`: fills an empty data folder with tickets that nobody wrote, to try the desk and to measure it.

mod made;
mod random;
mod texts;

use std::process::ExitCode;

use clap::Args;

use super::{Settings, say};
use crate::app::App;
use crate::articles::ContentStore;
use crate::articles::model::Library;
use crate::clock::{Clock, Micros};
use crate::error::ServiceError;
use crate::events::Actor;
use crate::rooms::Rooms;
use crate::settings::Config;
use crate::staff::Role;
use crate::tickets::Queue;
use crate::tickets::model::{Email, PersonName};
use made::{Customer, Fate, World};
use random::Random;

/// Tickets written in one transaction.
const AT_ONCE: u64 = 2_000;
/// Customers and their addresses are as old as the oldest ticket.
const OLDEST_DAYS: i64 = made::CLOSED_DAYS_MAX + 1;
/// Of ten tickets so many have a customer of their own.
const CUSTOMERS_OF_TEN: u64 = 7;
const TEAM: [(&str, &str, Role); 5] = [
    ("ana@example.com", "Ana Lima", Role::Admin),
    ("rui@example.com", "Rui Prado", Role::Lead),
    ("sofia@example.com", "Sofía Rojas", Role::Agent),
    ("joe@example.com", "Joe Miller", Role::Agent),
    ("bia@example.com", "Bia Costa", Role::Agent),
];

#[derive(Args)]
pub(super) struct DemoCommand {
    #[command(flatten)]
    settings: Settings,
    #[command(flatten)]
    demo: Demo,
}

/// How much is made up.
#[derive(Args, Debug, Clone, Copy)]
pub struct Demo {
    /// Tickets of every kind; the more there are, the more of them are closed.
    #[arg(long, default_value_t = 300)]
    pub tickets: u64,
    /// Closed tickets beside those.
    #[arg(long, default_value_t = 0)]
    pub closed: u64,
    /// The same number makes up the same tickets.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
}

pub(super) async fn run(command: DemoCommand) -> Result<ExitCode, String> {
    let (config, clock) = (command.settings.load()?, Clock::default());
    refuse_used_folder(&config)?;
    let library = ContentStore::open(App::load_options(&config, &clock)).map_err(|error| error.to_string())?.library();
    let rooms = App::rooms_alone(&config, clock);
    if !is_empty(&rooms).await.map_err(|error| error.to_string())? {
        return Err("The database holds tickets or people already. Name an empty one: a demo is never mixed with what is real.".into());
    }
    fill(&rooms, &library, command.demo).await.map_err(|error| error.to_string())?;
    rooms.db.close().await;
    let (first, ..) = TEAM[0];
    say(&format!(
        "{} tickets are there. `ajuda staff reset {first} --password` prints a link by which the demo's admin logs in.\n",
        command.demo.tickets + command.demo.closed
    ));
    Ok(ExitCode::SUCCESS)
}

fn refuse_used_folder(config: &Config) -> Result<(), String> {
    let is_used = std::fs::read_dir(&config.data).is_ok_and(|mut entries| entries.next().is_some());
    let refused = || {
        format!(
            "{}: there is something already. Name an empty data folder, with --data: a demo is never mixed with what is real.",
            config.data.display()
        )
    };
    if is_used { Err(refused()) } else { Ok(()) }
}

/// Whether a database holds neither tickets nor people.
pub async fn is_empty(rooms: &Rooms) -> Result<bool, ServiceError> {
    let read = rooms.tickets.read();
    Ok(rooms.staff.list().await?.is_empty() && read.list(Queue::Newest, 1).await?.is_empty() && read.list(Queue::Quarantine, 1).await?.is_empty())
}

/// Fills an empty database.
pub async fn fill(rooms: &Rooms, library: &Library, demo: Demo) -> Result<(), ServiceError> {
    let mut staff = Vec::new();
    for (email, name, role) in TEAM {
        let broken = |_| ServiceError::Broken("a made-up person who could not be one".into());
        let (email, name) = (Email::parse(email).map_err(broken)?, PersonName::parse(name).map_err(broken)?);
        staff.push(rooms.staff.add(&email, &name, role, &Actor::Console).await?);
    }
    let customers = customers(rooms, demo).await?;
    let world = World { tickets: &rooms.tickets, library, staff, customers, now: rooms.clock.now(), seed: demo.seed };
    let all = demo.tickets + demo.closed;
    let mut number = 0;
    while number < all {
        let mut change = rooms.events.begin().await?;
        let until = all.min(number + AT_ONCE);
        for number in number..until {
            let fate = if number < demo.tickets { Fate::of(&mut world.random(number), demo.tickets) } else { Fate::Closed };
            rooms.tickets.put_past(&mut change, world.ticket(number, fate)?).await?;
        }
        change.commit().await?;
        number = until;
    }
    Ok(())
}

async fn customers(rooms: &Rooms, demo: Demo) -> Result<Vec<Customer>, ServiceError> {
    // Closed ones beside the others share their customers.
    let count = (demo.tickets.max(demo.closed / 10) * CUSTOMERS_OF_TEN / 10).max(1);
    let since = rooms.clock.now().plus(-OLDEST_DAYS * Micros::DAY);
    let mut random = Random::new(demo.seed);
    let mut made = Vec::new();
    while (made.len() as u64) < count {
        let mut change = rooms.events.begin().await?;
        for _ in 0..AT_ONCE.min(count - made.len() as u64) {
            let (lang, name, email) = texts::person(&mut random, made.len());
            let email = Email::parse(&email).map_err(|_| ServiceError::Broken("a made-up address that is none".into()))?;
            // Nobody is known before the first ticket; a moment each, so that the newest are those that came last.
            let address = rooms.customers.address(&mut change, &email, since.plus(made.len() as i64)).await?;
            made.push(Customer { lang, name, email: email.as_str().to_owned(), address });
        }
        change.commit().await?;
    }
    Ok(made)
}
