//! Enums that are stored and written as words.

/// Gives an enum `ALL`, `word()` (what is stored) and `parse()`; for everybody, or for those that are named first: `pub(super), `.
macro_rules! words {
    ($type:ident { $($variant:ident => $word:literal),+ $(,)? }) => {
        $crate::values::words::words!(pub, $type { $($variant => $word),+ });
    };
    ($vis:vis, $type:ident { $($variant:ident => $word:literal),+ $(,)? }) => {
        impl $type {
            $vis const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word that is stored.
            $vis fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }

            $vis fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.word() == word)
            }
        }
    };
}

pub(crate) use words;
