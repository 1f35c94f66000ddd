//! Logistic regression over the features' places: a pass over all examples in another order each time, with steps that get smaller (AdaGrad).

use crate::features::TABLE;
use crate::weights::{BYTES, STEP, share};

const PASSES: usize = 15;
/// How much of a weight is lost each time it is used: what one set says by chance does not last.
const LOST: f64 = 0.002;
const STEP_SIZE: f64 = 0.1;

pub struct Example {
    pub places: Vec<usize>,
    pub is_bot: bool,
}

/// The weights as bytes, as `weights.bin` holds them.
pub fn table(examples: &[Example]) -> [u8; BYTES] {
    let mut weights = vec![0.0_f64; BYTES];
    let mut squares = vec![1e-8; BYTES];
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut random = 42_u64;
    for _ in 0..PASSES {
        for at in (1..order.len()).rev() {
            // Knuth's numbers: the same order on every machine.
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            order.swap(at, (random >> 33) as usize % (at + 1));
        }
        for one in order.iter().map(|at| &examples[*at]) {
            let share = share(one.places.len());
            let sum = weights[TABLE] + share * one.places.iter().map(|place| weights[*place]).sum::<f64>();
            let error = 1.0 / (1.0 + (-sum).exp()) - f64::from(u8::from(one.is_bot));
            let mut change = |place: usize, slope: f64| {
                squares[place] += slope * slope;
                weights[place] = (weights[place] - STEP_SIZE * slope / f64::sqrt(squares[place])) * (1.0 - LOST);
            };
            change(TABLE, error);
            one.places.iter().for_each(|place| change(*place, error * share));
        }
    }
    std::array::from_fn(|place| ((weights[place] / STEP).round().clamp(-127.0, 127.0) as i8).cast_unsigned())
}
