//! Any text is a question, and any library, also one that changes meanwhile, has an answer.

use std::time::{Duration, Instant};

use ajuda::i18n::Lang;
use ajuda::search::SearchRequest;

use super::{article, ask, build, ids, library, portuguese, sample, text};

#[test]
fn hostile_text_comes_out_as_text() {
    let hostile = "<script>alert('x')</script> & \"dados\"";
    let search = portuguese(&[("buyer/general/hostile", hostile, &format!("{hostile} no corpo\n## {hostile}\nalert de novo"))]);
    for query in ["script", "alert", "dados <script>alert(1)</script>", "<mark>"] {
        for hit in ask(&search, query).hits {
            for html in [&hit.title_html, &hit.snippet_html] {
                let bare = html.replace("<mark>", "").replace("</mark>", "");
                assert!(!bare.contains(['<', '>', '"', '\'']), "{html}");
            }
        }
    }
    let answer = ask(&search, "script");
    assert_eq!(answer.hits[0].title_html.matches("&lt;<mark>script</mark>&gt;").count(), 1);
}

#[test]
fn every_text_is_a_question() {
    let search = sample();
    let long = ["x".repeat(1_000_000), "reembolso ".repeat(100_000), "\"de a\" ".repeat(10_000), "-de ".repeat(10_000), "é\u{301}".repeat(500_000)];
    let many: String = (0..10_000).map(|number| format!("palavra{number} letras{} ", "abcdefgh".repeat(number % 3))).collect();
    let short = [
        "",
        " ",
        "\"",
        ":",
        "(",
        "*",
        "\\",
        "-",
        "--",
        "\"\"",
        "a AND (b OR",
        "title:*",
        "\0\u{1}\u{7f}",
        "\u{202e}\u{feff}",
        "👍🏽",
        "-\"",
        "+",
        "~2^9",
        "de a o",
        "zzzzqqq",
    ];
    for query in long.iter().map(String::as_str).chain([many.as_str()]).chain(short) {
        let started = Instant::now();
        let answer = ask(&search, query);
        assert!(started.elapsed() < Duration::from_secs(1), "{} bytes took {:?}", query.len(), started.elapsed());
        assert!(answer.query.chars().count() <= 2000);
        assert_eq!(answer.total == 0, answer.hits.is_empty());
    }
    assert!(!ask(&search, "o que é a de").hits.is_empty(), "common words alone still find something");
    assert!(ask(&search, "qwrtzp").hits.is_empty());
}

#[test]
fn an_empty_library_answers() {
    let search = build(&library(Vec::new()));
    for lang in Lang::ALL {
        let answer = search.answer(&SearchRequest::new("reembolso", lang)).expect("an answer");
        assert!(answer.hits.is_empty() && answer.elsewhere.is_empty() && answer.total == 0);
    }
}

#[test]
fn a_changed_library_is_found_as_it_reads() {
    let made =
        |number: usize, body: &str| article(&format!("buyer/general/a{number}"), vec![text(Lang::Pt, &format!("Artigo número{number}"), body)]);
    let mut articles: Vec<_> = (0..40).map(|number| made(number, "Texto sobre compras.")).collect();
    let search = build(&library(articles.clone()));
    for round in 0..30 {
        articles[0] = made(0, &format!("Agora fala de girassol{round} também."));
        articles.remove(1);
        articles.push(made(100 + round, "Um artigo sobre tulipas."));
        search.update(&library(articles.clone())).expect("an update");
        assert_eq!(ids(&ask(&search, &format!("girassol{round}"))), ["a0"]);
        assert!(round == 0 || ask(&search, &format!("\"girassol{}\"", round - 1)).hits.is_empty());
        assert_eq!(ask(&search, "compras").total as usize, 38 - round, "an article taken out is found no more");
        assert_eq!(ask(&search, "tulipas").total as usize, round + 1);
        let [updated, built] = [&search, &build(&library(articles.clone()))].map(|search| ask(search, "artigo sobre tulipas"));
        let shared = 10.min(round + 1);
        assert_eq!(ids(&updated)[..shared], ids(&built)[..shared], "an updated index ranks like a new one");
    }
    search.update(&library(Vec::new())).expect("an update");
    assert_eq!(ask(&search, "tulipas").total, 0);
}

#[test]
fn a_search_under_way_does_not_wait_for_an_update() {
    let search = sample();
    let other = search.clone();
    std::thread::scope(|scope| {
        scope.spawn(|| (0..20).for_each(|_| search.update(&library(Vec::new())).expect("an update")));
        (0..200).for_each(|_| assert!(ask(&other, "reembolso").hits.len() <= 5));
    });
    assert!(ask(&other, "reembolso").hits.is_empty(), "clones share one index");
}
