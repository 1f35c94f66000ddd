//! What the search promises, each point a test:
//!
//! 1. Accents, capitals and word endings don't matter.
//! 2. The last word matches as a beginning, and counts less than the word typed.
//! 3. A typo is forgiven, shown, and never beats an exact hit.
//! 4. A phrase in quotes is exact.
//! 5. `-word` excludes.
//! 6. What the library doesn't hold is never found, and a changed library is found as it reads.
//! 7. A title ranks above a mention.
//! 8. A hit opens at the part that answers.
//! 9. Hostile text comes out as text.
//! 10. Every text is a question, and answered fast.
//! 11. Each language finds its own; others are offered when it has little.
//! 12. The API answers as described.
//! 13. Staff's synonyms and pinned articles work, and change nothing else.
//! 14. The list ends where relevance ends, marks are on words that say something, snippets are sentences.
//! 15. Where nothing answers, the answer says so.
//! 16. A real word is not replaced; one word in several spellings is one; a number is found however it is written.
//! 17. Who asks for a person gets the way to us first.
//! 18. With a model a question in other words finds its article; without one, or with a broken one, all the above holds.

mod api;
mod questions;
mod results;
pub(crate) mod semantic;
mod spellings;
mod tuning;
mod weights;
mod words;

use std::collections::HashMap;
use std::sync::Arc;

use ajuda::articles::model::{Article, ArticleId, ArticleText, GroupText, Heading, Library, Passage, Section, Topic};
use ajuda::i18n::{Lang, PerLang};
use ajuda::search::{Search, SearchRequest, Weights};
use ajuda::wire::SearchAnswer;

/// An article's text: a title, and a body of which lines that begin with `## ` are headings.
fn text(lang: Lang, title: &str, body: &str) -> Arc<ArticleText> {
    let mut passages = vec![Passage { heading: None, text: String::new() }];
    for line in body.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            let anchor = heading.to_lowercase().replace(' ', "-");
            passages.push(Passage { heading: Some(Heading { level: 2, text: heading.to_owned(), anchor }), text: String::new() });
        } else if let Some(last) = passages.last_mut() {
            last.text.push_str(line);
            last.text.push('\n');
        }
    }
    Arc::new(ArticleText {
        lang,
        title: title.to_owned(),
        summary: String::new(),
        slug: "slug".to_owned(),
        keywords: Vec::new(),
        contact: None,
        steps: false,
        html: String::new(),
        markdown: String::new(),
        passages,
        asks: Vec::new(),
        applies_to: Vec::new(),
        updated: None,
        reviewed: None,
    })
}

fn summed_up(lang: Lang, title: &str, summary: &str, body: &str) -> Arc<ArticleText> {
    Arc::new(ArticleText { summary: summary.to_owned(), ..Arc::unwrap_or_clone(text(lang, title, body)) })
}

fn article(id: &str, texts: Vec<Arc<ArticleText>>) -> Arc<Article> {
    let mut folders = id.split('/').map(str::to_owned);
    let mut folder = || folders.next().expect("a path of three folders");
    let (section, topic) = (folder(), folder());
    let mut by_lang = PerLang::default();
    for text in texts {
        let lang = text.lang;
        by_lang[lang] = Some(text);
    }
    let urls = PerLang(Lang::ALL.map(|lang| format!("/{}/{id}", lang.code())));
    Arc::new(Article { id: ArticleId(id.into()), section, topic, texts: by_lang, urls })
}

pub(crate) fn library(articles: Vec<Arc<Article>>) -> Library {
    let named = |name: &str| {
        PerLang(Lang::ALL.map(|lang| GroupText {
            title: format!("{name} {}", lang.code()),
            slug: name.to_owned(),
            description: String::new(),
            door: String::new(),
        }))
    };
    let sections = ["buyer", "creator"].map(|id| {
        let topic = Topic { id: "general".to_owned(), order: 1, icon: None, texts: named("general"), articles: Vec::new() };
        Section { id: id.to_owned(), order: 1, icon: None, texts: named(id), topics: vec![topic] }
    });
    Library {
        default_lang: Lang::Pt,
        sections: sections.to_vec(),
        articles: articles.into_iter().map(|article| (article.id.clone(), article)).collect(),
        reasons: Vec::new(),
        synonyms: Arc::default(),
        pins: Arc::default(),
        pages: HashMap::new(),
        moved: HashMap::new(),
        pictures: HashMap::new(),
        next_change: None,
        problem_count: 0,
        withheld: Default::default(),
    }
}

/// A help center in Portuguese from `(folder, title, body)`.
fn portuguese(texts: &[(&str, &str, &str)]) -> Search {
    build(&library(texts.iter().map(|(id, title, body)| article(id, vec![text(Lang::Pt, title, body)])).collect()))
}

pub(crate) fn build(library: &Library) -> Search {
    Search::build(library, Weights::default()).expect("an index")
}

fn ask(search: &Search, query: &str) -> SearchAnswer {
    search.answer(&SearchRequest::new(query, Lang::Pt)).expect("an answer")
}

fn ids(answer: &SearchAnswer) -> Vec<&str> {
    answer.hits.iter().map(|hit| hit.id.rsplit('/').next().unwrap_or_default()).collect()
}

fn sample() -> Search {
    portuguese(&[
        (
            "buyer/general/refund",
            "Como pedir reembolso",
            "O reembolso não demora.\n## Prazo da devolução\nVocê tem sete dias após a compra para desistir.",
        ),
        ("buyer/general/invoice", "Nota fiscal da compra", "Peça a nota ao produtor. O código HP0123456789 está no e-mail."),
        ("buyer/general/slip", "Pagar com boleto bancário", "O boleto vence em três dias. O reembolso dele vai para a conta."),
        ("creator/general/payout", "Sacar o saldo", "O saque cai na conta em dois dias úteis. Não aceitamos cheque."),
        ("creator/general/dance", "Vender aulas de dança", "O bolero é uma dança. As aulas ficam gravadas."),
    ])
}
