//! The forms of a ticket's own page. Plain HTML.

use crate::files::Taken;
use crate::intake::reply_form::Typed;
use leptos::prelude::*;

use crate::clock::Micros;
use crate::files::settings::Attachments;
use crate::i18n::Lang;
use crate::intake::contact_form::Field;
use crate::intake::reply_form::{RATE, REMARK_MAX_CHARS, SOLVE, WISH, WRITE};
use crate::site::files::file_field;
use crate::tickets::access::page_path;
use crate::tickets::model::{FieldProblem, MESSAGE_MAX_CHARS, Status, Ticket};
use crate::ui::TextArea;
use crate::ui::icons::{Draw, Icon};

/// What the forms of the page show besides their fields.
#[derive(Debug, Clone, Default)]
pub(super) struct ReplyState {
    pub typed: Typed,
    /// Why nothing could be taken although the fields were right: heading and text.
    pub notice: Option<(&'static str, &'static str)>,
    /// The files that arrived, and what was wrong with others.
    pub files: Taken,
}

impl ReplyState {
    /// Whether the forms are as everybody gets them.
    pub(super) fn is_untouched(&self) -> bool {
        self.typed == Typed::default() && self.notice.is_none() && self.files.kept.is_empty() && self.files.problems.is_empty()
    }
}

/// Where a ticket's page says what can be done next.
pub(super) const NEXT: &str = "next";

/// What the customer can do with a ticket as it stands now.
pub(super) fn forms(lang: Lang, ticket: &Ticket, state: &ReplyState, limits: &Attachments, now: Micros) -> AnyView {
    let words = lang.conversation();
    let action = page_path(lang, &ticket.key.reference);
    let is_over = matches!(ticket.status, Status::Solved | Status::Closed);
    let takes_messages = ticket.takes_messages(now);
    let told = match (is_over, takes_messages) {
        (_, false) => notice(Icon::Info, words.over_title, words.over_text),
        (true, true) => notice(Icon::Check, words.solved_title, words.solved_text),
        (false, true) => ().into_any(),
    };
    let rating = is_over.then(|| rating(lang, &action, ticket, state));
    // Renewed, a form that came back would lose what was typed into it.
    let renewed = state.is_untouched().then_some("reply");
    view! {
        <section class="reply" id=NEXT tabindex="-1" aria-labelledby="reply" data-renewed=renewed>
            {told}
            {rating}
            {write(lang, &action, state, limits, takes_messages, !is_over)}
            <p class="button-row">
                <a href=action.clone()>{words.look_again}</a>
                <a href=format!("{action}/conversation.txt") download="">{words.download}</a>
            </p>
        </section>
    }
    .into_any()
}

/// `can_solve`: a second button ends the ticket. It sends the same form, so that nothing that stands in it is lost.
fn write(lang: Lang, action: &str, state: &ReplyState, limits: &Attachments, takes_messages: bool, can_solve: bool) -> AnyView {
    let words = lang.conversation();
    let problem = state.typed.message_problem.map(|problem| match problem {
        FieldProblem::Missing => words.missing.to_owned(),
        other => other.text(Field::Message, lang, ""),
    });
    let warned = state.notice.map(|(title, text)| {
        view! {
            <div class="notice notice-warning" role="alert" tabindex="-1" autofocus=true>
                <Draw icon=Icon::Warning />
                <div><h3>{title}</h3><p>{text}</p></div>
            </div>
        }
    });
    let described_by = if problem.is_some() { "message-hint message-error" } else { "message-hint" };
    let solve = can_solve.then(|| {
        view! {
            <button class="button" type="submit" name=WISH value=SOLVE aria-describedby="solve-hint">{words.solve}</button>
            <p class="hint" id="solve-hint">{words.solve_text}</p>
        }
    });
    let (invalid, send) = (problem.is_some(), if takes_messages { words.send } else { words.file_anew });
    view! {
        <form class="form" action=action.to_owned() method="post" enctype="multipart/form-data" novalidate>
            {warned}
            <div class="field">
                <h2 id="reply"><label for="message">{words.write}</label></h2>
                <p class="hint" id="message-hint">{words.write_hint}</p>
                <TextArea id="message" name="message" text=state.typed.message.clone() rows=5 max_chars=MESSAGE_MAX_CHARS required=true described_by=described_by invalid=invalid autofocus=invalid />
                {problem.map(|text| error("message-error", text))}
            </div>
            {file_field(lang, limits, &state.files)}
            <button class="button button-primary" type="submit" name=WISH value=WRITE>{send}</button>
            {solve}
        </form>
    }
    .into_any()
}

/// Open until it was answered, then folded.
fn rating(lang: Lang, action: &str, ticket: &Ticket, state: &ReplyState) -> AnyView {
    let words = lang.conversation();
    let given = ticket.rating.as_ref();
    let is_wrong = state.typed.stars_problem || state.typed.remark_problem.is_some();
    let chosen = given.filter(|_| !is_wrong).map_or_else(|| state.typed.stars.clone(), |rating| rating.stars.to_string());
    let stars = words.stars.iter().enumerate().map(|(index, label)| {
        let value = (index + 1).to_string();
        let checked = value == chosen;
        view! {
            <label class="check">
                <input type="radio" name="stars" id=(index == 0).then_some("stars") value=value checked=checked required autofocus=index == 0 && state.typed.stars_problem />
                <span>{*label}</span>
            </label>
        }
    });
    let stars_error = state.typed.stars_problem.then(|| error("stars-error", words.choose_stars.to_owned()));
    let remark_error = state.typed.remark_problem.map(|problem| error("remark-error", problem.text(Field::Subject, lang, "")));
    let remark = given.filter(|_| !is_wrong).map_or_else(|| state.typed.remark.clone(), |rating| rating.comment.clone().unwrap_or_default());
    let described_by = state.typed.remark_problem.map(|_| "remark-error");
    let form = view! {
        <form class="form" action=action.to_owned() method="post" novalidate>
            <input type="hidden" name=WISH value=RATE />
            <fieldset class="field" aria-describedby=state.typed.stars_problem.then_some("stars-error")>
                <legend class="label">{words.rate}</legend>
                <div class="stars">{stars.collect_view()}</div>
                {stars_error}
            </fieldset>
            <div class="field">
                <label class="label" for="remark">{words.remark} " " <span class="optional">{lang.contact().optional}</span></label>
                <input class="input" id="remark" name="remark" type="text" maxlength=REMARK_MAX_CHARS.to_string() value=remark aria-describedby=described_by aria-invalid=described_by.map(|_| "true") autofocus=described_by.is_some() />
                {remark_error}
            </div>
            <button class="button" type="submit">{words.send_rating}</button>
        </form>
    };
    match given {
        Some(_) => {
            view! { <p>{words.rated}</p> <details class="fold" open=is_wrong><summary>{words.change_rating}</summary>{form}</details> }.into_any()
        }
        None => form.into_any(),
    }
}

fn error(id: &'static str, text: String) -> AnyView {
    view! { <p class="error" id=id><Draw icon=Icon::Warning /><span>{text}</span></p> }.into_any()
}

fn notice(icon: Icon, title: &'static str, text: &'static str) -> AnyView {
    view! { <div class="notice"><Draw icon=icon /><div><h3>{title}</h3><p>{text}</p></div></div> }.into_any()
}
