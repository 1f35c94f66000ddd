//! From a question to a ticket and its private page, on every engine.

use crate::support::Acts;
use ajuda::articles::feedback;
use ajuda::events::Actor;
use ajuda::tickets::Queue;
use ajuda::tickets::Right;
use ajuda::tickets::model::Reference;

use super::ARTICLE;
use crate::support::{engines, said};
use crate::visitor::{GOOD_FORM, Visitor, form_with};

#[tokio::test]
async fn a_message_becomes_a_ticket_that_only_its_author_sees() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let sent = visitor.post(ARTICLE, &GOOD_FORM).await;
        sent.assert_status(303);
        let location = sent.header("location").to_owned();
        assert!(sent.header("set-cookie").contains("HttpOnly; SameSite=Lax") && !sent.header("set-cookie").contains("Secure"));
        let page = visitor.get(&location).await;
        let reference = page.text_of(".reference-code").expect("a reference");
        let path = format!("/pt/requests/{reference}");
        assert_eq!(location, format!("{path}/sent"));
        assert_eq!(page.text_of("main time").as_deref(), Some("até amanhã, às 9:00"));
        assert_eq!(page.attributes("main time", "title"), ["terça-feira, 24 de novembro de 2026, 9:00 (horário de Brasília)"]);
        let ticket = visitor.get(&path).await;
        assert_eq!(ticket.text_of("h1").as_deref(), Some("Não recebi o curso"));
        assert!(ticket.text_of(".facts").is_some_and(|facts| facts.contains("até amanhã, às 9:00")));
        assert!(visitor.get("/pt/requests").await.text().contains(&reference));

        let stranger = visitor.stranger();
        stranger.get(&path).await.assert_status(404);
        assert_eq!(stranger.get(&location).await.header("location"), "/pt/requests");
        stranger.get(&format!("{path}?key=AAAAAAAAAAAAAAAAAAAAAA")).await.assert_status(404);
        assert!(!stranger.get("/pt/requests").await.text().contains(&reference));

        // The link shown after sending opens it elsewhere, and its secret leaves the address.
        let link = page.attributes(".private-link a", "href").remove(0).replace("http://127.0.0.1:3000", "");
        let opened = stranger.get(&link).await;
        assert_eq!((opened.status.as_u16(), opened.header("location")), (303, path.as_str()));
        stranger.get(&path).await.assert_status(200);
    }
}

#[tokio::test]
async fn the_same_message_sent_twice_is_one_ticket() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let first = visitor.post(ARTICLE, &GOOD_FORM).await;
        let second = visitor.stranger().post(ARTICLE, &GOOD_FORM).await;
        assert_eq!(first.header("location"), second.header("location"));
        assert_eq!(visitor.app.tickets.read().list(Queue::Newest, 10).await.expect("a database").len(), 1);
        assert_eq!(visitor.app.metrics.tickets_filed.get(), 1);
    }
}

#[tokio::test]
async fn every_mistake_is_named_beside_its_field_and_at_the_top() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let reply = visitor.post("/es/contact", &form_with(&[("email", "joana@"), ("subject", "x"), ("reason", "")])).await;
        reply.assert_status(422);
        assert_eq!(reply.text_of("#errors h2").as_deref(), Some("Revisa 3 campos"));
        assert_eq!(reply.attributes("#errors[autofocus]", "id"), ["errors"], "the browser goes there");
        assert_eq!(reply.attributes("#errors a", "href"), ["#reason", "#subject", "#email"]);
        assert_eq!(reply.attributes("#email", "aria-describedby"), ["email-error"]);
        assert!(reply.text_of("#email-error").is_some() && reply.attributes("#email", "aria-invalid") == ["true"]);
        assert_eq!(reply.attributes("#name", "value"), ["Joana Prado"]);
    }
}

#[tokio::test]
async fn a_caught_robot_sees_the_same_page_and_its_message_is_quarantined() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        visitor.post("/pt/contact", &form_with(&[(ajuda::spam::HONEYPOT, "http://spam.example")])).await.assert_status(303);
        assert_eq!(visitor.app.tickets.read().list(Queue::Newest, 10).await.expect("a database").len(), 0);
        assert_eq!(visitor.app.tickets.read().list(Queue::Quarantine, 10).await.expect("a database").len(), 1);
    }
}

#[tokio::test]
async fn a_flood_is_held_back_with_the_text_kept() {
    for engine in engines() {
        let visitor = Visitor::with(&engine, |config| {
            config.limits.tickets_per_network_per_hour = 2;
            config.limits.tickets_per_email_per_hour = 2;
        })
        .await;
        let mut statuses = Vec::new();
        for number in 0..40 {
            let reply = visitor.post("/pt/contact", &form_with(&[("subject", &format!("Pedido número {number}"))])).await;
            statuses.push(reply.status.as_u16());
            if reply.status.as_u16() == 429 {
                assert_eq!(reply.attributes("#subject", "value"), [format!("Pedido número {number}")]);
                break;
            }
        }
        assert_eq!(statuses.last(), Some(&429), "{statuses:?}");
        assert_eq!(visitor.app.tickets.read().list(Queue::Newest, 100).await.expect("a database").len(), 2);
    }
}

#[tokio::test]
async fn a_customer_never_sees_a_note_and_sees_answers_by_right() {
    for engine in engines() {
        // With email configured, an answer is shown only to those who opened a link from the mailbox.
        let visitor = Visitor::with(&engine, |config| {
            config.smtp.host = "127.0.0.1".into();
            config.smtp.from = "help@example.com".into();
        })
        .await;
        let sent = visitor.post("/pt/contact", &GOOD_FORM).await;
        let path = sent.header("location").replace("/sent", "");
        let reference = Reference::parse(path.rsplit('/').next().expect("a reference")).expect("a reference");
        let tickets = &visitor.app.tickets;
        visitor.app.note(&reference, said("secret note for the desk")).await.expect("stored");
        visitor.app.answer(&reference, said("the team's answer")).await.expect("stored");
        let page = visitor.get(&path).await.text();
        assert!(!page.contains("secret note") && !page.contains("the team's answer") && page.contains("A equipe respondeu"));
        let (ticket, _) = tickets.read().for_staff(&reference).await.expect("a ticket");
        let token = tickets.access().expect("a key").link_token(&ticket.key, Right::Mailbox);
        visitor.get(&format!("{path}?key={token}")).await.assert_status(303);
        let page = visitor.get(&path).await.text();
        assert!(!page.contains("secret note") && page.contains("the team") && !page.contains("A equipe respondeu"));
        // The weaker link, opened later, takes nothing away.
        let weaker = tickets.access().expect("a key").link_token(&ticket.key, Right::Filer);
        visitor.get(&format!("{path}?key={weaker}")).await.assert_status(303);
        assert!(!visitor.get(&path).await.text().contains("A equipe respondeu"));
        tickets.revoke_links(&reference, &Actor::Console).await.expect("revoked");
        visitor.get(&path).await.assert_status(404);
    }
}

#[tokio::test]
async fn behind_https_cookies_stay_on_secure_connections() {
    let visitor = Visitor::with(&crate::support::Engine::Sqlite, |config| config.public_url = "https://help.example.com".into()).await;
    let sent = visitor.post("/pt/contact", &GOOD_FORM).await;
    assert!(sent.header("set-cookie").ends_with("; Secure"));
    let link = visitor.get(sent.header("location")).await.attributes(".private-link a", "href").remove(0);
    assert!(link.starts_with("https://help.example.com/pt/requests/"));
}

#[tokio::test]
async fn a_vote_thanks_and_takes_a_sentence() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let vote = format!("{ARTICLE}/vote");
        let thanks = visitor.post(&vote, &[("helpful", "no")]).await;
        assert_eq!(thanks.attributes("form.feedback-more", "action"), std::slice::from_ref(&vote));
        visitor.post(&vote, &[("helpful", "no"), ("comment", "Faltou o prazo do boleto")]).await.assert_status(200);
        assert_eq!(visitor.post(&vote, &[("helpful", "no"), ("comment", "  ")]).await.header("location"), ARTICLE);
        assert_eq!(thanks.attributes(".feedback-more .chip", "value"), ["missing", "unclear", "outdated", "did_not_work"]);
        assert!(visitor.post(&vote, &[("helpful", "yes"), ("lang", "pt")]).await.attributes(".feedback-more .chip", "value").is_empty());
        visitor.post(&vote, &[("helpful", "no"), ("reason", "outdated"), ("comment", "")]).await.assert_status(200);
        let said = visitor.app.counts.feedback(28, 10).await.expect("the votes");
        let row = said.first().expect("an article");
        assert_eq!((row.lang.as_str(), row.helped, row.not_helped), ("pt", 0, 1), "one voter, whose last word counts");
        assert_eq!((row.reasons.get("outdated"), row.sentences[0].text.as_str()), (Some(&1), "Faltou o prazo do boleto"));
        assert!(feedback::as_text(&said).contains("1 x outdated"));
        assert_eq!(visitor.post(&vote, &[("helpful", "no"), ("reason", "'; DROP"), ("comment", "")]).await.header("location"), ARTICLE);
        visitor.post(&vote, &[("helpful", "maybe")]).await.assert_status(400);
        visitor.post("/pt/comprador/reembolsos/nada/vote", &[("helpful", "yes")]).await.assert_status(404);
        assert_eq!(visitor.get(&vote).await.header("location"), ARTICLE);
    }
}
