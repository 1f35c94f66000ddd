//! A word that staff put on a ticket.

use super::field::FieldProblem;

pub const TAG_MAX_CHARS: usize = 40;

/// One word in small letters, digits and hyphens.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tag(String);

impl Tag {
    /// Capitals are forgiven.
    pub fn parse(typed: &str) -> Result<Self, FieldProblem> {
        let word = typed.trim().to_lowercase();
        match word.chars().count() {
            0 => Err(FieldProblem::Missing),
            count if count > TAG_MAX_CHARS => Err(FieldProblem::TooLong { max_chars: TAG_MAX_CHARS }),
            _ if word.chars().all(|char| char.is_alphanumeric() || char == '-') => Ok(Self(word)),
            _ => Err(FieldProblem::NotOneLine),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::Tag;

    #[test]
    fn a_tag_is_one_word() {
        assert_eq!(Tag::parse(" Refund ").map(|tag| tag.0).ok().as_deref(), Some("refund"));
        for bad in ["", " ", "two words", "a,b", "a\nb", &"a".repeat(41)] {
            assert!(Tag::parse(bad).is_err(), "{bad:?}");
        }
    }
}
