//! Figures of the sales, beside what the sandbox counts and beside an own count of every sale.

use std::collections::{BTreeMap, BTreeSet};

use ajuda::clock::Micros;
use ajuda::config::Secret;
use ajuda::events::Actor;
use ajuda::orders::figures::{Ask, Dimension, Filter, NewOrders, Part, Sums};
use ajuda::orders::money::Money;
use ajuda::settings::Config;
use ajuda::values::Zone;
use ajuda_hotmart_sandbox::{Day, Order, Orders as Counted, Sandbox, Status, Sums as CountedSums};
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use sqlx::Row;

use super::import::read_all;
use super::{asking, connect, sandbox};
use crate::support::{Engine, Folder, Stage, engines};

const HOTTOK: &str = "t0k-of-the-account";

fn zone(name: &str) -> Zone {
    Zone::parse(name).expect("a zone")
}

fn in_zone(hotmart: &Sandbox, name: &'static str) -> impl FnOnce(&mut Config) {
    let asking = asking(hotmart);
    move |config| {
        asking(config);
        config.time_zone = zone(name);
    }
}

pub(super) async fn stage(engine: &Engine, sales: usize) -> (Stage, Folder, Sandbox) {
    let hotmart = sandbox(sales, "").await;
    let (stage, folder) = Stage::with(engine, in_zone(&hotmart, "America/Sao_Paulo")).await;
    connect(&stage, "Forno").await.expect("connected");
    read_all(&stage).await;
    (stage, folder, hotmart)
}

/// Everything there ever was.
pub(super) fn ever() -> Ask {
    Ask::new(date(2011, 1, 1), date(2030, 12, 31))
}

pub(super) async fn new_orders(stage: &Stage, ask: &Ask) -> NewOrders {
    stage.orders.figures().new_orders(ask).await.expect("a database")
}

/// A sale as an own count sees it.
struct Sale {
    day: Date,
    currency: String,
    kind: &'static str,
    status: String,
    amount: i64,
    fee: Option<i64>,
    shares: i64,
    has_foreign_share: bool,
    is_subscription: bool,
    buyer: Option<String>,
    values: [String; 7],
}

const PAID: [&str; 6] = ["APPROVED", "COMPLETE", "PROTESTED", "REFUNDED", "PARTIALLY_REFUNDED", "CHARGEBACK"];
pub(super) const FAILED: [&str; 6] = ["CANCELLED", "EXPIRED", "NO_FUNDS", "BLOCKED", "OVERDUE", "DELAYED"];

/// Every sale that counts, read one by one.
async fn sales(stage: &Stage, zone: &TimeZone) -> Vec<Sale> {
    let pool = stage.db.ready().await.expect("a database");
    let rows =
        sqlx::query("SELECT o.*, p.country, p.affiliate FROM orders AS o LEFT JOIN order_people AS p ON p.account = o.account AND p.code = o.code");
    let rows = rows.fetch_all(&pool).await.expect("sales");
    let shares: Vec<(String, String, i64, String)> =
        sqlx::query_as("SELECT code, source, amount, currency FROM order_commissions").fetch_all(&pool).await.expect("commissions");
    let text = |row: &sqlx::any::AnyRow, name: &str| row.get::<Option<String>, _>(name);
    let number = |row: &sqlx::any::AnyRow, name: &str| row.get::<Option<i64>, _>(name);
    let sale = |row: &sqlx::any::AnyRow| {
        let status = text(row, "status")?;
        let is_renewal = number(row, "recurrence").is_some_and(|number| number > 1);
        let kind = match status.as_str() {
            paid if PAID.contains(&paid) => {
                if is_renewal {
                    "renewal"
                } else {
                    "new"
                }
            }
            failed if FAILED.contains(&failed) => "failed",
            _ => return None,
        };
        let at = Micros(number(row, "approved_at").or(number(row, "ordered_at"))?);
        let currency = text(row, "currency").unwrap_or_default();
        let own = text(row, "commission_as").unwrap_or("PRODUCER".into());
        let code = text(row, "code");
        let others: Vec<_> = shares.iter().filter(|share| Some(&share.0) == code.as_ref() && share.1 != own).collect();
        Some(Sale {
            day: zone.to_datetime(at.timestamp()).date(),
            kind,
            status,
            amount: number(row, "amount").unwrap_or_default(),
            fee: number(row, "fee").filter(|_| text(row, "fee_currency").as_deref() == Some(&*currency)),
            shares: others.iter().filter(|share| share.3 == currency).map(|share| share.2).sum(),
            has_foreign_share: others.iter().any(|share| share.3 != currency),
            is_subscription: number(row, "is_subscription") == Some(1),
            buyer: text(row, "buyer_key"),
            values: ["product", "offer", "source", "sck", "affiliate", "payment_type", "country"].map(|name| text(row, name).unwrap_or_default()),
            currency,
        })
    };
    rows.iter().filter_map(sale).collect()
}

/// The first day of each buyer.
fn firsts(sales: &[Sale]) -> BTreeMap<&str, Date> {
    let mut firsts: BTreeMap<&str, Date> = BTreeMap::new();
    for sale in sales.iter().filter(|sale| sale.kind == "new") {
        if let Some(buyer) = &sale.buyer {
            let first = firsts.entry(buyer).or_insert(sale.day);
            *first = sale.day.min(*first);
        }
    }
    firsts
}

fn sums<'a>(sales: impl Iterator<Item = &'a Sale>, firsts: &BTreeMap<&str, Date>) -> Sums {
    let mut sums = Sums::default();
    let (mut customers, mut new) = (BTreeSet::new(), BTreeSet::new());
    for sale in sales {
        sums.orders += 1;
        sums.revenue += sale.amount;
        let is_kept = match sale.status.as_str() {
            "REFUNDED" => {
                sums.refunded += 1;
                sums.refunded_amount += sale.amount;
                false
            }
            "CHARGEBACK" => {
                sums.chargebacks += 1;
                sums.chargeback_amount += sale.amount;
                false
            }
            "PARTIALLY_REFUNDED" => {
                sums.partly += 1;
                sums.partly_amount += sale.amount;
                true
            }
            _ => sale.kind != "failed",
        };
        if is_kept {
            sums.fee += sale.fee.unwrap_or_default();
            sums.shares += sale.shares;
            sums.without_fee += i64::from(sale.fee.is_none() || sale.has_foreign_share);
        }
        if sale.kind == "new" {
            sums.first += i64::from(sale.is_subscription);
            sums.first_amount += if sale.is_subscription { sale.amount } else { 0 };
            if let Some(buyer) = &sale.buyer {
                customers.insert((sale.day, buyer));
                if firsts.get(buyer.as_str()) == Some(&sale.day) {
                    new.insert((sale.day, buyer));
                }
            }
        }
    }
    sums.customers = i64::try_from(customers.len()).expect("a count");
    sums.new_customers = i64::try_from(new.len()).expect("a count");
    sums
}

fn part<'a>(sales: impl Iterator<Item = &'a Sale> + Clone, firsts: &BTreeMap<&str, Date>) -> Part {
    let of = |kind: &'static str| sums(sales.clone().filter(move |sale| sale.kind == kind), firsts);
    Part { new: of("new"), renewals: of("renewal"), failed: of("failed") }
}

/// Says where figures and an own count differ.
async fn assert_counted(stage: &Stage, ask: &Ask, zone: &TimeZone, when: &str) -> NewOrders {
    let figures = new_orders(stage, ask).await;
    let all = sales(stage, zone).await;
    let firsts = firsts(&all);
    let is_asked = |sale: &&Sale| {
        let fits = |(at, dimension): (usize, &Dimension)| ask.filter.of(*dimension).is_none_or(|value| sale.values[at] == value);
        (ask.from()..=ask.to()).contains(&sale.day) && Dimension::ALL.iter().enumerate().all(fits)
    };
    let asked: Vec<&Sale> = all.iter().filter(is_asked).collect();
    let currencies: BTreeSet<&str> = asked.iter().map(|sale| sale.currency.as_str()).collect();
    assert_eq!(figures.currencies.iter().map(|of| of.currency.as_str()).collect::<BTreeSet<_>>(), currencies, "{when}");
    for of in &figures.currencies {
        let own = asked.iter().copied().filter(|sale| sale.currency == of.currency);
        assert_eq!(of.total, part(own.clone(), &firsts), "{when}: {}", of.currency);
        let days: BTreeSet<Date> = own.clone().map(|sale| sale.day).collect();
        assert_eq!(of.days.iter().map(|(day, _)| *day).collect::<Vec<_>>(), days.into_iter().collect::<Vec<_>>(), "{when}");
        for (day, counted) in &of.days {
            assert_eq!(*counted, part(own.clone().filter(|sale| sale.day == *day), &firsts), "{when}: {day} {}", of.currency);
        }
        for (at, dimension) in Dimension::ALL.iter().enumerate() {
            let values: BTreeSet<&str> = own.clone().map(|sale| sale.values[at].as_str()).collect();
            let lines = of.by(*dimension);
            assert_eq!(lines.iter().map(|line| line.value.as_str()).collect::<BTreeSet<_>>(), values, "{when}: {dimension:?}");
            for line in lines {
                let counted = part(own.clone().filter(|sale| sale.values[at] == line.value), &firsts);
                assert_eq!(line.part, counted, "{when}: {dimension:?} {} {}", line.value, of.currency);
            }
        }
    }
    figures
}

fn as_the_sandbox(figures: &NewOrders) -> BTreeMap<String, Day> {
    fn add(to: &mut CountedSums, currency: &str, count: i64, minor: i64) {
        if count > 0 {
            to.count += u64::try_from(count).expect("a count");
            to.sums.insert(currency.to_owned(), Money { minor, currency: currency.to_owned() }.plain());
        }
    }
    let counted = |to: &mut Counted, currency: &str, sums: &Sums| {
        add(&mut to.orders, currency, sums.orders, sums.revenue);
        add(&mut to.refunded, currency, sums.refunded + sums.chargebacks, sums.refunded_amount + sums.chargeback_amount);
        add(&mut to.partially_refunded, currency, sums.partly, sums.partly_amount);
    };
    let mut days: BTreeMap<String, Day> = BTreeMap::new();
    for of in &figures.currencies {
        for (day, part) in of.days.iter().filter(|(_, part)| part.new.orders + part.renewals.orders > 0) {
            let to = days.entry(day.to_string()).or_default();
            counted(&mut to.new, &of.currency, &part.new);
            counted(&mut to.renewals, &of.currency, &part.renewals);
        }
    }
    days
}

#[tokio::test(flavor = "multi_thread")]
async fn new_orders_of_each_day_are_those_that_the_sandbox_counts() {
    for engine in engines() {
        let (stage, _folder, hotmart) = stage(&engine, 400).await;
        let figures = new_orders(&stage, &ever()).await;
        assert!(!figures.is_counting && figures.currencies.len() > 1, "{}", figures.currencies.len());
        let sao_paulo = TimeZone::get("America/Sao_Paulo").expect("a zone");
        assert_eq!(as_the_sandbox(&figures), hotmart.totals(&sao_paulo).new_orders_by_day);
        assert_ne!(as_the_sandbox(&figures), hotmart.totals(&TimeZone::get("Asia/Tokyo").expect("a zone")).new_orders_by_day);
        assert!(figures.currencies.iter().any(|of| of.total.new.first > 0 && of.total.new.new_customers > 0 && of.total.new.fee > 0));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sums_equal_the_sales_whatever_changes_them() {
    for engine in engines() {
        let (stage, _folder, hotmart) = stage(&engine, 300).await;
        let zone = TimeZone::get("America/Sao_Paulo").expect("a zone");
        assert_counted(&stage, &ever(), &zone, "after the import").await;
        let (from, to) = (date(2025, 1, 17), date(2026, 6, 9));
        assert_counted(&stage, &Ask::new(from, to), &zone, "a part").await;
        assert_counted(&stage, &Ask::new(from, to).before().expect("a period"), &zone, "before").await;

        let paid = "SELECT code FROM orders WHERE class = 'paid' ORDER BY ordered_at DESC LIMIT 1";
        let code = stage.text(paid).await;
        assert!(hotmart.set_status(&code, Status::Refunded));
        let lost = stage.text("SELECT code FROM orders WHERE class = 'paid' AND code NOT IN (SELECT code FROM orders WHERE class = 'paid' ORDER BY ordered_at DESC LIMIT 1) ORDER BY ordered_at DESC LIMIT 1").await;
        assert!(hotmart.set_status(&lost, Status::Cancelled), "a first order may be taken away");
        stage.clock.advance(61 * Micros::MINUTE);
        read_all(&stage).await;
        let counted = assert_counted(&stage, &ever(), &zone, "after late changes").await;
        assert!(!counted.is_counting);

        let account = stage.orders.accounts().list().await.expect("a database").remove(0);
        stage.orders.accounts().set_hottok(&account.id, Some(&Secret::new(HOTTOK)), &Actor::Console).await.expect("a database");
        hotmart.pass(40);
        stage.clock.advance(40 * Micros::DAY);
        for webhook in hotmart.webhooks(HOTTOK, 60, Order::default()).iter().chain(&hotmart.webhooks(HOTTOK, 60, Order::default())) {
            let taken = stage.orders.take_webhook(&account.id, Some(HOTTOK), webhook.body.as_bytes()).await;
            taken.unwrap_or_else(|error| panic!("{error}"));
        }
        assert!(stage.number("SELECT COUNT(*) FROM order_stale_days").await > 0);
        let stale = new_orders(&stage, &ever()).await;
        assert!(stale.is_counting);
        stage.orders.read_due(&|| false).await.expect("a database");
        read_all(&stage).await;
        assert_counted(&stage, &ever(), &zone, "after webhooks").await;
        assert_eq!(as_the_sandbox(&new_orders(&stage, &ever()).await), hotmart.totals(&zone).new_orders_by_day);

        stage.clock.advance(8 * Micros::DAY);
        read_all(&stage).await;
        assert_counted(&stage, &ever(), &zone, "after everything was read again").await;
        assert_eq!(stage.number("SELECT COUNT(*) FROM order_stale_days").await, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_marked_day_is_read_from_its_sales_until_it_is_counted() {
    for engine in engines() {
        let (stage, _folder, hotmart) = stage(&engine, 150).await;
        let zone = TimeZone::get("America/Sao_Paulo").expect("a zone");
        let account = stage.orders.accounts().list().await.expect("a database").remove(0);
        stage.orders.accounts().set_hottok(&account.id, Some(&Secret::new(HOTTOK)), &Actor::Console).await.expect("a database");
        let code = stage.text("SELECT code FROM orders WHERE status = 'APPROVED' ORDER BY ordered_at DESC LIMIT 1").await;
        let before = new_orders(&stage, &ever()).await;
        assert!(hotmart.set_status(&code, Status::Refunded));
        stage.clock.advance(40 * Micros::DAY);
        for webhook in hotmart.webhooks_of(HOTTOK, &code) {
            stage.orders.take_webhook(&account.id, Some(HOTTOK), webhook.body.as_bytes()).await.unwrap_or_else(|error| panic!("{error}"));
        }
        assert_eq!(stage.text(&format!("SELECT status FROM orders WHERE code = '{code}'")).await, "REFUNDED");
        let after = assert_counted(&stage, &ever(), &zone, "before it is counted").await;
        let refunded = |figures: &NewOrders| figures.currencies.iter().map(|of| of.total.new.refunded + of.total.renewals.refunded).sum::<i64>();
        assert!(after.is_counting && refunded(&after) == refunded(&before) + 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_read_again_unchanged_is_not_counted_again() {
    let (stage, _folder, _hotmart) = stage(&Engine::Sqlite, 100).await;
    let pool = stage.db.ready().await.expect("a database");
    sqlx::query("UPDATE order_sums SET revenue = revenue + 1 WHERE span = 'day' AND dimension = 'all'").execute(&pool).await.expect("an update");
    let marked = new_orders(&stage, &ever()).await;
    stage.clock.advance(8 * Micros::DAY);
    read_all(&stage).await;
    assert_eq!(new_orders(&stage, &ever()).await, marked, "it is read from the sums, and nothing marked a day");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filter_counts_what_it_says() {
    for engine in engines() {
        let (stage, _folder, _hotmart) = stage(&engine, 200).await;
        let zone = TimeZone::get("America/Sao_Paulo").expect("a zone");
        let all = new_orders(&stage, &ever()).await;
        let mut several = Filter::default();
        for dimension in Dimension::ALL {
            let value = &all.currencies[0].by(*dimension)[0].value;
            for value in [value.as_str(), "", "'; DROP TABLE orders; --", "a\u{0}b", "%", "\\"] {
                let mut ask = ever();
                ask.filter.set(*dimension, Some(value));
                assert_counted(&stage, &ask, &zone, &format!("{dimension:?} {value:?}")).await;
            }
            if matches!(dimension, Dimension::Product | Dimension::Payment) {
                several.set(*dimension, Some(value));
            }
        }
        let ask = ever().narrowed(several);
        let counted = assert_counted(&stage, &ask, &zone, "two at once").await;
        assert!(!counted.currencies.is_empty());
        let mut raw = ever();
        raw.filter.source = Some("a\0b".into());
        assert!(new_orders(&stage, &raw).await.currencies.is_empty(), "whoever doesn't ask by `set` breaks nothing");
        let choices = stage.orders.figures().choices(&new_orders(&stage, &ever()).await).await.expect("a database");
        let product = &choices.of(Dimension::Product)[0];
        assert!(product.name.as_ref().is_some_and(|name| !name.is_empty()) && choices.accounts.len() == 1, "{choices:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn days_are_counted_anew_in_another_zone_and_where_they_never_were() {
    for engine in engines() {
        let (stage, _folder, hotmart) = stage(&engine, 200).await;
        let mut config = stage.config.clone();
        config.time_zone = zone("Asia/Tokyo");
        let tokyo = TimeZone::get("Asia/Tokyo").expect("a zone");
        let moved = Stage::on(config, stage.clock.clone());
        assert!(new_orders(&moved, &ever()).await.is_counting);
        // Half of it, then a kill.
        let looks = std::sync::atomic::AtomicUsize::new(0);
        moved.orders.read_due(&|| looks.fetch_add(1, std::sync::atomic::Ordering::Relaxed) > 2).await.expect("a database");
        moved.orders.read_due(&|| false).await.expect("a database");
        let counted = assert_counted(&moved, &ever(), &tokyo, "in another zone").await;
        assert!(!counted.is_counting);
        assert_eq!(as_the_sandbox(&counted), hotmart.totals(&tokyo).new_orders_by_day);
        // As a database has it that was made before there were sums.
        let pool = stage.db.ready().await.expect("a database");
        for sql in ["UPDATE orders SET day = NULL", "DELETE FROM order_sums", "DELETE FROM order_buyers", "DELETE FROM order_products"] {
            sqlx::query(sql).execute(&pool).await.expect("a change");
        }
        sqlx::query("DELETE FROM order_counted").execute(&pool).await.expect("a change");
        assert!(new_orders(&moved, &ever()).await.is_counting);
        moved.orders.read_due(&|| false).await.expect("a database");
        assert!(!assert_counted(&moved, &ever(), &tokyo, "from nothing").await.is_counting);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn accounts_count_apart_and_together_and_leave_nothing_behind() {
    for engine in engines() {
        let (stage, _folder, _hotmart) = stage(&engine, 100).await;
        let first = stage.orders.accounts().list().await.expect("a database").remove(0);
        let second = connect(&stage, "Outra").await.expect("connected");
        for _ in 0..20 {
            stage.orders.read_due(&|| false).await.expect("a database");
        }
        let of = |accounts: Vec<String>| {
            let mut ask = ever();
            ask.accounts = accounts;
            ask
        };
        let one = new_orders(&stage, &of(vec![first.id.clone()])).await;
        assert_eq!(new_orders(&stage, &of(vec![second.id.clone()])).await, one, "the same sales");
        let both = new_orders(&stage, &ever()).await;
        for (both, one) in both.currencies.iter().zip(&one.currencies) {
            assert_eq!((both.total.new.orders, both.total.new.revenue), (2 * one.total.new.orders, 2 * one.total.new.revenue));
        }
        for odd in ["nobody", "'", "a\0b", ""] {
            assert_eq!(new_orders(&stage, &of(vec![odd.to_owned()])).await, NewOrders::default(), "{odd:?}");
        }
        for account in [first, second] {
            stage.orders.accounts().disconnect(&account.id, true, &Actor::Console).await.expect("a database");
        }
        stage.orders.drop_deleted().await.expect("a database");
        for table in ["order_sums", "order_stale_days", "order_buyers", "order_products", "order_counted"] {
            assert_eq!(stage.text(&format!("SELECT CAST(COUNT(*) AS TEXT) FROM {table}")).await, "0", "{table}");
        }
        assert_eq!(new_orders(&stage, &ever()).await, NewOrders::default());
    }
}
