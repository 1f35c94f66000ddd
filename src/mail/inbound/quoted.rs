//! Parts what somebody says from what their mail program put below it: the email that they answer, a signature.

/// The words that end the line above a quoted email.
const WROTE: [&str; 3] = ["escreveu:", "escribió:", "wrote:"];
/// How such a line begins.
const WHEN: [&str; 4] = ["em ", "no dia ", "el ", "on "];
/// Mail programs break such a line in up to so many.
const ATTRIBUTION_MAX_LINES: usize = 4;
const ORIGINAL: [&str; 4] = ["mensagem original", "mensaje original", "original message", "mensaje originario"];
const FROM: [&str; 2] = ["de:", "from:"];
const SENT: [&str; 8] = ["enviado:", "enviada em:", "enviado em:", "enviado el:", "sent:", "data:", "fecha:", "date:"];
const ADDRESSED: [&str; 5] = ["para:", "to:", "assunto:", "asunto:", "subject:"];
/// Lines that a phone or a mail program adds.
const SENT_FROM: [&str; 12] = [
    "enviado do meu ",
    "enviado de mi ",
    "enviado desde mi ",
    "enviado via ",
    "enviado do outlook",
    "enviado desde outlook",
    "enviado do yahoo",
    "sent from my ",
    "sent from outlook",
    "obter o outlook para ",
    "obtener outlook para ",
    "get outlook for ",
];
/// A longer line that begins like one of those is a sentence of the writer.
const SENT_FROM_MAX_CHARS: usize = 80;

/// An email's text in two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// What its writer says.
    pub said: String,
    /// What was cut off, in its order; `None` if nothing was.
    pub cut_off: Option<String>,
}

/// Cuts off quoted emails and signatures. An email that would have nothing left stays whole: better too much than nothing.
pub fn split(text: &str) -> Split {
    let lines: Vec<&str> = text.lines().collect();
    let (mut said, mut cut) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        if ends_what_is_said(&lines[at..]) {
            cut.extend_from_slice(&lines[at..]);
            break;
        }
        if let Some(count) = attribution(&lines[at..]) {
            let next = lines[at + count..].iter().find(|line| !line.trim().is_empty());
            if next.is_none_or(|next| !is_quoted(next)) {
                cut.extend_from_slice(&lines[at..]);
                break;
            }
            // Each quoted line bears a mark: what follows without one is the answer.
            cut.extend_from_slice(&lines[at..at + count]);
            at += count;
            continue;
        }
        if is_quoted(line) || is_sent_from(line) {
            cut.push(line)
        } else {
            said.push(line)
        }
        at += 1;
    }
    let said = joined(&said);
    let cut_off = joined(&cut);
    if said.is_empty() || cut_off.is_empty() {
        return Split { said: text.trim().to_owned(), cut_off: None };
    }
    Split { said, cut_off: Some(cut_off) }
}

fn joined(lines: &[&str]) -> String {
    // Outlook draws a line above what it quotes.
    let is_rule = |line: &str| line.trim().len() >= 20 && line.trim().chars().all(|char| char == '_');
    let kept = lines.iter().rposition(|line| !line.trim().is_empty() && !is_rule(line)).map_or(0, |last| last + 1);
    lines[..kept].join("\n").trim().to_owned()
}

fn is_quoted(line: &str) -> bool {
    line.trim_start().starts_with('>')
}

fn is_sent_from(line: &str) -> bool {
    let line = plain(line);
    line.chars().count() <= SENT_FROM_MAX_CHARS && SENT_FROM.iter().any(|start| line.starts_with(start))
}

/// In small letters, without the stars that stand for bold.
fn plain(line: &str) -> String {
    line.trim().replace(['*', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202c}'], "").to_lowercase()
}

/// The marks after which nothing is the writer's own: a signature's dashes, an original message, the head of a quoted email.
fn ends_what_is_said(lines: &[&str]) -> bool {
    let Some(first) = lines.first() else { return false };
    if first.trim_end() == "--" {
        return true;
    }
    let first = plain(first);
    let inner = first.trim_matches(['-', '_', ' ']);
    if first.starts_with("--") && ORIGINAL.contains(&inner) {
        return true;
    }
    if !FROM.iter().any(|label| first.starts_with(label)) {
        return false;
    }
    let head: Vec<String> = lines.iter().skip(1).filter(|line| !line.trim().is_empty()).take(4).map(|line| plain(line)).collect();
    let has = |labels: &[&str]| head.iter().any(|line| labels.iter().any(|label| line.starts_with(label)));
    has(&SENT) && has(&ADDRESSED)
}

/// How many lines "Em seg., 23 de nov. de 2026 às 09:00, … escreveu:" takes, where it begins here.
fn attribution(lines: &[&str]) -> Option<usize> {
    let first = plain(lines.first()?);
    if !WHEN.iter().any(|start| first.starts_with(start)) {
        return None;
    }
    let mut has_digit = false;
    for (number, line) in lines.iter().take(ATTRIBUTION_MAX_LINES).enumerate() {
        let line = plain(line);
        // It is never broken by an empty line.
        if line.is_empty() {
            return None;
        }
        has_digit |= line.contains(|char: char| char.is_ascii_digit());
        if WROTE.iter().any(|end| line.ends_with(end)) {
            // A date stands in it; "Em resumo, ele escreveu:" is a sentence.
            return has_digit.then_some(number + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_cut(text: &str, said: &str) {
        let split = split(text);
        assert_eq!(split.said, said, "{text}");
        let cut = split.cut_off.expect("something was cut off");
        for word in text.split_whitespace().filter(|word| !word.starts_with("____")) {
            assert!(split.said.contains(word) || cut.contains(word), "{word} was lost of: {text}");
        }
    }

    #[test]
    fn what_mail_programs_quote_is_cut_off_and_kept() {
        for quote in [
            "Em seg., 23 de nov. de 2026 às 09:00, Suporte <s@example.com> escreveu:\n\n> Olá!\n> Tudo bem?",
            "Em seg., 23 de nov. de 2026 às 09:00, Suporte da Empresa\n<support+abc@example.com> escreveu:\n\nOlá!\nTudo bem?",
            "El lun, 23 nov 2026 a las 9:00, Soporte (<s@example.com>) escribió:\n\n> ¡Hola!",
            "On Mon, Nov 23, 2026 at 9:00 AM Support <s@example.com> wrote:\n\n> Hi,\n>> deeper",
            "No dia 23/11/2026, às 09:00, Suporte escreveu:\n\nOlá!",
            "________________________________\nDe: Suporte <s@example.com>\nEnviado: segunda-feira, 23 de novembro de 2026 09:00\nPara: Maria\nAssunto: x\n\nOlá!",
            "*De:* Suporte\n*Enviada em:* segunda-feira\n*Para:* Maria\n*Assunto:* x\n\nOlá!",
            "From: Support\nSent: Monday, November 23, 2026 9:00 AM\nTo: Maria\nSubject: x\n\nHi",
            "-----Mensagem original-----\nDe: Suporte\nOlá!",
            "----- Original Message -----\nHi",
            "-----Mensaje original-----\nHola",
            "-- \nMaria Souza\nLoja da Maria",
            "Enviado do meu iPhone",
            "Sent from my Galaxy\n\nOn 23 Nov 2026, at 09:00, Support wrote:\n\n> Hi",
            "> Olá!\n> Tudo bem?",
        ] {
            assert_cut(&format!("Ainda não chegou.\n\nO que eu faço?\n\n{quote}"), "Ainda não chegou.\n\nO que eu faço?");
        }
    }

    #[test]
    fn an_answer_below_or_between_quoted_lines_is_kept() {
        assert_cut(
            "Em 23/11/2026 09:00, Suporte escreveu:\n> Qual é o código?\n\nHP123\n\n> E o e-mail?\nmaria@example.com",
            "HP123\n\nmaria@example.com",
        );
    }

    #[test]
    fn sentences_that_only_look_alike_stay() {
        for text in [
            "Em resumo, o vendedor me escreveu:\nnão vou devolver.",
            "On the page somebody wrote:\nclosed",
            "De: onde vem a cobrança?\nNão sei.",
            "Enviado do meu celular foi o comprovante que vocês pediram na semana passada, mas ele não aparece na página.",
            "a -- b",
            "Em 2026 comprei.\n\nDepois ele escreveu:\nnada",
        ] {
            assert_eq!(split(text), Split { said: text.to_owned(), cut_off: None });
        }
    }

    #[test]
    fn an_email_that_is_nothing_but_quoted_stays_whole() {
        for text in ["> a\n> b", "-- \nMaria", "Enviado do meu iPhone", ""] {
            assert_eq!(split(text), Split { said: text.to_owned(), cut_off: None });
        }
    }

    #[test]
    fn long_and_odd_texts_end() {
        // Were each line to look through all that follow it, one of these would take minutes.
        let started = std::time::Instant::now();
        for text in ["On \n".repeat(50_000), "De:\n".repeat(50_000), "\n".repeat(100_000), ">".repeat(200_000), "\u{202a}--\u{202c}".into()] {
            let _ = split(&text);
        }
        assert!(started.elapsed() < std::time::Duration::from_secs(5), "took {:?}", started.elapsed());
    }
}
