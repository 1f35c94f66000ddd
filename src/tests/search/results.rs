//! Results: their order, where they open, what is marked, and which language and section they come from.

use ajuda::i18n::Lang;
use ajuda::search::Ask;
use ajuda::wire::SearchAnswer;

use super::{article, ask, build, ids, library, portuguese, sample, text};

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
