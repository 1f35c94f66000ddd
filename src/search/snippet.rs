//! A piece of text as safe HTML, with the matched words marked.

use std::collections::HashSet;
use std::ops::Range;

use super::passages::Mark;
use crate::articles::model::CELL_BREAK;
use crate::articles::sentences::sentences;
use crate::values::escape_into;

/// Length of a snippet, in characters, without what shows that it was cut.
const SNIPPET_MAX_CHARS: usize = 200;
/// A snippet begins at most so many characters before its first match.
const LEAD_MAX_CHARS: usize = 60;
/// Matches within one long sentence that are tried as the first of a snippet.
const STARTS_MAX: usize = 100;

/// The whole text, marked.
pub(super) fn marked(text: &str, marks: &[Mark]) -> String {
    let mut html = String::with_capacity(text.len() + 13 * marks.len());
    write_marked(&mut html, text, 0..text.len(), marks);
    html
}

/// A piece of a text that is worth showing.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stretch {
    place: Range<usize>,
    /// Worth of the different words of the question that it holds, and what its meaning adds.
    pub(super) worth: f32,
}

/// The sentences in a row that hold most of a question; of equals the first. `values`: worth of each word of the question; `meant`: what the
/// meaning of the sentence at a place adds. None where there is no sentence: the cells of a table say little without its head.
pub(super) fn best_stretch(text: &str, marks: &[Mark], values: &[f32], meant: impl Fn(&Range<usize>) -> f32) -> Option<Stretch> {
    let sentences = sentences(text);
    let mut best: Option<Stretch> = None;
    for (at, first) in sentences.iter().enumerate().filter(|(_, first)| !is_table_row(&text[(*first).clone()])) {
        let place = if text[first.clone()].chars().count() > SNIPPET_MAX_CHARS {
            part_of(text, first.clone(), marks)
        } else {
            let after = sentences[at + 1..]
                .iter()
                .take_while(|next| !is_table_row(&text[(*next).clone()]) && text[first.start..next.end].chars().count() <= SNIPPET_MAX_CHARS);
            first.start..after.last().unwrap_or(first).end
        };
        // The sentence that a snippet begins with is read first, so what stands in it counts again.
        let worth = worth_of(&place, marks, values) + worth_of(first, marks, values) / 2.0 + meant(first);
        if best.as_ref().is_none_or(|best| worth > best.worth) {
            best = Some(Stretch { place, worth });
        }
    }
    best
}

/// Whether a line of an article's text was a row of a table.
pub(super) fn is_table_row(line: &str) -> bool {
    line.contains(CELL_BREAK)
}

/// A stretch of a text as safe HTML, marked, with a sign where something was left out.
pub(super) fn snippet(text: &str, stretch: &Stretch, marks: &[Mark]) -> String {
    let Range { start, end } = stretch.place;
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

/// The marks in a part of a text. Marks are in the order of the text.
fn within<'a>(place: &Range<usize>, marks: &'a [Mark]) -> impl Iterator<Item = &'a Mark> {
    let end = place.end;
    marks[marks.partition_point(|mark| mark.place.start < place.start)..].iter().take_while(move |mark| mark.place.end <= end)
}

fn worth_of(place: &Range<usize>, marks: &[Mark], values: &[f32]) -> f32 {
    let words: HashSet<usize> = within(place, marks).map(|mark| mark.word).collect();
    words.into_iter().map(|word| values[word]).sum()
}

/// The part of a sentence too long to be shown whole that holds most words of the question.
fn part_of(text: &str, sentence: Range<usize>, marks: &[Mark]) -> Range<usize> {
    let (mut start, mut most) = (sentence.start, 0);
    for first in within(&sentence, marks).take(STARTS_MAX) {
        let candidate = lead(text, first.place.start).max(sentence.start);
        let place = candidate..cut_end(text, candidate).min(sentence.end);
        let words: HashSet<usize> = within(&place, marks).map(|mark| mark.word).collect();
        if words.len() > most {
            (start, most) = (candidate, words.len());
        }
    }
    start..cut_end(text, start).min(sentence.end)
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

fn write_marked(html: &mut String, text: &str, part: Range<usize>, marks: &[Mark]) {
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
    let plain: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    escape_into(html, &plain);
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

    fn shown(text: &str, marks: &[Mark]) -> String {
        best_stretch(text, marks, &[0.5, 0.5], |_| 0.0).map(|stretch| snippet(text, &stretch, marks)).unwrap_or_default()
    }

    #[test]
    fn a_short_text_is_shown_whole() {
        assert_eq!(shown("O prazo é de sete dias.", &[]), "O prazo é de sete dias.");
        assert_eq!(shown("", &[]), "");
    }

    #[test]
    fn the_sentences_with_most_words_are_chosen() {
        let text = format!("O prazo.\n{}\nO prazo do estorno é curto.", "Nada aqui. ".repeat(40));
        let mut marks = marks(&text, &["estorno"]);
        marks.insert(0, Mark { place: 2..7, word: 1 });
        let at = text.rfind("prazo").expect("the word is there");
        marks.insert(1, Mark { place: at..at + 5, word: 1 });
        assert_eq!(shown(&text, &marks), "… O <mark>prazo</mark> do <mark>estorno</mark> é curto.");
    }

    #[test]
    fn the_sentence_nearest_in_meaning_is_chosen_where_no_word_tells() {
        let text = format!("{}\nO dinheiro volta em sete dias.", "Nada aqui. ".repeat(40));
        let last = text.find("O dinheiro").expect("it is there");
        let stretch = best_stretch(&text, &[], &[], |place| if place.start == last { 1.0 } else { 0.0 }).expect("sentences");
        assert_eq!(snippet(&text, &stretch, &[]), "… O dinheiro volta em sete dias.");
    }

    #[test]
    fn cells_of_a_table_are_never_shown() {
        let table = "Cartão · Estorno na fatura · Até duas faturas";
        let marks_of = |text: &str| marks(text, &["Estorno", "fatura"]);
        assert_eq!(shown(table, &marks_of(table)), "");
        let text = format!("Depende do pagamento.\n{table}\nSem resposta, escreva.");
        assert_eq!(shown(&text, &marks_of(&text)), "Depende do pagamento. …");
    }

    #[test]
    fn one_endless_word_is_cut_between_letters() {
        let text = "é".repeat(1000);
        assert_eq!(shown(&text, &[]), format!("{} …", "é".repeat(SNIPPET_MAX_CHARS)));
        let inside = Mark { place: 500..502, word: 0 };
        assert!(shown(&text, &[inside]).contains("<mark>é</mark>"));
    }

    #[test]
    fn control_characters_become_spaces() {
        assert_eq!(marked("a\u{0}b\nc<", &[]), "a b c&lt;");
    }
}
