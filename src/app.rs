//! What the program is made of while it runs, and how it starts.

use std::ops::Deref;
use std::sync::Arc;

use axum::extract::FromRef;

use crate::articles::counts::Counts;
use crate::articles::problem::Level;
use crate::articles::{LoadOptions, Shelf, ShelfError};
use crate::clock::Clock;
use crate::config::Config;
use crate::db::Db;
use crate::i18n::{Lang, PerLang};
use crate::jobs::Jobs;
use crate::key::KeySource;
use crate::mail::{House, Inbox, Outbox, Transport, TransportError};
use crate::search::log::SearchLog;
use crate::search::{Effort, Reading, Search, SearchError, Weights, find_model};
use crate::tickets::{Tickets, UNDERSTOOD_WITHIN};
use crate::ui::Site;
use crate::ui::logo::LogoError;
use crate::web::metrics::Metrics;
use crate::web::page_cache::PageCache;

/// Everything that handlers need; copies share it.
#[derive(Clone)]
pub struct App(Arc<Parts>);

pub struct Parts {
    pub config: Config,
    pub clock: Clock,
    pub site: Arc<Site>,
    pub metrics: Metrics,
    pub pages: PageCache,
    pub shelf: Shelf,
    pub counts: Counts,
    pub search: Search,
    pub searches: SearchLog,
    pub db: Db,
    pub key: KeySource,
    pub outbox: Outbox,
    pub tickets: Tickets,
}

impl Deref for App {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
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
    Articles(#[from] ShelfError),
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
        let shelf = Shelf::open(Self::load_options(&config, &clock))?;
        // What `ajuda check` fails on, not only what is left out.
        let mistakes = shelf.problems().iter().filter(|problem| problem.level != Level::Taste).count();
        if config.strict && mistakes > 0 {
            return Err(BootError::Strict(mistakes));
        }
        Self::on(shelf, config, clock)
    }

    /// The program on articles that were read already.
    pub fn on(shelf: Shelf, config: Config, clock: Clock) -> Result<Self, BootError> {
        let library = shelf.library();
        let site = Arc::new(Site::new(&config)?);
        let search = Search::build(&library, Weights::default())?;
        let db = Db::new(&config);
        let key = KeySource::new(&config);
        let outbox = Outbox::new(db.clone(), clock.clone());
        let tickets = Tickets::new(db.clone(), &config, clock.clone(), key.clone(), outbox.clone());
        tickets.know(Arc::clone(&library));
        tickets.understand_with(search.meaning().clone(), UNDERSTOOD_WITHIN);
        Ok(Self(Arc::new(Parts {
            site,
            metrics: Metrics::new(),
            pages: PageCache::new(config.limits.page_cache_max_bytes),
            counts: Counts::new(db.clone(), clock.clone()),
            searches: SearchLog::new(db.clone(), clock.clone(), config.limits.searches_kept_days),
            tickets,
            shelf,
            search,
            db,
            key,
            outbox,
            clock,
            config,
        })))
    }

    /// How the articles of a configuration are read.
    pub fn load_options(config: &Config, clock: &Clock) -> LoadOptions {
        LoadOptions {
            root: config.articles.clone(),
            brand: config.brand.name.clone(),
            promise: PerLang(Lang::ALL.map(|lang| lang.promise(&config.promise, &config.time_zone).trim_end_matches('.').to_owned())),
            default_lang: config.default_language,
            time_zone: jiff::tz::TimeZone::get(&config.time_zone).unwrap_or(jiff::tz::TimeZone::UTC),
            clock: clock.clone(),
            drafts: false,
            spelling: true,
        }
    }

    /// The tickets without the rest, for the command line.
    pub fn tickets_alone(config: &Config, clock: Clock) -> Tickets {
        let db = Db::new(config);
        let outbox = Outbox::new(db.clone(), clock.clone());
        Tickets::new(db, config, clock, KeySource::new(config), outbox)
    }

    /// What was searched for, without the rest, for the command line.
    pub fn searches_alone(config: &Config, clock: Clock) -> SearchLog {
        SearchLog::new(Db::new(config), clock, config.limits.searches_kept_days)
    }

    /// The work beside the requests.
    pub fn jobs(&self) -> Result<Jobs, BootError> {
        Ok(Jobs {
            tickets: self.tickets.clone(),
            outbox: self.outbox.clone(),
            house: House::new(&self.config),
            transport: Transport::new(&self.config)?,
            inbox: Inbox::new(&self.config),
            counts: self.counts.clone(),
            searches: self.searches.clone(),
        })
    }

    /// Takes over a changed library: first the search, then the pages. They are dropped twice, for the search takes a while: an article that is
    /// gone must be gone at once, and a page that was made meanwhile may show what the old search said.
    pub fn library_changed(&self) {
        self.pages.drop_all();
        if let Err(error) = self.search.update(&self.shelf.library()) {
            tracing::error!(?error, "the search keeps the articles as they were before the change");
        }
        self.tickets.know(self.shelf.library());
        self.pages.drop_all();
    }

    /// Gives the search its model, where there is one, until the returned value is dropped.
    pub fn read_meaning(&self) -> std::io::Result<Option<Reading>> {
        let Some(model) = find_model(&self.config.model, &self.config.data) else { return Ok(None) };
        let app = self.clone();
        self.search.read_with(model, self.config.data.clone(), Effort::Background, move || app.pages.drop_all()).map(Some)
    }

    /// Puts what is on the shelf now into the metrics: a file can break without any change for readers.
    pub fn count_articles(&self) {
        let library = self.shelf.library();
        self.metrics.articles.set(i64::try_from(library.articles.len()).unwrap_or(i64::MAX));
        self.metrics.article_problems.set(i64::try_from(library.problem_count).unwrap_or(i64::MAX));
        self.metrics.search_passages_pending.set(i64::try_from(self.search.meaning().pending()).unwrap_or(i64::MAX));
        self.metrics.search_model_ready.set(self.search.meaning().is_ready().into());
    }
}
