//! What of the reports is asked for: parts of the address, each parsed on its own. Days that are none are said in words; anything else that means nothing
//! is passed over.

use jiff::civil::Date;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::model::Step;
use super::period::{Period, PeriodProblem, Preset};
use super::rows::Of;
use crate::orders::account::Account;
use crate::orders::figures::{Ask, Detail, Dimension, Filter};
use crate::values::words::words;
use crate::web::form;

pub(in crate::desk) const PATH: &str = "/desk/orders/reports";
/// Asks for the sales without any value.
pub(super) const WITHOUT: &str = "-none-";
const VALUE_MAX_CHARS: usize = 300;
/// More columns than this are no picture.
const DAYS_BY_DAY_MAX: i64 = 400;
const DAYS_BY_DAY: i64 = 45;
const DAYS_BY_WEEK: i64 = 190;
const DAYS_BY_WEEK_MAX: i64 = 2000;

/// The reports that are about a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    NewOrders,
    Refunds,
    Subscriptions,
    FailedPayments,
    Support,
}

words!(pub(super), Kind {
    NewOrders => "new-orders",
    Refunds => "refunds",
    Subscriptions => "subscriptions",
    FailedPayments => "failed-payments",
    Support => "support",
});

impl Kind {
    /// What it can be narrowed down to.
    pub(super) fn dimensions(self) -> &'static [Dimension] {
        match self {
            Self::NewOrders | Self::Refunds | Self::FailedPayments => Dimension::ALL,
            Self::Subscriptions | Self::Support => &[Dimension::Product],
        }
    }
}

/// A report as its address names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) kind: Kind,
    pub(super) preset: Option<Preset>,
    pub(super) period: Period,
    pub(super) account: Option<String>,
    pub(super) filter: Filter,
    /// How the series is cut; `None`: as suits the period.
    pub(super) step: Option<Step>,
}

/// Days that were typed and are no period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) problem: PeriodProblem,
    pub(super) from: String,
    pub(super) to: String,
}

impl Asked {
    /// Everything else is as it was asked for where the days are wrong.
    pub(super) fn parse(kind: Kind, pairs: &[(String, String)], accounts: &[Account], today: Date) -> (Self, Option<Wrong>) {
        let field = |name: &str| form::value(pairs, name).map(str::trim).filter(|value| !value.is_empty());
        let mut filter = Filter::default();
        for dimension in kind.dimensions() {
            let value = field(dimension.word()).filter(|value| value.chars().count() <= VALUE_MAX_CHARS && !value.contains(char::is_control));
            filter.set(*dimension, value.map(|value| if value == WITHOUT { "" } else { value }));
        }
        let typed = (field("from"), field("to"));
        let named = field("period").and_then(Preset::parse);
        let (preset, period, wrong) = match typed {
            (None, None) => {
                let preset = named.unwrap_or(Preset::Last30);
                (Some(preset), preset.period(today), None)
            }
            (from, to) => {
                let (from, to) = (from.unwrap_or_default(), to.unwrap_or_default());
                match Period::parse(from, to) {
                    Ok(period) => (None, period, None),
                    Err(problem) => (None, Preset::Last30.period(today), Some(Wrong { problem, from: from.to_owned(), to: to.to_owned() })),
                }
            }
        };
        let account = field("account").filter(|id| accounts.iter().any(|account| account.id == **id)).map(str::to_owned);
        (Self { kind, preset, period, account, filter, step: field("by").and_then(Step::parse) }, wrong)
    }

    /// The question, of the period or of the one before.
    pub(super) fn ask(&self) -> Ask {
        let mut ask = Ask::new(self.period.from, self.period.to);
        ask.accounts.extend(self.account.clone());
        ask.filter = self.filter.clone();
        ask
    }

    /// How the series is cut.
    pub(super) fn step(&self, period: Period) -> Step {
        let days = period.days();
        match self.step {
            Some(Step::Day) if days <= DAYS_BY_DAY_MAX => Step::Day,
            Some(Step::Week) if days <= DAYS_BY_WEEK_MAX => Step::Week,
            Some(Step::Month) => Step::Month,
            _ if days <= DAYS_BY_DAY => Step::Day,
            _ if days <= DAYS_BY_WEEK => Step::Week,
            _ => Step::Month,
        }
    }

    /// As finely as the page shows it.
    pub(super) fn detail(&self) -> Detail {
        Detail { by_month: self.step(self.period) == Step::Month, is_broken_down: true }
    }

    /// Those that the period has room for.
    pub(super) fn steps(&self, period: Period) -> impl Iterator<Item = Step> {
        let days = period.days();
        let fits = move |step: &Step| match step {
            Step::Day => days <= DAYS_BY_DAY_MAX,
            Step::Week => days > 7 && days <= DAYS_BY_WEEK_MAX,
            Step::Month => days > 28,
        };
        [Step::Day, Step::Week, Step::Month].into_iter().filter(fits)
    }

    pub(super) fn address(&self) -> String {
        self.with(self.kind.word(), &[])
    }

    /// The file of one of its tables.
    pub(super) fn file(&self, table: &str) -> String {
        self.with(&format!("{}.csv", self.kind.word()), &[("table", table)])
    }

    /// What stands behind a number; `ending`: of a file.
    pub(super) fn rows(&self, ending: &str, of: Of, currency: Option<&str>, after: Option<&str>) -> String {
        let mut more = vec![("of", of.word())];
        more.extend(currency.map(|currency| ("currency", if currency.is_empty() { WITHOUT } else { currency })));
        more.extend(after.map(|after| ("after", after)));
        self.with(&format!("{}/rows{ending}", self.kind.word()), &more)
    }

    fn with(&self, page: &str, more: &[(&str, &str)]) -> String {
        let mut parts = self.period_fields();
        parts.extend(self.others());
        parts.extend(more.iter().map(|(name, value)| (*name, (*value).to_owned())));
        let encoded = |value: &str| utf8_percent_encode(value, NON_ALPHANUMERIC).to_string().replace("%2D", "-");
        let query: Vec<_> = parts.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        format!("{PATH}/{page}?{}", query.join("&"))
    }

    fn period_fields(&self) -> Vec<(&'static str, String)> {
        match self.preset {
            Some(preset) => vec![("period", preset.word().to_owned())],
            None => vec![("from", self.period.from.to_string()), ("to", self.period.to.to_string())],
        }
    }

    /// What stands in the address beside the period.
    fn others(&self) -> Vec<(&'static str, String)> {
        let mut parts: Vec<(&'static str, String)> = self.account.iter().map(|account| ("account", account.clone())).collect();
        let value = |value: &str| if value.is_empty() { WITHOUT.to_owned() } else { value.to_owned() };
        parts.extend(Dimension::ALL.iter().filter_map(|dimension| Some((dimension.word(), value(self.filter.of(*dimension)?)))));
        parts.extend(self.step.map(|step| ("by", step.word().to_owned())));
        parts
    }

    /// The same from the first day on that has anything, where everything was asked for.
    pub(super) fn since(&self, first: Option<Date>) -> Self {
        let from = first.filter(|_| self.preset == Some(Preset::AllTime)).map_or(self.period.from, |first| first.max(self.period.from));
        Self { period: Period { from, ..self.period }, ..self.clone() }
    }

    /// The same of another period.
    pub(super) fn of(&self, preset: Preset, today: Date) -> Self {
        Self { preset: Some(preset), period: preset.period(today), ..self.clone() }
    }

    /// Another report with as much of the same as it knows.
    pub(super) fn in_report(&self, kind: Kind) -> Self {
        let mut filter = Filter::default();
        for dimension in kind.dimensions() {
            filter.set(*dimension, self.filter.of(*dimension));
        }
        Self { kind, filter, ..self.clone() }
    }

    /// The same, narrowed down to a value, or to it no longer.
    pub(super) fn narrowed(&self, dimension: Dimension, value: Option<&str>) -> Self {
        let mut asked = self.clone();
        asked.filter.set(dimension, value);
        asked
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::orders::figures::RowKind;

    const TODAY: Date = date(2026, 12, 1);

    fn parse(query: &str) -> (Asked, Option<Wrong>) {
        Asked::parse(Kind::NewOrders, &form::pairs(query.as_bytes()), &[], TODAY)
    }

    #[test]
    fn an_address_is_read_back() {
        let (asked, wrong) = parse("from=2026-01-01&to=2026-01-31&source=-none-&product=7%26x%3D&sck=a%2Cb%20%C3%A7&by=week");
        assert!(wrong.is_none());
        assert_eq!((asked.filter.of(Dimension::Source), asked.filter.of(Dimension::Product)), (Some(""), Some("7&x=")));
        let address = asked.address();
        assert_eq!(parse(address.split_once('?').expect("a query").1), (asked.clone(), None), "{address}");
        let rows = asked.rows(".csv", Of::Sales(RowKind::Refunded), Some("BRL"), None);
        assert!(rows.starts_with("/desk/orders/reports/new-orders/rows.csv?from=2026-01-01") && rows.ends_with("of=refunded&currency=BRL"), "{rows}");
        assert_eq!(parse("").0.address(), "/desk/orders/reports/new-orders?period=last-30");
        assert!(asked.narrowed(Dimension::Source, None).address().contains("product=7%26x%3D") && asked.address().contains("source=-none-"));
    }

    #[test]
    fn wrong_days_are_told_and_all_else_is_passed_over() {
        let (asked, wrong) = parse("from=2026-02-30&to=2026-03-01&source=facebook");
        assert_eq!(wrong.map(|wrong| (wrong.problem, wrong.from)), Some((PeriodProblem::NotADay, "2026-02-30".to_owned())));
        assert_eq!(asked.filter.of(Dimension::Source), Some("facebook"));
        assert_eq!(parse("from=2026-02-03").1.map(|wrong| wrong.problem), Some(PeriodProblem::NotADay));
        let long = format!("product={}", "x".repeat(VALUE_MAX_CHARS + 1));
        for nothing in ["period=x", "account=nobody", "account=%00", "by=year", "product=%00", "%FF=%FF", "product=", &long] {
            assert_eq!(parse(nothing), parse(""), "{nothing}");
        }
        let (narrow, _) = Asked::parse(Kind::Support, &form::pairs(b"source=x&product=7"), &[], TODAY);
        assert_eq!((narrow.filter.of(Dimension::Source), narrow.filter.of(Dimension::Product)), (None, Some("7")));
    }

    #[test]
    fn a_series_is_cut_as_suits_the_period() {
        let step = |query: &str| {
            let asked = parse(query).0;
            asked.step(asked.period)
        };
        assert_eq!((step(""), step("period=last-90"), step("period=last-12-months")), (Step::Day, Step::Week, Step::Month));
        assert_eq!((step("period=last-12-months&by=day"), step("period=all-time&by=day")), (Step::Day, Step::Month));
        let asked = parse("period=today").0;
        assert_eq!(asked.steps(asked.period).collect::<Vec<_>>(), [Step::Day]);
    }
}
