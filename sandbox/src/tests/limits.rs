use super::{new_token, start, usual};
use crate::Config;

fn header(head: &str, name: &str) -> Option<u64> {
    head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": ")?.parse().ok())
}

#[tokio::test]
async fn every_answer_says_how_many_calls_are_left() {
    let client = usual().await;
    client.raw("/user/api/v1/me").await.unwrap();
    let head = client.raw("/user/api/v1/me").await.unwrap().head;
    for (name, value) in
        [("ratelimit-limit", 500), ("ratelimit-remaining", 498), ("x-ratelimit-limit-minute", 500), ("x-ratelimit-remaining-minute", 498)]
    {
        assert_eq!(header(&head, name), Some(value), "{name}");
    }
    assert!((1..=60).contains(&header(&head, "ratelimit-reset").unwrap()));
}

#[tokio::test]
async fn past_the_limit_a_client_waits() {
    let mut client = start(Config { calls_per_minute: 3, ..Config::default() }).await;
    for _ in 0..3 {
        client.ok("/user/api/v1/me").await;
    }
    // A new token is of the same client.
    client.token = new_token(&client.sandbox).await;
    let answer = client.raw("/user/api/v1/me").await.unwrap();
    assert_eq!((answer.status, answer.body.as_slice()), (429, br#"{"error":"too_many_requests"}"#.as_slice()));
    assert_eq!(header(&answer.head, "ratelimit-remaining"), Some(0));
    assert!(header(&answer.head, "ratelimit-reset").is_some() && !answer.head.contains("retry-after"));
}
