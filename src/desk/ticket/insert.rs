//! What is inserted into a reply: saved replies, and articles found with the help center's own search, in the customer's language.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::writing::Post;
use crate::app::App;
use crate::articles::model::ArticleId;
use crate::desk::failure;
use crate::desk::who::Who;
use crate::error::ServiceError;
use crate::i18n::Lang;
use crate::saved_replies::{Facts, SavedReply, fill};
use crate::search::{Mode, SearchRequest};
use crate::tickets::model::{Reference, Ticket};
use crate::values::rich_text;
use crate::web::client_ip::Client;
use crate::web::{Failure, form};

/// Articles that are offered at once.
const ARTICLES_MAX: usize = 6;
const QUERY_MAX_CHARS: usize = 200;

const TITLE_WORDS_MIN: usize = 2;
/// The folder of the section that buyers read.
const BUYERS: &str = "buyer";

/// An article that can be inserted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FoundArticle {
    /// `article:{id}#{anchor}`.
    pub(super) value: String,
    pub(super) title: String,
    /// Its whole address.
    pub(super) url: String,
}

impl FoundArticle {
    fn text(&self) -> String {
        format!("[{}]({})", self.title.replace(['[', ']'], ""), self.url)
    }

    /// Its address on this help center, as a list shows it.
    pub(super) fn path(&self) -> String {
        self.url.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or_else(|| self.url.clone(), |(_, path)| format!("/{path}"))
    }
}

/// What the panels of the reply's form show.
#[derive(Debug, Clone, Default)]
pub(super) struct Panels {
    pub(super) saved_query: Option<String>,
    pub(super) saved: Vec<SavedReply>,
    pub(super) article_query: Option<String>,
    pub(super) articles: Vec<FoundArticle>,
    /// What there is to say of what was inserted.
    pub(super) said: Option<String>,
    /// The reply as its customer will see it, as safe HTML.
    pub(super) preview: Option<String>,
}

/// A text to be inserted, and what there is to say of it.
struct Insertion {
    text: String,
    said: Option<String>,
    files: Vec<(crate::files::Attachment, String)>,
}

/// Articles for a question; without one, those that fit the ticket's subject.
async fn articles(app: &App, client: Client, ticket: &Ticket, query: &str) -> Vec<FoundArticle> {
    let query: String = query.trim().chars().take(QUERY_MAX_CHARS).collect();
    let query = if query.is_empty() { ticket.subject.clone() } else { query };
    let request = SearchRequest { query: &query, lang: ticket.lang, section: None, limit: ARTICLES_MAX, mode: Mode::default() };
    // A search that can't answer leaves the panel empty: the reply is worth more.
    let Ok(answer) = app.search.ask_from(&request, client.ip.into()).await else { return Vec::new() };
    answer.hits.into_iter().map(|hit| found(app, &hit.id, hit.title, &hit.url)).collect()
}

fn found(app: &App, id: &str, title: String, url: &str) -> FoundArticle {
    let anchor = url.split_once('#').map(|(_, anchor)| format!("#{anchor}")).unwrap_or_default();
    FoundArticle { value: format!("article:{id}{anchor}"), title, url: app.site.absolute(url) }
}

/// The article for buyers that answers a question of the program, in the ticket's language; `None` where none does. Its title has to have words of the
/// question: one that merely comes nearest would be inserted by one press all the same.
pub(super) async fn fitting(app: &App, lang: Lang, question: &str) -> Option<FoundArticle> {
    let request = SearchRequest { query: question, lang, section: Some(BUYERS), limit: 1, mode: Mode::Lexical };
    let answer = app.search.ask(&request).await.ok()?;
    let first = answer.hits.into_iter().next().filter(|hit| hit.title_html.matches("<mark>").count() >= TITLE_WORDS_MIN);
    first.map(|hit| found(app, &hit.id, hit.title, &hit.url))
}

/// What a button of a panel stands for; `NotFound` where that is gone.
async fn insertion(app: &App, who: &Who, ticket: &Ticket, value: &str) -> Result<Insertion, ServiceError> {
    if let Some(id) = value.strip_prefix("saved:") {
        let reply = app.saved_replies.by_id(id, &who.member.id).await?;
        let (lang, text) = reply.for_lang(ticket.lang).ok_or(ServiceError::NotFound)?;
        let said = (lang != ticket.lang).then(|| said_of_lang(who.lang, ticket.lang, lang));
        let text = fill(text, &facts(app, who, ticket));
        return Ok(Insertion { text, said, files: app.saved_replies.insert(&reply).await? });
    }
    let (id, anchor) = value.strip_prefix("article:").map(|rest| rest.split_once('#').unwrap_or((rest, ""))).ok_or(ServiceError::NotFound)?;
    let library = app.content.library();
    let article = library.articles.iter().find(|(known, _)| known.as_str() == id).map(|(_, article)| article).ok_or(ServiceError::NotFound)?;
    let is_anchor = !anchor.is_empty() && anchor.chars().all(|char| char.is_alphanumeric() || matches!(char, '-' | '_' | '%'));
    let anchor = if is_anchor { format!("#{anchor}") } else { String::new() };
    let title = article.shown(ticket.lang, library.default_lang).title.clone();
    let found = FoundArticle { value: String::new(), title, url: format!("{}{anchor}", app.site.absolute(&article.urls[ticket.lang])) };
    Ok(Insertion { text: found.text(), said: None, files: Vec::new() })
}

fn said_of_lang(lang: Lang, wanted: Lang, got: Lang) -> String {
    lang.desk_replies().other_lang.replace("{wanted}", wanted.name_in(lang)).replace("{lang}", got.name_in(lang))
}

fn facts(app: &App, who: &Who, ticket: &Ticket) -> Facts {
    let library = app.content.library();
    let of_article = |id: &ArticleId| {
        let article = library.articles.get(id)?;
        Some((article.shown(ticket.lang, library.default_lang).title.clone(), app.site.absolute(&article.urls[ticket.lang])))
    };
    Facts {
        customer_name: ticket.name.clone(),
        reference: ticket.key.reference.to_string(),
        subject: ticket.subject.clone(),
        agent_name: who.member.shown_name().to_owned(),
        article: ticket.article.as_ref().and_then(of_article),
    }
}

/// Text behind a text, each a paragraph.
fn joined(text: &str, more: &str) -> String {
    if text.trim().is_empty() { more.to_owned() } else { format!("{}\n\n{more}", text.trim_end()) }
}

impl Post {
    /// Inserts, finds or previews, where a button asks for that: the page comes back with the text, which is kept as a draft.
    pub(super) async fn prepare(&mut self, app: &App, who: &Who, client: Client, ticket: &Ticket) -> Result<Option<Panels>, ServiceError> {
        let mut panels = Panels::default();
        if let Some(value) = self.insert.take() {
            match insertion(app, who, ticket, &value).await {
                Ok(insertion) => {
                    self.text = joined(&self.text, &insertion.text);
                    let room = app.config.attachments.files_max.saturating_sub(self.taken.kept.len());
                    self.taken.kept.extend(insertion.files.into_iter().take(room));
                    panels.said = insertion.said;
                }
                Err(ServiceError::NotFound) => panels.said = Some(who.lang.desk_replies().gone.to_owned()),
                Err(error) => return Err(error),
            }
            return Ok(Some(panels));
        }
        match self.what.as_str() {
            "find" => {
                // Enter in a field presses the first button: what is typed says which is meant.
                let asks_saved = !self.saved_query.trim().is_empty();
                if asks_saved {
                    panels.saved = app.saved_replies.find(&who.member.id, &self.saved_query).await?;
                    panels.saved_query = Some(self.saved_query.clone());
                }
                if !asks_saved || !self.article_query.trim().is_empty() {
                    panels.articles = articles(app, client, ticket, &self.article_query).await;
                    panels.article_query = Some(self.article_query.clone());
                }
            }
            // Of nothing there is no preview: that is said as it is said of a reply.
            "preview" if !self.text.trim().is_empty() => {
                panels.preview = Some(rich_text::to_html(&super::writing::signed(&self.text, &who.member.signature)))
            }
            _ => return Ok(None),
        }
        Ok(Some(panels))
    }
}

/// `GET …/saved?q=`: what a script shows while somebody types.
pub(in crate::desk) async fn find_saved(State(app): State<App>, Extension(who): Extension<Who>, Path(reference): Path<String>, uri: Uri) -> Response {
    let Some(reference) = Reference::parse(&reference) else { return Failure::NotFound.into_response() };
    let found = async {
        let ticket = app.tickets.read().find(&reference).await?;
        let pairs = form::pairs(uri.query().unwrap_or_default().as_bytes());
        let found = app.saved_replies.find(&who.member.id, form::value(&pairs, "q").unwrap_or_default()).await?;
        let row = |reply: &SavedReply| json!({ "value": format!("saved:{}", reply.id), "title": reply.name, "text": excerpt(reply, ticket.lang) });
        Ok(json!(found.iter().map(row).collect::<Vec<_>>()))
    };
    match found.await {
        Ok(found) => axum::Json(found).into_response(),
        Err(error) => failure::of(&error).into_response(),
    }
}

/// The beginning of a saved reply, on one line.
pub(super) fn excerpt(reply: &SavedReply, lang: Lang) -> String {
    let text = reply.for_lang(lang).map(|(_, text)| text).unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(120).collect()
}

/// `GET …/articles?q=`.
pub(in crate::desk) async fn find_articles(
    State(app): State<App>,
    client: Client,
    Extension(_): Extension<Who>,
    Path(reference): Path<String>,
    uri: Uri,
) -> Response {
    let Some(reference) = Reference::parse(&reference) else { return Failure::NotFound.into_response() };
    let ticket = match app.tickets.read().find(&reference).await {
        Ok(ticket) => ticket,
        Err(error) => return failure::of(&error).into_response(),
    };
    let pairs = form::pairs(uri.query().unwrap_or_default().as_bytes());
    let found = articles(&app, client, &ticket, form::value(&pairs, "q").unwrap_or_default()).await;
    let row = |article: &FoundArticle| json!({ "value": article.value, "title": article.title, "text": article.path(), "insert": article.text() });
    axum::Json(json!(found.iter().map(row).collect::<Vec<_>>())).into_response()
}

/// `POST …/insert`: a saved reply for a script that puts it where the cursor is.
pub(in crate::desk) async fn insert(
    State(app): State<App>,
    Extension(who): Extension<Who>,
    Path(reference): Path<String>,
    body: axum::body::Bytes,
) -> Response {
    let Some(reference) = Reference::parse(&reference) else { return Failure::NotFound.into_response() };
    let pairs = form::pairs(&body);
    let inserted = async {
        let ticket = app.tickets.read().find(&reference).await?;
        insertion(&app, &who, &ticket, form::value(&pairs, "insert").unwrap_or_default()).await
    };
    match inserted.await {
        Ok(found) => {
            let files = found.files.iter().map(|(file, token)| json!({ "name": file.name, "token": token }));
            axum::Json(json!({ "text": found.text, "said": found.said, "files": files.collect::<Vec<_>>() })).into_response()
        }
        Err(error) => failure::of(&error).into_response(),
    }
}
