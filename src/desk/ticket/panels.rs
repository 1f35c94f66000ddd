//! The panels of the reply's form: saved replies, articles, and the reply as its customer will see it.

use leptos::prelude::*;

use super::insert::{Panels, excerpt};
use super::loaded::Loaded;

const QUERY_MAX_CHARS: usize = 200;

/// A button of a panel's list: its value, its name, and a line about it.
type Choice = (String, String, String);

/// Behind every field of the form stands a button that sends nothing: Enter in a field presses the first of a form.
pub(super) fn first_button() -> AnyView {
    view! { <button class="sr" type="submit" name="do" value="find" tabindex="-1" aria-hidden="true"></button> }.into_any()
}

pub(super) fn both(loaded: &Loaded, panels: &Panels) -> AnyView {
    let (words, find) = (loaded.shown.lang.desk_replies(), loaded.shown.lang.desk_list().find);
    let saved = if panels.saved_query.is_some() { &panels.saved } else { &loaded.saved };
    let saved = saved.iter().map(|reply| (format!("saved:{}", reply.id), reply.name.clone(), excerpt(reply, loaded.ticket.lang))).collect();
    let articles = panels.articles.iter().map(|article| (article.value.clone(), article.title.clone(), article.path())).collect();
    view! {
        <div class="desk-panels">
            {panel("saved", ("s", words.saved, words.find_saved, find), panels.saved_query.as_deref(), saved, words.none_saved)}
            {panel("article", ("l", words.articles, words.find_article, find), panels.article_query.as_deref(), articles, words.none_found)}
        </div>
    }
    .into_any()
}

fn panel(
    kind: &'static str,
    (key, title, hint, find): (&'static str, &'static str, &'static str, &'static str),
    query: Option<&str>,
    choices: Vec<Choice>,
    none: &'static str,
) -> AnyView {
    let id = format!("find-{kind}");
    let empty = choices.is_empty();
    let rows = choices.into_iter().map(|(value, name, about)| {
        view! {
            <li>
                <button class="text-button" type="submit" name="insert" value=value>{name}</button>
                " "
                <span class="meta">{about}</span>
            </li>
        }
    });
    let note = (empty && query.is_some()).then_some(none);
    view! {
        <details class="desk-panel" data-panel=kind open=query.is_some()>
            <summary class="button" data-key=key>{title}</summary>
            <div class="desk-panel-body">
                <label class="sr" for=id.clone()>{hint}</label>
                <input class="input" id=id type="search" name=format!("{kind}_q") value=query.unwrap_or_default().to_owned() placeholder=hint maxlength=QUERY_MAX_CHARS.to_string() autocomplete="off" />
                <button class="button" type="submit" name="do" value="find">{find}</button>
                <p class="meta" role="status" data-none=none>{note}</p>
                <ul role="list">{rows.collect_view()}</ul>
            </div>
        </details>
    }
    .into_any()
}

/// What was inserted in another language, and the preview.
pub(super) fn notes(loaded: &Loaded, panels: &Panels) -> AnyView {
    let words = loaded.shown.lang.desk_replies();
    let said = panels.said.clone().map(|text| view! { <div class="notice notice-warning" role="status"><p>{text}</p></div> });
    let preview = panels.preview.clone().map(|html| {
        view! {
            <section class="desk-preview" aria-labelledby="preview">
                <h3 id="preview">{words.preview}</h3>
                <div class="said-rich" lang=loaded.ticket.lang.tag() inner_html=html></div>
            </section>
        }
    });
    view! { {said} {preview} }.into_any()
}
