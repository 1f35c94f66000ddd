//! What reports cost at a million sales.

use std::fmt::Write;
use std::time::Instant;

use ajuda::clock::Micros;
use ajuda::orders::figures::{Ask, Dimension, RowKind};
use ajuda::values::Email;
use jiff::civil::date;
use sqlx::AssertSqlSafe;

use crate::support::{Engine, MONDAY, Stage, engines};

const ROUNDS: usize = 21;
const AT_ONCE: u64 = 1_000;
const THREE_YEARS: i64 = 3 * 365 * Micros::DAY;

fn sales() -> u64 {
    #[expect(clippy::disallowed_methods, reason = "tests have no settings")]
    std::env::var("AJUDA_TEST_SALES").ok().and_then(|number| number.parse().ok()).unwrap_or(1_000_000)
}

/// Numbers that look drawn and are the same each time.
fn drawn(sale: u64, about: u64) -> u64 {
    let mut mixed = (sale ^ about.wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed ^= mixed >> 29;
    mixed = mixed.wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 32)
}

/// Values of the statements that insert some sales, their people and their commissions.
fn values(from: u64, to: u64, tag: &dyn Fn(&str) -> String) -> [String; 3] {
    let mut all = [String::new(), String::new(), String::new()];
    for sale in from..to {
        let of = |about: u64, many: u64| drawn(sale, about) % many;
        let (status, class) = match of(1, 100) {
            0..=13 => ("EXPIRED", "failed"),
            14..=18 => ("REFUNDED", "refunded"),
            19 => ("CHARGEBACK", "chargeback"),
            _ => ("COMPLETE", "paid"),
        };
        let at = MONDAY.0 - THREE_YEARS + i64::try_from(of(2, THREE_YEARS.cast_unsigned())).expect("a moment");
        let currency = if of(3, 10) == 0 { "USD" } else { "BRL" };
        let email = tag(&format!("buyer{}@example.com", of(4, sales() * 3 / 5)));
        let (product, amount) = (of(5, 12), 2_990 + 1_000 * of(5, 12));
        let is_subscription = u64::from(product > 8);
        let recurrence = if is_subscription == 1 { 1 + of(6, 6) } else { 1 };
        let approved = if class == "failed" { "NULL".to_owned() } else { at.to_string() };
        let separator = if sale == from { "" } else { "," };
        let _ = write!(
            all[0],
            "{separator}('a','HP{sale:010}','{status}','{class}','{product}','Produto {product}','{email}',{at},{approved},{amount},'{currency}',{},\
             '{currency}','{}','offer{}','{}','sck{}',{recurrence},{is_subscription},{at},{at},{at})",
            amount / 10,
            ["PIX", "CREDIT_CARD", "BILLET", "PAYPAL"][usize::try_from(of(7, 4)).expect("a place")],
            of(8, 25),
            ["mail", "instagram", "youtube", "busca"][usize::try_from(of(9, 4)).expect("a place")],
            of(10, 40),
        );
        let affiliate = if of(11, 3) == 0 { format!("'Afiliada {}'", of(12, 30)) } else { "NULL".to_owned() };
        let _ = write!(
            all[1],
            "{separator}('a','HP{sale:010}','{}',{affiliate})",
            ["BR", "PT", "MX", "US", "ES"][usize::try_from(of(13, 5)).expect("a place")]
        );
        let _ = write!(all[2], "{separator}('a','HP{sale:010}','PRODUCER',{},'{currency}')", amount / 2);
        if affiliate != "NULL" {
            let _ = write!(all[2], ",('a','HP{sale:010}','AFFILIATE',{},'{currency}')", amount / 3);
        }
    }
    all
}

async fn fill(stage: &Stage) {
    const INTO: [&str; 3] = [
        "INSERT INTO orders (account, code, status, class, product, product_name, buyer_key, ordered_at, approved_at, amount, currency, fee, \
         fee_currency, payment_type, offer, source, sck, recurrence, is_subscription, status_at, first_seen_at, updated_at) VALUES ",
        "INSERT INTO order_people (account, code, country, affiliate) VALUES ",
        "INSERT INTO order_commissions (account, code, source, amount, currency) VALUES ",
    ];
    let account =
        "INSERT INTO order_accounts (id, name, environment, client_id, keys, paused_at, created_at) VALUES ('a', 'a', 'production', '', '', 1, 1)";
    let mut write = stage.db.begin().await.expect("a database");
    sqlx::query(account).execute(&mut *write).await.expect("an account");
    write.commit().await.expect("a commit");
    let key = stage.key.get().expect("a key");
    let tag = |email: &str| key.tag(ajuda::orders::BUYER, &[email.as_bytes()]);
    for from in (0..sales()).step_by(usize::try_from(AT_ONCE).expect("a step")) {
        let mut write = stage.db.begin().await.expect("a database");
        for (into, values) in INTO.iter().zip(values(from, (from + AT_ONCE).min(sales()), &tag)) {
            sqlx::query(AssertSqlSafe(format!("{into}{values}"))).execute(&mut *write).await.expect("sales");
        }
        write.commit().await.expect("a commit");
    }
}

#[expect(clippy::print_stdout, reason = "that is what it is for")]
async fn timed(what: &str, mut act: impl AsyncFnMut()) {
    act().await;
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let start = Instant::now();
        act().await;
        times.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    times.sort_by(f64::total_cmp);
    println!("  {what}: {:.1} ms, 95th percentile {:.1} ms", times[ROUNDS / 2], times[ROUNDS * 19 / 20]);
}

#[tokio::test]
#[ignore = "prints numbers, takes minutes"]
#[expect(clippy::print_stdout, reason = "that is what it is for")]
async fn figures_of_orders_in_numbers() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        let start = Instant::now();
        fill(&stage).await;
        let name = if engine == Engine::Sqlite { "SQLite" } else { "PostgreSQL" };
        println!("\n{name}: {} sales were made up in {:.1} s", sales(), start.elapsed().as_secs_f64());
        sqlx::query("ANALYZE").execute(&stage.db.ready().await.expect("a database")).await.expect("statistics");
        let start = Instant::now();
        stage.orders.read_due(&|| false).await.expect("counted");
        println!("  their days were counted in {:.1} s", start.elapsed().as_secs_f64());
        sqlx::query("ANALYZE").execute(&stage.db.ready().await.expect("a database")).await.expect("statistics");
        let figures = stage.orders.figures();
        let to = figures.today();
        let ask = Ask::new(date(to.year() - 3, to.month(), to.day()), to);
        let all = figures.new_orders(&ask).await.expect("figures");
        assert!(!all.is_counting && all.currencies.len() == 2);
        timed("New Orders, 3 years", async || drop(figures.new_orders(&ask).await.expect("figures"))).await;
        let month = Ask::new(date(to.year(), 10, 5), date(to.year(), 11, 4));
        timed("New Orders, 31 days", async || drop(figures.new_orders(&month).await.expect("figures"))).await;
        for (name, mut ask) in [("3 years", ask.clone()), ("31 days", month.clone())] {
            ask.filter.set(Dimension::Product, Some("3"));
            timed(&format!("New Orders of a product, {name}"), async || drop(figures.new_orders(&ask).await.expect("figures"))).await;
        }
        timed("refunds, 31 days", async || drop(figures.refunds(&month).await.expect("figures"))).await;
        timed("failed payments, 31 days", async || drop(figures.failed_payments(&month).await.expect("figures"))).await;
        timed("rows, 31 days", async || drop(figures.rows(&month, RowKind::New, None, None).await.expect("figures"))).await;
        let email = Email::parse("buyer77@example.com").expect("an address");
        timed("purchases beside a ticket", async || drop(stage.orders.of_buyer(&email).await.expect("purchases"))).await;
    }
}
