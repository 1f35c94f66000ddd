//! Logging in by password, and choosing one by a one-time link.

use ajuda::clock::Micros;
use ajuda::events::Actor;
use ajuda::staff::Role;

use super::{PASSWORD, email, log_in, logged_in, member, name};
use crate::support::engines;
use crate::visitor::Visitor;

#[tokio::test]
async fn who_is_not_logged_in_is_led_to_one_form_and_back() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        member(&visitor, "ana@example.com", "Ana Lima", Role::Agent).await;
        for path in ["/desk", "/desk/people", "/desk/nothing-here", "/desk/me"] {
            let asked = visitor.get(path).await;
            let form = visitor.get(asked.assert_status(303).header("location")).await;
            assert_eq!(form.assert_status(200).attributes("form input:not([type=hidden])", "name"), ["email", "password"]);
            assert_eq!(form.header("cache-control"), "no-store");
        }
        let wrong = log_in(&visitor, "ana@example.com", "something else").await;
        wrong.assert_status(422);
        assert_eq!((wrong.header("cache-control"), visitor.cookie("ajuda_desk")), ("no-store", None));
        assert_eq!(wrong.attributes("#email", "value"), ["ana@example.com"], "what was typed is kept");
        assert!(wrong.attributes("#password", "value").iter().all(String::is_empty), "the password is not shown again");
        let right = visitor.post("/desk/log-in", &[("email", " ANA@example.com "), ("password", PASSWORD), ("next", "/desk/me?x=1")]).await;
        assert_eq!(right.assert_status(303).header("location"), "/desk/me?x=1");
        let page = visitor.get("/desk/me").await;
        assert!(page.assert_status(200).text().contains("Ana Lima"));
        assert_eq!(visitor.get("/desk/log-in").await.assert_status(303).header("location"), "/desk");
        visitor.post("/desk/log-out", &[]).await.assert_status(303);
        visitor.get("/desk/me").await.assert_status(303);
    }
}

#[tokio::test]
async fn an_unknown_address_gets_the_same_answer() {
    let visitor = Visitor::new(&crate::support::Engine::Sqlite).await;
    // All of one length, since an answer that has a longer one in it is longer.
    member(&visitor, "anna@example.com", "Anna", Role::Agent).await;
    // Invited and without a password yet; gone.
    visitor.app.staff.add(&email("nova@example.com"), &name("Nova"), Role::Agent, &Actor::Console).await.expect("a database");
    member(&visitor, "fora@example.com", "Fora", Role::Agent).await;
    visitor.app.disable_member(&email("fora@example.com"), &Actor::Console).await.expect("gone");
    let mut answers = Vec::new();
    for address in ["anna@example.com", "nova@example.com", "fora@example.com", "nemo@example.com"] {
        let reply = log_in(&visitor.stranger(), address, "cavalo grampo errado").await;
        let headers: Vec<_> =
            reply.headers.iter().filter(|(name, _)| *name != "x-request-id").map(|(name, value)| format!("{name}: {value:?}")).collect();
        answers.push((reply.status, headers, reply.text().replace(address, "x")));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    // Nor does an empty password open what has none.
    log_in(&visitor, "nova@example.com", "").await.assert_status(422);
}

#[tokio::test]
async fn a_link_lets_somebody_choose_a_password_once_within_a_day() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let id = visitor.app.staff.add(&email("ana@example.com"), &name("Ana"), Role::Agent, &Actor::Console).await.expect("a database");
        let ana = visitor.app.staff.by_id(&id).await.expect("a database").expect("a member");
        let make = async || {
            let link = visitor.app.staff.links().make(&ana, &Actor::Console, None).await.expect("a link");
            let path = link.url.split_once("/desk/").map(|(_, rest)| format!("/desk/{rest}")).expect("a path");
            let key = path.split_once("key=").expect("a key").1.to_owned();
            (path, key)
        };
        let (old, old_key) = make().await;
        let (path, key) = make().await;
        visitor.get(&old).await.assert_status(410);
        visitor.post("/desk/welcome", &[("key", &old_key), ("password", PASSWORD)]).await.assert_status(410);
        for _ in 0..3 {
            visitor.get(&path).await.assert_status(200);
        }
        for (password, again) in [("short", "short"), ("password2026!", "password2026!"), (PASSWORD, "another one, longer")] {
            let refused = visitor.post("/desk/welcome", &[("key", &key), ("password", password), ("password_again", again)]).await;
            assert!(refused.assert_status(422).text_of(".error").is_some());
        }
        let done = visitor.post("/desk/welcome", &[("key", &key), ("password", PASSWORD), ("password_again", PASSWORD)]).await;
        assert_eq!(done.assert_status(303).header("location"), "/desk");
        visitor.get("/desk/me").await.assert_status(200);
        visitor.get(&path).await.assert_status(410);
        let again = visitor.stranger().post("/desk/welcome", &[("key", &key), ("password", "um outro, bem longo")]).await;
        again.assert_status(410);
        log_in(&visitor.stranger(), "ana@example.com", PASSWORD).await.assert_status(303);

        let (late, late_key) = make().await;
        visitor.app.clock.advance(24 * Micros::HOUR);
        visitor.get(&late).await.assert_status(410);
        visitor.post("/desk/welcome", &[("key", &late_key), ("password", PASSWORD)]).await.assert_status(410);
        for forged in ["", ".", &format!("{}.{}", key.split('.').next().unwrap_or_default(), "A".repeat(22)), "../../x.y"] {
            visitor.get(&format!("/desk/welcome?key={forged}")).await.assert_status(410);
        }
    }
}

#[tokio::test]
async fn a_new_password_ends_every_other_session_and_makes_links_void() {
    let visitor = Visitor::new(&crate::support::Engine::Sqlite).await;
    let browser = logged_in(&visitor, "ana@example.com", "Ana", Role::Agent).await;
    let other = visitor.stranger();
    log_in(&other, "ana@example.com", PASSWORD).await.assert_status(303);
    let new = "montanha lenta azul";
    let change = async |current: &str, password: &str, again: &str| {
        browser.post("/desk/me/password", &[("current_password", current), ("password", password), ("password_again", again)]).await
    };
    change("wrong", new, new).await.assert_status(422);
    change(PASSWORD, "ana@example.com", "ana@example.com").await.assert_status(422);
    change(PASSWORD, new, "different").await.assert_status(422);
    other.get("/desk/me").await.assert_status(200);
    change(PASSWORD, new, new).await.assert_status(303);
    browser.get("/desk/me").await.assert_status(200);
    other.get("/desk/me").await.assert_status(303);
    log_in(&visitor.stranger(), "ana@example.com", PASSWORD).await.assert_status(422);
    log_in(&visitor.stranger(), "ana@example.com", new).await.assert_status(303);
}

#[tokio::test]
async fn the_desk_speaks_the_language_that_its_person_chose() {
    let visitor = Visitor::new(&crate::support::Engine::Sqlite).await;
    let browser = logged_in(&visitor, "ana@example.com", "Ana Lima", Role::Agent).await;
    assert_eq!(browser.get("/desk/me").await.attributes("html", "lang"), ["pt-BR"]);
    let typed = [("name", "Ana Lima"), ("public_name", "Ana do suporte"), ("lang", "es")];
    browser.post("/desk/me/profile", &typed).await.assert_status(303);
    let page = browser.get("/desk/me").await;
    assert_eq!(
        (page.attributes("html", "lang"), page.attributes("#public_name", "value")),
        (vec!["es-419".to_owned()], vec!["Ana do suporte".to_owned()])
    );
    let refused = browser.post("/desk/me/profile", &[("name", ""), ("public_name", &"x".repeat(101)), ("lang", "en")]).await;
    assert_eq!(refused.assert_status(422).texts_of(".error").len(), 2);
    assert_eq!(refused.attributes("#public_name", "value"), ["x".repeat(101)], "what was typed is kept");
    let member = visitor.app.staff.by_email(&email("ana@example.com")).await.expect("a database").expect("a member");
    assert_eq!(member.shown_name(), "Ana do suporte");
}
