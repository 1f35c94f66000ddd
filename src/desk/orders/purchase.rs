//! A purchase in words, as it stands beside a ticket and in what was found.

use leptos::prelude::*;

use crate::clock::Micros;
use crate::i18n::Lang;
use crate::orders::{BuyerSubscription, Purchase};
use crate::ui::{Site, times};

/// What of a purchase is told.
#[derive(Debug, Clone, Copy)]
pub(in crate::desk) struct Told {
    pub(in crate::desk) lang: Lang,
    pub(in crate::desk) now: Micros,
    /// Of one account there is no need to name it.
    pub(in crate::desk) account: bool,
    /// Of several payments of one subscription, the newest tells it.
    pub(in crate::desk) subscription: bool,
}

/// Nothing in it says who the buyer is.
pub(in crate::desk) fn facts(site: &Site, told: Told, purchase: &Purchase) -> AnyView {
    let Told { lang, now, .. } = told;
    let words = lang.desk_purchases();
    let status = lang.sale_status(&purchase.status).map_or_else(|| purchase.status.clone(), str::to_owned);
    let price = purchase.price().map(|price| {
        let plain = price.plain();
        let plain = if lang == Lang::En { plain } else { plain.replace('.', ",") };
        format!("{plain} {}", price.currency)
    });
    let installments = purchase.installments.filter(|count| *count > 1).map(|count| words.installments.replace("{count}", &count.to_string()));
    let payment = purchase.payment_type.as_deref().map(|kind| lang.payment(kind, purchase.payment_method.as_deref()));
    let day = purchase.ordered_at.map(|at| times::day(site, lang, at, now));
    let refund = purchase.refund_days_left(now).map(|days| match days {
        1 => words.refund_one.to_owned(),
        days => words.refund_many.replace("{days}", &days.to_string()),
    });
    let parts: Vec<String> = [price, installments, payment, refund].into_iter().flatten().collect();
    let mut parts = parts.join(" · ");
    if !parts.is_empty() && day.is_some() {
        parts.push_str(" · ");
    }
    let failure = lang.payment_failure(&purchase.status, purchase.refusal.as_deref());
    let subscription = purchase.subscription.as_ref().filter(|_| told.subscription).map(|of| subscription(site, told, of));
    let affiliate = purchase.affiliate.as_ref().map(|name| words.affiliate.replace("{name}", name));
    let account = told.account.then(|| words.account.replace("{name}", &purchase.account_name));
    let others = [affiliate, account].into_iter().flatten().map(|text| view! { <span class="purchase-facts meta" dir="auto">{text}</span> });
    view! {
        <strong dir="auto">{purchase.product_name.clone().unwrap_or_default()}</strong>
        " "
        <span class="mark">{status}</span>
        <span class="purchase-facts meta">{parts} {day}</span>
        {failure.map(|text| view! { <span class="purchase-facts">{text}</span> })}
        {subscription}
        {others.collect_view()}
        <code class="meta">{purchase.code.clone()}</code>
    }
    .into_any()
}

fn subscription(site: &Site, told: Told, of: &BuyerSubscription) -> AnyView {
    let Told { lang, now, .. } = told;
    let words = lang.desk_purchases();
    let state = lang.subscription_status(&of.status).map_or_else(|| of.status.clone(), str::to_owned);
    let text = words.subscription.replace("{plan}", of.plan.as_deref().unwrap_or_default()).replace(" :", ":").replace("{state}", &state);
    let next = of.next_charge_at.map(|at| {
        let name = if of.is_over() { words.access_until } else { words.next_charge };
        view! { " · " {name} " " {times::day(site, lang, at, now)} }
    });
    view! { <span class="purchase-facts" dir="auto">{text} {next}</span> }.into_any()
}
