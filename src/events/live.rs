//! Live pages: one reader of the log for each process, however many pages listen to it. It looks once a second, so that it does not matter which
//! process wrote; it begins with the first listener and ends with the last one.
//!
//! Promised: whoever listens is woken for everything that is committed to its ticket from then on. While the database is away the reader goes on
//! trying, and afterwards goes on from where it was.

use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::broadcast::{self, error::RecvError};

use super::{Kind, store};
use crate::db::{Db, DbError};

/// How often the database is asked.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Events that are read at once; the rest come with the next look.
const EVENTS_PER_LOOK_MAX: i64 = 500;
/// So much news is kept for a listener that is slow; one that is further behind is woken for all that it missed together.
const NEWS_MAX: usize = 512;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum News {
    /// By its id.
    Ticket(Arc<str>),
    /// Anything may have changed.
    Any,
}

/// A handle to the reader; copies share it.
#[derive(Clone)]
pub struct Live(Arc<Inner>);

struct Inner {
    db: Db,
    news: broadcast::Sender<News>,
    /// Held while the reader begins or ends, so that there is one as long as somebody listens, and never two.
    is_reading: Mutex<bool>,
    looks: AtomicU64,
}

/// Somebody who listens to one ticket.
pub struct Listening {
    ticket: String,
    news: broadcast::Receiver<News>,
}

impl Listening {
    /// Returns when something happened to the ticket, or may have. Nothing is lost when it is not awaited for a while.
    pub async fn changed(&mut self) {
        loop {
            match self.news.recv().await {
                Ok(News::Ticket(ticket)) if *ticket != *self.ticket => {}
                Ok(_) | Err(RecvError::Lagged(_)) => return,
                // The program ends.
                Err(RecvError::Closed) => std::future::pending().await,
            }
        }
    }
}

impl Live {
    /// Nothing is read before somebody listens.
    pub fn new(db: Db) -> Self {
        Self(Arc::new(Inner { db, news: broadcast::Sender::new(NEWS_MAX), is_reading: Mutex::default(), looks: AtomicU64::new(0) }))
    }

    /// Listens to a ticket. What it stands like has to be looked at after this, so that nothing falls between.
    pub fn listen(&self, ticket: &str) -> Listening {
        let mut is_reading = self.0.is_reading.lock().unwrap_or_else(PoisonError::into_inner);
        let listening = Listening { ticket: ticket.to_owned(), news: self.0.news.subscribe() };
        if !*is_reading {
            *is_reading = true;
            tokio::spawn(self.clone().read());
        }
        listening
    }

    /// How often the database was asked since the start.
    pub fn looks(&self) -> u64 {
        self.0.looks.load(Ordering::Relaxed)
    }

    async fn read(self) {
        let (mut seq, mut is_away) = (i64::MAX, false);
        loop {
            match self.look(&mut seq).await {
                Ok(()) => is_away = false,
                Err(error) => {
                    if !is_away {
                        tracing::warn!(%error, "open pages of tickets wait for the log of events");
                    }
                    is_away = true;
                }
            }
            tokio::select! {
                () = self.0.news.closed() => {}
                () = tokio::time::sleep(LOOK_EVERY) => {}
            }
            if self.is_over() {
                return;
            }
        }
    }

    /// Ends the reader when nobody listens any more.
    fn is_over(&self) -> bool {
        let mut is_reading = self.0.is_reading.lock().unwrap_or_else(PoisonError::into_inner);
        *is_reading = self.0.news.receiver_count() > 0;
        !*is_reading
    }

    /// One query. Where the log ends before the number, it is the first look, or an older copy of the database was put in its place: what was
    /// committed until now, those who listen may have missed.
    async fn look(&self, seq: &mut i64) -> Result<(), DbError> {
        let pool = self.0.db.ready().await?;
        self.0.looks.fetch_add(1, Ordering::Relaxed);
        let rows = store::brief_after(&pool, *seq, EVENTS_PER_LOOK_MAX).await?;
        if let Some(row) = rows.first().filter(|row| row.last < *seq) {
            *seq = row.last;
            self.tell(News::Any);
            return Ok(());
        }
        let mut told = HashSet::new();
        for row in rows {
            *seq = row.seq.unwrap_or(*seq);
            // Tickets that are erased take their events with them.
            let is_erased = row.kind.is_some_and(|kind| kind == Kind::Erased.word());
            let news = if is_erased { Some(News::Any) } else { row.ticket.map(|ticket| News::Ticket(ticket.into())) };
            if let Some(news) = news.filter(|news| told.insert(news.clone())) {
                self.tell(news);
            }
        }
        Ok(())
    }

    fn tell(&self, news: News) {
        // An error says that nobody listens.
        let _ = self.0.news.send(news);
    }
}
