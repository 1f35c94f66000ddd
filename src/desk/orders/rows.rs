//! One account in the list, with what can be done to it.

use leptos::prelude::*;

use super::{PATH, problem_text};
use crate::app::App;
use crate::clock::Micros;
use crate::error::ServiceError;
use crate::i18n::Lang;
use crate::orders::CallError;
use crate::orders::account::{Account, Environment, KEY_MAX_CHARS, NAME_MAX_CHARS, Size};
use crate::orders::import::{Progress, State};
use crate::ui::{Site, times};

/// An account with how far it is read.
#[derive(Clone)]
pub(super) struct Row {
    account: Account,
    progress: Progress,
    last_webhook: Option<Micros>,
    size: Size,
}

pub(super) async fn read(app: &App) -> Result<Vec<Row>, ServiceError> {
    let mut rows = Vec::new();
    for account in app.orders.accounts().list().await? {
        let progress = app.orders.progress(&account).await?;
        let last_webhook = app.orders.accounts().last_webhook(&account.id).await?;
        let size = app.orders.accounts().size(&account.id).await?;
        rows.push(Row { account, progress, last_webhook, size });
    }
    Ok(rows)
}

/// How far it is read, in words.
fn progress(lang: Lang, of: &Progress) -> AnyView {
    let words = lang.desk_orders();
    let items = of.items.to_string();
    let said = match of.state {
        State::Importing => words.importing.replace("{done}", &of.done.to_string()).replace("{all}", &of.all.to_string()),
        _ if of.complete => words.fresh.to_owned(),
        _ => String::new(),
    };
    let left = of.seconds_left.map(|seconds| words.left.replace("{minutes}", &(seconds / 60 + 1).to_string()));
    let bar = (of.state == State::Importing).then(|| {
        view! { <progress value=of.done.to_string() max=of.all.max(1).to_string() aria-label=words.title></progress> }
    });
    let failed = (!of.failures.is_empty()).then(|| words.failed.replace("{count}", &of.failures.len().to_string()));
    view! {
        <p class="meta">{said.replace("{items}", &items)} {left.map(|left| format!(" · {left}"))}</p>
        {bar}
        {failed.map(|text| view! { <p class="error">{text}</p> })}
    }
    .into_any()
}

fn webhook(lang: Lang, row: &Row, site: &Site, now: Micros) -> AnyView {
    let words = lang.desk_orders();
    let address = format!("{}/hooks/hotmart/{}", site.public_url, row.account.id);
    let last = match row.last_webhook {
        Some(at) => view! { <p class="meta">{words.last_webhook} ": " {times::moment(site, lang, at, now)}</p> }.into_any(),
        None => view! { <p class="meta">{words.no_webhook}</p> }.into_any(),
    };
    view! {
        <details class="fold">
            <summary>{words.webhook}</summary>
            <p>{words.webhook_text}</p>
            <p><code class="secret">{address}</code></p>
            {last}
        </details>
    }
    .into_any()
}

pub(super) fn row(lang: Lang, of: &Row, site: &Site, now: Micros) -> AnyView {
    let (account, words) = (&of.account, lang.desk_orders());
    let to = |what: &str| format!("{PATH}/{}/{what}", account.id);
    let environment = if account.environment == Environment::Sandbox { words.sandbox } else { words.production };
    let problem = account.problem.as_deref().and_then(CallError::parse).map(|error| problem_text(lang, error));
    let answered = account.answered_at.map(|at| view! { <p class="meta">{words.answered} ": " {times::moment(site, lang, at, now)}</p> });
    let hottok = (!account.is_disconnected).then(|| format!(" · {}", if account.has_hottok { words.has_hottok } else { words.no_hottok }));
    let state = match (account.is_disconnected, account.is_paused) {
        (true, _) => words.is_disconnected,
        (false, true) => words.paused,
        (false, false) => words.active,
    };
    let is_active = !account.is_disconnected;
    view! {
        <li>
            <div class="person">
                <p><strong>{account.name.clone()}</strong> " · " {environment}</p>
                <p class="meta">{state} " · " <code>{account.client_id.clone()}</code> {hottok}</p>
                {answered}
                {problem.map(|text| view! { <p class="error">{text}</p> })}
                {progress(lang, &of.progress)}
                <p><a href=to("compare")>{words.compare}<span class="sr">{format!(": {}", account.name)}</span></a></p>
                {is_active.then(|| webhook(lang, of, site, now))}
            </div>
            {is_active.then(|| active(lang, account))}
            {more(lang, of)}
        </li>
    }
    .into_any()
}

/// Asking, and asking no more.
fn active(lang: Lang, account: &Account) -> AnyView {
    let words = lang.desk_orders();
    let (to, act) = if account.is_paused { ("active", words.resume) } else { ("paused", words.pause) };
    view! {
        <form action=format!("{PATH}/{}/check", account.id) method="post"><button class="button" type="submit">{words.check}</button></form>
        <form action=format!("{PATH}/{}/pause", account.id) method="post">
            <input type="hidden" name="to" value=to />
            <button class="button" type="submit">{act}</button>
        </form>
    }
    .into_any()
}

fn more(lang: Lang, of: &Row) -> AnyView {
    let (account, words) = (&of.account, lang.desk_orders());
    let to = |what: &str| format!("{PATH}/{}/{what}", account.id);
    let (name_id, hottok_id) = (format!("name-{}", account.id), format!("hottok-{}", account.id));
    let sized = |text: &str| text.replace("{sales}", &of.size.sales.to_string()).replace("{subscriptions}", &of.size.subscriptions.to_string());
    let hottok = (!account.is_disconnected).then(|| {
        view! {
            <form class="inline-form" action=to("hottok") method="post">
                <label class="label" for=hottok_id.clone()>"Hottok"</label>
                <input class="input" id=hottok_id name="hottok" type="password" autocomplete="off" maxlength=KEY_MAX_CHARS.to_string() />
                <button class="button" type="submit">{words.save}</button>
            </form>
        }
    });
    let keep = (!account.is_disconnected).then(|| {
        view! {
            <button class="text-button danger" type="submit" name="sales" value="keep">{sized(words.keep)}</button>
            <p class="hint">{words.disconnect_text}</p>
        }
    });
    view! {
        <details class="menu">
            <summary class="button">{words.more}<span class="sr">{format!(": {}", account.name)}</span></summary>
            <div class="menu-list">
                <form class="inline-form" action=to("name") method="post">
                    <label class="label" for=name_id.clone()>{words.rename}</label>
                    <input class="input" id=name_id name="name" maxlength=NAME_MAX_CHARS.to_string() value=account.name.clone() />
                    <button class="button" type="submit">{words.save}</button>
                </form>
                {hottok}
                <form action=to("disconnect") method="post">
                    {keep}
                    <button class="text-button danger" type="submit" name="sales" value="delete">{sized(words.delete)}</button>
                    <p class="hint">{words.delete_text}</p>
                </form>
            </div>
        </details>
    }
    .into_any()
}
