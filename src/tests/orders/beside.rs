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

async fn text(visitor: &Visitor, sql: &str) -> String {
    let pool = visitor.app.db.ready().await.expect("a database");
    sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_one(&pool).await.expect("a text")
}

/// The path of a new ticket's page on the desk.
async fn filed(visitor: &Visitor, email: &str, code: &str) -> String {
    let fields = form_with(&[("email", email), ("code", code), ("subject", "Minha compra")]);
    let sent = visitor.stranger().post("/pt/contact", &fields).await;
    let reference = sent.assert_status(303).header("location").trim_end_matches("/sent").rsplit('/').next().expect("a reference").to_owned();
    format!("/desk/tickets/{reference}")
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
        assert!(hidden.contains("compra") && !hidden.contains(&code) && !hidden.contains(&product), "{hidden}");
        let mut write = visitor.app.db.begin().await.expect("a transaction");
        sqlx::query("UPDATE tickets SET proof = 'mailbox_link'").execute(&mut *write).await.expect("an update");
        write.commit().await.expect("a commit");
        let shown = ana.get(&path).await.text_of("[aria-labelledby=purchases]").expect("a section");
        assert!(shown.contains(&code) && shown.contains(&product) && shown.contains("Paga"), "{shown}");
        let other = filed(&visitor, "outra@example.com", &code).await;
        let by_code = ana.get(&other).await.text_of("[aria-labelledby=purchases]").expect("a section");
        assert!(by_code.contains("outro e-mail") && by_code.contains(&code) && !by_code.contains(&email), "{by_code}");
    }
}

#[test]
fn each_of_the_17_words_is_said_in_every_language() {
    for word in STATUSES {
        assert!(Lang::ALL.iter().all(|lang| lang.sale_status(word).is_some()), "{word}");
    }
    assert_eq!(Lang::Pt.sale_status("IN_MEDIATION"), None, "it is shown as it is");
}
