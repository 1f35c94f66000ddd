//! The pages of the reports: who sees them, and that page, file and rows say the same as the sandbox counts.

use std::collections::BTreeMap;

use ajuda::i18n::Lang;
use ajuda::orders::money::Money;
use ajuda::staff::Role;
use ajuda_hotmart_sandbox::Sandbox;
use axum::body::Body;
use axum::http::{Request, header};
use scraper::{Html, Selector};

use super::import::read_all;
use super::{asking, connect, sandbox};
use crate::desk::logged_in;
use crate::support::{Engine, engines};
use crate::visitor::{Reply, Visitor, form_with};

const REPORTS: &str = "/desk/orders/reports";
/// Long enough for several currencies, and not so long that all sales are in it.
const PERIOD: &str = "from=2025-11-01&to=2026-10-31";
const KINDS: [&str; 5] = ["new-orders", "refunds", "subscriptions", "failed-payments", "support"];

/// A lead before a server that has read everything.
async fn lead(engine: &Engine, hotmart: &Sandbox) -> (Visitor, Visitor) {
    let visitor = Visitor::with(engine, asking(hotmart)).await;
    connect(&visitor.app.rooms, "Forno").await.expect("connected");
    read_all(&visitor.app.rooms).await;
    let lead = logged_in(&visitor, "bia@example.org", "Bia", Role::Lead).await;
    (visitor, lead)
}

/// By currency: the name of each card with its number and what the comparison says.
fn cards(reply: &Reply) -> BTreeMap<String, BTreeMap<String, (String, String)>> {
    let page = Html::parse_document(&reply.text());
    let [blocks, figures] = [".report-block", ".figure"].map(|selector| Selector::parse(selector).expect("a selector"));
    let text = |of: scraper::ElementRef<'_>, selector: &str| {
        of.select(&Selector::parse(selector).expect("a selector")).next().map(|one| one.text().collect::<String>())
    };
    let all = page.select(&blocks).map(|block| {
        let cards = block.select(&figures).map(|card| {
            let value = text(card, ".figure-value").expect("a number");
            let value = value.split(": ").next().expect("the number alone").to_owned();
            (text(card, "h3").expect("a name"), (value, text(card, ".figure-change").unwrap_or_default()))
        });
        (text(block, "h2").expect("a currency"), cards.collect::<BTreeMap<_, _>>())
    });
    all.collect()
}

/// Cells of a file, row by row.
fn table(reply: &Reply) -> Vec<Vec<String>> {
    assert_eq!(reply.assert_status(200).header("content-type"), "text/csv; charset=utf-8");
    assert!(reply.header("content-disposition").starts_with("attachment; filename=\""));
    assert_eq!(reply.header("cache-control"), "no-store");
    let text = reply.text();
    let text = text.strip_prefix('\u{feff}').expect("the mark of UTF-8");
    let (mut rows, mut row, mut cell, mut is_quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '"' if is_quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !is_quoted => {}
            '\n' if !is_quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            other => cell.push(other),
        }
    }
    assert!(cell.is_empty() && row.is_empty(), "the last line ends");
    rows
}

/// Minor units of a plain amount.
fn minor(plain: &str, currency: &str) -> i64 {
    let value: f64 = plain.parse().expect("a number");
    Money::of_major(value, currency).expect("an amount").minor
}

fn told(minor: i64, currency: &str) -> String {
    Lang::Pt.money(&Money { minor, currency: currency.to_owned() }.plain(), currency)
}

/// What the sandbox counts from a day to another: orders, and revenue by currency.
fn counted(hotmart: &Sandbox, visitor: &Visitor, from: &str, to: &str) -> (u64, BTreeMap<String, i64>) {
    let days = hotmart.totals(&visitor.app.site.time_zone).new_orders_by_day;
    let mut sums = BTreeMap::new();
    let mut count = 0;
    for (_, day) in days.range(from.to_owned()..=to.to_owned()) {
        count += day.new.orders.count;
        for (currency, sum) in &day.new.orders.sums {
            *sums.entry(currency.clone()).or_default() += minor(sum, currency);
        }
    }
    (count, sums)
}

#[tokio::test(flavor = "multi_thread")]
async fn leads_see_reports_once_an_account_is_connected_and_agents_never() {
    let hotmart = sandbox(60, "").await;
    let visitor = Visitor::with(&Engine::Sqlite, asking(&hotmart)).await;
    let ana = logged_in(&visitor, "ana@example.org", "Ana", Role::Agent).await;
    let bia = logged_in(&visitor, "bia@example.org", "Bia", Role::Lead).await;
    let eva = logged_in(&visitor, "eva@example.org", "Eva", Role::Admin).await;
    let links = async |browser: &Visitor| browser.get("/desk").await.attributes(".desk-nav a", "href");
    assert_eq!(bia.get(REPORTS).await.assert_status(302).header("location"), "/desk/orders/reports/new-orders");
    for kind in KINDS.into_iter().chain(["path"]) {
        let page = bia.get(&format!("{REPORTS}/{kind}")).await;
        assert!(page.assert_status(200).text().contains("quando uma conta da Hotmart estiver conectada"), "{kind}");
        assert!(page.attributes("main a", "href").is_empty(), "{kind}");
    }
    assert_eq!(eva.get(&format!("{REPORTS}/refunds")).await.attributes("main a", "href"), ["/desk/orders/accounts"]);
    assert!(!links(&bia).await.contains(&REPORTS.to_owned()));
    connect(&visitor.app.rooms, "Forno").await.expect("connected");
    assert!(links(&bia).await.contains(&REPORTS.to_owned()) && links(&eva).await.contains(&REPORTS.to_owned()));
    assert!(!links(&ana).await.contains(&REPORTS.to_owned()));
    for path in ["", "/new-orders", "/new-orders.csv", "/new-orders/rows?of=new", "/new-orders/rows.csv?of=new", "/path"] {
        ana.get(&format!("{REPORTS}{path}")).await.assert_status(403);
    }
    ana.post(&format!("{REPORTS}/path"), &[("email", "a@example.com")]).await.assert_status(403);
}

#[tokio::test(flavor = "multi_thread")]
async fn new_orders_are_what_the_sandbox_counts_on_the_page_in_the_file_and_in_the_rows() {
    for engine in engines() {
        let hotmart = sandbox(400, "").await;
        let (visitor, lead) = lead(&engine, &hotmart).await;
        let (count, sums) = counted(&hotmart, &visitor, "2025-11-01", "2026-10-31");
        assert!(count > 20 && sums.len() > 1, "{count} {sums:?}");
        let page = lead.get(&format!("{REPORTS}/new-orders?{PERIOD}")).await;
        let cards = cards(page.assert_status(200));
        // A currency may have had renewals and failed payments alone.
        assert!(sums.keys().all(|currency| cards.contains_key(currency)), "{sums:?}");
        let orders: u64 = cards.values().map(|of| of["Vendas"].0.replace('.', "").parse::<u64>().expect("a count")).sum();
        assert_eq!(orders, count);
        for (currency, sum) in &sums {
            assert_eq!(cards[currency]["Receita"].0, told(*sum, currency));
        }
        // The file has the same, by month as the page.
        let file = table(&lead.get(&format!("{REPORTS}/new-orders.csv?{PERIOD}")).await);
        assert_eq!(file[0][..5], ["Moeda", "De", "Até", "Receita", "Vendas"]);
        assert_eq!(file.len() - 1, 12 * cards.len());
        for (currency, sum) in &sums {
            let of = file.iter().filter(|row| row[0] == *currency);
            assert_eq!(of.map(|row| minor(&row[3], currency)).sum::<i64>(), *sum, "{currency}");
        }
        let shown: Vec<String> = page.texts_of("#block-0 .report-series tbody td:nth-child(2)");
        let first = cards_in_order(&page)[0].clone();
        let written: Vec<String> = file.iter().filter(|row| row[0] == first).map(|row| told(minor(&row[3], &first), &first)).collect();
        assert_eq!(shown, written);
        // And the rows behind the numbers add up to them.
        for (currency, sum) in &sums {
            let rows = table(&lead.get(&format!("{REPORTS}/new-orders/rows.csv?{PERIOD}&of=new&currency={currency}")).await);
            let added: i64 = rows[1..].iter().map(|row| minor(&row[5], currency)).sum();
            assert_eq!((Lang::Pt.number(i64::try_from(rows.len() - 1).expect("few")), added), (cards[currency]["Vendas"].0.clone(), *sum));
        }
    }
}

fn cards_in_order(page: &Reply) -> Vec<String> {
    page.texts_of(".report-block > h2")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_number_leads_to_as_many_rows() {
    let hotmart = sandbox(400, "").await;
    let (_visitor, lead) = lead(&Engine::Sqlite, &hotmart).await;
    // Those that are no count of orders.
    let others = ["novos", "voltaram", "média", "Receita", "Líquido", "Taxa", "Valor", "MRR", "Churn"];
    let mut seen = 0;
    for kind in ["new-orders", "refunds", "failed-payments", "subscriptions"] {
        let page = lead.get(&format!("{REPORTS}/{kind}?{PERIOD}")).await;
        let names = page.assert_status(200).texts_of(".figure:has(.figure-value a) h3");
        let numbers = page.texts_of(".figure-value a");
        let links = page.attributes(".figure-value a", "href");
        assert_eq!((names.len(), numbers.len()), (links.len(), links.len()));
        for ((name, number), link) in names.iter().zip(&numbers).zip(&links).filter(|((name, _), _)| others.iter().all(|word| !name.contains(word))) {
            let (mut rows, mut next) = (0, Some(link.clone()));
            while let Some(address) = next {
                let page = lead.get(&address).await;
                rows += page.assert_status(200).texts_of(".sale-rows tbody tr").len();
                assert!(page.texts_of(".sale-rows").iter().all(|text| !text.contains('@')), "names alone");
                next = page.attributes("main a[rel=next]", "href").pop();
            }
            let number = number.split(": ").next().expect("a number");
            assert_eq!(Lang::Pt.number(rows.try_into().expect("few")), number, "{kind}: {name}");
            seen += rows;
        }
    }
    assert!(seen > 100, "{seen}");
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_are_filtered_compared_and_the_same_in_every_table() {
    let hotmart = sandbox(400, "").await;
    let (visitor, lead) = lead(&Engine::Sqlite, &hotmart).await;
    let page = lead.get(&format!("{REPORTS}/new-orders?{PERIOD}")).await;
    let currency = cards_in_order(&page)[0].clone();
    // Each value of each table is a link that narrows the report down to exactly its numbers.
    for dimension in ["product", "offer", "source", "sck", "affiliate", "payment", "country"] {
        let of = format!("#block-0-{dimension}");
        let rows = format!("#block-0-{dimension} tbody tr");
        assert!(page.text_of(&of).is_some(), "{dimension}");
        let links = page.attributes(&format!("{rows} th a"), "href");
        let orders = page.texts_of(&format!("{rows} td:nth-child(2)"));
        let file = table(&lead.get(&format!("{REPORTS}/new-orders.csv?{PERIOD}&table={dimension}")).await);
        let written: Vec<String> =
            file.iter().filter(|row| row[0] == currency).map(|row| Lang::Pt.number(row[2].parse().expect("a count"))).collect();
        assert_eq!(orders, written, "{dimension}");
        for at in [0, links.len() - 1] {
            let narrowed = lead.get(&links[at]).await;
            assert_eq!(cards(narrowed.assert_status(200))[&currency]["Vendas"].0, orders[at], "{}", links[at]);
            assert_eq!(narrowed.texts_of(".filter-chip").len(), 1);
        }
    }
    // What was before is what its own report says.
    let mut changed = 0;
    for (month, before) in
        [("from=2026-05-01&to=2026-05-31", "from=2026-03-31&to=2026-04-30"), ("from=2026-08-01&to=2026-08-31", "from=2026-07-01&to=2026-07-31")]
    {
        let (now, before) = (lead.get(&format!("{REPORTS}/new-orders?{month}")).await, lead.get(&format!("{REPORTS}/new-orders?{before}")).await);
        let (now, before) = (cards(&now), cards(&before));
        let (told, was) = (&now[&currency]["Renovações"], &before[&currency]["Renovações"]);
        let numbers: Vec<i64> = [&told.0, &was.0].map(|number| number.parse().expect("a count")).to_vec();
        let more = ((numbers[0] - numbers[1]) as f64 / numbers[1] as f64 * 1000.0).round() as i64;
        let expected = if more == 0 { "sem mudança".to_owned() } else { format!("{} antes: {}", Lang::Pt.percent(more), was.0) };
        assert!(told.1.contains(&expected), "{told:?} {expected}");
        changed += i64::from(more != 0);
    }
    assert!(changed > 0, "something has changed");
    let page = lead.get(&format!("{REPORTS}/new-orders?from=2026-06-01&to=2026-08-31")).await;
    assert!(page.text().contains("Comparado com 1/3/2026 a 31/5/2026"));
    let (all, _) = counted(&hotmart, &visitor, "2011-01-01", "2026-12-31");
    let ever = lead.get(&format!("{REPORTS}/new-orders?period=all-time")).await;
    let orders: u64 = cards(&ever).values().map(|of| of["Vendas"].0.replace('.', "").parse::<u64>().expect("a count")).sum();
    assert_eq!(orders, all);
    assert!(!ever.text().contains("Comparado com"), "nothing is before everything");
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_addresses_are_answered_in_words() {
    let hotmart = sandbox(60, "").await;
    let (_visitor, lead) = lead(&Engine::Sqlite, &hotmart).await;
    for days in
        ["from=2026-02-30&to=2026-03-01", "from=2026-03-02&to=2026-03-01", "from=&to=2026-03-01", "from=0001-01-01&to=9999-12-31", "from=%00&to=x"]
    {
        let page = lead.get(&format!("{REPORTS}/new-orders?{days}&source=facebook")).await;
        assert!(page.assert_status(422).text_of("[role=alert]").is_some_and(|text| text.chars().count() > 10), "{days}");
        assert_eq!(page.texts_of(".report-block").len(), 0, "no figures of other days");
        lead.get(&format!("{REPORTS}/new-orders.csv?{days}")).await.assert_status(400);
        lead.get(&format!("{REPORTS}/new-orders/rows?of=new&{days}")).await.assert_status(400);
    }
    let swapped = lead.get(&format!("{REPORTS}/new-orders?from=2026-03-02&to=2026-03-01")).await;
    assert_eq!(swapped.attributes(".report-form input[type=date]", "value"), ["2026-03-02", "2026-03-01"]);
    let long = "x".repeat(5000);
    let hostile = [
        "product=%27%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        "source=%00",
        "account=%27%20OR%201=1",
        "period=%FF%FE",
        "by=century",
        &format!("sck={long}"),
        "country=-none-&payment=-none-&affiliate=-none-&offer=-none-",
        "after=%00&of=new",
        "after=..%2F..&of=new&currency=%F0%9F%92%A9",
        "table=../../etc/passwd",
        "from=2011-01-01&to=2030-12-31&by=day",
        "&&&===&",
    ];
    for query in hostile {
        for page in KINDS.iter().flat_map(|kind| [(*kind).to_owned(), format!("{kind}.csv"), format!("{kind}/rows"), format!("{kind}/rows.csv")]) {
            let answer = lead.get(&format!("{REPORTS}/{page}?{query}")).await;
            assert!(matches!(answer.status.as_u16(), 200 | 400 | 404), "{page}?{query}: {}", answer.status);
            assert!(!String::from_utf8_lossy(&answer.bytes).contains("<script>alert"), "{page}?{query}");
        }
    }
    for nothing in ["nothing", "new-orders.pdf", ".csv", "path.csv", "new-orders/else", "path/rows"] {
        lead.get(&format!("{REPORTS}/{nothing}")).await.assert_status(404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_others_typed_is_no_formula_in_a_file() {
    let hotmart = sandbox(120, "").await;
    let (visitor, lead) = lead(&Engine::Sqlite, &hotmart).await;
    let mut write = visitor.app.db.begin().await.expect("a transaction");
    for change in ["UPDATE orders SET buyer_name = '=HYPERLINK(\"http://evil.example\",\"x\")'", "UPDATE orders SET product_name = '  @SUM(1,2)'"] {
        sqlx::query(change).execute(&mut *write).await.expect("an update");
    }
    write.commit().await.expect("a commit");
    let rows = table(&lead.get(&format!("{REPORTS}/new-orders/rows.csv?period=all-time&of=new")).await);
    assert!(rows.len() > 10);
    for row in &rows[1..] {
        assert_eq!((row[2].as_str(), row[7].as_str()), ("'  @SUM(1,2)", "'=HYPERLINK(\"http://evil.example\",\"x\")"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_path_shows_orders_and_tickets_of_one_person_and_keeps_the_address_to_itself() {
    for engine in engines() {
        let hotmart = sandbox(150, "").await;
        let (visitor, lead) = lead(&engine, &hotmart).await;
        let pool = visitor.app.db.ready().await.expect("a database");
        let newest = "SELECT buyer_email, code FROM orders WHERE buyer_email IS NOT NULL AND class = 'paid' ORDER BY ordered_at DESC LIMIT 1";
        let (email, code): (String, String) = sqlx::query_as(newest).fetch_one(&pool).await.expect("a sale");
        let filed = visitor.stranger().post("/pt/contact", &form_with(&[("email", &email), ("subject", "Minha compra")])).await;
        let reference = filed.assert_status(303).header("location").trim_end_matches("/sent").rsplit('/').next().expect("a reference").to_owned();
        let path = format!("{REPORTS}/path");
        assert_eq!(lead.get(&path).await.assert_status(200).texts_of(".customer-path li").len(), 0);
        let shown = lead.post(&path, &[("email", &email)]).await;
        let steps = shown.assert_status(200).texts_of(".customer-path > li");
        assert!(steps.iter().any(|step| step.contains(&code)), "{steps:?}");
        assert!(steps.last().is_some_and(|step| step.contains("Minha compra") && step.contains(&reference)), "the newest is last: {steps:?}");
        assert!(shown.attributes(".customer-path a", "href").contains(&format!("/desk/tickets/{reference}")));
        assert_eq!(shown.header("cache-control"), "no-store");
        assert!(shown.attributes("a, form, link", "href").iter().all(|href| !href.contains(&email)));
        let nobody = lead.post(&path, &[("email", "ninguem@example.com")]).await;
        assert!(nobody.assert_status(200).text().contains("Nenhuma compra"));
        for wrong in ["", "ana", "a@b@c", "\0"] {
            assert!(lead.post(&path, &[("email", wrong)]).await.assert_status(422).text_of(".error").is_some(), "{wrong:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_report_is_read_in_every_language() {
    let hotmart = sandbox(150, "").await;
    let (_visitor, lead) = lead(&Engine::Sqlite, &hotmart).await;
    let titles = [
        ["Novas vendas", "Reembolsos e chargebacks", "Assinaturas", "Pagamentos que falharam", "Vendas e atendimento"],
        ["Ventas nuevas", "Reembolsos y contracargos", "Suscripciones", "Pagos fallidos", "Ventas y soporte"],
        ["New orders", "Refunds and chargebacks", "Subscriptions", "Failed payments", "Sales and support"],
    ];
    for (lang, titles) in Lang::ALL.into_iter().zip(titles) {
        for (kind, title) in KINDS.into_iter().zip(titles) {
            let request = Request::get(format!("{REPORTS}/{kind}?{PERIOD}")).header(header::ACCEPT_LANGUAGE, lang.tag());
            let page = lead.send(request.body(Body::empty()).expect("a request")).await;
            assert_eq!(page.assert_status(200).text_of("h1").as_deref(), Some(title));
            let text = page.text();
            assert!(!text.contains("{count}") && !text.contains("{from}") && !text.contains("{value}") && !text.contains("{point}"), "{kind}");
            assert!(page.texts_of(".figure details p").len() >= 2, "{kind} says how it counts");
        }
    }
}
