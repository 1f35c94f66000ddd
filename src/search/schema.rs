//! The fields of the index, and what of an article goes into each.

use tantivy::TantivyDocument;
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::TokenizerManager;

use super::analyser::{FieldTokenizer, Shape};
use crate::articles::model::ArticleText;
use crate::i18n::Lang;

/// The fields of one language's index.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    /// Number of the article within its language's index.
    pub(super) key: Field,
    /// Title, keywords, summary, headings and body as stems.
    pub(super) merged: Field,
    /// The title alone as stems.
    pub(super) title: Field,
    /// The keywords alone as stems: what people type who need the article.
    pub(super) keywords: Field,
    /// The merged text as folded words with their positions.
    pub(super) forms: Field,
    /// The merged text as pairs of stems.
    pub(super) pairs: Field,
    /// The merged text as runs of four letters.
    pub(super) grams: Field,
}

pub(super) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let mut text = |name: &str, shape: Shape| {
        let record = if shape == Shape::Forms { IndexRecordOption::WithFreqsAndPositions } else { IndexRecordOption::WithFreqs };
        let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer_name(shape)).set_index_option(record);
        builder.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
    };
    let merged = text("merged", Shape::Stems);
    let title = text("title", Shape::Stems);
    let keywords = text("keywords", Shape::Stems);
    let forms = text("forms", Shape::Forms);
    let pairs = text("pairs", Shape::Pairs);
    let grams = text("grams", Shape::Grams);
    let key = builder.add_u64_field(KEY, FAST | INDEXED);
    (builder.build(), Fields { key, merged, title, keywords, forms, pairs, grams })
}

/// Name of the field `key`, by which its column is opened.
pub(super) const KEY: &str = "key";

fn tokenizer_name(shape: Shape) -> &'static str {
    match shape {
        Shape::Stems => "stems",
        Shape::Forms => "forms",
        Shape::Pairs => "pairs",
        Shape::Grams => "grams",
    }
}

/// What turns text into terms in one language.
pub(super) fn tokenizers(lang: Lang) -> TokenizerManager {
    let manager = TokenizerManager::default();
    for shape in [Shape::Stems, Shape::Forms, Shape::Pairs, Shape::Grams] {
        manager.register(tokenizer_name(shape), FieldTokenizer::new(lang, shape));
    }
    manager
}

/// An article as the index takes it. Each part is a value of its own, so that no phrase runs from one into the next.
pub(super) fn document(fields: Fields, key: u64, text: &ArticleText) -> TantivyDocument {
    let mut document = TantivyDocument::new();
    document.add_u64(fields.key, key);
    document.add_text(fields.title, &text.title);
    for keyword in &text.keywords {
        document.add_text(fields.keywords, keyword);
    }
    for part in parts(text) {
        for field in [fields.merged, fields.forms, fields.pairs, fields.grams] {
            document.add_text(field, part);
        }
    }
    document
}

/// Every piece of an article that can be found.
pub(super) fn parts(text: &ArticleText) -> impl Iterator<Item = &str> {
    let headings = text.passages.iter().filter_map(|passage| passage.heading.as_ref()).map(|heading| heading.text.as_str());
    let bodies = text.passages.iter().map(|passage| passage.text.as_str());
    let keywords = text.keywords.iter().map(String::as_str);
    [text.title.as_str(), text.summary.as_str()].into_iter().chain(keywords).chain(headings).chain(bodies).filter(|part| !part.is_empty())
}

/// Whether two texts are alike in everything that the index holds.
pub(super) fn same_words(one: &ArticleText, other: &ArticleText) -> bool {
    parts(one).eq(parts(other))
}
