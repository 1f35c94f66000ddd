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
    tips: [
        "Use menos palavras ou as mesmas que aparecem na tela.",
        "Escreva o que quer fazer: “baixar certificado”.",
        "Confira se as palavras estão escritas corretamente.",
    ],
    most_read: "Artigos mais procurados",
    popular: "Buscas frequentes",
    filter: "Filtrar por seção",
    everything: "Tudo",
    corrected: "Mostramos resultados para",
    exactly: "Buscar por",
    elsewhere: "Em outros idiomas",
    answer: "Resposta encontrada no artigo",
    ask_something: "Escreva sua dúvida no campo acima.",
};

const ES: SearchTexts = SearchTexts {
    results: "Resultados de la búsqueda",
    nothing_for: "No encontramos nada para",
    tips: [
        "Usa menos palabras o las mismas que aparecen en la pantalla.",
        "Escribe lo que quieres hacer: “descargar certificado”.",
        "Revisa la ortografía.",
    ],
    most_read: "Artículos más buscados",
    popular: "Búsquedas frecuentes",
    filter: "Filtrar por sección",
    everything: "Todo",
    corrected: "Mostramos resultados para",
    exactly: "Buscar exactamente",
    elsewhere: "En otros idiomas",
    answer: "Respuesta encontrada en el artículo",
    ask_something: "Escribe tu pregunta en el campo de arriba.",
};

const EN: SearchTexts = SearchTexts {
    results: "Search results",
    nothing_for: "No results for",
    tips: ["Try fewer words, or the exact words you see on screen.", "Say what you want to do: “download certificate”.", "Check your spelling."],
    most_read: "Popular articles",
    popular: "Popular searches",
    filter: "Filter by section",
    everything: "All",
    corrected: "Showing results for",
    exactly: "Search instead for",
    elsewhere: "In other languages",
    answer: "From the article",
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
                    "Nenhum artigo corresponde. Tente outras palavras ou use menos.",
                    "Sem conexão. Pressione Enter para pesquisar quando ela voltar.",
                ],
                Lang::Es => [
                    "Sugerencias",
                    "Sugerencias: {n}",
                    "Ver todos los resultados ({n})",
                    "↑ ↓ para elegir · Enter para abrir",
                    "Ningún artículo coincide. Prueba con otras palabras o con menos.",
                    "Sin conexión. Presiona Enter para buscar cuando vuelva.",
                ],
                Lang::En => [
                    "Suggestions",
                    "Suggestions: {n}",
                    "See all results ({n})",
                    "↑ ↓ to choose · Enter to open",
                    "No matching articles. Try different or fewer words.",
                    "You're offline. Press Enter to search once you're back online.",
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
