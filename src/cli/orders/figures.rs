//! `ajuda orders status`, `reconcile` and `raw`.

use std::fmt::Write;

use serde_json::{Map, Value, json};

use super::{mend, named, why_not};
use crate::cli::console::printable;
use crate::orders::SumRow;
use crate::orders::account::Account;
use crate::orders::import::Progress;
use crate::orders::money::Money;
use crate::orders::reconcile::{Difference, ReconcileError};
use crate::rooms::Rooms;

/// A period without its time of day.
const DAY_CHARS: usize = 10;

pub(super) async fn status(rooms: &Rooms, as_json: bool) -> Result<String, String> {
    let mut all = Vec::new();
    for account in rooms.orders.accounts().list().await.map_err(why_not)? {
        let progress = rooms.orders.progress(&account).await.map_err(why_not)?;
        all.push((account, progress));
    }
    if as_json {
        let accounts: Vec<Value> = all.iter().map(|(account, progress)| status_json(account, progress)).collect();
        return Ok(format!("{}\n", json!({ "accounts": accounts })));
    }
    if all.is_empty() {
        return Ok("No account is connected. `ajuda orders connect --help` says how.\n".to_owned());
    }
    Ok(all.iter().fold(String::new(), |text, (account, progress)| text + &status_text(account, progress)))
}

/// A line for each list.
pub(super) async fn raw(rooms: &Rooms, code: &str) -> Result<String, String> {
    let said = rooms.orders.raw(code).await.map_err(why_not)?;
    if said.is_empty() {
        return Err(format!("Nothing that Hotmart sent about {} is kept. orders.raw_kept_days says for how long it is.", printable(code)));
    }
    Ok(said.iter().fold(String::new(), |text, (list, item)| text + &format!("{}\n", json!({ "list": list, "item": item }))))
}

fn status_json(account: &Account, progress: &Progress) -> Value {
    json!({
        "name": account.name, "state": progress.state.word(), "complete": progress.complete, "windows_done": progress.done,
        "windows": progress.all, "items": progress.items, "items_per_second": progress.rate, "seconds_left": progress.seconds_left,
        "problem": account.problem, "failures": progress.failures.len(),
    })
}

fn status_text(account: &Account, progress: &Progress) -> String {
    let mut text = format!("{}: {}", printable(&account.name), progress.state.word());
    let _ = writeln!(text, ", {} of {} periods, {} items", progress.done, progress.all, progress.items);
    if let (Some(rate), Some(left)) = (progress.rate, progress.seconds_left) {
        let _ = writeln!(text, "    {rate} items a second, about {} minutes left", left / 60 + 1);
    }
    if let Some(error) = account.problem.as_deref().and_then(crate::orders::CallError::parse) {
        let _ = writeln!(text, "    {}", mend(error));
    }
    for failure in &progress.failures {
        let (from, to) = (day(failure.starts_at), day(failure.ends_at));
        let _ = writeln!(text, "    not read: {} from {from} to {to} ({}); `ajuda orders check` tries again", failure.stream.word(), failure.problem);
    }
    text
}

fn day(at: crate::clock::Micros) -> String {
    at.timestamp().to_string().chars().take(DAY_CHARS).collect()
}

pub(super) async fn reconcile(rooms: &Rooms, name: Option<&str>, as_json: bool) -> Result<String, String> {
    let accounts = rooms.orders.accounts();
    let chosen = match name {
        Some(name) => vec![named(accounts, name).await?],
        None => accounts.list().await.map_err(why_not)?.into_iter().filter(|account| !account.is_disconnected).collect(),
    };
    let (mut sums, mut differences, mut months) = (Vec::new(), Vec::new(), 0);
    for account in &chosen {
        let reconciled = rooms.orders.reconcile(account).await.map_err(|error| match error {
            ReconcileError::Call(error) => format!("{}: {}", printable(&account.name), mend(error)),
            ReconcileError::Failed(error) => why_not(error),
        })?;
        months += reconciled.months;
        differences.extend(reconciled.differences);
        sums.extend(rooms.orders.by_status(account).await.map_err(why_not)?);
    }
    if as_json {
        let differences: Vec<Value> = differences.iter().map(difference_json).collect();
        return Ok(format!("{}\n", json!({ "by_status": by_status(&sums), "differences": differences })));
    }
    let mut text = format!("{months} months compared, {} differences.\n", differences.len());
    for one in &differences {
        let _ = writeln!(
            text,
            "    {} {} {}: {} sales, {} here; {} sales, {} at Hotmart",
            day(one.from),
            one.status,
            one.currency,
            one.here.0,
            plain(one.here.1, &one.currency),
            one.there.0,
            plain(one.there.1, &one.currency),
        );
    }
    if !differences.is_empty() {
        text += "They are read again. Compare once more when `ajuda orders status` says fresh.\n";
    }
    Ok(text)
}

/// Counts and sums of each status, sums by currency.
fn by_status(rows: &[SumRow]) -> Value {
    let mut all: Map<String, Value> = Map::new();
    let mut sums: std::collections::BTreeMap<(&str, &str), i64> = std::collections::BTreeMap::new();
    let mut counts: std::collections::BTreeMap<&str, i64> = std::collections::BTreeMap::new();
    for row in rows {
        *counts.entry(row.status.as_str()).or_default() += row.sales;
        if let Some(currency) = &row.currency {
            *sums.entry((row.status.as_str(), currency.as_str())).or_default() += row.amount;
        }
    }
    for (status, count) in counts {
        let own = sums.iter().filter(|((of, _), _)| *of == status);
        let own: Map<String, Value> = own.map(|((_, currency), minor)| ((*currency).to_owned(), json!(plain(*minor, currency)))).collect();
        all.insert(status.to_owned(), json!({ "count": count, "sums": own }));
    }
    Value::Object(all)
}

fn difference_json(one: &Difference) -> Value {
    let side = |(sales, minor): (i64, i64)| json!({ "count": sales, "sum": plain(minor, &one.currency) });
    json!({
        "month": day(one.from).chars().take(7).collect::<String>(), "status": one.status, "currency": one.currency, "here": side(one.here),
        "there": side(one.there),
    })
}

fn plain(minor: i64, currency: &str) -> String {
    Money { minor, currency: currency.to_owned() }.plain()
}
