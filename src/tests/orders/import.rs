//! What is read is all that there is, whatever goes wrong meanwhile.

use std::collections::BTreeMap;

use ajuda::clock::Micros;
use ajuda::orders::account::Account;
use ajuda::orders::import::State;
use ajuda::orders::money::Money;
use ajuda::rooms::Rooms;
use ajuda_hotmart_sandbox::{Sandbox, Status};
use jiff::tz::TimeZone;

use super::{asking, connect, sandbox};
use crate::support::{Engine, Stage, engines};

pub(super) type ByStatus = BTreeMap<String, (u64, BTreeMap<String, String>)>;

/// What is here, as the sandbox counts.
pub(super) async fn here(rooms: &Rooms, account: &Account) -> ByStatus {
    let mut all: ByStatus = BTreeMap::new();
    for row in rooms.orders.by_status(account).await.expect("a database") {
        let (count, sums) = all.entry(row.status).or_default();
        *count += u64::try_from(row.sales).expect("a count");
        if let Some(currency) = row.currency {
            sums.insert(currency.clone(), Money { minor: row.amount, currency }.plain());
        }
    }
    all
}

pub(super) fn there(hotmart: &Sandbox) -> ByStatus {
    hotmart.totals(&TimeZone::UTC).by_status.into_iter().map(|(status, sums)| (status, (sums.count, sums.sums))).collect()
}

/// Reads until nothing is left to read.
pub(super) async fn read_all(rooms: &Rooms) {
    for _ in 0..2000 {
        rooms.orders.read_due(&|| false).await.expect("a database");
        let account = rooms.orders.accounts().list().await.expect("a database").remove(0);
        let progress = rooms.orders.progress(&account).await.expect("a database");
        if progress.state != State::Importing {
            return;
        }
        // Another process may be at it.
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("it never ends");
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_is_read_once_and_again_without_a_change() {
    for engine in engines() {
        let hotmart = sandbox(400, "").await;
        let (stage, _folder) = Stage::with(&engine, asking(&hotmart)).await;
        let account = connect(&stage, "Forno").await.expect("connected");
        read_all(&stage).await;
        let progress = stage.orders.progress(&account).await.expect("a database");
        assert!(progress.complete && progress.state == State::Fresh && progress.failures.is_empty(), "{progress:?}");
        assert_eq!(here(&stage, &account).await, there(&hotmart));
        let totals = hotmart.totals(&TimeZone::UTC);
        let subscriptions: u64 = totals.subscriptions.values().sum();
        assert_eq!(stage.number("SELECT COUNT(*) FROM order_subscriptions").await, i64::try_from(subscriptions).expect("a count"));
        let sales = i64::try_from(totals.sales).expect("a count");
        assert_eq!(stage.number("SELECT COUNT(*) FROM order_people").await, sales);
        assert_eq!(stage.number("SELECT COUNT(*) FROM order_statuses").await, sales, "each was seen in one status");
        let lists = stage.number("SELECT COUNT(DISTINCT stream) FROM order_bodies WHERE round = 'import'").await;
        assert_eq!(lists, 6, "of every list");
        assert_eq!(stage.number("SELECT COUNT(*) FROM order_bodies WHERE sealed LIKE '%transaction%'").await, 0);
        // A week later everything is read again.
        stage.clock.advance(8 * Micros::DAY);
        read_all(&stage).await;
        assert_eq!(here(&stage, &account).await, there(&hotmart));
        assert_eq!(stage.number("SELECT COUNT(*) FROM orders").await, sales);
        let reconciled = stage.orders.reconcile(&account).await.expect("compared");
        assert!(reconciled.months > 40 && reconciled.differences.is_empty(), "{reconciled:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_goes_wrong_at_hotmart_costs_nothing() {
    let faults =
        ["no-repeated-key,empty-body,no-items", "same-cursor,html,expire-token", "slow-502,broken,seconds,currency-code", "unknown,rate-limit"];
    for faults in faults {
        let hotmart = sandbox(120, faults).await;
        let (stage, _folder) = Stage::with(&Engine::Sqlite, asking(&hotmart)).await;
        // A fault may meet the first try as well.
        let account = loop {
            if let Ok(account) = connect(&stage, "Forno").await {
                break account;
            }
        };
        for _ in 0..100 {
            read_all(&stage).await;
            let progress = stage.orders.progress(&account).await.expect("a database");
            if progress.complete {
                break;
            }
            // What failed waits a while.
            stage.clock.advance(2 * Micros::MINUTE);
        }
        assert_eq!(here(&stage, &account).await, there(&hotmart), "{faults}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changes_late_is_found_and_its_history_kept() {
    let hotmart = sandbox(200, "").await;
    let (stage, _folder) = Stage::with(&Engine::Sqlite, asking(&hotmart)).await;
    let account = connect(&stage, "Forno").await.expect("connected");
    read_all(&stage).await;
    let code: String = stage.text("SELECT code FROM orders WHERE class = 'paid' ORDER BY ordered_at DESC LIMIT 1").await;
    assert!(hotmart.set_status(&code, Status::Refunded));
    stage.clock.advance(61 * Micros::MINUTE);
    read_all(&stage).await;
    assert_eq!(stage.text(&format!("SELECT class FROM orders WHERE code = '{code}'")).await, "refunded");
    let seen = format!("SELECT CAST(COUNT(*) AS TEXT) FROM order_statuses WHERE code = '{code}'");
    assert_eq!(stage.text(&seen).await, "2");
    assert_eq!(here(&stage, &account).await, there(&hotmart));
    // A sum that differs is found, and its month read again.
    let old: String = stage.text("SELECT code FROM orders WHERE class = 'paid' ORDER BY ordered_at LIMIT 1").await;
    assert!(hotmart.set_status(&old, Status::Chargeback));
    let reconciled = stage.orders.reconcile(&account).await.expect("compared");
    assert_eq!(reconciled.differences.len(), 2, "one status lost a sale, another got it: {reconciled:?}");
    read_all(&stage).await;
    assert!(stage.orders.reconcile(&account).await.expect("compared").differences.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_share_the_work_and_a_pause_holds() {
    for engine in engines() {
        let hotmart = sandbox(150, "").await;
        let (stage, _folder) = Stage::with(&engine, asking(&hotmart)).await;
        let account = connect(&stage, "Forno").await.expect("connected");
        let other = stage.another();
        let calls = hotmart.calls().len();
        stage.orders.accounts().pause(&account.id, true, &ajuda::events::Actor::Console).await.expect("a database");
        stage.orders.read_due(&|| false).await.expect("a database");
        assert_eq!(hotmart.calls().len(), calls, "nothing is asked");
        stage.orders.accounts().pause(&account.id, false, &ajuda::events::Actor::Console).await.expect("a database");
        let (one, two) = (stage.rooms.clone(), other.rooms.clone());
        let (one, two) = tokio::join!(tokio::spawn(async move { read_all(&one).await }), tokio::spawn(async move { read_all(&two).await }));
        one.and(two).expect("no panic");
        read_all(&stage).await;
        assert_eq!(here(&stage, &account).await, there(&hotmart));
        let asked: Vec<_> = hotmart.calls().into_iter().map(|call| format!("{call:?}")).filter(|call| call.contains("/sales/history")).collect();
        let mut once = asked.clone();
        once.sort();
        once.dedup();
        assert!(asked.len() - once.len() <= 3, "{} of {} questions were asked twice", asked.len() - once.len(), asked.len());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erased_buyer_does_not_come_back_and_the_sums_stay() {
    let hotmart = sandbox(150, "").await;
    let (stage, _folder) = Stage::with(&Engine::Sqlite, asking(&hotmart)).await;
    let account = connect(&stage, "Forno").await.expect("connected");
    read_all(&stage).await;
    let written = stage.text("SELECT buyer_email FROM orders WHERE buyer_email IS NOT NULL ORDER BY ordered_at DESC LIMIT 1").await;
    let email = ajuda::values::Email::parse(&written).expect("an address");
    let bought = stage.orders.of_buyer(&email).await.expect("a database");
    assert!(!bought.is_empty() && bought[0].buyer_email.as_deref() == Some(written.as_str()));
    let raw = stage.orders.raw(&bought[0].code).await.expect("a database");
    assert!(["sales", "people", "commissions"].iter().all(|list| raw.contains_key(list)), "{raw:?}");
    assert!(raw["sales"].get().contains(&written) && stage.orders.raw("%").await.expect("a database").is_empty());
    stage.privacy.erase(&email, &ajuda::events::Actor::Console).await.expect("erased");
    let code = &bought[0].code;
    let left = [
        format!("SELECT CAST(COUNT(*) AS TEXT) FROM orders WHERE code = '{code}' AND (buyer_email IS NOT NULL OR buyer_name IS NOT NULL)"),
        format!("SELECT CAST(COUNT(*) AS TEXT) FROM order_bodies WHERE codes LIKE '% {code} %'"),
        format!("SELECT CAST(COUNT(*) AS TEXT) FROM order_people WHERE code = '{code}' AND contact IS NOT NULL"),
    ];
    for round in 0..2 {
        for sql in &left {
            assert_eq!(stage.text(sql).await, "0", "round {round}: {sql}");
        }
        assert_eq!(here(&stage, &account).await, there(&hotmart));
        assert!(stage.orders.raw(code).await.expect("a database").is_empty());
        // Everything is read again a week later.
        stage.clock.advance(8 * Micros::DAY);
        read_all(&stage).await;
    }
    let others = stage.number("SELECT COUNT(*) FROM order_bodies WHERE round = 'full' AND stream = 'sales'").await;
    assert!(others > 40, "what came with it is kept again");
}
