//! Links of a text after an article has moved: those to it, and those of its own, which are relative to its folder.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag};

use crate::articles::front_matter as front;
use crate::articles::markdown::{linked_folder, options, relative};
use crate::articles::problem::Findings;

/// A text that is in one folder and will be in another, or in the same.
pub(super) struct Move<'a> {
    pub(super) from: &'a str,
    pub(super) to: &'a str,
}

/// The file's text with its links led where they led before, `renamed` having taken place, and how many were changed. Nothing but the
/// addresses of links is touched.
pub(super) fn relink(text: &str, own: &Move<'_>, renamed: &Move<'_>) -> (String, usize) {
    let start = text.len() - body(text).len();
    let mut changes: Vec<(Range<usize>, String)> = links(&text[start..])
        .into_iter()
        .filter_map(|place| {
            let place = place.start + start..place.end + start;
            let led = lead(&text[place.clone()], own, renamed)?;
            Some((place, led))
        })
        .collect();
    changes.sort_by_key(|(place, _)| place.start);
    changes.dedup_by_key(|(place, _)| place.start);
    let mut written = text.to_owned();
    for (place, led) in changes.iter().rev() {
        written.replace_range(place.clone(), led);
    }
    (written, changes.len())
}

/// What stands below the front matter; all of it where there is none.
fn body(text: &str) -> &str {
    let plain = text.strip_prefix('\u{feff}').unwrap_or(text);
    front::split(plain, &mut Findings::new("")).map_or(plain, |split| split.body)
}

/// Where the addresses of links stand.
fn links(body: &str) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    let mut events = Parser::new_ext(body, options()).into_offset_iter();
    for (event, range) in events.by_ref() {
        if let Event::Start(Tag::Link { link_type: LinkType::Inline, dest_url, .. }) = event {
            places.extend(place_of(body, range, &dest_url, &["](", "](<"]));
        }
    }
    for (_, definition) in events.reference_definitions().iter() {
        places.extend(place_of(body, definition.span.clone(), &definition.dest, &["]: ", "]:", "]: <"]));
    }
    places
}

/// Where an address stands within a link, behind one of its beginnings. One that is written with escapes is not found; the check at the end of
/// a renaming tells.
fn place_of(body: &str, within: Range<usize>, address: &str, beginnings: &[&str]) -> Option<Range<usize>> {
    let written = body.get(within.clone())?;
    beginnings.iter().find_map(|beginning| {
        let start = within.start + written.rfind(&format!("{beginning}{address}"))? + beginning.len();
        Some(start..start + address.len())
    })
}

/// The address anew, where it must change.
fn lead(address: &str, own: &Move<'_>, renamed: &Move<'_>) -> Option<String> {
    let folder = linked_folder(address, own.from)?;
    let target = if folder == renamed.from { renamed.to } else { &folder };
    if own.from == own.to && target == folder {
        return None;
    }
    let (path, anchor) = address.split_once('#').map_or((address, None), |(path, anchor)| (path, Some(anchor)));
    let mut led = relative(own.to, target);
    if !path.ends_with('/') {
        led.truncate(led.trim_end_matches('/').len());
    }
    let anchor = anchor.map_or_else(String::new, |anchor| format!("#{anchor}"));
    let led = format!("{led}{anchor}");
    (led != address).then_some(led)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_from_an_article_to_any_folder() {
        for (from, to, path) in [
            ("a/b/c", "a/b/d", "../d/"),
            ("a/b/c", "a/x/d", "../../x/d/"),
            ("a/b/c", "x/y/z", "../../../x/y/z/"),
            ("a/b/c", "a/b", "../"),
            ("a/b/c", "a", "../../"),
            ("a/b/c", "", "../../../"),
            ("a/b/c", "a/b/c", "../c/"),
        ] {
            assert_eq!(relative(from, to), path, "{from} to {to}");
            assert_eq!(linked_folder(path, from).as_deref(), Some(to), "{path}");
        }
    }

    #[test]
    fn only_the_addresses_of_links_change() {
        let text = "---\ntitle: ../old/ x\n---\nA [b](../old/), `[c](../old/)`, [d](../old#e \"t\"), [f][g], [h](https://x.org/../old/), [i](<../old/>).\n\n[g]: ../old/\n";
        let here = Move { from: "s/t/here", to: "s/t/here" };
        let (changed, count) = relink(text, &here, &Move { from: "s/t/old", to: "s/u/new" });
        assert_eq!(count, 4);
        assert_eq!(
            changed,
            "---\ntitle: ../old/ x\n---\nA [b](../../u/new/), `[c](../old/)`, [d](../../u/new#e \"t\"), [f][g], [h](https://x.org/../old/), [i](<../../u/new/>).\n\n[g]: ../../u/new/\n"
        );
    }
}
