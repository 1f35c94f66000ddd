//! Words that stand inside the text of an article.

use super::Lang;

pub struct MarkdownTexts {
    /// Titles of the five alerts.
    pub note: &'static str,
    pub tip: &'static str,
    pub important: &'static str,
    pub warning: &'static str,
    pub caution: &'static str,
    /// Names a table that stands under no heading.
    pub table: &'static str,
    /// Names the list of footnotes, and one footnote with its number.
    pub footnotes: &'static str,
    pub footnote: &'static str,
    pub back_to_text: &'static str,
    /// Names the link beside a heading; its words follow.
    pub link_to: &'static str,
    /// Names a drawn chart, and what unfolds below it.
    pub chart: &'static str,
    pub in_words: &'static str,
}

impl Lang {
    pub fn markdown(self) -> &'static MarkdownTexts {
        match self {
            Self::Pt => &PT,
            Self::Es => &ES,
            Self::En => &EN,
        }
    }
}

const PT: MarkdownTexts = MarkdownTexts {
    note: "Nota",
    tip: "Dica",
    important: "Importante",
    warning: "Atenção",
    caution: "Cuidado",
    table: "Tabela",
    footnotes: "Notas",
    footnote: "Nota",
    back_to_text: "Voltar ao texto",
    link_to: "Link para este trecho",
    chart: "Diagrama. A versão em texto vem logo abaixo.",
    in_words: "Diagrama em texto",
};

const ES: MarkdownTexts = MarkdownTexts {
    note: "Nota",
    tip: "Consejo",
    important: "Importante",
    warning: "Atención",
    caution: "Cuidado",
    table: "Tabla",
    footnotes: "Notas",
    footnote: "Nota",
    back_to_text: "Volver al texto",
    link_to: "Enlace a esta parte",
    chart: "Diagrama. La versión en texto está justo debajo.",
    in_words: "Diagrama en texto",
};

const EN: MarkdownTexts = MarkdownTexts {
    note: "Note",
    tip: "Tip",
    important: "Important",
    warning: "Warning",
    caution: "Caution",
    table: "Table",
    footnotes: "Notes",
    footnote: "Note",
    link_to: "Link to this section",
    back_to_text: "Back to text",
    chart: "Diagram. A text version follows.",
    in_words: "Text version of this diagram",
};
