//! Links, pictures and footnotes.

use std::ops::Range;

use linkify::{LinkFinder, LinkKind};
use pulldown_cmark::LinkType;

use super::links::{Link, classify, picture_name};
use super::render::{Footnote, OpenLink, Renderer};
use super::template::{Fill, Reference, Target, Template};
use super::{end_of, plain_text};
use crate::articles::text::{fill_brand, quoted};

/// A longer word is no address that anybody would want to press.
const BARE_ADDRESS_MAX_BYTES: usize = 2_000;

impl Renderer<'_, '_> {
    /// Writes a text whose addresses can be pressed, as in GFM: `https://…`, `www.…` and email addresses.
    pub(super) fn bare_addresses(&mut self, text: &str) {
        for word in text.split_inclusive(char::is_whitespace) {
            let may_have_one = word.contains("://") || word.contains('@') || word.contains("www.");
            if !may_have_one || word.len() > BARE_ADDRESS_MAX_BYTES {
                self.out.push_text(word);
                continue;
            }
            let mut finder = LinkFinder::new();
            finder.url_must_have_scheme(false);
            for span in finder.spans(word) {
                let written = span.as_str();
                let address = match span.kind() {
                    Some(LinkKind::Email) => format!("mailto:{written}"),
                    Some(LinkKind::Url) if written.starts_with("www.") => format!("https://{written}"),
                    Some(LinkKind::Url) if written.contains("://") => written.to_owned(),
                    _ => String::new(),
                };
                match classify(&address, self.setting.article) {
                    Ok(Link::Plain(address)) => {
                        self.open_plain(&address, "");
                        self.out.push_text(written);
                        self.out.push("</a>");
                    }
                    _ => self.out.push_text(written),
                }
            }
        }
    }

    pub(super) fn start_link(&mut self, kind: LinkType, written: &str, title: &str, range: &Range<usize>) {
        let line = self.lines.at(range.start);
        if self.in_heading {
            self.findings.broken(
                line,
                "There is a link in a heading.",
                "Put the link into the text below; beside the heading stands a link to its place.",
            );
            self.links.push(OpenLink::Refused);
            return;
        }
        let written = if kind == LinkType::Email { format!("mailto:{written}") } else { written.to_owned() };
        let open = match classify(&written, self.setting.article) {
            Ok(Link::Plain(address)) => self.open_plain(&address, title),
            Ok(Link::Anchor(anchor)) => {
                let anchor = self.own_link(line, &anchor);
                self.open_plain(&format!("#{anchor}"), title)
            }
            Ok(Link::Folder(target)) => {
                let number = self.refer(line, &written, range, target);
                self.out.hole(Fill::OpenLink(number));
                OpenLink::Reference(number)
            }
            Err((what, fix)) => {
                self.findings.broken(line, what, fix);
                OpenLink::Refused
            }
        };
        self.links.push(open);
    }

    fn open_plain(&mut self, address: &str, title: &str) -> OpenLink {
        self.out.push("<a href=\"");
        self.out.push_text(address);
        if !title.is_empty() {
            self.out.push("\" title=\"");
            self.out.push_text(&fill_brand(title, self.setting.brand));
        }
        self.out.push("\">");
        OpenLink::Plain
    }

    pub(super) fn end_link(&mut self) {
        match self.links.pop() {
            Some(OpenLink::Plain) => self.out.push("</a>"),
            Some(OpenLink::Reference(number)) => self.out.hole(Fill::CloseLink(number)),
            Some(OpenLink::Refused) | None => {}
        }
    }

    fn refer(&mut self, line: usize, written: &str, range: &Range<usize>, target: Target) -> usize {
        let within = self.source.get(range.clone()).unwrap_or_default();
        let place = [format!("]({written}"), format!("](<{written}>")].iter().find_map(|form| {
            let start = range.start + within.rfind(form.as_str())? + form.find(written)?;
            Some(start..start + written.len())
        });
        self.references.push(Reference { line, written: written.to_owned(), place, target });
        self.references.len() - 1
    }

    /// Writes a picture, as a figure if it stands alone, and says where to go on.
    pub(super) fn picture(&mut self, at: usize, written: &str, title: &str, range: &Range<usize>, alone: bool) -> usize {
        let line = self.lines.at(range.start);
        let end = end_of(&self.events, at);
        let words = plain_text(&self.events[at..end]);
        let alt = fill_brand(words.trim(), self.setting.brand).into_owned();
        let title = fill_brand(title, self.setting.brand).into_owned();
        if alt.is_empty() {
            let fix = "Describe the picture between the square brackets, for people who can't see it.";
            self.findings.broken(line, format!("The picture {} has no description.", quoted(written)), fix);
        }
        // Of a picture that stands alone the text says the same; its description would stand between the sentences.
        if !alone {
            self.passages.text(&alt);
        }
        match picture_name(written) {
            Ok(name) => {
                let number = self.refer(line, written, range, Target::Picture { name: name.to_owned(), alt });
                self.out.push(if alone { "<figure>" } else { "" });
                self.out.hole(Fill::Picture(number));
                if alone && !title.is_empty() {
                    self.out.push("<figcaption>");
                    self.out.push_text(&title);
                    self.out.push("</figcaption>");
                    self.passages.end_line();
                    self.passages.text(&title);
                }
                self.out.push(if alone { "</figure>\n" } else { "" });
            }
            Err((what, fix)) => {
                self.findings.broken(line, what, fix);
                self.out.push_text(&alt);
            }
        }
        end + 1
    }

    pub(super) fn footnote_pointer(&mut self, name: &str, range: &Range<usize>) {
        if self.in_heading || !self.links.is_empty() {
            self.findings.broken(
                self.lines.at(range.start),
                "A footnote's number stands in a heading or a link.",
                "Put it behind a word of the text.",
            );
            return;
        }
        let note = self.footnotes.entry(name.to_owned()).or_default();
        if note.number == 0 {
            self.footnote_order.push(name.to_owned());
            note.number = self.footnote_order.len();
        }
        note.pointers += 1;
        let (number, pointer) = (note.number, note.pointers);
        let label = self.words.footnote;
        self.out.push(&format!(
            "<sup class=\"footnote-ref\"><a href=\"#fn:{number}\" id=\"fnref:{number}-{pointer}\" aria-label=\"{label} {number}\">{number}</a></sup>"
        ));
    }

    pub(super) fn start_footnote(&mut self, name: &str, range: &Range<usize>) {
        self.passages.end_line();
        self.outer.push(std::mem::take(&mut self.out));
        self.open_footnotes.push(name.to_owned());
        let line = self.lines.at(range.start);
        let note = self.footnotes.entry(name.to_owned()).or_default();
        if note.html.is_some() {
            let what = format!("The footnote {} is written twice.", quoted(name));
            self.findings.broken(line, what, "Delete one of the two, or rename it.");
        }
        note.line = line;
    }

    pub(super) fn end_footnote(&mut self) {
        self.passages.end_line();
        let outer = self.outer.pop().unwrap_or_default();
        let html = std::mem::replace(&mut self.out, outer);
        if let Some(note) = self.open_footnotes.pop().and_then(|name| self.footnotes.get_mut(&name)) {
            note.html = Some(html);
        }
    }

    /// The list of footnotes at the end of the text, in the order in which the text points to them.
    pub(super) fn write_footnotes(&mut self) {
        let footnotes = std::mem::take(&mut self.footnotes);
        for (name, note) in &footnotes {
            if note.number == 0 {
                let what = format!("Nothing points to the footnote {}.", quoted(name));
                self.findings.taste(note.line, what, "Delete it, or put its number into the text.");
            }
        }
        let order = std::mem::take(&mut self.footnote_order);
        if order.is_empty() {
            return;
        }
        self.out.push(&format!("<section class=\"footnotes\" aria-label=\"{}\">\n<ol>\n", self.words.footnotes));
        for note in order.iter().filter_map(|name| footnotes.get(name)) {
            self.write_footnote(note);
        }
        self.out.push("</ol>\n</section>\n");
    }

    fn write_footnote(&mut self, note: &Footnote) {
        const PARAGRAPH_END: &str = "</p>\n";
        let empty = Template::default();
        let mut html = note.html.as_ref().unwrap_or(&empty).clone();
        let ends_in_paragraph = html.text.ends_with(PARAGRAPH_END);
        if ends_in_paragraph {
            html.text.truncate(html.text.len() - PARAGRAPH_END.len());
        }
        self.out.push(&format!("<li id=\"fn:{}\">", note.number));
        self.out.append(&html);
        for pointer in 1..=note.pointers {
            let (number, label) = (note.number, self.words.back_to_text);
            self.out.push(&format!(" <a class=\"footnote-back\" href=\"#fnref:{number}-{pointer}\" aria-label=\"{label}\">↩</a>"));
        }
        self.out.push(if ends_in_paragraph { "</p></li>\n" } else { "</li>\n" });
    }
}
