//! Emails that were written into the data folder, where none is sent: which of them are about an address or a ticket.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use super::Privacy;
use crate::error::ServiceError;
use crate::values::Email;

/// The head of an email of ours is far smaller.
const HEAD_MAX_BYTES: u64 = 64 * 1024;

impl Privacy {
    /// The written emails that go to an address or come from it, and those about some tickets.
    pub(super) async fn written_about(&self, email: Option<&Email>, tickets: Vec<String>) -> Result<Vec<PathBuf>, ServiceError> {
        let (folder, address) = (self.written.clone(), email.map(Email::key));
        let looked = tokio::task::spawn_blocking(move || find(&folder, address.as_deref(), &tickets)).await;
        looked.unwrap_or_else(|error| Err(std::io::Error::other(error))).map_err(|error| unavailable(&error))
    }
}

/// Deletes them; what is gone already is deleted.
pub(super) async fn drop_all(files: Vec<PathBuf>) -> Result<(), ServiceError> {
    for file in files {
        match tokio::fs::remove_file(&file).await {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(unavailable(&error)),
            _ => {}
        }
    }
    Ok(())
}

fn find(folder: &Path, address: Option<&str>, tickets: &[String]) -> std::io::Result<Vec<PathBuf>> {
    let messages = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        messages => messages?,
    };
    let mut found = Vec::new();
    for message in messages {
        let path = message?.path();
        // A draft that was not finished says as much as an email.
        if path.extension().is_some_and(|extension| extension == "eml" || extension == "part") && is_about(&head(&path)?, address, tickets) {
            found.push(path);
        }
    }
    Ok(found)
}

/// The lines before the first empty one, in small letters.
fn head(file: &Path) -> std::io::Result<String> {
    let opened = match std::fs::File::open(file) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(String::new()),
        opened => opened?,
    };
    let mut head = String::new();
    for line in BufReader::new(opened.take(HEAD_MAX_BYTES)).split(b'\n') {
        let line = String::from_utf8_lossy(&line?).trim_end().to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        head.push_str(&line);
        head.push('\n');
    }
    Ok(head)
}

fn is_about(head: &str, address: Option<&str>, tickets: &[String]) -> bool {
    let is_part_of_address = |char: char| char.is_ascii_graphic() && !matches!(char, '<' | '>' | ',' | ':' | ';' | '"' | '(' | ')');
    let stands_alone =
        |(at, address): (usize, &str)| !head[..at].ends_with(is_part_of_address) && !head[at + address.len()..].starts_with(is_part_of_address);
    let names = address.is_some_and(|address| head.match_indices(address).any(stands_alone));
    // Emails about a ticket refer to it by its id.
    names || tickets.iter().any(|ticket| head.contains(&format!("<{ticket}@")))
}

fn unavailable(error: &std::io::Error) -> ServiceError {
    ServiceError::Unavailable(format!("the folder of written emails: {error}"))
}

#[cfg(test)]
mod tests {
    use super::is_about;

    #[test]
    fn an_address_is_found_whole_and_not_within_another() {
        let head = "to: maria <maria@example.com>\nreply-to: ana.maria@example.com\nreferences: <abc@localhost>\n";
        for (address, found) in [
            ("maria@example.com", true),
            ("ana.maria@example.com", true),
            ("aria@example.com", false),
            ("maria@example.co", false),
            ("%@example.com", false),
        ] {
            assert_eq!(is_about(head, Some(address), &[]), found, "{address}");
        }
        assert!(is_about(head, None, &["abc".into()]) && !is_about(head, None, &["bc".into(), "ab".into()]));
        assert!(!is_about("", Some("maria@example.com"), &[]));
    }
}
