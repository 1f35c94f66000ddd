//! A stage for tests: an empty database and the rooms on top of it, on every engine that there is.

use std::net::IpAddr;
use std::sync::Arc;

use ajuda::app::App;
use ajuda::articles::Shelf;
use ajuda::articles::counts::Counts;
use ajuda::articles::model::Library;
use ajuda::clock::{Clock, Micros};
use ajuda::config::Config;
use ajuda::db::Db;
use ajuda::i18n::Lang;
use ajuda::jobs::Jobs;
use ajuda::key::KeySource;
use ajuda::mail::{House, Inbox, Outbox, Transport};
use ajuda::search::log::SearchLog;
use ajuda::tickets::Tickets;
use ajuda::tickets::model::{Draft, Email, Message, NewEntry, PersonName, Subject, Via};
use sqlx::{AssertSqlSafe, Connection, Executor};
use tempfile::TempDir;

/// Monday, 23 November 2026, 12:00 UTC.
pub(crate) const MONDAY: Micros = Micros(1_795_435_200_000_000);
pub(crate) const HOME: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 7));

/// Where a test runs: on SQLite always, and on PostgreSQL when `AJUDA_TEST_POSTGRES` names a server on which databases may be
/// created. They are not dropped: `scripts/with-postgres` throws the whole server away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Engine {
    Sqlite,
    Postgres(String),
}

pub(crate) fn engines() -> Vec<Engine> {
    #[expect(clippy::disallowed_methods, reason = "tests have no settings")]
    let postgres = std::env::var("AJUDA_TEST_POSTGRES").ok();
    std::iter::once(Engine::Sqlite).chain(postgres.map(Engine::Postgres)).collect()
}

/// One instance of the program without its web server.
pub(crate) struct Stage {
    pub config: Config,
    pub clock: Clock,
    pub db: Db,
    pub outbox: Outbox,
    pub tickets: Tickets,
    pub counts: Counts,
    pub searches: SearchLog,
}

/// The stage's folder, removed when this is dropped.
pub(crate) struct Folder(pub TempDir);

impl Stage {
    /// An empty database. The clock stands still on a Monday.
    pub(crate) async fn new(engine: &Engine) -> (Self, Folder) {
        Self::with(engine, |_| {}).await
    }

    /// The same with other settings.
    pub(crate) async fn with(engine: &Engine, change: impl FnOnce(&mut Config)) -> (Self, Folder) {
        let (mut config, folder) = new_config(engine).await;
        change(&mut config);
        (Self::on(config, Clock::fixed(MONDAY)), folder)
    }

    pub(crate) fn on(config: Config, clock: Clock) -> Self {
        let db = Db::new(&config);
        let outbox = Outbox::new(db.clone(), clock.clone());
        let tickets = Tickets::new(db.clone(), &config, clock.clone(), KeySource::new(&config), outbox.clone());
        let counts = Counts::new(db.clone(), clock.clone());
        let searches = SearchLog::new(db.clone(), clock.clone(), config.limits.searches_kept_days);
        Self { config, clock, db, outbox, tickets, counts, searches }
    }

    /// A second instance on the same database and data folder.
    pub(crate) fn another(&self) -> Self {
        Self::on(self.config.clone(), self.clock.clone())
    }

    pub(crate) fn jobs(&self) -> Jobs {
        Jobs {
            tickets: self.tickets.clone(),
            outbox: self.outbox.clone(),
            house: House::new(&self.config),
            transport: Transport::new(&self.config).expect("usable settings"),
            inbox: Inbox::new(&self.config),
            counts: self.counts.clone(),
            searches: self.searches.clone(),
        }
    }

    /// Gives the tickets the articles of the sample.
    pub(crate) fn know_the_sample(&self) -> Arc<Library> {
        let library = Shelf::open(App::load_options(&Config::default(), &self.clock)).expect("the sample").library();
        self.tickets.know(Arc::clone(&library));
        library
    }

    /// A number out of the database.
    pub(crate) async fn number(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&self.db.ready().await.expect("a database")).await.expect("a number")
    }
}

/// The shipped settings with an empty data folder and an empty database.
pub(crate) async fn new_config(engine: &Engine) -> (Config, Folder) {
    // Shown by a test that fails.
    eprintln!("on {engine:?}");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut config = Config { data: folder.path().join("data"), ..Config::default() };
    if let Engine::Postgres(server) = engine {
        config.database_url = new_postgres_database(server).await;
    }
    (config, Folder(folder))
}

async fn new_postgres_database(server: &str) -> String {
    let mut random = [0; 8];
    getrandom::fill(&mut random).expect("random numbers");
    let name = format!("ajuda_test_{:x}", u64::from_ne_bytes(random));
    let mut connection = sqlx::PgConnection::connect(server).await.expect("the server that AJUDA_TEST_POSTGRES names");
    connection.execute(AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.expect("the right to create databases");
    let (place, _) = server.rsplit_once('/').expect("an address with a database");
    format!("{place}/{name}")
}

/// A message that nothing is wrong with.
pub(crate) fn draft(subject: &str, email: &str) -> Draft {
    Draft {
        lang: Lang::Pt,
        article: None,
        reason: Some("payment".into()),
        subject: Subject::parse(subject).expect("a subject"),
        name: PersonName::parse("Maria Souza").expect("a name"),
        email: Email::parse(email).expect("an address"),
        code: None,
        message: Message::parse("Fui cobrada duas vezes.\n\nO que eu faço?").expect("a message"),
        trapped: false,
        seconds: None,
    }
}

/// Something said in a ticket from the command line.
pub(crate) fn said(text: &str) -> NewEntry {
    NewEntry { via: Via::Console, body: Message::parse(text).expect("a message"), cut_off: None, author: None }
}

/// A secret can only be read from settings.
pub(crate) fn secret(text: &str) -> ajuda::config::Secret {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).expect("a text")
}
