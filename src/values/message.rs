//! What people write: subject, name, message.

use super::field::{FieldProblem, check_length, one_line};

pub const SUBJECT_MIN_CHARS: usize = 3;
pub const SUBJECT_MAX_CHARS: usize = 140;
pub const NAME_MAX_CHARS: usize = 100;
/// Shorter ones ("help", "???") can't be answered.
pub const MESSAGE_MIN_CHARS: usize = 10;
pub const MESSAGE_MAX_CHARS: usize = 10_000;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject(String);

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonName(String);

/// The first word of a name: what a person is called where the whole is too much.
pub fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}

/// Several lines of plain text; lines end with `\n`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageBody(String);

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

impl MessageBody {
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
    fn a_message_keeps_its_lines_and_loses_what_nobody_can_see() {
        assert_eq!(MessageBody::parse(" one\r\ntwo\rthree\0\u{7}\tfour \n").map(|message| message.0), Ok("one\ntwo\nthree\tfour".to_owned()));
        assert_eq!(MessageBody::parse("\0\0\0"), Err(FieldProblem::Missing));
        assert_eq!(MessageBody::parse("help me"), Err(FieldProblem::TooShort { min_chars: 10 }));
        assert!(MessageBody::parse(&"é".repeat(10_000)).is_ok());
        assert_eq!(MessageBody::parse(&"é".repeat(10_001)), Err(FieldProblem::TooLong { max_chars: 10_000 }));
    }
}
