//! Room for one more file: what a network may send in an hour, what may wait for its forms, what is stored, and what is free.

use super::{Files, STAGED_MAX_BYTES, store};
use crate::db::rate_limits;
use crate::error::ServiceError;

/// Of what may wait for its forms, what one network may have sent in an hour once half of it is taken.
const STAGED_SHARE: i64 = 8;

impl Files {
    /// Counts a file that came, and whether there is room for it.
    pub(super) async fn reserve(&self, budget: &str, bytes: usize) -> Result<bool, ServiceError> {
        let bytes = i64::try_from(bytes).unwrap_or(i64::MAX / 2);
        let now = self.0.clock.now();
        let mut write = self.0.db.begin().await?;
        let files = rate_limits::count(&mut write, budget, now).await?;
        let kib = rate_limits::add(&mut write, &self.0.key.get()?.tag("file bytes", &[budget.as_bytes()]), bytes / 1024 + 1, now).await?;
        write.commit().await?;
        let pool = self.0.db.ready().await?;
        let is_crowded = store::staged_bytes(&pool).await? > STAGED_MAX_BYTES / 2;
        let limits = &self.0.settings;
        let is_over = files > i64::from(limits.files_per_network_per_hour) || (is_crowded && kib > STAGED_MAX_BYTES / 1024 / STAGED_SHARE);
        if is_over || !self.has_free_disk() {
            return Ok(false);
        }
        let quota = i64::try_from(limits.stored_max_bytes).unwrap_or(i64::MAX);
        Ok(quota == 0 || store::stored_bytes(&pool).await?.saturating_add(bytes) <= quota)
    }

    #[cfg(unix)]
    fn has_free_disk(&self) -> bool {
        let Some(folder) = &self.0.folder else { return true };
        // A folder that is not there yet, or can't be asked, fails when it is written.
        rustix::fs::statvfs(folder).map_or(true, |disk| disk.f_bavail.saturating_mul(disk.f_frsize) >= self.0.settings.free_disk_min_bytes)
    }

    #[cfg(not(unix))]
    fn has_free_disk(&self) -> bool {
        true
    }
}
