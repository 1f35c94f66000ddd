//! What the model says of a text, packed: a byte for each of its numbers.

use ajuda_embedding::{DIMENSIONS, product};

/// The question's numbers are whole ones up to this, finer than those of the articles; so large that 384 products with bytes fit 32 bits.
const ASKED_LARGEST: f32 = 4095.0;
const BYTE_LARGEST: f32 = 127.0;

/// The vector of a part of an article.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::search) struct Vector {
    pub(in crate::search) scale: f32,
    pub(in crate::search) values: [i8; DIMENSIONS],
}

/// The vector of a question.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::search) struct Asked {
    scale: f32,
    values: [i16; DIMENSIONS],
}

impl Vector {
    /// `None` for numbers that are none.
    pub(in crate::search) fn new(numbers: &[f32]) -> Option<Self> {
        let scale = scale(numbers, BYTE_LARGEST)?;
        let values: Vec<i8> = numbers.iter().map(|number| (number / scale).round() as i8).collect();
        Some(Self { scale, values: values.try_into().ok()? })
    }
}

impl Vector {
    /// What was packed, nearly.
    pub(in crate::search) fn numbers(&self) -> Vec<f32> {
        self.values.iter().map(|value| f32::from(*value) * self.scale).collect()
    }
}

impl Asked {
    pub(in crate::search) fn new(numbers: &[f32]) -> Option<Self> {
        let scale = scale(numbers, ASKED_LARGEST)?;
        let values: Vec<i16> = numbers.iter().map(|number| (number / scale).round() as i16).collect();
        Some(Self { scale, values: values.try_into().ok()? })
    }

    /// How alike the two mean: 1 at most; what has nothing in common lies about .75 with this model.
    pub(in crate::search) fn similarity(&self, vector: &Vector) -> f32 {
        product(&self.values, &vector.values) as f32 * self.scale * vector.scale
    }
}

fn scale(numbers: &[f32], largest: f32) -> Option<f32> {
    let most = numbers.iter().fold(0.0_f32, |most, number| most.max(number.abs()));
    (most.is_finite() && most > 0.0 && numbers.iter().all(|number| number.is_finite())).then_some(most / largest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wave(step: f32) -> Vec<f32> {
        let numbers: Vec<f32> = (0..DIMENSIONS).map(|at| (at as f32 * step).sin()).collect();
        let length = numbers.iter().map(|number| number * number).sum::<f32>().sqrt();
        numbers.iter().map(|number| number / length).collect()
    }

    #[test]
    fn packing_loses_next_to_nothing() {
        let (one, other) = (wave(0.37), wave(0.41));
        let exact: f32 = one.iter().zip(&other).map(|(one, other)| one * other).sum();
        let (asked, vector) = (Asked::new(&one).expect("numbers"), Vector::new(&other).expect("numbers"));
        assert!((asked.similarity(&vector) - exact).abs() < 0.002);
        assert!((asked.similarity(&Vector::new(&one).expect("numbers")) - 1.0).abs() < 0.002);
    }

    #[test]
    fn what_is_no_vector_is_refused() {
        assert_eq!(Vector::new(&[f32::NAN; DIMENSIONS]), None);
        assert_eq!(Vector::new(&[0.0; DIMENSIONS]), None);
        assert_eq!(Vector::new(&[1.0; 3]), None);
        assert_eq!(Asked::new(&[f32::INFINITY; DIMENSIONS]), None);
    }
}
