//! The search's model, lent to the guard.

use std::time::Duration;

use tokio::sync::Semaphore;

use super::Tickets;
use super::guard;
use super::model::Draft;
use crate::search::Meaning;

/// A message that takes longer to be understood is judged by its words alone.
const PATIENCE: Duration = Duration::from_secs(1);
/// One message at a time, so that a flood of them leaves the model to those who search.
static READING: Semaphore = Semaphore::const_new(1);

impl Tickets {
    /// Lends the model. Without one, messages are judged by their words alone.
    pub fn understand_with(&self, meaning: Meaning) {
        // Lent once, when the program starts.
        _ = self.0.meaning.set(meaning);
    }

    /// What a message means, in the guard's points. Takes the model's time, some 50 ms; asked again within minutes, none.
    pub(super) async fn meant(&self, draft: &Draft) -> i64 {
        let Some(meaning) = self.0.meaning.get().filter(|meaning| !draft.trapped && meaning.is_ready()) else { return 0 };
        let text = guard::text_to_understand(draft);
        let reading = async {
            let _turn = READING.acquire().await.ok()?;
            meaning.vector(&text).await
        };
        let numbers = tokio::time::timeout(PATIENCE, reading).await.ok().flatten();
        numbers.map_or(0, |numbers| guard::meant(&numbers))
    }
}
