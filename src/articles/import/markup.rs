//! Reading tags of HTML, components and shortcodes.

/// Longer ones are none: what is looked for behind each sign must not be the whole text.
const TAG_MAX_BYTES: usize = 8 * 1024;
const ATTRIBUTES_MAX: usize = 60;

/// A tag of HTML or of a component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag {
    pub(super) name: String,
    pub(super) closes: bool,
    pub(super) closes_itself: bool,
    pub(super) attributes: Vec<(String, String)>,
}

impl Tag {
    pub(super) fn get(&self, names: &[&str]) -> Option<&str> {
        names
            .iter()
            .find_map(|name| self.attributes.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)))
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    pub(super) fn is_component(&self) -> bool {
        self.name.starts_with(|first: char| first.is_ascii_uppercase())
            && (self.name.len() == 1 || self.name.contains(|letter: char| letter.is_ascii_lowercase()))
    }
}

/// The tag that a text begins with, and its length. `None` for what is none.
pub(super) fn tag(text: &str) -> Option<(Tag, usize)> {
    let text = &text[..text.floor_char_boundary(TAG_MAX_BYTES)];
    let bytes = text.as_bytes();
    if bytes.first() != Some(&b'<') {
        return None;
    }
    let mut at = 1;
    let closes = bytes.get(at) == Some(&b'/');
    at += usize::from(closes);
    let start = at;
    while bytes.get(at).is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b':')) {
        at += 1;
    }
    let name = &text[start..at];
    if !name.starts_with(|first: char| first.is_ascii_alphabetic()) || name.contains(':') {
        return None;
    }
    let mut tag = Tag { name: name.to_owned(), closes, closes_itself: false, attributes: Vec::new() };
    loop {
        at += bytes[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        match bytes.get(at)? {
            b'>' => return Some((tag, at + 1)),
            b'/' if bytes.get(at + 1) == Some(&b'>') => {
                tag.closes_itself = true;
                return Some((tag, at + 2));
            }
            b'<' => return None,
            b'{' => at += braced(&text[at..])?,
            _ => {
                let (name, value, length) = attribute(&text[at..]).filter(|_| tag.attributes.len() < ATTRIBUTES_MAX)?;
                tag.attributes.push((name, value));
                at += length;
            }
        }
    }
}

fn attribute(text: &str) -> Option<(String, String, usize)> {
    let name_end = text.find(|letter: char| letter.is_whitespace() || matches!(letter, '=' | '>' | '<' | '{' | '"' | '\'')).filter(|end| *end > 0)?;
    let name = text[..name_end].trim_end_matches('/').to_owned();
    let gap = text[name_end..].len() - text[name_end..].trim_start().len();
    let Some(rest) = text[name_end + gap..].strip_prefix('=') else {
        // `<br/>` written without a space.
        let slash = usize::from(text[..name_end].ends_with('/') && text[name_end..].starts_with('>'));
        return Some((name, String::new(), name_end - slash)).filter(|(_, _, length)| *length > 0);
    };
    let spaces = rest.len() - rest.trim_start().len();
    let begins = name_end + gap + 1 + spaces;
    let value = &text[begins..];
    match value.chars().next()? {
        quote @ ('"' | '\'') => {
            let end = value[1..].find(quote)? + 1;
            Some((name, value[1..end].to_owned(), begins + end + 1))
        }
        '{' => {
            let length = braced(value)?;
            Some((name, expression(&value[1..length - 1]), begins + length))
        }
        _ => {
            let end = value.find(|letter: char| letter.is_whitespace() || letter == '>')?;
            Some((name, value[..end].trim_end_matches('/').to_owned(), begins + end - usize::from(value[..end].ends_with('/'))))
        }
    }
}

/// The length of what stands in braces.
fn braced(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

/// What a small expression gives: its first text between quotation marks, else itself.
fn expression(written: &str) -> String {
    let quoted = pattern!(r#"["'`]([^"'`]*)["'`]"#).and_then(|quoted| Some(quoted.captures(written)?[1].to_owned()));
    quoted.unwrap_or_else(|| written.trim().to_owned())
}

/// A shortcode or a tag of a template: its name and what stands behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shortcode {
    pub(super) name: String,
    pub(super) closes: bool,
    pub(super) rest: String,
}

impl Shortcode {
    /// A named value: `src="a.png"`, `url=a`.
    pub(super) fn get(&self, names: &[&str]) -> Option<String> {
        self.arguments().into_iter().find(|(name, _)| names.contains(&name.as_str())).map(|(_, value)| value).filter(|value| !value.is_empty())
    }

    /// The values without a name, in their order.
    pub(super) fn plain(&self) -> Vec<String> {
        self.arguments().into_iter().filter(|(name, _)| name.is_empty()).map(|(_, value)| value).collect()
    }

    fn arguments(&self) -> Vec<(String, String)> {
        let Some(argument) = pattern!(r#"(?:([A-Za-z_][A-Za-z0-9_.-]*)[ \t]*[=:][ \t]*)?(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|`([^`]*)`|([^ \t,"'`]+))"#)
        else {
            return Vec::new();
        };
        let value = |found: &regex::Captures<'_>| {
            (2..6).find_map(|group| found.get(group)).map_or_else(String::new, |value| value.as_str().replace("\\\"", "\""))
        };
        argument
            .captures_iter(&self.rest)
            .map(|found| (found.get(1).map_or_else(String::new, |name| name.as_str().to_owned()), value(&found)))
            .collect()
    }
}

/// The shortcode that a text begins with (`{{< … >}}`, `{{% … %}}` or `{% … %}`), and its length.
pub(super) fn shortcode(text: &str) -> Option<(Shortcode, usize)> {
    let text = &text[..text.floor_char_boundary(TAG_MAX_BYTES)];
    let (open, close) = [("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}")].into_iter().find(|(open, _)| text.starts_with(open))?;
    let inner_end = text[open.len()..].find(close)? + open.len();
    let inner = text[open.len()..inner_end].trim_matches('-').trim();
    let (closes, inner) = match inner.strip_prefix('/') {
        Some(inner) => (true, inner.trim_start()),
        None => (inner.starts_with("end") && open == "{%", if open == "{%" { inner.strip_prefix("end").unwrap_or(inner) } else { inner }),
    };
    let inner = inner.trim_end_matches('/').trim_end();
    let name_end = inner.find(|letter: char| !(letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.' | '/'))).unwrap_or(inner.len());
    let (name, rest) = inner.split_at(name_end);
    let begins = name.starts_with(|first: char| first.is_ascii_alphabetic());
    begins.then(|| (Shortcode { name: name.to_owned(), closes, rest: rest.trim().to_owned() }, inner_end + close.len()))
}

/// Characters that are written with a name.
pub(super) fn decoded(text: &str) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&#123;", "{"), ("&#125;", "}"), ("&amp;", "&")]
        .iter()
        .fold(text.to_owned(), |text, (name, letter)| if text.contains('&') { text.replace(name, letter) } else { text })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_with_their_attributes() {
        let (read, length) = tag("<img src={useBaseUrl('/a b.png')} alt=\"x > y\" width=300 hidden/>z").unwrap();
        assert_eq!(length, "<img src={useBaseUrl('/a b.png')} alt=\"x > y\" width=300 hidden/>".len());
        assert_eq!((read.get(&["src"]), read.get(&["alt"]), read.get(&["width"])), (Some("/a b.png"), Some("x > y"), Some("300")));
        assert!(read.closes_itself && !read.is_component());
        for (text, length) in [
            ("<br>", Some(4)),
            ("<br/>", Some(5)),
            ("<br />", Some(6)),
            ("</Tab.Item>", Some(11)),
            ("<3", None),
            ("<a b", None),
            ("<https://x>", None),
            ("<a =>", None),
        ] {
            assert_eq!(tag(text).map(|(_, length)| length), length, "{text}");
        }
    }

    #[test]
    fn shortcodes_are_read_with_their_arguments() {
        let (read, _) = shortcode("{{< figure src=\"a.png\" caption='Um \"b\"' >}}").unwrap();
        assert_eq!(
            (read.name.as_str(), read.get(&["src"]).as_deref(), read.get(&["caption"]).as_deref()),
            ("figure", Some("a.png"), Some("Um \"b\""))
        );
        assert!(shortcode("{% endcallout %}").unwrap().0.closes && shortcode("{{< /hint >}}").unwrap().0.closes);
        assert_eq!(shortcode("{{<required>}} x").unwrap(), (Shortcode { name: "required".into(), closes: false, rest: String::new() }, 14));
        assert_eq!(shortcode("{{% relref \"a/b\" %}}").unwrap().0.plain(), ["a/b"]);
        assert_eq!(shortcode("{{ x }}"), None);
    }
}
