//! Boxes of every kind, which become alerts, and what only wraps a text: tabs, groups, things that fold.

use super::inline::LINE_MAX_BYTES;
use super::lines::{Line, fence, mark_fences};
use super::report::Remarks;
use crate::articles::markdown::alert_of;

/// Marks of this import, made from the boxes that are written as tags: they stand on lines of their own.
pub(super) const OPEN: char = '\u{e000}';
pub(super) const CLOSE: char = '\u{e001}';

/// Names of components and shortcodes that are boxes.
const BOXES: &str = "note|tip|warning|info|caution|danger|important|check|success|hint|alert|callout|admonition|notice|aside|attention|error";
/// Names that only say that it is a box; what kind stands in its attributes.
const GENERAL: [&str; 6] = ["hint", "alert", "callout", "admonition", "notice", "aside"];
/// Deeper ones are read as they stand.
const BOXES_MAX_DEPTH: usize = 12;

/// A box or a wrapper that begins on a line.
struct Opening {
    indent: usize,
    /// `None` for what only wraps.
    kind: Option<&'static str>,
    title: String,
    end: End,
}

enum End {
    /// A line of nothing but this sign, at least so often.
    Fence(char, usize),
    /// What is no longer indented.
    Dedent,
    Mark,
}

/// The lines with alerts in place of boxes.
pub(super) fn convert(lines: Vec<Line>, remarks: &mut Remarks<'_>) -> Vec<Line> {
    let mut lines = tags_to_marks(lines);
    mark_fences(&mut lines);
    blocks(&lines, 0, remarks)
}

fn blocks(lines: &[Line], depth: usize, remarks: &mut Remarks<'_>) -> Vec<Line> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let line = &lines[at];
        let opening = if line.code || depth > BOXES_MAX_DEPTH { None } else { opening(&line.text) };
        let Some(opening) = opening else {
            if line.code || !stray(line, remarks) {
                out.push(quoted_box(line));
            }
            at += 1;
            continue;
        };
        let (length, is_closed) = extent(&lines[at + 1..], &opening);
        let mut inner: Vec<Line> = lines[at + 1..at + 1 + length].to_vec();
        dedent(&mut inner);
        if matches!(opening.end, End::Dedent) {
            inner.iter_mut().for_each(|line| line.code = false);
            mark_fences(&mut inner);
        }
        let inner = blocks(&inner, depth + 1, remarks);
        write(&mut out, line.number, &opening, inner);
        at += 1 + length + usize::from(is_closed);
    }
    out
}

/// A closing sign without a box, or what another generator makes a text of: it is no text.
fn stray(line: &Line, remarks: &mut Remarks<'_>) -> bool {
    let text = line.text.trim();
    let is_close = text.chars().count() >= 3 && (text.chars().all(|sign| sign == ':') || text.chars().all(|sign| sign == '/'));
    let is_generated = text
        .strip_prefix(":::")
        .is_some_and(|rest| rest.trim_start().starts_with(|first: char| first.is_alphabetic()) && rest.contains('.') && !rest.trim().contains(' '));
    if is_generated {
        remarks.left_out(line.number, format!("what is made from the program: {text}"));
    }
    is_close || is_generated || text.starts_with(CLOSE)
}

fn opening(text: &str) -> Option<Opening> {
    let indent = Line::new(0, text).indent();
    let trimmed = text.trim();
    if let Some(mark) = trimmed.strip_prefix(OPEN) {
        let (kind, title) = mark.split_once(OPEN).unwrap_or((mark, ""));
        return Some(Opening { indent, kind: Some(alert_of(kind)), title: title.to_owned(), end: End::Mark });
    }
    if let Some(found) = pattern!(r"^(:{3,})[ \t]*\{?\.?([A-Za-z][A-Za-z0-9_-]*)\}?[ \t]*(?:\[(.*)\])?[ \t]*(.*)$")?.captures(trimmed) {
        let title = found.get(3).map_or(&found[4], |title| title.as_str());
        let title = title.trim_matches(['{', '}']).trim();
        // ::: package.module is made from a program.
        return (!title.starts_with('.')).then(|| fenced(indent, ':', found[1].len(), &found[2], title));
    }
    if let Some(found) = pattern!(r#"^(?:!!!|\?\?\?\+?)[ \t]+([A-Za-z][A-Za-z0-9_-]*)(?:[ \t]+[a-z][a-z -]*)?[ \t]*(?:"(.*)")?$"#)?.captures(trimmed)
    {
        let title = found.get(2).map_or("", |title| title.as_str()).to_owned();
        return Some(Opening { indent, kind: Some(alert_of(&found[1])), title, end: End::Dedent });
    }
    if let Some(found) = pattern!(r"^(/{3,})[ \t]*([A-Za-z][A-Za-z0-9_-]*)[ \t]*(?:\|[ \t]*(.*))?$")?.captures(trimmed) {
        return Some(fenced(indent, '/', found[1].len(), &found[2], found.get(3).map_or("", |title| title.as_str())));
    }
    let tab = pattern!(r#"^===[+!]?[ \t]+"(.*)"$"#)?.captures(trimmed)?;
    Some(Opening { indent, kind: None, title: tab[1].to_owned(), end: End::Dedent })
}

/// Groups of tabs and what folds only wrap their text.
fn fenced(indent: usize, sign: char, length: usize, name: &str, title: &str) -> Opening {
    let wraps =
        ["details", "code-group", "tabs", "tab", "steps", "step", "grid", "row", "col", "block", "caption", "v-pre", "raw", "cards", "card", "html"];
    let kind = (!wraps.contains(&name.to_ascii_lowercase().as_str())).then(|| alert_of(name));
    Opening { indent, kind, title: title.to_owned(), end: End::Fence(sign, length) }
}

/// How many lines belong to a box, and whether a line closes it.
fn extent(lines: &[Line], opening: &Opening) -> (usize, bool) {
    let mut depth = 0_usize;
    // What belongs to a box is indented as its first line is.
    let first = lines.iter().find(|line| !line.is_blank()).map_or(0, Line::indent);
    let least = if first >= opening.indent + 2 { first.min(opening.indent + 4) } else { usize::MAX };
    for (at, line) in lines.iter().enumerate() {
        if line.code && !matches!(opening.end, End::Dedent) {
            continue;
        }
        let text = line.text.trim();
        match opening.end {
            End::Dedent => {
                if !line.is_blank() && line.indent() < least {
                    return (at, false);
                }
            }
            End::Mark => {
                depth += usize::from(text.starts_with(OPEN));
                if text.starts_with(CLOSE) {
                    if depth == 0 {
                        return (at, true);
                    }
                    depth -= 1;
                }
            }
            End::Fence(sign, length) => {
                let signs = text.chars().take_while(|other| *other == sign).count();
                if signs == length && signs == text.chars().count() {
                    if depth == 0 {
                        return (at, true);
                    }
                    depth -= 1;
                } else if signs == length && self::opening(text).is_some() {
                    depth += 1;
                }
            }
        }
    }
    match opening.end {
        End::Dedent => (lines.len(), false),
        // Nothing closes it: it is the paragraph that follows.
        _ => (lines.iter().position(Line::is_blank).unwrap_or(lines.len()), false),
    }
}

fn dedent(inner: &mut [Line]) {
    let least = inner.iter().filter(|line| !line.is_blank()).map(Line::indent).min().unwrap_or(0);
    inner.iter_mut().for_each(|line| *line = line.dedented(least));
}

fn write(out: &mut Vec<Line>, number: usize, opening: &Opening, inner: Vec<Line>) {
    let pad = " ".repeat(opening.indent);
    let title = opening.title.trim().trim_matches('"').replace('*', "");
    let is_empty = inner.iter().all(Line::is_blank);
    out.push(Line::new(number, ""));
    let Some(kind) = opening.kind else {
        if !title.is_empty() {
            out.push(Line::new(number, format!("{pad}**{title}**")));
            out.push(Line::new(number, ""));
        }
        out.extend(inner.into_iter().map(|line| Line { text: if line.is_blank() { String::new() } else { format!("{pad}{}", line.text) }, ..line }));
        out.push(Line::new(number, ""));
        return;
    };
    if is_empty && title.is_empty() {
        return;
    }
    out.push(Line::new(number, format!("{pad}> [!{kind}]")));
    if !title.is_empty() {
        out.push(Line::new(number, format!("{pad}> **{title}**")));
        if !is_empty {
            out.push(Line::new(number, format!("{pad}>")));
        }
    }
    let first = inner.iter().position(|line| !line.is_blank()).unwrap_or(0);
    let last = inner.iter().rposition(|line| !line.is_blank()).map_or(0, |last| last + 1);
    let words = inner.into_iter().take(last).skip(first);
    out.extend(words.map(|line| Line { text: format!("{pad}> {}", line.text).trim_end().to_owned(), ..line }));
    out.push(Line::new(number, ""));
}

/// A box that is written as a quote, `> [!info] Title`, in one of our five kinds.
fn quoted_box(line: &Line) -> Line {
    let found =
        if line.code { None } else { pattern!(r"^([ \t>]*>[ \t]*)\[!([A-Za-z-]+)\][+-]?[ \t]*(.*)$").and_then(|quote| quote.captures(&line.text)) };
    match found {
        Some(found) if found[3].is_empty() => Line::new(line.number, format!("{}[!{}]", &found[1], alert_of(&found[2]))),
        Some(found) => Line::new(line.number, format!("{0}[!{1}]\n{0}**{2}**", &found[1], alert_of(&found[2]), found[3].trim())),
        None => line.clone(),
    }
}

/// Boxes that are written as components or shortcodes, in marks on lines of their own.
fn tags_to_marks(mut lines: Vec<Line>) -> Vec<Line> {
    mark_fences(&mut lines);
    let mut out = Vec::new();
    for line in lines {
        if line.code || !line.text.contains(['<', '{']) || fence(&line.text).is_some() || line.text.len() > LINE_MAX_BYTES {
            out.push(line);
            continue;
        }
        let pad = " ".repeat(content_column(&line.text));
        let mut rest = line.text.as_str();
        let mut parts = 0;
        while let Some((at, length, mark)) = next_box(rest) {
            if !rest[..at].trim().is_empty() {
                let text = if parts == 0 { rest[..at].to_owned() } else { format!("{pad}{}", rest[..at].trim()) };
                out.push(Line::new(line.number, text));
            }
            out.push(Line::new(line.number, format!("{pad}{mark}")));
            rest = &rest[at + length..];
            parts += 1;
        }
        if parts == 0 {
            out.push(line);
        } else if !rest.trim().is_empty() {
            out.push(Line::new(line.number, format!("{pad}{}", rest.trim())));
        }
    }
    out
}

/// Where the text of a line begins, behind the sign of a list.
fn content_column(text: &str) -> usize {
    let item = pattern!(r"^[ \t]*(?:(?:[-*+]|[0-9]+[.)])[ \t]+)?").and_then(|item| item.find(text));
    item.map_or(0, |item| item.len())
}

/// The next tag of a box in a line: where, how long, and its mark.
fn next_box(text: &str) -> Option<(usize, usize, String)> {
    let before_code = text.find('`').unwrap_or(text.len());
    let found = [
        find_tag(text, &format!(r"^\{{%-?[ \t]*(/|end)?[ \t]*({BOXES})(?:[ \t,:]+([^%]*?))?[ \t]*-?%\}}"), "{%"),
        find_tag(text, &format!(r"^\{{\{{[<%][ \t]*(/)?[ \t]*({BOXES})(?:[ \t]+(.*?))?[ \t]*[>%]\}}\}}"), "{{"),
        find_tag(text, &format!(r"^<(/)?((?i-u:{BOXES}))(?:[ \t]+([^<>]*?))?[ \t]*>"), "<"),
    ];
    found.into_iter().flatten().filter(|(at, ..)| *at < before_code).min_by_key(|(at, ..)| *at)
}

fn find_tag(text: &str, written: &str, begins: &str) -> Option<(usize, usize, String)> {
    let tag = cached(begins, written)?;
    text.match_indices(begins).find_map(|(at, _)| {
        let found = tag.captures(&text[at..])?;
        // HTML has an <aside> and none of the others; components begin with a capital.
        if begins == "<" && !found[2].starts_with(char::is_uppercase) {
            return None;
        }
        let mark = if found.get(1).is_some() { CLOSE.to_string() } else { mark(&found[2], found.get(3).map_or("", |more| more.as_str())) };
        Some((at, found[0].len(), mark))
    })
}

fn cached(begins: &str, written: &str) -> Option<&'static regex::Regex> {
    static TAGS: [std::sync::OnceLock<Option<regex::Regex>>; 3] = [const { std::sync::OnceLock::new() }; 3];
    let place = ["{%", "{{", "<"].iter().position(|other| *other == begins)?;
    TAGS[place].get_or_init(|| regex::Regex::new(written).ok()).as_ref()
}

fn mark(name: &str, more: &str) -> String {
    let name = name.to_ascii_lowercase();
    let title = pattern!(r#"(?:title|heading|header)[ \t]*=[ \t]*["'{]+([^"'}]*)"#)
        .and_then(|title| Some(title.captures(more)?[1].to_owned()))
        .unwrap_or_default();
    let words = more.split(|letter: char| !letter.is_ascii_alphabetic()).map(str::to_ascii_lowercase);
    let named = words.filter(|word| !GENERAL.contains(&word.as_str())).find(|word| BOXES.split('|').any(|known| known == word));
    let kind = if GENERAL.contains(&name.as_str()) { named.unwrap_or(name) } else { name };
    format!("{OPEN}{kind}{OPEN}{title}")
}
