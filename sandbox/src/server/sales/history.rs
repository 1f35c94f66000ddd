//! `GET /payments/api/v1/sales/history`: a row for each transaction.

use serde_json::{Value, json};

use crate::{
    server::views::{self, View, money, present},
    words::{Payment, Status},
    world::sale::{FEE, Sale},
};

pub(crate) fn item(view: View<'_>, sale: &Sale) -> Value {
    let buyer = view.buyer(sale);
    let seldom = |about: u64| !sale.random(about).one_in(200);
    let producer = views::producer(sale);
    let item = json!({
        "product": views::product(sale),
        "buyer": present([
            ("name", Some(buyer.name.into())),
            ("ucode", seldom(20).then(|| buyer.ucode.into())),
            ("email", sale.shows_email().then(|| buyer.email.into())),
        ]),
        "producer": {"name": producer.name, "ucode": producer.ucode},
        "purchase": purchase(view, sale),
    });
    view.finished(item)
}

fn purchase(view: View<'_>, sale: &Sale) -> Value {
    let mut random = sale.random(21);
    // Never paid: the date is missing, or it is null.
    let approved = sale.approved().map(Value::from).or_else(|| random.one_in(2).then_some(Value::Null));
    let was_paid = sale.status.was_paid();
    present([
        ("transaction", Some(view.world.code(sale).into())),
        ("order_date", Some(sale.ordered.into())),
        ("approved_date", approved),
        ("status", Some(views::status_word(sale, view.faults.unknown).into())),
        ("recurrency_number", sale.shows_recurrence().then(|| sale.recurrence.into())),
        ("is_subscription", Some(sale.is_subscription().into())),
        ("commission_as", Some(sale.product().role.word().into())),
        ("price", Some(money(sale.currency, sale.units))),
        ("payment", Some(payment(sale))),
        ("tracking", tracking(sale)),
        ("warranty_expire_date", (was_paid && !random.one_in(20)).then(|| sale.warranty_end().into())),
        ("offer", Some(json!({"payment_mode": sale.offer().mode, "code": sale.offer().code}))),
        ("hotmart_fee", (!random.one_in(30)).then(|| fee(sale))),
    ])
}

fn payment(sale: &Sale) -> Value {
    let mut random = sale.random(22);
    let method = match sale.payment {
        // The words come in both orders.
        Payment::CreditCard => {
            *random.pick(&["CREDIT_CARD_VISA", "CREDIT_CARD_MASTERCARD", "CREDIT_CARD_ELO", "VISA_CREDIT_CARD", "CREDIT_CARD_HIPERCARD"])
        }
        Payment::Cash => *random.pick(&["OXXO", "BALOTO", "PAGO_EFECTIVO"]),
        Payment::HotmartBalance => "HOTMART",
        other => other.word(),
    };
    present([
        ("method", (!random.one_in(100)).then(|| method.into())),
        ("installments_number", Some(sale.installments().into())),
        ("type", Some(sale.payment.word().into())),
    ])
}

fn tracking(sale: &Sale) -> Option<Value> {
    let mut random = sale.random(23);
    let source = sale.source();
    let list = (!random.one_in(3)).then(|| format!("lista-{}", random.below(12) + 1).into());
    let code = random.one_in(4).then(|| format!("abc-{}", random.below(100)).into());
    if source.is_none() && list.is_none() && code.is_none() {
        return None;
    }
    Some(present([("source_sck", list), ("source", source.map(Value::from)), ("external_code", code)]))
}

fn fee(sale: &Sale) -> Value {
    let (split, number) = (sale.split(), |units: i64| sale.currency.number(i128::from(units)));
    json!({
        "total": number(split.platform),
        "fixed": number(split.fixed),
        "base": number(sale.units),
        "percentage": f64::from(u32::try_from(FEE).unwrap_or(0)) / 10.0,
        "currency_code": sale.currency.code(),
    })
}

/// The state of a payment among a subscription's, where two words differ from those of a sale.
pub(crate) fn recurrence_word(sale: &Sale, unknown_words: bool) -> &'static str {
    match views::status_word(sale, unknown_words) {
        word if word == Status::Overdue.word() && sale.is_renewal() => "DELAYED",
        word if word == Status::UnderAnalisys.word() => "UNDER_ANALYSIS",
        word => word,
    }
}
