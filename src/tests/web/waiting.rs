//! An answer waits for a reader who has yet to show that the address is theirs: a code, asked for and entered on the ticket's own page, shows it.

use ajuda::clock::Micros;
use ajuda::intake::Reader;
use ajuda::mail::Mail;
use ajuda::tickets::Right;
use ajuda::tickets::access::cookie_name;
use ajuda::tickets::model::{Proof, Reference};

use crate::support::{Acts, Engine, engines, said};
use crate::visitor::{GOOD_FORM, Visitor, form_with};

async fn answered(engine: &Engine) -> (Visitor, Reference, String) {
    let visitor = Visitor::with(engine, |config| {
        config.smtp.host = "localhost".into();
        config.smtp.from = "suporte@example.com".into();
    })
    .await;
    let path = visitor.post("/pt/contact", &GOOD_FORM).await.header("location").replace("/sent", "");
    let reference = Reference::parse(path.rsplit('/').next().expect("a reference")).expect("a reference");
    assert!(visitor.get(&path).await.text_of(".withheld").is_none(), "nothing waits");
    visitor.app.clock.advance(Micros::MINUTE);
    visitor.app.answer(&reference, said("Já liberamos o acesso.")).await.expect("an answer");
    (visitor, reference, path)
}

/// The code of the newest email that this browser asked for.
async fn code(visitor: &Visitor) -> String {
    let asked = visitor.cookie("ajuda_asked").expect("a cookie");
    let login = asked.split('.').next().expect("a login");
    visitor.app.customers.sign_in_facts(&Mail::of_sign_in(login, ajuda::i18n::Lang::Pt)).await.expect("a database").expect("an email").code
}

#[tokio::test]
async fn it_is_said_that_the_team_answered_and_a_code_in_place_shows_the_answer() {
    for engine in engines() {
        let (visitor, _, path) = answered(&engine).await;
        let waiting = visitor.get(&path).await;
        let told = waiting.text_of(".withheld").expect("a notice");
        assert!(told.contains("A equipe respondeu") && told.contains("j…\u{2060}@example.com") && !told.contains("joana@"), "{told}");
        assert!(!waiting.text().contains("Já liberamos") && waiting.attributes("#code", "id").is_empty());
        assert!(told.contains("Endereço errado?"));
        assert_eq!(waiting.attributes(".withheld details a", "href"), ["/pt/contact"]);

        let code_path = format!("{path}/code");
        let asked = visitor.post(&code_path, &[]).await;
        assert_eq!((asked.status.as_u16(), asked.header("location")), (303, format!("{path}#code").as_str()));
        let page = visitor.get(&path).await;
        assert_eq!(page.attributes("[autofocus]", "id"), ["code"]);
        assert!(page.text_of(".withheld").is_some_and(|text| text.contains("Enviar de novo")));
        let wrong = visitor.post(&code_path, &[("code", "12\"<34>")]).await;
        wrong.assert_status(422);
        assert_eq!(
            (wrong.attributes("#code", "value"), wrong.attributes("[autofocus]", "id")),
            (vec!["12\"<34>".to_owned()], vec!["code".to_owned()])
        );
        let entered = visitor.post(&code_path, &[("code", &code(&visitor).await)]).await;
        assert_eq!((entered.status.as_u16(), entered.header("location")), (303, format!("{path}#message-2").as_str()));
        let shown = visitor.get(&path).await;
        assert!(shown.text_of("#message-2").is_some_and(|text| text.contains("Já liberamos")) && shown.text_of(".withheld").is_none());
        assert!(visitor.get("/pt/requests").await.text().contains("Todos os chamados de"), "it is a login");
    }
}

#[tokio::test]
async fn the_code_has_the_limits_of_a_login_and_is_good_in_the_browser_that_asked() {
    for engine in engines() {
        let (visitor, reference, path) = answered(&engine).await;
        let code_path = format!("{path}/code");
        let stranger = visitor.stranger();
        for fields in [vec![], vec![("code", "12345678")]] {
            stranger.post(&code_path, &fields).await.assert_status(404);
        }
        assert_eq!(visitor.post_bytes(&code_path, Vec::new(), "cross-site").await.status.as_u16(), 403);

        // Tried five times, then not even the right one.
        visitor.post(&code_path, &[]).await.assert_status(303);
        let right = code(&visitor).await;
        for wrong in ["", "0", "x", &"9".repeat(10_000), &right[1..]] {
            visitor.post(&code_path, &[("code", wrong)]).await.assert_status(422);
        }
        visitor.post(&code_path, &[("code", &right)]).await.assert_status(422);

        // Over after fifteen minutes.
        visitor.post(&code_path, &[]).await.assert_status(303);
        let right = code(&visitor).await;
        visitor.app.clock.advance(15 * Micros::MINUTE);
        visitor.post(&code_path, &[("code", &right)]).await.assert_status(422);

        // Not the code of another address, nor one that another browser asked for.
        let maria = visitor.stranger();
        maria.post("/pt/contact", &form_with(&[("email", "maria@example.com"), ("subject", "Outra pergunta")])).await.assert_status(303);
        maria.post("/pt/requests", &[("email", "maria@example.com")]).await.assert_status(303);
        let hers = code(&maria).await;
        let asked = maria.cookie("ajuda_asked").expect("a cookie");
        visitor.set_cookie("ajuda_asked", &asked);
        assert!(visitor.get(&path).await.attributes("#code", "id").is_empty(), "asked for another address");
        visitor.post(&code_path, &[("code", &hers)]).await.assert_status(422);
        let (login, _) = asked.split_once('.').expect("a login");
        visitor.set_cookie("ajuda_asked", &format!("{login}.am9hbmFAZXhhbXBsZS5jb20"));
        visitor.post(&code_path, &[("code", &hers)]).await;
        assert!(!visitor.get(&path).await.text().contains("Já liberamos"), "a login opens its own address alone");

        for _ in 0..3 {
            visitor.post(&code_path, &[]).await.assert_status(303);
        }
        let often = visitor.post(&code_path, &[]).await;
        often.assert_status(429);
        assert!(often.text_of("#code-problem").is_some_and(|text| text.contains("Muitos códigos")));

        // Without the right to the ticket there is nothing, whatever is asked for.
        visitor.set_cookie(&cookie_name(&reference), "f.1.x");
        visitor.set_cookie("ajuda_session", "x");
        visitor.post(&code_path, &[]).await.assert_status(404);
    }
}

#[tokio::test]
async fn what_came_from_the_mailbox_alone_is_no_answer() {
    for engine in engines() {
        let visitor = Visitor::with(&engine, |config| {
            config.smtp.host = "localhost".into();
            config.smtp.from = "suporte@example.com".into();
        })
        .await;
        let path = visitor.post("/pt/contact", &GOOD_FORM).await.header("location").replace("/sent", "");
        let reference = Reference::parse(path.rsplit('/').next().expect("a reference")).expect("a reference");
        visitor.app.reply(&reference, Reader::new(Right::Mailbox, Proof::Session), said("Minha conta é 4711.")).await.expect("a reply");
        let page = visitor.get(&path).await;
        let told = page.text_of(".withheld").expect("a notice");
        assert!(told.contains("Parte desta conversa está oculta") && !told.contains("respondeu") && !page.text().contains("4711"), "{told}");
    }
}

#[tokio::test]
async fn where_no_email_leaves_nothing_waits() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let path = visitor.post("/pt/contact", &GOOD_FORM).await.header("location").replace("/sent", "");
        let reference = Reference::parse(path.rsplit('/').next().expect("a reference")).expect("a reference");
        visitor.app.answer(&reference, said("Já liberamos o acesso.")).await.expect("an answer");
        assert!(visitor.get(&path).await.text().contains("Já liberamos"));
        visitor.post(&format!("{path}/code"), &[]).await.assert_status(404);
    }
}
