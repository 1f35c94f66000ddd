//! Purchases found by code, address or name.

use ajuda::events::Actor;
use ajuda::orders::{FOUND_MAX, SearchedBy};
use ajuda::staff::Role;
use sqlx::{AssertSqlSafe, Row as _};

use super::beside::text;
use super::import::read_all;
use super::{asking, connect, sandbox};
use crate::desk::logged_in;
use crate::statements;
use crate::support::{Engine, Stage, engines};
use crate::visitor::Visitor;

#[tokio::test(flavor = "multi_thread")]
async fn purchases_are_found_by_what_a_customer_can_say() {
    for engine in engines() {
        let hotmart = sandbox(300, "").await;
        let (stage, _folder) = Stage::with(&engine, asking(&hotmart)).await;
        connect(&stage, "Forno").await.expect("connected");
        read_all(&stage).await;
        let mut write = stage.db.begin().await.expect("a transaction");
        // Somebody whose name has what is left out.
        let named = "UPDATE orders SET buyer_name = 'José Ácido', buyer_fold = $1 WHERE code = (SELECT MIN(code) FROM orders)";
        sqlx::query(named).bind("6a6f736520616369646f").execute(&mut *write).await.expect("an update");
        write.commit().await.expect("a commit");
        let search = async |typed: &str| stage.orders.search(typed, &Actor::Console).await.expect("a database");
        let pool = stage.db.ready().await.expect("a database");
        let one = sqlx::query("SELECT code, buyer_email, buyer_name FROM orders WHERE buyer_name <> 'José Ácido' ORDER BY ordered_at DESC LIMIT 1");
        let one = one.fetch_one(&pool).await.expect("a sale");
        let (code, email, name): (String, String, String) = (one.get(0), one.get(1), one.get(2));

        for typed in [code.clone(), format!(" {} ", code.to_lowercase()), format!("{} {}", &code[..4], &code[4..])] {
            let found = search(&typed).await.expect("searched");
            assert_eq!((found.by, found.purchases.len(), found.purchases[0].code.as_str()), (SearchedBy::Code, 1, code.as_str()), "{typed}");
        }
        let found = search(&email.to_uppercase()).await.expect("searched");
        assert!(found.by == SearchedBy::Address && found.purchases.iter().any(|purchase| purchase.code == code));
        let found = search(&name.to_uppercase()).await.expect("searched");
        assert!(found.by == SearchedBy::Name && !found.purchases.is_empty());
        assert!(found.purchases.iter().all(|purchase| purchase.buyer_name.as_deref().is_some_and(|known| known.starts_with(&name))));
        for typed in ["jose acido", "JOSÉ", "  josé   ácido ", "jos"] {
            let found = search(typed).await.expect("searched");
            assert!(found.purchases.iter().any(|purchase| purchase.buyer_name.as_deref() == Some("José Ácido")), "{typed}");
        }
        for nothing in ["jose acidos", "ácido", "%%%", "___", "HP000000000000", "nobody@example.net", "'; DROP TABLE orders; --", "💥💥💥"] {
            assert!(search(nothing).await.is_some_and(|found| found.purchases.is_empty()), "{nothing}");
        }
        for little in ["", " ", "jo", "\0\0\0", "@", "a@", "a b@c"] {
            assert_eq!(search(little).await, None, "{little:?}");
        }
        assert_eq!(search(&"é".repeat(100_000)).await.map(|found| found.purchases.len()), Some(0));
        let mut write = stage.db.begin().await.expect("a transaction");
        sqlx::query("UPDATE orders SET buyer_name = 'Muitas', buyer_fold = '6d7569746173'").execute(&mut *write).await.expect("an update");
        write.commit().await.expect("a commit");
        assert_eq!(search("mui").await.map(|found| found.purchases.len()), Some(FOUND_MAX));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_is_noted_without_its_words_and_shows_no_whole_address() {
    for engine in engines() {
        let hotmart = sandbox(150, "").await;
        let visitor = Visitor::with(&engine, asking(&hotmart)).await;
        let ana = logged_in(&visitor, "ana@example.org", "Ana", Role::Agent).await;
        ana.get("/desk/orders/find").await.assert_status(404);
        connect(&visitor.app.rooms, "Forno").await.expect("connected");
        read_all(&visitor.app.rooms).await;
        let newest = "FROM orders WHERE buyer_email IS NOT NULL ORDER BY ordered_at DESC LIMIT 1";
        let (email, code) = (text(&visitor, &format!("SELECT buyer_email {newest}")).await, text(&visitor, &format!("SELECT code {newest}")).await);
        let name = text(&visitor, &format!("SELECT buyer_name {newest}")).await;

        assert!(ana.get("/desk/orders/find").await.assert_status(200).text_of("form label").is_some());
        for (typed, whole) in [(&email, true), (&code, false), (&name, false)] {
            let page = ana.post("/desk/orders/find", &[("q", typed)]).await;
            let main = page.assert_status(200).text_of("main").expect("a page");
            assert!(main.contains(&code), "{typed}: {main}");
            assert_eq!(main.contains(&email), whole, "{typed}");
            assert!(page.header("cache-control").contains("no-store"), "{}", page.header("cache-control"));
            assert!(!page.text().contains("/desk/orders/contact"), "not for agents");
        }
        let short = ana.post("/desk/orders/find", &[("q", "ab")]).await;
        assert!(short.text_of("main .error").is_some());
        let pool = visitor.app.db.ready().await.expect("a database");
        let events = sqlx::query("SELECT actor, data, subject FROM events WHERE kind = 'orders_searched' ORDER BY seq").fetch_all(&pool).await;
        let events = events.expect("events");
        assert_eq!(events.len(), 3, "of too little nothing was searched");
        for (event, by) in events.iter().zip(["address", "code", "name"]) {
            let (actor, data): (Option<String>, String) = (event.get(0), event.get(1));
            assert!(actor.is_some() && data.contains(&format!("\"{by}\"")), "{data}");
            assert!(!data.contains(&email) && !data.contains(&code) && !data.contains(&name), "{data}");
        }
        let erased = ajuda::values::Email::parse(&email).expect("an address");
        visitor.app.privacy.erase(&erased, &Actor::Console).await.expect("erased");
        let left = ana.post("/desk/orders/find", &[("q", &name)]).await.text_of("main").expect("a page");
        assert!(!left.contains(&code), "the name is gone from what is searched too");
    }
}

#[tokio::test]
async fn a_name_is_found_by_an_index() {
    let all = statements::statements(&statements::all_sources());
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        let mut connection = stage.db.ready().await.expect("a database").acquire().await.expect("a connection");
        if engine != Engine::Sqlite {
            // The tables are empty: what would be read from end to end otherwise.
            sqlx::query("SET enable_seqscan = off").execute(&mut *connection).await.expect("a setting");
        }
        for (name, index) in [("BY_NAME", "orders_by_name"), ("BY_CODES", "orders_by_code"), ("OF_BUYER", "orders_by_buyer")] {
            let (_, statement) = all.iter().find(|(place, _)| place.ends_with(&format!("orders/store/of_buyer.rs {name}"))).expect("a statement");
            let statement = statement.replace("LIMIT $2", "LIMIT 20").replace("LIMIT $3", "LIMIT 20");
            let statement = (1..=5).fold(statement, |sql, at| sql.replace(&format!("${at}"), &format!("'6a{at}'")));
            let explain = if engine == Engine::Sqlite { "EXPLAIN QUERY PLAN" } else { "EXPLAIN" };
            let rows = sqlx::query(AssertSqlSafe(format!("{explain} {statement}"))).fetch_all(&mut *connection).await.expect("a plan");
            let column = if engine == Engine::Sqlite { 3 } else { 0 };
            let plan = rows.iter().map(|row| row.get::<String, _>(column)).collect::<Vec<_>>().join("\n");
            assert!(plan.contains(index), "{name} on {engine:?}:\n{plan}");
        }
    }
}
