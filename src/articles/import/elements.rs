//! Elements of HTML and components, as Markdown.

use super::inline::{BREAK, Inline, Open};
use super::markup::{Tag, decoded};

/// Components that are a word in a frame.
const BADGES: [&str; 9] = ["Required", "Optional", "Deprecated", "Beta", "Alpha", "New", "Experimental", "Nullable", "Preview"];

impl Inline<'_, '_> {
    pub(super) fn element(&mut self, name: &str, tag: &Tag, out: &mut String) {
        match name {
            "br" if self.in_table => cell_break(out),
            "br" if out.trim_start().starts_with('#') => out.push(' '),
            "br" => line_break(out),
            "hr" => paragraph(out, "***"),
            "img" => out.push_str(&self.picture_of(tag)),
            "source" | "video" | "audio" | "iframe" | "embed" | "object" => self.embedded(name, tag, out),
            "ul" | "ol" => self.list(name == "ol", tag.closes, out),
            "li" => self.item(tag.closes, out),
            "input" | "select" | "option" | "textarea" | "form" | "canvas" | "link" | "meta" | "map" | "area" if !tag.closes => {
                self.remarks.left_out(self.number, format!("what a text can't hold: <{name}>"));
            }
            "b" | "strong" | "i" | "em" | "cite" | "dfn" | "var" | "s" | "del" | "strike" | "a" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
            | "summary" | "figcaption" | "dt" | "sup" | "sub" => self.pair(name, tag, out),
            _ if is_block(name) && self.in_table => out.push(' '),
            _ if is_block(name) && !out.trim_matches([' ', '>', BREAK]).is_empty() => paragraph(out, ""),
            _ => {}
        }
    }

    /// An element that begins in one place and ends in another.
    pub(super) fn pair(&mut self, name: &str, tag: &Tag, out: &mut String) {
        if tag.closes_itself {
            return;
        }
        if !tag.closes {
            self.open.push(Open { tag: tag.clone(), at: out.len() });
            return;
        }
        let Some(place) = self.open.iter().rposition(|open| open.tag.name.eq_ignore_ascii_case(name)) else {
            // It began on a line before.
            return out.push_str(sign_of(name));
        };
        let open = self.open.remove(place);
        let contents = out.split_off(open.at.min(out.len()));
        let whole = wrapped(name, &open.tag, &contents);
        out.push_str(if out.is_empty() || out.ends_with(' ') { whole.trim_start_matches(' ') } else { &whole });
    }

    /// What is still open at the end of a line.
    pub(super) fn close_open(&mut self, out: &mut String) {
        for open in std::mem::take(&mut self.open).into_iter().rev() {
            let name = open.tag.name.to_ascii_lowercase();
            let contents = out.split_off(open.at.min(out.len()));
            let is_closed_later = matches!(name.as_str(), "b" | "strong" | "i" | "em" | "s" | "del" | "strike") && !contents.trim().is_empty();
            match name.as_str() {
                _ if is_closed_later => out.push_str(&format!("{}{contents}", sign_of(&name))),
                "a" => out.push_str(&contents),
                _ => out.push_str(&wrapped(&name, &open.tag, &contents)),
            }
        }
    }

    pub(super) fn list(&mut self, counts: bool, closes: bool, out: &mut String) {
        if self.in_table {
            return;
        }
        if closes {
            self.lists.pop();
            if self.lists.is_empty() {
                paragraph(out, "");
            }
        } else {
            if self.lists.is_empty() {
                paragraph(out, "");
            }
            self.lists.push(counts);
        }
    }

    pub(super) fn item(&self, closes: bool, out: &mut String) {
        if closes {
            return;
        }
        if self.in_table {
            if !out.trim_end().ends_with('|') {
                cell_break(out);
            }
            return out.push_str("• ");
        }
        let depth = self.lists.len().saturating_sub(1);
        if !out.trim().is_empty() {
            out.push(BREAK);
        }
        let counts = self.lists.last().copied().unwrap_or(false);
        out.push_str(&format!("{}{}", "   ".repeat(depth), if counts { "1. " } else { "- " }));
    }

    /// What plays in a page becomes a link.
    pub(super) fn embedded(&mut self, name: &str, tag: &Tag, out: &mut String) {
        let Some(address) = tag.get(&["src", "data", "href"]).filter(|_| !tag.closes) else { return };
        if name == "source" && !address.starts_with("http") {
            return;
        }
        if address.starts_with("http") || address.starts_with("//") {
            let address = if address.starts_with("//") { format!("https:{address}") } else { address.to_owned() };
            let title = tag.get(&["title", "alt"]).unwrap_or("Video").replace(['[', ']'], "");
            paragraph(out, &format!("[{title}](<{address}>)"));
            self.remarks.changed(self.number, format!("what played here is a link now: {address}"));
        } else {
            self.remarks.left_out(self.number, format!("what played here: {address}"));
        }
    }

    pub(super) fn component(&mut self, tag: &Tag, out: &mut String) {
        let name = tag.name.rsplit('.').next().unwrap_or(&tag.name);
        let title = tag.get(&["title", "label", "heading", "header", "name"]).or_else(|| tag.get(&["value"])).map(str::to_owned);
        match name {
            "Link" | "NavLink" | "RouterLink" | "Button" if tag.get(&["to", "href", "link"]).is_some() || tag.closes => {
                let as_link = Tag {
                    name: "a".into(),
                    closes: tag.closes,
                    closes_itself: false,
                    attributes: vec![("href".into(), tag.get(&["to", "href", "link"]).unwrap_or("").to_owned())],
                };
                self.pair("a", &as_link, out);
            }
            "Img" | "Image" | "ThemedImage" | "Zoom" | "ZoomImage" | "Figure" | "Screenshot"
                if tag.get(&["src", "source", "light", "lightSrc"]).is_some() =>
            {
                out.push_str(&self.picture_of(tag));
            }
            "Card" | "LinkCard" | "DocCard" | "CardLink" if !tag.closes => match (title, tag.get(&["href", "to", "link", "url"])) {
                (Some(title), Some(address)) => paragraph(out, &format!("[{title}](<{address}>)")),
                (Some(title), None) => paragraph(out, &format!("**{title}**")),
                _ => {}
            },
            "Tab" | "TabItem" | "Accordion" | "Step" | "Details" | "Expandable" | "Collapse" | "Collapsible" | "AccordionItem" | "Update"
            | "ParamField" | "ResponseField"
                if !tag.closes =>
            {
                if let Some(title) = title {
                    paragraph(out, &format!("**{title}**"));
                    paragraph(out, "");
                }
            }
            "Video" | "YouTube" | "Youtube" | "Vimeo" | "Iframe" | "ReactPlayer" if !tag.closes => {
                let address = tag
                    .get(&["src", "url", "href"])
                    .map(str::to_owned)
                    .or_else(|| tag.get(&["id", "videoId"]).map(|id| format!("https://www.youtube.com/watch?v={id}")));
                let attributes = address.into_iter().map(|address| ("src".to_owned(), address)).collect();
                self.embedded("video", &Tag { name: "video".into(), closes: false, closes_itself: true, attributes }, out);
            }
            _ if tag.closes => {}
            badge if tag.closes_itself && tag.attributes.is_empty() && BADGES.contains(&badge) => {
                out.push_str(&format!("*({})*", badge.to_lowercase()))
            }
            "Tabs" | "CodeGroup" | "CardGroup" | "Cards" | "Columns" | "Column" | "Grid" | "Steps" | "Frame" | "AccordionGroup" | "Fragment"
            | "TabGroup" | "CodeTabs" | "Row" | "Col" | "Panel" | "Section" | "Box" | "Tabs.Tab" | "Tooltip" | "Center" | "ClientOnly" | "Icon"
            | "TabPanel" | "TabList" | "TabPanels" | "Tab.Item" | "Card" | "TabItem" => {
                if let Some(title) = title.filter(|_| name == "Frame" || name == "Panel") {
                    paragraph(out, &format!("**{title}**"));
                }
            }
            "T" | "K" | "V" | "U" | "P" | "S" | "TAB" if tag.attributes.is_empty() && !self.closed.contains_key(&tag.name) => {
                out.push_str(&format!("\\<{}>", tag.name))
            }
            _ if tag.attributes.is_empty() && !tag.closes_itself && !self.closed.contains_key(&tag.name) => {
                out.push_str(&format!("\\<{}>", tag.name))
            }
            _ if self.words_of(tag, out) => {}
            _ => self.remarks.left_out(self.number, format!("a component of the site: <{}>", tag.name)),
        }
    }

    /// Words and a link that a component shows, where its attributes hold them. Whether they do.
    fn words_of(&mut self, tag: &Tag, out: &mut String) -> bool {
        let address = tag.get(&["href", "to", "link", "url"]).filter(|address| address.starts_with("http") || address.starts_with(['/', '.', '#']));
        let label = tag.get(&["linkText", "buttonText", "cta", "label", "title", "text"]);
        let prose = ["headline", "title", "heading", "text", "description", "message", "content", "caption"];
        let words: Vec<&str> = prose
            .iter()
            .filter_map(|name| tag.get(&[name]))
            .filter(|words| words.contains(' ') && (address.is_none() || Some(*words) != label))
            .collect();
        if words.is_empty() && address.zip(label).is_none() {
            return false;
        }
        for words in words {
            paragraph(out, words);
        }
        if let Some((address, label)) = address.zip(label) {
            paragraph(out, &format!("[{}](<{address}>)", label.replace(['[', ']'], "")));
        }
        self.remarks.changed(self.number, format!("the words of a component of the site: <{}>", tag.name));
        true
    }

    pub(super) fn picture_of(&self, tag: &Tag) -> String {
        let named = |address: &str| self.names.get(address).cloned().unwrap_or_else(|| address.to_owned());
        let address = tag.get(&["src", "source", "light", "lightSrc"]).map(named).unwrap_or_default();
        let mut attributes = tag.attributes.clone();
        attributes.retain(|(name, _)| name != "src");
        attributes.push(("src".into(), address));
        picture(&Tag { attributes, ..tag.clone() })
    }
}

/// Elements of HTML that may stand in a text.
pub(super) fn is_html(name: &str) -> bool {
    const INLINE: [&str; 54] = [
        "br", "hr", "img", "source", "video", "audio", "iframe", "embed", "object", "ul", "ol", "li", "input", "select", "option", "textarea",
        "form", "canvas", "link", "meta", "map", "area", "b", "strong", "i", "em", "cite", "dfn", "var", "s", "del", "strike", "a", "sup", "sub",
        "span", "font", "small", "big", "u", "mark", "ins", "abbr", "label", "time", "q", "button", "noscript", "nobr", "wbr", "code", "kbd", "samp",
        "tt",
    ];
    INLINE.contains(&name) || is_block(name)
}

pub(super) fn is_block(name: &str) -> bool {
    const BLOCKS: [&str; 44] = [
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "nav",
        "center",
        "figure",
        "aside",
        "address",
        "fieldset",
        "picture",
        "details",
        "blockquote",
        "dl",
        "dd",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "summary",
        "figcaption",
        "dt",
        "pre",
        "table",
        "thead",
        "tbody",
        "tr",
        "td",
        "th",
        "caption",
        "html",
        "body",
        "colgroup",
        "col",
        "legend",
        "track",
        "param",
        "hgroup",
        "tfoot",
    ];
    BLOCKS.contains(&name)
}

pub(super) fn sign_of(name: &str) -> &'static str {
    match name {
        "b" | "strong" => "**",
        "i" | "em" => "*",
        "s" | "del" | "strike" => "~~",
        _ => "",
    }
}

pub(super) fn wrapped(name: &str, tag: &Tag, contents: &str) -> String {
    let trimmed = contents.trim_matches([' ', BREAK]);
    if trimmed.is_empty() {
        return if contents.is_empty() { String::new() } else { " ".into() };
    }
    let (before, after) = (if contents.starts_with(' ') { " " } else { "" }, if contents.ends_with(' ') { " " } else { "" });
    match name {
        "a" => match tag.get(&["href"]) {
            Some(address) => format!("{before}[{trimmed}](<{}>){after}", address.trim().replace(['<', '>'], "")),
            None => contents.to_owned(),
        },
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            let level = name[1..].parse().unwrap_or(2);
            let anchor = tag.get(&["id"]).map_or_else(String::new, |anchor| format!(" {{#{anchor}}}"));
            format!("{BREAK}{BREAK}{} {}{anchor}{BREAK}{BREAK}", "#".repeat(level), trimmed.replace(BREAK, " "))
        }
        "summary" | "dt" => format!("{BREAK}{BREAK}**{}**{BREAK}{BREAK}", trimmed.replace("**", "").replace(BREAK, " ")),
        "figcaption" => format!("{BREAK}{BREAK}*{}*{BREAK}{BREAK}", trimmed.replace('*', "").replace(BREAK, " ")),
        // Emphasis within emphasis of the same kind would end it.
        _ if !sign_of(name).is_empty() && !trimmed.contains(sign_of(name)) && !trimmed.contains(BREAK) => {
            format!("{before}{0}{trimmed}{0}{after}", sign_of(name))
        }
        _ => contents.to_owned(),
    }
}

pub(super) fn picture(tag: &Tag) -> String {
    if tag.closes {
        return String::new();
    }
    let address = tag.get(&["src", "data-src", "source", "light", "lightSrc"]).unwrap_or_default().replace(['<', '>'], "");
    let alt = tag.get(&["alt", "caption", "title"]).unwrap_or_default().replace(['[', ']'], "");
    let title = tag.get(&["title"]).filter(|title| *title != alt).map_or_else(String::new, |title| format!(" \"{}\"", title.replace('"', "”")));
    if address.is_empty() { String::new() } else { format!("![{alt}](<{address}>{title})") }
}

/// Code that is written as an element; how long its contents with its end are.
pub(super) fn code_element(rest: &str, name: &str, in_table: bool, out: &mut String) -> usize {
    let close = format!("</{name}>");
    let Some(end) = rest.to_ascii_lowercase().find(&close) else { return 0 };
    let plain = pattern!(r"</?[A-Za-z][^<>]*>").map_or_else(|| rest[..end].into(), |tags| tags.replace_all(&rest[..end], ""));
    let mut code = decoded(plain.trim());
    if in_table {
        code = code.replace('|', "\\|");
    }
    let fence = if code.contains('`') { "``" } else { "`" };
    let gap = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
    if !code.is_empty() {
        out.push_str(&format!("{fence}{gap}{code}{gap}{fence}"));
    }
    end + close.len()
}

pub(super) fn cell_break(out: &mut String) {
    let end = out.trim_end().len();
    out.truncate(end);
    let sign = if out.ends_with(['.', ':', ';', ',', '!', '?', '|', '•']) { " " } else { "; " };
    out.push_str(sign);
}

pub(super) fn line_break(out: &mut String) {
    let text = out.trim_end_matches(' ').len();
    out.truncate(text);
    let is_empty = out.rsplit(BREAK).next().unwrap_or_default().trim_matches([' ', '>']).is_empty();
    if !is_empty {
        out.push('\\');
    }
    out.push(BREAK);
}

/// A paragraph of its own.
pub(super) fn paragraph(out: &mut String, text: &str) {
    if out.ends_with('\\') && !out.ends_with("\\\\") {
        out.pop();
    }
    if !out.trim_matches([' ', '>', BREAK]).is_empty() || !text.is_empty() {
        out.push(BREAK);
        out.push(BREAK);
        out.push_str(text);
        if !text.is_empty() {
            out.push(BREAK);
            out.push(BREAK);
        }
    }
}
