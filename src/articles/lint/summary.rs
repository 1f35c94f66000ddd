//! A summary that says what the article is about, where it should answer: the search shows it in place of the article.

use super::text::{Block, Text};
use crate::articles::problem::Findings;
use crate::i18n::Lang;

/// Words that begin a list of contents or a promise ("How to …") and never an answer.
fn openers(lang: Lang) -> &'static [&'static str] {
    match lang {
        Lang::Pt => &[
            "onde",
            "como",
            "o que",
            "quando",
            "quanto",
            "quanto tempo",
            "por que",
            "qual",
            "quais",
            "veja",
            "saiba",
            "entenda",
            "conheça",
            "descubra",
            "aprenda",
            "tudo sobre",
        ],
        Lang::Es => &[
            "dónde",
            "cómo",
            "qué",
            "cuándo",
            "cuánto",
            "cuánto tiempo",
            "por qué",
            "cuál",
            "cuáles",
            "mira cómo",
            "conoce",
            "descubre",
            "aprende",
            "entiende",
            "todo sobre",
        ],
        Lang::En => &[
            "where",
            "how",
            "what",
            "when to",
            "why",
            "which",
            "learn",
            "find out",
            "discover",
            "see how",
            "understand",
            "everything about",
            "all about",
        ],
    }
}

/// Question words that make a list of contents of what stands behind a comma.
fn askers(lang: Lang) -> &'static [&'static str] {
    match lang {
        Lang::Pt => &["onde", "como", "quando", "o que", "até quando", "quanto", "por que"],
        Lang::Es => &["dónde", "cómo", "cuándo", "qué", "hasta cuándo", "cuánto", "por qué"],
        Lang::En => &["where", "how", "when", "what", "until when", "why", "which"],
    }
}

pub(super) fn check(text: &Text, findings: &mut Findings) {
    if !answers(&text.summary, text.lang) {
        let what = "The summary says what the article is about and does not answer.";
        findings.taste(text.summary.line(), what, "Answer in one or two sentences, as you would tell a person: it is what the search shows.");
    }
}

/// Whether any sentence of it states something.
fn answers(summary: &Block, lang: Lang) -> bool {
    let mut sentences = summary.sentences().peekable();
    // That there is none is said elsewhere.
    sentences.peek().is_none() || sentences.any(|(_, sentence)| states(sentence, lang))
}

fn states(sentence: &str, lang: Lang) -> bool {
    let sentence = sentence.trim_start_matches(['¿', '¡', '"', '“']).to_lowercase();
    if sentence.ends_with('?') {
        return false;
    }
    let promises = openers(lang).iter().any(|opener| begins_with(&sentence, opener));
    // "Reembolso: onde pedir, até quando e como".
    let topics = sentence.split([',', ':', ';']).filter(|part| askers(lang).iter().any(|asker| begins_with(part.trim(), asker))).count();
    !promises && topics < 2
}

fn begins_with(text: &str, words: &str) -> bool {
    text.strip_prefix(words).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_answers_when_it_states_something() {
        let judge = |lang, summary: &str| answers(&Block::at(summary, 3), lang);
        for (lang, summary) in [
            (Lang::Pt, "Onde pedir, até quando e o que ter em mãos."),
            (Lang::Pt, "Reembolso: onde pedir, até quando, como acompanhar."),
            (Lang::Es, "Cómo pedir tu reembolso."),
            (Lang::Es, "¿Necesitas ayuda?"),
            (Lang::En, "How to ask for a refund."),
            (Lang::En, "Where to ask. When to ask."),
        ] {
            assert!(!judge(lang, summary), "{summary}");
        }
        for (lang, summary) in [
            (Lang::Pt, "Peça em refund.hotmart.com enquanto a garantia valer: o dinheiro volta em até 7 dias."),
            (Lang::Pt, "Comodidade não é garantia."),
            (Lang::Es, "¿No ves la compra? Entra con el correo que usaste al pagar."),
            (Lang::En, "When the guarantee is over, only the creator can give the money back."),
            (Lang::En, ""),
        ] {
            assert!(judge(lang, summary), "{summary}");
        }
    }
}
