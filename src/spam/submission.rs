//! A message as far as it is judged.

/// What is judged.
#[derive(Debug, Clone, Copy)]
pub struct Submission<'a> {
    pub subject: &'a str,
    pub name: &'a str,
    pub email: &'a str,
    pub message: &'a str,
    /// Id of the chosen reason.
    pub reason: &'a str,
    pub has_code: bool,
    /// The field that people can't see was filled in.
    pub trapped: bool,
    /// How long the page was open; `None` when no script told.
    pub seconds: Option<i64>,
}
