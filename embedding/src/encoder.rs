//! The model at work: a BERT encoder of 12 layers whose last states are averaged into one vector of length 1.

use std::ops::Range;
use std::path::Path;

use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix};
use rten_simd::{SimdOp, SimdUnaryOp};
use rten_tensor::{NdTensorView, NdTensorViewMut};
use rten_vecmath::{Gelu, Softmax};
use safetensors::SafeTensors;

use crate::DIMENSIONS;
use crate::error::ModelError;
use crate::file::{Shape, Tensors};
use crate::tokenizer::Tokenizer;

/// Weights that share a scale, and their bytes.
const BLOCK_WEIGHTS: usize = 32;
const BLOCK_BYTES: usize = 18;
/// Inputs of a matrix that share a scale. A few inputs are a hundred times the others: up, these drown more of their neighbours; down, more work.
const PART_INPUTS: usize = 384;
const EPSILON: f32 = 1e-12;

/// Bytes times bytes, summed up in 32 bits.
type ByteGemm = GemmExecutor<u8, i8, i32>;

/// What multiplies matrices. It is bound to its thread, but made in no time.
struct Gemm {
    floats: GemmExecutor,
    bytes: ByteGemm,
}

/// What a text is to the model: it was taught to bring questions and passages together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Query,
    Passage,
}

/// A loaded model.
pub struct Encoder {
    tokenizer: Tokenizer,
    shape: Shape,
    hash: String,
    /// Q4_0 rows, one for each piece.
    words: Vec<u8>,
    /// A row for each place in the text.
    positions: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
}

struct Layer {
    /// Query, key and value side by side.
    attention: Linear,
    attention_output: Linear,
    attention_norm: Norm,
    inner: Linear,
    output: Linear,
    output_norm: Norm,
}

/// A matrix, cut into parts of `PART_INPUTS` inputs each, and what is added to its outputs.
struct Linear {
    parts: Vec<LinearPart>,
    bias: Vec<f32>,
}

/// Weights as bytes.
struct LinearPart {
    weights: PackedBMatrix<i8>,
    /// For each output the scale of its weights, and their sum.
    scales: Vec<(f32, i32)>,
}

struct Norm {
    scale: Vec<f32>,
    bias: Vec<f32>,
}

impl Encoder {
    /// Reads a model file and checks it.
    pub fn load(path: &Path) -> Result<Self, ModelError> {
        let file = Tensors::read(path)?;
        let shape = file.shape;
        if shape.width != DIMENSIONS || shape.width % (shape.heads.max(1) * 8) != 0 || shape.inner % BLOCK_WEIGHTS != 0 || shape.layers > 48 {
            return Err(ModelError::OtherShape);
        }
        file.visit(|tensors| {
            let byte_gemm = ByteGemm::new();
            let load = Loader { tensors, gemm: &byte_gemm, shape: &shape };
            let layers = (0..shape.layers).map(|layer| load.layer(layer)).collect::<Result<_, _>>()?;
            let mut positions = load.floats("embeddings.position_embeddings.weight", shape.positions * shape.width)?;
            let kinds = load.floats("embeddings.token_type_embeddings.weight", 2 * shape.width)?;
            for row in positions.chunks_exact_mut(shape.width) {
                add(row, &kinds[..shape.width]);
            }
            Ok(Self {
                tokenizer: Tokenizer::load(tensors)?,
                words: load.blocks("embeddings.word_embeddings.weight", shape.vocabulary, shape.width)?.to_vec(),
                positions,
                norm: load.norm("embeddings.LayerNorm")?,
                layers,
                hash: file.hash.clone(),
                shape,
            })
        })
    }

    /// Names the model: vectors of different models don't go together.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// One vector of length 1 for each text. Long texts count by their first 510 pieces.
    pub fn embed(&self, kind: Kind, texts: &[impl AsRef<str>]) -> Vec<Vec<f32>> {
        let start = match kind {
            Kind::Query => "query: ",
            Kind::Passage => "passage: ",
        };
        let texts: Vec<Vec<u32>> =
            texts.iter().map(|text| self.tokenizer.pieces(&format!("{start}{}", text.as_ref()), self.shape.positions)).collect();
        let mut states = self.embeddings(&texts);
        let ends: Vec<usize> = texts
            .iter()
            .scan(0, |end, text| {
                Some({
                    *end += text.len();
                    *end
                })
            })
            .collect();
        let gemm = Gemm { floats: GemmExecutor::new(), bytes: ByteGemm::new() };
        for layer in &self.layers {
            self.apply(&gemm, layer, &mut states, &ends);
        }
        let mut start = 0;
        ends.iter()
            .map(|end| mean(&states[std::mem::replace(&mut start, *end) * self.shape.width..end * self.shape.width], self.shape.width))
            .collect()
    }

    fn embeddings(&self, texts: &[Vec<u32>]) -> Vec<f32> {
        let width = self.shape.width;
        let row_bytes = width / BLOCK_WEIGHTS * BLOCK_BYTES;
        let mut states = Vec::with_capacity(texts.iter().map(Vec::len).sum::<usize>() * width);
        for text in texts {
            for (place, piece) in text.iter().enumerate() {
                let at = states.len();
                dequantize(&self.words[*piece as usize * row_bytes..][..row_bytes], &mut states);
                add(&mut states[at..], &self.positions[place * width..][..width]);
            }
        }
        self.norm.apply(&mut states);
        states
    }

    fn apply(&self, gemm: &Gemm, layer: &Layer, states: &mut [f32], ends: &[usize]) {
        let width = self.shape.width;
        let mixed = linear(gemm, &layer.attention, states, width);
        let mut context = vec![0.0; states.len()];
        let mut start = 0;
        for end in ends {
            self.attend(gemm, &mixed[start * 3 * width..end * 3 * width], &mut context[start * width..end * width]);
            start = *end;
        }
        add(states, &linear(gemm, &layer.attention_output, &context, width));
        layer.attention_norm.apply(states);
        let mut inner = linear(gemm, &layer.inner, states, width);
        Gelu {}.map_mut(&mut inner);
        add(states, &linear(gemm, &layer.output, &inner, self.shape.inner));
        layer.output_norm.apply(states);
    }

    /// What each piece of one text takes from the others.
    fn attend(&self, gemm: &Gemm, mixed: &[f32], context: &mut [f32]) {
        let (width, heads) = (self.shape.width, self.shape.heads);
        let rows = context.len() / width;
        let part = width / heads;
        let mixed = NdTensorView::from_data([rows, 3 * width], mixed);
        let mut context = NdTensorViewMut::from_data([rows, width], context);
        let mut scores = vec![0.0; rows * rows];
        let mut taken = vec![0.0; rows * part];
        for head in 0..heads {
            let side = |number: usize| mixed.slice((.., number * width + head * part..number * width + (head + 1) * part));
            let keys = side(1);
            let options = GemmOptions { alpha: (part as f32).sqrt().recip(), ..GemmOptions::default() };
            _ = gemm.floats.gemm(&mut scores, GemmInputA::Unpacked(side(0)), GemmInputB::Unpacked(keys.transposed()), options);
            scores.chunks_exact_mut(rows).for_each(|row| _ = Softmax::new_mut(row).dispatch());
            let weights = NdTensorView::from_data([rows, rows], scores.as_slice());
            _ = gemm.floats.gemm(&mut taken, GemmInputA::Unpacked(weights), GemmInputB::Unpacked(side(2)), GemmOptions::default());
            context.slice_mut((.., head * part..(head + 1) * part)).copy_from(&NdTensorView::from_data([rows, part], taken.as_slice()));
        }
    }
}

struct Loader<'a> {
    tensors: &'a SafeTensors<'a>,
    gemm: &'a ByteGemm,
    shape: &'a Shape,
}

impl<'a> Loader<'a> {
    fn bytes(&self, name: &str, length: usize) -> Result<&'a [u8], ModelError> {
        let data = self.tensors.tensor(name).map_err(|_| ModelError::OtherShape)?.data();
        if data.len() == length { Ok(data) } else { Err(ModelError::OtherShape) }
    }

    fn floats(&self, name: &str, length: usize) -> Result<Vec<f32>, ModelError> {
        Ok(self.bytes(name, 4 * length)?.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect())
    }

    fn blocks(&self, name: &str, rows: usize, columns: usize) -> Result<&'a [u8], ModelError> {
        self.bytes(name, rows * columns / BLOCK_WEIGHTS * BLOCK_BYTES)
    }

    fn norm(&self, name: &str) -> Result<Norm, ModelError> {
        let part = |kind| self.floats(&format!("{name}.{kind}"), self.shape.width);
        Ok(Norm { scale: part("weight")?, bias: part("bias")? })
    }

    /// Matrices with the same input, side by side.
    fn linear(&self, names: &[String], rows: usize, columns: usize) -> Result<Linear, ModelError> {
        let (mut weights, mut bias) = (Vec::new(), Vec::new());
        for name in names {
            dequantize(self.blocks(&format!("{name}.weight"), rows, columns)?, &mut weights);
            bias.extend(self.floats(&format!("{name}.bias"), rows)?);
        }
        let parts = (0..columns).step_by(PART_INPUTS).map(|start| self.part(&weights, columns, start..columns.min(start + PART_INPUTS))).collect();
        Ok(Linear { parts, bias })
    }

    fn part(&self, weights: &[f32], columns: usize, inputs: Range<usize>) -> LinearPart {
        // On processors whose byte products can overflow, one bit is left free.
        let largest = if self.gemm.may_saturate() { 63.0 } else { 127.0 };
        let (mut bytes, mut scales) = (Vec::new(), Vec::new());
        for row in weights.chunks_exact(columns).map(|row| &row[inputs.clone()]) {
            let scale = row.iter().fold(f32::MIN_POSITIVE, |most, weight| weight.abs().max(most)) / largest;
            let start = bytes.len();
            bytes.extend(row.iter().map(|weight| (weight / scale).round() as i8));
            scales.push((scale, bytes[start..].iter().map(|weight| i32::from(*weight)).sum()));
        }
        let view = NdTensorView::from_data([scales.len(), inputs.len()], bytes.as_slice());
        LinearPart { weights: self.gemm.prepack_b(view.transposed()), scales }
    }

    fn layer(&self, number: usize) -> Result<Layer, ModelError> {
        let name = |part: &str| format!("encoder.layer.{number}.{part}");
        let Shape { width, inner, .. } = *self.shape;
        Ok(Layer {
            attention: self.linear(&["query", "key", "value"].map(|part| name(&format!("attention.self.{part}"))), width, width)?,
            attention_output: self.linear(&[name("attention.output.dense")], width, width)?,
            attention_norm: self.norm(&name("attention.output.LayerNorm"))?,
            inner: self.linear(&[name("intermediate.dense")], inner, width)?,
            output: self.linear(&[name("output.dense")], width, inner)?,
            output_norm: self.norm(&name("output.LayerNorm"))?,
        })
    }
}

impl Norm {
    fn apply(&self, states: &mut [f32]) {
        let width = self.scale.len();
        for row in states.chunks_exact_mut(width) {
            let mean = row.iter().sum::<f32>() / width as f32;
            let variance = row.iter().map(|value| (value - mean).powi(2)).sum::<f32>() / width as f32;
            let factor = (variance + EPSILON).sqrt().recip();
            for ((value, scale), bias) in row.iter_mut().zip(&self.scale).zip(&self.bias) {
                *value = (*value - mean) * factor * scale + bias;
            }
        }
    }
}

fn linear(gemm: &Gemm, linear: &Linear, input: &[f32], columns: usize) -> Vec<f32> {
    let (count, width) = (input.len() / columns, linear.bias.len());
    let mut output = linear.bias.repeat(count);
    let mut sums = vec![0; output.len()];
    for (part, start) in linear.parts.iter().zip((0..).step_by(PART_INPUTS)) {
        let rows = Bytes::of(input.chunks_exact(columns).map(|row| &row[start..columns.min(start + PART_INPUTS)]));
        let view = NdTensorView::from_data([count, part.weights.rows()], rows.values.as_slice());
        let done = gemm.bytes.gemm(&mut sums, GemmInputA::Unpacked(view), GemmInputB::Packed(&part.weights), GemmOptions::default());
        debug_assert!(done.is_ok(), "sizes were checked at loading");
        for ((row, (factor, zero)), output) in sums.chunks_exact(width).zip(&rows.scales).zip(output.chunks_exact_mut(width)) {
            for ((output, sum), (scale, weights)) in output.iter_mut().zip(row).zip(&part.scales) {
                *output += (sum - zero * weights) as f32 * (factor * scale);
            }
        }
    }
    output
}

/// Rows of numbers as bytes, each row with its own scale and zero.
struct Bytes {
    values: Vec<u8>,
    /// For each row its scale, and which byte stands for zero.
    scales: Vec<(f32, i32)>,
}

impl Bytes {
    fn of<'a>(rows: impl Iterator<Item = &'a [f32]>) -> Self {
        let mut bytes = Self { values: Vec::new(), scales: Vec::new() };
        for row in rows {
            let (least, most) = row.iter().fold((0.0_f32, 0.0_f32), |(least, most), value| (least.min(*value), most.max(*value)));
            let scale = ((most - least) / 255.0).max(f32::MIN_POSITIVE);
            let zero = (-least / scale).round();
            let factor = scale.recip();
            bytes.values.extend(row.iter().map(|value| (value * factor + zero).round() as u8));
            bytes.scales.push((scale, zero as i32));
        }
        bytes
    }
}

fn add(values: &mut [f32], others: &[f32]) {
    values.iter_mut().zip(others).for_each(|(value, other)| *value += other);
}

/// The mean of all rows, of length 1.
fn mean(states: &[f32], width: usize) -> Vec<f32> {
    let mut mean = vec![0.0; width];
    states.chunks_exact(width).for_each(|row| add(&mut mean, row));
    let length = mean.iter().map(|value| value * value).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
    mean.iter_mut().for_each(|value| *value /= length);
    mean
}

/// Q4_0: in each block a half-float scale, then the low halves of 16 bytes, then their high ones, each less 8.
fn dequantize(blocks: &[u8], output: &mut Vec<f32>) {
    for block in blocks.as_chunks::<BLOCK_BYTES>().0 {
        let scale = half(u16::from_le_bytes([block[0], block[1]]));
        output.extend(block[2..].iter().map(|byte| (f32::from(byte & 0x0F) - 8.0) * scale));
        output.extend(block[2..].iter().map(|byte| (f32::from(byte >> 4) - 8.0) * scale));
    }
}

/// IEEE 754 half precision.
fn half(bits: u16) -> f32 {
    let sign = if bits >> 15 == 1 { -1.0 } else { 1.0 };
    let (exponent, fraction) = (i32::from(bits >> 10 & 0x1F), f32::from(bits & 0x3FF));
    match exponent {
        0 => sign * fraction * 2.0_f32.powi(-24),
        _ => sign * (1.0 + fraction / 1024.0) * 2.0_f32.powi(exponent - 15),
    }
}
