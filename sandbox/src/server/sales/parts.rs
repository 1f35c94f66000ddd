//! The lists beside the history: who took part, who got what, what the price is made of, and sums.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::{
    server::views::{self, View, money, present},
    world::{people::OWNER, sale::Sale},
};

/// `GET /payments/api/v1/sales/users`.
pub(crate) fn users(view: View<'_>, sale: &Sale) -> Value {
    let buyer = view.buyer(sale);
    let user = json!({
        "role": "BUYER",
        "user": present([
            ("ucode", Some(buyer.ucode.into())),
            ("locale", Some(if buyer.country == "BR" { "PT_BR" } else { "ES" }.into())),
            ("name", Some(buyer.name.into())),
            ("trade_name", Some("".into())),
            ("cellphone", Some(buyer.phone.into())),
            ("phone", Some("".into())),
            ("email", sale.shows_email().then(|| buyer.email.into())),
            ("documents", Some(json!([{"value": buyer.document, "type": if buyer.country == "BR" { "CPF" } else { "DOCUMENT" }}]))),
            ("address", Some(json!({
                "city": buyer.city, "state": buyer.state, "country": buyer.country, "zip_code": "00000000",
                "address": "Rua Um", "complement": "", "neighborhood": "Centro", "number": "1",
            }))),
        ]),
    });
    let other = |role: &str, name: &str, ucode: &str, email: &str| json!({"role": role, "user": {"ucode": ucode, "locale": "PT_BR", "name": name, "trade_name": name, "email": email, "documents": []}});
    let producer = views::producer(sale);
    let mut users = vec![other("PRODUCER", producer.name, producer.ucode, producer.email), user];
    if sale.split().coproducer.is_some() {
        // What is made together is the partner's, and the account stands beside it.
        users.push(other("COPRODUCER", OWNER.name, OWNER.ucode, OWNER.email));
    }
    if let Some(seller) = views::seller(sale) {
        users.push(other("AFFILIATE", seller.name, seller.ucode, seller.email));
    }
    view.finished(json!({"transaction": view.world.code(sale), "product": views::product(sale), "users": users}))
}

/// `GET /payments/api/v1/sales/commissions`.
pub(crate) fn commissions(view: View<'_>, sale: &Sale) -> Value {
    let key = if view.faults.currency_code { "currency_code" } else { "currency_value" };
    let share = |units: i64, name: &str, ucode: &str, source: &str| {
        json!({
            "commission": {key: sale.currency.code(), "value": sale.currency.number(i128::from(units))},
            "user": {"ucode": ucode, "name": name},
            "source": source,
        })
    };
    let (split, producer) = (sale.split(), views::producer(sale));
    let mut shares = vec![share(split.producer, producer.name, producer.ucode, "PRODUCER")];
    if let Some(units) = split.coproducer {
        shares.push(share(units, OWNER.name, OWNER.ucode, "COPRODUCER"));
    }
    if let (Some(units), Some(seller)) = (split.affiliate, views::seller(sale)) {
        shares.push(share(units, seller.name, seller.ucode, "AFFILIATE"));
    }
    view.finished(json!({
        "transaction": view.world.code(sale),
        "product": views::product(sale),
        "exchange_rate_currency_payout": rate(sale),
        "commissions": shares,
    }))
}

/// `GET /payments/api/v1/sales/price/details`.
pub(crate) fn price(view: View<'_>, sale: &Sale) -> Value {
    let tax = if sale.currency == crate::money::Currency::Eur { sale.units * 21 / 121 } else { 0 };
    let coupon = sale.coupon().then(|| json!({"code": "PAO10", "value": 10.0}));
    let item = present([
        ("transaction", Some(view.world.code(sale).into())),
        ("product", Some(views::product(sale))),
        ("base", Some(money(sale.currency, sale.units - tax))),
        ("total", Some(money(sale.currency, sale.units + sale.interest()))),
        ("vat", Some(money(sale.currency, tax))),
        ("fee", Some(money(sale.currency, sale.interest()))),
        ("coupon", coupon),
        ("real_conversion_rate", Some(rate(sale))),
    ]);
    view.finished(item)
}

/// Reais for one unit; whole where it is one, as in the document.
fn rate(sale: &Sale) -> Value {
    let rate = sale.currency.rate();
    if (rate - 1.0).abs() < f64::EPSILON { 1.into() } else { rate.into() }
}

/// `GET /payments/api/v1/sales/summary`: an item for each currency.
pub(crate) fn summary<'a>(sales: impl Iterator<Item = &'a Sale>) -> Value {
    let mut sums: BTreeMap<_, (u64, i128)> = BTreeMap::new();
    for sale in sales {
        let sum = sums.entry(sale.currency).or_default();
        sum.0 += 1;
        sum.1 += i128::from(sale.units);
    }
    let items: Vec<Value> = sums
        .into_iter()
        .map(|(currency, (count, units))| json!({"total_items": count, "total_value": {"value": currency.number(units), "currency_code": currency.code()}}))
        .collect();
    json!({"items": items, "page_info": {"results_per_page": items.len()}})
}
