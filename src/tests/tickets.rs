//! What the tickets room promises: nothing acknowledged is lost, nothing is filed twice, nobody sees what is not theirs.

use crate::support::Acts;
use ajuda::error::ServiceError;
use ajuda::events::Actor;
use ajuda::tickets::Queue;
use ajuda::tickets::model::MessageBody;
use std::net::{IpAddr, Ipv4Addr};

use ajuda::articles::model::ArticleId;
use ajuda::cli::console;
use ajuda::clock::Micros;
use ajuda::config::Limits;
use ajuda::i18n::Lang;
use ajuda::tickets::Right;
use ajuda::tickets::model::Transition;
use ajuda::tickets::model::{CodePattern, Draft, MessageKind, PersonName, QuarantineReason, Reference, Status, Subject, TransactionCode};

use crate::support::{HOME, Stage, draft, engines, said};

fn network(number: u8) -> IpAddr {
    IpAddr::V4(Ipv4Addr::new(198, 51, 100, number))
}

fn unknown() -> Reference {
    Reference::parse("222-222-222").expect("a reference")
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_posts_of_one_message_at_the_same_moment_are_one_ticket() {
    for engine in engines() {
        let (stage, _folder) = Stage::with(&engine, |config| config.support_mail = "team@example.com".into()).await;
        let other = stage.another();
        let posts = (0..20_u8).map(|number| {
            let rooms = if number % 2 == 0 { stage.rooms.clone() } else { other.rooms.clone() };
            let page = Draft { form_id: Some("0123456789abcdef0123".into()), ..draft("Cobrado duas vezes", "maria@example.com") };
            tokio::spawn(async move { rooms.file(&page, network(number)).await })
        });
        let mut filed = Vec::new();
        for post in posts.collect::<Vec<_>>() {
            filed.push(post.await.expect("a post").expect("a ticket"));
        }
        assert!(filed.iter().all(|one| one.key == filed[0].key));
        assert_eq!(filed.iter().filter(|one| !one.repeated).count(), 1);
        assert_eq!(stage.number("SELECT COUNT(*) FROM tickets").await, 1);
        assert_eq!(stage.number("SELECT COUNT(*) FROM messages").await, 1);
        assert_eq!(stage.number("SELECT COUNT(*) FROM outbox").await, 2, "one confirmation, one announcement");
        assert_eq!(stage.number("SELECT CAST(SUM(used) AS BIGINT) FROM rate_limits").await, 2, "repeats use up no limit");
    }
}

#[tokio::test]
async fn links_end_a_while_after_a_ticket_is_closed() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        let filed = stage.file(&draft("Cobrado duas vezes", "maria@example.com"), HOME).await.expect("a ticket");
        let token = stage.tickets.access().expect("a key").link_token(&filed.key, Right::Mailbox);
        let opens = async || stage.tickets.read().open_link(&filed.key.reference, &token).await.is_ok();
        stage.clock.advance(200 * Micros::DAY);
        assert!(opens().await, "however long it is open");
        stage.tickets.transition(&filed.key.reference, Transition::Solved, &Actor::Console).await.expect("a move");
        stage.tickets.transition(&filed.key.reference, Transition::Closed, &Actor::Console).await.expect("a move");
        stage.clock.advance(90 * Micros::DAY - 1);
        assert!(opens().await);
        stage.clock.advance(1);
        assert!(!opens().await);
    }
}

/// Whoever knows the words of somebody's message gets nothing of its ticket.
#[tokio::test]
async fn the_same_words_from_elsewhere_are_a_ticket_of_their_own() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        let page = |id: Option<&str>| Draft { form_id: id.map(str::to_owned), ..draft("Cobrado duas vezes", "maria@example.com") };
        let hers = stage.file(&page(Some("0123456789abcdef0123")), HOME).await.expect("a ticket");
        for (id, from) in [(None, network(1)), (Some("3210fedcba9876543210"), network(2)), (Some("9210fedcba9876543210"), network(3))] {
            let other = stage.file(&page(id), from).await.expect("a ticket");
            assert!(other.key != hers.key && !other.repeated, "{id:?}");
        }
        assert!(stage.file(&page(Some("0123456789abcdef0123")), network(4)).await.expect("the same page, on the way home").repeated);
        assert!(stage.file(&page(Some("another-page-at-home-0")), HOME).await.expect("the same network").repeated);
        assert!(stage.file(&page(Some("another-page-at-home-0")), network(5)).await.expect("the page that was known then").repeated);
        stage.clock.advance(10 * Micros::MINUTE);
        assert!(!stage.file(&page(None), HOME).await.expect("a ticket").repeated, "ten minutes later");
    }
}

#[tokio::test]
async fn the_same_message_is_another_ticket_after_an_hour() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        let message = Draft { form_id: Some("0123456789abcdef0123".into()), ..draft("Cobrado duas vezes", "maria@example.com") };
        let first = stage.file(&message, HOME).await.expect("a ticket");
        stage.clock.advance(Micros::HOUR - 1);
        let again = stage.file(&message, HOME).await.expect("the same ticket");
        assert_eq!((again.key.clone(), again.due_at, again.repeated), (first.key.clone(), first.due_at, true));
        stage.clock.advance(1);
        let later = stage.file(&message, HOME).await.expect("a ticket");
        assert!(later.key != first.key && !later.repeated);
        let again = stage.file(&message, HOME).await.expect("the same ticket");
        assert_eq!(again.key, later.key);
    }
}

#[tokio::test]
async fn only_white_space_and_capitals_of_the_address_make_no_other_message() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        let one = draft("Cobrado duas vezes", "maria@example.com");
        let first = stage.file(&one, HOME).await.expect("a ticket").key;
        let same = Draft {
            message: MessageBody::parse("Fui cobrada  duas vezes.\r\nO que eu faço?").expect("a message"),
            ..draft("Cobrado duas  vezes", "Maria@Example.com")
        };
        assert_eq!(stage.file(&same, HOME).await.expect("the same ticket").key, first);
        let code = TransactionCode::parse("HP1", None).ok();
        let others = [
            draft("Cobrado três vezes", "maria@example.com"),
            draft("Cobrado duas vezes", "mario@example.com"),
            Draft { article: Some(ArticleId("buyer/refunds/ask".into())), ..one.clone() },
            Draft { code, ..one.clone() },
            Draft { reason: None, ..one.clone() },
            Draft { message: MessageBody::parse("Fui cobrada uma vez.").expect("a message"), ..one.clone() },
        ];
        for other in others {
            assert_ne!(stage.file(&other, HOME).await.expect("another ticket").key, first, "{other:?}");
        }
    }
}

#[tokio::test]
async fn hostile_text_in_every_field_comes_back_unchanged() {
    let hostile = "'); DROP TABLE tickets; -- </textarea><script>alert(\"1\")</script> {{brand}} %s $1 ?1 \\ \u{202e}\u{1f469}\u{200d}\u{1f680} é";
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        let pattern = CodePattern::new(".*").expect("a pattern");
        let message = format!("{hostile}\n\n\t{}", "ß".repeat(9_000));
        let typed = Draft {
            lang: Lang::Es,
            article: Some(ArticleId(hostile.into())),
            reason: Some(hostile.into()),
            subject: Subject::parse(hostile).expect("a subject"),
            name: PersonName::parse("Robert'); DROP TABLE tickets; --").expect("a name"),
            code: Some(TransactionCode::parse("';--<b>", Some(&pattern)).expect("a code")),
            message: MessageBody::parse(&message).expect("a message"),
            ..draft("replaced", "o'brien+$1@example.com")
        };
        let filed = stage.file(&typed, HOME).await.expect("a ticket");
        let shown = stage.another().tickets.read().view(&filed.key.reference, Right::Filer).await.expect("what was filed");
        let ticket = shown.ticket;
        assert_eq!(ticket.article, typed.article);
        assert_eq!(ticket.reason, typed.reason);
        assert_eq!(ticket.subject, typed.subject.as_str());
        assert_eq!(ticket.name, typed.name.as_str());
        assert_eq!(ticket.email, "o'brien+$1@example.com");
        assert_eq!(ticket.code.as_deref(), Some("';--<B>"));
        // What the spam check makes of it is no matter here.
        assert_eq!((ticket.lang, ticket.status), (Lang::Es, Status::New));
        assert_eq!(shown.messages.len(), 1);
        assert_eq!(shown.messages[0].body, message);
    }
}

#[tokio::test]
async fn the_answer_is_promised_for_the_next_working_day() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        // From Monday, 23 November, to Friday the 27th at noon.
        stage.clock.advance(4 * Micros::DAY);
        let filed = stage.file(&draft("Sexta-feira", "maria@example.com"), HOME).await.expect("a ticket");
        assert_eq!(filed.due_at, filed.created_at.plus(3 * Micros::DAY));
    }
}

#[tokio::test]
async fn a_trapped_message_is_quarantined_without_an_email_until_it_is_released() {
    for engine in engines() {
        let (stage, _folder) = Stage::with(&engine, |config| config.support_mail = "team@example.com".into()).await;
        let trapped = Draft { trapped: true, ..draft("Ganhe dinheiro", "bot@example.com") };
        let filed = stage.file(&trapped, HOME).await.expect("its author sees nothing unusual");
        assert!(stage.tickets.read().view(&filed.key.reference, Right::Filer).await.is_ok());
        assert_eq!(stage.tickets.read().list(Queue::Newest, 10).await.expect("a list").len(), 0);
        let quarantined = stage.tickets.read().list(Queue::Quarantine, 10).await.expect("a list");
        assert_eq!(quarantined.iter().map(|ticket| ticket.quarantine).collect::<Vec<_>>(), [Some(QuarantineReason::Trap)]);
        assert_eq!(stage.number("SELECT COUNT(*) FROM outbox").await, 0);

        assert!(stage.tickets.triage().release(&filed.key.reference, &Actor::Console).await.expect("a release"));
        assert_eq!(stage.tickets.read().list(Queue::Newest, 10).await.expect("a list").len(), 1);
        assert_eq!(stage.number("SELECT COUNT(*) FROM outbox").await, 2);
        assert!(!stage.tickets.triage().release(&filed.key.reference, &Actor::Console).await.expect("a second release"));
        assert_eq!(stage.number("SELECT COUNT(*) FROM outbox").await, 2);
        assert!(matches!(stage.tickets.triage().release(&unknown(), &Actor::Console).await, Err(ServiceError::NotFound)));
    }
}

#[tokio::test]
async fn over_the_limit_of_an_address_messages_are_quarantined_and_far_over_it_refused() {
    for engine in engines() {
        let limits = Limits { tickets_per_network_per_hour: 1000, tickets_per_email_per_hour: 2, ..Limits::default() };
        let (stage, _folder) = Stage::with(&engine, |config| config.limits = limits).await;
        let other = stage.another();
        for number in 0..10_u8 {
            let rooms = if number % 2 == 0 { &stage.rooms } else { &other.rooms };
            let address = if number % 3 == 0 { "Maria@example.com" } else { "maria@example.com" };
            rooms.file(&draft(&format!("Mensagem {number}"), address), network(number)).await.expect("kept");
        }
        let refused = stage.file(&draft("Mensagem 11", "maria@example.com"), HOME).await;
        assert!(matches!(refused, Err(ServiceError::TooMany)));
        let again = stage.file(&draft("Mensagem 9", "Maria@example.com"), network(9)).await.expect("a repeat is never refused");
        assert!(again.repeated);
        let quarantined = stage.tickets.read().list(Queue::Quarantine, 100).await.expect("a list");
        assert_eq!((quarantined.len(), stage.tickets.read().list(Queue::Newest, 100).await.expect("a list").len()), (8, 2));
        assert!(quarantined.iter().all(|ticket| ticket.quarantine == Some(QuarantineReason::Email)));
        assert_eq!(stage.number("SELECT COUNT(*) FROM outbox").await, 2, "nobody can be flooded with confirmations");
        stage.file(&draft("De outra pessoa", "joao@example.com"), HOME).await.expect("others are not affected");
        stage.clock.advance(Micros::HOUR);
        let later = stage.file(&draft("Mais tarde", "maria@example.com"), HOME).await.expect("a new hour");
        assert_eq!(stage.tickets.read().for_staff(&later.key.reference).await.expect("a ticket").0.quarantine, None);
    }
}

#[tokio::test]
async fn over_the_limit_of_a_network_messages_are_quarantined() {
    for engine in engines() {
        let limits = Limits { tickets_per_network_per_hour: 1, ..Limits::default() };
        let (stage, _folder) = Stage::with(&engine, |config| config.limits = limits).await;
        for number in 0..5 {
            let address: IpAddr = format!("2001:db8:1:2{number}::{number}").parse().expect("an address");
            stage.file(&draft("Uma mensagem", &format!("a{number}@example.com")), address).await.expect("kept");
        }
        let far_over = stage.file(&draft("Uma mensagem", "a9@example.com"), "2001:db8:1::9".parse().expect("an address")).await;
        assert!(matches!(far_over, Err(ServiceError::TooMany)));
        let quarantined = stage.tickets.read().list(Queue::Quarantine, 100).await.expect("a list");
        assert_eq!(quarantined.iter().filter(|ticket| ticket.quarantine == Some(QuarantineReason::Network)).count(), 4);
    }
}

#[tokio::test]
async fn limits_hold_no_address_that_could_be_read() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        stage.file(&draft("Uma mensagem", "maria@example.com"), HOME).await.expect("a ticket");
        let pool = stage.db.ready().await.expect("a database");
        let subjects: Vec<String> =
            sqlx::query_scalar("SELECT subject FROM rate_limits UNION SELECT fingerprint FROM dedupe_keys").fetch_all(&pool).await.expect("rows");
        assert_eq!(subjects.len(), 3);
        assert!(subjects.iter().all(|subject| subject.len() == 22 && !subject.contains("maria") && !subject.contains("192")), "{subjects:?}");
    }
}

#[tokio::test]
async fn a_note_never_reaches_the_customer_and_an_answer_only_who_verified_the_address() {
    for engine in engines() {
        for (sends_mail, filer_sees) in [(true, 1), (false, 2)] {
            let (stage, _folder) = Stage::with(&engine, |config| {
                config.smtp.host = if sends_mail { "localhost".into() } else { String::new() };
            })
            .await;
            let filed = stage.file(&draft("Uma pergunta", "maria@example.com"), HOME).await.expect("a ticket");
            let reference = &filed.key.reference;
            assert!(stage.tickets.read().view(reference, Right::Filer).await.expect("a ticket").withheld.is_none());
            stage.clock.advance(1);
            stage.note(reference, said("suspeita de fraude")).await.expect("a note");
            stage.clock.advance(1);
            stage.answer(reference, said("Já devolvemos o valor.")).await.expect("an answer");

            let filer = stage.tickets.read().view(reference, Right::Filer).await.expect("a ticket");
            assert_eq!((filer.messages.len(), filer.withheld.is_some()), (filer_sees, sends_mail));
            let mailbox = stage.tickets.read().view(reference, Right::Mailbox).await.expect("a ticket");
            assert_eq!((mailbox.messages.len(), mailbox.withheld.is_some()), (2, false));
            assert!(
                filer.messages.iter().chain(&mailbox.messages).all(|message| message.kind() != MessageKind::Note && !message.body.contains("fraude"))
            );
            let (_, all) = stage.tickets.read().for_staff(reference).await.expect("a ticket");
            assert_eq!(all.iter().map(|message| message.kind()).collect::<Vec<_>>(), [MessageKind::Customer, MessageKind::Note, MessageKind::Answer]);
        }
    }
}

#[tokio::test]
async fn a_link_opens_its_own_ticket_until_it_is_revoked() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        let mine = stage.file(&draft("Minha", "maria@example.com"), HOME).await.expect("a ticket").key;
        let other = stage.file(&draft("De outro", "joao@example.com"), HOME).await.expect("a ticket").key;
        let access = stage.tickets.access().expect("a key");
        let token = access.link_token(&mine, Right::Filer);
        let cookie = access.cookie_value(&mine, Right::Filer);

        // Another instance on the same data makes and knows the same links.
        let second = stage.another();
        assert_eq!(second.tickets.access().expect("a key").link_token(&mine, Right::Filer), token);
        assert_eq!(second.tickets.read().open_link(&mine.reference, &token).await.expect("my ticket"), (mine.clone(), Right::Filer));
        assert_eq!(second.tickets.read().open_cookie(&mine.reference, &cookie).await.expect("my ticket"), Right::Filer);

        for (reference, token) in [(&other.reference, token.as_str()), (&mine.reference, ""), (&mine.reference, "x"), (&unknown(), token.as_str())] {
            assert!(matches!(stage.tickets.read().open_link(reference, token).await, Err(ServiceError::NotFound)), "{reference} {token}");
        }
        assert!(matches!(stage.tickets.read().open_cookie(&other.reference, &cookie).await, Err(ServiceError::NotFound)));

        stage.tickets.revoke_links(&mine.reference, &Actor::Console).await.expect("a revocation");
        assert!(matches!(stage.tickets.read().open_link(&mine.reference, &token).await, Err(ServiceError::NotFound)));
        assert!(matches!(stage.tickets.read().open_cookie(&mine.reference, &cookie).await, Err(ServiceError::NotFound)));
        assert!(matches!(stage.tickets.revoke_links(&unknown(), &Actor::Console).await, Err(ServiceError::NotFound)));
    }
}

#[tokio::test]
async fn while_the_database_is_away_nothing_is_acknowledged_and_afterwards_it_is() {
    let (stage, folder) = Stage::new(&crate::support::Engine::Sqlite).await;
    let message = draft("Cobrado duas vezes", "maria@example.com");
    stage.file(&draft("Antes", "maria@example.com"), HOME).await.expect("a ticket");
    let moved = folder.0.path().join("elsewhere");
    std::fs::rename(&stage.config.data, &moved).expect("a folder that can be moved");
    assert!(matches!(stage.file(&message, HOME).await, Err(ServiceError::Unavailable(_))));
    assert!(matches!(stage.tickets.read().list(Queue::Newest, 10).await, Err(ServiceError::Unavailable(_))));
    std::fs::rename(&moved, &stage.config.data).expect("a folder that can be moved");
    assert!(!stage.file(&message, HOME).await.expect("a ticket").repeated);
}

#[tokio::test]
async fn what_no_longer_decides_anything_is_dropped_and_the_rest_stays() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        stage.file(&draft("Uma mensagem", "maria@example.com"), HOME).await.expect("a ticket");
        let (sender, stop) = tokio::sync::watch::channel(true);
        stage.jobs().run(stop.clone()).await;
        assert_eq!(stage.number("SELECT COUNT(*) FROM dedupe_keys").await, 1);
        stage.clock.advance(3 * Micros::HOUR);
        stage.jobs().run(stop).await;
        drop(sender);
        assert_eq!(stage.number("SELECT COUNT(*) FROM dedupe_keys").await + stage.number("SELECT COUNT(*) FROM rate_limits").await, 0);
        assert_eq!(stage.number("SELECT COUNT(*) FROM tickets").await, 1);
    }
}

#[tokio::test]
async fn staff_read_tickets_on_the_command_line_and_no_text_steers_their_terminal() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        assert_eq!(console::list(&stage.rooms, Queue::Newest, 10).await.expect("a list"), "There are no tickets.\n");
        let hostile = Draft {
            message: MessageBody::parse("fatura\u{202e}fdp.exe\nsegunda linha").expect("a message"),
            ..draft("Oi \u{202e}tudo", "m@example.com")
        };
        let filed = stage.file(&hostile, HOME).await.expect("a ticket");
        let quarantined = stage.file(&Draft { trapped: true, ..draft("Ganhe", "bot@example.com") }, HOME).await.expect("a ticket");

        let list = console::list(&stage.rooms, Queue::Newest, 10).await.expect("a list");
        assert!(
            list.contains(filed.key.reference.as_str()) && !list.contains(quarantined.key.reference.as_str()) && list.contains("Oi tudo"),
            "{list}"
        );
        let list = console::list(&stage.rooms, Queue::Quarantine, 10).await.expect("a list");
        assert!(list.contains(quarantined.key.reference.as_str()) && list.contains("trap"), "{list}");

        let shown = console::show(&stage.rooms, &filed.key.reference).await.expect("a ticket");
        assert!(shown.contains("    fatura\\u{202e}fdp.exe\n    segunda linha\n") && shown.contains("2026-11-23 09:00"), "{shown}");
        assert!(!shown.contains('\u{202e}'));

        let released = console::release(&stage.rooms, &quarantined.key.reference, &Actor::Console).await.expect("a release");
        assert!(released.contains("is now in the queue"), "{released}");
        assert!(matches!(console::show(&stage.rooms, &unknown()).await, Err(ServiceError::NotFound)));
    }
}
