//! Drawings as SVG: only those that hold nothing but the drawing. A browser shows a picture of a page without running what stands in it, but
//! somebody may open its address by itself, so what could run or load something never gets that far.

use super::problem::Findings;

/// Larger ones are photographs in disguise.
const DRAWING_MAX_BYTES: usize = 256 * 1024;
/// Elements of one drawing: ours have a few dozen, and a browser draws each.
const ELEMENTS_MAX: usize = 5_000;
const NAMESPACE: &str = "xmlns=\"http://www.w3.org/2000/svg\"";

/// What a drawing has no need of, as it is written. Elements and attributes that run, load or repeat something, and the ways to write them otherwise.
const REFUSED: [(&str, &str); 22] = [
    ("<script", "a script"),
    ("<foreignobject", "a foreignObject"),
    ("<iframe", "a frame"),
    ("<image", "another picture"),
    // Ten that hold ten each, eight levels deep, stop a browser.
    ("<use", "a use of its own parts"),
    ("<filter", "a filter"),
    ("<pattern", "a pattern"),
    ("<meta", "a meta tag"),
    ("<!doctype", "a DOCTYPE"),
    ("<!entity", "an entity"),
    ("<![cdata[", "a CDATA section"),
    ("<?xml-stylesheet", "a style sheet"),
    ("javascript:", "a script"),
    ("@import", "a style sheet from elsewhere"),
    ("image-set(", "another picture"),
    ("src(", "an address"),
    ("<set", "an animation"),
    ("<animate", "an animation"),
    ("@keyframes", "an animation"),
    ("xml:base", "an address"),
    ("&#", "a letter written as a number"),
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
    if bytes.len() > DRAWING_MAX_BYTES || text.matches('<').count() > 2 * ELEMENTS_MAX {
        let what = format!("The drawing has more than {} KiB or {ELEMENTS_MAX} elements.", DRAWING_MAX_BYTES / 1024);
        findings.broken(1, what, "Simplify it, or save it as PNG or WebP.");
        return None;
    }
    if let Some(what) = refused.or_else(|| loads_or_runs(&lower)).or_else(|| foreign(&lower)) {
        findings.broken(1, format!("The drawing holds {what}."), "Save it as plain SVG: shapes, text and styles of its own alone.");
        return None;
    }
    let Some(size) = root(text).and_then(measure) else {
        findings.broken(1, "The drawing does not say how large it is.", "Write viewBox=\"0 0 WIDTH HEIGHT\" into its <svg> tag.");
        return None;
    };
    Some(size)
}

/// Whether bytes look like a drawing at all: they begin as XML does, and soon there is an `<svg`.
pub(super) fn is_svg(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1_024)]).to_ascii_lowercase();
    head.trim_start_matches('\u{feff}').trim_start().starts_with('<') && head.contains("<svg") && !head.contains("<html")
}

/// Names of other kinds of documents: under a prefix of its own, a script is a script.
fn foreign(lower: &str) -> Option<&'static str> {
    let is_own_space = |at: usize| lower[at..].starts_with(NAMESPACE);
    if lower.match_indices("xmlns").any(|(at, _)| !is_own_space(at)) {
        return Some("a second namespace");
    }
    if lower.match_indices("encoding").any(|(at, _)| at < 100 && !lower[at..].replace('\'', "\"").starts_with("encoding=\"utf-8\"")) {
        return Some("another encoding than UTF-8");
    }
    let name = |rest: &str| {
        rest.trim_start_matches('/').chars().take_while(|letter| !letter.is_whitespace() && !matches!(letter, '>' | '/')).collect::<String>()
    };
    lower.split('<').skip(1).any(|rest| name(rest).contains(':')).then_some("an element with a prefix")
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
        let drawing = "<?xml version=\"1.0\"?>\n<!-- ours -->\n<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 360 200.4\"><style>@media (prefers-color-scheme: dark){}</style><g fill=\"url(#a)\"/></svg>";
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
            "<g xmlns:q=\"http://www.w3.org/2000/svg\"><q:script>1</q:script></g>",
            "<q:script>1</q:script>",
            "<body xmlns='http://www.w3.org/1999/xhtml' background='//x'/>",
            "<rect fill='u&#114;l(//x)'/>",
            "<rect on&#99;lick='x()'/>",
            "<style>rect{background:image-set('//x')}</style>",
            "<use href='#a'/>",
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
