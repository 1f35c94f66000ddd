//! Cookies of the desk: bound to the host, fixed by nobody, and worth nothing elsewhere.

use ajuda::staff::Role;
use axum::body::Body;
use axum::http::{Request, header};

use super::{PASSWORD, log_in, logged_in, member};
use crate::support::Engine;
use crate::visitor::{Visitor, form_body};

#[tokio::test]
async fn with_https_the_cookie_is_this_hosts_and_scripts_do_not_see_it() {
    let visitor = Visitor::with(&Engine::Sqlite, |config| config.public_url = "https://help.example.com".into()).await;
    member(&visitor, "ana@example.com", "Ana", Role::Agent).await;
    let reply = log_in(&visitor, "ana@example.com", PASSWORD).await;
    let set: Vec<_> = reply.headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().expect("ASCII").to_owned()).collect();
    assert_eq!(set.len(), 2, "{set:?}");
    for set in set {
        assert!(set.starts_with("__Host-ajuda_desk"), "{set}");
        for part in ["; Path=/;", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
            assert!(set.contains(part), "{part} in {set}");
        }
    }
}

#[tokio::test]
async fn a_session_that_was_put_into_a_browser_is_not_the_one_that_is_opened() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let thief = logged_in(&visitor, "rui@example.com", "Rui", Role::Agent).await;
    member(&visitor, "ana@example.com", "Ana", Role::Agent).await;
    let planted = thief.cookie("ajuda_desk").expect("a cookie");
    let victim = visitor.stranger();
    for cookie in [planted.as_str(), "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", ""] {
        victim.set_cookie("ajuda_desk", cookie);
        log_in(&victim, "ana@example.com", PASSWORD).await.assert_status(303);
        assert_ne!(victim.cookie("ajuda_desk").as_deref(), Some(cookie));
        let other = visitor.stranger();
        other.set_cookie("ajuda_desk", cookie);
        other.get("/desk/me").await.assert_status(303);
    }
}

#[tokio::test]
async fn a_customers_cookie_opens_no_desk_and_the_desks_no_ticket() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let staff = logged_in(&visitor, "ana@example.com", "Ana", Role::Agent).await;
    let customer = visitor.stranger();
    let sent = customer.post("/pt/contact", &crate::visitor::GOOD_FORM).await;
    let page = sent.assert_status(303).header("location").trim_end_matches("/sent").to_owned();
    customer.get(&page).await.assert_status(200);
    customer.get("/desk/me").await.assert_status(303);
    staff.get(&page).await.assert_status(404);
    for (name, _) in [("ajuda_session", ""), ("ajuda_desk", "")] {
        let value = staff.cookie("ajuda_desk").expect("a cookie");
        let other = visitor.stranger();
        other.set_cookie(name, &value);
        other.get(&page).await.assert_status(404);
    }
}

#[tokio::test]
async fn forms_of_other_sites_do_nothing() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let admin = logged_in(&visitor, "ana@example.com", "Ana", Role::Admin).await;
    let body = form_body(&[("email", "rui@example.com"), ("name", "Rui"), ("role", "admin")]).into_bytes();
    for from in ["cross-site", "same-site"] {
        admin.post_bytes("/desk/people", body.clone(), from).await.assert_status(403);
        let log_in = form_body(&[("email", "ana@example.com"), ("password", PASSWORD)]).into_bytes();
        admin.post_bytes("/desk/log-in", log_in, from).await.assert_status(403);
        admin.post_bytes("/desk/log-out", Vec::new(), from).await.assert_status(403);
    }
    assert_eq!(visitor.app.staff.list().await.expect("a database").len(), 1);
    admin.get("/desk/people").await.assert_status(200);
    // No method but those of the table.
    let put = Request::put("/desk/people").header("sec-fetch-site", "same-origin").body(Body::empty()).expect("a request");
    admin.send(put).await.assert_status(405);
    admin.get("/desk/people/x/disable").await.assert_status(405);
}
