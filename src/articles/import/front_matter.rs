//! What the front matter of other generators says of an article.

use serde_json::Value;

/// The front matter of a text, in our words.
#[derive(Debug, Clone, Default)]
pub(super) struct Foreign {
    pub(super) title: Option<String>,
    /// For lists, where it differs.
    pub(super) label: Option<String>,
    pub(super) summary: Option<String>,
    pub(super) keywords: Vec<String>,
    pub(super) draft: bool,
    pub(super) publish_at: Option<String>,
    pub(super) expire_at: Option<String>,
    /// The address that the text had, where it is written.
    pub(super) address: Option<String>,
    /// Older addresses.
    pub(super) aliases: Vec<String>,
    /// A name by which other texts link it.
    pub(super) id: Option<String>,
    pub(super) weight: Option<i64>,
    /// Leads elsewhere and has no text of its own.
    pub(super) redirects: bool,
    /// Keys that say nothing here.
    pub(super) left: Vec<String>,
}

/// Front matter and text of a file, and the number of the line on which the text begins.
pub(super) struct Split<'a> {
    pub(super) front: Foreign,
    pub(super) body: &'a str,
    pub(super) body_line: usize,
}

pub(super) fn split(text: &str) -> Split<'_> {
    let plain = Split { front: Foreign::default(), body: text, body_line: 1 };
    let Some(fence) = ["---", "+++"].into_iter().find(|fence| text.lines().next().is_some_and(|first| first.trim_end() == *fence)) else {
        return plain;
    };
    let start = text.find('\n').map_or(text.len(), |at| at + 1);
    let mut at = start;
    for (number, line) in text[start..].split_inclusive('\n').enumerate() {
        if line.trim_end() == fence || (fence == "---" && line.trim_end() == "...") {
            let written = &text[start..at];
            let value = if fence == "+++" { toml::from_str::<Value>(written).ok() } else { yaml(written) };
            let front = understood(&value.unwrap_or_else(|| by_lines(written)));
            return Split { front, body: &text[at + line.len()..], body_line: number + 3 };
        }
        at += line.len();
    }
    plain
}

pub(super) fn yaml(written: &str) -> Option<Value> {
    serde_saphyr::from_str::<Value>(written).ok().filter(Value::is_object)
}

/// What isn't valid may still have keys and values.
fn by_lines(written: &str) -> Value {
    let pairs = written.lines().filter(|line| !line.starts_with([' ', '\t', '-', '#'])).filter_map(|line| line.split_once(':'));
    let value = |value: &str| Value::String(value.trim().trim_matches(['"', '\'']).to_owned());
    Value::Object(pairs.map(|(key, written)| (key.trim().to_owned(), value(written))).collect())
}

/// The first of some keys, in whatever case.
pub(super) fn field<'a>(value: &'a Value, keys: &[&str]) -> Option<&'a Value> {
    let object = value.as_object()?;
    keys.iter()
        .find_map(|key| object.iter().find(|(known, _)| known.eq_ignore_ascii_case(key)).map(|(_, value)| value))
        .filter(|value| !value.is_null())
}

const TITLE: [&str; 2] = ["title", "heading"];
const LABEL: [&str; 5] = ["sidebar_label", "sidebarTitle", "linkTitle", "nav_title", "short_title"];
const SUMMARY: [&str; 4] = ["description", "summary", "excerpt", "subtitle"];
const KEYWORDS: [&str; 4] = ["keywords", "tags", "categories", "category"];
const DRAFT: [&str; 3] = ["draft", "unlisted", "status"];
const ADDRESS: [&str; 4] = ["permalink", "slug", "url", "path"];
const ALIASES: [&str; 6] = ["aliases", "redirect_from", "redirects", "redirect_from_paths", "legacySlug", "old_url"];
const REDIRECT: [&str; 2] = ["redirect_to", "redirect"];
const DATES: [&str; 4] = ["publishDate", "publish_date", "expiryDate", "expiry_date"];
const WEIGHT: [&str; 4] = ["sidebar_position", "weight", "nav_order", "order"];

fn understood(value: &Value) -> Foreign {
    let mut front = Foreign {
        title: field(value, &TITLE).and_then(text),
        label: field(value, &LABEL).and_then(text),
        summary: field(value, &SUMMARY).and_then(text),
        draft: field(value, &["draft", "unlisted"]).is_some_and(is_true)
            || field(value, &["published"]).is_some_and(|value| value == &Value::Bool(false))
            || field(value, &["status"]).and_then(Value::as_str).is_some_and(|status| status.eq_ignore_ascii_case("draft")),
        address: field(value, &ADDRESS).and_then(text),
        id: field(value, &["id"]).and_then(text),
        weight: field(value, &WEIGHT).and_then(|weight| weight.as_i64().or_else(|| weight.as_str()?.trim().parse().ok())),
        redirects: field(value, &REDIRECT).is_some(),
        publish_at: field(value, &DATES[..2]).and_then(day),
        expire_at: field(value, &DATES[2..]).and_then(day),
        ..Foreign::default()
    };
    front.keywords = KEYWORDS.iter().filter_map(|key| field(value, &[key])).flat_map(texts).collect();
    front.aliases = ALIASES.iter().filter_map(|key| field(value, &[key])).flat_map(texts).collect();
    let known: Vec<&str> =
        [&TITLE[..], &LABEL, &SUMMARY, &KEYWORDS, &DRAFT, &ADDRESS, &ALIASES, &REDIRECT, &DATES, &WEIGHT, &["id", "published"]].concat();
    let keys = value.as_object().into_iter().flat_map(|object| object.keys());
    front.left = keys.filter(|key| !known.iter().any(|known| known.eq_ignore_ascii_case(key))).cloned().collect();
    front
}

fn is_true(value: &Value) -> bool {
    matches!(value, Value::Bool(true)) || value.as_str().is_some_and(|word| word.eq_ignore_ascii_case("true"))
}

/// A text on one line; `None` for an empty one.
fn text(value: &Value) -> Option<String> {
    let written = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(word) => word.to_string(),
        _ => return None,
    };
    Some(written.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|text| !text.is_empty())
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(values) => values.iter().filter_map(|value| text(value).or_else(|| text(field(value, &["from", "label", "name"])?))).collect(),
        Value::String(written) => written.split(',').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect(),
        value => text(value).into_iter().collect(),
    }
}

/// The day of a date.
fn day(value: &Value) -> Option<String> {
    let written = text(value)?;
    let day = written.get(..10)?;
    day.parse::<jiff::civil::Date>().ok().map(|day| day.to_string())
}
