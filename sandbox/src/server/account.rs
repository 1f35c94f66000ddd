//! Whose account it is, and who is in its members area.

use serde_json::{Value, json};

use super::{
    Reply,
    failure::Failure,
    paging::{Look, Paging},
    params::Params,
    views::View,
};
use crate::{
    random::Random,
    world::{
        fate::DAY,
        people::{self, OWNER},
    },
};

const MOST: usize = 50;

/// `GET /user/api/v1/me`. It is new, so it may be missing.
pub(crate) fn me(view: View<'_>) -> Result<Reply, Failure> {
    if view.faults.no_me {
        return Err(Failure::not_found());
    }
    Ok(Reply::Json(view.finished(json!({
        "ucode": OWNER.ucode, "name": OWNER.name, "email": OWNER.email, "locale": "PT_BR", "commission_currency": "BRL",
    }))))
}

/// `GET /club/api/v1/users`: everyone who bought, by a part of the address.
pub(crate) fn members(view: View<'_>, params: &Params) -> Result<Reply, Failure> {
    subdomain(params)?;
    let paging = Paging::asked(params, Look::Json, MOST, MOST)?;
    let part = params.text("email").map(str::to_lowercase);
    let seed = view.world.seed;
    let all = (0..u32::try_from(view.world.buyers).unwrap_or(u32::MAX)).map(|id| (id, people::buyer(seed, id)));
    let found = all.filter(|(_, buyer)| part.as_ref().is_none_or(|part| buyer.email.to_lowercase().contains(part)));
    Ok(Reply::List(paging.list(found, |(id, buyer)| view.finished(member(view, *id, buyer)))))
}

fn member(view: View<'_>, id: u32, buyer: &people::Person) -> Value {
    let mut random = Random::of(&[view.world.seed, 0xc1b, u64::from(id)]);
    let first = (!random.one_in(5)).then(|| view.world.now - 10 * DAY - random.millis(300 * DAY));
    let completed = if first.is_some() { random.below(41) } else { 0 };
    json!({
        "user_id": format!("u{id}"),
        "name": buyer.name,
        "email": buyer.email,
        "role": "STUDENT",
        "status": random.weighted(&[("ACTIVE", 90), ("BLOCKED", 4), ("BLOCKED_BY_OWNER", 2), ("OVERDUE", 4)]),
        "type": "BUYER",
        "engagement": random.pick(&["NONE", "LOW", "MEDIUM", "HIGH", "VERY_HIGH"]),
        "first_access_date": first,
        "last_access_date": first.map(|first| first + 9 * DAY),
        "access_count": if first.is_some() { random.below(200) + 1 } else { 0 },
        "progress": {"completed_percentage": completed * 100 / 40, "total": 40, "completed": completed},
        "class_id": "turma-1",
        "plus_access": "WITHOUT_PLUS_ACCESS",
        "purchase_date": view.world.now - 320 * DAY,
    })
}

/// `GET /club/api/v1/users/:id/lessons`.
pub(crate) fn lessons(params: &Params) -> Result<Reply, Failure> {
    subdomain(params)?;
    let lesson = |name: &str, done: bool| json!({"page_name": name, "module_name": "Fermento", "is_completed": done, "completed_date": done.then_some(1_770_000_000_000_i64)});
    Ok(Reply::Json(json!({"lessons": [lesson("Começo", true), lesson("Água & sal", false)]})))
}

/// `GET /club/api/v1/modules`.
pub(crate) fn modules(params: &Params) -> Result<Reply, Failure> {
    subdomain(params)?;
    Ok(Reply::Json(json!([{"module_id": "m1", "name": "Fermento", "sequence": 1, "is_extra": false, "total_pages": 40}])))
}

/// Nothing tells which members area belongs to an account, so the caller must.
fn subdomain(params: &Params) -> Result<(), Failure> {
    params.text("subdomain").map(|_| ()).ok_or_else(|| Failure::parameter("subdomain is missing."))
}
