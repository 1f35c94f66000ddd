//! The two forms of a ticket's page, answer and note, and what is about to leave.

use leptos::prelude::*;

use super::files::control;
use super::insert::Panels;
use super::loaded::Loaded;
use super::{panels, path};
use crate::desk::fields::problem;
use crate::desk::leaving;
use crate::files::Attachment;
use crate::tickets::drafts::{DRAFT_MAX_CHARS, DraftKind, SavedDraft};
use crate::ui::TextArea;

/// What is said at the top of the page.
#[derive(Debug, Clone, Copy)]
pub(super) enum Said {
    Done(&'static str),
    /// The same, of a step that can be taken back.
    Changed(&'static str),
    Problem(&'static str),
}

/// What was typed into a form that was not taken, and why.
#[derive(Debug, Clone)]
pub(super) struct Typed {
    pub(super) kind: DraftKind,
    pub(super) text: String,
    pub(super) files: Vec<(Attachment, String)>,
    /// Of the draft that has it.
    pub(super) version: i64,
    pub(super) why: Why,
}

#[derive(Debug, Clone)]
pub(super) enum Why {
    /// What is wrong, as sentences.
    Problems(Vec<String>),
    /// Something was said since the page was made.
    SaidSince,
    /// Another page saved something else.
    NewerDraft,
    /// Nothing is wrong: something was inserted, found, or is shown before it is sent.
    Prepared,
}

/// What the page shows besides what is stored.
#[derive(Debug, Clone, Default)]
pub(super) struct State {
    pub(super) said: Option<Said>,
    pub(super) typed: Option<Typed>,
    pub(super) panels: Panels,
    /// Tags that were typed and not taken.
    pub(super) tags: Option<String>,
}

/// Answers that leave in a moment: their author can take them back.
pub(super) fn held(loaded: &Loaded) -> AnyView {
    let words = loaded.shown.lang.desk_ticket();
    let rows = loaded.held.iter().map(|answer| {
        if answer.staff != loaded.shown.staff {
            return view! { <p class="notice" role="status">{words.held_of.replace("{name}", &loaded.name(&answer.staff))}</p> }.into_any();
        }
        let time = leaving::clock(&loaded.shown.site, answer.release_at);
        view! {
            <div class="notice notice-success held" role="status">
                <p>{words.held_yours.replace("{time}", &time)}</p>
                <form action=format!("{}/undo", path(&loaded.ticket.key.reference)) method="post">
                    <button class="button" type="submit" name="answer" data-key="z" value=answer.id.clone()>{words.undo}</button>
                </form>
                <div class="said-text" lang=loaded.ticket.lang.tag()>{answer.body.clone()}</div>
            </div>
        }
        .into_any()
    });
    let elsewhere = leaving::notices(&loaded.shown.site, loaded.shown.lang, &loaded.own_held, Some(&loaded.ticket.key.reference));
    view! { <div id="held">{rows.collect_view()} {elsewhere}</div> }.into_any()
}

pub(super) fn both(loaded: &Loaded, state: &State) -> AnyView {
    // What was typed is there, also where it can't be sent now.
    let has_text = !loaded.reply.0.body.is_empty() || state.typed.as_ref().is_some_and(|typed| typed.kind == DraftKind::Reply);
    let reply = (loaded.ticket.takes_answers() || has_text)
        .then(|| reply(loaded, state.typed.as_ref().filter(|typed| typed.kind == DraftKind::Reply), &state.panels));
    let note = note(loaded, state.typed.as_ref().filter(|typed| typed.kind == DraftKind::Note));
    view! { <div class="desk-forms">{reply} {note}</div> }.into_any()
}

/// Text, files and version that a form shows: what was typed just now, else the draft.
fn content(typed: Option<&Typed>, draft: &(SavedDraft, Vec<(Attachment, String)>)) -> (String, Vec<(Attachment, String)>, i64) {
    match typed {
        Some(typed) => (typed.text.clone(), typed.files.clone(), typed.version),
        None => (draft.0.body.clone(), draft.1.clone(), draft.0.version),
    }
}

fn reply(loaded: &Loaded, typed: Option<&Typed>, shown: &Panels) -> AnyView {
    let (lang, words, ticket) = (loaded.shown.lang, loaded.shown.lang.desk_ticket(), &loaded.ticket);
    let (text, files, version) = content(typed, &loaded.reply);
    let hint = if loaded.sends_mail { words.reply_hint } else { lang.desk_tools().reply_hint_no_mail };
    let hint = hint.replace("{name}", &ticket.name).replace("{lang}", ticket.lang.name_in(lang));
    let is_asked_again = typed.is_some_and(|typed| matches!(typed.why, Why::SaidSince));
    let can_send = ticket.takes_answers();
    let blocked = (!can_send).then(|| view! { <div class="notice notice-warning" role="status"><p>{lang.desk_tools().no_answers_now}</p></div> });
    let to_note =
        (is_asked_again || !can_send).then(|| view! { <button class="button" type="submit" name="do" value="note">{words.to_note}</button> });
    let send = if is_asked_again { words.send_anyway } else { words.send };
    let files = (loaded.files_max > 0).then(|| control(lang, "reply-files", &files));
    view! {
        <form class="form desk-write" id="reply" action=format!("{}/reply", path(&ticket.key.reference)) method="post" enctype="multipart/form-data" data-draft="reply">
            {panels::first_button()}
            {hidden(loaded, version)}
            {notice(loaded, typed)}
            {blocked}
            {panels::notes(loaded, shown)}
            <div class="field">
                <label class="label" for="reply-text">{words.reply_label}</label>
                <p class="hint" id="reply-hint">{hint}</p>
                <TextArea id="reply-text" name="text" text=text rows=6 max_chars=DRAFT_MAX_CHARS described_by="reply-hint" invalid=is_wrong(typed) autofocus=typed.is_some() />
                {problems(typed)}
            </div>
            {panels::both(loaded, shown)}
            {files}
            <div class="button-row">
                {can_send.then(|| view! {
                    <button class="button button-primary" type="submit" name="do" value="send">{send}</button>
                    <button class="button" type="submit" name="do" value="solve">{words.send_solve}</button>
                })}
                {to_note}
                <button class="button" type="submit" name="do" value="preview">{lang.desk_replies().preview}</button>
                <button class="button" type="submit" name="do" value="draft">{words.save_draft}</button>
                <p class="meta draft-state" role="status" data-saved=words.draft_saved></p>
            </div>
        </form>
    }
    .into_any()
}

fn note(loaded: &Loaded, typed: Option<&Typed>) -> AnyView {
    let (lang, words) = (loaded.shown.lang, loaded.shown.lang.desk_ticket());
    let (text, files, version) = content(typed, &loaded.note);
    let is_open = typed.is_some() || !text.is_empty();
    let files = (loaded.files_max > 0).then(|| control(lang, "note-files", &files));
    view! {
        <details class="desk-note" id="note" open=is_open>
            <summary data-key="i">{words.note}</summary>
            <form class="form desk-write" action=format!("{}/note", path(&loaded.ticket.key.reference)) method="post" enctype="multipart/form-data" data-draft="note">
                {hidden(loaded, version)}
                {notice(loaded, typed)}
                <div class="field">
                    <label class="label" for="note-text">{words.note_label}</label>
                    <TextArea id="note-text" name="text" text=text rows=4 max_chars=DRAFT_MAX_CHARS invalid=is_wrong(typed) autofocus=typed.is_some() />
                    {problems(typed)}
                </div>
                {files}
                <div class="button-row">
                    <button class="button button-primary" type="submit" name="do" value="send">{words.add_note}</button>
                    <button class="button" type="submit" name="do" value="draft">{words.save_draft}</button>
                    <p class="meta draft-state" role="status" data-saved=words.draft_saved></p>
                </div>
            </form>
        </details>
    }
    .into_any()
}

fn hidden(loaded: &Loaded, version: i64) -> AnyView {
    view! {
        <input type="hidden" name="base_seq" value=loaded.base_seq.to_string() />
        <input type="hidden" name="draft_version" value=version.to_string() />
    }
    .into_any()
}

fn is_wrong(typed: Option<&Typed>) -> bool {
    typed.is_some_and(|typed| matches!(typed.why, Why::Problems(_)))
}

fn problems(typed: Option<&Typed>) -> AnyView {
    let Some(Typed { why: Why::Problems(texts), kind, .. }) = typed else { return ().into_any() };
    let texts = texts.iter().enumerate().map(|(at, text)| problem(format!("{}-problem-{at}", kind.word()), text.clone()));
    view! { <div role="alert">{texts.collect_view()}</div> }.into_any()
}

/// Why a text that nothing is wrong with was not sent.
fn notice(loaded: &Loaded, typed: Option<&Typed>) -> AnyView {
    let words = loaded.shown.lang.desk_ticket();
    let (title, text) = match typed.map(|typed| &typed.why) {
        Some(Why::SaidSince) => (words.said_since_title, words.said_since_text),
        Some(Why::NewerDraft) => (words.newer_draft_title, words.newer_draft_text),
        _ => return ().into_any(),
    };
    view! { <div class="notice notice-warning" role="alert"><div><h2>{title}</h2><p>{text}</p></div></div> }.into_any()
}
