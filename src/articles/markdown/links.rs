//! What an address in an article may be.

use super::template::Target;
use crate::articles::text::quoted;
use crate::i18n::Lang;

/// Pages of the help center that are no articles, below a language.
const OWN_PAGES: [&str; 3] = ["search", "contact", "requests"];

/// A checked link.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Link {
    /// An address that is printed as it is.
    Plain(String),
    /// A heading of the same article.
    Anchor(String),
    Folder(Target),
}

/// What is wrong with an address, and how to fix it.
pub(super) type Fault = (String, String);

/// Sorts out a link of the article in the folder `article`.
pub(super) fn classify(written: &str, article: &str) -> Result<Link, Fault> {
    if written.is_empty() {
        return Err(("A link leads nowhere.".into(), "Write an address between its round brackets.".into()));
    }
    if written.contains(|character: char| character.is_control() || character == '\\') {
        return Err((format!("{} is not an address.", quoted(written)), "Take out backslashes and control characters.".into()));
    }
    if let Some(anchor) = written.strip_prefix('#') {
        return Ok(Link::Anchor(anchor.to_owned()));
    }
    if let Some(scheme) = scheme(written) {
        return outside(written, &scheme);
    }
    if written.starts_with("//") {
        return Err((format!("{} has no scheme.", quoted(written)), "Start it with https://.".into()));
    }
    // Other generators write the path of a file from the root of their folder. The check names the folder that is meant.
    if written.starts_with('/') && !names_a_text(written) {
        return site_path(written);
    }
    folder(written, article).map(Link::Folder)
}

/// Endings of files that other generators link where we link a folder.
const TEXT_ENDINGS: [&str; 5] = [".md", ".mdx", ".markdown", ".html", ".htm"];
/// What other generators call the file of a folder itself.
const INDEX_NAMES: [&str; 3] = ["index", "_index", "readme"];

/// Whether a link names a file with a text, as other generators do.
fn names_a_text(written: &str) -> bool {
    text_path(written.split(['?', '#']).next().unwrap_or_default()).is_some()
}

/// The path of a page without the name of its file: `a/page.md`, `a/page/index.md` and `a/page/pt.md` are `a/page`. `None` for what names no text.
pub(in crate::articles) fn text_path(path: &str) -> Option<&str> {
    let ending = TEXT_ENDINGS.iter().find(|ending| path.len() > ending.len() && path.to_ascii_lowercase().ends_with(**ending))?;
    let plain = &path[..path.len() - ending.len()];
    let (folder, name) = plain.rsplit_once('/').unwrap_or(("", plain));
    let is_of_folder = INDEX_NAMES.contains(&name.to_ascii_lowercase().as_str()) || Lang::parse(name).is_some();
    Some(if is_of_folder { folder } else { plain })
}

/// The scheme of an address in lower case, if it has one.
fn scheme(written: &str) -> Option<String> {
    let (scheme, _) = written.split_once(':')?;
    let plain = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.chars().all(|character| character.is_ascii_alphanumeric() || matches!(character, '+' | '-' | '.'));
    // A colon after a slash, a question mark or a hash belongs to a path.
    if plain || !scheme.contains(['/', '?', '#']) { Some(scheme.trim().to_ascii_lowercase()) } else { None }
}

fn outside(written: &str, scheme: &str) -> Result<Link, Fault> {
    let rest = written.get(scheme.len() + 1..).unwrap_or_default();
    match scheme {
        "http" | "https" if rest.strip_prefix("//").is_some_and(|host| !host.is_empty() && !host.starts_with('/')) => {
            Ok(Link::Plain(written.replace(' ', "%20")))
        }
        "mailto" | "tel" if !rest.is_empty() => Ok(Link::Plain(written.replace(' ', "%20"))),
        "http" | "https" | "mailto" | "tel" => Err((format!("{} is not complete.", quoted(written)), "Write the whole address.".into())),
        _ => Err((
            format!("A link of the kind {} is not allowed.", quoted(scheme)),
            "Links start with https:, http:, mailto: or tel:, or are paths to another article's folder.".into(),
        )),
    }
}

/// `/pt`, `/pt/contact` and the like. Articles are linked by their folders, so that a new slug breaks nothing.
fn site_path(written: &str) -> Result<Link, Fault> {
    let path = written.split(['?', '#']).next().unwrap_or_default();
    let mut parts = path.trim_matches('/').split('/');
    let known = parts.next().is_some_and(|code| Lang::parse(code).is_some())
        && parts.next().is_none_or(|page| OWN_PAGES.contains(&page))
        && parts.next().is_none();
    if known {
        return Ok(Link::Plain(written.replace(' ', "%20")));
    }
    Err((
        format!("{} is not a fixed address of the help center.", quoted(written)),
        "Link an article by the path to its folder, such as ../../topic/article/; its address may change, its folder doesn't.".into(),
    ))
}

fn folder(written: &str, article: &str) -> Result<Target, Fault> {
    let (path, anchor) = written.split_once('#').map_or((written, None), |(path, anchor)| (path, Some(anchor.to_owned())));
    let mut parts: Vec<&str> = article.split('/').collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                if parts.pop().is_none() {
                    return Err((
                        format!("{} leads out of the articles' folder.", quoted(written)),
                        "Write the path from this article's folder to the other one's, such as ../../topic/article/.".into(),
                    ));
                }
            }
            name => parts.push(name),
        }
    }
    Ok(Target::Folder { id: parts.join("/"), anchor })
}

/// The path from the folder of an article to another folder, with a slash at its end.
pub(in crate::articles) fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = from.split('/').collect();
    let to: Vec<&str> = to.split('/').filter(|part| !part.is_empty()).collect();
    // An article names itself by its parent, so that there is always something to write.
    let shared = from.iter().zip(&to).take(from.len() - 1).take_while(|(one, two)| one == two).count();
    let up = "../".repeat(from.len() - shared);
    let down: String = to[shared..].iter().map(|part| format!("{part}/")).collect();
    up + &down
}

/// The file that a picture's address names; only files beside the text are shown.
pub(super) fn picture_name(written: &str) -> Result<&str, Fault> {
    let name = written.strip_prefix("./").unwrap_or(written);
    if scheme(name).is_some() || name.starts_with("//") {
        return Err(("A picture comes from another site.".into(), "Save it in the article's folder and write only its file name.".into()));
    }
    if name.is_empty() || name.starts_with('.') || name.contains(['/', '\\', '?', '#']) || name.contains(char::is_control) {
        return Err((
            format!("{} is not the name of a file beside the text.", quoted(written)),
            "Put the picture into the article's folder and write only its file name.".into(),
        ));
    }
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: &str = "buyer/refunds/ask-for-a-refund";

    fn target(written: &str) -> Option<String> {
        match classify(written, HERE) {
            Ok(Link::Folder(Target::Folder { id, anchor })) => Some(anchor.map_or(id.clone(), |anchor| format!("{id}#{anchor}"))),
            _ => None,
        }
    }

    #[test]
    fn links_to_folders_are_read_from_the_article() {
        assert_eq!(target("../../account/find-transaction-code/").as_deref(), Some("buyer/account/find-transaction-code"));
        assert_eq!(target("../follow-a-refund#prazo").as_deref(), Some("buyer/refunds/follow-a-refund#prazo"));
        assert_eq!(target("../").as_deref(), Some("buyer/refunds"));
        assert_eq!(target("../../../").as_deref(), Some(""));
        assert_eq!(target("../../../../../etc/passwd"), None);
    }

    #[test]
    fn only_harmless_schemes_pass() {
        for good in ["https://example.com/a b", "http://example.com", "mailto:a@example.com", "tel:+551199999", "/pt/contact", "#prazo"] {
            assert!(classify(good, HERE).is_ok(), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            " javascript:alert(1)",
            "java\tscript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "//example.com",
            "https:evil",
            "https:///evil",
            "/etc/passwd",
            "/pt/comprador/x",
            "..\\..\\x",
            "",
        ] {
            assert!(classify(bad, HERE).is_err(), "{bad}");
        }
    }

    #[test]
    fn pictures_are_files_beside_the_text() {
        assert_eq!(picture_name("./a b.png"), Ok("a b.png"));
        for bad in ["../a.png", "/etc/passwd", "https://x/a.png", "data:image/png;base64,xx", "a/b.png", ".hidden.png", "..\\a.png", ""] {
            assert!(picture_name(bad).is_err(), "{bad}");
        }
    }
}
