//! What a message means, as the search's model reads it: offers are alike in what they want, whatever their words. The model's numbers are
//! taken apart into waves in random directions, of which a weighted sum can follow any border (random Fourier features: Rahimi and Recht,
//! "Random features for large-scale kernel machines", 2007). The weights are learned by `make train-spam`.

/// Waves that a message is taken apart into.
pub(super) const WAVES: usize = 1024;
/// Weights as they are committed, one byte a wave; the last is added to every message.
pub(super) const BYTES: usize = WAVES + 1;
/// What one step of a byte is worth, as a part of a natural logarithm of odds.
pub(super) const STEP: f32 = 1.0 / 32.0;
/// Square root of 6: two messages are alike by `exp(-3 d²)`, `d` being how far apart the model sees them; for this model .6 is far.
const FREQUENCY: f32 = 2.449_489_8;
/// Every program that makes the waves makes the same ones.
const SEED: u64 = 0x9e37_79b9_7f4a_7c15;
/// The model takes no more in than about so much.
pub(super) const TEXT_MAX_CHARS: usize = 1500;

/// What the model is given to read.
pub(super) fn text(subject: &str, message: &str) -> String {
    format!("{subject}. {message}").chars().take(TEXT_MAX_CHARS).collect()
}

/// Where a message lies on each wave.
pub(super) fn waves(numbers: &[f32]) -> Vec<f32> {
    let mut random = SEED;
    let height = (2.0 / WAVES as f32).sqrt();
    let wave = |_| {
        // Each number is taken as it is or turned round: as good as a direction drawn from all, and a bit each.
        let along: f32 = numbers
            .chunks(64)
            .map(|part| {
                let bits = next(&mut random);
                part.iter().enumerate().map(|(at, number)| if (bits >> at) & 1 == 1 { *number } else { -*number }).sum::<f32>()
            })
            .sum();
        let phase = (next(&mut random) >> 40) as f32 / (1_u64 << 24) as f32 * std::f32::consts::TAU;
        height * (FREQUENCY * along + phase).cos()
    };
    (0..WAVES).map(wave).collect()
}

/// Logarithm of the odds that a message on these waves is spam, beside what its words say.
pub(super) fn sum(weights: &[u8; BYTES], waves: &[f32]) -> f64 {
    let weight = |byte: &u8| f32::from(byte.cast_signed()) * STEP;
    let told: f32 = weights.iter().zip(waves).map(|(byte, wave)| weight(byte) * wave).sum();
    f64::from(told + weight(&weights[WAVES]))
}

/// Marsaglia's xorshift: any sequence without a pattern will do.
fn next(random: &mut u64) -> u64 {
    *random ^= *random << 13;
    *random ^= *random >> 7;
    *random ^= *random << 17;
    *random
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waves_are_alike_as_far_as_messages_are() {
        let numbers = |shift: usize| -> Vec<f32> { (0..384).map(|at| if (at + shift).is_multiple_of(16) { 0.204 } else { 0.0 }).collect() };
        let alike = |one: &[f32], other: &[f32]| waves(one).iter().zip(waves(other)).map(|(one, other)| one * other).sum::<f32>();
        let (one, other) = (numbers(0), numbers(1));
        let between: Vec<f32> = one.iter().zip(&other).map(|(one, other)| one * 0.9 + other * 0.1).collect();
        // The squares of the distances are 0, .02 and 2.
        for (value, exact) in [(alike(&one, &one), 1.0), (alike(&one, &between), 0.942), (alike(&one, &other), 0.0025)] {
            assert!((value - exact as f32).abs() < 0.1, "{value} instead of {exact}");
        }
        assert_eq!(waves(&one), waves(&one));
    }

    #[test]
    fn only_the_beginning_of_a_long_message_is_read() {
        assert_eq!(text("Assunto", &"á".repeat(50_000)).chars().count(), TEXT_MAX_CHARS);
    }
}
