//! "Was this article helpful?": a plain form, then a page that thanks, asks what was wrong, and takes an optional sentence. With scripts what stands
//! on that page appears in place of the question.

use crate::site::respond::decoded;
use crate::site::respond::personal;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use crate::app::App;
use crate::articles::model::PageTarget;
use crate::articles::votes::{Reason, SENTENCE_MAX_CHARS, Sentence, Vote};
use crate::i18n::Lang;
use crate::ui::frame::Document;
use crate::ui::{Frame, TextArea, render};
use crate::web::client_ip::Client;
use crate::web::{Failure, form, redirect};

/// `POST {article}/vote`. Without `comment` it is the first answer, with one the reason or the sentence to it.
pub async fn cast(State(app): State<App>, client: Client, uri: Uri, body: Bytes) -> Response {
    let path = decoded(uri.path());
    let article_path = path.strip_suffix("/vote").unwrap_or(&path).to_owned();
    let library = app.content.library();
    let Some(PageTarget::Article(lang, id)) = library.pages.get(&article_path) else { return Failure::NotFound.into_response() };
    let pairs = form::pairs(&body);
    let helpful = match form::value(&pairs, "helpful") {
        Some("yes") => true,
        Some("no") => false,
        _ => return Failure::BadRequest.into_response(),
    };
    let comment = form::value(&pairs, "comment");
    let sentence = comment.and_then(Sentence::parse);
    let reason = form::value(&pairs, "reason").and_then(Reason::parse).filter(|_| !helpful);
    if comment.is_some() && sentence.is_none() && reason.is_none() {
        return redirect::see_other(&article_path);
    }
    // A vote is worth less than the reader's time: when it can't be stored it is lost, and nobody is bothered with it.
    match app.key.get() {
        Ok(key) => {
            let vote = Vote { article: id.clone(), lang: *lang, helpful, reason, sentence, voter: key.network_tag(client.ip) };
            if let Err(error) = app.counts.vote(&vote).await {
                tracing::warn!(%error, "a vote could not be stored");
            }
        }
        Err(error) => tracing::warn!(%error, "a vote could not be stored"),
    }
    let title = library.articles.get(id).map(|article| article.shown(*lang, library.default_lang).title.clone()).unwrap_or_default();
    let asked = comment.is_none().then_some(helpful);
    personal(StatusCode::OK, page(&app, *lang, title, article_path, asked).await)
}

/// `GET {article}/vote`: back to the article.
pub async fn back(uri: Uri) -> Response {
    let path = decoded(uri.path());
    redirect::see_other(path.strip_suffix("/vote").unwrap_or(&path))
}

/// Thanks. `asked`: what was answered, when there is still a sentence to ask for.
async fn page(app: &App, lang: Lang, title: String, path: String, asked: Option<bool>) -> String {
    let site = Arc::clone(&app.site);
    let words = lang.articles();
    render::page(move || {
        let more = asked.map(|helpful| more(lang, helpful, &path));
        let back = asked.is_none().then(|| {
            view! { <div class="button-row"><a class="button button-primary" href=path.clone()>{words.back_to_article}</a></div> }
        });
        let body = view! {
            <div class="wrap message-page">
                <p class="eyebrow">{title.clone()}</p>
                <h1>{words.thanks}</h1>
                <p class="lede">{words.thanks_text}</p>
                {more}
                {back}
                <p class="code-line">{words.need_answer} " " <a href=format!("{path}#contact")>{lang.common().contact_us}</a></p>
            </div>
        };
        view! { <Document site=site.clone() frame=Frame::private(lang, words.thanks, "") body=body.into_any() /> }
    })
    .await
}

fn more(lang: Lang, helpful: bool, path: &str) -> AnyView {
    let words = lang.articles();
    let question = if helpful { words.what_helped } else { words.in_your_words };
    let reasons = (!helpful).then(|| {
        let chips = Reason::ALL.into_iter().zip(words.reasons);
        let chips = chips.map(|(reason, text)| view! { <button class="chip" name="reason" value=reason.code()>{text}</button> });
        view! {
            <fieldset class="field">
                <legend class="label">{words.what_was_missing}</legend>
                <div class="chips">{chips.collect_view()}</div>
            </fieldset>
        }
    });
    view! {
        <form class="form feedback-more" action=format!("{path}/vote") method="post">
            <input type="hidden" name="helpful" value=if helpful { "yes" } else { "no" } />
            {reasons}
            <div class="field">
                <label class="label" for="comment">{question} " " <span class="optional">{words.optional}</span></label>
                <p class="hint" id="comment-hint">{words.comment_hint}</p>
                <TextArea id="comment" name="comment" text=String::new() rows=3 max_chars=SENTENCE_MAX_CHARS described_by="comment-hint" />
            </div>
            <div class="button-row">
                <button class="button button-primary" type="submit">{words.send}</button>
                <a class="button feedback-back" href=path.to_owned()>{words.back_to_article}</a>
            </div>
        </form>
    }
    .into_any()
}
