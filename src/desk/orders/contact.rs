//! How a buyer is reached: shown once to who asks for it, and noted.

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use super::by;
use crate::app::App;
use crate::desk::who::Who;
use crate::desk::{failure, frame};
use crate::i18n::Lang;
use crate::orders::{Contact, Purchase};
use crate::tickets::model::Reference;
use crate::web::form;

pub(in crate::desk) const PATH: &str = "/desk/orders/contact";

/// The button at a purchase, for who may press it.
pub(in crate::desk) fn button(lang: Lang, purchase: &Purchase, ticket: Option<&Reference>) -> AnyView {
    let ticket = ticket.map(|reference| view! { <input type="hidden" name="ticket" value=reference.to_string() /> });
    view! {
        <form action=PATH method="post">
            <input type="hidden" name="account" value=purchase.account.clone() />
            <input type="hidden" name="code" value=purchase.code.clone() />
            {ticket}
            <button class="text-button" type="submit">{lang.desk_purchases().show_contact}<span class="sr">{format!(": {}", purchase.code)}</span></button>
        </form>
    }
    .into_any()
}

/// `POST /desk/orders/contact`.
pub(in crate::desk) async fn show(State(app): State<App>, Extension(who): Extension<Who>, body: Bytes) -> Response {
    let pairs = form::pairs(&body);
    let field = |name: &str| form::value(&pairs, name).unwrap_or_default().to_owned();
    let (account, code, ticket) = (field("account"), field("code"), Reference::parse(&field("ticket")));
    let contact = match app.orders.contact(&account, &code, &by(&who)).await {
        Ok(contact) => contact,
        Err(error) => return failure::of(&error).into_response(),
    };
    let (lang, words) = (who.lang, who.lang.desk_purchases());
    frame::page(&app, Some(&who), lang, StatusCode::OK, words.contact_title, move || {
        let (to, back) = match &ticket {
            Some(reference) => (format!("/desk/tickets/{reference}"), words.back_to_ticket),
            None => (super::find::PATH.to_owned(), words.find_title),
        };
        view! {
            <div class="desk-page">
                <h1>{words.contact_title}</h1>
                <p class="meta"><code>{code.clone()}</code></p>
                {shown(lang, &contact)}
                <p class="meta">{words.contact_noted}</p>
                <p><a class="button" href=to>{back}</a></p>
            </div>
        }
        .into_any()
    })
    .await
}

fn shown(lang: Lang, contact: &Contact) -> AnyView {
    let words = lang.desk_purchases();
    if contact.is_empty() {
        return view! { <p>{words.contact_none}</p> }.into_any();
    }
    let fact = |name: &'static str, values: Vec<String>| {
        let values = values.into_iter().map(|value| view! { <span class="purchase-facts" dir="auto">{value}</span> }).collect::<Vec<_>>();
        (!values.is_empty()).then(|| view! { <div><dt>{name}</dt><dd>{values}</dd></div> })
    };
    let documents = contact.documents.iter().map(|(kind, number)| match kind {
        Some(kind) => format!("{kind} {number}"),
        None => number.clone(),
    });
    view! {
        <dl class="desk-facts">
            {fact(words.telephone, contact.telephones.clone())}
            {fact(words.document, documents.collect())}
            {fact(words.address, contact.address.clone())}
        </dl>
    }
    .into_any()
}
