//! Cookies: few, for one purpose each, unreadable for scripts.

use axum::http::{HeaderMap, HeaderValue, header};

/// With HTTPS a browser takes such a cookie from this host alone, for all of it: no neighbor below the same domain can set it (RFC 6265bis, 4.1.3.2).
const OF_HOST: &str = "__Host-";

/// The value of a cookie of the request; `secure` as it was set.
pub fn read<'a>(headers: &'a HeaderMap, name: &str, secure: bool) -> Option<&'a str> {
    named(headers, secure).find_map(|(key, value)| (key == name).then_some(value))
}

/// Names of the cookies that begin with `start`, without what marks them as this host's.
pub fn names<'a>(headers: &'a HeaderMap, start: &'a str, secure: bool) -> impl Iterator<Item = &'a str> {
    named(headers, secure).map(|(name, _)| name).filter(move |name| name.starts_with(start))
}

fn named(headers: &HeaderMap, secure: bool) -> impl Iterator<Item = (&str, &str)> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.filter_map(move |(name, value)| Some((if secure { name.strip_prefix(OF_HOST)? } else { name }, value)))
}

/// A Set-Cookie value that scripts can't read and other sites' forms don't carry. With HTTPS it is bound to this host.
/// `name` and `value` are ours: letters, digits, `_`, `-`, `.`; anything else gives `None`.
pub fn set(name: &str, value: &str, max_age_seconds: i64, secure: bool) -> Option<HeaderValue> {
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte));
    if !plain(name) || !plain(value) {
        return None;
    }
    let (prefix, secure) = if secure { (OF_HOST, "; Secure") } else { ("", "") };
    HeaderValue::from_str(&format!("{prefix}{name}={value}; Path=/; Max-Age={max_age_seconds}; HttpOnly; SameSite=Lax{secure}")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("a=1; ticket=xyz; __Host-ticket=abc"));
        assert_eq!((read(&headers, "ticket", false), read(&headers, "tick", false)), (Some("xyz"), None));
        assert_eq!((read(&headers, "ticket", true), read(&headers, "a", true)), (Some("abc"), None), "a neighbor's is none");
        assert_eq!(names(&headers, "ti", true).collect::<Vec<_>>(), ["ticket"]);
    }

    #[test]
    fn with_https_it_is_this_hosts() {
        let set = set("ticket", "x", 60, true).expect("a cookie");
        assert_eq!(set.as_bytes(), b"__Host-ticket=x; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure");
    }

    #[test]
    fn nothing_can_be_smuggled_into_a_cookie() {
        assert!(set("ticket", "x; Domain=evil.example", 60, true).is_none());
        assert!(set("ticket", "x\r\n", 60, true).is_none());
    }
}
