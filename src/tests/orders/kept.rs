//! What stays of an account and of its buyers, and for how long.

use ajuda::clock::Micros;
use ajuda::events::Actor;
use ajuda::orders::import::State;
use ajuda::staff::Role;
use ajuda_hotmart_sandbox::Status;

use super::import::{here, read_all, there};
use super::{asking, connect, sandbox};
use crate::desk::logged_in;
use crate::support::{Engine, Stage, engines};
use crate::visitor::Visitor;

const TABLES: [&str; 8] =
    ["orders", "order_bodies", "order_statuses", "order_people", "order_commissions", "order_prices", "order_subscriptions", "order_windows"];

#[tokio::test(flavor = "multi_thread")]
async fn sales_stay_or_go_with_an_account_as_asked() {
    for engine in engines() {
        let hotmart = sandbox(150, "").await;
        let (stage, _folder) = Stage::with(&engine, asking(&hotmart)).await;
        let account = connect(&stage, "Forno").await.expect("connected");
        read_all(&stage).await;
        let accounts = stage.orders.accounts();
        let size = accounts.size(&account.id).await.expect("a database");
        assert_eq!(size.sales, stage.number("SELECT COUNT(*) FROM orders").await);
        accounts.disconnect(&account.id, false, &Actor::Console).await.expect("a database");
        let calls = hotmart.calls().len();
        stage.clock.advance(8 * Micros::DAY);
        stage.orders.drop_deleted().await.expect("a database");
        stage.orders.read_due(&|| false).await.expect("a database");
        assert_eq!(hotmart.calls().len(), calls, "nothing is asked");
        let kept = accounts.by_id(&account.id).await.expect("an account");
        assert_eq!(stage.orders.progress(&kept).await.expect("a database").state, State::Disconnected);
        assert_eq!((here(&stage, &kept).await, stage.text("SELECT keys FROM order_accounts").await), (there(&hotmart), String::new()));
        // With the same keys it is the same account, and what was missed comes.
        let old: String = stage.text("SELECT code FROM orders WHERE class = 'paid' ORDER BY ordered_at LIMIT 1").await;
        assert!(hotmart.set_status(&old, Status::Chargeback));
        let again = connect(&stage, "Forno").await.expect("connected");
        assert_eq!(again.id, account.id);
        read_all(&stage).await;
        assert_eq!(here(&stage, &again).await, there(&hotmart));
        accounts.disconnect(&account.id, true, &Actor::Console).await.expect("a database");
        assert!(accounts.list().await.expect("a database").is_empty(), "it is gone for everybody at once");
        stage.orders.drop_deleted().await.expect("a database");
        for table in TABLES {
            assert_eq!(stage.number(&format!("SELECT COUNT(*) FROM {table}")).await, 0, "{table}");
        }
        connect(&stage, "Forno").await.expect("its name is free");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn buyers_are_forgotten_when_their_time_is_over() {
    for engine in engines() {
        let hotmart = sandbox(150, "").await;
        let settings = asking(&hotmart);
        let kept = |config: &mut ajuda::settings::Config| {
            settings(config);
            config.orders.buyers_kept_days = 365;
        };
        let (stage, _folder) = Stage::with(&engine, kept).await;
        let account = connect(&stage, "Forno").await.expect("connected");
        for round in 0..2 {
            read_all(&stage).await;
            let year_ago = stage.clock.now().plus(-365 * Micros::DAY).0;
            let known = |and: &str| format!("SELECT COUNT(*) FROM orders WHERE buyer_email IS NOT NULL AND {and}");
            let (old, new) = (known(&format!("ordered_at <= {year_ago}")), known(&format!("ordered_at > {year_ago}")));
            let of_old = format!("code IN (SELECT code FROM orders WHERE ordered_at <= {year_ago})");
            let contacts = format!("SELECT COUNT(*) FROM order_people WHERE contact IS NOT NULL AND {of_old}");
            let bodies = format!(
                "SELECT COUNT(*) FROM order_bodies WHERE EXISTS (SELECT 1 FROM orders WHERE ordered_at <= {year_ago} AND codes LIKE '% ' || code || ' %')"
            );
            let before = stage.number(&new).await;
            assert!(before > 0 && (round > 0 || stage.number(&old).await > 0));
            stage.orders.prune().await.expect("a database");
            for sql in [&old, &contacts, &bodies] {
                assert_eq!(stage.number(sql).await, 0, "round {round}: {sql}");
            }
            assert_eq!(stage.number(&new).await, before);
            assert_eq!(here(&stage, &account).await, there(&hotmart), "what was sold stays");
            // Everything is read again a week later; some more sales are a year old by then.
            stage.clock.advance(8 * Micros::DAY);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_differs_from_hotmart_is_shown_until_it_no_longer_does() {
    let hotmart = sandbox(150, "").await;
    let visitor = Visitor::with(&Engine::Sqlite, asking(&hotmart)).await;
    let eva = logged_in(&visitor, "eva@example.org", "Eva", Role::Admin).await;
    let account = connect(&visitor.app.rooms, "Forno").await.expect("connected");
    let page = format!("/desk/orders/accounts/{}/compare", account.id);
    assert!(eva.get(&page).await.assert_status(200).text().contains("Ainda há vendas para ler"));
    read_all(&visitor.app.rooms).await;
    assert!(eva.get(&page).await.text().contains("nenhuma diferença"), "it was compared after the import");
    let pool = visitor.app.db.ready().await.expect("a database");
    let old: String =
        sqlx::query_scalar("SELECT code FROM orders WHERE class = 'paid' ORDER BY ordered_at LIMIT 1").fetch_one(&pool).await.expect("a code");
    assert!(hotmart.set_status(&old, Status::Chargeback));
    let asked = eva.post(&page, &[]).await;
    assert!(asked.assert_status(303).header("location").ends_with("done=asked"));
    visitor.app.orders.read_due(&|| false).await.expect("a database");
    let shown = eva.get(&page).await;
    assert!(shown.text().contains("diferenças: 2") && shown.texts_of("tbody tr").len() == 2, "{}", shown.text());
    // What differed is read again, and compared again.
    read_all(&visitor.app.rooms).await;
    visitor.app.orders.ask_comparison(&account.id).await.expect("a database");
    read_all(&visitor.app.rooms).await;
    assert!(eva.get(&page).await.text().contains("nenhuma diferença"));
}
