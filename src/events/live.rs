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
/// The same while somebody follows everything.
const LOOK_FOR_FOLLOWERS_EVERY: Duration = Duration::from_millis(300);
/// Events that are read at once; the rest come with the next look.
const EVENTS_PER_LOOK_MAX: i64 = 500;
/// So much news is kept for a listener that is slow; one that is further behind is woken for all that it missed together.
const NEWS_MAX: usize = 512;

/// What something happened to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum News {
    /// By its id.
    Ticket(Arc<str>),
    /// Somebody of the team, by id.
    Staff(Arc<str>),
    /// Anything may have changed.
    Any,
}

/// News with the number of its event; what happened together has the last one's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbered {
    pub seq: i64,
    pub news: News,
}

/// A handle to the reader; copies share it.
#[derive(Clone)]
pub struct Live(Arc<Inner>);

struct Inner {
    db: Db,
    news: broadcast::Sender<Numbered>,
    /// How many follow everything: for them it looks more often.
    followers: AtomicU64,
    /// Held while the reader begins or ends, so that there is one as long as somebody listens, and never two.
    is_reading: Mutex<bool>,
    looks: AtomicU64,
}

/// Somebody who listens to one ticket.
pub struct Listening {
    ticket: String,
    news: broadcast::Receiver<Numbered>,
}

/// Somebody who follows everything.
pub struct Following {
    of: Arc<Inner>,
    news: broadcast::Receiver<Numbered>,
}

impl Following {
    /// The next news; `None`: some were missed, and have to be read from the log.
    pub async fn next(&mut self) -> Option<Numbered> {
        match self.news.recv().await {
            Ok(news) => Some(news),
            Err(RecvError::Lagged(_)) => None,
            // The program ends.
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}

impl Drop for Following {
    fn drop(&mut self) {
        self.of.followers.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Listening {
    /// Returns when something happened to the ticket, or may have. Nothing is lost when it is not awaited for a while.
    pub async fn changed(&mut self) {
        loop {
            match self.news.recv().await {
                Ok(Numbered { news: News::Ticket(ticket), .. }) if *ticket != *self.ticket => {}
                Ok(Numbered { news: News::Staff(_), .. }) => {}
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
        Self(Arc::new(Inner {
            db,
            news: broadcast::Sender::new(NEWS_MAX),
            followers: AtomicU64::new(0),
            is_reading: Mutex::default(),
            looks: AtomicU64::new(0),
        }))
    }

    /// Listens to a ticket. What it stands like has to be looked at after this, so that nothing falls between.
    pub fn listen(&self, ticket: &str) -> Listening {
        Listening { ticket: ticket.to_owned(), news: self.subscribe() }
    }

    /// Follows everything that is committed from now on. What was before has to be read from the log after this, so that nothing falls between.
    pub fn follow(&self) -> Following {
        self.0.followers.fetch_add(1, Ordering::Relaxed);
        Following { of: Arc::clone(&self.0), news: self.subscribe() }
    }

    fn subscribe(&self) -> broadcast::Receiver<Numbered> {
        let mut is_reading = self.0.is_reading.lock().unwrap_or_else(PoisonError::into_inner);
        let news = self.0.news.subscribe();
        if !*is_reading {
            *is_reading = true;
            tokio::spawn(self.clone().read());
        }
        news
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
                () = tokio::time::sleep(self.pause()) => {}
            }
            if self.is_over() {
                return;
            }
        }
    }

    fn pause(&self) -> Duration {
        if self.0.followers.load(Ordering::Relaxed) > 0 { LOOK_FOR_FOLLOWERS_EVERY } else { LOOK_EVERY }
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
            self.tell(*seq, News::Any);
            return Ok(());
        }
        let mut told = HashSet::new();
        // Each once, at its last event.
        let mut all = Vec::new();
        for row in rows.iter().rev() {
            *seq = (*seq).max(row.seq.unwrap_or(*seq));
            if let Some(news) = news_of(row).filter(|news| told.insert(news.clone())) {
                all.push((row.seq.unwrap_or(*seq), news));
            }
        }
        for (seq, news) in all.into_iter().rev() {
            self.tell(seq, news);
        }
        Ok(())
    }

    fn tell(&self, seq: i64, news: News) {
        // An error says that nobody listens.
        let _ = self.0.news.send(Numbered { seq, news });
    }
}

/// `None` where nobody waits for it.
fn news_of(row: &store::BriefRow) -> Option<News> {
    // Tickets that are erased take their events with them.
    if row.kind.as_deref() == Some(Kind::Erased.word()) {
        return Some(News::Any);
    }
    let ticket = row.ticket.as_deref().map(|ticket| News::Ticket(ticket.into()));
    ticket.or_else(|| row.staff().map(|staff| News::Staff(staff.into())))
}
