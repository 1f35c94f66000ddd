//! `topics.tsv`: which article answers which topic of a list that the writers keep, one pair a line, the best article first.
//! Nothing on the pages depends on it: `ajuda check` names rows that lead nowhere.

use std::path::Path;

use super::problem::Findings;
use super::text::{quoted, read_text};

const FILE_MAX_BYTES: usize = 1024 * 1024;

/// A row of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TopicRow {
    pub(super) topic: String,
    /// Id of the article.
    pub(super) article: String,
    pub(super) line: usize,
}

/// Reads the file; rows that can't be read are left out and named.
pub(super) fn read_topics(path: &Path, findings: &mut Findings) -> Option<Vec<TopicRow>> {
    let text = read_text(path, FILE_MAX_BYTES, findings)?;
    let mut rows: Vec<TopicRow> = Vec::new();
    for (index, written) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#')) {
        let line = index + 1;
        match written.split_once('\t').map(|(topic, article)| (topic.trim(), article.trim())) {
            Some((topic, article)) if !topic.is_empty() && !article.is_empty() && !article.contains('\t') => {
                if rows.iter().any(|row| row.topic == topic && row.article == article) {
                    findings.wrong(line, format!("{} appears twice.", quoted(written)), "Delete one of the two lines.");
                }
                rows.push(TopicRow { topic: topic.to_owned(), article: article.to_owned(), line });
            }
            _ => findings.wrong(
                line,
                format!("{} is not a topic and an article.", quoted(written)),
                "Write the topic, a tab, and section/topic/article.",
            ),
        }
    }
    Some(rows)
}
