//! What a hostile visitor tries: every text comes out as text, every nonsense gets the right status, nothing panics.

use axum::body::Body;
use axum::http::Request;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::ARTICLE;
use crate::support::Engine;
use crate::visitor::{Visitor, form_with};

const SCRIPT: &str = "</textarea></title><script>alert(1)</script><img src=x onerror=alert(1)>\"'";

#[tokio::test]
async fn a_hostile_question_comes_out_as_text() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let reply = visitor.get(&format!("/pt/search?q={}", utf8_percent_encode(SCRIPT, NON_ALPHANUMERIC))).await;
    reply.assert_status(200);
    assert!(!reply.text().contains("<script>alert") && !reply.text().contains("<img src=x"));
    assert_eq!(reply.attributes("#q", "value"), [SCRIPT]);
    assert!(reply.text_of("title").is_some_and(|title| title.starts_with(SCRIPT)));
}

#[tokio::test]
async fn a_hostile_form_comes_back_as_text_with_everything_typed() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    for path in ["/pt/contact", ARTICLE] {
        let fields =
            form_with(&[("subject", SCRIPT), ("name", SCRIPT), ("email", SCRIPT), ("code", SCRIPT), ("message", SCRIPT), ("reason", SCRIPT)]);
        let reply = visitor.post(path, &fields).await;
        reply.assert_status(422);
        assert!(!reply.text().contains("<script>alert") && !reply.text().contains("<img src=x"), "{path}");
        assert_eq!(reply.text_of("textarea").map(|text| text.trim_start_matches('\n').to_owned()).as_deref(), Some(SCRIPT));
        for field in ["#subject", "#name", "#email", "#code"] {
            assert_eq!(reply.attributes(field, "value"), [SCRIPT], "{path} {field}");
        }
        assert_eq!(reply.attributes("details.contact", "open").len(), usize::from(path == ARTICLE), "the form is open again");
    }
}

#[tokio::test]
async fn a_hostile_message_is_text_on_the_ticket_page() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let message = format!("{SCRIPT} javascript:alert(1) https://example.com/?a=1&b=2 **not bold**");
    let sent = visitor.post("/pt/contact", &form_with(&[("subject", SCRIPT), ("name", SCRIPT), ("message", &message)])).await;
    sent.assert_status(303);
    for path in [sent.header("location").to_owned(), sent.header("location").replace("/sent", ""), "/pt/requests".to_owned()] {
        let reply = visitor.get(&path).await;
        reply.assert_status(200);
        assert!(!reply.text().contains("<script>alert") && !reply.text().contains("<img src=x"), "{path}");
    }
    let ticket = visitor.get(&sent.header("location").replace("/sent", "")).await;
    assert_eq!(ticket.text_of(".message-text").as_deref(), Some(message.as_str()));
    assert_eq!(ticket.attributes(".message-text a", "href"), ["https://example.com/?a=1&b=2"]);
}

#[tokio::test]
async fn nonsense_gets_an_answer() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let long = "a".repeat(50_000);
    let words = "taxa+".repeat(10_000);
    let questions = [
        "%00%01%7f",
        "%22%22%22",
        "%22",
        ":",
        "%28%28%28",
        "*",
        "%5c",
        "-",
        "--",
        "+",
        "%ff%fe",
        "%E2%80%AE",
        "a%20AND%20OR%20NOT",
        "title%3Ax%5E9",
        &long,
        &words,
    ];
    for question in questions {
        visitor.get(&format!("/pt/search?q={question}")).await.assert_status(200);
        let api = visitor.get(&format!("/api/v1/search?q={question}")).await.status.as_u16();
        assert_eq!(api, if question == "%ff%fe" { 400 } else { 200 }, "{question:.40}");
    }
    let paths = [
        "/pt/../../etc/passwd",
        "/pt/%2e%2e%2f%2e%2e%2fetc/passwd",
        "/media/..%2fx",
        "/pt/%00",
        "/PT",
        "/xx",
        "/pt/search/x",
        "/pt/comprador/reembolsos/.md",
        "/.md",
        "//evil.example/",
    ];
    for path in paths {
        let reply = visitor.send(Request::get(path).body(Body::empty()).expect("a request")).await;
        assert!(matches!(reply.status.as_u16(), 301 | 404), "{path} {}", reply.status);
        assert!(!reply.header("location").contains("evil"), "{path}");
    }
    for path in ["/api/v1/search?lang=xx&q=a", "/api/v1/search?limit=0&q=a", "/api/v1/search?limit=51&q=a", "/api/v1/search?mode=magic&q=a"] {
        let reply = visitor.get(path).await;
        reply.assert_status(400);
        assert!(reply.text().contains("\"error\""), "{path}");
    }
}

#[tokio::test]
async fn broken_bytes_in_a_form_cost_a_letter_and_not_the_message() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let reply = visitor.post_bytes(ARTICLE, b"subject=%ff%fe%00&message=caf%e9&=&&%%%&email=%0d%0aBcc:x".to_vec(), "same-origin").await;
    reply.assert_status(422);
    assert!(reply.text_of("textarea").is_some_and(|text| text.contains("caf\u{fffd}")));
}

#[tokio::test]
async fn strict_headers_stand_on_every_answer() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let policy = "default-src 'none'; script-src 'self' 'sha256-' 'wasm-unsafe-eval'; style-src 'self' 'sha256-'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    for path in ["/", "/pt", ARTICLE, "/pt/nada", "/api/v1/search?q=a", "/metrics", "/pt/contact"] {
        let reply = visitor.get(path).await;
        let pieces = reply.header("content-security-policy").split("'sha256-").enumerate();
        let given: String = pieces.map(|(at, piece)| if at == 0 { piece.to_owned() } else { format!("'sha256-{}", &piece[44..]) }).collect();
        assert_eq!(given, policy, "{path}");
        assert_eq!((reply.header("x-content-type-options"), reply.header("referrer-policy")), ("nosniff", "same-origin"), "{path}");
    }
}
