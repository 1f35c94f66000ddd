//! The front matter of an article: the YAML between two lines of `---`.

mod mistakes;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::addresses::lang_of;
use super::insertions::Cited;
use super::problem::Findings;
use super::records::is_plausible;
use super::slug::{did_you_mean, slug_fault};
use super::text::{control_character, fill_brand, quoted};
use crate::articles::options::LoadOptions;
use crate::clock::Micros;
use crate::i18n::countries;

pub(super) const FRONT_MATTER_MAX_BYTES: usize = 16 * 1024;
pub(super) const TITLE_MAX_CHARS: usize = 300;
const TITLE_GOOD_CHARS: usize = 80;
const SUMMARY_MAX_CHARS: usize = 500;
const SUMMARY_GOOD_CHARS: usize = 200;
const KEYWORDS_MAX: usize = 50;
const KEYWORD_MAX_CHARS: usize = 100;
const FORMERLY_MAX: usize = 100;

const ASKS_MAX: usize = 10;
/// Whole stories, as people type them.
const ASK_MAX_CHARS: usize = 400;

const KEYS: [&str; 13] =
    ["title", "summary", "slug", "keywords", "formerly", "status", "publish_at", "expire_at", "contact", "steps", "asks", "reviewed", "applies_to"];

/// What the front matter says, checked. Numbers beside texts are lines of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Front {
    pub(super) title: String,
    pub(super) summary: String,
    /// Title and summary before the brand is filled in: what a file says is the same under another brand.
    pub(super) unbranded: [String; 2],
    pub(super) slug: Option<String>,
    pub(super) keywords: Vec<String>,
    /// Old slugs of the same topic, or whole old address paths that start with `/`.
    pub(super) formerly: Vec<String>,
    pub(super) draft: bool,
    pub(super) publish_at: Option<Micros>,
    pub(super) expire_at: Option<Micros>,
    pub(super) contact: Option<String>,
    pub(super) steps: bool,
    pub(super) asks: Vec<String>,
    pub(super) reviewed: Option<Date>,
    pub(super) applies_to: Vec<String>,
    /// Where the address comes from: the line of `slug`, else of `title`.
    pub(super) slug_line: usize,
    pub(super) formerly_line: usize,
    pub(super) contact_line: usize,
    pub(super) keywords_line: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    title: String,
    summary: Option<String>,
    slug: Option<String>,
    #[serde(default)]
    keywords: Vec<String>,
    #[serde(default)]
    formerly: Vec<String>,
    status: Option<Status>,
    publish_at: Option<String>,
    expire_at: Option<String>,
    contact: Option<String>,
    #[serde(default)]
    steps: bool,
    #[serde(default)]
    asks: Vec<String>,
    reviewed: Option<String>,
    #[serde(default)]
    applies_to: Vec<String>,
}

#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Status {
    Draft,
    Published,
}

/// Front matter and body of a file, with the line on which the body starts.
pub(super) struct Split<'a> {
    pub(super) yaml: &'a str,
    pub(super) body: &'a str,
    pub(super) body_line: usize,
}

/// Cuts a file into front matter and body. Lines end with `\n` and there is no byte order mark.
pub(super) fn split<'a>(text: &'a str, findings: &mut Findings) -> Option<Split<'a>> {
    const SHAPE: &str = "Start the file with a line ---, then title: and the other keys, then a line ---, then the text.";
    if text.trim().is_empty() {
        findings.broken(1, "The file is empty.", SHAPE);
        return None;
    }
    let Some(start) = text.split_inclusive('\n').next().filter(|line| line.trim_end() == "---").map(str::len) else {
        findings.broken(1, "There is no front matter.", SHAPE);
        return None;
    };
    let mut at = start;
    for (number, line) in text[start..].split_inclusive('\n').enumerate() {
        if line.trim_end() == "---" {
            return Some(Split { yaml: &text[start..at], body: &text[at + line.len()..], body_line: number + 3 });
        }
        at += line.len();
        if at - start > FRONT_MATTER_MAX_BYTES {
            let what = format!("The front matter is longer than {} KiB, or the line --- that ends it is missing.", FRONT_MATTER_MAX_BYTES / 1024);
            findings.broken(1, what, "End it with a line --- and keep the text below that line.");
            return None;
        }
    }
    findings.broken(1, "The front matter has no end.", "Write a line --- below its last key.");
    None
}

/// Reads the YAML of the front matter, which starts on line 2 of the file.
pub(super) fn read(yaml: &str, options: &LoadOptions, cited: &mut Cited<'_>, findings: &mut Findings) -> Option<Front> {
    let (brand, zone) = (options.brand.as_str(), &options.time_zone);
    let written = mistakes::written(yaml, findings)?;
    let line = |key: &str| line_of(yaml, key);
    let mut fill = |key: &str, text: &str| cited.fill(text.trim(), line(key), findings);
    let unbranded = [fill("title", &written.title), fill("summary", written.summary.as_deref().unwrap_or_default())];
    let front = Front {
        title: fill_brand(&unbranded[0], brand).into_owned(),
        summary: fill_brand(&unbranded[1], brand).into_owned(),
        unbranded,
        keywords: written.keywords.iter().map(|word| fill_brand(word.trim(), brand).into_owned()).filter(|word| !word.is_empty()).collect(),
        slug: written.slug,
        formerly: written.formerly,
        draft: written.status == Some(Status::Draft),
        publish_at: moment(written.publish_at.as_deref(), "publish_at", zone, line("publish_at"), findings),
        expire_at: moment(written.expire_at.as_deref(), "expire_at", zone, line("expire_at"), findings),
        contact: written.contact,
        steps: written.steps,
        asks: asks(&written.asks, line("asks"), findings),
        reviewed: written.reviewed.as_deref().and_then(|day| reviewed(day, options.today(), line("reviewed"), findings)),
        applies_to: countries(written.applies_to, line("applies_to"), findings),
        slug_line: if has_key(yaml, "slug") { line("slug") } else { line("title") },
        formerly_line: line("formerly"),
        contact_line: line("contact"),
        keywords_line: line("keywords"),
    };
    check_texts(&front, yaml, findings);
    check_addresses(&front, findings);
    if let (Some(from), Some(to)) = (front.publish_at, front.expire_at)
        && to <= from
    {
        findings.broken(
            line("expire_at"),
            "expire_at is not after publish_at, so nobody would ever see the article.",
            "Correct one of the two dates.",
        );
    }
    Some(front)
}

fn check_texts(front: &Front, yaml: &str, findings: &mut Findings) {
    let title_chars = front.title.chars().count();
    if front.title.is_empty() {
        findings.broken(line_of(yaml, "title"), "The title is empty.", "Write what the reader wants to know, in their words.");
    } else if title_chars > TITLE_MAX_CHARS {
        findings.broken(
            line_of(yaml, "title"),
            format!("The title has {title_chars} characters."),
            format!("Shorten it to at most {TITLE_MAX_CHARS}."),
        );
    } else if title_chars > TITLE_GOOD_CHARS {
        let what = format!("The title has {title_chars} characters; lists and search results cut it.");
        findings.taste(line_of(yaml, "title"), what, format!("{TITLE_GOOD_CHARS} or fewer read better."));
    }
    let summary_chars = front.summary.chars().count();
    if summary_chars > SUMMARY_MAX_CHARS {
        findings.broken(
            line_of(yaml, "summary"),
            format!("The summary has {summary_chars} characters."),
            format!("Shorten it to at most {SUMMARY_MAX_CHARS}."),
        );
    } else if summary_chars > SUMMARY_GOOD_CHARS {
        let what = format!("The summary has {summary_chars} characters; search engines cut it.");
        findings.taste(line_of(yaml, "summary"), what, format!("{SUMMARY_GOOD_CHARS} or fewer read better."));
    } else if summary_chars == 0 {
        findings.taste(1, "There is no summary.", "One sentence below the title helps readers and search engines: summary: …");
    }
    if front.keywords.len() > KEYWORDS_MAX || front.keywords.iter().any(|word| word.chars().count() > KEYWORD_MAX_CHARS) {
        let fix = format!("Keep at most {KEYWORDS_MAX} keywords of at most {KEYWORD_MAX_CHARS} characters.");
        findings.broken(line_of(yaml, "keywords"), "There are too many keywords, or one is too long.", fix);
    }
    let texts = [("title", &front.title), ("summary", &front.summary)].into_iter().chain(front.keywords.iter().map(|word| ("keywords", word)));
    for (key, text) in texts {
        if let Some(character) = control_character(text).or_else(|| text.contains('\n').then_some('\n')) {
            let what = format!("The {key} contains a control character (U+{:04X}).", u32::from(character));
            findings.broken(line_of(yaml, key), what, "Delete it, and write the text on one line.");
        }
    }
}

fn check_addresses(front: &Front, findings: &mut Findings) {
    if let Some((what, fix)) = front.slug.as_deref().and_then(slug_fault) {
        findings.broken(front.slug_line, what, fix);
    }
    if front.formerly.len() > FORMERLY_MAX {
        findings.broken(front.formerly_line, "There are too many old slugs.", format!("Keep at most {FORMERLY_MAX}."));
    }
    for old in &front.formerly {
        if front.slug.as_ref() == Some(old) {
            findings.broken(front.formerly_line, format!("{} is both the slug and an old slug.", quoted(old)), "Take it out of formerly.");
        } else if old.starts_with('/') {
            if let Some((what, fix)) = old_address_fault(old) {
                findings.broken(front.formerly_line, what, fix);
            }
        } else if let Some((what, fix)) = slug_fault(old) {
            findings.broken(front.formerly_line, what, fix);
        }
    }
}

/// What is wrong with a whole old address, of the help center or of the site that was here before, and how to fix it.
pub(super) fn old_address_fault(old: &str) -> Option<(String, String)> {
    let parts: Vec<&str> = old.strip_prefix('/').unwrap_or(old).split('/').collect();
    let is_ours = lang_of(old).is_some();
    let fits = |part: &&str| {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~');
        if is_ours {
            slug_fault(part).is_none()
        } else {
            !part.is_empty() && part.len() <= 200 && part.bytes().all(is_plain) && !part.starts_with('.')
        }
    };
    let depth = if is_ours { 2..=4 } else { 1..=OLD_ADDRESS_MAX_PARTS };
    if !depth.contains(&parts.len()) || !parts.iter().all(fits) || OWN_ADDRESSES.contains(&parts[0]) {
        return Some((
            format!("{} is not an address that can lead here.", quoted(old)),
            "Write an old slug, or a whole old address such as /pt/section/topic/slug or /docs/old-page.".into(),
        ));
    }
    None
}

/// First parts of addresses that the program answers itself.
const OWN_ADDRESSES: [&str; 15] = [
    "api",
    "desk",
    "widget",
    "media",
    "assets",
    "pkg",
    "hooks",
    "healthz",
    "readyz",
    "metrics",
    "sitemap.xml",
    "robots.txt",
    "llms.txt",
    "favicon.ico",
    "preview",
];
const OLD_ADDRESS_MAX_PARTS: usize = 10;

fn asks(written: &[String], line: usize, findings: &mut Findings) -> Vec<String> {
    let asks: Vec<String> = written.iter().map(|ask| ask.trim().to_owned()).collect();
    let fits = |ask: &String| (1..=ASK_MAX_CHARS).contains(&ask.chars().count()) && control_character(ask).is_none();
    if asks.len() > ASKS_MAX || !asks.iter().all(fits) {
        let fix = format!("Keep at most {ASKS_MAX} of 1 to {ASK_MAX_CHARS} characters, each on one line.");
        findings.broken(line, "There are too many questions in asks, or one is empty or too long.", fix);
    }
    asks
}

fn reviewed(written: &str, today: Date, line: usize, findings: &mut Findings) -> Option<Date> {
    let written = written.trim();
    // A day alone: the parser takes times as well.
    let day = (written.len() == "2027-01-31".len()).then(|| written.parse().ok()).flatten();
    if !day.is_some_and(|day| is_plausible(day, today)) {
        findings.broken(line, "reviewed is not a day up to today.", "Write the day on which somebody checked the facts: 2027-01-31.");
    }
    day
}

fn countries(written: Vec<String>, line: usize, findings: &mut Findings) -> Vec<String> {
    for code in written.iter().filter(|code| !countries::is_known(code)) {
        let fix = format!(
            "Write codes of ISO 3166 in lower case, such as [br, mx]; eu is the European Union.{}",
            did_you_mean(&code.to_lowercase(), countries::codes())
        );
        findings.broken(line, format!("{} is not a country that this program can name.", quoted(code)), fix);
    }
    written
}

/// A date is the start of that day in the help center's time zone; a date with a time is that moment.
fn moment(text: Option<&str>, key: &str, zone: &TimeZone, line: usize, findings: &mut Findings) -> Option<Micros> {
    let text = text?.trim();
    if let Ok(moment) = text.parse::<jiff::Timestamp>() {
        return Some(moment.into());
    }
    let local = text.parse::<jiff::civil::DateTime>().ok().and_then(|local| local.to_zoned(zone.clone()).ok());
    if local.is_none() {
        findings.broken(line, format!("{key} is not a date."), "Write 2027-01-31, or 2027-01-31T09:00 for a time of that day.");
    }
    local.map(|local| local.timestamp().into())
}

fn has_key(yaml: &str, key: &str) -> bool {
    yaml.lines().any(|line| starts_key(line, key))
}

fn starts_key(line: &str, key: &str) -> bool {
    line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(':'))
}

/// The line of the file on which a key stands; the first of the front matter when it is written in an unusual way.
fn line_of(yaml: &str, key: &str) -> usize {
    yaml.lines().position(|line| starts_key(line, key)).map_or(2, |index| index + 2)
}
