//! Results: their order, where they open, what is marked, and which language and section they come from.

use ajuda::i18n::Lang;
use ajuda::search::SearchRequest;
use ajuda::wire::SearchAnswer;

use super::{article, ask, build, ids, library, portuguese, sample, summed_up, text};

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
    assert!(snippet.starts_with("… O <mark>estorno</mark> aparece na <mark>fatura</mark>."), "{snippet}");
    assert!(snippet.ends_with(" …") && snippet.replace("<mark>", "").replace("</mark>", "").chars().count() <= 204, "{snippet}");
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
        let answer = search.answer(&SearchRequest::new(query, lang)).expect("an answer");
        assert_eq!(ids(&answer)[0], id);
        assert!(answer.hits.iter().all(|hit| hit.lang == lang.code()));
    }
    let answer = search.answer(&SearchRequest::new("change the password", Lang::Pt)).expect("an answer");
    let elsewhere: Vec<_> = answer.elsewhere.iter().map(|hit| (hit.lang.as_str(), hit.url.as_str())).collect();
    assert_eq!(elsewhere, [("en", "/en/buyer/general/english")]);
    let answer = search.answer(&SearchRequest::new("pedir reembolso", Lang::Pt)).expect("an answer");
    assert!(answer.elsewhere.is_empty(), "a translation of a hit is not offered again");
}

#[test]
fn a_section_narrows_the_hits_and_not_the_counts() {
    let search = sample();
    let counts = |answer: &SearchAnswer| answer.sections.iter().map(|section| (section.id.clone(), section.count)).collect::<Vec<_>>();
    let all = ask(&search, "conta em dias");
    let narrowed = search.answer(&SearchRequest { section: Some("creator"), ..SearchRequest::new("conta em dias", Lang::Pt) }).expect("an answer");
    assert_eq!(counts(&all), counts(&narrowed));
    assert_eq!(all.sections.iter().map(|section| section.count).sum::<u32>(), all.total);
    assert!(narrowed.total < all.total && narrowed.hits.iter().all(|hit| hit.section == "creator") && !narrowed.hits.is_empty());
    assert_eq!(search.answer(&SearchRequest { section: Some("nowhere"), ..SearchRequest::new("conta", Lang::Pt) }).expect("an answer").total, 0);
}

#[test]
fn marks_are_on_words_that_say_something() {
    let search = build(&library(vec![article(
        "buyer/general/refund",
        vec![
            text(Lang::Pt, "Como receber o dinheiro de volta", "Peça."),
            text(Lang::Es, "Cómo hago para que me devuelvan el dinero", "Pide."),
            text(Lang::En, "How do I get my money back", "Ask."),
        ],
    )]));
    for (lang, question, title) in [
        (Lang::Pt, "como eu faço para receber o meu dinheiro?", "Como <mark>receber</mark> o <mark>dinheiro</mark> de volta"),
        (Lang::Es, "¿qué hago para que me devuelvan mi dinero?", "Cómo hago para que me <mark>devuelvan</mark> el <mark>dinero</mark>"),
        (Lang::En, "How do I get my money back?", "How do I get my <mark>money</mark> back"),
        (Lang::En, "how do I get", "<mark>How</mark> <mark>do</mark> <mark>I</mark> <mark>get</mark> my money back"),
    ] {
        let answer = search.answer(&SearchRequest::new(question, lang)).expect("an answer");
        assert_eq!(answer.hits[0].title_html, title, "{question}");
    }
}

#[test]
fn a_snippet_is_made_of_sentences_and_never_of_cells() {
    let body = "Depende de como você pagou.\n## Prazos\nCartão · Estorno na fatura · Até duas faturas";
    let summary = "O dinheiro volta em até sete dias.";
    let search = build(&library(vec![article("buyer/general/refund", vec![summed_up(Lang::Pt, "Reembolso", summary, body)])]));
    let snippet = |question: &str| ask(&search, question).hits[0].snippet_html.clone();
    assert_eq!(snippet("estorno na fatura do cartão"), summary, "the cells have all the words, and say nothing by themselves");
    assert_eq!(snippet("reembolso"), summary, "nothing fits better");
    assert_eq!(snippet("como você pagou"), "Depende de como você <mark>pagou</mark>.");
    let untold = portuguese(&[("buyer/general/table", "Prazos do estorno", "Pix · Um dia\n## Depois\nEspere o e-mail.")]);
    assert_eq!(ask(&untold, "estorno").hits[0].snippet_html, "Espere o e-mail.");
}

#[test]
fn it_is_said_when_nothing_found_answers() {
    let search = sample();
    for answered in ["reembolso", "prazo da devolução", "pagar com boleto", "pedir reembolço "] {
        assert!(!ask(&search, answered).closest_only, "{answered}");
    }
    let closest = ask(&search, "aluguel de bicicletas elétricas na praia em dias de chuva");
    assert!(closest.closest_only && !closest.hits.is_empty());
    assert!(search.answer(&SearchRequest { limit: 1, ..SearchRequest::new("reembolso", Lang::Pt) }).is_ok_and(|answer| !answer.closest_only));
    let none = ask(&search, "qwrtzp");
    assert!(!none.closest_only && none.hits.is_empty());
}

#[test]
fn what_merely_shares_a_word_is_a_hit_and_no_suggestion() {
    let search = portuguese(&[
        ("buyer/general/refund", "Pedir reembolso do curso", "O reembolso do curso leva sete dias."),
        ("buyer/general/lesson", "Entrar no site", "A aula abre hoje. Veja a aula."),
    ]);
    let answer = ask(&search, "reembolso curso aula");
    let suggested: Vec<_> = answer.hits.iter().map(|hit| hit.suggested).collect();
    assert_eq!((ids(&answer), suggested), (vec!["refund", "lesson"], vec![true, false]));
}
