//! An email address.

use email_address::{EmailAddress, Options};

use super::field::{FieldProblem, one_line};

/// The longest address that mail servers accept.
pub const EMAIL_MAX_CHARS: usize = 254;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email(String);

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_email_is_an_address_that_an_email_can_be_sent_to() {
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
}
