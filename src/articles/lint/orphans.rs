//! Articles to which no other one links: readers meet them only by the search and in their topic's list.

use std::collections::{BTreeMap, HashSet};

use super::text::Text;
use crate::articles::problem::{Findings, Problem};

pub(super) fn check(texts: &[Text]) -> Vec<Problem> {
    let mut articles: BTreeMap<&str, &Text> = BTreeMap::new();
    let mut linked = HashSet::new();
    for text in texts.iter().filter(|text| !text.is_draft) {
        articles.entry(text.article()).or_insert(text);
        linked.extend(text.links.iter().map(String::as_str).filter(|folder| *folder != text.article()));
    }
    if articles.len() < 2 {
        return Vec::new();
    }
    let orphans = articles.into_iter().filter(|(article, _)| !linked.contains(article));
    orphans
        .flat_map(|(article, text)| {
            let mut findings = Findings::new(&text.file);
            findings.taste(1, format!("No other article links to {article}."), "Link it where a reader would need it next.");
            findings.into_problems()
        })
        .collect()
}
