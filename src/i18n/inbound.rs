//! Words about emails that came in. `{address}` and `{files}` are filled in.

use super::Lang;

pub struct InboundTexts {
    /// In place of a subject or a text that is missing.
    pub no_subject: &'static str,
    pub no_text: &'static str,
    /// Notes for staff.
    pub from_another: &'static str,
    pub files_refused: &'static str,
    pub was_too_large: &'static str,
    pub text_cut: &'static str,
    pub encrypted: &'static str,
    /// `{address}` is where answers are to go by the email's own word, `{sender}` where they go.
    pub reply_to: &'static str,
    /// Behind a file's name.
    pub file_too_large: &'static str,
    pub file_too_many: &'static str,
    pub file_no_room: &'static str,
    pub file_kind: &'static str,
    pub file_damaged: &'static str,
    pub file_empty: &'static str,
    pub file_heic: &'static str,
    pub file_winmail: &'static str,
    pub file_encrypted: &'static str,
    pub file_nameless: &'static str,
    /// `{n}` files whose names are not told.
    pub one_file: &'static str,
    pub more_files: &'static str,
}

impl Lang {
    pub fn inbound(self) -> &'static InboundTexts {
        match self {
            Self::Pt => &PT,
            Self::Es => &ES,
            Self::En => &EN,
        }
    }

    /// The language that a text seems to be written in; `None` where its little words don't tell.
    pub fn of_text(text: &str) -> Option<Self> {
        let words: Vec<String> = text.split(|char: char| !char.is_alphabetic()).take(WORDS_LOOKED_AT).map(str::to_lowercase).collect();
        let count = |of: &[&str]| words.iter().filter(|word| of.contains(&word.as_str())).count();
        let mut counts = [(count(PT_WORDS), Self::Pt), (count(ES_WORDS), Self::Es), (count(EN_WORDS), Self::En)];
        // Letters that only one of them has.
        counts[0].0 += text.chars().filter(|char| "ãõç".contains(*char)).count();
        counts[1].0 += text.chars().filter(|char| "ñ¿¡".contains(*char)).count();
        counts.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        (counts[0].0 > counts[1].0).then_some(counts[0].1)
    }
}

const WORDS_LOOKED_AT: usize = 2_000;
/// Words that one of the three languages has and the others don't.
const PT_WORDS: &[&str] = &[
    "não",
    "nao",
    "é",
    "são",
    "podem",
    "vocês",
    "você",
    "eu",
    "meu",
    "minha",
    "meus",
    "olá",
    "ola",
    "oi",
    "uma",
    "um",
    "com",
    "em",
    "no",
    "na",
    "do",
    "da",
    "dos",
    "das",
    "ao",
    "pelo",
    "pela",
    "obrigado",
    "obrigada",
    "fui",
    "foi",
    "está",
    "estou",
    "já",
    "mas",
    "compra",
    "pagamento",
    "ainda",
    "bom",
    "boa",
    "isso",
    "são",
];
const ES_WORDS: &[&str] = &[
    "el", "los", "las", "del", "yo", "mi", "mis", "hola", "una", "un", "con", "en", "al", "gracias", "fue", "está", "estoy", "ya", "pero", "pago",
    "usted", "ustedes", "por", "favor", "buenos", "buenas", "muy", "todavía", "aún", "y", "hace", "puedo", "tengo", "sin", "esto", "son", "cuando",
];
const EN_WORDS: &[&str] = &[
    "the", "i", "my", "is", "are", "was", "and", "to", "of", "in", "it", "not", "have", "has", "hello", "hi", "thanks", "thank", "you", "please",
    "with", "for", "on", "this", "that", "but", "can", "how", "what", "when", "still", "payment", "purchase", "been", "get", "an",
];

const PT: InboundTexts = InboundTexts {
    no_subject: "(sem assunto)",
    no_text: "(sem texto)",
    from_another: "Esta mensagem veio de outro endereço ({address}) e foi aceita pela equipe.",
    files_refused: "Arquivos que não foram salvos: {files}.",
    was_too_large: "A mensagem era grande demais para ser baixada inteira. O original está marcado na caixa de entrada.",
    text_cut: "O texto era longo demais para ser salvo inteiro. O original está na caixa de entrada.",
    encrypted: "A mensagem veio criptografada ou assinada de um modo que não dá para abrir aqui. O original está na caixa de entrada; peça ao cliente que escreva sem criptografia.",
    reply_to: "O e-mail pede respostas para {address}. As respostas deste chamado vão para {sender}.",
    file_too_large: "grande demais",
    file_too_many: "arquivos demais",
    file_no_room: "muitos arquivos na última hora",
    file_kind: "tipo não aceito",
    file_damaged: "danificado",
    file_empty: "vazio",
    file_heic: "foto HEIC: envie como JPEG",
    file_winmail: "pacote que só o Outlook abre: envie os arquivos como anexos comuns",
    file_encrypted: "criptografado: envie sem criptografia",
    file_nameless: "sem nome",
    one_file: "1 arquivo",
    more_files: "{n} arquivos",
};

const ES: InboundTexts = InboundTexts {
    no_subject: "(sin asunto)",
    no_text: "(sin texto)",
    from_another: "Este mensaje llegó desde otra dirección ({address}) y el equipo lo aceptó.",
    files_refused: "Archivos que no se guardaron: {files}.",
    was_too_large: "El mensaje era demasiado grande para descargarlo entero. El original está marcado en la bandeja de entrada.",
    text_cut: "El texto era demasiado largo para guardarlo entero. El original está en la bandeja de entrada.",
    encrypted: "El mensaje llegó cifrado o firmado de una forma que aquí no se puede abrir. El original está en la bandeja de entrada; pide al cliente que escriba sin cifrado.",
    reply_to: "El correo pide que las respuestas vayan a {address}. Las respuestas de esta solicitud van a {sender}.",
    file_too_large: "demasiado grande",
    file_too_many: "demasiados archivos",
    file_no_room: "muchos archivos en la última hora",
    file_kind: "tipo no admitido",
    file_damaged: "dañado",
    file_empty: "vacío",
    file_heic: "foto HEIC: envíala como JPEG",
    file_winmail: "paquete que solo Outlook abre: envía los archivos como adjuntos normales",
    file_encrypted: "cifrado: envíalo sin cifrado",
    file_nameless: "sin nombre",
    one_file: "1 archivo",
    more_files: "{n} archivos",
};

const EN: InboundTexts = InboundTexts {
    no_subject: "(No subject)",
    no_text: "(No text)",
    from_another: "This message came from another address ({address}) and was accepted by staff.",
    files_refused: "Files not saved: {files}.",
    was_too_large: "The message was too large to download in full. The original is flagged in the mailbox.",
    text_cut: "The text was too long to save in full. The original is in the mailbox.",
    encrypted: "The message is encrypted, or its signature wraps the text up, and it can't be opened here. The original is in the mailbox. Ask the customer to write without encryption.",
    reply_to: "This email asks for replies to {address}. Replies in this ticket go to {sender}.",
    file_too_large: "too large",
    file_too_many: "too many files",
    file_no_room: "too many files in the last hour",
    file_kind: "file type not supported",
    file_damaged: "damaged",
    file_empty: "empty",
    file_heic: "HEIC photo: send it as a JPEG",
    file_winmail: "a package that only Outlook can open: send the files as regular attachments",
    file_encrypted: "encrypted: send it without encryption",
    file_nameless: "no name",
    one_file: "1 file",
    more_files: "{n} files",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_of_an_email_is_told_by_its_little_words() {
        assert_eq!(Lang::of_text("Olá, não recebi o acesso ao curso que comprei ontem."), Some(Lang::Pt));
        assert_eq!(Lang::of_text("O código é HP123. Podem verificar?"), Some(Lang::Pt));
        assert_eq!(Lang::of_text("¿El código?"), Some(Lang::Es));
        assert_eq!(Lang::of_text("Hola, no recibí el acceso al curso y ya hice el pago."), Some(Lang::Es));
        assert_eq!(Lang::of_text("Hi, I have not received the course that I bought."), Some(Lang::En));
        for unclear in ["", "HP0123456789", "\u{0}\u{1}", "こんにちは"] {
            assert_eq!(Lang::of_text(unclear), None, "{unclear}");
        }
    }
}
