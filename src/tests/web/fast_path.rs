//! What is given back from memory before the router: the same answer, header by header, and counted as any other.

use ajuda::server::router;
use ajuda::site::fast_path;
use ajuda::web::fast_path::FastPath;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, header};
use http_body_util::BodyExt;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use super::ARTICLE;
use crate::support::Engine;
use crate::visitor::{Reply, Visitor};

const CODINGS: [&str; 8] = ["", "gzip", "br", "gzip, deflate, br", "br;q=0, GZIP;q=0.5", "identity", "*", "zstd"];

fn request(method: &Method, address: &str, headers: &[(&str, &str)]) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(address);
    for (name, value) in headers.iter().filter(|(_, value)| !value.is_empty()) {
        request = request.header(*name, *value);
    }
    request.body(Body::empty()).expect("a request")
}

async fn fast(fast_path: &FastPath, request: &Request<Body>) -> Option<Reply> {
    let (parts, body) = fast_path.answer(request)?.into_parts();
    let bytes = body.collect().await.expect("a body").to_bytes().to_vec();
    Some(Reply { status: parts.status, headers: parts.headers, bytes })
}

/// Everything but the reference, which is another one each time.
fn without_reference(reply: &Reply) -> HeaderMap {
    let mut headers = reply.headers.clone();
    let reference = headers.remove("x-request-id").expect("a reference");
    assert!(reference.len() == 8, "{reference:?}");
    headers
}

async fn addresses(visitor: &Visitor) -> Vec<String> {
    let page = visitor.get(ARTICLE).await;
    let mut addresses: Vec<String> =
        ["/pt/comprador", "/pt/comprador/reembolsos", ARTICLE, "/es/contact", "/sitemap.xml", "/llms.txt", "/en/feed.xml"]
            .map(str::to_owned)
            .to_vec();
    addresses.extend(page.attributes("link[rel=icon]", "href"));
    addresses.push(visitor.app.site.assets.url("main.css"));
    addresses.extend(page.attributes("script[src]", "src"));
    addresses
}

#[tokio::test]
async fn the_fast_answer_is_the_slow_one_header_by_header() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let fast_path = fast_path(&visitor.app);
    for address in addresses(&visitor).await {
        let etag = visitor.get(&address).await.header("etag").to_owned();
        let (tags, weak) = (format!("\"x\", {etag}"), etag.trim_start_matches("W/"));
        let mut is_fast = 0;
        for known in ["", &etag, &tags, weak, "\"x\"", "*"] {
            for coding in CODINGS {
                let headers = [("accept-encoding", coding), ("if-none-match", known), ("referer", "http://elsewhere.example/pt/search?q=x")];
                for method in [Method::GET, Method::HEAD] {
                    let slow = visitor.send(request(&method, &address, &headers)).await;
                    let Some(fast) = fast(&fast_path, &request(&method, &address, &headers)).await else {
                        assert_eq!(slow.header("content-encoding"), "", "{method} {address} {headers:?} is in memory");
                        continue;
                    };
                    is_fast += 1;
                    assert_eq!(fast.status, slow.status, "{method} {address} {headers:?}");
                    assert_eq!(without_reference(&fast), without_reference(&slow), "{method} {address} {headers:?}");
                    assert_eq!(fast.bytes, slow.bytes, "{method} {address} {headers:?}");
                }
            }
        }
        assert!(is_fast >= 12, "{address}: {is_fast}");
    }
}

#[tokio::test]
async fn whatever_else_is_asked_goes_the_usual_way() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let fast_path = fast_path(&visitor.app);
    let gzip = [("accept-encoding", "gzip")];
    let get = |address: &str| request(&Method::GET, address, &gzip);
    assert!(fast(&fast_path, &get(ARTICLE)).await.is_none(), "nobody asked for it yet");
    visitor.send(get(ARTICLE)).await.assert_status(200);
    visitor.send(get(&ARTICLE.replace("reembolsos", "%72eembolsos"))).await.assert_status(200);
    assert!(fast(&fast_path, &get(ARTICLE)).await.is_some());
    for address in [&format!("{ARTICLE}?"), &format!("{ARTICLE}?step=1"), &format!("{ARTICLE}/"), &ARTICLE.replace("reembolsos", "%72eembolsos")] {
        assert!(fast(&fast_path, &get(address)).await.is_none(), "{address}");
    }
    for address in ["/", "/pt", "/healthz", "/metrics", "/pt/requests", "/pt/search", "/assets/000000000000/main.css", "/assets/", "/pt/nothing", "*"]
    {
        let _ = visitor.send(get(address)).await;
        assert!(fast(&fast_path, &get(address)).await.is_none(), "{address}");
    }
    for method in [Method::POST, Method::OPTIONS, Method::PUT, Method::DELETE, Method::TRACE, Method::from_bytes(b"get").expect("a method")] {
        assert!(fast(&fast_path, &request(&method, ARTICLE, &gzip)).await.is_none(), "{method}");
    }
    let with_body = Request::get(ARTICLE).header("accept-encoding", "gzip").body(Body::from("body")).expect("a request");
    assert!(fast(&fast_path, &with_body).await.is_none());
    visitor.app.library_changed();
    assert!(fast(&fast_path, &get(ARTICLE)).await.is_none(), "it may be another page now");
    visitor.send(request(&Method::HEAD, ARTICLE, &gzip)).await.assert_status(200);
    assert!(fast(&fast_path, &get(ARTICLE)).await.is_none(), "only a whole answer is remembered");
}

#[tokio::test]
async fn a_read_from_memory_is_counted_as_any_other() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let fast_path = fast_path(&visitor.app);
    let headers = [("accept-encoding", "br"), ("host", "help.example"), ("referer", "http://help.example/pt/search?q=reembolso")];
    let read = || request(&Method::GET, ARTICLE, &headers);
    visitor.get("/pt/search?q=reembolso").await.assert_status(200);
    visitor.send(read()).await.assert_status(200);
    for _ in 0..3 {
        assert!(fast(&fast_path, &read()).await.is_some());
    }
    let metrics = visitor.get("/metrics").await.text();
    assert!(metrics.contains("ajuda_http_requests_total{route=\"/{lang}/{section}/{topic}/{article}\",status=\"200\"} 4\n"), "{metrics}");
    assert!(metrics.contains("ajuda_http_request_seconds_count 5\n"), "{metrics}");
    visitor.app.counts.flush().await.expect("a database");
    visitor.app.searches.flush().await.expect("a database");
    let database = visitor.app.db.ready().await.expect("a database");
    let number = async |sql: &'static str| sqlx::query_scalar::<_, i64>(sql).fetch_one(&database).await.expect("a number");
    assert_eq!(number("SELECT reads FROM reads").await, 4);
    assert_eq!(number("SELECT clicked FROM searches").await, 1, "it was asked once");
}

/// What comes back for one request on a connection of its own, but for the reference and the time.
async fn raw(address: std::net::SocketAddr, head: &str) -> String {
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    stream.write_all(head.as_bytes()).await.expect("sent");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.expect("an answer");
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
    let mut lines: Vec<&str> = head.lines().filter(|line| !line.starts_with("x-request-id: ") && !line.starts_with("date: ")).collect();
    // An order has no meaning; the status comes first.
    lines[1..].sort_unstable();
    format!("{}\n\n{body}", lines.join("\n"))
}

#[tokio::test]
async fn on_the_wire_nothing_tells_the_two_ways_apart() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let (_stop, stopped) = watch::channel(false);
    let mut servers = Vec::new();
    for is_fast in [true, false] {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        servers.push(listener.local_addr().expect("an address"));
        let (app, stopped) = (visitor.app.clone(), stopped.clone());
        tokio::spawn(async move {
            if is_fast {
                ajuda::server::run(app, listener, None, stopped).await;
            } else {
                ajuda::server::serve(&app, router(app.clone()), listener, stopped).await;
            }
        });
    }
    let etag = visitor.get(ARTICLE).await.header(header::ETAG.as_str()).to_owned();
    let fields = [
        "Accept-Encoding: br\r\n".to_owned(),
        "Accept-Encoding: gzip\r\n".to_owned(),
        String::new(),
        format!("Accept-Encoding: gzip\r\nIf-None-Match: {etag}\r\n"),
        "Accept-Encoding: br\r\nContent-Length: 0\r\n".to_owned(),
        "Accept-Encoding: br\r\nContent-Length: 900000\r\nExpect: 100-continue\r\n".to_owned(),
    ];
    for line in [format!("GET {ARTICLE}"), format!("HEAD {ARTICLE}"), format!("GET http://help.example{ARTICLE}"), format!("PUT {ARTICLE}")] {
        for version in ["1.0", "1.1"] {
            for fields in &fields {
                let head = format!("{line} HTTP/{version}\r\nHost: help.example\r\nConnection: close\r\n{fields}\r\n");
                // The first answer in each form is the router's on both.
                raw(servers[0], &head).await;
                assert_eq!(raw(servers[0], &head).await, raw(servers[1], &head).await, "{head}");
            }
        }
    }
}
