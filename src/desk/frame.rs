//! The frame around every page of the desk. Its styles and scripts are files of their own: a reader's page does not grow by them.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::orders::reports;
use super::who::Who;
use super::{me, notifications, orders, people, replies};
use crate::app::App;
use crate::i18n::Lang;
use crate::staff::Action;
use crate::ui::icons::{Draw, Icon, Mark};
use crate::ui::{Site, render, theme};
use crate::web::html::personal;

/// A page. `who` is `None` before somebody has logged in.
pub(super) async fn page(
    app: &App,
    who: Option<&Who>,
    lang: Lang,
    status: StatusCode,
    title: &str,
    body: impl Fn() -> AnyView + Clone + Send + Sync + 'static,
) -> Response {
    let (site, who, title) = (Arc::clone(&app.site), who.cloned(), title.to_owned());
    let around = match &who {
        Some(who) => Around { unread: notifications::count_unread(app, who).await, has_reports: reports::are_for(app, who).await },
        None => Around::default(),
    };
    let html = render::page(move || document(&site, who.as_ref(), around, lang, &title, body())).await;
    personal(status, html)
}

/// What stands around the page depends on.
#[derive(Debug, Clone, Copy, Default)]
struct Around {
    /// Notifications.
    unread: i64,
    /// There are sales to report on, and who asks may see them.
    has_reports: bool,
}

fn document(site: &Site, who: Option<&Who>, around: Around, lang: Lang, title: &str, body: AnyView) -> AnyView {
    let asset = |name: &str| site.assets.url(name);
    let styles = ["desk.css", "brand.css"].map(|name| view! { <link rel="stylesheet" href=asset(name) /> }).collect_view();
    let script = site.assets.has("desk.js").then(|| view! { <script type="module" src=asset("desk.js")></script> });
    let title = format!("{title} · {}", lang.desk_log_in().desk);
    view! {
        <html lang=lang.tag()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <title>{title}</title>
                <meta name="robots" content="noindex" />
                <meta name="theme-color" media="(prefers-color-scheme: light)" content="#ffffff" data-theme="light" />
                <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#0c1119" data-theme="dark" />
                <script inner_html=theme::SCRIPT></script>
                {styles}
                <link rel="icon" href=asset("favicon.svg") type="image/svg+xml" />
                {script}
            </head>
            <body class="desk">
                <a class="skip" href="#main">{lang.common().skip_to_content}</a>
                {header(site, who, around, lang)}
                <main id="main" tabindex="-1">{body}</main>
                {who.filter(|who| who.member.has_keys).map(keys)}
            </body>
        </html>
    }
    .into_any()
}

fn header(site: &Site, who: Option<&Who>, around: Around, lang: Lang) -> AnyView {
    let menu = who.map(|who| view! { {nav(who, around.has_reports)} {notifications::bell(lang, around.unread)} {person(who)} });
    view! {
        <header class="desk-header">
            <a class="brand" href="/desk">
                <Mark />
                <span class="brand-name">{format!("{} · {}", site.brand, lang.desk_log_in().desk)}</span>
            </a>
            {menu}
        </header>
    }
    .into_any()
}

fn nav(who: &Who, has_reports: bool) -> AnyView {
    let words = who.lang.desk_people();
    let places = [
        ("/desk", words.tickets, Icon::Inbox, Action::WorkTickets),
        (replies::PATH, who.lang.desk_replies().title, Icon::Chat, Action::WorkTickets),
        (people::PATH, words.people, Icon::User, Action::ManagePeople),
        (reports::PATH, who.lang.desk_reports().title, Icon::Chart, Action::SeeFigures),
        (orders::PATH, who.lang.desk_orders().title, Icon::Tag, Action::ManageOrderAccounts),
        ("/desk/settings", words.settings, Icon::Tag, Action::ManageSettings),
    ];
    let places = places.into_iter().filter(|(path, _, _, action)| who.member.role.may(*action) && (has_reports || *path != reports::PATH));
    let links = places.map(|(path, name, icon, _)| {
        view! {
            <li>
                <a class="desk-place" href=path>
                    <Draw icon=icon />
                    <span>{name}</span>
                </a>
            </li>
        }
    });
    view! { <nav class="desk-nav" aria-label=who.lang.common().menu><ul>{links.collect_view()}</ul></nav> }.into_any()
}

/// What the keys do; `public/keys.js` shows it, and works where it stands.
fn keys(who: &Who) -> AnyView {
    let (words, tools) = (who.lang.desk_keys(), who.lang.desk_tools());
    let lines = [
        ("j k", words.moves),
        ("x", words.mark),
        ("n", words.next),
        ("/", words.find),
        ("g m · g u · g d · g o · g w · g q · g s · g e", words.views),
        ("r", words.reply),
        ("i", words.note),
        ("Ctrl Enter", words.send),
        ("m", words.take),
        ("a", words.assign),
        ("t", words.tags),
        ("h", words.snooze),
        ("e", words.solve),
        ("!", words.spam),
        ("z", words.undo),
        ("u", words.back),
        ("s", words.saved),
        ("l", words.article),
        ("[ ]", words.steps),
        ("Ctrl K", tools.palette),
        ("?", words.help),
    ];
    let lines = lines.map(|(keys, text)| view! { <div><dt><kbd>{keys}</kbd></dt><dd>{text}</dd></div> });
    view! {
        <dialog class="desk-keys" id="keys" aria-labelledby="keys-title">
            <h2 id="keys-title">{words.title}</h2>
            <dl>{lines.into_iter().collect_view()}</dl>
            <form method="dialog"><button class="button" type="submit">{words.close}</button></form>
        </dialog>
        <dialog class="desk-keys desk-palette" id="palette" aria-label=tools.palette>
            <input class="input" type="search" aria-label=tools.palette_hint placeholder=tools.palette_hint autocomplete="off" />
            <ul role="list"></ul>
            <p class="meta" role="status" hidden>{tools.palette_empty}</p>
        </dialog>
    }
    .into_any()
}

/// Who is logged in: their account, and the way out.
fn person(who: &Who) -> AnyView {
    let words = who.lang.desk_account();
    view! {
        <details class="menu desk-person">
            <summary class="desk-place">
                <Draw icon=Icon::User />
                <span>{who.member.name.clone()}</span>
            </summary>
            <div class="menu-list">
                <a href=me::PATH>{words.title}</a>
                {theme::switch(who.lang)}
                <form action="/desk/log-out" method="post"><button class="text-button" type="submit">{words.log_out}</button></form>
            </div>
        </details>
    }
    .into_any()
}
