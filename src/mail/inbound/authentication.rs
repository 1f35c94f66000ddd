//! Whether the mail server vouches for an email's sender (RFC 8601).

use super::email::InboundEmail;

impl InboundEmail {
    /// Whether the server named `authserv_id` noted that the sender's domain vouches for this email: DMARC passed, or did not fail and SPF or
    /// DKIM passed for the domain that people see. Notes of other servers don't count: whoever sends can write them. The topmost note is the
    /// receiving server's own; what stands in quotes or comments in it comes from the sender too.
    pub fn is_authenticated(&self, authserv_id: &str) -> bool {
        let note = self.headers("authentication-results").find_map(|value| {
            let (server, results) = value.split_once(';')?;
            let server = server.split_whitespace().next()?;
            (!authserv_id.is_empty() && server.eq_ignore_ascii_case(authserv_id)).then(|| said_by_server(&results.to_ascii_lowercase()))
        });
        let (Some(note), Some(sender)) = (note, &self.from) else { return false };
        let domain = sender.address.rsplit_once('@').map_or("", |(_, domain)| domain);
        // Servers write it in ASCII.
        let Ok(domain) = idna::domain_to_ascii(domain) else { return false };
        let domain = domain.as_str();
        let says = |result: &str| note.split(';').any(|part| part.split_whitespace().next() == Some(result));
        let passed_for_domain = |result: &str, properties: &[&str]| {
            note.split(';').map(str::split_whitespace).any(|mut words| {
                let of = |word: &str| properties.iter().find_map(|name| word.strip_prefix(name)).is_some_and(|value| speaks_for(value, domain));
                words.next() == Some(result) && words.any(of)
            })
        };
        // DMARC ties what passed to the domain that it read in From, which must be the one that we read there; without it that is for us to do.
        let passed_as_seen = || {
            note.split(';').map(str::split_whitespace).any(|mut words| {
                words.next() == Some("dmarc=pass") && words.any(|word| word.strip_prefix("header.from=").is_some_and(|from| from == domain))
            })
        };
        !says("dmarc=fail")
            && (passed_as_seen()
                || passed_for_domain("dkim=pass", &["header.d=", "header.i="])
                || passed_for_domain("spf=pass", &["smtp.mailfrom=", "smtp.mail="]))
    }
}

/// A server's note without quoted texts and comments (RFC 8601, 2.2): an envelope's sender may be called `"x; dmarc=pass"@evil.example`.
fn said_by_server(note: &str) -> String {
    let (mut said, mut chars, mut depth, mut is_quoted) = (String::new(), note.chars(), 0_usize, false);
    while let Some(char) = chars.next() {
        match char {
            '\\' => {
                chars.next();
            }
            '"' if depth == 0 => is_quoted = !is_quoted,
            '(' if !is_quoted => depth += 1,
            ')' if !is_quoted => depth = depth.saturating_sub(1),
            char if depth == 0 && !is_quoted => said.push(char),
            _ => {}
        }
    }
    said
}

/// Whether the domain of a property's value, with or without something before an `@`, is the sender's or one above it.
fn speaks_for(value: &str, domain: &str) -> bool {
    let of = value.rsplit_once('@').map_or(value, |(_, of)| of);
    of.contains('.') && (domain == of || domain.strip_suffix(of).is_some_and(|rest| rest.ends_with('.')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn email(raw: &str) -> InboundEmail {
        InboundEmail::parse(raw.replace('\n', "\r\n").as_bytes()).expect("an email")
    }

    #[test]
    fn only_the_configured_server_says_who_is_authenticated() {
        let says = |head: &str| email(&format!("{head}\nFrom: a@example.com\n\nTexto\n")).is_authenticated("mx.example.org");
        assert!(says("Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=a@example.com; dkim=pass header.d=example.com; dmarc=pass"));
        assert!(says("Authentication-Results: MX.example.org;\n dkim=pass (2048-bit key; \"unprotected\") header.d=example.com;\n spf=none"));
        assert!(says("Authentication-Results: mx.example.org; dmarc=none; spf=pass smtp.mailfrom=bounces@Example.com"));
        assert!(says("Authentication-Results: mx.example.org; spf=none; dmarc=pass (p=reject) header.from=Example.com"));
        assert!(
            email("Authentication-Results: mx.example.org; dmarc=pass header.from=xn--aa-4iaz.example\nFrom: zeca@açaí.example\n\nTexto\n")
                .is_authenticated("mx.example.org")
        );
        for bad in [
            "X-Nothing: here",
            "Authentication-Results: mx.example.org; none",
            "Authentication-Results: mx.example.org; spf=pass",
            "Authentication-Results: mx.example.org; spf=pass; dkim=pass; dmarc=fail",
            "Authentication-Results: mx.example.org; spf=fail; dkim=none; x=dmarc=pass",
            "Authentication-Results: mx.example.org; dmarc=none; dkim=pass header.d=evil.example; spf=pass smtp.mailfrom=eve@evil.example",
            "Authentication-Results: mx.example.org; dkim=pass header.d=sub.example.com; spf=pass smtp.mailfrom=a@notexample.com",
            "Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=\"x; dmarc=pass \"@evil.example; dkim=none; dmarc=none",
            "Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=\"x\\\"; dmarc=pass \"@evil.example",
            "Authentication-Results: mx.example.org; spf=pass (of x; dmarc=pass (y); dkim=pass header.d=example.com) smtp.mailfrom=eve@evil.example",
            "Authentication-Results: mx.example.org; dkim=pass header.d=com",
            "Authentication-Results: mx.example.org; dmarc=pass",
            "Authentication-Results: mx.example.org; dmarc=pass header.from=evil.example",
            "Authentication-Results: mx.example.org; dmarc=pass header.from=sub.example.com; spf=pass smtp.mailfrom=eve@evil.example",
            "Authentication-Results: mx.example.org; dmarc=pass header.from=example.com; dmarc=fail",
            "Authentication-Results: evil.example.com; dmarc=pass",
            "Authentication-Results: mx.example.org.evil.example.com; dmarc=pass",
            "Authentication-Results: mx.example.org; dmarc=fail\nAuthentication-Results: mx.example.org; dmarc=pass",
        ] {
            assert!(!says(bad), "{bad}");
        }
        assert!(!email("Authentication-Results: ; dmarc=pass\nFrom: a@example.com\n\nTexto\n").is_authenticated(""));
    }
}
