//! The model file: safetensors, with the names that the model's makers gave its tensors. Matrices are Q4_0 blocks as bytes, row by row; all else
//! is 32-bit floats. The header holds the shape and a hash of the tensors, so that damage is found before the first question.

use std::collections::HashMap;
use std::path::Path;

use data_encoding::HEXLOWER;
use safetensors::tensor::{Dtype, SafeTensorError, SafeTensors, TensorView};
use sha2::{Digest, Sha256};

use crate::error::ModelError;

/// Name of the file, wherever it is looked for.
pub const MODEL_FILE: &str = "ajuda-e5-small.safetensors";
/// What the header must say in `format`.
const FORMAT: &str = "ajuda-e5-1";
/// A larger file is none of ours.
const FILE_MAX_BYTES: u64 = 200_000_000;

/// Sizes of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) width: usize,
    pub(super) layers: usize,
    pub(super) heads: usize,
    pub(super) inner: usize,
    pub(super) vocabulary: usize,
    pub(super) positions: usize,
}

/// One tensor, to be written.
pub(super) struct Part<'a> {
    name: String,
    kind: Dtype,
    shape: Vec<usize>,
    data: &'a [u8],
}

impl<'a> Part<'a> {
    pub(super) fn new(name: &str, kind: Dtype, shape: Vec<usize>, data: &'a [u8]) -> Self {
        Self { name: name.to_owned(), kind, shape, data }
    }
}

pub(super) fn to_bytes(shape: &Shape, mut parts: Vec<Part>) -> Result<Vec<u8>, SafeTensorError> {
    parts.sort_by(|one, other| one.name.cmp(&other.name));
    let hash = hash(parts.iter().map(|part| (part.name.as_str(), part.data)));
    let mut header = HashMap::from([("format".to_owned(), FORMAT.to_owned()), ("sha256".to_owned(), hash)]);
    for (name, value) in shape.entries() {
        header.insert(name.to_owned(), value.to_string());
    }
    let views = parts.iter().map(|part| Ok((part.name.as_str(), TensorView::new(part.kind, part.shape.clone(), part.data)?)));
    safetensors::serialize(views.collect::<Result<Vec<_>, SafeTensorError>>()?, Some(header))
}

/// Writes a model file in one step: a reader finds the old one or the new one.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), ModelError> {
    let unfinished = path.with_extension("unfinished");
    std::fs::write(&unfinished, bytes)?;
    Ok(std::fs::rename(&unfinished, path)?)
}

/// A model file in memory, checked.
pub(super) struct Tensors {
    bytes: Vec<u8>,
    pub(super) shape: Shape,
    /// Hash of all tensors: another model has another.
    pub(super) hash: String,
}

impl Tensors {
    pub(super) fn read(path: &Path) -> Result<Self, ModelError> {
        if std::fs::metadata(path)?.len() > FILE_MAX_BYTES {
            return Err(ModelError::OtherShape);
        }
        Self::of_bytes(std::fs::read(path)?)
    }

    fn of_bytes(bytes: Vec<u8>) -> Result<Self, ModelError> {
        let (_, header) = SafeTensors::read_metadata(&bytes).map_err(|_| ModelError::Damaged)?;
        let header = header.metadata().as_ref().ok_or(ModelError::OtherShape)?;
        let text = |name: &str| header.get(name).map(String::as_str).unwrap_or_default();
        if text("format") != FORMAT {
            return Err(ModelError::OtherShape);
        }
        let number = |name: &str| text(name).parse().map_err(|_| ModelError::OtherShape);
        let shape = Shape {
            width: number("width")?,
            layers: number("layers")?,
            heads: number("heads")?,
            inner: number("inner")?,
            vocabulary: number("vocabulary")?,
            positions: number("positions")?,
        };
        let wanted = text("sha256").to_owned();
        let tensors = SafeTensors::deserialize(&bytes).map_err(|_| ModelError::Damaged)?;
        let mut all = tensors.tensors();
        all.sort_by(|one, other| one.0.cmp(&other.0));
        if hash(all.iter().map(|(name, view)| (name.as_str(), view.data()))) != wanted {
            return Err(ModelError::Damaged);
        }
        Ok(Self { bytes, shape, hash: wanted })
    }

    /// Calls `visit` with all tensors; they stand in the file's bytes.
    pub(super) fn visit<T>(&self, visit: impl FnOnce(&SafeTensors) -> Result<T, ModelError>) -> Result<T, ModelError> {
        visit(&SafeTensors::deserialize(&self.bytes).map_err(|_| ModelError::Damaged)?)
    }
}

impl Shape {
    fn entries(&self) -> [(&'static str, usize); 6] {
        [
            ("width", self.width),
            ("layers", self.layers),
            ("heads", self.heads),
            ("inner", self.inner),
            ("vocabulary", self.vocabulary),
            ("positions", self.positions),
        ]
    }
}

fn hash<'a>(tensors: impl Iterator<Item = (&'a str, &'a [u8])>) -> String {
    let mut hash = Sha256::new();
    for (name, data) in tensors {
        hash.update(name.as_bytes());
        hash.update(data);
    }
    HEXLOWER.encode(&hash.finalize())
}
