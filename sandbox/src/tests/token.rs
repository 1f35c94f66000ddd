use serde_json::Value;

use super::{basic, start, usual};
use crate::{Call, Config, Form, Sandbox, client};

const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");

async fn ask(sandbox: &Sandbox, query: &str, headers: &[(&str, &str)], body: &str) -> (u16, Value) {
    let answer = client::call("POST", &format!("{}/security/oauth/token{query}", sandbox.url), headers, body.as_bytes()).await.unwrap();
    (answer.status, serde_json::from_slice(&answer.body).unwrap())
}

#[tokio::test]
async fn all_three_forms_get_a_token() {
    let sandbox = Sandbox::start(Config::default()).await.unwrap();
    let key = basic("a id", "s+ecret");
    let header = ("Authorization", key.as_str());
    let all = "grant_type=client_credentials&client_id=a%20id&client_secret=s%2Becret";
    assert_eq!(ask(&sandbox, &format!("?{all}"), &[header], "").await.0, 200);
    assert_eq!(ask(&sandbox, "", &[header, FORM], all).await.0, 200);
    assert_eq!(ask(&sandbox, "", &[FORM], all).await.0, 200);
    assert_eq!(ask(&sandbox, "?grant_type=client_credentials", &[header], "").await.0, 200);
    let (status, body) = ask(&sandbox, "", &[header, FORM], "grant_type=client_credentials").await;
    assert_eq!(status, 200);
    assert_eq!(
        (body["token_type"].as_str(), body["expires_in"].as_i64(), body["scope"].as_str()),
        (Some("bearer"), Some(86_400), Some("read write"))
    );
    let forms = [Form::Query, Form::Body, Form::Body, Form::Basic, Form::Basic].map(Call::Token);
    assert_eq!(sandbox.calls(), forms);
}

#[tokio::test]
async fn a_token_is_long_and_opaque() {
    let client = usual().await;
    assert!(client.token.len() > 1024);
    for sign in ["%2B", "%2F", "%3D"] {
        assert!(client.token.contains(sign), "{sign}");
    }
}

#[tokio::test]
async fn a_wrong_id_secret_or_key_is_rejected() {
    let sandbox = Sandbox::start(Config::default()).await.unwrap();
    let grant = "?grant_type=client_credentials";
    for key in [basic("id", "wrong"), basic("wrong", "secret"), format!("Basic {}", basic("id", "secret")), "Basic %%%".to_owned()] {
        let (status, body) = ask(&sandbox, grant, &[("Authorization", &key)], "").await;
        assert_eq!((status, body["error"].as_str()), (401, Some("unauthorized")), "{key}");
    }
    // Two that don't belong together, none at all, and the documented form without its header.
    let other = format!("{grant}&client_id=other&client_secret=secret");
    assert_eq!(ask(&sandbox, &other, &[("Authorization", &basic("id", "secret"))], "").await.0, 401);
    assert_eq!(ask(&sandbox, grant, &[], "").await.0, 401);
    assert_eq!(ask(&sandbox, &other, &[], "").await.0, 401);
    assert_eq!(ask(&sandbox, "?grant_type=password", &[("Authorization", &basic("id", "secret"))], "").await.0, 400);
}

#[tokio::test]
async fn a_call_without_a_token_or_with_an_unknown_one_is_refused() {
    let mut client = usual().await;
    let url = format!("{}/payments/api/v1/sales/history", client.sandbox.url);
    let answer = client::call("GET", &url, &[], b"").await.unwrap();
    let body: Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!((answer.status, body["error"].as_str()), (401, Some("unauthorized")));
    assert!(body["error_uri"].as_str().is_some());
    // Decoded, it isn't the same token any more.
    client.token = client.token.replace("%2B", "+");
    assert_eq!(client.failure("/payments/api/v1/sales/history").await, (401, "invalid_token".to_owned()));
}

#[tokio::test]
async fn a_token_expires() {
    let client = start(Config { token_seconds: 0, ..Config::default() }).await;
    assert_eq!(client.failure("/payments/api/v1/sales/history").await, (401, "token_expired".to_owned()));
}
