//! What machines read: sitemap, robots, Atom feed, llms.txt. Made from the library, kept like pages.

use crate::site::respond::kept;
use std::fmt::Write;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::app::App;
use crate::articles::model::{Article, Library};
use crate::i18n::Lang;
use crate::ui::Site;
use crate::values::escaped;
use crate::web::CachePolicy;

/// Articles in the feed, the last changed first.
const FEED_ENTRIES: usize = 50;

/// Addresses in one sitemap (sitemaps.org allows 50,000).
const SITEMAP_MAX_URLS: usize = 50_000;

/// `GET /robots.txt`.
pub async fn robots(State(app): State<App>) -> Response {
    let text = format!(
        "User-agent: *\nDisallow: /api/\nDisallow: /desk/\nDisallow: /*/requests\nDisallow: /*/search\nSitemap: {}\n",
        app.site.absolute("/sitemap.xml")
    );
    let mut response = ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response();
    response.extensions_mut().insert(CachePolicy::Short);
    response
}

/// `GET /sitemap.xml`: every page in every language in which it really exists.
pub async fn sitemap(State(app): State<App>, headers: HeaderMap) -> Response {
    kept(&app, &headers, "/sitemap.xml", "application/xml; charset=utf-8", || async { Some(sitemap_xml(&app.site, &app.content.library())) }).await
}

/// The languages of a page with their address paths.
type Versions = Vec<(Lang, String)>;

fn sitemap_xml(site: &Site, library: &Library) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    let everywhere = |url: &dyn Fn(Lang) -> String| Lang::ALL.map(|lang| (lang, url(lang))).to_vec();
    let mut groups: Vec<(Versions, Option<String>)> = vec![(everywhere(&|lang| format!("/{}", lang.code())), None)];
    for section in &library.sections {
        groups.push((everywhere(&|lang| library.section_url(section, lang)), None));
        for topic in &section.topics {
            groups.push((everywhere(&|lang| library.topic_url(section, topic, lang)), None));
            for article in &topic.articles {
                let versions = Lang::ALL.into_iter().filter_map(|lang| article.texts[lang].as_ref().map(|_| (lang, article.urls[lang].clone())));
                groups.push((versions.collect(), Some(changed(article))));
            }
        }
    }
    for (versions, changed) in groups.iter().take(SITEMAP_MAX_URLS / Lang::ALL.len()) {
        for (_, path) in versions {
            let _ = writeln!(
                xml,
                "<url><loc>{}</loc>{}{}</url>",
                escaped(&site.absolute(path)),
                changed.as_deref().unwrap_or_default(),
                alternates(site, versions)
            );
        }
    }
    xml.push_str("</urlset>\n");
    xml
}

fn changed(article: &Article) -> String {
    let newest = Lang::ALL.into_iter().filter_map(|lang| article.texts[lang].as_ref()).map(|text| text.updated).max().flatten();
    newest.map(|day| format!("<lastmod>{day}</lastmod>")).unwrap_or_default()
}

/// Links between the languages of a page; none where there is only one.
fn alternates(site: &Site, versions: &[(Lang, String)]) -> String {
    if versions.len() < 2 {
        return String::new();
    }
    let mut links = String::new();
    let default = versions.iter().filter(|(lang, _)| *lang == site.default_lang).map(|(_, path)| ("x-default", path));
    for (tag, path) in versions.iter().map(|(lang, path)| (lang.tag(), path)).chain(default) {
        let _ = write!(links, "<xhtml:link rel=\"alternate\" hreflang=\"{tag}\" href=\"{}\"/>", escaped(&site.absolute(path)));
    }
    links
}

/// `GET /{lang}/feed.xml`: the articles changed last, as Atom.
pub async fn atom(app: &App, headers: &HeaderMap, lang: Lang) -> Response {
    let address = format!("/{}/feed.xml", lang.code());
    kept(app, headers, &address, "application/atom+xml; charset=utf-8", || async { Some(atom_xml(&app.site, &app.content.library(), lang)) }).await
}

fn atom_xml(site: &Site, library: &Library, lang: Lang) -> String {
    // An entry must say when it changed, so one that was never recorded can't be an entry.
    let dated = |article: &Arc<Article>| {
        Some((article.clone(), article.texts[lang].clone()?)).and_then(|(article, text)| Some((text.updated?, article, text)))
    };
    let mut entries: Vec<_> = library.articles.values().filter_map(dated).collect();
    entries.sort_by(|(a_day, a, _), (b_day, b, _)| b_day.cmp(a_day).then_with(|| a.id.cmp(&b.id)));
    let newest = entries.first().map_or(Date::default(), |(day, _, _)| *day);
    let (home, own) = (site.absolute(&format!("/{}", lang.code())), site.absolute(&format!("/{}/feed.xml", lang.code())));
    let name = escaped(&site.name(lang));
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n<title>{name}</title>\n<id>{home}</id>\n<link href=\"{home}\"/>\n<link rel=\"self\" href=\"{own}\"/>\n<updated>{}</updated>\n<author><name>{name}</name></author>\n",
        lang.tag(),
        midnight(site, newest)
    );
    for (day, article, text) in entries.into_iter().take(FEED_ENTRIES) {
        let url = escaped(&site.absolute(&article.urls[lang]));
        let (title, summary) = (escaped(&text.title), escaped(&text.summary));
        let updated = midnight(site, day);
        let _ = writeln!(
            xml,
            "<entry><title>{title}</title><id>{url}</id><link href=\"{url}\"/><updated>{updated}</updated><summary>{summary}</summary></entry>"
        );
    }
    xml.push_str("</feed>\n");
    xml
}

/// The moment at which a day begins in the help center's zone.
fn midnight(site: &Site, day: Date) -> Timestamp {
    day.to_zoned(site.time_zone.clone()).map(|start| start.timestamp()).unwrap_or_default()
}

/// `GET /llms.txt`: the articles of the default language as a list of Markdown links.
pub async fn llms(State(app): State<App>, headers: HeaderMap) -> Response {
    kept(&app, &headers, "/llms.txt", "text/plain; charset=utf-8", || async { Some(llms_text(&app.site, &app.content.library())) }).await
}

fn llms_text(site: &Site, library: &Library) -> String {
    let lang = library.default_lang;
    let mut text = format!("# {}\n\n> {}\n", site.name(lang), lang.articles().hero_text);
    for section in &library.sections {
        let _ = write!(text, "\n## {}\n\n", section.texts[lang].title);
        for article in section.topics.iter().flat_map(|topic| &topic.articles) {
            let shown = article.shown(lang, lang);
            let _ = writeln!(text, "- [{}]({}.md): {}", shown.title, site.absolute(&article.urls[lang]), shown.summary);
        }
    }
    text
}
