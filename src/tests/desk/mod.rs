//! The desk: who gets in, and what they may do there.

mod console;
mod cookies;
mod guessing;
mod leaving;
mod list;
mod live;
mod log_in;
mod notifications;
mod people;
mod replies;
mod roles;
mod second_factor;
mod sessions;
mod tools;
mod triage;
mod writing;

use std::process::Command;

use ajuda::clock::Micros;
use ajuda::events::Actor;
use ajuda::staff::{Member, Password, Role};
use ajuda::values::{Email, Network, PersonName};
use axum::body::Body;
use axum::http::{Request, header};

use crate::visitor::{Reply, Visitor, form_body};

pub(crate) const PASSWORD: &str = "cavalo grampo bateria";

pub(crate) fn email(text: &str) -> Email {
    Email::parse(text).expect("an address")
}

pub(crate) fn name(text: &str) -> PersonName {
    PersonName::parse(text).expect("a name")
}

/// Somebody of the team, with a password.
pub(crate) async fn member(visitor: &Visitor, address: &str, called: &str, role: Role) -> Member {
    let staff = &visitor.app.staff;
    let id = staff.add(&email(address), &name(called), role, &Actor::Console).await.expect("a database");
    let password = Password::parse(PASSWORD, &[]).expect("a good one");
    let here = Network::from(std::net::IpAddr::from([127, 0, 0, 1]));
    staff.set_password(&id, &password, here, None, &Actor::Console).await.expect("a database");
    staff.by_id(&id).await.expect("a database").expect("a member")
}

/// A browser of somebody who is logged in; admins have a second factor afterwards.
pub(crate) async fn logged_in(visitor: &Visitor, address: &str, called: &str, role: Role) -> Visitor {
    member(visitor, address, called, role).await;
    let browser = visitor.stranger();
    log_in(&browser, address, PASSWORD).await.assert_status(303);
    if role == Role::Admin {
        set_up_second_factor(&browser).await;
    }
    browser
}

pub(crate) async fn log_in(browser: &Visitor, address: &str, password: &str) -> Reply {
    browser.post("/desk/log-in", &[("email", address), ("password", password)]).await
}

/// The same from a network.
pub(crate) async fn log_in_from(browser: &Visitor, network: &str, address: &str, password: &str) -> Reply {
    let body = form_body(&[("email", address), ("password", password)]);
    let request = Request::post("/desk/log-in").header("sec-fetch-site", "same-origin").header("x-forwarded-for", network);
    let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(Body::from(body)).expect("a request");
    browser.send(request).await
}

/// Sets the second factor up as a person does; returns the secret and the recovery codes.
pub(crate) async fn set_up_second_factor(browser: &Visitor) -> (String, Vec<String>) {
    let page = browser.get("/desk/me/second-factor").await;
    let secret = page.assert_status(200).text_of(".secret").expect("the secret as text");
    let done = browser.post("/desk/me/second-factor", &[("code", &code(browser, &secret))]).await;
    (secret, done.assert_status(200).texts_of(".recovery-codes code"))
}

/// What an app shows now, by Debian's oathtool.
pub(crate) fn code(browser: &Visitor, secret: &str) -> String {
    let now = format!("@{}", browser.app.clock.now().0 / Micros::SECOND);
    let shown = Command::new("oathtool").args(["--totp", "-b", "--now", &now, &secret.replace(' ', "")]).output().expect("oathtool is installed");
    assert!(shown.status.success(), "{}", String::from_utf8_lossy(&shown.stderr));
    String::from_utf8(shown.stdout).expect("digits").trim().to_owned()
}
