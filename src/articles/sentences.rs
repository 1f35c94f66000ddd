//! Where sentences end, in Portuguese, Spanish and English.

use std::ops::Range;

/// A point after one of these ends no sentence. In lower case, without the point. Words that often end sentences ("no", "min") are left out.
const ABBREVIATIONS: [&str; 84] = [
    "sr", "sra", "srs", "sras", "srta", "sto", "sta", "dr", "dra", "drs", "dras", "prof", "profa", "profs", "eng", "arq", "exmo", "exma", "ilmo",
    "ilma", "av", "art", "arts", "inc", "par", "pág", "pag", "págs", "pags", "pp", "vol", "vols", "núm", "num", "nro", "nº", "tel", "telef", "cel",
    "ext", "ramal", "obs", "ex", "cf", "cfr", "ed", "eds", "cap", "caps", "fig", "figs", "ref", "refs", "máx", "mín", "aprox", "apdo", "dpto",
    "depto", "univ", "gral", "gen", "col", "cia", "cía", "ltda", "ud", "uds", "vd", "vds", "ee", "uu", "mr", "mrs", "mt", "st", "vs", "approx",
    "dept", "jan", "fev", "dez", "e.g", "i.e",
];
/// Single letters that are words; a point after any other one is an initial's.
const LETTER_WORDS: [char; 4] = ['e', 'y', 'o', 'a'];
const OPENING: [char; 9] = ['"', '“', '‘', '«', '(', '[', '¿', '¡', '\''];

/// The sentences of a text, as places in it, without the spaces around them. Every line ends one: lines are paragraphs and points of lists.
pub(crate) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut line_start = 0;
    for line in text.split_inclusive('\n') {
        let mut start = 0;
        for (at, mark) in line.char_indices().filter(|(_, letter)| matches!(letter, '.' | '!' | '?' | '…')) {
            let end = at + mark.len_utf8();
            if at >= start && ends_sentence(&line[start..], at - start, mark) {
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

/// Whether the mark at a place ends the sentence that begins the line.
fn ends_sentence(line: &str, at: usize, mark: char) -> bool {
    let end = at + mark.len_utf8();
    let rest = &line[end + closing(&line[end..])..];
    if !rest.starts_with(char::is_whitespace) {
        return false;
    }
    let rest = rest.trim_start();
    let Some(next) = rest.trim_start_matches(OPENING).chars().next() else { return false };
    if matches!(mark, '!' | '?') && rest.starts_with(['¿', '¡']) {
        return true;
    }
    if !next.is_uppercase() && !next.is_numeric() {
        return false;
    }
    match mark {
        '…' => next.is_uppercase(),
        '.' if line[..at].ends_with("..") => next.is_uppercase(),
        '.' => !is_abbreviation(&line[..at]),
        _ => true,
    }
}

/// Whether the last word before a point is one that is written with it.
fn is_abbreviation(before: &str) -> bool {
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default().trim_start_matches(OPENING);
    let mut letters = word.chars();
    let is_initial = matches!((letters.next(), letters.next()), (Some(letter), None) if letter.is_alphabetic() && !LETTER_WORDS.contains(&letter));
    let is_dotted = word.contains('.') && word.split('.').all(|part| part.chars().count() == 1);
    let is_list_number = word.len() <= 2 && !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit()) && before.trim() == word;
    is_initial || is_dotted || is_list_number || ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

/// Length of the quotes and brackets that close after a mark.
fn closing(rest: &str) -> usize {
    rest.len() - rest.trim_start_matches(['"', '”', '’', '»', ')', ']', '\'']).len()
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
        assert_eq!(cut("1. Abra a compra. 2. Peça."), ["1. Abra a compra.", "2. Peça."]);
        assert_eq!(cut("Espere... ainda não. Nos U.S. Army. Fim"), ["Espere... ainda não.", "Nos U.S. Army.", "Fim"]);
        assert!(cut(" \n ").is_empty());
        assert_eq!(cut("..."), ["..."]);
    }
}
