//! The name of an article as it is typed: `section/topic/article`.

use super::AuthoringError;
use crate::articles::slug::{did_you_mean, slugify};
use crate::articles::source_cache::SourceCache;
use crate::articles::text::quoted;

const SHAPE: &str = "An article is section/topic/article in letters a to z, digits and hyphens, such as buyer/refunds/ask-for-a-refund.";

/// An id for an article that does not exist yet, in a topic that does.
pub(super) fn free(typed: &str, cache: &SourceCache) -> Result<String, AuthoringError> {
    let id = typed.trim_end_matches('/');
    let parts: Vec<&str> = id.split('/').collect();
    if parts.len() != 3 || parts.iter().any(|part| part.is_empty() || slugify(part) != *part) {
        return Err(AuthoringError::refused(format!("{} can't be an article. {SHAPE}", quoted(typed))));
    }
    let topic = format!("{}/{}", parts[0], parts[1]);
    if !cache.groups.contains_key(&topic) {
        let topics = cache.groups.keys().map(String::as_str).filter(|folder| folder.contains('/'));
        let hint = did_you_mean(&topic, topics);
        return Err(AuthoringError::refused(format!("There is no topic {topic}.{hint} A new topic is a folder with a topic.toml.")));
    }
    if cache.texts.contains_key(id) {
        return Err(AuthoringError::refused(format!("There is an article {id} already. Choose another name.")));
    }
    Ok(id.to_owned())
}

/// The id of an article that exists.
pub(super) fn existing(typed: &str, cache: &SourceCache) -> Result<String, AuthoringError> {
    let id = typed.trim_end_matches('/');
    if cache.texts.contains_key(id) {
        return Ok(id.to_owned());
    }
    let hint = did_you_mean(id, cache.texts.keys().map(String::as_str));
    Err(AuthoringError::refused(format!("There is no article {}.{hint} {SHAPE}", quoted(typed))))
}
