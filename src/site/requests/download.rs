//! `GET /{lang}/requests/{reference}/conversation.txt`: all that this reader may see, as a text to keep.

use crate::site::reader::failure;
use crate::site::reader::reader_of;
use std::fmt::Write;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::i18n::Lang;
use crate::tickets::model::{MessageKind, Reference, TicketView};
use crate::ui::{Site, parts};
use crate::values::rich_text;
use crate::web::Failure;

pub async fn conversation(State(app): State<App>, Path((lang, reference)): Path<(String, String)>, headers: HeaderMap) -> Response {
    let (Some(lang), Some(reference)) = (Lang::parse(&lang), Reference::parse(&reference)) else { return Failure::NotFound.into_response() };
    let view = match reader_of(&app, &headers, &reference).await {
        Ok(reader) => app.tickets.read().view(&reference, reader.right).await,
        Err(error) => Err(error),
    };
    match view {
        Ok(view) => {
            // A reference holds letters, digits and hyphens only.
            let name = format!("attachment; filename=\"{reference}.txt\"");
            let kind = "text/plain; charset=utf-8".to_owned();
            ([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)], text(&app.site, lang, &view)).into_response()
        }
        Err(error) => failure(&error).into_response(),
    }
}

fn text(site: &Site, lang: Lang, shown: &TicketView) -> String {
    let words = lang.contact();
    let ticket = &shown.ticket;
    let mut text = format!("{} {}\n{}\n", words.request, ticket.key.reference, ticket.subject);
    for message in &shown.messages {
        let who = match shown.writer(message) {
            Some(name) => format!("{name}, {}", words.team),
            None => (if message.kind() == MessageKind::Customer { ticket.name.as_str() } else { words.team }).to_owned(),
        };
        let body = if message.is_rich() { rich_text::to_plain(&message.body) } else { message.body.clone() };
        let _ = write!(text, "\n---\n{who} · {}\n\n{}\n", parts::moment(site, lang, message.at).1, body);
        let files = shown.files.iter().filter(|file| file.message.as_deref() == Some(message.id.as_str()));
        let files = files.map(|file| format!("{} ({})", file.name, lang.bytes(file.bytes))).collect::<Vec<_>>().join(", ");
        if !files.is_empty() {
            let _ = write!(text, "\n{}: {files}\n", lang.files().attached);
        }
    }
    if shown.withheld.is_some() {
        let _ = write!(text, "\n---\n{}. {}\n", words.withheld_title, words.withheld_text);
    }
    text
}
