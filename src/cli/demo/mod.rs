//! `ajuda demo`: fills an empty data folder with tickets that nobody wrote, to try the desk and to measure it.

mod made;
mod random;
mod texts;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::{Settings, say};
use crate::app::App;
use crate::articles::ContentStore;
use crate::articles::model::Library;
use crate::clock::{Clock, Micros};
use crate::error::ServiceError;
use crate::events::Actor;
use crate::i18n::Lang;
use crate::rooms::Rooms;
use crate::settings::Config;
use crate::staff::Role;
use crate::tickets::Queue;
use crate::tickets::model::{Email, PersonName};
pub use made::Person;
use made::{Customer, Fate, World};
use random::Random;

/// Tickets written in one transaction.
const AT_ONCE: usize = 2_000;
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
    /// Who writes: a file with a line for each, address, name, country and the code of a purchase, with tabs between. Without it, they are made up.
    #[arg(long, value_name = "FILE")]
    customers: Option<PathBuf>,
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
    let given = match &command.customers {
        Some(file) => given(file)?,
        None => Vec::new(),
    };
    fill(&rooms, &library, command.demo, &given).await.map_err(|error| error.to_string())?;
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
pub async fn fill(rooms: &Rooms, library: &Library, demo: Demo, given: &[Person]) -> Result<(), ServiceError> {
    let mut staff = Vec::new();
    for (email, name, role) in TEAM {
        let broken = |_| ServiceError::Broken("a made-up person who could not be one".into());
        let (email, name) = (Email::parse(email).map_err(broken)?, PersonName::parse(name).map_err(broken)?);
        staff.push(rooms.staff.add(&email, &name, role, &Actor::Console).await?);
    }
    let customers = if given.is_empty() { &made_up(demo) } else { given };
    let customers = put_customers(rooms, customers).await?;
    let world = World { tickets: &rooms.tickets, library, staff, customers, now: rooms.clock.now(), seed: demo.seed };
    let all = demo.tickets + demo.closed;
    let mut number = 0;
    while number < all {
        let mut change = rooms.events.begin().await?;
        let until = all.min(number + AT_ONCE as u64);
        for number in number..until {
            let fate = if number < demo.tickets { Fate::of(&mut world.random(number), demo.tickets) } else { Fate::Closed };
            rooms.tickets.put_past(&mut change, world.ticket(number, fate)?).await?;
        }
        change.commit().await?;
        number = until;
    }
    Ok(())
}

/// Closed tickets beside the others share their customers.
fn made_up(demo: Demo) -> Vec<Person> {
    let count = (demo.tickets.max(demo.closed / 10) * CUSTOMERS_OF_TEN / 10).max(1);
    let mut random = Random::new(demo.seed);
    (0..usize::try_from(count).unwrap_or(usize::MAX)).map(|number| texts::person(&mut random, number)).collect()
}

/// The people of a file.
fn given(file: &Path) -> Result<Vec<Person>, String> {
    let text = std::fs::read_to_string(file).map_err(|error| format!("{}: can't be read ({error}).", file.display()))?;
    let person = |line: &str| {
        let mut parts = line.split('\t');
        let (email, name, country, code) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let lang = match country {
            "BR" | "PT" => Lang::Pt,
            "US" | "KW" => Lang::En,
            _ => Lang::Es,
        };
        Some(Person { lang, name: name.to_owned(), email: email.to_owned(), code: Some(code.to_owned()) })
    };
    let wrong = |number: usize| format!("{}, line {}: address, name, country and code are needed, with tabs between.", file.display(), number + 1);
    text.lines().enumerate().map(|(number, line)| person(line).ok_or_else(|| wrong(number))).collect()
}

async fn put_customers(rooms: &Rooms, people: &[Person]) -> Result<Vec<Customer>, ServiceError> {
    let since = rooms.clock.now().plus(-OLDEST_DAYS * Micros::DAY);
    let mut put = Vec::new();
    for some in people.chunks(AT_ONCE) {
        let mut change = rooms.events.begin().await?;
        for person in some {
            let email = Email::parse(&person.email).map_err(|_| ServiceError::Broken(format!("{:?} is no address", person.email)))?;
            // Nobody is known before the first ticket; a moment each, so that the newest are those that came last.
            let address = rooms.customers.address(&mut change, &email, since.plus(i64::try_from(put.len()).unwrap_or_default())).await?;
            put.push(Customer { person: Person { email: email.as_str().to_owned(), ..person.clone() }, address });
        }
        change.commit().await?;
    }
    Ok(put)
}
