//! Subscriptions.

use super::listed::{Listed, Shown};
use crate::desk::orders::reports::model::Value;
use crate::i18n::Lang;
use crate::orders::figures::{Rows, SubscriptionKind, SubscriptionRow};

pub(super) fn name(lang: Lang, of: SubscriptionKind) -> &'static str {
    let words = lang.desk_reports();
    match of {
        SubscriptionKind::Active => words.active.name,
        SubscriptionKind::New => words.new_subscriptions.name,
        SubscriptionKind::Canceled => words.canceled.name,
        SubscriptionKind::WithoutPrice => words.without_price.name,
    }
}

pub(super) fn listed(lang: Lang, of: Rows<SubscriptionRow>) -> Listed {
    let words = lang.desk_reports();
    let row = |row: SubscriptionRow| {
        vec![
            Shown::Date(row.began),
            Shown::Until(row.ended),
            Shown::Code(row.code),
            Shown::What([row.product_name, row.plan].into_iter().flatten().collect::<Vec<_>>().join(" · ")),
            Shown::State(lang.subscription_status(&row.status).map_or_else(|| row.status.clone(), str::to_owned)),
            Shown::Amount(row.price.map_or(Value::None, Value::Money)),
            Shown::More(row.period_days.map(|days| lang.number(days)).unwrap_or_default()),
            Shown::Who(row.subscriber_name.unwrap_or_default()),
        ]
    };
    Listed {
        columns: vec![words.began, words.ended, words.code, words.plan, words.status, words.amount, words.cycle_days, words.subscriber],
        rows: of.rows.into_iter().map(row).collect(),
        nothing: words.no_subscription_rows,
        next: of.next,
    }
}
