//! What spans several lines: programs and styles, tables and code in HTML, definitions, what is included from other files.

use std::collections::HashMap;

use super::html_blocks::elements;
use super::includes::{imports, includes};
use super::lines::{Line, mark_fences};
use super::markup::tag;
use super::report::Remarks;
use super::tree::Tree;

/// A tag that is broken over more lines than this is none.
const TAG_MAX_LINES: usize = 60;
/// Of a text with all that it includes.
const LINES_MAX: usize = 50_000;

/// What a text needs to know of the folder around it.
pub(super) struct Around<'a> {
    pub(super) tree: &'a Tree,
    /// The file's path.
    pub(super) file: &'a str,
    pub(super) content: &'a str,
}

/// What a text brought in from elsewhere, by the name that it gave it.
pub(super) type Names = HashMap<String, String>;

/// Lines that hold others too, and the last one of these.
pub(super) type Joined = HashMap<usize, usize>;

/// The lines without programs and with everything on as many lines as Markdown wants.
pub(super) fn convert(lines: Vec<Line>, around: &Around<'_>, remarks: &mut Remarks<'_>) -> (Vec<Line>, Names, Joined) {
    let mut names = Names::new();
    let mut lines = lines;
    mark_fences(&mut lines);
    let lines = imports(lines, &mut names, remarks);
    let mut left = LINES_MAX;
    let lines = includes(lines, around, &names, 0, &mut left, remarks);
    let lines = without_base(lines);
    let (lines, joined) = join_tags(lines);
    let lines = captures(lines, &mut names);
    let lines = comments(lines, remarks);
    let lines = elements(lines, remarks);
    (definitions(lines), names, joined)
}

/// Addresses without the marks that stand for where the site is.
fn without_base(lines: Vec<Line>) -> Vec<Line> {
    let base = pattern!(
        r#"\{\{-?[ \t]*(?:(?:site|page)\.(?:baseurl|base_url|url)|base_url)[ \t]*(?:\|[^}]*)?-?\}\}|\{\{-?[ \t]*["']([^"']*)["'][ \t]*\|[ \t]*(?:relative_url|absolute_url|relURL|absURL|relLangURL)[ \t]*-?\}\}"#
    );
    let plain = |line: Line| match base {
        Some(base) if !line.code && line.text.contains("{{") => Line { text: base.replace_all(&line.text, "$1").into_owned(), ..line },
        _ => line,
    };
    lines.into_iter().map(plain).collect()
}

/// Tags and shortcodes that are broken over several lines, on one.
fn join_tags(lines: Vec<Line>) -> (Vec<Line>, Joined) {
    let mut out: Vec<Line> = Vec::new();
    let mut joined = Joined::new();
    let mut lines = lines.into_iter().peekable();
    while let Some(mut line) = lines.next() {
        let mut taken = 0;
        while !line.code && taken < TAG_MAX_LINES && is_open(&line.text) {
            let Some(next) = lines.next_if(|next| !next.code && (!next.is_blank() || has_open_tag(&line.text))) else { break };
            line.text = format!("{} {}", line.text.trim_end(), next.text.trim());
            joined.insert(line.number, next.number);
            taken += 1;
        }
        out.push(line);
    }
    (out, joined)
}

/// Whether a line ends within a tag, a shortcode or a link of HTML.
fn is_open(text: &str) -> bool {
    has_open_tag(text)
        || (unclosed(text, "<a ", "</a>") && tag(&text[text.rfind("<a ").unwrap_or(0)..]).is_some_and(|(tag, _)| tag.get(&["href"]).is_some()))
}

fn has_open_tag(text: &str) -> bool {
    let text = without_code(text);
    let tag_open = text.rfind('<').is_some_and(|at| {
        let rest = &text[at..];
        pattern!(r"^</?[A-Za-z][A-Za-z0-9.-]*(?:[ \t]+[A-Za-z_@:{][^<>]*)?$").is_some_and(|begins| begins.is_match(rest)) && tag(rest).is_none()
    });
    let arrow = text.rfind('<').is_some_and(|at| {
        text[at..].contains("=>")
            && text[at..].starts_with(|_| true)
            && tag(&text[at..]).is_none()
            && text[at + 1..].starts_with(|first: char| first.is_ascii_uppercase())
    });
    tag_open || arrow || unclosed(&text, "{%", "%}") || unclosed(&text, "{{<", ">}}")
}

fn unclosed(text: &str, open: &str, close: &str) -> bool {
    text.rfind(open).is_some_and(|at| !text[at..].contains(close))
}

/// The line with its code blanked out.
pub(super) fn without_code(text: &str) -> String {
    text.split('`')
        .enumerate()
        .map(|(number, part)| if number % 2 == 0 { part.to_owned() } else { " ".repeat(part.len()) })
        .collect::<Vec<_>>()
        .join("`")
}

/// Passages that a template keeps under a name to show them later.
fn captures(lines: Vec<Line>, names: &mut Names) -> Vec<Line> {
    for line in lines.iter().filter(|line| !line.code) {
        if let Some(found) = pattern!(r#"\{%-?[ \t]*assign[ \t]+([A-Za-z_][A-Za-z0-9_]*)[ \t]*=[ \t]*["']([^"']*)["'][ \t]*-?%\}"#)
            .and_then(|assign| assign.captures(&line.text))
        {
            names.insert(format!("{{{}", &found[1]), found[2].to_owned());
        }
    }
    let mut kept: HashMap<String, Vec<Line>> = HashMap::new();
    let mut open: Option<(String, Vec<Line>)> = None;
    let mut out = Vec::new();
    for line in lines {
        let begins =
            pattern!(r"^[ \t]*\{%-?[ \t]*capture[ \t]+([A-Za-z_][A-Za-z0-9_]*)[ \t]*-?%\}[ \t]*$").and_then(|begins| begins.captures(&line.text));
        let ends = pattern!(r"^[ \t]*\{%-?[ \t]*endcapture[ \t]*-?%\}[ \t]*$").is_some_and(|ends| ends.is_match(&line.text));
        let shows =
            pattern!(r"^[ \t]*\{\{-?[ \t]*([A-Za-z_][A-Za-z0-9_]*)[ \t]*(?:\|[^}]*)?-?\}\}[ \t]*$").and_then(|shows| shows.captures(&line.text));
        match (open.take(), begins, shows) {
            (None, Some(begins), _) => open = Some((begins[1].to_owned(), Vec::new())),
            (Some((name, inner)), ..) if ends => _ = kept.insert(name, inner),
            (Some((name, mut inner)), ..) => {
                inner.push(line);
                open = Some((name, inner));
            }
            (None, None, Some(shows)) if kept.contains_key(&shows[1]) => out.extend(kept.remove(&shows[1]).unwrap_or_default()),
            _ => out.push(line),
        }
    }
    // What was kept and never shown, or never ended, is shown where the text ends.
    out.extend(open.into_iter().flat_map(|(_, inner)| inner));
    let mut never: Vec<(String, Vec<Line>)> = kept.into_iter().collect();
    never.sort_by_key(|(_, inner)| inner.first().map_or(0, |line| line.number));
    out.extend(never.into_iter().flat_map(|(_, inner)| inner));
    out
}

/// Comments of HTML, MDX and templates.
fn comments(lines: Vec<Line>, remarks: &mut Remarks<'_>) -> Vec<Line> {
    const KINDS: [(&str, &str); 4] = [("<!--", "-->"), ("{/*", "*/}"), ("{% comment %}", "{% endcomment %}"), ("{{/*", "*/}}")];
    let mut out = Vec::new();
    let mut until: Option<&str> = None;
    for mut line in lines {
        if line.code && until.is_none() {
            out.push(line);
            continue;
        }
        let mut rest = std::mem::take(&mut line.text);
        let had = rest.clone();
        let mut kept = String::new();
        loop {
            if let Some(end) = until {
                let Some(at) = rest.find(end) else { break };
                rest = rest[at + end.len()..].to_owned();
                until = None;
            }
            let plain = without_code(&rest);
            let Some((at, open, end)) = KINDS.iter().filter_map(|(open, end)| Some((plain.find(open)?, open, *end))).min() else {
                kept.push_str(&rest);
                break;
            };
            kept.push_str(&rest[..at]);
            rest = rest[at + open.len()..].to_owned();
            until = Some(end);
        }
        if kept != had {
            remarks.no_text(line.number, "a comment");
            if kept.trim().is_empty() {
                continue;
            }
        }
        line.text = kept;
        line.code &= until.is_none();
        out.push(line);
    }
    out
}

/// Terms with `: what they mean` below, as lists.
fn definitions(lines: Vec<Line>) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    for line in lines {
        let meaning = if line.code { None } else { line.text.strip_prefix(": ").or_else(|| line.text.strip_prefix(":\t")).map(str::trim) };
        let Some(meaning) = meaning else {
            out.push(line);
            continue;
        };
        let blank = out.last().is_some_and(Line::is_blank);
        if blank && out.len() > 1 && !out[out.len() - 2].is_blank() {
            out.pop();
        }
        match out.last_mut() {
            Some(term) if !term.is_blank() && !term.code && !term.text.starts_with([' ', '-', '#', '>', '|']) => {
                term.text = format!("- **{}**: {meaning}", term.text.trim().replace("**", ""));
            }
            _ => out.push(Line::new(line.number, format!("  {meaning}"))),
        }
    }
    out
}
