//! What is counted about searches: what was asked, found, opened, and what led to support.

use std::net::{IpAddr, Ipv4Addr};

use ajuda::clock::Micros;
use ajuda::i18n::Lang;
use ajuda::search::log::{Missed, POPULAR_MIN_DAYS, as_text};
use axum::body::Body;
use axum::http::{Request, header};

use crate::program::ajuda;
use crate::support::{Engine, HOME, Stage, engines};
use crate::visitor::{GOOD_FORM, Visitor, form_body};

async fn missed(stage: &Stage) -> Vec<Missed> {
    stage.searches.flush().await.expect("a database");
    stage.searches.missed(28, 50).await.expect("a database")
}

#[tokio::test]
async fn questions_without_a_result_or_a_click_are_listed_those_that_led_to_support_first() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        stage.searches.asked(Lang::Pt, "Segunda via", HOME, true);
        stage.searches.suggestion_opened(Lang::Pt, "reembolso", HOME);
        stage.searches.asked(Lang::Es, "cheque", HOME, false);
        stage.another().searches.asked(Lang::Es, "nada", HOME, true);
        stage.searches.asked(Lang::Es, "¡CHEQUE!", HOME, false);
        let found = missed(&stage).await;
        let rows: Vec<_> = found.iter().map(|row| (row.query.as_str(), row.asked, row.empty, row.clicked)).collect();
        assert_eq!(rows, [("cheque", 1, 1, 0), ("segunda via", 1, 0, 0)], "once per network; the other instance has not written yet");
        assert!(as_text(&found).contains("[es] cheque"));
        stage.clock.advance(40 * Micros::DAY);
        assert!(missed(&stage).await.is_empty(), "too long ago");
    }
}

fn network(number: u8) -> IpAddr {
    IpAddr::V4(Ipv4Addr::new(198, 51, 100, number))
}

#[tokio::test]
async fn popular_is_what_five_networks_asked_on_five_days_and_what_staff_allow() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        for day in 0..POPULAR_MIN_DAYS {
            for number in 1..=5 {
                stage.searches.asked(Lang::Pt, "reembolso", network(number), true);
                stage.searches.asked(Lang::Pt, "cheque", network(number), false);
                for private in ["ana@example.com", "meu cpf 12345678900", "HP0123456789"] {
                    stage.searches.asked(Lang::Pt, private, network(number), true);
                }
                if day > 0 {
                    stage.searches.asked(Lang::Pt, "boleto", network(number), true);
                }
                if number < 5 {
                    stage.searches.asked(Lang::Pt, "de quatro redes", network(number), true);
                }
            }
            (0..100).for_each(|_| stage.searches.asked(Lang::Pt, "de uma rede", HOME, true));
            stage.searches.flush().await.expect("a database");
            stage.clock.advance(Micros::DAY);
        }
        stage.searches.refresh().await.expect("a database");
        assert_eq!(stage.searches.popular()[Lang::Pt], ["reembolso"]);
        assert!(stage.searches.popular()[Lang::Es].is_empty());
        assert_eq!(stage.number("SELECT MAX(asked) FROM searches WHERE query = 'de uma rede'").await, 1);
        assert!(stage.searches.allow(Lang::Es, "¿Mi REEMBOLSO?", true).await.expect("a database"));
        assert!(!stage.searches.allow(Lang::Es, "ana@example.com", true).await.expect("a database"));
        stage.searches.refresh().await.expect("a database");
        assert_eq!(stage.searches.popular()[Lang::Es], ["mi reembolso"]);
        stage.searches.allow(Lang::Es, "mi reembolso", false).await.expect("a database");
        stage.searches.refresh().await.expect("a database");
        assert!(stage.searches.popular()[Lang::Es].is_empty());
    }
}

#[tokio::test]
async fn what_follows_a_question_counts_only_after_it_and_as_often() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        for _ in 0..10 {
            stage.searches.opened(Lang::Pt, "compre no site x");
            stage.searches.wrote(Lang::Pt, "compre no site x");
        }
        assert!(missed(&stage).await.is_empty(), "nobody asked that");
        stage.searches.asked(Lang::Pt, "reembolso", HOME, true);
        (0..10).for_each(|_| stage.searches.wrote(Lang::Pt, "reembolso"));
        assert_eq!(missed(&stage).await.iter().map(|row| (row.asked, row.wrote)).collect::<Vec<_>>(), [(1, 1)]);
        (0..30_000).for_each(|number| stage.searches.asked(Lang::Pt, &format!("pergunta {}", letters(number)), HOME, true));
        stage.searches.flush().await.expect("a database");
        assert!(stage.number("SELECT COUNT(*) FROM searches").await <= 10_000, "a day has so many questions");
    }
}

/// A number without digits.
fn letters(number: u32) -> String {
    number.to_string().bytes().map(|digit| char::from(digit - b'0' + b'a')).collect()
}

#[tokio::test]
async fn counts_are_kept_as_long_as_the_settings_say_and_not_at_all_with_zero() {
    for engine in engines() {
        let (stage, _folder) = Stage::with(&engine, |config| config.limits.searches_kept_days = 10).await;
        stage.searches.asked(Lang::Pt, "reembolso", HOME, false);
        stage.searches.flush().await.expect("a database");
        stage.clock.advance(11 * Micros::DAY);
        stage.searches.prune().await.expect("a database");
        assert_eq!(stage.number("SELECT COUNT(*) FROM searches").await, 0);
        let (silent, _folder) = Stage::with(&engine, |config| config.limits.searches_kept_days = 0).await;
        silent.searches.asked(Lang::Pt, "reembolso", HOME, false);
        silent.searches.flush().await.expect("a database");
        assert_eq!(silent.number("SELECT COUNT(*) FROM searches").await, 0);
    }
}

#[tokio::test]
async fn the_way_of_a_reader_is_counted_without_a_script() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let come_from = |path: &str, from: &str| {
        let request = Request::get(path).header(header::HOST, "help.example").header(header::REFERER, from);
        visitor.send(request.body(Body::empty()).expect("a request"))
    };
    visitor.get("/pt/search?q=reembolso").await.assert_status(200);
    let results = visitor.get("/pt/search?q=qwzx+vbnhj").await;
    let contact = results.attributes(".empty a.button", "href").pop().expect("a way to support");
    assert!(contact.contains("asked="), "{contact}");
    let article = visitor.get("/pt/search?q=reembolso").await.attributes(".result h2 a", "href").swap_remove(0);
    come_from(&article, "https://help.example/pt/search?q=reembolso").await.assert_status(200);
    come_from(&article, "https://evil.example/pt/search?q=spam").await.assert_status(200);
    let post = Request::post("/pt/contact").header("sec-fetch-site", "same-origin").header(header::HOST, "help.example");
    let post =
        post.header(header::REFERER, format!("https://help.example{contact}")).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    visitor.send(post.body(Body::from(form_body(&GOOD_FORM))).expect("a request")).await.assert_status(303);
    visitor.app.searches.flush().await.expect("a database");
    let missed = visitor.app.searches.missed(1, 50).await.expect("a database");
    let rows: Vec<_> = missed.iter().map(|row| (row.query.as_str(), row.empty, row.wrote)).collect();
    assert_eq!(rows, [("qwzx vbnhj", 1, 1)], "the refund was asked for twice and opened once; nobody else is believed");
}

#[tokio::test]
async fn opened_suggestions_are_taken_from_our_own_pages_only() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let answer = visitor.get("/api/v1/search?lang=pt&q=boleto").await.text();
    let token = answer.split("\"token\":\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a token").to_owned();
    let with = |query: &str, token: &str| form_body(&[("lang", "pt"), ("q", query), ("token", token)]).into_bytes();
    for (query, token) in [("compre aqui", token.as_str()), ("boleto", ""), ("boleto", "x")] {
        visitor.post_bytes("/api/v1/search/opened", with(query, token), "same-origin").await.assert_status(204);
    }
    let count = async || {
        visitor.app.searches.flush().await.expect("a database");
        let pool = visitor.app.db.ready().await.expect("a database");
        sqlx::query_scalar::<_, i64>("SELECT COUNT(*) FROM searches WHERE clicked > 0").fetch_one(&pool).await.expect("a number")
    };
    assert_eq!(count().await, 0, "nobody's words but those that were answered here");
    let body = || with("boleto", &token);
    visitor.post_bytes("/api/v1/search/opened", body(), "same-origin").await.assert_status(204);
    assert_eq!(count().await, 1);
    visitor.post_bytes("/api/v1/search/opened", b"\xff&q=%00".to_vec(), "same-origin").await.assert_status(204);
    visitor.post_bytes("/api/v1/search/opened", body(), "cross-site").await.assert_status(403);
    visitor.app.searches.flush().await.expect("a database");
    assert!(visitor.app.searches.missed(1, 50).await.expect("a database").is_empty(), "it was opened, so nothing is missed");
}

#[test]
fn the_command_prints_text_and_json() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let run = |more: &[&str]| {
        let output = ajuda().args(["searches", "--data"]).arg(data.path()).args(more).output().expect("the program");
        assert!(output.status.success());
        String::from_utf8(output.stdout).expect("text")
    };
    assert!(run(&[]).contains("none was asked"));
    assert_eq!(run(&["--json"]).trim(), "[]");
}
