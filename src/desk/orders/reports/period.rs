//! The days that a report is about, and those that it is compared with.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::values::words::words;

/// Hotmart has sold since then.
pub(super) const FIRST: Date = date(2011, 1, 1);
/// Nothing was sold later; so far is far enough for a year that somebody typed ahead.
const LAST: Date = date(2100, 12, 31);

/// A period by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Preset {
    Today,
    Yesterday,
    Last7,
    Last30,
    Last90,
    ThisMonth,
    LastMonth,
    ThisYear,
    Last12Months,
    AllTime,
}

words!(pub(super), Preset {
    Today => "today",
    Yesterday => "yesterday",
    Last7 => "last-7",
    Last30 => "last-30",
    Last90 => "last-90",
    ThisMonth => "this-month",
    LastMonth => "last-month",
    ThisYear => "this-year",
    Last12Months => "last-12-months",
    AllTime => "all-time",
});

impl Preset {
    /// Its days, with today among them where it has not ended.
    pub(super) fn period(self, today: Date) -> Period {
        let back = |days: i64| today.saturating_sub(days.days());
        let last_month = today.first_of_month().saturating_sub(1.day());
        let (from, to) = match self {
            Self::Today => (today, today),
            Self::Yesterday => (back(1), back(1)),
            Self::Last7 => (back(6), today),
            Self::Last30 => (back(29), today),
            Self::Last90 => (back(89), today),
            Self::ThisMonth => (today.first_of_month(), today),
            Self::LastMonth => (last_month.first_of_month(), last_month),
            Self::ThisYear => (today.first_of_year(), today),
            Self::Last12Months => (today.saturating_sub(12.months()).saturating_add(1.day()), today),
            Self::AllTime => (FIRST.min(today), today),
        };
        Period { from, to }
    }
}

/// Days in the site's time zone; the last one belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Period {
    pub(super) from: Date,
    pub(super) to: Date,
}

/// What is wrong with two days that were typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PeriodProblem {
    /// One is missing, or is no day.
    NotADay,
    /// The first is after the last.
    Reversed,
    /// Before Hotmart, or far ahead.
    OutOfReach,
}

impl Period {
    /// From two days as a browser's field sends them: `2026-12-01`.
    pub(super) fn parse(from: &str, to: &str) -> Result<Self, PeriodProblem> {
        let (from, to) = (day(from)?, day(to)?);
        if from > to {
            return Err(PeriodProblem::Reversed);
        }
        if from < FIRST || to > LAST {
            return Err(PeriodProblem::OutOfReach);
        }
        Ok(Self { from, to })
    }

    pub(super) fn days(self) -> i64 {
        i64::from(self.from.until(self.to).map_or(0, |span| span.get_days())) + 1
    }
}

/// Only as fields of a form send it: what the library reads besides is no day to anybody.
fn day(typed: &str) -> Result<Date, PeriodProblem> {
    let typed = typed.trim();
    let is_day =
        typed.len() == 10 && typed.bytes().enumerate().all(|(at, byte)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() });
    if is_day { typed.parse().map_err(|_| PeriodProblem::NotADay) } else { Err(PeriodProblem::NotADay) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(from: Date, to: Date) -> Period {
        Period { from, to }
    }

    #[test]
    fn each_name_has_its_days() {
        let told = Preset::ALL.iter().map(|preset| preset.period(date(2026, 3, 31))).collect::<Vec<_>>();
        let expected = [
            period(date(2026, 3, 31), date(2026, 3, 31)),
            period(date(2026, 3, 30), date(2026, 3, 30)),
            period(date(2026, 3, 25), date(2026, 3, 31)),
            period(date(2026, 3, 2), date(2026, 3, 31)),
            period(date(2026, 1, 1), date(2026, 3, 31)),
            period(date(2026, 3, 1), date(2026, 3, 31)),
            period(date(2026, 2, 1), date(2026, 2, 28)),
            period(date(2026, 1, 1), date(2026, 3, 31)),
            period(date(2025, 4, 1), date(2026, 3, 31)),
            period(FIRST, date(2026, 3, 31)),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn what_is_no_period_is_said() {
        assert_eq!(Period::parse(" 2026-03-01", "2026-03-31 "), Ok(period(date(2026, 3, 1), date(2026, 3, 31))));
        let not_days =
            ["", "2026-02-30", "2026-3-1", "20260301", "01/03/2026", "2026-03-01T10:00", "-26-03-01x", "2026-W09-1", "９０２６-03-01", "\0"];
        for typed in not_days {
            assert_eq!(Period::parse(typed, "2026-03-31"), Err(PeriodProblem::NotADay), "{typed:?}");
            assert_eq!(Period::parse("2026-03-01", typed), Err(PeriodProblem::NotADay), "{typed:?}");
        }
        assert_eq!(Period::parse("2026-03-02", "2026-03-01"), Err(PeriodProblem::Reversed));
        assert_eq!(Period::parse("0001-01-01", "2026-03-01"), Err(PeriodProblem::OutOfReach));
        assert_eq!(Period::parse("2026-03-01", "9999-12-31"), Err(PeriodProblem::OutOfReach));
    }
}
