//! A self-help flow in its steps: one for each `##` of an article with `steps: true`.

use super::chart::{Arrow, BoxKind, Chart, ChartBox};
use super::model::{ArticleText, Heading};
use crate::i18n::Lang;

/// Blocks that can hold a heading. What an author writes is escaped, so their tags in the HTML are all ours.
const HOLDERS: [(&str, &str); 4] = [("<blockquote>", "</blockquote>"), ("<div", "</div>"), ("<li", "</li>"), ("<section", "</section>")];

/// One step, with its heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step<'a> {
    pub title: &'a str,
    pub anchor: &'a str,
    /// The heading and all below it, up to the next step.
    pub html: &'a str,
}

/// The steps of a flow; none for any other article.
pub fn steps(text: &ArticleText) -> Vec<Step<'_>> {
    if !text.steps {
        return Vec::new();
    }
    let headings = text.passages.iter().filter_map(|passage| passage.heading.as_ref()).filter(|heading| heading.level == 2);
    let starts: Vec<(usize, &Heading)> = headings
        .filter_map(|heading| Some((text.html.find(&format!("<h2 id=\"{}\">", heading.anchor))?, heading)))
        .filter(|(at, _)| stands_free(&text.html[..*at]))
        .collect();
    let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([text.html.len()]);
    starts.iter().zip(ends).map(|((at, heading), end)| Step { title: &heading.text, anchor: &heading.anchor, html: &text.html[*at..end] }).collect()
}

/// The steps drawn: after each one it is solved, or goes on; after the last one somebody helps. In the language of the text.
pub fn chart(lang: Lang, steps: &[Step<'_>]) -> Chart {
    let words = lang.steps();
    let solved = steps.len() + 1;
    let of_step = |(at, step): (usize, &Step<'_>)| ChartBox {
        title: step.title.to_owned(),
        kind: BoxKind::Step(at + 1),
        anchor: Some(step.anchor.to_owned()),
        arrows: vec![Arrow { to: at + 1, label: words.no.to_owned() }, Arrow { to: solved, label: words.yes.to_owned() }],
    };
    let end = |title: &str, kind| ChartBox { title: title.to_owned(), kind, anchor: None, arrows: Vec::new() };
    let ends = [end(words.end_contact, BoxKind::Help), end(words.end_solved, BoxKind::Good)];
    Chart { boxes: steps.iter().enumerate().map(of_step).chain(ends).collect() }
}

/// Whether every block before a heading has ended: a heading in a quote can't be cut out of it.
fn stands_free(before: &str) -> bool {
    HOLDERS.iter().all(|(open, close)| before.matches(open).count() == before.matches(close).count())
}
