//! Words of the search: suggestions while typing, and the page of results.

use super::Lang;
use crate::islands::suggestions::SuggestionTexts;

pub struct SearchTexts {
    pub results: &'static str,
    /// Between typographic quotes comes what was asked.
    pub nothing_for: &'static str,
    pub tips: [&'static str; 3],
    pub most_read: &'static str,
    pub popular: &'static str,
    pub filter: &'static str,
    pub everything: &'static str,
    pub corrected: &'static str,
    pub exactly: &'static str,
    pub elsewhere: &'static str,
    /// Over a quotation that answers by itself.
    pub answer: &'static str,
    pub ask_something: &'static str,
}

impl Lang {
    pub fn search(self) -> &'static SearchTexts {
        match self {
            Self::Pt => &PT,
            Self::Es => &ES,
            Self::En => &EN,
        }
    }

    /// "12 artigos".
    pub fn article_count(self, count: usize) -> String {
        match (self, count) {
            (Self::Pt, 1) => "1 artigo".to_owned(),
            (Self::Pt, _) => format!("{count} artigos"),
            (Self::Es, 1) => "1 artículo".to_owned(),
            (Self::Es, _) => format!("{count} artículos"),
            (Self::En, 1) => "1 article".to_owned(),
            (Self::En, _) => format!("{count} articles"),
        }
    }
}

const PT: SearchTexts = SearchTexts {
    results: "Resultados da busca",
    nothing_for: "Nada encontrado para",
    tips: ["Use menos palavras, ou as que aparecem na tela.", "Escreva o que quer fazer: “baixar certificado”.", "Confira se não faltou uma letra."],
    most_read: "Muita gente procura",
    popular: "Buscas frequentes",
    filter: "Filtrar por seção",
    everything: "Tudo",
    corrected: "Mostramos resultados para",
    exactly: "Buscar exatamente",
    elsewhere: "Em outros idiomas",
    answer: "Resposta encontrada no artigo",
    ask_something: "Escreva sua dúvida no campo acima.",
};

const ES: SearchTexts = SearchTexts {
    results: "Resultados de la búsqueda",
    nothing_for: "No encontramos nada para",
    tips: [
        "Usa menos palabras, o las que aparecen en la pantalla.",
        "Escribe lo que quieres hacer: «descargar certificado».",
        "Revisa que no falte una letra.",
    ],
    most_read: "Mucha gente busca",
    popular: "Búsquedas frecuentes",
    filter: "Filtrar por sección",
    everything: "Todo",
    corrected: "Mostramos resultados para",
    exactly: "Buscar exactamente",
    elsewhere: "En otros idiomas",
    answer: "Respuesta encontrada en el artículo",
    ask_something: "Escribe tu duda en el campo de arriba.",
};

const EN: SearchTexts = SearchTexts {
    results: "Search results",
    nothing_for: "Nothing found for",
    tips: ["Use fewer words, or those you see on the screen.", "Write what you want to do: “download certificate”.", "Check for a missing letter."],
    most_read: "Many people look for",
    popular: "Popular searches",
    filter: "Filter by section",
    everything: "All",
    corrected: "Showing results for",
    exactly: "Search for exactly",
    elsewhere: "In other languages",
    answer: "Answer found in the article",
    ask_something: "Type your question in the field above.",
};

impl Lang {
    /// Over articles that are near a question without answering it.
    pub fn closest(self) -> &'static str {
        match self {
            Self::Pt => "Nenhum artigo responde exatamente a isso. Os mais próximos:",
            Self::Es => "Ningún artículo responde exactamente a esto. Los más cercanos:",
            Self::En => "Nothing answers this exactly; closest:",
        }
    }
}

impl SuggestionTexts {
    /// The words that the island of the search bar carries with it.
    pub fn of(lang: Lang) -> Self {
        let (common, [suggestions, count, all, keys, nothing, offline]) = (
            lang.common(),
            match lang {
                Lang::Pt => [
                    "Sugestões",
                    "Sugestões: {n}",
                    "Ver todos os resultados ({n})",
                    "↑ ↓ para escolher · Enter para abrir",
                    "Nenhum artigo com essas palavras. Tente outras, ou menos palavras.",
                    "Sem conexão. Aperte Enter para pesquisar quando ela voltar.",
                ],
                Lang::Es => [
                    "Sugerencias",
                    "Sugerencias: {n}",
                    "Ver todos los resultados ({n})",
                    "↑ ↓ para elegir · Enter para abrir",
                    "Ningún artículo con esas palabras. Prueba otras, o menos palabras.",
                    "Sin conexión. Presiona Enter para buscar cuando vuelva.",
                ],
                Lang::En => [
                    "Suggestions",
                    "Suggestions: {n}",
                    "See all results ({n})",
                    "↑ ↓ to choose · Enter to open",
                    "No article has these words. Try others, or fewer.",
                    "You are offline. Press Enter to search when you are back.",
                ],
            },
        );
        Self {
            placeholder: common.search_placeholder.to_owned(),
            go: common.search_go.to_owned(),
            suggestions: suggestions.to_owned(),
            count: count.to_owned(),
            all: all.to_owned(),
            keys: keys.to_owned(),
            nothing: nothing.to_owned(),
            offline: offline.to_owned(),
            contact: common.contact_us.to_owned(),
        }
    }
}
