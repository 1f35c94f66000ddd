use super::{DAY, NOW_MS, history, usual};

#[tokio::test]
async fn a_window_of_a_year_is_accepted_and_two_are_not() {
    let client = usual().await;
    for list in ["history", "summary", "users", "commissions", "price/details"] {
        let path = |days: i64| history(NOW_MS - days * DAY, NOW_MS).replace("history", list);
        assert_eq!(client.get(&path(366)).await.0, 200, "{list}");
        assert_eq!(client.failure(&path(730)).await, (400, "invalid_parameter".to_owned()), "{list}");
    }
    assert_eq!(client.get(&history(NOW_MS, NOW_MS - DAY)).await.0, 400);
    assert_eq!(client.get(&history(i64::MIN, i64::MAX)).await.0, 400);
}

#[tokio::test]
async fn without_dates_thirty_days_are_shown() {
    let client = usual().await;
    let shown = client.ok("/payments/api/v1/sales/history?max_results=500").await;
    assert_eq!(shown, client.ok(&history(NOW_MS - 30 * DAY, NOW_MS)).await);
}

#[tokio::test]
async fn dates_are_those_of_orders_and_both_ends_belong_to_a_window() {
    let client = usual().await;
    let sales = client.all(&history(NOW_MS - 100 * DAY, NOW_MS)).await;
    let date = |place: usize| sales[place]["purchase"]["order_date"].as_i64().unwrap();
    let found = client.all(&history(date(0), date(2))).await;
    assert_eq!(found, sales[..3]);
}

#[tokio::test]
async fn nothing_was_sold_before_the_four_years() {
    let client = usual().await;
    let start = NOW_MS - 1461 * DAY;
    let path = history(start - 365 * DAY, start - 1);
    let page = client.ok(&(path + &super::every_status())).await;
    assert_eq!(page["items"].as_array().unwrap().len(), 0);
    assert_eq!(page["page_info"]["total_results"], 0);
}
