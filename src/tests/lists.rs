//! What staff work from, as far as no page is needed to see it: what is unread, what is found, and by which index.

use std::time::{Duration, Instant};

use ajuda::cli::demo::{self, Demo};
use ajuda::clock::Micros;
use ajuda::events::Actor;
use ajuda::intake::{Reader, StaffMessage};
use ajuda::staff::Role;
use ajuda::tickets::Right;
use ajuda::tickets::model::list::{Cursor, Filter, View};
use ajuda::tickets::model::{Draft, Email, PersonName, Proof, Reference, Tag, TransactionCode, Transition};
use sqlx::{AssertSqlSafe, Row as _};

use crate::statements;
use crate::support::{Acts, Engine, Folder, HOME, Stage, draft, engines, said};

async fn stage(engine: &Engine) -> (Stage, Folder, [String; 2]) {
    let (stage, folder) = Stage::with(engine, |config| config.limits.tickets_per_network_per_hour = 1_000_000).await;
    let mut people = Vec::new();
    for name in ["Ana", "Rui"] {
        let email = Email::parse(&format!("{name}@example.org")).expect("an address");
        people.push(stage.staff.add(&email, &PersonName::parse(name).expect("a name"), Role::Agent, &Actor::Console).await.expect("a member"));
    }
    (stage, folder, people.try_into().expect("two"))
}

#[tokio::test]
async fn a_ticket_is_unread_until_one_has_seen_what_others_said() {
    for engine in engines() {
        let (stage, _folder, [ana, rui]) = stage(&engine).await;
        let filed = stage.file(&draft("Uma pergunta", "maria@example.com"), HOME).await.expect("a ticket").key;
        let unread = async || {
            let mut found = Vec::new();
            for who in [&ana, &rui] {
                let page = stage.tickets.lists().page(View::All, &Filter::default(), who, None, 10).await.expect("a page");
                found.push(page.rows[0].is_unread);
            }
            (found[0], found[1])
        };
        let read = async |who: &str| {
            let seq = stage.events.last_of_now(&filed.id).await.expect("a database");
            stage.tickets.lists().mark_read(who, &filed.id, seq).await.expect("a database");
            seq
        };
        assert_eq!(unread().await, (true, true), "nobody has looked");
        let first = read(&ana).await;
        assert_eq!(unread().await, (false, true));
        // At the same moment as it was looked at: the number counts, not the time.
        stage.reply(&filed.reference, Reader::FILER, said("Mais uma coisa.")).await.expect("a reply");
        assert_eq!(unread().await, (true, true));
        read(&ana).await;
        read(&rui).await;
        stage.tickets.lists().mark_read(&ana, &filed.id, first).await.expect("a database");
        assert_eq!(unread().await, (false, false), "an older page takes nothing back");
        let by = Actor::Staff(ana.clone());
        for is_note in [true, false] {
            let message = StaffMessage { by: by.clone(), reference: &filed.reference, is_note, body: said("Já vimos."), files: &[] };
            stage.intake.write_as_staff(message).await.expect("written");
            assert_eq!(unread().await, (false, true), "one's own is read, note: {is_note}");
            read(&rui).await;
        }
        stage.tickets.transition(&filed.reference, Transition::Solved, &by).await.expect("solved");
        stage.tickets.triage().assign(&filed.reference, Some(&rui), &by).await.expect("assigned");
        assert_eq!(unread().await, (false, false), "nothing was said");
    }
}

#[tokio::test]
async fn a_ticket_is_found_by_what_people_have_at_hand_newest_first() {
    for engine in engines() {
        let (stage, _folder, [ana, _]) = stage(&engine).await;
        let mut filed: Vec<Reference> = Vec::new();
        for (number, (subject, email)) in [
            ("Cobrada duas vezes no mês", "maria.souza@example.com"),
            ("cobrada DUAS vezes, 100% de novo_", "Maria.Silva@example.com"),
            ("Sem acesso", "rui@example.net"),
            ("CURSO que sumiu", "rui@example.net"),
        ]
        .into_iter()
        .enumerate()
        {
            stage.clock.advance(Micros::MINUTE);
            let code = TransactionCode::parse(&format!("HP012345{number}"), None).ok();
            filed.push(stage.file(&Draft { code, ..draft(subject, email) }, HOME).await.expect("a ticket").key.reference);
        }
        let found = async |typed: &str| {
            let rows = stage.tickets.lists().find(typed, &ana).await.expect("a database");
            rows.into_iter().map(|row| filed.iter().position(|one| *one == row.reference).expect("ours")).collect::<Vec<_>>()
        };
        let reference = filed[2].to_string();
        for typed in [reference.as_str(), &reference.to_lowercase(), &reference.replace('-', ""), &reference[..7], &reference[..6].to_lowercase()] {
            assert_eq!(found(typed).await, [2], "{typed}");
        }
        for (typed, expected) in [
            ("rui@example.net", &[3, 2][..]),
            ("RUI@", &[3, 2]),
            ("maria.s", &[1, 0]),
            ("maria.souza@e", &[0]),
            ("maria.silva@example.com", &[1]),
            ("hp0123450", &[0]),
            (" HP 0123 450 ", &[0]),
            ("cob", &[1, 0]),
            ("Cobrada duas vezes", &[1, 0]),
            ("cobrada duas vezes, 100% de novo_", &[1]),
            ("curso que", &[3]),
        ] {
            assert_eq!(found(typed).await, expected, "{typed}");
        }
        let long = "m".repeat(100_000);
        for nothing in [
            "",
            " ",
            "%",
            "___",
            "c%a",
            "mar%",
            "cob%",
            "cobrada_duas",
            "%100\\%",
            "'; DROP TABLE tickets; --",
            "\0",
            "\u{202e}\u{0}",
            "duas vezes",
            "HP",
            "HP012345",
            "\\",
            "\"",
            "222-222",
            "💥💥💥",
            "a@b@c@",
            long.as_str(),
        ] {
            assert!(found(nothing).await.is_empty(), "{nothing:.40?}");
        }
        assert_eq!(found("c\0ob").await, [1, 0], "what no database takes is left out");
    }
}

#[tokio::test]
async fn no_more_are_found_than_can_be_looked_at() {
    for engine in engines() {
        let (stage, _folder, [ana, _]) = stage(&engine).await;
        for number in 0..30 {
            stage.clock.advance(Micros::MINUTE);
            stage.file(&draft(&format!("Pergunta {number}"), &format!("p{number}@example.com")), HOME).await.expect("a ticket");
        }
        let rows = stage.tickets.lists().find("perg", &ana).await.expect("a database");
        assert_eq!((rows.len(), rows[0].subject.as_str(), rows[19].subject.as_str()), (20, "Pergunta 29", "Pergunta 10"));
    }
}

#[tokio::test]
async fn a_filter_is_of_the_author_and_the_article_of_a_ticket() {
    for engine in engines() {
        let (stage, _folder, [ana, _]) = stage(&engine).await;
        for (subject, article) in
            [("Uma pergunta", Some("buyer/refunds/ask")), ("Duas perguntas", Some("buyers/refunds/ask")), ("Três perguntas", None)]
        {
            let article = article.map(|article| ajuda::articles::model::ArticleId(article.into()));
            stage.file(&Draft { article, ..draft(subject, "maria@example.com") }, HOME).await.expect("a ticket");
        }
        let found = async |filter: Filter| {
            let page = stage.tickets.lists().page(View::Unassigned, &filter, &ana, None, 10).await.expect("a page");
            page.rows.into_iter().map(|row| row.subject).collect::<Vec<_>>()
        };
        assert_eq!(found(Filter { section: Some("buyer".into()), ..Filter::default() }).await, ["Uma pergunta"]);
        assert!(found(Filter { section: Some("%".into()), ..Filter::default() }).await.is_empty());
        let one = stage.tickets.lists().find("Duas", &ana).await.expect("a database")[0].reference.clone();
        stage.reply(&one, Reader::new(Right::Mailbox, Proof::Session), said("Sou eu.")).await.expect("a reply");
        assert_eq!(found(Filter { is_verified: Some(true), ..Filter::default() }).await, ["Duas perguntas"]);
    }
}

/// A filter that leaves little of what is over looks at two thousand for each page, and still at all of them.
#[tokio::test]
async fn a_filtered_page_is_short_rather_than_slow_and_leaves_none_out() {
    for engine in engines() {
        let (stage, _folder, [ana, _]) = stage(&engine).await;
        let wanted: Vec<_> = [1, 3, 2_000, 2_001, 2_002, 12_000].to_vec();
        let key = stage.file(&draft("Uma pergunta", "maria@example.com"), HOME).await.expect("a ticket").key;
        let mut write = stage.db.begin().await.expect("a database");
        // Copies of it, two at each moment; whose reason is sought are few.
        let statement = "INSERT INTO tickets (id, reference, version, created_at, updated_at, status, channel, proof, customer, address, name, lang,
                subject, priority, generation, reason)
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12000)
            SELECT 'copy' || i, 'r' || i, 1, created_at - i / 2 - 1, updated_at, 'closed', channel, proof, customer, address, name, lang, subject, priority, 1,
                CASE WHEN i IN (1, 3, 2000, 2001, 2002, 12000) THEN 'sought' ELSE 'other' END FROM n, tickets WHERE tickets.id = $1";
        sqlx::query(statement).bind(&key.id).execute(&mut *write).await.expect("copies");
        for (number, at) in wanted.iter().enumerate() {
            let reference = Reference::of_number(number as u64).to_string();
            sqlx::query("UPDATE tickets SET reference = $2 WHERE id = $1")
                .bind(format!("copy{at}"))
                .bind(reference)
                .execute(&mut *write)
                .await
                .expect("one");
        }
        write.commit().await.expect("a commit");
        let filter = Filter { reason: Some("sought".into()), ..Filter::default() };
        let (mut found, mut pages, mut after) = (Vec::new(), 0, None);
        loop {
            let page = stage.tickets.lists().page(View::All, &filter, &ana, after.as_ref(), 2).await.expect("a page");
            found.extend(page.rows.into_iter().map(|row| row.id.trim_start_matches("copy").parse::<i32>().expect("a number")));
            pages += 1;
            let Some(next) = page.next else { break };
            after = Cursor::parse(&next.to_string());
            assert!(after.is_some());
        }
        found.sort_unstable();
        assert_eq!(found, wanted);
        assert!((6..10).contains(&pages), "{pages}");
    }
}

/// How an engine would find something, as it says itself.
#[tokio::test]
async fn what_is_found_is_found_by_an_index() {
    let all = statements::statements(&statements::all_sources());
    for engine in engines() {
        let (stage, _folder, _) = stage(&engine).await;
        let mut connection = stage.db.ready().await.expect("a database").acquire().await.expect("a connection");
        if engine != Engine::Sqlite {
            // The tables are empty: what would be read from end to end otherwise.
            sqlx::query("SET enable_seqscan = off").execute(&mut *connection).await.expect("a setting");
        }
        for (name, index) in [
            ("BY_REFERENCE", if engine == Engine::Sqlite { "sqlite_autoindex_tickets" } else { "tickets_reference_key" }),
            ("BY_ADDRESS", if engine == Engine::Sqlite { "sqlite_autoindex_addresses" } else { "addresses_address_key" }),
            ("BY_BEGINNING_OF_ADDRESS", "addresses_by_beginning"),
            ("BY_LONGER_BEGINNING_OF_ADDRESS", "addresses_by_longer_beginning"),
            ("BY_CODE", "tickets_by_code"),
            ("BY_SUBJECT", "tickets_by_subject"),
            ("BY_LONGER_SUBJECT", "tickets_by_longer_subject"),
        ] {
            let (_, statement) = all.iter().find(|(place, _)| place.ends_with(&format!("store/find.rs {name}"))).expect("a statement");
            let statement =
                statement.replace("$3", "50").replace("$2", "'50'").replace("LIMIT '50'", "LIMIT 50").replace("$1", "'Maria Souza Silva'");
            let explain = if engine == Engine::Sqlite { "EXPLAIN QUERY PLAN" } else { "EXPLAIN" };
            let rows = sqlx::query(AssertSqlSafe(format!("{explain} {statement}"))).fetch_all(&mut *connection).await.expect("a plan");
            let column = if engine == Engine::Sqlite { 3 } else { 0 };
            let plan = rows.iter().map(|row| row.get::<String, _>(column)).collect::<Vec<_>>().join("\n");
            assert!(plan.contains(index), "{name} on {engine:?}:\n{plan}");
        }
    }
}

/// What only looks where something is reads no rows for it, statistics or not.
#[tokio::test]
async fn counts_and_places_are_read_from_an_index_alone() {
    let all = statements::statements(&statements::all_sources());
    let (stage, _folder, _) = stage(&Engine::Sqlite).await;
    let library = stage.know_the_sample();
    demo::fill(&stage.rooms, &library, Demo { tickets: 1_000, closed: 0, seed: 5 }, &[]).await.expect("filled");
    let pool = stage.db.ready().await.expect("a database");
    for analyzed in [false, true] {
        if analyzed {
            sqlx::query("ANALYZE").execute(&pool).await.expect("statistics");
        }
        for (name, index) in [("COUNTS", "tickets_by_due"), ("FAR_IN_ALL", "tickets_list"), ("FAR_IN_SOLVED", "tickets_solved_list")] {
            let (_, statement) = all.iter().find(|(place, _)| place.ends_with(&format!("store/lists.rs {name}"))).expect("a statement");
            let rows = sqlx::query(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {statement}")));
            let rows = rows.bind(9_000_000_000_000_000_i64).bind("~").bind(2_000).fetch_all(&pool).await.expect("a plan");
            let plan = rows.iter().map(|row| row.get::<String, _>(3)).collect::<Vec<_>>().join("\n");
            assert!(plan.contains(&format!("COVERING INDEX {index}")), "{name}, analyzed: {analyzed}:\n{plan}");
        }
    }
}

/// `AJUDA_TEST_CLOSED` closed tickets more are made up after the first figures.
fn closed() -> u64 {
    #[expect(clippy::disallowed_methods, reason = "tests have no settings")]
    std::env::var("AJUDA_TEST_CLOSED").ok().and_then(|number| number.parse().ok()).unwrap_or(1_000_000)
}

/// What a page, the counts, the next ticket and finding one cost at 100,000 made-up tickets, and with as many closed ones more as are asked for.
#[tokio::test]
#[ignore = "prints numbers, takes minutes"]
#[expect(clippy::print_stdout, reason = "that is what it is for")]
async fn figures_of_made_up_tickets() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        let library = stage.know_the_sample();
        let name = if engine == Engine::Sqlite { "SQLite" } else { "PostgreSQL" };
        for (tickets, closed, seed) in [(100_000, 0, 1), (0, closed(), 2)] {
            let start = Instant::now();
            demo::fill(&stage.rooms, &library, Demo { tickets, closed, seed }, &[]).await.expect("filled");
            println!("\n{name}: {tickets} tickets and {closed} closed ones more were made up in {:.1} s", start.elapsed().as_secs_f64());
            sqlx::query("ANALYZE").execute(&stage.db.ready().await.expect("a database")).await.expect("statistics");
            figures(&stage).await;
        }
    }
}

#[expect(clippy::print_stdout, reason = "that is what it is for")]
async fn figures(stage: &Stage) {
    let lists = stage.tickets.lists();
    let me = &stage.staff.by_email(&Email::parse("ana@example.com").expect("an address")).await.expect("a database").expect("Ana").id;
    let counts = lists.counts(me).await.expect("counts");
    println!("  {counts:?}; median and 95th percentile of {ROUNDS}");
    timed("counts", async || {
        lists.counts(me).await.expect("counts");
    })
    .await;
    let none = Filter::default;
    for view in View::ALL {
        timed(view.word(), async || drop(lists.page(*view, &none(), me, None, 50).await.expect("a page"))).await;
        let mut after = None;
        for _ in 0..10 {
            after = lists.page(*view, &none(), me, after.as_ref(), 50).await.expect("a page").next.or(after);
        }
        timed(&format!("{}, page 11", view.word()), async || drop(lists.page(*view, &none(), me, after.as_ref(), 50).await.expect("a page"))).await;
    }
    let filters = [
        ("tag", Filter { tag: Tag::parse("vip").ok(), ..none() }),
        ("no such tag", Filter { tag: Tag::parse("nowhere").ok(), ..none() }),
        ("no such assignee", Filter { assignee: Some("nobody".into()), ..none() }),
        ("reason", Filter { reason: Some("refund".into()), ..none() }),
        ("section, language", Filter { section: Some("buyer".into()), lang: Some(ajuda::i18n::Lang::En), ..none() }),
        ("not verified", Filter { is_verified: Some(false), ..none() }),
        ("a day old", Filter { max_age_days: Some(1), ..none() }),
    ];
    for (name, filter) in &filters {
        for view in [View::Unassigned, View::Solved, View::All] {
            timed(&format!("{}, {name}", view.word()), async || drop(lists.page(view, filter, me, None, 50).await.expect("a page"))).await;
        }
    }
    for typed in
        ["222", "ana.", "ana.souza", "maria.souza12@example.com", "HP0123456789", "cob", "cobrada duas vezes", "cobx", "Problema com um pagamentos"]
    {
        timed(&format!("find {typed}"), async || drop(lists.find(typed, me).await.expect("a database"))).await;
    }
    let mut before = None;
    let start = Instant::now();
    for _ in 0..50 {
        before = lists.next(me, before.as_ref()).await.expect("a database");
    }
    println!("  {:<36} {:>8.3} ms on average", "next", start.elapsed().as_secs_f64() * 1000.0 / 50.0);
}

const ROUNDS: usize = 200;
/// What is slow is not asked for longer than this.
const ROUNDS_TAKE_MAX: Duration = Duration::from_secs(10);

#[expect(clippy::print_stdout, reason = "that is what it is for")]
async fn timed(what: &str, once: impl AsyncFn()) {
    let mut times = Vec::new();
    let begin = Instant::now();
    while times.len() < ROUNDS && begin.elapsed() < ROUNDS_TAKE_MAX {
        let start = Instant::now();
        once().await;
        times.push(start.elapsed());
    }
    times.sort_unstable();
    let millis = |at: usize| times[at.min(times.len() - 1)].as_secs_f64() * 1000.0;
    println!("  {what:<36} {:>8.3} ms {:>8.3} ms", millis(times.len() / 2), millis(times.len() * 95 / 100));
}
