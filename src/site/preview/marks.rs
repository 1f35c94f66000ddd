//! What stands in a page besides the page: that it is a draft, and what is wrong, below the heading nearest to it.

use std::collections::BTreeMap;

use super::{HOME, Preview};
use crate::articles::authoring::preview::heading_lines;
use crate::articles::model::{ArticleText, PageTarget};
use crate::articles::problem::{Level, Problem};
use crate::values::escaped;

/// The page with everything of the preview in it.
pub(super) fn mark(preview: &Preview, path: &str, version: u64, html: &str) -> String {
    let all = preview.desk.problems();
    let mut html = html.to_owned();
    let mut head = String::new();
    let shown = MarkedText::at(preview, path);
    if let Some(shown) = &shown {
        if shown.is_draft {
            head.push_str(&alert("important", "<p><strong>Draft.</strong> Readers can't open this text.</p>"));
        }
        let of_file = all.get(&shown.file).map(Vec::as_slice).unwrap_or_default();
        let mut by_heading: BTreeMap<Option<usize>, Vec<&Problem>> = BTreeMap::new();
        for problem in of_file {
            by_heading.entry(shown.heading_before(problem.line)).or_default().push(problem);
        }
        for (heading, problems) in by_heading {
            let notes = notes(&shown.file, &problems);
            let place = heading.and_then(|heading| end_of_heading(&html, shown.anchors.get(heading)?));
            match place {
                Some(place) => html.insert_str(place, &notes),
                None => head.push_str(&notes),
            }
        }
    }
    let count: usize = all.values().map(Vec::len).sum();
    head.push_str(&format!("<p class=\"meta\"><a href=\"{HOME}\">Preview: {count} findings in {} files</a></p>", all.len()));
    insert_after(&mut html, "<main", &format!("<div class=\"wrap\">{head}</div>"));
    let script = format!("<script type=\"module\" src=\"{HOME}/reload.js?version={version}\"></script>");
    if let Some(place) = html.find("</head>") {
        html.insert_str(place, &script);
    }
    html
}

/// The file behind a page.
struct MarkedText {
    file: String,
    is_draft: bool,
    /// Lines of the headings in the file and their anchors in the page, of each as many as of the other.
    lines: Vec<usize>,
    anchors: Vec<String>,
}

impl MarkedText {
    fn at(preview: &Preview, path: &str) -> Option<Self> {
        let library = preview.app.content.library();
        match library.pages.get(path)? {
            PageTarget::Section(_, section) => Some(Self::group(format!("{section}/section.toml"))),
            PageTarget::Topic(_, section, topic) => Some(Self::group(format!("{section}/{topic}/topic.toml"))),
            PageTarget::Article(lang, id) => {
                let text = library.articles.get(id)?.shown(*lang, library.default_lang);
                let file = format!("{}/{}.md", id.as_str(), text.lang.code());
                let mut lines = preview.desk.file(&file).map(|text| heading_lines(&text)).unwrap_or_default();
                let anchors = anchors(text);
                // The page shows an older version, or headings that stand in no file: nothing can be said of places.
                if lines.len() != anchors.len() {
                    lines.clear();
                }
                Some(Self { file, is_draft: !preview.desk.is_public(id, text.lang), lines, anchors })
            }
        }
    }

    fn group(file: String) -> Self {
        Self { file, is_draft: false, lines: Vec::new(), anchors: Vec::new() }
    }

    /// The number of the last heading that does not stand below a line.
    fn heading_before(&self, line: usize) -> Option<usize> {
        self.lines.partition_point(|heading| *heading <= line).checked_sub(1)
    }
}

fn anchors(text: &ArticleText) -> Vec<String> {
    text.passages.iter().filter_map(|passage| Some(passage.heading.as_ref()?.anchor.clone())).collect()
}

/// The problems of a part, each with a link to its line.
fn notes(file: &str, problems: &[&Problem]) -> String {
    let is_mistake = problems.iter().any(|problem| problem.level != Level::Taste);
    let rows: String = problems
        .iter()
        .map(|problem| {
            let address = escaped(&format!("{HOME}/{file}#line-{}", problem.line));
            format!("<li><a href=\"{address}\">Line {}</a>: {}</li>", problem.line, escaped(&problem.message()))
        })
        .collect();
    alert(if is_mistake { "caution" } else { "note" }, &format!("<ul>{rows}</ul>"))
}

pub(super) fn alert(kind: &str, html: &str) -> String {
    format!("<div class=\"prose\"><div class=\"alert alert-{kind}\" role=\"note\">{html}</div></div>")
}

/// Where the heading with an anchor ends in a page, with the link beside it.
fn end_of_heading(html: &str, anchor: &str) -> Option<usize> {
    const END: &str = "</div>";
    let heading = html.find(&format!(" id=\"{anchor}\">"))?;
    Some(heading + html[heading..].find(END)? + END.len())
}

fn insert_after(html: &mut String, tag: &str, more: &str) {
    if let Some(place) = html.find(tag).and_then(|start| Some(start + html[start..].find('>')? + 1)) {
        html.insert_str(place, more);
    }
}
