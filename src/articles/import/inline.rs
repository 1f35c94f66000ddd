//! What stands within a line: tags of HTML, components, shortcodes and attributes, as Markdown.

use std::borrow::Cow;
use std::collections::HashMap;

use super::blocks::Names;
use super::elements::{code_element, is_html};
use super::lines::Line;
use super::markup::{Tag, shortcode, tag};
use super::report::Remarks;
use super::tree::Tree;

/// A new line within what was one.
pub(super) const BREAK: char = '\u{e002}';

/// Longer ones are no prose, and take longer than they are worth.
pub(super) const LINE_MAX_BYTES: usize = 16 * 1024;

/// An element whose end is still to come.
pub(super) struct Open {
    pub(super) tag: Tag,
    /// Where in the line its contents begin.
    pub(super) at: usize,
}

/// Reads the lines of one text.
pub(super) struct Inline<'a, 'b> {
    pub(super) remarks: &'b mut Remarks<'a>,
    pub(super) names: &'b Names,
    pub(super) tree: &'b Tree,
    /// Names of elements that the text closes somewhere.
    pub(super) closed: HashMap<String, usize>,
    /// Lists of HTML that are open, and whether they count.
    pub(super) lists: Vec<bool>,
    pub(super) open: Vec<Open>,
    pub(super) number: usize,
    pub(super) in_table: bool,
}

pub(super) fn convert(lines: Vec<Line>, names: &Names, tree: &Tree, remarks: &mut Remarks<'_>) -> Vec<Line> {
    let mut closed = HashMap::new();
    for line in lines.iter().filter(|line| !line.code) {
        for part in line.text.split("</").skip(1) {
            let name: String = part.chars().take_while(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '.' | '_')).collect();
            *closed.entry(name).or_insert(0) += 1;
        }
    }
    let mut inline = Inline { remarks, names, tree, closed, lists: Vec::new(), open: Vec::new(), number: 0, in_table: false };
    let mut out: Vec<Line> = Vec::new();
    for line in lines {
        if line.code {
            out.push(line);
            continue;
        }
        if line.text.len() > LINE_MAX_BYTES {
            inline.remarks.changed(line.number, "a line too long to be looked through");
            out.push(Line::new(line.number, line.text.replace('<', "\\<")));
            continue;
        }
        inline.line(&line, &mut out);
    }
    out
}

impl Inline<'_, '_> {
    fn line(&mut self, line: &Line, out: &mut Vec<Line>) {
        self.number = line.number;
        let trimmed = line.text.trim_start();
        self.in_table = trimmed.starts_with('|');
        let is_html = trimmed.starts_with('<') && tag(trimmed).is_some_and(|(tag, _)| !tag.is_component());
        let text = if is_html || (!self.lists.is_empty() && !trimmed.starts_with(['-', '*', '>'])) { trimmed } else { &line.text };
        let text = with_addresses(text);
        let mut written = self.text(&text);
        self.close_open(&mut written);
        let is_kept = !written.trim().is_empty() || line.is_blank();
        if is_kept && !written.contains(BREAK) {
            if !self.joins_item(&written, out) {
                out.push(Line::new(line.number, written));
            }
            return;
        }
        let prefix: String = line.text.chars().take_while(|letter| matches!(letter, ' ' | '>')).collect();
        let prefix = if prefix.contains('>') { prefix } else { String::new() };
        for (index, part) in written.split(BREAK).enumerate() {
            let text = if index == 0 || part.starts_with(&prefix) { part.to_owned() } else { format!("{prefix}{part}") };
            let repeats_blank = text.trim().is_empty() && out.last().is_none_or(Line::is_blank);
            if !repeats_blank && !self.joins_item(&text, out) {
                out.push(Line::new(line.number, text));
            }
        }
    }

    /// Puts a text behind the sign of its item in a list, where that still waits for it.
    fn joins_item(&self, text: &str, out: &mut [Line]) -> bool {
        let waits = !self.lists.is_empty() && matches!(out.last().map(|last| last.text.trim()), Some("-" | "1."));
        if waits
            && !text.trim().is_empty()
            && let Some(last) = out.last_mut()
        {
            last.text = format!("{} {}", last.text.trim_end(), text.trim_start());
        }
        // An empty line would end the item.
        waits
    }

    fn text(&mut self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(letter) = rest.chars().next() {
            let taken = match letter {
                '`' => {
                    // Signs that nothing closes stand for themselves.
                    let length = code_span(rest).unwrap_or_else(|| rest.bytes().take_while(|byte| *byte == b'`').count());
                    out.push_str(&rest[..length]);
                    Some(length)
                }
                '\\' => rest.chars().nth(1).map(|next| {
                    out.push_str(&rest[..1 + next.len_utf8()]);
                    1 + next.len_utf8()
                }),
                '<' => self.html(rest, &mut out),
                '{' => self.braces(rest, text, &mut out),
                ':' => icon(rest),
                '[' | '!' => wiki_link(rest, &mut out),
                '=' | '+' if !joins(&out) => marked(rest, &mut out),
                _ => None,
            };
            let length = taken.unwrap_or_else(|| {
                out.push(letter);
                letter.len_utf8()
            });
            rest = &rest[length..];
        }
        out
    }

    /// A tag; what it becomes is written, and its length returned.
    fn html(&mut self, rest: &str, out: &mut String) -> Option<usize> {
        if let Some(link) = pattern!(r"^<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^ <>]*|[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+)>").and_then(|link| link.find(rest))
        {
            out.push_str(link.as_str());
            return Some(link.len());
        }
        if rest.starts_with("<>") || rest.starts_with("</>") {
            return Some(rest.find('>')? + 1);
        }
        if out.ends_with("](")
            && let Some(end) = rest.find('>')
        {
            // An address with spaces.
            out.push_str(&rest[..=end]);
            return Some(end + 1);
        }
        let Some((tag, length)) = tag(rest) else {
            // Only what could be read as a tag needs a sign before it.
            if rest[1..].starts_with(|next: char| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?')) {
                out.push('\\');
            }
            out.push('<');
            return Some(1);
        };
        let lower = tag.name.to_ascii_lowercase();
        if !tag.is_component() && matches!(lower.as_str(), "code" | "kbd" | "samp" | "tt") && !tag.closes {
            return Some(length + code_element(&rest[length..], &lower, self.in_table, out));
        }
        if tag.is_component() {
            self.component(&tag, out);
        } else if is_html(&lower) {
            self.element(&lower, &tag, out);
        } else if !tag.closes_itself && tag.attributes.is_empty() && (tag.closes || !self.closed.contains_key(&tag.name)) && !tag.name.contains("--")
        {
            // Something to fill in: <your-name>.
            out.push('\\');
            out.push_str(&rest[..length]);
        } else if tag.closes || self.closed.contains_key(&tag.name) || tag.closes_itself || tag.attributes.iter().any(|(_, value)| !value.is_empty())
        {
            if !tag.closes {
                self.remarks.left_out(self.number, format!("an element of the site: <{}>", tag.name));
            }
        } else {
            out.push('\\');
            out.push_str(&rest[..length]);
        }
        Some(length)
    }

    /// What stands in braces: shortcodes, values and attributes.
    fn braces(&mut self, rest: &str, line: &str, out: &mut String) -> Option<usize> {
        if let Some((code, length)) = shortcode(rest) {
            self.shortcode(&code, out);
            return Some(length);
        }
        if let Some(value) = pattern!(r#"^\{\{-?[ \t]*([A-Za-z_][A-Za-z0-9_.]*)[ \t]*(?:\|[^}]*)?-?\}\}"#).and_then(|value| value.captures(rest)) {
            let name = &value[1];
            if let Some(known) = self.names.get(&format!("{{{name}")) {
                out.push_str(known);
                return Some(value[0].len());
            }
            if ["site.baseurl", "site.url", "page.baseurl", "base_url", "site.base_url"].contains(&name) {
                return Some(value[0].len());
            }
        }
        let attributes = pattern!(r#"^\{:{0,2}[ \t]*(?:[.#][A-Za-z][^{}]*|[A-Za-z_-]+=[^{}]*|:[a-z][^{}]*|toc[^{}]*|/[^{}]*)\}"#)?.find(rest)?;
        let is_kramdown = rest.starts_with("{:");
        let heading = line.trim_start_matches([' ', '>']).starts_with('#');
        if heading && rest[attributes.len()..].trim_matches(['#', ' ']).is_empty() {
            if let Some(anchor) = pattern!(r"#([A-Za-z0-9_.:-]+)").and_then(|anchor| anchor.captures(attributes.as_str())) {
                out.push_str(&format!("{{#{}}}", &anchor[1]));
            }
            return Some(attributes.len());
        }
        let behind = out.trim_end().ends_with([')', ']', '`', '*']) || out.trim().is_empty() || rest[attributes.len()..].trim().is_empty();
        (is_kramdown || behind).then(|| attributes.len())
    }
}

/// Pictures with a size, or with a space in their name, as they are written here.
fn with_addresses(text: &str) -> Cow<'_, str> {
    let found = pattern!(r"(!\[[^\[\]]*\]\()[ \t]*([^()<>\x22]*\.(?:png|jpe?g|gif|webp|svg|PNG|JPE?G|GIF))(?:[ \t]+=[0-9%]*x?[0-9%]*)?[ \t]*\)");
    match found {
        Some(picture) if text.contains("![") => picture.replace_all(text, |found: &regex::Captures<'_>| {
            if found[2].contains(' ') { format!("{}<{}>)", &found[1], &found[2]) } else { format!("{}{})", &found[1], &found[2]) }
        }),
        _ => Cow::Borrowed(text),
    }
}

/// The length of the code that a text begins with.
fn code_span(text: &str) -> Option<usize> {
    let ticks = text.bytes().take_while(|byte| *byte == b'`').count();
    let mut at = ticks;
    while let Some(found) = text[at..].find('`') {
        let start = at + found;
        let run = text[start..].bytes().take_while(|byte| *byte == b'`').count();
        if run == ticks {
            return Some(start + run);
        }
        at = start + run;
    }
    None
}

/// `:material-check:`, which is drawn elsewhere.
fn icon(text: &str) -> Option<usize> {
    pattern!(r"^:(?:material|octicons|fontawesome|simple|fas?|fab)-[a-z0-9-]+:").and_then(|icon| icon.find(text)).map(|icon| icon.len())
}

/// `[[page]]`, `[[page|words]]` and `![[picture.png]]`.
fn wiki_link(text: &str, out: &mut String) -> Option<usize> {
    let found = pattern!(r"^(!?)\[\[([^\[\]|#\n]+)(#[^\[\]|\n]*)?(?:\|([^\[\]\n]*))?\]\]").and_then(|link| link.captures(text))?;
    if text[found[0].len()..].starts_with(['(', '[']) || found[2].eq_ignore_ascii_case("toc") || found[2].starts_with('_') {
        return (found[2].to_ascii_lowercase().contains("toc")).then(|| found[0].len());
    }
    let words = found.get(4).map_or(&found[2], |words| words.as_str());
    let anchor = found.get(3).map_or("", |anchor| anchor.as_str());
    out.push_str(&format!("{}[{words}](<{}{anchor}>)", &found[1], &found[2]));
    Some(found[0].len())
}

/// Whether a sign behind it belongs to a word.
fn joins(before: &str) -> bool {
    before.ends_with(|last: char| last.is_alphanumeric() || matches!(last, '=' | '+' | '"' | '('))
}

/// `==marked==` and `++ctrl+c++`.
fn marked(text: &str, out: &mut String) -> Option<usize> {
    let found = pattern!(r"^(?:==([^= \n][^=\n]*)==|\+\+([a-z0-9]+(?:\+[a-z0-9]+)*)\+\+)").and_then(|marked| marked.captures(text))?;
    let words = found.get(1).or(found.get(2))?.as_str();
    out.push_str(&format!("**{words}**"));
    Some(found[0].len())
}
