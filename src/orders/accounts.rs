//! Connecting an account, and what is done to it afterwards. Every step leaves an event.

use std::time::Duration;

use tokio::time::timeout;

use super::account::{Account, Compared, Keys, NewAccount, Size};
use super::client::CallError;
use super::{Orders, store};
use crate::clock::Micros;
use crate::config::Secret;
use crate::db;
use crate::error::ServiceError;
use crate::events::{Actor, Kind, NewEvent, Subject};

const KEYS: &str = "order account keys";
const HOTTOK: &str = "order account hottok";
/// What an account is asked for to see whether its keys open anything.
const SALES: &str = "/payments/api/v1/sales/history";
/// Any short period will do.
const ASKED_BACK: i64 = Micros::DAY;

const TRIED_MAX: Duration = Duration::from_secs(30);

/// Why an account was not connected.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// Another account has the name.
    #[error("another account has this name")]
    NameTaken,
    #[error("{0}")]
    Call(#[from] CallError),
    #[error("{0}")]
    Failed(#[from] ServiceError),
}

impl From<crate::db::DbError> for ConnectError {
    fn from(error: crate::db::DbError) -> Self {
        Self::Failed(error.into())
    }
}

/// What concerns accounts; from [`Orders::accounts`].
#[derive(Clone, Copy)]
pub struct Accounts<'a>(pub(super) &'a Orders);

impl Accounts<'_> {
    /// In the order in which they were connected.
    pub async fn list(&self) -> Result<Vec<Account>, ServiceError> {
        Ok(store::all(&self.0.0.db.ready().await?).await?)
    }

    pub async fn by_id(&self, id: &str) -> Result<Account, ServiceError> {
        // It comes from an address: not everything that stands there may be asked of a database.
        if !id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(ServiceError::NotFound);
        }
        store::by_id(&self.0.0.db.ready().await?, id).await?.ok_or(ServiceError::NotFound)
    }

    /// Asks Hotmart whether the keys open anything, then keeps the account. Returns its id. One that was disconnected and whose sales were kept is itself
    /// again, and everything is read anew.
    pub async fn connect(&self, new: &NewAccount, by: &Actor) -> Result<String, ConnectError> {
        let all = self.list().await?;
        let is_same = |account: &&Account| account.client_id == new.keys.client_id && account.environment == new.environment;
        let known = all.iter().filter(|account| account.is_disconnected).find(is_same);
        if all.iter().any(|account| account.name == new.name && Some(&account.id) != known.map(|known| &known.id)) {
            return Err(ConnectError::NameTaken);
        }
        self.try_keys(new.environment, new.keys.clone()).await?;
        let (keys, hottok) = (self.seal_keys(&new.keys)?, new.hottok.as_ref().map(|hottok| self.seal(HOTTOK, hottok.reveal())).transpose()?);
        let mut change = self.0.0.events.begin().await?;
        let account = Account {
            id: known.map_or_else(|| db::new_id(change.now()), |known| Ok(known.id.clone()))?,
            name: new.name.clone(),
            environment: new.environment,
            client_id: new.keys.client_id.clone(),
            is_paused: false,
            has_hottok: new.hottok.is_some(),
            created_at: change.now(),
            answered_at: Some(change.now()),
            problem: None,
            is_disconnected: false,
            compared: Compared::default(),
        };
        if known.is_some() {
            store::connect_again(&mut change, &account, &keys, hottok.as_deref()).await?;
        // Somebody else may have taken the name meanwhile.
        } else if !store::insert(&mut change, &account, &keys, hottok.as_deref()).await? {
            return Err(ConnectError::NameTaken);
        }
        self.0.begin_counting(&mut change, &account.id).await?;
        self.0.plan_import(&mut change, &account.id, account.created_at).await?;
        let event = NewEvent::new(Subject::OrderAccount, &account.id, by, Kind::AccountConnected);
        change.record(event.with("environment", account.environment.word()));
        change.commit().await?;
        Ok(account.id)
    }

    /// Asks Hotmart once more, and keeps what came of it. Reading goes on at once, also of what could not be read before.
    pub async fn check(&self, id: &str) -> Result<Result<(), CallError>, ServiceError> {
        let account = self.connected(id).await?;
        let answer = self.try_keys(account.environment, self.keys(id).await?).await;
        let mut write = self.0.0.db.begin().await?;
        let answered = answer.is_ok().then(|| self.0.0.events.now());
        store::set_answer(&mut write, id, answered, answer.err().map(CallError::word), None).await?;
        write.commit().await?;
        self.0.read_failed_again(id).await?;
        Ok(answer)
    }

    async fn try_keys(&self, environment: super::account::Environment, keys: Keys) -> Result<(), CallError> {
        let client = self.0.client(environment, keys)?;
        let now = self.0.0.events.now();
        let (from, to) = (millis(now.plus(-ASKED_BACK)), millis(now));
        let question = [("start_date", from.as_str()), ("end_date", to.as_str()), ("max_results", "1")];
        // Somebody waits for it: once, and not for long.
        match timeout(TRIED_MAX, client.page_once(SALES, &question)).await {
            Ok(answer) => answer.map(drop),
            Err(_) => Err(CallError::NotReached),
        }
    }

    /// False where another account has the name.
    pub async fn rename(&self, id: &str, name: &str, by: &Actor) -> Result<bool, ServiceError> {
        self.by_id(id).await?;
        let mut change = self.0.0.events.begin().await?;
        if !store::rename(&mut change, id, name).await? {
            return Ok(false);
        }
        change.record(NewEvent::new(Subject::OrderAccount, id, by, Kind::AccountRenamed));
        change.commit().await?;
        Ok(true)
    }

    /// Nothing is asked of Hotmart while an account is paused.
    pub async fn pause(&self, id: &str, is_paused: bool, by: &Actor) -> Result<(), ServiceError> {
        self.connected(id).await?;
        let mut change = self.0.0.events.begin().await?;
        let since = is_paused.then(|| change.now());
        store::set_paused(&mut change, id, since).await?;
        let kind = if is_paused { Kind::AccountPaused } else { Kind::AccountResumed };
        change.record(NewEvent::new(Subject::OrderAccount, id, by, kind));
        Ok(change.commit().await?)
    }

    /// The secret that Hotmart sends with webhooks, or none.
    pub async fn set_hottok(&self, id: &str, hottok: Option<&Secret>, by: &Actor) -> Result<(), ServiceError> {
        self.connected(id).await?;
        let sealed = hottok.map(|hottok| self.seal(HOTTOK, hottok.reveal())).transpose()?;
        let mut change = self.0.0.events.begin().await?;
        store::set_hottok(&mut change, id, sealed.as_deref()).await?;
        change.record(NewEvent::new(Subject::OrderAccount, id, by, Kind::AccountHottokSet).with("has_hottok", sealed.is_some()));
        Ok(change.commit().await?)
    }

    /// The keys are forgotten, and nothing more is asked. `deletes`: what was read goes too, from now on bit by bit; [`Orders::drop_deleted`] does it.
    pub async fn disconnect(&self, id: &str, deletes: bool, by: &Actor) -> Result<(), ServiceError> {
        self.by_id(id).await?;
        let mut change = self.0.0.events.begin().await?;
        let now = change.now();
        store::disconnect(&mut change, id, now, deletes).await?;
        self.0.0.clients.lock().await.remove(id);
        change.record(NewEvent::new(Subject::OrderAccount, id, by, Kind::AccountDisconnected).with("deletes", deletes));
        Ok(change.commit().await?)
    }

    /// How much is here of an account.
    pub async fn size(&self, id: &str) -> Result<Size, ServiceError> {
        Ok(store::size(&self.0.0.db.ready().await?, id).await?)
    }

    /// One that has keys.
    async fn connected(&self, id: &str) -> Result<Account, ServiceError> {
        let account = self.by_id(id).await?;
        if account.is_disconnected { Err(ServiceError::NotNow) } else { Ok(account) }
    }

    /// Seals all secrets anew with the key in use; `old` is the one that they were sealed with. Returns how many accounts there were.
    pub async fn rekey(&self, old: &crate::key::ServerKey, by: &Actor) -> Result<usize, ServiceError> {
        let mut change = self.0.0.events.begin().await?;
        let all = store::secrets(&mut change).await?;
        let wrong = || ServiceError::Broken("the old key does not open the accounts' secrets".into());
        for one in &all {
            let open = |purpose: &str, sealed: &str| -> Result<String, ServiceError> {
                let plain = old.unseal(purpose, sealed).ok_or_else(wrong)?;
                self.seal(purpose, &String::from_utf8(plain).map_err(|_| wrong())?)
            };
            let keys = open(KEYS, &one.keys)?;
            let hottok = one.hottok.as_deref().map(|hottok| open(HOTTOK, hottok)).transpose()?;
            store::set_secrets(&mut change, &one.id, &keys, hottok.as_deref()).await?;
        }
        store::addresses::drop_all(&mut change).await?;
        change.record(NewEvent::new(Subject::OrderAccount, "", by, Kind::AccountsRekeyed).with("count", all.len()));
        change.commit().await?;
        Ok(all.len())
    }

    pub(super) async fn keys(&self, id: &str) -> Result<Keys, ServiceError> {
        let sealed = store::keys_of(&self.0.0.db.ready().await?, id).await?.ok_or(ServiceError::NotFound)?;
        let lost =
            || ServiceError::Broken("an account's keys can't be opened: the server's key is another one now. `ajuda orders rekey` mends it".into());
        let plain = self.0.0.key.get()?.unseal(KEYS, &sealed).ok_or_else(lost)?;
        serde_json::from_slice(&plain).map_err(|_| lost())
    }

    /// The secret of an account's webhooks; `None` where there is no such account, or it takes none.
    pub(super) async fn hottok(&self, id: &str) -> Result<Option<String>, ServiceError> {
        if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Ok(None);
        }
        let Some(sealed) = store::hottok_of(&self.0.0.db.ready().await?, id).await? else { return Ok(None) };
        let plain = self.0.0.key.get()?.unseal(HOTTOK, &sealed);
        Ok(plain.and_then(|plain| String::from_utf8(plain).ok()))
    }

    /// When the last webhook came.
    pub async fn last_webhook(&self, id: &str) -> Result<Option<Micros>, ServiceError> {
        Ok(store::sales::last_webhook(&self.0.0.db.ready().await?, id).await?)
    }

    fn seal_keys(&self, keys: &Keys) -> Result<String, ServiceError> {
        let plain = serde_json::to_string(keys).map_err(|_| ServiceError::Broken("keys that can't be written".into()))?;
        self.seal(KEYS, &plain)
    }

    fn seal(&self, purpose: &str, plain: &str) -> Result<String, ServiceError> {
        let no_random = || ServiceError::Unavailable("no random numbers from the system".into());
        self.0.0.key.get()?.seal(purpose, plain.as_bytes()).ok_or_else(no_random)
    }
}

/// As Hotmart writes moments.
fn millis(at: Micros) -> String {
    (at.0 / 1000).to_string()
}
