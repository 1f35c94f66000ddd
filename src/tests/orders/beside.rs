//! Purchases beside a ticket.

use ajuda::i18n::Lang;
use ajuda::orders::status::STATUSES;
use ajuda::staff::Role;
use sqlx::AssertSqlSafe;

use super::import::read_all;
use super::{asking, connect, sandbox};
use crate::desk::logged_in;
use crate::support::engines;
use crate::visitor::{Visitor, form_with};

pub(super) async fn text(visitor: &Visitor, sql: &str) -> String {
    let pool = visitor.app.db.ready().await.expect("a database");
    sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_one(&pool).await.expect("a text")
}

/// The path of a new ticket's page on the desk.
pub(super) async fn filed(visitor: &Visitor, email: &str, code: &str) -> String {
    let fields = form_with(&[("email", email), ("code", code), ("subject", "Minha compra")]);
    let sent = visitor.stranger().post("/pt/contact", &fields).await;
    let reference = sent.assert_status(303).header("location").trim_end_matches("/sent").rsplit('/').next().expect("a reference").to_owned();
    format!("/desk/tickets/{reference}")
}

/// As if every author had come through their mailbox.
pub(super) async fn verify_all(visitor: &Visitor) {
    let mut write = visitor.app.db.begin().await.expect("a transaction");
    sqlx::query("UPDATE tickets SET proof = 'mailbox_link'").execute(&mut *write).await.expect("an update");
    write.commit().await.expect("a commit");
}

#[tokio::test(flavor = "multi_thread")]
async fn purchases_show_beside_a_ticket_once_its_address_is_confirmed() {
    for engine in engines() {
        let hotmart = sandbox(150, "").await;
        let visitor = Visitor::with(&engine, asking(&hotmart)).await;
        let ana = logged_in(&visitor, "ana@example.org", "Ana", Role::Agent).await;
        let before = filed(&visitor, "ninguem@example.com", "").await;
        assert!(ana.get(&before).await.text_of("[aria-labelledby=purchases]").is_none(), "nothing is connected");
        connect(&visitor.app.rooms, "Forno").await.expect("connected");
        read_all(&visitor.app.rooms).await;
        let newest = "FROM orders WHERE buyer_email IS NOT NULL AND class = 'paid' ORDER BY ordered_at DESC LIMIT 1";
        let (email, code) = (text(&visitor, &format!("SELECT buyer_email {newest}")).await, text(&visitor, &format!("SELECT code {newest}")).await);
        let product = text(&visitor, &format!("SELECT product_name {newest}")).await;

        let page = ana.get(&before).await;
        assert!(page.text_of("[aria-labelledby=purchases]").expect("a section").contains("Nenhuma compra"));
        let path = filed(&visitor, &email, "").await;
        let hidden = ana.get(&path).await.text_of("[aria-labelledby=purchases]").expect("a section");
        assert!(hidden.contains("compra") && hidden.contains("Para confirmar") && !hidden.contains(&code) && !hidden.contains(&product), "{hidden}");
        let named = ana.get(&filed(&visitor, &email, &code).await).await.text_of("[aria-labelledby=purchases]").expect("a section");
        assert!(named.contains("Para confirmar") && named.contains(&code) && named.contains(&product) && !named.contains("outro e-mail"), "{named}");
        verify_all(&visitor).await;
        let shown = ana.get(&path).await.text_of("[aria-labelledby=purchases]").expect("a section");
        assert!(shown.contains(&code) && shown.contains(&product) && shown.contains("Paga"), "{shown}");
        let other = filed(&visitor, "outra@example.com", &code).await;
        let by_code = ana.get(&other).await.text_of("[aria-labelledby=purchases]").expect("a section");
        assert!(by_code.contains("outro e-mail") && by_code.contains(&code) && !by_code.contains(&email), "{by_code}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_purchase_is_told_with_all_that_the_other_lists_say_of_it() {
    for engine in engines() {
        let hotmart = sandbox(600, "").await;
        let visitor = Visitor::with(&engine, asking(&hotmart)).await;
        let ana = logged_in(&visitor, "ana@example.org", "Ana", Role::Agent).await;
        connect(&visitor.app.rooms, "Forno").await.expect("connected");
        read_all(&visitor.app.rooms).await;
        let beside = async |code: &str| {
            let path = filed(&visitor, "outra@example.com", "").await;
            // In a message, in small letters and between other words.
            let said = format!("O código é {}, obrigada.", code.to_lowercase());
            let reference = path.rsplit('/').next().expect("a reference").to_owned();
            let mut write = visitor.app.db.begin().await.expect("a transaction");
            let message = sqlx::query("UPDATE messages SET body = $1 WHERE ticket = (SELECT id FROM tickets WHERE reference = $2)");
            message.bind(said).bind(reference).execute(&mut *write).await.expect("an update");
            write.commit().await.expect("a commit");
            let page = ana.get(&path).await;
            (page.text_of("[aria-labelledby=purchases]").expect("a section"), page, path)
        };
        let by_card = text(&visitor, "SELECT code FROM orders WHERE payment_type = 'CREDIT_CARD' AND class = 'paid' ORDER BY code LIMIT 1").await;
        let (shown, ..) = beside(&by_card).await;
        assert!(shown.contains(&by_card) && shown.contains("cartão de crédito"), "{shown}");
        assert!(!shown.contains("Conta:"), "of one account there is no need to name it: {shown}");

        let with_affiliate =
            "FROM orders JOIN order_people ON order_people.code = orders.code WHERE affiliate IS NOT NULL ORDER BY orders.code LIMIT 1";
        let (code, affiliate) = (
            text(&visitor, &format!("SELECT orders.code {with_affiliate}")).await,
            text(&visitor, &format!("SELECT affiliate {with_affiliate}")).await,
        );
        let (shown, ..) = beside(&code).await;
        assert!(shown.contains(&format!("Afiliado: {affiliate}")), "{shown}");

        let active = "FROM order_recurrences JOIN order_subscriptions ON order_subscriptions.code = order_recurrences.subscription
            WHERE order_subscriptions.status = 'ACTIVE' ORDER BY order_recurrences.code LIMIT 1";
        let (shown, ..) = beside(&text(&visitor, &format!("SELECT order_recurrences.code {active}")).await).await;
        assert!(shown.contains("Assinatura") && shown.contains("ativa") && shown.contains("próxima cobrança"), "{shown}");

        let refused = text(&visitor, "SELECT code FROM order_recurrences WHERE refusal = 'INSUFFICIENT FUNDS' ORDER BY code LIMIT 1").await;
        let (shown, ..) = beside(&refused).await;
        assert!(shown.contains("Sem saldo ou limite suficiente"), "{shown}");

        let mut write = visitor.app.db.begin().await.expect("a transaction");
        let other = "INSERT INTO order_accounts (id, name, environment, client_id, keys, paused_at, created_at)
            VALUES ('zz', 'Padaria', 'sandbox', 'c', 'k', 1, 9000000000000000)";
        sqlx::query(other).execute(&mut *write).await.expect("another account");
        write.commit().await.expect("a commit");
        let (shown, ..) = beside(&by_card).await;
        assert!(shown.contains("Conta: Forno"), "{shown}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_article_that_fits_is_inserted_by_one_press() {
    for engine in engines() {
        let hotmart = sandbox(150, "").await;
        let visitor = Visitor::with(&engine, asking(&hotmart)).await;
        let ana = logged_in(&visitor, "ana@example.org", "Ana", Role::Agent).await;
        connect(&visitor.app.rooms, "Forno").await.expect("connected");
        read_all(&visitor.app.rooms).await;
        let mut write = visitor.app.db.begin().await.expect("a transaction");
        let within = sqlx::query("UPDATE orders SET guarantee_until = 9000000000000000 WHERE status = 'APPROVED'");
        within.execute(&mut *write).await.expect("an update");
        write.commit().await.expect("a commit");
        let code = text(&visitor, "SELECT code FROM orders WHERE status = 'APPROVED' ORDER BY code LIMIT 1").await;
        let path = filed(&visitor, "outra@example.com", &code).await;
        let page = ana.get(&path).await;
        let offered = page.attributes(".purchases button[name=insert]", "value");
        let refund = offered.iter().find(|value| value.starts_with("article:buyer/refunds/ask-for-a-refund")).expect("an article");
        assert!(page.attributes(".purchases button[name=insert]", "form").iter().all(|form| form == "reply"));
        let fields = [("insert", refund.as_str()), ("text", "Bom dia!"), ("base_seq", "0"), ("draft_version", "0")];
        let inserted = ana.post(&format!("{path}/reply"), &fields).await;
        let typed = inserted.assert_status(200).text_of("#reply-text").expect("a text");
        assert!(typed.starts_with("Bom dia!") && typed.contains("](http") && typed.contains("/pt/"), "{typed}");
        // For a state that no article is about there is no button.
        let chargeback = text(&visitor, "SELECT code FROM orders WHERE status = 'PRINTED_BILLET' ORDER BY code LIMIT 1").await;
        let other = ana.get(&filed(&visitor, "outra2@example.com", &chargeback).await).await;
        assert!(other.attributes(".purchases button[name=insert]", "value").is_empty());
    }
}

#[test]
fn each_of_the_17_words_is_said_in_every_language() {
    for word in STATUSES {
        assert!(Lang::ALL.iter().all(|lang| lang.sale_status(word).is_some()), "{word}");
    }
    assert_eq!(Lang::Pt.sale_status("IN_MEDIATION"), None, "it is shown as it is");
}
