//! Days put together to the parts of a period.

use jiff::ToSpan;
use jiff::civil::Date;

use super::model::{Point, Series, Step, Value};
use super::period::Period;

/// Days with their numbers.
pub(super) type Days = Vec<(Date, Vec<i64>)>;

/// What a series is made of.
pub(super) struct Parts<'a> {
    pub(super) period: Period,
    pub(super) step: Step,
    pub(super) columns: Vec<&'static str>,
    pub(super) days: Days,
    /// Of the period before, if it is compared.
    pub(super) before: Option<Days>,
    /// What the number of a column is.
    pub(super) value: &'a dyn Fn(usize, i64) -> Value,
}

impl Parts<'_> {
    /// Each part has the sum of its days, and beside it those of the period before that are as far from its beginning.
    pub(super) fn series(self) -> Series {
        let spans = spans(self.period, self.step);
        let now = sums(&spans, self.columns.len(), &self.days);
        let shift = self.period.days();
        let before = self.before.map(|days| {
            let shifted: Days = days.into_iter().map(|(day, numbers)| (day.saturating_add(shift.days()), numbers)).collect();
            sums(&spans, 1, &shifted).into_iter().map(|numbers| (self.value)(0, numbers[0])).collect()
        });
        let points = spans.iter().zip(now).map(|((from, to), numbers)| Point {
            from: *from,
            to: *to,
            values: numbers.into_iter().enumerate().map(|(column, number)| (self.value)(column, number)).collect(),
        });
        Series { step: self.step, columns: self.columns, points: points.collect(), before }
    }
}

/// Seven days from the first on make a week; months are those of the calendar, cut at the edges.
fn spans(period: Period, step: Step) -> Vec<(Date, Date)> {
    let mut spans = Vec::new();
    let mut from = period.from;
    while from <= period.to {
        let to = match step {
            Step::Day => from,
            Step::Week => from.saturating_add(6.days()),
            Step::Month => from.last_of_month(),
        };
        let to = to.min(period.to);
        spans.push((from, to));
        match to.tomorrow() {
            Ok(next) => from = next,
            Err(_) => break,
        }
    }
    spans
}

fn sums(spans: &[(Date, Date)], columns: usize, days: &Days) -> Vec<Vec<i64>> {
    let mut sums = vec![vec![0_i64; columns]; spans.len()];
    for (day, numbers) in days {
        let at = spans.partition_point(|(_, to)| to < day);
        if spans.get(at).is_some_and(|(from, _)| from <= day) {
            for (sum, number) in sums[at].iter_mut().zip(numbers) {
                *sum = sum.saturating_add(*number);
            }
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn every_day_is_in_one_part_and_compared_with_the_day_as_far_in() {
        let period = Period { from: date(2026, 1, 20), to: date(2026, 3, 10) };
        let days: Days = (0..period.days()).map(|at| (period.from.saturating_add(at.days()), vec![1, at])).collect();
        // The 50 days before it.
        let before: Days = (0..50).map(|at| (date(2025, 12, 1).saturating_add(at.days()), vec![at])).collect();
        for step in [Step::Day, Step::Week, Step::Month] {
            let parts =
                Parts { period, step, columns: vec!["a", "b"], days: days.clone(), before: Some(before.clone()), value: &|_, n| Value::Count(n) };
            let series = parts.series();
            let sum = |column: usize| series.points.iter().map(|point| point.values[column].size()).sum::<i64>();
            assert_eq!((sum(0), sum(1)), (50, 49 * 50 / 2), "{step:?}");
            assert_eq!(series.points.iter().map(|point| point.values[1].clone()).collect::<Vec<_>>(), series.before.expect("the period before"));
        }
        let months = spans(period, Step::Month);
        assert_eq!(months, [(period.from, date(2026, 1, 31)), (date(2026, 2, 1), date(2026, 2, 28)), (date(2026, 3, 1), period.to)]);
    }

    #[test]
    fn days_outside_the_period_are_no_part_of_it() {
        let period = Period { from: date(2026, 1, 2), to: date(2026, 1, 3) };
        let days = vec![(date(2026, 1, 1), vec![5]), (date(2026, 1, 3), vec![2]), (date(2026, 1, 4), vec![9])];
        let series = Parts { period, step: Step::Day, columns: vec!["a"], days, before: None, value: &|_, n| Value::Count(n) }.series();
        assert_eq!(series.points.iter().map(|point| point.values[0].size()).collect::<Vec<_>>(), [0, 2]);
    }
}
