//! Purchases found by code, address or name. What was typed is posted, so that it stands in no address and no log.

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use super::purchase::{Told, facts};
use super::{by, contact};
use crate::app::App;
use crate::clock::Micros;
use crate::desk::who::Who;
use crate::desk::{failure, frame};
use crate::i18n::Lang;
use crate::orders::{FOUND_MAX, Searched, SearchedBy};
use crate::staff::Action;
use crate::ui::Site;
use crate::web::{Failure, form};

pub(in crate::desk) const PATH: &str = "/desk/orders/find";
const QUERY_MAX_CHARS: usize = 200;

/// The form, here and beside a ticket.
pub(in crate::desk) fn form(lang: Lang, typed: &str) -> AnyView {
    let words = lang.desk_purchases();
    view! {
        <form class="find-purchases" action=PATH method="post">
            <label class="label" for="find-purchases">{words.find_label}</label>
            <input class="input" id="find-purchases" name="q" value=typed.to_owned() maxlength=QUERY_MAX_CHARS.to_string() autocomplete="off" aria-describedby="find-purchases-hint" />
            <button class="button" type="submit">{words.find}</button>
            <p class="hint" id="find-purchases-hint">{words.find_hint}</p>
        </form>
    }
    .into_any()
}

/// `GET /desk/orders/find`.
pub(in crate::desk) async fn show(State(app): State<App>, Extension(who): Extension<Who>) -> Response {
    page(&app, &who, String::new(), None).await
}

/// `POST /desk/orders/find`.
pub(in crate::desk) async fn take(State(app): State<App>, Extension(who): Extension<Who>, body: Bytes) -> Response {
    let typed = form::value(&form::pairs(&body), "q").unwrap_or_default().to_owned();
    match app.orders.search(&typed, &by(&who)).await {
        Ok(found) => page(&app, &who, typed, Some(found)).await,
        Err(error) => failure::of(&error).into_response(),
    }
}

/// `found`: what a search came to, where there was one; of too little there is nothing to find.
async fn page(app: &App, who: &Who, typed: String, found: Option<Option<Searched>>) -> Response {
    let accounts = match app.orders.accounts().list().await {
        Ok(accounts) if accounts.is_empty() => return Failure::NotFound.into_response(),
        Ok(accounts) => accounts.len(),
        Err(error) => return failure::of(&error).into_response(),
    };
    let (lang, words, site, now) = (who.lang, who.lang.desk_purchases(), std::sync::Arc::clone(&app.site), app.clock.now());
    let shown = Shown { lang, now, has_accounts: accounts > 1, has_contact: who.member.role.may(Action::SeeContact) };
    frame::page(app, Some(who), lang, StatusCode::OK, words.find_title, move || {
        let result = found.as_ref().map(|found| view! { <section aria-live="polite">{result(&site, &shown, found.as_ref())}</section> });
        view! {
            <div class="desk-page">
                <h1>{words.find_title}</h1>
                {form(lang, &typed)}
                {result}
            </div>
        }
        .into_any()
    })
    .await
}

#[derive(Clone)]
struct Shown {
    lang: Lang,
    now: Micros,
    has_accounts: bool,
    has_contact: bool,
}

fn result(site: &Site, shown: &Shown, found: Option<&Searched>) -> AnyView {
    let (lang, words) = (shown.lang, shown.lang.desk_purchases());
    let Some(found) = found else { return view! { <p class="error">{words.too_little}</p> }.into_any() };
    if found.purchases.is_empty() {
        return view! { <p>{words.found_none}</p> }.into_any();
    }
    let told = Told { lang, now: shown.now, account: shown.has_accounts, subscription: true };
    let rows = found.purchases.iter().map(|purchase| {
        // Who typed the address knows it.
        let address = purchase.buyer_email.as_deref().map(|email| if found.by == SearchedBy::Address { email.to_owned() } else { masked(email) });
        let button = shown.has_contact.then(|| contact::button(lang, purchase, None));
        view! {
            <li>
                <span dir="auto">{purchase.buyer_name.clone()}</span>
                " "
                <span class="meta" dir="auto">{address}</span>
                <div>{facts(site, told, purchase)}</div>
                {button}
            </li>
        }
    });
    let most =
        (found.purchases.len() >= FOUND_MAX).then(|| view! { <p class="meta">{words.found_most.replace("{count}", &FOUND_MAX.to_string())}</p> });
    view! { <ul class="desk-others found-purchases">{rows.collect_view()}</ul> {most} }.into_any()
}

/// Enough to compare with what a customer says, too little to write to.
fn masked(email: &str) -> String {
    let (local, host) = email.split_once('@').unwrap_or((email, ""));
    let shown = if local.chars().count() > 3 { 2 } else { 1 };
    format!("{}…@{host}", local.chars().take(shown).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn of_an_address_the_beginning_and_the_host_are_shown() {
        assert_eq!(masked("joana@example.com"), "jo…@example.com");
        assert_eq!(masked("ana@example.com"), "a…@example.com");
        assert_eq!(masked("é@x.y"), "é…@x.y");
        assert_eq!(masked("nothing"), "no…@");
    }
}
