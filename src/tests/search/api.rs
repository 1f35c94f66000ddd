//! The API answers as described.

use std::collections::BTreeSet;
use std::path::Path;

use ajuda::key::KeySource;
use ajuda::search::Search;
use ajuda::site::search::api;
use ajuda::web::client_ip::TrustedProxies;
use ajuda::wire::SearchAnswer;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::FromRef;
use axum::http::{Request, StatusCode};
use axum::routing::get;
use serde_json::Value;
use tower::ServiceExt;

use super::sample;

/// What the API needs of the program.
#[derive(Clone)]
struct State(Search);

impl FromRef<State> for Search {
    fn from_ref(state: &State) -> Self {
        state.0.clone()
    }
}

impl FromRef<State> for KeySource {
    fn from_ref(_: &State) -> Self {
        Self::new(&"5a".repeat(32), Path::new("."))
    }
}

impl FromRef<State> for TrustedProxies {
    fn from_ref(_: &State) -> Self {
        Self::new(&[])
    }
}

async fn call(search: Search, address: &str) -> (StatusCode, Value) {
    let routes = Router::new().route("/api/v1/search", get(api::search)).route("/api/v1/openapi.json", get(api::openapi));
    let app = routes.with_state(State(search));
    let request = Request::get(address).body(Body::empty()).expect("a request");
    let response = app.oneshot(request).await.expect("a response");
    let status = response.status();
    let bytes = to_bytes(response.into_body(), 10_000_000).await.expect("a body");
    (status, serde_json::from_slice(&bytes).expect("JSON"))
}

#[tokio::test]
async fn the_api_refuses_what_it_cannot_read_and_says_why() {
    for (parameters, code) in [
        ("q=a&lang=fr", "unknown_language"),
        ("q=a&lang=", "unknown_language"),
        ("q=a&section=nowhere", "unknown_section"),
        ("q=a&limit=0", "bad_limit"),
        ("q=a&limit=51", "bad_limit"),
        ("q=a&limit=-1", "bad_limit"),
        ("q=a&limit=ten", "bad_limit"),
        ("q=a&mode=magic", "unknown_mode"),
        ("q=%ff%fe", "bad_encoding"),
        ("q=a&lang=%ff", "bad_encoding"),
    ] {
        let (status, body) = call(sample(), &format!("/api/v1/search?{parameters}")).await;
        assert_eq!((status, body["error"]["code"].as_str()), (StatusCode::BAD_REQUEST, Some(code)), "{parameters}");
        assert!(body["error"]["message"].as_str().is_some_and(|message| message.ends_with('.')));
    }
}

#[tokio::test]
async fn the_api_reads_parameters_leniently() {
    for parameters in ["", "?", "?q", "?q=", "?lang=en", "?&&=&q=&x=%ff", "?q=%00%01", "?q=100%", "?q=%zz&mode=lexical"] {
        let (status, body) = call(sample(), &format!("/api/v1/search{parameters}")).await;
        assert_eq!((status, body["hits"].as_array().map(Vec::len)), (StatusCode::OK, Some(0)), "{parameters}");
    }
    let (_, body) = call(sample(), "/api/v1/search?q=devolu%C3%A7%C3%A3o+da&q=boleto&lang=pt&limit=1&mode=hybrid&section=&typing=1").await;
    assert_eq!((body["query"].as_str(), body["mode_used"].as_str()), (Some("devolução da"), Some("lexical")));
    assert_eq!(body["hits"].as_array().map(Vec::len), Some(1));
    assert_eq!(body["hits"][0]["id"], "buyer/general/refund");
    let (_, body) = call(sample(), "/api/v1/search?q=reembolso").await;
    assert_eq!(body["lang"], "pt", "without a language the help center's own is searched");
}

/// The names of an object's fields, and those that the description gives it; both must agree.
fn assert_described(described: &Value, schema: &str, actual: &Value) {
    let names = |value: &Value| value.as_object().into_iter().flat_map(|object| object.keys().cloned()).collect::<BTreeSet<_>>();
    let schema_value = &described["components"]["schemas"][schema];
    let required: BTreeSet<_> =
        schema_value["required"].as_array().into_iter().flatten().filter_map(|name| name.as_str().map(str::to_owned)).collect();
    assert_eq!(names(actual), names(&schema_value["properties"]), "{schema}");
    assert_eq!(required, names(&schema_value["properties"]), "{schema}");
}

#[tokio::test]
async fn the_description_and_the_answers_agree() {
    let (status, described) = call(sample(), "/api/v1/openapi.json").await;
    assert_eq!((status, described["openapi"].as_str()), (StatusCode::OK, Some("3.1.0")));
    let (_, answer) = call(sample(), "/api/v1/search?q=pedir+reembol%C3%A7o+").await;
    assert_described(&described, "SearchAnswer", &answer);
    assert_described(&described, "SearchHit", &answer["hits"][0]);
    assert_described(&described, "Correction", &answer["corrected"][0]);
    assert_described(&described, "SectionCount", &answer["sections"][0]);
    let (_, answer_to_us) = call(sample(), "/api/v1/search?q=falar+com+atendente").await;
    assert_described(&described, "ContactCard", &answer_to_us["contact"]);
    let (_, refused) = call(sample(), "/api/v1/search?lang=xx").await;
    assert_described(&described, "ApiError", &refused);
    assert_described(&described, "ApiProblem", &refused["error"]);
    let typed: SearchAnswer = serde_json::from_value(answer).expect("the browser's type reads the answer");
    assert_eq!(typed.corrected.len(), 1);
}
