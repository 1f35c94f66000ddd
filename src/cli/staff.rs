//! `ajuda staff`: who belongs to the team, and how they get in. Works on an empty data folder, without a server.

use std::fmt::Write;
use std::io::Read;
use std::net::{IpAddr, Ipv4Addr};
use std::process::ExitCode;

use clap::Subcommand;
use serde_json::json;

use super::console::{moment, printable};
use super::{By, Settings, member_of, say};
use crate::app::App;
use crate::clock::Clock;
use crate::error::ServiceError;
use crate::events::Actor;
use crate::i18n::Lang;
use crate::rooms::Rooms;
use crate::staff::{LINK_MAX_HOURS, Link, Member, PASSWORD_MAX_CHARS, PASSWORD_MIN_CHARS, Password, PasswordProblem, Role};
use crate::values::{Email, Network, PersonName};

/// Bytes that are read as a password: more than the longest one has.
const PASSWORD_MAX_BYTES: u64 = 4096;

#[derive(Subcommand)]
pub(super) enum StaffCommand {
    /// Who belongs to the team, a line each.
    List {
        /// As JSON, for other programs.
        #[arg(long)]
        json: bool,
    },
    /// Add somebody. Without a password, prints a link by which they choose one.
    Add {
        /// Their email address, such as ana@example.com.
        #[arg(value_parser = parse_email)]
        email: Email,
        /// What they are called.
        #[arg(long, value_parser = |typed: &str| PersonName::parse(typed).map_err(|_| "write a name of at most 100 characters"))]
        name: PersonName,
        /// admin, lead or agent.
        #[arg(long, value_parser = parse_role)]
        role: Role,
        /// The language of their desk: pt, es or en. Without it, their browser's.
        #[arg(long, value_parser = |code: &str| Lang::parse(code).ok_or("write pt, es or en"))]
        lang: Option<Lang>,
        /// Read their password from the standard input.
        #[arg(long)]
        password_stdin: bool,
        /// As JSON, for other programs.
        #[arg(long)]
        json: bool,
    },
    /// Give somebody another role.
    Role {
        #[arg(value_parser = parse_email)]
        email: Email,
        /// admin, lead or agent.
        #[arg(value_parser = parse_role)]
        role: Role,
    },
    /// Somebody leaves: they are logged out, can't log in, and their tickets are unassigned. What they did keeps their name.
    Disable {
        #[arg(value_parser = parse_email)]
        email: Email,
    },
    /// Let somebody back in who lost their password or their telephone.
    #[command(arg_required_else_help = true)]
    Reset {
        #[arg(value_parser = parse_email)]
        email: Email,
        /// Take the password away and print a link by which they choose another.
        #[arg(long, required_unless_present = "second_factor")]
        password: bool,
        /// Take the second factor away.
        #[arg(long)]
        second_factor: bool,
    },
    /// Where somebody is logged in.
    Sessions {
        #[arg(value_parser = parse_email)]
        email: Email,
        /// Log them out everywhere.
        #[arg(long)]
        end: bool,
    },
}

fn parse_email(typed: &str) -> Result<Email, &'static str> {
    Email::parse(typed).map_err(|_| "that is not an email address; write it as ana@example.com")
}

fn parse_role(word: &str) -> Result<Role, &'static str> {
    Role::parse(word).ok_or("write admin, lead or agent")
}

pub(super) async fn run(settings: Settings, by: By, what: StaffCommand) -> Result<ExitCode, String> {
    let rooms = App::rooms_alone(&settings.load()?, Clock::default());
    let by = by.actor(&rooms).await?;
    let text = match what {
        StaffCommand::List { json } => list(&rooms, json).await?,
        StaffCommand::Add { email, name, role, lang, password_stdin, json } => {
            let password = if password_stdin { Some(read_password(&email, &name)?) } else { None };
            add(&rooms, New { email, name, role, lang, password }, &by, json).await?
        }
        StaffCommand::Role { email, role } => {
            let member = member_of(&rooms, email.as_str()).await?;
            rooms.staff.set_role(&member.id, role, &by).await.map_err(why_not)?;
            format!("{} is {} now.\n", email.as_str(), role.word())
        }
        StaffCommand::Disable { email } => {
            member_of(&rooms, email.as_str()).await?;
            rooms.disable_member(&email, &by).await.map_err(why_not)?;
            format!("{} has left the team. Their tickets are unassigned.\n", email.as_str())
        }
        StaffCommand::Reset { email, password, second_factor } => reset(&rooms, &email, password, second_factor, &by).await?,
        StaffCommand::Sessions { email, end } => sessions(&rooms, &email, end, &by).await?,
    };
    say(&text);
    Ok(ExitCode::SUCCESS)
}

async fn list(rooms: &Rooms, as_json: bool) -> Result<String, String> {
    let members = rooms.staff.list().await.map_err(why_not)?;
    if as_json {
        let listed: Vec<_> = members
            .iter()
            .map(|member| {
                json!({
                    "id": member.id, "email": member.email, "name": member.name, "role": member.role.word(),
                    "password": member.password_set_at.is_some(), "second_factor": member.second_factor_at.is_some(),
                })
            })
            .collect();
        return Ok(format!("{}\n", json!(listed)));
    }
    if members.is_empty() {
        return Ok("Nobody belongs to the team yet. `ajuda staff add ana@example.com --name Ana --role admin` adds somebody.\n".to_owned());
    }
    Ok(members.iter().fold(String::new(), |mut text, member| {
        let state = match (member.password_set_at, member.second_factor_at) {
            (None, _) => "no password yet",
            (Some(_), None) => "password",
            (Some(_), Some(_)) => "password and second factor",
        };
        let _ = writeln!(text, "{:<5}  {:<30}  {:<30}  {state}", member.role.word(), printable(&member.email), printable(&member.name));
        text
    }))
}

struct New {
    email: Email,
    name: PersonName,
    role: Role,
    lang: Option<Lang>,
    password: Option<Password>,
}

async fn add(rooms: &Rooms, new: New, by: &Actor, as_json: bool) -> Result<String, String> {
    let staff = &rooms.staff;
    let id = staff.add(&new.email, &new.name, new.role, by).await.map_err(why_not)?;
    let member = staff.by_id(&id).await.map_err(why_not)?.ok_or("They were removed at this moment; try again.")?;
    if new.lang.is_some() {
        staff.set_lang(&id, new.lang).await.map_err(why_not)?;
    }
    let link = match &new.password {
        Some(password) => {
            staff.set_password(&id, password, here(), None, by).await.map_err(why_not)?;
            None
        }
        None => Some(staff.links().make(&member, by, None).await.map_err(why_not)?),
    };
    if as_json {
        let url = link.as_ref().map(|link| link.url.clone());
        let until = link.as_ref().map(|link| link.valid_until.timestamp().to_string());
        let added = json!({ "id": id, "email": member.email, "name": member.name, "role": new.role.word(), "link": url, "link_valid_until": until });
        return Ok(format!("{added}\n"));
    }
    let mut text = format!("{} belongs to the team as {}.\n", new.email.as_str(), new.role.word());
    if let Some(link) = link {
        text.push_str(&how_to_use(&link));
    }
    Ok(text)
}

async fn reset(rooms: &Rooms, email: &Email, password: bool, second_factor: bool, by: &Actor) -> Result<String, String> {
    let member = member_of(rooms, email.as_str()).await?;
    let mut text = String::new();
    if second_factor {
        rooms.staff.second_factor().reset(&member.id, by).await.map_err(why_not)?;
        let _ = writeln!(text, "{} has no second factor any more and is logged out everywhere.", email.as_str());
    }
    if password {
        let link = rooms.staff.reset_password(&member.id, by).await.map_err(why_not)?;
        let _ = writeln!(text, "{} has no password any more and is logged out everywhere.", email.as_str());
        text.push_str(&how_to_use(&link));
    }
    Ok(text)
}

async fn sessions(rooms: &Rooms, email: &Email, end: bool, by: &Actor) -> Result<String, String> {
    let member: Member = member_of(rooms, email.as_str()).await?;
    if end {
        rooms.staff.sessions().end_all(&member.id, None, by).await.map_err(why_not)?;
        return Ok(format!("{} is logged out everywhere.\n", email.as_str()));
    }
    let open = rooms.staff.sessions().of(&member.id).await.map_err(why_not)?;
    if open.is_empty() {
        return Ok(format!("{} is not logged in anywhere.\n", email.as_str()));
    }
    Ok(open.iter().fold(String::new(), |mut text, session| {
        let _ = writeln!(
            text,
            "{:<30}  logged in {}  last seen {}",
            printable(&session.browser),
            moment(rooms, session.created_at),
            moment(rooms, session.seen_at)
        );
        text
    }))
}

fn how_to_use(link: &Link) -> String {
    format!("Send them this link, by which they choose a password. It works for {LINK_MAX_HOURS} hours, once:\n\n  {}\n\n", link.url)
}

/// The first line of the standard input.
fn read_password(email: &Email, name: &PersonName) -> Result<Password, String> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().take(PASSWORD_MAX_BYTES).read_to_end(&mut bytes).map_err(|error| format!("the password can't be read ({error})"))?;
    let text = String::from_utf8(bytes).map_err(|_| "the password is not UTF-8 text".to_owned())?;
    let typed = text.lines().next().unwrap_or_default();
    Password::parse(typed, &[email.as_str(), name.as_str()]).map_err(|problem| {
        let why = match problem {
            PasswordProblem::Short => format!("it is shorter than {PASSWORD_MIN_CHARS} characters"),
            PasswordProblem::Long => format!("it is longer than {PASSWORD_MAX_CHARS} characters"),
            PasswordProblem::Common => "it is one of those that are guessed first".to_owned(),
            PasswordProblem::Own => "it is their address or name".to_owned(),
        };
        format!("The password is not taken: {why}. Nobody was added.")
    })
}

fn here() -> Network {
    IpAddr::V4(Ipv4Addr::LOCALHOST).into()
}

fn why_not(error: ServiceError) -> String {
    match error {
        ServiceError::NotNow => {
            "This is the only admin, and somebody has to be one. Make somebody else admin first: `ajuda staff role EMAIL admin`.".to_owned()
        }
        other => other.to_string(),
    }
}
