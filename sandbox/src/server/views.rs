//! What several answers show alike.

use serde_json::{Map, Value, json};

use crate::{
    faults::Faults,
    money::Currency,
    world::{
        World,
        people::{self, AFFILIATES, Affiliate, OWNER, Owner, PARTNER, Person},
        sale::Sale,
    },
};

/// A word that no document has.
pub(crate) const NEW_WORD: &str = "IN_MEDIATION";

/// What an answer is made from.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub(crate) world: &'a World,
    pub(crate) faults: &'a Faults,
}

impl View<'_> {
    pub(crate) fn buyer(&self, sale: &Sale) -> Person {
        people::buyer(self.world.seed, sale.buyer)
    }

    /// Adds what nobody knows, if that is asked for.
    pub(crate) fn finished(&self, mut item: Value) -> Value {
        if let (true, Some(fields)) = (self.faults.unknown, item.as_object_mut()) {
            fields.insert("brand_new_field".to_owned(), json!({"deep": [1, {"er": null}], "text": "<b>novo</b>"}));
        }
        item
    }

    /// Milliseconds, or the seconds of the document's samples.
    pub(crate) fn subscription_time(&self, millis: i64) -> Value {
        if self.faults.seconds { (millis / 1000).into() } else { millis.into() }
    }
}

/// Every fiftieth sale has a new word, if that is asked for. Filters go by the true one.
pub(crate) fn status_word(sale: &Sale, unknown_words: bool) -> &'static str {
    if unknown_words && sale.index % 50 == 49 { NEW_WORD } else { sale.status.word() }
}

pub(crate) fn product(sale: &Sale) -> Value {
    json!({"id": sale.product().id, "name": sale.product().name})
}

pub(crate) fn money(currency: Currency, units: i64) -> Value {
    json!({"value": currency.number(i128::from(units)), "currency_code": currency.code()})
}

/// An object of those fields that have a value.
pub(crate) fn present(fields: impl IntoIterator<Item = (&'static str, Option<Value>)>) -> Value {
    let fields: Map<String, Value> = fields.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect();
    Value::Object(fields)
}

/// Whose product it is.
pub(crate) fn producer(sale: &Sale) -> &'static Owner {
    if sale.product().role == crate::words::Role::Producer { &OWNER } else { &PARTNER }
}

/// Who sold it for somebody else: one of ours, or the account itself.
pub(crate) fn seller(sale: &Sale) -> Option<Affiliate> {
    if sale.product().role == crate::words::Role::Affiliate {
        return Some(Affiliate { code: "N0000000Z", name: OWNER.name, ucode: OWNER.ucode, email: OWNER.email });
    }
    sale.affiliate.map(|place| AFFILIATES[usize::from(place)])
}
