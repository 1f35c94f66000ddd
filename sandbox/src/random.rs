//! Numbers that only look random: the same seed gives the same sales on every machine and in every version.

/// The generator known as SplitMix64. It needs 64 bits of state, so each sale can have a stream of its own.
#[derive(Clone)]
pub(crate) struct Random(u64);

impl Random {
    /// The stream of one thing: `parts` say which.
    pub(crate) fn of(parts: &[u64]) -> Self {
        let mut state = 0x243F_6A88_85A3_08D3;
        for part in parts {
            state = mixed(state ^ part.wrapping_mul(0x9E37_79B9_7F4A_7C15)).wrapping_add(*part);
        }
        Self(state)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mixed(self.0)
    }

    /// From 0 up to `limit`, without it; 0 if the limit is 0.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        // The upper half of the product: without the bias of a remainder for the limits that are used here.
        u64::try_from((u128::from(self.next()) * u128::from(limit)) >> 64).unwrap_or(0)
    }

    pub(crate) fn one_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    pub(crate) fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        let place = self.place(choices.len());
        &choices[place]
    }

    pub(crate) fn place(&mut self, length: usize) -> usize {
        usize::try_from(self.below(length as u64)).unwrap_or(0)
    }

    /// One of the choices, each as often as its weight says.
    pub(crate) fn weighted<T: Copy>(&mut self, choices: &[(T, u32)]) -> T {
        let sum: u64 = choices.iter().map(|(_, weight)| u64::from(*weight)).sum();
        let mut left = self.below(sum);
        for (choice, weight) in choices {
            let weight = u64::from(*weight);
            if left < weight {
                return *choice;
            }
            left -= weight;
        }
        choices[0].0
    }

    /// A whole number of milliseconds within some days.
    pub(crate) fn millis(&mut self, span: i64) -> i64 {
        i64::try_from(self.below(u64::try_from(span).unwrap_or(0))).unwrap_or(0)
    }

    /// The look of a UUID of version 4.
    pub(crate) fn uuid(&mut self) -> String {
        let (high, low) = (self.next(), self.next());
        format!(
            "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
            high >> 32,
            (high >> 16) & 0xffff,
            high & 0xfff,
            0x8000 | ((low >> 48) & 0x3fff),
            low & 0xffff_ffff_ffff
        )
    }
}

fn mixed(state: u64) -> u64 {
    let state = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let state = (state ^ (state >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    state ^ (state >> 31)
}
