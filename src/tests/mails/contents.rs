//! What stands in an email, and what can never stand there.

use crate::support::Acts;
use std::collections::HashSet;

use ajuda::clock::Micros;
use ajuda::i18n::Lang;
use ajuda::mail::{Mail, MailCounts, MailRenderer, Owed, Template, TicketFacts};
use ajuda::tickets::Right;
use ajuda::tickets::model::Draft;

use super::{facts, mails_in, owed, read, running};
use crate::support::{HOME, Stage, draft, engines};

#[tokio::test]
async fn without_a_mail_server_each_email_becomes_a_file_that_says_everything_in_the_customers_language() {
    for engine in engines() {
        let (stage, _folder) = Stage::with(&engine, |config| {
            config.support_mail = "Equipe <team@example.com>".into();
            config.public_url = "https://help.example.com".into();
        })
        .await;
        let article = stage.know_the_sample().articles.keys().find(|id| id.as_str() == "buyer/refunds/ask-for-a-refund").cloned();
        let typed = Draft { lang: Lang::Es, article, ..draft("Un cobro <doble> & más", "maria@example.com") };
        let filed = stage.file(&typed, HOME).await.expect("a ticket");
        let (_sender, stop) = running();
        stage.jobs().deliver_due(&stop).await.expect("a database");
        stage.jobs().deliver_due(&stop).await.expect("nothing more to do");
        let mails = mails_in(&stage.config.data.join("mails"));
        assert_eq!(mails.len(), 2);
        let to = |address: &str| mails.iter().find(|mail| mail.header("To")[0].contains(address)).expect("an email to them");
        let (confirmation, announcement) = (to("maria@example.com"), to("team@example.com"));
        for mail in &mails {
            assert_eq!(mail.header("Auto-Submitted"), ["auto-generated"]);
            assert_eq!(mail.header("From"), ["Equipe <team@example.com>"]);
            assert!(mail.header("Message-ID")[0].ends_with("@example.com>"));
            assert_eq!(mail.parts.len(), 2);
        }

        let [text, html] = confirmation.parts.as_slice() else { panic!("text and HTML") };
        let reference = &filed.key.reference;
        assert!(confirmation.header("Subject")[0].contains(reference.as_str()));
        for part in [text, html] {
            assert!(
                part.contains("¡Hola!")
                    && part.contains("Te responderemos a más tardar el martes 24 de noviembre, a las 9:00\u{a0}a.\u{a0}m. (hora de Brasilia)."),
                "{part}"
            );
            for word in ["Maria", "Souza", "doble", "O que eu faço?"] {
                assert!(!part.contains(word), "nobody's words to an address that nobody has shown to be theirs: {word} in {part}");
            }
        }
        assert_eq!(confirmation.header("To"), ["maria@example.com"]);
        let start = format!("https://help.example.com/es/requests/{reference}?key=");
        let token = text.split(&start).nth(1).and_then(|rest| rest.split_whitespace().next()).expect("the private link");
        assert_eq!(stage.tickets.read().open_link(reference, token).await.expect("its ticket"), (filed.key.clone(), Right::Mailbox));

        assert!(announcement.header("Reply-To")[0].contains("maria@example.com"));
        assert!(announcement.parts[0].contains("novo chamado"));
        for named in ["Problema com um pagamento", "Como pedir o reembolso de uma compra"] {
            assert!(announcement.parts.iter().all(|part| part.contains(named)), "{named}: {}", announcement.parts[0]);
        }
        assert!(announcement.parts.iter().all(|part| !part.contains("?key=")), "staff get no customer's link");
        assert_eq!(stage.outbox.counts().await.expect("counts"), MailCounts::default());
    }
}

#[tokio::test]
async fn a_folder_that_can_not_be_written_loses_no_email() {
    let (stage, _folder) = Stage::new(&crate::support::Engine::Sqlite).await;
    stage.file(&draft("Uma mensagem", "maria@example.com"), HOME).await.expect("a ticket");
    let mails = stage.config.data.join("mails");
    std::fs::write(&mails, "a file is in the way").expect("a file");
    let (_sender, stop) = running();
    stage.jobs().deliver_due(&stop).await.expect("a database");
    assert_eq!(stage.outbox.counts().await.expect("counts"), MailCounts { waiting: 1, failed: 0 });
    std::fs::remove_file(&mails).expect("the file");
    stage.clock.advance(Micros::MINUTE);
    stage.jobs().deliver_due(&stop).await.expect("a database");
    assert_eq!(mails_in(&mails).len(), 1);
}

#[test]
fn no_text_becomes_a_header_or_markup() {
    let hostile = "x\r\nBcc: victim@example.com\r\n\r\n<script>alert(1)</script>{reference}\u{2028}\0";
    let mut config = ajuda::settings::Config { support_mail: "team@example.com".into(), ..Default::default() };
    config.brand.name = hostile.into();
    let renderer = MailRenderer::new(&config.mail());
    let hostile_facts = TicketFacts {
        reference: hostile.into(),
        subject: hostile.into(),
        name: hostile.into(),
        code: Some(hostile.into()),
        reason: Some(hostile.into()),
        article: Some(hostile.into()),
        message: hostile.into(),
        files: hostile.into(),
        link: hostile.into(),
        ..facts()
    };
    let names = |message: &[u8]| read(message).headers.into_iter().map(|(name, _)| name).collect::<HashSet<_>>();
    for template in [Template::Confirmation, Template::Announcement, Template::Answer, Template::CustomerWrote] {
        let good = renderer.write(&owed(template, Lang::Pt), &facts()).expect("an email").formatted();
        let bad = renderer.write(&owed(template, Lang::Pt), &hostile_facts).expect("an email").formatted();
        assert_eq!(names(&bad), names(&good));
        let mail = read(&bad);
        assert_eq!((mail.header("To").len(), mail.header("Subject").len(), mail.header("Bcc").len()), (1, 1, 0));
        assert!(!mail.parts[1].contains("<script>"), "{}", mail.parts[1]);
    }
    for address in ["a@example.com\r\nBcc: b@example.com", "a@example.com, b@example.com", ""] {
        let message = renderer.write(&owed(Template::Confirmation, Lang::Pt), &TicketFacts { email: address.into(), ..facts() });
        assert!(message.is_err_and(|error| !error.to_string().contains("example")), "{address}");
    }
}

#[test]
fn a_second_attempt_writes_the_same_email() {
    let renderer = MailRenderer::new(&ajuda::settings::Config::default().mail());
    let write = |attempt| {
        let mail = renderer.write(&Owed { attempt, ..owed(Template::Confirmation, Lang::En) }, &facts()).expect("an email").formatted();
        let mail = read(&mail);
        (mail.header("Message-ID").join(""), mail.header("Date").join(""), mail.parts)
    };
    assert_eq!(write(1), write(2));
    assert!(write(1).0.contains("abc@"));
}

#[test]
fn answers_go_to_an_address_that_names_the_ticket_where_emails_are_fetched() {
    let reply_to = |template, change: fn(&mut ajuda::settings::Config)| {
        let mut config = ajuda::settings::Config { support_mail: "Equipe <team@example.com>".into(), ..Default::default() };
        config.imap.host = "imap.example.com".into();
        config.imap.address = "help@example.com".into();
        change(&mut config);
        let mail = read(&MailRenderer::new(&config.mail()).write(&owed(template, Lang::Pt), &facts()).expect("an email").formatted());
        mail.header("Reply-To").join(" ")
    };
    for template in [Template::Confirmation, Template::Answer] {
        assert_eq!(reply_to(template, |_| {}), "Hotmart <help+k7m4qx92p-x@example.com>");
        assert_eq!(reply_to(template, |config| config.imap.plus_addressing = false), "Hotmart <help@example.com>");
        assert_eq!(
            reply_to(template, |config| config.imap.address = format!("{}@example.com", "h".repeat(60))),
            format!("Hotmart <{}@example.com>", "h".repeat(60))
        );
        assert_eq!(reply_to(template, |config| config.imap.host = String::new()), "Equipe <team@example.com>");
    }
    assert!(reply_to(Template::Announcement, |_| {}).contains("maria@example.com"), "what staff answer goes to the customer");
}

#[test]
fn all_emails_about_a_ticket_are_one_thread() {
    let config = ajuda::settings::Config { support_mail: "team@example.com".into(), ..Default::default() };
    let renderer = MailRenderer::new(&config.mail());
    let thread = |template, ticket: &str| {
        let owed = Owed { mail: Mail::of_ticket(template, ticket, Lang::Es), ..owed(template, Lang::Es) };
        let mail = read(&renderer.write(&owed, &facts()).expect("an email").formatted());
        (mail.header("References").join(" "), mail.header("In-Reply-To").join(" "))
    };
    let first = thread(Template::Confirmation, "t1");
    assert_eq!(first.0, "<t1@example.com>");
    assert_eq!(thread(Template::Answer, "t1"), first);
    assert_ne!(thread(Template::Answer, "t2"), first);
}
