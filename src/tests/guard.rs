//! What the guard catches and whom it holds wrongly: `benches/guard` replayed through the whole room, in the order of a day.
//!
//! `make bench-guard` prints the figures of both halves.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};

use ajuda::clock::Micros;
use ajuda::i18n::Lang;
use ajuda::tickets::TicketError;
use ajuda::tickets::model::{CodePattern, Draft, Email, Held, Message, PersonName, Subject, TransactionCode};
use serde_json::Value;

use crate::support::{Engine, HOME, Stage, draft, engines};

/// Of one language: how many, how many of them held.
#[derive(Debug, Default, Clone, Copy)]
struct Figures {
    people: u32,
    wrongly_held: u32,
    bots: u32,
    caught: u32,
}

/// Both files of a half, merged as they came in.
fn submissions(half: &str) -> Vec<(bool, Value)> {
    let read = |kind: &str| {
        let file = format!("{}/benches/guard/{kind}-{half}.jsonl", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(file).expect("a set").lines().map(|line| serde_json::from_str(line).expect("JSON")).collect::<Vec<Value>>()
    };
    let people = read("people").into_iter().map(|one| (false, one));
    let mut all: Vec<_> = people.chain(read("bots").into_iter().map(|one| (true, one))).collect();
    all.sort_by_key(|(_, one)| one["at_minute"].as_i64());
    all
}

/// As the form makes it; `None` where the form refuses it.
fn typed(one: &Value) -> Option<Draft> {
    let text = |key: &str| one[key].as_str().unwrap_or_default();
    Some(Draft {
        lang: Lang::parse(text("lang"))?,
        article: None,
        reason: Some(text("reason").to_owned()),
        subject: Subject::parse(text("subject")).ok()?,
        name: PersonName::parse(text("name")).ok()?,
        email: Email::parse(text("email")).ok()?,
        code: TransactionCode::parse(text("code"), CodePattern::new("HP[0-9]+").ok().as_ref()).ok(),
        message: Message::parse(text("message")).ok()?,
        trapped: !text("homepage").is_empty(),
        seconds: one["seconds"].as_i64(),
    })
}

fn network(label: &str) -> IpAddr {
    let number: u16 = label.trim_start_matches('n').parse().expect("a number");
    let [high, low] = number.to_be_bytes();
    IpAddr::V4(Ipv4Addr::new(10, 0, high, low))
}

async fn replay(half: &str) -> BTreeMap<String, Figures> {
    let (stage, _folder) = Stage::new(&Engine::Sqlite).await;
    let (mut figures, mut minute) = (BTreeMap::<String, Figures>::new(), 0);
    for (is_bot, one) in submissions(half) {
        let at = one["at_minute"].as_i64().expect("a minute");
        stage.clock.advance((at - minute) * Micros::MINUTE);
        minute = at;
        let of_lang = figures.entry(one["lang"].as_str().unwrap_or_default().to_owned()).or_default();
        let held = match typed(&one) {
            // The form says what is wrong: a person mends it.
            None => is_bot,
            Some(draft) => match stage.tickets.file(&draft, network(one["network"].as_str().unwrap_or_default())).await {
                Ok(filed) => stage.tickets.get_for_staff(&filed.key.reference).await.expect("the ticket").0.held.is_some(),
                Err(TicketError::TooMany) => true,
                Err(error) => panic!("{error}"),
            },
        };
        match is_bot {
            true => (of_lang.bots, of_lang.caught) = (of_lang.bots + 1, of_lang.caught + u32::from(held)),
            false => (of_lang.people, of_lang.wrongly_held) = (of_lang.people + 1, of_lang.wrongly_held + u32::from(held)),
        }
        // Half b stays unread: whoever has seen its subjects tunes on it.
        if held != is_bot && half == "a" {
            eprintln!("  {} half {half}: {}", if is_bot { "missed," } else { "wrongly held," }, one["subject"]);
        }
    }
    figures
}

fn all(figures: &BTreeMap<String, Figures>) -> Figures {
    figures.values().fold(Figures::default(), |sum, one| Figures {
        people: sum.people + one.people,
        wrongly_held: sum.wrongly_held + one.wrongly_held,
        bots: sum.bots + one.bots,
        caught: sum.caught + one.caught,
    })
}

#[tokio::test]
async fn nineteen_of_twenty_bots_of_half_a_are_caught_and_at_most_one_person_is_held() {
    let sum = all(&replay("a").await);
    assert!(sum.caught * 100 >= sum.bots * 95, "{sum:?}");
    assert!(sum.wrongly_held * 200 <= sum.people, "{sum:?}");
}

#[tokio::test]
#[ignore = "prints figures and checks nothing: make bench-guard"]
async fn the_figures_of_both_halves() {
    for half in ["a", "b"] {
        let figures = replay(half).await;
        let lines = figures.iter().map(|(lang, one)| (lang.clone(), *one)).chain([("all".to_owned(), all(&figures))]);
        for (lang, one) in lines {
            eprintln!(
                "half {half}  {lang:<3}  caught {:>3} of {:>3} bots   wrongly held {:>2} of {:>3} people",
                one.caught, one.bots, one.wrongly_held, one.people
            );
        }
    }
}

async fn held(stage: &Stage, draft: &Draft, from: IpAddr) -> Option<Held> {
    let filed = stage.tickets.file(draft, from).await.expect("a ticket");
    stage.tickets.get_for_staff(&filed.key.reference).await.expect("the ticket").0.held
}

#[tokio::test]
async fn one_text_from_many_places_is_a_campaign_on_every_instance_and_one_place_is_not() {
    let message = |number: u32| {
        let text = format!("Bom dia, hoje temos uma novidade muito especial para quem gosta de jardins e de plantas raras, são {number} mudas.");
        Message::parse(&text).expect("a message")
    };
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        let from = |number: u32, email: &str| Draft { message: message(number), ..draft("Novidade", email) };
        assert_eq!(held(&stage, &from(1, "a@example.com"), HOME).await, None);
        assert_eq!(held(&stage, &from(2, "b@example.com"), HOME).await, None, "an office");
        assert_eq!(held(&stage.another(), &from(4, "c@example.com"), network("n2")).await, Some(Held::Campaign));
        stage.clock.advance(3 * Micros::DAY);
        assert_eq!(held(&stage, &from(5, "d@example.com"), network("n3")).await, None, "days later nobody remembers");
        assert_eq!(held(&stage, &from(6, "d@example.com"), network("n4")).await, None, "the same person elsewhere");
    }
}

#[tokio::test]
async fn short_wishes_that_many_have_are_no_campaign() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        for number in 1..6 {
            let email = format!("p{number}@example.com");
            assert_eq!(held(&stage, &draft("Cobrado duas vezes", &email), network(&format!("n{number}"))).await, None);
        }
    }
}

#[tokio::test]
async fn a_blocked_domain_is_kept_aside_and_named_to_staff() {
    for engine in engines() {
        let (stage, _folder) = Stage::with(&engine, |config| config.guard.blocked = vec!["@Spam.example".into()]).await;
        assert_eq!(held(&stage, &draft("Cobrado", "x@mail.spam.example"), HOME).await, Some(Held::Blocked));
        assert_eq!(held(&stage, &draft("Cobrado", "x@nospam.example"), HOME).await, None);
        let list = ajuda::tickets::console::list(&stage.tickets, true, 10).await.expect("a list");
        assert!(list.contains("blocked"), "{list}");
        assert_eq!(stage.number("SELECT COUNT(*) FROM mails").await, 1, "only the other one is told");
    }
}
