//! Everything below `/payments/api/v1/subscriptions`.

mod filter;
mod list;
mod transactions;

use serde_json::Value;

use super::{
    Reply,
    failure::Failure,
    paging::{Look, Paging},
    params::Params,
    views::View,
};
use crate::world::fate::DAY;
use filter::Filter;

const USUAL: usize = 50;
/// `/transactions` shows fewer unless it is asked.
const USUAL_TRANSACTIONS: usize = 10;
const MOST: usize = 500;

pub(crate) fn answer(view: View<'_>, params: &Params, path: &[&str]) -> Result<Reply, Failure> {
    match path {
        [] => {
            let filter = Filter::asked(params, view.world)?;
            let paging = Paging::asked(params, Look::Hex, USUAL, MOST)?;
            let found = filter.subscriptions(view.world).filter(|(one, _)| one.plan().is_some());
            Ok(Reply::List(paging.list(found, |(one, standing)| list::item(view, one, standing))))
        }
        ["summary"] => {
            let filter = Filter::asked(params, view.world)?;
            let paging = Paging::asked(params, Look::Hex, USUAL, MOST)?;
            // It is a day behind.
            let found = filter.subscriptions(view.world).filter(|(one, _)| one.started <= view.world.now - DAY);
            Ok(Reply::List(paging.list(found, |(one, standing)| list::summary(view, one, standing))))
        }
        ["transactions"] => {
            let filter = transactions::Filter::asked(params, view)?;
            let paging = Paging::asked(params, Look::Hex, USUAL_TRANSACTIONS, MOST)?;
            Ok(Reply::List(paging.list(filter.sales(view.world), |(sale, one)| transactions::item(view, sale, one))))
        }
        [code, "purchases"] => purchases(view, code).map(Reply::Json),
        _ => Err(Failure::not_found()),
    }
}

/// A bare list, without pages.
fn purchases(view: View<'_>, code: &str) -> Result<Value, Failure> {
    let subscription = view.world.by_subscriber(code).ok_or_else(Failure::not_found)?;
    let sales = subscription.sales.iter().filter_map(|index| view.world.sales.get(*index as usize));
    Ok(sales.map(|sale| list::purchase(view, sale)).collect())
}
