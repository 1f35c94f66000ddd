//! Files on the page of a ticket: those of messages, and those that wait for an answer.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use super::loaded::Loaded;
use super::path;
use crate::app::App;
use crate::desk::failure;
use crate::desk::who::Who;
use crate::error::ServiceError;
use crate::files::kinds::ACCEPT;
use crate::files::{Attachment, FILES, STAGED, UNWANTED};
use crate::i18n::Lang;
use crate::site::files::answer_with;
use crate::tickets::model::Reference;
use crate::ui::icons::{Draw, Icon};
use crate::web::Failure;

/// `GET /desk/tickets/{reference}/files/{file}`, and `?small` for a picture's preview.
pub(in crate::desk) async fn send(
    State(app): State<App>,
    Extension(_): Extension<Who>,
    Path((reference, id)): Path<(String, String)>,
    uri: Uri,
) -> Response {
    let Some(reference) = Reference::parse(&reference) else { return Failure::NotFound.into_response() };
    let opened = async {
        let ticket = app.tickets.read().find(&reference).await?;
        let attachment = app.files.find(&ticket.key.id, &id).await?.ok_or(ServiceError::NotFound)?;
        if uri.query() == Some("small") {
            return app.files.preview(attachment).await;
        }
        let body = app.files.stream(&attachment.id).await?;
        Ok((attachment, body))
    };
    match opened.await {
        Ok((attachment, body)) => answer_with(&attachment, body),
        Err(error) => failure::of(&error).into_response(),
    }
}

/// The files of one message, under its text.
pub(super) fn files_of(loaded: &Loaded, message: &str) -> AnyView {
    let lang = loaded.shown.lang;
    let own = loaded.files.iter().filter(|file| file.message.as_deref() == Some(message));
    let rows: Vec<_> = own
        .map(|file| {
            let address = format!("{}/files/{}", path(&loaded.ticket.key.reference), file.id);
            let source = if file.has_preview() { format!("{address}?small") } else { address.clone() };
            let picture = file.size.map(|_| view! { <img class="thumb" src=source alt="" loading="lazy" /> });
            let mark = file.size.is_none().then(|| view! { <Draw icon=Icon::Clip /> });
            view! {
                <li>
                    <a href=address>{picture} {mark} <span class="file-name" dir="auto">{file.name.clone()}</span></a>
                    " "
                    <span class="meta">{lang.bytes(file.bytes)}</span>
                </li>
            }
        })
        .collect();
    (!rows.is_empty()).then(|| view! { <ul class="said-files" aria-label=lang.files().attached>{rows}</ul> }).into_any()
}

/// The control of a form, with what waits for it already.
pub(in crate::desk) fn control(lang: Lang, id: &'static str, kept: &[(Attachment, String)]) -> AnyView {
    let words = lang.desk_ticket();
    let rows = kept.iter().map(|(file, token)| {
        view! {
            <li>
                <input type="hidden" name=STAGED value=token.clone() />
                <Draw icon=Icon::Clip />
                <span class="file-name" dir="auto">{file.name.clone()}</span>
                " "
                <span class="meta">{lang.bytes(file.bytes)}</span>
                <label class="check"><input type="checkbox" name=UNWANTED value=token.clone() /> {words.remove_file}<span class="sr">" " {file.name.clone()}</span></label>
            </li>
        }
    });
    let rows = (!kept.is_empty()).then(|| view! { <ul class="said-files">{rows.collect_view()}</ul> });
    view! {
        <div class="field">
            <label class="sr" for=id>{words.files}</label>
            {rows}
            <input class="input file" id=id name=FILES type="file" multiple accept=ACCEPT />
        </div>
    }
    .into_any()
}
