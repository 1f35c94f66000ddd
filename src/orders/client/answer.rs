//! Reads what Hotmart answers, within limits.

use reqwest::Response;
use reqwest::header::CONTENT_TYPE;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::CallError;

/// A page of 500 sales has less than 1 MB.
const BODY_MAX_BYTES: usize = 16 * 1024 * 1024;

/// One page of a list.
#[derive(Debug, Default)]
pub(in crate::orders) struct Page {
    /// As they came. Taken apart one by one: a page as a tree takes twenty times its length.
    pub items: Vec<Box<RawValue>>,
    /// Opens the next page; `None`: this was the last.
    pub next: Option<String>,
}

#[derive(Deserialize, Default)]
struct PageBody {
    #[serde(default)]
    items: Option<Vec<Box<RawValue>>>,
    #[serde(default)]
    page_info: Option<PageInfo>,
}

#[derive(Deserialize, Default)]
struct PageInfo {
    #[serde(default)]
    next_page_token: Option<String>,
}

#[derive(Deserialize, Default)]
pub(super) struct ErrorBody {
    #[serde(default)]
    pub error_description: String,
}

impl ErrorBody {
    pub(super) fn parse(bytes: &[u8]) -> Self {
        serde_json::from_slice(bytes).unwrap_or_default()
    }

    /// Whether the period is what is wrong. No field says so, only the sentence, in English or Portuguese.
    pub(super) fn speaks_of_the_period(&self) -> bool {
        let said = self.error_description.to_lowercase();
        ["date", "period", "range", "interval", "período", "window"].iter().any(|word| said.contains(word))
    }
}

/// The whole body, as long as it is one that a page can have. A server that goes on for ever is cut off.
pub(super) async fn body(mut response: Response) -> Result<Vec<u8>, CallError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|_| CallError::NotReached)? {
        if bytes.len() + chunk.len() > BODY_MAX_BYTES {
            return Err(CallError::NotHotmart);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

pub(super) fn is_json(response: &Response) -> bool {
    let kind = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.split(';').next().is_some_and(|kind| kind.trim().ends_with("json"))
}

/// `Null` where it is nested too deeply to be read.
pub(in crate::orders) fn item(raw: &RawValue) -> Value {
    serde_json::from_str(raw.get()).unwrap_or_default()
}

/// An empty body is an empty page: Hotmart answers some empty lists so.
pub(super) fn page(bytes: &[u8]) -> Result<Page, CallError> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Ok(Page::default());
    }
    let body: PageBody = serde_json::from_slice(bytes).map_err(|_| CallError::NotHotmart)?;
    let next = body.page_info.unwrap_or_default().next_page_token.filter(|token| !token.is_empty());
    Ok(Page { items: body.items.unwrap_or_default(), next })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_body_is_an_empty_page_and_anything_but_json_is_none() {
        for empty in ["", " \n", "{}", "{\"items\":null}", "{\"items\":[],\"page_info\":{}}"] {
            assert!(page(empty.as_bytes()).is_ok_and(|page| page.items.is_empty() && page.next.is_none()), "{empty}");
        }
        let some = page(br#"{"items":[{"a":1}],"page_info":{"next_page_token":"x","new":1},"more":2}"#).expect("a page");
        assert_eq!((some.items.len(), some.next.as_deref()), (1, Some("x")));
        for odd in ["<html>", "[1]", "{\"items\":3}", "null0"] {
            assert_eq!(page(odd.as_bytes()).err(), Some(CallError::NotHotmart), "{odd}");
        }
        let deep = page(format!("{{\"items\":[{}{}, 7]}}", "[".repeat(100_000), "]".repeat(100_000)).as_bytes()).expect("a page");
        assert_eq!(deep.items.iter().map(|raw| item(raw)).collect::<Vec<Value>>(), [Value::Null, Value::from(7)]);
    }

    #[test]
    fn a_refusal_is_read_for_what_it_is_about() {
        let of = |text: &str| ErrorBody { error_description: text.into() }.speaks_of_the_period();
        assert!(of("The informed date range exceeds the maximum allowed") && of("O período máximo é de 12 meses"));
        assert!(!of("Invalid value for transaction_status"));
    }
}
