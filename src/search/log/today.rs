//! What was asked today: each question once per network. Who asked is known as a hash with a salt that is nowhere but here and is dropped when the day
//! ends, so that only counts stay.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;

use super::Tally;
use crate::i18n::Lang;
use crate::values::Network;

/// Different questions in a day; past it new ones are not counted.
const QUESTIONS_MAX: usize = 10_000;
/// The same of who asked what.
const MARKS_MAX: usize = 200_000;

#[derive(Default)]
pub(super) struct Today {
    day: i64,
    salt: RandomState,
    marks: HashSet<u64>,
    tallies: HashMap<(Lang, String), Tally>,
}

impl Today {
    /// Counts a question of a network; false if it was counted already, or so much was asked today.
    pub(super) fn ask(&mut self, day: i64, lang: Lang, query: &str, from: IpAddr) -> bool {
        self.begin(day);
        let mark = self.salt.hash_one((Network::from(from), lang, query));
        if self.marks.len() >= MARKS_MAX || !self.marks.insert(mark) {
            return false;
        }
        let key = (lang, query.to_owned());
        if self.tallies.len() >= QUESTIONS_MAX && !self.tallies.contains_key(&key) {
            return false;
        }
        self.tallies.entry(key).or_default().asked += 1;
        true
    }

    /// Counts what followed a question, `of` its tally: only of one that was asked today, and no more often than it was asked.
    pub(super) fn follow(&mut self, day: i64, lang: Lang, query: &str, of: fn(&mut Tally) -> &mut i64) -> bool {
        self.begin(day);
        let Some(tally) = self.tallies.get_mut(&(lang, query.to_owned())) else { return false };
        let asked = tally.asked;
        let count = of(tally);
        let is_more = *count < asked;
        *count += i64::from(is_more);
        is_more
    }

    fn begin(&mut self, day: i64) {
        if self.day != day {
            *self = Self { day, ..Self::default() };
        }
    }
}
