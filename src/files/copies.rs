//! The same file once more, for another message: each is kept and dropped by itself.

use super::{Attachment, Files, STAGED_MICROS, signed, store};
use crate::db;
use crate::error::ServiceError;

impl Files {
    /// A copy that waits for its form, with its signed id.
    pub async fn copy(&self, of: &Attachment) -> Result<(Attachment, String), ServiceError> {
        let (key, now) = (self.0.key.get()?, self.0.clock.now());
        let bytes = self.0.bytes.get(&of.id).await?;
        let copy = Attachment { id: db::new_id(now)?, message: None, ..of.clone() };
        let mut write = self.0.db.begin().await?;
        store::insert(&mut write, &copy, &key.tag("file", &[&bytes]), now, now.plus(STAGED_MICROS)).await?;
        write.commit().await?;
        self.0.bytes.put(&copy.id, bytes).await?;
        if let Some(preview) = self.0.bytes.get_preview(&of.id).await? {
            self.0.bytes.put_preview(&copy.id, preview).await?;
        }
        let token = signed(key, &copy.id);
        Ok((copy, token))
    }
}
