//! Where sentences end, in Portuguese, Spanish and English.

use std::ops::Range;

/// A point after one of these ends no sentence. In lower case, without the point.
const ABBREVIATIONS: [&str; 33] = [
    "sr", "sra", "srta", "dr", "dra", "prof", "profa", "ex", "etc", "obs", "pág", "pag", "tel", "av", "núm", "num", "nº", "art", "vs", "mr", "mrs",
    "ms", "st", "jr", "inc", "ltd", "ltda", "cia", "approx", "aprox", "fig", "e.g", "i.e",
];

/// The sentences of a text, as places in it, without the spaces around them. Every line ends one: lines are paragraphs and points of lists.
pub(super) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut line_start = 0;
    for line in text.split_inclusive('\n') {
        let mut start = 0;
        for (at, mark) in line.char_indices().filter(|(_, letter)| matches!(letter, '.' | '!' | '?' | '…')) {
            let end = at + mark.len_utf8();
            if end >= start && ends_sentence(line, at, mark, end) {
                let end = end + closing(&line[end..]);
                push(&mut sentences, text, line_start + start..line_start + end);
                start = end;
            }
        }
        push(&mut sentences, text, line_start + start..line_start + line.len());
        line_start += line.len();
    }
    sentences
}

fn ends_sentence(line: &str, at: usize, mark: char, end: usize) -> bool {
    let rest = &line[end + closing(&line[end..])..];
    if !rest.starts_with(char::is_whitespace) {
        return false;
    }
    let next = rest.trim_start().trim_start_matches(['"', '“', '«', '(', '¿', '¡', '*']);
    if !next.chars().next().is_some_and(|letter| letter.is_uppercase() || letter.is_numeric()) {
        return false;
    }
    let word = line[..at].rsplit(|letter: char| letter.is_whitespace() || letter == '(').next().unwrap_or_default();
    let is_initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    mark != '.' || !(is_initial || ABBREVIATIONS.contains(&word.to_lowercase().as_str()))
}

/// Length of the quotes and brackets that close after a mark.
fn closing(rest: &str) -> usize {
    rest.len() - rest.trim_start_matches(['"', '”', '»', ')', ']', '\'', '’']).len()
}

fn push(sentences: &mut Vec<Range<usize>>, text: &str, place: Range<usize>) {
    let part = &text[place.clone()];
    let start = place.start + (part.len() - part.trim_start().len());
    let end = place.end - (part.len() - part.trim_end().len());
    if start < end {
        sentences.push(start..end);
    }
}

#[cfg(test)]
mod tests {
    use super::sentences;

    fn cut(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|place| &text[place]).collect()
    }

    #[test]
    fn sentences_end_where_readers_end_them() {
        assert_eq!(
            cut("Peça já. O Sr. Silva paga R$ 1.500,00. “Quando?” Hoje!"),
            ["Peça já.", "O Sr. Silva paga R$ 1.500,00.", "“Quando?”", "Hoje!"]
        );
        assert_eq!(cut("J. R. Tolkien escribió. ¿Cuándo? En 1937."), ["J. R. Tolkien escribió.", "¿Cuándo?", "En 1937."]);
        assert_eq!(cut("Um ponto\nOutro ponto\n\n"), ["Um ponto", "Outro ponto"]);
        assert_eq!(cut("see example.com, v1.2 and e.g. this"), ["see example.com, v1.2 and e.g. this"]);
        assert!(cut(" \n ").is_empty() && cut("...").len() == 1);
    }
}
