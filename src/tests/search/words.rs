//! Words: how they are read, completed, corrected, and told to stay as they are.

use super::{ask, ids, portuguese, sample};

#[test]
fn accents_capitals_and_endings_do_not_matter() {
    let search = sample();
    for query in ["devolução", "devolucao", "DEVOLUÇÃO", "devoluções", "devoluc\u{327}a\u{303}o"] {
        assert_eq!(ids(&ask(&search, query)).first(), Some(&"refund"), "{query}");
    }
    let [with, without] = ["não demora", "nao demora"].map(|query| ask(&search, query));
    assert_eq!(with.hits, without.hits);
    assert!(without.corrected.is_empty());
    assert!(without.hits[0].snippet_html.contains("<mark>demora</mark>"), "{}", without.hits[0].snippet_html);
    let bare = ask(&search, "uteis");
    assert!(bare.hits[0].snippet_html.contains("<mark>úteis</mark>"), "{}", bare.hits[0].snippet_html);
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
