//! What readers said of each article, for those who write them.

use std::collections::BTreeMap;

use serde::Serialize;

/// An article in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Feedback {
    pub article: String,
    pub lang: String,
    pub helped: i64,
    pub not_helped: i64,
    /// How many gave each reason for not being helped, by the reason's code.
    pub reasons: BTreeMap<String, i64>,
    /// The newest first.
    pub sentences: Vec<Sentence>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sentence {
    pub helped: bool,
    pub text: String,
}

/// Counts and sentences of each article together, those that helped least first.
pub(super) fn joined(votes: Vec<(String, String, i64, String, i64)>, sentences: Vec<(String, String, i64, String)>) -> Vec<Feedback> {
    let mut by_text: BTreeMap<(String, String), Feedback> = BTreeMap::new();
    for (article, lang, helpful, reason, count) in votes {
        let row = by_text.entry((article.clone(), lang.clone())).or_insert_with(|| Feedback { article, lang, ..Feedback::default() });
        if helpful == 1 {
            row.helped += count;
            continue;
        }
        row.not_helped += count;
        if !reason.is_empty() {
            *row.reasons.entry(reason).or_default() += count;
        }
    }
    for (article, lang, helpful, text) in sentences {
        if let Some(row) = by_text.get_mut(&(article, lang)) {
            row.sentences.push(Sentence { helped: helpful == 1, text });
        }
    }
    let mut rows: Vec<Feedback> = by_text.into_values().collect();
    rows.sort_by_key(|row| (std::cmp::Reverse(row.not_helped), row.helped));
    rows
}

/// For a terminal. Sentences hold no control characters but line breaks, which become spaces here.
pub fn as_text(rows: &[Feedback]) -> String {
    if rows.is_empty() {
        return "Nobody has said yet whether an article helped.\n".to_owned();
    }
    let mut text = " no  yes  article\n".to_owned();
    for row in rows {
        text.push_str(&format!("{:>3}  {:>3}  [{}] {}\n", row.not_helped, row.helped, row.lang, row.article));
        for (reason, count) in &row.reasons {
            text.push_str(&format!("          {count} x {}\n", reason.replace('_', " ")));
        }
        for sentence in &row.sentences {
            text.push_str(&format!("          {} \"{}\"\n", if sentence.helped { "+" } else { "-" }, sentence.text.replace('\n', " ")));
        }
    }
    text
}
