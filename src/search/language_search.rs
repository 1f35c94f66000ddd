//! What one language holds for a question, from the words understood to the hits as they are shown.

use std::collections::{HashMap, HashSet};

use super::analyser::Stemmer;
use super::error::SearchError;
use super::index::{Entry, LangIndex, Snapshot};
use super::passages::{Best, Mark, Matcher};
use super::query::Question;
use super::ranking::{Ranked, keep_worthy, rank};
use super::snippet::{best_stretch, marked, snippet};
use super::weights::Weights;
use crate::articles::model::ArticleText;
use crate::i18n::Lang;
use crate::search::instant_answer::{COMPARED_ARTICLES, COVERAGE_WEIGHT, InstantAnswer, QUESTION_MIN_WORDS, SUBJECT_MIN_WORDS, instant_answer};
use crate::search::semantic::{Asked, Similarities, fuse};
use crate::search::summary;
use crate::search::word_senses::{QueryWord, query_words};
use crate::wire::{Correction, SearchHit, SectionCount, TopAnswer};

/// A hit that holds this share of the question's worth is a good one.
const GOOD_COVERAGE: f32 = 0.5;
/// So is one whose meaning stands out from all others so far and is so near to the question's. Across languages even the right article is
/// hardly nearer than .85.
const GOOD_DEVIATIONS: f32 = 2.5;
const GOOD_SIMILARITY: f32 = 0.83;
/// What a summary says is put together to be read; a passage is shown instead when it has more of the question by this share.
const SUMMARY_WORTH: f32 = 0.1;
/// An article answers a question as asked when it is at least so near to it, or holds nearly all of its worth. Of questions about quite other things
/// five in six find nothing so near, of our own one in five.
const ANSWERING_SIMILARITY: f32 = 0.85;
const ANSWERING_COVERAGE: f32 = 0.9;
/// While somebody types, an article is suggested when its words reach this share of the best one's score. Measured on nine judged sets and our own questions,
/// whole and cut: the right article is lost in 0 to .6 % of the questions, 3.5 % with very short ones (hint3), and six suggestions become four on average.
const SUGGESTED_SHARE: f32 = 0.5;
/// Of the first hits one has to answer; what stands below is not read first.
pub(super) const ANSWERING_HITS: usize = 3;
/// From so many words before the one that breaks off, or before one that nothing ends, no more of a question's meaning is lost to it.
const BROKEN_OFF_WORDS: f32 = 8.0;
const OPEN_WORDS: f32 = 4.0;

/// What one language holds for a question.
pub(super) struct LanguageSearch<'a> {
    snapshot: &'a Snapshot,
    index: &'a LangIndex,
    weights: &'a Weights,
    query: &'a str,
    question: Question,
    words: Vec<QueryWord>,
    /// The words as they were typed.
    forms: Vec<String>,
    stemmer: Stemmer,
    /// By the articles' keys; empty where words alone count.
    similarities: Similarities,
    /// Those found by their words, as long as meaning counts too.
    by_words: Vec<Ranked>,
    pub(super) ranked: Vec<Ranked>,
    /// Whether one of the hits answers the question as asked, or was put there by staff.
    pub(super) is_answered: bool,
}

impl<'a> LanguageSearch<'a> {
    pub(super) fn new(snapshot: &'a Snapshot, lang: Lang, query: &'a str, weights: &'a Weights) -> Result<Self, SearchError> {
        let index = &snapshot.langs[lang];
        let mut stemmer = Stemmer::new(lang);
        let mut question = Question::read(query);
        let typed = std::mem::take(&mut question.words);
        let forms = typed.iter().map(|word| word.form.clone()).collect();
        let words = query_words(index, &snapshot.tuning[lang], &mut stemmer, typed, weights)?;
        let ranked = rank(index, &mut stemmer, &question, &words, weights)?;
        Ok(Self {
            snapshot,
            index,
            weights,
            query,
            question,
            words,
            forms,
            stemmer,
            similarities: Similarities::default(),
            by_words: Vec::new(),
            ranked,
            is_answered: false,
        })
    }

    pub(super) fn has_words(&self) -> bool {
        !self.words.is_empty()
    }

    /// Ranks by words, and by meaning where there is a vector and the language has been read. Tells whether meaning counted.
    pub(super) fn rank(&mut self, asked: Option<&Asked>) -> bool {
        let tables = self.snapshot.tables();
        let table = &tables[self.index.lang];
        let asked = asked.filter(|_| table.is_usable());
        if let Some(asked) = asked {
            self.similarities = table.similarities(asked, self.index.entries.len());
            let mut fused = fuse(&self.ranked, &self.similarities, self.meaning_weight(), |key| self.index.entry(key).is_some());
            if self.question.is_strict() {
                // What must or must not stand in an article is a matter of words.
                let found: HashSet<usize> = self.ranked.iter().map(|ranked| ranked.key).collect();
                fused.retain(|ranked| found.contains(&ranked.key));
            }
            self.by_words = std::mem::replace(&mut self.ranked, fused);
        } else {
            keep_worthy(&mut self.ranked, self.weights);
        }
        self.raise_pinned();
        asked.is_some()
    }

    /// How much meaning counts. Words that break off have little of it: while the last one is only the beginning of a known one, it counts
    /// for less the fewer words stand before it; and a few words that nothing ends may go on.
    fn meaning_weight(&self) -> f32 {
        let Some(last) = self.words.last().filter(|last| last.typed.open) else { return self.weights.meaning };
        let before = (self.words.len() - 1) as f32;
        let share = match last.completed {
            Some(_) => 0.5 * (before / BROKEN_OFF_WORDS).min(1.0),
            None => 0.5 + 0.5 * (before / OPEN_WORDS).min(1.0),
        };
        share * self.weights.meaning
    }

    /// What the model is asked: the question with its words corrected, and an unfinished word finished.
    pub(super) fn meant(&self, did_you_mean: Option<&str>) -> String {
        let query = did_you_mean.unwrap_or(self.query);
        match self.words.last() {
            Some(QueryWord { completed: Some(completed), typed, .. }) => match query.strip_suffix(&self.query[typed.place.clone()]) {
                Some(start) => format!("{start}{completed}"),
                None => query.to_owned(),
            },
            _ => query.to_owned(),
        }
    }

    /// The answer that stands on top, where one is sure enough.
    pub(super) fn instant_answer(&self) -> Option<TopAnswer> {
        let mut first: Vec<Ranked> = self.ranked.clone();
        first.sort_by(|one, other| other.score.total_cmp(&one.score));
        let first: Vec<(usize, &Entry)> = first.iter().take(COMPARED_ARTICLES).filter_map(|ranked| Some((ranked.key, self.entry(ranked)?))).collect();
        let mut matcher = self.matcher();
        // A summary was written to answer; a sentence only happens to.
        let summary = self.summary(*first.first()?, &mut matcher);
        let is_question = self.words.len() >= QUESTION_MIN_WORDS;
        let found = summary.or_else(|| is_question.then(|| instant_answer(&first, &self.similarities, &mut matcher)).flatten())?;
        let heading =
            found.passage.and_then(|number| found.entry.text.passages.get(usize::from(number))).and_then(|passage| passage.heading.as_ref());
        let url = &found.entry.article.urls[self.index.lang];
        Some(TopAnswer {
            text: found.text,
            id: found.entry.article.id.as_str().to_owned(),
            title: found.entry.text.title.clone(),
            heading: heading.map(|heading| heading.text.clone()),
            url: heading.map_or_else(|| url.clone(), |heading| format!("{url}#{}", heading.anchor)),
        })
    }

    fn summary(&self, (key, entry): (usize, &'a Entry), matcher: &mut Matcher) -> Option<InstantAnswer<'a>> {
        let summary = &entry.text.summary;
        let is_asked = self.words.len() >= SUBJECT_MIN_WORDS && summary::answers(self.index.lang, summary);
        let is_sure = is_asked && summary::is_wanted(key, &self.similarities, &self.by_words, matcher.best(&entry.text, None).coverage);
        is_sure.then(|| InstantAnswer { text: summary.clone(), passage: None, entry })
    }

    fn matcher(&self) -> Matcher {
        let unknown = (2.0 + 2.0 * self.index.entries.len() as f32).ln();
        Matcher::new(&self.words, self.stemmer.clone(), unknown)
    }

    /// Puts what staff pinned for this question before all else.
    fn raise_pinned(&mut self) {
        let best = self.ranked.iter().map(|ranked| ranked.score).fold(0.0, f32::max);
        for (id, above) in self.snapshot.tuning[self.index.lang].pinned(&self.forms).iter().rev().zip(1_u16..) {
            let is_pinned = |entry: &Option<Entry>| entry.as_ref().is_some_and(|entry| entry.article.id == *id);
            let Some(key) = self.index.entries.iter().position(is_pinned) else { continue };
            self.ranked.retain(|ranked| ranked.key != key);
            self.ranked.push(Ranked { key, score: best + f32::from(above) });
            self.is_answered = true;
        }
    }

    /// Whether an article stands in this language, found or not.
    pub(super) fn holds(&self, id: &str) -> bool {
        self.index.entries.iter().flatten().any(|entry| entry.article.id.as_str() == id)
    }

    fn entry(&self, ranked: &Ranked) -> Option<&'a Entry> {
        self.index.entry(ranked.key)
    }

    pub(super) fn section_counts(&self) -> Vec<SectionCount> {
        let mut counts = vec![0; self.snapshot.sections.len() + 1];
        for entry in self.ranked.iter().filter_map(|ranked| self.entry(ranked)) {
            counts[entry.section] += 1;
        }
        let sections = self.snapshot.sections.iter().zip(counts).filter(|(_, count)| *count > 0);
        sections.map(|(id, count)| SectionCount { id: id.clone(), title: self.title(id), count }).collect()
    }

    pub(super) fn keep_section(&mut self, section: Option<&str>) {
        if let Some(section) = section {
            let index = self.index;
            let wanted = self.snapshot.sections.iter().position(|id| id == section);
            self.ranked.retain(|ranked| index.entry(ranked.key).map(|entry| entry.section) == wanted);
        }
    }

    /// The best articles, or of them the good ones, and how many are good.
    pub(super) fn hits(&mut self, limit: usize, only_good: bool) -> (Vec<SearchHit>, usize) {
        let index = self.index;
        let id = |ranked: &Ranked| index.entry(ranked.key).map(|entry| &entry.article.id);
        let order = |one: &Ranked, other: &Ranked| other.score.total_cmp(&one.score).then_with(|| id(one).cmp(&id(other)));
        if limit < self.ranked.len() {
            self.ranked.select_nth_unstable_by(limit, order);
        }
        let best = limit.min(self.ranked.len());
        self.ranked[..best].sort_by(order);
        let mut matcher = self.matcher();
        let by_words = if self.by_words.is_empty() { &self.ranked } else { &self.by_words };
        let enough = SUGGESTED_SHARE * by_words.iter().map(|ranked| ranked.score).fold(0.0, f32::max);
        let by_words: HashSet<usize> = by_words.iter().filter(|ranked| ranked.score >= enough).map(|ranked| ranked.key).collect();
        let mut good = 0;
        let mut hits = Vec::new();
        for ranked in self.ranked[..best].iter().copied() {
            let Some(entry) = index.entry(ranked.key) else { continue };
            let (mut hit, coverage) = self.hit(&mut matcher, entry, ranked);
            let is_near = self.similarities.is_near(ranked.key, GOOD_DEVIATIONS, GOOD_SIMILARITY);
            let is_good = coverage >= GOOD_COVERAGE || is_near;
            hit.suggested = hits.is_empty() || is_near || by_words.contains(&ranked.key);
            good += usize::from(is_good);
            self.is_answered |= hits.len() < ANSWERING_HITS && self.answers(ranked.key, coverage);
            if is_good || !only_good {
                hits.push(hit);
            }
        }
        (hits, good)
    }

    fn answers(&self, key: usize, coverage: f32) -> bool {
        match self.similarities.articles.get(key) {
            Some(similarity) if !similarity.article.is_nan() => similarity.article >= ANSWERING_SIMILARITY || coverage >= ANSWERING_COVERAGE,
            _ => coverage >= GOOD_COVERAGE,
        }
    }

    fn hit(&self, matcher: &mut Matcher, entry: &Entry, ranked: Ranked) -> (SearchHit, f32) {
        let Entry { article, text, .. } = entry;
        let nearest = self.similarities.articles.get(ranked.key).and_then(|similarity| text.passages.get(usize::from(similarity.passage?)));
        let best = matcher.best(text, nearest);
        let heading = best.passage.and_then(|passage| passage.heading.as_ref());
        let url = &article.urls[self.index.lang];
        let snippet_html = self.snippet(matcher, ranked.key, text, &best);
        let topic = format!("{}/{}", article.section, article.topic);
        let hit = SearchHit {
            id: article.id.as_str().to_owned(),
            lang: self.index.lang.code().to_owned(),
            title: text.title.clone(),
            title_html: marked(&text.title, &matcher.marks(&text.title)),
            url: heading.map_or_else(|| url.clone(), |heading| format!("{url}#{}", heading.anchor)),
            section_title: self.title(&article.section),
            section: article.section.clone(),
            topic_title: self.title(&topic),
            topic: article.topic.clone(),
            heading: heading.map(|heading| heading.text.clone()),
            snippet_html,
            score: ranked.score,
            suggested: false,
        };
        (hit, best.coverage)
    }

    /// The sentences of the part that answers best, or the article's summary, where that fits as well.
    fn snippet(&self, matcher: &mut Matcher, key: usize, text: &ArticleText, best: &Best) -> String {
        let shares = matcher.shares();
        let sentences = self.similarities.sentences(key);
        let stretch_of = |part: &str, passage: Option<usize>, marks: &[Mark]| {
            let here = sentences.iter().filter(|(_, spot, _)| spot.passage.map(usize::from) == passage);
            let meant: HashMap<u32, f32> = here.map(|(_, spot, deviations)| (spot.place.start, deviations / COVERAGE_WEIGHT)).collect();
            best_stretch(part, marks, &shares, |place| u32::try_from(place.start).ok().and_then(|start| meant.get(&start)).copied().unwrap_or(0.0))
        };
        let summary = (text.summary.as_str(), matcher.marks(&text.summary));
        let of_summary = stretch_of(summary.0, None, &summary.1);
        let place = best.passage.and_then(|passage| text.passages.iter().position(|other| std::ptr::eq(other, passage)));
        let of_passage = best.passage.and_then(|passage| stretch_of(&passage.text, place, &best.marks));
        match (of_summary, of_passage, best.passage) {
            (Some(summary_stretch), Some(stretch), _) if summary_stretch.worth + SUMMARY_WORTH >= stretch.worth => {
                snippet(summary.0, &summary_stretch, &summary.1)
            }
            (_, Some(stretch), Some(passage)) => snippet(&passage.text, &stretch, &best.marks),
            (Some(stretch), ..) => snippet(summary.0, &stretch, &summary.1),
            _ => {
                text.passages.iter().find_map(|passage| Some(snippet(&passage.text, &stretch_of(&passage.text, None, &[])?, &[]))).unwrap_or_default()
            }
        }
    }

    /// Title of a section or of `section/topic`; the folder's name where the library has none.
    fn title(&self, id: &str) -> String {
        let name = || id.rsplit('/').next().unwrap_or(id).to_owned();
        self.snapshot.titles.get(id).map_or_else(name, |titles| titles[self.index.lang].clone())
    }

    /// Each word that was replaced, by its place among the words, as readers write it.
    pub(super) fn corrected(&self) -> Vec<(usize, Correction)> {
        let mut corrected = Vec::new();
        for (at, word) in self.words.iter().enumerate() {
            if let Some(form) = &word.corrected {
                let searched = self.index.as_written(form).unwrap_or_else(|| form.clone());
                corrected.push((at, Correction { typed: self.query[word.typed.place.clone()].to_owned(), searched }));
            }
        }
        corrected
    }

    pub(super) fn did_you_mean(&self, corrected: &[(usize, Correction)]) -> Option<String> {
        if corrected.is_empty() {
            return None;
        }
        let mut text = String::new();
        let mut at = 0;
        for (word, correction) in corrected {
            let place = &self.words[*word].typed.place;
            text.push_str(&self.query[at..place.start]);
            text.push_str(&correction.searched);
            at = place.end;
        }
        text.push_str(&self.query[at..]);
        Some(text)
    }
}
