//! Synonyms and pinned articles.

use std::sync::Arc;

use ajuda::articles::model::{ArticleId, Library, Pin, Synonym};
use ajuda::i18n::{Lang, PerLang};

use super::{article, ask, build, ids, library, text};

fn texts() -> Library {
    library(vec![
        article("buyer/general/refund", vec![text(Lang::Pt, "Como pedir reembolso", "O reembolso leva sete dias.")]),
        article("buyer/general/slip", vec![text(Lang::Pt, "Pagar com boleto", "O boleto vence em três dias.")]),
        article("buyer/general/money", vec![text(Lang::Pt, "Sacar dinheiro", "O dinheiro cai em dois dias.")]),
    ])
}

fn synonym(from: &str, to: &[&str]) -> Synonym {
    Synonym { from: from.to_owned(), to: to.iter().map(|entry| (*entry).to_owned()).collect(), line: 1, both_ways: false }
}

fn with_synonyms(synonyms: Vec<Synonym>) -> Library {
    Library { synonyms: Arc::new(PerLang([synonyms, Vec::new(), Vec::new()])), ..texts() }
}

#[test]
fn a_synonym_finds_what_it_stands_for_and_not_the_other_way_round() {
    assert!(ask(&build(&texts()), "estorno").hits.is_empty());
    let search = build(&with_synonyms(vec![synonym("Estorno", &["reembolso"]), synonym("dinheiro de volta", &["reembolso"])]));
    let answer = ask(&search, "ESTORNO");
    assert_eq!((ids(&answer), answer.did_you_mean.as_deref()), (vec!["refund"], None), "known to staff, so nothing is corrected");
    assert_eq!(ids(&ask(&search, "meu dinheiro de volta"))[..2], ["money", "refund"], "several words in a row; the words typed count more");
    assert_eq!(ids(&ask(&search, "reembolso")), ["refund"]);
    assert_eq!(ids(&ask(&search, "volta dinheiro")), ["money"], "in another order they are other words");
}

#[test]
fn a_pinned_article_comes_first_for_its_question_only() {
    let pin = |query: &str, article: &str| Pin { lang: Lang::Pt, query: query.to_owned(), article: ArticleId(article.into()), line: 1 };
    let pins = [pin("Segunda via?", "buyer/general/slip"), pin("reembolso", "buyer/general/slip"), pin("saque", "buyer/general/gone")];
    let search = build(&Library { pins: pins.into(), ..texts() });
    assert_eq!(ids(&ask(&search, "segunda VIA")), ["slip"]);
    assert_eq!(ids(&ask(&search, "reembolso")), ["slip", "refund"]);
    assert_eq!(ids(&ask(&search, "pedir reembolso")), ["refund"]);
    assert!(ask(&search, "saque").hits.iter().all(|hit| hit.id != "buyer/general/gone"));
}

#[test]
fn a_changed_lever_works_after_the_reload() {
    let search = build(&texts());
    search.update(&with_synonyms(vec![synonym("grana", &["dinheiro"])])).expect("an index");
    assert_eq!(ids(&ask(&search, "grana")), ["money"]);
}

#[test]
fn fifty_thousand_synonyms_slow_no_question() {
    let many = (0..50_000).map(|number| synonym(&format!("palavra{number} repetida"), &["reembolso", "dinheiro"])).collect();
    let search = build(&with_synonyms(many));
    let start = std::time::Instant::now();
    assert_eq!(ids(&ask(&search, "palavra49999 repetida")).len(), 2);
    assert!(start.elapsed().as_millis() < 500);
}
