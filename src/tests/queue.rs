//! The queue of a help center that has closed many tickets: what is open is found by an index, however many are closed.

use std::time::{Duration, Instant};

use ajuda::clock::Micros;
use ajuda::tickets::Queue;
use sqlx::{AssertSqlSafe, Row};

use crate::statements;
use crate::support::{Engine, MONDAY, Stage, engines};

/// Of all tickets so many are closed, so many solved for long, the rest is in the queue.
const CLOSED_OF_100: i64 = 97;
const SOLVED_OF_100: i64 = 1;
const ROUNDS: usize = 25;

/// Tickets of every status, made by the database itself. The same statement on both engines.
async fn fill(stage: &Stage, tickets: i64) {
    let mut write = stage.db.begin().await.expect("a database");
    let numbers = format!("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {tickets})");
    let status = format!(
        "CASE WHEN i % 100 < {CLOSED_OF_100} THEN 'closed' WHEN i % 100 < {} THEN 'solved' WHEN i % 2 = 0 THEN 'open' ELSE 'new' END",
        CLOSED_OF_100 + SOLVED_OF_100
    );
    let now = MONDAY.0;
    for statement in [
        format!("INSERT INTO customers (id, created_at) {numbers} SELECT 'c' || i, {now} FROM n"),
        format!(
            "INSERT INTO addresses (id, customer, address, written, created_at) {numbers}
             SELECT 'a' || i, 'c' || i, 'p' || i || '@example.com', 'p' || i || '@example.com', {now} FROM n"
        ),
        format!(
            "INSERT INTO tickets (id, reference, version, created_at, updated_at, status, channel, proof, customer, address, name, lang, subject,
                 priority, due_at, solved_at, generation) {numbers}
             SELECT 'ticket' || i, 'r' || i, 1, {now} + i, {now} + i, {status}, 'form', 'none', 'c' || i, 'a' || i, 'Maria', 'pt', 'Cobrada duas vezes',
                 'normal', CASE WHEN i % 100 < {SOLVED} THEN NULL ELSE {now} + i END,
                 CASE WHEN i % 100 < {SOLVED} THEN {now} - i ELSE NULL END, 1 FROM n",
            SOLVED = CLOSED_OF_100 + SOLVED_OF_100
        ),
    ] {
        sqlx::query(AssertSqlSafe(statement)).execute(&mut *write).await.expect("tickets");
    }
    // A reference is read back as one.
    let alphabet = "23456789CDFGHJKMNPQRTVWX";
    let letters: Vec<String> = alphabet.chars().map(String::from).collect();
    let ids: Vec<String> = sqlx::query_scalar("SELECT id FROM tickets WHERE status <> 'closed'").fetch_all(&mut *write).await.expect("ids");
    for (number, id) in ids.iter().enumerate() {
        let letter = |place: u32| letters[(number / 24_usize.pow(place)) % 24].as_str();
        let reference = format!("222-{}{}{}-{}22", letter(0), letter(1), letter(2), letter(3));
        sqlx::query("UPDATE tickets SET reference = $2 WHERE id = $1").bind(id).bind(reference).execute(&mut *write).await.expect("a reference");
    }
    write.commit().await.expect("a commit");
    sqlx::query("ANALYZE").execute(&stage.db.ready().await.expect("a database")).await.expect("statistics");
}

/// The statements that must not look at closed tickets, with the index that each is to use.
fn watched() -> Vec<(String, String)> {
    let all = statements::statements(&statements::all_sources());
    let of = |name: &str| {
        let found = all.iter().find(|(place, _)| place.ends_with(&format!("tickets/store/tickets.rs {name}")));
        found.map(|(_, statement)| statement.clone()).unwrap_or_else(|| panic!("{name} is a statement"))
    };
    [("NEXT_IN_QUEUE", "tickets_queue"), ("COUNT_BY_STATUS", "tickets_queue"), ("SOLVED_BEFORE", "tickets_solved")]
        .map(|(name, index)| (of(name).replace("LIMIT $1", "LIMIT 50").replace("$1", "1795435200000000").replace("$2", "50"), index.to_owned()))
        .to_vec()
}

/// How an engine would run a statement, as it says itself.
async fn plan(stage: &Stage, engine: &Engine, statement: &str) -> String {
    let explain = if *engine == Engine::Sqlite { "EXPLAIN QUERY PLAN" } else { "EXPLAIN" };
    let pool = stage.db.ready().await.expect("a database");
    let rows = sqlx::query(AssertSqlSafe(format!("{explain} {statement}"))).fetch_all(&pool).await.expect("a plan");
    let column = if *engine == Engine::Sqlite { 3 } else { 0 };
    rows.iter().map(|row| row.get::<String, _>(column)).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn what_is_open_is_found_by_an_index_however_many_are_closed() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        fill(&stage, 4_000).await;
        for (statement, index) in watched() {
            let plan = plan(&stage, &engine, &statement).await;
            // Both indexes hold what is open and nothing else.
            assert!(plan.contains(&index) || plan.contains("tickets_by_due"), "{statement}\n{plan}");
        }
        assert_eq!(stage.tickets.read().list(Queue::Due, 50).await.expect("a queue").len(), 50);
        let counts = stage.tickets.read().counts().await.expect("counts");
        assert_eq!(counts.iter().map(|(_, count)| count).sum::<i64>(), 4_000 * (100 - CLOSED_OF_100 - SOLVED_OF_100) / 100);
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// `make bench-desk`: what a log-in costs whom nobody knows, beside one of somebody. Pages of the list: `lists::figures_of_made_up_tickets`.
#[tokio::test]
#[ignore = "prints numbers: make bench-desk"]
async fn figures_of_log_ins() {
    for engine in engines() {
        let name = if engine == Engine::Sqlite { "SQLite" } else { "PostgreSQL" };
        log_ins(&engine, name).await;
    }
}

#[expect(clippy::print_stdout, reason = "that is what it is for")]
fn print_times(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let millis = |at: usize| times[at.min(times.len() - 1)].as_secs_f64() * 1000.0;
    println!("  {what:<28} {:>8.3} ms {:>8.3} ms", millis(times.len() / 2), millis(times.len() * 95 / 100));
}

#[expect(clippy::print_stdout, reason = "that is what it is for")]
async fn log_ins(engine: &Engine, name: &str) {
    let (stage, _folder) = Stage::new(engine).await;
    let email = |text: &str| ajuda::values::Email::parse(text).expect("an address");
    let called = ajuda::values::PersonName::parse("Ana").expect("a name");
    let id = stage.staff.add(&email("ana@example.org"), &called, ajuda::staff::Role::Agent, &ajuda::events::Actor::Console).await.expect("a member");
    let password = ajuda::staff::Password::parse("cavalo grampo bateria", &[]).expect("a good one");
    stage.staff.set_password(&id, &password, crate::support::HOME.into(), None, &ajuda::events::Actor::Console).await.expect("a password");
    println!("\nLog-in with a wrong password in {name}; median and 95th percentile of 40");
    for (what, address) in [("somebody of the team", "ana@example.org"), ("nobody", "nobody@example.org")] {
        let mut times = Vec::new();
        for network in 0..40 {
            let from = ajuda::staff::From { network: [198, 51, 100, network].into(), known: None, browser: "" };
            let start = Instant::now();
            let _ = stage.staff.log_in().password(&email(address), "not the password", from).await;
            times.push(start.elapsed());
        }
        print_times(what, times);
    }
}

/// `make bench`: how long the queue, its counts and the closing job's look take, and how they are run.
#[tokio::test]
#[ignore = "prints numbers: make bench"]
#[expect(clippy::print_stdout, reason = "that is what it is for")]
async fn figures_of_a_large_queue() {
    const TICKETS: i64 = 100_000;
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        fill(&stage, TICKETS).await;
        let name = if engine == Engine::Sqlite { "SQLite" } else { "PostgreSQL" };
        println!("\nTickets: {TICKETS} in {name}, {} % of them closed, median of {ROUNDS}", CLOSED_OF_100);
        let (mut queue, mut counts, mut closing) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            let start = Instant::now();
            let listed = stage.tickets.read().list(Queue::Due, 50).await.expect("a queue");
            queue.push(start.elapsed());
            assert_eq!(listed.len(), 50);
            let start = Instant::now();
            stage.tickets.read().counts().await.expect("counts");
            counts.push(start.elapsed());
            let start = Instant::now();
            let pool = stage.db.ready().await.expect("a database");
            let until = MONDAY.plus(-14 * Micros::DAY).0;
            let due = "SELECT reference FROM tickets WHERE status = 'solved' AND solved_at <= $1 ORDER BY solved_at LIMIT 500";
            let _: Vec<String> = sqlx::query_scalar(due).bind(until).fetch_all(&pool).await.expect("references");
            closing.push(start.elapsed());
        }
        for (what, times) in [("queue, first 50 by due time", queue), ("counts per status", counts), ("closing job's look", closing)] {
            println!("  {what:<28} {:>8.3} ms", median(times).as_secs_f64() * 1000.0);
        }
        for (statement, _) in watched() {
            println!("  {}", plan(&stage, &engine, &statement).await.lines().collect::<Vec<_>>().join("\n  "));
        }
    }
}
