//! Words as they stand in addresses: lower case, accents folded, hyphens.

use super::text::quoted;
use crate::values::fold;

pub(super) const SLUG_MAX_CHARS: usize = 80;

/// Words that are addresses of their own and so can't be slugs.
pub(super) const RESERVED_SLUGS: [&str; 4] = ["search", "contact", "requests", "feed.xml"];

/// Longer words than this are not compared for a "did you mean".
const NEAREST_MAX_CHARS: usize = 200;

/// A slug made from a title; empty when no letter or digit of it can stand in an address.
pub(super) fn slugify(text: &str) -> String {
    let mut slug = String::new();
    for letter in fold(text).chars() {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if !matches!(letter, '\'' | '’') && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    if slug.len() > SLUG_MAX_CHARS {
        let cut = slug[..=SLUG_MAX_CHARS].rfind('-').unwrap_or(SLUG_MAX_CHARS);
        slug.truncate(cut);
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// What is wrong with a slug that somebody wrote, and how to fix it.
pub(super) fn slug_fault(slug: &str) -> Option<(String, String)> {
    if RESERVED_SLUGS.contains(&slug) {
        return Some((format!("The slug {} is an address of the help center itself.", quoted(slug)), "Choose another slug.".into()));
    }
    if !slug.is_empty() && slugify(slug) == slug {
        return None;
    }
    let made = slugify(slug);
    let fix = if made.is_empty() || RESERVED_SLUGS.contains(&made.as_str()) {
        format!("Write lower-case letters a to z, digits and single hyphens, at most {SLUG_MAX_CHARS} characters.")
    } else {
        format!("Write \"{made}\": lower-case letters a to z, digits and single hyphens, at most {SLUG_MAX_CHARS} characters.")
    };
    Some((format!("{} can't stand in an address.", quoted(slug)), fix))
}

/// The candidate that a mistyped word most likely means, in whatever case; `None` when nothing is near.
pub(super) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.to_lowercase().chars().take(NEAREST_MAX_CHARS).collect();
    let limit = (word.len() / 4).max(2);
    candidates
        .into_iter()
        .filter(|candidate| candidate.chars().count().abs_diff(word.len()) <= limit)
        .map(|candidate| (distance(&word, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

/// " Did you mean "x"?", or nothing: the end of a fix.
pub(super) fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    nearest(word, candidates).map_or_else(String::new, |candidate| format!(" Did you mean \"{candidate}\"?"))
}

/// Letters to add, drop or change to make one word of the other.
fn distance(word: &[char], other: &str) -> usize {
    let mut row: Vec<usize> = (0..=word.len()).collect();
    for (line, letter) in other.chars().enumerate() {
        let mut corner = row[0];
        row[0] = line + 1;
        for column in 0..word.len() {
            let change = corner + usize::from(word[column] != letter);
            corner = row[column + 1];
            row[column + 1] = change.min(corner + 1).min(row[column] + 1);
        }
    }
    row[word.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_lower_case_without_accents() {
        assert_eq!(slugify("Não consigo acessar: o que faço?"), "nao-consigo-acessar-o-que-faco");
        assert_eq!(slugify("  Straße & Ætt  "), "strasse-aett");
        assert_eq!(slugify("Don’t panic"), "dont-panic");
        assert_eq!(slugify("返品"), "");
    }

    #[test]
    fn a_long_slug_is_cut_between_words() {
        let slug = slugify(&"palavra ".repeat(40));
        assert!(slug.len() <= SLUG_MAX_CHARS && slug.ends_with("palavra"), "{slug}");
        assert_eq!(slugify(&"x".repeat(500)).len(), SLUG_MAX_CHARS);
    }

    #[test]
    fn reserved_and_odd_slugs_are_refused() {
        for slug in ["search", "feed.xml", "", "Como-Pedir", "a--b", "-a", "a/b", "../x", "ação"] {
            assert!(slug_fault(slug).is_some(), "{slug}");
        }
        assert_eq!(slug_fault("como-pedir-reembolso"), None);
    }

    #[test]
    fn the_nearest_word_is_named_only_when_it_is_near() {
        assert_eq!(nearest("sumary", ["title", "summary"]), Some("summary"));
        assert_eq!(nearest("colour", ["title", "summary"]), None);
    }
}
