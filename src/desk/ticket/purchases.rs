//! What the customer bought, beside the conversation.

use std::collections::{HashMap, HashSet};

use leptos::prelude::*;

use super::insert::{FoundArticle, fitting};
use super::loaded::Loaded;
use crate::app::App;
use crate::clock::Micros;
use crate::desk::orders::purchase::{Told, facts};
use crate::desk::orders::{contact, find};
use crate::desk::who::Who;
use crate::error::ServiceError;
use crate::orders::{Purchase, Situation, codes_in};
use crate::staff::Action;
use crate::tickets::model::{Author, Email, Message, Proof, Ticket};

/// So many are shown at once; the rest folds.
const SHOWN_MAX: usize = 5;

/// Purchases of the ticket's customer.
#[derive(Default)]
pub(super) struct Purchases {
    /// How many are connected.
    accounts: usize,
    /// Whose buyer was proved by a code, whatever the ticket's address.
    pub(super) proved: Vec<Purchase>,
    /// Under the ticket's address, but those.
    own: Vec<Purchase>,
    /// With codes that the customer gave, in the form or in a message.
    of_codes: Vec<Purchase>,
    /// For what the customer may want to know of those.
    articles: HashMap<Situation, FoundArticle>,
    may_see_contact: bool,
}

impl Purchases {
    pub(super) async fn read(app: &App, who: &Who, ticket: &Ticket, messages: &[Message]) -> Result<Self, ServiceError> {
        let accounts = app.orders.accounts().list().await?.len();
        if accounts == 0 {
            return Ok(Self::default());
        }
        let proved = app.orders.proved_in(&ticket.key.id).await?;
        let mut own = match Email::parse(&ticket.email) {
            Ok(email) => app.orders.of_buyer(&email).await?,
            Err(_) => Vec::new(),
        };
        own.retain(|purchase| proved.iter().all(|one| one.code != purchase.code));
        let written = messages.iter().filter(|message| message.author == Author::Customer).map(|message| message.body.as_str());
        let texts = ticket.code.as_deref().into_iter().chain([ticket.subject.as_str()]).chain(written);
        // A code in the form may look like none of Hotmart's.
        let mut codes: Vec<String> = ticket.code.iter().cloned().chain(codes_in(texts)).collect();
        let mut seen = HashSet::new();
        codes.retain(|code| seen.insert(code.clone()));
        let mut of_codes = app.orders.of_codes(&codes).await?;
        of_codes.retain(|purchase| proved.iter().all(|one| one.code != purchase.code));
        let mut purchases =
            Self { accounts, proved, own, of_codes, articles: HashMap::new(), may_see_contact: who.member.role.may(Action::SeeContact) };
        purchases.articles = purchases.fitting(app, ticket).await;
        Ok(purchases)
    }

    /// Under an address that nobody has confirmed, somebody else may have written.
    fn own_shown(&self, ticket: &Ticket) -> &[Purchase] {
        if ticket.proof == Proof::None { &[] } else { &self.own }
    }

    /// Those of codes that don't stand among the others already.
    fn of_codes_shown<'a>(&'a self, ticket: &Ticket) -> Vec<&'a Purchase> {
        let own = self.own_shown(ticket);
        self.of_codes.iter().filter(|purchase| own.iter().all(|known| known.code != purchase.code)).collect()
    }

    async fn fitting(&self, app: &App, ticket: &Ticket) -> HashMap<Situation, FoundArticle> {
        let now = app.clock.now();
        let shown = self.proved.iter().chain(self.own_shown(ticket).iter().take(SHOWN_MAX)).chain(self.of_codes_shown(ticket));
        let (mut articles, mut offered, mut asked) = (HashMap::new(), HashSet::new(), HashSet::new());
        for situation in shown.flat_map(|purchase| purchase.situations(now)) {
            let Some(question) = ticket.lang.purchase_question(situation.word()).filter(|_| asked.insert(situation)) else { continue };
            // What two situations lead to is offered once.
            if let Some(article) = fitting(app, ticket.lang, question).await
                && offered.insert(article.value.clone())
            {
                articles.insert(situation, article);
            }
        }
        articles
    }
}

pub(super) fn section(loaded: &Loaded) -> AnyView {
    let (of, ticket) = (&loaded.purchases, &loaded.ticket);
    let lang = loaded.shown.lang;
    let words = lang.desk_purchases();
    if of.accounts == 0 {
        return ().into_any();
    }
    let mut rows = Rows::new(loaded);
    let hidden = |text: String| view! { <p class="meta">{text}</p> <p class="meta">{words.how_to_verify}</p> }.into_any();
    let own = match of.own.len() {
        0 if !of.proved.is_empty() => ().into_any(),
        0 => view! { <p class="meta">{words.none}</p> }.into_any(),
        count if of.own_shown(ticket).is_empty() => {
            hidden(if count == 1 { words.hidden_one.to_owned() } else { words.hidden_many.replace("{count}", &count.to_string()) })
        }
        count => {
            let first = of.own.iter().take(SHOWN_MAX).map(|purchase| rows.row(purchase)).collect_view();
            let more = (count > SHOWN_MAX).then(|| {
                let rest = of.own.iter().skip(SHOWN_MAX).map(|purchase| rows.row(purchase)).collect_view();
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
    let proved = (!of.proved.is_empty()).then(|| {
        let rows = of.proved.iter().map(|purchase| rows.row(purchase)).collect_view();
        view! {
            <p class="mark mark-good">{lang.buyer().verified}</p>
            <p class="meta">{lang.buyer().proved_by_code}</p>
            <ul class="desk-others">{rows}</ul>
        }
    });
    let (here, elsewhere): (Vec<_>, Vec<_>) =
        of.of_codes_shown(ticket).into_iter().partition(|purchase| of.own.iter().any(|own| own.code == purchase.code));
    let mut by_code = |title: &'static str, purchases: Vec<&Purchase>| {
        let is_any = !purchases.is_empty();
        let list = purchases.into_iter().map(|purchase| rows.row(purchase)).collect_view();
        is_any.then(|| view! { <p class="meta">{title}</p> <ul class="desk-others">{list}</ul> })
    };
    let (here, elsewhere) = (by_code(words.of_code, here), by_code(words.of_code_elsewhere, elsewhere));
    let is_found = !of.proved.is_empty() || !of.own.is_empty() || !of.of_codes.is_empty();
    view! {
        <section class="purchases" aria-labelledby="purchases">
            <h2 id="purchases">{words.title}</h2>
            {proved}
            {own}
            {here}
            {elsewhere}
            <details class="fold" open=!is_found>
                <summary>{words.find_title}</summary>
                {find::form(loaded.shown.lang, "")}
            </details>
        </section>
    }
    .into_any()
}

/// Rows of one page: what belongs to several of them stands at the first.
struct Rows<'a> {
    loaded: &'a Loaded,
    subscriptions: HashSet<String>,
    situations: HashSet<Situation>,
}

impl<'a> Rows<'a> {
    fn new(loaded: &'a Loaded) -> Self {
        Self { loaded, subscriptions: HashSet::new(), situations: HashSet::new() }
    }

    fn row(&mut self, purchase: &Purchase) -> AnyView {
        let (shown, of) = (&self.loaded.shown, &self.loaded.purchases);
        let subscription = purchase.subscription.as_ref().is_some_and(|of| self.subscriptions.insert(of.code.clone()));
        let told = Told { lang: shown.lang, now: shown.now, account: of.accounts > 1, subscription };
        let articles = self.articles(purchase, shown.now);
        let contact = of.may_see_contact.then(|| contact::button(shown.lang, purchase, Some(&self.loaded.ticket.key.reference)));
        view! { <li>{facts(&shown.site, told, purchase)} {articles} {contact}</li> }.into_any()
    }

    /// Buttons of the reply's form, which stands elsewhere on the page.
    fn articles(&mut self, purchase: &Purchase, now: Micros) -> Option<AnyView> {
        let (loaded, words) = (self.loaded, self.loaded.shown.lang.desk_purchases());
        if !loaded.ticket.takes_answers() {
            return None;
        }
        let new: Vec<Situation> = purchase.situations(now).into_iter().filter(|situation| self.situations.insert(*situation)).collect();
        let buttons = new.iter().filter_map(|situation| loaded.purchases.articles.get(situation)).map(|article| {
            let title = words.insert_article.replace("{title}", &article.title);
            view! { <button class="text-button purchase-facts" type="submit" form="reply" name="insert" value=article.value.clone()>{title}</button> }
        });
        Some(buttons.collect_view().into_any())
    }
}
