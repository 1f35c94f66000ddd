//! The values of the contact form. Each can only be made by `parse`, so whoever holds one holds a valid one.

use email_address::{EmailAddress, Options};
use regex::Regex;

pub const SUBJECT_MIN_CHARS: usize = 3;
pub const SUBJECT_MAX_CHARS: usize = 140;
pub const NAME_MAX_CHARS: usize = 100;
/// The longest address that mail servers accept.
pub const EMAIL_MAX_CHARS: usize = 254;
pub const CODE_MAX_CHARS: usize = 64;
/// Shorter ones ("help", "???") can't be answered.
pub const MESSAGE_MIN_CHARS: usize = 10;
pub const MESSAGE_MAX_CHARS: usize = 10_000;

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldProblem {
    Missing,
    TooShort {
        min_chars: usize,
    },
    TooLong {
        max_chars: usize,
    },
    /// A line break or a control character where one line of text is wanted.
    NotOneLine,
    NotAnEmail,
    NotACode,
    UnknownChoice,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject(String);

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonName(String);

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email(String);

/// Stored without spaces, in capitals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransactionCode(String);

/// Several lines of plain text; lines end with `\n`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message(String);

/// What a whole transaction code must match.
#[derive(Debug, Clone)]
pub struct CodePattern(Regex);

impl Subject {
    pub fn parse(typed: &str) -> Result<Self, FieldProblem> {
        one_line(typed, SUBJECT_MIN_CHARS, SUBJECT_MAX_CHARS).map(Self)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl PersonName {
    pub fn parse(typed: &str) -> Result<Self, FieldProblem> {
        one_line(typed, 1, NAME_MAX_CHARS).map(Self)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Email {
    /// Letters beyond ASCII are refused: in practice they are typing errors, and most servers would refuse them later, unseen.
    pub fn parse(typed: &str) -> Result<Self, FieldProblem> {
        let text = one_line(typed, 1, EMAIL_MAX_CHARS)?;
        let options = Options::default().with_required_tld().without_display_text().without_domain_literal();
        let is_plain = text.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"()<>[],;:\\".contains(&byte));
        if !is_plain || EmailAddress::parse_with_options(&text, options).is_err() {
            return Err(FieldProblem::NotAnEmail);
        }
        Ok(Self(text))
    }

    /// As typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same for all spellings in capitals and small letters: what limits and look-ups use.
    pub fn key(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

impl CodePattern {
    pub fn new(pattern: &str) -> Result<Self, regex::Error> {
        // On its own first: what is no expression by itself could become one between the brackets.
        Regex::new(pattern)?;
        Regex::new(&format!(r"\A(?:{pattern})\z")).map(Self)
    }
}

impl TransactionCode {
    /// Spaces and small letters are forgiven. Without a pattern any code is accepted.
    pub fn parse(typed: &str, pattern: Option<&CodePattern>) -> Result<Self, FieldProblem> {
        let code: String = one_line(typed, 1, CODE_MAX_CHARS)?.split_whitespace().collect();
        let code = code.to_uppercase();
        match pattern {
            Some(pattern) if !pattern.0.is_match(&code) => Err(FieldProblem::NotACode),
            _ => Ok(Self(code)),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Message {
    /// Control characters that come along with pasted text are dropped; tabs and line breaks stay.
    pub fn parse(typed: &str) -> Result<Self, FieldProblem> {
        Self::of_length(typed, MESSAGE_MIN_CHARS)
    }

    /// Something said where others have spoken before: "Yes" is enough.
    pub fn parse_reply(typed: &str) -> Result<Self, FieldProblem> {
        Self::of_length(typed, 1)
    }

    fn of_length(typed: &str, min_chars: usize) -> Result<Self, FieldProblem> {
        let text: String =
            typed.replace("\r\n", "\n").replace('\r', "\n").chars().filter(|&char| matches!(char, '\n' | '\t') || !char.is_control()).collect();
        let text = text.trim();
        check_length(text, min_chars, MESSAGE_MAX_CHARS)?;
        Ok(Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

pub(super) fn one_line(typed: &str, min_chars: usize, max_chars: usize) -> Result<String, FieldProblem> {
    let text = typed.trim();
    check_length(text, min_chars, max_chars)?;
    if text.chars().any(|char| char.is_control() || matches!(char, '\u{2028}' | '\u{2029}')) {
        return Err(FieldProblem::NotOneLine);
    }
    Ok(text.to_owned())
}

fn check_length(text: &str, min_chars: usize, max_chars: usize) -> Result<(), FieldProblem> {
    match text.chars().count() {
        0 => Err(FieldProblem::Missing),
        count if count < min_chars => Err(FieldProblem::TooShort { min_chars }),
        count if count > max_chars => Err(FieldProblem::TooLong { max_chars }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_one_line_of_3_to_140_characters() {
        assert_eq!(Subject::parse("  Não recebi \u{1f4e6} ").map(|subject| subject.0), Ok("Não recebi \u{1f4e6}".to_owned()));
        assert_eq!(Subject::parse(" \t "), Err(FieldProblem::Missing));
        assert_eq!(Subject::parse("ab"), Err(FieldProblem::TooShort { min_chars: 3 }));
        assert!(Subject::parse(&"ã".repeat(140)).is_ok());
        assert_eq!(Subject::parse(&"ã".repeat(141)), Err(FieldProblem::TooLong { max_chars: 140 }));
        for hostile in ["abc\r\nBcc: x@example.com", "abc\0def", "abc\u{2028}def", "abc\u{1b}[2Jdef", "abc\u{85}def"] {
            assert_eq!(Subject::parse(hostile), Err(FieldProblem::NotOneLine), "{hostile:?}");
        }
    }

    #[test]
    fn an_email_is_an_address_that_a_mail_can_be_sent_to() {
        for good in ["maria@example.com", " Maria.Silva+curso@mail.example.com.br ", "o'brien@example.ie", "a@xn--exmple-cua.com"] {
            let email = Email::parse(good).unwrap_or_else(|problem| panic!("{good}: {problem:?}"));
            assert!(email.as_str().parse::<lettre::Address>().is_ok(), "{good}");
        }
        for bad in [
            "maria",
            "maria@",
            "@example.com",
            "maria@localhost",
            "maria@example..com",
            "maria example@example.com",
            "Maria <maria@example.com>",
            "joão@example.com",
            "a@example.com,b@example.com",
            "a@[127.0.0.1]",
            "\"a b\"@example.com",
            "a@example.com>",
        ] {
            assert_eq!(Email::parse(bad), Err(FieldProblem::NotAnEmail), "{bad}");
        }
        assert_eq!(Email::parse("a@example.com\r\nBcc: b@example.com"), Err(FieldProblem::NotOneLine));
        assert!(Email::parse(&format!("{}@example.com", "a".repeat(300))).is_err());
        assert_eq!(Email::parse("Maria@Example.COM").map(|email| email.key()), Ok("maria@example.com".to_owned()));
    }

    #[test]
    fn a_code_must_match_as_a_whole() {
        let pattern = CodePattern::new("HP[0-9]+|X").expect("a pattern");
        let parse = |typed| TransactionCode::parse(typed, Some(&pattern)).map(|code| code.0);
        assert_eq!(parse(" hp 0123 456 "), Ok("HP0123456".to_owned()));
        for bad in ["HP", "HP12A", "AHP12", "HP12 please", "XX", "HP\u{664}"] {
            assert_eq!(parse(bad), Err(FieldProblem::NotACode), "{bad}");
        }
        assert_eq!(parse(&"9".repeat(65)), Err(FieldProblem::TooLong { max_chars: 64 }));
        assert!(CodePattern::new("(").is_err() && CodePattern::new("a)|(b").is_err());
    }

    #[test]
    fn a_message_keeps_its_lines_and_loses_what_nobody_can_see() {
        assert_eq!(Message::parse(" one\r\ntwo\rthree\0\u{7}\tfour \n").map(|message| message.0), Ok("one\ntwo\nthree\tfour".to_owned()));
        assert_eq!(Message::parse("\0\0\0"), Err(FieldProblem::Missing));
        assert_eq!(Message::parse("help me"), Err(FieldProblem::TooShort { min_chars: 10 }));
        assert!(Message::parse(&"é".repeat(10_000)).is_ok());
        assert_eq!(Message::parse(&"é".repeat(10_001)), Err(FieldProblem::TooLong { max_chars: 10_000 }));
    }
}
