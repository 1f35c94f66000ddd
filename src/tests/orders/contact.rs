//! How a buyer is reached: on request, by role, and noted.

use ajuda::staff::Role;
use sqlx::Row as _;

use super::beside::{filed, text, verify_all};
use super::import::read_all;
use super::{asking, connect, sandbox};
use crate::desk::logged_in;
use crate::support::engines;
use crate::visitor::Visitor;

#[tokio::test(flavor = "multi_thread")]
async fn a_contact_is_shown_on_request_to_whose_role_has_it_and_the_request_is_noted() {
    for engine in engines() {
        let hotmart = sandbox(150, "").await;
        let visitor = Visitor::with(&engine, asking(&hotmart)).await;
        let ana = logged_in(&visitor, "ana@example.org", "Ana", Role::Agent).await;
        let lia = logged_in(&visitor, "lia@example.org", "Lia", Role::Lead).await;
        connect(&visitor.app.rooms, "Forno").await.expect("connected");
        read_all(&visitor.app.rooms).await;
        let newest = "FROM orders JOIN order_people ON order_people.code = orders.code WHERE contact IS NOT NULL ORDER BY ordered_at DESC LIMIT 1";
        let (email, code) =
            (text(&visitor, &format!("SELECT buyer_email {newest}")).await, text(&visitor, &format!("SELECT orders.code {newest}")).await);
        let account = text(&visitor, "SELECT id FROM order_accounts").await;
        let path = filed(&visitor, &email, "").await;
        verify_all(&visitor).await;

        let reference = path.rsplit('/').next().expect("a reference");
        let fields = [("account", account.as_str()), ("code", code.as_str()), ("ticket", reference)];
        let page = lia.post("/desk/orders/contact", &fields).await;
        let told = page.assert_status(200).texts_of("main dd .purchase-facts");
        assert!(told.len() >= 3, "{told:?}");
        // A country's two letters stand in many a word.
        let told: Vec<String> = told.into_iter().filter(|secret| secret.len() > 5).collect();
        assert!(page.header("cache-control").contains("no-store"));
        assert_eq!(page.attributes("main a.button", "href"), std::slice::from_ref(&path));

        let (of_ana, of_lia) = (ana.get(&path).await.text(), lia.get(&path).await.text());
        for secret in &told {
            assert!(!of_ana.contains(secret.as_str()) && !of_lia.contains(secret.as_str()), "{secret} without a press");
        }
        assert!(of_lia.contains("/desk/orders/contact") && !of_ana.contains("/desk/orders/contact"));
        ana.post("/desk/orders/contact", &fields).await.assert_status(403);
        lia.get("/desk/orders/contact").await.assert_status(405);
        let other = [("account", account.as_str()), ("code", "HP1")];
        for wrong in [&other[..], &[], &[("account", "\0"), ("code", "\0")], &[("account", &account), ("code", &"9".repeat(10_000))]] {
            lia.post("/desk/orders/contact", wrong).await.assert_status(404);
        }
        let pool = visitor.app.db.ready().await.expect("a database");
        let events = sqlx::query("SELECT actor, subject, data FROM events WHERE kind = 'contact_seen'").fetch_all(&pool).await.expect("events");
        assert_eq!(events.len(), 1, "what was refused was not shown");
        let (actor, subject, data): (Option<String>, String, String) = (events[0].get(0), events[0].get(1), events[0].get(2));
        assert!(actor.is_some() && subject == code && data.contains(&account), "{data}");
        assert!(told.iter().all(|secret| !data.contains(secret.as_str())), "{data}");
    }
}
