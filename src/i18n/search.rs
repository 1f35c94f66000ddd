//! Words of the search: suggestions while typing, and the page of results.

use super::Lang;
use crate::islands::related::RelatedTexts;

pub struct SearchTexts {
    pub results: &'static str,
    /// Between typographic quotes comes what was asked.
    pub nothing_for: &'static str,
    pub tips: [&'static str; 3],
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

/// The words of the suggestions below the search bar.
#[derive(serde::Serialize)]
pub struct SuggestionTexts {
    pub suggestions: &'static str,
    pub count: &'static str,
    pub all: &'static str,
    pub keys: &'static str,
    pub nothing: &'static str,
    pub offline: &'static str,
    /// `{n}`: what was searched instead of what was typed.
    pub instead: &'static str,
    pub clear: &'static str,
    pub close: &'static str,
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
        "Escreva o que quer fazer: “trocar a senha”.",
        "Confira se as palavras estão escritas corretamente.",
    ],
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
        "Escribe lo que quieres hacer: “cambiar la contraseña”.",
        "Revisa la ortografía.",
    ],
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
    tips: ["Try fewer words, or the exact words you see on screen.", "Say what you want to do: “change my password”.", "Check your spelling."],
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

impl Lang {
    /// What happens where the contact card leads.
    pub fn contact_card(self) -> &'static str {
        match self {
            Self::Pt => "Escreva para a nossa equipe. Alguém lê sua mensagem e responde.",
            Self::Es => "Escribe a nuestro equipo. Alguien leerá tu mensaje y te responderá.",
            Self::En => "Write to our team. Someone will read your message and reply.",
        }
    }

    /// What search engines and shared links say of a page of results.
    pub fn results_description(self, query: &str) -> String {
        match self {
            Self::Pt if query.is_empty() => "Pesquise nos artigos da Central de Ajuda ou fale com a equipe.".to_owned(),
            Self::Pt => format!("Artigos da Central de Ajuda sobre “{query}”."),
            Self::Es if query.is_empty() => "Busca en los artículos del centro de ayuda o escribe al equipo.".to_owned(),
            Self::Es => format!("Artículos del centro de ayuda sobre “{query}”."),
            Self::En if query.is_empty() => "Search the articles of the Help Center, or write to the team.".to_owned(),
            Self::En => format!("Help Center articles about “{query}”."),
        }
    }

    /// What the script of the search bar says; `{n}` stands for a number.
    pub fn suggestion_texts(self) -> &'static SuggestionTexts {
        match self {
            Self::Pt => &SuggestionTexts {
                suggestions: "Sugestões",
                count: "Sugestões: {n}",
                all: "Ver todos os resultados ({n})",
                keys: "↑ ↓ para escolher · Enter para abrir",
                nothing: "Nenhum artigo corresponde. Tente outras palavras ou use menos.",
                offline: "Sem conexão. Pressione Enter para pesquisar quando ela voltar.",
                instead: "Resultados para “{n}”",
                clear: "Limpar a pesquisa",
                close: "Fechar a pesquisa",
            },
            Self::Es => &SuggestionTexts {
                suggestions: "Sugerencias",
                count: "Sugerencias: {n}",
                all: "Ver todos los resultados ({n})",
                keys: "↑ ↓ para elegir · Enter para abrir",
                nothing: "Ningún artículo coincide. Prueba con otras palabras o con menos.",
                offline: "Sin conexión. Presiona Enter para buscar cuando vuelva.",
                instead: "Resultados para “{n}”",
                clear: "Borrar la búsqueda",
                close: "Cerrar la búsqueda",
            },
            Self::En => &SuggestionTexts {
                suggestions: "Suggestions",
                count: "Suggestions: {n}",
                all: "See all results ({n})",
                keys: "↑ ↓ to choose · Enter to open",
                nothing: "No matching articles. Try different or fewer words.",
                offline: "You're offline. Press Enter to search once you're back online.",
                instead: "Results for “{n}”",
                clear: "Clear the search",
                close: "Close the search",
            },
        }
    }

    /// The words of the island below the subject.
    pub fn related_texts(self) -> RelatedTexts {
        let (title, count, new_tab) = match self {
            Self::Pt => (self.contact().may_answer, "Artigos que podem ajudar: {n}", "(abre em uma nova aba)"),
            Self::Es => (self.contact().may_answer, "Artículos que pueden ayudarte: {n}", "(se abre en otra pestaña)"),
            Self::En => (self.contact().may_answer, "Articles that may help: {n}", "(opens in a new tab)"),
        };
        RelatedTexts { title: title.to_owned(), count: count.to_owned(), new_tab: new_tab.to_owned() }
    }
}
