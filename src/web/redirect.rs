//! Redirects to paths that may hold any characters.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// What a Location header can't carry as it is. The percent sign stays, so that encoded paths pass unchanged.
const UNSAFE: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'{').add(b'|').add(b'}');

/// 302: the target may be another one next time.
pub fn found(path: &str) -> Response {
    to(StatusCode::FOUND, path)
}

/// 303: the form was accepted, its result stands there.
pub fn see_other(path: &str) -> Response {
    to(StatusCode::SEE_OTHER, path)
}

/// 301: the page has moved for good.
pub fn moved(path: &str) -> Response {
    to(StatusCode::MOVED_PERMANENTLY, path)
}

/// Only paths of this site are followed: anything else leads home.
fn to(status: StatusCode, path: &str) -> Response {
    let path = if path.starts_with('/') && !path.starts_with("//") { path } else { "/" };
    let encoded = utf8_percent_encode(path, UNSAFE).to_string();
    let location = HeaderValue::from_str(&encoded).unwrap_or(HeaderValue::from_static("/"));
    (status, [(header::LOCATION, location)]).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn location(response: &Response) -> &str {
        response.headers()[header::LOCATION].to_str().expect("ASCII")
    }

    #[test]
    fn a_path_with_any_characters_becomes_a_header() {
        assert_eq!(location(&see_other("/pt/ação\r\nSet-Cookie: x")), "/pt/a%C3%A7%C3%A3o%0D%0ASet-Cookie:%20x");
    }

    #[test]
    fn a_redirect_never_leaves_the_site() {
        for path in ["//evil.example", "https://evil.example", ""] {
            assert_eq!(location(&found(path)), "/");
        }
        assert_eq!(location(&found("/\\evil.example")), "/%5Cevil.example");
    }
}
