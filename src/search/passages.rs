//! The second pass, over the few articles that are shown: which part of an article answers best, and which of its words matched.
//! It changes no ranking; it chooses the heading, the anchor and the text of the snippet.

use std::ops::Range;

use super::analyser::Stemmer;
use super::groups::{Word, each_group};
use super::stop_words::is_stop_word;
use crate::articles::model::{ArticleText, Passage};
use crate::i18n::Lang;
use crate::search::word_senses::QueryWord;

/// Text of one article that is looked through; parts beyond it are neither chosen nor marked.
const SCAN_MAX_BYTES: usize = 64 * 1024;
/// A match in a heading counts so many times one in the text below it.
const HEADING_WEIGHT: f32 = 1.0;
/// The part nearest in meaning counts so many times its words.
const NEAREST_FACTOR: f32 = 1.5;
/// Letters that a word and its stem have in common, as far as it is long enough: spares the stemming of nearly all words.
const STEM_START_CHARS: usize = 3;
/// From this many letters on, words that begin as the unfinished one are marked too.
const MARKED_BEGINNING_MIN_CHARS: usize = 2;

/// A matched word in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) place: Range<usize>,
    /// Which word of the question it matches.
    pub(super) word: usize,
}

/// Finds the words of a question in texts.
pub(super) struct Matcher {
    needles: Vec<Needle>,
    rows: Vec<Row>,
    /// Worth of each word of the question: how rare it is, less where it is a guess.
    values: Vec<f32>,
    /// Which words of the question are marked where they are found.
    marked: Vec<bool>,
    /// Bytes with which a matching word may begin: passes over most words at once.
    first_bytes: [bool; 256],
    stemmer: Stemmer,
}

struct Needle {
    word: usize,
    stem: String,
    start: String,
    value: f32,
    /// The folded beginning of an unfinished word, for which `stem` stays empty.
    beginning: bool,
}

/// Two stems that have to stand in a row.
struct Row {
    word: usize,
    stems: [String; 2],
    value: f32,
}

/// What the second pass found in an article.
#[derive(Debug)]
pub(super) struct Best<'a> {
    /// The part that answers best; none in an article without any text.
    pub(super) passage: Option<&'a Passage>,
    /// Matches in that part's text.
    pub(super) marks: Vec<Mark>,
    /// Share of the question's worth that the article holds, 0 to 1.
    pub(super) coverage: f32,
}

impl Matcher {
    /// `unknown`: rarity of a word that no article holds.
    pub(super) fn new(words: &[QueryWord], stemmer: Stemmer, unknown: f32) -> Self {
        let (mut needles, mut rows) = (Vec::new(), Vec::new());
        for (word, understood) in words.iter().enumerate() {
            for meaning in &understood.senses {
                if let Some((one, other)) = meaning.stem.split_once(' ') {
                    rows.push(Row { word, stems: [one.to_owned(), other.to_owned()], value: meaning.weight * meaning.rarity });
                    continue;
                }
                let shared = STEM_START_CHARS.min(meaning.stem.chars().count().saturating_sub(2)).max(1);
                let start = meaning.stem.chars().take(shared).collect();
                needles.push(Needle { word, stem: meaning.stem.clone(), start, value: meaning.weight * meaning.rarity, beginning: false });
            }
            let form = &understood.typed.form;
            if understood.typed.open && form.chars().count() >= MARKED_BEGINNING_MIN_CHARS {
                needles.push(Needle { word, stem: String::new(), start: form.clone(), value: 0.0, beginning: true });
            }
        }
        let mut first_bytes = [false; 256];
        for byte in needles.iter().filter_map(|needle| needle.start.bytes().next()) {
            first_bytes[usize::from(byte)] = true;
        }
        let marked = marked_words(words, stemmer.lang());
        Self { needles, rows, first_bytes, values: words.iter().map(|word| word.value(unknown)).collect(), marked, stemmer }
    }

    /// The matched words of a text, and how many words it has.
    fn read(&mut self, text: &str) -> (Vec<(Mark, f32)>, usize) {
        let (mut marks, mut count) = (Vec::new(), 0);
        let mut before: Option<Word> = None;
        each_group(text, |words, joined| {
            count += words.len();
            let [first, .., last] = words else { return self.read_word(&words[0], &mut before, &mut marks) };
            match joined.and_then(|joined| self.matched(joined)) {
                Some((word, value)) => marks.push((Mark { place: first.place.start..last.place.end, word }, value)),
                None => words.iter().for_each(|word| self.read_word(word, &mut before, &mut marks)),
            }
            before = None;
        });
        (marks, count)
    }

    fn read_word(&mut self, read: &Word, before: &mut Option<Word>, marks: &mut Vec<(Mark, f32)>) {
        if let Some((word, value)) = self.matched(&read.form) {
            marks.push((Mark { place: read.place.clone(), word }, value));
        }
        if self.rows.is_empty() {
            return;
        }
        if let Some(before) = before {
            let is_row = |row: &&Row| self.stemmer.stem(&before.form) == row.stems[0] && self.stemmer.stem(&read.form) == row.stems[1];
            if let Some(row) = self.rows.iter().find(is_row) {
                while marks.last().is_some_and(|(mark, _)| mark.place.start >= before.place.start) {
                    marks.pop();
                }
                marks.push((Mark { place: before.place.start..read.place.end, word: row.word }, row.value));
            }
        }
        *before = Some(read.clone());
    }

    fn matched(&mut self, form: &str) -> Option<(usize, f32)> {
        if !form.bytes().next().is_some_and(|byte| self.first_bytes[usize::from(byte)]) {
            return None;
        }
        let needle =
            self.needles.iter().find(|needle| form.starts_with(&needle.start) && (needle.beginning || self.stemmer.stem(form) == needle.stem))?;
        Some((needle.word, needle.value))
    }

    /// The matched words of a text.
    pub(super) fn marks(&mut self, text: &str) -> Vec<Mark> {
        let read = self.read(text).0;
        self.worth_marking(read)
    }

    fn worth_marking(&self, marks: Vec<(Mark, f32)>) -> Vec<Mark> {
        marks.into_iter().map(|(mark, _)| mark).filter(|mark| self.marked[mark.word]).collect()
    }

    /// Each word's share of the question's worth.
    pub(super) fn shares(&self) -> Vec<f32> {
        let all: f32 = self.values.iter().sum();
        self.values.iter().map(|value| value / all.max(f32::MIN_POSITIVE)).collect()
    }

    /// The share of the question's worth that a text holds, 0 to 1.
    pub(super) fn coverage_of(&mut self, text: &str) -> f32 {
        let mut covered = vec![false; self.values.len()];
        self.read(text).0.iter().for_each(|(mark, _)| covered[mark.word] = true);
        self.coverage(&covered)
    }

    /// Chooses the part of an article that answers best; of equals the first. `nearest`: the part whose meaning is nearest to the question's,
    /// where that is known; it is taken unless another one has clearly more of the question's words.
    pub(super) fn best<'a>(&mut self, text: &'a ArticleText, nearest: Option<&'a Passage>) -> Best<'a> {
        let mut covered = vec![false; self.values.len()];
        let mut cover = |marks: &[(Mark, f32)]| marks.iter().for_each(|(mark, _)| covered[mark.word] = true);
        for part in [&text.title, &text.summary].into_iter().chain(&text.keywords) {
            cover(&self.read(part).0);
        }
        let mut read = Vec::new();
        let mut bytes = 0;
        for passage in &text.passages {
            bytes += passage.text.len();
            if bytes > SCAN_MAX_BYTES && !read.is_empty() {
                break;
            }
            let heading = passage.heading.as_ref().map_or_else(Vec::new, |heading| self.read(&heading.text).0);
            let (marks, words) = self.read(&passage.text);
            cover(&heading);
            cover(&marks);
            read.push((passage, heading, marks, words));
        }
        let mean_words = read.iter().map(|part| part.3).sum::<usize>() as f32 / read.len().max(1) as f32;
        let mut best = Best { passage: None, marks: Vec::new(), coverage: self.coverage(&covered) };
        let mut best_score = -1.0;
        for (passage, heading, marks, words) in read {
            let mut score = HEADING_WEIGHT * self.score(&heading, 1.0) + self.score(&marks, words as f32 / mean_words.max(1.0));
            if nearest.is_some_and(|nearest| std::ptr::eq(nearest, passage)) {
                score = NEAREST_FACTOR * score + f32::MIN_POSITIVE;
            }
            if score > best_score {
                best_score = score;
                best.passage = Some(passage);
                best.marks = self.worth_marking(marks);
            }
        }
        best
    }

    /// BM25 of one part, with its length relative to the article's other parts.
    fn score(&self, marks: &[(Mark, f32)], relative_length: f32) -> f32 {
        let mut values = vec![(0.0_f32, 0.0_f32); self.values.len()];
        for (mark, value) in marks {
            let (times, most) = &mut values[mark.word];
            *times += 1.0;
            *most = most.max(*value);
        }
        let length = 1.2 * (0.25 + 0.75 * relative_length);
        values.iter().map(|(times, value)| value * times / (times + length)).sum()
    }

    fn coverage(&self, covered: &[bool]) -> f32 {
        let all: f32 = self.values.iter().sum();
        let held: f32 = self.values.iter().zip(covered).filter(|(_, covered)| **covered).map(|(value, _)| value).sum();
        if all > 0.0 { held / all } else { 0.0 }
    }
}

/// Marks on every "the" and "of" would hide those that matter; where a question has no other words, they are all that there is to mark.
fn marked_words(words: &[QueryWord], lang: Lang) -> Vec<bool> {
    let says_something: Vec<bool> = words.iter().map(|word| !is_stop_word(lang, &word.typed.form)).collect();
    if says_something.contains(&true) { says_something } else { vec![true; words.len()] }
}
