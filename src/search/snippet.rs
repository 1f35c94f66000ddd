//! A piece of text as safe HTML, with the matched words marked.

use std::collections::HashSet;

use super::passages::Mark;

/// Length of a snippet, in characters, without what shows that it was cut.
const SNIPPET_MAX_CHARS: usize = 200;
/// A snippet begins at most so many characters before its first match.
const LEAD_MAX_CHARS: usize = 60;
/// Matches tried as the first of a snippet.
const STARTS_MAX: usize = 100;

/// The whole text, marked.
pub(super) fn marked(text: &str, marks: &[Mark]) -> String {
    let mut html = String::with_capacity(text.len() + 13 * marks.len());
    write_marked(&mut html, text, 0..text.len(), marks);
    html
}

/// The stretch of a text that holds most different words of the question, marked, on word boundaries.
pub(super) fn snippet(text: &str, marks: &[Mark]) -> String {
    let start = best_start(text, marks);
    let end = cut_end(text, start);
    let mut html = String::new();
    if !text[..start].trim().is_empty() {
        html.push_str("… ");
    }
    write_marked(&mut html, text, start..end, marks);
    if !text[end..].trim().is_empty() {
        html.push_str(" …");
    }
    html
}

fn best_start(text: &str, marks: &[Mark]) -> usize {
    let (mut start, mut most) = (0, 0);
    for first in marks.iter().take(STARTS_MAX) {
        let candidate = lead(text, first.place.start);
        let end = cut_end(text, candidate);
        let inside = marks.iter().filter(|mark| mark.place.start >= candidate && mark.place.end <= end);
        let words: HashSet<usize> = inside.map(|mark| mark.word).collect();
        if words.len() > most {
            (start, most) = (candidate, words.len());
        }
    }
    start
}

/// Where a snippet begins whose first match stands at a place: with the line or the sentence when that begins near by, else with a word.
fn lead(text: &str, at: usize) -> usize {
    let far = text[..at].char_indices().rev().nth(LEAD_MAX_CHARS - 1).map_or(0, |(byte, _)| byte);
    let before = &text[far..at];
    let line = before.rfind('\n').map(|end| end + 1);
    let sentence = [". ", "? ", "! "].iter().filter_map(|end| before.rfind(end)).max().map(|end| end + 2);
    match line.max(sentence) {
        Some(beginning) => far + beginning,
        None if far == 0 => 0,
        None => before.char_indices().find(|(_, letter)| letter.is_whitespace()).map_or(at, |(space, letter)| far + space + letter.len_utf8()),
    }
}

/// Where a snippet ends that begins at a place: before the word that would make it too long.
fn cut_end(text: &str, start: usize) -> usize {
    let Some((limit, _)) = text[start..].char_indices().nth(SNIPPET_MAX_CHARS) else { return text.len() };
    let limit = start + limit;
    match text[start..limit].rfind(char::is_whitespace) {
        Some(space) if space > 0 => start + space,
        _ => limit,
    }
}

fn write_marked(html: &mut String, text: &str, part: std::ops::Range<usize>, marks: &[Mark]) {
    let mut at = part.start;
    for mark in marks.iter().filter(|mark| mark.place.start >= part.start && mark.place.end <= part.end) {
        write_escaped(html, &text[at..mark.place.start]);
        html.push_str("<mark>");
        write_escaped(html, &text[mark.place.clone()]);
        html.push_str("</mark>");
        at = mark.place.end;
    }
    write_escaped(html, &text[at..part.end]);
}

/// Writes text so that a browser shows it as it is; line breaks and control characters become spaces.
fn write_escaped(html: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            _ if letter.is_control() => html.push(' '),
            _ => html.push(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(text: &str, words: &[&str]) -> Vec<Mark> {
        let found = words.iter().enumerate().filter_map(|(word, form)| text.find(form).map(|at| Mark { place: at..at + form.len(), word }));
        let mut marks: Vec<Mark> = found.collect();
        marks.sort_by_key(|mark| mark.place.start);
        marks
    }

    #[test]
    fn a_short_text_is_shown_whole() {
        assert_eq!(snippet("O prazo é de sete dias.", &[]), "O prazo é de sete dias.");
        assert_eq!(snippet("", &[]), "");
    }

    #[test]
    fn the_stretch_with_most_words_is_chosen() {
        let text = format!("O prazo.\n{}\nO prazo do estorno é curto.", "Nada aqui. ".repeat(40));
        let mut marks = marks(&text, &["estorno"]);
        marks.insert(0, Mark { place: 2..7, word: 1 });
        let at = text.rfind("prazo").expect("the word is there");
        marks.insert(1, Mark { place: at..at + 5, word: 1 });
        assert_eq!(snippet(&text, &marks), "… O <mark>prazo</mark> do <mark>estorno</mark> é curto.");
    }

    #[test]
    fn one_endless_word_is_cut_between_letters() {
        let text = "é".repeat(1000);
        assert_eq!(snippet(&text, &[]), format!("{} …", "é".repeat(SNIPPET_MAX_CHARS)));
        let inside = Mark { place: 500..502, word: 0 };
        assert!(snippet(&text, &[inside]).contains("<mark>é</mark>"));
    }

    #[test]
    fn control_characters_become_spaces() {
        assert_eq!(marked("a\u{0}b\nc<", &[]), "a b c&lt;");
    }
}
