//! What every page needs to know of the help center itself.

use axum::http::HeaderValue;

use super::brand::Brand;
use super::logo::{self, LogoError};
use crate::i18n::{Lang, PerLang};
use crate::ui::theme;
use crate::web::assets::Assets;
use crate::web::headers;

/// Name, addresses and looks; made once at the start.
pub struct Site {
    pub brand: String,
    /// `https://help.example.com`, without a slash at the end.
    pub public_url: String,
    pub default_lang: Lang,
    /// Pages of the operator's that the footer leads to.
    pub privacy_url: Option<String>,
    pub terms_url: Option<String>,
    pub status_url: Option<String>,
    pub sample_notice: bool,
    pub time_zone: jiff::tz::TimeZone,
    /// "within 24 hours on business days" in each language.
    pub promise: PerLang<String>,
    pub assets: Assets,
    /// The look of every page, brand included: public pages have it in themselves, so that one round trip shows them.
    pub style: String,
    /// Allows exactly that style and the script of the theme.
    pub content_policy: HeaderValue,
    pub logo: Option<ShownLogo>,
}

/// A logo as the header shows it.
pub struct ShownLogo {
    pub url: String,
    /// Address in the dark theme, where it is another.
    pub dark_url: Option<String>,
    /// In CSS pixels, at the header's height.
    pub width: Option<u32>,
}

/// Height of a logo in CSS pixels; the style sheet has the same.
pub const LOGO_HEIGHT: u32 = 32;

/// What a [`Site`] is made of.
pub struct SiteSettings<'a> {
    pub brand: &'a Brand,
    pub public_url: String,
    pub default_lang: Lang,
    /// Empty: there is none.
    pub privacy_url: &'a str,
    pub time_zone: jiff::tz::TimeZone,
    pub promise: PerLang<String>,
}

impl Site {
    pub fn new(settings: SiteSettings<'_>) -> Result<Self, LogoError> {
        let brand = settings.brand;
        let (light, dark) = logo::read_all(brand)?;
        let brand_css = format!(":root{{--brand:{0};--brand-night:{1}}}", brand.accent, brand.accent_dark);
        let (name, dark_name) = (light.as_ref().map(|logo| logo.name.clone()), dark.as_ref().map(|logo| logo.name.clone()));
        let width = light.as_ref().and_then(|logo| logo.ratio).map(|ratio| (ratio * f64::from(LOGO_HEIGHT)).round() as u32);
        let made = [("brand.css".to_owned(), brand_css.clone().into_bytes())];
        let assets = Assets::new(made.into_iter().chain(light.into_iter().chain(dark).map(|logo| (logo.name, logo.bytes))).collect());
        let style = format!("{}{brand_css}", assets.text("main.css").trim_end());
        let given = |url: &str| Some(url.to_owned()).filter(|url| !url.is_empty());
        Ok(Self {
            brand: brand.name.clone(),
            public_url: settings.public_url,
            default_lang: settings.default_lang,
            privacy_url: given(settings.privacy_url),
            terms_url: given(&brand.terms_url),
            status_url: given(&brand.status_url),
            sample_notice: brand.sample_notice,
            time_zone: settings.time_zone,
            promise: settings.promise,
            logo: name.map(|name| ShownLogo { url: assets.url(&name), dark_url: dark_name.map(|name| assets.url(&name)), width }),
            content_policy: headers::content_policy(&style, theme::SCRIPT),
            style,
            assets,
        })
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
