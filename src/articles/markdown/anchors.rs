//! The anchors of headings: made from their words, or written behind them as `## Words {#anchor}`.

use std::collections::{HashMap, HashSet};

use pulldown_cmark::{Event, Tag};

use super::{Located, end_of, plain_text};
use crate::articles::model::RESERVED_ANCHORS;
use crate::articles::problem::Findings;
use crate::articles::slug::slugify;
use crate::articles::text::{Lines, fill_brand, quoted};

/// Longer ones are no anchors but somebody's mistake.
const ANCHOR_MAX_CHARS: usize = 120;

/// Where links to a heading lead.
#[derive(Debug, Clone, Default)]
pub(super) struct Place {
    pub(super) anchor: String,
    /// What leads there too: the anchors that the heading would have without its own, so that links from before go on working.
    pub(super) aliases: Vec<String>,
}

/// A heading's words without the anchor written behind them, and that anchor: `Words {#anchor}`, also `{: #anchor }`.
pub(in crate::articles) fn written_anchor(words: &str) -> Option<(&str, &str)> {
    let (before, braced) = words.trim_end().strip_suffix('}')?.rsplit_once('{')?;
    let anchor = braced.strip_prefix(':').unwrap_or(braced).trim().strip_prefix('#')?.split_whitespace().next()?;
    let fits = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.' | ':');
    let is_anchor = anchor.chars().count() <= ANCHOR_MAX_CHARS && anchor.chars().all(fits);
    (is_anchor && !before.ends_with(['\\', '{'])).then(|| (before.trim_end(), anchor))
}

/// Takes the written anchors out of the headings and gives every heading its place, in the order of the text.
pub(super) fn settle(events: &mut [Located<'_>], source: &str, brand: &str, lines: &Lines, findings: &mut Findings) -> Vec<Place> {
    let headings: Vec<(usize, usize)> = events
        .iter()
        .enumerate()
        .filter(|(_, (event, _))| matches!(event, Event::Start(Tag::Heading { .. })))
        .map(|(at, _)| (at, end_of(events, at)))
        .collect();
    let mut anchors = Anchors { taken: RESERVED_ANCHORS.iter().map(|anchor| (*anchor).to_owned()).collect(), counts: HashMap::new() };
    let mut written: Vec<Option<String>> = Vec::new();
    let mut before: Vec<String> = Vec::new();
    for (start, end) in &headings {
        before.push(words_of(&events[*start..*end], brand));
        let own = take_written(&mut events[*start..*end], source);
        if let Some(anchor) = &own
            && !anchors.taken.insert(anchor.clone())
        {
            let what = format!("The anchor {} is taken.", quoted(&format!("#{anchor}")));
            findings.broken(lines.at(events[*start].1.start), what, "Write another one: each may stand once, and some belong to the page itself.");
        }
        written.push(own);
    }
    let mut places = Vec::new();
    for (((start, end), own), before) in headings.iter().zip(&written).zip(&before) {
        let words = slugify(&words_of(&events[*start..*end], brand));
        places.push(match own {
            None => Place { anchor: anchors.free(&words), aliases: Vec::new() },
            Some(anchor) => Place { anchor: anchor.clone(), aliases: vec![words, slugify(before)] },
        });
    }
    for place in &mut places {
        place.aliases.retain(|alias| !alias.is_empty() && anchors.taken.insert(alias.clone()));
    }
    places
}

/// The words of a heading, the brand filled in.
pub(super) fn words_of(events: &[Located<'_>], brand: &str) -> String {
    fill_brand(plain_text(events).trim(), brand).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Takes the anchor out of a heading's last text.
fn take_written(events: &mut [Located<'_>], source: &str) -> Option<String> {
    let (event, range) = events.iter_mut().rev().find(|(event, _)| !matches!(event, Event::End(_)))?;
    let Event::Text(text) = event else { return None };
    // What is escaped is meant as it stands.
    if source.get(range.clone()).is_some_and(|written| written.contains("\\{") || written.contains("\\}")) {
        return None;
    }
    let (words, anchor) = written_anchor(text)?;
    let (words, anchor) = (words.to_owned(), anchor.to_owned());
    *text = words.into();
    Some(anchor)
}

struct Anchors {
    taken: HashSet<String>,
    counts: HashMap<String, usize>,
}

impl Anchors {
    /// An anchor that no other heading has: `prazo`, `prazo-2`, …
    fn free(&mut self, words: &str) -> String {
        let base = if words.is_empty() { "part".to_owned() } else { words.to_owned() };
        if self.taken.insert(base.clone()) {
            return base;
        }
        let count = self.counts.entry(base.clone()).or_insert(1);
        loop {
            *count += 1;
            let anchor = format!("{base}-{count}");
            if self.taken.insert(anchor.clone()) {
                return anchor;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_anchor_stands_in_braces_behind_the_words() {
        for (words, split) in [
            ("Prazo {#prazo}", Some(("Prazo", "prazo"))),
            ("Prazo {: #prazo .big }", Some(("Prazo", "prazo"))),
            ("Prazo { #meu_prazo }", Some(("Prazo", "meu_prazo"))),
            ("Sobre {{brand}}", None),
            ("Sobre {{#brand}}", None),
            ("O conjunto {a, b}", None),
            ("Prazo {#a\"b}", None),
            ("Prazo {.big}", None),
            ("Prazo {#prazo} e mais", None),
        ] {
            assert_eq!(written_anchor(words), split, "{words}");
        }
    }
}
