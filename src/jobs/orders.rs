//! Reads connected accounts of Hotmart. Apart from the queue: a first import takes longer than any job may.

use std::time::Duration;

use tokio::sync::watch;

use super::{Jobs, every, stopped};
use crate::error::ServiceError;

/// A new account, also one that the command line connected, is found so soon.
const LOOK_EVERY: Duration = Duration::from_secs(1);

impl Jobs {
    pub(super) async fn orders(&self, mut stop: watch::Receiver<bool>) {
        let (mut turn, mut is_away) = (every(LOOK_EVERY), false);
        loop {
            tokio::select! {
                () = stopped(&mut stop) => return,
                _ = turn.tick() => {}
            }
            let asked = stop.clone();
            let is_stopping = move || *asked.borrow();
            let result = tokio::select! {
                // A call under way is left; what was kept until then stays.
                () = stopped(&mut stop) => return,
                result = self.read_orders(&is_stopping) => result,
            };
            if let (Err(error), false) = (&result, is_away) {
                tracing::warn!(%error, "accounts of Hotmart wait to be read");
            }
            is_away = result.is_err();
        }
    }

    async fn read_orders(&self, is_stopping: &(dyn Fn() -> bool + Sync)) -> Result<(), ServiceError> {
        self.orders.drop_deleted().await?;
        self.orders.read_due(is_stopping).await
    }
}
