//! Where a reader comes from, as far as that is a page of this site. Our pages let browsers say so to ourselves only, and a script is not needed.

use axum::http::{HeaderMap, Uri, header};

use super::{form, language};
use crate::i18n::Lang;

/// The language and a value of the page that the browser came from, where that is `/{lang}/{page}` on this site.
pub fn came_from(headers: &HeaderMap, page: &str, name: &str) -> Option<(Lang, String)> {
    let uri: Uri = headers.get(header::REFERER)?.to_str().ok()?.parse().ok()?;
    let host = headers.get(header::HOST)?.to_str().ok()?;
    let lang = language::of_path(uri.path())?;
    let is_ours = uri.authority().is_some_and(|authority| authority.as_str() == host) && uri.path() == format!("/{}/{page}", lang.code());
    let pairs = form::pairs(uri.query()?.as_bytes());
    form::value(&pairs, name).filter(|_| is_ours).map(|value| (lang, value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages_tell_where_a_reader_comes_from() {
        let headers = |referer: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, "help.example".parse().expect("a host"));
            headers.insert(header::REFERER, referer.parse().expect("an address"));
            headers
        };
        let ours = headers("https://help.example/pt/search?q=segunda+via&section=");
        assert_eq!(came_from(&ours, "search", "q"), Some((Lang::Pt, "segunda via".to_owned())));
        assert_eq!(came_from(&ours, "contact", "asked"), None);
        for other in ["https://evil.example/pt/search?q=x", "https://help.example/pt/search", "https://help.example/pt/buyer?q=x", "/pt/search?q=x"] {
            assert_eq!(came_from(&headers(other), "search", "q"), None, "{other}");
        }
    }
}
