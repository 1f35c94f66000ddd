//! Pictures that are described in another language than the text around them: those who can't see them get words that they can't read.
//! One without any description is refused where the text is read.

use std::collections::HashMap;

use super::text::{Text, words};
use crate::articles::problem::{Findings, Problem};
use crate::articles::text::quoted;

/// A shorter one may be a name, which is the same in every language.
const DESCRIPTION_MIN_WORDS: usize = 3;

pub(super) fn check(texts: &[Text]) -> Vec<Problem> {
    let mut seen: HashMap<(&str, &str), &Text> = HashMap::new();
    let mut problems = Vec::new();
    for text in texts {
        let mut findings = Findings::new(&text.file);
        for picture in text.pictures.iter().filter(|picture| words(&picture.alt).count() >= DESCRIPTION_MIN_WORDS) {
            let first = seen.entry((text.article(), picture.alt.as_str())).or_insert(text);
            if first.lang != text.lang {
                let what = format!("The description {} is the same as in {}.md.", quoted(&picture.alt), first.lang.code());
                findings.wrong(picture.line, what, "Describe the picture in the language of the text.");
            }
        }
        problems.extend(findings.into_problems());
    }
    problems
}
