//! The code of a purchase.

use regex::Regex;
use serde::Deserialize;

use super::field::{FieldProblem, one_line, without_invisible};

pub const CODE_MAX_CHARS: usize = 64;

/// Stored without spaces, in capitals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransactionCode(String);

/// What a whole transaction code must match, as a regular expression.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "String")]
pub struct CodePattern {
    written: String,
    whole: Regex,
}

impl CodePattern {
    pub fn new(pattern: &str) -> Result<Self, regex::Error> {
        // On its own first: what is no expression by itself could become one between the brackets.
        Regex::new(pattern)?;
        Ok(Self { written: pattern.to_owned(), whole: Regex::new(&format!(r"\A(?:{pattern})\z"))? })
    }

    /// The pattern of the shipped settings.
    pub fn shipped() -> Self {
        // Written here: it always is an expression.
        Self::new("HP[0-9]+").unwrap_or_else(|error| unreachable!("{error}"))
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.written
    }
}

impl TryFrom<String> for CodePattern {
    type Error = &'static str;

    fn try_from(pattern: String) -> Result<Self, Self::Error> {
        Self::new(&pattern).map_err(|_| "code_pattern is not a regular expression; the shipped one is HP[0-9]+.")
    }
}

impl TransactionCode {
    /// Spaces and small letters are forgiven. Without a pattern any code is accepted.
    pub fn parse(typed: &str, pattern: Option<&CodePattern>) -> Result<Self, FieldProblem> {
        let code: String = one_line(&without_invisible(typed), 1, CODE_MAX_CHARS)?.split_whitespace().collect();
        let code = code.to_uppercase();
        match pattern {
            Some(pattern) if !pattern.whole.is_match(&code) => Err(FieldProblem::NotACode),
            _ => Ok(Self(code)),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_must_match_as_a_whole() {
        let pattern = CodePattern::new("HP[0-9]+|X").expect("a pattern");
        let parse = |typed| TransactionCode::parse(typed, Some(&pattern)).map(|code| code.0);
        assert_eq!(parse(" hp 0123 456 "), Ok("HP0123456".to_owned()));
        assert_eq!(parse("\u{200b}HP012\u{feff}3"), Ok("HP0123".to_owned()));
        for bad in ["HP", "HP12A", "AHP12", "HP12 please", "XX", "HP\u{664}"] {
            assert_eq!(parse(bad), Err(FieldProblem::NotACode), "{bad}");
        }
        assert_eq!(parse(&"9".repeat(65)), Err(FieldProblem::TooLong { max_chars: 64 }));
        assert!(CodePattern::new("(").is_err() && CodePattern::new("a)|(b").is_err());
    }
}
