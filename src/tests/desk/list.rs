//! The list: its views hold what they say, its counts are exact, a page of it loses and repeats nothing, and the next ticket is one person's.

use std::collections::BTreeSet;

use ajuda::clock::Micros;
use ajuda::events::Actor;
use ajuda::intake::Reader;
use ajuda::staff::Role;
use ajuda::tickets::model::list::{Filter, View};
use ajuda::tickets::model::{Draft, Priority, Reference, Tag, Transition};

use super::{email, logged_in, name};
use crate::history::{Random, histories};
use crate::support::{Acts, Engine, HOME, Stage, draft, engines, said};
use crate::visitor::Visitor;

async fn stage(engine: &Engine) -> (Stage, crate::support::Folder, [String; 2]) {
    let (stage, folder) = Stage::with(engine, |config| config.limits.tickets_per_network_per_hour = 1_000_000).await;
    let ana = stage.staff.add(&email("ana@example.com"), &name("Ana"), Role::Agent, &Actor::Console).await.expect("a member");
    let rui = stage.staff.add(&email("rui@example.com"), &name("Rui"), Role::Agent, &Actor::Console).await.expect("a member");
    (stage, folder, [ana, rui])
}

async fn file(stage: &Stage, number: u64) -> Reference {
    let draft = Draft { trapped: number % 11 == 7, ..draft(&format!("Pergunta {number}"), &format!("p{number}@example.com")) };
    stage.file(&draft, HOME).await.expect("a ticket").key.reference
}

async fn step(stage: &Stage, reference: &Reference, staff: &[String; 2], random: &mut Random) {
    let by = Actor::Staff(staff[0].clone());
    let number = random.below(1000);
    let tickets = &stage.tickets;
    match random.below(9) {
        0 => drop(stage.reply(reference, Reader::FILER, said(&format!("Mais {number}."))).await),
        1 => drop(stage.answer(reference, said("Já vimos.")).await),
        2 => drop(tickets.transition(reference, Transition::Solved, &by).await),
        3 if number < 300 => drop(tickets.transition(reference, Transition::Closed, &by).await),
        4 => drop(tickets.triage().assign(reference, staff.get(number as usize % 3).map(String::as_str), &by).await),
        5 => drop(tickets.triage().snooze(reference, (!number.is_multiple_of(3)).then(|| stage.clock.now().plus(Micros::DAY)), &by).await),
        6 => drop(tickets.triage().quarantine(reference, &by).await),
        7 => drop(tickets.triage().release(reference, &by).await),
        _ => drop(tickets.triage().set_priority(reference, Priority::ALL[number as usize % 3], &by).await),
    }
    if number.is_multiple_of(5) {
        stage.clock.advance(i64::try_from(number).unwrap_or_default() * 2 * Micros::MINUTE);
    }
}

/// All rows of a view, page by page.
async fn rows(stage: &Stage, view: View, staff: &str) -> Vec<String> {
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let page = stage.tickets.lists().page(view, &Filter::default(), staff, after.as_ref(), 3).await.expect("a page");
        found.extend(page.rows.into_iter().map(|row| row.id));
        match page.next {
            Some(next) => after = Some(next),
            None => return found,
        }
    }
}

#[tokio::test]
async fn counts_are_the_rows_and_no_row_comes_twice_whatever_happened() {
    for engine in engines() {
        let (stage, _folder, staff) = stage(&engine).await;
        let mut references = Vec::new();
        for number in 0..histories() {
            let mut random = Random(0x9e37_79b9_7f4a_7c15 ^ (number + 1).wrapping_mul(0x2545_f491_4f6c_dd1d));
            references.push(file(&stage, number).await);
            for _ in 0..8 {
                let at = random.below(references.len() as u64) as usize;
                step(&stage, &references[at], &staff, &mut random).await;
            }
            if number % 10 != 9 {
                continue;
            }
            for who in &staff {
                let counts = stage.tickets.lists().counts(who).await.expect("counts");
                for view in View::ALL {
                    let rows = rows(&stage, *view, who).await;
                    assert_eq!(rows.iter().collect::<BTreeSet<_>>().len(), rows.len(), "{} repeats one", view.word());
                    if let Some(count) = counts.of(*view) {
                        assert_eq!(count, rows.len() as i64, "{} after {number}", view.word());
                    }
                }
            }
        }
        let (all, quarantine) = (rows(&stage, View::All, &staff[0]).await.len(), rows(&stage, View::Quarantine, &staff[0]).await.len());
        // A reply to a closed one opens a follow-up.
        assert_eq!((all + quarantine) as i64, stage.number("SELECT COUNT(*) FROM tickets").await);
    }
}

#[tokio::test]
async fn what_nobody_touches_is_seen_exactly_once_while_others_work() {
    for engine in engines() {
        let (stage, _folder, staff) = stage(&engine).await;
        let mut references = Vec::new();
        for number in 100..130 {
            stage.clock.advance(Micros::MINUTE);
            references.push(stage.file(&draft(&format!("Pergunta {number}"), &format!("p{number}@example.com")), HOME).await.expect("a ticket"));
        }
        let by = Actor::Staff(staff[0].clone());
        let (mut seen, mut after, mut touched) = (Vec::new(), None, BTreeSet::new());
        let mut turn = 0;
        loop {
            let page = stage.tickets.lists().page(View::Unassigned, &Filter::default(), &staff[0], after.as_ref(), 4).await.expect("a page");
            seen.extend(page.rows.into_iter().map(|row| row.reference.to_string()));
            let Some(next) = page.next else { break };
            after = Some(next);
            // One before and one behind the place are taken away, one comes in.
            for at in [turn, 29 - turn] {
                stage.tickets.triage().assign(&references[at].key.reference, Some(&staff[1]), &by).await.expect("assigned");
                touched.insert(references[at].key.reference.to_string());
            }
            stage.file(&draft("Uma nova", &format!("nova{turn}@example.com")), HOME).await.expect("a ticket");
            turn += 1;
        }
        for filed in &references {
            let reference = filed.key.reference.to_string();
            let times = seen.iter().filter(|one| **one == reference).count();
            assert!(times == 1 || (touched.contains(&reference) && times == 0), "{reference} was seen {times} times");
        }
    }
}

#[tokio::test]
async fn a_filter_narrows_a_view_to_what_it_names() {
    for engine in engines() {
        let (stage, _folder, staff) = stage(&engine).await;
        let by = Actor::Staff(staff[0].clone());
        let one = stage.file(&draft("Uma pergunta", "um@example.com"), HOME).await.expect("a ticket").key.reference;
        let other = Draft { reason: Some("refund".into()), lang: ajuda::i18n::Lang::Es, ..draft("Otra pregunta", "dos@example.com") };
        let other = stage.file(&other, HOME).await.expect("a ticket").key.reference;
        let tag = |text: &str| Tag::parse(text).expect("a tag");
        stage.tickets.triage().tag(&one, &[tag("pix"), tag("urgente")], &by).await.expect("tagged");
        stage.tickets.triage().assign(&other, Some(&staff[1]), &by).await.expect("assigned");
        stage.tickets.triage().set_priority(&other, Priority::Low, &by).await.expect("a priority");
        let found = async |filter: Filter| {
            let page = stage.tickets.lists().page(View::All, &filter, &staff[0], None, 10).await.expect("a page");
            page.rows.into_iter().map(|row| row.reference).collect::<Vec<_>>()
        };
        let none = Filter::default;
        assert_eq!(found(Filter { reason: Some("refund".into()), ..none() }).await, std::slice::from_ref(&other));
        assert_eq!(found(Filter { lang: Some(ajuda::i18n::Lang::Pt), ..none() }).await, std::slice::from_ref(&one));
        assert_eq!(found(Filter { tag: Some(tag("pix")), ..none() }).await, std::slice::from_ref(&one));
        assert!(found(Filter { tag: Some(tag("pi")), ..none() }).await.is_empty(), "a tag is a whole word");
        assert_eq!(found(Filter { priority: Some(Priority::Low), ..none() }).await, std::slice::from_ref(&other));
        assert_eq!(found(Filter { assignee: Some(staff[1].clone()), ..none() }).await, std::slice::from_ref(&other));
        assert_eq!(found(Filter { assignee: Some(String::new()), ..none() }).await, std::slice::from_ref(&one));
        assert_eq!(found(Filter { is_verified: Some(false), ..none() }).await.len(), 2);
        assert!(found(Filter { is_verified: Some(true), ..none() }).await.is_empty());
        assert!(found(Filter { section: Some("buyer".into()), ..none() }).await.is_empty());
        stage.clock.advance(2 * Micros::DAY);
        assert!(found(Filter { max_age_days: Some(1), ..none() }).await.is_empty());
        assert_eq!(found(Filter { max_age_days: Some(3), ..none() }).await.len(), 2);
    }
}

#[tokio::test]
async fn what_is_put_off_comes_back_at_its_moment_or_when_the_customer_writes() {
    for engine in engines() {
        let (stage, _folder, staff) = stage(&engine).await;
        let by = Actor::Staff(staff[0].clone());
        let one = stage.file(&draft("Uma pergunta", "um@example.com"), HOME).await.expect("a ticket").key.reference;
        let counts = async || {
            let counts = stage.tickets.lists().counts(&staff[0]).await.expect("counts");
            (counts.unassigned, counts.snoozed)
        };
        stage.tickets.triage().snooze(&one, Some(stage.clock.now().plus(Micros::HOUR)), &by).await.expect("snoozed");
        assert_eq!(counts().await, (0, 1));
        assert!(stage.tickets.lists().next(&staff[0], None).await.expect("a database").is_none());
        stage.clock.advance(Micros::HOUR);
        assert_eq!(counts().await, (1, 0));
        stage.tickets.triage().snooze(&one, Some(stage.clock.now().plus(Micros::DAY)), &by).await.expect("snoozed");
        stage.reply(&one, Reader::FILER, said("Voltou a acontecer.")).await.expect("a reply");
        assert_eq!(counts().await, (1, 0));
        assert_eq!(stage.tickets.read().find(&one).await.expect("a ticket").snoozed_until, None);
    }
}

#[tokio::test]
async fn the_next_ticket_is_due_first_and_is_one_persons_for_ten_minutes() {
    for engine in engines() {
        let (stage, _folder, staff) = stage(&engine).await;
        let mut references = Vec::new();
        for number in 0..3 {
            stage.clock.advance(Micros::HOUR);
            references.push(
                stage.file(&draft(&format!("Pergunta {number}"), &format!("n{number}@example.com")), HOME).await.expect("a ticket").key.reference,
            );
        }
        let next = async |who: usize, but: Option<&Reference>| stage.tickets.lists().next(&staff[who], but).await.expect("a database");
        assert_eq!(next(0, None).await.as_ref(), Some(&references[0]));
        assert_eq!(next(1, None).await.as_ref(), Some(&references[1]), "a colleague is led past it");
        assert_eq!(next(0, Some(&references[0])).await.as_ref(), Some(&references[2]));
        assert_eq!(next(1, Some(&references[1])).await, None);
        assert_eq!(next(0, Some(&references[2])).await.as_ref(), Some(&references[0]), "then what one was led to before");
        stage.clock.advance(10 * Micros::MINUTE);
        assert_eq!(next(1, None).await.as_ref(), Some(&references[0]), "the claim is over");
        stage.tickets.triage().assign(&references[2], Some(&staff[1]), &Actor::Console).await.expect("assigned");
        stage.tickets.transition(&references[1], Transition::Solved, &Actor::Console).await.expect("solved");
        assert_eq!(next(0, None).await, None, "a colleague's, a solved one, and one that is claimed");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn next_never_leads_two_people_to_one_ticket() {
    for engine in engines() {
        let (stage, _folder, _) = stage(&engine).await;
        let other = stage.another();
        let mut people = Vec::new();
        for person in 0..12 {
            let address = email(&format!("p{person}@example.org"));
            people.push(stage.staff.add(&address, &name("P"), Role::Agent, &Actor::Console).await.expect("a member"));
            stage.file(&draft(&format!("Pergunta {person}"), &format!("c{person}@example.com")), HOME).await.expect("a ticket");
        }
        let asking = people.into_iter().enumerate().map(|(number, person)| {
            let rooms = if number % 2 == 0 { stage.rooms.clone() } else { other.rooms.clone() };
            tokio::spawn(async move {
                let mut got = Vec::new();
                for _ in 0..2 {
                    got.extend(rooms.tickets.lists().next(&person, got.last()).await.expect("a database"));
                }
                got
            })
        });
        let mut owners: Vec<(String, usize)> = Vec::new();
        for (number, handle) in asking.collect::<Vec<_>>().into_iter().enumerate() {
            owners.extend(handle.await.expect("no panic").into_iter().map(|reference| (reference.to_string(), number)));
        }
        for (reference, owner) in &owners {
            assert!(owners.iter().all(|(other, who)| other != reference || who == owner), "{owners:?}");
        }
        let led: BTreeSet<_> = owners.iter().map(|(reference, _)| reference).collect();
        assert_eq!(led.len(), 12, "nobody waits while there is work");
    }
}

#[tokio::test]
async fn a_ticket_is_found_as_people_name_it() {
    for engine in engines() {
        let visitor = Visitor::with(&engine, |config| config.limits.tickets_per_network_per_hour = 1000).await;
        let ana = logged_in(&visitor, "ana@example.org", "Ana", Role::Agent).await;
        let with_code = Draft {
            code: ajuda::values::TransactionCode::parse("HP0123456789", None).ok(),
            ..draft("Não recebi o curso 100% pago_", "maria@example.com")
        };
        let one = visitor.app.file(&with_code, HOME).await.expect("a ticket").key.reference;
        visitor.app.file(&draft("Nada a ver", "rui@example.com"), HOME).await.expect("a ticket");
        let found = async |typed: &str| {
            let encoded = percent_encoding::utf8_percent_encode(typed, percent_encoding::NON_ALPHANUMERIC).to_string();
            let reply = ana.get(&format!("/desk/find?q={encoded}")).await;
            if reply.status == 303 {
                return vec![reply.header("location").rsplit('/').next().expect("a reference").to_owned()];
            }
            reply
                .assert_status(200)
                .attributes(".row-subject a", "href")
                .into_iter()
                .map(|path| path.rsplit('/').next().expect("a part").to_owned())
                .collect()
        };
        let reference = one.to_string();
        for typed in [
            reference.as_str(),
            &reference.to_lowercase().replace('-', " "),
            "MARIA@example.com",
            "hp0123456789",
            "Não recebi",
            "Não recebi o curso 100% pago_",
        ] {
            assert_eq!(found(typed).await, std::slice::from_ref(&reference), "{typed} on {engine:?}");
        }
        for nothing in ["", " ", "%", "_ão", "Não%", "'; DROP TABLE tickets; --", "\0", "recebi o curso", "maria%", &"a".repeat(5000), "K7M-4QX-92P"]
        {
            assert!(found(nothing).await.is_empty(), "{nothing:?}");
        }
    }
}

#[tokio::test]
async fn waiting_mail_is_let_in_or_dropped_with_why_it_waits() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let ana = logged_in(&visitor, "ana@example.org", "Ana", Role::Agent).await;
        let nobody = "Subject: Sem remetente\r\nMessage-ID: <1@example.com>\r\n\r\nOl\u{e1} <script>alert(1)</script>\r\n";
        let others = "From: a@example.com, b@example.com\r\nSubject: De dois\r\nMessage-ID: <2@example.com>\r\n\r\nQueremos ajuda.\r\n";
        for raw in [nobody, others] {
            visitor.app.inbound.take(raw.as_bytes().to_vec(), true).await.expect("taken");
        }
        let page = ana.get("/desk/mail").await;
        assert_eq!(page.assert_status(200).texts_of(".waiting-mail h2").len(), 2);
        assert!(page.text().contains("N\u{e3}o diz quem o enviou") && !page.text().contains("<script>alert"));
        let forms = page.attributes(".waiting-mail form", "action");
        let accept = forms.iter().find(|path| path.ends_with("/accept")).expect("one can be read");
        assert!(ana.post(accept, &[]).await.assert_status(303).header("location").ends_with("done=nobody"));
        let drop = forms.iter().find(|path| path.ends_with("/drop")).expect("a button");
        assert!(ana.post(drop, &[]).await.assert_status(303).header("location").ends_with("done=dropped"));
        assert!(ana.post(drop, &[]).await.assert_status(303).header("location").ends_with("done=gone"));
        assert_eq!(ana.get("/desk/mail").await.texts_of(".waiting-mail h2").len(), 1);
        for bad in ["/desk/mail/x/erase", "/desk/mail/%00/drop", "/desk/mail/%27/drop"] {
            ana.post(bad, &[]).await.assert_status(404);
        }
    }
}

#[tokio::test]
async fn marked_tickets_are_worked_from_the_list() {
    for engine in engines() {
        let visitor = Visitor::with(&engine, |config| config.limits.tickets_per_network_per_hour = 1000).await;
        let ana = logged_in(&visitor, "ana@example.org", "Ana", Role::Agent).await;
        let app = &visitor.app;
        let mut references = Vec::new();
        for number in 0..3 {
            references.push(
                app.file(&draft(&format!("Pergunta {number}"), &format!("m{number}@example.com")), HOME).await.expect("a ticket").key.reference,
            );
        }
        app.tickets.transition(&references[2], Transition::Closed, &Actor::Console).await.expect("closed");
        let marked: Vec<String> = references.iter().map(ToString::to_string).collect();
        let back = "/desk?view=unassigned&lang=pt";
        let act = async |what: &[(&str, &str)]| {
            let fields: Vec<_> =
                marked.iter().map(|reference| ("ticket", reference.as_str())).chain(what.iter().copied()).chain([("back", back)]).collect();
            ana.post("/desk/act", &fields).await
        };
        let page = ana.get("/desk?view=all").await;
        assert_eq!(page.attributes("input[name=ticket]", "value").len(), 3);
        let took = act(&[("do", "take")]).await;
        assert!(took.assert_status(303).header("location").starts_with(&format!("{back}&acted=3&failed=0&undo=")));
        assert!(ana.get(took.header("location")).await.assert_status(200).text().contains("Chamados alterados: 3."));
        for (what, came) in [
            (vec![("do", "tag"), ("tag_name", "Pix")], "acted=3&failed=0"),
            (vec![("do", "tag"), ("tag_name", "duas palavras")], "bad_tag=duas%20palavras&marked="),
            (vec![("do", "snooze-tomorrow")], "acted=3&failed=0"),
            (vec![("do", "undo")], "acted=3&failed=0"),
            (vec![("do", "solve")], "acted=2&failed=1"),
            (vec![("do", "spam")], "acted=2&failed=1"),
            (vec![("do", "release")], "acted=3&failed=0"),
            (vec![("do", "assign"), ("assignee", "none")], "acted=3&failed=0"),
            (vec![("do", "assign"), ("assignee", "nobody")], "acted=0&failed=1"),
        ] {
            let reply = act(&what).await;
            assert!(reply.assert_status(303).header("location").contains(came), "{what:?}: {}", reply.header("location"));
        }
        let ticket = app.tickets.read().find(&references[0]).await.expect("a ticket");
        assert_eq!((ticket.tags, ticket.assignee, ticket.quarantine), (vec!["pix".to_owned()], None, None));
        for bad in [vec![("do", "erase")], vec![("do", "snooze-never")], vec![]] {
            act(&bad).await.assert_status(400);
        }
        let nothing = ana.post("/desk/act", &[("do", "solve"), ("back", "//evil.example/desk")]).await;
        assert_eq!(nothing.assert_status(303).header("location"), "/desk?acted=0&failed=0");
        assert!(ana.get("/desk?acted=0&failed=0").await.text().contains("Marque um ou mais"));
    }
}
