//! A text in another language than its file's name says: readers would get what they can't read.

use super::text::Text;
use crate::articles::problem::Findings;
use crate::i18n::{Lang, PerLang};

/// Frequent words that only one of the three languages has. Those that two share ("de", "para", "no") tell nothing.
const PT: [&str; 34] = [
    "não", "você", "uma", "um", "com", "em", "do", "da", "dos", "das", "ao", "os", "é", "ou", "mais", "seu", "sua", "também", "pelo", "pela", "na",
    "nos", "depois", "até", "isso", "são", "já", "quando", "mas", "sem", "está", "pode", "só", "à",
];
const ES: [&str; 34] = [
    "el", "los", "las", "del", "y", "con", "en", "una", "un", "lo", "al", "más", "también", "tu", "tus", "su", "si", "después", "hasta", "eso",
    "son", "ya", "cuando", "pero", "sin", "puedes", "puede", "solo", "es", "hay", "tienes", "desde", "este", "muy",
];
const EN: [&str; 34] = [
    "the", "you", "and", "to", "of", "in", "is", "your", "it", "for", "if", "with", "on", "that", "are", "not", "can", "or", "this", "from", "when",
    "have", "will", "an", "by", "at", "what", "be", "we", "after", "but", "they", "how", "which",
];

/// Fewer hits than this are chance: a name, a quotation, a label on the screen.
const HITS_MIN: usize = 8;

/// Says so of a text that is mostly in another language, and whether it is.
pub(super) fn check(text: &Text, findings: &mut Findings) -> bool {
    let hits = hits(text.blocks().flat_map(|block| block.words()).map(|(_, word)| word));
    let Some((other, count)) = hits.iter().filter(|(lang, _)| *lang != text.lang).max_by_key(|(_, count)| **count) else { return false };
    let is_other = *count >= HITS_MIN && *count > hits[text.lang];
    if is_other {
        let line = text.prose.first().map_or(1, |block| block.line());
        let what = format!("The text is mostly {}, but {}.md is for {}.", name(other), text.lang.code(), name(text.lang));
        findings.wrong(line, what, "Write it in that language, or move it to the file of its own.");
    }
    is_other
}

/// How many words of a text only one language has.
fn hits<'a>(words: impl Iterator<Item = &'a str>) -> PerLang<usize> {
    let mut hits = PerLang::<usize>::default();
    for word in words {
        let word = word.trim_matches(|letter: char| !letter.is_alphabetic()).to_lowercase();
        for (lang, known) in [(Lang::Pt, &PT), (Lang::Es, &ES), (Lang::En, &EN)] {
            hits[lang] += usize::from(known.contains(&word.as_str()));
        }
    }
    hits
}

/// The language of a text, where enough of it tells.
pub(in crate::articles) fn of(text: &str) -> Option<Lang> {
    let hits = hits(text.split_whitespace());
    hits.iter().max_by_key(|(_, count)| **count).filter(|(_, count)| **count >= HITS_MIN).map(|(lang, _)| lang)
}

fn name(lang: Lang) -> &'static str {
    match lang {
        Lang::Pt => "Portuguese",
        Lang::Es => "Spanish",
        Lang::En => "English",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_tells_of_two_languages() {
        for word in PT {
            assert!(!ES.contains(&word) && !EN.contains(&word), "{word}");
        }
        assert!(ES.iter().all(|word| !EN.contains(word)));
    }
}
