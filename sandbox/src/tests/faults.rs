use std::time::Duration;

use tokio::{io::AsyncReadExt, time::timeout};

use super::{DAY, NOW_MS, every_status, faults, faulty, history};
use crate::{Faults, client};

const ME: &str = "/user/api/v1/me";

#[test]
fn an_unknown_word_is_named() {
    let error = "html,smoke".parse::<Faults>().unwrap_err();
    assert!(error.contains("`smoke`") && error.contains("same-cursor"));
    assert_eq!("slow-502=5, html".parse(), Ok(Faults { slow_502: Some(5), html: true, ..Faults::default() }));
    assert!("slow-502=x".parse::<Faults>().is_err());
    assert_eq!("".parse(), Ok(Faults::default()));
}

#[tokio::test]
async fn a_repeated_key_is_refused() {
    let client = faulty("no-repeated-key").await;
    let path = history(NOW_MS - DAY, NOW_MS);
    assert_eq!(client.failure(&(path.clone() + &every_status())).await, (400, "invalid_parameter".to_owned()));
    assert_eq!(client.get(&(path + "&transaction_status=EXPIRED")).await.0, 200);
}

#[tokio::test]
async fn an_empty_list_has_no_body_or_no_items() {
    let client = faulty("empty-body").await;
    let path = history(0, DAY);
    let answer = client.raw(&path).await.unwrap();
    assert_eq!((answer.status, answer.body.len()), (200, 0));
    client.sandbox.set_faults(faults("no-items"));
    let body = client.ok(&path).await;
    assert!(body.get("items").is_none() && body.get("page_info").is_some());
}

#[tokio::test]
async fn a_gateway_answers_in_html_at_times() {
    let client = faulty("html").await;
    let mut statuses = Vec::new();
    for _ in 0..22 {
        let answer = client.raw(ME).await.unwrap();
        assert_eq!(answer.status == 502, answer.head.contains("text/html"));
        statuses.push(answer.status);
    }
    assert_eq!((statuses[10], statuses[21]), (502, 502));
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 20);
}

#[tokio::test]
async fn a_page_names_itself_as_the_next_one_at_times() {
    let client = faulty("same-cursor").await;
    let path = history(NOW_MS - 360 * DAY, NOW_MS).replace("=500", "=5");
    let (mut token, mut repeated) = (String::new(), 0);
    for _ in 0..20 {
        let page = client.ok(&format!("{path}{token}")).await;
        let next = format!("&page_token={}", crate::text::escaped(page["page_info"]["next_page_token"].as_str().unwrap()));
        repeated += u32::from(next == token);
        token = next;
    }
    assert_eq!(repeated, 3);
}

#[tokio::test]
async fn a_wide_window_is_too_slow() {
    let client = faulty("slow-502=10").await;
    assert_eq!(client.failure(&history(NOW_MS - 11 * DAY, NOW_MS)).await.0, 502);
    assert_eq!(client.get(&history(NOW_MS - 10 * DAY, NOW_MS)).await.0, 200);
}

#[tokio::test]
async fn the_limit_is_reached_too_early_at_times() {
    let client = faulty("rate-limit").await;
    for _ in 0..12 {
        client.ok(ME).await;
    }
    let answer = client.raw(ME).await.unwrap();
    assert_eq!(answer.status, 429);
    assert!(answer.head.contains("ratelimit-reset: 1") && answer.head.contains("ratelimit-remaining: 0"));
    client.ok(ME).await;
}

#[tokio::test]
async fn a_token_ends_at_times() {
    let mut client = faulty("expire-token").await;
    for _ in 0..16 {
        client.ok(ME).await;
    }
    assert_eq!(client.failure(ME).await, (401, "token_expired".to_owned()));
    assert_eq!(client.failure(ME).await, (401, "token_expired".to_owned()));
    client.token = super::new_token(&client.sandbox).await;
    client.ok(ME).await;
}

#[tokio::test]
async fn an_answer_is_cut_at_times() {
    let client = faulty("broken").await;
    for _ in 0..18 {
        client.ok(ME).await;
    }
    assert!(client.raw(ME).await.is_err());
    client.ok(ME).await;
}

#[tokio::test]
async fn an_answer_never_ends_or_never_comes() {
    let client = faulty("huge").await;
    let authorization = format!("Bearer {}", client.token);
    let url = format!("{}{ME}", client.sandbox.url);
    let read = async |most: usize| {
        let mut stream = client::open("GET", &url, &[("Authorization", &authorization)], b"").await.unwrap();
        let (mut buffer, mut size) = (vec![0; 65_536], 0);
        while size < most {
            match timeout(Duration::from_millis(300), stream.read(&mut buffer)).await {
                Ok(Ok(read)) if read > 0 => size += read,
                _ => break,
            }
        }
        size
    };
    assert!(read(20_000_000).await >= 20_000_000);
    client.sandbox.set_faults(faults("stall"));
    assert!((50..1000).contains(&read(1000).await));
    client.sandbox.set_faults(faults("silent"));
    assert_eq!(read(1).await, 0);
}

#[tokio::test]
async fn a_call_is_sent_elsewhere() {
    let client = faulty("redirect").await;
    let answer = client.raw(ME).await.unwrap();
    assert_eq!(answer.status, 302);
    assert!(answer.head.contains("location: http://127.0.0.1:1/"));
}

#[tokio::test]
async fn new_fields_and_words_appear_and_totals_know_them() {
    let client = faulty("unknown").await;
    let items = client.all(&(history(NOW_MS - 360 * DAY, NOW_MS) + &every_status())).await;
    assert!(items.iter().all(|item| item.get("brand_new_field").is_some()));
    assert!(items.iter().any(|item| item["purchase"]["status"] == "IN_MEDIATION"));
    assert_eq!(client.sandbox.totals(&super::zone()).by_status["IN_MEDIATION"].count, 20);
}

#[tokio::test]
async fn commissions_may_spell_the_currency_otherwise() {
    let client = faulty("currency-code").await;
    let items = client.all(&history(NOW_MS - 30 * DAY, NOW_MS).replace("history", "commissions")).await;
    let commission = &items[0]["commissions"][0]["commission"];
    assert!(commission.get("currency_code").is_some() && commission.get("currency_value").is_none());
}
