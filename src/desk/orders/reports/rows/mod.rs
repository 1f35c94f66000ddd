//! What stands behind a number: sales with their buyers' names and no more of them, subscriptions, tickets.

mod listed;
mod sales;
mod subscriptions;
mod support;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, StreamExt};
use leptos::prelude::*;

use self::listed::Listed;
use super::asked::{Asked, Kind, WITHOUT};
use super::controls;
use super::csv::Csv;
use crate::app::App;
use crate::desk::who::Who;
use crate::desk::{failure, frame};
use crate::error::ServiceError;
use crate::i18n::Lang;
use crate::orders::figures::{RowKind, SubscriptionKind, SupportKind};
use crate::web::{Failure, form};

/// Three letters; anything else is no currency.
const CURRENCY_MAX_CHARS: usize = 10;

/// Which rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    Sales(RowKind),
    Subscriptions(SubscriptionKind),
    Support(SupportKind),
}

impl Of {
    fn parse(kind: Kind, word: &str) -> Option<Self> {
        match kind {
            Kind::NewOrders | Kind::Refunds | Kind::FailedPayments => RowKind::parse(word).map(Self::Sales),
            Kind::Subscriptions => SubscriptionKind::parse(word).map(Self::Subscriptions),
            Kind::Support => SupportKind::parse(word).map(Self::Support),
        }
    }

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Sales(of) => of.word(),
            Self::Subscriptions(of) => of.word(),
            Self::Support(of) => of.word(),
        }
    }

    /// What the number is called that they stand behind.
    fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Sales(of) => sales::name(lang, of),
            Self::Subscriptions(of) => subscriptions::name(lang, of),
            Self::Support(of) => support::name(lang, of),
        }
    }

    fn title(self, lang: Lang) -> &'static str {
        let words = lang.desk_reports();
        match self {
            Self::Sales(_) => words.rows_title,
            Self::Subscriptions(_) => words.subscription_rows_title,
            Self::Support(_) => words.support_rows_title,
        }
    }
}

/// What is asked for, of which report.
#[derive(Clone)]
struct Wanted {
    asked: Asked,
    of: Of,
    /// Empty: those without a price. `None`: all.
    currency: Option<String>,
}

impl Wanted {
    async fn parse(app: &App, who: &Who, what: &str, pairs: &[(String, String)]) -> Result<Self, Response> {
        let kind = Kind::parse(what).ok_or_else(|| Failure::NotFound.into_response())?;
        let accounts = super::connected(app, who).await?;
        let (asked, wrong) = Asked::parse(kind, pairs, &accounts, app.orders.figures().today());
        let of = form::value(pairs, "of").and_then(|word| Of::parse(kind, word)).filter(|_| wrong.is_none());
        let of = of.ok_or_else(|| Failure::BadRequest.into_response())?;
        let currency = form::value(pairs, "currency");
        let currency = currency.filter(|currency| !currency.is_empty() && currency.len() <= CURRENCY_MAX_CHARS && !currency.contains('\0'));
        let currency = currency.map(|currency| if currency == WITHOUT { String::new() } else { currency.to_owned() });
        Ok(Self { asked, of, currency })
    }

    async fn read(&self, app: &App, lang: Lang, after: Option<&str>) -> Result<Listed, ServiceError> {
        let (figures, ask, currency) = (app.orders.figures(), self.asked.ask(), self.currency.as_deref());
        Ok(match self.of {
            Of::Sales(of) => sales::listed(lang, figures.rows(&ask, of, currency, after).await?),
            Of::Subscriptions(of) => subscriptions::listed(lang, figures.subscription_rows(&ask, of, currency, after).await?),
            Of::Support(of) => support::listed(lang, &app.content.library(), of, figures.support_rows(&ask, of, after).await?),
        })
    }

    /// `ending`: of a file.
    fn address(&self, ending: &str, after: Option<&str>) -> String {
        self.asked.rows(ending, self.of, self.currency.as_deref(), after)
    }
}

/// `GET /desk/orders/reports/{what}/rows`.
pub(in crate::desk) async fn show(State(app): State<App>, Extension(who): Extension<Who>, Path(what): Path<String>, uri: Uri) -> Response {
    let pairs = form::pairs(uri.query().unwrap_or_default().as_bytes());
    let wanted = match Wanted::parse(&app, &who, &what, &pairs).await {
        Ok(wanted) => wanted,
        Err(response) => return response,
    };
    let after = form::value(&pairs, "after");
    match wanted.read(&app, who.lang, after).await {
        Ok(listed) => page(&app, &who, wanted, listed, after.is_some()).await,
        Err(error) => failure::of(&error).into_response(),
    }
}

/// `GET /desk/orders/reports/{what}/rows.csv`: all of them.
pub(in crate::desk) async fn send(State(app): State<App>, Extension(who): Extension<Who>, Path(what): Path<String>, uri: Uri) -> Response {
    let pairs = form::pairs(uri.query().unwrap_or_default().as_bytes());
    match Wanted::parse(&app, &who, &what, &pairs).await {
        Ok(wanted) => file(app, who.lang, wanted),
        Err(response) => response,
    }
}

async fn page(app: &App, who: &Who, wanted: Wanted, listed: Listed, is_further: bool) -> Response {
    let lang = who.lang;
    let words = lang.desk_reports();
    let currency = wanted.currency.clone().filter(|currency| !currency.is_empty());
    let title = format!("{}{}", wanted.of.name(lang), currency.map(|currency| format!(" · {currency}")).unwrap_or_default());
    let shown = title.clone();
    frame::page(app, Some(who), lang, StatusCode::OK, &title, move || {
        let asked = &wanted.asked;
        let next = listed.next.as_deref();
        let next = next.map(|after| view! { <a class="button" rel="next" href=wanted.address("", Some(after))>{words.next_page}</a> });
        let first = is_further.then(|| view! { <a class="button" href=wanted.address("", None)>{words.first_page}</a> });
        let file = wanted.address(".csv", None);
        let period = format!("{} – {}", lang.short_date(asked.period.from), lang.short_date(asked.period.to));
        let title = wanted.of.title(lang);
        view! {
            <div class="desk-list">
                {controls::reports(lang, Some(asked))}
                <div class="desk-list-main">
                    <nav class="meta"><a href=asked.address() data-key="u">{words.back}</a></nav>
                    <h1>{shown.clone()}</h1>
                    <p class="meta">{title} " · " {period} " · " <a class="report-file" href=file download="">{words.download}</a></p>
                    {listed.table(lang, title)}
                    <div class="button-row">{first} {next}</div>
                </div>
            </div>
        }
        .into_any()
    })
    .await
}

/// What a file still has to be told.
struct Reading {
    app: App,
    lang: Lang,
    wanted: Wanted,
    /// Where the next page begins; outer `None`: all was told.
    after: Option<Option<String>>,
}

/// All of them, however many there are: read and sent page by page.
fn file(app: App, lang: Lang, wanted: Wanted) -> Response {
    let asked = &wanted.asked;
    let name = format!("{}-{}-{}-{}", asked.kind.word(), wanted.of.word(), asked.period.from, asked.period.to);
    let reading = Reading { app, lang, wanted, after: Some(None) };
    let pages = stream::try_unfold(reading, |mut reading| async move {
        let Some(after) = reading.after.take() else { return Ok::<_, std::io::Error>(None) };
        // The connection breaks off, so nobody takes half a file for a whole one.
        let listed = reading.wanted.read(&reading.app, reading.lang, after.as_deref()).await.map_err(|error| {
            tracing::warn!(%error, "a file of rows could not be read to its end");
            std::io::Error::other("the rows could not be read")
        })?;
        let mut csv = if after.is_none() { Csv::new() } else { Csv::more() };
        listed.write(reading.lang, after.is_none(), &mut csv);
        // A page that leads to itself would never end.
        reading.after = listed.next.filter(|next| after.as_ref() != Some(next)).map(Some);
        Ok(Some((csv.into_text(), reading)))
    });
    Csv::download_of(&name, Body::from_stream(pages.boxed()))
}
