//! Two articles with one title or one summary: in a list of results readers can't tell them apart.

use std::collections::HashMap;

use super::text::{Block, Text};
use crate::articles::problem::{Findings, Problem};
use crate::values::fold;

pub(super) fn check(texts: &[Text]) -> Vec<Problem> {
    let mut problems = Vec::new();
    find(texts, "title", |text| &text.title, &mut problems);
    find(texts, "summary", |text| &text.summary, &mut problems);
    problems
}

fn find(texts: &[Text], key: &str, part: impl Fn(&Text) -> &Block, problems: &mut Vec<Problem>) {
    let mut seen = HashMap::new();
    for text in texts.iter().filter(|text| !text.is_draft && !part(text).text.is_empty()) {
        let first: &Text = seen.entry((text.lang, fold(&part(text).text))).or_insert(text);
        if first.file != text.file {
            let mut findings = Findings::new(&text.file);
            let what = format!("{} has the same {key}.", first.file);
            findings.taste(part(text).line(), what, "Say what makes this article another one, or make one of the two.");
            problems.extend(findings.into_problems());
        }
    }
}
