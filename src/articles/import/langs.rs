//! Languages in the names of folders and files.

use crate::i18n::Lang;

/// Codes that stand in names of folders of translations, beside ours.
const OTHER_CODES: [&str; 54] = [
    "ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "cy", "da", "de", "el", "em", "et", "eu", "fa", "fi", "fr", "ga", "gl", "he", "hi", "hr", "hu",
    "hy", "id", "it", "ja", "ka", "kk", "km", "ko", "lt", "lv", "mk", "ms", "nb", "nl", "no", "pl", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "ta",
    "th", "tr", "uk", "ur", "vi", "zh",
];

/// What a name says about a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    Ours(Lang),
    /// One in which a help center can't be read here.
    Other,
}

/// The language of a code such as `pt`, `pt-BR`, `es_419` or `zh-cn`.
pub(super) fn of_code(code: &str) -> Option<Named> {
    let lower = code.to_ascii_lowercase();
    let (plain, region) = lower.split_once(['-', '_']).map_or((lower.as_str(), None), |(plain, region)| (plain, Some(region)));
    if region.is_some_and(|region| !(2..=4).contains(&region.len()) || !region.bytes().all(|byte| byte.is_ascii_alphanumeric())) {
        return None;
    }
    match Lang::parse(plain) {
        Some(lang) => Some(Named::Ours(lang)),
        None => OTHER_CODES.contains(&plain).then_some(Named::Other),
    }
}

/// The name of a file without the language at its end: `guide.pt-br` is `guide` in Portuguese.
pub(super) fn of_stem(stem: &str) -> (&str, Option<Named>) {
    match stem.rsplit_once('.').and_then(|(plain, code)| Some((plain, of_code(code)?))) {
        Some((plain, named)) => (plain, Some(named)),
        None => (stem, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_with_regions_are_the_languages() {
        for (code, named) in [
            ("pt", Some(Named::Ours(Lang::Pt))),
            ("pt-BR", Some(Named::Ours(Lang::Pt))),
            ("es_419", Some(Named::Ours(Lang::Es))),
            ("EN-us", Some(Named::Ours(Lang::En))),
            ("zh-cn", Some(Named::Other)),
            ("guides", None),
            ("en-getting-started", None),
        ] {
            assert_eq!(of_code(code), named, "{code}");
        }
        assert_eq!(of_stem("guide.pt-br"), ("guide", Some(Named::Ours(Lang::Pt))));
        assert_eq!(of_stem("v1.2"), ("v1.2", None));
    }
}
