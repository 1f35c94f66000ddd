//! Files on pages: the control that takes them, what an earlier try left, the list under a message, and the file itself.

use crate::site::reader::failure;
use crate::site::reader::reader_of;
use crate::site::respond::personal;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::app::App;
use crate::error::ServiceError;
use crate::files::kinds::ACCEPT;
use crate::files::settings::Attachments;
use crate::files::{Attachment, FILES, FileProblem, STAGED, Taken, UNWANTED};
use crate::i18n::Lang;
use crate::settings::Config;
use crate::tickets::Right;
use crate::tickets::access::page_path;
use crate::tickets::model::{Reference, TicketView};
use crate::ui::icons::{Draw, Icon};
use crate::web::client_ip::Client;
use crate::web::{Failure, posted};

/// A picture in the list is shown at most so large.
const PREVIEW_MAX_PIXELS: i64 = 240;
/// Whatever a file holds, a browser that opens it runs nothing of it.
const FILE_POLICY: HeaderValue = HeaderValue::from_static("default-src 'none'; sandbox");

/// The query that asks for a picture's preview.
const PREVIEW: &str = "small";

/// `GET /{lang}/requests/{reference}/files/{id}`, and `?small` for its preview.
pub async fn send(app: &App, headers: &HeaderMap, reference: &str, id: &str, query: Option<&str>) -> Response {
    let Some(reference) = Reference::parse(reference) else { return Failure::NotFound.into_response() };
    let opened = match reader_of(app, headers, &reference).await {
        Ok(reader) => open(app, &reference, reader.right, id, query == Some(PREVIEW)).await,
        Err(error) => Err(error),
    };
    let (attachment, body) = match opened {
        Ok(opened) => opened,
        Err(error) => return failure(&error).into_response(),
    };
    answer_with(&attachment, body)
}

/// `GET /{lang}/contact/files/{token}`: the small picture of one that an earlier try left.
pub async fn staged_preview(State(app): State<App>, Path((_, token)): Path<(String, String)>) -> Response {
    match app.files.staged_preview(&token).await {
        Ok(Some((attachment, body))) => answer_with(&attachment, body),
        Ok(None) => Failure::NotFound.into_response(),
        Err(error) => failure(&error).into_response(),
    }
}

/// A file as an answer.
pub fn answer_with(attachment: &Attachment, body: Body) -> Response {
    let mut response = body.into_response();
    let answer = response.headers_mut();
    answer.insert(header::CONTENT_SECURITY_POLICY, FILE_POLICY);
    answer.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin"));
    answer.insert(header::CONTENT_LENGTH, HeaderValue::from(attachment.bytes));
    for (name, value) in [(header::CONTENT_TYPE, attachment.media_type.clone()), (header::CONTENT_DISPOSITION, disposition(attachment))] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            answer.insert(name, value);
        }
    }
    response
}

async fn open(app: &App, reference: &Reference, right: Right, id: &str, is_preview: bool) -> Result<(Attachment, Body), ServiceError> {
    let attachment = app.tickets.read().file(reference, right, id).await?;
    if is_preview {
        return app.files.preview(attachment).await;
    }
    let body = app.files.stream(&attachment.id).await?;
    Ok((attachment, body))
}

/// How much a form may post.
pub fn bounds(config: &Config) -> posted::Bounds {
    posted::Bounds {
        text_max_bytes: config.limits.form_max_bytes,
        files_max: config.attachments.files_max,
        file_max_bytes: config.attachments.file_max_bytes,
    }
}

/// Only what we wrote ourselves is shown by the browser; the rest is saved.
fn disposition(attachment: &Attachment) -> String {
    let way = if attachment.size.is_some() { "inline" } else { "attachment" };
    let plain: String = attachment.name.chars().map(|char| if char.is_ascii_alphanumeric() || "._- ".contains(char) { char } else { '_' }).collect();
    format!("{way}; filename=\"{plain}\"; filename*=UTF-8''{}", utf8_percent_encode(&attachment.name, NON_ALPHANUMERIC))
}

/// What to tell the author of a file that was not taken.
fn problem_text(lang: Lang, limits: &Attachments, name: &str, problem: FileProblem) -> String {
    let words = lang.files();
    let text = match problem {
        FileProblem::TooLarge => words.too_large,
        FileProblem::TooMany => words.too_many,
        FileProblem::NoRoom => words.no_room,
        FileProblem::Kind => words.kind,
        FileProblem::Damaged => words.damaged,
        FileProblem::BrokenPdf => words.broken_pdf,
        FileProblem::Empty => words.empty,
        FileProblem::Heic => words.heic,
        FileProblem::Winmail => words.winmail,
        FileProblem::Encrypted => words.encrypted,
        FileProblem::Gone => words.gone,
    };
    // The name last: what stands in braces in it stays as it is.
    let name = if name.is_empty() { words.nameless } else { name };
    with_limits(lang, limits, text).replace("{name}", name)
}

fn with_limits(lang: Lang, limits: &Attachments, text: &str) -> String {
    let size = lang.bytes(i64::try_from(limits.file_max_bytes).unwrap_or(i64::MAX / 16));
    text.replace("{n}", &limits.files_max.to_string()).replace("{size}", &size)
}

/// The problems of a form's files as sentences.
pub fn problem_texts(lang: Lang, limits: &Attachments, taken: &Taken) -> Vec<String> {
    taken.problems.iter().map(|(name, problem)| problem_text(lang, limits, name, *problem)).collect()
}

/// The control, with what an earlier try left. Its form must be `multipart/form-data`. `id` names the control on the page.
pub fn file_field(lang: Lang, limits: &Attachments, taken: &Taken) -> AnyView {
    if limits.files_max == 0 {
        return ().into_any();
    }
    let words = lang.files();
    let problems = problem_texts(lang, limits, taken);
    let described = if problems.is_empty() { "files-hint" } else { "files-hint files-error" };
    let invalid = (!problems.is_empty()).then_some("true");
    let errors = (!problems.is_empty()).then(|| {
        let lines = problems.into_iter().map(|text| view! { <p class="error"><Draw icon=Icon::Warning /><span>{text}</span></p> });
        view! { <div id="files-error">{lines.collect_view()}</div> }
    });
    let kept = (!taken.kept.is_empty()).then(|| {
        let rows = taken.kept.iter().map(|(attachment, token)| kept_row(lang, attachment, token)).collect_view();
        view! { <fieldset class="kept-files"><legend class="hint">{words.kept}</legend><ul>{rows}</ul></fieldset> }
    });
    let pieces = pieces(lang, limits);
    view! {
        <div class="field field-files">
            <label class="label" for=FILES>{words.label} " " <span class="optional">{lang.contact().optional}</span></label>
            <p class="hint" id="files-hint">{with_limits(lang, limits, words.hint)}</p>
            {kept}
            <input class="input file" id=FILES name=FILES type="file" multiple accept=ACCEPT aria-describedby=described aria-invalid=invalid autofocus=invalid.is_some() />
            {errors}
            {pieces}
        </div>
    }
    .into_any()
}

/// What `public/files.js` puts into the field: its parts and its words, and where a single file goes. Without it nothing of this is seen.
fn pieces(lang: Lang, limits: &Attachments) -> AnyView {
    let words = lang.files();
    let of_limits = |text| with_limits(lang, limits, text);
    view! {
        <template
            data-post=format!("/{}/contact/files", lang.code())
            data-max=limits.files_max.to_string()
            data-bytes=limits.file_max_bytes.to_string()
            data-many=of_limits(words.too_many)
            data-large=of_limits(words.too_large)
            data-kind=words.kind
            data-heic=words.heic
            data-busy=words.no_room
            data-lost=words.lost
            data-offline=words.offline
            data-received=words.received
            data-removed=words.removed
            data-wait=words.wait
        >
            <label class="file-choose" for=FILES><Draw icon=Icon::Clip /> <span>{words.choose}</span></label>
            <p class="hint drop-hint">{words.drop_here}</p>
            <fieldset class="kept-files"><legend class="sr">{words.attached}</legend><ul></ul></fieldset>
            <ul>
                <li>
                    <Draw icon=Icon::Clip />
                    <span class="file-name" dir="auto"></span>
                    <span class="meta"></span>
                    <progress max="1" value="0" aria-label=words.sending></progress>
                    <button class="button file-remove" type="button">{words.remove} " " <span class="sr"></span></button>
                </li>
            </ul>
            <p class="error"><Draw icon=Icon::Warning /><span></span></p>
        </template>
    }
    .into_any()
}

/// `POST /{lang}/contact/files`: one file ahead of its form. The answer is the line that the form shows of it, or why it was not taken; the
/// form then names it as one that an earlier try left.
pub async fn take(State(app): State<App>, client: Client, Path(lang): Path<String>, request: Request) -> Response {
    let Some(lang) = Lang::parse(&lang) else { return Failure::NotFound.into_response() };
    let bounds = posted::Bounds { files_max: 1, ..bounds(&app.config) };
    let posted = match posted::read(request, bounds, client.ip).await {
        Ok(posted) => posted,
        Err(failure) => return failure.into_response(),
    };
    match app.files.take_form(posted, client.ip).await {
        Ok(taken) => match (taken.kept.first(), problem_texts(lang, &app.config.attachments, &taken).first()) {
            (Some((attachment, token)), None) => personal(StatusCode::OK, kept_row(lang, attachment, token).to_html()),
            (_, Some(text)) => personal(StatusCode::UNPROCESSABLE_ENTITY, view! { <p>{text.clone()}</p> }.to_html()),
            (None, None) => Failure::BadRequest.into_response(),
        },
        Err(error) => {
            tracing::warn!(%error, "a file could not be taken");
            Failure::Unavailable.into_response()
        }
    }
}

fn kept_row(lang: Lang, attachment: &Attachment, token: &str) -> AnyView {
    let picture = match attachment.size {
        Some(_) => view! { <img src=format!("/{}/contact/files/{token}", lang.code()) alt="" /> }.into_any(),
        None => view! { <Draw icon=Icon::Clip /> }.into_any(),
    };
    view! {
        <li>
            <input type="hidden" name=STAGED value=token.to_owned() />
            {picture}
            <span class="file-name" dir="auto">{attachment.name.clone()}</span>
            " "
            <span class="meta">{lang.bytes(attachment.bytes)}</span>
            <label class="check">
                <input type="checkbox" name=UNWANTED value=token.to_owned() />
                <span>{lang.files().remove} " " <span class="sr">{attachment.name.clone()}</span></span>
            </label>
        </li>
    }
    .into_any()
}

/// The files of one message of a ticket, under its text.
pub fn files_of(lang: Lang, shown: &TicketView, message: &str) -> AnyView {
    let reference = &shown.ticket.key.reference;
    let rows: Vec<_> =
        shown.files.iter().filter(|file| file.message.as_deref() == Some(message)).map(|file| file_row(lang, reference, file)).collect();
    (!rows.is_empty()).then(|| view! { <ul class="message-files" aria-label=lang.files().attached>{rows}</ul> }).into_any()
}

fn file_row(lang: Lang, reference: &Reference, file: &Attachment) -> AnyView {
    let address = format!("{}/files/{}", page_path(lang, reference), file.id);
    let preview = file.size.map(|(width, height)| {
        let (width, height) = fitted(width, height);
        let source = if file.has_preview() { format!("{address}?{PREVIEW}") } else { address.clone() };
        view! { <img src=source alt="" width=width height=height loading="lazy" /> }
    });
    let mark = file.size.is_none().then(|| view! { <Draw icon=Icon::Clip /> });
    view! {
        <li>
            <a href=address.clone()>{preview} {mark} <span class="file-name" dir="auto">{file.name.clone()}</span></a>
            " "
            <span class="meta">{lang.bytes(file.bytes)}</span>
        </li>
    }
    .into_any()
}

/// Width and height of a preview, in the picture's shape.
fn fitted(width: i64, height: i64) -> (i64, i64) {
    let longer = width.max(height).max(1);
    if longer <= PREVIEW_MAX_PIXELS {
        return (width.max(1), height.max(1));
    }
    ((width * PREVIEW_MAX_PIXELS / longer).max(1), (height * PREVIEW_MAX_PIXELS / longer).max(1))
}
