//! Articles in a list.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::App;
use crate::articles::model::{Article, Library};
use crate::i18n::Lang;

/// Articles in the list of the most read.
const MOST_READ: usize = 8;

/// Articles for who has no question yet.
#[derive(Clone)]
pub struct Offered {
    pub articles: Vec<Arc<Article>>,
    /// Whether they are what others read; else nobody has read enough to tell.
    pub by_reads: bool,
}

impl Offered {
    /// The heading above them.
    pub fn heading(&self, lang: Lang) -> &'static str {
        if self.by_reads { lang.articles().most_read } else { lang.articles().to_begin_with }
    }
}

/// The most read articles of the last weeks; before there are enough reads, the first of each topic in turn, in the folders' order.
pub fn most_read(app: &App, library: &Library) -> Offered {
    let counted = app.counts.most_read();
    let counted: Vec<_> = counted.iter().flat_map(|ids| ids.iter()).filter_map(|id| library.articles.get(id).cloned()).take(MOST_READ).collect();
    if !counted.is_empty() {
        return Offered { articles: counted, by_reads: true };
    }
    let topics = || library.sections.iter().flat_map(|section| &section.topics);
    let deepest = topics().map(|topic| topic.articles.len()).max().unwrap_or_default();
    let first = (0..deepest).flat_map(|place| topics().filter_map(move |topic| topic.articles.get(place).cloned())).take(MOST_READ);
    Offered { articles: first.collect(), by_reads: false }
}

/// A list item with a link for each article; titles in another language say which.
pub fn article_rows(articles: &[Arc<Article>], lang: Lang, default: Lang) -> AnyView {
    let row = |article: &Arc<Article>| {
        let shown = article.shown(lang, default);
        let other = (shown.lang != lang).then(|| shown.lang.tag());
        view! { <li><a href=article.urls[lang].clone() lang=other>{shown.title.clone()}</a></li> }
    };
    articles.iter().map(row).collect_view().into_any()
}
