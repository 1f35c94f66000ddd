//! What the real platform posts when something happens: version 2.0.0 in JSON, and one form of version 1.0.0.

mod purchase;
mod send;
mod subscription;
mod version_1;

use serde_json::{Value, json};

pub use send::send;

use crate::{
    random::Random,
    words::{Payment, Status},
    world::{
        World,
        fate::{DAY, Fate},
        people,
        sale::Sale,
    },
};

/// A call that isn't sent yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// `PURCHASE_APPROVED` and so on; of version 1.0.0, its `status`.
    pub event: String,
    /// When it happened, in milliseconds.
    pub created: i64,
    /// The transaction, if it is about one.
    pub transaction: Option<String>,
    pub content_type: &'static str,
    pub body: String,
}

const JSON: &str = "application/json";

/// How webhooks are to come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Order {
    /// Not in the order in which things happened.
    pub disordered: bool,
    /// Each of them two times, with the same id.
    pub twice: bool,
}

/// The newest `count` events.
pub(crate) fn newest(world: &World, hottok: &str, count: usize) -> Vec<Webhook> {
    let first = world.sales.len().saturating_sub(count);
    let mut all: Vec<Webhook> = world.sales[first..].iter().flat_map(|sale| of_sale(world, hottok, sale)).collect();
    all.sort_by_key(|one| one.created);
    all.split_off(all.len().saturating_sub(count))
}

pub(crate) fn arranged(mut all: Vec<Webhook>, order: Order, seed: u64) -> Vec<Webhook> {
    if order.twice {
        all = all.into_iter().flat_map(|one| [one.clone(), one]).collect();
    }
    if order.disordered {
        let mut random = Random::of(&[seed, 0xd150]);
        for place in (1..all.len()).rev() {
            all.swap(place, random.place(place + 1));
        }
    }
    all
}

/// All that a sale brings about, up to now.
pub(crate) fn of_sale(world: &World, hottok: &str, sale: &Sale) -> Vec<Webhook> {
    let mut all: Vec<Webhook> =
        states(world, sale).into_iter().filter_map(|(moment, status)| purchase::webhook(world, sale, moment, status)).collect();
    all.extend(beside(world, sale));
    if let Some(one) = world.subscription_of(sale).filter(|one| one.sales.last() == Some(&sale.index)) {
        all.extend(subscription::webhooks(world, hottok, one));
    }
    all
}

pub(crate) fn version_1(world: &World, hottok: &str) -> Option<Webhook> {
    let sale = world.sales.iter().rev().find(|sale| sale.status == Status::Approved || sale.status == Status::Complete)?;
    Some(version_1::webhook(world, hottok, sale))
}

/// The states that a sale went through, each with its moment.
fn states(world: &World, sale: &Sale) -> Vec<(i64, Status)> {
    if let Fate::Fixed(status) = sale.fate {
        let moment = world.set_at.get(&sale.index).copied().unwrap_or(sale.ordered);
        return vec![(moment, status)];
    }
    let disputed = sale.disputed_at();
    let mut moments = [sale.ordered, sale.ordered + 3 * DAY, sale.paid_at(), sale.warranty_end(), disputed, disputed + 3 * DAY];
    moments.sort_unstable();
    let mut states: Vec<(i64, Status)> = Vec::new();
    for moment in moments.into_iter().filter(|moment| *moment <= world.now) {
        let status = sale.status_at(moment);
        if states.last().is_none_or(|(_, last)| *last != status) {
            states.push((moment, status));
        }
    }
    // A card is charged at once; nothing is printed that waits for its payment.
    let waits = matches!(sale.payment, Payment::Pix | Payment::Billet | Payment::Cash);
    states.retain(|(_, status)| waits || !matches!(status, Status::WaitingPayment | Status::PrintedBillet));
    states
}

/// What buyers do besides buying.
fn beside(world: &World, sale: &Sale) -> Option<Webhook> {
    let buyer = people::buyer(world.seed, sale.buyer);
    let product = json!({"id": sale.product().id, "name": sale.product().name});
    let user = json!({"name": buyer.name, "email": buyer.email});
    let later = sale.ordered + 10 * 60_000;
    match sale.index % 20 {
        0 if sale.status.was_paid() && later <= world.now => {
            let mut one = webhook(sale.seed, 1, later, "CLUB_FIRST_ACCESS", &json!({"product": product, "user": user}));
            // This event alone spells its date so.
            one.body = one.body.replacen("\"creation_date\"", "\"creationDate\"", 1);
            Some(one)
        }
        1 if sale.status.was_paid() && later <= world.now => {
            // The number may be a text here.
            let product = json!({"id": sale.product().id.to_string(), "name": sale.product().name});
            Some(webhook(
                sale.seed,
                2,
                later,
                "CLUB_MODULE_COMPLETED",
                &json!({"product": product, "module": {"id": "m1", "name": "Fermento"}, "user": user}),
            ))
        }
        2 => Some(webhook(
            sale.seed,
            3,
            sale.ordered - 30 * 60_000,
            "PURCHASE_OUT_OF_SHOPPING_CART",
            &json!({
                "affiliate": false,
                "product": product,
                "buyer": {"name": buyer.name, "email": buyer.email, "phone": buyer.phone},
                "offer": {"code": sale.offer().code},
                "checkout_country": {"name": buyer.country_name, "iso": buyer.country},
            }),
        )),
        _ => None,
    }
}

/// The envelope. The same event of the same thing always has the same id.
fn webhook(seed: u64, kind: u64, created: i64, event: &str, data: &Value) -> Webhook {
    let id = Random::of(&[seed, 0x7e6, kind]).uuid();
    let body = json!({"id": id, "creation_date": created, "event": event, "version": "2.0.0", "data": data});
    Webhook { event: event.to_owned(), created, transaction: None, content_type: JSON, body: body.to_string() }
}

/// What the panel's test button sends.
pub fn test_webhook(hottok: &str) -> Webhook {
    let created = 1_796_040_000_000;
    let body = json!({
        "id": "00000000-0000-4000-8000-000000000000", "creation_date": created, "event": "PURCHASE_APPROVED", "version": "2.0.0", "hottok": hottok,
        "data": {
            "product": {"id": 0, "name": "Produto test postback2", "has_co_production": false},
            "affiliates": [{"affiliate_code": "", "name": ""}],
            "buyer": {"email": "teste@example.com", "name": "Teste Comprador"},
            "producer": {"name": "Teste Produtor"},
            "commissions": [{"value": 149.5, "source": "MARKETPLACE", "currency_value": "BRL"}, {"value": 1350.5, "source": "PRODUCER", "currency_value": "BRL"}],
            "purchase": {
                "transaction": "HP16015479281022", "order_date": created, "approved_date": created, "status": "APPROVED", "sckPaymentLink": "teste",
                "price": {"value": 1500, "currency_value": "BRL"}, "full_price": {"value": 1500, "currency_value": "BRL"},
                "payment": {"type": "CREDIT_CARD", "installments_number": 12},
            },
        },
    });
    let transaction = Some("HP16015479281022".to_owned());
    Webhook { event: "PURCHASE_APPROVED".to_owned(), created, transaction, content_type: JSON, body: body.to_string() }
}
