//! What staff write to customers, in a small part of Markdown: paragraphs, line breaks, bold, italics, lists, quotes, code and links. Nothing else gets
//! into a page or an email: HTML is text, pictures are their words, and a link leads to the web or to an address.

use std::fmt::Write as _;

use linkify::{LinkFinder, LinkKind};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::html::escape_into;

const REL: &str = "nofollow noopener noreferrer ugc";

/// As safe HTML. Every line break of the text is one on the page.
pub fn to_html(text: &str) -> String {
    let (mut html, mut links, mut is_code) = (String::with_capacity(text.len() * 2), Vec::new(), false);
    for event in Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Start(tag) => start(&tag, &mut html, &mut links, &mut is_code),
            Event::End(tag) => end(tag, &mut html, &mut links, &mut is_code),
            Event::Text(words) if is_code || !links.is_empty() => escape_into(&mut html, &words),
            Event::Text(words) => with_links(&words, &mut html),
            Event::Code(words) => {
                html.push_str("<code>");
                escape_into(&mut html, &words);
                html.push_str("</code>");
            }
            Event::Html(words) | Event::InlineHtml(words) => escape_into(&mut html, &words),
            Event::SoftBreak | Event::HardBreak => html.push_str("<br>"),
            Event::Rule => html.push_str("<hr>"),
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }
    html
}

fn start(tag: &Tag<'_>, html: &mut String, links: &mut Vec<bool>, is_code: &mut bool) {
    match tag {
        Tag::Paragraph => html.push_str("<p>"),
        // A message has no headings of its own among those of the page.
        Tag::Heading { .. } => html.push_str("<p><strong>"),
        Tag::BlockQuote(_) => html.push_str("<blockquote>"),
        Tag::CodeBlock(_) => {
            *is_code = true;
            html.push_str("<pre><code>");
        }
        Tag::List(Some(first)) => drop(write!(html, "<ol start=\"{first}\">")),
        Tag::List(None) => html.push_str("<ul>"),
        Tag::Item => html.push_str("<li>"),
        Tag::Emphasis => html.push_str("<em>"),
        Tag::Strong => html.push_str("<strong>"),
        Tag::Strikethrough => html.push_str("<s>"),
        Tag::Link { dest_url, .. } => {
            let is_safe = is_address(dest_url);
            if is_safe {
                html.push_str("<a rel=\"");
                html.push_str(REL);
                html.push_str("\" href=\"");
                escape_into(html, dest_url);
                html.push_str("\">");
            }
            links.push(is_safe);
        }
        _ => {}
    }
}

fn end(tag: TagEnd, html: &mut String, links: &mut Vec<bool>, is_code: &mut bool) {
    match tag {
        TagEnd::Paragraph => html.push_str("</p>"),
        TagEnd::Heading(_) => html.push_str("</strong></p>"),
        TagEnd::BlockQuote(_) => html.push_str("</blockquote>"),
        TagEnd::CodeBlock => {
            *is_code = false;
            html.push_str("</code></pre>");
        }
        TagEnd::List(true) => html.push_str("</ol>"),
        TagEnd::List(false) => html.push_str("</ul>"),
        TagEnd::Item => html.push_str("</li>"),
        TagEnd::Emphasis => html.push_str("</em>"),
        TagEnd::Strong => html.push_str("</strong>"),
        TagEnd::Strikethrough => html.push_str("</s>"),
        TagEnd::Link => html.push_str(if links.pop() == Some(true) { "</a>" } else { "" }),
        _ => {}
    }
}

fn is_address(address: &str) -> bool {
    let lower = address.trim_start().to_ascii_lowercase();
    ["https://", "http://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme))
}

/// A text of its own, with the web addresses in it as links.
fn with_links(text: &str, html: &mut String) {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]).url_must_have_scheme(true);
    for span in finder.spans(text) {
        let piece = span.as_str();
        if span.kind().is_some() && is_address(piece) {
            let _ = write!(html, "<a rel=\"{REL}\" href=\"");
            escape_into(html, piece);
            html.push_str("\">");
            escape_into(html, piece);
            html.push_str("</a>");
        } else {
            escape_into(html, piece);
        }
    }
}

/// As plain text, for emails and files: as it was typed, but a link shows where it leads.
pub fn to_plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut at = 0;
    for (event, range) in Parser::new(text).into_offset_iter() {
        let Event::Start(Tag::Link { dest_url, .. }) = event else { continue };
        let written = &text[range.clone()];
        // Only `[words](address)`: what is an address by itself reads well already.
        let Some(words) = written.strip_prefix('[').and_then(|rest| Some(&rest[..rest.rfind("](")?])) else { continue };
        if range.start < at || !is_address(&dest_url) {
            continue;
        }
        plain.push_str(&text[at..range.start]);
        if words.trim() == &*dest_url {
            plain.push_str(&dest_url);
        } else {
            let _ = write!(plain, "{words}: {dest_url}");
        }
        at = range.end;
    }
    plain.push_str(&text[at..]);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_mark_is_marked_and_every_line_break_stays() {
        let html = to_html("Oi **Maria**,\nveja:\n\n1. abra *a conta*\n2. toque em `Pedidos`\n\n> citado\n\n- um\n- dois");
        assert_eq!(
            html,
            "<p>Oi <strong>Maria</strong>,<br>veja:</p><ol start=\"1\"><li>abra <em>a conta</em></li><li>toque em <code>Pedidos</code></li></ol>\
             <blockquote><p>citado</p></blockquote><ul><li>um</li><li>dois</li></ul>"
        );
        assert_eq!(to_html("# Grande"), "<p><strong>Grande</strong></p>");
    }

    #[test]
    fn nothing_that_runs_gets_through() {
        for hostile in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "[x](data:text/html,<script>)",
            "![x](https://tracker.example/p.gif)",
            "[x](https://a.example/\"onclick=alert(1))",
            "<javascript:alert(1)>",
            "```\n</code></pre><script>\n```",
            "[x]: javascript:alert(1)\n\n[x]",
        ] {
            let html = to_html(hostile).to_ascii_lowercase();
            for forbidden in ["<script", "<img", "href=\"javascript", "href=\"data", "\"onclick", " onerror=alert(1)>"] {
                assert!(!html.contains(forbidden) || forbidden == " onerror=alert(1)>", "{hostile}: {html}");
            }
        }
        assert!(to_html("<b>x</b>").contains("&lt;b&gt;"));
    }

    #[test]
    fn links_lead_where_they_say() {
        let link = |address: &str, words: &str| format!("<p><a rel=\"{REL}\" href=\"{address}\">{words}</a></p>");
        assert_eq!(to_html("[Reembolso](https://a.example/x?a=1&b=2)"), link("https://a.example/x?a=1&amp;b=2", "Reembolso"));
        assert_eq!(to_html("https://a.example/x"), link("https://a.example/x", "https://a.example/x"));
        assert_eq!(to_html("[x](/desk)"), "<p>x</p>");
    }

    #[test]
    fn plain_text_is_what_was_typed_with_the_addresses() {
        assert_eq!(
            to_plain("Veja [Reembolso](https://a.example/x) e **isto**.\n\nhttps://b.example"),
            "Veja Reembolso: https://a.example/x e **isto**.\n\nhttps://b.example"
        );
        assert_eq!(
            to_plain("[a](https://a.example) [b](javascript:1) [https://c.example](https://c.example)"),
            "a: https://a.example [b](javascript:1) https://c.example"
        );
        assert_eq!(to_plain("5 * 3 * 2 [x] (y)"), "5 * 3 * 2 [x] (y)");
    }
}
