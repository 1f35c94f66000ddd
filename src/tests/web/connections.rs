//! Connections as the network gives them: slow, silent, too many, still open when the program stops.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use ajuda::app::App;
use ajuda::clock::Clock;
use ajuda::settings::Config;
use ajuda::web::listen::Bounds;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::program::Server;
use crate::support::{Engine, Folder, MONDAY, new_config};

/// Long enough that a loaded machine does not fail the tests, short against every wait that would be wrong.
const PATIENCE: Duration = Duration::from_secs(8);

/// The whole program on a real socket.
struct Running {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    ended: JoinHandle<()>,
    _folder: Folder,
}

async fn running(headers_max_seconds: u64, connections_max: u32) -> Running {
    running_with(|config| {
        config.limits.headers_max_seconds = headers_max_seconds;
        config.limits.connections_max = connections_max;
        // All places may go to this machine.
        config.trusted_proxies = vec!["127.0.0.1/32".parse().expect("a network")];
    })
    .await
}

async fn running_with(change: impl FnOnce(&mut Config)) -> Running {
    let (mut config, folder) = new_config(&Engine::Sqlite).await;
    config.articles = concat!(env!("CARGO_MANIFEST_DIR"), "/src/tests/fixture/articles").into();
    change(&mut config);
    let app = App::boot(config, Clock::fixed(MONDAY)).expect("the sample articles");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let (stop, stopped) = watch::channel(false);
    let ended = tokio::spawn(ajuda::server::run(app, listener, None, stopped));
    Running { address, stop, ended, _folder: folder }
}

/// Sends a request for `/healthz` and reads the answer; none when the connection was closed instead.
async fn asked(stream: &mut TcpStream) -> Option<String> {
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: help\r\n\r\n").await.ok()?;
    let mut answer = String::new();
    let mut bytes = [0; 1024];
    while !answer.ends_with("ok\n") {
        let read = stream.read(&mut bytes).await.ok().filter(|read| *read > 0)?;
        answer.push_str(&String::from_utf8_lossy(&bytes[..read]));
    }
    Some(answer)
}

/// How long the other side keeps the connection open.
async fn kept_open(stream: &mut TcpStream) -> Duration {
    let start = Instant::now();
    let mut rest = Vec::new();
    let _ = timeout(PATIENCE, stream.read_to_end(&mut rest)).await.expect("the connection is closed");
    assert!(!rest.starts_with(b"HTTP/1.1 200"), "nothing was asked to the end");
    start.elapsed()
}

#[tokio::test]
async fn a_request_that_never_ends_its_head_is_hung_up_on() {
    let running = running(1, 100).await;
    for begun in ["", "GET /pt HTTP/1.1\r\nHost: help\r\nX-Slow: a"] {
        let mut stream = TcpStream::connect(running.address).await.expect("a connection");
        stream.write_all(begun.as_bytes()).await.expect("half a head");
        let open = kept_open(&mut stream).await;
        assert!(open > Duration::from_millis(500), "{begun:?} had only {open:?}");
    }
}

#[tokio::test]
async fn a_head_that_trickles_in_has_no_more_time_than_a_silent_one() {
    let running = running(1, 100).await;
    let mut stream = TcpStream::connect(running.address).await.expect("a connection");
    let start = Instant::now();
    stream.write_all(b"GET /pt HTTP/1.1\r\nHost: help\r\n").await.expect("a beginning");
    while start.elapsed() < PATIENCE && stream.write_all(b"X-Slow: a\r\n").await.is_ok() {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert!(start.elapsed() < PATIENCE, "it was let go on");
}

#[tokio::test]
async fn one_connection_serves_one_request_after_another() {
    let running = running(1, 100).await;
    let mut stream = TcpStream::connect(running.address).await.expect("a connection");
    for _ in 0..4 {
        let answer = asked(&mut stream).await.expect("an answer");
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        // Four pauses together are longer than the limit, which is for each head alone.
        tokio::time::sleep(Duration::from_millis(400)).await;
    }
}

#[tokio::test]
async fn past_the_limit_a_connection_waits_until_another_leaves() {
    let running = running(60, 2).await;
    let (mut first, mut second) =
        (TcpStream::connect(running.address).await.expect("a connection"), TcpStream::connect(running.address).await.expect("a connection"));
    assert!(asked(&mut first).await.is_some() && asked(&mut second).await.is_some());
    let mut third = TcpStream::connect(running.address).await.expect("a place in the system's queue");
    assert!(timeout(Duration::from_millis(500), asked(&mut third)).await.is_err(), "two were allowed");
    drop(first);
    let answer = timeout(PATIENCE, third.read_u8()).await.expect("its turn came");
    assert_eq!(answer.expect("an answer"), b'H');
}

#[tokio::test]
async fn an_idle_connection_does_not_hold_up_the_stop() {
    let running = running(60, 100).await;
    let mut idle = TcpStream::connect(running.address).await.expect("a connection");
    assert!(asked(&mut idle).await.is_some());
    let start = Instant::now();
    running.stop.send(true).expect("the server listens");
    running.ended.await.expect("no panic");
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    assert!(TcpStream::connect(running.address).await.is_err(), "nobody listens any more");
}

#[tokio::test]
async fn the_peer_of_a_connection_is_known() {
    use ajuda::web::listen::{Bounds, serve};
    use axum::extract::ConnectInfo;
    let router = axum::Router::new()
        .route("/healthz", axum::routing::get(|ConnectInfo(peer): ConnectInfo<SocketAddr>| async move { format!("{peer} is ok\n") }));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let (_stop, stopped) = watch::channel(false);
    let bounds = Bounds { headers_max: PATIENCE, connections_max: 10, write_max: PATIENCE, stop_max: PATIENCE };
    tokio::spawn(serve(listener, router, bounds, stopped));
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    let own = stream.local_addr().expect("an address").to_string();
    let answer = asked(&mut stream).await.expect("an answer");
    assert!(answer.contains(&own), "{answer}");
}

#[tokio::test]
async fn a_program_that_runs_out_of_open_files_serves_again_when_there_are_some() {
    let data = tempfile::tempdir().expect("a folder");
    let log = data.path().join("log");
    let mut command = std::process::Command::new("sh");
    // The limit holds for the program alone.
    command.args(["-c", "ulimit -n 64 && exec \"$0\" serve --listen 127.0.0.1:0 --data \"$1\"", env!("CARGO_BIN_EXE_ajuda")]).arg(data.path());
    command.env_clear().current_dir(env!("CARGO_MANIFEST_DIR")).env("AJUDA_LIMITS_CONNECTIONS_MAX", "1000");
    command.stderr(std::fs::File::create(&log).expect("a file"));
    let server = tokio::task::spawn_blocking(move || Server::of(&mut command)).await.expect("no panic").expect("it starts");
    let mut crowd = Vec::new();
    for _ in 0..100 {
        crowd.push(TcpStream::connect(&server.address).await.expect("a place in the system's queue"));
    }
    let start = Instant::now();
    while !std::fs::read_to_string(&log).is_ok_and(|log| log.contains("no connection can be taken")) {
        assert!(start.elapsed() < PATIENCE, "the program never ran out of files");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    drop(crowd);
    let mut late = TcpStream::connect(&server.address).await.expect("a connection");
    let answer = timeout(PATIENCE, asked(&mut late)).await.expect("in time").expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

/// A connection from one of the addresses of this machine.
async fn from(host: &str, to: SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.bind(format!("{host}:0").parse().expect("an address")).expect("a port");
    socket.connect(to).await.expect("a connection")
}

/// The head of a form whose body doesn't come.
const SILENT: &[u8] = b"POST /pt/contact HTTP/1.1\r\nHost: help\r\nSec-Fetch-Site: same-origin\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 100000\r\n\r\n--b\r\n";

#[tokio::test]
async fn one_host_that_opens_all_it_can_leaves_places_to_others() {
    let running = running_with(|config| config.limits.connections_max = 32).await;
    let mut held = Vec::new();
    for _ in 0..40 {
        let mut stream = from("127.0.0.2", running.address).await;
        let _ = stream.write_all(SILENT).await;
        held.push(stream);
    }
    tokio::time::sleep(Duration::from_millis(200)).await;
    for _ in 0..4 {
        let mut reader = from("127.0.0.3", running.address).await;
        let answer = timeout(Duration::from_secs(2), asked(&mut reader)).await.expect("at once");
        assert!(answer.is_some());
    }
}

#[tokio::test]
async fn a_body_that_does_not_come_is_given_up() {
    let running = running_with(|_| {}).await;
    let mut stream = TcpStream::connect(running.address).await.expect("a connection");
    stream.write_all(SILENT).await.expect("written");
    let began = Instant::now();
    let mut answer = Vec::new();
    let _ = timeout(Duration::from_secs(20), stream.read_to_end(&mut answer)).await.expect("it is closed");
    assert!(began.elapsed() < Duration::from_secs(15) && answer.starts_with(b"HTTP/1.1 4"), "{}", String::from_utf8_lossy(&answer));
}

#[tokio::test]
async fn an_answer_that_nobody_reads_is_given_up() {
    let (listener, (_stop, stopped)) = (TcpListener::bind("127.0.0.1:0").await.expect("a free port"), watch::channel(false));
    let address = listener.local_addr().expect("an address");
    let big = || async { vec![b'x'; 64 * 1024 * 1024] };
    let bounds = Bounds { headers_max: PATIENCE, connections_max: 1, write_max: Duration::from_secs(1), stop_max: PATIENCE };
    tokio::spawn(ajuda::web::listen::serve(listener, axum::Router::new().route("/", axum::routing::get(big)), bounds, stopped));
    let mut lazy = TcpStream::connect(address).await.expect("a connection");
    lazy.write_all(b"GET / HTTP/1.1\r\nHost: help\r\n\r\n").await.expect("written");
    // The only place is free again although the other side is still there.
    let mut next = TcpStream::connect(address).await.expect("a place in the system's queue");
    next.write_all(b"GET / HTTP/1.1\r\nHost: help\r\n\r\n").await.expect("written");
    let answer = timeout(Duration::from_secs(10), next.read_u8()).await.expect("its turn came");
    assert_eq!(answer.expect("an answer"), b'H');
    drop(lazy);
}

#[tokio::test]
async fn operators_are_answered_apart_and_the_public_is_not_told_the_counts() {
    let running = running_with(|config| config.public_url = "https://help.example.com".into()).await;
    let mut stream = TcpStream::connect(running.address).await.expect("a connection");
    stream.write_all(b"GET /metrics HTTP/1.1\r\nHost: help\r\nConnection: close\r\n\r\n").await.expect("written");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 404"), "{answer}");
    let here = running_with(|_| {}).await;
    for (more, status) in [("", "200"), ("X-Forwarded-For: 203.0.113.9\r\n", "404")] {
        let mut stream = TcpStream::connect(here.address).await.expect("a connection");
        stream.write_all(format!("GET /metrics HTTP/1.1\r\nHost: help\r\n{more}Connection: close\r\n\r\n").as_bytes()).await.expect("written");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("an answer");
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{more}: {answer}");
    }
}
