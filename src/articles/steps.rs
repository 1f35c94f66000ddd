//! A self-help flow in its steps: one for each `##` of an article with `steps: true`.

use super::model::ArticleText;

/// Blocks that can hold a heading. What an author writes is escaped, so their tags in the HTML are all ours.
const HOLDERS: [(&str, &str); 4] = [("<blockquote>", "</blockquote>"), ("<div", "</div>"), ("<li", "</li>"), ("<section", "</section>")];

/// One step, with its heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step<'a> {
    pub title: &'a str,
    /// The heading and all below it, up to the next step.
    pub html: &'a str,
}

/// The steps of a flow; none for any other article.
pub fn steps(text: &ArticleText) -> Vec<Step<'_>> {
    if !text.steps {
        return Vec::new();
    }
    let headings = text.passages.iter().filter_map(|passage| passage.heading.as_ref()).filter(|heading| heading.level == 2);
    let starts: Vec<(usize, &str)> = headings
        .filter_map(|heading| Some((text.html.find(&format!("<h2 id=\"{}\">", heading.anchor))?, heading.text.as_str())))
        .filter(|(at, _)| stands_free(&text.html[..*at]))
        .collect();
    let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([text.html.len()]);
    starts.iter().zip(ends).map(|((at, title), end)| Step { title, html: &text.html[*at..end] }).collect()
}

/// Whether every block before a heading has ended: a heading in a quote can't be cut out of it.
fn stands_free(before: &str) -> bool {
    HOLDERS.iter().all(|(open, close)| before.matches(open).count() == before.matches(close).count())
}
