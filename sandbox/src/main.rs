//! The command line of the sandbox.

use std::{
    error::Error,
    io::{Write, stdout},
    net::SocketAddr,
    process::ExitCode,
};

use ajuda_hotmart_sandbox::{Config, FAULTS, Faults, NOW, Order, Sandbox};
use clap::{Args, Parser, Subcommand};
use jiff::{Timestamp, tz::TimeZone};

/// A server that answers as Hotmart's API does, with made-up sales.
#[derive(Parser)]
#[command(name = "ajuda-hotmart-sandbox")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves until it is stopped.
    Serve {
        /// Where; port 0 takes one that is free.
        #[arg(long, default_value = "127.0.0.1:0")]
        listen: SocketAddr,
        #[command(flatten)]
        data: Data,
        #[arg(long, default_value_t = 500)]
        calls_per_minute: u32,
        /// How long a token is good.
        #[arg(long, default_value_t = 86_400)]
        token_seconds: u64,
    },
    /// Posts webhooks of what happened last.
    Send {
        /// An address that begins with http://
        #[arg(long)]
        to: String,
        #[arg(long)]
        hottok: String,
        #[command(flatten)]
        data: Data,
        #[arg(long, default_value_t = 100)]
        count: usize,
        /// Not in the order in which things happened.
        #[arg(long)]
        disordered: bool,
        /// Each of them two times.
        #[arg(long)]
        twice: bool,
        /// Only one, of version 1.0.0.
        #[arg(long = "version-1")]
        version_1: bool,
        /// Only one, as the panel's test button sends it.
        #[arg(long)]
        test: bool,
    },
    /// Prints buyers of the newest sales: address, name, country and the code of the sale, with tabs between.
    Buyers {
        #[command(flatten)]
        data: Data,
        #[arg(long, default_value_t = 100)]
        count: usize,
    },
    /// Prints as JSON what a complete import must hold.
    Totals {
        #[command(flatten)]
        data: Data,
        /// Where days and months begin.
        #[arg(long, default_value = "America/Sao_Paulo")]
        zone: String,
    },
}

#[derive(Args)]
struct Data {
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[arg(long, default_value_t = 1000)]
    sales: usize,
    /// The moment that the sandbox takes for now; sales are of the four years before it.
    #[arg(long)]
    now: Option<Timestamp>,
    /// Days that pass behind that moment.
    #[arg(long, default_value_t = 0)]
    later: u32,
    /// What goes wrong.
    #[arg(long, default_value = "", help = format!("What goes wrong, separated by commas: {FAULTS}"))]
    faults: Faults,
}

impl Data {
    fn config(self) -> Result<Config, jiff::Error> {
        let now = self.now.map_or_else(|| Timestamp::from_second(NOW), Ok)?;
        Ok(Config { seed: self.seed, sales: self.sales, now, later: self.later, faults: self.faults, ..Config::default() })
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Cli::parse().command).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("ajuda-hotmart-sandbox: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> Result<(), Box<dyn Error>> {
    match command {
        Command::Serve { listen, data, calls_per_minute, token_seconds } => {
            let config = Config { listen, calls_per_minute, token_seconds, ..data.config()? };
            let sandbox = Sandbox::start(config).await?;
            writeln!(stdout(), "listening on {}", sandbox.url)?;
            sandbox.serve().await;
        }
        Command::Send { to, hottok, data, count, disordered, twice, version_1, test } => {
            let config = data.config()?;
            let webhooks = if test {
                vec![ajuda_hotmart_sandbox::test_webhook(&hottok)]
            } else if version_1 {
                ajuda_hotmart_sandbox::webhook_version_1(&config, &hottok).into_iter().collect()
            } else {
                ajuda_hotmart_sandbox::webhooks(&config, &hottok, count, Order { disordered, twice })
            };
            let answers = ajuda_hotmart_sandbox::send(&to, &hottok, &webhooks).await?;
            for (status, times) in &answers {
                writeln!(stdout(), "{status}: {times}")?;
            }
            if answers.keys().any(|status| !(200..300).contains(status)) {
                return Err("not all were taken".into());
            }
        }
        Command::Buyers { data, count } => {
            for buyer in ajuda_hotmart_sandbox::buyers(&data.config()?, count) {
                writeln!(stdout(), "{}", buyer.join("\t"))?;
            }
        }
        Command::Totals { data, zone } => {
            let totals = ajuda_hotmart_sandbox::totals(&data.config()?, &TimeZone::get(&zone)?);
            writeln!(stdout(), "{}", serde_json::to_string_pretty(&totals)?)?;
        }
    }
    Ok(())
}
