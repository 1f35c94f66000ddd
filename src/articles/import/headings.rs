//! Headings: the first one is the title, none skips a level, none holds a link.

use std::collections::HashSet;

use super::lines::Line;
use crate::articles::markdown::written_anchor;
use crate::articles::model::RESERVED_ANCHORS;
use crate::articles::slug::slugify;

/// What became of a text's headings.
pub(super) struct Converted {
    pub(super) lines: Vec<Line>,
    /// The heading above the text, where it is the title.
    pub(super) title: Option<String>,
    /// Anchors that could not stay, because they stand twice or belong to the page itself, with the number of their heading.
    pub(super) moved: Vec<(usize, String)>,
}

/// The lines with headings as an article has them.
pub(super) fn convert(lines: Vec<Line>, title: Option<&str>) -> Converted {
    let lines = underlined(lines);
    let mut done = Converted { lines: Vec::new(), title: None, moved: Vec::new() };
    let first =
        lines.iter().find_map(heading).filter(|(_, level, words)| *level == 1 && title.is_none_or(|title| slugify(title) == slugify(&plain(words))));
    let mut levels = Levels(Vec::new());
    let mut anchors: HashSet<String> = RESERVED_ANCHORS.iter().map(|anchor| (*anchor).to_owned()).collect();
    let mut count = 0;
    for line in lines {
        let Some((prefix, level, words)) = heading(&line) else {
            done.lines.push(line);
            continue;
        };
        if first.is_some() && done.title.is_none() {
            done.title = Some(plain(written_anchor(&words).map_or(words.as_str(), |(words, _)| words)));
            continue;
        }
        let (mut words, links) = without_links(&words);
        if let Some((plain, anchor)) = written_anchor(&words)
            && !anchors.insert(anchor.to_owned())
        {
            done.moved.push((count, anchor.to_owned()));
            words = plain.to_owned();
        }
        if words.trim_matches(['*', '_', ' ']).is_empty() || written_anchor(&words).is_some_and(|(words, _)| words.is_empty()) {
            done.lines.extend(links.iter().map(|link| Line::new(line.number, format!("{prefix}{link}"))));
            continue;
        }
        count += 1;
        if done.lines.last().is_some_and(|last| !last.is_blank() && prefix.is_empty()) {
            done.lines.push(Line::new(line.number, ""));
        }
        let signs = "#".repeat(levels.of(level));
        let below = links.into_iter().flat_map(|link| [prefix.clone(), format!("{prefix}{link}"), prefix.clone()]);
        done.lines.extend(std::iter::once(format!("{prefix}{signs} {words}")).chain(below).map(|text| Line::new(line.number, text)));
    }
    done
}

/// The levels of the headings that a heading stands below, as they were.
struct Levels(Vec<usize>);

impl Levels {
    /// The level that a heading gets: two for the first ones, and one more for each below which it stands.
    fn of(&mut self, level: usize) -> usize {
        while self.0.last().is_some_and(|above| *above >= level) {
            self.0.pop();
        }
        self.0.push(level);
        (self.0.len() + 1).min(6)
    }
}

/// What stands before a heading, its level and its words.
fn heading(line: &Line) -> Option<(String, usize, String)> {
    if line.code {
        return None;
    }
    let found = pattern!(r"^( {0,3}(?:> ?)*)(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$")?.captures(&line.text)?;
    let words = found.get(3).map_or("", |words| words.as_str()).trim();
    let words = if words.chars().all(|sign| sign == '#') { "" } else { words };
    Some((found[1].to_owned(), found[2].len(), words.to_owned()))
}

/// Headings that are underlined, as those with signs before them.
fn underlined(lines: Vec<Line>) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    for line in lines {
        let text = line.text.trim_end();
        let level = match text.chars().next() {
            Some('=') if text.chars().all(|sign| sign == '=') => 1,
            Some('-') if text.len() > 1 && text.chars().all(|sign| sign == '-') => 2,
            _ => 0,
        };
        let words = out.last_mut().filter(|words| {
            level > 0
                && !line.code
                && !words.code
                && !words.is_blank()
                && words.text.starts_with(|first: char| first.is_alphanumeric() || matches!(first, '*' | '`' | '"' | '¿' | '¡'))
        });
        match words {
            Some(words) => words.text = format!("{} {}", "#".repeat(level), words.text.trim()),
            None => out.push(line),
        }
    }
    out
}

/// The words of a heading without its links and pictures, and these.
fn without_links(words: &str) -> (String, Vec<String>) {
    let Some(link) = pattern!(r"(!?)\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\((<[^<>]*>|[^() \t]*(?:\([^()]*\)[^() \t]*)*)(?:[ \t]+\x22[^\x22]*\x22)?\)")
    else {
        return (words.to_owned(), Vec::new());
    };
    let links: Vec<String> =
        link.find_iter(words).map(|link| link.as_str().to_owned()).filter(|link| !link.ends_with("(#)") && !link.contains("](#")).collect();
    let plain = link.replace_all(words, |found: &regex::Captures<'_>| if found[1].is_empty() { found[2].to_owned() } else { String::new() });
    (plain.split_whitespace().collect::<Vec<_>>().join(" "), links)
}

/// Words without the signs of Markdown.
pub(super) fn plain(words: &str) -> String {
    let words = without_links(words).0;
    let words = super::markup::decoded(&words);
    words.replace("**", "").replace(['`', '*'], "").replace("\\<", "<").replace('\\', "").split_whitespace().collect::<Vec<_>>().join(" ")
}
