//! What admins do: inviting, roles, helping back in, and letting go.

use ajuda::clock::Micros;
use ajuda::events::Actor;
use ajuda::staff::Role;
use ajuda::tickets::model::Transition;

use super::{PASSWORD, email, log_in, logged_in, member};
use crate::support::{Acts, HOME, draft, engines};
use crate::visitor::{Reply, Visitor};

async fn id_of(visitor: &Visitor, address: &str) -> String {
    visitor.app.staff.by_email(&email(address)).await.expect("a database").expect("a member").id
}

/// The path of the link that a page shows.
fn link(page: &Reply) -> String {
    let url = page.text_of(".secret").expect("a link");
    url.split_once("/desk/").map(|(_, rest)| format!("/desk/{rest}")).expect("a path")
}

#[tokio::test]
async fn somebody_is_invited_and_comes_in_by_the_link() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let admin = logged_in(&visitor, "ana@example.com", "Ana", Role::Admin).await;
        for (fields, wrong) in [
            ([("email", "rui"), ("name", "Rui"), ("role", "agent")], "#email-error"),
            ([("email", "rui@example.com"), ("name", ""), ("role", "agent")], "#name-error"),
            ([("email", "rui@example.com"), ("name", "Rui"), ("role", "owner")], "#role-error"),
            ([("email", "ANA@example.com"), ("name", "Rui"), ("role", "agent")], "#email-error"),
        ] {
            let refused = admin.post("/desk/people", &fields).await;
            assert!(refused.assert_status(422).text_of(wrong).is_some(), "{fields:?}");
            assert_eq!(refused.attributes("#email", "value"), [fields[0].1], "what was typed is kept");
        }
        let hostile = "Rui </textarea><script>alert(1)</script>";
        let shown = admin.post("/desk/people", &[("email", "rui@example.com"), ("name", hostile), ("role", "lead")]).await;
        assert_eq!(shown.assert_status(200).header("cache-control"), "no-store");
        assert!(!shown.text().contains("<script>alert"));
        let rui = visitor.stranger();
        let path = link(&shown);
        let key = path.split_once("key=").expect("a key").1;
        rui.post("/desk/welcome", &[("key", key), ("password", PASSWORD)]).await.assert_status(303);
        assert!(!rui.get("/desk/me").await.assert_status(200).text().contains("<script>alert"));
        rui.get("/desk/people").await.assert_status(403);
        let id = id_of(&visitor, "rui@example.com").await;
        admin.post(&format!("/desk/people/{id}/role"), &[("role", "admin")]).await.assert_status(303);
        assert_eq!(rui.get("/desk/people").await.assert_status(303).header("location"), "/desk/me/second-factor");
    }
}

#[tokio::test]
async fn with_mail_the_invitation_goes_by_email() {
    let visitor = Visitor::with(&crate::support::Engine::Sqlite, |config| {
        config.smtp.host = "localhost".into();
        config.smtp.from = "suporte@example.com".into();
    })
    .await;
    let admin = logged_in(&visitor, "ana@example.com", "Ana", Role::Admin).await;
    let done = admin.post("/desk/people", &[("email", "rui@example.com"), ("name", "Rui"), ("role", "agent")]).await;
    assert_eq!(done.assert_status(303).header("location"), "/desk/people?done=invited");
    let owed = visitor.app.outbox.claim().await.expect("a database").expect("an email");
    let facts = visitor.app.staff.links().mail_facts(&owed.mail).await.expect("a database").expect("a link");
    assert_eq!((facts.email.as_str(), facts.is_new), ("rui@example.com", true));
    let written = ajuda::mail::MailRenderer::new(&visitor.app.config.mail()).write_staff_link(&owed, &facts).expect("an email");
    let text = String::from_utf8(written.formatted()).expect("ASCII").replace("=\r\n", "").replace("=3D", "=");
    assert!(text.contains(&facts.link) && text.contains("To: \"Rui\" <rui@example.com>") || text.contains("To: Rui <rui@example.com>"), "{text}");
    // Used, or made void by a newer one: the email says nothing any more.
    let id = id_of(&visitor, "rui@example.com").await;
    admin.post(&format!("/desk/people/{id}/link"), &[]).await.assert_status(303);
    assert!(visitor.app.staff.links().mail_facts(&owed.mail).await.expect("a database").is_none());
}

#[tokio::test]
async fn the_password_is_asked_again_after_a_quarter_of_an_hour_and_the_form_goes_on() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let admin = logged_in(&visitor, "ana@example.com", "Ana", Role::Admin).await;
        visitor.app.clock.advance(15 * Micros::MINUTE);
        let fields = [("email", "rui@example.com"), ("name", "Rui \"das\" <Ondas>"), ("role", "agent")];
        let asked = admin.post("/desk/people", &fields).await;
        assert_eq!(asked.assert_status(200).attributes("form input:not([type=hidden])[type=password]", "name"), ["confirm_password"]);
        let kept = |reply: &Reply| {
            let (names, values) = (reply.attributes("main input[type=hidden]", "name"), reply.attributes("main input[type=hidden]", "value"));
            names.into_iter().zip(values).collect::<Vec<_>>()
        };
        assert_eq!(kept(&asked), fields.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert_eq!(visitor.app.staff.list().await.expect("a database").len(), 1, "nothing was done yet");
        let with = |password: &'static str| fields.into_iter().chain([("confirm_password", password)]).collect::<Vec<_>>();
        let wrong = admin.post("/desk/people", &with("wrong")).await;
        assert_eq!(kept(wrong.assert_status(422)), kept(&asked));
        admin.post("/desk/people", &with(PASSWORD)).await.assert_status(200);
        assert_eq!(visitor.app.staff.list().await.expect("a database").len(), 2);
        // For another quarter of an hour it is not asked.
        let id = id_of(&visitor, "rui@example.com").await;
        admin.post(&format!("/desk/people/{id}/role"), &[("role", "lead")]).await.assert_status(303);
        assert_eq!(visitor.app.staff.by_id(&id).await.expect("a database").expect("a member").role, Role::Lead);
    }
}

#[tokio::test]
async fn who_leaves_is_out_at_once_and_their_tickets_are_nobodys() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let admin = logged_in(&visitor, "ana@example.com", "Ana", Role::Admin).await;
        let rui = logged_in(&visitor, "rui@example.com", "Rui", Role::Agent).await;
        let id = id_of(&visitor, "rui@example.com").await;
        let (app, mut references) = (&visitor.app, Vec::new());
        for subject in ["Um", "Outro assunto", "Fechado"] {
            let filed = app.file(&draft(&format!("{subject} caso"), &format!("{}@example.com", subject.len())), HOME).await.expect("a ticket");
            app.tickets.triage().assign(&filed.key.reference, Some(&id), &Actor::Console).await.expect("assigned");
            references.push(filed.key.reference);
        }
        app.tickets.transition(&references[2], Transition::Closed, &Actor::Console).await.expect("closed");
        admin.post(&format!("/desk/people/{id}/disable"), &[]).await.assert_status(303);
        rui.get("/desk/me").await.assert_status(303);
        log_in(&visitor.stranger(), "rui@example.com", PASSWORD).await.assert_status(422);
        let mut assignees = Vec::new();
        for reference in &references {
            assignees.push(app.tickets.read().find(reference).await.expect("a ticket").assignee);
        }
        assert_eq!(assignees, [None, None, Some(id.clone())], "what is over keeps who had it");
        assert_eq!(app.staff.name(&id).await.expect("a database").as_deref(), Some("Rui"), "what they did keeps their name");
        // Back again they begin anew: the old password opens nothing.
        member_again(&visitor).await;
        log_in(&visitor.stranger(), "rui@example.com", PASSWORD).await.assert_status(422);
    }
}

async fn member_again(visitor: &Visitor) {
    visitor.app.staff.add(&email("rui@example.com"), &super::name("Rui"), Role::Agent, &Actor::Console).await.expect("a database");
}

#[tokio::test]
async fn somebody_is_always_admin() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let admin = logged_in(&visitor, "ana@example.com", "Ana", Role::Admin).await;
        let own = id_of(&visitor, "ana@example.com").await;
        for (what, fields) in [("role", vec![("role", "agent")]), ("disable", vec![])] {
            let refused = admin.post(&format!("/desk/people/{own}/{what}"), &fields).await;
            assert!(refused.assert_status(422).text_of("#last-admin").is_some());
        }
        visitor.app.staff.add(&email("ana@example.com"), &super::name("Ana"), Role::Agent, &Actor::Console).await.expect_err("the last one");
        // Two admins who put each other out at the same moment: one stays.
        member(&visitor, "rui@example.com", "Rui", Role::Admin).await;
        let (ana, rui) = (email("ana@example.com"), email("rui@example.com"));
        let (one, two) = tokio::join!(visitor.app.disable_member(&ana, &Actor::Console), visitor.app.disable_member(&rui, &Actor::Console));
        assert_eq!([one, two].iter().filter(|result| result.is_ok()).count(), 1);
    }
}

#[tokio::test]
async fn who_lost_their_telephone_is_helped_and_logged_out() {
    let visitor = Visitor::new(&crate::support::Engine::Sqlite).await;
    let admin = logged_in(&visitor, "ana@example.com", "Ana", Role::Admin).await;
    let rui = logged_in(&visitor, "rui@example.com", "Rui", Role::Agent).await;
    super::set_up_second_factor(&rui).await;
    let id = id_of(&visitor, "rui@example.com").await;
    admin.post(&format!("/desk/people/{id}/second-factor"), &[]).await.assert_status(303);
    rui.get("/desk/me").await.assert_status(303);
    log_in(&rui, "rui@example.com", PASSWORD).await.assert_status(303);
    rui.get("/desk/me").await.assert_status(200);
    for nobody in ["nobody", "../../x", "%00"] {
        admin.post(&format!("/desk/people/{}/second-factor", nobody.replace('/', "%2F")), &[]).await.assert_status(404);
    }
}
