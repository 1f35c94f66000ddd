//! Parts that several pages share.

use leptos::prelude::*;

use super::Site;
use super::icons::{Draw, Icon};
use crate::clock::Micros;
use crate::i18n::Lang;

/// Where a page stands: home first, then what is passed, each with its address path. The page itself is not named.
pub fn crumbs(lang: Lang, trail: &[(String, String)]) -> AnyView {
    let words = lang.common();
    let home = std::iter::once((words.home.to_owned(), format!("/{}", lang.code())));
    let steps = home.chain(trail.iter().cloned()).map(|(title, path)| view! { <li><a href=path>{title}</a></li> }).collect_view();
    view! {
        <nav class="crumbs" aria-label=words.breadcrumbs>
            <ol>{steps}</ol>
        </nav>
    }
    .into_any()
}

/// The band at the end of overviews that leads to a person.
pub fn help_band(site: &Site, lang: Lang) -> AnyView {
    let words = lang.common();
    let text = format!("{} {}", words.band_text, site.promise[lang]);
    view! {
        <section class="part help-band" aria-labelledby="band">
            <div>
                <h2 id="band">{words.band_title}</h2>
                <p>{text}</p>
            </div>
            <a class="button button-primary button-big" href=format!("/{}/contact", lang.code())>
                <Draw icon=Icon::Chat />
                {words.contact_us}
            </a>
        </section>
    }
    .into_any()
}

/// A moment with its time zone, for machines and for readers.
pub fn moment(site: &Site, lang: Lang, at: Micros) -> (String, String) {
    let local = at.timestamp().to_zoned(site.time_zone.clone());
    (local.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(), lang.moment(at, &site.time_zone))
}
