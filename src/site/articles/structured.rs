//! Descriptions for search engines: schema.org as JSON-LD.

use serde_json::{Value, json};

use crate::articles::model::ArticleText;
use crate::i18n::Lang;
use crate::ui::Site;

/// The help center and how it is searched.
pub fn website(site: &Site, lang: Lang) -> Value {
    let home = site.absolute(&format!("/{}", lang.code()));
    json!({
        "@context": "https://schema.org", "@type": "WebSite", "name": site.name(lang), "url": home, "inLanguage": lang.tag(),
        "potentialAction": { "@type": "SearchAction", "target": format!("{home}/search?q={{question}}"), "query-input": "required name=question" },
    })
}

/// Where a page stands; `trail` holds titles and address paths below the home page, the page itself last.
pub fn breadcrumbs(site: &Site, lang: Lang, trail: &[(String, String)]) -> Value {
    let home = std::iter::once((lang.common().home.to_owned(), format!("/{}", lang.code())));
    let items: Vec<Value> = home
        .chain(trail.iter().cloned())
        .enumerate()
        .map(|(index, (name, path))| json!({ "@type": "ListItem", "position": index + 1, "name": name, "item": site.absolute(&path) }))
        .collect();
    json!({ "@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items })
}

/// An article at its canonical address path.
pub fn article(site: &Site, text: &ArticleText, canonical: &str) -> Value {
    let mut value = json!({
        "@context": "https://schema.org", "@type": "Article", "headline": text.title, "description": text.summary,
        "inLanguage": text.lang.tag(), "mainEntityOfPage": site.absolute(canonical),
        "publisher": { "@type": "Organization", "name": site.brand },
    });
    if let Some(day) = text.updated {
        value["dateModified"] = day.to_string().into();
    }
    value
}
