//! A ticket's own page: writing again, ending it, judging the help, keeping the conversation.

use crate::support::Acts;
use ajuda::clock::Micros;
use ajuda::events::Actor;
use ajuda::tickets::Queue;
use ajuda::tickets::Right;
use ajuda::tickets::model::Proof;
use ajuda::tickets::model::Transition;
use ajuda::tickets::model::{MessageKind, Reference, Status};

use crate::support::{engines, said};
use crate::visitor::{GOOD_FORM, Visitor, form_body};

/// A visitor who has filed the good form, its reference and its page.
async fn filed(visitor: &Visitor) -> (Reference, String) {
    let location = visitor.post("/pt/contact", &GOOD_FORM).await.header("location").to_owned();
    let path = location.trim_end_matches("/sent").to_owned();
    (Reference::parse(path.rsplit('/').next().expect("a reference")).expect("a reference"), path)
}

/// The link that came by email.
fn mailed_link(visitor: &Visitor, path: &str, key: &ajuda::tickets::model::TicketKey) -> String {
    format!("{path}?key={}", visitor.app.tickets.access().expect("a key").link_token(key, Right::Mailbox))
}

#[tokio::test]
async fn nobody_writes_ends_rates_or_keeps_what_is_not_theirs() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let (reference, path) = filed(&visitor).await;
        let stranger = visitor.stranger();
        let (_, own_path) = filed(&stranger).await;
        assert_eq!(own_path, path, "the same message is the same ticket");
        let stranger = visitor.stranger();
        for fields in [[("wish", "write"), ("message", "Olá")], [("wish", "solve"), ("message", "")], [("wish", "rate"), ("stars", "1")]] {
            stranger.post(&path, &fields).await.assert_status(404);
        }
        stranger.get(&format!("{path}/conversation.txt")).await.assert_status(404);
        let forged = visitor.post_bytes(&path, b"wish=write&message=Oi".to_vec(), "cross-site").await;
        forged.assert_status(403);
        let (ticket, messages) = visitor.app.tickets.read().for_staff(&reference).await.expect("a ticket");
        assert_eq!((ticket.status, messages.len(), ticket.rating), (Status::New, 1, None));
    }
}

#[tokio::test]
async fn what_was_typed_stays_when_it_can_not_be_taken() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let (reference, path) = filed(&visitor).await;
        let empty = visitor.post(&path, &[("wish", "write"), ("message", " ")]).await;
        empty.assert_status(422);
        assert_eq!(empty.text_of("#message-error").as_deref(), Some("Escreva sua mensagem."));
        let long = "</textarea><script>alert(1)</script>".repeat(300);
        let again = visitor.post(&path, &[("wish", "write"), ("message", &long)]).await;
        again.assert_status(422);
        assert_eq!(again.text_of("textarea").as_deref().map(str::trim), Some(long.as_str()));
        // A page that comes back is not renewed by its script while it is open: that would take the text away.
        assert!(again.attributes("[data-renewed=reply]", "class").is_empty());
        assert_eq!(visitor.get(&path).await.attributes("[data-renewed=reply]", "class"), ["reply"]);
        visitor.post_bytes(&path, vec![0xff; 64], "same-origin").await.assert_status(422);

        // Not before it is over, and then with a number of stars.
        visitor.post(&path, &[("wish", "rate"), ("stars", "5")]).await.assert_status(303);
        assert_eq!(visitor.app.tickets.read().for_staff(&reference).await.expect("a ticket").0.rating, None);
        visitor.post(&path, &[("wish", "solve")]).await.assert_status(303);
        let unrated = visitor.post(&path, &[("wish", "rate"), ("stars", "6"), ("remark", "<b>bom</b>")]).await;
        unrated.assert_status(422);
        assert_eq!(unrated.attributes("#remark", "value"), ["<b>bom</b>"]);
        for number in 0..40 {
            let reply = visitor.post(&path, &[("message", &format!("Mensagem {number}"))]).await;
            let status = reply.status.as_u16();
            assert_eq!(status, if number < 30 { 303 } else { 429 }, "{number}");
            assert!(status == 303 || reply.text_of("textarea").is_some_and(|text| text.contains(&format!("Mensagem {number}"))));
        }
    }
}

#[tokio::test]
async fn a_reply_sent_twice_is_one_and_reaches_the_team_once() {
    for engine in engines() {
        let visitor = Visitor::with(&engine, |config| config.support_mail = "team@example.com".into()).await;
        let (reference, path) = filed(&visitor).await;
        visitor.app.clock.advance(Micros::MINUTE);
        for _ in 0..2 {
            let reply = visitor.post(&path, &[("wish", "write"), ("message", "Chegou agora, obrigada!")]).await;
            assert_eq!((reply.status.as_u16(), reply.header("location")), (303, format!("{path}#message-2").as_str()));
        }
        let (_, messages) = visitor.app.tickets.read().for_staff(&reference).await.expect("a ticket");
        assert_eq!(messages.iter().filter(|message| message.kind() == MessageKind::Customer).count(), 2, "the form's and one more");
        assert_eq!(visitor.app.outbox.counts().await.expect("counts").waiting, 3, "confirmation, announcement, one reply");
    }
}

#[tokio::test]
async fn what_stands_in_the_reply_when_solved_is_pressed_is_sent_with_it() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let (reference, path) = filed(&visitor).await;
        let long = "a".repeat(200_000);
        let refused = visitor.post(&path, &[("wish", "solve"), ("message", &long)]).await;
        refused.assert_status(422);
        assert_eq!(refused.text_of("textarea").map(|text| text.trim().len()), Some(long.len()));
        visitor.app.clock.advance(Micros::MINUTE);
        for _ in 0..2 {
            let reply = visitor.post(&path, &[("wish", "solve"), ("message", "Era o spam. Obrigada!")]).await;
            assert_eq!((reply.status.as_u16(), reply.header("location")), (303, format!("{path}#message-2").as_str()));
        }
        let (ticket, messages) = visitor.app.tickets.read().for_staff(&reference).await.expect("a ticket");
        let said: Vec<&str> =
            messages.iter().filter(|message| message.kind() == MessageKind::Customer).map(|message| message.body.as_str()).collect();
        assert_eq!((ticket.status, said.last().copied(), said.len()), (Status::Solved, Some("Era o spam. Obrigada!"), 2));

        // Closed by staff while the page was open: a new ticket takes it.
        visitor.app.tickets.transition(&reference, Transition::Closed, &Actor::Console).await.expect("a move");
        let reply = visitor.post(&path, &[("wish", "solve"), ("message", "Ainda uma coisa")]).await;
        assert!(reply.header("location").ends_with("/sent") && !reply.header("location").starts_with(&path));
    }
}

#[tokio::test]
async fn the_same_message_again_is_its_ticket_while_that_is_open_and_a_new_one_afterwards() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let (reference, path) = filed(&visitor).await;
        assert_eq!(filed(&visitor).await.1, path);
        visitor.app.tickets.transition(&reference, Transition::Answered, &Actor::Console).await.expect("a move");
        let sent = visitor.get(&format!("{path}/sent")).await;
        assert!(sent.attributes("time", "datetime").is_empty(), "what was answered is promised no first answer");
        visitor.app.tickets.transition(&reference, Transition::Closed, &Actor::Console).await.expect("a move");
        let (_, anew) = filed(&visitor).await;
        assert_ne!(anew, path);
        assert_eq!(filed(&visitor).await.1, anew);
    }
}

#[tokio::test]
async fn a_ticket_is_solved_rated_reopened_and_after_fourteen_days_followed_up() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let (reference, path) = filed(&visitor).await;
        for _ in 0..2 {
            visitor.post(&path, &[("wish", "solve")]).await.assert_status(303);
        }
        let rated = visitor.post(&path, &[("wish", "rate"), ("stars", "4"), ("remark", "Rápido")]).await;
        assert_eq!((rated.status.as_u16(), rated.header("location")), (303, format!("{path}#next").as_str()));
        assert_eq!(visitor.get(&path).await.text_of(".badge").as_deref(), Some("Status: Resolvido"));
        visitor.app.clock.advance(14 * Micros::DAY - 1);
        visitor.post(&path, &[("message", "Voltou a acontecer")]).await.assert_status(303);
        let (ticket, _) = visitor.app.tickets.read().for_staff(&reference).await.expect("a ticket");
        assert_eq!((ticket.status, ticket.rating.map(|rating| rating.stars)), (Status::Open, Some(4)));

        visitor.app.tickets.transition(&reference, Transition::Solved, &Actor::Console).await.expect("a move");
        visitor.app.clock.advance(14 * Micros::DAY);
        let over = visitor.get(&path).await;
        assert!(over.text().contains("abrimos um novo chamado ligado a este"));
        let mut locations = Vec::new();
        for _ in 0..2 {
            locations.push(visitor.post(&path, &[("message", "De novo")]).await.header("location").to_owned());
        }
        assert!(locations[0] == locations[1] && locations[0].ends_with("/sent") && !locations[0].starts_with(&path), "{locations:?}");
        let next = locations[0].trim_end_matches("/sent");
        let page = visitor.get(next).await;
        assert_eq!(page.text_of("h1").as_deref(), Some("Não recebi o curso"));
        assert!(page.text().contains(&path) && visitor.get(&path).await.text().contains(next), "each names the other");
        assert_eq!(visitor.app.tickets.read().list(Queue::Newest, 10).await.expect("a list").len(), 2);
    }
}

#[tokio::test]
async fn the_conversation_can_be_kept_and_holds_what_its_reader_may_see() {
    for engine in engines() {
        let visitor = Visitor::with(&engine, |config| config.smtp.host = "localhost".into()).await;
        let (reference, path) = filed(&visitor).await;
        visitor.app.clock.advance(Micros::SECOND);
        visitor.app.note(&reference, said("suspeita de fraude")).await.expect("a note");
        visitor.app.answer(&reference, said("Já liberamos o acesso.")).await.expect("an answer");
        let file = format!("{path}/conversation.txt");
        let kept = visitor.get(&file).await;
        assert_eq!(kept.header("content-disposition"), format!("attachment; filename=\"{reference}.txt\""));
        assert!(kept.header("content-type").starts_with("text/plain") && kept.header("cache-control") == "no-store");
        assert!(kept.text().contains("Paguei ontem") && !kept.text().contains("liberamos") && !kept.text().contains("fraude"));

        let key = visitor.app.tickets.read().for_staff(&reference).await.expect("a ticket").0.key;
        let link = mailed_link(&visitor, &path, &key);
        assert_eq!(visitor.app.tickets.read().for_staff(&reference).await.expect("a ticket").0.proof, Proof::None);
        visitor.get(&link).await.assert_status(303);
        visitor.get(&path).await.assert_status(200);
        let proof = visitor.app.tickets.read().for_staff(&reference).await.expect("a ticket").0.proof;
        assert_eq!(proof, Proof::None, "to look at it shows nothing of who wrote it");
        let kept = visitor.get(&file).await.text();
        assert!(kept.contains("liberamos") && !kept.contains("fraude"), "{kept}");
    }
}

#[tokio::test]
async fn help_is_judged_by_one_press_and_a_word_can_follow() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let (reference, path) = filed(&visitor).await;
        assert!(visitor.get(&path).await.text_of(".faces").is_none(), "not before it is over");
        visitor.post(&path, &[("wish", "solve")]).await.assert_status(303);
        let solved = visitor.get(&path).await;
        assert_eq!(solved.attributes("button.face[name=stars]", "value"), ["1", "2", "3", "4", "5"]);
        assert_eq!(solved.text_of("button.face").as_deref(), Some("1 de 5: Muito ruim"));
        // What can be written is folded, and reopened by what was typed.
        assert!(solved.text_of(".write-again summary").is_some_and(|text| text.contains("reabrir")));
        assert!(solved.attributes(".write-again[open]", "class").is_empty());
        assert_eq!(visitor.post(&path, &[("message", " "), ("wish", "write")]).await.attributes(".write-again[open]", "class").len(), 1);

        visitor.post(&path, &[("wish", "rate"), ("stars", "4")]).await.assert_status(303);
        let rated = visitor.get(&path).await;
        assert!(rated.text_of(".rated .notice-success").is_some_and(|text| text.contains("Sua avaliação: bom.")));
        visitor.post(&path, &[("wish", "rate"), ("stars", "4"), ("remark", "Rápido")]).await.assert_status(303);
        let remarked = visitor.get(&path).await;
        assert_eq!(remarked.text_of(".rated q").as_deref(), Some("Rápido"));
        // Pressing another face keeps the word: its form has it.
        let fields = remarked.attributes(".rated form:has(.faces) input[name=remark]", "value");
        visitor.post(&path, &[("wish", "rate"), ("stars", "5"), ("remark", &fields[0])]).await.assert_status(303);
        let rating = visitor.app.tickets.read().find(&reference).await.expect("a ticket").rating.expect("a rating");
        assert_eq!((rating.stars, rating.comment.as_deref()), (5, Some("Rápido")));
        let long = "a".repeat(400);
        let refused = visitor.post(&path, &[("wish", "rate"), ("stars", "5"), ("remark", &long)]).await;
        refused.assert_status(422);
        assert_eq!(refused.attributes("#remark", "value"), [long]);
    }
}

#[tokio::test]
async fn the_way_of_a_ticket_is_told_with_its_moments() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let (reference, path) = filed(&visitor).await;
        let app = &visitor.app;
        let steps = async || {
            let page = visitor.get(&path).await;
            let html = scraper::Html::parse_document(&page.text());
            let text = |selector: &str| {
                let selector = scraper::Selector::parse(selector).expect("a selector");
                html.select(&selector).map(|found| found.text().collect::<Vec<_>>().join("").trim().to_owned()).collect::<Vec<_>>()
            };
            (text(".timeline > li > b"), text(".timeline > li time"))
        };
        let named = |steps: &[&str]| steps.iter().map(|step| (*step).to_owned()).collect::<Vec<_>>();
        let (names, times) = steps().await;
        assert_eq!(names, named(&["Agora: Recebido", "Ainda não: Em andamento", "Ainda não: Nossa resposta", "Ainda não: Resolvido"]));
        assert_eq!(times, ["hoje, 9:00"]);

        app.clock.advance(Micros::DAY);
        app.tickets.transition(&reference, Transition::Opened, &Actor::Console).await.expect("a move");
        app.note(&reference, said("só entre nós")).await.expect("a note");
        app.clock.advance(Micros::HOUR);
        app.answer(&reference, said("Qual é o código?")).await.expect("an answer");
        let (names, times) = steps().await;
        let expected =
            ["Concluído: Recebido", "Concluído: Em andamento", "Concluído: Respondemos", "Agora: Aguardando sua resposta", "Ainda não: Resolvido"];
        assert_eq!(names, named(&expected));
        assert_eq!(times, ["ontem, 9:00", "hoje, 9:00", "hoje, 10:00", "hoje, 10:00"]);

        visitor.post(&path, &[("message", "HP1234567890")]).await.assert_status(303);
        visitor.post(&path, &[("message", "E mais uma coisa")]).await.assert_status(303);
        visitor.post(&path, &[("wish", "solve")]).await.assert_status(303);
        app.clock.advance(Micros::DAY);
        visitor.post(&path, &[("message", "Voltou")]).await.assert_status(303);
        let (names, _) = steps().await;
        assert_eq!(
            names[3..],
            named(&["Concluído: Você escreveu", "Concluído: Resolvido", "Agora: Reaberto", "Ainda não: Nossa resposta", "Ainda não: Resolvido"])
        );
        app.tickets.transition(&reference, Transition::Solved, &Actor::Console).await.expect("a move");
        app.clock.advance(20 * Micros::DAY);
        app.tickets.prune().await.expect("a database");
        visitor.post(&path, &[("message", "De novo")]).await.assert_status(303);
        let (names, _) = steps().await;
        // Some are folded by now.
        assert_eq!(names.last().map(String::as_str), Some("Concluído: Continua em outro chamado"));
        assert_eq!(names[names.len() - 2], "Agora: Encerrado");
        assert_eq!(visitor.get(&path).await.attributes(".timeline .timeline > li", "class").len(), 2);
        assert_eq!(visitor.get(&path).await.attributes("[aria-current=step]", "class").len(), 1);
    }
}

#[tokio::test]
async fn lists_and_statuses_say_what_they_are() {
    for engine in engines() {
        let visitor = Visitor::with(&engine, |config| {
            config.smtp.host = "localhost".into();
            config.smtp.from = "suporte@example.com".into();
        })
        .await;
        let empty = visitor.get("/pt/requests").await;
        assert!(empty.text_of("#ask").is_some() && empty.text_of(".empty").is_some() && empty.text_of(".request-list").is_none());
        let (_, path) = filed(&visitor).await;
        let list = visitor.get("/pt/requests").await;
        let (ask, here) = (list.text().find("id=\"ask\"").expect("a form"), list.text().find("request-list").expect("a list"));
        assert!(ask < here, "the field comes first");
        assert_eq!(list.text_of("#request-count").as_deref(), Some("1 chamado"));
        assert_eq!(list.attributes(".request-list", "aria-labelledby"), ["request-count"]);
        assert_eq!(list.text_of(".request-list .badge").as_deref(), Some("Status: Recebido"));
        let page = visitor.get(&path).await;
        assert_eq!(page.attributes(".conversation", "aria-label"), ["Conversa: 1 mensagem"]);
        assert_eq!(page.text_of("[role=status] .badge").as_deref(), Some("Status: Recebido"));
    }
}

#[tokio::test]
async fn with_https_the_tickets_of_this_browser_are_listed_too() {
    for engine in engines() {
        let visitor = Visitor::with(&engine, |config| config.public_url = "https://help.example.com".into()).await;
        let sent = visitor.post_bytes("/pt/contact", form_body(&GOOD_FORM).into_bytes(), "same-origin").await;
        sent.assert_status(303);
        let reference = sent.header("location").split('/').nth(3).expect("a reference").to_owned();
        assert!(visitor.get("/pt/requests").await.text().contains(&reference));
    }
}
