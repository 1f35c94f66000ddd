//! The file of settings, with the environment laid over it.

use std::path::Path;

use serde::de::DeserializeOwned;

use super::ConfigError;

/// Reads the file, if there is one, and lays the environment's `AJUDA_…` values over it. `groups` are the tables of the settings: `AJUDA_SMTP_PORT`
/// is `port` of `[smtp]`. `named`: the file was asked for by name, so its absence is an error. An unknown key in the file is an error that names it;
/// in the environment it is a warning, one of those that come second: a cluster with a service called ajuda sets `AJUDA_PORT=tcp://10.0.0.1:80` and
/// more of that kind in every program.
pub fn read<T: DeserializeOwned>(
    file: &Path,
    named: bool,
    environment: impl Iterator<Item = (String, String)>,
    groups: &[&str],
) -> Result<(T, Vec<String>), ConfigError> {
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && !named => String::new(),
        Err(error) => return Err(ConfigError(format!("{}: can't be read ({}). Check the path and its rights.", file.display(), error.kind()))),
    };
    let mut table: toml::Table =
        text.parse().map_err(|error: toml::de::Error| ConfigError(format!("{}: {}", file.display(), error.to_string().trim())))?;
    let mut warnings = Vec::new();
    for (name, value) in environment {
        if let Some(key) = name.strip_prefix("AJUDA_") {
            let key = key.to_lowercase();
            if is_of_a_cluster(&value) {
                warnings.push(format!("{name} is passed over: its value is an address that a cluster sets for a service."));
            } else if is_unknown::<T>(&key, &value, groups) {
                warnings.push(format!("{name} is passed over: there is no such setting. ajuda.example.toml lists them all."));
            } else {
                lay_over(&mut table, &key, &value, groups);
            }
        } else if name == "DATABASE_URL" {
            table.insert("database_url".into(), value.into());
        }
    }
    let settings = table.try_into();
    let settings =
        settings.map_err(|error: toml::de::Error| ConfigError(format!("{} or an AJUDA_… variable: {}", file.display(), error.to_string().trim())))?;
    warnings.sort();
    Ok((settings, warnings))
}

fn is_of_a_cluster(value: &str) -> bool {
    ["tcp://", "udp://", "sctp://"].iter().any(|scheme| value.starts_with(scheme))
}

/// Whether settings with this key alone are refused for the key. The words are serde's own, of every format.
fn is_unknown<T: DeserializeOwned>(key: &str, value: &str, groups: &[&str]) -> bool {
    let mut alone = toml::Table::new();
    lay_over(&mut alone, key, value, groups);
    alone.try_into::<T>().is_err_and(|error| error.message().starts_with("unknown field"))
}

/// Puts `smtp_host` into the table `smtp` and `public_url` at the top, whichever the settings know.
fn lay_over(table: &mut toml::Table, key: &str, value: &str, groups: &[&str]) {
    // One of digits alone is no number, and must not come back in an error's text.
    let is_secret = ["password", "_key", "_key_id"].iter().any(|end| key.ends_with(end));
    let value = if is_secret { value.into() } else { typed(value) };
    for group in groups {
        if let Some(rest) = key.strip_prefix(group).and_then(|rest| rest.strip_prefix('_')) {
            if let Some(inner) = table.entry(*group).or_insert_with(|| toml::Table::new().into()).as_table_mut() {
                inner.insert(rest.to_owned(), value);
            }
            return;
        }
    }
    table.insert(key.to_owned(), value);
}

/// Numbers, booleans and lists are written as in TOML; everything else is a text.
fn typed(value: &str) -> toml::Value {
    let parsed = format!("value = {value}").parse::<toml::Table>().ok().and_then(|mut table| table.remove("value"));
    match parsed {
        Some(typed @ (toml::Value::Integer(_) | toml::Value::Boolean(_) | toml::Value::Array(_))) => typed,
        _ => toml::Value::String(value.to_owned()),
    }
}
