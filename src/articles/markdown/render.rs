//! The walk over a text's events: one pass writes the HTML, the passages and the references.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use super::anchors::{self, Place};
use super::passages::PassageWriter;
use super::template::{Reference, Template};
use super::{Body, Located, Setting, end_of};
use crate::articles::model::{Heading, Passage};
use crate::articles::problem::Findings;
use crate::articles::slug::did_you_mean;
use crate::articles::text::{Lines, fill_brand, quoted};
use crate::i18n::MarkdownTexts;

/// Holds a heading and, beside it, the link to its place: within the heading its name would be read with every heading.
pub(in crate::articles) const HEADING_OPEN: &str = "<div class=\"heading\">";

/// The link beside a heading, drawn.
const LINK_DRAWING: &str = "<svg viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"M10 14a4 4 0 0 0 5.7 0l3.1-3.1a4 4 0 0 0-5.7-5.7L12 6.3M14 10a4 4 0 0 0-5.7 0l-3.1 3.1a4 4 0 0 0 5.7 5.7l1.1-1.1\"/></svg>";

/// How an open link is closed again.
pub(super) enum OpenLink {
    Plain,
    Reference(usize),
    /// The link was refused: its words stand there as text.
    Refused,
}

/// A footnote: its number in the text, its HTML, and how often the text points to it.
#[derive(Default)]
pub(super) struct Footnote {
    pub(super) number: usize,
    pub(super) html: Option<Template>,
    pub(super) pointers: usize,
    pub(super) line: usize,
}

pub(super) struct Renderer<'a, 'b> {
    pub(super) source: &'a str,
    pub(super) setting: &'b Setting<'b>,
    pub(super) words: &'static MarkdownTexts,
    pub(super) lines: &'b Lines,
    pub(super) findings: &'b mut Findings,
    pub(super) events: Vec<Located<'a>>,
    pub(super) out: Template,
    /// What was being written when a footnote's text began.
    pub(super) outer: Vec<Template>,
    pub(super) passages: PassageWriter,
    pub(super) references: Vec<Reference>,
    pub(super) links: Vec<OpenLink>,
    pub(super) footnotes: HashMap<String, Footnote>,
    pub(super) footnote_order: Vec<String>,
    pub(super) open_footnotes: Vec<String>,
    /// Of all headings, in their order.
    places: Vec<Place>,
    headings_seen: usize,
    own_links: Vec<(usize, String)>,
    heading_level: u8,
    pub(super) heading_words: String,
    heading_place: Place,
    pub(super) in_heading: bool,
    pub(super) in_code_block: bool,
    pub(super) in_table_head: bool,
    pub(super) empty_head_cell: bool,
    pub(super) alignments: Vec<Alignment>,
    pub(super) column: usize,
    /// Words of the head of each column of the open table, where it is stacked on telephones; `None`: it fits there.
    pub(super) column_names: Option<Vec<String>>,
    pub(super) table_names: HashMap<String, usize>,
    /// A task's label is open and must be closed before the next block.
    pub(super) in_label: bool,
    html_block: bool,
}

impl<'a, 'b> Renderer<'a, 'b> {
    pub(super) fn new(source: &'a str, setting: &'b Setting<'b>, lines: &'b Lines, findings: &'b mut Findings, events: Vec<Located<'a>>) -> Self {
        Self {
            source,
            setting,
            words: setting.lang.markdown(),
            lines,
            findings,
            events,
            out: Template::default(),
            outer: Vec::new(),
            passages: PassageWriter::new(),
            references: Vec::new(),
            links: Vec::new(),
            footnotes: HashMap::new(),
            footnote_order: Vec::new(),
            open_footnotes: Vec::new(),
            places: Vec::new(),
            headings_seen: 0,
            own_links: Vec::new(),
            heading_level: 1,
            heading_words: String::new(),
            heading_place: Place::default(),
            in_heading: false,
            in_code_block: false,
            in_table_head: false,
            empty_head_cell: false,
            alignments: Vec::new(),
            column: 0,
            column_names: None,
            table_names: HashMap::new(),
            in_label: false,
            html_block: false,
        }
    }

    pub(super) fn run(mut self) -> (Body, Vec<Reference>) {
        self.places = anchors::settle(&mut self.events, self.source, self.setting.brand, self.lines, self.findings);
        let mut at = 0;
        while at < self.events.len() {
            at = self.event(at);
        }
        self.write_footnotes();
        self.out.shrink();
        let passages = self.passages.finish();
        check_own_links(&self.own_links, &passages, self.findings);
        let aliases = self.places.into_iter().flat_map(|place| place.aliases).collect();
        (Body { html: self.out, markdown: self.source.to_owned(), passages, aliases }, self.references)
    }

    /// Handles the event at a place and says where to go on.
    fn event(&mut self, at: usize) -> usize {
        let (event, range) = self.events[at].clone();
        match event {
            Event::Start(tag) => return self.start(at, tag, &range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text, &range),
            Event::Code(code) => {
                let code = fill_brand(&code, self.setting.brand).into_owned();
                self.passages.text(&code);
                self.out.push("<code>");
                self.out.push_text(&code);
                self.out.push("</code>");
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                if !self.html_block {
                    self.refuse_html(&html, &range);
                }
                self.out.push_text(&html);
            }
            Event::FootnoteReference(name) => self.footnote_pointer(&name, &range),
            Event::SoftBreak => {
                self.passages.text(" ");
                self.out.push("\n");
            }
            Event::HardBreak => {
                self.passages.text(" ");
                self.out.push("<br>\n");
            }
            Event::Rule => self.out.push("<hr>\n"),
            Event::TaskListMarker(done) => {
                self.out.push(if done {
                    "<label><input type=\"checkbox\" checked disabled><span>"
                } else {
                    "<label><input type=\"checkbox\" disabled><span>"
                });
                self.in_label = true;
            }
            // Mathematics is not switched on.
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text, &range),
        }
        at + 1
    }

    fn start(&mut self, at: usize, tag: Tag<'a>, range: &Range<usize>) -> usize {
        match tag {
            Tag::Heading { level, .. } => self.start_heading(at, level as u8, range),
            Tag::HtmlBlock => {
                let html = self.source.get(range.clone()).unwrap_or_default().to_owned();
                self.refuse_html(&html, range);
                self.html_block = true;
                self.out.push("<p>");
            }
            Tag::Link { link_type, dest_url, title, .. } => self.start_link(link_type, &dest_url, &title, range),
            Tag::Image { dest_url, title, .. } => return self.picture(at, &dest_url, &title, range, false),
            Tag::Emphasis => self.out.push("<em>"),
            Tag::Strong => self.out.push("<strong>"),
            Tag::Strikethrough => self.out.push("<del>"),
            block => return self.start_block(at, block, range),
        }
        at + 1
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::HtmlBlock => {
                self.html_block = false;
                self.out.push("</p>\n");
            }
            TagEnd::Link => self.end_link(),
            TagEnd::Emphasis => self.out.push("</em>"),
            TagEnd::Strong => self.out.push("</strong>"),
            TagEnd::Strikethrough => self.out.push("</del>"),
            block => self.end_block(block),
        }
    }

    fn text(&mut self, text: &str, range: &Range<usize>) {
        if !self.in_code_block {
            self.check_text(text, range);
        }
        let text = fill_brand(text, self.setting.brand);
        if self.in_code_block {
            for line in text.split_inclusive('\n') {
                self.passages.text(line.trim_end());
                if line.ends_with('\n') {
                    self.passages.end_line();
                }
            }
        } else {
            self.passages.text(&text);
        }
        if self.in_code_block || self.in_heading || !self.links.is_empty() { self.out.push_text(&text) } else { self.bare_addresses(&text) }
    }

    /// Finds what is meant as markup but reads as text.
    fn check_text(&mut self, text: &str, range: &Range<usize>) {
        // The sign before its first letter is no part of a text.
        let is_escaped = || self.source[range.clone()].contains("\\[^") || (text.starts_with("[^") && self.source[..range.start].ends_with('\\'));
        if let Some((_, rest)) = text.split_once("[^")
            && let Some((name, _)) = rest.split_once(']')
            && !is_escaped()
        {
            let what = format!("The footnote {} has no text.", quoted(name));
            self.findings.broken(
                self.lines.at(range.start),
                what,
                format!("Write [^{}]: and its text at the end of the article.", quoted(name).trim_matches('"')),
            );
        }
        let unknown =
            text.split("{{").skip(1).filter_map(|rest| rest.split_once("}}")).find(|(name, _)| *name != "brand" && !name.starts_with(['<', '%']));
        if let Some((name, _)) = unknown {
            let what = format!("{} is shown as it stands.", quoted(&format!("{{{{{name}}}}}")));
            self.findings.taste(self.lines.at(range.start), what, "Only {{brand}} and {{promise}} are filled in.");
        }
    }

    fn refuse_html(&mut self, html: &str, range: &Range<usize>) {
        let in_table = self.column > 0 && !self.alignments.is_empty();
        self.findings.broken(self.lines.at(range.start), format!("There is raw HTML: {}.", quoted(html.trim())), instead_of(html, in_table));
    }

    fn start_heading(&mut self, at: usize, level: u8, range: &Range<usize>) {
        self.close_label();
        let line = self.lines.at(range.start);
        let end = end_of(&self.events, at);
        let words = anchors::words_of(&self.events[at..end], self.setting.brand);
        if level == 1 && self.source.get(range.clone()).is_some_and(|written| !written.starts_with('#')) {
            let fix = "Write ## before its words instead, and delete the line of =: the title is the page's first heading.";
            self.findings.broken(line, "There is a heading underlined with ===, which is one of the first level.", fix);
        } else if level == 1 {
            self.findings.broken(line, "There is a heading with one #.", "Start with ##: the title is the page's first heading.");
        } else if level > self.heading_level + 1 {
            let what = format!("The heading {} skips a level.", quoted(&words));
            self.findings.wrong(line, what, format!("Screen readers miss it; write {}.", "#".repeat(usize::from(self.heading_level) + 1)));
        }
        if words.is_empty() {
            self.findings.broken(line, "A heading has no words.", "Write them, or delete it.");
        }
        let place = self.places.get(self.headings_seen).cloned().unwrap_or_default();
        self.headings_seen += 1;
        self.heading_level = level.max(2);
        self.heading_words.clone_from(&words);
        self.in_heading = true;
        self.out.push(&format!("{HEADING_OPEN}<h{} id=\"{}\">", self.heading_level, place.anchor));
        self.passages.heading(Heading { level: self.heading_level, text: words, anchor: place.anchor.clone() });
        self.heading_place = place;
    }

    fn end_heading(&mut self) {
        let (level, place, label) = (self.heading_level, std::mem::take(&mut self.heading_place), self.words.link_to);
        self.out.push(&format!("</h{level}><a class=\"anchor\" href=\"#{}\" aria-label=\"{label}: ", place.anchor));
        self.out.push_text(&self.heading_words);
        self.out.push(&format!("\">{LINK_DRAWING}</a>"));
        for alias in &place.aliases {
            self.out.push(&format!("<span id=\"{alias}\"></span>"));
        }
        self.out.push("</div>\n");
        self.in_heading = false;
        self.passages.drop_line();
    }

    /// The anchor to which a link to a place of this text leads.
    pub(super) fn own_link(&mut self, line: usize, written: &str) -> String {
        let place = self.places.iter().find(|place| place.aliases.iter().any(|alias| alias == written));
        let anchor = place.map_or(written, |place| &place.anchor).to_owned();
        self.own_links.push((line, anchor.clone()));
        anchor
    }
}

/// What to write instead of an HTML tag.
fn instead_of(html: &str, in_table: bool) -> String {
    let html = html.trim_start();
    if html.starts_with("<!--") {
        return "Delete the comment; notes to colleagues can stand in the front matter behind a #.".into();
    }
    let name: String =
        html.trim_start_matches(['<', '/']).chars().take_while(|letter| letter.is_alphanumeric() || matches!(letter, '.' | '-')).collect();
    if name.starts_with(char::is_uppercase) && name.contains(char::is_lowercase) {
        return format!(
            "Components of other generators are not known here: write what <{name}> shows, in Markdown. For a literal < sign, write \\<."
        );
    }
    let instead = match name.to_ascii_lowercase().as_str() {
        "br" if in_table => "Markdown has no line break in a cell of a table: make two rows of it, or join the parts with a comma or a semicolon.",
        "br" => "End the line with a backslash, or leave an empty line for a new paragraph.",
        "b" | "strong" => "Use Markdown instead: **words**.",
        "i" | "em" => "Use Markdown instead: *words*.",
        "code" | "kbd" | "tt" | "samp" => "Use Markdown instead: words between backticks.",
        "img" => "Use Markdown instead: ![what it shows](file name).",
        "a" => "Use Markdown instead: [words](address); for a place to link to, a heading with its anchor, ## Words {#anchor}.",
        "ul" | "ol" | "li" => "Use Markdown instead: - or 1. before each point.",
        "table" | "tr" | "td" | "th" | "thead" | "tbody" => "Use Markdown instead: | one | two |, below the first row |---|---|.",
        "details" | "summary" => "Nothing folds here: write a heading or **bold words**, and the text below.",
        "iframe" | "video" | "audio" | "embed" | "object" => "Nothing is embedded: link the address, [watch the video](https://…).",
        _ => "Use Markdown instead. For a literal < sign, write \\<.",
    };
    instead.into()
}

/// Links to headings of the same text can be checked only at its end.
fn check_own_links(links: &[(usize, String)], passages: &[Passage], findings: &mut Findings) {
    let anchors: Vec<&str> = passages.iter().filter_map(|passage| passage.heading.as_ref()).map(|heading| heading.anchor.as_str()).collect();
    for (line, anchor) in links {
        // The contact form stands at the end of every article.
        if anchor != "contact" && !anchors.contains(&anchor.as_str()) {
            let fix = format!("Write the heading's words in lower case with hyphens.{}", did_you_mean(anchor, anchors.iter().copied()));
            findings.broken(*line, format!("There is no heading #{} here.", quoted(anchor).trim_matches('"')), fix);
        }
    }
}
