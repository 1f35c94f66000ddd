//! What the spam check catches and whom it holds wrongly: judged submissions replayed through the whole room, in the order of a day.
//!
//! `make bench-spam SETS=DIR` prints the figures of every set in a folder.

use crate::support::Acts;
use ajuda::tickets::Queue;
use ajuda::tickets::model::MessageBody;
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use ajuda::clock::Micros;
use ajuda::error::ServiceError;
use ajuda::i18n::Lang;
use ajuda::search::{Reading, SemanticModel};
use ajuda::spam::{Challenge, SemanticScore};
use ajuda::tickets::model::{CodePattern, Draft, Email, PersonName, QuarantineReason, Subject, TransactionCode, Visits};
use serde_json::Value;
use tempfile::TempDir;

use crate::search::semantic::{model, read};
use crate::search::{build, library};
use crate::support::{Engine, HOME, Stage, draft, engines, secret};

/// On a machine that does much else, a message waits longer.
const PATIENCE: Duration = Duration::from_secs(120);

/// Of one language: how many, how many of them quarantined, how many people had to press once more.
#[derive(Debug, Default, Clone, Copy)]
struct Figures {
    people: u32,
    wrongly_quarantined: u32,
    asked: u32,
    bots: u32,
    caught: u32,
}

/// What became of a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Decision {
    Filed,
    Quarantined,
    /// Shown to its author once more. A person presses the button then, a program doesn't.
    Asked,
}

/// The model, as long as what else is returned is kept: the reader of a search without articles, and its folder.
fn lent_model() -> (SemanticModel, (Reading, TempDir)) {
    let (search, folder) = (build(&library(Vec::new())), tempfile::tempdir().expect("a folder"));
    let reading = read(&search, model(), folder.path());
    (search.model().clone(), (reading, folder))
}

fn our_sets() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/spam")
}

/// The names of the sets in a folder.
fn sets_in(folder: &Path) -> Vec<String> {
    let files = std::fs::read_dir(folder).expect("a folder").filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut sets: Vec<String> = files.filter_map(|name| Some(name.strip_prefix("bots-")?.strip_suffix(".jsonl")?.to_owned())).collect();
    sets.sort();
    sets
}

/// Bots and people of sets, merged as they came in on one day.
fn submissions(folder: &Path, sets: &[String]) -> Vec<(bool, Value)> {
    let read = |kind: &str, set: &str| {
        let text = std::fs::read_to_string(folder.join(format!("{kind}-{set}.jsonl"))).expect("a set");
        text.lines().filter(|line| !line.trim().is_empty()).map(|line| serde_json::from_str(line).expect("JSON")).collect::<Vec<Value>>()
    };
    let of = |is_bot: bool, kind: &'static str| sets.iter().flat_map(move |set| read(kind, set)).map(move |one| (is_bot, one));
    let mut all: Vec<_> = of(false, "people").chain(of(true, "bots")).collect();
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
        message: MessageBody::parse(text("message")).ok()?,
        trapped: !text("homepage").is_empty(),
        seconds: one["seconds"].as_i64(),
        form_id: None,
        visits: Visits::default(),
    })
}

fn network(number: u16) -> IpAddr {
    let [high, low] = number.to_be_bytes();
    IpAddr::V4(Ipv4Addr::new(10, 0, high, low))
}

async fn decision(stage: &Stage, mut draft: Draft, from: IpAddr, is_bot: bool) -> Decision {
    let mut decision = Decision::Filed;
    let meaning = stage.spam.read(&draft.submission()).await;
    if let Challenge::Wanted(_) = stage.spam.challenge(&draft.submission(), meaning, None, "").expect("a key") {
        decision = Decision::Asked;
        if is_bot {
            return decision;
        }
        draft.seconds = Challenge::Given(30).seconds(None);
    }
    match stage.intake.file(&draft, meaning, &[], from).await {
        Ok(filed) if stage.tickets.read().for_staff(&filed.key.reference).await.expect("the ticket").0.quarantine.is_some() => Decision::Quarantined,
        Ok(_) => decision,
        Err(ServiceError::TooMany) => Decision::Quarantined,
        Err(error) => panic!("{error}"),
    }
}

async fn replay(folder: &Path, sets: &[String], names_misses: bool, meaning: Option<&SemanticModel>) -> BTreeMap<String, Figures> {
    let (stage, _folder) = Stage::new(&Engine::Sqlite).await;
    meaning.into_iter().for_each(|meaning| stage.spam.lend_model(meaning.clone(), PATIENCE));
    let (mut figures, mut networks, mut minute) = (BTreeMap::<String, Figures>::new(), BTreeMap::<String, u16>::new(), 0);
    for (is_bot, one) in submissions(folder, sets) {
        let at = one["at_minute"].as_i64().expect("a minute");
        stage.clock.advance((at - minute) * Micros::MINUTE);
        minute = at;
        let next = u16::try_from(networks.len()).expect("fewer networks");
        let from = network(*networks.entry(one["network"].as_str().unwrap_or_default().to_owned()).or_insert(next));
        let outcome = match typed(&one) {
            // The form says what is wrong: a person fixes it.
            None if is_bot => Decision::Quarantined,
            None => Decision::Filed,
            Some(draft) => decision(&stage, draft, from, is_bot).await,
        };
        let of_lang = figures.entry(one["lang"].as_str().unwrap_or_default().to_owned()).or_default();
        if is_bot {
            (of_lang.bots, of_lang.caught) = (of_lang.bots + 1, of_lang.caught + u32::from(outcome != Decision::Filed));
        } else {
            of_lang.people += 1;
            of_lang.wrongly_quarantined += u32::from(outcome == Decision::Quarantined);
            of_lang.asked += u32::from(outcome == Decision::Asked);
        }
        // A set that stays hidden is not read: whoever has seen its subjects tunes on it.
        if names_misses && is_bot == (outcome == Decision::Filed) && (is_bot || outcome == Decision::Quarantined) {
            eprintln!("  {} {}", if is_bot { "missed," } else { "wrongly quarantined," }, one["subject"]);
        }
    }
    figures
}

fn all<'a>(figures: impl Iterator<Item = &'a Figures>) -> Figures {
    figures.fold(Figures::default(), |sum, one| Figures {
        people: sum.people + one.people,
        wrongly_quarantined: sum.wrongly_quarantined + one.wrongly_quarantined,
        asked: sum.asked + one.asked,
        bots: sum.bots + one.bots,
        caught: sum.caught + one.caught,
    })
}

fn say(set: &str, lang: &str, one: &Figures) {
    let percent = |part: u32, of: u32| f64::from(part) * 100.0 / f64::from(of.max(1));
    eprintln!(
        "{set:<4} {lang:<10} caught {:>3} of {:>3} ({:>5.1} %)   wrongly quarantined {:>2} of {:>3} ({:.1} %)   people asked {:>2}",
        one.caught,
        one.bots,
        percent(one.caught, one.bots),
        one.wrongly_quarantined,
        one.people,
        percent(one.wrongly_quarantined, one.people),
        one.asked
    );
}

/// The weights know set a: this checks that all parts work together, not how well the spam check does.
#[tokio::test]
async fn nineteen_of_twenty_bots_of_a_known_set_are_caught_and_at_most_one_person_is_quarantined() {
    let sum = all(replay(&our_sets(), &["a".to_owned()], false, None).await.values());
    assert!(sum.caught * 100 >= sum.bots * 95, "{sum:?}");
    assert!(sum.wrongly_quarantined * 100 <= sum.people, "{sum:?}");
}

#[tokio::test]
#[ignore = "prints figures and checks nothing: make bench-spam SETS=DIR"]
#[expect(clippy::disallowed_methods, reason = "tests have no settings")]
async fn the_figures_of_the_sets_in_a_folder() {
    let folder = std::env::var("SETS").ok().filter(|folder| !folder.is_empty()).map_or_else(our_sets, PathBuf::from);
    let names_misses = std::env::var("MISSES").is_ok_and(|value| !value.is_empty());
    let sets = sets_in(&folder);
    assert!(!sets.is_empty(), "no bots-*.jsonl in {}", folder.display());
    let (meaning, _reading) = lent_model();
    for (judge, meaning) in [("by words alone", None), ("with meaning", Some(&meaning))] {
        eprintln!("{judge}");
        let mut figures = BTreeMap::<String, Figures>::new();
        for set in &sets {
            let of_set = replay(&folder, std::slice::from_ref(set), names_misses, meaning).await;
            of_set.iter().for_each(|(lang, one)| say(set, lang, one));
            say(set, "all", &all(of_set.values()));
            for (lang, one) in of_set {
                let sum = figures.entry(lang).or_default();
                *sum = all([*sum, one].iter());
            }
        }
        if sets.len() > 1 {
            figures.iter().for_each(|(lang, one)| say("all", lang, one));
            say("all", "all", &all(figures.values()));
            // What a busy help center gets: whatever looks for similarity finds more of it.
            say("all", "on one day", &all(replay(&folder, &sets, false, meaning).await.values()));
        }
    }
}

#[tokio::test]
async fn the_model_speaks_against_offers_and_for_customers() {
    let (stage, _folder) = Stage::new(&Engine::Sqlite).await;
    let offers = [
        "Alugo sala mobiliada por hora no centro, com café incluso, para reunião ou entrevista.",
        "Doy clases de yoga en oficinas a la hora del almuerzo, la primera la hago gratis para que prueben.",
        "We clean office carpets over night and your first room is on us. Who looks after your building?",
    ];
    let customers = ["Comprei o curso de aquários e a aula 3 não abre.", "¿Cómo cambio el correo con el que compré?", "Where do I see my invoice?"];
    let from = |text: &str| saying(text, "a@example.com");
    let (meaning, _reading) = lent_model();
    stage.spam.lend_model(meaning, PATIENCE);
    for text in offers {
        assert!(stage.spam.read(&from(text).submission()).await > SemanticScore::default(), "{text}");
    }
    for text in customers {
        assert!(stage.spam.read(&from(text).submission()).await < SemanticScore::default(), "{text}");
        assert_eq!(quarantined(&stage, &from(text), HOME).await, None, "{text}");
    }
    let long = format!("{} {}", customers[0].repeat(60), offers[0]);
    assert_eq!(stage.spam.read(&from(&long).submission()).await, SemanticScore::default(), "a beginning does not speak for an end that was not read");
    assert_eq!(stage.spam.read(&Draft { trapped: true, ..from(offers[1]) }.submission()).await, SemanticScore::default(), "decided without it");
}

#[tokio::test]
async fn a_model_that_takes_too_long_holds_up_no_message() {
    let (stage, _folder) = Stage::new(&Engine::Sqlite).await;
    let (meaning, _reading) = lent_model();
    stage.spam.lend_model(meaning, Duration::ZERO);
    assert_eq!(quarantined(&stage, &draft("Cobrado duas vezes", "a@example.com"), HOME).await, None);
}

fn saying(message: &str, email: &str) -> Draft {
    Draft { message: MessageBody::parse(message).expect("a message"), ..draft("Aulas", email) }
}

async fn quarantined(stage: &Stage, draft: &Draft, from: IpAddr) -> Option<QuarantineReason> {
    let filed = stage.file(draft, from).await.expect("a ticket");
    stage.tickets.read().for_staff(&filed.key.reference).await.expect("the ticket").0.quarantine
}

#[tokio::test]
async fn one_text_from_many_places_is_a_campaign_on_every_instance_and_one_place_is_not() {
    const SINCE: [&str; 7] = ["ontem", "hoje", "anteontem", "sexta", "sábado", "domingo", "segunda"];
    // A word and the number change.
    let message = |number: usize| {
        format!(
            "Comprei o curso de jardinagem e não consigo acessar as aulas desde {}, a página abre em branco, já tentei {number} vezes, também pelo \
             celular do meu marido e pelo computador da empresa, e até agora ninguém soube me dizer o que devo fazer.",
            SINCE[number]
        )
    };
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        let from = |number: usize, email: &str| saying(&message(number), email);
        assert_eq!(quarantined(&stage, &from(1, "a@example.com"), HOME).await, None);
        assert_eq!(quarantined(&stage, &from(2, "b@example.com"), HOME).await, None, "an office");
        assert_eq!(quarantined(&stage.another(), &from(4, "c@example.com"), network(2)).await, Some(QuarantineReason::Campaign));
        stage.clock.advance(3 * Micros::DAY);
        assert_eq!(quarantined(&stage, &from(5, "d@example.com"), network(3)).await, None, "days later nobody remembers");
        assert_eq!(quarantined(&stage, &from(6, "d@example.com"), network(4)).await, None, "the same person elsewhere");
    }
}

#[tokio::test]
async fn short_wishes_that_many_have_are_no_campaign() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        for number in 1..6 {
            let email = format!("p{number}@example.com");
            assert_eq!(quarantined(&stage, &draft("Cobrado duas vezes", &email), network(number)).await, None);
        }
    }
}

#[tokio::test]
async fn on_a_day_with_thousands_of_messages_people_with_the_same_troubles_are_no_campaign() {
    // Which words are kept of a text follows from the key.
    let (stage, _folder) = Stage::with(&Engine::Sqlite, |config| config.server_key = secret(&"7".repeat(64))).await;
    let (mut people, mut quarantined_as_campaign) = (0_u16, 0);
    for (_, one) in submissions(&our_sets(), &sets_in(&our_sets())).into_iter().filter(|(is_bot, _)| !is_bot) {
        let Some(draft) = typed(&one) else { continue };
        people += 1;
        quarantined_as_campaign += usize::from(quarantined(&stage, &draft, network(people)).await == Some(QuarantineReason::Campaign));
    }
    assert!(people > 2500 && quarantined_as_campaign * 500 <= usize::from(people), "{quarantined_as_campaign} of {people}");
}

#[tokio::test]
async fn phrases_that_many_people_use_make_nobody_a_campaign() {
    let others = [
        "Boa noite, comprei o curso de jardinagem ontem pelo Pix e o dinheiro já saiu da minha conta bancária.",
        "Oi gente, não recebi o e-mail de acesso e preciso estudar para a prova de amanhã de manhã.",
        "Pessoal, já olhei na caixa de spam e também na lixeira, e o aplicativo também não mostra nada.",
    ];
    let all = "Comprei o curso de jardinagem ontem, não recebi o e-mail de acesso e já olhei na caixa de spam.";
    for engine in engines() {
        for of_one_person in [false, true] {
            let (stage, _folder) = Stage::new(&engine).await;
            for (number, other) in (1..).zip(others) {
                let person = if of_one_person { 1 } else { number };
                assert_eq!(quarantined(&stage, &saying(other, &format!("p{person}@example.com")), network(person)).await, None);
                stage.clock.advance(Micros::MINUTE);
            }
            assert_eq!(quarantined(&stage, &saying(all, "z@example.com"), network(9)).await, None);
        }
    }
}

#[tokio::test]
async fn a_blocked_domain_is_quarantined_and_named_to_staff() {
    for engine in engines() {
        let (stage, _folder) = Stage::with(&engine, |config| config.spam.blocked = vec!["@Spam.example".into()]).await;
        assert_eq!(quarantined(&stage, &draft("Cobrado", "x@mail.spam.example"), HOME).await, Some(QuarantineReason::Blocked));
        assert_eq!(quarantined(&stage, &draft("Cobrado", "x@nospam.example"), HOME).await, None);
        let list = ajuda::cli::console::list(&stage.rooms, Queue::Quarantine, 10).await.expect("a list");
        assert!(list.contains("blocked"), "{list}");
        assert_eq!(stage.number("SELECT COUNT(*) FROM outbox").await, 1, "only the other one is told");
    }
}
