//! The older version: a flat form, the secret in its body, and no id.

use super::Webhook;
use crate::{
    text,
    world::{World, people, sale::Sale},
};

pub(crate) fn webhook(world: &World, hottok: &str, sale: &Sale) -> Webhook {
    let buyer = people::buyer(world.seed, sale.buyer);
    let price = sale.currency.text(i128::from(sale.units));
    let status = if sale.status == crate::words::Status::Complete { "completed" } else { "approved" };
    let date = |millis: i64| jiff::Timestamp::from_millisecond(millis).map(|moment| moment.to_string()).unwrap_or_default();
    let (first, last) = buyer.name.split_once(' ').unwrap_or((&buyer.name, ""));
    let transaction = world.code(sale);
    let split = sale.split();
    let fields = [
        ("callback_type", "1".to_owned()),
        ("hottok", hottok.to_owned()),
        ("prod", sale.product().id.to_string()),
        ("prod_name", sale.product().name.to_owned()),
        ("off", sale.offer().code.to_owned()),
        ("price", price.clone()),
        ("full_price", price.clone()),
        ("original_offer_price", price),
        ("currency", sale.currency.code().to_owned()),
        ("email", buyer.email.clone()),
        ("name", buyer.name.clone()),
        ("first_name", first.to_owned()),
        ("last_name", last.to_owned()),
        ("doc", buyer.document.clone()),
        ("transaction", transaction.clone()),
        ("status", status.to_owned()),
        ("payment_engine", "hotpay".to_owned()),
        ("payment_type", sale.payment.word().to_lowercase()),
        ("cms_marketplace", sale.currency.text(i128::from(split.platform))),
        ("cms_vendor", sale.currency.text(i128::from(split.producer))),
        ("purchase_date", date(sale.ordered)),
        ("confirmation_purchase_date", date(sale.paid_at())),
        ("warranty_date", date(sale.warranty_end())),
        ("installments_number", sale.installments().to_string()),
        ("productOfferPaymentMode", "pagamento_unico".to_owned()),
        ("receiver_type", "SELLER".to_owned()),
    ];
    let body: Vec<String> = fields.iter().map(|(key, value)| format!("{key}={}", text::escaped(value))).collect();
    Webhook {
        event: status.to_owned(),
        created: sale.paid_at(),
        transaction: Some(transaction),
        content_type: "application/x-www-form-urlencoded",
        body: body.join("&"),
    }
}
