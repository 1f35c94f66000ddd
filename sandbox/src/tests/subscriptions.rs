use super::{DAY, NOW_MS, counted, faulty, usual};
use crate::SubscriptionStatus;

const LIST: &str = "/payments/api/v1/subscriptions?max_results=500";

#[tokio::test]
async fn without_an_accession_date_only_thirty_days_are_shown() {
    let client = usual().await;
    let (few, all) = (client.all(LIST).await, client.all(&format!("{LIST}&accession_date=0")).await);
    assert!(few.len() < all.len() / 4);
    assert!(few.iter().all(|item| item["accession_date"].as_i64().unwrap() >= NOW_MS - 30 * DAY));
    // Even where another filter names the subscriber.
    let email = all[0]["subscriber"]["email"].as_str().unwrap();
    assert!(client.all(&format!("{LIST}&subscriber_email={email}")).await.is_empty());
    assert!(!client.all(&format!("{LIST}&subscriber_email={email}&accession_date=0")).await.is_empty());
}

#[tokio::test]
async fn totals_count_all_subscriptions_by_state() {
    let client = super::start(crate::Config { sales: 5000, ..crate::Config::default() }).await;
    let all = client.all(&format!("{LIST}&accession_date=0")).await;
    assert_eq!(counted(&all, "/status"), client.sandbox.totals(&super::zone()).subscriptions);
}

#[tokio::test]
async fn states_are_filtered_by_repeated_keys_and_unknown_ones_refused() {
    let client = usual().await;
    let path = format!("{LIST}&accession_date=0&status=ACTIVE&status=CANCELLED_BY_CUSTOMER");
    let words: Vec<String> = counted(&client.all(&path).await, "/status").into_keys().collect();
    assert_eq!(words, ["ACTIVE", "CANCELLED_BY_CUSTOMER"]);
    for word in ["CANCELLED_BY_BUYER", "CANCELED_BY_CUSTOMER"] {
        assert_eq!(client.failure(&format!("{LIST}&status={word}")).await, (400, "invalid_parameter".to_owned()));
    }
}

#[tokio::test]
async fn canceled_ones_have_an_end_and_plans_without_an_end_no_cycles() {
    let client = usual().await;
    for item in client.all(&format!("{LIST}&accession_date=0")).await {
        let status = SubscriptionStatus::named(item["status"].as_str().unwrap()).unwrap();
        assert_eq!(status.is_cancelled(), item["end_accession_date"].is_i64(), "{item}");
        assert_eq!(item["plan"]["id"] == 79, item["plan"].get("max_charge_cycles").is_some());
    }
    let path = format!("{LIST}&accession_date=0&cancelation_date={}", NOW_MS - 365 * DAY);
    assert!(client.all(&path).await.iter().all(|item| item["end_accession_date"].is_i64()));
}

#[tokio::test]
async fn transactions_are_a_day_behind_and_of_thirty_days() {
    let client = super::start(crate::Config { sales: 20_000, ..crate::Config::default() }).await;
    let path = "/payments/api/v1/subscriptions/transactions?max_results=500";
    let items = client.all(path).await;
    let dates: Vec<i64> = items.iter().map(|item| item["purchase"]["order_date"].as_i64().unwrap()).collect();
    assert!(!dates.is_empty() && dates.iter().all(|date| (NOW_MS - 30 * DAY..=NOW_MS - DAY).contains(date)));
    let few = client.ok("/payments/api/v1/subscriptions/transactions").await;
    assert_eq!(few["items"].as_array().unwrap().len(), 10);
    let year = format!("{path}&transaction_date={}", NOW_MS - 365 * DAY);
    let items = client.all(&year).await;
    let returned = items.iter().filter(|item| item.pointer("/purchase/payment/refund_chargeback_date").unwrap().is_i64()).count();
    assert!(returned > 0);
    let words = counted(&items, "/purchase/status");
    assert!(words.contains_key("DELAYED") && !words.contains_key("UNDER_ANALISYS"));
    assert!(counted(&items, "/billing_type").contains_key("SMART_INSTALLMENT"));
    assert_eq!(client.failure(&format!("{path}&transaction_date=0")).await.0, 400);
    assert_eq!(client.failure(&format!("{path}&recurrency_status=OPEN")).await.0, 400);
    assert_eq!(client.get(&format!("{path}&purchase_status=DELAYED&purchase_status=UNDER_ANALYSIS")).await.0, 200);
}

#[tokio::test]
async fn a_summary_tells_the_last_recurrence() {
    let client = usual().await;
    let items = client.all("/payments/api/v1/subscriptions/summary?max_results=500&accession_date=0").await;
    assert!(items.iter().all(|item| item["accession_date"].as_i64().unwrap() <= NOW_MS - DAY));
    assert!(items.iter().any(|item| item["last_recurrency"]["number"].as_i64().unwrap() > 1));
    assert!(items.iter().any(|item| !item["unpaid_recurrencies"].as_array().unwrap().is_empty()));
}

#[tokio::test]
async fn purchases_of_a_subscriber_are_a_bare_list() {
    let client = usual().await;
    let all = client.all(&format!("{LIST}&accession_date=0")).await;
    let code = all[0]["subscriber_code"].as_str().unwrap();
    let purchases = client.ok(&format!("/payments/api/v1/subscriptions/{code}/purchases")).await;
    assert!(!purchases.as_array().unwrap().is_empty());
    assert_eq!(client.failure("/payments/api/v1/subscriptions/NONE000000/purchases").await, (404, "not_found".to_owned()));
}

#[tokio::test]
async fn dates_may_come_in_seconds() {
    let client = faulty("seconds").await;
    let all = client.all(&format!("{LIST}&accession_date=0")).await;
    assert!(all.iter().all(|item| item["accession_date"].as_i64().unwrap() < 100_000_000_000));
}
