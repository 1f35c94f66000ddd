//! Shortcodes and tags of templates that have a plain meaning.

use super::elements::{paragraph, picture};
use super::inline::Inline;
use super::markup::{Shortcode, Tag, decoded};

impl Inline<'_, '_> {
    pub(super) fn shortcode(&mut self, code: &Shortcode, out: &mut String) {
        let plain = code.plain();
        let first = || plain.first().cloned().unwrap_or_default();
        match code.name.as_str() {
            "ref" | "relref" | "link" | "post_url" | "xref" => out.push_str(&code.get(&["path", "ref"]).unwrap_or_else(first)),
            "figure" | "image" | "img" | "picture" | "screenshot" if !code.closes => self.picture_code(code, &plain, out),
            "youtube" | "vimeo" | "video" | "embed" | "content-ref" | "bilibili" | "iframe" if !code.closes => self.link_code(code, &plain, out),
            "page-ref" | "page-relref" | "caption-link" | "button" | "card" | "button-link" if !code.closes => self.link_code(code, &plain, out),
            "tab" | "details" | "expand" | "accordion" | "step" | "code" if !code.closes => {
                let title = code.get(&["title", "name", "header", "summary", "tabName", "label"]).unwrap_or_else(first);
                if !title.is_empty() {
                    paragraph(out, &format!("**{title}**"));
                    paragraph(out, "");
                }
            }
            "icon" | "fa" | "svg" | "include_cached" if code.name != "include_cached" => trim_gap(out),
            "raw" | "tabs" | "steps" | "cards" | "columns" | "column" | "row" | "tab" | "details" | "expand" | "accordion" | "step" | "capture"
            | "assign" | "toc" | "TOC" | "br" | "spacer" | "content-ref" | "embed" | "nomarkdown" | "markdown" | "div" | "button" | "comment" => {}
            _ if code.closes => {}
            name => match self.static_of(name) {
                Some(text) => out.push_str(&text),
                None => self.remarks.left_out(self.number, format!("a shortcode of the site: {} {}", code.name, code.rest)),
            },
        }
    }

    /// What a shortcode of the site shows, where it is always the same: `{{ i18n "required" }}` and plain words in its template.
    pub(super) fn static_of(&self, name: &str) -> Option<String> {
        let name = name.trim_matches('/');
        let template =
            ["layouts/shortcodes", "_includes", "layouts/_shortcodes"].iter().find_map(|folder| self.tree.text(&format!("{folder}/{name}.html")))?;
        let words = pattern!(r#"\{\{-?[ \t]*(?:i18n|T)[ \t]+"([^"]*)"[ \t]*-?\}\}"#)?.replace_all(&template, "$1").into_owned();
        let plain = pattern!(r"<[^<>]*>")?.replace_all(&words, " ").into_owned();
        let plain = decoded(&plain).split_whitespace().collect::<Vec<_>>().join(" ");
        (!plain.contains("{{") && !plain.contains("{%") && !plain.is_empty() && plain.len() < 200).then(|| format!("*({plain})*"))
    }

    pub(super) fn picture_code(&mut self, code: &Shortcode, plain: &[String], out: &mut String) {
        let is_picture = |value: &&String| crate::articles::picture::is_picture_name(value);
        let named = code.get(&["src", "file", "path", "url", "link"]);
        let Some(address) = named.or_else(|| plain.iter().find(is_picture).cloned()) else {
            return self.remarks.left_out(self.number, format!("an image without a file: {}", code.rest));
        };
        let words: Vec<&str> = plain.iter().filter(|value| !is_picture(value)).map(String::as_str).collect();
        let alt = code.get(&["alt", "caption", "title"]).unwrap_or_else(|| words.join(" "));
        let caption = code.get(&["caption"]).filter(|caption| *caption != alt).unwrap_or_default();
        let attributes = vec![("src".to_owned(), address), ("alt".to_owned(), alt), ("title".to_owned(), caption)];
        out.push_str(&picture(&Tag { name: "img".into(), closes: false, closes_itself: true, attributes }));
    }

    pub(super) fn link_code(&mut self, code: &Shortcode, plain: &[String], out: &mut String) {
        let first = plain.first().cloned().unwrap_or_default();
        let address = code.get(&["url", "href", "ref", "page", "link", "src", "id", "relref"]).unwrap_or(first);
        let address = match code.name.as_str() {
            "youtube" => format!("https://www.youtube.com/watch?v={address}"),
            "vimeo" => format!("https://vimeo.com/{address}"),
            "bilibili" => format!("https://www.bilibili.com/video/{address}"),
            _ => address,
        };
        let last = address.trim_end_matches('/').rsplit('/').next().unwrap_or_default().trim_end_matches(".md").replace(['-', '_'], " ");
        let words =
            code.get(&["caption", "title", "text", "label"]).or_else(|| (code.name == "youtube" || code.name == "vimeo").then(|| "Video".to_owned()));
        if address.is_empty() {
            return self.remarks.left_out(self.number, format!("a link without an address: {}", code.rest));
        }
        out.push_str(&format!("[{}](<{address}>)", words.unwrap_or(last).replace(['[', ']'], "")));
    }
}

fn trim_gap(out: &mut String) {
    if out.ends_with(' ') {
        out.pop();
    }
}
