//! Setting up the second factor: the secret as a drawing and as text, a code of it as proof, then the recovery codes, once.

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use super::fields::Field;
use super::who::{Who, give_cookies};
use super::{failure, frame, me, qr};
use crate::app::App;
use crate::error::ServiceError;
use crate::web::{form, redirect};

pub(super) const PATH: &str = "/desk/me/second-factor";

/// `GET /desk/me/second-factor`.
pub(super) async fn show(State(app): State<App>, Extension(who): Extension<Who>) -> Response {
    page(&app, &who, StatusCode::OK, None).await
}

/// `POST /desk/me/second-factor`: a code shows that the app has the secret.
pub(super) async fn take(State(app): State<App>, Extension(who): Extension<Who>, body: Bytes) -> Response {
    let pairs = form::pairs(&body);
    match app.staff.second_factor().confirm(&who.member, &who.session, form::value(&pairs, "code").unwrap_or_default()).await {
        Ok(Some(confirmed)) => {
            let mut response = codes_page(&app, &who, confirmed.codes).await;
            give_cookies(&app, &mut response, &confirmed.logged_in);
            response
        }
        Ok(None) => page(&app, &who, StatusCode::UNPROCESSABLE_ENTITY, Some(who.lang.desk_log_in().wrong_code.to_owned())).await,
        Err(ServiceError::NotNow) => redirect::see_other(me::PATH),
        Err(error) => failure::of(&error).into_response(),
    }
}

/// `POST /desk/me/recovery-codes`: new ones in place of the old.
pub(super) async fn renew(State(app): State<App>, Extension(who): Extension<Who>) -> Response {
    match app.staff.second_factor().renew_codes(&who.member).await {
        Ok(codes) => codes_page(&app, &who, codes).await,
        Err(ServiceError::NotNow) => redirect::see_other(PATH),
        Err(error) => failure::of(&error).into_response(),
    }
}

async fn page(app: &App, who: &Who, status: StatusCode, wrong: Option<String>) -> Response {
    let secret = match app.staff.second_factor().offer(&who.member).await {
        Ok(secret) => secret,
        Err(ServiceError::NotNow) => return redirect::see_other(me::PATH),
        Err(error) => return failure::of(&error).into_response(),
    };
    let (words, must) = (who.lang.desk_account(), app.staff.second_factor().is_required(&who.member));
    let uri = secret.uri(&app.site.brand, &who.member.email);
    frame::page(app, Some(who), who.lang, status, words.second_factor, move || {
        let must = must.then(|| view! { <p class="lede">{words.second_factor_must}</p> });
        view! {
            <div class="desk-narrow">
                <h1>{words.second_factor}</h1>
                {must}
                <ol class="desk-steps">
                    <li>
                        <p>{words.scan}</p>
                        {qr::draw(&uri, words.qr)}
                        <p>{words.type_secret}</p>
                        <p><code class="secret">{secret.as_text()}</code></p>
                    </li>
                    <li>
                        <form class="form" action=PATH method="post" novalidate>
                            {Field::code("code", words.then_code).wrong(wrong.clone()).view()}
                            <button class="button button-primary" type="submit">{words.activate}</button>
                        </form>
                    </li>
                </ol>
            </div>
        }
        .into_any()
    })
    .await
}

async fn codes_page(app: &App, who: &Who, codes: Vec<String>) -> Response {
    let words = who.lang.desk_account();
    frame::page(app, Some(who), who.lang, StatusCode::OK, words.codes_title, move || {
        let codes = codes.iter().map(|code| view! { <li><code>{code.clone()}</code></li> }).collect_view();
        view! {
            <div class="desk-narrow">
                <h1>{words.codes_title}</h1>
                <p class="lede">{words.codes_text}</p>
                <ol class="recovery-codes">{codes}</ol>
                <p><a class="button button-primary" href="/desk">{words.codes_kept}</a></p>
            </div>
        }
        .into_any()
    })
    .await
}
