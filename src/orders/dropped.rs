//! What is dropped beside requests: buyers whose time is over, accounts that were deleted. Always a little at a time, so that nobody waits for it.

use std::collections::BTreeMap;

use super::{Orders, store};
use crate::clock::Micros;
use crate::error::ServiceError;

/// Sales of a transaction.
const AT_ONCE: i64 = 500;
/// A sale stands in the list of a period by its payment, which comes no later than this.
const PAID_WITHIN: i64 = 30 * Micros::DAY;

impl Orders {
    /// Empties who bought, where `[orders] buyers_kept_days` is over. Nothing where that is 0.
    pub(super) async fn forget_buyers(&self) -> Result<(), ServiceError> {
        let days = i64::from(self.0.settings.buyers_kept_days);
        if days == 0 {
            return Ok(());
        }
        let until = self.0.events.now().plus(-days * Micros::DAY);
        loop {
            let mut write = self.0.db.begin().await?;
            let old = store::buyers::old(&mut write, until, AT_ONCE).await?;
            let mut by_account: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
            for sold in &old {
                by_account.entry(&sold.account).or_default().push(&sold.code);
            }
            for (account, codes) in &by_account {
                store::buyers::forget(&mut write, account, codes).await?;
            }
            if old.is_empty() {
                store::buyers::forget_subscribers(&mut write, until).await?;
                store::bodies::drop_of_periods(&mut write, until.plus(PAID_WITHIN)).await?;
            }
            write.commit().await?;
            if old.is_empty() {
                return Ok(());
            }
        }
    }

    /// Drops what is left of accounts that were deleted. A kill in between costs nothing.
    pub async fn drop_deleted(&self) -> Result<(), ServiceError> {
        for account in store::deleted(&self.0.db.ready().await?).await? {
            loop {
                let mut write = self.0.db.begin().await?;
                let is_gone = store::delete_some(&mut write, &account, AT_ONCE).await?;
                write.commit().await?;
                if is_gone {
                    break;
                }
            }
        }
        Ok(())
    }
}
