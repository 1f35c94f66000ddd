//! Links and pictures of a text, led to where articles and pictures are now; and what Markdown would still take for HTML.

use std::cell::RefCell;
use std::ops::Range;

use percent_encoding::percent_decode_str;
use pulldown_cmark::{BrokenLink, Event, LinkType, Parser, Tag, TextMergeWithOffset};

use super::detect::Site;
use super::index::Index;
use super::lines::{Line, whole};
use super::pages::Page;
use super::pictures::{Pictures, Shown};
use super::report::Remarks;
use super::tree::{Tree, split};
use crate::articles::markdown::{options, relative};
use crate::articles::picture::is_picture_name;
use crate::articles::text::Lines;

/// Each round may uncover what the one before hid.
const ROUNDS_MAX: usize = 6;

pub(super) struct Rewriter<'a> {
    pub(super) tree: &'a Tree,
    pub(super) site: &'a Site,
    pub(super) index: &'a Index,
}

/// Where a link leads now.
enum Led {
    To(String),
    /// The picture itself is shown.
    Shown(String),
    Words,
}

impl Rewriter<'_> {
    /// The text with its links and pictures led.
    pub(super) fn rewrite(&self, page: &Page, lines: &[Line], pictures: &mut Pictures, remarks: &mut Remarks<'_>) -> String {
        let text = whole(lines);
        let numbers = Lines::numbered(&text, lines.iter().map(|line| line.number).collect());
        let at = |offset: usize| numbers.at(offset);
        let mut edits: Vec<(Range<usize>, String)> = Vec::new();
        let mut pictures_until = 0;
        let mut events = Parser::new_ext(&text, options()).into_offset_iter();
        let mut open_alt: Option<(Range<usize>, String, String, String)> = None;
        for (event, range) in events.by_ref() {
            match event {
                Event::Start(Tag::Image { dest_url, title, .. }) => open_alt = Some((range, dest_url.to_string(), title.to_string(), String::new())),
                Event::End(pulldown_cmark::TagEnd::Image) => {
                    if let Some((range, address, title, alt)) = open_alt.take().filter(|(range, ..)| range.start >= pictures_until) {
                        pictures_until = range.end;
                        let shown = self.picture(page, &address, &title, &alt, at(range.start), pictures, remarks);
                        edits.push((range, shown));
                    }
                }
                Event::Text(words) | Event::Code(words) if open_alt.is_some() => {
                    if let Some((.., alt)) = &mut open_alt {
                        alt.push_str(&words);
                    }
                }
                Event::Start(Tag::Link { link_type, dest_url, title, .. }) => {
                    let line = at(range.start);
                    self.link(page, &text, link_type, &dest_url, &title, &range, line, pictures, &mut edits, remarks);
                }
                _ => {}
            }
        }
        for (_, definition) in events.reference_definitions().iter() {
            let written = text.get(definition.span.clone()).unwrap_or_default();
            if let Some(place) = written.rfind(&*definition.dest)
                && let Led::To(led) = self.lead(page, &definition.dest, at(definition.span.start), &mut Remarks::new(&page.file))
            {
                let start = definition.span.start + place;
                edits.push((start..start + definition.dest.len(), led));
            }
        }
        apply(text.clone(), edits)
    }

    #[expect(clippy::too_many_arguments, reason = "what the event says of the link, and where to write")]
    fn link(
        &self,
        page: &Page,
        text: &str,
        kind: LinkType,
        address: &str,
        title: &str,
        range: &Range<usize>,
        line: usize,
        pictures: &mut Pictures,
        edits: &mut Vec<(Range<usize>, String)>,
        remarks: &mut Remarks<'_>,
    ) {
        let written = &text[range.clone()];
        let led = self.lead(page, address, line, remarks);
        let tail = match kind {
            LinkType::Inline => written.rfind("]("),
            LinkType::Reference | LinkType::ReferenceUnknown => written.rfind("]["),
            LinkType::Collapsed | LinkType::CollapsedUnknown => written.rfind("][]"),
            LinkType::Shortcut | LinkType::ShortcutUnknown => written.rfind(']'),
            _ => None,
        };
        let Some(tail) = tail else {
            if !address.starts_with("http") && kind == LinkType::Autolink && !matches!(led, Led::To(_)) {
                edits.push((range.clone(), format!("`{address}`")));
            }
            return;
        };
        let tail_range = range.start + tail..range.end;
        let first = range.start..range.start + 1;
        match led {
            Led::To(led) if kind == LinkType::Inline => {
                let title = if title.is_empty() { String::new() } else { format!(" \"{}\"", title.replace('"', "'")) };
                let open = if led.contains(['(', ')', ' ']) { format!("<{led}>") } else { led };
                edits.push((tail_range, format!("]({open}{title})")));
            }
            Led::To(_) => {}
            // A picture that leads to itself is shown.
            Led::Shown(_) if written.starts_with("[![") => edits.extend([(first, String::new()), (tail_range, String::new())]),
            Led::Shown(address) => {
                let alt = written[1..tail].replace(['[', ']', '*', '`'], "");
                let shown = self.picture(page, &address, "", &alt, line, pictures, remarks);
                edits.push((range.clone(), shown));
            }
            Led::Words => edits.extend([(first, String::new()), (tail_range, String::new())]),
        }
    }

    fn lead(&self, page: &Page, address: &str, line: usize, remarks: &mut Remarks<'_>) -> Led {
        let address = address.trim();
        let own_site =
            self.site.address.as_deref().and_then(|site| address.strip_prefix(site)).filter(|rest| rest.is_empty() || rest.starts_with('/'));
        let inner = own_site.unwrap_or(address);
        if let Some(anchor) = inner.strip_prefix('#') {
            return match self.index.anchor(&page.id, page.lang, anchor) {
                Some(anchor) => Led::To(format!("#{anchor}")),
                None => {
                    if !matches!(anchor, "" | "top") {
                        remarks.changed(line, format!("a link to a place that the text doesn't have: #{anchor}"));
                    }
                    Led::Words
                }
            };
        }
        let lower = inner.to_ascii_lowercase();
        if own_site.is_none() {
            if ["http://", "https://", "mailto:", "tel:"].iter().any(|scheme| lower.starts_with(scheme) && lower.len() > scheme.len())
                && !lower.contains(['{', '\\'])
            {
                return Led::To(address.to_owned());
            }
            if lower.starts_with("//") {
                return Led::To(format!("https:{address}"));
            }
        }
        let (path, anchor) = inner.split_once('#').map_or((inner, None), |(path, anchor)| (path, Some(anchor)));
        let path = path.split('?').next().unwrap_or(path);
        let path = path.strip_prefix("pathname://").or_else(|| path.strip_prefix("doc:")).unwrap_or(path);
        if path.contains([':', '{', '\\', '<']) || path.contains(char::is_control) {
            remarks.left_out(line, format!("a link that can't be followed here: {address}"));
            return Led::Words;
        }
        if let Some(id) = self.index.find(page, self.site, path) {
            let anchor = anchor.filter(|anchor| !anchor.is_empty());
            let known = anchor.and_then(|anchor| self.index.anchor(id, page.lang, anchor));
            if let (Some(anchor), None) = (anchor, known) {
                remarks.changed(line, format!("the link leads to the article's start; it has no place #{anchor}"));
            }
            let known = known.map_or_else(String::new, |anchor| format!("#{anchor}"));
            return Led::To(format!("{}{known}", relative(&page.id, id)));
        }
        if is_picture_name(split(path).1) && super::pictures::find(self.tree, self.site, page, path).is_some() {
            return Led::Shown(path.to_owned());
        }
        self.elsewhere(address, inner, path, line, remarks)
    }

    /// A page or file that was not imported: on the old site it still is.
    fn elsewhere(&self, address: &str, inner: &str, path: &str, line: usize, remarks: &mut Remarks<'_>) -> Led {
        match &self.site.address {
            Some(site) if inner.starts_with('/') || inner.is_empty() => {
                remarks.changed(line, format!("the link leads to the old site: {path}"));
                let host = site.split('/').take(3).collect::<Vec<_>>().join("/");
                let base = if inner.starts_with(site.get(host.len()..).unwrap_or_default()) { &host } else { site };
                Led::To(format!("{base}{}", inner.replace(' ', "%20")))
            }
            _ => {
                remarks.left_out(line, format!("a link to what was not imported: {address}"));
                Led::Words
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "what the event says of the picture, and where to write")]
    fn picture(&self, page: &Page, address: &str, title: &str, alt: &str, line: usize, pictures: &mut Pictures, remarks: &mut Remarks<'_>) -> String {
        let alt = alt.split_whitespace().collect::<Vec<_>>().join(" ").replace(['[', ']'], "");
        if address.starts_with("http://") || address.starts_with("https://") || address.starts_with("//") {
            remarks.left_out(line, format!("an image of another site, linked instead: {address}"));
            let words = if alt.is_empty() { "Image" } else { &alt };
            let scheme = if address.starts_with("//") { "https:" } else { "" };
            let address = format!("{scheme}{address}");
            return if address.contains(['(', ')', ' ']) { format!("[{words}](<{address}>)") } else { format!("[{words}]({address})") };
        }
        let decoded = percent_decode_str(address.split(['?', '#']).next().unwrap_or(address)).decode_utf8_lossy();
        match pictures.show(self.tree, self.site, page, &decoded) {
            Shown::As(name) => {
                let words = if alt.is_empty() { title.to_owned() } else { alt };
                let words = if words.is_empty() {
                    remarks.changed(line, format!("the image {address} had no description; it has the words of its file's name"));
                    crate::articles::navigation::folder_title(super::tree::stem(&decoded))
                } else {
                    words
                };
                let title = if title.is_empty() || title == words { String::new() } else { format!(" \"{}\"", title.replace('"', "'")) };
                format!("![{words}]({name}{title})")
            }
            Shown::Not(why) => {
                remarks.left_out(line, format!("the image {address}: {why}"));
                String::new()
            }
        }
    }
}

/// Signs that would be taken for HTML or for links without an address, made plain.
pub(super) fn repaired(mut text: String) -> String {
    for _ in 0..ROUNDS_MAX {
        let missing = RefCell::new(Vec::new());
        let mut edits: Vec<(Range<usize>, String)> = Vec::new();
        let mut note = |link: BrokenLink<'_>| {
            if matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) {
                missing.borrow_mut().push(link.span.clone());
            }
            None
        };
        for (event, range) in TextMergeWithOffset::new(Parser::new_with_broken_link_callback(&text, options(), Some(&mut note)).into_offset_iter()) {
            match event {
                Event::Html(_) | Event::InlineHtml(_) => {
                    if let Some(place) = text[range.clone()].find('<') {
                        edits.push((range.start + place..range.start + place, "\\".to_owned()));
                    }
                }
                Event::Text(_) => {
                    let places = text[range.clone()].match_indices("[^").map(|(place, _)| range.start + place);
                    edits.extend(places.filter(|place| !text[..*place].ends_with('\\')).map(|place| (place..place, "\\".to_owned())));
                }
                _ => {}
            }
        }
        for span in missing.into_inner() {
            let place = text.get(span.clone()).and_then(|written| written.rfind('[')).map(|place| span.start + place);
            if let Some(place) = place.filter(|place| !text[..*place].ends_with('\\')) {
                edits.extend([place, span.end - 1].map(|place| (place..place, "\\".to_owned())));
            }
        }
        if edits.is_empty() {
            break;
        }
        text = apply(text, edits);
    }
    text
}

fn apply(text: String, mut edits: Vec<(Range<usize>, String)>) -> String {
    if edits.is_empty() {
        return text;
    }
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    edits.dedup();
    // What lies within another change is made, and that one is not.
    let mut until = text.len();
    let mut kept: Vec<(Range<usize>, String)> = Vec::with_capacity(edits.len());
    for (range, new) in edits.into_iter().rev() {
        if range.end <= until && text.is_char_boundary(range.start) && text.is_char_boundary(range.end) {
            until = range.start;
            kept.push((range, new));
        }
    }
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (range, new) in kept.into_iter().rev() {
        out.push_str(&text[done..range.start]);
        out.push_str(&new);
        done = range.end;
    }
    out + &text[done..]
}
