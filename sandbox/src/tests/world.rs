use std::collections::{BTreeMap, HashSet};

use super::{DAY, NOW_MS, every_status, history, usual, zone};
use crate::{Config, Status, totals, world::World};

#[test]
fn the_same_seed_makes_the_same_sales_and_another_one_others() {
    let of = |seed| totals(&Config { seed, ..Config::default() }, &zone());
    assert_eq!(of(1), of(1));
    assert_ne!(of(1), of(2));
}

#[test]
fn a_small_world_has_every_state() {
    for sales in [17, 100, 1000] {
        let totals = totals(&Config { sales, ..Config::default() }, &zone());
        assert_eq!((totals.sales, totals.by_status.len()), (sales as u64, Status::ALL.len()));
    }
    assert_eq!(totals(&Config { sales: 0, ..Config::default() }, &zone()).sales, 0);
    let currencies: Vec<String> = totals(&Config::default(), &zone()).by_currency.into_keys().collect();
    assert_eq!(currencies, ["BRL", "CLP", "EUR", "KWD", "USD"]);
}

#[test]
fn every_code_comes_once_and_finds_its_sale() {
    let world = World::new(3, 20_000, NOW_MS);
    let codes: HashSet<String> = world.sales.iter().map(|sale| world.code(sale)).collect();
    assert_eq!(codes.len(), world.sales.len());
    for sale in &world.sales {
        assert_eq!(world.by_code(&world.code(sale)).map(|found| found.index), Some(sale.index));
    }
}

#[test]
fn people_buy_twice_and_some_have_hostile_names() {
    let world = World::new(1, 5000, NOW_MS);
    let mut times: BTreeMap<u32, u32> = BTreeMap::new();
    for sale in world.sales.iter().filter(|sale| !sale.is_renewal()) {
        *times.entry(sale.buyer).or_insert(0) += 1;
    }
    assert!(times.values().any(|times| *times > 2));
    let names: Vec<String> = times.keys().map(|id| crate::world::people::buyer(1, *id).name).collect();
    assert!(names.iter().any(|name| name.contains("<script>")) && names.iter().any(|name| name.contains('ç')));
}

#[test]
fn days_pass_and_codes_stay() {
    let mut world = World::new(1, 5000, NOW_MS);
    let before: Vec<(String, Status)> = world.sales.iter().map(|sale| (world.code(sale), sale.status)).collect();
    world.pass(40);
    assert!(world.sales.len() > before.len() + 100);
    let changed = before.iter().zip(&world.sales).filter(|((code, status), sale)| {
        assert_eq!(*code, world.code(sale));
        *status != sale.status
    });
    assert!(changed.count() > 20);
    // One by one it comes to the same.
    let mut other = World::new(1, 5000, NOW_MS);
    for _ in 0..40 {
        other.pass(1);
    }
    assert_eq!(crate::totals::count(&world, &zone(), false), crate::totals::count(&other, &zone(), false));
    assert!(world.sales.is_sorted_by_key(|sale| sale.ordered));
    assert!(world.subscriptions.iter().any(|one| one.sales.iter().any(|index| *index as usize >= before.len())));
}

#[tokio::test]
async fn a_state_can_be_set() {
    let client = usual().await;
    let sale = client.all(&history(NOW_MS - 300 * DAY, NOW_MS)).await[0].clone();
    let code = sale["purchase"]["transaction"].as_str().unwrap();
    assert!(client.sandbox.set_status(code, Status::Chargeback));
    assert!(!client.sandbox.set_status("HP1", Status::Chargeback));
    let found = client.all(&format!("/payments/api/v1/sales/history?transaction={code}")).await;
    assert_eq!(found[0]["purchase"]["status"], "CHARGEBACK");
    client.sandbox.pass(100);
    let now = client.sandbox.now().as_millisecond();
    assert_eq!(now, NOW_MS + 100 * DAY);
    let later = client.all(&(history(NOW_MS + 1, now) + &every_status())).await;
    assert!(!later.is_empty());
}

#[test]
fn amounts_are_written_with_the_digits_of_their_currency() {
    use crate::money::Currency::{Brl, Clp, Kwd};
    assert_eq!((Brl.text(2990), Brl.text(5), Clp.text(19_900), Kwd.text(1250)), ("29.90".into(), "0.05".into(), "19900".into(), "1.250".into()));
    assert_eq!(
        (Brl.number(2990).to_string(), Clp.number(19_900).to_string(), Kwd.number(1250).to_string()),
        ("29.9".into(), "19900".into(), "1.25".into())
    );
    assert_eq!(Brl.number(19_700).to_string(), "197.0");
}

#[test]
fn base64_and_forms_are_read_as_they_are_written() {
    use crate::text::{base64, escaped, from_base64, pairs};
    for text in ["", "a", "ab", "abc", "id:segrêdo"] {
        assert_eq!(from_base64(&base64(text.as_bytes())).as_deref(), Some(text.as_bytes()));
        assert_eq!(pairs(&format!("k={}", escaped(text))), [("k".to_owned(), text.to_owned())]);
    }
    assert_eq!(base64(b"id:secret"), "aWQ6c2VjcmV0");
    for text in ["a", "a===", "=a==", "a b=", "é"] {
        assert_eq!(from_base64(text), None, "{text}");
    }
    assert_eq!(
        pairs("a=1&a=2&b&%zz=+%é"),
        [("a".into(), "1".into()), ("a".into(), "2".into()), ("b".into(), String::new()), ("%zz".into(), " %é".into())]
    );
}
