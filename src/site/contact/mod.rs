//! The contact form: shown on its own page, posted to there or to an article's address.

mod challenge;
pub mod sent;

use crate::site::contact_form::FormPlaceView;
use crate::site::contact_form::FormState;
use crate::site::contact_form::contact_form;
use crate::site::contact_form::form_place;
use crate::site::respond::HTML;
use crate::site::respond::decoded;
use crate::site::respond::kept;
use crate::site::respond::personal;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use crate::app::App;
use crate::articles::model::{ArticleId, Library, PageTarget};
use crate::error::ServiceError;
use crate::files::Taken;
use crate::i18n::{Lang, PerLang};
use crate::intake::contact_form::{FormPlace, Typed};
use crate::intake::{ContactOutcome, ContactPost};
use crate::site::articles::walk::Written;
use crate::site::articles::{article, steps};
use crate::site::files::bounds;
use crate::ui::frame::Document;
use crate::ui::{Frame, SearchPlace, Site, parts, render};
use crate::web::client_ip::Client;
use crate::web::referer::came_from;
use crate::web::{CachePolicy, Failure, form as posted_form, language, posted};

/// `GET /{lang}/contact`. With `?subject=` the subject is filled in, as the page of an empty search does; with `?for=` a section is chosen.
pub async fn show(app: &App, headers: &HeaderMap, lang: Lang, uri: &Uri) -> Response {
    let pairs = posted_form::pairs(uri.query().unwrap_or_default().as_bytes());
    let typed = Typed::from_pairs(&pairs);
    if typed != Typed::default() {
        let typed = Typed { section: typed.section, subject: typed.subject, reason: typed.reason, ..Typed::default() };
        let state = FormState { typed, ..FormState::default() };
        return personal(StatusCode::OK, page(app, lang, state).await);
    }
    kept(app, headers, &format!("/{}/contact", lang.code()), HTML, || async { Some(page(app, lang, FormState::default()).await) }).await
}

/// `POST /{lang}/contact` and `POST` to an article's address.
pub async fn file(State(app): State<App>, client: Client, headers: HeaderMap, uri: Uri, request: Request) -> Response {
    let path = decoded(uri.path());
    let library = app.content.library();
    let Some(place) = place(&library, &path, &uri) else { return Failure::NotFound.into_response() };
    let posted = match posted::read(request, bounds(&app.config), client.ip).await {
        Ok(posted) => posted,
        Err(failure) => return failure.into_response(),
    };
    let pairs = posted.pairs.clone();
    let form_place =
        FormPlace { lang: place.lang, article: place.article.as_ref(), reasons: &library.reasons, code_pattern: Some(&app.config.code_pattern) };
    let outcome = app.intake.contact(ContactPost { posted, place: form_place, from: client.ip }).await;
    let with = |files: Taken| FormState { typed: Typed::from_pairs(&pairs), files, is_back: true, ..FormState::default() };
    match outcome {
        ContactOutcome::Filed(filed) => {
            if let Some((lang, query)) = came_from(&headers, "contact", "asked").filter(|_| !filed.repeated) {
                app.searches.wrote(lang, &query);
            }
            sent::after_filing(&app, place.lang, &filed)
        }
        ContactOutcome::Edit(files) | ContactOutcome::Asked(files) => again(&app, &library, StatusCode::OK, place, with(files)).await,
        ContactOutcome::Rejected(rejected, files) => {
            let state = match rejected {
                Some(rejected) => FormState { files, ..FormState::from(*rejected) },
                None => with(files),
            };
            again(&app, &library, StatusCode::UNPROCESSABLE_ENTITY, place, state).await
        }
        ContactOutcome::Challenged(shown, files) => {
            let action = uri.path_and_query().map_or(path.as_str(), |address| address.as_str());
            challenge::page(&app, place.lang, action, Typed::from_pairs(&pairs), files, shown).await
        }
        ContactOutcome::NotTaken(error, files) => not_now(&app, &library, place, &pairs, files, &error).await,
    }
}

/// `POST /{lang}/contact/address`: what was probably meant by an address that looks like a slip, for the script that asks as soon as the field is
/// left; empty where nothing has to be asked. Posted, so that no log has it.
pub async fn address(body: Bytes) -> Response {
    let meant = Typed::from_pairs(&posted_form::pairs(&body)).meant_email().unwrap_or_default();
    let mut response = meant.into_response();
    response.extensions_mut().insert(CachePolicy::Personal);
    response
}

/// The form with everything in it, where nothing is wrong with it and it can't be taken all the same.
async fn not_now(app: &App, library: &Arc<Library>, place: PostedTo, pairs: &[(String, String)], files: Taken, error: &ServiceError) -> Response {
    tracing::warn!(%error, "a message could not be filed");
    let words = place.lang.contact();
    let (status, notice) = match error {
        ServiceError::TooMany => (StatusCode::TOO_MANY_REQUESTS, (words.busy_title, words.busy_text)),
        _ => (StatusCode::SERVICE_UNAVAILABLE, (words.closed_title, words.closed_text)),
    };
    let state = FormState { typed: Typed::from_pairs(pairs), notice: Some(notice), files, is_back: true, ..FormState::default() };
    again(app, library, status, place, state).await
}

/// Where a form was posted to: the contact page, or an article in a language.
struct PostedTo {
    lang: Lang,
    article: Option<ArticleId>,
    /// At the end of an article's steps: the way to there.
    walked: Option<Written>,
}

fn place(library: &Library, path: &str, uri: &Uri) -> Option<PostedTo> {
    match library.pages.get(path) {
        Some(PageTarget::Article(lang, id)) => {
            let walked = Written::of(library, id, *lang, uri).filter(Written::is_contact);
            Some(PostedTo { lang: *lang, article: Some(id.clone()), walked })
        }
        Some(_) => None,
        None => {
            let lang = language::of_path(path).filter(|lang| path == format!("/{}/contact", lang.code()))?;
            Some(PostedTo { lang, article: None, walked: None })
        }
    }
}

/// The page that the form came from, with everything that was typed.
async fn again(app: &App, library: &Arc<Library>, status: StatusCode, place: PostedTo, state: FormState) -> Response {
    let lang = place.lang;
    let html = match (place.article, place.walked) {
        (Some(id), Some(written)) => steps::contact_again(app, library, lang, &id, &written, state).await,
        (Some(id), None) => article::page_with(app, library, lang, id, Some(state)).await,
        (None, _) => Some(page(app, lang, state).await),
    };
    html.map_or_else(|| Failure::NotFound.into_response(), |html| personal(status, html))
}

async fn page(app: &App, lang: Lang, state: FormState) -> String {
    let (site, library) = (Arc::clone(&app.site), app.content.library());
    let place = form_place(app, &library, lang, format!("/{}/contact", lang.code()), None);
    render::page(move || {
        let body = content(&site, &place, &state);
        view! { <Document site=site.clone() frame=frame(&site, lang, &state) body=body /> }
    })
    .await
}

fn frame(site: &Site, lang: Lang, state: &FormState) -> Frame {
    let words = lang.contact();
    let switch = PerLang(Lang::ALL.map(|lang| format!("/{}/contact", lang.code())));
    Frame {
        lang,
        title: state.titled(lang, words.title),
        description: format!("{} {} {}", words.description, words.lede, site.promise[lang]),
        canonical: (!state.is_back).then(|| switch[lang].clone()),
        alternates: switch.iter().map(|(lang, path)| (lang, path.clone())).collect(),
        switch,
        is_article: false,
        structured: Vec::new(),
        search: SearchPlace::Header,
    }
}

fn content(site: &Site, place: &FormPlaceView, state: &FormState) -> AnyView {
    let lang = place.lang;
    let words = lang.contact();
    view! {
        <div class="wrap narrow">
            <div class="plain-head">
                {parts::crumbs(lang, &[])}
                <h1>{words.title}</h1>
                <p class="lede">{format!("{} {}", words.lede, site.promise[lang])}</p>
            </div>
            {contact_form(place, state)}
        </div>
    }
    .into_any()
}
