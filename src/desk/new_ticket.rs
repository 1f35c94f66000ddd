//! A ticket for a customer who called, or wrote somewhere else.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use super::fields::{Field as Line, problem};
use super::ticket::files::control;
use super::who::Who;
use super::{failure, frame};
use crate::app::App;
use crate::articles::model::Library;
use crate::files::{Attachment, Taken};
use crate::i18n::Lang;
use crate::intake::ToldToStaff;
use crate::intake::contact_form::{self, Field, FormPlace, NO_CODE, Rejected, Typed};
use crate::site::files::{bounds, problem_texts};
use crate::tickets::model::FieldProblem;
use crate::ui::TextArea;
use crate::values::{CODE_MAX_CHARS, MESSAGE_MAX_CHARS, NAME_MAX_CHARS, SUBJECT_MAX_CHARS};
use crate::web::client_ip::Client;
use crate::web::{form, posted, redirect};

pub(super) const PATH: &str = "/desk/tickets/new";

/// What the form shows.
#[derive(Clone)]
struct Shown {
    typed: Typed,
    problems: Vec<(Field, FieldProblem)>,
    file_problems: Vec<String>,
    files: Vec<(Attachment, String)>,
    /// Of the customer.
    lang: Lang,
    is_by_phone: bool,
    confirms: bool,
}

/// `GET /desk/tickets/new`.
pub(super) async fn show(State(app): State<App>, Extension(who): Extension<Who>) -> Response {
    let shown = Shown {
        typed: Typed::default(),
        problems: Vec::new(),
        file_problems: Vec::new(),
        files: Vec::new(),
        lang: app.site.default_lang,
        is_by_phone: true,
        confirms: app.config.sends_mail(),
    };
    page(&app, &who, StatusCode::OK, shown).await
}

/// `POST /desk/tickets/new`.
pub(super) async fn take(State(app): State<App>, client: Client, Extension(who): Extension<Who>, request: Request) -> Response {
    let posted = match posted::read(request, bounds(&app.config), client.ip).await {
        Ok(posted) => posted,
        Err(failure) => return failure.into_response(),
    };
    let mut pairs = posted.pairs.clone();
    let taken = match app.files.take_form(posted, client.ip).await {
        Ok(taken) => taken,
        Err(error) => return failure::of(&error).into_response(),
    };
    let field = |name: &str| form::value(&pairs, name).unwrap_or_default().to_owned();
    let (lang, is_by_phone, confirms) =
        (Lang::parse(&field("lang")).unwrap_or(app.site.default_lang), field("by") == "phone", !field("confirms").is_empty());
    // On the telephone nobody has their code at hand.
    pairs.push((NO_CODE.to_owned(), "on".to_owned()));
    let library = app.content.library();
    let place = FormPlace { lang, article: None, reasons: &library.reasons, code_pattern: Some(&app.config.code_pattern) };
    let draft = match contact_form::parse(&pairs, place) {
        Ok(draft) if taken.problems.is_empty() => draft,
        other => {
            let (typed, problems) = match other {
                Ok(_) => (Typed::from_pairs(&pairs), Vec::new()),
                Err(Rejected { typed, problems }) => (typed, problems),
            };
            let file_problems = problem_texts(who.lang, &app.config.attachments, &taken);
            let shown = Shown { typed, problems, file_problems, files: taken.kept, lang, is_by_phone, confirms };
            return page(&app, &who, StatusCode::UNPROCESSABLE_ENTITY, shown).await;
        }
    };
    let Taken { kept, .. } = taken;
    let told = ToldToStaff { staff: &who.member.id, draft: &draft, is_by_phone, confirms, files: &kept };
    match app.intake.open_for_customer(told).await {
        Ok(reference) => redirect::see_other(&format!("/desk/tickets/{reference}?done=opened")),
        Err(error) => failure::of(&error).into_response(),
    }
}

async fn page(app: &App, who: &Who, status: StatusCode, shown: Shown) -> Response {
    let (library, lang) = (app.content.library(), who.lang);
    let words = lang.desk_tools();
    let (code_example, files_max) = (app.config.code_example.clone(), app.config.attachments.files_max);
    frame::page(app, Some(who), lang, status, words.new_ticket, move || {
        view! {
            <div class="desk-narrow">
                <nav class="meta"><a href="/desk" data-key="u">{lang.desk_ticket().back}</a></nav>
                <h1>{words.new_ticket}</h1>
                <p class="lede">{words.new_ticket_text}</p>
                {form_of(&library, lang, &shown, &code_example, files_max)}
            </div>
        }
        .into_any()
    })
    .await
}

fn form_of(library: &Arc<Library>, lang: Lang, shown: &Shown, code_example: &str, files_max: usize) -> AnyView {
    let (words, contact, typed) = (lang.desk_tools(), lang.contact(), &shown.typed);
    let wrong = |field: Field| {
        let found = shown.problems.iter().find(|(of, _)| *of == field);
        found.map(|(field, problem)| problem.text(*field, lang, code_example))
    };
    let reasons = library.reasons.iter().map(|reason| {
        view! { <option value=reason.id.clone() selected=reason.id == typed.reason>{reason.texts[lang].title.clone()}</option> }
    });
    let reason_problem = wrong(Field::Reason).map(|text| problem("reason-error".to_owned(), text));
    let reasons = (!library.reasons.is_empty()).then(|| {
        view! {
            <div class="field">
                <label class="label" for="reason">{lang.desk_list().reason}</label>
                <span class="select"><select class="input" id="reason" name="reason"><option value="">"–"</option>{reasons.collect_view()}</select></span>
                {reason_problem}
            </div>
        }
    });
    let langs = Lang::ALL.map(|one| view! { <option value=one.code() selected=one == shown.lang>{one.own_name()}</option> });
    let ways = [("phone", words.by_phone, shown.is_by_phone), ("elsewhere", words.by_other, !shown.is_by_phone)];
    let ways = ways.map(|(value, name, is_chosen)| view! { <option value=value selected=is_chosen>{name}</option> });
    let message_problem = wrong(Field::Message);
    let is_wrong = message_problem.is_some();
    let file_problems = shown.file_problems.iter().enumerate().map(|(at, text)| problem(format!("file-problem-{at}"), text.clone())).collect_view();
    view! {
        <form class="form" action=PATH method="post" enctype="multipart/form-data" novalidate>
            {Line::text("name", lang.desk_people().name, NAME_MAX_CHARS).value(&typed.name).wrong(wrong(Field::Name)).view()}
            {Line::email("email", words.customer_email, "off").value(&typed.email).wrong(wrong(Field::Email)).view()}
            <div class="field">
                <label class="label" for="lang">{lang.desk_list().lang}</label>
                <span class="select"><select class="input" id="lang" name="lang">{langs.into_iter().collect_view()}</select></span>
            </div>
            <div class="field">
                <label class="label" for="by">{words.by}</label>
                <span class="select"><select class="input" id="by" name="by">{ways.into_iter().collect_view()}</select></span>
            </div>
            {reasons}
            {Line::text("subject", contact.subject, SUBJECT_MAX_CHARS).value(&typed.subject).wrong(wrong(Field::Subject)).view()}
            {Line::text("code", contact.code, CODE_MAX_CHARS).value(&typed.code).wrong(wrong(Field::Code)).view()}
            <div class="field">
                <label class="label" for="message">{words.what_was_said}</label>
                <TextArea id="message" name="message" text=typed.message.clone() rows=6 max_chars=MESSAGE_MAX_CHARS invalid=is_wrong />
                {message_problem.map(|text| problem("message-error".to_owned(), text))}
            </div>
            {(files_max > 0).then(|| control(lang, "new-files", &shown.files))}
            {file_problems}
            <label class="check"><input type="checkbox" name="confirms" checked=shown.confirms /> {words.confirms}</label>
            <button class="button button-primary" type="submit">{words.open}</button>
        </form>
    }
    .into_any()
}
