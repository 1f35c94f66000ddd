//! What the program is made of while it runs, and how it starts.

use std::ops::Deref;
use std::sync::Arc;

use axum::extract::FromRef;

use crate::articles::counts::Counts;
use crate::articles::problem::Level;
use crate::articles::{ContentStore, ContentStoreError, LoadOptions};
use crate::clock::Clock;
use crate::i18n::PerLang;
use crate::intake::Counted;
use crate::jobs::Jobs;
use crate::key::KeySource;
use crate::mail::{Inbox, MailRenderer, Transport, TransportError};
use crate::rooms::Rooms;
use crate::search::{Effort, Reading, Search, SearchError, Weights, find_model};
use crate::settings::Config;
use crate::spam::READ_WITHIN;
use crate::ui::logo::LogoError;
use crate::ui::{Site, SiteSettings};
use crate::web::client_ip::TrustedProxies;
use crate::web::listeners::{DESK_LISTENERS_MAX, DESK_LISTENERS_PER_SESSION_MAX, Listeners};
use crate::web::metrics::Metrics;
use crate::web::page_cache::PageCache;
use crate::web::shares::Shares;

/// Everything that handlers need; copies share it.
#[derive(Clone)]
pub struct App(Arc<Parts>);

pub struct Parts {
    pub config: Config,
    pub site: Arc<Site>,
    pub metrics: Metrics,
    pub pages: PageCache,
    pub listeners: Listeners,
    /// Of staff, by their sessions.
    pub desk_listeners: Listeners,
    /// Requests under way.
    pub requests: Shares,
    pub content: ContentStore,
    pub counts: Counts,
    pub search: Search,
    pub rooms: Rooms,
    pub proxies: TrustedProxies,
}

impl Deref for App {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl Deref for Parts {
    type Target = Rooms;
    fn deref(&self) -> &Rooms {
        &self.rooms
    }
}

impl FromRef<App> for TrustedProxies {
    fn from_ref(app: &App) -> Self {
        app.proxies.clone()
    }
}

impl FromRef<App> for KeySource {
    fn from_ref(app: &App) -> Self {
        app.key.clone()
    }
}

impl FromRef<App> for Search {
    fn from_ref(app: &App) -> Self {
        app.search.clone()
    }
}

impl FromRef<App> for Metrics {
    fn from_ref(app: &App) -> Self {
        app.metrics.clone()
    }
}

/// Why the program can't start; each text says what to do.
#[derive(Debug, thiserror::Error)]
pub enum BootError {
    #[error("{0}")]
    Articles(#[from] ContentStoreError),
    #[error("the articles could not be indexed: {0:?}")]
    Search(#[from] SearchError),
    #[error("{0}")]
    Logo(#[from] LogoError),
    #[error("{0}")]
    Mail(#[from] TransportError),
    #[error("the articles have {0} problems, and the program was told to be strict. `ajuda check` names them.")]
    Strict(usize),
}

impl App {
    /// Loads the articles and builds the index. The database is opened at first need: pages and search do without it.
    pub fn boot(config: Config, clock: Clock) -> Result<Self, BootError> {
        let content = ContentStore::open(Self::load_options(&config, &clock))?;
        // What `ajuda check` fails on, not only what is left out.
        let mistakes = content.problems().iter().filter(|problem| problem.level != Level::Taste).count();
        if config.strict && mistakes > 0 {
            return Err(BootError::Strict(mistakes));
        }
        Self::on(content, config, clock)
    }

    /// The program on articles that were read already.
    pub fn on(content: ContentStore, config: Config, clock: Clock) -> Result<Self, BootError> {
        let library = content.library();
        let site = Site::new(SiteSettings {
            brand: &config.brand,
            public_url: config.public_url(),
            default_lang: config.default_language,
            privacy_url: &config.privacy.url,
            time_zone: config.time_zone.zone().clone(),
            promise: config.promise_in_words(),
        })?;
        let search = Search::build(&library, Weights::default())?;
        let metrics = Metrics::new();
        let counts = metrics.clone();
        let rooms = Rooms::new(&config, clock.clone(), move |counted| {
            let counter = match counted {
                Counted::Filed => counts.tickets_filed.clone(),
                Counted::PassedOver(program) => counts.inbound_passed_over(program.word()),
            };
            counter.inc();
        });
        rooms.tickets.set_library(Arc::clone(&library));
        rooms.spam.lend_model(search.model().clone(), READ_WITHIN);
        Ok(Self(Arc::new(Parts {
            site: Arc::new(site),
            metrics,
            pages: PageCache::new(config.limits.page_cache_max_bytes),
            listeners: Listeners::default(),
            desk_listeners: Listeners::new(DESK_LISTENERS_MAX, DESK_LISTENERS_PER_SESSION_MAX),
            requests: Shares::new(config.limits.connections_max as usize),
            counts: Counts::new(rooms.db.clone(), clock),
            proxies: TrustedProxies::new(&config.trusted_proxies),
            content,
            search,
            rooms,
            config,
        })))
    }

    /// How the articles of a configuration are read.
    pub fn load_options(config: &Config, clock: &Clock) -> LoadOptions {
        LoadOptions {
            root: config.articles.clone(),
            brand: config.brand.name.clone(),
            promise: PerLang(config.promise_in_words().0.map(|words| words.trim_end_matches('.').to_owned())),
            default_lang: config.default_language,
            time_zone: config.time_zone.zone().clone(),
            clock: clock.clone(),
            drafts: false,
            spelling: true,
        }
    }

    /// The rooms without articles and web, for the command line.
    pub fn rooms_alone(config: &Config, clock: Clock) -> Rooms {
        Rooms::new(config, clock, |_| {})
    }

    /// The work beside the requests.
    pub fn jobs(&self) -> Result<Jobs, BootError> {
        Ok(jobs(&self.rooms, &self.config, self.counts.clone())?)
    }

    /// Takes over a changed library: first the search, then the pages. They are dropped twice, for the search takes a while: an article that is
    /// gone must be gone at once, and a page that was made meanwhile may show what the old search said.
    pub fn library_changed(&self) {
        self.pages.drop_all();
        if let Err(error) = self.search.update(&self.content.library()) {
            tracing::error!(?error, "the search keeps the articles as they were before the change");
        }
        self.tickets.set_library(self.content.library());
        self.pages.drop_all();
    }

    /// Gives the search its model, where there is one, until the returned value is dropped.
    pub fn read_meaning(&self) -> std::io::Result<Option<Reading>> {
        let Some(model) = find_model(&self.config.model, &self.config.data) else { return Ok(None) };
        let app = self.clone();
        self.search.read_with(model, self.config.data.clone(), Effort::Background, move || app.pages.drop_all()).map(Some)
    }

    /// Puts what is on the content now into the metrics: a file can break without any change for readers.
    pub fn count_articles(&self) {
        let library = self.content.library();
        self.metrics.articles.set(i64::try_from(library.articles.len()).unwrap_or(i64::MAX));
        self.metrics.article_problems.set(i64::try_from(library.problem_count).unwrap_or(i64::MAX));
        self.metrics.search_passages_pending.set(i64::try_from(self.search.model().pending()).unwrap_or(i64::MAX));
        self.metrics.search_model_ready.set(self.search.model().is_ready().into());
    }
}

/// The work beside the requests, on rooms that need not belong to a server.
pub fn jobs(rooms: &Rooms, config: &Config, counts: Counts) -> Result<Jobs, TransportError> {
    let mail = config.mail();
    Ok(Jobs {
        db: rooms.db.clone(),
        queue: rooms.job_queue.clone(),
        events: rooms.events.clone(),
        tickets: rooms.tickets.clone(),
        customers: rooms.customers.clone(),
        staff: rooms.staff.clone(),
        files: rooms.files.clone(),
        spam: rooms.spam.clone(),
        intake: rooms.intake.clone(),
        inbound: rooms.inbound.clone(),
        notifications: rooms.notifications.clone(),
        orders: rooms.orders.clone(),
        privacy: rooms.privacy.clone(),
        outbox: rooms.outbox.clone(),
        renderer: MailRenderer::new(&mail),
        transport: Transport::new(&mail)?,
        inbox: Inbox::new(&mail.imap),
        counts,
        searches: rooms.searches.clone(),
    })
}
