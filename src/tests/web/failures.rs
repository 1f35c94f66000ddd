//! What went wrong is said in the reader's language, with a way on, and never in a library's words.

use ajuda::tickets::Queue;
use axum::body::Body;
use axum::http::{Method, Request};

use super::ARTICLE;
use crate::support::Engine;
use crate::visitor::{GOOD_FORM, Visitor, form_with};

#[tokio::test]
async fn a_missing_page_says_so_in_the_language_of_its_address() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    for (path, title) in
        [("/pt/nada", "Não encontramos esta página"), ("/es/nada/x/y", "No encontramos esta página"), ("/en/a/b/c/d/e", "We can't find this page")]
    {
        let reply = visitor.get(path).await;
        reply.assert_status(404);
        assert_eq!(reply.text_of("h1").as_deref(), Some(title));
        assert!(!reply.attributes("form[role=search]", "action").is_empty() && reply.attributes("meta[name=robots]", "content") == ["noindex"]);
    }
}

#[tokio::test]
async fn the_wrong_method_and_a_broken_address_are_our_own_pages() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let put = Request::builder().method(Method::PUT).uri("/pt/contact").body(Body::empty()).expect("a request");
    let reply = visitor.send(put).await;
    reply.assert_status(405);
    assert!(reply.text_of("h1").is_some() && reply.header("allow").contains("GET"));
    let reply = visitor.get("/pt/requests/%ff%fe").await;
    assert!(reply.status.is_client_error() && reply.text_of("h1").is_some());
    let api = visitor.get("/api/v1/nothing").await;
    api.assert_status(404);
    assert!(api.text().contains(r#""code":"not_found""#));
}

#[tokio::test]
async fn a_post_of_another_site_is_refused() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let body = crate::visitor::form_body(&GOOD_FORM).into_bytes();
    for path in ["/pt/contact", ARTICLE, &format!("{ARTICLE}/vote")] {
        visitor.post_bytes(path, body.clone(), "cross-site").await.assert_status(403);
        visitor.post_bytes(path, body.clone(), "same-site").await.assert_status(403);
    }
    let foreign = Request::post("/pt/contact").header("origin", "https://evil.example").header("host", "127.0.0.1:3000");
    visitor.send(foreign.body(Body::from(body)).expect("a request")).await.assert_status(403);
    assert_eq!(visitor.app.tickets.read().list(Queue::Newest, 10).await.expect("a database").len(), 0);
}

#[tokio::test]
async fn a_form_that_is_too_large_is_refused_before_it_is_read() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let reply = visitor.post("/pt/contact", &form_with(&[("message", &"a".repeat(300_000))])).await;
    reply.assert_status(413);
    assert!(reply.text_of("h1").is_some());
    let announced = Request::post("/pt/contact").header("sec-fetch-site", "same-origin").header("content-length", "99999999999");
    let reply = visitor.send(announced.body(Body::empty()).expect("a request")).await;
    reply.assert_status(413);
    assert!(reply.text_of("h1").is_some());
}

#[tokio::test]
async fn without_a_database_pages_and_search_work_and_the_form_keeps_what_was_typed() {
    // A file stands where the data folder should be.
    let visitor = Visitor::with(&Engine::Sqlite, |config| {
        std::fs::write(&config.data, "not a folder").expect("a file");
    })
    .await;
    for path in ["/pt", ARTICLE, "/pt/search?q=reembolso", "/api/v1/search?q=reembolso", "/healthz", "/metrics", "/sitemap.xml"] {
        visitor.get(path).await.assert_status(200);
    }
    visitor.get("/readyz").await.assert_status(503);
    for path in ["/pt/contact", ARTICLE] {
        let reply = visitor.post(path, &GOOD_FORM).await;
        reply.assert_status(503);
        assert_eq!(reply.text_of("textarea").map(|text| text.trim().to_owned()).as_deref(), Some("Paguei ontem e o acesso ainda não chegou."));
        assert_eq!(reply.attributes("#email", "value"), ["joana@example.com"]);
        assert_eq!(reply.text_of(".notice h2").as_deref(), Some("Não conseguimos receber mensagens agora"));
        assert!(!reply.text().contains("os error") && !reply.text().contains("sqlx"));
    }
    visitor.post(&format!("{ARTICLE}/vote"), &[("helpful", "yes")]).await.assert_status(200);
    visitor.get("/pt/requests/K7M-4QX-92P?key=abc").await.assert_status(503);
    let replies: [&[(&str, &str)]; 2] =
        [&[("wish", "write"), ("message", "Ainda <b> não & chegou")], &[("wish", "rate"), ("stars", "4"), ("remark", "Rápido")]];
    visitor.set_cookie("ajuda_K7M4QX92P", "whatever it was");
    for fields in replies {
        let reply = visitor.post("/pt/requests/K7M-4QX-92P", fields).await;
        reply.assert_status(503);
        assert_eq!(reply.text_of("textarea").map(|text| text.trim().to_owned()).as_deref(), fields.last().map(|(_, text)| *text));
        assert_eq!(reply.attributes("input[name=wish]", "value"), [fields[0].1]);
        assert_eq!(reply.attributes("main form", "action"), ["/pt/requests/K7M-4QX-92P"]);
    }
}
