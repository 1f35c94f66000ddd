//! Words of the pages that show articles.

use super::Lang;

pub struct ArticleTexts {
    pub hero_title: &'static str,
    pub hero_text: &'static str,
    pub most_read: &'static str,
    /// In its place before anybody has read.
    pub to_begin_with: &'static str,
    pub section_topics: &'static str,
    pub updated: &'static str,
    /// Before the day on which somebody checked the facts.
    pub reviewed: &'static str,
    /// Before the names of countries.
    pub applies_to: &'static str,
    pub in_this_article: &'static str,
    /// After a press on the link beside a heading.
    pub link_copied: &'static str,
    pub helped: &'static str,
    pub yes: &'static str,
    pub no: &'static str,
    pub thanks: &'static str,
    pub thanks_text: &'static str,
    pub what_was_missing: &'static str,
    /// Why the article did not help: not answered, not clear, not as it is now, done without success.
    pub reasons: [&'static str; 4],
    pub in_your_words: &'static str,
    pub what_helped: &'static str,
    pub optional: &'static str,
    pub comment_hint: &'static str,
    pub send: &'static str,
    pub back_to_article: &'static str,
    pub need_answer: &'static str,
    /// The articles before and after this one in its topic.
    pub previous: &'static str,
    pub next: &'static str,
    pub see_also: &'static str,
    pub not_solved: &'static str,
    /// Followed by the promise.
    pub tell_us: &'static str,
    pub no_articles: &'static str,
}

impl Lang {
    pub fn articles(self) -> &'static ArticleTexts {
        match self {
            Self::Pt => &PT,
            Self::Es => &ES,
            Self::En => &EN,
        }
    }

    /// Says that an article is shown in another language than this one.
    pub fn untranslated(self, shown: Self) -> String {
        let name = match (self, shown) {
            (Self::Pt, Self::Pt) => "português",
            (Self::Pt, Self::Es) => "espanhol",
            (Self::Pt, Self::En) => "inglês",
            (Self::Es, Self::Pt) => "portugués",
            (Self::Es, Self::Es) => "español",
            (Self::Es, Self::En) => "inglés",
            (Self::En, Self::Pt) => "Portuguese",
            (Self::En, Self::Es) => "Spanish",
            (Self::En, Self::En) => "English",
        };
        match self {
            Self::Pt => format!("Este artigo ainda não está disponível em português. Você está vendo a versão em {name}."),
            Self::Es => format!("Este artículo todavía no está disponible en español. Estás viendo la versión en {name}."),
            Self::En => format!("This article isn't available in English yet. Here is the {name} version."),
        }
    }

    /// Names the way to other articles of a topic.
    pub fn more_in(self, topic: &str) -> String {
        match self {
            Self::Pt => format!("Mais em {topic}"),
            Self::Es => format!("Más en {topic}"),
            Self::En => format!("More in {topic}"),
        }
    }

    /// The link from a topic's card to all its articles; the second text names the topic for those who hear links out of context.
    pub fn all_articles(self, count: usize, topic: &str) -> (String, String) {
        match self {
            Self::Pt => (format!("Ver os {count} artigos"), format!("Ver os {count} artigos de {topic}")),
            Self::Es => (format!("Ver los {count} artículos"), format!("Ver los {count} artículos de {topic}")),
            Self::En => (format!("See all {count} articles"), format!("See all {count} articles in {topic}")),
        }
    }
}

const PT: ArticleTexts = ArticleTexts {
    hero_title: "Como podemos ajudar?",
    hero_text: "Pergunte do seu jeito. Pode escrever a pergunta inteira.",
    most_read: "Mais lidos",
    to_begin_with: "Para começar",
    section_topics: "Assuntos desta seção",
    updated: "Atualizado em",
    reviewed: "Conferido em",
    applies_to: "Vale para:",
    in_this_article: "Neste artigo",
    link_copied: "Link copiado",
    helped: "Este artigo ajudou?",
    yes: "Sim",
    no: "Não",
    thanks: "Agradecemos a sua resposta",
    thanks_text: "Ela vai direto para quem escreve os artigos.",
    what_was_missing: "O que faltou?",
    reasons: ["Não respondeu à minha dúvida", "É difícil de entender", "Não é o que vejo na tela", "Segui os passos e não deu certo"],
    in_your_words: "Se preferir, conte com as suas palavras",
    what_helped: "O que mais ajudou?",
    optional: "(opcional)",
    comment_hint: "Uma frase basta. Não inclua dados pessoais: não respondemos aos comentários daqui.",
    send: "Enviar",
    back_to_article: "Voltar ao artigo",
    need_answer: "Precisa de uma resposta?",
    previous: "Anterior",
    next: "Próximo",
    see_also: "Veja também",
    not_solved: "Não resolveu?",
    tell_us: "Conte o que aconteceu. Alguém da equipe responde",
    no_articles: "Ainda não há artigos aqui.",
};

const ES: ArticleTexts = ArticleTexts {
    hero_title: "¿Cómo podemos ayudarte?",
    hero_text: "Pregunta con tus palabras. Puedes escribir la pregunta completa.",
    most_read: "Artículos más leídos",
    to_begin_with: "Para empezar",
    section_topics: "Temas de esta sección",
    updated: "Actualizado el",
    reviewed: "Verificado el",
    applies_to: "Se aplica en:",
    in_this_article: "En este artículo",
    link_copied: "Enlace copiado",
    helped: "¿Te ayudó este artículo?",
    yes: "Sí",
    no: "No",
    thanks: "Gracias por responder",
    thanks_text: "Tu respuesta llega directamente a quienes escriben los artículos.",
    what_was_missing: "¿Qué faltó?",
    reasons: ["No responde mi pregunta", "Es difícil de entender", "No es lo que veo en pantalla", "Seguí los pasos y no funcionó"],
    in_your_words: "Si prefieres, cuéntalo con tus palabras",
    what_helped: "¿Qué te ayudó más?",
    optional: "(opcional)",
    comment_hint: "Basta una frase. No incluyas datos personales: no respondemos los comentarios de aquí.",
    send: "Enviar",
    back_to_article: "Volver al artículo",
    need_answer: "¿Necesitas una respuesta?",
    previous: "Anterior",
    next: "Siguiente",
    see_also: "Consulta también",
    not_solved: "¿Aún necesitas ayuda?",
    tell_us: "Cuéntanos qué pasó. Alguien del equipo te responderá",
    no_articles: "Todavía no hay artículos aquí.",
};

const EN: ArticleTexts = ArticleTexts {
    hero_title: "How can we help?",
    hero_text: "Ask in your own words. You can type a full question.",
    most_read: "Most read",
    to_begin_with: "To begin with",
    section_topics: "Topics in this section",
    updated: "Updated on",
    reviewed: "Checked on",
    applies_to: "Applies to:",
    in_this_article: "In this article",
    link_copied: "Link copied",
    helped: "Was this article helpful?",
    yes: "Yes",
    no: "No",
    thanks: "Thanks for your feedback",
    thanks_text: "It goes straight to the people who write our articles.",
    what_was_missing: "What was missing?",
    reasons: ["It didn't answer my question", "It's hard to understand", "It doesn't match what I see", "I followed it and it didn't work"],
    in_your_words: "Or tell us in your own words",
    what_helped: "What helped most?",
    optional: "(optional)",
    comment_hint: "One sentence is enough. Please don't include personal information. We can't reply to comments here.",
    send: "Send",
    previous: "Previous",
    next: "Next",
    back_to_article: "Back to article",
    need_answer: "Need a reply?",
    see_also: "See also",
    not_solved: "Still need help?",
    tell_us: "Tell us what happened. Someone on our team will reply",
    no_articles: "No articles here yet.",
};
