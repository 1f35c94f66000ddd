//! A complete import, as a careful client does it, holds what the totals say; with faults too.

use std::{
    collections::{BTreeMap, HashSet},
    time::Duration,
};

use serde_json::Value;

use super::{Client, DAY, NOW_MS, every_status, faults, start};
use crate::{Config, text};

/// One page, tried again after whatever goes wrong for a while.
async fn page(client: &mut Client, path: &str) -> Result<Value, u16> {
    for _ in 0..8 {
        let Ok(answer) = client.raw(path).await else { continue };
        match answer.status {
            200 if answer.body.is_empty() => return Ok(Value::Null),
            200 => return Ok(serde_json::from_slice(&answer.body).unwrap()),
            401 => client.token = super::new_token(&client.sandbox).await,
            429 => tokio::time::sleep(Duration::from_millis(20)).await,
            502 if answer.head.contains("text/html") => {}
            status => return Err(status),
        }
    }
    panic!("{path} never succeeded")
}

async fn window(client: &mut Client, statuses: &str, from: i64, to: i64, sales: &mut Vec<Value>) -> Result<(), u16> {
    let path = format!("/payments/api/v1/sales/history?max_results=25&start_date={from}&end_date={to}{statuses}");
    let mut token = String::new();
    loop {
        let body = page(client, &format!("{path}{token}")).await?;
        let Some(next) = body["page_info"]["next_page_token"].as_str() else {
            sales.extend(body["items"].as_array().into_iter().flatten().cloned());
            return Ok(());
        };
        let next = format!("&page_token={}", text::escaped(next));
        // The same page once more: the next answer names the right one.
        if next != token {
            sales.extend(body["items"].as_array().into_iter().flatten().cloned());
            token = next;
        }
    }
}

async fn import(client: &mut Client, groups: &[String]) -> Vec<Value> {
    let mut sales = Vec::new();
    for group in groups {
        let (mut from, mut days) = (NOW_MS - 1500 * DAY, 90);
        while from <= NOW_MS {
            let to = (from + days * DAY - 1).min(NOW_MS);
            match window(client, group, from, to, &mut sales).await {
                Ok(()) => from = to + 1,
                Err(400 | 502) => days /= 2,
                Err(status) => panic!("{status}"),
            }
        }
    }
    sales
}

fn assert_complete(client: &Client, sales: &[Value]) {
    let totals = client.sandbox.totals(&super::zone());
    let codes: HashSet<&str> = sales.iter().map(|sale| sale["purchase"]["transaction"].as_str().unwrap()).collect();
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    let mut seen = HashSet::new();
    for sale in sales.iter().filter(|sale| seen.insert(sale["purchase"]["transaction"].as_str().unwrap())) {
        *counts.entry(sale["purchase"]["status"].as_str().unwrap().to_owned()).or_insert(0) += 1;
    }
    assert_eq!(codes.len() as u64, totals.sales);
    let expected: BTreeMap<String, u64> = totals.by_status.iter().map(|(word, sums)| (word.clone(), sums.count)).collect();
    assert_eq!(counts, expected);
}

async fn faulty_import(words: &str) {
    let mut client = start(Config { faults: faults(words), calls_per_minute: 100_000, ..Config::default() }).await;
    let sales = import(&mut client, &[every_status()]).await;
    assert_complete(&client, &sales);
}

#[tokio::test]
async fn a_complete_import_holds_what_the_totals_say() {
    faulty_import("").await;
}

#[tokio::test]
async fn an_import_survives_every_fault_that_ends() {
    faulty_import("empty-body,html,same-cursor,slow-502=30,rate-limit,expire-token,broken,unknown").await;
}

#[tokio::test]
async fn an_import_by_single_states_is_complete_too() {
    let mut client = start(Config { sales: 300, faults: faults("no-repeated-key"), calls_per_minute: 100_000, ..Config::default() }).await;
    let groups: Vec<String> = crate::Status::ALL.iter().map(|status| format!("&transaction_status={}", status.word())).collect();
    let sales = import(&mut client, &groups).await;
    assert_complete(&client, &sales);
}

#[tokio::test]
async fn an_import_without_states_misses_the_others() {
    let mut client = start(Config { calls_per_minute: 100_000, ..Config::default() }).await;
    let sales = import(&mut client, &[String::new()]).await;
    assert!((sales.len() as u64) < client.sandbox.totals(&super::zone()).sales);
}

#[tokio::test]
async fn sums_of_the_totals_are_those_of_the_sales() {
    let mut client = start(Config { calls_per_minute: 100_000, ..Config::default() }).await;
    let sales = import(&mut client, &[every_status()]).await;
    let totals = client.sandbox.totals(&super::zone());
    for (currency, sums) in &totals.by_currency {
        let of_it = sales.iter().filter(|sale| sale["purchase"]["price"]["currency_code"] == currency.as_str());
        let sum: f64 = of_it.map(|sale| sale["purchase"]["price"]["value"].as_f64().unwrap()).sum();
        let expected: f64 = sums.sums[currency].parse().unwrap();
        assert!((sum - expected).abs() < 0.001, "{currency}: {sum} {expected}");
    }
    let orders: u64 = totals.new_orders_by_day.values().map(|day| day.new.orders.count + day.renewals.orders.count).sum();
    let paid = |word: &str| crate::Status::named(word).is_some_and(crate::Status::was_paid);
    assert_eq!(orders, totals.by_status.iter().filter(|(word, _)| paid(word)).map(|(_, sums)| sums.count).sum::<u64>());
    for parts in [&totals.by_month, &totals.by_product, &totals.by_currency, &totals.by_status] {
        assert_eq!(parts.values().map(|sums| sums.count).sum::<u64>(), totals.sales);
    }
}
