//! How often articles are read, which are read most, and whether they helped. Reading needs no database: reads are counted
//! in memory and written each minute, the most read are worked out each hour, and while the database is away both wait.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use super::feedback::{self, Feedback};
use super::model::ArticleId;
use super::store;
use super::votes::Vote;
use crate::clock::{Clock, Micros};
use crate::db::{self, Db, DbError};

/// "Most read" looks back so many days.
const MOST_READ_DAYS: i64 = 28;
/// With fewer reads than this in all, chance would decide the order, and nothing is called most read.
const MOST_READ_FROM_READS: i64 = 50;
const READS_KEPT_DAYS: i64 = 400;

/// A handle to the counts; copies share them.
#[derive(Clone)]
pub struct Counts(Arc<Inner>);

struct Inner {
    db: Db,
    clock: Clock,
    /// Reads that are not in the database yet, by day and article. Bounded by the number of articles.
    pending: Mutex<HashMap<i64, Reads>>,
    most_read: RwLock<Option<Arc<[ArticleId]>>>,
}

type Reads = HashMap<ArticleId, i64>;

impl Counts {
    pub fn new(db: Db, clock: Clock) -> Self {
        Self(Arc::new(Inner { db, clock, pending: Mutex::default(), most_read: RwLock::default() }))
    }

    /// Counts one read, in memory. Only for ids of the library: each one takes memory until it is written.
    pub fn record(&self, article: &ArticleId) {
        let day = db::day(self.0.clock.now());
        let mut pending = self.0.pending.lock().unwrap_or_else(PoisonError::into_inner);
        add(pending.entry(day).or_default(), article, 1);
    }

    /// The most read articles of the last 28 days, best first, as of the last hour; `None` while there are too few reads.
    pub fn most_read(&self) -> Option<Arc<[ArticleId]>> {
        self.0.most_read.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Writes what was counted. What can't be written is kept for the next time.
    pub async fn flush(&self) -> Result<(), DbError> {
        let taken = std::mem::take(&mut *self.0.pending.lock().unwrap_or_else(PoisonError::into_inner));
        if taken.is_empty() {
            return Ok(());
        }
        // In one order everywhere, so that two instances can't wait for each other's rows.
        let mut reads: Vec<_> =
            taken.into_iter().flat_map(|(day, reads)| reads.into_iter().map(move |(article, count)| (article, day, count))).collect();
        reads.sort_unstable();
        let result = self.write(&reads).await;
        if result.is_err() {
            let mut pending = self.0.pending.lock().unwrap_or_else(PoisonError::into_inner);
            for (article, day, count) in reads {
                add(pending.entry(day).or_default(), &article, count);
            }
        }
        result
    }

    async fn write(&self, reads: &[(ArticleId, i64, i64)]) -> Result<(), DbError> {
        let mut write = self.0.db.begin().await?;
        store::add_reads(&mut write, reads).await?;
        write.commit().await
    }

    /// Works out anew which articles are read most.
    pub async fn refresh(&self) -> Result<(), DbError> {
        let today = db::day(self.0.clock.now());
        let reads = store::reads_since(&self.0.db.ready().await?, today - MOST_READ_DAYS + 1).await?;
        let total: i64 = reads.iter().map(|(_, count)| count).sum();
        let most_read = (total >= MOST_READ_FROM_READS).then(|| reads.into_iter().map(|(article, _)| article).collect());
        *self.0.most_read.write().unwrap_or_else(PoisonError::into_inner) = most_read;
        Ok(())
    }

    /// Forgets very old reads.
    pub async fn prune(&self) -> Result<(), DbError> {
        let today = db::day(self.0.clock.now());
        let mut write = self.0.db.begin().await?;
        store::prune_reads(&mut write, today - READS_KEPT_DAYS).await?;
        write.commit().await
    }

    /// Stores a vote. The same visitor's later vote on the same day takes its place, so that a double click counts once.
    pub async fn vote(&self, vote: &Vote) -> Result<(), DbError> {
        let now: Micros = self.0.clock.now();
        let mut write = self.0.db.begin().await?;
        store::cast_vote(&mut write, vote, now).await?;
        write.commit().await
    }

    /// What readers said of articles in the last days, most often not helped first, with the newest sentences of all.
    pub async fn feedback(&self, days: u32, sentences_max: u32) -> Result<Vec<Feedback>, DbError> {
        let since = db::day(self.0.clock.now()) - i64::from(days) + 1;
        let pool = self.0.db.ready().await?;
        let votes = store::votes_since(&pool, since).await?;
        Ok(feedback::joined(votes, store::sentences_since(&pool, since, i64::from(sentences_max)).await?))
    }
}

/// Adds to the reads of an article; most are of one that is there already.
fn add(reads: &mut Reads, article: &ArticleId, count: i64) {
    match reads.get_mut(article) {
        Some(known) => *known += count,
        None => drop(reads.insert(article.clone(), count)),
    }
}
