//! Logistic regression: a pass over all examples in another order each time, with steps that get smaller (AdaGrad).

use crate::{features, semantic, weights};

/// How a table is learned.
struct Course {
    passes: usize,
    /// How much of a weight is lost each time it is used: what one set says by chance does not last.
    lost: f64,
    step: f64,
}

const WORDS: Course = Course { passes: 15, lost: 0.002, step: 0.1 };
const MEANING: Course = Course { passes: 30, lost: 0.000_05, step: 1.0 };
/// What a message means and what words it uses say much of the same: the weight of a wave counts this much beside a word's.
const MEANING_SHARE: f64 = 0.5;

/// A submission as both tables see it.
pub struct Example {
    pub places: Vec<usize>,
    pub waves: Vec<f32>,
    pub is_bot: bool,
}

/// The weights of words as bytes, as `weights.bin` holds them.
pub fn words(examples: &[&Example]) -> [u8; weights::BYTES] {
    let seen = |example: &Example| {
        let share = weights::share(example.places.len());
        example.places.iter().map(|place| (*place, share)).collect()
    };
    let learned = learn(examples, features::TABLE, &WORDS, seen);
    std::array::from_fn(|place| byte(learned[place] / weights::STEP))
}

/// The weights of what is meant as bytes, as `semantic.bin` holds them.
pub fn meaning(examples: &[&Example]) -> [u8; semantic::BYTES] {
    let seen = |example: &Example| example.waves.iter().map(|wave| f64::from(*wave)).enumerate().collect();
    let learned = learn(examples, semantic::WAVES, &MEANING, seen);
    std::array::from_fn(|place| byte(learned[place] * MEANING_SHARE / f64::from(semantic::STEP)))
}

/// A weight for each place, and after them what is added to every example.
fn learn(examples: &[&Example], places: usize, course: &Course, seen: impl Fn(&Example) -> Vec<(usize, f64)>) -> Vec<f64> {
    let examples: Vec<(Vec<(usize, f64)>, f64)> = examples.iter().map(|example| (seen(example), f64::from(u8::from(example.is_bot)))).collect();
    let mut weights = vec![0.0_f64; places + 1];
    let mut squares = vec![1e-8; places + 1];
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut random = 42_u64;
    for _ in 0..course.passes {
        for at in (1..order.len()).rev() {
            // Knuth's numbers: the same order on every machine.
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            order.swap(at, (random >> 33) as usize % (at + 1));
        }
        for (seen, is_bot) in order.iter().map(|at| &examples[*at]) {
            let sum = weights[places] + seen.iter().map(|(place, value)| value * weights[*place]).sum::<f64>();
            let error = 1.0 / (1.0 + (-sum).exp()) - is_bot;
            let mut change = |place: usize, slope: f64| {
                squares[place] += slope * slope;
                weights[place] = (weights[place] - course.step * slope / f64::sqrt(squares[place])) * (1.0 - course.lost);
            };
            change(places, error);
            seen.iter().for_each(|(place, value)| change(*place, error * value));
        }
    }
    weights
}

fn byte(steps: f64) -> u8 {
    (steps.round().clamp(-127.0, 127.0) as i8).cast_unsigned()
}
