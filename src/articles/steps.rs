//! A self-help flow in its steps: one for each `##` of an article with `steps: true`.

use super::chart::{Arrow, BoxKind, Chart, ChartBox};
use super::markdown::HEADING_OPEN;
use super::model::{ArticleText, Heading};
use crate::i18n::Lang;

/// Blocks that can hold a heading. What an author writes is escaped, so their tags in the HTML are all ours.
const HOLDERS: [(&str, &str); 4] = [("<blockquote>", "</blockquote>"), ("<div", "</div>"), ("<li", "</li>"), ("<section", "</section>")];

/// Alerts about what may cost a reader money or an account.
const SAFETY_ALERTS: [&str; 2] = ["<div class=\"alert alert-warning\"", "<div class=\"alert alert-caution\""];

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
    let starts = if text.steps { starts(text) } else { Vec::new() };
    let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([text.html.len()]);
    starts.iter().zip(ends).map(|((at, heading), end)| Step { title: &heading.text, anchor: &heading.anchor, html: &text.html[*at..end] }).collect()
}

/// What stands before the first step, and the steps with their numbers at their headings; for any other article nothing, and all of it.
pub fn in_parts(text: &ArticleText) -> (String, String) {
    let starts = if text.steps { starts(text) } else { Vec::new() };
    let Some((first, _)) = starts.first() else { return (String::new(), text.html.to_string()) };
    let (intro, mut rest) = (&text.html[..*first], String::new());
    let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([text.html.len()]);
    for (number, ((at, heading), end)) in (1..).zip(starts.iter().zip(ends)) {
        let open = format!("{HEADING_OPEN}<h2 id=\"{}\">", heading.anchor);
        let html = &text.html[*at..end];
        rest.push_str(&format!("{open}<span class=\"step-number\">{number}</span> {}", &html[open.len()..]));
    }
    (intro.to_owned(), rest)
}

/// Where each step begins.
fn starts(text: &ArticleText) -> Vec<(usize, &Heading)> {
    let headings = text.passages.iter().filter_map(|passage| passage.heading.as_ref()).filter(|heading| heading.level == 2);
    headings
        .filter_map(|heading| Some((text.html.find(&format!("{HEADING_OPEN}<h2 id=\"{}\">", heading.anchor))?, heading)))
        .filter(|(at, _)| stands_free(&text.html[..*at]))
        .collect()
}

/// The warnings before the first step: who walks sees them too.
pub fn safety_alerts(text: &ArticleText) -> String {
    let intro = starts(text).first().map_or("", |(at, _)| &text.html[..*at]);
    let mut alerts = String::new();
    let mut rest = intro;
    while let Some(at) = SAFETY_ALERTS.iter().filter_map(|open| rest.find(open)).min() {
        let (alert, after) = rest[at..].split_at(end_of_div(&rest[at..]));
        alerts.push_str(alert);
        rest = after;
    }
    alerts
}

/// The length of the `<div>` that a text begins with, whole with all that it holds.
fn end_of_div(html: &str) -> usize {
    const CLOSE: &str = "</div>";
    let mut ends = html.match_indices(CLOSE).map(|(at, _)| at + CLOSE.len());
    ends.find(|end| html[..*end].matches("<div").count() == html[..*end].matches(CLOSE).count()).unwrap_or(html.len())
}

/// The step that a heading stands in, counted from 1, and 0 for before the first; `None` for what is no heading.
pub fn step_of_heading(text: &ArticleText, steps: &[Step<'_>], anchor: &str) -> Option<usize> {
    let mut step = 0;
    for heading in text.passages.iter().filter_map(|passage| passage.heading.as_ref()) {
        step += usize::from(steps.get(step).is_some_and(|next| next.anchor == heading.anchor));
        if heading.anchor == anchor {
            return Some(step);
        }
    }
    None
}

/// The HTML with other addresses for its links to places of the article: what `lead` makes of an anchor, escaped; `None` leaves it.
pub fn relinked(html: &str, lead: impl Fn(&str) -> Option<String>) -> String {
    // A quotation mark in what an author writes is escaped, so these are all ours.
    const OPEN: &str = "href=\"#";
    let mut parts = html.split(OPEN);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (anchor, rest) = part.split_once('"').unwrap_or((part, ""));
        let address = lead(anchor).unwrap_or_else(|| format!("#{anchor}"));
        out.push_str(&format!("href=\"{address}\"{rest}"));
    }
    out
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
