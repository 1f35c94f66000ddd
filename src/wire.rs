//! Types of the JSON API that cross to the browser: the server writes them, islands read them. Plain texts and numbers only, so that
//! they cost the browser half little. `search/openapi.json` describes each field for outside programs.

use serde::{Deserialize, Serialize};

/// Answer of `GET /api/v1/search`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SearchAnswer {
    /// The question as it was read: cut at its longest length.
    pub query: String,
    /// Code of the language searched: `pt`, `es`, `en`.
    pub lang: String,
    /// `lexical` or `hybrid`: how the hits were ranked, which may differ from what was asked for.
    pub mode_used: String,
    /// Articles found in this language and section, up to where relevance ends; `hits` holds the first of them.
    pub total: u32,
    /// Microseconds from the question read to the answer made.
    pub took_us: u32,
    /// The way to us, where somebody asks for a person.
    #[serde(default)]
    pub contact: Option<ContactCard>,
    /// What answers the question by itself, where that is nearly sure.
    pub answer: Option<TopAnswer>,
    /// Nothing found answers the question as asked: the hits are merely the closest. False where there is none.
    pub closest_only: bool,
    /// One per article, best first, all in the language searched.
    pub hits: Vec<SearchHit>,
    /// Articles in other languages; filled only when the language searched has little to offer.
    pub elsewhere: Vec<SearchHit>,
    /// The question with its unknown words replaced by those that were searched instead.
    pub did_you_mean: Option<String>,
    /// What was replaced, word by word; empty when nothing was.
    pub corrected: Vec<Correction>,
    /// How many articles each section holds for this question, whether or not one section was asked for; without empty ones.
    pub sections: Vec<SectionCount>,
    /// Shows that this help center answered the question: goes with it to `POST /api/v1/search/opened`.
    #[serde(default)]
    pub token: String,
}

/// One or two sentences of an article, quoted as they stand.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TopAnswer {
    /// Plain text.
    pub text: String,
    /// The article that says it.
    pub id: String,
    pub title: String,
    /// Address path, with the anchor of the part that it stands in.
    pub url: String,
    /// Heading of that part; none where it stands before any heading.
    pub heading: Option<String>,
}

/// What stands before all hits where somebody asks for us.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ContactCard {
    pub title: String,
    pub text: String,
    /// Address path of the contact form.
    pub url: String,
}

/// An article found.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SearchHit {
    /// `section/topic/article`.
    pub id: String,
    pub lang: String,
    /// Plain text.
    pub title: String,
    /// The title as safe HTML, with `<mark>` around matched words.
    pub title_html: String,
    /// Address path, with the anchor of the part that answers best.
    pub url: String,
    /// Folder names, for links and filters; the titles beside them are for readers.
    pub section: String,
    pub section_title: String,
    pub topic: String,
    pub topic_title: String,
    /// Heading of the part that answers best; none where that part stands before any heading.
    pub heading: Option<String>,
    /// A piece of that part as safe HTML, with `<mark>` around matched words.
    pub snippet_html: String,
    /// Higher is better; comparable within one answer only.
    pub score: f32,
    /// Near enough to the question to be suggested while somebody types.
    #[serde(default)]
    pub suggested: bool,
}

/// A word of the question that no article knows, and the word searched in its place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Correction {
    pub typed: String,
    pub searched: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SectionCount {
    /// Folder name, as the search's `section` takes it.
    pub id: String,
    pub title: String,
    pub count: u32,
}

/// Every answer of the API with a status of 400 or above.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ApiError {
    pub error: ApiProblem,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ApiProblem {
    /// Stable, for programs: `unknown_language`, `bad_limit`, …
    pub code: String,
    /// For the programmer who reads it, in English.
    pub message: String,
}
