//! The words by which a message tells how urgent it is, in three languages: money or an account in somebody else's hands is urgent;
//! praise and suggestions can wait, unless something is wrong besides. How it is written (capitals, exclamation marks, "urgent") says nothing.

use crate::tickets::model::Priority;
use crate::values::fold;

/// In small letters without accents; an entry matches whole words in a row, of one with `*` the beginning.
const HIGH: &[&str] = &[
    // An account in somebody else's hands.
    "invadi*",
    "invasao",
    "hackea*",
    "hackeo",
    "hacked",
    "hijacked",
    "conta roubada",
    "roubaram minha conta",
    "roubaram a minha conta",
    "acesso indevido",
    "outra pessoa na minha conta",
    "cuenta robada",
    "me robaron la cuenta",
    "robaron mi cuenta",
    "acceso no autorizado",
    "otra persona en mi cuenta",
    "account stolen",
    "stolen account",
    "stole my account",
    "account was stolen",
    "unauthorized access",
    "unauthorised access",
    "someone else in my account",
    "account compromised",
    "account was compromised",
    "conta comprometida",
    // Fraud, and money taken that should not have been.
    "fraude*",
    "fraud",
    "fraudulent*",
    "um golpe",
    "num golpe",
    "e golpe",
    "foi golpe",
    "golpista*",
    "estafa*",
    "scam",
    "scammed",
    "scammer*",
    "phishing",
    "cartao clonado",
    "tarjeta clonada",
    "card was cloned",
    "stolen card",
    "cartao roubado",
    "tarjeta robada",
    "nao reconheco",
    "no reconozco",
    "don t recognise",
    "don t recognize",
    "do not recognise",
    "do not recognize",
    "cobrad* duas vezes",
    "cobrad* dos veces",
    "cobraron dos veces",
    "cobraram duas vezes",
    "cobro duplicado",
    "cobranca duplicada",
    "cobrado em dobro",
    "charged twice",
    "charged me twice",
    "double charge*",
    "billed twice",
    // Money that does not come out.
    "saque bloqueado",
    "retiro bloqueado",
    "saldo bloqueado",
    "dinheiro bloqueado",
    "dinero bloqueado",
    "blocked payout",
    "payout blocked",
    "payout is blocked",
    "payout was blocked",
    "withdrawal blocked",
];
const LOW: &[&str] = &[
    "sugestao",
    "sugestoes",
    "sugiro",
    "sugerir",
    "gostaria de sugerir",
    "parabens",
    "elogio*",
    "elogiar",
    "adorei",
    "amei",
    "sugerencia*",
    "sugiero",
    "quisiera sugerir",
    "felicitaciones",
    "felicidades",
    "enhorabuena",
    "me encanta",
    "me encanto",
    "suggestion*",
    "i suggest",
    "would suggest",
    "feature request",
    "it would be nice",
    "would be great if",
    "congratulations",
    "well done",
    "keep up the good work",
    "love the platform",
    "love your platform",
    "great job",
];
/// Something is wrong besides the praise.
const TROUBLE: &[&str] = &[
    "mas",
    "porem",
    "pero",
    "but",
    "however",
    "erro",
    "erros",
    "error",
    "errors",
    "problema*",
    "problem*",
    "nao consigo",
    "nao recebi",
    "nao chegou",
    "nao funciona*",
    "no puedo",
    "no recibi",
    "no llego",
    "no funciona*",
    "can t",
    "cannot",
    "couldn t",
    "doesn t work",
    "not working",
    "never arrived",
    "reembols*",
    "refund*",
    "cancel*",
    "cobr*",
    "charge*",
    "bloque*",
    "block*",
    "saque*",
    "retiro*",
    "payout*",
    "comiss*",
    "comision*",
    "commission*",
    "urgente",
    "urgent",
    "reclama*",
    "complain*",
];
/// What is said right before a word turns it around.
const NEGATIONS: &[&str] = &[
    "nao", "nunca", "jamais", "sem", "nem", "nenhum", "nenhuma", "no", "sin", "ni", "ningun", "ninguna", "not", "never", "without", "isn", "wasn",
    "hasn",
];
/// "no" denies before these, and right before what it denies; else it is Portuguese for "in the": "no sábado fui cobrado duas vezes".
const AFTER_NO: &[&str] = &["me", "te", "se", "nos", "fue", "fui", "fueron", "ha", "han", "he", "hubo", "hay", "es", "son", "era", "creo", "one"];
/// So many words may stand between the two.
const NEGATION_REACH: usize = 3;

/// What a text says of itself; `None`: nothing.
pub(crate) fn priority(subject: &str, message: &str) -> Option<Priority> {
    let clauses = clauses(&format!("{subject}\n{message}"));
    let says = |phrases: &[&str]| clauses.iter().any(|words| phrases.iter().any(|phrase| is_said(words, phrase)));
    if says(HIGH) {
        return Some(Priority::High);
    }
    let holds = |phrases: &[&str]| clauses.iter().any(|words| phrases.iter().any(|phrase| !places(words, phrase).is_empty()));
    (says(LOW) && !holds(TROUBLE)).then_some(Priority::Low)
}

/// The words of each part of a sentence: what is denied in one part is not denied in the next.
fn clauses(text: &str) -> Vec<Vec<String>> {
    let plain = fold(text);
    let parts = plain.split(['.', ',', ';', ':', '!', '?', '\n', '(', ')']);
    let words = |part: &str| part.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    parts.map(words).filter(|words: &Vec<String>| !words.is_empty()).collect()
}

fn is_said(words: &[String], phrase: &str) -> bool {
    places(words, phrase).into_iter().any(|at| {
        let before = &words[at.saturating_sub(NEGATION_REACH)..at];
        !before.iter().enumerate().any(|(place, word)| match before.get(place + 1) {
            Some(next) if word == "no" => AFTER_NO.contains(&next.as_str()),
            _ => NEGATIONS.contains(&word.as_str()),
        })
    })
}

/// Where a phrase begins.
fn places(words: &[String], phrase: &str) -> Vec<usize> {
    let wanted: Vec<&str> = phrase.split(' ').collect();
    let fits = |(word, wanted): (&String, &&str)| wanted.strip_suffix('*').map_or(word == wanted, |beginning| word.starts_with(beginning));
    let begins = |(at, found): (usize, &[String])| found.iter().zip(&wanted).all(fits).then_some(at);
    words.windows(wanted.len()).enumerate().filter_map(begins).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_or_an_account_in_other_hands_is_urgent_in_three_languages() {
        for text in [
            "Minha conta foi invadida ontem",
            "Invasão da minha conta",
            "Fui cobrada duas vezes",
            "Me cobraram duas vezes pelo mesmo curso",
            "Cobrança que não reconheço no cartão",
            "Caí em um golpe",
            "Meu saque bloqueado há três dias",
            "Hackearon mi cuenta",
            "Me cobraron dos veces",
            "Es una estafa",
            "No reconozco este cargo",
            "My account was hacked",
            "I was charged twice.",
            "I don't recognise this charge",
            "I don’t recognize this charge",
            "This looks like fraud",
            "My payout is blocked",
            "No, fui hackeado: ayuda",
            "No sábado fui cobrado duas vezes",
            "No meu cartão clonado apareceu outra compra",
        ] {
            assert_eq!(priority(text, "Por favor, help me."), Some(Priority::High), "{text}");
            assert_eq!(priority("Olá", &text.to_uppercase()), Some(Priority::High), "{text}");
        }
    }

    #[test]
    fn what_is_denied_is_not_urgent() {
        for text in [
            "Minha conta não foi invadida, só esqueci a senha",
            "Não fui cobrada duas vezes",
            "Mi cuenta no fue hackeada",
            "No me cobraron dos veces",
            "My account was not hacked",
            "My account wasn't hacked",
            "I was never charged twice",
            "Sem fraude",
            "No hubo fraude",
            "There was no fraud",
            "La aplicación se cerró de golpe",
        ] {
            assert_eq!(priority(text, "Como mudo meu e-mail?"), None, "{text}");
        }
    }

    #[test]
    fn shouting_raises_nothing() {
        for text in ["URGENTE!!! AJUDA AGORA", "QUERO UMA RESPOSTA JÁ!!!", "URGENT HELP NOW!!!", "É URGENTE, POR FAVOR"] {
            assert_eq!(priority(text, "COMO MUDO MEU E-MAIL???????"), None, "{text}");
        }
    }

    #[test]
    fn praise_and_suggestions_can_wait_unless_something_is_wrong() {
        for text in [
            "Uma sugestão para o aplicativo",
            "Parabéns pela plataforma",
            "Una sugerencia",
            "Felicitaciones",
            "Feature request",
            "I suggest a dark theme",
        ] {
            assert_eq!(priority(text, "Vocês são ótimos."), Some(Priority::Low), "{text}");
            assert_eq!(priority(text, "Mas não consigo entrar na minha conta."), None, "{text}");
            assert_eq!(priority(text, "Fui cobrado duas vezes."), Some(Priority::High), "{text}");
        }
        assert_eq!(priority("Não é uma sugestão", "Como mudo meu e-mail"), None);
        assert_eq!(priority("", ""), None);
    }

    #[test]
    fn long_and_strange_texts_end() {
        assert_eq!(priority("\u{0}\u{202e}", &"\u{301}".repeat(10_000)), None);
        assert_eq!(priority("a", &"nao ".repeat(2_500)), None);
    }
}
