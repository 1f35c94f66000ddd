//! Which sums a period is read from: whole months, single days, and from the sales where sums aren't made yet.

use std::collections::BTreeMap;

use super::ask::{date_of, days_since_1970};

/// First and last day; both belong to it.
pub(super) type Days = (i64, i64);

/// What a period is read from.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Spans {
    /// Whole months, each stretch from the first day of its first one to the first day of its last one.
    pub(super) months: Vec<Days>,
    pub(super) days: Vec<Days>,
    /// Read from the sales.
    pub(super) sales: Vec<Days>,
}

/// The first and the last day of a day's month.
pub(super) fn month_of(day: i64) -> Days {
    let date = date_of(day);
    (days_since_1970(date.first_of_month()), days_since_1970(date.last_of_month()))
}

/// Days that follow each other, together. They come in their order.
pub(super) fn stretches<'a>(days: impl Iterator<Item = &'a i64>) -> Vec<Days> {
    let mut stretches: Vec<Days> = Vec::new();
    for day in days {
        match stretches.last_mut() {
            Some(stretch) if stretch.1 + 1 == *day => stretch.1 = *day,
            _ => stretches.push((*day, *day)),
        }
    }
    stretches
}

/// `stale`: days that can't be read from sums.
pub(super) fn spans(period: Days, stale: &BTreeMap<i64, bool>) -> Spans {
    let mut spans = Spans::default();
    let (mut singles, mut of_sales) = (Vec::new(), Vec::new());
    let mut day = period.0;
    while day <= period.1 {
        let (first, last) = month_of(day);
        if day == first && last <= period.1 && stale.range(first..=last).next().is_none() {
            match spans.months.last_mut() {
                Some(stretch) if days_since_1970(date_of(stretch.1).last_of_month()) + 1 == first => stretch.1 = first,
                _ => spans.months.push((first, first)),
            }
            day = last + 1;
        } else {
            let (sales, days): (Vec<i64>, Vec<i64>) = (day..=last.min(period.1)).partition(|day| stale.contains_key(day));
            singles.extend(days);
            of_sales.extend(sales);
            day = last + 1;
        }
    }
    Spans { days: stretches(singles.iter()), sales: stretches(of_sales.iter()), ..spans }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn day(year: i16, month: i8, day: i8) -> i64 {
        days_since_1970(date(year, month, day))
    }

    #[test]
    fn whole_months_are_read_from_months_and_the_rest_from_days() {
        let none = BTreeMap::new();
        let all = spans((day(2024, 1, 20), day(2024, 5, 3)), &none);
        assert_eq!(all.months, [(day(2024, 2, 1), day(2024, 4, 1))]);
        assert_eq!(all.days, [(day(2024, 1, 20), day(2024, 1, 31)), (day(2024, 5, 1), day(2024, 5, 3))]);
        assert_eq!(spans((day(2024, 2, 1), day(2024, 2, 29)), &none).months, [(day(2024, 2, 1), day(2024, 2, 1))]);
        assert_eq!(spans((day(2024, 2, 1), day(2024, 2, 28)), &none).days, [(day(2024, 2, 1), day(2024, 2, 28))]);
        assert_eq!(spans((5, 4), &none), Spans::default());
    }

    #[test]
    fn stale_days_are_read_from_the_sales_and_nothing_twice() {
        let stale = BTreeMap::from([(day(2024, 2, 10), false), (day(2024, 2, 11), false), (day(2024, 4, 30), false)]);
        let all = spans((day(2024, 1, 1), day(2024, 5, 31)), &stale);
        assert_eq!(all.months, [(day(2024, 1, 1), day(2024, 1, 1)), (day(2024, 3, 1), day(2024, 3, 1)), (day(2024, 5, 1), day(2024, 5, 1))]);
        assert_eq!(all.sales, [(day(2024, 2, 10), day(2024, 2, 11)), (day(2024, 4, 30), day(2024, 4, 30))]);
        let of_months: i64 = all.months.iter().map(|stretch| days_since_1970(date_of(stretch.1).last_of_month()) - stretch.0 + 1).sum();
        let others: i64 = all.days.iter().chain(&all.sales).map(|stretch| stretch.1 - stretch.0 + 1).sum();
        assert_eq!(of_months + others, day(2024, 5, 31) - day(2024, 1, 1) + 1);
    }
}
