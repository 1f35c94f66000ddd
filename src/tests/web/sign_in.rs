//! My requests: whoever verifies an address sees all its tickets, and nobody else does.

use crate::support::Acts;
use ajuda::clock::Micros;
use ajuda::events::Actor;
use ajuda::i18n::Lang;
use ajuda::mail::{MailRenderer, Owed, SignInFacts, Template};
use ajuda::tickets::access::cookie_name;
use ajuda::tickets::model::Email;
use ajuda::tickets::model::Proof;
use ajuda::tickets::model::Reference;
use ajuda::tickets::model::Transition;

use crate::support::{Engine, engines, said};
use crate::visitor::{Reply, Visitor, form_with};

async fn with_mail(engine: &Engine) -> Visitor {
    Visitor::with(engine, |config| {
        config.smtp.host = "localhost".into();
        config.smtp.from = "suporte@example.com".into();
    })
    .await
}

async fn file(visitor: &Visitor, subject: &str, email: &str) -> Reference {
    let sent = visitor.stranger().post("/pt/contact", &form_with(&[("subject", subject), ("email", email)])).await;
    let path = sent.header("location").trim_end_matches("/sent").to_owned();
    Reference::parse(path.rsplit('/').next().expect("a reference")).expect("a reference")
}

/// The sign-in's id of the page to which asking for a code leads.
async fn ask(visitor: &Visitor, email: &str) -> String {
    let asked = visitor.post("/pt/requests", &[("email", email)]).await;
    asked.assert_status(303);
    let id = asked.header("location").strip_prefix("/pt/requests/code?login=").expect("the page of the code");
    id.to_owned()
}

/// The email of a sign-in, if one is owed.
async fn mail(visitor: &Visitor, login: &str) -> Option<(Owed, SignInFacts)> {
    while let Some(owed) = visitor.app.outbox.claim().await.expect("an outbox") {
        if owed.mail.template == Template::SignIn && owed.mail.sign_in.as_deref() == Some(login) {
            let facts = visitor.app.customers.sign_in_facts(&owed.mail).await.expect("a database")?;
            return Some((owed, facts));
        }
    }
    None
}

async fn enter(visitor: &Visitor, login: &str, code: &str) -> Reply {
    visitor.post("/pt/requests/code", &[("login", login), ("code", code)]).await
}

#[tokio::test]
async fn an_unknown_address_gets_the_same_answer_and_no_email() {
    for engine in engines() {
        let visitor = with_mail(&engine).await;
        file(&visitor, "Não recebi o curso", "joana@example.com").await;
        let asked = async |email: &str| {
            let login = ask(&visitor, email).await;
            let page = visitor.get(&format!("/pt/requests/code?login={login}")).await.text();
            assert!(page.contains(email), "what was typed is shown");
            (page.replace(&login, "").replace(email, ""), login)
        };
        let (known_page, known) = asked("Joana@Example.com").await;
        let (unknown_page, unknown) = asked("ninguem@example.com").await;
        assert_eq!(known_page, unknown_page);
        assert!(mail(&visitor, &known).await.is_some());
        assert!(mail(&visitor, &unknown).await.is_none());
        for bad in ["", "joana", "joana@example.com\r\nBcc: x@example.com", "<script>"] {
            let again = visitor.post("/pt/requests", &[("email", bad)]).await;
            again.assert_status(422);
            assert!(!again.text().contains("\"<script>") && again.text().matches("<script>").count() == 1, "only our own stands there");
        }
        assert_eq!(visitor.post_bytes("/pt/requests", b"email=joana%40example.com".to_vec(), "cross-site").await.status.as_u16(), 403);
    }
}

#[tokio::test]
async fn what_is_wrong_has_the_focus_and_what_was_typed_is_seen_by_its_author_alone() {
    for engine in engines() {
        let visitor = with_mail(&engine).await;
        assert!(visitor.get("/pt/requests").await.attributes("[autofocus]", "id").is_empty());
        let refused = visitor.post("/pt/requests", &[("email", "joana@")]).await;
        assert_eq!(refused.attributes("[autofocus]", "id"), ["email"]);

        let login = ask(&visitor, "joana@exampel.com").await;
        let path = format!("/pt/requests/code?login={login}");
        let arrived = visitor.get(&path).await;
        assert_eq!(arrived.attributes("[autofocus]", "id"), ["code"]);
        assert!(arrived.attributes("#code[value]", "id").is_empty());
        let wrong = enter(&visitor, &login, "12\"<34>").await;
        wrong.assert_status(422);
        assert_eq!(wrong.attributes("[autofocus]", "id"), ["code"]);
        assert_eq!(wrong.attributes("#code", "value"), ["12\"<34>"]);
        for page in [arrived, wrong] {
            assert!(page.text_of(".lede").is_some_and(|text| text.contains("chamados com joana@exampel.com,")));
        }

        // Not by whoever has the address of the page, and nothing of a cookie but an address.
        assert!(visitor.stranger().get(&path).await.text_of(".lede").is_some_and(|text| text.contains("esse endereço")));
        // Another sign-in, "<b>", what is no base64, what has no address.
        for forged in ["other.am9hbmFAZXhhbXBsZS5jb20", &format!("{login}.PGI-"), &format!("{login}._"), &login] {
            visitor.set_cookie("ajuda_asked", forged);
            let page = visitor.get(&path).await;
            page.assert_status(200);
            assert!(page.text_of(".lede").is_some_and(|text| text.contains("esse endereço")), "{forged}");
        }
    }
}

#[tokio::test]
async fn a_ticket_that_is_not_open_here_leads_to_those_that_can_be() {
    for engine in engines() {
        let visitor = with_mail(&engine).await;
        let reference = file(&visitor, "Não recebi o curso", "joana@example.com").await;
        let ways = [("pt", "e-mail"), ("es", "correo"), ("en", "email")];
        for (lang, mail) in ways {
            for rest in ["", "?key=AAAAAAAAAAAAAAAAAAAAAA", "/conversation.txt", "/files/x"] {
                let known = visitor.get(&format!("/{lang}/requests/{reference}{rest}")).await;
                let unknown = visitor.get(&format!("/{lang}/requests/K7M-4QX-92P{rest}")).await;
                known.assert_status(404);
                assert_eq!((unknown.status, &unknown.bytes), (known.status, &known.bytes), "{lang} {rest}");
                assert_eq!(known.attributes(".button-row .button-primary", "href"), [format!("/{lang}/requests")]);
                assert!(known.text_of(".lede").is_some_and(|text| text.contains(mail)));
            }
        }
        let without_mail = Visitor::new(&engine).await;
        for (lang, mail) in ways {
            let closed = without_mail.get(&format!("/{lang}/requests/K7M-4QX-92P")).await;
            closed.assert_status(404);
            assert!(closed.text_of(".lede").is_some_and(|text| !text.contains(mail)), "no email is spoken of where none leaves");
        }
    }
}

#[tokio::test]
async fn a_code_is_guessed_at_five_times_used_once_and_over_after_fifteen_minutes() {
    for engine in engines() {
        let visitor = with_mail(&engine).await;
        file(&visitor, "Não recebi o curso", "joana@example.com").await;
        let login = ask(&visitor, "joana@example.com").await;
        let (_, facts) = mail(&visitor, &login).await.expect("an email");
        for wrong in ["", "0", "x", &"9".repeat(10_000), &facts.code[1..]] {
            enter(&visitor, &login, wrong).await.assert_status(422);
        }
        enter(&visitor, &login, &facts.code).await.assert_status(422);
        assert!(visitor.get("/pt/requests").await.text_of("#ask").is_some(), "too many guesses");

        let login = ask(&visitor, "joana@example.com").await;
        let (_, facts) = mail(&visitor, &login).await.expect("an email");
        for other in ["", "x", "' OR 1=1 --"] {
            enter(&visitor, other, &facts.code).await.assert_status(422);
        }
        enter(&visitor, &login, &facts.code.replace(' ', "-")).await.assert_status(303);
        enter(&visitor.stranger(), &login, &facts.code).await.assert_status(422);

        let login = ask(&visitor, "joana@example.com").await;
        let (owed, facts) = mail(&visitor, &login).await.expect("an email");
        visitor.app.clock.advance(15 * Micros::MINUTE);
        enter(&visitor.stranger(), &login, &facts.code).await.assert_status(422);
        assert!(visitor.app.customers.sign_in_facts(&owed.mail).await.expect("a database").is_none(), "no email that is of no use");
        ask(&visitor, "joana@example.com").await;
        ask(&visitor, "joana@example.com").await;
        let often = visitor.post("/pt/requests", &[("email", "joana@example.com")]).await;
        often.assert_status(429);
        assert_eq!(often.attributes("#email", "value"), ["joana@example.com"]);
    }
}

#[tokio::test]
async fn a_link_opened_by_a_program_does_nothing_until_its_button_is_pressed() {
    for engine in engines() {
        let visitor = with_mail(&engine).await;
        let reference = file(&visitor, "Não recebi o curso", "joana@example.com").await;
        let login = ask(&visitor, "joana@example.com").await;
        let (owed, facts) = mail(&visitor, &login).await.expect("an email");
        let email = MailRenderer::new(&visitor.app.config.mail()).write_sign_in(&owed, &facts).expect("an email").formatted();
        let email = String::from_utf8_lossy(&email).into_owned();
        assert!(email.contains(&facts.code) && email.contains("joana@example.com"), "{email}");

        let link = facts.link.replace("http://127.0.0.1:3000", "");
        let opened = visitor.get(&link).await;
        opened.assert_status(200);
        assert!(opened.header("set-cookie").is_empty() && opened.header("cache-control") == "no-store");
        assert_eq!(visitor.app.tickets.read().for_staff(&reference).await.expect("a ticket").0.proof, Proof::None);
        let key = opened.attributes("input[name=key]", "value").remove(0);
        let fields = [("login", login.as_str()), ("key", key.as_str())];
        visitor.post("/pt/requests/code", &[("login", &login), ("key", "AAAAAAAAAAAAAAAAAAAAAA")]).await.assert_status(422);
        let used = visitor.post("/pt/requests/code", &fields).await;
        used.assert_status(303);
        assert!(used.header("set-cookie").contains("HttpOnly; SameSite=Lax"));
        visitor.stranger().post("/pt/requests/code", &fields).await.assert_status(422);
        let address = visitor.app.tickets.read().for_staff(&reference).await.expect("a ticket").0.customer;
        let addresses = visitor.app.customers.addresses(&address).await.expect("a database");
        assert!(addresses[0].verified_at.is_some(), "the mailbox was read");
        assert_eq!(
            visitor.app.tickets.read().for_staff(&reference).await.expect("a ticket").0.proof,
            Proof::None,
            "which says nothing about who filed it"
        );
        visitor.get(&format!("/pt/requests/{reference}")).await.assert_status(200);
        let proof = async || visitor.app.tickets.read().for_staff(&reference).await.expect("a ticket").0.proof;
        assert_eq!(proof().await, Proof::None, "nor does opening it");
        visitor.post(&format!("/pt/requests/{reference}"), &[("message", "Sim, fui eu.")]).await.assert_status(303);
        assert_eq!(proof().await, Proof::Session, "until they write in it");
    }
}

#[tokio::test]
async fn a_verified_address_shows_all_its_tickets_and_no_others() {
    for engine in engines() {
        let visitor = with_mail(&engine).await;
        let first = file(&visitor, "Não recebi o curso", "joana@example.com").await;
        let second = file(&visitor, "Cobrada duas vezes", "JOANA@example.com").await;
        let others = file(&visitor, "De outra pessoa", "outra@example.com").await;
        visitor.app.clock.advance(Micros::SECOND);
        visitor.app.answer(&first, said("Liberamos o ACESSO agora.")).await.expect("an answer");
        visitor.app.note(&second, said("suspeita de fraude")).await.expect("a note");
        visitor.app.tickets.transition(&second, Transition::Solved, &Actor::Console).await.expect("a move");
        let login = ask(&visitor, "joana@example.com").await;
        let (_, facts) = mail(&visitor, &login).await.expect("an email");
        enter(&visitor, &login, &facts.code).await.assert_status(303);

        let shown = async |query: &str| {
            let page = visitor.get(&format!("/pt/requests{query}")).await;
            page.assert_status(200);
            [&first, &second, &others].map(|reference| page.text().contains(reference.as_str()))
        };
        assert_eq!(shown("").await, [true, true, false]);
        assert_eq!(shown("?state=open").await, [true, false, false]);
        assert_eq!(shown("?state=solved&q=").await, [false, true, false]);
        assert_eq!(shown("?q=acesso+agora").await, [true, false, false], "what was answered is searched too");
        assert_eq!(shown("?q=fraude").await, [false, false, false], "a note is not");
        assert_eq!(shown("?q=%25&state=%27").await, [false, false, false]);
        assert!(visitor.get("/pt/requests").await.text_of(".request-list").is_some_and(|text| text.contains("Última resposta: hoje")));
        assert!(visitor.get(&format!("/pt/requests/{first}")).await.text().contains("Liberamos o ACESSO"));
        visitor.get(&format!("/pt/requests/{others}")).await.assert_status(404);
        visitor.post(&format!("/pt/requests/{others}"), &[("message", "Olá")]).await.assert_status(404);

        let kept = visitor.cookie("ajuda_session").expect("a session");
        visitor.set_cookie(&cookie_name(&others), "m.1.x");
        visitor.post("/pt/requests/log-out", &[]).await.assert_status(303);
        assert!(visitor.cookie(&cookie_name(&others)).is_none_or(|value| value.is_empty()), "this browser forgets its tickets");
        visitor.set_cookie("ajuda_session", &kept);
        visitor.get(&format!("/pt/requests/{first}")).await.assert_status(404);
        for forged in ["", "x", "joana@example.com", &"A".repeat(43)] {
            visitor.set_cookie("ajuda_session", forged);
            assert!(visitor.get("/pt/requests").await.text_of("#ask").is_some());
        }
    }
}

#[tokio::test]
async fn logging_out_everywhere_ends_every_session_of_the_address_and_no_others() {
    for engine in engines() {
        let here = with_mail(&engine).await;
        let reference = file(&here, "Não recebi o curso", "joana@example.com").await;
        let others = file(&here, "Outra coisa", "maria@example.com").await;
        let (phone, other) = (here.stranger(), here.stranger());
        for (browser, address) in [(&here, "joana@example.com"), (&phone, "joana@example.com"), (&other, "maria@example.com")] {
            let login = ask(browser, address).await;
            let (_, facts) = mail(browser, &login).await.expect("an email");
            enter(browser, &login, &facts.code).await.assert_status(303);
        }
        phone.get(&format!("/pt/requests/{reference}")).await.assert_status(200);
        here.post("/pt/requests/log-out", &[("everywhere", "1")]).await.assert_status(303);
        phone.get(&format!("/pt/requests/{reference}")).await.assert_status(404);
        other.get(&format!("/pt/requests/{others}")).await.assert_status(200);
    }
}

#[tokio::test]
async fn a_stranger_who_asks_for_codes_keeps_nobody_from_theirs() {
    for engine in engines() {
        let visitor = with_mail(&engine).await;
        let joana = Email::parse("joana@example.com").expect("an address");
        let from = |number: u8| std::net::IpAddr::from([198, 51, 100, number]);
        let asked = async |number: u8| visitor.app.customers.ask_sign_in(&joana, Lang::Pt, from(number)).await.is_ok();
        let mut granted = 0;
        for _ in 0..10 {
            granted += usize::from(asked(1).await);
        }
        assert_eq!(granted, 5);
        assert!(asked(2).await, "from home it still works");
        let mut all = 0;
        for number in 3..60 {
            all += usize::from(asked(number).await);
        }
        assert_eq!(all, 14, "and nobody's mailbox is filled");
    }
}

#[tokio::test]
async fn a_session_ends_and_is_dropped() {
    for engine in engines() {
        let visitor = with_mail(&engine).await;
        let reference = file(&visitor, "Não recebi o curso", "joana@example.com").await;
        let login = ask(&visitor, "joana@example.com").await;
        let (_, facts) = mail(&visitor, &login).await.expect("an email");
        enter(&visitor, &login, &facts.code).await.assert_status(303);
        visitor.get(&format!("/pt/requests/{reference}")).await.assert_status(200);
        visitor.app.clock.advance(7 * Micros::DAY);
        visitor.get(&format!("/pt/requests/{reference}")).await.assert_status(404);
        let (_sender, stop) = tokio::sync::watch::channel(true);
        visitor.app.jobs().expect("jobs").run(stop).await;
        let pool = visitor.app.db.ready().await.expect("a database");
        let left: i64 = sqlx::query_scalar("SELECT (SELECT COUNT(*) FROM sessions) + (SELECT COUNT(*) FROM sign_in_codes)")
            .fetch_one(&pool)
            .await
            .expect("a number");
        assert_eq!(left, 0);
    }
}

#[tokio::test]
async fn where_no_email_leaves_no_code_is_offered() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        assert!(visitor.get("/pt/requests").await.text_of("#ask").is_none());
        visitor.post("/pt/requests", &[("email", "joana@example.com")]).await.assert_status(404);
    }
}
