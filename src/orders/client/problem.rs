//! Why a call to Hotmart brought nothing.

/// Each has a sentence on the desk that says what to do; `word` is what is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    #[error("Hotmart refuses the client id, the secret or the basic key")]
    WrongKeys,
    #[error("the keys have no right to read sales")]
    NoRight,
    #[error("the keys are of Hotmart's other system: sandbox instead of production, or the other way round")]
    OtherEnvironment,
    #[error("Hotmart can't be reached")]
    NotReached,
    #[error("Hotmart takes no more calls for now")]
    TooMany,
    /// The question took Hotmart too long: a shorter period may help.
    #[error("Hotmart gave up on the question")]
    TooSlow,
    /// A 400 that speaks of the period.
    #[error("Hotmart refuses the period")]
    PeriodRefused,
    /// A 400 that speaks of a word in it.
    #[error("Hotmart refuses a value of the question")]
    ValueRefused,
    #[error("Hotmart fails")]
    Failing,
    /// No JSON, or far more of it than a page has.
    #[error("something else than Hotmart's API answers")]
    NotHotmart,
}

impl CallError {
    pub const ALL: [Self; 10] = [
        Self::WrongKeys,
        Self::NoRight,
        Self::OtherEnvironment,
        Self::NotReached,
        Self::TooMany,
        Self::TooSlow,
        Self::PeriodRefused,
        Self::ValueRefused,
        Self::Failing,
        Self::NotHotmart,
    ];

    pub fn word(self) -> &'static str {
        match self {
            Self::WrongKeys => "wrong_keys",
            Self::NoRight => "no_right",
            Self::OtherEnvironment => "other_environment",
            Self::NotReached => "not_reached",
            Self::TooMany => "too_many",
            Self::TooSlow => "too_slow",
            Self::PeriodRefused => "period_refused",
            Self::ValueRefused => "value_refused",
            Self::Failing => "failing",
            Self::NotHotmart => "not_hotmart",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|error| error.word() == word)
    }

    /// Whether the same call may go through later; the others are for a person to mend.
    pub fn is_passing(self) -> bool {
        matches!(self, Self::NotReached | Self::TooMany | Self::TooSlow | Self::Failing | Self::NotHotmart)
    }
}
