//! `GET /payments/api/v1/subscriptions/transactions`: the payments of subscriptions, and the only dates of refunds. A day behind.

use serde_json::{Value, json};

use super::list;
use crate::{
    server::{
        failure::Failure,
        params::{Params, Window},
        sales::history,
        views::View,
    },
    words::{OTHER_PAYMENTS, Payment, Status, SubscriptionStatus},
    world::{World, fate::DAY, people, sale::Sale, subscription::Subscription},
};

const PAID_WORDS: [&str; 5] = ["PAID", "NOT_PAID", "CLAIMED", "REFUNDED", "CHARGEBACK"];

pub(crate) struct Filter<'a> {
    transaction: Option<&'a str>,
    window: Window,
    product: Option<i64>,
    name: Option<String>,
    buyer: Option<Option<u32>>,
    code: Option<&'a str>,
    offer: Option<&'a str>,
    billing: Vec<String>,
    statuses: Vec<SubscriptionStatus>,
    recurrence: Vec<String>,
    purchases: Vec<String>,
    payments: Vec<String>,
}

impl<'a> Filter<'a> {
    pub(crate) fn asked(params: &'a Params, view: View<'_>) -> Result<Self, Failure> {
        let transaction = params.text("transaction");
        let keys = ("transaction_date", "end_transaction_date");
        let window = if transaction.is_some() && !params.has(keys.0) && !params.has(keys.1) {
            Window::ALL
        } else {
            Window::asked(params, keys, view.world.now)?.within_a_year()?
        };
        if transaction.is_none() && view.faults.slow_502.is_some_and(|days| window.is_wider_than(days)) {
            return Err(Failure::slow());
        }
        // Two words more than at sales.
        let purchase = |word: &str| (Status::named(word).is_some() || ["DELAYED", "UNDER_ANALYSIS"].contains(&word)).then(|| word.to_owned());
        let payment = |word: &str| (Payment::named(word).is_some() || OTHER_PAYMENTS.contains(&word)).then(|| word.to_owned());
        Ok(Self {
            transaction,
            window,
            product: params.number("product_id")?,
            name: params.text("subscriber_name").map(str::to_lowercase),
            buyer: params.text("subscriber_email").map(|email| people::buyer_of(view.world.seed, email.trim())),
            code: params.text("subscriber_code"),
            offer: params.text("offer_code"),
            billing: params.one_of("billing_type", &list::BILLING_TYPES)?,
            statuses: params.words("subscription_status", SubscriptionStatus::named)?,
            recurrence: params.one_of("recurrency_status", &PAID_WORDS)?,
            purchases: params.words("purchase_status", purchase)?,
            payments: params.words("purchase_payment_type", payment)?,
        })
    }

    pub(crate) fn sales<'w>(&'w self, world: &'w World) -> impl Iterator<Item = (&'w Sale, &'w Subscription)> {
        let (one, many) = match self.transaction {
            Some(code) => (world.by_code(code).filter(|sale| self.window.holds(sale.ordered)), &[][..]),
            None => (None, world.between(self.window.from, self.window.to.min(world.now - DAY))),
        };
        one.into_iter()
            .chain(many)
            .filter(|sale| sale.ordered <= world.now - DAY)
            .filter_map(|sale| Some((sale, world.subscription_of(sale)?)))
            .filter(|(sale, subscription)| self.takes(sale, subscription, world))
    }

    fn takes(&self, sale: &Sale, one: &Subscription, world: &World) -> bool {
        let among = |list: &[String], word: &str| list.is_empty() || list.iter().any(|known| known == word);
        self.product.is_none_or(|id| u64::try_from(id) == Ok(sale.product().id))
            && self.buyer.is_none_or(|buyer| buyer == Some(sale.buyer))
            && self.code.is_none_or(|code| one.code() == code)
            && self.offer.is_none_or(|code| sale.offer().code == code)
            && among(&self.billing, list::billing_type(one))
            && among(&self.recurrence, list::paid_word(sale))
            && among(&self.purchases, history::recurrence_word(sale, false))
            && among(&self.payments, sale.payment.word())
            && (self.statuses.is_empty() || self.statuses.contains(&one.standing(&world.sales, world.now).status))
            && self.name.as_ref().is_none_or(|name| people::buyer(world.seed, sale.buyer).name.to_lowercase().contains(name))
    }
}

pub(crate) fn item(view: View<'_>, sale: &Sale, one: &Subscription) -> Value {
    let (world, standing) = (view.world, one.standing(&view.world.sales, view.world.now));
    let buyer = people::buyer(world.seed, sale.buyer);
    let newest = one.sales.last().and_then(|index| world.sales.get(*index as usize)).unwrap_or(sale);
    view.finished(json!({
        "subscription_id": one.number(),
        "subscriber_code": one.code(),
        "status": standing.status.word(),
        "billing_type": list::billing_type(one),
        "last_update": sale.approved().unwrap_or(sale.ordered),
        "adoption_date": view.subscription_time(one.started),
        "date_next_charge": view.subscription_time(standing.next_charge),
        "last_recurrency_number": newest.recurrence,
        "last_recurrency_start_date": view.subscription_time(newest.ordered),
        "cancellation_date": standing.ended.map(|ended| view.subscription_time(ended)),
        "max_cycles": one.plan().and_then(|plan| plan.cycles).unwrap_or(0),
        "has_unpaid_recurrency": !newest.status.was_paid(),
        "has_credit_card_change": false,
        "is_paid_anticipation": false,
        "is_paid_negotiation": false,
        "product": {"id": one.product().id, "name": one.product().name},
        "trial_info": {"trial": one.is_trial(world.now), "trial_period": one.plan().map_or(0, |plan| plan.trial), "trial_end": null},
        "plan": plan(one),
        "recurrency": recurrency(sale, newest),
        "purchase": purchase(view, sale),
        "subscriber": {
            "id": 700_000 + u64::from(sale.buyer), "name": buyer.name, "email": buyer.email,
            "phone_ddd": buyer.phone.get(2..4), "phone": buyer.phone.get(4..),
        },
        "producer": {"name": crate::server::views::producer(sale).name},
    }))
}

fn plan(one: &Subscription) -> Value {
    json!({
        "name": one.plan().map_or("Parcelado", |plan| plan.name),
        "recurrency_period": one.days(),
        "recurrency_type": one.plan().map_or("MONTH", |plan| plan.interval),
        "coupon_code": null,
        "offer": {"key": one.offer().code, "code": one.offer().code, "description": one.offer().name},
    })
}

fn recurrency(sale: &Sale, newest: &Sale) -> Value {
    json!({
        "status": list::paid_word(sale),
        "number": sale.recurrence,
        "start_datetime": sale.ordered,
        "payment_delays_days": if sale.status == Status::Overdue { 3 } else { 0 },
        "transaction_type": "AUTOMATIC",
        "number_list": [sale.recurrence],
        "transaction_sequence": sale.recurrence,
        "is_current_purchase": sale.index == newest.index,
        "has_retry": sale.status == Status::Overdue,
        "scheduled_retry": (sale.status == Status::Overdue).then(|| sale.ordered + 3 * DAY),
    })
}

fn purchase(view: View<'_>, sale: &Sale) -> Value {
    let number = |units: i64| sale.currency.number(i128::from(units));
    let (split, paid) = (sale.split(), sale.status.was_paid());
    let refusal = match sale.status {
        Status::NoFunds | Status::Overdue => Some("INSUFFICIENT FUNDS"),
        Status::Cancelled => Some("DECLINED"),
        Status::Blocked => Some("RESTRICTED CARD"),
        _ => None,
    };
    json!({
        "transaction": view.world.code(sale),
        "order_date": sale.ordered,
        "approved_date": sale.approved(),
        "status": history::recurrence_word(sale, view.faults.unknown),
        "payment": {
            "payment_type": sale.payment.word(),
            "credit_card_flag": (sale.payment == Payment::CreditCard).then_some("VISA"),
            "refusal_message": refusal,
            "refund_chargeback_date": sale.returned_at(view.world.now),
            "pix_expiration_date": null,
            "billet_expiration_date": null,
            "billet_reprint_code": null,
            "billet_recovery_type": null,
        },
        "installment": {
            "installment_type": if sale.is_subscription() { "ONE_TIME_PAYMENT" } else { "SMART_INSTALLMENT" },
            "installment_number": sale.installments(),
        },
        "price": {"currency": sale.currency.code(), "value": number(sale.units), "total_value": number(sale.units)},
        "commission": {
            "currency": sale.currency.code(),
            "conversion_rate": 1,
            "original_value": number(split.producer),
            "original_paid_value": number(if paid { split.producer } else { 0 }),
            "producer_value": number(split.producer),
            "producer_paid_value": number(if paid { split.producer } else { 0 }),
        },
    })
}
