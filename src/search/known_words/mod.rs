//! Words that a language has although no article does: they are searched as they are, never as the nearest word of an article. README.md beside this file
//! says where the lists come from.

use std::sync::LazyLock;

use tantivy_fst::raw::{Fst, Node};

use crate::i18n::{Lang, PerLang};

static KNOWN: LazyLock<PerLang<Option<KnownWords>>> = LazyLock::new(|| {
    let files: [&[u8]; 3] = [include_bytes!("pt.fst"), include_bytes!("es.fst"), include_bytes!("en.fst")];
    PerLang(files.map(|file| Fst::new(file).ok().map(KnownWords)))
});

/// The folded words of one language.
struct KnownWords(Fst<&'static [u8]>);

impl KnownWords {
    fn node(&self, beginning: &str) -> Option<Node<'_>> {
        let mut node = self.0.root();
        for byte in beginning.bytes() {
            node = self.0.node(node.transition(node.find_input(byte)?).addr);
        }
        Some(node)
    }
}

/// Whether a folded word is one of the language; `open`: whether it may become one.
pub(super) fn is_known(lang: Lang, form: &str, open: bool) -> bool {
    KNOWN[lang].as_ref().and_then(|known| known.node(form)).is_some_and(|node| open || node.is_final())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_language_are_known_and_mistakes_are_not() {
        for (lang, known, unknown) in [
            (
                Lang::Pt,
                "acoes algoritmo aluguel aplicativo apostila assinante backup batom bitcoin boleto cachorro caderno camiseta caneta celular \
                certidao certificado chuva cinema condominio consultoria cookie corretora cortina cozinha criptomoeda diploma dominio \
                emprestimo engajamento escultura farmacia financiamento futebol gato geladeira guitarra hipoteca hospedagem hospital hotel \
                imovel impressora influenciador jardim lampada livraria maquiagem matricula medico mentoria mochila montanha motocicleta \
                navegador novela orientador palestra passagem perfume piano pintura planilha planilhas podcast poupanca praia receita remedio \
                roteador sapato seguidores seguro senha servidor sofa streaming tablet tapete teatro teclado trovao uniforme vacina veiculo \
                vestido violao",
                "certifcado reembolço cokie devolucao2",
            ),
            (
                Lang::Es,
                "acciones ahorro alfombra algoritmo alojamiento alquiler aplicacion bitcoin boleto boligrafo camiseta celular certificado cine \
                cocina condominio conferencia consultoria cookie corredor cortina criptomoneda cuaderno diploma dominio enrutador escultura \
                farmacia financiacion folleto futbol gato guitarra hipoteca hospital hotel impresora influencer inmueble jardin lampara \
                libreria lluvia maquillaje matricula medicina medico mochila montana motocicleta navegador nevera novela pasaje perfume perro \
                piano pintura planilla playa podcast prestamo receta respaldo seguidores seguro servidor sofa streaming suscriptor tableta \
                teatro teclado trueno tutoria uniforme vacuna vehiculo vestido zapato",
                "certifcado exelente",
            ),
            (
                Lang::En,
                "algorithm backpack backup beach bitcoin bookstore brochure broker browser captions carpet cat cellphone certificate condo \
                consulting cookie cryptocurrency curtain diploma doctor dog domain dress financing followers fridge garden guitar hospital \
                hosting hotel influencer insurance keyboard kitchen lamp lecture lipstick loan makeup medicine mentor mortgage motorcycle \
                mountain movie notebook novel painting pen perfume pharmacy piano podcast printer property rain recipe rent router savings \
                sculpture server shirt shoe soccer sofa spreadsheet stocks streaming subscriber subtitle tablet theater thunder ticket \
                tuition uniform vaccine vehicle voucher webinar",
                "recieve definately certifcate",
            ),
        ] {
            known.split(' ').for_each(|word| assert!(is_known(lang, word, false), "{word}"));
            unknown.split(' ').for_each(|word| assert!(!is_known(lang, word, false), "{word}"));
        }
        assert!(is_known(Lang::Pt, "certific", true) && !is_known(Lang::Pt, "certific", false) && !is_known(Lang::Pt, "certifc", true));
    }

    /// Makes the files beside this one: `scripts/known-words DIR`, then `KNOWN_WORDS=DIR cargo test --lib known_words -- --ignored`.
    #[test]
    #[ignore = "writes into the sources"]
    fn write_the_lists() {
        let lists = std::path::PathBuf::from(std::env::var_os("KNOWN_WORDS").expect("KNOWN_WORDS names the folder of the lists"));
        for lang in Lang::ALL {
            let text = std::fs::read_to_string(lists.join(format!("{}.txt", lang.code()))).expect("a list");
            let words = tantivy_fst::Map::from_iter(text.lines().map(|word| (word, 0))).expect("words in order");
            let file = format!("{}/src/search/known_words/{}.fst", env!("CARGO_MANIFEST_DIR"), lang.code());
            std::fs::write(file, words.as_fst().to_vec()).expect("a file");
        }
    }
}
