//! The search's model, lent to the guard.

use std::time::Duration;

use super::Tickets;
use super::guard::{self, Meant};
use super::model::Draft;
use crate::search::Meaning;

/// How long a message may take to be understood. After that it is judged by its words alone.
pub const UNDERSTOOD_WITHIN: Duration = Duration::from_secs(1);

impl Tickets {
    /// Lends the model. Without one, messages are judged by their words alone.
    pub fn understand_with(&self, meaning: Meaning, within: Duration) {
        // Lent once, when the program starts.
        _ = self.0.meaning.set((meaning, within));
    }

    /// What a message means. Takes the model's time, some 50 ms; none for one that is kept aside whatever it means.
    pub async fn meant(&self, draft: &Draft) -> Meant {
        let model = self.0.meaning.get().filter(|(meaning, _)| meaning.is_ready());
        let Some((meaning, within)) = model.filter(|_| !guard::is_certain(draft)) else { return Meant::default() };
        let Some(numbers) = meaning.read_message(guard::text_to_understand(draft), *within).await else {
            tracing::info!("a message is judged by its words alone: the model was busy");
            return Meant::default();
        };
        guard::meant(draft, &numbers)
    }
}
