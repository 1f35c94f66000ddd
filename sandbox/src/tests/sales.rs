use super::{DAY, NOW_MS, counted, every_status, history, usual};
use crate::Status;

fn year() -> String {
    history(NOW_MS - 360 * DAY, NOW_MS)
}

#[tokio::test]
async fn without_a_state_only_approved_and_complete_are_shown() {
    let client = usual().await;
    for list in ["history", "users", "commissions", "price/details"] {
        let path = year().replace("history", list);
        let (shown, all) = (client.ok(&path).await, client.ok(&format!("{path}&transaction_status=APPROVED&transaction_status=COMPLETE")).await);
        assert_eq!(shown, all, "{list}");
    }
    let words: Vec<String> = counted(&client.all(&year()).await, "/purchase/status").into_keys().collect();
    assert_eq!(words, ["APPROVED", "COMPLETE"]);
    let all = client.all(&(year() + &every_status())).await;
    assert!(counted(&all, "/purchase/status").len() > 6);
}

#[tokio::test]
async fn one_unknown_state_fails_the_whole_call() {
    let client = usual().await;
    for words in ["APPROVED&transaction_status=BILLET_PRINTED", "APPROVED,COMPLETE", "approved", "DELAYED", ""] {
        let path = format!("{}&transaction_status={words}", year());
        assert_eq!(client.failure(&path).await, (400, "invalid_parameter".to_owned()), "{words}");
    }
    for filter in ["payment_type=CARD", "commission_as=OWNER", "product_id=x", "max_results=0", "max_results=x", "start_date=2026-01-01"] {
        assert_eq!(client.failure(&format!("/payments/api/v1/sales/history?{filter}")).await.0, 400, "{filter}");
    }
}

#[tokio::test]
async fn a_transaction_is_found_in_any_state_and_at_any_time() {
    let client = usual().await;
    for days in [1400, 300] {
        let from = NOW_MS - days * DAY;
        let path = format!("{}&transaction_status=REFUNDED&transaction_status=EXPIRED", history(from, from + 360 * DAY.min(NOW_MS - from)));
        let sale = client.all(&path).await[0].clone();
        let code = sale["purchase"]["transaction"].as_str().unwrap().to_owned();
        assert_eq!(code.len(), if days == 1400 { 16 } else { 12 });
        let found = client.all(&format!("/payments/api/v1/sales/history?transaction={code}")).await;
        assert_eq!(found, [sale]);
    }
    assert!(client.all("/payments/api/v1/sales/history?transaction=HP0000000001").await.is_empty());
    assert!(client.all("/payments/api/v1/sales/history?transaction=HP").await.is_empty());
}

#[tokio::test]
async fn price_details_refuses_three_states() {
    let client = usual().await;
    let path = year().replace("history", "price/details");
    for status in Status::ALL {
        let (code, _) = client.get(&format!("{path}&transaction_status={}", status.word())).await;
        let refused = matches!(status, Status::NoFunds | Status::PreOrder | Status::ProcessingTransaction);
        assert_eq!(code, if refused { 400 } else { 200 }, "{}", status.word());
    }
}

#[tokio::test]
async fn sales_are_found_by_each_filter() {
    let client = usual().await;
    let all = client.all(&(year() + &every_status())).await;
    let sample = all.iter().find(|item| item.pointer("/purchase/tracking/source").is_some() && item.pointer("/buyer/email").is_some()).unwrap();
    let text = |pointer: &str| sample.pointer(pointer).map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned)).unwrap();
    for (key, pointer) in [
        ("product_id", "/product/id"),
        ("buyer_name", "/buyer/name"),
        ("payment_type", "/purchase/payment/type"),
        ("offer_code", "/purchase/offer/code"),
        ("sales_source", "/purchase/tracking/source"),
        ("commission_as", "/purchase/commission_as"),
    ] {
        let found = client.all(&format!("{}{}&{key}={}", year(), every_status(), crate::text::escaped(&text(pointer)))).await;
        assert!(found.contains(sample) && found.len() < all.len(), "{key}");
        assert_eq!(counted(&found, pointer).len(), 1, "{key}");
    }
    // An address is the same in any case.
    let email = text("/buyer/email").to_uppercase();
    let found = client.all(&format!("{}{}&buyer_email={}", year(), every_status(), crate::text::escaped(&email))).await;
    assert!(found.contains(sample) && found.len() < 20);
    assert!(client.all(&format!("{}&buyer_email=nobody@example.com", year())).await.is_empty());
}

#[tokio::test]
async fn commissions_add_up_to_the_price_without_the_fee() {
    let client = usual().await;
    let path = format!("{}{}", year(), every_status());
    let (sales, shares) = (client.all(&path).await, client.all(&path.replace("history", "commissions")).await);
    assert_eq!(sales.len(), shares.len());
    for (sale, share) in sales.iter().zip(&shares) {
        assert_eq!(sale["purchase"]["transaction"], share["transaction"]);
        let Some(fee) = sale.pointer("/purchase/hotmart_fee/total") else { continue };
        let shared: f64 = share["commissions"].as_array().unwrap().iter().map(|one| one["commission"]["value"].as_f64().unwrap()).sum();
        let price = sale["purchase"]["price"]["value"].as_f64().unwrap();
        assert!((price - fee.as_f64().unwrap() - shared).abs() < 0.0005, "{sale} {share}");
    }
    assert!(shares.iter().any(|share| share["commissions"][1]["source"] == "AFFILIATE"));
}

#[tokio::test]
async fn a_summary_adds_up_each_currency() {
    let client = usual().await;
    let path = year().replace("history", "summary");
    let (summary, sales) = (client.ok(&path).await, client.all(&year()).await);
    let counts = counted(&sales, "/purchase/price/currency_code");
    for item in summary["items"].as_array().unwrap() {
        assert_eq!(item["total_items"].as_u64(), counts.get(item["total_value"]["currency_code"].as_str().unwrap()).copied());
    }
    assert_eq!(summary["items"].as_array().unwrap().len(), counts.len());
}

#[tokio::test]
async fn users_hold_the_buyer_with_phone_and_document() {
    let client = usual().await;
    let items = client.all(&year().replace("history", "users")).await;
    let buyer = items[0]["users"].as_array().unwrap().iter().find(|one| one["role"] == "BUYER").unwrap();
    assert!(buyer["user"]["cellphone"].as_str().is_some() && buyer["user"]["documents"][0]["type"].as_str().is_some());
}

#[tokio::test]
async fn what_is_optional_is_missing_at_times() {
    let client = usual().await;
    let all = client.all(&(year() + &every_status())).await;
    for pointer in ["/buyer/email", "/purchase/approved_date", "/purchase/tracking", "/purchase/hotmart_fee", "/purchase/warranty_expire_date"] {
        let present = all.iter().filter(|item| item.pointer(pointer).is_some()).count();
        assert!(present > 0 && present < all.len(), "{pointer}");
    }
    assert!(all.iter().any(|item| item.pointer("/purchase/approved_date").is_some_and(serde_json::Value::is_null)));
}
