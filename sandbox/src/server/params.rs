//! The query of a call, read strictly: what isn't understood fails the call, as it does there.

use super::failure::Failure;
use crate::{text, world::fate::DAY};

pub(crate) struct Params(Vec<(String, String)>);

impl Params {
    pub(crate) fn parse(query: &str) -> Self {
        Self(text::pairs(query))
    }

    pub(crate) fn all<'a>(&'a self, key: &str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.all(key).next().is_some()
    }

    /// An empty text filters nothing.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        self.all(key).find(|value| !value.is_empty())
    }

    pub(crate) fn number(&self, key: &str) -> Result<Option<i64>, Failure> {
        self.text(key).map(|value| value.parse().map_err(|_| Failure::parameter(format!("{key} must be a number.")))).transpose()
    }

    pub(crate) fn flag(&self, key: &str) -> Result<Option<bool>, Failure> {
        self.text(key).map(|value| value.parse().map_err(|_| Failure::parameter(format!("{key} must be true or false.")))).transpose()
    }

    /// All values of a key; one unknown word fails them all. A comma doesn't part words.
    pub(crate) fn words<T>(&self, key: &str, named: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, Failure> {
        self.all(key).map(|word| named(word).ok_or_else(|| Failure::parameter(format!("{key} has no value {word:?}.")))).collect()
    }

    /// One of the listed words, if it is there at all.
    pub(crate) fn one_of(&self, key: &str, known: &[&str]) -> Result<Vec<String>, Failure> {
        self.words(key, |word| known.contains(&word).then(|| word.to_owned()))
    }
}

/// A span of time, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) from: i64,
    pub(crate) to: i64,
}

/// A year and a day of grace: twelve months are accepted, twenty-four refused.
const WIDEST: i64 = 366 * DAY;

impl Window {
    pub(crate) const ALL: Self = Self { from: i64::MIN, to: i64::MAX };

    /// Without a beginning, thirty days before the end; without an end, until now.
    pub(crate) fn asked(params: &Params, keys: (&str, &str), now: i64) -> Result<Self, Failure> {
        let to = params.number(keys.1)?.unwrap_or(now);
        let from = params.number(keys.0)?.unwrap_or_else(|| to.saturating_sub(30 * DAY));
        if from > to {
            return Err(Failure::parameter(format!("{} is behind {}.", keys.0, keys.1)));
        }
        Ok(Self { from, to })
    }

    pub(crate) fn within_a_year(self) -> Result<Self, Failure> {
        if self.to.saturating_sub(self.from) > WIDEST {
            return Err(Failure::parameter("The period must not be longer than a year."));
        }
        Ok(self)
    }

    pub(crate) fn holds(self, moment: i64) -> bool {
        (self.from..=self.to).contains(&moment)
    }

    pub(crate) fn is_wider_than(self, days: u32) -> bool {
        self.to.saturating_sub(self.from) > i64::from(days) * DAY
    }
}
