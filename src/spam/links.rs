//! Links in a message, as addresses, in markup, and disguised.

/// Hosts that hide where a link leads.
const SHORTENERS: [&str; 8] = ["bit.ly", "tinyurl.com", "goo.gl", "t.co", "is.gd", "cutt.ly", "rebrand.ly", "ow.ly"];
/// Hosts of conversations elsewhere.
const CONVERSATIONS: [&str; 6] = ["t.me", "telegram.me", "wa.me", "api.whatsapp.com", "chat.whatsapp.com", "discord.gg"];
/// Ways to write a link that no program follows.
const DISGUISES: [&str; 7] = ["hxxp", "[.]", "[dot]", "(dot)", "[punto]", "(punto)", "(ponto)"];
/// Files that are run when they are opened, or that hide such a file.
const PROGRAMS: [&str; 6] = [".exe", ".iso", ".scr", ".zip", ".apk", ".msi"];

/// What there is of links in a text.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Links {
    pub count: usize,
    pub short: bool,
    pub conversation: bool,
    pub program: bool,
    pub disguised: bool,
    /// `[url=…]`, as forums take it: no customer writes it here.
    pub bbcode: bool,
    /// `<a href`; creators do paste their pages' code.
    pub anchors: usize,
    /// Hundredths of the text's characters.
    pub share: usize,
}

impl Links {
    pub(super) fn of(text: &str) -> Self {
        let lower = text.to_lowercase();
        let found: Vec<&str> = lower.split(|char: char| char.is_whitespace() || "<>()\"[]|,;".contains(char)).filter_map(address).collect();
        let on = |hosts: &[&str]| found.iter().any(|link| hosts.iter().any(|host| host_of(link) == *host));
        let chars: usize = found.iter().map(|link| link.chars().count()).sum();
        Self {
            count: found.len(),
            short: on(&SHORTENERS),
            conversation: on(&CONVERSATIONS),
            program: found.iter().any(|link| PROGRAMS.iter().any(|ending| link.ends_with(ending))),
            disguised: DISGUISES.iter().any(|disguise| lower.contains(disguise)),
            bbcode: lower.contains("[url") || lower.contains("[/url]"),
            anchors: lower.matches("<a href").count(),
            share: chars * 100 / lower.chars().count().max(1),
        }
    }
}

/// A word as an address, without the signs around it. Email addresses are none.
fn address(word: &str) -> Option<&str> {
    let word = word.trim_matches(|char: char| ".:!?'*_".contains(char));
    let word = word.strip_prefix("url=").unwrap_or(word);
    if word.contains("://") {
        return Some(word);
    }
    let host = word.split(['/', '?', '#']).next().unwrap_or_default();
    let (name, ending) = host.rsplit_once('.')?;
    let sound = |label: &str| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let is_host = name.split('.').all(sound) && ending.len() >= 2 && ending.bytes().all(|byte| byte.is_ascii_lowercase());
    (is_host && name.bytes().any(|byte| byte.is_ascii_alphabetic())).then_some(word)
}

fn host_of(link: &str) -> &str {
    let after = link.split_once("://").map_or(link, |(_, after)| after);
    after.split(['/', '?', '#', ':']).next().unwrap_or_default().trim_start_matches("www.")
}

#[cfg(test)]
mod tests {
    use super::Links;

    #[test]
    fn links_are_found_as_people_and_programs_write_them() {
        assert_eq!(Links::of("Veja https://a.example/x, b.example/y e www.c.example.").count, 3);
        assert_eq!(Links::of("maria@example.com pagou R$ 1.200,00 em 12.05 às 10.30").count, 0);
        assert!(Links::of("chama: wa.me/5500").conversation && Links::of("http://bit.ly/a").short);
        assert!(Links::of("rank[.]example").disguised && Links::of("[url=http://a.example]x[/url]").bbcode);
        assert_eq!(Links::of("").share, 0);
    }
}
