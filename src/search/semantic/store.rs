//! Vectors on disk, by what they are vectors of. One file that is only ever added to: a mark of its kind and the model's name, then records of
//! the same length. A record that a crash cut short, or that does not add up, is passed over; what is lost is read again. When most of the
//! file has no use any more it is written anew.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ajuda_embedding::DIMENSIONS;
use sha2::{Digest, Sha256};

use super::parts::PartHash;
use super::vector::Vector;

const FILE: &str = "vectors.cache";
const MAGIC: &[u8; 8] = b"ajuda v1";
const HEAD_BYTES: usize = MAGIC.len() + 32;
const CHECK_BYTES: usize = 4;
const RECORD_BYTES: usize = size_of::<PartHash>() + 4 + DIMENSIONS + CHECK_BYTES;
/// What is larger is none of ours: two million parts.
const FILE_MAX_BYTES: u64 = 1_000_000_000;
/// The file is written anew when it holds so many times what is in use.
const UNUSED_MAX_FACTOR: usize = 3;

/// Vectors by what they are vectors of.
pub(super) type Known = HashMap<PartHash, Arc<Vector>>;

/// The file, open for adding.
pub(super) struct Store {
    path: PathBuf,
    head: Vec<u8>,
    file: Option<File>,
    records: usize,
}

impl Store {
    /// Opens the file of a data folder and reads what is there. A file of another model is started anew. Without a usable file vectors are
    /// kept in memory only; the log says so once.
    pub(super) fn open(data: &Path, model: &str) -> (Self, Known) {
        let head = [MAGIC.as_slice(), &Sha256::digest(model.as_bytes())].concat();
        let mut store = Self { path: data.join(FILE), head, file: None, records: 0 };
        let bytes = read(&store.path).unwrap_or_default();
        let known: Known = match bytes.strip_prefix(store.head.as_slice()) {
            Some(records) => records.chunks_exact(RECORD_BYTES).filter_map(unpacked).collect(),
            None => Known::new(),
        };
        store.records = bytes.len().saturating_sub(HEAD_BYTES) / RECORD_BYTES;
        let is_whole = bytes.starts_with(&store.head) && (bytes.len() - HEAD_BYTES).is_multiple_of(RECORD_BYTES);
        let opened =
            if is_whole { File::options().append(true).open(&store.path).map(|file| store.file = Some(file)) } else { store.rewrite(&known) };
        if let Err(error) = opened {
            store.give_up(&error);
        }
        (store, known)
    }

    /// Adds vectors.
    pub(super) fn add<'a>(&mut self, vectors: impl Iterator<Item = (&'a PartHash, &'a Arc<Vector>)>) {
        let Some(file) = &mut self.file else { return };
        let records: Vec<Vec<u8>> = vectors.map(|(hash, vector)| packed(hash, vector)).collect();
        match file.write_all(&records.concat()) {
            Ok(()) => self.records += records.len(),
            Err(error) => self.give_up(&error),
        }
    }

    /// Writes the file anew where most of it is of no use any more.
    pub(super) fn tidy(&mut self, in_use: &Known) {
        let is_wasteful = self.file.is_some() && self.records > UNUSED_MAX_FACTOR * in_use.len().max(100);
        if is_wasteful && let Err(error) = self.rewrite(in_use) {
            self.give_up(&error);
        }
    }

    fn rewrite(&mut self, known: &Known) -> io::Result<()> {
        if let Some(folder) = self.path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let unfinished = self.path.with_extension("unfinished");
        let mut bytes = self.head.clone();
        known.iter().for_each(|(hash, vector)| bytes.extend(packed(hash, vector)));
        std::fs::write(&unfinished, bytes)?;
        std::fs::rename(&unfinished, &self.path)?;
        self.file = Some(File::options().append(true).open(&self.path)?);
        self.records = known.len();
        Ok(())
    }

    fn give_up(&mut self, error: &io::Error) {
        tracing::warn!(file = %self.path.display(), %error, "what the model says of articles can't be kept on disk; after a start they are read again");
        self.file = None;
    }
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(FILE_MAX_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn packed(hash: &PartHash, vector: &Vector) -> Vec<u8> {
    let mut record = Vec::with_capacity(RECORD_BYTES);
    record.extend(hash);
    record.extend(vector.scale.to_le_bytes());
    record.extend(vector.values.iter().map(|value| value.cast_unsigned()));
    let check = Sha256::digest(&record);
    record.extend(&check[..CHECK_BYTES]);
    record
}

fn unpacked(record: &[u8]) -> Option<(PartHash, Arc<Vector>)> {
    let (content, check) = record.split_at_checked(RECORD_BYTES - CHECK_BYTES)?;
    if Sha256::digest(content)[..CHECK_BYTES] != *check {
        return None;
    }
    let (hash, rest) = content.split_first_chunk()?;
    let (scale, values) = rest.split_first_chunk()?;
    let values: Vec<i8> = values.iter().map(|byte| byte.cast_signed()).collect();
    Some((*hash, Arc::new(Vector { scale: f32::from_le_bytes(*scale), values: values.try_into().ok()? })))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some(count: u8) -> Known {
        let vector = |number: u8| Vector { scale: f32::from(number) + 0.5, values: [number.cast_signed(); DIMENSIONS] };
        (0..count).map(|number| ([number; 16], Arc::new(vector(number)))).collect()
    }

    #[test]
    fn what_was_added_is_there_at_the_next_start() {
        let data = tempfile::tempdir().expect("a temporary folder");
        let (mut store, known) = Store::open(data.path(), "model");
        assert!(known.is_empty());
        store.add(some(5).iter());
        drop(store);
        assert_eq!(Store::open(data.path(), "model").1, some(5));
        assert!(Store::open(data.path(), "another model").1.is_empty());
        assert!(Store::open(data.path(), "model").1.is_empty(), "the other model's file took its place");
    }

    #[test]
    fn damage_costs_the_damaged_records_only() {
        let data = tempfile::tempdir().expect("a temporary folder");
        Store::open(data.path(), "model").0.add(some(5).iter());
        let path = data.path().join(FILE);
        let mut bytes = std::fs::read(&path).expect("the file");
        bytes[HEAD_BYTES + 20] ^= 1;
        bytes.truncate(bytes.len() - 7);
        std::fs::write(&path, bytes).expect("the file");
        let (mut store, known) = Store::open(data.path(), "model");
        assert_eq!(known.len(), 3);
        store.add(some(5).iter().filter(|(hash, _)| !known.contains_key(*hash)));
        assert_eq!(Store::open(data.path(), "model").1, some(5));
        std::fs::write(&path, "nonsense").expect("the file");
        assert!(Store::open(data.path(), "model").1.is_empty());
    }

    #[test]
    fn what_is_out_of_use_is_thrown_away() {
        let data = tempfile::tempdir().expect("a temporary folder");
        let (mut store, _) = Store::open(data.path(), "model");
        (0..400).for_each(|_| store.add(some(1).iter()));
        store.tidy(&some(2));
        drop(store);
        assert_eq!(std::fs::metadata(data.path().join(FILE)).expect("the file").len() as usize, HEAD_BYTES + 2 * RECORD_BYTES);
    }
}
