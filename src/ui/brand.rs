//! The look and name of the help center: `[brand]`.

use std::path::PathBuf;

use serde::Deserialize;

use crate::config::ConfigError;

/// The look and name of the help center.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Brand {
    /// Fills `{{brand}}` in articles.
    pub name: String,
    /// Accent color in the light and the dark theme, `#rrggbb`.
    pub accent: String,
    pub accent_dark: String,
    /// Picture in the header in place of the shipped mark; empty: the mark.
    pub logo: PathBuf,
    /// The same for the dark theme; empty: `logo` in both.
    pub logo_dark: PathBuf,
    /// Pages of yours that the footer leads to; empty: no link. The one on privacy is `privacy.url`.
    pub terms_url: String,
    pub status_url: String,
    /// Say in the footer that the articles are sample content.
    pub sample_notice: bool,
}

impl Default for Brand {
    fn default() -> Self {
        Self {
            name: "Hotmart".into(),
            accent: "#1f5ce0".into(),
            accent_dark: "#93b8ff".into(),
            logo: PathBuf::new(),
            logo_dark: PathBuf::new(),
            terms_url: String::new(),
            status_url: String::new(),
            sample_notice: true,
        }
    }
}

impl Brand {
    /// What can't work is an error at the start that names the key.
    pub fn check(&self) -> Result<(), ConfigError> {
        for (key, color) in [("brand.accent", &self.accent), ("brand.accent_dark", &self.accent_dark)] {
            let digits = color.strip_prefix('#').unwrap_or_default();
            if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                return Err(ConfigError(format!("{key} is {color:?}; write it as #rrggbb.")));
            }
        }
        for (key, url) in [("brand.terms_url", &self.terms_url), ("brand.status_url", &self.status_url)] {
            if !url.is_empty() && !["https://", "http://", "/"].iter().any(|start| url.starts_with(start)) {
                return Err(ConfigError(format!("{key} is {url:?}; write a whole address, with https:// before it.")));
            }
        }
        if self.logo.as_os_str().is_empty() && !self.logo_dark.as_os_str().is_empty() {
            return Err(ConfigError("brand.logo_dark is set but brand.logo is empty: name the logo of the light theme too.".into()));
        }
        Ok(())
    }
}
