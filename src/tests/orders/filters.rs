//! Tickets filtered by what their customers bought.

use ajuda::staff::Role;
use ajuda::tickets::model::list::{Cursor, Filter, SaleFilter, View};

use super::beside::{filed, text, verify_all};
use super::import::read_all;
use super::{asking, connect, sandbox};
use crate::desk::logged_in;
use crate::support::{Acts, HOME, Stage, draft, engines};
use crate::visitor::Visitor;

#[tokio::test(flavor = "multi_thread")]
async fn the_list_is_filtered_by_what_confirmed_customers_bought() {
    for engine in engines() {
        let hotmart = sandbox(300, "").await;
        let visitor = Visitor::with(&engine, asking(&hotmart)).await;
        let ana = logged_in(&visitor, "ana@example.org", "Ana", Role::Agent).await;
        assert!(ana.get("/desk?view=all&sale=paid").await.text_of("#filter-sale").is_none(), "nothing is connected");
        connect(&visitor.app.rooms, "Forno").await.expect("connected");
        read_all(&visitor.app.rooms).await;
        let one = |class: &str| {
            format!(
                "FROM orders WHERE class = '{class}' AND buyer_key NOT IN (SELECT buyer_key FROM orders AS o WHERE o.class <> '{class}' AND buyer_key IS NOT NULL)
                ORDER BY code LIMIT 1"
            )
        };
        let (paid, refunded) = (one("paid"), one("refunded"));
        let product = text(&visitor, &format!("SELECT product {paid}")).await;
        let (payer, refundee) =
            (text(&visitor, &format!("SELECT buyer_email {paid}")).await, text(&visitor, &format!("SELECT buyer_email {refunded}")).await);
        let payer_ticket = filed(&visitor, &payer, "").await;
        let refundee_ticket = filed(&visitor, &refundee, "").await;
        let stranger_ticket = filed(&visitor, "ninguem@example.com", "").await;
        let listed = async |query: &str| ana.get(&format!("/desk?view=all&{query}")).await.attributes(".row-subject a", "href");
        assert_eq!(listed("x=1").await.len(), 3);
        assert!(listed("sale=paid").await.is_empty() && listed("sale=refunded").await.is_empty(), "nobody has confirmed anything");
        verify_all(&visitor).await;
        assert_eq!(listed("sale=paid").await, std::slice::from_ref(&payer_ticket));
        assert_eq!(listed("sale=refunded").await, [refundee_ticket]);
        assert!(listed(&format!("product={product}")).await.contains(&payer_ticket));
        assert!(!listed(&format!("product={product}")).await.contains(&stranger_ticket));
        assert!(listed("product=no-such").await.is_empty() && listed("sale=paid&bought=1&product=no-such").await.is_empty());
        assert!(listed("bought=10000").await.contains(&payer_ticket));
        let of_open = ana.get("/desk?view=unassigned&sale=paid").await;
        assert_eq!(of_open.attributes(".row-subject a", "href"), [payer_ticket]);
        assert!(of_open.attributes("#filter-product option", "value").contains(&product));
    }
}

/// Of what is open, a page looks at two thousand; by its next ones at all.
#[tokio::test]
async fn what_few_bought_is_found_however_much_is_open() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        let filed = stage.file(&draft("Uma pergunta", "maria@example.com"), HOME).await.expect("a ticket").key;
        let address: String = {
            let pool = stage.db.ready().await.expect("a database");
            sqlx::query_scalar("SELECT address FROM tickets").fetch_one(&pool).await.expect("an address")
        };
        let mut write = stage.db.begin().await.expect("a database");
        let account = "INSERT INTO order_accounts (id, name, environment, client_id, keys, created_at) VALUES ('a', 'A', 'sandbox', 'c', 'k', 0)";
        sqlx::query(account).execute(&mut *write).await.expect("an account");
        let sale = "INSERT INTO orders (account, code, status, class, product, buyer_key, is_subscription, status_at, first_seen_at, updated_at)
            VALUES ('a', 'HP1', 'APPROVED', 'paid', 'p', 'buyer', 0, 0, 0, 0)";
        sqlx::query(sale).execute(&mut *write).await.expect("a sale");
        sqlx::query("INSERT INTO order_addresses (address, buyer) VALUES ($1, 'buyer')").bind(&address).execute(&mut *write).await.expect("a buyer");
        // Copies, of which some are confirmed; half of them have no due time.
        let copies = "INSERT INTO tickets (id, reference, version, created_at, updated_at, status, channel, proof, customer, address, name, lang,
                subject, priority, generation, due_at)
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9000)
            SELECT 'copy' || i, 'r' || i, 1, created_at, updated_at, 'new', channel,
                CASE WHEN i IN (1, 3999, 4000, 4001, 9000) THEN 'session' ELSE 'none' END, customer, address, name, lang, subject, priority, 1,
                CASE WHEN i < 4500 THEN due_at + i / 3 ELSE NULL END FROM n, tickets WHERE tickets.id = $1";
        sqlx::query(copies).bind(&filed.id).execute(&mut *write).await.expect("copies");
        for (number, at) in [1, 3999, 4000, 4001, 9000].iter().enumerate() {
            let reference = ajuda::tickets::model::Reference::of_number(number as u64).to_string();
            let named = sqlx::query("UPDATE tickets SET reference = $2 WHERE id = $1").bind(format!("copy{at}")).bind(reference);
            named.execute(&mut *write).await.expect("one");
        }
        write.commit().await.expect("a commit");
        let filter = Filter { sale: SaleFilter { product: Some("p".into()), ..SaleFilter::default() }, ..Filter::default() };
        let (mut found, mut pages, mut after) = (Vec::new(), 0, None);
        loop {
            let page = stage.tickets.lists().page(View::Unassigned, &filter, "nobody", after.as_ref(), 2).await.expect("a page");
            found.extend(page.rows.into_iter().map(|row| row.id));
            pages += 1;
            let Some(next) = page.next else { break };
            after = Cursor::parse(&next.to_string());
            assert!(after.is_some());
        }
        found.sort_unstable();
        assert_eq!(found, ["copy1", "copy3999", "copy4000", "copy4001", "copy9000"]);
        assert!((5..9).contains(&pages), "{pages}");
        let none = SaleFilter { class: Some("refunded".into()), ..SaleFilter::default() };
        let page =
            stage.tickets.lists().page(View::Unassigned, &Filter { sale: none, ..Filter::default() }, "nobody", None, 2).await.expect("a page");
        assert!(page.rows.is_empty() && page.next.is_some(), "there is more to look at");
    }
}

#[tokio::test]
async fn every_address_is_known_among_buyers_also_one_that_was_written_late() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        for number in 0..5 {
            stage.file(&draft("Uma pergunta", &format!("p{number}@example.com")), HOME).await.expect("a ticket");
        }
        assert!(!stage.orders.know_addresses().await.expect("a database"));
        assert_eq!(stage.number("SELECT COUNT(*) FROM order_addresses").await, 5);
        let mut write = stage.db.begin().await.expect("a database");
        sqlx::query("DELETE FROM order_addresses WHERE address = (SELECT MIN(id) FROM addresses)").execute(&mut *write).await.expect("one less");
        write.commit().await.expect("a commit");
        stage.orders.know_addresses().await.expect("a database");
        assert_eq!(stage.number("SELECT COUNT(*) FROM order_addresses").await, 5);
    }
}
