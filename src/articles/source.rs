//! One language of one article, as its file says it.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use super::front_matter;
use super::insertions::{Citation, Cited, Insertions};
use super::markdown::template::{Reference, Resolved};
use super::markdown::{self, Body, Setting};
use super::model::ArticleText;
use super::problem::{Findings, Problem};
use super::records;
use super::text::{fill_promise, read_text};
use crate::articles::front_matter::Front;
use crate::articles::options::LoadOptions;
use crate::clock::Micros;
use crate::i18n::Lang;

pub(super) const ARTICLE_MAX_BYTES: usize = 1024 * 1024;

/// A file that could be read. Where its links lead is not known yet.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) file: Arc<str>,
    pub(super) lang: Lang,
    pub(super) front: Front,
    pub(super) references: Vec<Reference>,
    /// Anchors of its headings, also those from before they had one of their own.
    pub(super) anchors: Vec<String>,
    /// Of what it says (`records`).
    pub(super) hash: String,
    /// Facts and fragments that it cites.
    pub(super) citations: BTreeSet<Citation>,
    /// Problems that don't keep it from going live.
    pub(super) notes: Vec<Problem>,
    /// Read for a preview, which shows everything.
    previewed: bool,
}

impl Source {
    /// Whether it is shown at a moment: to readers, or in a preview.
    pub(super) fn is_visible(&self, now: Micros) -> bool {
        self.previewed || self.is_public(now)
    }

    /// Whether it is shown although readers may not see it.
    pub(super) fn is_shown_early(&self, now: Micros) -> bool {
        self.previewed && !self.is_public(now)
    }

    fn is_public(&self, now: Micros) -> bool {
        !self.front.draft && self.front.publish_at.is_none_or(|from| from <= now) && !self.is_expired(now)
    }

    pub(super) fn is_expired(&self, now: Micros) -> bool {
        self.front.expire_at.is_some_and(|until| until <= now)
    }

    /// The next moment after `now` at which it appears or expires.
    pub(super) fn next_change(&self, now: Micros) -> Option<Micros> {
        if self.front.draft {
            return None;
        }
        [self.front.publish_at, self.front.expire_at].into_iter().flatten().filter(|moment| *moment > now).min()
    }
}

/// The last version of a file that was fit for readers.
#[derive(Debug, Clone)]
pub(super) struct LiveText {
    pub(super) source: Arc<Source>,
    pub(super) resolved: Vec<Resolved>,
    /// Absent while readers may not see it.
    pub(super) text: Option<Arc<ArticleText>>,
}

/// All that is known of a file.
#[derive(Debug)]
pub(super) struct Entry {
    /// What stands in the file at present, or what is wrong with it.
    pub(super) current: Result<Arc<Source>, Vec<Problem>>,
    /// The text of `current`, until it is built into an article.
    pub(super) body: Option<Body>,
    pub(super) good: Option<LiveText>,
}

/// Reads and parses the file of an article in one language.
pub(super) fn read(options: &LoadOptions, insertions: &Insertions, file: &str, lang: Lang) -> Result<(Source, Body), Vec<Problem>> {
    let mut findings = Findings::new(file);
    let mut cited = Cited::new(insertions, lang);
    let parsed = parse(options, file, lang, &mut cited, &mut findings);
    let is_broken = findings.is_broken();
    let problems = findings.into_problems();
    match parsed {
        Some((front, body, references, hash)) if !is_broken => {
            let citations = cited.citations;
            let anchors = body
                .passages
                .iter()
                .filter_map(|passage| Some(passage.heading.as_ref()?.anchor.clone()))
                .chain(body.aliases.iter().cloned())
                .collect();
            let source = Source { file: file.into(), lang, front, references, anchors, hash, citations, notes: problems, previewed: options.drafts };
            Ok((source, body))
        }
        _ => Err(problems),
    }
}

fn parse(
    options: &LoadOptions,
    file: &str,
    lang: Lang,
    cited: &mut Cited<'_>,
    findings: &mut Findings,
) -> Option<(Front, Body, Vec<Reference>, String)> {
    let text = read_text(&options.root.join(Path::new(file)), ARTICLE_MAX_BYTES, findings)?;
    let split = front_matter::split(&text, findings)?;
    let front = front_matter::read(split.yaml, options, cited, findings);
    let article = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let cited_body = cited.fill_body(split.body, split.body_line, findings);
    let hash = front.as_ref().map(|front| records::hash(&front.unbranded, &cited_body.text)).unwrap_or_default();
    let setting = Setting { article, lang, brand: &options.brand, lines: &cited_body.lines };
    // One line for one line, so that what is named in it stays where it is.
    let filled = fill_promise(&cited_body.text, &options.promise[lang]);
    let (body, references) = markdown::read(&filled, &setting, findings);
    let has_steps = body.passages.iter().filter_map(|passage| passage.heading.as_ref()).any(|heading| heading.level == 2);
    if front.as_ref().is_some_and(|front| front.steps) && !has_steps {
        findings.broken(split.body_line, "The article has steps: true and no step.", "Begin each step with a heading ##, or delete steps: true.");
    }
    Some((front?, body, references, hash))
}
