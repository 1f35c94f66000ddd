//! Who did something.

/// Who did something. Every verb that changes something takes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    Customer,
    /// Somebody of the team, by id.
    Staff(String),
    /// A rule that staff made, by id.
    Rule(String),
    /// The program itself: which of its jobs.
    System(&'static str),
    /// Whoever runs the command line without saying who they are.
    Console,
}

/// The jobs that change something by themselves.
const JOBS: [&str; 3] = ["closing", "privacy", "release"];

impl Actor {
    /// What is stored: the kind, and the id where there is one.
    pub fn words(&self) -> (&'static str, Option<&str>) {
        match self {
            Self::Customer => ("customer", None),
            Self::Staff(id) => ("staff", Some(id)),
            Self::Rule(id) => ("rule", Some(id)),
            Self::System(job) => ("system", Some(job)),
            Self::Console => ("console", None),
        }
    }

    pub fn parse(kind: &str, id: Option<&str>) -> Option<Self> {
        Some(match (kind, id) {
            ("customer", None) => Self::Customer,
            ("staff", Some(id)) => Self::Staff(id.to_owned()),
            ("rule", Some(id)) => Self::Rule(id.to_owned()),
            ("system", Some(job)) => Self::System(JOBS.into_iter().find(|known| *known == job)?),
            ("console", None) => Self::Console,
            _ => return None,
        })
    }
}
