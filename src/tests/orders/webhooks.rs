//! Webhooks: forged, sent twice, in any order, of the wrong version.

use ajuda::config::Secret;
use ajuda::events::Actor;
use ajuda_hotmart_sandbox::{Order, Sandbox, Webhook};
use axum::body::Body;
use axum::http::Request;

use super::{asking, connect, sandbox};
use crate::support::Engine;
use crate::visitor::{Reply, Visitor};

const HOTTOK: &str = "t0k-of-the-account";

struct Stage {
    hotmart: Sandbox,
    visitor: Visitor,
    account: String,
}

async fn stage(engine: &Engine) -> Stage {
    let hotmart = sandbox(150, "").await;
    let visitor = Visitor::with(engine, asking(&hotmart)).await;
    let account = connect(&visitor.app.rooms, "Forno").await.expect("connected").id;
    let hottok = Secret::new(HOTTOK);
    visitor.app.orders.accounts().set_hottok(&account, Some(&hottok), &Actor::Console).await.expect("a database");
    Stage { hotmart, visitor, account }
}

impl Stage {
    async fn post(&self, account: &str, hottok: Option<&str>, kind: &str, body: &str) -> Reply {
        let request = Request::post(format!("/hooks/hotmart/{account}")).header("content-type", kind);
        let request = hottok.into_iter().fold(request, |request, hottok| request.header("x-hotmart-hottok", hottok));
        self.visitor.stranger().send(request.body(Body::from(body.to_owned())).expect("a request")).await
    }

    async fn send(&self, webhook: &Webhook) -> Reply {
        self.post(&self.account, Some(HOTTOK), webhook.content_type, &webhook.body).await
    }

    async fn number(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&self.visitor.app.db.ready().await.expect("a database")).await.expect("a number")
    }
}

#[tokio::test]
async fn forged_webhooks_change_nothing() {
    let stage = stage(&Engine::Sqlite).await;
    let webhook = stage.hotmart.webhooks(HOTTOK, 1, Order::default()).remove(0);
    let kind = webhook.content_type;
    let without = webhook.body.replace(HOTTOK, "x");
    for hottok in [None, Some(""), Some("wrong"), Some("T0K-OF-THE-ACCOUNT"), Some("\0")] {
        let hottok = hottok.filter(|hottok| !hottok.contains('\0'));
        stage.post(&stage.account, hottok, kind, &without).await.assert_status(401);
    }
    for account in ["nobody", "x'", "..", "%00"] {
        let status = stage.post(account, Some(HOTTOK), kind, &webhook.body).await.status.as_u16();
        assert!([400, 401, 404].contains(&status), "{account}: {status}");
    }
    for body in ["", "{}", "[]", "null", "{\"version\":\"2.0.0\"}", "{\"version\":\"1.0.0\"}", "\u{0}", "hottok=t0k&status=approved"] {
        stage.post(&stage.account, Some(HOTTOK), kind, body).await.assert_status(400);
    }
    let old = ajuda_hotmart_sandbox::webhook_version_1(&ajuda_hotmart_sandbox::Config::default(), HOTTOK).expect("one");
    let refused = stage.post(&stage.account, Some(HOTTOK), old.content_type, &old.body).await;
    assert!(refused.assert_status(400).text().contains("2.0.0"), "it says what to choose");
    assert_eq!(stage.number("SELECT COUNT(*) FROM order_webhooks").await, 0);
    assert_eq!(stage.number("SELECT COUNT(*) FROM orders").await, 0);
    // Who takes none takes none, whatever is sent.
    stage.visitor.app.orders.accounts().set_hottok(&stage.account, None, &Actor::Console).await.expect("a database");
    stage.post(&stage.account, Some(""), kind, &webhook.body).await.assert_status(401);
    stage.post(&stage.account, None, kind, &without).await.assert_status(401);
}

#[tokio::test(flavor = "multi_thread")]
async fn in_any_order_and_twice_they_come_to_the_same() {
    for disordered in [false, true] {
        let stage = stage(&Engine::Sqlite).await;
        let webhooks = stage.hotmart.webhooks(HOTTOK, 300, Order { disordered, twice: true });
        assert!(webhooks.len() >= 300);
        for webhook in &webhooks {
            stage.send(webhook).await.assert_status(204);
        }
        let ids = stage.number("SELECT COUNT(*) FROM order_webhooks").await;
        assert_eq!(usize::try_from(ids).expect("a count") * 2, webhooks.len(), "each was taken once");
        // The newest word of each sale is what holds.
        let mut newest: std::collections::BTreeMap<String, &Webhook> = std::collections::BTreeMap::new();
        for webhook in webhooks.iter().filter(|webhook| webhook.body.contains("\"purchase\"")) {
            let Some(code) = webhook.transaction.clone() else { continue };
            let known = newest.entry(code).or_insert(webhook);
            if webhook.created > known.created {
                *known = webhook;
            }
        }
        for (code, webhook) in newest {
            let word = serde_json::from_str::<serde_json::Value>(&webhook.body).expect("JSON")["data"]["purchase"]["status"].clone();
            let Some(word) = word.as_str().map(str::to_owned) else { continue };
            let sql = format!("SELECT status FROM orders WHERE code = '{code}'");
            let pool = stage.visitor.app.db.ready().await.expect("a database");
            let status: String = sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(&pool).await.expect("a sale");
            assert_eq!(status, ajuda::orders::status::of_webhook(&word), "{code}");
        }
    }
}
