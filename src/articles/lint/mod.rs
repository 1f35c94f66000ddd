//! What `ajuda check` says of how an article is written. One file for each kind of finding; most are notes, because taste
//! decides. What would harm a reader is a problem: a text in the wrong language, a picture described in another one.

mod duplicates;
mod language;
mod orphans;
mod pictures;
mod reading;
mod sentences;
mod spelling;
mod summary;
mod syllables;
mod text;

pub(super) use language::of as language_of;

use std::path::Path;

use super::problem::{Findings, Problem};
use super::source::ARTICLE_MAX_BYTES;
use super::text::read_text;
use crate::articles::options::LoadOptions;
use crate::articles::source_cache::SourceCache;
use text::Text;

/// Looks through all texts that can be read, drafts too.
pub(super) fn run(options: &LoadOptions, cache: &SourceCache) -> Vec<Problem> {
    let texts = texts(options, cache);
    let mut problems = Vec::new();
    let mut in_own_language: Vec<&Text> = Vec::new();
    for text in &texts {
        let mut findings = Findings::new(&text.file);
        if !language::check(text, &mut findings) {
            sentences::check(text, &mut findings);
            reading::check(text, &mut findings);
            summary::check(text, &mut findings);
            in_own_language.push(text);
        }
        problems.extend(findings.into_problems());
    }
    problems.extend(pictures::check(&texts));
    problems.extend(duplicates::check(&texts));
    problems.extend(orphans::check(&texts));
    if options.spelling {
        problems.extend(spelling::check(&options.root, &in_own_language));
    }
    problems
}

fn texts(options: &LoadOptions, cache: &SourceCache) -> Vec<Text> {
    let sources = cache.texts.values().flat_map(|entries| entries.0.iter().flatten()).filter_map(|entry| entry.current.as_ref().ok());
    sources
        .filter_map(|source| {
            // It could be read a moment ago; what changes meanwhile is checked the next time.
            let written = read_text(&options.root.join(Path::new(&*source.file)), ARTICLE_MAX_BYTES, &mut Findings::new(&source.file))?;
            Text::of(source, &written)
        })
        .collect()
}
