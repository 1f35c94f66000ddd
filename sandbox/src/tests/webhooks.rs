use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex},
};

use axum::{Router, extract::State, http::HeaderMap};
use serde_json::Value;
use tokio::net::TcpListener;

use super::{DAY, NOW_MS, history, start, usual};
use crate::{Config, Order, Status, Webhook, send, test_webhook, text, webhook_version_1, webhooks};

type Inbox = Arc<Mutex<Vec<(Option<String>, String)>>>;

/// An address that takes webhooks and keeps them.
async fn inbox() -> (String, Inbox) {
    let inbox = Inbox::default();
    let take = async |State(inbox): State<Inbox>, headers: HeaderMap, body: String| {
        let secret = headers.get("x-hotmart-hottok").and_then(|value| value.to_str().ok()).map(str::to_owned);
        inbox.lock().unwrap().push((secret, body));
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let router = Router::new().fallback(take).with_state(Arc::clone(&inbox));
    tokio::spawn(async move { axum::serve(listener, router).await });
    (url, inbox)
}

fn of(order: Order) -> Vec<Webhook> {
    webhooks(&Config::default(), "segredo", 300, order)
}

#[test]
fn all_kinds_of_events_occur() {
    let all = webhooks(&Config { sales: 5000, ..Config::default() }, "segredo", 5000, Order::default());
    let events: BTreeSet<&str> = all.iter().map(|one| one.event.as_str()).collect();
    for event in [
        "PURCHASE_APPROVED",
        "PURCHASE_COMPLETE",
        "PURCHASE_CANCELED",
        "PURCHASE_REFUNDED",
        "PURCHASE_CHARGEBACK",
        "PURCHASE_BILLET_PRINTED",
        "PURCHASE_PROTEST",
        "PURCHASE_EXPIRED",
        "PURCHASE_DELAYED",
        "PURCHASE_OUT_OF_SHOPPING_CART",
        "SUBSCRIPTION_CANCELLATION",
        "SWITCH_PLAN",
        "UPDATE_SUBSCRIPTION_CHARGE_DATE",
        "CLUB_FIRST_ACCESS",
        "CLUB_MODULE_COMPLETED",
    ] {
        assert!(events.contains(event), "{event}");
    }
}

#[test]
fn ids_come_once_dates_rise_and_the_same_seed_sends_the_same() {
    let all = of(Order::default());
    assert_eq!(all.len(), 300);
    assert!(all.is_sorted_by_key(|one| one.created) && all.iter().all(|one| one.created <= NOW_MS + 5_000));
    let ids: BTreeSet<String> = all.iter().map(id).collect();
    assert_eq!(ids.len(), all.len());
    assert_eq!(all, of(Order::default()));
}

fn id(one: &Webhook) -> String {
    serde_json::from_str::<Value>(&one.body).unwrap()["id"].as_str().unwrap().to_owned()
}

#[test]
fn they_come_twice_or_in_disorder_if_asked() {
    let (plain, twice, disordered) =
        (of(Order::default()), of(Order { twice: true, ..Order::default() }), of(Order { disordered: true, ..Order::default() }));
    assert_eq!(twice.len(), 600);
    assert_eq!((&twice[0], &twice[1]), (&plain[0], &plain[0]));
    assert_ne!(plain, disordered);
    let sorted = |all: &[Webhook]| all.iter().map(id).collect::<BTreeSet<_>>();
    assert_eq!(sorted(&plain), sorted(&disordered));
}

#[tokio::test]
async fn the_last_state_that_is_told_is_the_one_that_the_api_shows() {
    let client = start(Config { sales: 3000, ..Config::default() }).await;
    let shown: BTreeMap<String, String> = client
        .all(&(history(NOW_MS - 30 * DAY, NOW_MS) + &super::every_status()))
        .await
        .iter()
        .map(|item| (item["purchase"]["transaction"].as_str().unwrap().to_owned(), item["purchase"]["status"].as_str().unwrap().to_owned()))
        .collect();
    let mut told = 0;
    for (code, word) in shown {
        let all = client.sandbox.webhooks_of("segredo", &code);
        let Some((expected, _)) = Status::named(&word).unwrap().webhook() else { continue };
        let last = all.iter().rfind(|one| one.event.starts_with("PURCHASE_") && one.transaction.is_some());
        let Some(last) = last else {
            assert_eq!(word, "OVERDUE");
            continue;
        };
        let body: Value = serde_json::from_str(&last.body).unwrap();
        assert_eq!(body["data"]["purchase"]["status"], expected, "{code}");
        assert_eq!(body["data"]["purchase"]["transaction"], code.as_str());
        told += 1;
    }
    assert!(told > 30);
}

#[tokio::test]
async fn a_state_that_was_set_is_told_with_its_moment() {
    let client = usual().await;
    let sale = client.all(&history(NOW_MS - 300 * DAY, NOW_MS)).await[0].clone();
    let code = sale["purchase"]["transaction"].as_str().unwrap();
    client.sandbox.set_status(code, Status::Refunded);
    let all = client.sandbox.webhooks_of("segredo", code);
    let last = all.iter().rfind(|one| one.transaction.is_some()).unwrap();
    assert_eq!((last.event.as_str(), last.created), ("PURCHASE_REFUNDED", NOW_MS + 5_000));
}

#[tokio::test]
async fn they_are_posted_with_the_secret() {
    let (url, inbox) = inbox().await;
    let all = of(Order::default());
    let answers = send(&url, "segredo", &all).await.unwrap();
    assert_eq!(answers, BTreeMap::from([(200, 300)]));
    let inbox = inbox.lock().unwrap().clone();
    assert!(inbox.iter().all(|(secret, _)| secret.as_deref() == Some("segredo")));
    assert!(inbox.iter().map(|(_, body)| body).eq(all.iter().map(|one| &one.body)));
    assert!(send("https://127.0.0.1:1/", "segredo", &all).await.is_err());
}

#[test]
fn the_older_version_is_a_form_with_the_secret_inside() {
    let one = webhook_version_1(&Config::default(), "segredo").unwrap();
    assert_eq!(one.content_type, "application/x-www-form-urlencoded");
    let fields: BTreeMap<String, String> = text::pairs(&one.body).into_iter().collect();
    assert_eq!(fields["hottok"], "segredo");
    assert_eq!(Some(&fields["transaction"]), one.transaction.as_ref());
    assert!(fields.contains_key("callback_type") && fields["email"].ends_with("xample.com"));
}

#[test]
fn the_test_button_sends_a_product_without_a_number() {
    let body: Value = serde_json::from_str(&test_webhook("segredo").body).unwrap();
    assert_eq!(body["data"]["product"]["id"], 0);
    assert_eq!(body["hottok"], "segredo");
}
