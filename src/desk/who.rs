//! Who works at the desk, and what a browser's cookies say of it.

use axum::http::{HeaderMap, header};
use axum::response::Response;

use crate::app::App;
use crate::i18n::Lang;
use crate::staff::sessions::Session;
use crate::staff::{LoggedIn, Member};
use crate::web::{cookie, language};

/// A browser that is logged in, or halfway there.
pub(super) const SESSION_COOKIE: &str = "ajuda_desk";
/// A browser that somebody has logged in with before: see [`crate::staff`] on guessing.
pub(super) const KNOWN_COOKIE: &str = "ajuda_desk_known";
const KNOWN_MAX_SECONDS: i64 = 180 * 24 * 3600;

/// Who asks; every guarded handler gets it.
#[derive(Debug, Clone)]
pub(super) struct Who {
    pub(super) member: Member,
    pub(super) session: Session,
    /// The language of what they are shown.
    pub(super) lang: Lang,
}

/// What the browser likes, else the help center's language.
pub(super) fn lang_of(app: &App, headers: &HeaderMap) -> Lang {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).and_then(language::preferred);
    accepted.unwrap_or(app.site.default_lang)
}

pub(super) fn session_cookie<'h>(app: &App, headers: &'h HeaderMap) -> Option<&'h str> {
    cookie::read(headers, SESSION_COOKIE, app.config.is_https())
}

/// Where a try to log in comes from.
pub(super) fn from<'h>(app: &App, headers: &'h HeaderMap, ip: std::net::IpAddr, browser: &'h str) -> crate::staff::From<'h> {
    crate::staff::From { network: ip, known: cookie::read(headers, KNOWN_COOKIE, app.config.is_https()), browser }
}

/// Gives the browser the cookie of its new session, and where logging in is complete the mark of one that is known.
pub(super) fn give_cookies(app: &App, response: &mut Response, logged_in: &LoggedIn) {
    let secure = app.config.is_https();
    let mut give = |name: &str, value: &str, seconds: i64| {
        if let Some(set) = cookie::set(name, value, seconds, secure) {
            response.headers_mut().append(header::SET_COOKIE, set);
        }
    };
    give(SESSION_COOKIE, &logged_in.cookie, logged_in.cookie_max_seconds);
    if logged_in.stage == crate::staff::sessions::Stage::Full
        && let Ok(known) = app.staff.log_in().known_browser(&logged_in.member)
    {
        give(KNOWN_COOKIE, &known, KNOWN_MAX_SECONDS);
    }
}

/// "Chrome, Android": what tells a person's own browsers apart in a list.
pub(super) fn browser_of(headers: &HeaderMap) -> String {
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let first = |names: &[(&str, &'static str)]| names.iter().find(|(part, _)| agent.contains(part)).map(|(_, name)| *name);
    // Each names those before it too, so the order counts.
    let browser = first(&[
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => "?".to_owned(),
    }
}
