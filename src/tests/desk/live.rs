//! Open pages of the desk are told what happens: by one stream, from where they were, and no longer than the session lasts.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use ajuda::app::App;
use ajuda::events::Actor;
use ajuda::staff::Role;
use ajuda::tickets::model::{Priority, Tag};
use ajuda::web::listeners::DESK_LISTENERS_PER_SESSION_MAX;
use axum::body::Body;
use axum::http::Request;
use axum::response::Response;
use http_body_util::BodyExt;
use serde_json::Value;

use super::logged_in;
use super::writing::Desk;
use crate::support::{Acts, Engine, HOME, draft, engines};
use crate::visitor::Visitor;

/// What a stream says: the kind, the number that the browser would name when it comes back, and the data.
#[derive(Debug, Clone)]
struct Told {
    kind: String,
    seq: Option<i64>,
    data: Value,
}

pub(super) struct Listening(Response);

impl Listening {
    async fn new(who: &Visitor, after: Option<i64>) -> Self {
        let query = after.map(|after| format!("?after={after}")).unwrap_or_default();
        let response = who.open(Request::get(format!("/desk/events{query}")).body(Body::empty()).expect("a request")).await;
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        // Whoever listens before the log was looked at for the first time is told to load the page, not what happened.
        while who.app.live.looks() < 2 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Self(response)
    }

    /// What is said next; `None` where the stream has ended. Panics where nothing comes for half a minute.
    async fn next(&mut self) -> Option<Told> {
        let frame = tokio::time::timeout(Duration::from_secs(30), self.0.body_mut().frame()).await.expect("something is said")?;
        let text = String::from_utf8(frame.expect("no failure").into_data().expect("data").to_vec()).expect("text");
        let of = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
        let data = of("data:").map_or(Value::Null, |data| serde_json::from_str(data).expect("JSON"));
        Some(Told { kind: of("event:").unwrap_or_default().to_owned(), seq: of("id:").map(|seq| seq.parse().expect("a number")), data })
    }

    /// The next of a kind; what else is said meanwhile is passed over.
    async fn next_of(&mut self, kind: &str) -> Told {
        loop {
            let told = self.next().await.expect("the stream goes on");
            if told.kind == kind {
                return told;
            }
        }
    }
}

fn tickets(told: &Told) -> Vec<String> {
    told.data["tickets"].as_array().expect("tickets").iter().map(|id| id.as_str().expect("an id").to_owned()).collect()
}

#[tokio::test]
async fn what_anybody_does_is_told_whatever_process_it_was_in() {
    for engine in engines() {
        let desk = Desk::new(&engine).await;
        let app = &desk.visitor.app;
        let id = app.tickets.read().find(&desk.reference).await.expect("a ticket").key.id;
        desk.visitor.stranger().get("/desk/events").await.assert_status(303);
        for odd in ["x", "-1", "99999999999999999999", "1;"] {
            desk.ana.get(&format!("/desk/events?after={odd}")).await.assert_status(400);
        }
        let mut ana = Listening::new(&desk.ana, None).await;
        let start = ana.next().await.expect("where it begins").seq.expect("a number");
        app.tickets.triage().set_priority(&desk.reference, Priority::High, &Actor::Console).await.expect("a priority");
        let told = ana.next_of("news").await;
        assert!(told.seq.expect("a number") > start && tickets(&told) == [id.clone()]);
        let other = App::rooms_alone(&app.config, app.clock.clone());
        other.tickets.triage().tag(&desk.reference, &[Tag::parse("pix").expect("a tag")], &Actor::Console).await.expect("tagged");
        assert_eq!(tickets(&ana.next_of("news").await), [id]);
        let filed = app.file(&draft("Nova", "rosa@example.com"), HOME).await.expect("a ticket");
        // Either may come first.
        let (mut is_told, mut is_counted) = (false, false);
        while !(is_told && is_counted) {
            let told = ana.next().await.expect("the stream goes on");
            is_told |= told.kind == "news" && tickets(&told) == std::slice::from_ref(&filed.key.id);
            is_counted |= told.kind == "counts" && told.data["unassigned"] == 2;
        }
    }
}

/// Cut at any moment and opened again from the last number, a browser is told of every event, and of none twice.
#[tokio::test]
async fn a_stream_that_is_cut_again_and_again_misses_nothing_and_says_nothing_twice() {
    #[expect(clippy::disallowed_methods, reason = "tests have no settings")]
    let rounds: u32 = std::env::var("AJUDA_TEST_EVENTS").ok().and_then(|count| count.parse().ok()).unwrap_or(60);
    for engine in engines() {
        let desk = Desk::new(&engine).await;
        let app = desk.visitor.app.clone();
        let first = app.events.last().await.expect("a database");
        let reference = desk.reference.clone();
        let acting = tokio::spawn(async move {
            for round in 0..rounds {
                let priority = Priority::ALL[round as usize % 3];
                app.tickets.triage().set_priority(&reference, priority, &Actor::Console).await.expect("a priority");
                tokio::time::sleep(Duration::from_millis(u64::from(round * 7 % 13))).await;
            }
            app.events.last().await.expect("a database")
        });
        let (mut seq, mut told, mut cut_after) = (first, Vec::new(), 1);
        let mut last = None;
        while last != Some(seq) {
            let mut listening = Listening::new(&desk.ana, Some(seq)).await;
            // The longer it lasts the later it is cut: each length comes again and again.
            for _ in 0..cut_after {
                let Ok(Some(said)) = tokio::time::timeout(Duration::from_millis(700), listening.next()).await else { break };
                if said.kind == "news" {
                    let now = said.seq.expect("a number");
                    assert!(now > seq, "{now} after {seq}: nothing twice");
                    told.push((seq, now));
                    seq = now;
                }
            }
            cut_after = cut_after % 5 + 1;
            if last.is_none() && acting.is_finished() {
                last = Some(0);
            }
            if acting.is_finished() {
                last = Some(desk.visitor.app.events.last().await.expect("a database"));
            }
        }
        assert_eq!(acting.await.expect("it ends"), seq);
        let covered: BTreeSet<i64> = told.iter().flat_map(|(from, to)| from + 1..=*to).collect();
        assert_eq!(covered.len() as i64, seq - first, "each event is in exactly one piece of news");
    }
}

#[tokio::test]
async fn a_session_that_is_ended_is_told_nothing_more() {
    for engine in engines() {
        let desk = Desk::new(&engine).await;
        let app = &desk.visitor.app;
        let member = app.staff.by_email(&super::email("ana@example.org")).await.expect("a database").expect("a member");
        let mut ana = Listening::new(&desk.ana, None).await;
        let mut rui = Listening::new(&desk.rui, None).await;
        ana.next().await.expect("where it begins");
        rui.next().await.expect("where it begins");
        let session = app.staff.sessions().of(&member.id).await.expect("a database").remove(0);
        app.staff.sessions().end(&session.id, &member.id, &Actor::Console).await.expect("ended");
        let at = Instant::now();
        ana.next_of("over").await;
        assert!(ana.next().await.is_none() && at.elapsed() < Duration::from_secs(10), "{:?}", at.elapsed());
        app.tickets.triage().set_priority(&desk.reference, Priority::High, &Actor::Console).await.expect("a priority");
        rui.next_of("news").await;
    }
}

#[tokio::test]
async fn who_looks_and_who_writes_is_told_to_the_others_and_never_to_oneself() {
    let desk = Desk::new(&Engine::Sqlite).await;
    let id = desk.visitor.app.tickets.read().find(&desk.reference).await.expect("a ticket").key.id;
    let mut rui = Listening::new(&desk.rui, None).await;
    desk.rui.post("/desk/presence", &[("ticket", &id), ("doing", "look")]).await.assert_status(204);
    desk.ana.post("/desk/presence", &[("ticket", &id), ("doing", "write")]).await.assert_status(204);
    let told = rui.next_of("presence").await;
    assert_eq!((told.data["name"].as_str(), told.data["doing"].as_str()), (Some("Ana Lima"), Some("write")));
    let page = desk.rui.get(&desk.path()).await;
    assert!(page.text_of(".desk-ticket-head .presence").expect("a line").contains("Ana Lima"));
    let own = desk.ana.get(&desk.path()).await;
    assert!(!own.text_of(".desk-ticket-head .presence").expect("a line").contains("Ana"));
    let list = desk.rui.get("/desk?view=unassigned").await;
    assert!(list.text_of(".ticket-row .presence").expect("a line").contains("Ana Lima"));
    desk.ana.post("/desk/presence", &[("ticket", &id), ("doing", "leave")]).await.assert_status(204);
    for (ticket, doing) in [("", "look"), ("'", "look"), ("\0", "look"), (id.as_str(), "dance"), (&"x".repeat(100), "look")] {
        desk.ana.post("/desk/presence", &[("ticket", ticket), ("doing", doing)]).await.assert_status(400);
    }
}

#[tokio::test]
async fn fifty_people_behind_one_address_all_listen_and_one_browser_takes_no_more_than_its_share() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let mut all = Vec::new();
    for number in 0..50 {
        let address = format!("agent{number}@example.org");
        let browser = logged_in(&visitor, &address, "Ana", Role::Agent).await;
        all.push(browser);
    }
    let mut listening = Vec::new();
    for browser in &all {
        let mut one = Listening::new(browser, None).await;
        one.next().await.expect("where it begins");
        listening.push(one);
    }
    let filed = visitor.app.file(&draft("Nova", "rosa@example.com"), HOME).await.expect("a ticket");
    for one in &mut listening {
        assert_eq!(tickets(&one.next_of("news").await), std::slice::from_ref(&filed.key.id));
    }
    let mut more = Vec::new();
    for _ in 1..DESK_LISTENERS_PER_SESSION_MAX {
        more.push(Listening::new(&all[0], None).await);
    }
    all[0].get("/desk/events").await.assert_status(429);
    Listening::new(&logged_in(&visitor, "eva@example.org", "Eva", Role::Agent).await, None).await;
}
