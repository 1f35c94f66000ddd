//! New answers appear on a ticket's page that is open, whoever wrote them.

use std::net::IpAddr;
use std::time::{Duration, Instant};

use ajuda::app::App;
use ajuda::clock::Clock;
use ajuda::events::{Actor, Kind, NewEvent, Subject};
use ajuda::tickets::Right;
use ajuda::tickets::model::{Email, PageVersion, Transition};
use ajuda::web::listeners::{LISTENERS_MAX, LISTENERS_PER_NETWORK_MAX};
use axum::body::Body;
use axum::http::Request;
use axum::response::Response;
use http_body_util::BodyExt;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use crate::support::{Acts, Engine, HOME, MONDAY, Stage, draft, engines, new_config, said};
use crate::visitor::{GOOD_FORM, Visitor};

#[test]
fn what_a_page_has_seen_is_read_back_and_nothing_else_is() {
    for text in ["0-new", "12-open", "3-closed"] {
        assert_eq!(PageVersion::parse(text).map(|seen| seen.to_string()).as_deref(), Some(text));
    }
    for bad in ["", "-", "x-received", "1-", "1-Received", "99999999999999999999-received"] {
        assert_eq!(PageVersion::parse(bad), None, "{bad}");
    }
}

#[tokio::test]
async fn an_answer_of_another_process_is_told_and_a_note_is_not() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let location = visitor.post("/pt/contact", &GOOD_FORM).await.header("location").to_owned();
        let path = location.trim_end_matches("/sent");
        let events = visitor.get(path).await.attributes("[data-events]", "data-events").remove(0);
        visitor.stranger().get(&events).await.assert_status(404);
        visitor.get(&format!("{path}/events?seen=nonsense")).await.assert_status(400);

        let reference = ajuda::tickets::model::Reference::parse(path.rsplit('/').next().expect("a reference")).expect("a reference");
        let other = App::rooms_alone(&visitor.app.config, visitor.app.clock.clone());
        other.note(&reference, said("suspeita de fraude")).await.expect("a note");
        let mut listening = visitor.open(Request::get(&events).body(Body::empty()).expect("a request")).await;
        assert_eq!(listening.headers()["content-type"], "text/event-stream");
        let first = listening.body_mut().frame().await.expect("a frame").expect("no failure").into_data().expect("data");
        assert_eq!(&first[..], b": \n\n", "nothing is new");
        other.answer(&reference, said("Já liberamos o acesso.")).await.expect("an answer");
        let told = listening.into_body().collect().await.expect("it ends after the event").to_bytes();
        assert_eq!(&told[..], b"event: news\ndata: 1\n\n");

        // A page that missed it is told at once; one that shows it is not.
        assert!(visitor.get(&events).await.text().starts_with("event: news"));
        let now = visitor.get(path).await.attributes("[data-events]", "data-events").remove(0);
        assert!(now != events && now.ends_with("2-pending"), "{now}");
    }
}

/// The first line that a listener is sent, which comes when its first look is over.
async fn first_line(listening: &mut Response) -> Vec<u8> {
    listening.body_mut().frame().await.expect("a frame").expect("no failure").into_data().expect("data").to_vec()
}

#[tokio::test]
async fn fifty_listeners_cost_one_query_a_second_and_each_is_told_of_its_own_ticket_alone() {
    let visitor = Visitor::with(&Engine::Sqlite, |config| config.trusted_proxies = vec!["0.0.0.0/32".parse().expect("a network")]).await;
    let app = &visitor.app;
    let mut references = Vec::new();
    for subject in ["Uma pergunta", "Outra pergunta"] {
        let key = app.file(&draft(subject, "maria@example.com"), HOME).await.expect("a ticket").key;
        let cookie = app.tickets.access().expect("a key").cookie_value(&key, Right::Filer);
        visitor.set_cookie(&ajuda::tickets::access::cookie_name(&key.reference), &cookie);
        references.push(key.reference);
    }
    assert_eq!(app.live.looks(), 0, "nobody listens");
    let mut listening = Vec::new();
    for number in 0..50_u8 {
        let address = format!("/pt/requests/{}/events?seen=1-new", references[usize::from(number % 2)]);
        let request = Request::get(address).header("x-forwarded-for", format!("198.51.{number}.1")).body(Body::empty());
        listening.push(visitor.open(request.expect("a request")).await);
    }
    for response in &mut listening {
        assert_eq!(response.status(), 200);
        assert_eq!(first_line(response).await, b": \n\n");
    }
    let (start, before) = (Instant::now(), app.live.looks());
    tokio::time::sleep(Duration::from_millis(3_500)).await;
    let (looks, seconds) = (app.live.looks() - before, start.elapsed().as_secs());
    assert!((2..=seconds + 1).contains(&looks), "{looks} looks in {seconds} seconds");

    app.tickets.transition(&references[0], Transition::Opened, &Actor::Console).await.expect("a move");
    let mut others = Vec::new();
    for (number, mut response) in listening.into_iter().enumerate() {
        if number % 2 == 0 {
            let told = tokio::time::timeout(Duration::from_secs(3), first_line(&mut response)).await.expect("in time");
            assert_eq!(told, b"event: news\ndata: 1\n\n");
        } else {
            others.push(response);
        }
    }
    assert!(tokio::time::timeout(Duration::from_millis(1_500), first_line(&mut others[0])).await.is_err(), "nothing happened to the other ticket");
    drop(others);
    tokio::time::sleep(Duration::from_millis(100)).await;
    let after = app.live.looks();
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    assert_eq!(app.live.looks(), after, "nobody listens any more");
}

#[tokio::test]
async fn what_happens_while_the_database_is_away_or_faster_than_it_is_read_is_told() {
    let (stage, folder) = Stage::new(&Engine::Sqlite).await;
    let first = stage.file(&draft("Uma pergunta", "maria@example.com"), HOME).await.expect("a ticket").key;
    let mut listening = stage.live.listen(&first.id);
    listening.changed().await;
    let (other, moved) = (stage.another(), folder.0.path().join("elsewhere"));
    std::fs::rename(&stage.config.data, &moved).expect("a folder that can be moved");
    assert!(tokio::time::timeout(Duration::from_millis(2_500), listening.changed()).await.is_err(), "nothing is told, and the reader lives");
    std::fs::rename(&moved, &stage.config.data).expect("a folder that can be moved");
    other.answer(&first.reference, said("Já liberamos o acesso.")).await.expect("an answer");
    tokio::time::timeout(Duration::from_secs(4), listening.changed()).await.expect("it goes on");

    // More than a look reads, and more than a listener that does nothing can keep.
    let mut change = stage.events.begin().await.expect("a database");
    for number in 0..1_100 {
        let ticket = if number % 2 == 0 { first.id.as_str() } else { "" };
        change.record(NewEvent::new(Subject::Ticket, ticket, &Actor::Console, Kind::Tagged));
    }
    change.commit().await.expect("a commit");
    for _ in 0..3 {
        tokio::time::timeout(Duration::from_secs(4), listening.changed()).await.expect("look after look");
    }
    assert!(tokio::time::timeout(Duration::from_millis(1_500), listening.changed()).await.is_err(), "all is read, once");
}

#[tokio::test]
async fn an_older_copy_of_the_database_is_followed_from_where_it_ends() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        let key = stage.file(&draft("Uma pergunta", "maria@example.com"), HOME).await.expect("a ticket").key;
        let mut listening = stage.live.listen(&key.id);
        listening.changed().await;
        let mut write = stage.db.begin().await.expect("a database");
        sqlx::query("DELETE FROM events").execute(&mut *write).await.expect("no events");
        sqlx::query("UPDATE event_counter SET last = 0").execute(&mut *write).await.expect("an older end");
        write.commit().await.expect("a commit");
        tokio::time::timeout(Duration::from_secs(3), listening.changed()).await.expect("anything may be new");
        stage.answer(&key.reference, said("Já liberamos o acesso.")).await.expect("an answer");
        tokio::time::timeout(Duration::from_secs(3), listening.changed()).await.expect("the new event");
    }
}

#[tokio::test]
async fn who_listens_to_a_ticket_that_is_erased_is_let_go() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let location = visitor.post("/pt/contact", &GOOD_FORM).await.header("location").to_owned();
        let path = location.trim_end_matches("/sent");
        let events = visitor.get(path).await.attributes("[data-events]", "data-events").remove(0);
        let mut listening = visitor.open(Request::get(&events).body(Body::empty()).expect("a request")).await;
        first_line(&mut listening).await;
        let other = App::rooms_alone(&visitor.app.config, visitor.app.clock.clone());
        other.privacy.erase(&Email::parse("joana@example.com").expect("an address"), &Actor::Console).await.expect("erased");
        let rest = tokio::time::timeout(Duration::from_secs(4), listening.into_body().collect()).await.expect("in time");
        assert!(rest.expect("an end").to_bytes().is_empty());
    }
}

#[tokio::test]
async fn only_so_many_listen_and_their_places_are_given_back() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let place = |number: usize| {
        let network = IpAddr::from([10, (number / 250) as u8, (number % 250) as u8, 1]);
        visitor.app.listeners.enter(visitor.app.key.get().expect("a key").network_tag(network))
    };
    let of_one: Vec<_> = (0..LISTENERS_PER_NETWORK_MAX).map(|_| place(0).expect("a place")).collect();
    assert!(place(0).is_none(), "nobody takes all places");
    drop(of_one);
    let taken: Vec<_> = (0..LISTENERS_MAX).map(|number| place(number).expect("a place")).collect();
    let location = visitor.post("/pt/contact", &GOOD_FORM).await.header("location").to_owned();
    let path = location.trim_end_matches("/sent");
    visitor.get(&format!("{path}/events?seen=0-new")).await.assert_status(429);
    visitor.get(path).await.assert_status(200);
    drop(taken);
    assert!(visitor.get(&format!("{path}/events?seen=0-new")).await.text().starts_with("event: news"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_listens_outlives_the_time_of_a_request_and_does_not_hold_up_the_stop() {
    let (mut config, _folder) = new_config(&Engine::Sqlite).await;
    config.articles = concat!(env!("CARGO_MANIFEST_DIR"), "/src/tests/fixture/articles").into();
    config.limits.request_max_seconds = 1;
    let app = App::boot(config, Clock::fixed(MONDAY)).expect("the sample articles");
    let key = app.file(&draft("Uma pergunta", "maria@example.com"), HOME).await.expect("a ticket").key;
    let cookie = app.tickets.access().expect("a key").cookie_value(&key, Right::Filer);
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let (stop, stopped) = watch::channel(false);
    let ended = tokio::spawn(ajuda::server::run(app.clone(), listener, None, stopped));

    let ask = async |seen: &str| {
        let mut stream = TcpStream::connect(address).await.expect("a connection");
        let name = ajuda::tickets::access::cookie_name(&key.reference);
        let head = format!("GET /pt/requests/{}/events?seen={seen} HTTP/1.1\r\nHost: help\r\nCookie: {name}={cookie}\r\n\r\n", key.reference);
        stream.write_all(head.as_bytes()).await.expect("a request");
        stream
    };
    let mut first = ask("1-new").await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    app.tickets.transition(&key.reference, Transition::Opened, &Actor::Console).await.expect("a move");
    let mut text = String::new();
    let mut bytes = [0; 4096];
    while !text.contains("event: news") {
        let read = tokio::time::timeout(Duration::from_secs(8), first.read(&mut bytes)).await.expect("in time").expect("bytes");
        assert!(read > 0, "closed before the event: {text}");
        text.push_str(&String::from_utf8_lossy(&bytes[..read]));
    }

    let mut second = ask("1-open").await;
    let _ = second.read(&mut bytes).await.expect("the head");
    let start = Instant::now();
    stop.send(true).expect("it runs");
    ended.await.expect("no panic");
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}
