//! `/products/api/v1`: products, their offers and plans, and coupons that nobody has made.

use serde_json::{Value, json};

use super::{
    Reply,
    failure::Failure,
    paging::{Look, Paging},
    params::Params,
    views::View,
};
use crate::{
    money::Currency,
    words::Role,
    world::{
        DAYS,
        catalog::{Offer, PRODUCTS, Product},
        fate::DAY,
    },
};

const MOST: usize = 50;
const STATUSES: [&str; 7] = ["DRAFT", "ACTIVE", "PAUSED", "NOT_APPROVED", "IN_REVIEW", "DELETED", "CHANGES_PENDING_ON_PRODUCT"];
const FORMATS: [&str; 15] = [
    "EBOOK",
    "SOFTWARE",
    "MOBILE_APPS",
    "VIDEOS",
    "AUDIOS",
    "TEMPLATES",
    "IMAGES",
    "ONLINE_COURSE",
    "SERIAL_CODES",
    "ETICKET",
    "ONLINE_SERVICE",
    "ONLINE_EVENT",
    "BUNDLE",
    "COMMUNITY",
    "AGENT",
];

pub(crate) fn answer(view: View<'_>, params: &Params, path: &[&str]) -> Result<Reply, Failure> {
    match path {
        ["products"] => {
            let (id, statuses, formats) = (params.number("id")?, params.one_of("status", &STATUSES)?, params.one_of("format", &FORMATS)?);
            let among = |list: &[String], word: &str| list.is_empty() || list.iter().any(|known| known == word);
            let paging = Paging::asked(params, Look::Json, MOST, MOST)?;
            let found = own()
                .filter(|one| id.is_none_or(|id| u64::try_from(id) == Ok(one.id)))
                .filter(|one| among(&statuses, one.status) && among(&formats, one.format));
            Ok(Reply::List(paging.list(found, |one| product(view, one))))
        }
        ["products", ucode, "offers"] => {
            let paging = Paging::asked(params, Look::Json, MOST, MOST)?;
            Ok(Reply::List(paging.list(by_ucode(ucode)?.offers.iter(), |one| offer(one))))
        }
        ["products", ucode, "plans"] => {
            let offers = by_ucode(ucode)?.offers;
            if offers.iter().all(|one| one.plan.is_none()) {
                return Err(Failure::parameter("The product has no plans."));
            }
            let paging = Paging::asked(params, Look::Json, MOST, MOST)?;
            Ok(Reply::List(paging.list(offers.iter().filter(|one| one.plan.is_some()), |one| plan(one))))
        }
        // No coupons: a good answer without a body, as the real API gives it.
        ["coupon", "product", _] => Ok(Reply::Nothing),
        _ => Err(Failure::not_found()),
    }
}

/// What is sold for others isn't among one's own products.
fn own() -> impl Iterator<Item = &'static Product> {
    PRODUCTS.iter().filter(|one| one.role != Role::Affiliate)
}

fn by_ucode(ucode: &str) -> Result<&'static Product, Failure> {
    own().find(|one| one.ucode == ucode).ok_or_else(Failure::not_found)
}

fn product(view: View<'_>, one: &Product) -> Value {
    view.finished(json!({
        "id": one.id,
        "name": one.name,
        "ucode": one.ucode,
        "status": one.status,
        "created_at": view.world.now - (DAYS + 30) * DAY,
        "format": one.format,
        "is_subscription": one.offers.iter().any(|offer| offer.plan.is_some()),
        "warranty_period": one.warranty,
    }))
}

fn offer(one: &Offer) -> Value {
    json!({
        "code": one.code,
        "name": one.name,
        "description": "",
        "price": {"value": Currency::Brl.number(i128::from(one.price)), "currency_code": "BRL"},
        "payment_mode": one.mode,
        "is_main_offer": one.code.starts_with("k1paocas"),
    })
}

fn plan(one: &Offer) -> Value {
    json!({
        "code": one.code,
        "name": one.plan.map(|plan| plan.name),
        "description": "",
        "periodicity": one.plan.map(|plan| plan.interval),
        "price": {"value": Currency::Brl.number(i128::from(one.price)), "currency_code": "BRL"},
        "max_installments": 1,
        "trial_period": one.plan.map(|plan| plan.trial),
    })
}
