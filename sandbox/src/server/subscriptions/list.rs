//! A subscription as the list, the summary and the list of its purchases show it.

use serde_json::{Value, json};

use crate::{
    server::{
        sales::history,
        views::{self, View, money, present},
    },
    words::Status,
    world::{
        fate::DAY,
        people,
        sale::Sale,
        subscription::{Standing, Subscription},
    },
};

pub(crate) fn item(view: View<'_>, one: &Subscription, standing: &Standing) -> Value {
    view.finished(present(fields(view, one, standing)))
}

fn fields(view: View<'_>, one: &Subscription, standing: &Standing) -> Vec<(&'static str, Option<Value>)> {
    let buyer = people::buyer(view.world.seed, one.buyer);
    let last = one.sales.last().and_then(|index| view.world.sales.get(*index as usize));
    let plan = one.plan();
    let shown_plan = present([
        ("name", Some(plan.map_or("Parcelado", |plan| plan.name).into())),
        ("id", Some(plan.map_or(80, |plan| plan.id).into())),
        ("recurrency_period", Some(one.days().into())),
        // Left out where the plan has no end.
        ("max_charge_cycles", plan.and_then(|plan| plan.cycles).map(Value::from)),
    ]);
    vec![
        ("subscriber_code", Some(one.code().into())),
        ("subscription_id", Some(one.number().into())),
        ("status", Some(standing.status.word().into())),
        ("accession_date", Some(view.subscription_time(one.started))),
        ("end_accession_date", Some(standing.ended.map_or(Value::Null, |ended| view.subscription_time(ended)))),
        ("request_date", Some(view.subscription_time(one.started))),
        ("date_next_charge", Some(view.subscription_time(standing.next_charge))),
        ("trial", Some(one.is_trial(view.world.now).into())),
        ("transaction", last.map(|sale| view.world.code(sale).into())),
        ("plan", Some(shown_plan)),
        ("product", Some(json!({"id": one.product().id, "name": one.product().name, "ucode": one.product().ucode}))),
        ("price", Some(money(one.currency, one.units))),
        ("subscriber", Some(json!({"name": buyer.name, "email": buyer.email, "ucode": buyer.ucode}))),
    ]
}

/// A day behind, and without the day's payments.
pub(crate) fn summary(view: View<'_>, one: &Subscription, standing: &Standing) -> Value {
    let behind = view.world.now - DAY;
    let sales: Vec<&Sale> =
        one.sales.iter().filter_map(|index| view.world.sales.get(*index as usize)).filter(|sale| sale.ordered <= behind).collect();
    let paid = sales.iter().filter(|sale| sale.status.was_paid()).count();
    let unpaid = sales.iter().filter(|sale| !sale.status.was_paid()).map(|sale| json!({"number": sale.recurrence, "charge_date": sale.ordered}));
    let mut fields = fields(view, one, standing);
    fields.extend([
        ("lifetime", Some((i64::try_from(paid).unwrap_or(0) * one.days()).into())),
        ("offer", Some(json!({"code": one.offer().code}))),
        ("last_recurrency", sales.last().map(|sale| last(view, one, sale))),
        ("unpaid_recurrencies", Some(unpaid.collect())),
    ]);
    view.finished(present(fields))
}

fn last(view: View<'_>, one: &Subscription, sale: &Sale) -> Value {
    json!({
        "number": sale.recurrence,
        "request_date": view.subscription_time(sale.ordered),
        "status": paid_word(sale),
        // Which attempt it was: a number, as a client has it that was made from the documents, and not the sale's code.
        "transaction_number": 1,
        "billing_type": billing_type(one),
    })
}

/// Whether a recurrence was paid, in five words.
pub(crate) fn paid_word(sale: &Sale) -> &'static str {
    match sale.status {
        Status::Refunded | Status::PartiallyRefunded => "REFUNDED",
        Status::Chargeback => "CHARGEBACK",
        Status::Protested => "CLAIMED",
        status if status.was_paid() => "PAID",
        _ => "NOT_PAID",
    }
}

pub(crate) const BILLING_TYPES: [&str; 3] = ["SUBSCRIPTION", "SMART_INSTALLMENT", "SMART_RECOVERY"];

pub(crate) fn billing_type(one: &Subscription) -> &'static str {
    if one.plan().is_some() { BILLING_TYPES[0] } else { BILLING_TYPES[1] }
}

pub(crate) fn purchase(view: View<'_>, sale: &Sale) -> Value {
    view.finished(json!({
        "transaction": view.world.code(sale),
        "approved_date": sale.approved(),
        "payment_engine": "HotPay",
        "status": history::recurrence_word(sale, view.faults.unknown),
        "price": views::money(sale.currency, sale.units),
        "payment_type": sale.payment.word(),
        "payment_method": sale.payment.word(),
        "recurrency_number": sale.recurrence,
        "under_warranty": sale.status == Status::Approved,
        "purchase_subscription": sale.is_subscription(),
    }))
}
