//! What the search promises, each point a test:
//!
//! 1. Accents, capitals and word endings don't matter.
//! 2. The last word matches as a beginning, and counts less than the word typed.
//! 3. A typo is forgiven, shown, and never beats an exact hit.
//! 4. A phrase in quotes is exact.
//! 5. `-word` excludes.
//! 6. What the library doesn't hold is never found, and a changed library is found as it reads.
//! 7. A title ranks above a mention.
//! 8. A hit opens at the part that answers.
//! 9. Hostile text comes out as text.
//! 10. Every text is a question, and answered fast.
//! 11. Each language finds its own; others are offered when it has little.
//! 12. The API answers as described.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::{Duration, Instant};

use ajuda::articles::model::{Article, ArticleId, ArticleText, GroupText, Heading, Library, Passage, Section, Topic};
use ajuda::clock::Micros;
use ajuda::i18n::{Lang, PerLang};
use ajuda::search::{Ask, Search, Weights, api};
use ajuda::wire::SearchAnswer;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use axum::routing::get;
use serde_json::Value;
use tower::ServiceExt;

/// An article's text: a title, and a body of which lines that begin with `## ` are headings.
fn text(lang: Lang, title: &str, body: &str) -> Arc<ArticleText> {
    let mut passages = vec![Passage { heading: None, text: String::new() }];
    for line in body.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            let anchor = heading.to_lowercase().replace(' ', "-");
            passages.push(Passage { heading: Some(Heading { level: 2, text: heading.to_owned(), anchor }), text: String::new() });
        } else if let Some(last) = passages.last_mut() {
            last.text.push_str(line);
            last.text.push('\n');
        }
    }
    Arc::new(ArticleText {
        lang,
        title: title.to_owned(),
        summary: String::new(),
        slug: "slug".to_owned(),
        keywords: Vec::new(),
        contact: None,
        steps: false,
        html: String::new(),
        markdown: String::new(),
        passages,
        updated: Micros(0),
    })
}

fn article(id: &str, texts: Vec<Arc<ArticleText>>) -> Arc<Article> {
    let mut folders = id.split('/').map(str::to_owned);
    let mut folder = || folders.next().expect("a path of three folders");
    let (section, topic) = (folder(), folder());
    let mut by_lang = PerLang::default();
    for text in texts {
        let lang = text.lang;
        by_lang[lang] = Some(text);
    }
    let urls = PerLang(Lang::ALL.map(|lang| format!("/{}/{id}", lang.code())));
    Arc::new(Article { id: ArticleId(id.into()), section, topic, texts: by_lang, urls })
}

fn library(articles: Vec<Arc<Article>>) -> Library {
    let named = |name: &str| {
        PerLang(Lang::ALL.map(|lang| GroupText {
            title: format!("{name} {}", lang.code()),
            slug: name.to_owned(),
            description: String::new(),
            door: String::new(),
        }))
    };
    let sections = ["buyer", "creator"].map(|id| {
        let topic = Topic { id: "general".to_owned(), order: 1, icon: None, texts: named("general"), articles: Vec::new() };
        Section { id: id.to_owned(), order: 1, icon: None, texts: named(id), topics: vec![topic] }
    });
    Library {
        default_lang: Lang::Pt,
        sections: sections.to_vec(),
        articles: articles.into_iter().map(|article| (article.id.clone(), article)).collect(),
        reasons: Vec::new(),
        pages: HashMap::new(),
        moved: HashMap::new(),
        pictures: HashMap::new(),
        next_change: None,
        problem_count: 0,
        withheld: Default::default(),
    }
}

/// A help centre in Portuguese from `(folder, title, body)`.
fn portuguese(texts: &[(&str, &str, &str)]) -> Search {
    build(&library(texts.iter().map(|(id, title, body)| article(id, vec![text(Lang::Pt, title, body)])).collect()))
}

fn build(library: &Library) -> Search {
    Search::build(library, Weights::default()).expect("an index")
}

fn ask(search: &Search, query: &str) -> SearchAnswer {
    search.answer(&Ask::new(query, Lang::Pt)).expect("an answer")
}

fn ids(answer: &SearchAnswer) -> Vec<&str> {
    answer.hits.iter().map(|hit| hit.id.rsplit('/').next().unwrap_or_default()).collect()
}

fn sample() -> Search {
    portuguese(&[
        (
            "buyer/general/refund",
            "Como pedir reembolso",
            "O reembolso não demora.\n## Prazo da devolução\nVocê tem sete dias após a compra para desistir.",
        ),
        ("buyer/general/invoice", "Nota fiscal da compra", "Peça a nota ao produtor. O código HP0123456789 está no e-mail."),
        ("buyer/general/slip", "Pagar com boleto bancário", "O boleto vence em três dias. O reembolso dele vai para a conta."),
        ("creator/general/payout", "Sacar o saldo", "O saque cai na conta em dois dias úteis. Não aceitamos cheque."),
        ("creator/general/dance", "Vender aulas de dança", "O bolero é uma dança. As aulas ficam gravadas."),
    ])
}

#[test]
fn accents_capitals_and_endings_do_not_matter() {
    let search = sample();
    for query in ["devolução", "devolucao", "DEVOLUÇÃO", "devoluções", "devoluc\u{327}a\u{303}o"] {
        assert_eq!(ids(&ask(&search, query)).first(), Some(&"refund"), "{query}");
    }
    let [with, without] = ["não demora", "nao demora"].map(|query| ask(&search, query));
    assert_eq!(with.hits, without.hits);
    assert!(without.corrected.is_empty());
    assert!(without.hits[0].snippet_html.contains("<mark>não</mark>"), "{}", without.hits[0].snippet_html);
}

#[test]
fn the_last_word_matches_as_a_beginning() {
    let answer = ask(&sample(), "nota fis");
    assert_eq!(ids(&answer)[0], "invoice");
    assert_eq!(answer.hits[0].title_html, "<mark>Nota</mark> <mark>fiscal</mark> da compra");
    assert_eq!(ids(&ask(&sample(), "reemb"))[0], "refund");
    assert!(ask(&sample(), "reemb").did_you_mean.is_none());
}

#[test]
fn a_typo_is_forgiven_and_shown_with_its_accents() {
    let answer = ask(&sample(), "pedir reembolço, por favor");
    assert_eq!(ids(&answer)[0], "refund");
    assert_eq!(answer.did_you_mean.as_deref(), Some("pedir reembolso, por favor"));
    assert_eq!((answer.corrected[0].typed.as_str(), answer.corrected[0].searched.as_str()), ("reembolço", "reembolso"));
    assert!(answer.hits[0].title_html.contains("<mark>reembolso</mark>"));
    assert_eq!(ask(&sample(), "devolucço ").did_you_mean.as_deref(), Some("devolução "));
}

#[test]
fn a_corrected_word_is_scored_by_how_rare_it_is_and_marked() {
    let [exact, typo] = ["reembolso", "reembolço "].map(|query| ask(&sample(), query));
    assert_eq!(ids(&exact)[..2], ids(&typo)[..2]);
    assert!(typo.hits[0].score < exact.hits[0].score && typo.hits[0].score > typo.hits[1].score);
}

#[test]
fn a_typo_never_beats_an_exact_hit() {
    let answer = ask(&sample(), "boleto");
    assert_eq!(ids(&answer)[0], "slip");
    assert!(answer.corrected.is_empty());
    assert_eq!(ids(&answer).iter().position(|id| *id == "dance"), None, "bolero is one letter off and not asked for");
}

#[test]
fn a_longer_word_counts_less_than_the_word_typed() {
    let search = portuguese(&[
        ("buyer/general/pix", "Pagar com pix", "Aceitamos pix nas compras."),
        ("buyer/general/more", "Receber por pix", "Aceitamos pix nas vendas."),
        ("buyer/general/pixel", "Medir com pixel", "Aceitamos pixel nas páginas."),
    ]);
    let answer = ask(&search, "pix");
    assert_eq!(ids(&answer)[2..], ["pixel"], "found while typing, and last");
}

#[test]
fn a_phrase_in_quotes_is_exact() {
    let search = sample();
    assert_eq!(ids(&ask(&search, "\"nota fiscal\"")), ["invoice"]);
    assert_eq!(ids(&ask(&search, "compra \"NOTA FISCAL\" boleto")), ["invoice"]);
    for absent in ["\"fiscal nota\"", "\"notas fiscais\"", "\"fiscal da nota\"", "\"reembolço\""] {
        assert!(ask(&search, absent).hits.is_empty(), "{absent}");
    }
    assert!(ask(&search, "\"compra peça\"").hits.is_empty(), "a phrase doesn't run from the title into the body");
}

#[test]
fn a_word_after_a_minus_excludes() {
    let search = sample();
    assert!(ids(&ask(&search, "reembolso")).contains(&"slip"));
    assert!(!ids(&ask(&search, "reembolso -boleto")).contains(&"slip"));
    assert!(!ids(&ask(&search, "compra -\"nota fiscal\"")).contains(&"invoice"));
    assert!(ask(&search, "-boleto").hits.is_empty());
}

#[test]
fn codes_are_found_as_they_are() {
    let search = sample();
    assert_eq!(ids(&ask(&search, "HP0123456789"))[0], "invoice");
    assert_eq!(ids(&ask(&search, "hp01234"))[0], "invoice");
    let near = ask(&search, "HP0123456780 ");
    assert!(near.hits.is_empty() && near.corrected.is_empty(), "a code one digit off is another code");
}

#[test]
fn a_title_ranks_above_a_mention() {
    assert_eq!(ids(&ask(&sample(), "reembolso"))[..2], ["refund", "slip"]);
}

#[test]
fn a_hit_opens_at_the_part_that_answers() {
    let answer = ask(&sample(), "quantos dias após a compra para desistir");
    let hit = &answer.hits[0];
    assert_eq!((hit.url.as_str(), hit.heading.as_deref()), ("/pt/buyer/general/refund#prazo-da-devolução", Some("Prazo da devolução")));
    assert!(hit.snippet_html.contains("<mark>dias</mark>") && hit.snippet_html.contains("<mark>desistir</mark>"), "{}", hit.snippet_html);
    let answer = ask(&sample(), "reembolso demora");
    assert_eq!((answer.hits[0].url.as_str(), &answer.hits[0].heading), ("/pt/buyer/general/refund", &None));
    assert_eq!(answer.hits[0].section_title, "buyer pt");
    assert_eq!(answer.hits[0].topic_title, "general pt");
}

#[test]
fn a_long_text_is_cut_around_the_match() {
    let body = format!("{}O estorno aparece na fatura.{}", "Texto de enchimento sem fim. ".repeat(40), " Mais um pouco de conversa.".repeat(40));
    let answer = ask(&portuguese(&[("buyer/general/long", "Longo", &body)]), "estorno na fatura");
    let snippet = &answer.hits[0].snippet_html;
    assert!(snippet.starts_with("… O <mark>estorno</mark> aparece <mark>na</mark> <mark>fatura</mark>."), "{snippet}");
    assert!(snippet.ends_with(" …") && snippet.replace("<mark>", "").replace("</mark>", "").chars().count() <= 204, "{snippet}");
}

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
        let answer = search.answer(&Ask::new("reembolso", lang)).expect("an answer");
        assert!(answer.hits.is_empty() && answer.elsewhere.is_empty() && answer.total == 0);
    }
}

#[test]
fn each_language_finds_its_own_and_offers_the_others_when_it_has_little() {
    let search = build(&library(vec![
        article(
            "buyer/general/refund",
            vec![
                text(Lang::Pt, "Pedir reembolso", "Prazo."),
                text(Lang::Es, "Pedir un reembolso", "Plazo."),
                text(Lang::En, "Ask for a refund", "Deadline."),
            ],
        ),
        article("buyer/general/english", vec![text(Lang::En, "Change the password", "Passwords are changed in the profile.")]),
        article("buyer/general/spanish", vec![text(Lang::Es, "Cambiar la contraseña", "Las contraseñas se cambian en el perfil.")]),
    ]));
    for (lang, query, id) in [(Lang::Pt, "reembolsos", "refund"), (Lang::Es, "contrasenas", "spanish"), (Lang::En, "changing passwords", "english")] {
        let answer = search.answer(&Ask::new(query, lang)).expect("an answer");
        assert_eq!(ids(&answer)[0], id);
        assert!(answer.hits.iter().all(|hit| hit.lang == lang.code()));
    }
    let answer = search.answer(&Ask::new("change the password", Lang::Pt)).expect("an answer");
    let elsewhere: Vec<_> = answer.elsewhere.iter().map(|hit| (hit.lang.as_str(), hit.url.as_str())).collect();
    assert_eq!(elsewhere, [("en", "/en/buyer/general/english")]);
    let answer = search.answer(&Ask::new("pedir reembolso", Lang::Pt)).expect("an answer");
    assert!(answer.elsewhere.is_empty(), "a translation of a hit is not offered again");
}

#[test]
fn a_section_narrows_the_hits_and_not_the_counts() {
    let search = sample();
    let counts = |answer: &SearchAnswer| answer.sections.iter().map(|section| (section.id.clone(), section.count)).collect::<Vec<_>>();
    let all = ask(&search, "conta em dias");
    let narrowed = search.answer(&Ask { section: Some("creator"), ..Ask::new("conta em dias", Lang::Pt) }).expect("an answer");
    assert_eq!(counts(&all), counts(&narrowed));
    assert_eq!(all.sections.iter().map(|section| section.count).sum::<u32>(), all.total);
    assert!(narrowed.total < all.total && narrowed.hits.iter().all(|hit| hit.section == "creator") && !narrowed.hits.is_empty());
    assert_eq!(search.answer(&Ask { section: Some("nowhere"), ..Ask::new("conta", Lang::Pt) }).expect("an answer").total, 0);
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

async fn call(search: Search, address: &str) -> (StatusCode, Value) {
    let app = Router::new().route("/api/v1/search", get(api::search)).route("/api/v1/openapi.json", get(api::openapi)).with_state(search);
    let request = Request::get(address).body(Body::empty()).expect("a request");
    let response = app.oneshot(request).await.expect("a response");
    let status = response.status();
    let bytes = to_bytes(response.into_body(), 10_000_000).await.expect("a body");
    (status, serde_json::from_slice(&bytes).expect("JSON"))
}

#[tokio::test]
async fn the_api_refuses_what_it_cannot_read_and_says_why() {
    for (parameters, code) in [
        ("q=a&lang=fr", "unknown_language"),
        ("q=a&lang=", "unknown_language"),
        ("q=a&section=nowhere", "unknown_section"),
        ("q=a&limit=0", "bad_limit"),
        ("q=a&limit=51", "bad_limit"),
        ("q=a&limit=-1", "bad_limit"),
        ("q=a&limit=ten", "bad_limit"),
        ("q=a&mode=magic", "unknown_mode"),
        ("q=%ff%fe", "bad_encoding"),
        ("q=a&lang=%ff", "bad_encoding"),
    ] {
        let (status, body) = call(sample(), &format!("/api/v1/search?{parameters}")).await;
        assert_eq!((status, body["error"]["code"].as_str()), (StatusCode::BAD_REQUEST, Some(code)), "{parameters}");
        assert!(body["error"]["message"].as_str().is_some_and(|message| message.ends_with('.')));
    }
}

#[tokio::test]
async fn the_api_reads_parameters_leniently() {
    for parameters in ["", "?", "?q", "?q=", "?lang=en", "?&&=&q=&x=%ff", "?q=%00%01", "?q=100%", "?q=%zz&mode=lexical"] {
        let (status, body) = call(sample(), &format!("/api/v1/search{parameters}")).await;
        assert_eq!((status, body["hits"].as_array().map(Vec::len)), (StatusCode::OK, Some(0)), "{parameters}");
    }
    let (_, body) = call(sample(), "/api/v1/search?q=devolu%C3%A7%C3%A3o+da&q=boleto&lang=pt&limit=1&mode=hybrid&section=&typing=1").await;
    assert_eq!((body["query"].as_str(), body["mode_used"].as_str()), (Some("devolução da"), Some("lexical")));
    assert_eq!(body["hits"].as_array().map(Vec::len), Some(1));
    assert_eq!(body["hits"][0]["id"], "buyer/general/refund");
    let (_, body) = call(sample(), "/api/v1/search?q=reembolso").await;
    assert_eq!(body["lang"], "pt", "without a language the help centre's own is searched");
}

/// The names of an object's fields, and those that the description gives it; both must agree.
fn assert_described(described: &Value, schema: &str, actual: &Value) {
    let names = |value: &Value| value.as_object().into_iter().flat_map(|object| object.keys().cloned()).collect::<BTreeSet<_>>();
    let schema_value = &described["components"]["schemas"][schema];
    let required: BTreeSet<_> =
        schema_value["required"].as_array().into_iter().flatten().filter_map(|name| name.as_str().map(str::to_owned)).collect();
    assert_eq!(names(actual), names(&schema_value["properties"]), "{schema}");
    assert_eq!(required, names(&schema_value["properties"]), "{schema}");
}

#[tokio::test]
async fn the_description_and_the_answers_agree() {
    let (status, described) = call(sample(), "/api/v1/openapi.json").await;
    assert_eq!((status, described["openapi"].as_str()), (StatusCode::OK, Some("3.1.0")));
    let (_, answer) = call(sample(), "/api/v1/search?q=pedir+reembol%C3%A7o+").await;
    assert_described(&described, "SearchAnswer", &answer);
    assert_described(&described, "SearchHit", &answer["hits"][0]);
    assert_described(&described, "Correction", &answer["corrected"][0]);
    assert_described(&described, "SectionCount", &answer["sections"][0]);
    let (_, refused) = call(sample(), "/api/v1/search?lang=xx").await;
    assert_described(&described, "ApiError", &refused);
    assert_described(&described, "ApiProblem", &refused["error"]);
    let typed: SearchAnswer = serde_json::from_value(answer).expect("the browser's type reads the answer");
    assert_eq!(typed.corrected.len(), 1);
}
