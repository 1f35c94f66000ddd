//! What was posted on a ticket's page while the ticket can't be read: nothing of the ticket, all that was typed, and a button to send it again.

use crate::site::respond::personal;
use std::sync::Arc;

use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use crate::app::App;
use crate::i18n::Lang;
use crate::intake::reply_form::{REMARK_MAX_CHARS, WISH};
use crate::site::files::bounds;
use crate::tickets::access::page_path;
use crate::tickets::model::{MESSAGE_MAX_CHARS, Reference};
use crate::ui::frame::Document;
use crate::ui::icons::{Draw, Icon};
use crate::ui::{Frame, TextArea, render};
use crate::web::client_ip::Client;
use crate::web::{form, posted};

/// Whoever posts may see what they posted, so nobody's right is asked for.
pub(super) async fn show(app: &App, lang: Lang, reference: &Reference, client: Client, request: Request) -> Response {
    let posted = match posted::read(request, bounds(&app.config), client.ip).await {
        Ok(posted) => posted,
        Err(failure) => return failure.into_response(),
    };
    let value = |name: &str| form::value(&posted.pairs, name).unwrap_or_default().to_owned();
    let kept = [(WISH, value(WISH)), ("stars", value("stars"))];
    let typed = [("message", value("message"), MESSAGE_MAX_CHARS), ("remark", value("remark"), REMARK_MAX_CHARS)];
    let (site, action, had_files) = (Arc::clone(&app.site), page_path(lang, reference), !posted.files.is_empty());
    let html = render::page(move || {
        let frame = Frame::private(lang, lang.contact().closed_title, "/requests");
        view! { <Document site=site.clone() frame=frame body=content(lang, &action, &kept, &typed, had_files) /> }
    })
    .await;
    personal(StatusCode::SERVICE_UNAVAILABLE, html)
}

fn content(lang: Lang, action: &str, kept: &[(&'static str, String); 2], typed: &[(&'static str, String, usize); 2], had_files: bool) -> AnyView {
    let words = lang.contact();
    let hidden = kept.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| {
        view! { <input type="hidden" name=*name value=value.clone() /> }
    });
    let fields = typed.iter().filter(|(_, text, _)| !text.is_empty()).map(|(name, text, max_chars)| {
        view! {
            <div class="field">
                <label class="label" for=*name>{words.message}</label>
                <TextArea id=*name name=*name text=text.clone() rows=8 max_chars=*max_chars required=true />
            </div>
        }
    });
    let files = had_files.then(|| view! { <p>{lang.conversation().files_again}</p> });
    view! {
        <div class="wrap narrow">
            <div class="plain-head">
                <h1>{words.closed_title}</h1>
            </div>
            <form class="form" action=action.to_owned() method="post">
                <div class="notice notice-warning" role="alert">
                    <Draw icon=Icon::Warning />
                    <div><p>{words.closed_text}</p>{files}</div>
                </div>
                {hidden.collect_view()}
                {fields.collect_view()}
                <button class="button button-primary" type="submit">{lang.conversation().send_again}</button>
            </form>
        </div>
    }
    .into_any()
}
