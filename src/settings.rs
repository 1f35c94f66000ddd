//! Settings: `ajuda.toml`, then the environment (`AJUDA_…`), then the command line. Nothing else reads the environment.
//! Every key stands in `ajuda.example.toml` with its meaning; an unknown key is an error, so that a typo can't pass unseen.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};

use ipnet::IpNet;
use serde::Deserialize;

use crate::config::{self, ConfigError, Limits, LogFormat, Secret};
use crate::files::settings::Attachments;
use crate::i18n::{Lang, PerLang};
use crate::mail;
use crate::mail::settings::{Imap, Smtp};
use crate::orders::settings::Orders;
use crate::privacy::settings::Privacy;
use crate::spam::settings::Spam;
use crate::staff::settings::Desk;
use crate::tickets;
use crate::tickets::settings::Promise;
use crate::ui::brand::Brand;
use crate::values::{CodePattern, Zone};

/// Its tables: `AJUDA_SMTP_PORT` is `port` of `[smtp]`.
const GROUPS: [&str; 10] = ["brand", "desk", "orders", "smtp", "imap", "promise", "privacy", "limits", "attachments", "spam"];

/// Every setting, with the shipped values as default.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Folder of the articles.
    pub articles: PathBuf,
    /// Folder of everything that the program writes: database, emails, key.
    pub data: PathBuf,
    /// Address to listen on, `127.0.0.1:3000`; port 0 takes a free one.
    pub listen: String,
    /// Where operators ask for health and counts, apart from everybody; empty: nowhere.
    pub operator_listen: String,
    /// How readers reach the help center, without a slash at the end. All links in emails, feeds and canonical addresses
    /// start with it. `http` means that cookies are not marked Secure. Empty: the address to listen on; see [`Config::public_url`].
    pub public_url: String,
    pub default_language: Lang,
    /// IANA name; times are shown in it.
    pub time_zone: Zone,
    /// Networks whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// File of the model by which the search finds meanings. Empty: `ajuda-e5-small.safetensors` in the data folder, else beside the program,
    /// else none. `none`: the search goes by words alone.
    pub model: String,
    /// Where each new ticket is announced; empty: nowhere.
    pub support_mail: String,
    /// `postgres://…`; empty: the embedded database in the data folder.
    pub database_url: String,
    /// 64 hexadecimal digits that sign the links to tickets. Empty: `server.key` in the data folder, made at first need.
    /// Several machines on one database must share it.
    pub server_key: Secret,
    /// What a transaction code looks like, as a regular expression that must match the whole code.
    pub code_pattern: CodePattern,
    /// An example of such a code, shown as a hint.
    pub code_example: String,
    /// Refuse to start when an article has a problem.
    pub strict: bool,
    pub log: LogFormat,
    /// Whether each page or file that is read from memory has its line in the log; everything else always has one.
    pub log_reads: bool,
    pub brand: Brand,
    pub smtp: Smtp,
    pub imap: Imap,
    pub promise: Promise,
    pub desk: Desk,
    pub orders: Orders,
    pub privacy: Privacy,
    pub limits: Limits,
    pub attachments: Attachments,
    pub spam: Spam,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            articles: "articles".into(),
            data: "data".into(),
            listen: "127.0.0.1:3000".into(),
            operator_listen: String::new(),
            public_url: String::new(),
            default_language: Lang::Pt,
            time_zone: Zone::parse("America/Sao_Paulo").unwrap_or_else(Zone::utc),
            trusted_proxies: Vec::new(),
            model: String::new(),
            support_mail: String::new(),
            database_url: String::new(),
            server_key: Secret::default(),
            code_pattern: CodePattern::shipped(),
            code_example: "HP0123456789".into(),
            strict: false,
            log: LogFormat::Text,
            log_reads: true,
            brand: Brand::default(),
            smtp: Smtp::default(),
            imap: Imap::default(),
            promise: Promise::default(),
            desk: Desk::default(),
            orders: Orders::default(),
            privacy: Privacy::default(),
            limits: Limits::default(),
            attachments: Attachments::default(),
            spam: Spam::default(),
        }
    }
}

impl Config {
    /// Reads the file, if there is one, and lays the environment's `AJUDA_…` values over it.
    /// `named`: the file was asked for by name, so its absence is an error. Second come warnings for whoever starts the program.
    pub fn load(file: &Path, named: bool, environment: impl Iterator<Item = (String, String)>) -> Result<(Self, Vec<String>), ConfigError> {
        let (config, warnings): (Self, _) = config::read(file, named, environment, &GROUPS)?;
        Ok((config.checked()?, warnings))
    }

    fn checked(mut self) -> Result<Self, ConfigError> {
        let names_url = !self.public_url.is_empty();
        while self.public_url.ends_with('/') {
            self.public_url.pop();
        }
        if names_url && !self.public_url.starts_with("http://") && !self.public_url.starts_with("https://") {
            return Err(ConfigError(format!("public_url is {:?}; it must start with http:// or https://.", self.public_url)));
        }
        if !self.server_key.reveal().is_empty() && crate::key::ServerKey::parse(self.server_key.reveal()).is_none() {
            return Err(ConfigError("server_key must be 64 hexadecimal digits; `openssl rand -hex 32` makes one.".into()));
        }
        self.brand.check()?;
        self.promise.check(&self.time_zone)?;
        if [self.limits.headers_max_seconds, self.limits.write_max_seconds, self.limits.connections_max.into()].contains(&0) {
            return Err(ConfigError(
                "limits.headers_max_seconds, limits.write_max_seconds and limits.connections_max must be 1 or more: with 0 nobody could connect."
                    .into(),
            ));
        }
        if self.desk.session_idle_max_minutes == 0 || self.desk.session_max_hours == 0 {
            return Err(ConfigError(
                "desk.session_idle_max_minutes and desk.session_max_hours must be 1 or more: with 0 nobody could log in.".into(),
            ));
        }
        if self.desk.undo_seconds > 60 {
            return Err(ConfigError("desk.undo_seconds must be 0 to 60: no customer should wait longer for an answer that is written.".into()));
        }
        self.orders.check()?;
        mail::settings::check(&self.smtp, &self.imap, &self.support_mail)?;
        match crate::files::mistake(&self.attachments) {
            Some(mistake) => Err(ConfigError(mistake)),
            None => Ok(self),
        }
    }

    /// What links that leave the program begin with. Never taken from a request, whose `Host` anybody can write.
    pub fn public_url(&self) -> String {
        if !self.public_url.is_empty() {
            return self.public_url.clone();
        }
        match self.listen.parse::<SocketAddr>() {
            // All addresses of the machine are none that a browser can open.
            Ok(address) if address.ip().is_unspecified() => {
                let own = if address.is_ipv4() { IpAddr::V4(Ipv4Addr::LOCALHOST) } else { IpAddr::V6(Ipv6Addr::LOCALHOST) };
                format!("http://{}", SocketAddr::new(own, address.port()))
            }
            _ => format!("http://{}", self.listen),
        }
    }

    /// What the mail room needs of all this.
    pub fn mail(&self) -> mail::settings::Settings {
        mail::settings::Settings {
            smtp: self.smtp.clone(),
            imap: self.imap.clone(),
            support_mail: self.support_mail.clone(),
            brand: self.brand.name.clone(),
            accent: self.brand.accent.clone(),
            support_lang: self.default_language,
            time_zone: self.time_zone.clone(),
            folder: self.data.join("mails"),
        }
    }

    /// What the room of tickets needs.
    pub fn tickets(&self) -> tickets::Settings {
        tickets::Settings {
            promise: self.promise.clone(),
            time_zone: self.time_zone.clone(),
            public_url: self.public_url(),
            announces: !self.support_mail.is_empty(),
            sends_mail: self.sends_mail(),
            links_valid_days: self.limits.links_valid_days,
            undo_seconds: self.desk.undo_seconds,
        }
    }

    /// "within 24 hours on business days." in each language.
    pub fn promise_in_words(&self) -> PerLang<String> {
        PerLang(Lang::ALL.map(|lang| self.promise.in_words(lang, &self.time_zone)))
    }

    /// Whether readers come by HTTPS, so that cookies may be marked Secure.
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// Whether emails really leave; if not, no page may promise one.
    pub fn sends_mail(&self) -> bool {
        !self.smtp.host.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(text: &str, environment: &[(&str, &str)]) -> Result<Config, ConfigError> {
        warned(text, environment).map(|(config, _)| config)
    }

    fn warned(text: &str, environment: &[(&str, &str)]) -> Result<(Config, Vec<String>), ConfigError> {
        let folder = std::env::temp_dir().join(format!("ajuda-config-{:x}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a temporary folder");
        let file = folder.join(format!("{:p}.toml", text.as_ptr()));
        std::fs::write(&file, text).expect("a temporary file");
        Config::load(&file, true, environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
    }

    #[test]
    fn the_environment_wins_over_the_file() {
        let config =
            load("support_mail = \"a@example.com\"\n[smtp]\nport = 25\n", &[("AJUDA_SMTP_PORT", "2525"), ("AJUDA_SUPPORT_MAIL", "b@example.com")]);
        let config = config.expect("valid settings");
        assert_eq!((config.smtp.port, config.support_mail.as_str()), (2525, "b@example.com"));
    }

    #[test]
    fn the_environment_reaches_the_promise_and_what_is_kept() {
        let config = load(
            "",
            &[
                ("AJUDA_PROMISE_OPENS", "09:00"),
                ("AJUDA_PROMISE_CLOSES", "18:00"),
                ("AJUDA_PROMISE_HOLIDAYS", "[\"12-25\"]"),
                ("AJUDA_PROMISE_TARGETS", "[{ priority = \"high\", hours = 4 }]"),
                ("AJUDA_PRIVACY_URL", "https://example.com/privacy"),
                ("AJUDA_PRIVACY_TICKETS_KEPT_DAYS", "730"),
            ],
        )
        .expect("valid settings");
        assert_eq!(config.promise.business_hours().open_minutes(), Some((540, 1080)));
        assert_eq!((config.promise.holidays.len(), config.promise.targets.len()), (1, 1));
        assert_eq!((config.privacy.url.as_str(), config.privacy.tickets_kept_days), ("https://example.com/privacy", 730));
        let error = load("[promise]\nholidays = [\"Natal\"]\n", &[]).expect_err("no date").to_string();
        assert!(error.contains("promise.holidays"), "{error}");
    }

    #[test]
    fn an_unknown_key_is_an_error_that_names_it() {
        let error = load("suport_mail = \"a@example.com\"\n", &[]).expect_err("a typo");
        assert!(error.to_string().contains("suport_mail"), "{error}");
        let error = load("[smtp]\nhots = \"x\"\n", &[]).expect_err("a typo in a table");
        assert!(error.to_string().contains("hots"), "{error}");
    }

    #[test]
    fn what_others_put_into_the_environment_is_a_warning_that_names_it() {
        let foreign = [
            ("AJUDA_PORT", "tcp://10.0.0.7:80"),
            ("AJUDA_SERVICE_HOST", "10.0.0.7"),
            ("AJUDA_PORT_80_TCP_ADDR", "10.0.0.7"),
            ("AJUDA_SMTP_PORT", "tcp://10.0.0.8:25"),
            ("AJUDA_SMTP_SERVICE_PORT", "25"),
            ("AJUDA_", ""),
            ("AJUDA_SMTP_FROM", "help@example.com"),
        ];
        let (config, warnings) = warned("[smtp]\nport = 2525\n", &foreign).expect("valid settings");
        assert_eq!((config.smtp.port, config.smtp.from.as_str(), warnings.len()), (2525, "help@example.com", 6), "{warnings:?}");
        for (name, _) in &foreign[..6] {
            assert!(warnings.iter().any(|warning| warning.starts_with(&format!("{name} is passed over"))), "{name}: {warnings:?}");
        }
        let error = load("", &[("AJUDA_SMTP_PORT", "many")]).expect_err("a known setting with a bad value").to_string();
        assert!(error.contains("AJUDA_"), "{error}");
    }

    #[test]
    fn the_example_names_every_key_with_its_shipped_value() {
        let example = include_str!("../ajuda.example.toml");
        let config = load(example, &[]).expect("a valid example");
        assert_eq!(format!("{config:?}"), format!("{:?}", Config::default()));
        let sources = [
            include_str!("settings.rs"),
            include_str!("config/limits.rs"),
            include_str!("files/settings.rs"),
            include_str!("mail/settings/imap.rs"),
            include_str!("mail/settings/smtp.rs"),
            include_str!("orders/settings.rs"),
            include_str!("privacy/settings.rs"),
            include_str!("spam/settings.rs"),
            include_str!("staff/settings.rs"),
            include_str!("tickets/settings.rs"),
            include_str!("ui/brand.rs"),
        ];
        let fields =
            sources.into_iter().flat_map(str::lines).filter_map(|line| line.strip_prefix("    pub ")?.split_once(": ")).map(|(name, _)| name);
        for name in fields.filter(|name| !name.starts_with("fn ") && !GROUPS.contains(name)) {
            assert!(example.lines().any(|line| line.starts_with(&format!("{name} = "))), "{name} is missing");
        }
    }

    #[test]
    fn links_begin_with_the_address_listened_on_unless_another_is_named() {
        let cases = [
            ("", "http://127.0.0.1:3000"),
            ("listen = \"192.0.2.7:8080\"\n", "http://192.0.2.7:8080"),
            ("listen = \"0.0.0.0:8080\"\n", "http://127.0.0.1:8080"),
            ("listen = \"[::]:8080\"\n", "http://[::1]:8080"),
            ("listen = \"localhost:8080\"\n", "http://localhost:8080"),
            ("listen = \"0.0.0.0:8080\"\npublic_url = \"https://help.example.com/\"\n", "https://help.example.com"),
        ];
        for (text, url) in cases {
            assert_eq!(load(text, &[]).expect("valid settings").public_url(), url);
        }
        assert!(load("public_url = \"/\"\n", &[]).is_err() && load("public_url = \"help.example.com\"\n", &[]).is_err());
    }

    #[test]
    fn secrets_are_not_printed() {
        let config = load("", &[("AJUDA_IMAP_PASSWORD", "12345"), ("AJUDA_SMTP_PASSWORD", "true")]).expect("valid settings");
        assert_eq!((config.imap.password.reveal(), config.smtp.password.reveal()), ("12345", "true"));
        let bucket = [("AJUDA_ATTACHMENTS_S3_ACCESS_KEY_ID", "12345"), ("AJUDA_ATTACHMENTS_S3_SECRET_ACCESS_KEY", "67890")];
        let config = load("", &bucket).expect("valid settings");
        assert_eq!((config.attachments.s3_access_key_id.as_str(), config.attachments.s3_secret_access_key.reveal()), ("12345", "67890"));
        let config = load("[smtp]\npassword = \"hunter2\"\n", &[]).expect("valid settings");
        assert!(!format!("{config:?}").contains("hunter2"));
        assert_eq!(config.smtp.password.reveal(), "hunter2");
    }
}
