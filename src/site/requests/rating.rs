//! The customer judges the help: one press of one of five faces, and a sentence afterwards if they like.

use leptos::prelude::*;

use super::reply_forms::ReplyState;
use super::sign_in_forms::error;
use crate::i18n::Lang;
use crate::intake::contact_form::Field;
use crate::intake::reply_form::{RATE, REMARK_MAX_CHARS, WISH};
use crate::tickets::model::{Rating, Ticket};
use crate::ui::icons::{Draw, Icon};

/// Mouths from very bad to very good, on a grid of 24.
const MOUTHS: [&str; 5] = [
    "M8 16.5c1-2 2.3-3 4-3s3 1 4 3",
    "M8.5 16c1-1 2.2-1.4 3.5-1.4s2.5.4 3.5 1.4",
    "M8.5 15.2h7",
    "M8.5 14.5c1 1 2.2 1.4 3.5 1.4s2.5-.4 3.5-1.4",
    "M7.8 13.8c1 2.2 2.4 3.2 4.2 3.2s3.2-1 4.2-3.2z",
];

/// Of a ticket that is over.
pub(super) fn rating(lang: Lang, action: &str, ticket: &Ticket, state: &ReplyState) -> AnyView {
    let words = lang.conversation();
    let problem = state.typed.stars_problem.then(|| error("stars-error", words.choose_stars.to_owned()));
    let Some(given) = &ticket.rating else {
        // Typed beside no number of stars, so by no form of ours: it is not lost.
        let remark = (!state.typed.remark.is_empty()).then(|| remark_field(lang, state, &state.typed.remark));
        return view! {
            <form class="form rating" action=action.to_owned() method="post" novalidate>
                <input type="hidden" name=WISH value=RATE />
                {faces(lang, None)}
                {problem}
                {remark}
            </form>
        }
        .into_any();
    };
    let stars = words.stars[usize::from(given.stars.clamp(1, 5)) - 1];
    let thanks = view! {
        <div class="notice notice-success" role="status">
            <Draw icon=Icon::Check />
            <div><h3>{words.rated}</h3><p>{words.your_rating.replace("{rating}", &stars.to_lowercase())}</p></div>
        </div>
    };
    let is_wrong = state.typed.stars_problem;
    view! {
        <div class="rated">
            {thanks}
            {remark(lang, action, given, state)}
            <details class="fold" open=is_wrong>
                <summary>{words.change_rating}</summary>
                <form class="form rating" action=action.to_owned() method="post" novalidate>
                    <input type="hidden" name=WISH value=RATE />
                    <input type="hidden" name="remark" value=given.comment.clone().unwrap_or_default() />
                    {faces(lang, Some(given.stars))}
                    {problem}
                </form>
            </details>
        </div>
    }
    .into_any()
}

/// Five buttons, each of which sends the form.
fn faces(lang: Lang, pressed: Option<u8>) -> AnyView {
    let words = lang.conversation();
    let buttons = (1_u8..).zip(words.stars).zip(MOUTHS).map(|((number, name), mouth)| {
        let is_pressed = (pressed == Some(number)).then_some("true");
        view! {
            <button class="face" class:face-chosen=is_pressed.is_some() type="submit" name="stars" value=number.to_string() aria-current=is_pressed>
                <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><circle cx="12" cy="12" r="9" /><path d="M9 9.5v.5M15 9.5v.5" /><path d=mouth /></svg>
                <span class="sr">{words.one_of_five.replace("{n}", &number.to_string())} " "</span>
                <span>{name}</span>
            </button>
        }
    });
    view! {
        <fieldset class="field">
            <legend class="label">{words.rate}</legend>
            <div class="faces">{buttons.collect_view()}</div>
        </fieldset>
    }
    .into_any()
}

/// The sentence, once there are stars: asked for, or shown and folded.
fn remark(lang: Lang, action: &str, given: &Rating, state: &ReplyState) -> AnyView {
    let words = lang.conversation();
    let is_wrong = state.typed.remark_problem.is_some();
    let typed = if is_wrong { state.typed.remark.as_str() } else { given.comment.as_deref().unwrap_or_default() };
    let form = view! {
        <form class="form" action=action.to_owned() method="post" novalidate>
            <input type="hidden" name=WISH value=RATE />
            <input type="hidden" name="stars" value=given.stars.to_string() />
            {remark_field(lang, state, typed)}
            <button class="button" type="submit">{words.send_remark}</button>
        </form>
    };
    match &given.comment {
        Some(comment) => view! {
            <p>{words.your_remark} " " <q>{comment.clone()}</q></p>
            <details class="fold" open=is_wrong><summary>{words.change_remark}</summary>{form}</details>
        }
        .into_any(),
        None => form.into_any(),
    }
}

fn remark_field(lang: Lang, state: &ReplyState, typed: &str) -> AnyView {
    let words = lang.conversation();
    let problem = state.typed.remark_problem.map(|problem| error("remark-error", problem.text(Field::Subject, lang, "")));
    let described_by = problem.is_some().then_some("remark-error");
    view! {
        <div class="field">
            <label class="label" for="remark">{words.remark} " " <span class="optional">{lang.contact().optional}</span></label>
            <input class="input" id="remark" name="remark" type="text" maxlength=REMARK_MAX_CHARS.to_string() value=typed.to_owned() aria-describedby=described_by aria-invalid=described_by.map(|_| "true") autofocus=described_by.is_some() />
            {problem}
        </div>
    }
    .into_any()
}
