use std::collections::HashSet;

use super::{DAY, NOW_MS, history, usual};

fn path(rows: usize) -> String {
    history(NOW_MS - 360 * DAY, NOW_MS).replace("max_results=500", &format!("max_results={rows}"))
}

#[tokio::test]
async fn pages_hold_each_sale_once() {
    let client = usual().await;
    let (small, large) = (client.all(&path(7)).await, client.all(&path(500)).await);
    assert_eq!(small, large);
    let codes: HashSet<&str> = small.iter().map(|item| item["purchase"]["transaction"].as_str().unwrap()).collect();
    assert_eq!(codes.len(), small.len());
}

#[tokio::test]
async fn the_first_page_has_no_previous_one_and_the_last_no_next_one() {
    let client = usual().await;
    let first = client.ok(&path(100)).await;
    assert!(first["page_info"].get("prev_page_token").is_none());
    assert_eq!(first["page_info"]["results_per_page"], 100);
    let token = first["page_info"]["next_page_token"].as_str().unwrap();
    let second = client.ok(&format!("{}&page_token={}", path(100), crate::text::escaped(token))).await;
    let back = second["page_info"]["prev_page_token"].as_str().unwrap();
    assert_eq!(client.ok(&format!("{}&page_token={}", path(100), crate::text::escaped(back))).await, first);
    let only = client.ok(&history(NOW_MS - DAY, NOW_MS)).await;
    assert!(only["page_info"].get("next_page_token").is_none());
}

#[tokio::test]
async fn too_large_a_page_is_reduced_silently() {
    let client = super::start(crate::Config { sales: 3000, ..crate::Config::default() }).await;
    let page = client.ok(&path(100_000)).await;
    assert_eq!(page["items"].as_array().unwrap().len(), 500);
    let usual = client.ok(&path(1).replace("max_results=1&", "")).await;
    assert_eq!(usual["items"].as_array().unwrap().len(), 50);
}

#[tokio::test]
async fn a_bad_cursor_is_refused() {
    let client = usual().await;
    let of_subscriptions = client.ok("/payments/api/v1/subscriptions?accession_date=0&max_results=1").await;
    assert!(of_subscriptions["page_info"].get("total_results").is_none());
    let hex = of_subscriptions["page_info"]["next_page_token"].as_str().unwrap();
    assert_eq!(hex.len(), 64);
    for token in ["x", "eyJyb3dzIjo1fQ==", "e30=", hex] {
        let answer = client.failure(&format!("{}&page_token={token}", path(5))).await;
        assert_eq!(answer, (400, "invalid_token".to_owned()), "{token}");
    }
    let altered = hex.replacen('0', "1", 1);
    let path = format!("/payments/api/v1/subscriptions?accession_date=0&page_token={altered}");
    assert_eq!(client.failure(&path).await, (400, "invalid_token".to_owned()));
}
