//! Words that neither the system's dictionary nor our own list has, by `hunspell`: one process for each language.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use super::text::Text;
use crate::articles::problem::{Findings, Problem};
use crate::articles::scan::WORDS_FOLDER;
use crate::articles::text::{quoted, read_text};
use crate::i18n::Lang;

const WORDS_MAX_BYTES: usize = 1024 * 1024;
/// Shorter ones are abbreviations and single letters.
const WORD_MIN_CHARS: usize = 3;

const PRONOUNS: [&str; 10] = ["nos", "las", "los", "les", "la", "lo", "le", "me", "te", "se"];
/// Behind one verb: cómpramelo.
const PRONOUNS_MAX: usize = 2;

/// Names of dictionaries, the most wanted first: Debian's Spanish one has a file for each country.
fn dictionaries(lang: Lang) -> &'static [&'static str] {
    match lang {
        Lang::Pt => &["pt_BR"],
        Lang::Es => &["es_MX", "es_ANY", "es"],
        Lang::En => &["en_US"],
    }
}

/// Names each unknown word once for a file, at its first line.
pub(super) fn check(root: &Path, texts: &[&Text]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for lang in Lang::ALL {
        let texts: Vec<&Text> = texts.iter().copied().filter(|text| text.lang == lang).collect();
        if texts.is_empty() {
            continue;
        }
        let (own, unreadable) = own_words(root, lang);
        problems.extend(unreadable);
        let used: Vec<BTreeMap<&str, usize>> = texts.iter().map(|text| words_of(text)).collect();
        let asked: HashSet<&str> = used.iter().flat_map(BTreeMap::keys).copied().filter(|word| !own.contains(&word.to_lowercase())).collect();
        let shorter = asked.iter().flat_map(|word| stems(word, lang));
        let listed = asked.iter().map(|word| (*word).to_owned()).chain(shorter).collect::<Vec<_>>().join("\n");
        let Some(answer) = dictionaries(lang).iter().find_map(|dictionary| ask(dictionary, &listed)) else {
            problems.extend(unchecked(lang));
            continue;
        };
        let unknown: HashSet<&str> = answer.lines().collect();
        for (text, words) in texts.iter().zip(&used) {
            let is_wrong = |word: &str| is_unknown(word, &unknown, &own) && stems(word, lang).iter().all(|stem| is_unknown(stem, &unknown, &own));
            problems.extend(notes(text, words, |word| asked.contains(word) && is_wrong(word)));
        }
    }
    problems
}

fn unchecked(lang: Lang) -> Vec<Problem> {
    let package = match lang {
        Lang::Pt => "hunspell-pt-br",
        Lang::Es => "hunspell-es",
        Lang::En => "hunspell-en-us",
    };
    let mut findings = Findings::new(&words_file(lang));
    let what = format!("The spelling of the {}.md was not checked.", lang.code());
    findings.taste(1, what, format!("For that, install hunspell and a dictionary; Debian's packages are hunspell and {package}."));
    findings.into_problems()
}

fn words_file(lang: Lang) -> String {
    format!("{WORDS_FOLDER}/{}.txt", lang.code())
}

/// The program may have looked at the parts of a word with hyphens.
fn is_unknown(word: &str, unknown: &HashSet<&str>, own: &HashSet<String>) -> bool {
    word.split('-').chain([word]).any(|part| unknown.contains(part) && !own.contains(&part.to_lowercase()))
}

/// What dictionaries may have of a word to which more was put: the owner's 's, and one or two pronouns behind a Spanish verb
/// (cancélala, cómpramelo).
fn stems(word: &str, lang: Lang) -> Vec<String> {
    match lang {
        Lang::Pt => Vec::new(),
        Lang::En => ["'s", "’s"].iter().filter_map(|end| word.strip_suffix(end)).map(str::to_owned).collect(),
        Lang::Es => {
            let verbs = std::iter::successors(Some(word), |verb| without_pronoun(verb))
                .skip(1)
                .take(PRONOUNS_MAX)
                .filter(|verb| verb.chars().count() >= WORD_MIN_CHARS);
            // The accent was needed only for the longer word.
            verbs.map(|verb| verb.replace('á', "a").replace('é', "e").replace('í', "i").replace('ó', "o").replace('ú', "u")).collect()
        }
    }
}

fn without_pronoun(verb: &str) -> Option<&str> {
    PRONOUNS.iter().find_map(|pronoun| verb.strip_suffix(pronoun))
}

fn notes(text: &Text, words: &BTreeMap<&str, usize>, is_unknown: impl Fn(&str) -> bool) -> Vec<Problem> {
    let mut findings = Findings::new(&text.file);
    let mut unknown: Vec<(usize, &str)> = words.iter().filter(|(word, _)| is_unknown(word)).map(|(word, line)| (*line, *word)).collect();
    unknown.sort_unstable();
    for (line, word) in unknown {
        let fix = format!("Correct it, or add it to {} if it is right.", words_file(text.lang));
        findings.taste(line, format!("{} is in no dictionary.", quoted(word)), fix);
    }
    findings.into_problems()
}

/// The words of a text with the first line of each.
fn words_of(text: &Text) -> BTreeMap<&str, usize> {
    let mut words = BTreeMap::new();
    for block in text.blocks() {
        for (at, written) in block.words() {
            for part in written.split(['/', '…', '—', '–']).filter(|_| !is_address(written)) {
                let word = part.trim_matches(|letter: char| !letter.is_alphabetic());
                if is_word(word) {
                    let line = block.line_at(at);
                    words.entry(word).and_modify(|first: &mut usize| *first = line.min(*first)).or_insert(line);
                }
            }
        }
    }
    words
}

/// Addresses, file names and the like: what has a point, an @ or a colon between letters.
fn is_address(written: &str) -> bool {
    let inner = written.trim_matches(|letter: char| !letter.is_alphanumeric());
    inner.contains(['.', '@', ':', '_', '\\'])
}

/// Letters with hyphens and apostrophes, and not all of them capitals.
fn is_word(word: &str) -> bool {
    word.chars().count() >= WORD_MIN_CHARS
        && word.chars().all(|letter| letter.is_alphabetic() || matches!(letter, '-' | '\'' | '’'))
        && !word.chars().all(|letter| !letter.is_lowercase())
}

/// Our own words of a language in lower case: one a line, comments behind a #.
fn own_words(root: &Path, lang: Lang) -> (HashSet<String>, Vec<Problem>) {
    let name = words_file(lang);
    let file = root.join(&name);
    if fs::symlink_metadata(&file).is_err() {
        return (HashSet::new(), Vec::new());
    }
    let mut findings = Findings::new(&name);
    let text = read_text(&file, WORDS_MAX_BYTES, &mut findings).unwrap_or_default();
    let words = text.lines().filter_map(|line| line.split('#').next()).map(|word| word.trim().to_lowercase()).filter(|word| !word.is_empty());
    (words.collect(), findings.into_problems())
}

/// The lines that the dictionary does not know; `None` without program or dictionary.
fn ask(dictionary: &str, lines: &str) -> Option<String> {
    let mut command = Command::new("hunspell");
    // Without HOME nobody's own dictionary decides what is right.
    command.args(["-d", dictionary, "-i", "utf-8", "-l"]).env_remove("HOME").env("LC_ALL", "C.UTF-8");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
    let mut input = child.stdin.take()?;
    let output = std::thread::scope(|scope| {
        // It answers while it still reads: writing and reading one after the other would stop both.
        scope.spawn(move || {
            // A program that went away has said what it knew.
            let _ = input.write_all(lines.as_bytes());
        });
        child.wait_with_output()
    });
    let output = output.ok().filter(|output| output.status.success())?;
    String::from_utf8(output.stdout).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_to_a_word_is_taken_off() {
        for (lang, word, left) in [
            (Lang::Es, "cancélala", &["cancela", "cance"][..]),
            (Lang::Es, "cómpramelo", &["comprame", "compra"]),
            (Lang::Es, "reenviarte", &["reenviar"]),
            (Lang::Es, "pedido", &[]),
            (Lang::En, "cardholder’s", &["cardholder"]),
            (Lang::Pt, "cancele", &[]),
        ] {
            assert_eq!(stems(word, lang), left, "{word}");
        }
    }
}
