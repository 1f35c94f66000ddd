//! Pages of the desk that have no answer, in the desk's own frame.

use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use super::frame;
use super::who::{Who, lang_of};
use crate::app::App;
use crate::error::ServiceError;
use crate::i18n::Lang;
use crate::web::Failure;
use crate::web::request_log::RequestId;

/// What a page answers when something can't be shown or done.
pub(super) fn of(error: &ServiceError) -> Failure {
    match error {
        ServiceError::NotFound => Failure::NotFound,
        ServiceError::TooMany => Failure::Busy,
        ServiceError::NotNow => Failure::Refused,
        ServiceError::Unavailable(reason) => {
            tracing::warn!(%reason, "the desk could not answer");
            Failure::Unavailable
        }
        ServiceError::Broken(reason) => {
            tracing::error!(%reason, "the desk could not answer");
            Failure::Internal
        }
    }
}

pub(super) async fn not_found() -> Failure {
    Failure::NotFound
}

/// Somebody came where their role does not lead.
pub(super) async fn not_allowed(app: &App, who: &Who) -> Response {
    let words = who.lang.desk_log_in();
    let (title, text) = (words.not_allowed_title, words.not_allowed_text);
    page(app, Some(who), who.lang, StatusCode::FORBIDDEN, (title, text), None).await
}

/// Middleware: a failure gets its page. What a handler made itself stays.
pub(super) async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    let accepted = lang_of(&app, request.headers());
    let reference = request.extensions().get::<RequestId>().map(|id| id.as_str().to_owned());
    let response = next.run(request).await;
    let Some(failure) = response.extensions().get::<Failure>().copied() else { return response };
    let lang = response.extensions().get::<Lang>().copied().unwrap_or(accepted);
    let reference = reference.filter(|_| failure == Failure::Internal);
    let mut made = page(&app, None, lang, failure.status(), failure.texts(lang.common()), reference).await;
    if let Some(allowed) = response.headers().get(header::ALLOW) {
        made.headers_mut().insert(header::ALLOW, allowed.clone());
    }
    made
}

async fn page(
    app: &App,
    who: Option<&Who>,
    lang: Lang,
    status: StatusCode,
    (title, text): (&'static str, &'static str),
    reference: Option<String>,
) -> Response {
    let words = lang.common();
    frame::page(app, who, lang, status, title, move || {
        let reference = reference.clone().map(|reference| view! { <p class="meta">{words.reference} " " <code>{reference}</code></p> });
        view! {
            <div class="desk-narrow">
                <h1>{title}</h1>
                <p class="lede">{text}</p>
                <p><a class="button button-primary" href="/desk">{lang.desk_log_in().back_to_desk}</a></p>
                {reference}
            </div>
        }
        .into_any()
    })
    .await
    .into_response()
}
