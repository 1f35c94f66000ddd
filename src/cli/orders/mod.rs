//! `ajuda orders`: accounts of Hotmart. Secrets come from the standard input alone: what stands on a command line is seen by everybody on the machine.

mod figures;
mod report;

use std::fmt::Write;
use std::io::{BufRead, Read};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;
use serde_json::json;

use crate::app::App;
use crate::cli::console::printable;
use crate::cli::{By, Settings, say};
use crate::clock::Clock;
use crate::config::Secret;
use crate::error::ServiceError;
use crate::events::Actor;
use crate::key::ServerKey;
use crate::orders::account::{Account, Environment, Field, NewAccount, Typed};
use crate::orders::{Accounts, CallError, ConnectError, Orders};

/// More than all secrets together have.
const SECRETS_MAX_BYTES: u64 = 8192;

#[derive(Subcommand)]
pub(super) enum OrdersCommand {
    /// The connected accounts, a line each.
    List {
        /// As JSON, for other programs.
        #[arg(long)]
        json: bool,
    },
    /// Connect an account of Hotmart. The keys are tried first.
    Connect {
        /// What your team calls it.
        #[arg(long)]
        name: String,
        #[arg(long, value_name = "ID")]
        client_id: String,
        /// Read the client secret from the standard input: its first line.
        #[arg(long, required = true)]
        client_secret_stdin: bool,
        /// Read the basic key from the next line. Without it, it's made from the id and the secret.
        #[arg(long)]
        basic_key_stdin: bool,
        /// Read the secret of webhooks from the next line.
        #[arg(long)]
        hottok_stdin: bool,
        /// The keys are of Hotmart's sandbox.
        #[arg(long)]
        sandbox: bool,
    },
    /// How far each account is read, and what could not be.
    Status {
        /// As JSON, for other programs.
        #[arg(long)]
        json: bool,
    },
    /// Compare counts and sums with Hotmart's own, per month, status and currency. What differs is read again.
    Reconcile {
        /// As JSON, for other programs.
        #[arg(long)]
        json: bool,
        /// One account; without it, all.
        #[arg(long)]
        name: Option<String>,
    },
    /// Figures of the sales of a period, per currency.
    Report {
        #[command(subcommand)]
        what: report::Report,
    },
    /// What Hotmart said about a sale or a subscription, as it came and as far as it's kept: a line of JSON for each list. It tells who bought.
    Raw { code: String },
    /// Ask Hotmart whether an account's keys work.
    Check { name: String },
    /// Ask nothing of Hotmart for an account.
    Pause { name: String },
    /// Go on.
    Resume { name: String },
    /// Give an account another name.
    Rename { old: String, new: String },
    /// Forget an account's keys. What was read stays, unless you say otherwise.
    Disconnect {
        name: String,
        /// Delete what was read too. It can't be undone.
        #[arg(long)]
        delete_sales: bool,
    },
    /// Encrypt all keys anew, after the server's key was replaced.
    Rekey {
        /// A file with the old key, 64 hexadecimal digits.
        #[arg(long, value_name = "FILE")]
        old_key: PathBuf,
    },
}

pub(super) async fn run(settings: Settings, by: By, what: OrdersCommand) -> Result<ExitCode, String> {
    let rooms = App::rooms_alone(&settings.load()?, Clock::default());
    let by = by.actor(&rooms).await?;
    let accounts = rooms.orders.accounts();
    let text = match what {
        OrdersCommand::List { json } => list(accounts, json).await?,
        OrdersCommand::Connect { name, client_id, basic_key_stdin, hottok_stdin, sandbox, .. } => {
            let mut secrets = read_secrets(std::io::stdin().lock())?.into_iter();
            let mut next = |wanted: bool| if wanted { secrets.next().unwrap_or_default() } else { Secret::default() };
            let (client_secret, basic_key, hottok) = (next(true), next(basic_key_stdin), next(hottok_stdin));
            let environment = if sandbox { Environment::Sandbox } else { Environment::Production };
            connect(accounts, &Typed { name, client_id, client_secret, basic_key, hottok }, environment, &by).await?
        }
        OrdersCommand::Status { json } => figures::status(&rooms, json).await?,
        OrdersCommand::Reconcile { json, name } => figures::reconcile(&rooms, name.as_deref(), json).await?,
        OrdersCommand::Report { what } => report::run(&rooms, what).await?,
        OrdersCommand::Raw { code } => figures::raw(&rooms, &code).await?,
        OrdersCommand::Check { name } => {
            accounts.check(&named(accounts, &name).await?.id).await.map_err(why_not)?.map_err(|error| mend(error).to_owned())?;
            "Hotmart answered: the keys work.\n".to_owned()
        }
        OrdersCommand::Pause { name } => pause(accounts, &name, true, &by).await?,
        OrdersCommand::Resume { name } => pause(accounts, &name, false, &by).await?,
        OrdersCommand::Rename { old, new } => rename(accounts, &old, &new, &by).await?,
        OrdersCommand::Disconnect { name, delete_sales } => disconnect(&rooms.orders, &name, delete_sales, &by).await?,
        OrdersCommand::Rekey { old_key } => rekey(accounts, &old_key, &by).await?,
    };
    say(&text);
    Ok(ExitCode::SUCCESS)
}

async fn list(accounts: Accounts<'_>, as_json: bool) -> Result<String, String> {
    let all = accounts.list().await.map_err(why_not)?;
    if as_json {
        let listed = all.iter().map(|account| {
            json!({
                "id": account.id, "name": account.name, "environment": account.environment.word(), "client_id": account.client_id,
                "paused": account.is_paused, "disconnected": account.is_disconnected, "hottok": account.has_hottok, "problem": account.problem,
            })
        });
        return Ok(format!("{}\n", json!(listed.collect::<Vec<_>>())));
    }
    if all.is_empty() {
        return Ok("No account is connected. `ajuda orders connect --help` says how.\n".to_owned());
    }
    Ok(all.iter().fold(String::new(), |mut text, account| {
        let _ = writeln!(text, "{:<10}  {:<30}  {}", account.environment.word(), printable(&account.name), state(account));
        text
    }))
}

fn state(account: &Account) -> &'static str {
    if account.is_disconnected {
        return "disconnected";
    }
    match (account.is_paused, account.problem.as_deref().and_then(CallError::parse)) {
        (true, _) => "paused",
        (false, None) => "works",
        (false, Some(error)) => mend(error),
    }
}

async fn connect(accounts: Accounts<'_>, typed: &Typed, environment: Environment, by: &Actor) -> Result<String, String> {
    let new = NewAccount::parse(typed, environment).map_err(|problems| {
        let fields: Vec<&str> = problems.iter().map(|(field, _)| named_field(*field)).collect();
        format!("Check {}: missing, too long, or with spaces in it. Nothing was connected.", fields.join(", "))
    })?;
    match accounts.connect(&new, by).await {
        Ok(_) => Ok(format!("{} is connected.\n", printable(&new.name))),
        Err(ConnectError::NameTaken) => Err(format!("There's an account named {} already. Choose another name.", printable(&new.name))),
        Err(ConnectError::Call(error)) => Err(format!("{} Nothing was connected.", mend(error))),
        Err(ConnectError::Failed(error)) => Err(why_not(error)),
    }
}

fn named_field(field: Field) -> &'static str {
    match field {
        Field::Name => "the name",
        Field::ClientId => "the client id",
        Field::ClientSecret => "the client secret",
        Field::BasicKey => "the basic key",
        Field::Hottok => "the hottok",
    }
}

async fn pause(accounts: Accounts<'_>, name: &str, is_paused: bool, by: &Actor) -> Result<String, String> {
    accounts.pause(&named(accounts, name).await?.id, is_paused, by).await.map_err(why_not)?;
    Ok(format!("{} {}.\n", printable(name), if is_paused { "is paused" } else { "goes on" }))
}

async fn disconnect(orders: &Orders, name: &str, deletes: bool, by: &Actor) -> Result<String, String> {
    let id = named(orders.accounts(), name).await?.id;
    let size = orders.accounts().size(&id).await.map_err(why_not)?;
    orders.accounts().disconnect(&id, deletes, by).await.map_err(why_not)?;
    if deletes {
        orders.drop_deleted().await.map_err(why_not)?;
    }
    let (what, how) = (format!("{} sales and {} subscriptions", size.sales, size.subscriptions), if deletes { "are deleted" } else { "stay here" });
    Ok(format!("{} is disconnected, and its keys are deleted. {what} {how}.\n", printable(name)))
}

async fn rename(accounts: Accounts<'_>, old: &str, new: &str, by: &Actor) -> Result<String, String> {
    let name = crate::orders::account::parse_name(new).map_err(|_| "Write a name of at most 60 characters on one line.".to_owned())?;
    if accounts.rename(&named(accounts, old).await?.id, &name, by).await.map_err(why_not)? {
        Ok(format!("{} is {} now.\n", printable(old), printable(&name)))
    } else {
        Err(format!("There's an account named {} already. Choose another name.", printable(&name)))
    }
}

async fn rekey(accounts: Accounts<'_>, file: &std::path::Path, by: &Actor) -> Result<String, String> {
    let text = std::fs::read_to_string(file).map_err(|error| format!("{}: can't be read ({error}).", file.display()))?;
    let old = ServerKey::parse(&text).ok_or_else(|| format!("{}: this is not a server key (64 hexadecimal digits).", file.display()))?;
    let count = accounts.rekey(&old, by).await.map_err(why_not)?;
    Ok(format!("The keys of {count} accounts are encrypted with the key in use.\n"))
}

async fn named(accounts: Accounts<'_>, name: &str) -> Result<Account, String> {
    let all = accounts.list().await.map_err(why_not)?;
    let missing = || format!("No account is named {}. `ajuda orders list` shows which there are.", printable(name));
    all.into_iter().find(|account| account.name == name).ok_or_else(missing)
}

/// The lines of the standard input.
fn read_secrets(input: impl Read) -> Result<Vec<Secret>, String> {
    let lines = std::io::BufReader::new(input.take(SECRETS_MAX_BYTES)).lines();
    lines.map(|line| line.map(Secret::new).map_err(|_| "The secrets can't be read: write each on a line of its own.".to_owned())).collect()
}

/// What somebody does about it.
fn mend(error: CallError) -> &'static str {
    match error {
        CallError::WrongKeys => "Hotmart refuses the keys: check client id, client secret and basic key.",
        CallError::NoRight => "The keys have no right to read sales: create an \"API Hotmart\" credential with the owner's account.",
        CallError::OtherEnvironment => "The keys are of Hotmart's other environment: add or leave out --sandbox.",
        CallError::NotReached => "Hotmart can't be reached: check this machine's connection and orders.base_url.",
        CallError::TooMany => "Hotmart asks for a pause: try again in a minute.",
        CallError::PeriodRefused | CallError::ValueRefused => "Hotmart doesn't accept the question.",
        CallError::TooSlow | CallError::Failing => "Hotmart is having trouble: try again in a few minutes.",
        CallError::NotHotmart => "What answers is not Hotmart's API: check orders.base_url.",
    }
}

fn why_not(error: ServiceError) -> String {
    error.to_string()
}
