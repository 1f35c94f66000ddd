//! Who is named in a note: `@` and a first name, a whole name without its spaces, or what stands before the `@` of an email address.

use crate::staff::Member;
use crate::values::{first_name, fold};

/// Those of the team whom a note names. A first name that several have names all of them.
pub(super) fn of<'m>(note: &str, members: &'m [Member]) -> Vec<&'m Member> {
    let named = names(&fold(note));
    let is_named = |member: &&Member| keys(member).iter().any(|key| named.contains(key));
    members.iter().filter(is_named).collect()
}

/// What stands after each `@` that begins a word; that of an address does not.
fn names(folded: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in folded.match_indices('@') {
        if folded[..at].ends_with(|char: char| char.is_alphanumeric() || matches!(char, '_' | '-' | '+')) {
            continue;
        }
        let rest = &folded[at + 1..];
        let end = rest.find(|char: char| !is_of_name(char)).unwrap_or(rest.len());
        // The end of a sentence, and what English puts behind a name.
        let whole = rest[..end].trim_end_matches(|char: char| !char.is_alphanumeric());
        let owner = whole.split(['\'', '’']).next().unwrap_or(whole);
        found.extend([plain(whole), plain(owner)]);
    }
    found
}

fn is_of_name(char: char) -> bool {
    char.is_alphanumeric() || matches!(char, '.' | '_' | '-' | '+' | '\'' | '’')
}

fn plain(name: &str) -> String {
    name.chars().filter(|char| !matches!(char, '\'' | '’')).collect()
}

/// What somebody can be called by.
fn keys(member: &Member) -> Vec<String> {
    let name = fold(&member.name);
    let before_at = member.email.split('@').next().unwrap_or_default();
    let keys = [first_name(&name).to_owned(), name.split_whitespace().collect(), fold(before_at)];
    keys.iter().map(|key| plain(key)).filter(|key| !key.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn a_name_ends_where_its_word_ends_and_an_address_names_nobody() {
        for (note, found) in [
            ("@ana", "ana"),
            ("Oi, @ana: veja.", "ana"),
            ("(@ana.lima)", "ana.lima"),
            ("@ana.", "ana"),
            ("@@ana", "ana"),
            ("@d'avila", "davila"),
            ("@ana's", "ana"),
        ] {
            assert!(names(note).contains(&found.to_owned()), "{note}");
        }
        for note in ["ana@example.com", "x_@ana", "ana", "@ ana"] {
            assert!(!names(note).iter().any(|name| name.starts_with("ana") || name.starts_with("example")), "{note}");
        }
    }
}
