//! Servers that mean harm, and secrets that must not get out.

use std::time::{Duration, Instant};

use ajuda::orders::{CallError, ConnectError};

use super::{asking, connect, sandbox};
use crate::support::{Engine, Stage};

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_redirects_answers_for_ever_or_not_at_all_is_given_up() {
    for (faults, wanted) in [("redirect", CallError::NotHotmart), ("huge", CallError::NotHotmart), ("stall", CallError::NotReached)] {
        let hotmart = sandbox(10, faults).await;
        let (stage, _folder) = Stage::with(&Engine::Sqlite, asking(&hotmart)).await;
        let begun = Instant::now();
        match connect(&stage, "Forno").await {
            Err(ConnectError::Call(error)) => assert_eq!(error, wanted, "{faults}"),
            other => panic!("{faults}: {other:?}"),
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "{faults}: {:?}", begun.elapsed());
    }
    let (stage, _folder) = Stage::with(&Engine::Sqlite, |config| config.orders.base_url = "http://127.0.0.1:1".into()).await;
    assert!(matches!(connect(&stage, "Forno").await, Err(ConnectError::Call(CallError::NotReached))));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_secret_is_in_an_address() {
    let hotmart = sandbox(10, "").await;
    let (stage, _folder) = Stage::with(&Engine::Sqlite, asking(&hotmart)).await;
    connect(&stage, "Forno").await.expect("connected");
    stage.orders.read_due(&|| false).await.expect("a database");
    let calls = hotmart.calls();
    assert!(calls.len() > 10 && calls.iter().all(|call| !format!("{call:?}").contains(super::SECRET)));
    assert!(calls.iter().any(|call| matches!(call, ajuda_hotmart_sandbox::Call::Token(ajuda_hotmart_sandbox::Form::Body))));
}
