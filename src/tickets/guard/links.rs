//! Links in a message, as addresses, in markup, and disguised, and what else it names to go on by.

use std::collections::BTreeSet;

/// Hosts that hide where a link leads.
const SHORTENERS: [&str; 8] = ["bit.ly", "tinyurl.com", "goo.gl", "t.co", "is.gd", "cutt.ly", "rebrand.ly", "ow.ly"];
/// Hosts of conversations elsewhere.
const CONVERSATIONS: [&str; 6] = ["t.me", "telegram.me", "wa.me", "api.whatsapp.com", "chat.whatsapp.com", "discord.gg"];
/// Ways to write a link that no program follows.
const DISGUISES: [&str; 7] = ["hxxp", "[.]", "[dot]", "(dot)", "[punto]", "(punto)", "(ponto)"];
/// Other hosts that lend a place to anybody: there only the whole address says whose it is.
const SHARED: [&str; 12] = [
    "calendly.com",
    "docs.google.com",
    "drive.google.com",
    "dropbox.com",
    "facebook.com",
    "forms.gle",
    "instagram.com",
    "linkedin.com",
    "sites.google.com",
    "tiktok.com",
    "youtu.be",
    "youtube.com",
];
/// Shorter ones are no telephone numbers, but dates and amounts.
const TELEPHONE_MIN_DIGITS: usize = 10;
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
        let found: Vec<&str> = words(&lower).filter_map(address).collect();
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

/// By whom or where a text wants to be answered, or its reader to go on: sites, mail addresses, handles, telephone numbers, each written in one way.
pub(super) fn contacts(text: &str) -> BTreeSet<String> {
    let lower = text.to_lowercase();
    let is_shared = |host: &str| [&SHORTENERS[..], &CONVERSATIONS, &SHARED].iter().any(|hosts| hosts.contains(&host));
    let site = |link: &str| {
        let host = host_of(link);
        let path = link.split_once(host).map_or("", |(_, path)| path).split(['?', '#']).next().unwrap_or_default();
        if is_shared(host) { format!("{host}{}", path.trim_end_matches('/')) } else { host.to_owned() }
    };
    let named = words(&lower).filter_map(|word| match address(word) {
        Some(link) => Some(site(link)),
        None => Some(bare(word)).filter(|word| word.len() > 3 && word.contains('@')).map(str::to_owned),
    });
    named.chain(telephones(&lower)).collect()
}

pub(super) fn has_telephone(text: &str) -> bool {
    !telephones(text).is_empty()
}

/// Their last digits: with and without the country's number they are the same.
fn telephones(text: &str) -> Vec<String> {
    let (mut found, mut digits) = (Vec::new(), String::new());
    for char in text.chars().chain(std::iter::once('\n')) {
        match char {
            '0'..='9' => digits.push(char),
            ' ' | '-' | '(' | ')' | '.' | '+' => {}
            _ => {
                if digits.len() >= TELEPHONE_MIN_DIGITS {
                    found.push(digits.split_off(digits.len() - TELEPHONE_MIN_DIGITS));
                }
                digits.clear();
            }
        }
    }
    found
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|char: char| char.is_whitespace() || "<>()\"[]|,;".contains(char))
}

/// Without the signs around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|char: char| ".:!?'*_".contains(char))
}

/// A word as an address, without the signs around it. Mail addresses are none.
fn address(word: &str) -> Option<&str> {
    let word = bare(word);
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
    use super::{Links, contacts, has_telephone};

    #[test]
    fn links_are_found_as_people_and_programs_write_them() {
        assert_eq!(Links::of("Veja https://a.example/x, b.example/y e www.c.example.").count, 3);
        assert_eq!(Links::of("maria@example.com pagou R$ 1.200,00 em 12.05 às 10.30").count, 0);
        assert!(Links::of("chama: wa.me/5500").conversation && Links::of("http://bit.ly/a").short);
        assert!(Links::of("rank[.]example").disguised && Links::of("[url=http://a.example]x[/url]").bbcode);
        assert_eq!(Links::of("").share, 0);
    }

    #[test]
    fn contacts_are_the_same_however_they_are_written() {
        let of = |text: &str| contacts(text).into_iter().collect::<Vec<_>>().join(" ");
        assert_eq!(of("Entra em https://www.Grupo.example/zap?x=1 ou grupo.example!"), "grupo.example");
        assert_eq!(of("https://t.me/Cursos/ e t.me/outros?start=1"), "t.me/cursos t.me/outros");
        assert_eq!(of("Fale com (Ana@Mail.example), @ana_livre. No dia 12/10/2026 paguei 1.200,00"), "@ana_livre ana@mail.example");
        assert_eq!(of("+999 (447) 000-1290 é o WhatsApp, 447 000 1290; HP4410028837"), "4410028837 4470001290");
        assert!(has_telephone("(11) 5555-01234") && !has_telephone("29/11/2026 10:30"));
        assert_eq!(of(""), "");
    }
}
