//! What other generators of sites understand and Markdown doesn't: readers would see it as it stands.

use std::ops::Range;
use std::sync::LazyLock;

use pulldown_cmark::{Event, Tag};
use regex::{Captures, Regex};

use super::Located;
use super::anchors::written_anchor;
use crate::articles::problem::Findings;
use crate::articles::text::{Lines, quoted};

/// A way of writing, and what to write instead. The group 1 of the pattern is what is named.
struct Kind {
    pattern: Regex,
    fix: fn(&str) -> String,
}

/// What a line may begin with before its text.
const LEAD: &str = r"^[ \t>]*(?:[-*+] +|[0-9]+[.)] +)?";

static KINDS: LazyLock<Vec<Kind>> = LazyLock::new(|| {
    let line = |pattern: &str, fix| kind(&format!("{LEAD}{pattern}"), fix);
    let kinds = [
        line(r#"(:::+[ \t]*\{?\.?[A-Za-z][^\n]*)"#, alert),
        line(r#"((?:!!!|\?\?\?\+?)[ \t]+[A-Za-z][^\n]*)"#, alert),
        line(r#"(/{3,}[ \t]+[A-Za-z][^\n]*)"#, alert),
        line(r#"(===[!+]?[ \t]+"[^\n]*)"#, |_| "Write a heading, or **bold words** on a line of their own, above each part.".into()),
        line(r#"(import[ \t][^\n]*[ \t}]from[ \t]+["'][^\n]*|import[ \t]+["'][^\n]*)"#, |_| "Delete the line: nothing is imported here.".into()),
        line(r"(export[ \t]+(?:default|const|let|var|function|async|class)[ \t][^\n]*)", |_| "Delete it: texts hold no programs.".into()),
        line(r"(\{/\*[^\n]*)", |_| "Delete the comment; notes to colleagues can stand in the front matter behind a #.".into()),
        line(r"(-{2,}8<-{2,}[^\n]*|<<<[ \t]+[^\n]*|\{\*[ \t][^\n]*\*\})", |_| {
            "Write the text itself here, or put it into fragments/ and write {{include:fragments/name}}.".into()
        }),
        line(r"(\*\[[^\]\n]+\]:[ \t][^\n]*)", |_| "Say in the text what the short form means.".into()),
        line(r"(:[ \t]+[^\n]*)", |_| "There are no lists of definitions: write a list, each term in **bold**.".into()),
        line(r"(\[TOC\]|\[\[_?toc_?\]\])[ \t]*$", |_| "Delete it: the page lists its headings by itself.".into()),
        kind(r"(\{%-?[ \t]*/?[A-Za-z][^\n]*?%\})", liquid),
        kind(r"(\{\{[<%][^\n]*?[>%]\}\})", liquid),
        kind(r"(\{:{1,2}[ \t]*[A-Za-z.#!/][^}\n]*\})", |_| {
            "Delete it: links, pictures and paragraphs have no attributes. Only a heading may have its anchor: ## Words {#anchor}.".into()
        }),
        kind(r#"[)\]](\{[ \t]*(?:[.#][A-Za-z]|[A-Za-z_-]+=)[^{}\n]*\})"#, |_| {
            "Delete it: pictures are shown in their own size, and links have no attributes.".into()
        }),
        kind(r"[^ \t{][ \t]+(\{[ \t]*[.#][A-Za-z][^{}\n]*\})[ \t]*$", |_| {
            "Delete it. Only a heading may have its anchor, behind its words: ## Words {#anchor}.".into()
        }),
        kind(r"^[ \t]*(\{[ \t]*[.#][A-Za-z][^{}\n]*\})[ \t]*$", |_| "Delete the line: paragraphs have no attributes.".into()),
        kind(r"(!\[\[[^\[\]\n]+\]\])", |_| "Show a picture so: ![what it shows](file name).".into()),
        kind(r"(\[\[[^\[\]\n]+\]\])", |_| "Link an article by the path to its folder: [words](../other-article/).".into()),
        kind(r"(:(?:material|octicons|fontawesome|simple)-[a-z0-9-]+:)", |_| "Delete it: there are no icons here. Write the word instead.".into()),
    ];
    kinds.into_iter().flatten().collect()
});

/// A test reads all of them.
fn kind(pattern: &str, fix: fn(&str) -> String) -> Option<Kind> {
    Some(Kind { pattern: Regex::new(pattern).ok()?, fix })
}

/// The alert that stands for a box of another generator.
pub(in crate::articles) fn alert_of(name: &str) -> &'static str {
    match name.to_ascii_lowercase().as_str() {
        "tip" | "hint" | "success" | "check" | "done" | "example" | "best-practice" => "TIP",
        "important" | "attention" => "IMPORTANT",
        "warning" | "caution" | "warn" | "deprecated" => "WARNING",
        "danger" | "error" | "bug" | "failure" | "fail" | "missing" | "critical" | "alert" => "CAUTION",
        _ => "NOTE",
    }
}

fn alert(written: &str) -> String {
    let name: String =
        written.chars().skip_while(|letter| !letter.is_alphabetic()).take_while(|letter| letter.is_alphanumeric() || *letter == '-').collect();
    format!("Write > [!{}] on a line of its own, and > before each line of what it says.", alert_of(&name))
}

fn liquid(written: &str) -> String {
    let name: String = written.chars().skip_while(|letter| !letter.is_alphabetic()).take_while(|letter| letter.is_alphanumeric()).collect();
    match name.as_str() {
        _ if name.starts_with("end") || written.trim_start_matches(['{', '%', '<', ' ', '-']).starts_with('/') => "Delete it.".into(),
        "hint" | "notice" | "callout" | "alert" | "note" | "tip" | "warning" | "info" | "danger" | "caution" | "admonition" => alert(&name),
        "figure" | "image" | "img" => "Show a picture so: ![what it shows](file name).".into(),
        "ref" | "relref" | "link" | "xref" => "Link an article by the path to its folder: [words](../other-article/).".into(),
        _ => "Nothing is filled in but {{brand}}, {{promise}}, facts and fragments: write the words themselves.".into(),
    }
}

/// Notes what readers would see as code, line by line.
pub(super) fn check(source: &str, events: &[Located<'_>], lines: &Lines, findings: &mut Findings) {
    let (plain, links) = without_code(source, events);
    let mut start = 0;
    for line in plain.split_inclusive('\n') {
        let text = line.trim_end_matches('\n');
        if !text.trim().is_empty() {
            let number = lines.at(start);
            check_line(&Line { text, start, number }, &links, findings);
        }
        start += line.len();
    }
}

struct Line<'a> {
    text: &'a str,
    /// Its place in the source.
    start: usize,
    number: usize,
}

fn check_line(line: &Line<'_>, links: &[Range<usize>], findings: &mut Findings) {
    // Nearly all lines have none of the signs.
    if !line.text.contains(['{', ':', '!', '?', '/', '=', '[', '-', '<']) && !line.text.contains("port ") {
        return;
    }
    check_address(line, links, findings);
    let found = KINDS.iter().find_map(|kind| {
        let found = kind.pattern.captures(line.text)?.get(1)?;
        let is_meant = !line.text[..found.start()].ends_with('\\') && !is_within(links, line.start + found.start(), found.as_str());
        is_meant.then(|| (found.as_str(), kind.fix))
    });
    if let Some((written, fix)) = found {
        findings.taste(line.number, format!("{} is shown as it stands.", quoted(written.trim_end())), fix(written));
    }
}

/// Whether it belongs to a link or picture that was understood; only what begins with a bracket can.
fn is_within(links: &[Range<usize>], at: usize, written: &str) -> bool {
    written.starts_with(['[', '!']) && links.iter().any(|link| link.contains(&at))
}

/// An address with a space is no address, so that the whole stands there as text.
fn check_address(line: &Line<'_>, links: &[Range<usize>], findings: &mut Findings) {
    static LINK: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(!?)\[([^\[\]\n]*)\]\(([^()<>\n]*(?:\([^()\n]*\)[^()<>\n]*)*)\)").ok());
    static SIZE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^([^ \t]+)[ \t]+=[0-9%]*x?[0-9%]*$").ok());
    let broken = |found: &Captures<'_>| {
        let whole = found.get(0).map_or(0, |whole| line.start + whole.start());
        !line.text[..whole - line.start].ends_with('\\') && !links.iter().any(|link| link.contains(&whole))
    };
    for found in LINK.iter().flat_map(|link| link.captures_iter(line.text)).filter(broken) {
        let (mark, words, address) = (&found[1], &found[2], found[3].trim());
        if let Some(sized) = SIZE.as_ref().and_then(|size| size.captures(address)) {
            let what = format!("The picture {} is not shown: there are no sizes.", quoted(&sized[1]));
            findings.wrong(line.number, what, format!("Write {mark}[{words}]({}).", &sized[1]));
        } else if address.contains(char::is_whitespace) && (!mark.is_empty() || address.contains(['.', '/', '#'])) {
            let what = format!("{} has a space in its address, so it stands there as text.", quoted(&found[0]));
            findings.wrong(line.number, what, format!("Write {mark}[{words}](<{address}>)."));
        }
    }
}

/// The source without its code, and where its links and pictures stand.
fn without_code(source: &str, events: &[Located<'_>]) -> (String, Vec<Range<usize>>) {
    let mut plain = source.as_bytes().to_vec();
    let mut links = Vec::new();
    for (event, range) in events {
        match event {
            // Code within a line is a word of it.
            Event::Code(_) => plain[range.clone()].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b'x'),
            Event::Start(Tag::CodeBlock(_)) => plain[range.clone()].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' '),
            Event::Start(Tag::Heading { .. }) => {
                let written = source[range.clone()].trim_end();
                // What is underlined ends in its line.
                let words =
                    if written.starts_with('#') { written.trim_end_matches('#') } else { written.rsplit_once('\n').map_or("", |(words, _)| words) };
                if let Some((before, _)) = written_anchor(words) {
                    plain[range.start + before.len()..range.start + words.len()].fill(b' ');
                }
            }
            // The links of a line are looked up one by one, so a text of nothing else is not.
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) if links.len() < LINKS_MAX => links.push(range.clone()),
            _ => {}
        }
    }
    (String::from_utf8(plain).unwrap_or_default(), links)
}

/// More links than any article has.
const LINKS_MAX: usize = 1_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_something_to_write_instead() {
        assert_eq!(KINDS.len(), 20, "each pattern is one");
        for kind in KINDS.iter() {
            assert!(!(kind.fix)(":::tip x").is_empty() && kind.pattern.captures_len() == 2, "{}", kind.pattern);
        }
    }
}
