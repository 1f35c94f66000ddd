//! *Subscriptions*: how many there are, what they bring, and how many end.

use super::asked::Asked;
use super::model::{Block, Card, Report, Row, Table, Value};
use super::rows::Of;
use crate::app::App;
use crate::error::ServiceError;
use crate::i18n::Lang;
use crate::orders::figures::model::{PlanLine, SubscriptionsInCurrency};
use crate::orders::figures::{Dimension, Standing, SubscriptionKind, Subscriptions};

pub(super) async fn report(app: &App, lang: Lang, asked: &Asked) -> Result<Report, ServiceError> {
    let ask = asked.ask();
    let now = app.orders.figures().subscriptions(&ask).await?;
    let before = match ask.before() {
        Some(ask) => Some(app.orders.figures().subscriptions(&ask).await?),
        None => None,
    };
    let blocks = now.currencies.iter().map(|one| block(lang, asked, one, before.as_ref()));
    Ok(Report { blocks: blocks.collect(), is_counting: false })
}

fn block(lang: Lang, asked: &Asked, one: &SubscriptionsInCurrency, before: Option<&Subscriptions>) -> Block {
    let words = lang.desk_reports();
    let currency = one.currency.as_str();
    let of_before = |before: &Subscriptions| before.currencies.iter().find(|other| other.currency == currency).map(|other| other.total);
    let before = before.map(|before| of_before(before).unwrap_or_default());
    let card = |texts, rows, of: &dyn Fn(&Standing) -> Value| {
        Card::new(texts, of(&one.total), before.as_ref().map(of)).rows(asked.rows("", Of::Subscriptions(rows), Some(currency), None))
    };
    let mut cards = vec![
        card(words.active, SubscriptionKind::Active, &|standing| Value::Count(standing.active)),
        card(words.mrr, SubscriptionKind::Active, &|standing| Value::money(standing.mrr, currency)),
        card(words.new_subscriptions, SubscriptionKind::New, &|standing| Value::Count(standing.new)),
        card(words.canceled, SubscriptionKind::Canceled, &|standing| Value::Count(standing.cancelled)).bad(),
        card(words.churn, SubscriptionKind::Canceled, &churn).bad(),
        card(words.without_price, SubscriptionKind::WithoutPrice, &|standing| Value::Count(standing.without_price)),
    ];
    cards.retain(|card| !(currency.is_empty() && card.texts.name == words.mrr.name));
    cards.retain(|card| one.total.without_price > 0 || card.texts.name != words.without_price.name);
    Block { currency: Some(one.currency.clone()), cards, series: None, tables: plans(lang, asked, one).into_iter().collect() }
}

fn churn(standing: &Standing) -> Value {
    Value::share(standing.cancelled, standing.active_before)
}

fn plans(lang: Lang, asked: &Asked, one: &SubscriptionsInCurrency) -> Option<Table> {
    let words = lang.desk_reports();
    let row = |line: &PlanLine| {
        let names = [line.product_name.as_deref().or(line.product.as_deref()), line.plan.as_deref()];
        let name = names.into_iter().flatten().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" · ");
        let standing = &line.standing;
        Row {
            name: if name.is_empty() { words.without.to_owned() } else { name },
            href: line.product.as_deref().map(|product| asked.narrowed(Dimension::Product, Some(product)).address()),
            values: vec![
                Value::money(standing.mrr, &one.currency),
                Value::Count(standing.active),
                Value::Count(standing.new),
                Value::Count(standing.cancelled),
                churn(standing),
            ],
        }
    };
    (!one.plans.is_empty()).then(|| Table {
        word: "plan",
        title: words.plan,
        how: None,
        of: words.plan,
        columns: vec![words.mrr.name, words.active.name, words.new_subscriptions.name, words.canceled.name, words.churn.name],
        rows: one.plans.iter().map(row).collect(),
        bar: Some(if one.currency.is_empty() { 1 } else { 0 }),
    })
}
