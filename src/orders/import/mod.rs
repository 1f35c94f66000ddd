//! Reads an account from Hotmart: first everything since 2011, then again and again what may have changed.
//!
//! What has to be read is rows in the database, a period of a list each, so a kill costs one period at most; reading one twice changes nothing.
//! One process reads an account at a time: it holds the account's row, renews it with every page that it keeps, and writes nothing without it.

pub(super) mod bodies;
pub(super) mod fields;
mod items;
pub(super) mod keep;
mod plan;
mod progress;
mod raw;
mod read;
mod stream;

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;

pub use items::{Commissions, People, Price, Recurrence, Sale, Subscription};
pub(super) use plan::periods;
pub use progress::{Failure, Progress, State};
pub use stream::Stream;

use self::read::Ended;
use super::account::Account;
use super::client::{CallError, Client};
use super::{Orders, store};
use crate::clock::Micros;
use crate::db::DbError;
use crate::error::ServiceError;
use crate::values::words::words;

/// Nobody else reads an account for so long after its reader said that it goes on; then it has died.
const HELD: i64 = 3 * Micros::SECOND;
const HELD_ANEW_EVERY: Duration = Duration::from_secs(1);
/// After a call that may go through later.
const RETRY_PASSING: i64 = Micros::MINUTE;
/// After one that somebody has to mend. *Test now* asks at once.
const RETRY_MENDED: i64 = Micros::HOUR;
/// Of one turn; then the next account's keys, pauses and new accounts are looked at again.
const WINDOWS_PER_TURN_MAX: usize = 200;

/// Why a period is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Round {
    /// Everything, once.
    Import,
    /// What is new.
    Newest,
    /// What changes late: refunds, disputes.
    Recent,
    /// Everything again, slowly.
    Full,
}

words!(Round { Import => "import", Newest => "newest", Recent => "recent", Full => "full" });

/// A period of a list that has to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    pub stream: Stream,
    pub starts_at: Micros,
    pub ends_at: Micros,
    pub round: Round,
}

impl Orders {
    /// Reads what is due of every account, all of them at the same time, since each has a limit of its own. `is_stopping` ends it after a page.
    pub async fn read_due(&self, is_stopping: &(dyn Fn() -> bool + Sync)) -> Result<(), ServiceError> {
        let accounts = self.accounts().list().await?;
        while !accounts.is_empty() && !is_stopping() && self.know_addresses().await? {}
        let reading = accounts.iter().map(|account| async move {
            let is_read = !account.is_paused && !account.is_disconnected;
            let result = if is_read { self.read_account(account, is_stopping).await } else { Ok(()) };
            result.and(self.count_rest(&account.id, is_stopping).await)
        });
        let results = join_all(reading).await;
        results.into_iter().collect()
    }

    async fn read_account(&self, account: &Account, is_stopping: &(dyn Fn() -> bool + Sync)) -> Result<(), ServiceError> {
        let now = self.0.events.now();
        let mut write = self.0.db.begin().await?;
        let is_held = store::claim(&mut write, &account.id, &self.0.reader, now, now.plus(HELD)).await?;
        write.commit().await?;
        if !is_held {
            return Ok(());
        }
        let result = tokio::select! {
            result = self.read_windows(account, is_stopping) => result,
            () = self.hold(&account.id) => Ok(()),
        };
        let mut write = self.0.db.begin().await?;
        store::let_go(&mut write, &account.id, &self.0.reader).await?;
        write.commit().await?;
        result
    }

    /// Says again and again that the account is being read. Returns where it isn't this process's any more.
    async fn hold(&self, account: &str) {
        loop {
            tokio::time::sleep(HELD_ANEW_EVERY).await;
            let renew = async {
                let mut write = self.0.db.begin().await?;
                let is_held = store::renew(&mut write, account, &self.0.reader, self.0.events.now().plus(HELD)).await?;
                write.commit().await?;
                Ok::<_, DbError>(is_held)
            };
            match renew.await {
                Ok(true) => {}
                Ok(false) => return,
                // While the database is away nothing is written either; what comes then decides.
                Err(error) => tracing::debug!(%error, "an account can't be held for now"),
            }
        }
    }

    async fn read_windows(&self, account: &Account, is_stopping: &(dyn Fn() -> bool + Sync)) -> Result<(), ServiceError> {
        let client = self.client_of(account).await?;
        for _ in 0..WINDOWS_PER_TURN_MAX {
            if is_stopping() {
                return Ok(());
            }
            let window = match store::windows::next(&self.0.db.ready().await?, &account.id).await? {
                Some(window) => window,
                None if self.plan_due(&account.id).await? => continue,
                None => return self.compare_due(account).await,
            };
            match self.read_window(account, &client, &window, is_stopping).await? {
                Ended::Done => self.count_period(&account.id, &window, is_stopping).await?,
                Ended::NotHeld => return Ok(()),
                Ended::Failed(error) => return self.wait_after(&account.id, error).await,
            }
        }
        Ok(())
    }

    /// The connection is kept, with its token and its pace.
    pub(super) async fn client_of(&self, account: &Account) -> Result<Arc<Client>, ServiceError> {
        let mut clients = self.0.clients.lock().await;
        if let Some(client) = clients.get(&account.id) {
            return Ok(Arc::clone(client));
        }
        let keys = self.accounts().keys(&account.id).await?;
        let client = self.client(account.environment, keys).map_err(|error| ServiceError::Unavailable(error.to_string()))?;
        let client = Arc::new(client);
        clients.insert(account.id.clone(), Arc::clone(&client));
        Ok(client)
    }

    pub(super) async fn wait_after(&self, account: &str, error: CallError) -> Result<(), ServiceError> {
        tracing::warn!(account, problem = error.word(), "an account of Hotmart can't be read for now");
        let retry = self.0.events.now().plus(if error.is_passing() { RETRY_PASSING } else { RETRY_MENDED });
        let mut write = self.0.db.begin().await?;
        store::set_answer(&mut write, account, None, Some(error.word()), Some(retry)).await?;
        Ok(write.commit().await?)
    }
}
