//! What the customer bought, beside the conversation.

use leptos::prelude::*;

use super::loaded::Loaded;
use crate::clock::Micros;
use crate::i18n::Lang;
use crate::orders::Purchase;
use crate::orders::status::Class;
use crate::tickets::model::Proof;
use crate::ui::times;

/// So many are shown at once; the rest folds.
const SHOWN_MAX: usize = 5;

/// Purchases of the ticket's customer.
pub(super) struct Purchases {
    /// Whether any account is connected.
    pub(super) is_connected: bool,
    /// Whose buyer was proved by a code, whatever the ticket's address.
    pub(super) proved: Vec<Purchase>,
    /// Under the ticket's address, but those.
    pub(super) own: Vec<Purchase>,
    /// With the code that the ticket names, under another address.
    pub(super) of_code: Option<Purchase>,
}

/// Whoever wrote under an address that nobody has confirmed may be somebody else: then staff see that there are purchases, and no more.
pub(super) fn section(loaded: &Loaded) -> AnyView {
    let (shown, of) = (&loaded.shown, &loaded.purchases);
    let (lang, words) = (shown.lang, shown.lang.desk_purchases());
    if !of.is_connected {
        return ().into_any();
    }
    let is_verified = loaded.ticket.proof != Proof::None;
    let row = |purchase: &Purchase| row(loaded, purchase);
    let own = match of.own.len() {
        0 if !of.proved.is_empty() => ().into_any(),
        0 => view! { <p class="meta">{words.none}</p> }.into_any(),
        1 if !is_verified => view! { <p class="meta">{words.hidden_one}</p> }.into_any(),
        count if !is_verified => view! { <p class="meta">{words.hidden_many.replace("{count}", &count.to_string())}</p> }.into_any(),
        count => {
            let first = of.own.iter().take(SHOWN_MAX).map(row).collect_view();
            let more = (count > SHOWN_MAX).then(|| {
                let rest = of.own.iter().skip(SHOWN_MAX).map(row).collect_view();
                view! {
                    <details class="fold">
                        <summary>{format!("+ {}", count - SHOWN_MAX)}</summary>
                        <ul class="desk-others">{rest}</ul>
                    </details>
                }
            });
            view! { <ul class="desk-others">{first}</ul> {more} }.into_any()
        }
    };
    let of_code = of.of_code.as_ref().map(|purchase| view! { <p class="meta">{words.of_code}</p> <ul class="desk-others">{row(purchase)}</ul> });
    let proved = (!of.proved.is_empty()).then(|| {
        let rows = of.proved.iter().map(row).collect_view();
        view! {
            <p class="mark mark-good">{lang.buyer().verified}</p>
            <p class="meta">{lang.buyer().proved_by_code}</p>
            <ul class="desk-others">{rows}</ul>
        }
    });
    view! {
        <section aria-labelledby="purchases">
            <h2 id="purchases">{lang.desk_purchases().title}</h2>
            {proved}
            {own}
            {of_code}
        </section>
    }
    .into_any()
}

fn row(loaded: &Loaded, purchase: &Purchase) -> AnyView {
    let (shown, lang) = (&loaded.shown, loaded.shown.lang);
    let status = lang.sale_status(&purchase.status).map_or_else(|| purchase.status.clone(), str::to_owned);
    let words = lang.desk_purchases();
    let price = purchase.price().map(|price| {
        let plain = price.plain();
        let plain = if lang == Lang::En { plain } else { plain.replace('.', ",") };
        format!("{plain} {}", price.currency)
    });
    let installments = purchase.installments.filter(|count| *count > 1).map(|count| words.installments.replace("{count}", &count.to_string()));
    let day = purchase.ordered_at.map(|at| times::day(&shown.site, lang, at, shown.now));
    let refund = refund_left(purchase, shown.now).map(|days| match days {
        1 => words.refund_one.to_owned(),
        days => words.refund_many.replace("{days}", &days.to_string()),
    });
    let facts: Vec<String> = [price, installments, refund].into_iter().flatten().collect();
    view! {
        <li>
            <strong dir="auto">{purchase.product_name.clone().unwrap_or_default()}</strong>
            " "
            <span class="mark">{status}</span>
            <span class="purchase-facts meta">{facts.join(" · ")} " " {day}</span>
            <code class="meta">{purchase.code.clone()}</code>
        </li>
    }
    .into_any()
}

/// Days in which the buyer gets their money back for the asking.
fn refund_left(purchase: &Purchase, now: Micros) -> Option<i64> {
    let until = purchase.guarantee_until.filter(|until| *until > now && purchase.class() == Class::Paid)?;
    Some((until.0 - now.0 + Micros::DAY - 1) / Micros::DAY)
}
