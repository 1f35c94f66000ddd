//! Drawings as SVG: only those that hold nothing but the drawing. A browser shows a picture of a page without running what stands in it, but
//! somebody may open its address by itself, so what could run or load something never gets that far.

use super::problem::Findings;

/// What a drawing has no need of. Elements and attributes that run or load something, and the ways to write them otherwise.
const REFUSED: [(&str, &str); 12] = [
    ("<script", "a script"),
    ("<foreignobject", "a foreignObject"),
    ("<iframe", "a frame"),
    ("<image", "another picture"),
    ("<!doctype", "a DOCTYPE"),
    ("<!entity", "an entity"),
    ("<?xml-stylesheet", "a style sheet"),
    ("javascript:", "a script"),
    ("@import", "a style sheet from elsewhere"),
    ("<set", "an animation"),
    ("<animate", "an animation"),
    ("\\", "a backslash"),
];

/// Width and height of a drawing that is safe to show; what is wrong with it goes to `findings`.
pub(super) fn size(bytes: &[u8], findings: &mut Findings) -> Option<(usize, usize)> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        findings.broken(1, "The drawing is not UTF-8 text.", "Save it again as plain SVG.");
        return None;
    };
    let lower = text.to_ascii_lowercase();
    let refused = REFUSED.iter().find(|(sign, _)| lower.contains(sign)).map(|(_, name)| *name);
    if let Some(what) = refused.or_else(|| loads_or_runs(&lower)) {
        findings.broken(1, format!("The drawing holds {what}."), "Save it as plain SVG: shapes, text and styles of its own alone.");
        return None;
    }
    let Some(size) = root(text).and_then(measure) else {
        findings.broken(1, "The drawing does not say how large it is.", "Write viewBox=\"0 0 WIDTH HEIGHT\" into its <svg> tag.");
        return None;
    };
    Some(size)
}

/// Whether bytes look like a drawing at all.
pub(super) fn is_svg(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok_and(|text| root(text).is_some())
}

/// What stands in the `<svg …>` tag, where nothing but the XML declaration, comments and space comes before it.
fn root(text: &str) -> Option<&str> {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        let end = if rest.starts_with("<?xml ") {
            "?>"
        } else if rest.starts_with("<!--") {
            "-->"
        } else {
            break;
        };
        rest = rest.split_once(end)?.1.trim_start();
    }
    let tag = rest.strip_prefix("<svg")?.split_once('>')?.0;
    tag.starts_with(char::is_whitespace).then_some(tag)
}

/// A handler of events, or an address that leads out of the drawing.
fn loads_or_runs(lower: &str) -> Option<&'static str> {
    let is_inside = |value: &str| value.trim_start().trim_start_matches(['"', '\'']).trim_start().starts_with('#');
    if !lower.split("url(").skip(1).all(is_inside) {
        return Some("an address");
    }
    for (at, _) in lower.match_indices('=') {
        let name_start =
            lower[..at].trim_end().rfind(|letter: char| letter.is_whitespace() || matches!(letter, '"' | '\'' | '/')).map_or(0, |space| space + 1);
        let name = lower[name_start..at].trim();
        if name.starts_with("on") && name.len() > 3 && name.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return Some("something that runs");
        }
        if matches!(name, "href" | "xlink:href" | "src") && !is_inside(&lower[at + 1..]) {
            return Some("an address");
        }
    }
    None
}

fn measure(tag: &str) -> Option<(usize, usize)> {
    let numbers: Vec<f64> =
        attribute(tag, "viewBox")?.split([' ', ',']).filter(|part| !part.is_empty()).filter_map(|part| part.parse().ok()).collect();
    let whole = |number: f64| (1.0..100_000.0).contains(&number).then_some(number.round() as usize);
    match numbers[..] {
        [_, _, width, height] => Some((whole(width)?, whole(height)?)),
        _ => None,
    }
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let after = tag.split_once(&format!("{name}="))?.1;
    let quote = after.chars().next().filter(|sign| matches!(sign, '"' | '\''))?;
    after[1..].split_once(quote).map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(text: &str) -> (Option<(usize, usize)>, bool) {
        let mut findings = Findings::new("drawing.svg");
        let size = size(text.as_bytes(), &mut findings);
        (size, findings.is_broken())
    }

    #[test]
    fn a_drawing_is_as_large_as_its_view_box() {
        let drawing = "<?xml version=\"1.0\"?>\n<!-- ours -->\n<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 360 200.4\"><style>@media (prefers-color-scheme: dark){}</style><use href=\"#a\"/></svg>";
        assert_eq!(says(drawing), (Some((360, 200)), false));
        assert!(is_svg(drawing.as_bytes()));
        assert!(!is_svg(b"<html><svg viewBox='0 0 1 1'>"));
    }

    #[test]
    fn what_could_run_or_load_something_is_refused() {
        for inner in [
            "<script>1</script>",
            "<SCRIPT/>",
            "<a href='https://example.com'/>",
            "<a xlink:href = \"data:text/html,x\"/>",
            "<rect onload=\"x()\"/>",
            "<rect\nonclick ='x()'/>",
            "<rect x='1'onclick='x()'/>",
            "<rect/onload='x()'/>",
            "<foreignObject/>",
            "<image href='#x'/>",
            "<style>@import 'x'</style>",
            "<rect style='fill:url(https://example.com/x)'/>",
            "<rect style='fill:url( \"https://example.com/x\")'/>",
        ] {
            assert_eq!(says(&format!("<svg viewBox=\"0 0 10 10\">{inner}</svg>")), (None, true), "{inner}");
        }
        assert_eq!(says("<svg width=\"10\"></svg>"), (None, true));
        assert_eq!(says("<!DOCTYPE svg [<!ENTITY x 'y'>]><svg viewBox='0 0 1 1'/>"), (None, true));
    }
}
