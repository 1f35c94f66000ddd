//! Accounts of Hotmart, against a sandbox that answers as Hotmart does.

mod accounts;
mod beside;
mod contact;
mod figures;
mod filters;
mod find;
mod hostile;
mod import;
mod kept;
mod killed;
mod numbers;
mod other_figures;
mod proof;
mod reports;
mod rows;
mod webhooks;

use ajuda::config::Secret;
use ajuda::events::Actor;
use ajuda::orders::ConnectError;
use ajuda::orders::account::{Account, Environment, NewAccount, Typed};
use ajuda::rooms::Rooms;
use ajuda::settings::Config;
use ajuda_hotmart_sandbox::{Config as SandboxConfig, Sandbox};

use crate::support::MONDAY;

pub(crate) const SECRET: &str = "s3cret-of-the-client";

/// A sandbox in which it is the test's Monday.
pub(crate) async fn sandbox(sales: usize, faults: &str) -> Sandbox {
    let now = MONDAY.timestamp();
    let faults = faults.parse().expect("faults");
    Sandbox::start(SandboxConfig { sales, now, faults, calls_per_minute: 10_000_000, ..SandboxConfig::default() }).await.expect("a port")
}

/// Settings that ask the sandbox, as fast as it can.
pub(crate) fn asking(sandbox: &Sandbox) -> impl FnOnce(&mut Config) {
    let url = sandbox.url.clone();
    move |config| {
        config.orders.base_url = url;
        config.orders.calls_per_minute = 6_000_000;
    }
}

pub(crate) fn new_account(name: &str, client_id: &str) -> NewAccount {
    let typed = Typed { name: name.into(), client_id: client_id.into(), client_secret: Secret::new(SECRET), ..Typed::default() };
    NewAccount::parse(&typed, Environment::Production).expect("an account")
}

/// Connects an account.
pub(crate) async fn connect(rooms: &Rooms, name: &str) -> Result<Account, ConnectError> {
    let id = rooms.orders.accounts().connect(&new_account(name, "id-1"), &Actor::Console).await?;
    Ok(rooms.orders.accounts().by_id(&id).await.expect("a database"))
}
