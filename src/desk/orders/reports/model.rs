//! What a report shows, before it becomes a page or a file: so both have the same numbers.

use jiff::civil::Date;

use crate::i18n::{FigureTexts, Lang};
use crate::orders::money::Money;
use crate::values::words::words;

/// One number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Count(i64),
    Money(Money),
    /// Thousandths: 125 is 12.5 %.
    Share(i64),
    /// Hundredths: 125 is 1.25.
    Ratio(i64),
    /// There is none, as where something would be divided by nothing.
    None,
}

impl Value {
    /// None where there is no currency.
    pub(super) fn money(minor: i64, currency: &str) -> Self {
        if currency.is_empty() { Self::None } else { Self::Money(Money { minor, currency: currency.to_owned() }) }
    }

    /// In thousandths; none where the whole is nothing.
    pub(super) fn share(part: i64, whole: i64) -> Self {
        scaled(part, whole, 1000).map_or(Self::None, Self::Share)
    }

    /// What it is, without its unit.
    pub(super) fn size(&self) -> i64 {
        match self {
            Self::Count(size) | Self::Share(size) | Self::Ratio(size) => *size,
            Self::Money(money) => money.minor,
            Self::None => 0,
        }
    }

    /// For a reader.
    pub(super) fn told(&self, lang: Lang) -> String {
        match self {
            Self::Count(count) => lang.number(*count),
            Self::Money(money) => lang.money(&money.plain(), &money.currency),
            Self::Share(thousandths) => lang.percent(*thousandths),
            Self::Ratio(_) => lang.decimal(&self.plain()),
            Self::None => "–".to_owned(),
        }
    }

    /// For a program: digits, a point, a sign.
    pub(super) fn plain(&self) -> String {
        let with = |size: i64, decimals: usize| {
            let digits = format!("{:0>width$}", size.unsigned_abs(), width = decimals + 1);
            let (whole, rest) = digits.split_at(digits.len() - decimals);
            format!("{}{whole}.{rest}", if size < 0 { "-" } else { "" })
        };
        match self {
            Self::Count(count) => count.to_string(),
            Self::Money(money) => money.plain(),
            Self::Share(thousandths) => with(*thousandths, 1),
            Self::Ratio(hundredths) => with(*hundredths, 2),
            Self::None => String::new(),
        }
    }
}

/// Rounded to the nearest; none where the whole is nothing.
fn scaled(part: i64, whole: i64, scale: u128) -> Option<i64> {
    if whole == 0 {
        return None;
    }
    let (size, of) = (u128::from(part.unsigned_abs()) * scale, u128::from(whole.unsigned_abs()));
    let rounded = i64::try_from((2 * size + of) / (2 * of)).ok()?;
    Some(if (part < 0) == (whole < 0) { rounded } else { -rounded })
}

/// How much more it is than before, in thousandths; `None` where there was nothing.
pub(super) fn change(now: &Value, before: &Value) -> Option<i64> {
    if *now == Value::None { None } else { scaled(now.size().checked_sub(before.size())?, before.size().checked_abs()?, 1000) }
}

/// A figure of a period.
#[derive(Debug, Clone)]
pub(super) struct Card {
    pub(super) texts: FigureTexts,
    /// What has to be known of this number beside how it is counted.
    pub(super) note: Option<String>,
    pub(super) now: Value,
    /// Of the period before.
    pub(super) before: Option<Value>,
    /// What else is said of the same sales, such as their amount.
    pub(super) beside: Option<Value>,
    /// The page with the rows behind it.
    pub(super) rows: Option<String>,
    /// More of it is worse.
    pub(super) is_bad: bool,
}

impl Card {
    pub(super) fn new(texts: FigureTexts, now: Value, before: Option<Value>) -> Self {
        Self { texts, note: None, now, before, beside: None, rows: None, is_bad: false }
    }

    pub(super) fn beside(self, value: Value) -> Self {
        Self { beside: Some(value).filter(|value| *value != Value::None), ..self }
    }

    pub(super) fn rows(self, address: String) -> Self {
        Self { rows: Some(address), ..self }
    }

    pub(super) fn note(self, note: Option<String>) -> Self {
        Self { note, ..self }
    }

    pub(super) fn bad(self) -> Self {
        Self { is_bad: true, ..self }
    }
}

/// A value for each part of a period.
#[derive(Debug, Clone)]
pub(super) struct Series {
    pub(super) step: Step,
    /// What the values are, in the order in which a point has them. The first is drawn.
    pub(super) columns: Vec<&'static str>,
    pub(super) points: Vec<Point>,
    /// What the first of the columns was in the period before, by point.
    pub(super) before: Option<Vec<Value>>,
}

#[derive(Debug, Clone)]
pub(super) struct Point {
    pub(super) from: Date,
    pub(super) to: Date,
    pub(super) values: Vec<Value>,
}

/// How long the parts of a period are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Day,
    Week,
    Month,
}

words!(pub(super), Step { Day => "day", Week => "week", Month => "month" });

/// Rows that are worth comparing.
#[derive(Debug, Clone)]
pub(super) struct Table {
    /// Its word in addresses.
    pub(super) word: &'static str,
    pub(super) title: &'static str,
    pub(super) how: Option<&'static str>,
    /// What the first cell of a row is.
    pub(super) of: &'static str,
    pub(super) columns: Vec<&'static str>,
    pub(super) rows: Vec<Row>,
    /// The column that is drawn as a bar beside the name.
    pub(super) bar: Option<usize>,
}

#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) name: String,
    /// Where its name leads.
    pub(super) href: Option<String>,
    pub(super) values: Vec<Value>,
}

/// Everything of one currency, or what has none.
#[derive(Debug, Clone, Default)]
pub(super) struct Block {
    /// Empty: what has no price. `None`: what is not about money.
    pub(super) currency: Option<String>,
    pub(super) cards: Vec<Card>,
    pub(super) series: Option<Series>,
    pub(super) tables: Vec<Table>,
}

/// A whole report.
#[derive(Debug, Clone, Default)]
pub(super) struct Report {
    pub(super) blocks: Vec<Block>,
    /// Figures may still change.
    pub(super) is_counting: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_told_in_thousandths_and_there_is_none_from_nothing() {
        let count = Value::Count;
        assert_eq!(change(&count(150), &count(100)), Some(500));
        assert_eq!(change(&count(0), &count(3)), Some(-1000));
        assert_eq!(change(&count(2), &count(3)), Some(-333));
        assert_eq!(change(&count(5), &count(0)), None);
        assert_eq!(change(&count(i64::MAX), &count(1)), None, "more than a number holds");
        assert_eq!(change(&Value::None, &count(1)), None);
        assert_eq!(change(&count(-50), &count(-100)), Some(500), "half of a loss is better");
    }

    #[test]
    fn shares_are_rounded_and_numbers_written_plainly() {
        assert_eq!((Value::share(1, 3), Value::share(2, 3), Value::share(1, 0)), (Value::Share(333), Value::Share(667), Value::None));
        assert_eq!((Value::share(-1, 16), Value::share(5, -4)), (Value::Share(-63), Value::Share(-1250)));
        let plain = [Value::Share(5), Value::Ratio(-5), Value::money(-1, "BRL"), Value::Count(-3), Value::None].map(|value| value.plain());
        assert_eq!(plain, ["0.5", "-0.05", "-0.01", "-3", ""]);
        assert_eq!(Value::Ratio(-5).told(Lang::Pt), "−0,05");
    }
}
