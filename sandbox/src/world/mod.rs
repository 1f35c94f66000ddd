//! All that the sandbox knows: sales in the order of their dates, and subscriptions.

pub(crate) mod catalog;
pub(crate) mod fate;
mod grow;
pub(crate) mod people;
pub(crate) mod sale;
pub(crate) mod subscription;

use std::collections::{HashMap, HashSet};

use crate::{random::Random, words::Status};
use fate::{DAY, Fate};
use sale::Sale;
use subscription::Subscription;

/// How far back the sales go: four years.
pub(crate) const DAYS: i64 = 1461;

/// Codes are drawn from this many numbers.
const CODES: u64 = 10_000_000_000;
/// Neighbors get codes far apart. It shares no factor with `CODES`, so no code comes twice.
const STEP: u64 = 7_368_787_409;

pub(crate) struct World {
    pub(crate) seed: u64,
    /// How many sales were asked for; later days bring as many a day as the years before.
    wanted: usize,
    /// The moment that the sandbox takes for now.
    pub(crate) now: i64,
    first_now: i64,
    pub(crate) buyers: u64,
    pub(crate) sales: Vec<Sale>,
    pub(crate) subscriptions: Vec<Subscription>,
    /// When a test set the state of a sale.
    pub(crate) set_at: HashMap<u32, i64>,
    orders: u32,
    offset: u64,
}

impl World {
    pub(crate) fn new(seed: u64, sales: usize, now: i64) -> Self {
        let mut world = Self {
            seed,
            wanted: sales,
            now,
            first_now: now,
            buyers: sales as u64 * 3 / 5 + 1,
            sales: Vec::new(),
            subscriptions: Vec::new(),
            set_at: HashMap::new(),
            orders: 0,
            offset: Random::of(&[seed, 0x0ff5]).below(CODES),
        };
        world.fill();
        world
    }

    /// `purchase.transaction`: ten digits, and fourteen of the older half, as it was once.
    pub(crate) fn code(&self, sale: &Sale) -> String {
        let number = (u128::from(sale.index) * u128::from(STEP) + u128::from(self.offset)) % u128::from(CODES);
        if sale.ordered < self.first_now - DAYS / 2 * DAY { format!("HP1601{number:010}") } else { format!("HP{number:010}") }
    }

    pub(crate) fn by_code(&self, code: &str) -> Option<&Sale> {
        let digits = code.strip_prefix("HP")?;
        let number: u64 = digits.get(digits.len().checked_sub(10)?..)?.parse().ok()?;
        let steps = u128::from((number + CODES - self.offset) % CODES) * inverse(STEP, CODES) % u128::from(CODES);
        self.sales.get(usize::try_from(steps).ok()?).filter(|sale| self.code(sale) == code)
    }

    /// Each with the code of their newest sale.
    pub(crate) fn newest_buyers(&self, count: usize) -> Vec<[String; 4]> {
        let mut seen = HashSet::new();
        let shown = self.sales.iter().rev().filter(|sale| sale.shows_email() && !people::is_odd(sale.buyer) && seen.insert(sale.buyer));
        let of = |sale: &Sale| {
            let person = people::buyer(self.seed, sale.buyer);
            [person.email, person.name, person.country.to_owned(), self.code(sale)]
        };
        shown.take(count).map(of).collect()
    }

    /// The sales ordered from one moment to another, both included.
    pub(crate) fn between(&self, from: i64, to: i64) -> &[Sale] {
        let start = self.sales.partition_point(|sale| sale.ordered < from);
        let end = self.sales.partition_point(|sale| sale.ordered <= to).max(start);
        &self.sales[start..end]
    }

    pub(crate) fn subscription_of(&self, sale: &Sale) -> Option<&Subscription> {
        self.subscriptions.get(sale.subscription? as usize)
    }

    pub(crate) fn by_subscriber(&self, code: &str) -> Option<&Subscription> {
        self.subscriptions.get(Subscription::id_in(code)? as usize).filter(|one| one.code() == code)
    }

    /// Puts a sale into a state in which it stays.
    pub(crate) fn set_status(&mut self, code: &str, status: Status) -> bool {
        let Some(index) = self.by_code(code).map(|sale| sale.index as usize) else { return false };
        self.sales[index].fate = Fate::Fixed(status);
        self.sales[index].status = status;
        self.set_at.insert(self.sales[index].index, self.now);
        true
    }
}

/// The number that undoes a multiplication modulo `modulus`.
fn inverse(number: u64, modulus: u64) -> u128 {
    let (mut old, mut new) = ((i128::from(modulus), 0_i128), (i128::from(number), 1_i128));
    while new.0 != 0 {
        let quotient = old.0 / new.0;
        (old, new) = (new, (old.0 - quotient * new.0, old.1 - quotient * new.1));
    }
    u128::try_from(old.1.rem_euclid(i128::from(modulus))).unwrap_or(0)
}
