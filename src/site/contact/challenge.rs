//! A message shown to its author once more, with a button: see [`crate::spam::challenge`]. Plain HTML, made for one request.

use crate::site::respond::personal;
use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use crate::app::App;
use crate::articles::model::Reason;
use crate::files::{STAGED, Taken};
use crate::i18n::Lang;
use crate::intake::contact_form::{EMAIL_SURE, FORM_ID, Field, NO_CODE, SECTION, Typed, VISITS};
use crate::spam::{EDIT, SHOWN};
use crate::ui::frame::Document;
use crate::ui::{Frame, parts, render};

/// `path` is where the form was posted to, `shown` the signed time.
pub(super) async fn page(app: &App, lang: Lang, path: &str, typed: Typed, files: Taken, shown: String) -> Response {
    let (site, library) = (Arc::clone(&app.site), app.content.library());
    let reason = library.reason(typed.reason.trim()).cloned();
    let path = path.to_owned();
    let html = render::page(move || {
        let frame = Frame::private(lang, lang.challenge().title, "/contact");
        let body = content(lang, &path, &typed, reason.as_ref(), &files, &shown);
        view! { <Document site=site.clone() frame=frame body=body /> }
    })
    .await;
    personal(StatusCode::OK, html)
}

fn content(lang: Lang, path: &str, typed: &Typed, reason: Option<&Reason>, files: &Taken, shown: &str) -> AnyView {
    let words = lang.challenge();
    view! {
        <div class="wrap narrow">
            <div class="plain-head">
                {parts::crumbs(lang, &[])}
                <h1>{words.title}</h1>
                <p class="lede">{words.lede}</p>
            </div>
            <form class="form" action=path.to_owned() method="post">
                {hidden(typed, files, shown)}
                {facts(lang, typed, reason, files)}
                <div class="button-row">
                    <button class="button button-primary button-big" type="submit">{words.send}</button>
                    <button class="button button-big" type="submit" name=EDIT value="1" formaction=format!("{path}#contact")>{words.edit}</button>
                </div>
            </form>
        </div>
    }
    .into_any()
}

/// Everything that was typed, to be posted again as it is.
fn hidden(typed: &Typed, files: &Taken, shown: &str) -> AnyView {
    let no_code = if typed.no_code { "1" } else { "" };
    let fields = [
        (SECTION, typed.section.as_str()),
        (Field::Reason.name(), typed.reason.as_str()),
        (Field::Subject.name(), typed.subject.as_str()),
        (Field::Name.name(), typed.name.as_str()),
        (Field::Email.name(), typed.email.as_str()),
        (EMAIL_SURE, typed.email_sure.as_str()),
        (Field::Code.name(), typed.code.as_str()),
        (NO_CODE, no_code),
        (Field::Message.name(), typed.message.as_str()),
        (SHOWN, shown),
        (FORM_ID, typed.form_id.as_str()),
        (VISITS, typed.visits.as_str()),
    ];
    let staged = files.kept.iter().map(|(_, token)| (STAGED, token.as_str()));
    let inputs = fields.into_iter().filter(|(_, value)| !value.is_empty()).chain(staged);
    inputs.map(|(name, value)| view! { <input type="hidden" name=name value=value.to_owned() /> }).collect_view().into_any()
}

fn facts(lang: Lang, typed: &Typed, reason: Option<&Reason>, files: &Taken) -> AnyView {
    let words = lang.contact();
    let names: Vec<&str> = files.kept.iter().map(|(attachment, _)| attachment.name.as_str()).collect();
    let lines = [
        (words.reason, reason.map(|reason| reason.texts[lang].title.clone()).unwrap_or_default()),
        (words.subject, typed.subject.clone()),
        (words.name, typed.name.clone()),
        (words.email, typed.email.clone()),
        (words.code, typed.code.clone()),
        (lang.files().attached, names.join(", ")),
    ];
    let lines = lines.into_iter().filter(|(_, value)| !value.is_empty());
    let lines = lines.map(|(label, value)| view! { <div><dt>{label}</dt><dd dir="auto">{value}</dd></div> }).collect_view();
    view! {
        <dl class="facts">
            {lines}
            <div><dt>{words.message}</dt><dd class="message-text" dir="auto">{typed.message.clone()}</dd></div>
        </dl>
    }
    .into_any()
}
