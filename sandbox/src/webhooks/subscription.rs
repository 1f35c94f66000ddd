//! What happens to a subscription besides its payments.

use serde_json::json;

use super::{JSON, Webhook, webhook};
use crate::{
    random::Random,
    world::{World, fate::DAY, people, subscription::Subscription},
};

pub(crate) fn webhooks(world: &World, hottok: &str, one: &Subscription) -> Vec<Webhook> {
    let Some(plan) = one.plan() else { return Vec::new() };
    let standing = one.standing(&world.sales, world.now);
    let buyer = people::buyer(world.seed, one.buyer);
    let product = json!({"id": one.product().id, "name": one.product().name});
    let mut all = Vec::new();
    if let Some(ended) = standing.ended.filter(|_| standing.status.is_cancelled()) {
        let data = json!({
            "date_next_charge": standing.next_charge,
            "cancellation_date": ended,
            "actual_recurrence_value": one.currency.number(i128::from(one.units)),
            "product": product,
            "subscriber": {
                "code": one.code(), "name": buyer.name, "email": buyer.email,
                "phone": {"dddPhone": "", "phone": "", "dddCell": buyer.phone.get(2..4), "cell": buyer.phone.get(4..)},
            },
            "subscription": {"id": one.number(), "plan": {"id": plan.id, "name": plan.name}},
        });
        all.push(webhook(one.seed, 11, ended, "SUBSCRIPTION_CANCELLATION", &data));
    }
    let word = standing.status.word().replace("CANCELLED", "CANCELED").replace("SELLER", "VENDOR");
    let moment = (one.started + DAY).min(world.now);
    if one.id.is_multiple_of(5) {
        let data = json!({
            "switch_plan_date": moment,
            "subscription": {"subscriber_code": one.code(), "status": word, "date_next_charge": standing.next_charge, "product": product,
                "user": {"email": buyer.email}},
            "plans": [
                {"id": 70, "name": "Antigo", "offer": {"key": "k0antigo"}, "current": false},
                {"id": plan.id, "name": plan.name, "offer": {"key": one.offer().code}, "current": true},
            ],
        });
        all.push(webhook(one.seed, 12, moment, "SWITCH_PLAN", &data));
    }
    if one.id % 5 == 1 {
        // This one repeats the secret in the body, and has a date as a text.
        let next = jiff::Timestamp::from_millisecond(standing.next_charge).map(|next| next.strftime("%Y-%m-%dT12:00:00Z").to_string());
        let body = json!({
            "id": Random::of(&[one.seed, 0x7e6, 13]).uuid(),
            "creation_date": moment,
            "event": "UPDATE_SUBSCRIPTION_CHARGE_DATE",
            "version": "2.0.0",
            "hottok": hottok,
            "data": {
                "subscriber": {"code": one.code(), "name": buyer.name, "email": buyer.email},
                "subscription": {"product": product, "old_charge_day": 1, "new_charge_day": 10, "date_next_charge": next.unwrap_or_default(), "status": word},
                "plan": {"id": plan.id, "name": plan.name, "offer": {"code": one.offer().code}},
            },
        });
        let event = "UPDATE_SUBSCRIPTION_CHARGE_DATE".to_owned();
        all.push(Webhook { event, created: moment, transaction: None, content_type: JSON, body: body.to_string() });
    }
    all
}
