//! What every page needs to know of the help centre itself.

use crate::config::Config;
use crate::i18n::{Lang, PerLang};
use crate::web::assets::Assets;

/// Name, addresses and looks; made once at the start.
pub struct Site {
    pub brand: String,
    /// `https://help.example.com`, without a slash at the end.
    pub public_url: String,
    pub default_lang: Lang,
    pub privacy_url: Option<String>,
    pub sample_notice: bool,
    pub time_zone: jiff::tz::TimeZone,
    /// "within 24 hours, on working days" in each language.
    pub promise: PerLang<String>,
    pub assets: Assets,
}

impl Site {
    pub fn new(config: &Config) -> Self {
        let brand_css = format!(":root{{--brand:{0};--brand-night:{1}}}", config.brand.accent, config.brand.accent_dark);
        Self {
            brand: config.brand.name.clone(),
            public_url: config.public_url.clone(),
            default_lang: config.default_language,
            privacy_url: Some(config.privacy_url.clone()).filter(|url| !url.is_empty()),
            sample_notice: config.brand.sample_notice,
            time_zone: jiff::tz::TimeZone::get(&config.time_zone).unwrap_or(jiff::tz::TimeZone::UTC),
            promise: PerLang(Lang::ALL.map(|lang| lang.promise(config.promise.first_answer_hours, config.promise.working_days.len() < 7))),
            assets: Assets::new(vec![("brand.css", brand_css.into_bytes())]),
        }
    }

    /// The full address of a path, for links that leave the program.
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }

    /// "Central de Ajuda Hotmart".
    pub fn name(&self, lang: Lang) -> String {
        lang.site_name(&self.brand)
    }
}
