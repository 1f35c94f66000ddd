use super::{faulty, usual};
use crate::client;

#[tokio::test]
async fn products_have_offers_and_some_have_plans() {
    let client = usual().await;
    let products = client.all("/products/api/v1/products?max_results=3").await;
    assert_eq!(products.len(), 8);
    let ucode = |name: &str| products.iter().find(|one| one["name"] == name).and_then(|one| one["ucode"].as_str()).unwrap();
    let path = |name: &str, part: &str| format!("/products/api/v1/products/{}/{part}?", ucode(name));
    assert_eq!(client.all(&path("Clube do Pão", "plans")).await.len(), 3);
    assert_eq!(client.all(&path("Clube do Pão", "offers")).await.len(), 3);
    // A product without plans has no empty list of them.
    assert_eq!(client.failure(&path("Curso Pão em Casa", "plans")).await.0, 400);
    assert_eq!(client.all("/products/api/v1/products?status=DRAFT").await.len(), 1);
    assert_eq!(client.failure("/products/api/v1/products?status=OPEN").await.0, 400);
    assert_eq!(client.failure("/products/api/v1/products/none/offers").await.0, 404);
}

#[tokio::test]
async fn coupons_are_a_good_answer_without_a_body() {
    let client = usual().await;
    let answer = client.raw("/products/api/v1/coupon/product/7000001").await.unwrap();
    assert_eq!((answer.status, answer.body.len()), (200, 0));
}

#[tokio::test]
async fn the_owner_is_told_unless_that_call_is_missing() {
    assert_eq!(usual().await.ok("/user/api/v1/me").await["email"], "forno.azul@example.com");
    assert_eq!(faulty("no-me").await.failure("/user/api/v1/me").await, (404, "not_found".to_owned()));
}

#[tokio::test]
async fn members_are_found_by_a_part_of_the_address_in_a_named_area() {
    let client = usual().await;
    let found = client.all("/club/api/v1/users?subdomain=pao&email=.17@").await;
    assert_eq!(found.len(), 1);
    assert_eq!(client.failure("/club/api/v1/users?email=a").await.0, 400);
    assert_eq!(client.get("/club/api/v1/users/u17/lessons?subdomain=pao").await.0, 200);
    assert_eq!(client.get("/club/api/v1/modules?subdomain=pao").await.0, 200);
}

#[tokio::test]
async fn nothing_can_be_changed() {
    let client = usual().await;
    let authorization = format!("Bearer {}", client.token);
    for (method, path) in [("PUT", "sales/HP0000000001/refund"), ("POST", "subscriptions/cancel"), ("PATCH", "subscriptions/X")] {
        let url = format!("{}/payments/api/v1/{path}", client.sandbox.url);
        let answer = client::call(method, &url, &[("Authorization", &authorization)], b"{}").await.unwrap();
        assert_eq!(answer.status, 405);
        assert!(String::from_utf8_lossy(&answer.body).contains("method_not_allowed"));
    }
    assert_eq!(client.failure("/payments/api/v1/nothing").await, (404, "not_found".to_owned()));
}
