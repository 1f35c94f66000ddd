//! What of a ticket can be put right: its reason, the customer's language, the address that answers go to.

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use super::loaded::Loaded;
use super::path;
use crate::app::App;
use crate::desk::failure;
use crate::desk::who::Who;
use crate::error::ServiceError;
use crate::events::Actor;
use crate::i18n::Lang;
use crate::tickets::Correction;
use crate::tickets::model::{EMAIL_MAX_CHARS, Email, Reference};
use crate::web::{Failure, form, redirect};

/// `POST …/correct`.
pub(in crate::desk) async fn take(State(app): State<App>, Extension(who): Extension<Who>, Path(reference): Path<String>, body: Bytes) -> Response {
    let Some(reference) = Reference::parse(&reference) else { return Failure::NotFound.into_response() };
    let pairs = form::pairs(&body);
    let field = |name: &str| form::value(&pairs, name).map(str::trim).filter(|value| !value.is_empty());
    let to = |done: &str| redirect::see_other(&format!("{}?done={done}", path(&reference)));
    let email = match field("email").map(Email::parse) {
        Some(Err(_)) => return to("bad_correction"),
        // Nobody gets another's answers by a slip of the hand.
        Some(Ok(_)) if field("consent").is_none() => return to("bad_correction"),
        Some(Ok(email)) => Some(email),
        None => None,
    };
    let library = app.content.library();
    let reason = field("reason").and_then(|id| library.reason(id)).map(|reason| reason.id.clone());
    let correction = Correction { reason, lang: field("lang").and_then(Lang::parse), email };
    match app.tickets.triage().correct(&reference, &correction, &Actor::Staff(who.member.id.clone())).await {
        Ok(_) => to("corrected"),
        Err(ServiceError::NotNow) => to("not_possible"),
        Err(error) => failure::of(&error).into_response(),
    }
}

/// The form, folded away: it is needed rarely.
pub(super) fn form(loaded: &Loaded) -> AnyView {
    let (lang, ticket) = (loaded.shown.lang, &loaded.ticket);
    let (words, list) = (lang.desk_tools(), lang.desk_list());
    let reasons = loaded.shown.library.reasons.iter().map(|reason| {
        let is_chosen = ticket.reason.as_ref() == Some(&reason.id);
        view! { <option value=reason.id.clone() selected=is_chosen>{reason.texts[lang].title.clone()}</option> }
    });
    let none = ticket.reason.is_none().then(|| view! { <option value="">"–"</option> });
    let langs = Lang::ALL.map(|one| view! { <option value=one.code() selected=one == ticket.lang>{one.own_name()}</option> });
    view! {
        <details class="fold desk-correct">
            <summary>{words.correct}</summary>
            <form class="form" action=format!("{}/correct", path(&ticket.key.reference)) method="post">
                <div class="field">
                    <label class="label" for="correct-reason">{list.reason}</label>
                    <span class="select"><select class="input" id="correct-reason" name="reason">{none} {reasons.collect_view()}</select></span>
                </div>
                <div class="field">
                    <label class="label" for="correct-lang">{list.lang}</label>
                    <span class="select"><select class="input" id="correct-lang" name="lang">{langs.into_iter().collect_view()}</select></span>
                </div>
                <div class="field">
                    <label class="label" for="correct-email">{words.new_email}</label>
                    <p class="hint" id="correct-email-hint">{words.new_email_hint}</p>
                    <input class="input" id="correct-email" type="email" name="email" maxlength=EMAIL_MAX_CHARS.to_string() autocomplete="off" aria-describedby="correct-email-hint" />
                </div>
                <label class="check"><input type="checkbox" name="consent" /> {words.consent}</label>
                <button class="button" type="submit">{lang.desk_ticket().save}</button>
            </form>
        </details>
    }
    .into_any()
}
