//! What is asked of the sales: a period, accounts, and what they are narrowed down to.

use jiff::Span;
use jiff::civil::{Date, date};

use crate::values::words::words;

/// Hotmart began in 2011. Nothing was sold before, and nothing is planned this far ahead.
const FIRST_DAY: Date = date(2011, 1, 1);
const LAST_DAY: Date = date(2199, 12, 31);
/// A period is at most so long; its last days are kept.
pub const DAYS_MAX: i64 = 20 * 366;
/// What a filter may ask for; nothing that Hotmart sends is longer.
const VALUE_MAX_CHARS: usize = 300;

/// By what sales are broken down, and narrowed down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// Hotmart's number of a product.
    Product,
    Offer,
    /// `src` of the link.
    Source,
    /// `sck` of the link.
    Sck,
    Affiliate,
    /// The type of payment, as Hotmart says it.
    Payment,
    /// Two letters, or as the buyer's address has it.
    Country,
}

words!(Dimension {
    Product => "product",
    Offer => "offer",
    Source => "source",
    Sck => "sck",
    Affiliate => "affiliate",
    Payment => "payment",
    Country => "country",
});

/// What sales are narrowed down to. A dimension that isn't named is not narrowed; an empty value asks for the sales without any.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    pub product: Option<String>,
    pub offer: Option<String>,
    pub source: Option<String>,
    pub sck: Option<String>,
    pub affiliate: Option<String>,
    pub payment: Option<String>,
    pub country: Option<String>,
}

impl Filter {
    pub fn of(&self, dimension: Dimension) -> Option<&str> {
        match dimension {
            Dimension::Product => &self.product,
            Dimension::Offer => &self.offer,
            Dimension::Source => &self.source,
            Dimension::Sck => &self.sck,
            Dimension::Affiliate => &self.affiliate,
            Dimension::Payment => &self.payment,
            Dimension::Country => &self.country,
        }
        .as_deref()
    }

    /// What can't be kept can't be asked for either: it is left out of the value.
    pub fn set(&mut self, dimension: Dimension, value: Option<&str>) {
        let value = value.map(|value| value.chars().filter(|char| !char.is_control()).take(VALUE_MAX_CHARS).collect());
        let place = match dimension {
            Dimension::Product => &mut self.product,
            Dimension::Offer => &mut self.offer,
            Dimension::Source => &mut self.source,
            Dimension::Sck => &mut self.sck,
            Dimension::Affiliate => &mut self.affiliate,
            Dimension::Payment => &mut self.payment,
            Dimension::Country => &mut self.country,
        };
        *place = value;
    }

    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The dimension of the sums over everything.
pub(in crate::orders) const ALL: &str = "all";

/// A question. Its days are those of the help center's time zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// Ids; empty: all accounts together. One that is unknown has no sales.
    pub accounts: Vec<String>,
    pub filter: Filter,
    from: Date,
    to: Date,
}

impl Ask {
    /// Both days belong to the period. Turned around where it ends before it begins; cut where it is absurd.
    pub fn new(from: Date, to: Date) -> Self {
        let (from, to) = (from.min(to), from.max(to));
        let to = to.clamp(FIRST_DAY, LAST_DAY);
        let longest = to.checked_sub(Span::new().days(DAYS_MAX - 1)).unwrap_or(FIRST_DAY);
        Self { accounts: Vec::new(), filter: Filter::default(), from: from.clamp(FIRST_DAY, to).max(longest), to }
    }

    /// The same question, narrowed down to something else.
    pub fn narrowed(&self, filter: Filter) -> Self {
        Self { filter, ..self.clone() }
    }

    pub fn from(&self) -> Date {
        self.from
    }

    /// The last day.
    pub fn to(&self) -> Date {
        self.to
    }

    /// How many.
    pub fn days(&self) -> i64 {
        days_since_1970(self.to) - days_since_1970(self.from) + 1
    }

    /// The period of the same length that ends on the day before; `None` where Hotmart hadn't begun.
    pub fn before(&self) -> Option<Self> {
        let to = self.from.yesterday().ok().filter(|to| *to >= FIRST_DAY)?;
        let from = self.from.checked_sub(Span::new().days(self.days())).unwrap_or(FIRST_DAY).max(FIRST_DAY);
        Some(Self { from, to, ..self.clone() })
    }
}

/// As days are kept.
pub(in crate::orders) fn days_since_1970(day: Date) -> i64 {
    i64::from((day - date(1970, 1, 1)).get_days())
}

pub(in crate::orders) fn date_of(days: i64) -> Date {
    date(1970, 1, 1).checked_add(Span::new().days(days.clamp(0, 100_000))).unwrap_or(LAST_DAY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_period_before_is_as_long_and_ends_on_the_day_before() {
        let march = Ask::new(date(2024, 3, 1), date(2024, 3, 31));
        let before = march.before().expect("a period");
        assert_eq!((before.from(), before.to(), before.days()), (date(2024, 1, 30), date(2024, 2, 29), 31));
        let day = Ask::new(date(2024, 3, 1), date(2024, 3, 1));
        assert_eq!(day.before().map(|before| (before.from(), before.to())), Some((date(2024, 2, 29), date(2024, 2, 29))));
        assert_eq!(Ask::new(FIRST_DAY, date(2012, 1, 1)).before(), None, "nothing was sold then");
        assert_eq!(Ask::new(date(2011, 1, 5), date(2011, 1, 20)).before().map(|before| before.from()), Some(FIRST_DAY));
    }

    #[test]
    fn absurd_periods_are_turned_around_and_cut() {
        let turned = Ask::new(date(2024, 5, 2), date(2024, 5, 1));
        assert_eq!((turned.from(), turned.to(), turned.days()), (date(2024, 5, 1), date(2024, 5, 2), 2));
        for (from, to) in [(Date::MIN, Date::MAX), (Date::MIN, Date::MIN), (Date::MAX, Date::MAX), (date(1, 1, 1), date(2024, 1, 1))] {
            let ask = Ask::new(from, to);
            assert!(ask.from() >= FIRST_DAY && ask.to() <= LAST_DAY && (1..=DAYS_MAX).contains(&ask.days()), "{ask:?}");
            assert!(ask.before().is_none_or(|before| before.to() < ask.from() && before.days() <= ask.days()));
        }
    }

    #[test]
    fn days_are_kept_as_numbers() {
        for day in [FIRST_DAY, date(2024, 2, 29), LAST_DAY] {
            assert_eq!(date_of(days_since_1970(day)), day);
        }
        assert_eq!(days_since_1970(date(1970, 1, 2)), 1);
        assert_eq!((date_of(i64::MIN), date_of(i64::MAX) >= LAST_DAY), (date(1970, 1, 1), true));
    }

    #[test]
    fn a_filter_holds_nothing_that_no_sale_has() {
        let mut filter = Filter::default();
        assert!(filter.is_empty());
        filter.set(Dimension::Source, Some("a\u{0}'b"));
        filter.set(Dimension::Offer, Some(&"x".repeat(5_000)));
        assert_eq!((filter.of(Dimension::Source), filter.offer.as_ref().map(String::len)), (Some("a'b"), Some(VALUE_MAX_CHARS)));
        filter.set(Dimension::Source, None);
        assert_eq!(filter.of(Dimension::Source), None);
    }
}
