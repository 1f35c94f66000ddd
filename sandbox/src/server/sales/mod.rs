//! Everything below `/payments/api/v1/sales`.

mod filter;
pub(crate) mod history;
mod parts;

use serde_json::Value;

use super::{
    Reply,
    failure::Failure,
    paging::{Look, Paging},
    params::Params,
    views::View,
};
use crate::{words::Status, world::sale::Sale};
use filter::Filter;

const USUAL: usize = 50;
const MOST: usize = 500;

pub(crate) fn answer(view: View<'_>, params: &Params, path: &[&str]) -> Result<Reply, Failure> {
    match path {
        ["history"] => list(view, params, |_| true, history::item),
        ["users"] => list(view, params, |_| true, parts::users),
        ["commissions"] => list(view, params, |_| true, parts::commissions),
        ["price", "details"] => {
            // Three states have no details, and asking for one of them fails.
            params.words("transaction_status", |word| Status::named(word).filter(|status| status.has_price_details()))?;
            list(view, params, |sale| sale.status.has_price_details(), parts::price)
        }
        ["summary"] => {
            let filter = asked(view, params)?;
            Ok(Reply::Json(parts::summary(filter.sales(view.world))))
        }
        _ => Err(Failure::not_found()),
    }
}

fn asked<'a>(view: View<'_>, params: &'a Params) -> Result<Filter<'a>, Failure> {
    if view.faults.no_repeated_key && params.all("transaction_status").count() > 1 {
        return Err(Failure::parameter("transaction_status must come once."));
    }
    let filter = Filter::asked(params, view.world)?;
    if !params.has("transaction") && view.faults.slow_502.is_some_and(|days| filter.window.is_wider_than(days)) {
        return Err(Failure::slow());
    }
    Ok(filter)
}

fn list(view: View<'_>, params: &Params, has: fn(&Sale) -> bool, show: fn(View<'_>, &Sale) -> Value) -> Result<Reply, Failure> {
    let filter = asked(view, params)?;
    let paging = Paging::asked(params, Look::Json, USUAL, MOST)?;
    let sales = filter.sales(view.world).filter(|sale| has(sale));
    Ok(Reply::List(paging.list(sales, |sale| show(view, sale))))
}
