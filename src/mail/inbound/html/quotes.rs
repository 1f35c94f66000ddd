//! The elements by which mail programs tell what they quote and where a signature begins.

/// What an element holds, by its class or id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// A quoted email, or the line above one.
    Quote,
    Signature,
    Other,
}

const QUOTE: [&str; 17] = [
    "gmail_quote",
    "gmail_quote_container",
    "gmail_attr",
    "moz-cite-prefix",
    "moz-forward-container",
    "yahoo_quoted",
    "protonmail_quote",
    "zmail_extra",
    "zmail_extra_hr",
    "divrplyfwdmsg",
    "appendonsend",
    "olk_src_body_section",
    "mail-editor-reference-message-container",
    "ms-outlook-mobile-reference-message",
    "reply-intro",
    "replyforwardheader",
    "tutanota_quote",
];
const SIGNATURE: [&str; 4] = ["gmail_signature", "moz-signature", "protonmail_signature_block", "ms-outlook-mobile-signature"];
const SIGNATURE_ID: &str = "signature";

/// What stands before each fact in a quoted email's head, in small letters.
const LABELS: [&str; 17] = [
    "de",
    "from",
    "enviado",
    "enviada em",
    "enviado em",
    "enviado el",
    "sent",
    "data",
    "fecha",
    "date",
    "para",
    "to",
    "cc",
    "assunto",
    "asunto",
    "subject",
    "bcc",
];

/// Outlook puts `x_` before the names in an email that it quotes.
pub(super) fn holds(class: &str, id: &str) -> Holds {
    let plain = |name: &str| name.to_ascii_lowercase().trim_start_matches("x_").to_owned();
    let id = plain(id);
    // A class of such a name is anybody's.
    if id == SIGNATURE_ID {
        return Holds::Signature;
    }
    let names: Vec<String> = class.split_ascii_whitespace().map(plain).chain((!id.is_empty()).then_some(id)).collect();
    let is = |known: &[&str]| names.iter().any(|name| known.contains(&name.as_str()));
    match () {
        () if is(&SIGNATURE) => Holds::Signature,
        () if is(&QUOTE) => Holds::Quote,
        () => Holds::Other,
    }
}

/// Whether a line stands in a quoted email's head.
pub(super) fn is_in_head(line: &str) -> bool {
    line.split_once(':').is_some_and(|(label, _)| is_label(label))
}

/// Whether bold words stand before one of the facts in such a head.
pub(super) fn is_label(words: &str) -> bool {
    let words = words.trim().trim_end_matches(':').trim_end();
    words.len() <= 20 && LABELS.contains(&words.to_lowercase().as_str())
}
