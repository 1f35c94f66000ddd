//! Cookies: few, for one purpose each, unreadable for scripts.

use axum::http::{HeaderMap, HeaderValue, header};

/// The value of a cookie of the request.
pub fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .find_map(|pair| pair.trim().split_once('=').filter(|(key, _)| *key == name).map(|(_, value)| value))
}

/// A Set-Cookie value that scripts can't read and other sites' forms don't carry. With HTTPS it is bound to this host.
/// `name` and `value` are ours: letters, digits, `_`, `-`, `.`; anything else gives `None`.
pub fn set(name: &str, value: &str, max_age_seconds: i64, secure: bool) -> Option<HeaderValue> {
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte));
    if !plain(name) || !plain(value) {
        return None;
    }
    let secure = if secure { "; Secure" } else { "" };
    HeaderValue::from_str(&format!("{name}={value}; Path=/; Max-Age={max_age_seconds}; HttpOnly; SameSite=Lax{secure}")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("a=1; ticket=xyz"));
        assert_eq!((read(&headers, "ticket"), read(&headers, "tick")), (Some("xyz"), None));
    }

    #[test]
    fn nothing_can_be_smuggled_into_a_cookie() {
        assert!(set("ticket", "x; Domain=evil.example", 60, true).is_none());
        assert!(set("ticket", "x\r\n", 60, true).is_none());
    }
}
