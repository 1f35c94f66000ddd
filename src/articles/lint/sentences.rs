//! Sentences that are too long to be understood at the first reading.

use super::text::{Text, words};
use crate::articles::problem::Findings;
use crate::articles::text::quoted;

/// Words of a sentence. From 25 on readers lose the thread more and more; plain-language guides stop between 20 and 30.
const SENTENCE_MAX_WORDS: usize = 30;

pub(super) fn check(text: &Text, findings: &mut Findings) {
    for (line, sentence) in text.prose.iter().flat_map(|block| block.sentences()) {
        let count = words(sentence).count();
        if count > SENTENCE_MAX_WORDS {
            let start: String = words(sentence).take(6).collect::<Vec<_>>().join(" ");
            let what = format!("The sentence that begins {} has {count} words.", quoted(&start));
            findings.taste(line, what, format!("Make two of it; {SENTENCE_MAX_WORDS} words are the most that read easily."));
        }
    }
}
