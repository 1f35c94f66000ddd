//! The address of a ticket, corrected from the browser that filed it, and by nobody else.

use ajuda::clock::Micros;
use ajuda::events::{Actor, Kind};
use ajuda::intake::Reader;
use ajuda::mail::Template;
use ajuda::tickets::access::{cookie_name, filed_cookie_name};
use ajuda::tickets::model::{Email, Proof, Reference, Ticket, Transition};
use ajuda::tickets::{Corrected, Queue, Right};

use crate::support::{Acts, Engine, HOME, engines, said};
use crate::visitor::{GOOD_FORM, Reply, Visitor, form_with};

const WRONG: &str = "joana@exemple.com.br";
const RIGHT: &str = "joana@example.org";

async fn with_mail(engine: &Engine) -> Visitor {
    Visitor::with(engine, |config| {
        config.smtp.host = "localhost".into();
        config.smtp.from = "suporte@example.com".into();
        config.support_mail = "team@example.com".into();
    })
    .await
}

async fn filed(visitor: &Visitor) -> Reference {
    reference(&visitor.post("/pt/contact", &form_with(&[("email", WRONG)])).await)
}

fn reference(sent: &Reply) -> Reference {
    let path = sent.header("location").trim_end_matches("/sent");
    Reference::parse(path.rsplit('/').next().expect("a reference")).expect("a reference")
}

async fn correct(visitor: &Visitor, reference: &Reference, email: &str) -> Reply {
    visitor.post(&format!("/pt/requests/{reference}/address"), &[("email", email)]).await
}

async fn ticket(visitor: &Visitor, reference: &Reference) -> Ticket {
    visitor.app.tickets.read().find(reference).await.expect("a ticket")
}

/// To whom each email leaves now, and with which link.
async fn leaving(visitor: &Visitor) -> Vec<(Template, String, String)> {
    let mut leaving = Vec::new();
    while let Some(owed) = visitor.app.outbox.claim().await.expect("an outbox") {
        if let Some(facts) = visitor.app.tickets.read().mail_facts(&owed.mail).await.expect("a database") {
            leaving.push((owed.mail.template, facts.email, facts.link.replace("http://127.0.0.1:3000", "")));
        }
        visitor.app.outbox.sent(&owed).await.expect("an outbox");
    }
    leaving
}

#[tokio::test]
async fn a_wrong_address_is_corrected_and_whoever_has_it_is_told_nothing_more() {
    for engine in engines() {
        let visitor = with_mail(&engine).await;
        let reference = filed(&visitor).await;
        let sent = format!("/pt/requests/{reference}/sent");
        let before = visitor.get(&sent).await;
        assert!(before.text_of("#address summary").is_some_and(|text| text.contains("Endereço errado?")));
        assert!(visitor.get(&format!("/pt/requests/{reference}")).await.text_of("#address").is_some(), "on its own page too");
        let old_links: Vec<String> = leaving(&visitor).await.into_iter().map(|(.., link)| link).collect();
        let shown = before.attributes(".private-link a", "href").remove(0).replace("http://127.0.0.1:3000", "");
        let old_cookie = visitor.cookie(&cookie_name(&reference)).expect("a cookie");

        let done = correct(&visitor, &reference, RIGHT).await;
        assert_eq!((done.status.as_u16(), done.header("location")), (303, format!("{sent}#corrected").as_str()));
        let after = visitor.get(&sent).await;
        assert!(after.text_of("#corrected").is_some_and(|text| text.contains(RIGHT)), "it is said");
        assert!(!after.text().contains(WRONG));
        assert!(visitor.get(&format!("/pt/requests/{reference}")).await.text_of(".timeline").is_some_and(|text| text.contains("E-mail corrigido")));

        // Confirmation and announcement leave to, and about, the new one.
        let mails = leaving(&visitor).await;
        for template in [Template::Confirmation, Template::Announcement] {
            assert_eq!(mails.iter().filter(|(of, ..)| *of == template).count(), 1, "{mails:?}");
        }
        assert!(mails.iter().all(|(_, email, _)| email == RIGHT), "{mails:?}");

        let stranger = visitor.stranger();
        for link in old_links.iter().chain([&shown]) {
            stranger.get(link).await.assert_status(404);
        }
        stranger.set_cookie(&cookie_name(&reference), &old_cookie);
        stranger.get(&sent.replace("/sent", "")).await.assert_status(404);
        let new_link = &mails[0].2;
        assert_eq!(stranger.get(new_link).await.status.as_u16(), 303, "the new one opens it");

        visitor.app.answer(&reference, said("Já liberamos o acesso.")).await.expect("an answer");
        assert!(leaving(&visitor).await.iter().all(|(_, email, _)| email == RIGHT));
        let events = visitor.app.events.of_ticket(&ticket(&visitor, &reference).await.key.id).await.expect("a log");
        let event = events.iter().find(|event| event.kind == Kind::AddressCorrected).expect("an event");
        assert_eq!(event.by, Actor::Customer);
        assert!(!format!("{:?}", event.data).contains('@'), "no address in the log");
    }
}

#[tokio::test]
async fn what_had_not_left_is_owed_to_the_new_address_alone() {
    for engine in engines() {
        let visitor = with_mail(&engine).await;
        let reference = filed(&visitor).await;
        correct(&visitor, &reference, RIGHT).await.assert_status(303);
        let mails = leaving(&visitor).await;
        assert_eq!(mails.len(), 2, "once, not twice: {mails:?}");
        assert!(mails.iter().all(|(_, email, _)| email == RIGHT));
        // One that a worker holds just now is not sent by another once more.
        let other = visitor.stranger();
        let second = reference_of(&other, "outra@example.net").await;
        let held = visitor.app.outbox.claim().await.expect("an outbox").expect("an email");
        correct(&other, &second, RIGHT).await.assert_status(303);
        visitor.app.outbox.not_sent(&held, "too late").await.expect("nothing to end");
        assert_eq!(leaving(&visitor).await.len(), 2);
    }
}

async fn reference_of(visitor: &Visitor, email: &str) -> Reference {
    reference(&visitor.post("/pt/contact", &form_with(&[("email", email), ("subject", "Outra pergunta")])).await)
}

#[tokio::test]
async fn nobody_corrects_it_but_the_browser_that_filed_it() {
    for engine in engines() {
        let visitor = with_mail(&engine).await;
        let reference = filed(&visitor).await;
        let stranger = visitor.stranger();
        correct(&stranger, &reference, RIGHT).await.assert_status(404);

        // The link that is shown after sending, and the link of the email, open the ticket and no more.
        let key = ticket(&visitor, &reference).await.key;
        for right in [Right::Filer, Right::Mailbox] {
            let token = visitor.app.tickets.access().expect("a key").link_token(&key, right);
            let stranger = visitor.stranger();
            stranger.get(&format!("/pt/requests/{reference}?key={token}")).await.assert_status(303);
            let page = stranger.get(&format!("/pt/requests/{reference}")).await;
            assert!(page.text_of("#address").is_none(), "not offered either");
            correct(&stranger, &reference, RIGHT).await.assert_status(404);
        }
        // Who sends the same words from the same network gets the ticket, as ever, and not its address.
        let neighbor = visitor.stranger();
        assert_eq!(filed(&neighbor).await, reference);
        correct(&neighbor, &reference, RIGHT).await.assert_status(404);

        // Another ticket's cookie, and forged ones.
        let other = visitor.stranger();
        let others = reference_of(&other, "outra@example.net").await;
        let value = other.cookie(&filed_cookie_name(&others)).expect("a cookie");
        for forged in [value.as_str(), "", "x", "A", &"A".repeat(5000)] {
            stranger.set_cookie(&filed_cookie_name(&reference), forged);
            correct(&stranger, &reference, RIGHT).await.assert_status(404);
        }
        let from_elsewhere = format!("/pt/requests/{reference}/address");
        assert_eq!(visitor.post_bytes(&from_elsewhere, b"email=x%40example.org".to_vec(), "cross-site").await.status.as_u16(), 403);
        assert_eq!(ticket(&visitor, &reference).await.email, WRONG);
    }
}

#[tokio::test]
async fn the_same_page_sending_twice_is_its_author_still() {
    for engine in engines() {
        let visitor = with_mail(&engine).await;
        let form = form_with(&[("email", WRONG), ("form_id", "0123456789abcdef0123456789abcdef")]);
        visitor.stranger().post("/pt/contact", &form).await.assert_status(303);
        let again = visitor.post("/pt/contact", &form).await;
        let reference = reference(&again);
        let has_cookie = visitor.cookie(&filed_cookie_name(&reference)).is_some();
        if has_cookie {
            correct(&visitor, &reference, RIGHT).await.assert_status(303);
        }
        assert!(has_cookie, "the same page is known by its id");
    }
}

#[tokio::test]
async fn it_is_corrected_twice_at_most_within_an_hour_and_not_after_an_answer() {
    for engine in engines() {
        let visitor = with_mail(&engine).await;
        let reference = filed(&visitor).await;
        for email in [RIGHT, "joana@example.net"] {
            correct(&visitor, &reference, email).await.assert_status(303);
        }
        let third = correct(&visitor, &reference, "joana@example.info").await;
        third.assert_status(422);
        assert!(third.text_of("#right-email-error").is_some_and(|text| text.contains("não pode mais ser corrigido")));
        assert_eq!(third.attributes("#right-email", "value"), ["joana@example.info"], "what was typed is not lost");
        assert_eq!(ticket(&visitor, &reference).await.email, "joana@example.net");
        assert!(visitor.get(&format!("/pt/requests/{reference}/sent")).await.text_of("#address").is_none());

        let late = visitor.stranger();
        let reference = reference_of(&late, WRONG).await;
        visitor.app.clock.advance(Micros::HOUR - 1);
        assert!(late.get(&format!("/pt/requests/{reference}/sent")).await.text_of("#address").is_some());
        visitor.app.clock.advance(1);
        assert!(late.get(&format!("/pt/requests/{reference}/sent")).await.text_of("#address").is_none());
        correct(&late, &reference, RIGHT).await.assert_status(422);

        let answered = visitor.stranger();
        let reference = reference_with(&answered, "Terceira pergunta", WRONG).await;
        visitor.app.note(&reference, said("só entre nós")).await.expect("a note");
        assert!(answered.get(&format!("/pt/requests/{reference}")).await.text_of("#address").is_some(), "a note is no answer");
        visitor.app.answer(&reference, said("Já vimos.")).await.expect("an answer");
        assert!(answered.get(&format!("/pt/requests/{reference}")).await.text_of("#address").is_none());
        correct(&answered, &reference, RIGHT).await.assert_status(422);
        // Nor after the customer wrote again: the answer stays somebody else's.
        visitor.app.reply(&reference, Reader::FILER, said("Obrigada")).await.expect("a reply");
        correct(&answered, &reference, RIGHT).await.assert_status(422);

        let solved = visitor.stranger();
        let reference = reference_with(&solved, "Quarta pergunta", WRONG).await;
        visitor.app.tickets.transition(&reference, Transition::Solved, &Actor::Customer).await.expect("a move");
        correct(&solved, &reference, RIGHT).await.assert_status(422);
    }
}

#[tokio::test]
async fn a_bad_address_comes_back_and_a_slip_is_asked_about() {
    for engine in engines() {
        let visitor = with_mail(&engine).await;
        let reference = filed(&visitor).await;
        for bad in ["", "joana", "joana@", "joana@example.com\r\nBcc: x@example.com", "<script>", &format!("{}@example.com", "a".repeat(300))] {
            let again = correct(&visitor, &reference, bad).await;
            again.assert_status(422);
            assert_eq!(again.text().matches("<script>").count(), 1, "only our own stands there");
            assert_eq!(again.attributes("[autofocus]", "id"), ["right-email"]);
        }
        let same = correct(&visitor, &reference, "JOANA@Exemple.com.br").await;
        same.assert_status(422);
        assert!(same.text_of("#right-email-error").is_some_and(|text| text.contains("Este já é o e-mail")));
        visitor.post_bytes(&format!("/pt/requests/{reference}/address"), vec![0xff; 64], "same-origin").await.assert_status(422);

        let asked = correct(&visitor, &reference, "joana@gmial.com").await;
        asked.assert_status(422);
        assert_eq!(asked.attributes("button[name=meant]", "value"), ["joana@gmail.com"]);
        assert_eq!(asked.attributes("#right-email", "value"), ["joana@gmial.com"]);
        assert_eq!(ticket(&visitor, &reference).await.email, WRONG, "nothing was done yet");
        let path = format!("/pt/requests/{reference}/address");
        visitor.post(&path, &[("email", "joana@gmial.com"), ("meant", "joana@gmail.com")]).await.assert_status(303);
        assert_eq!(ticket(&visitor, &reference).await.email, "joana@gmail.com");
        visitor.post(&path, &[("email", "joana@gmial.com"), ("sure", "1")]).await.assert_status(303);
        assert_eq!(ticket(&visitor, &reference).await.email, "joana@gmial.com", "people may have what they say they have");
    }
}

#[tokio::test]
async fn pressed_twice_it_is_done_once_and_the_ticket_stays_open_here() {
    for engine in engines() {
        let visitor = with_mail(&engine).await;
        let reference = filed(&visitor).await;
        let old = visitor.cookie(&cookie_name(&reference)).expect("a cookie");
        correct(&visitor, &reference, RIGHT).await.assert_status(303);
        // The first answer was not waited for.
        visitor.set_cookie(&cookie_name(&reference), &old);
        correct(&visitor, &reference, RIGHT).await.assert_status(303);
        visitor.get(&format!("/pt/requests/{reference}")).await.assert_status(200);
        assert_eq!(leaving(&visitor).await.len(), 2);

        // Where staff revoked the links, that is no way back.
        visitor.app.tickets.revoke_links(&reference, &Actor::Console).await.expect("revoked");
        correct(&visitor, &reference, RIGHT).await.assert_status(404);
        correct(&visitor, &reference, "joana@example.net").await.assert_status(404);
    }
}

#[tokio::test]
async fn a_correction_and_an_answer_at_the_same_moment_leave_the_answer_to_one_of_the_two() {
    for engine in engines() {
        let visitor = with_mail(&engine).await;
        let mut seen = [0, 0];
        for number in 0..12 {
            let browser = visitor.stranger();
            visitor.app.clock.advance(Micros::HOUR);
            let subject = format!("Pergunta número {number}");
            let reference = reference_with(&browser, &subject, WRONG).await;
            leaving(&visitor).await;
            let (tickets, to, rooms) = (visitor.app.tickets.clone(), Email::parse(RIGHT).expect("an address"), visitor.app.rooms.clone());
            let (one, other) = (reference.clone(), reference.clone());
            let correcting = tokio::spawn(async move { tickets.correct_address(&one, &to, HOME).await.is_ok() });
            let answering = tokio::spawn(async move { rooms.answer(&other, said("Já vimos.")).await.is_ok() });
            let (corrected, answered) = (correcting.await.expect("no panic"), answering.await.expect("no panic"));
            assert!(answered);
            seen[usize::from(corrected)] += 1;
            let email = if corrected { RIGHT } else { WRONG };
            let mails = leaving(&visitor).await;
            assert!(mails.iter().any(|(template, ..)| *template == Template::Answer) && mails.iter().all(|(_, to, _)| to == email), "{mails:?}");
            let key = ticket(&visitor, &reference).await.key;
            assert_eq!(key.generation, if corrected { 2 } else { 1 });
        }
        eprintln!("corrected or not: {seen:?}");
    }
}

#[tokio::test]
async fn an_address_that_somebody_has_gives_none_of_their_rights_and_takes_none_along() {
    for engine in engines() {
        let visitor = with_mail(&engine).await;
        // Maria has logged in, and so has whoever has the wrong address.
        let maria = visitor.stranger();
        let hers = reference_of(&maria, "maria@example.com").await;
        let wrong = visitor.stranger();
        let reference = filed(&visitor).await;
        for (browser, address) in [(&maria, "maria@example.com"), (&wrong, WRONG)] {
            let asked = browser.post("/pt/requests", &[("email", address)]).await;
            let login = asked.header("location").split("login=").nth(1).expect("a login").to_owned();
            let mail = ajuda::mail::Mail::of_sign_in(&login, ajuda::i18n::Lang::Pt);
            let facts = visitor.app.customers.sign_in_facts(&mail).await.expect("a database").expect("a known address");
            browser.post("/pt/requests/code", &[("login", &login), ("code", &facts.code)]).await.assert_status(303);
        }
        wrong.get(&format!("/pt/requests/{reference}")).await.assert_status(200);
        let old = ticket(&visitor, &reference).await;

        correct(&visitor, &reference, "maria@example.com").await.assert_status(303);
        visitor.get(&format!("/pt/requests/{hers}")).await.assert_status(404);
        visitor.app.answer(&reference, said("Já liberamos o acesso.")).await.expect("an answer");
        let page = visitor.get(&format!("/pt/requests/{reference}")).await;
        assert!(!page.text().contains("Já liberamos"), "who filed it has shown nothing of the new address");
        wrong.get(&format!("/pt/requests/{reference}")).await.assert_status(404);
        assert!(!wrong.get("/pt/requests").await.text().contains(reference.as_str()));
        assert!(maria.get(&format!("/pt/requests/{reference}")).await.text().contains("Já liberamos"), "whose address it is");

        let now = ticket(&visitor, &reference).await;
        assert_eq!((now.proof, &now.customer), (Proof::None, &ticket(&visitor, &hers).await.customer));
        assert_ne!((&now.customer, &now.address), (&old.customer, &old.address));
        // A new address is a new customer, and of the old one nothing is left in a day.
        let nobody = visitor.app.customers.addresses(&old.customer).await.expect("a database");
        assert_eq!(nobody.len(), 1);
        visitor.app.clock.advance(8 * Micros::DAY);
        let mut write = visitor.app.db.begin().await.expect("a database");
        visitor.app.customers.prune(&mut write, visitor.app.clock.now()).await.expect("a database");
        write.commit().await.expect("a commit");
        assert!(visitor.app.customers.addresses(&old.customer).await.expect("a database").is_empty());
        visitor.app.privacy.erase(&Email::parse("maria@example.com").expect("an address"), &Actor::Console).await.expect("erased");
        assert!(visitor.app.tickets.read().find(&reference).await.is_err(), "it is hers now, also when hers is erased");
    }
}

#[tokio::test]
async fn what_somebody_has_shown_of_the_address_or_written_from_its_mailbox_ends_it() {
    for engine in engines() {
        let visitor = with_mail(&engine).await;
        let reference = filed(&visitor).await;
        visitor.app.reply(&reference, Reader::new(Right::Mailbox, Proof::MailboxLink), said("Não fui eu.")).await.expect("a reply");
        assert!(visitor.get(&format!("/pt/requests/{reference}/sent")).await.text_of("#address").is_none());
        correct(&visitor, &reference, RIGHT).await.assert_status(422);

        // Written from the mailbox, by somebody whom no mail server vouches for.
        let other = visitor.stranger();
        let reference = reference_of(&other, WRONG).await;
        visitor.app.reply(&reference, Reader { right: Right::Mailbox, proof: Proof::None }, said("Não fui eu.")).await.expect("a reply");
        assert_eq!(ticket(&visitor, &reference).await.proof, Proof::None);
        assert!(other.get(&format!("/pt/requests/{reference}/sent")).await.text_of("#address").is_none());
        correct(&other, &reference, RIGHT).await.assert_status(422);
    }
}

#[tokio::test]
async fn in_quarantine_it_looks_the_same_and_no_email_leaves() {
    for engine in engines() {
        let visitor = with_mail(&engine).await;
        let caught = visitor.post("/pt/contact", &form_with(&[("email", WRONG), (ajuda::spam::HONEYPOT, "x")])).await;
        let reference = reference(&caught);
        assert!(visitor.get(&format!("/pt/requests/{reference}/sent")).await.text_of("#address").is_some());
        correct(&visitor, &reference, RIGHT).await.assert_status(303);
        assert!(leaving(&visitor).await.is_empty());
        visitor.app.tickets.triage().release(&reference, &Actor::Console).await.expect("released");
        assert!(leaving(&visitor).await.iter().all(|(_, email, _)| email == RIGHT));
    }
}

#[tokio::test]
async fn it_is_no_way_around_blocked_addresses_and_limits() {
    for engine in engines() {
        let visitor = Visitor::with(&engine, |config| {
            config.smtp.host = "localhost".into();
            config.smtp.from = "suporte@example.com".into();
            config.spam.blocked = vec!["@blocked.example".into()];
        })
        .await;
        let reference = filed(&visitor).await;
        leaving(&visitor).await;
        correct(&visitor, &reference, "a@blocked.example").await.assert_status(303);
        assert!(leaving(&visitor).await.is_empty());
        assert_eq!(visitor.app.tickets.read().list(Queue::Quarantine, 9).await.expect("a list").len(), 1);

        // Six messages an hour to one address, whoever sends them.
        let mut refused = 0;
        for number in 0..8 {
            let browser = visitor.stranger();
            let (subject, email) = (format!("Pergunta número {number}"), format!("p{number}@example.com"));
            let reference = reference_with(&browser, &subject, &email).await;
            let done = correct(&browser, &reference, "victim@example.com").await;
            refused += usize::from(done.status.as_u16() == 422);
        }
        assert_eq!(refused, 2);
    }
}

async fn reference_with(visitor: &Visitor, subject: &str, email: &str) -> Reference {
    reference(&visitor.post("/pt/contact", &form_with(&[("email", email), ("subject", subject)])).await)
}

#[tokio::test]
async fn where_no_email_leaves_no_address_is_corrected() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let reference = reference(&visitor.post("/pt/contact", &GOOD_FORM).await);
        assert!(visitor.get(&format!("/pt/requests/{reference}/sent")).await.text_of("#address").is_none());
        let to = Email::parse("joana@example.com").expect("an address");
        let same = visitor.app.tickets.correct_address(&reference, &to, HOME).await.expect("the same");
        assert!(matches!(same, Corrected::Same(_)));
        correct(&visitor, &Reference::parse("K7M-4QX-92P").expect("a reference"), RIGHT).await.assert_status(404);
    }
}
