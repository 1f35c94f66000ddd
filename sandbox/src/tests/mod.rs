//! The sandbox from outside: a server on a free port, and calls over TCP.

mod faults;
mod import;
mod limits;
mod others;
mod paging;
mod sales;
mod subscriptions;
mod token;
mod webhooks;
mod windows;
mod world;

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use serde_json::Value;

use crate::{Config, Faults, NOW, Sandbox, client, text};

/// Milliseconds, as the API counts.
const NOW_MS: i64 = NOW * 1000;
const DAY: i64 = 86_400_000;

struct Client {
    sandbox: Sandbox,
    token: String,
}

async fn start(config: Config) -> Client {
    let sandbox = Sandbox::start(config).await.unwrap();
    let token = new_token(&sandbox).await;
    Client { sandbox, token }
}

async fn usual() -> Client {
    start(Config::default()).await
}

async fn faulty(words: &str) -> Client {
    start(Config { faults: faults(words), ..Config::default() }).await
}

fn faults(words: &str) -> Faults {
    words.parse().unwrap()
}

fn basic(id: &str, secret: &str) -> String {
    format!("Basic {}", text::base64(format!("{id}:{secret}").as_bytes()))
}

async fn new_token(sandbox: &Sandbox) -> String {
    let url = format!("{}/security/oauth/token?grant_type=client_credentials", sandbox.url);
    let answer = client::call("POST", &url, &[("Authorization", &basic("id", "secret"))], b"").await.unwrap();
    let body: Value = serde_json::from_slice(&answer.body).unwrap();
    body["access_token"].as_str().unwrap().to_owned()
}

impl Client {
    async fn raw(&self, path: &str) -> std::io::Result<client::Answer> {
        let authorization = format!("Bearer {}", self.token);
        client::call("GET", &format!("{}{path}", self.sandbox.url), &[("Authorization", &authorization)], b"").await
    }

    async fn get(&self, path: &str) -> (u16, Value) {
        let answer = self.raw(path).await.unwrap();
        (answer.status, serde_json::from_slice(&answer.body).unwrap_or(Value::Null))
    }

    async fn ok(&self, path: &str) -> Value {
        let (status, body) = self.get(path).await;
        assert_eq!(status, 200, "{path}: {body}");
        body
    }

    /// The status and `error`.
    async fn failure(&self, path: &str) -> (u16, String) {
        let (status, body) = self.get(path).await;
        (status, body["error"].as_str().unwrap_or("").to_owned())
    }

    /// All items of all pages.
    async fn all(&self, path: &str) -> Vec<Value> {
        let (mut items, mut token) = (Vec::new(), String::new());
        loop {
            let page = self.ok(&format!("{path}{token}")).await;
            items.extend(page["items"].as_array().unwrap().iter().cloned());
            let Some(next) = page["page_info"]["next_page_token"].as_str() else { return items };
            token = format!("&page_token={}", text::escaped(next));
        }
    }
}

/// `transaction_status` for every state.
fn every_status() -> String {
    crate::Status::ALL.iter().map(|status| format!("&transaction_status={}", status.word())).collect()
}

fn history(from: i64, to: i64) -> String {
    format!("/payments/api/v1/sales/history?max_results=500&start_date={from}&end_date={to}")
}

/// How many items have each text at a place.
fn counted(items: &[Value], pointer: &str) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    for item in items {
        let text = item.pointer(pointer).map_or_else(String::new, |value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
        *counts.entry(text).or_insert(0) += 1;
    }
    counts
}

fn zone() -> TimeZone {
    TimeZone::get("America/Sao_Paulo").unwrap()
}
