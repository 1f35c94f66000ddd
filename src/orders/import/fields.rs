//! Reads single fields of what Hotmart sends. Every field may be missing, of another kind, or hostile: what can't be read is missing.

use serde_json::Value;

use crate::clock::Micros;
use crate::orders::money::Money;

/// Names and addresses have far less.
const TEXT_MAX_CHARS: usize = 300;
/// Below this a moment is in seconds: some lists write them so, others in milliseconds.
const SECONDS_BELOW: i64 = 100_000_000_000;

/// A text, or a number as one, without what can't be kept.
pub(in crate::orders) fn text(item: &Value, pointer: &str) -> Option<String> {
    let text = match item.pointer(pointer)? {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    let text: String = text.chars().filter(|char| !char.is_control()).take(TEXT_MAX_CHARS).collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

pub(in crate::orders) fn whole(item: &Value, pointer: &str) -> Option<i64> {
    item.pointer(pointer)?.as_i64()
}

pub(in crate::orders) fn truth(item: &Value, pointer: &str) -> bool {
    item.pointer(pointer).and_then(Value::as_bool).unwrap_or_default()
}

pub(in crate::orders) fn moment(item: &Value, pointer: &str) -> Option<Micros> {
    let written = whole(item, pointer).filter(|written| *written > 0)?;
    let millis = if written < SECONDS_BELOW { written.checked_mul(1000)? } else { written };
    millis.checked_mul(1000).map(Micros)
}

/// An amount beside its currency, which each list calls by another name.
pub(in crate::orders) fn money(item: &Value, pointer: &str, amount: &str) -> Option<Money> {
    let of = item.pointer(pointer)?;
    let value = of.get(amount)?.as_f64()?;
    let currency = ["currency_code", "currency_value", "currency"].iter().find_map(|name| of.get(name)?.as_str())?;
    Money::of_major(value, currency)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_can_not_be_read_is_missing() {
        let item = json!({ "a": { "b": " x\u{0}y ", "n": 7, "no": null, "list": [1] }, "empty": " ", "long": "é".repeat(400) });
        assert_eq!(text(&item, "/a/b").as_deref(), Some("xy"));
        assert_eq!(text(&item, "/a/n").as_deref(), Some("7"));
        for pointer in ["/a/no", "/a/list", "/a", "/empty", "/nowhere", ""] {
            assert_eq!(text(&item, pointer), None, "{pointer}");
        }
        assert_eq!(text(&item, "/long").map(|text| text.chars().count()), Some(TEXT_MAX_CHARS));
    }

    #[test]
    fn moments_are_read_in_seconds_and_in_milliseconds() {
        let item = json!({ "ms": 1_735_732_800_000_i64, "s": 1_735_732_800, "none": 0, "text": "2025", "huge": i64::MAX });
        assert_eq!(moment(&item, "/ms"), Some(Micros(1_735_732_800_000_000)));
        assert_eq!(moment(&item, "/s"), moment(&item, "/ms"));
        assert!(["/none", "/text", "/huge", "/x"].iter().all(|pointer| moment(&item, pointer).is_none()));
    }

    #[test]
    fn a_currency_is_found_under_each_of_its_names() {
        for name in ["currency_code", "currency_value", "currency"] {
            let item = json!({ "price": { "value": 29.9, name: "BRL" } });
            assert_eq!(money(&item, "/price", "value"), Money::of_major(29.9, "BRL"));
        }
        assert_eq!(money(&json!({ "price": { "value": 1 } }), "/price", "value"), None);
    }
}
