//! Reading the YAML of a front matter: all its mistakes at once, in our words.

use std::sync::LazyLock;

use serde_saphyr::Error as YamlError;

use super::{FRONT_MATTER_MAX_BYTES, KEYS, Written, line_of, starts_key};
use crate::articles::problem::Findings;
use crate::articles::slug::did_you_mean;
use crate::articles::text::quoted;

/// More mistakes than this in one front matter are not worth naming at once.
const MISTAKES_MAX: usize = 30;

/// Keys of other generators, and what they are here.
const FOREIGN_KEYS: [(&str, &str); 18] = [
    ("description", "summary"),
    ("excerpt", "summary"),
    ("tags", "keywords"),
    ("categories", "keywords"),
    ("draft", "status: draft"),
    ("hidden", "status: draft"),
    ("unlisted", "status: draft"),
    ("published", "status: draft"),
    ("aliases", "formerly"),
    ("redirect_from", "formerly"),
    ("permalink", "slug"),
    ("url", "slug"),
    ("legacySlug", "formerly"),
    ("date", "publish_at"),
    ("publishDate", "publish_at"),
    ("expiryDate", "expire_at"),
    ("name", "title"),
    ("heading", "title"),
];

/// What the YAML says. The reader stops at the first mistake, so the key with it is taken out and the rest is read again: all mistakes are named at
/// once.
pub(super) fn written(yaml: &str, findings: &mut Findings) -> Option<Written> {
    let mut lines: Vec<&str> = yaml.lines().collect();
    let mut had_invalid = false;
    for _ in 0..MISTAKES_MAX {
        let error = match serde_saphyr::from_str_with_options(&lines.join("\n"), yaml_options()) {
            Ok(written) => return Some(written),
            Err(error) => error,
        };
        let invalid = is_invalid(error.without_snippet());
        // Where YAML isn't valid, what follows may be misread: it is named once.
        if invalid && had_invalid {
            return None;
        }
        had_invalid |= invalid;
        let line = explain(&error, &lines.join("\n"), findings);
        if matches!(error.without_snippet(), YamlError::SerdeMissingField { .. }) {
            // Only the title is required, and it may stand anywhere.
            lines.push("title: x");
        } else if !take_out(&mut lines, line.saturating_sub(2)) {
            return None;
        }
    }
    None
}

/// Takes out the key that stands on a line or above it, with all that belongs to it. Whether there was one.
fn take_out(lines: &mut [&str], at: usize) -> bool {
    let is_key = |line: &str| {
        line.starts_with(|first: char| !first.is_whitespace() && !matches!(first, '-' | '#' | '[' | ']' | '{' | '}')) && line.contains(':')
    };
    let Some(start) = (0..=at.min(lines.len().saturating_sub(1))).rev().find(|at| lines.get(*at).is_some_and(|line| is_key(line))) else {
        return false;
    };
    lines[start] = if starts_key(lines[start], "title") { "title: x" } else { "" };
    lines[start + 1..].iter_mut().take_while(|line| !is_key(line)).for_each(|line| *line = "");
    true
}

/// Flat keys with texts and short lists need no anchors, no depth and few nodes: whatever has more is refused while it is read.
fn yaml_options() -> serde_saphyr::Options {
    static BUDGET: LazyLock<Option<serde_saphyr::Budget>> = LazyLock::new(|| {
        serde_saphyr::budget! {
            max_depth: 3, flow_nesting_limit: 3, max_aliases: 0, max_anchors: 0, max_merge_keys: 0, max_documents: 1,
            max_events: 1_000, max_nodes: 500, max_total_scalar_bytes: FRONT_MATTER_MAX_BYTES, max_inclusion_depth: 0,
        }
    });
    serde_saphyr::options! { budget: BUDGET.clone(), with_snippet: false, emit_comments: false }
}

/// Whether it isn't YAML at all, or none that is taken here, rather than one key's mistake.
fn is_invalid(error: &YamlError) -> bool {
    !matches!(
        error,
        YamlError::SerdeUnknownField { .. }
            | YamlError::SerdeMissingField { .. }
            | YamlError::DuplicateMappingKey { .. }
            | YamlError::SerdeUnknownVariant { .. }
            | YamlError::SerdeInvalidType { .. }
            | YamlError::SerdeInvalidValue { .. }
            | YamlError::InvalidScalar { .. }
            | YamlError::NullIntoString { .. }
            | YamlError::InvalidBooleanStrict { .. }
            | YamlError::Unexpected { .. }
    )
}

/// Says in our words what the YAML reader found, and returns the line.
fn explain(error: &YamlError, yaml: &str, findings: &mut Findings) -> usize {
    let line = error.location().map_or(2, |location| usize::try_from(location.line()).unwrap_or(1).max(1) + 1);
    let (what, fix) = match error.without_snippet() {
        YamlError::SerdeUnknownField { field, .. } => {
            let ours = FOREIGN_KEYS.iter().find(|(foreign, _)| foreign == field);
            let hint = ours.map_or_else(|| did_you_mean(field, KEYS), |(_, ours)| format!(" Here it is {ours}."));
            let line = line_of(yaml, field).max(line);
            findings.broken(line, format!("There is no key {}.", quoted(field)), format!("The keys are {}.{hint}", KEYS.join(", ")));
            return line;
        }
        YamlError::SerdeMissingField { field, .. } => {
            findings.broken(2, format!("The key {field} is missing."), format!("Write {field}: and its text."));
            return 2;
        }
        YamlError::DuplicateMappingKey { key, .. } => {
            let key = key.as_deref().map_or_else(String::new, |key| format!(" {}", quoted(key)));
            (format!("The key{key} appears twice."), "Delete one of the two.".to_owned())
        }
        YamlError::SerdeUnknownVariant { variant, expected, .. } => {
            (format!("{} is not a value of this key.", quoted(variant)), format!("Write {}.", expected.join(" or ")))
        }
        YamlError::Budget { .. }
        | YamlError::AliasReplayLimitExceeded { .. }
        | YamlError::AliasExpansionLimitExceeded { .. }
        | YamlError::AliasReplayStackDepthExceeded { .. } => (
            "The front matter is nested too deep, too long, or uses YAML anchors.".to_owned(),
            "Write flat keys with plain texts; lists as [one, two].".to_owned(),
        ),
        YamlError::SerdeInvalidType { .. }
        | YamlError::SerdeInvalidValue { .. }
        | YamlError::InvalidScalar { .. }
        | YamlError::NullIntoString { .. }
        | YamlError::InvalidBooleanStrict { .. }
        | YamlError::Unexpected { .. } => (
            "This key has the wrong type of value.".to_owned(),
            "keywords and formerly are lists such as [one, two]; steps is true or false; the others are texts, in double quotes if they start with a sign."
                .to_owned(),
        ),
        _ => (
            "The front matter is not valid YAML here.".to_owned(),
            "Write key: value on each line. Put a value that contains a colon, a # or a quotation mark, or starts with a sign such as { or [, between double quotes."
                .to_owned(),
        ),
    };
    findings.broken(line, what, fix);
    line
}
