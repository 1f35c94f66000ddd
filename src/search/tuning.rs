//! What staff help the search with: synonyms and pinned articles, looked up by the folded words of a question.

use std::collections::HashMap;

use super::groups::each_group;
use super::stop_words::is_stop_word;
use crate::articles::model::{ArticleId, Library};
use crate::i18n::{Lang, PerLang};

/// The tuning of one language.
#[derive(Debug, Default)]
pub(super) struct Tuning {
    /// By the first word of what they stand for.
    synonyms: HashMap<String, Vec<Row>>,
    /// By all words of the question, single spaces between.
    pins: HashMap<String, Vec<ArticleId>>,
}

#[derive(Debug)]
struct Row {
    from: Vec<String>,
    to: Vec<String>,
}

impl Tuning {
    pub(super) fn of(library: &Library) -> PerLang<Self> {
        PerLang(Lang::ALL.map(|lang| {
            let mut tuning = Self::default();
            for synonym in &library.synonyms[lang] {
                let (from, spaced) = (folded(&synonym.from), in_parts(&synonym.from));
                // "Del" of "devolución del dinero" stands in every article.
                let says_something = |word: &String| !from.contains(word) && !spaced.contains(word) && !is_stop_word(lang, word);
                let mut to: Vec<String> = synonym.to.iter().flat_map(|entry| [folded(entry), in_parts(entry)].concat()).collect();
                to.retain(says_something);
                let ways = if from == spaced { vec![from] } else { vec![from, spaced] };
                for from in ways {
                    if let Some(first) = from.first() {
                        tuning.synonyms.entry(first.clone()).or_default().push(Row { from, to: to.clone() });
                    }
                }
            }
            for pin in library.pins.iter().filter(|pin| pin.lang == lang) {
                tuning.pins.entry(folded(&pin.query).join(" ")).or_default().push(pin.article.clone());
            }
            tuning
        }))
    }

    /// What else the words from a place on may say; empty for most.
    pub(super) fn synonyms<'a>(&'a self, words: &'a [String]) -> impl Iterator<Item = &'a str> {
        let rows = words.first().and_then(|first| self.synonyms.get(first)).into_iter().flatten();
        rows.filter(|row| words.starts_with(&row.from)).flat_map(|row| &row.to).map(String::as_str)
    }

    /// The articles that belong first for a question, the first one foremost.
    pub(super) fn pinned(&self, words: &[impl AsRef<str>]) -> &[ArticleId] {
        if self.pins.is_empty() {
            return &[];
        }
        let question = words.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(" ");
        self.pins.get(&question).map(Vec::as_slice).unwrap_or_default()
    }
}

/// The words of a text as a question has them: with what is written with hyphens as one.
fn folded(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each_group(text, |group, joined| words.push(joined.unwrap_or(&group[0].form).to_owned()));
    words
}

/// The same for who writes a space instead of the hyphen.
fn in_parts(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each_group(text, |group, _| words.extend(group.iter().map(|word| word.form.clone())));
    words
}
