//! One word in several spellings: with a hyphen, as one, with a space; in the plural; as an amount. And what is no spelling of it: a real word.

use ajuda::i18n::Lang;
use ajuda::search::{Search, SearchRequest};
use ajuda::wire::SearchAnswer;

use super::{article, ask, build, ids, library, portuguese, text};

fn in_lang(lang: Lang, titles: &[(&str, &str)]) -> Search {
    let made = titles.iter().map(|(id, body)| article(&format!("buyer/general/{id}"), vec![text(lang, &format!("Artigo {id}"), body)]));
    build(&library(made.collect()))
}

fn asked(search: &Search, lang: Lang, query: &str) -> SearchAnswer {
    search.answer(&SearchRequest::new(query, lang)).expect("an answer")
}

#[test]
fn a_real_word_is_never_replaced_and_a_mistake_is_and_says_so() {
    let search = portuguese(&[
        ("buyer/general/cure", "Quanto tempo dura a cura", "A cura dura dias. Um curso é verificado."),
        ("buyer/general/report", "Resultado verificado", "O relatório foi verificado."),
    ]);
    for query in ["quantos dias dura o cookie", "certificado", "baixar certificado", "certific", "onde baixo a planilha ", "curta "] {
        let answer = ask(&search, query);
        assert!(answer.did_you_mean.is_none() && answer.corrected.is_empty(), "{query}: {:?}", answer.did_you_mean);
    }
    assert!(ask(&search, "certificado").closest_only, "what merely looks alike is not shown as what was asked for");
    let answer = ask(&search, "veificado ");
    assert_eq!((ids(&answer).len(), answer.did_you_mean.as_deref()), (2, Some("verificado ")));
}

#[test]
fn a_hyphen_a_space_or_neither_find_the_same() {
    for (lang, texts, spellings) in [
        (Lang::Pt, ["Trocar o e-mail da conta", "Outro email da conta", "Conta sem nada disso"], ["trocar e-mail", "trocar email", "trocar e mail"]),
        (Lang::Pt, ["Regras da co-produção", "Regras da coprodução", "Regras da produção"], ["co-produção", "coprodução", "co produção"]),
        (Lang::Pt, ["Emitir a NF-e da venda", "Emitir a NFe da venda", "Emitir o recibo da venda"], ["emitir nf-e", "emitir nfe", "emitir NFE"]),
        (Lang::Es, ["Activar el wi-fi", "Activar el wifi", "Activar la cuenta"], ["wi-fi", "wifi", "wi fi"]),
        (Lang::Es, ["Vender un e-book", "Vender un ebook", "Vender un curso"], ["e-book", "ebook", "e book"]),
        (Lang::En, ["The check-out page", "The checkout page", "The check of the page"], ["check-out", "checkout", "check out"]),
        (Lang::En, ["Your log-in and password", "Your login and password", "Your password"], ["log-in", "login", "log in"]),
        (Lang::En, ["Close the pop-up", "Close the popup", "Close the page"], ["pop-up", "popup", "pop up"]),
    ] {
        let search = in_lang(lang, &[("hyphen", texts[0]), ("joined", texts[1]), ("other", texts[2])]);
        let [first, rest @ ..] = spellings.map(|query| asked(&search, lang, query));
        assert!(["hyphen", "joined"].iter().all(|id| ids(&first)[..2].contains(id)), "{}: {:?}", spellings[0], ids(&first));
        for (answer, query) in rest.iter().zip(&spellings[1..]) {
            assert_eq!((ids(answer), answer.total), (ids(&first), first.total), "{query}");
            assert!(answer.corrected.is_empty(), "{query}");
            for hit in &answer.hits[..2] {
                assert!(hit.snippet_html.contains("<mark>"), "{query}: {}", hit.snippet_html);
            }
        }
    }
}

#[test]
fn a_word_with_a_hyphen_is_completed_corrected_and_marked_as_a_whole() {
    let search = in_lang(Lang::Pt, &[("hyphen", "Trocar o e-mail da conta"), ("other", "Outra conta")]);
    for query in ["ema", "trocar e-mai", "trocar e mai", "emial ", "e-mial "] {
        assert_eq!(ids(&ask(&search, query)).first(), Some(&"hyphen"), "{query}");
    }
    assert_eq!(ask(&search, "emial ").did_you_mean.as_deref(), Some("e-mail "));
    assert!(ask(&search, "email").hits[0].snippet_html.contains("o <mark>e-mail</mark> da"));
    assert_eq!(ids(&ask(&search, "mail")), ["hyphen"], "its parts are words too");
    assert_eq!(ids(&ask(&search, "\"e-mail da conta\"")), ["hyphen"]);
    assert_eq!(ids(&ask(&search, "conta -e-mail")), ["other"]);
}

#[test]
fn what_articles_write_with_a_space_is_found_as_one_and_with_a_hyphen() {
    let search = in_lang(Lang::Pt, &[("space", "Atendimento no pós venda da loja"), ("hyphen", "Equipe de pós-venda"), ("other", "A venda da loja")]);
    for query in ["pos-venda", "posvenda", "pós venda"] {
        let answer = ask(&search, query);
        assert_eq!(answer.total, 2, "{query}: {:?}", ids(&answer));
        assert!(answer.hits.iter().any(|hit| hit.snippet_html.contains("<mark>pós venda</mark>")), "{query}");
    }
    let search = in_lang(Lang::Pt, &[("paid", "Eu não recebi o valor"), ("open", "Boletos a pagar da conta")]);
    assert_eq!(ids(&ask(&search, "naorecebi ")), ["paid"], "a space that was forgotten");
    assert!(ask(&search, "apagar ").closest_only, "a real word is not taken apart");
}

#[test]
fn a_plural_finds_its_singular_and_the_other_way_round() {
    let pt = "pão pães|mão mãos|órgão órgãos|alemão alemães|útil úteis|fácil fáceis|papel papéis|animal animais|bem bens|inglês ingleses|mês meses|\
              gravação gravações|fuzil fuzis|lençol lençóis|jovem jovens|luz luzes|cupom cupons|item itens|boletim boletins|som sons|álbum álbuns|\
              cidadão cidadãos|imóvel imóveis|móvel móveis|valor valores|dólar dólares|real reais|nível níveis|perfil perfis|plugin plugins|login logins|\
              email emails|link links|banner banners|pixel pixels|mãe mães";
    let es = "vez veces|luz luces|cupón cupones|país países|mes meses|interés intereses|imagen imágenes|joven jóvenes|lápiz lápices|opción opciones|\
              ley leyes|boletín boletines|enlace enlaces|útil útiles|papel papeles|\
              email emails|link links|orden órdenes|francés franceses";
    for (lang, pairs) in [(Lang::Pt, pt), (Lang::Es, es)] {
        for (one, many) in pairs.split('|').filter_map(|pair| pair.trim().split_once(' ')) {
            for (written, typed) in [(one, many), (many, one)] {
                let search = in_lang(lang, &[("word", &format!("Sobre {written} apenas"))]);
                let answer = asked(&search, lang, &format!("{typed} "));
                assert!(answer.total == 1 && !answer.closest_only && answer.corrected.is_empty(), "{typed} for {written}: {:?}", answer.corrected);
            }
        }
    }
    let search = in_lang(Lang::Pt, &[("more", "Pagar mais"), ("mothers", "Dia das mães"), ("hands", "Lavar as mãos")]);
    assert_eq!(ids(&ask(&search, "mãe ")), ["mothers"]);
    assert!(ask(&search, "mal ").hits.is_empty());
}

#[test]
fn a_number_is_found_however_it_is_written() {
    let search = in_lang(
        Lang::Pt,
        &[
            ("amount", "O limite é de R$ 1.500,00 por dia"),
            ("company", "CNPJ 12.345.678/0001-90"),
            ("person", "CPF 123.456.789-09"),
            ("phone", "Ligue (11) 91234-5678"),
        ],
    );
    for (id, spellings) in [
        ("amount", ["1500", "1.500", "1.500,00", "1500,00", "1,500.00"].as_slice()),
        ("company", &["12345678000190", "12.345.678/0001-90", "12345678/0001-90"]),
        ("person", &["12345678909", "123.456.789-09"]),
        ("phone", &["11912345678", "(11) 91234-5678", "11 91234-5678"]),
    ] {
        for query in spellings {
            assert_eq!(ids(&ask(&search, query)), [id], "{query}");
        }
    }
    let english = in_lang(Lang::En, &[("amount", "The limit is $1,500.00 a day")]);
    assert_eq!(asked(&english, Lang::En, "1500").total, 1);
    assert!(asked(&english, Lang::En, "15 ").hits.is_empty());
    assert!(ask(&search, "1500").hits[0].snippet_html.contains("<mark>1.500,00</mark>"));
}

#[test]
fn who_asks_for_a_person_gets_the_way_to_us_first() {
    let search = portuguese(&[("buyer/general/producer", "Como falar com o produtor", "O contato do produtor está na compra.")]);
    for (lang, query) in [(Lang::Pt, "quero falar com atendente"), (Lang::Es, "hablar con una persona"), (Lang::En, "contact support")] {
        let card = asked(&search, lang, query).contact.expect("a card");
        assert_eq!(card.url, format!("/{}/contact", lang.code()));
    }
    let answer = ask(&search, "como falar com o produtor");
    assert!(answer.contact.is_none() && ids(&answer) == ["producer"]);
}
