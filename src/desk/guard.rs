//! Stands before every route of the desk but those of logging in: who is it, may they, and have they typed their password lately.

use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::who::{Who, lang_of, session_cookie};
use super::{confirm, failure, log_in, second_factor, ticket};
use crate::app::App;
use crate::staff::Action;
use crate::staff::sessions::{Found, Stage};
use crate::web::redirect;

/// What stands before one route.
#[derive(Clone)]
pub(super) struct Guard {
    pub(super) app: App,
    pub(super) action: Action,
}

pub(super) async fn layer(State(guard): State<Guard>, mut request: Request, next: Next) -> Response {
    let Guard { app, action } = guard;
    let path = request.uri().path_and_query().map_or("/desk", |path| path.as_str()).to_owned();
    // A form can't be sent again by a link: who comes back sees the page that it stood on.
    let back = if request.method() == Method::POST { page_of_form(&request) } else { path };
    let found = match session_cookie(&app, request.headers()) {
        Some(cookie) => app.staff.sessions().find(cookie).await,
        None => Ok(Found::Nobody),
    };
    let (session, member) = match found {
        Ok(Found::Live(session, member)) if session.stage == Stage::Full => (*session, *member),
        Ok(Found::Live(..)) => return redirect::see_other(&log_in::with_next(log_in::CODE_PATH, &back)),
        Ok(Found::Over(member)) => {
            // What was typed is not lost: it is in the person's draft when they have logged in.
            if request.method() == Method::POST {
                ticket::rescue(&app, &member, request).await;
            }
            return redirect::see_other(&format!("{}&ended=1", log_in::with_next(log_in::PATH, &back)));
        }
        Ok(Found::Nobody) => return redirect::see_other(&log_in::with_next(log_in::PATH, &back)),
        Err(error) => return failure::of(&error).into_response(),
    };
    let lang = member.lang.unwrap_or_else(|| lang_of(&app, request.headers()));
    let must = member.second_factor_at.is_none() && app.staff.second_factor().is_required(&member);
    if must && request.uri().path() != second_factor::PATH {
        return redirect::see_other(second_factor::PATH);
    }
    let who = Who { member, session, lang };
    if !who.member.role.may(action) {
        return failure::not_allowed(&app, &who).await;
    }
    let asks_again = action.is_dangerous() && !who.session.is_confirmed(app.clock.now());
    request.extensions_mut().insert(who.clone());
    let mut response =
        if asks_again && request.method() == Method::POST { confirm::ask(&app, who, request, next).await } else { next.run(request).await };
    response.extensions_mut().insert(lang);
    response
}

/// The page that a form stands on: its own address says so, else the desk.
fn page_of_form(request: &Request) -> String {
    let path = request.uri().path();
    let mut parts = path.split('/').skip(2);
    match (parts.next(), parts.next()) {
        (Some("tickets"), Some(reference)) => format!("/desk/tickets/{reference}"),
        (Some(page @ ("me" | "people" | "mail" | "replies" | "notifications" | "settings")), _) => format!("/desk/{page}"),
        _ => "/desk".to_owned(),
    }
}
