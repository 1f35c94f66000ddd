//! What customers searched and read before they wrote, if they ticked the box that sends it. Kept with the ticket and gone with it.

use std::fmt;

use crate::articles::model::ArticleId;
use crate::values::one_line;

/// The newest are kept.
const VISITS_MAX: usize = 20;
/// What a line says, without its kind.
const VISIT_MAX_CHARS: usize = 200;

/// A step on the way to the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Visit {
    /// The words of a search.
    Searched(String),
    /// An article, which may not exist any more.
    Read(ArticleId),
}

/// In the order in which they came; a visit that came again stands where it came last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Visits(Vec<Visit>);

impl Visits {
    /// From lines as `public/visits.js` writes them: `searched` or `read`, a space, and the words or the article's id. No person typed it, so what is no
    /// such line is left out, and nobody is asked to mend it.
    pub fn parse(lines: &str) -> Self {
        let mut visits: Vec<Visit> = Vec::new();
        for visit in lines.lines().filter_map(Visit::parse) {
            visits.retain(|other| *other != visit);
            visits.push(visit);
        }
        let skipped = visits.len().saturating_sub(VISITS_MAX);
        Self(visits.split_off(skipped))
    }

    pub fn iter(&self) -> impl Iterator<Item = &Visit> {
        self.0.iter()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// As they are kept, [`None`] for none.
    pub(crate) fn lines(&self) -> Option<String> {
        let lines: Vec<String> = self.iter().map(ToString::to_string).collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    }
}

impl Visit {
    fn parse(line: &str) -> Option<Self> {
        let (kind, what) = line.split_once(' ')?;
        let what: String = what.chars().filter(|char| !char.is_control()).take(VISIT_MAX_CHARS).collect();
        let what = one_line(&what, 1, VISIT_MAX_CHARS).ok()?;
        match kind {
            "searched" => Some(Self::Searched(what)),
            "read" if what.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_./".contains(&byte)) => Some(Self::Read(ArticleId(what.into()))),
            _ => None,
        }
    }
}

impl fmt::Display for Visit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Searched(words) => write!(f, "searched {words}"),
            Self::Read(article) => write!(f, "read {}", article.as_str()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(lines: &str) -> String {
        Visits::parse(lines).lines().unwrap_or_default()
    }

    #[test]
    fn keeps_what_was_searched_and_read_in_order() {
        let lines = "searched reembolso pix\nread buyer/refunds/how-to\nsearched prazo";
        assert_eq!(kept(lines), lines);
        assert_eq!(kept("searched a\nread b\nsearched a"), "read b\nsearched a");
    }

    #[test]
    fn nonsense_is_left_out_and_much_is_cut() {
        assert_eq!(kept("<script>\nsearched \nread a b\nread \nread ../x?y\nsearched\u{202e}"), "");
        assert_eq!(kept("searched a\u{0}\u{202e}b"), "searched ab");
        let many: String = (0..100).map(|n| format!("searched {n}\n")).collect();
        assert_eq!(Visits::parse(&many).iter().count(), VISITS_MAX);
        assert!(kept(&many).ends_with("searched 99"));
        assert_eq!(kept(&format!("searched {}", "é".repeat(5000))).chars().count(), "searched ".len() + VISIT_MAX_CHARS);
    }
}
