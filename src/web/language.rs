//! Which language a new visitor reads.

use crate::i18n::Lang;

/// Ranges of an Accept-Language header that are looked at.
const MAX_RANGES: usize = 20;

/// The help centre's language that the header (RFC 9110, 12.5.4) likes best, if it names one of them at all.
pub fn preferred(accept_language: &str) -> Option<Lang> {
    let mut best: Option<(f32, Lang)> = None;
    for range in accept_language.split(',').take(MAX_RANGES) {
        let mut parts = range.split(';');
        let tag = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
        let weight = parts.find_map(|part| part.trim().strip_prefix("q=")?.trim().parse::<f32>().ok()).unwrap_or(1.0);
        let Some(lang) = Lang::parse(tag.split('-').next().unwrap_or_default()) else { continue };
        if weight > 0.0 && best.is_none_or(|(heaviest, _)| weight > heaviest) {
            best = Some((weight, lang));
        }
    }
    best.map(|(_, lang)| lang)
}

/// The language of an address path, `/es/…`.
pub fn of_path(path: &str) -> Option<Lang> {
    Lang::parse(path.strip_prefix('/')?.split('/').next()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_known_language_wins() {
        assert_eq!(preferred("fr, es-MX;q=0.8, pt;q=0.9"), Some(Lang::Pt));
        assert_eq!(preferred("en-GB,en;q=0.9"), Some(Lang::En));
        assert_eq!(preferred("pt;q=0, es;q=0.1"), Some(Lang::Es));
        assert_eq!(preferred("fr, *;q=0.1"), None);
        assert_eq!(preferred(";;q=,,q=\u{0}"), None);
    }
}
