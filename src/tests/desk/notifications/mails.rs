//! The emails that collect what somebody is told.

use ajuda::events::Actor;
use ajuda::notifications::NotificationKind as Kind;

use super::super::email;
use super::{MAILS, MINUTE, ROWS, Team, named};
use crate::support::engines;

#[tokio::test]
async fn a_hundred_things_are_one_mail_and_the_next_waits_five_minutes() {
    for engine in engines() {
        let team = Team::new(&engine).await;
        for number in 0..100 {
            team.note_by(&team.bia, &format!("@ana {number}")).await;
        }
        team.look().await;
        team.clock.advance(2 * MINUTE - 1);
        team.look().await;
        assert_eq!(team.number(MAILS).await, 0, "more may come");
        team.clock.advance(1);
        team.look().await;
        team.look().await;
        let mails = team.mails_to("ana.l@example.org").await;
        assert_eq!(mails.len(), 1);
        assert_eq!(mails[0].header("Subject"), ["100 novidades nos chamados"]);
        let text = &mails[0].parts[0];
        let link = format!("https://help.example.com/desk/tickets/{}", team.reference());
        assert_eq!(text.matches(&link).count(), 20);
        assert!(text.contains("E mais 80.") && text.contains("Uma pergunta") && text.contains("Bia Nunes"), "{text}");

        team.note_by(&team.bia, "@ana mais uma").await;
        for minute in 0..5 {
            team.look().await;
            assert_eq!(team.mails_to("ana.l@example.org").await.len(), 1, "after {minute} minutes");
            team.clock.advance(MINUTE);
        }
        team.look().await;
        let mails = team.mails_to("ana.l@example.org").await;
        assert_eq!(mails.len(), 2);
        assert!(mails[1].parts[0].matches(&link).count() == 1, "what one email told, no other tells");
        assert!(mails[1].header("Subject")[0].contains(team.reference().as_str()));
        team.clock.advance(10 * MINUTE);
        team.look().await;
        assert_eq!(team.number(MAILS).await, 2);
    }
}

#[tokio::test]
async fn no_word_of_a_message_is_in_the_mail_and_no_answer_to_it_reaches_a_customer() {
    for engine in engines() {
        let team = Team::new(&engine).await;
        team.assign(&team.ana, &team.bia).await;
        team.note_by(&team.bia, "@ana canarinho-da-nota").await;
        team.customer_writes("canarinho-do-cliente").await;
        team.look().await;
        team.clock.advance(2 * MINUTE);
        team.look().await;
        let mails = team.mails_to("ana.l@example.org").await;
        let mail = &mails[0];
        let [text, html] = mail.parts.as_slice() else { panic!("text and HTML") };
        for part in [text, html] {
            assert!(!part.contains("canarinho") && !part.contains("maria@example.com") && !part.contains("?key="), "{part}");
            for told in ["O cliente respondeu", "Maria Souza", "Bia Nunes", "Uma pergunta", team.reference().as_str(), "não chega ao cliente"] {
                assert!(part.contains(told), "{told} in {part}");
            }
        }
        for header in ["Reply-To", "In-Reply-To", "References"] {
            assert!(mail.header(header).is_empty(), "{header}");
        }
        assert_eq!(mail.header("Auto-Submitted"), ["auto-generated"]);
        let id = mail.header("Message-ID")[0].trim_start_matches('<').split('@').next().expect("an id");
        assert_eq!(team.outbox.ticket_of(id).await.expect("a database"), None, "an answer finds no ticket by it");
        let stored = team.number("SELECT COUNT(*) FROM notifications WHERE kind LIKE '%canarinho%' OR actor LIKE '%canarinho%'").await;
        assert_eq!(stored, 0);
    }
}

#[tokio::test]
async fn each_person_chooses_and_hears_it_in_their_language() {
    for engine in engines() {
        let team = Team::new(&engine).await;
        team.staff.set_lang(&team.ana, Some(ajuda::i18n::Lang::Es)).await.expect("a language");
        team.choose(&team.ana, Kind::Assigned, false, true).await;
        team.choose(&team.ana, Kind::Mentioned, true, false).await;
        team.choose(&team.ana, Kind::CustomerReplied, false, false).await;
        team.assign(&team.ana, &team.bia).await;
        team.note_by(&team.bia, "@ana").await;
        team.customer_writes("Mais uma coisa.").await;
        team.look().await;
        assert_eq!(team.told(&team.ana).await, [(Kind::Mentioned, named("Bia Nunes"))]);
        assert_eq!(team.number(ROWS).await, 2);
        team.clock.advance(2 * MINUTE);
        team.look().await;
        let mails = team.mails_to("ana.l@example.org").await;
        let (subject, text) = (mails[0].header("Subject")[0], &mails[0].parts[0]);
        assert!(subject.contains("Te asignaron esta solicitud") && !text.contains("mencionaron"), "{subject} {text}");
    }
}

#[tokio::test]
async fn who_has_left_is_told_nothing_and_what_was_read_is_not_mailed() {
    for engine in engines() {
        let team = Team::new(&engine).await;
        team.assign(&team.ana, &team.bia).await;
        team.note_by(&team.ana, "@bia").await;
        team.look().await;
        team.clock.advance(2 * MINUTE);
        team.look().await;
        assert_eq!(team.number(MAILS).await, 2);
        // Both emails are owed. One has read hers by now, the other has left.
        team.notifications.read_all(&team.ana).await.expect("read");
        team.rooms.disable_member(&email("bia@example.org"), &Actor::Console).await.expect("left");
        assert_eq!(team.mails_to("example.org").await.len(), 0);
        assert_eq!(team.number("SELECT COUNT(*) FROM outbox WHERE template = 'notifications' AND state = 'sent'").await, 2, "none failed");
        team.note_by(&team.ana, "@bia").await;
        team.look().await;
        assert_eq!(team.number(ROWS).await, 2);
    }
}
