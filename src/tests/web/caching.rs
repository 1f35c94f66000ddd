//! Public pages are the same bytes for everybody and are asked for again by their ETag; personal ones are kept nowhere.

use axum::body::Body;
use axum::http::Request;

use super::ARTICLE;
use crate::support::Engine;
use crate::visitor::{GOOD_FORM, Visitor};

#[tokio::test]
async fn a_reader_who_has_the_page_is_told_so() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let first = visitor.get(ARTICLE).await;
    assert_eq!((first.header("cache-control"), first.header("vary")), ("no-cache", "accept-encoding"));
    assert!(first.header("set-cookie").is_empty());
    let again = Request::get(ARTICLE).header("if-none-match", first.header("etag")).body(Body::empty()).expect("a request");
    let again = visitor.send(again).await;
    again.assert_status(304);
    assert!(again.bytes.is_empty() && !again.header("etag").is_empty());
}

#[tokio::test]
async fn every_coding_holds_the_same_page() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let plain = visitor.get("/pt").await;
    for coding in ["br", "gzip"] {
        let request = Request::get("/pt").header("accept-encoding", coding).body(Body::empty()).expect("a request");
        let coded = visitor.send(request).await;
        assert_eq!(coded.header("content-encoding"), coding);
        assert!(coded.bytes.len() * 2 < plain.bytes.len(), "{coding}");
        let mut decoded = Vec::new();
        match coding {
            "br" => brotli::BrotliDecompress(&mut &coded.bytes[..], &mut decoded).expect("brotli"),
            _ => drop(std::io::copy(&mut flate2::read::GzDecoder::new(&coded.bytes[..]), &mut decoded).expect("gzip")),
        }
        assert_eq!(decoded, plain.bytes);
    }
    let refused = Request::get("/pt").header("accept-encoding", "br;q=0, identity").body(Body::empty()).expect("a request");
    assert!(visitor.send(refused).await.header("content-encoding").is_empty());
}

#[tokio::test]
async fn personal_pages_are_kept_nowhere() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let sent = visitor.post("/pt/contact", &GOOD_FORM).await;
    sent.assert_status(303);
    assert_eq!(sent.header("cache-control"), "no-store");
    for path in [sent.header("location"), "/pt/requests", "/pt/search?q=x"] {
        assert_eq!(visitor.get(path).await.header("cache-control"), "no-store", "{path}");
    }
}

#[tokio::test]
async fn assets_are_kept_for_ever_under_the_hash_of_their_content() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let sheets = visitor.get("/pt/requests").await.attributes("link[rel=stylesheet]", "href");
    assert_eq!(sheets.len(), 2);
    for path in &sheets {
        let sheet = visitor.get(path).await;
        sheet.assert_status(200);
        assert!(sheet.header("cache-control").contains("immutable") && sheet.header("content-type").starts_with("text/css"));
    }
    visitor.get("/assets/000000000000/main.css").await.assert_status(404);
    visitor.get("/assets/..%2f..%2f/Cargo.toml").await.assert_status(404);
}

#[tokio::test]
async fn a_page_that_answers_a_form_can_be_gone_back_to_until_somebody_logs_out() {
    let visitor = Visitor::with(&Engine::Sqlite, |config| {
        config.smtp.host = "localhost".into();
        config.smtp.from = "suporte@example.com".into();
    })
    .await;
    let path = visitor.post("/pt/contact", &GOOD_FORM).await.header("location").replace("/sent", "");
    let refused: [(&str, &[(&str, &str)]); 6] = [
        ("/pt/contact", &[("email", "joana@")]),
        (ARTICLE, &[("email", "joana@")]),
        (&path, &[("message", "")]),
        (&format!("{path}/address"), &[("email", "")]),
        ("/pt/requests", &[("email", "joana@")]),
        ("/pt/requests/code", &[("login", "x"), ("code", "1")]),
    ];
    for (path, fields) in refused {
        let page = visitor.post(path, fields).await;
        page.assert_status(422);
        // With `no-cache` or `must-revalidate` Firefox would take it for expired too.
        assert_eq!(page.header("cache-control"), "private, max-age=0", "{path}");
    }
    let lost = visitor.post("/pt/requests/K7M-4QX-92P", &[("message", "Oi")]).await;
    assert_eq!((lost.status.as_u16(), lost.header("cache-control")), (404, "private, max-age=0"));
    // A redirect and what a script asks for are kept nowhere, as before; nor is the ticket itself.
    assert_eq!(visitor.post(&path, &[("message", "Chegou?")]).await.header("cache-control"), "no-store");
    assert_eq!(visitor.get(&path).await.header("cache-control"), "no-store");
    let of_script = Request::post("/pt/requests").header("sec-fetch-site", "same-origin").header("sec-fetch-dest", "empty");
    let of_script = of_script.header("content-type", "application/x-www-form-urlencoded").body(Body::from("email=x")).expect("a request");
    assert_eq!(visitor.send(of_script).await.header("cache-control"), "no-store");
    assert_eq!(visitor.post("/pt/requests/log-out", &[]).await.header("clear-site-data"), "\"cache\"");
}
