//! An email address.

use email_address::{EmailAddress, Options};

use super::field::{FieldProblem, one_line, without_invisible};

/// The longest address that mail servers accept.
pub const EMAIL_MAX_CHARS: usize = 254;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// Letters beyond ASCII are refused before the `@`: in practice they are typing errors, and most servers would refuse them later, unseen. A domain
    /// may have them (RFC 5890): it is kept as people read it, and sent by [`Self::ascii`]. Invisible characters come along when an address is pasted.
    pub fn parse(typed: &str) -> Result<Self, FieldProblem> {
        let text = one_line(&without_invisible(typed), 1, EMAIL_MAX_CHARS)?;
        let text = with_readable_domain(&text).ok_or(FieldProblem::NotAnEmail)?;
        let ascii = Self(text.clone()).ascii();
        let options = Options::default().with_required_tld().without_display_text().without_domain_literal();
        let is_plain = ascii.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"()<>[],;:\\".contains(&byte));
        if !is_plain || ascii.len() > EMAIL_MAX_CHARS || EmailAddress::parse_with_options(&ascii, options).is_err() {
            return Err(FieldProblem::NotAnEmail);
        }
        Ok(Self(text))
    }

    /// As typed; a domain beyond ASCII in small letters.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As mail servers know it: `açaí.example` is `xn--aa-4iaz.example`.
    pub fn ascii(&self) -> String {
        ascii_address(&self.0)
    }

    /// The same for all spellings in capitals and small letters: what limits and look-ups use.
    pub fn key(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

/// An address with its domain in ASCII; as it is where it has none.
pub fn ascii_address(address: &str) -> String {
    let Some((local, domain)) = address.rsplit_once('@') else { return address.to_owned() };
    if domain.is_ascii() {
        return address.to_owned();
    }
    idna::domain_to_ascii(domain).map_or_else(|_| address.to_owned(), |domain| format!("{local}@{domain}"))
}

/// With its domain in the one form of its letters, where it has letters beyond ASCII or stands for some; `None` where that is no domain.
fn with_readable_domain(address: &str) -> Option<String> {
    let Some((local, domain)) = address.rsplit_once('@') else { return Some(address.to_owned()) };
    let has_label = domain.split('.').any(|label| label.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("xn--")));
    if domain.is_ascii() && !has_label {
        return Some(address.to_owned());
    }
    let (readable, valid) = idna::domain_to_unicode(&idna::domain_to_ascii_strict(domain).ok()?);
    valid.ok()?;
    Some(format!("{local}@{readable}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_email_is_an_address_that_an_email_can_be_sent_to() {
        for good in
            ["maria@example.com", " Maria.Silva+curso@mail.example.com.br ", "o'brien@example.ie", "a@xn--exmple-cua.com", "zeca@açaí.example"]
        {
            let email = Email::parse(good).unwrap_or_else(|problem| panic!("{good}: {problem:?}"));
            assert!(email.ascii().parse::<lettre::Address>().is_ok(), "{good}");
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
    fn an_international_domain_is_one_however_it_is_written_and_is_sent_in_ascii() {
        for typed in
            ["zeca@açaí.example", "zeca@AÇAÍ.example", "zeca@ac\u{327}ai\u{301}.example", "zeca@xn--aa-4iaz.example", "zeca@XN--AA-4IAZ.example"]
        {
            let email = Email::parse(typed).unwrap_or_else(|problem| panic!("{typed}: {problem:?}"));
            assert_eq!(
                (email.as_str(), email.key().as_str(), email.ascii().as_str()),
                ("zeca@açaí.example", "zeca@açaí.example", "zeca@xn--aa-4iaz.example")
            );
        }
        for bad in ["zeca@açaí", "a@xn--a.example", "a@\u{337}.example", "a@-ç.example", "ç@açaí.example"] {
            assert_eq!(Email::parse(bad), Err(FieldProblem::NotAnEmail), "{bad}");
        }
    }

    #[test]
    fn what_can_not_be_seen_is_dropped() {
        for typed in ["ana@example.com\u{200b}", "\u{202a}ana@example.com\u{202c}", "\u{feff}ana@exam\u{ad}ple.com ", "\u{2060}ana@example.com"] {
            assert_eq!(Email::parse(typed).map(|email| email.0), Ok("ana@example.com".to_owned()), "{typed:?}");
        }
        assert_eq!(Email::parse("\u{200b}"), Err(FieldProblem::Missing));
    }
}
