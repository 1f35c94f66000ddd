//! A stage for tests: an empty database and the rooms on top of it, on every engine that there is.

use std::net::IpAddr;
use std::sync::Arc;

use ajuda::app::{self, App};
use ajuda::articles::ContentStore;
use ajuda::articles::counts::Counts;
use ajuda::articles::model::Library;
use ajuda::clock::{Clock, Micros};
use ajuda::error::ServiceError;
use ajuda::events::Actor;
use ajuda::i18n::Lang;
use ajuda::intake::{Reader, Replied, ReplyPost, StaffMessage};
use ajuda::jobs::Jobs;
use ajuda::rooms::Rooms;
use ajuda::settings::Config;
use ajuda::tickets::model::{Attachment, Draft, Email, Filed, MessageBody, PersonName, Reference, Subject, Visits};
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
#[derive(Clone)]
pub(crate) struct Stage {
    pub config: Config,
    pub rooms: Rooms,
    pub counts: Counts,
}

impl std::ops::Deref for Stage {
    type Target = Rooms;
    fn deref(&self) -> &Rooms {
        &self.rooms
    }
}

/// What tests do with the rooms, in a few words.
pub(crate) trait Acts {
    fn rooms(&self) -> &Rooms;

    /// Files a message of the contact form.
    async fn file(&self, draft: &Draft, from: IpAddr) -> Result<Filed, ServiceError> {
        self.file_with(draft, &[], from).await
    }

    /// The same with files.
    async fn file_with(&self, draft: &Draft, files: &[(Attachment, String)], from: IpAddr) -> Result<Filed, ServiceError> {
        let meaning = self.rooms().spam.read(&draft.submission()).await;
        self.rooms().intake.file(draft, meaning, files, from).await
    }

    /// Staff answer.
    async fn answer(&self, reference: &Reference, body: MessageBody) -> Result<String, ServiceError> {
        self.rooms().intake.write_as_staff(StaffMessage { by: Actor::Console, reference, is_note: false, body, files: &[] }).await
    }

    /// Staff write a note.
    async fn note(&self, reference: &Reference, body: MessageBody) -> Result<String, ServiceError> {
        self.rooms().intake.write_as_staff(StaffMessage { by: Actor::Console, reference, is_note: true, body, files: &[] }).await
    }

    /// The customer writes on the ticket's page.
    async fn reply(&self, reference: &Reference, reader: Reader, message: MessageBody) -> Result<Replied, ServiceError> {
        self.rooms().intake.reply(ReplyPost { reference, lang: Lang::Pt, reader, message, files: &[], from: HOME }).await
    }
}

impl Acts for Rooms {
    fn rooms(&self) -> &Rooms {
        self
    }
}

impl Acts for Stage {
    fn rooms(&self) -> &Rooms {
        &self.rooms
    }
}

impl Acts for App {
    fn rooms(&self) -> &Rooms {
        &self.rooms
    }
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
        let rooms = App::rooms_alone(&config, clock);
        let counts = Counts::new(rooms.db.clone(), rooms.clock.clone());
        Self { config, rooms, counts }
    }

    /// A second instance on the same database and data folder.
    pub(crate) fn another(&self) -> Self {
        Self::on(self.config.clone(), self.clock.clone())
    }

    pub(crate) fn jobs(&self) -> Jobs {
        app::jobs(&self.rooms, &self.config, self.counts.clone()).expect("usable settings")
    }

    /// Gives the tickets the articles of the sample.
    pub(crate) fn know_the_sample(&self) -> Arc<Library> {
        let library = ContentStore::open(App::load_options(&Config::default(), &self.clock)).expect("the sample").library();
        self.tickets.set_library(Arc::clone(&library));
        library
    }

    /// A text that a query gives.
    pub(crate) async fn text(&self, sql: &str) -> String {
        let pool = self.db.ready().await.expect("a database");
        sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_one(&pool).await.expect("a text")
    }

    /// A number out of the database.
    pub(crate) async fn number(&self, sql: &str) -> i64 {
        let pool = self.db.ready().await.expect("a database");
        sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_one(&pool).await.expect("a number")
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
        message: MessageBody::parse("Fui cobrada duas vezes.\n\nO que eu faço?").expect("a message"),
        trapped: false,
        form_id: None,
        visits: Visits::default(),
        seconds: None,
    }
}

/// Something to be said in a ticket.
pub(crate) fn said(text: &str) -> MessageBody {
    MessageBody::parse_reply(text).expect("a message")
}

pub(crate) fn secret(text: &str) -> ajuda::config::Secret {
    ajuda::config::Secret::new(text)
}
