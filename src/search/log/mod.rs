//! What people searched for and could not find, as counts per question and day. It holds no identity: questions with an address, a code or
//! six digits are never counted, nothing is kept longer than the settings say, and who asked is nowhere. A question counts once per network and day,
//! so that nobody can make something popular, or fill the table, by asking. Counting needs no database: counts wait in memory and are written each
//! minute; instances count by themselves.

mod store;
mod today;

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use serde::Serialize;

use crate::clock::Clock;
use crate::db::{self, Db, DbError};
use crate::i18n::{Lang, PerLang};
use crate::search::analyser::{each_word, is_code};
use today::Today;

/// A longer question is a story, which nobody asks twice.
const QUERY_MAX_CHARS: usize = 100;
/// So many digits may be a document or a telephone number.
const DIGITS_MAX: usize = 5;
/// Letters and digits together that may be a transaction code; shorter ones are `12x` or `mp4`.
const CODE_MIN_CHARS: usize = 5;
/// Questions that wait to be written, at most; past it new ones are not counted.
const PENDING_MAX: usize = 10_000;
/// "Popular" looks back so many days,
const POPULAR_DAYS: i64 = 28;
/// and wants a question asked on so many of them,
pub const POPULAR_MIN_DAYS: i64 = 5;
/// from so many networks on each: what stands on the home page is not for one person to write.
pub const POPULAR_MIN_NETWORKS: i64 = 5;
const POPULAR_MAX: usize = 5;

/// A handle on the counts; copies share them.
#[derive(Clone)]
pub struct SearchLog(Arc<Inner>);

struct Inner {
    db: Db,
    clock: Clock,
    kept_days: u32,
    pending: Mutex<HashMap<Key, Tally>>,
    today: Mutex<Today>,
    popular: RwLock<Arc<PerLang<Vec<String>>>>,
}

/// Day, language and question.
type Key = (i64, Lang, String);

/// What came of a question.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Tally {
    asked: i64,
    empty: i64,
    clicked: i64,
    wrote: i64,
}

/// A question that did not lead to an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Missed {
    pub lang: String,
    pub query: String,
    /// Networks that asked, each counted once a day.
    pub asked: i64,
    /// Times that nothing was found.
    pub empty: i64,
    /// Times that a result was opened.
    pub clicked: i64,
    /// Times that a message to support followed.
    pub wrote: i64,
}

impl SearchLog {
    /// `kept_days`: 0 counts nothing at all.
    pub fn new(db: Db, clock: Clock, kept_days: u32) -> Self {
        Self(Arc::new(Inner { db, clock, kept_days, pending: Mutex::default(), today: Mutex::default(), popular: RwLock::default() }))
    }

    /// Counts a question that was sent from an address, and whether anything was found.
    pub fn asked(&self, lang: Lang, query: &str, from: IpAddr, found: bool) {
        let is_new = |today: &mut Today, day: i64, query: &str| today.ask(day, lang, query, from);
        self.count(lang, query, is_new, |tally| {
            tally.asked += 1;
            tally.empty += i64::from(!found);
        });
    }

    /// Counts a suggestion that was opened: nobody sent the question, but it was answered.
    pub fn suggestion_opened(&self, lang: Lang, query: &str, from: IpAddr) {
        let is_new = |today: &mut Today, day: i64, query: &str| {
            today.ask(day, lang, query, from) && today.follow(day, lang, query, |tally| &mut tally.clicked)
        };
        self.count(lang, query, is_new, |tally| {
            tally.asked += 1;
            tally.clicked += 1;
        });
    }

    /// Counts a result that was opened, of a question that was asked today.
    pub fn opened(&self, lang: Lang, query: &str) {
        let is_new = |today: &mut Today, day: i64, query: &str| today.follow(day, lang, query, |tally| &mut tally.clicked);
        self.count(lang, query, is_new, |tally| tally.clicked += 1);
    }

    /// Counts a message to support that followed a question, if it was asked today.
    pub fn wrote(&self, lang: Lang, query: &str) {
        let is_new = |today: &mut Today, day: i64, query: &str| today.follow(day, lang, query, |tally| &mut tally.wrote);
        self.count(lang, query, is_new, |tally| tally.wrote += 1);
    }

    fn count(&self, lang: Lang, query: &str, is_new: impl FnOnce(&mut Today, i64, &str) -> bool, add: impl FnOnce(&mut Tally)) {
        let Some(query) = normalised(query).filter(|_| self.0.kept_days > 0) else { return };
        let day = db::day(self.0.clock.now());
        if !is_new(&mut self.0.today.lock().unwrap_or_else(PoisonError::into_inner), day, &query) {
            return;
        }
        let mut pending = self.0.pending.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (day, lang, query);
        if pending.len() < PENDING_MAX || pending.contains_key(&key) {
            add(pending.entry(key).or_default());
        }
    }

    /// Lets a question be shown as popular whoever asked it, or takes that back. False if it is none that could be counted.
    pub async fn allow(&self, lang: Lang, query: &str, is_allowed: bool) -> Result<bool, DbError> {
        let Some(query) = normalised(query) else { return Ok(false) };
        let mut write = self.0.db.begin().await?;
        store::allow(&mut write, lang, &query, is_allowed.then(|| self.0.clock.now())).await?;
        write.commit().await?;
        Ok(true)
    }

    /// What many people ask, the most asked first, as of the last hour.
    pub fn popular(&self) -> Arc<PerLang<Vec<String>>> {
        self.0.popular.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Writes what was counted. What can't be written is kept for the next time.
    pub async fn flush(&self) -> Result<(), DbError> {
        let taken = std::mem::take(&mut *self.0.pending.lock().unwrap_or_else(PoisonError::into_inner));
        if taken.is_empty() {
            return Ok(());
        }
        // In one order everywhere, so that two instances can't wait for each other's rows.
        let mut tallies: Vec<(Key, Tally)> = taken.into_iter().collect();
        tallies.sort_unstable_by(|one, other| one.0.cmp(&other.0));
        let result = self.write(&tallies).await;
        if result.is_err() {
            let mut pending = self.0.pending.lock().unwrap_or_else(PoisonError::into_inner);
            for (key, tally) in tallies {
                let waiting = pending.entry(key).or_default();
                waiting.asked += tally.asked;
                waiting.empty += tally.empty;
                waiting.clicked += tally.clicked;
                waiting.wrote += tally.wrote;
            }
        }
        result
    }

    async fn write(&self, tallies: &[(Key, Tally)]) -> Result<(), DbError> {
        let mut write = self.0.db.begin().await?;
        store::add(&mut write, tallies).await?;
        write.commit().await
    }

    /// Works out anew what is popular.
    pub async fn refresh(&self) -> Result<(), DbError> {
        let today = db::day(self.0.clock.now());
        let mut popular = PerLang::<Vec<String>>::default();
        for (lang, query) in store::popular(&self.0.db.ready().await?, today - POPULAR_DAYS + 1, POPULAR_MIN_DAYS, POPULAR_MIN_NETWORKS).await? {
            if let Some(lang) = Lang::parse(&lang).filter(|lang| popular[*lang].len() < POPULAR_MAX) {
                popular[lang].push(query);
            }
        }
        *self.0.popular.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(popular);
        Ok(())
    }

    /// Forgets what is too old.
    pub async fn prune(&self) -> Result<(), DbError> {
        let today = db::day(self.0.clock.now());
        let mut write = self.0.db.begin().await?;
        store::prune(&mut write, today - i64::from(self.0.kept_days)).await?;
        write.commit().await
    }

    /// Questions of the last days without a result, or whose results nobody opened; those that led to support first.
    pub async fn missed(&self, days: u32, limit: u32) -> Result<Vec<Missed>, DbError> {
        let today = db::day(self.0.clock.now());
        store::missed(&self.0.db.ready().await?, today - i64::from(days) + 1, i64::from(limit)).await
    }
}

/// A question as it is counted; `None` for one that is empty, long, or could say something of a person.
fn normalised(query: &str) -> Option<String> {
    let digits = query.chars().filter(|letter| letter.is_numeric()).count();
    if query.contains('@') || digits > DIGITS_MAX || query.chars().count() > QUERY_MAX_CHARS {
        return None;
    }
    let (mut words, mut has_code) = (Vec::new(), false);
    each_word(query, |place, form| {
        has_code |= form.len() >= CODE_MIN_CHARS && is_code(form) && form.chars().any(char::is_alphabetic);
        words.push(query[place].to_lowercase());
    });
    (!words.is_empty() && !has_code).then(|| words.join(" "))
}

/// The missed questions as lines of text.
pub fn as_text(missed: &[Missed]) -> String {
    if missed.is_empty() {
        return "Every question led to an article, or none was asked.\n".to_owned();
    }
    let mut text = " asked  no result  opened  wrote  question\n".to_owned();
    for row in missed {
        text.push_str(&format!("{:>6}  {:>9}  {:>6}  {:>5}  [{}] {}\n", row.asked, row.empty, row.clicked, row.wrote, row.lang, row.query));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_are_counted_as_they_mean() {
        assert_eq!(normalised("  Onde está MEU reembolso?? ").as_deref(), Some("onde está meu reembolso"));
        assert_eq!(normalised("pix de 150 em 12x").as_deref(), Some("pix de 150 em 12x"));
    }

    #[test]
    fn nothing_that_could_name_a_person_is_counted() {
        for private in ["ana@example.com", "meu cpf 123.456.789-00", "HP0123", "compra hp123 não chegou", "??", "", &"a ".repeat(60)] {
            assert_eq!(normalised(private), None, "{private}");
        }
    }
}
