//! `recorded.tsv`: the day on which each text last changed in meaning. `ajuda check --record` writes it, and it is committed with
//! the articles: the time of a file says when it was copied, not when its text changed.

use std::collections::BTreeMap;
use std::path::Path;

use data_encoding::HEXLOWER;
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::problem::Findings;
use super::text::{quoted, read_text};

const FILE_MAX_BYTES: usize = 64 * 1024 * 1024;
const HEAD: &str = "# The day on which each text last changed in meaning. Written by: ajuda check --record\n# file\tday\thash of its text\n";
/// Enough that no change goes unseen; nobody gains by making two texts alike.
const HASH_BYTES: usize = 8;

/// What is recorded of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) day: Date,
    pub(super) hash: String,
}

/// By the path of the file below the articles' folder.
pub(super) type Records = BTreeMap<String, Record>;

/// Reads the file; lines that can't be read are left out and named.
pub(super) fn read_records(path: &Path, today: Date, findings: &mut Findings) -> Option<Records> {
    let text = read_text(path, FILE_MAX_BYTES, findings)?;
    let mut records = Records::new();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let record = (|| {
            let (file, day, hash) = (columns.next()?, columns.next()?.parse().ok()?, columns.next()?.trim());
            Some((file.to_owned(), Record { day, hash: hash.to_owned() }))
        })();
        match record {
            Some((_, record)) if !is_plausible(record.day, today) => {
                findings.wrong(
                    index + 1,
                    format!("{} is no day on which a text can have changed.", record.day),
                    "Restore the line from the file's history.",
                );
            }
            Some((file, record)) => match records.get(&file).filter(|other: &&Record| **other != record) {
                Some(other) => {
                    let what = format!("{} appears twice, with {} and {}.", quoted(&file), other.day, record.day);
                    findings.wrong(index + 1, what, "Delete one of the two lines.");
                }
                None => _ = records.insert(file, record),
            },
            None => findings.wrong(index + 1, format!("{} is not a recorded text.", quoted(line)), "Restore the line from the file's history."),
        }
    }
    Some(records)
}

/// Whether something can have happened on a day: not before there were help centers on the web, and not after today. Where it is tomorrow already,
/// somebody may have recorded it.
pub(super) fn is_plausible(day: Date, today: Date) -> bool {
    day.year() >= 1990 && today.tomorrow().is_ok_and(|tomorrow| day <= tomorrow)
}

pub(super) fn render(records: &Records) -> String {
    let lines = records.iter().map(|(file, record)| format!("{file}\t{}\t{}\n", record.day, record.hash));
    std::iter::once(HEAD.to_owned()).chain(lines).collect()
}

/// What a text says, without how its lines are broken: title, summary and body, with facts and fragments in their places.
pub(super) fn hash(head: &[String; 2], body: &str) -> String {
    let mut hasher = Sha256::new();
    for part in [&head[0], &head[1], body] {
        for word in part.split_whitespace() {
            hasher.update(word);
            hasher.update(" ");
        }
        hasher.update("\n");
    }
    HEXLOWER.encode(&hasher.finalize()[..HASH_BYTES])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_count() {
        let of = |title: &str, summary: &str, body: &str| hash(&[title.to_owned(), summary.to_owned()], body);
        let one = of("A title", "A summary.", "One two\nthree.\n");
        assert_eq!(one, of("A title", "A summary. ", "One\ntwo three.\n\n"));
        assert_ne!(one, of("A title", "A summary.", "One two four."));
        assert_ne!(one, of("A title A", "summary.", "One two three."));
    }
}
