//! The knobs of the ranking, all in one place. Their values were chosen by judged questions in three languages; the table is in
//! `benches/search-eval/RESULTS.md`.

/// What each kind of match is worth. A word that stands in an article counts 1, by BM25 (k1 1.2, b 0.75) over its whole text; all else is
/// relative to that.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// The same word in the title, by BM25 over titles. Up: titles decide alone; 0: a title is text like any other. 0 to 2.
    pub title: f32,
    /// The same word in the keywords, by BM25 over keywords. Up: authors decide; 0: a keyword is text like any other. No judged set has keywords, so
    /// this is the title's weight and was not tuned. 0 to 2.
    pub keywords: f32,
    /// Two words in a row that stand in a row in the article. Up: wording matters more than words; 0: order is ignored. 0 to 0.5.
    pub pairs: f32,
    /// Four letters in a row, anywhere in a word: finds relatives that the stemmer doesn't unite. Up: words that only look alike intrude;
    /// 0: only whole words count. 0 to 0.3.
    pub grams: f32,
    /// A known word searched in place of an unknown one counts this much for each edit between them. Up to 1: a guess counts as much as
    /// the word itself; 0: typos are not forgiven. 0 to 1.
    pub correction: f32,
    /// Edits that a changed first letter costs on top, since first letters are seldom mistyped. Up: such guesses come last; 0: any letter is
    /// alike. 0 to 1.
    pub first_letter: f32,
    /// Known words tried in place of an unknown one. Up: more chances and more noise; 0: none. 0 to 5.
    pub corrections: usize,
    /// A word that the last, unfinished one may become counts this much, plus `completion_growth` times the share of it that is typed.
    /// Up: bolder guesses; 0: only with the last letters typed does it count. Both together at most 1.
    pub completion: f32,
    /// See `completion`. 0: a guess is worth the same however much of it is typed. 0 to 1.
    pub completion_growth: f32,
    /// Longer words tried for an unfinished one, the most frequent first. Up: more chances and more noise; 0: none. 0 to 10.
    pub completions: usize,
    /// A synonym that staff wrote down counts this much. Up to 1: it counts as the word itself; 0: the file is ignored. 0 to 1.
    pub synonym: f32,
    /// Share of meaning in the ranking, where a model of meaning has read the articles; the rest is that of words. Up: wording and names count
    /// less; 0: words alone. 0 to 1.
    pub meaning: f32,
    /// By words alone an article is a hit when its score reaches this share of the best one's. Up: fewer, surer hits and a smaller total; 0: one common
    /// word in common is enough. 0 to 0.5.
    pub least_share: f32,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            title: 1.0,
            keywords: 2.0,
            pairs: 0.15,
            grams: 0.15,
            correction: 0.9,
            first_letter: 0.5,
            corrections: 3,
            completion: 0.5,
            completion_growth: 0.5,
            completions: 5,
            synonym: 0.8,
            meaning: 0.55,
            least_share: 0.2,
        }
    }
}
