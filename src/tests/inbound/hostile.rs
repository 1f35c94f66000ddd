//! Emails of people who mean harm.

use crate::support::Acts;
use ajuda::clock::Micros;
use ajuda::error::ServiceError;
use ajuda::events::Actor;
use ajuda::intake::Reader;
use ajuda::intake::inbound::{IntakeOutcome, ReviewReason};
use ajuda::tickets::Queue;
use ajuda::tickets::Right;
use ajuda::tickets::model::MessageBody;
use ajuda::tickets::model::Proof;

use super::{BODY, VOUCHED, email, mailbox, stage, take, ticket};
use crate::support::{HOME, Stage, draft, engines};

async fn said(stage: &Stage) -> i64 {
    stage.number("SELECT COUNT(*) FROM messages").await
}

#[tokio::test]
async fn somebody_elses_email_never_lands_in_a_ticket_whatever_it_names() {
    for engine in engines() {
        let (stage, _folder) = stage(&engine).await;
        let (filed, to) = ticket(&stage).await;
        let thread = format!("{VOUCHED}\nReferences: <{0}@example.org>\nIn-Reply-To: <{0}@example.org>", filed.key.id);
        let emails = [
            email("h1", "eve@evil.example.com", &to, &thread, BODY),
            email("h2", "eve@evil.example.com", "support@example.org", &thread, BODY),
            email("h3", "\"maria@example.com\" <eve@evil.example.com>", &to, "Reply-To: maria@example.com\nSender: maria@example.com", BODY),
            email("h4", "maria@example.com.evil.example.com", &to, "", BODY),
        ];
        for raw in emails {
            assert_eq!(take(&stage, raw).await, IntakeOutcome::Review(ReviewReason::Sender));
        }
        for from in ["maria@example.com, eve@evil.example.com", "", "maria", "<>", "maria@example.com\r\nFrom: eve@evil.example.com"] {
            let outcome = take(&stage, email(&format!("n{}", from.len()), from, &to, "", BODY)).await;
            assert_eq!(outcome, IntakeOutcome::Review(ReviewReason::Nobody), "{from:?}");
        }
        assert_eq!(said(&stage).await, 1, "nothing was said");
        assert_eq!(stage.inbound.count_in_review().await.expect("a number"), 9, "and nothing is lost");
        assert_eq!(stage.number("SELECT COUNT(*) FROM outbox WHERE template <> 'confirmation' AND template <> 'announcement'").await, 0);
    }
}

#[tokio::test]
async fn a_token_that_is_forged_anothers_or_revoked_opens_nothing() {
    for engine in engines() {
        let (stage, _folder) = stage(&engine).await;
        let (filed, to) = ticket(&stage).await;
        let other = stage.file(&draft("Outra", "ana@example.com"), HOME).await.expect("a ticket");
        let token = to.split(['+', '@']).nth(1).expect("a token").to_owned();
        let (mine, tag) = token.split_once('-').expect("a reference and a tag");
        let theirs = stage.tickets.access().expect("a key").reply_token(&other.key);
        let thread = format!("References: <{}@example.org>", filed.key.id);
        let changed = format!("{}{}", if tag.starts_with('0') { '1' } else { '0' }, &tag[1..]);
        let (of_other, _) = theirs.split_once('-').expect("a reference and a tag");
        for (number, bad) in
            [format!("{mine}-{changed}"), format!("{of_other}-{tag}"), format!("{mine}-"), format!("222222222-{tag}")].iter().enumerate()
        {
            let raw = email(&format!("t{number}"), "maria@example.com", &format!("support+{bad}@example.org"), &thread, BODY);
            assert_eq!(take(&stage, raw).await, IntakeOutcome::Review(ReviewReason::Token), "{bad}");
        }
        let raw = email("t9", "maria@example.com", &format!("support+{theirs}@example.org"), &thread, BODY);
        assert_eq!(take(&stage, raw).await, IntakeOutcome::Review(ReviewReason::Sender), "a good token of another's ticket");
        stage.tickets.revoke_links(&filed.key.reference, &Actor::Console).await.expect("a ticket");
        assert_eq!(
            take(&stage, email("t10", "maria@example.com", &to, &thread, BODY)).await,
            IntakeOutcome::Review(ReviewReason::Token),
            "an older generation"
        );
        assert_eq!(said(&stage).await, 2);
        // A token at a domain that isn't ours says nothing.
        let raw = email("t11", "maria@example.com", &format!("support+{theirs}@evil.example.com"), "", BODY);
        assert_eq!(take(&stage, raw).await, IntakeOutcome::Opened);
    }
}

#[tokio::test]
async fn nobody_can_use_up_the_message_id_of_anothers_email() {
    for engine in engines() {
        let (stage, _folder) = stage(&engine).await;
        let (_, to) = ticket(&stage).await;
        assert_eq!(take(&stage, email("same", "eve@evil.example.com", "support@example.org", "", BODY)).await, IntakeOutcome::Opened);
        assert_eq!(take(&stage, email("same", "maria@example.com", &to, "", BODY)).await, IntakeOutcome::Added);
    }
}

#[tokio::test]
async fn two_programs_that_answer_each_other_come_to_an_end_and_the_disk_stays_free() {
    for engine in engines() {
        let (stage, _folder) = stage(&engine).await;
        let mut outcomes = Vec::new();
        for number in 0..130 {
            outcomes
                .push(take(&stage, email(&format!("l{number}"), "robot@example.com", "support@example.org", "", &format!("Aviso {number}"))).await);
        }
        let count = |wanted: IntakeOutcome| outcomes.iter().filter(|outcome| **outcome == wanted).count();
        assert_eq!((count(IntakeOutcome::Opened), count(IntakeOutcome::Review(ReviewReason::TooMany)), count(IntakeOutcome::Refused)), (30, 90, 10));
        let confirmed = stage.number("SELECT COUNT(*) FROM outbox WHERE template = 'confirmation'").await;
        assert_eq!(confirmed, 6, "the others are in quarantine, as from the form");
        stage.clock.advance(Micros::HOUR);
        assert_eq!(take(&stage, email("later", "robot@example.com", "support@example.org", "", "Mais um aviso")).await, IntakeOutcome::Opened);
    }
}

#[tokio::test]
async fn broken_and_monstrous_emails_wait_or_are_filed_and_never_end_the_program() {
    let parts = (0..5_000).map(|number| format!("--b\r\nContent-Disposition: attachment; filename=f{number}\r\n\r\nx\r\n")).collect::<String>();
    let head = |more: &str| format!("From: maria@example.com\r\nMIME-Version: 1.0\r\n{more}\r\n\r\n");
    let nested = (0..200).fold(String::new(), |text, depth| {
        text + &format!(
            "Content-Type: multipart/mixed; boundary=b{depth}\r\n\r\n--b{depth}\r\nContent-Type: message/rfc822\r\n\r\nFrom: eve@example.com\r\n"
        )
    });
    let emails = [
        Vec::new(),
        b"\0\xff\xfe".to_vec(),
        b"no header at all".to_vec(),
        (head("Content-Type: multipart/mixed; boundary=b") + &parts).into_bytes(),
        (head("Content-Type: text/plain; charset=x-klingon\r\nContent-Transfer-Encoding: base64") + "\u{fffd}====").into_bytes(),
        [head("Content-Type: text/plain; charset=utf-16").as_bytes(), b"\xd8\x00\xd8\x00\0"].concat(),
        (format!("From: maria@example.com\r\n{nested}")).into_bytes(),
        (head(&format!("References: {}\r\nX-Long: {}", "<a@b> ".repeat(50_000), "x".repeat(2_000_000))) + "Texto").into_bytes(),
        (head(&format!("Subject: {}", "=?utf-8?b?4pi6?= ".repeat(20_000))) + &"á\r\n".repeat(500_000)).into_bytes(),
        (head("Subject: </textarea><script>alert(1)</script>\u{0}\u{1b}[2J") + "</textarea><script>alert(1)</script>\u{0}\u{1b}[2J").into_bytes(),
    ];
    for engine in engines() {
        let (stage, _folder) = stage(&engine).await;
        for (number, raw) in emails.iter().enumerate() {
            let outcome = take(&stage, raw.clone()).await;
            assert!(matches!(outcome, IntakeOutcome::Opened | IntakeOutcome::Review(_)), "{number}: {outcome:?}");
            assert_eq!(take(&stage, raw.clone()).await, IntakeOutcome::Known, "{number}");
        }
        for ticket in stage.tickets.read().list(Queue::Newest, 100).await.expect("tickets") {
            let shown = ajuda::cli::console::show(&stage.rooms, &ticket.key.reference).await.expect("a ticket");
            assert!(!shown.contains('\u{1b}'), "{shown}");
        }
    }
}

#[tokio::test]
async fn whoever_filed_under_anothers_address_does_not_see_what_its_owner_writes() {
    for engine in engines() {
        let (stage, _folder) = Stage::with(&engine, |config| {
            mailbox(config);
            config.smtp.host = "localhost".into();
        })
        .await;
        let (filed, to) = ticket(&stage).await;
        let reference = &filed.key.reference;
        let parts = "Content-Type: multipart/mixed; boundary=b";
        let body =
            "--b\n\nMinha conta termina em 4711.\n--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nExtrato\n--b--";
        assert_eq!(take(&stage, email("o1", "maria@example.com", &to, parts, body)).await, IntakeOutcome::Added);
        let sees = async |right| {
            let view = stage.tickets.read().view(reference, right).await.expect("a ticket");
            assert_eq!(stage.tickets.read().version(reference).await.expect("a database"), Some(view.version), "else its page would load for ever");
            view
        };
        let owner = sees(Right::Mailbox).await;
        let file = &owner.files.first().expect("a file").id;
        assert_eq!((owner.messages.len(), owner.withheld.is_some()), (2, false));
        let filer = sees(Right::Filer).await;
        assert_eq!((filer.messages.len(), filer.files.len(), filer.withheld.is_some()), (1, 0, true));
        assert!(matches!(stage.tickets.read().file(reference, Right::Filer, file).await, Err(ServiceError::NotFound)));
        assert!(stage.tickets.read().file(reference, Right::Mailbox, file).await.is_ok());
        for (reader, seen) in [(Reader::new(Right::Mailbox, Proof::Session), 1), (Reader::FILER, 2)] {
            let body = MessageBody::parse("Mais uma coisa.").expect("a message");
            stage.clock.advance(2 * Micros::HOUR);
            stage.reply(reference, reader, body).await.expect("a reply");
            assert_eq!(sees(Right::Filer).await.messages.len(), seen, "{reader:?}");
        }
    }
}

#[tokio::test]
async fn large_emails_that_wait_can_not_fill_the_disk() {
    for engine in engines() {
        let (stage, _folder) = stage(&engine).await;
        assert_eq!(take(&stage, email("b1", "", "support@example.org", "", BODY)).await, IntakeOutcome::Review(ReviewReason::Nobody));
        let pool = stage.db.ready().await.expect("a database");
        sqlx::query("UPDATE inbound_emails SET bytes = $1").bind(256_i64 * 1024 * 1024).execute(&pool).await.expect("a database");
        assert_eq!(take(&stage, email("b2", "", "support@example.org", "", BODY)).await, IntakeOutcome::Refused);
        assert_eq!(take(&stage, email("b3", "ana@example.com", "support@example.org", "", BODY)).await, IntakeOutcome::Opened, "what need not wait");
    }
}

#[tokio::test]
async fn whoever_forges_a_sender_uses_up_nothing_of_the_real_one() {
    for engine in engines() {
        let (stage, _folder) = stage(&engine).await;
        for number in 0..130 {
            take(&stage, email(&format!("f{number}"), "maria@example.com", "support@example.org", "", &format!("Aviso {number}"))).await;
        }
        let refused = take(&stage, email("f", "maria@example.com", "support@example.org", "", "Mais um")).await;
        assert_eq!(refused, IntakeOutcome::Refused);
        let real = take(&stage, email("real", "maria@example.com", "support@example.org", VOUCHED, "Sou eu mesma")).await;
        assert_eq!(real, IntakeOutcome::Opened);
    }
}

#[tokio::test]
async fn forged_senders_without_number_get_no_confirmations_without_number() {
    for engine in engines() {
        let (stage, _folder) = stage(&engine).await;
        let (_, to) = ticket(&stage).await;
        let stranger = |number: i32, more: &str| {
            let body = format!("Minha compra {} não chegou, pedido {number}.", number * 7919);
            email(&format!("s{number}"), &format!("a{number}@example.net"), "support@example.org", more, &body)
        };
        for number in 0..300 {
            assert_eq!(take(&stage, stranger(number, "")).await, IntakeOutcome::Opened);
        }
        assert_eq!(take(&stage, stranger(300, "")).await, IntakeOutcome::Review(ReviewReason::TooMany));
        assert_eq!(
            take(&stage, stranger(301, &VOUCHED.replace("example.com", "example.net"))).await,
            IntakeOutcome::Opened,
            "the mail server vouches for this one"
        );
        assert_eq!(take(&stage, email("own", "maria@example.com", &to, "", BODY)).await, IntakeOutcome::Added, "an answer is no stranger's");
        stage.clock.advance(Micros::HOUR);
        assert_eq!(take(&stage, stranger(302, "")).await, IntakeOutcome::Opened);
    }
}
