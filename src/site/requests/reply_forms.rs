//! The forms of a ticket's own page. Plain HTML.

use crate::files::Taken;
use crate::intake::reply_form::Typed;
use leptos::prelude::*;

use super::buyer::BuyerState;
use super::mailbox::CodeState;
use super::rating::rating;
use super::sign_in_forms::error;
use crate::clock::Micros;
use crate::files::settings::Attachments;
use crate::i18n::Lang;
use crate::intake::contact_form::Field;
use crate::intake::reply_form::{SOLVE, WISH, WRITE};
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
    pub code: CodeState,
    pub buyer: BuyerState,
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
        (_, false) => notice(Icon::Info, "notice", words.over_title, words.over_text),
        (true, true) => notice(Icon::Check, "notice notice-success", words.solved_title, words.solved_text),
        (false, true) => ().into_any(),
    };
    let rating = is_over.then(|| rating(lang, &action, ticket, state));
    let write = write(lang, &action, state, limits, takes_messages, !is_over);
    // Renewed, a form that came back would lose what was typed into it.
    let renewed = state.is_untouched().then_some("reply");
    view! {
        <section class="reply" id=NEXT tabindex="-1" aria-labelledby="reply" data-renewed=renewed>
            {told}
            {rating}
            {if is_over { folded(lang, is_typed(state), takes_messages, write) } else { write }}
            <p class="button-row">
                <a href=action.clone()>{words.look_again}</a>
                <a href=format!("{action}/conversation.txt") download="">{words.download}</a>
            </p>
        </section>
    }
    .into_any()
}

/// Of a ticket that is over, what can be written is the exception.
fn folded(lang: Lang, is_open: bool, takes_messages: bool, form: AnyView) -> AnyView {
    let words = lang.conversation();
    let summary = if takes_messages { words.write_again } else { words.file_anew };
    view! { <details class="fold write-again" open=is_open><summary>{summary}</summary>{form}</details> }.into_any()
}

fn is_typed(state: &ReplyState) -> bool {
    !state.typed.message.is_empty()
        || state.typed.message_problem.is_some()
        || state.notice.is_some()
        || !state.files.kept.is_empty()
        || !state.files.problems.is_empty()
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
    // Its script takes what it says for what was not sent.
    let refused = is_typed(state).then_some("");
    let (invalid, send) = (problem.is_some(), if takes_messages { words.send } else { words.file_anew });
    view! {
        <form class="form" action=action.to_owned() method="post" enctype="multipart/form-data" novalidate data-reply data-refused=refused>
            {warned}
            <div class="field">
                <h2 id="reply"><label for="message">{words.write}</label></h2>
                <p class="hint" id="message-hint">{words.write_hint}</p>
                <TextArea id="message" name="message" text=state.typed.message.clone() rows=5 max_chars=MESSAGE_MAX_CHARS required=true described_by=described_by invalid=invalid autofocus=invalid />
                {problem.map(|text| error("message-error", text))}
            </div>
            <p class="new-answer" data-new-answer hidden>
                <a href="#conversation"><Draw icon=Icon::Arrow />{words.new_answer}</a>
            </p>
            {file_field(lang, limits, &state.files)}
            <button class="button button-primary" type="submit" name=WISH value=WRITE>{send}</button>
            {solve}
        </form>
    }
    .into_any()
}

fn notice(icon: Icon, class: &'static str, title: &'static str, text: &'static str) -> AnyView {
    view! { <div class=class><Draw icon=icon /><div><h3>{title}</h3><p>{text}</p></div></div> }.into_any()
}
