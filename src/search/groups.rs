//! What several words make together: `e-mail` is also `email`, `1.500,00` is also `1500`, `12.345.678/0001-90` is also `12345678000190`.
//! Readers write one or the other, so both are held.

use std::ops::Range;

use super::analyser::{WORD_MAX_BYTES, each_word};

/// More parts than this are a sentence with hyphens.
const PARTS_MAX: usize = 4;
/// Digits of a registration or telephone number, at least; where spaces stand between them, one more.
const NUMBER_MIN_DIGITS: usize = 7;
const NUMBER_MAX_DIGITS: usize = 15;
/// Pronouns behind a Portuguese verb, as in `enviar-me`: two words, whatever the hyphen.
const PRONOUNS: [&str; 19] = ["me", "te", "se", "lhe", "lhes", "nos", "vos", "o", "a", "os", "as", "lo", "la", "los", "las", "no", "na", "nas", "vo"];

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// In bytes.
    pub(super) place: Range<usize>,
    /// Lower case, without accents.
    pub(super) form: String,
    /// What stands between it and the word before it in its group.
    gap: char,
}

/// Calls `visit` with the words of a text: those that belong together at once, with what they make; every other one by itself.
pub(super) fn each_group(text: &str, mut visit: impl FnMut(&[Word], Option<&str>)) {
    let mut group: Vec<Word> = Vec::new();
    each_word(text, |place, form| {
        let gap = group.last().and_then(|last| gap(&text[last.place.end..place.start]));
        match gap.filter(|gap| belongs(&group, *gap, form)) {
            Some(gap) => group.push(Word { place, form: form.to_owned(), gap }),
            None => {
                show(&group, &mut visit);
                match group.first_mut() {
                    // Most groups are one word: its buffer is used again.
                    Some(word) => {
                        word.place = place;
                        form.clone_into(&mut word.form);
                        group.truncate(1);
                    }
                    None => group.push(Word { place, form: form.to_owned(), gap: ' ' }),
                }
            }
        }
    });
    show(&group, &mut visit);
}

/// What may stand between parts; all hyphens are one, and all spaces.
fn gap(between: &str) -> Option<char> {
    match between {
        "-" | "\u{2010}" | "\u{2011}" => Some('-'),
        "." | "," | "/" => between.chars().next(),
        " " | "\u{a0}" | "\u{202f}" | ")" | ") " => Some(' '),
        _ => None,
    }
}

fn belongs(group: &[Word], gap: char, form: &str) -> bool {
    gap == '-' || (is_number(form) && group.iter().all(|word| is_number(&word.form)))
}

fn is_number(form: &str) -> bool {
    !form.is_empty() && form.bytes().all(|byte| byte.is_ascii_digit())
}

fn show(group: &[Word], visit: &mut impl FnMut(&[Word], Option<&str>)) {
    if let Some(joined) = joined(group) {
        return visit(group, Some(&joined));
    }
    // Numbers that merely follow one another; any other group that makes nothing is words.
    for part in group.chunk_by(|_, next| next.gap != ' ') {
        match joined(part) {
            Some(joined) => visit(part, Some(&joined)),
            None => part.chunks(1).for_each(|word| visit(word, None)),
        }
    }
}

fn joined(group: &[Word]) -> Option<String> {
    match group {
        [] | [_] => None,
        _ if group.iter().all(|word| is_number(&word.form)) => number(group),
        _ => compound(group),
    }
}

/// Words with hyphens between them, written as one.
fn compound(group: &[Word]) -> Option<String> {
    let [first, .., last] = group else { return None };
    let is_verb = PRONOUNS.contains(&last.form.as_str()) && first.form.len() > 2;
    let joined: String = group.iter().map(|word| word.form.as_str()).collect();
    (group.len() <= PARTS_MAX && !is_verb && joined.len() <= WORD_MAX_BYTES).then_some(joined)
}

/// An amount without its thousands separators and without `,00`; any other long number as its digits.
fn number(group: &[Word]) -> Option<String> {
    amount(group).or_else(|| {
        let digits: String = group.iter().map(|word| word.form.as_str()).collect();
        let holds = |gaps: &[char]| group[1..].iter().any(|word| gaps.contains(&word.gap));
        let has_spaces = holds(&[' ']);
        let is_long = (NUMBER_MIN_DIGITS + usize::from(has_spaces)..=NUMBER_MAX_DIGITS).contains(&digits.len());
        let is_in_parts = !has_spaces || (!holds(&['.', ',']) && group.iter().all(|word| word.form.len() > 1));
        (is_long && is_in_parts).then_some(digits)
    })
}

/// `1.500,00`, `1,500.00` and `1 500` alike: which sign separates what is seen by how many digits follow.
fn amount(group: &[Word]) -> Option<String> {
    let [.., before, last] = group else { return None };
    let has_decimals = matches!(last.gap, '.' | ',') && last.form.len() <= 2 && !(group.len() > 2 && before.gap == last.gap);
    let whole = if has_decimals { &group[..group.len() - 1] } else { group };
    let [first, thousands @ ..] = whole else { return None };
    let is_grouped = thousands.is_empty() || first.form.len() <= 3;
    let sign = thousands.first().map_or(' ', |word| word.gap);
    if !is_grouped || !matches!(sign, '.' | ',' | ' ') || thousands.iter().any(|word| word.form.len() != 3 || word.gap != sign) {
        return None;
    }
    let mut digits: String = whole.iter().map(|word| word.form.as_str()).collect();
    if has_decimals && last.form.bytes().any(|digit| digit != b'0') {
        digits.push('.');
        digits.push_str(&last.form);
    }
    (digits.len() <= WORD_MAX_BYTES).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        each_group(text, |words, joined| {
            found.push(
                joined.map_or_else(|| words.iter().map(|word| word.form.as_str()).collect::<Vec<_>>().join(" "), |joined| format!("={joined}")),
            );
        });
        found
    }

    #[test]
    fn words_with_hyphens_are_also_one() {
        assert_eq!(groups("meu e-mail - novo"), ["meu", "=email", "novo"]);
        assert_eq!(groups("co-produção, NF‑e e passo-a-passo"), ["=coproducao", "=nfe", "e", "=passoapasso"]);
        assert_eq!(groups("enviar-me a nota")[..2], ["enviar", "me"]);
        assert_eq!(groups("a-b-c-d-e"), ["a", "b", "c", "d", "e"]);
        assert_eq!(groups(&"a-".repeat(10_000)).len(), 10_000);
    }

    #[test]
    fn an_amount_is_one_number_however_it_is_written() {
        for text in ["1.500,00", "1,500.00", "1500,00", "1 500", "1.500", "1500", "1500.0"] {
            assert_eq!(groups(text).concat().trim_start_matches('='), "1500", "{text}");
        }
        assert_eq!(groups("1.234.567,89"), ["=1234567.89"]);
        assert_eq!(groups("2,5 e 1.2.3"), ["=2.5", "e", "1", "2", "3"]);
    }

    #[test]
    fn numbers_of_persons_companies_and_telephones_are_their_digits() {
        for (text, digits) in [
            ("12.345.678/0001-90", "12345678000190"),
            ("123.456.789-09", "12345678909"),
            ("(11) 91234-5678", "11912345678"),
            ("0800 123 4567", "08001234567"),
        ] {
            assert_eq!(groups(text), [format!("={digits}")], "{text}");
        }
        assert_eq!(groups("em 10 15.000,00 e 2 3"), ["em", "10", "=15000", "e", "2", "3"]);
    }
}
