//! What a library of articles is made of. No input or output here.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::civil::Date;

use crate::clock::Micros;
use crate::i18n::{Lang, PerLang};
use crate::values::Priority;

/// An article's folder path below the articles' folder, `section/topic/article`: its name for ever, in every language.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ArticleId(pub Arc<str>);

impl ArticleId {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Title, slug and description of a section or topic in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupText {
    pub title: String,
    pub slug: String,
    pub description: String,
    /// What stands on the section's door on the home page ("I bought a product"); the title where none is given.
    pub door: String,
}

/// A section: buyer, creator, affiliate, or whatever folders exist.
#[derive(Debug, Clone)]
pub struct Section {
    /// The folder's name.
    pub id: String,
    pub order: i64,
    pub icon: Option<String>,
    /// A missing language borrows the default language's text.
    pub texts: PerLang<GroupText>,
    /// Topics that hold at least one visible article, in their order.
    pub topics: Vec<Topic>,
}

#[derive(Debug, Clone)]
pub struct Topic {
    /// The folder's name, unique within its section.
    pub id: String,
    pub order: i64,
    pub icon: Option<String>,
    pub texts: PerLang<GroupText>,
    /// Visible articles, in the order of their titles in the default language.
    pub articles: Vec<Arc<Article>>,
}

/// One article in all the languages in which it exists.
#[derive(Debug, Clone)]
pub struct Article {
    pub id: ArticleId,
    /// Ids (folder names) of the section and topic.
    pub section: String,
    pub topic: String,
    /// At least one language has a text.
    pub texts: PerLang<Option<Arc<ArticleText>>>,
    /// Address path in each language, `/pt/comprador/reembolsos/como-pedir-reembolso`; where a language has no text, that of the text
    /// shown in its place.
    pub urls: PerLang<String>,
}

impl Article {
    /// The text shown to readers of a language: their own, else the default language's, else the first there is.
    pub fn shown(&self, lang: Lang, default: Lang) -> &Arc<ArticleText> {
        [lang, default]
            .into_iter()
            .chain(Lang::ALL)
            .find_map(|lang| self.texts[lang].as_ref())
            .expect("an article has a text in at least one language")
    }
}

/// One language version of an article: a parsed file.
#[derive(Debug, Clone)]
pub struct ArticleText {
    pub lang: Lang,
    pub title: String,
    pub summary: String,
    pub slug: String,
    pub keywords: Vec<String>,
    /// Questions that must find it, in readers' words: for `ajuda check --asks` alone, never searched in.
    pub asks: Vec<String>,
    /// Countries to which it applies, as codes of ISO 3166 in lower case; none: to all.
    pub applies_to: Vec<String>,
    /// The reason that the contact form starts with.
    pub contact: Option<String>,
    /// A self-help flow, to be walked step by step.
    pub steps: bool,
    /// The body as HTML, safe to print: raw HTML refused, links checked.
    pub html: String,
    /// The body as Markdown, without the front matter, `{{brand}}` and `{{promise}}` filled in.
    pub markdown: String,
    /// The text in parts, one per heading; the first part stands before any heading.
    pub passages: Vec<Passage>,
    /// The day on which it last changed in meaning, as recorded in `recorded.tsv`; `None` before it was recorded.
    pub updated: Option<Date>,
    /// The day on which somebody who knows checked its facts.
    pub reviewed: Option<Date>,
}

/// Stands between the cells of a table row in plain text.
pub const CELL_BREAK: &str = " · ";

/// The part of an article under one heading, as plain text for the search and for descriptions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Heading and its anchor; `None` for what stands before the first heading.
    pub heading: Option<Heading>,
    /// Plain text; paragraphs, list items and table rows each on a line.
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 2 to 6.
    pub level: u8,
    pub text: String,
    /// The `id` in the page: lower case, accents folded, hyphens; unique within the article.
    pub anchor: String,
}

/// `id`s of the page around an article; a heading never takes one of them. A page that gives an element another `id` adds it here.
pub const RESERVED_ANCHORS: [&str; 36] = [
    "main",
    "step-of",
    "theme-label",
    "article-title",
    "q",
    "search",
    "suggestions",
    "contact",
    "contact-title",
    "contact-form",
    "helped",
    "feedback",
    "related",
    "toc",
    "toc-side",
    "reason",
    "subject",
    "subject-hint",
    "name",
    "email",
    "code",
    "code-hint",
    "message",
    "message-hint",
    "files",
    "files-hint",
    "homepage",
    "errors",
    "errors-title",
    "reason-error",
    "subject-error",
    "name-error",
    "email-error",
    "code-error",
    "message-error",
    "files-error",
];

/// A reason of the contact form, from `contact.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    pub id: String,
    pub order: i64,
    pub code: CodeWish,
    /// How urgent its tickets are; `None`: like any.
    pub priority: Option<Priority>,
    /// The sections whose readers are offered it; `None`: everybody is. Of none, it is offered below the articles that name it.
    pub sections: Option<Vec<String>>,
    /// Where the sections stand in its file.
    pub sections_line: usize,
    pub texts: PerLang<ReasonText>,
}

impl Reason {
    /// Whether readers of a section are offered it.
    pub fn is_for(&self, section: &str) -> bool {
        self.sections.as_ref().is_none_or(|sections| sections.iter().any(|named| named == section))
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReasonText {
    pub title: String,
    pub hint: String,
}

/// Whether a reason asks for the transaction code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CodeWish {
    Never,
    Optional,
    Wanted,
}

/// What staff say that a reader means, beside what they type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Synonym {
    /// One word or several.
    pub from: String,
    /// What is searched beside it.
    pub to: Vec<String>,
    /// Where it stands in its file.
    pub line: usize,
    /// One of a row that all mean the same.
    pub both_ways: bool,
}

/// An article that staff want first for a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pin {
    pub lang: Lang,
    /// The whole question; capitals, accents and signs don't matter.
    pub query: String,
    pub article: ArticleId,
    /// Where it stands in its file.
    pub line: usize,
}

/// Every page that readers can open, as of one moment. Drafts and articles outside their dates are not in it.
#[derive(Debug, Clone)]
pub struct Library {
    pub default_lang: Lang,
    /// In their order.
    pub sections: Vec<Section>,
    /// All visible articles by id.
    pub articles: HashMap<ArticleId, Arc<Article>>,
    /// Reasons of the contact form, in their order.
    pub reasons: Vec<Reason>,
    /// What staff help the search with.
    pub synonyms: Arc<PerLang<Vec<Synonym>>>,
    pub pins: Arc<[Pin]>,
    /// Pages by address path (no trailing slash), also those in borrowed languages.
    pub pages: HashMap<String, PageTarget>,
    /// Old addresses by path: where they lead now, or `None` for gone.
    pub moved: HashMap<String, Option<String>>,
    /// Recorded addresses of articles that are left out because their files have a problem: not gone, only not to be had now.
    pub withheld: HashSet<String>,
    /// Pictures by address path.
    pub pictures: HashMap<String, Picture>,
    /// The next moment at which an article appears or expires by its dates.
    pub next_change: Option<Micros>,
    /// Files left out or kept in an older version because of a problem.
    pub problem_count: usize,
}

/// What stands at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageTarget {
    /// Section id.
    Section(Lang, String),
    /// Section id and topic id.
    Topic(Lang, String, String),
    Article(Lang, ArticleId),
}

/// A picture of an article, in memory.
#[derive(Debug, Clone)]
pub struct Picture {
    pub bytes: Arc<[u8]>,
    /// Media type, `image/png`.
    pub media_type: &'static str,
}

impl Library {
    /// A reason of the contact form.
    pub fn reason(&self, id: &str) -> Option<&Reason> {
        self.reasons.iter().find(|reason| reason.id == id)
    }

    pub fn section(&self, id: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.id == id)
    }

    pub fn topic(&self, section: &str, topic: &str) -> Option<&Topic> {
        self.section(section)?.topics.iter().find(|candidate| candidate.id == topic)
    }

    /// Address path of a section page in a language.
    pub fn section_url(&self, section: &Section, lang: Lang) -> String {
        format!("/{}/{}", lang.code(), section.texts[lang].slug)
    }

    /// Address path of a topic page in a language.
    pub fn topic_url(&self, section: &Section, topic: &Topic, lang: Lang) -> String {
        format!("/{}/{}/{}", lang.code(), section.texts[lang].slug, topic.texts[lang].slug)
    }
}
