//! `PURCHASE_…`: a sale came into a state.

use serde_json::{Value, json};

use super::Webhook;
use crate::{
    server::views::{self, present},
    words::{Payment, Role, Status},
    world::{World, fate::DAY, people, sale::Sale},
};

pub(crate) fn webhook(world: &World, sale: &Sale, moment: i64, status: Status) -> Option<Webhook> {
    let (word, event) = status.webhook()?;
    if status == Status::Overdue && !sale.is_renewal() {
        return None;
    }
    let mut data = json!({
        "product": product(sale, status),
        "affiliates": affiliates(sale),
        "buyer": buyer(world, sale),
        "producer": {"name": views::producer(sale).name, "document": "00000000000000", "legal_nature": "Pessoa Jurídica"},
        "commissions": if status.was_paid() { commissions(sale) } else { json!([]) },
        "purchase": purchase(world, sale, status, word),
    });
    if let (Some(one), Some(plan)) = (world.subscription_of(sale), sale.offer().plan) {
        let standing = one.standing(&world.sales, moment);
        data["subscription"] = json!({
            "status": standing.status.word().replace("CANCELLED", "CANCELED").replace("SELLER", "VENDOR"),
            "plan": {"id": plan.id, "name": plan.name},
            "subscriber": {"code": one.code()},
        });
    }
    // A few seconds pass until it is told.
    let mut webhook = super::webhook(sale.seed, moment.unsigned_abs(), moment + 5_000, event, &data);
    webhook.transaction = Some(world.code(sale));
    Some(webhook)
}

fn product(sale: &Sale, status: Status) -> Value {
    let one = sale.product();
    let warranty = jiff::Timestamp::from_millisecond(sale.warranty_end()).map(|end| end.strftime("%Y-%m-%dT00:00:00Z").to_string());
    present([
        ("id", Some(one.id.into())),
        ("ucode", Some(one.ucode.into())),
        ("name", Some(one.name.into())),
        ("warranty_date", status.was_paid().then(|| warranty.unwrap_or_default().into())),
        ("support_email", Some("ajuda@example.com".into())),
        ("has_co_production", Some((one.role == Role::Coproducer).into())),
        ("is_physical_product", Some(false.into())),
        (
            "content",
            Some(
                json!({"has_physical_products": false, "products": [{"id": one.id, "ucode": one.ucode, "name": one.name, "is_physical_product": false}]}),
            ),
        ),
    ])
}

/// One entry of empty texts stands for none.
fn affiliates(sale: &Sale) -> Value {
    let (code, name) = views::seller(sale).map_or(("", ""), |one| (one.code, one.name));
    json!([{"affiliate_code": code, "name": name}])
}

fn buyer(world: &World, sale: &Sale) -> Value {
    let buyer = people::buyer(world.seed, sale.buyer);
    let (first, last) = buyer.name.split_once(' ').unwrap_or((&buyer.name, ""));
    // The street has two names.
    let street = if sale.random(41).one_in(2) { "address" } else { "street" };
    json!({
        "email": if sale.shows_email() { buyer.email.as_str() } else { "" },
        "name": buyer.name,
        "first_name": first,
        "last_name": last,
        "checkout_phone": buyer.phone.get(4..),
        "checkout_phone_code": buyer.phone.get(2..4),
        "document": buyer.document,
        "document_type": "CPF",
        "address": {
            "zipcode": "00000000", "country": buyer.country_name, "country_iso": buyer.country, "state": buyer.state, "city": buyer.city,
            "neighborhood": "Centro", street: "Rua Um", "number": "1", "complement": "",
        },
    })
}

fn commissions(sale: &Sale) -> Value {
    let split = sale.split();
    let shares =
        [("MARKETPLACE", Some(split.platform)), ("PRODUCER", Some(split.producer)), ("COPRODUCER", split.coproducer), ("AFFILIATE", split.affiliate)];
    let share = |(source, units): (&str, Option<i64>)| {
        Some(json!({"value": sale.currency.number(i128::from(units?)), "source": source, "currency_value": sale.currency.code()}))
    };
    shares.into_iter().filter_map(share).collect()
}

fn purchase(world: &World, sale: &Sale, status: Status, word: &str) -> Value {
    let price = |units: i64| json!({"value": sale.currency.number(i128::from(units)), "currency_value": sale.currency.code()});
    let buyer = people::buyer(world.seed, sale.buyer);
    let bump = if let (true, Some(parent)) = (sale.bump, world.sales.get((sale.index as usize).wrapping_sub(1))) {
        json!({"is_order_bump": true, "parent_purchase_transaction": world.code(parent)})
    } else {
        json!({"is_order_bump": false})
    };
    let origin = present([("src", sale.source().map(Value::from)), ("sck", Some("lista-1".into()))]);
    let offer = present([
        ("code", Some(sale.offer().code.into())),
        ("coupon_code", sale.coupon().then(|| "PAO10".into())),
        ("name", Some(sale.offer().name.into())),
    ]);
    let next = world.subscription_of(sale).filter(|_| sale.is_subscription()).map(|one| one.charge(usize::from(sale.recurrence)));
    present([
        ("transaction", Some(world.code(sale).into())),
        ("order_date", Some(sale.ordered.into())),
        ("approved_date", status.was_paid().then(|| sale.paid_at().into())),
        ("status", Some(word.into())),
        ("recurrence_number", (status != Status::WaitingPayment).then(|| sale.recurrence.into())),
        ("price", Some(price(sale.units))),
        ("full_price", Some(price(sale.units + sale.interest()))),
        ("original_offer_price", Some(price(sale.currency.price(sale.offer().price)))),
        ("offer", Some(offer)),
        ("payment", Some(payment(sale, status))),
        ("checkout_country", Some(json!({"name": buyer.country_name, "iso": buyer.country}))),
        ("origin", Some(origin)),
        ("order_bump", Some(bump)),
        ("date_next_charge", next.map(Value::from)),
        ("invoice_by", Some("SELLER".into())),
        ("is_funnel", Some(false.into())),
        ("business_model", Some("I".into())),
    ])
}

fn payment(sale: &Sale, status: Status) -> Value {
    let waits = matches!(status, Status::WaitingPayment | Status::PrintedBillet);
    let (pix, billet) = (waits && sale.payment == Payment::Pix, waits && sale.payment == Payment::Billet);
    let refused = status == Status::Cancelled;
    present([
        ("type", Some(sale.payment.word().into())),
        ("installments_number", Some(sale.installments().into())),
        ("pix_code", pix.then(|| "000201-inventado".into())),
        ("pix_qrcode", pix.then(|| "https://example.com/qr.png".into())),
        ("pix_expiration_date", pix.then(|| (sale.ordered + 2 * DAY).into())),
        ("billet_url", billet.then(|| "https://example.com/boleto".into())),
        ("billet_barcode", billet.then(|| "00000.00000 00000.000000 00000.000000 0 00000000000000".into())),
        ("refusal_reason", refused.then(|| "Saldo insuficiente".into())),
    ])
}
