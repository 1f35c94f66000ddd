//! New answers appear on a ticket's page that is open, whoever wrote them.

use crate::support::Acts;
use ajuda::events::Actor;
use ajuda::tickets::model::Transition;
use std::net::IpAddr;
use std::time::{Duration, Instant};

use ajuda::app::App;
use ajuda::clock::Clock;
use ajuda::tickets::Right;
use ajuda::tickets::model::PageVersion;
use ajuda::web::listeners::{LISTENERS_MAX, LISTENERS_PER_NETWORK_MAX};
use axum::body::Body;
use axum::http::Request;
use http_body_util::BodyExt;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use crate::support::{Engine, HOME, MONDAY, draft, engines, new_config, said};
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
    let ended = tokio::spawn(ajuda::server::run(app.clone(), listener, stopped));

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
