//! Markdown in, HTML and plain text out. Nothing that an author writes becomes markup except by Markdown: raw HTML is
//! refused, links are checked, and what is nested too deep is not rendered at all.

mod anchors;
mod blocks;
mod foreign;
mod inline;
mod links;
mod passages;
mod render;
pub(super) mod template;

pub(super) use anchors::written_anchor;
pub(super) use foreign::alert_of;
pub(super) use links::{relative, text_path};
pub(super) use render::HEADING_OPEN;

use std::cell::RefCell;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, Event, LinkType, Options, Parser, TagEnd, TextMergeWithOffset};

use super::model::Passage;
use super::problem::Findings;
use super::text::{Lines, quoted};
use crate::i18n::Lang;
use template::{Reference, Target, Template};

/// Quotes in lists in quotes: deeper than any article needs, and far from what would trouble a browser.
const NESTING_MAX_DEPTH: usize = 24;

/// The text of an article, read.
#[derive(Debug, Clone)]
pub(super) struct Body {
    pub(super) html: Template,
    /// As written, `{{brand}}` not yet filled in.
    pub(super) markdown: String,
    pub(super) passages: Vec<Passage>,
    /// Further anchors of its headings: those from their words where they have one of their own.
    pub(super) aliases: Vec<String>,
}

/// Where a text comes from, and what stands in it for the brand.
pub(super) struct Setting<'a> {
    pub(super) article: &'a str,
    pub(super) lang: Lang,
    pub(super) brand: &'a str,
    /// For each line of the text, its number within the file.
    pub(super) lines: &'a [usize],
}

/// Reads an article's text. What is wrong with it goes to `findings`; the body can be shown only if none of that is broken.
pub(super) fn read(markdown: &str, setting: &Setting<'_>, findings: &mut Findings) -> (Body, Vec<Reference>) {
    let lines = Lines::numbered(markdown, setting.lines.to_vec());
    let events = events(markdown, &lines, findings);
    if markdown.trim().is_empty() {
        findings.broken(lines.at(0), "There is no text below the front matter.", "Write the answer there.");
    }
    if is_too_deep(&events, &lines, findings) {
        return (Body { html: Template::default(), markdown: markdown.to_owned(), passages: Vec::new(), aliases: Vec::new() }, Vec::new());
    }
    foreign::check(markdown, &events, &lines, findings);
    render::Renderer::new(markdown, setting, &lines, findings, events).run()
}

/// What authors can write beside plain Markdown.
pub(super) fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS | Options::ENABLE_GFM
}

/// The folder below the articles' folder to which a link of an article leads; `None` when it leads elsewhere.
pub(super) fn linked_folder(written: &str, article: &str) -> Option<String> {
    match links::classify(written, article) {
        Ok(links::Link::Folder(Target::Folder { id, .. })) => Some(id),
        _ => None,
    }
}

type Located<'a> = (Event<'a>, Range<usize>);

fn events<'a>(markdown: &'a str, lines: &Lines, findings: &mut Findings) -> Vec<Located<'a>> {
    let missing = RefCell::new(Vec::new());
    let mut note_missing = |link: BrokenLink<'_>| {
        // The parser asks for `[one]\[two]` too, whose second bracket is none.
        let is_plain = markdown[link.span.clone()].contains("]\\[");
        if matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) && !is_plain {
            missing.borrow_mut().push((link.span.start, link.reference.to_string()));
        }
        None
    };
    let parser = Parser::new_with_broken_link_callback(markdown, options(), Some(&mut note_missing));
    let events = TextMergeWithOffset::new(parser.into_offset_iter()).collect();
    for (at, name) in missing.into_inner() {
        let shown = quoted(&name);
        let what = format!("There is no address for the link {shown}.");
        let fix = format!(
            "Write the address in round brackets, or define it below: [name]: address. If these are words in brackets, write \\[{}\\].",
            shown.trim_matches('"')
        );
        findings.broken(lines.at(at), what, fix);
    }
    events
}

/// Checked before anything is rendered, so that rendering may look ahead without care.
fn is_too_deep(events: &[Located<'_>], lines: &Lines, findings: &mut Findings) -> bool {
    let mut depth = 0_usize;
    for (event, range) in events {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > NESTING_MAX_DEPTH {
            let what = format!("Quotes, lists or emphasis are nested more than {NESTING_MAX_DEPTH} deep.");
            findings.broken(lines.at(range.start), what, "Write it flatter.");
            return true;
        }
    }
    false
}

/// The place of the event that ends what starts at `start`.
fn end_of(events: &[Located<'_>], start: usize) -> usize {
    let mut depth = 0_usize;
    for (at, (event, _)) in events.iter().enumerate().skip(start) {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    events.len().saturating_sub(1)
}

/// The words between two events, as plain text.
fn plain_text(events: &[Located<'_>]) -> String {
    let mut plain = String::new();
    for (event, _) in events {
        match event {
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => plain.push_str(text),
            Event::SoftBreak | Event::HardBreak => plain.push(' '),
            _ => {}
        }
    }
    plain
}

fn is_end(event: Option<&Located<'_>>, end: TagEnd) -> bool {
    matches!(event, Some((Event::End(tag), _)) if *tag == end)
}
