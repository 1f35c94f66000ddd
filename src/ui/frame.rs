//! The frame around every page: head, header, footer.

use std::sync::Arc;

use leptos::prelude::*;

use super::Site;
use super::icons::{Draw, Icon, Mark};
use super::search_bar::{search_bar, search_link};
use super::site::LOGO_HEIGHT;
use super::theme;
use crate::i18n::{Lang, PerLang};

/// What a page says of itself.
#[derive(Debug, Clone)]
pub struct Frame {
    pub lang: Lang,
    /// Without the help center's name, which is added.
    pub title: String,
    pub description: String,
    /// Address path of the version that search engines should keep; `None`: not to be kept at all.
    pub canonical: Option<String>,
    /// The languages in which this page really exists, with their address paths.
    pub alternates: Vec<(Lang, String)>,
    /// Where the language switch leads: the same place in each language.
    pub switch: PerLang<String>,
    /// An article, not an overview (Open Graph).
    pub is_article: bool,
    /// Descriptions for machines (JSON-LD).
    pub structured: Vec<serde_json::Value>,
    pub search: SearchPlace,
}

/// Where the search bar of a page stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SearchPlace {
    Header,
    /// The page's own content holds it.
    Page,
}

impl Frame {
    /// A page that no search engine should keep and that has the same address in every language but for the language's code.
    pub fn private(lang: Lang, title: &str, path_below_lang: &str) -> Self {
        Self {
            lang,
            title: title.to_owned(),
            description: String::new(),
            canonical: None,
            alternates: Vec::new(),
            switch: PerLang(Lang::ALL.map(|lang| format!("/{}{path_below_lang}", lang.code()))),
            is_article: false,
            structured: Vec::new(),
            search: SearchPlace::Header,
        }
    }
}

/// The whole document.
#[component]
pub fn Document(site: Arc<Site>, frame: Frame, body: AnyView) -> AnyView {
    let lang = frame.lang;
    let words = lang.common();
    view! {
        <html lang=lang.tag()>
            {head(&site, &frame)}
            <body>
                <a class="skip" href="#main">{words.skip_to_content}</a>
                {header(&site, &frame)}
                <main id="main" tabindex="-1">{body}</main>
                {footer(&site, &frame)}
            </body>
        </html>
    }
    .into_any()
}

fn head(site: &Site, frame: &Frame) -> AnyView {
    let title = format!("{} · {}", frame.title, site.name(frame.lang));
    let description = (!frame.description.is_empty()).then(|| view! { <meta name="description" content=frame.description.clone() /> });
    let asset = |name: &str| site.assets.url(name);
    let loader = site.assets.has("ajuda.js").then(|| view! { <script type="module" src=asset("loader.js")></script> });
    let search = site.assets.has("suggest.js").then(|| view! { <script type="module" src=asset("suggest.js")></script> });
    let indexed = match &frame.canonical {
        Some(path) => canonical_links(site, frame, path),
        None => view! { <meta name="robots" content="noindex" /> }.into_any(),
    };
    let feed = format!("/{}/feed.xml", frame.lang.code());
    // What is the same for every reader is compressed once and read at once; other pages take the style as a file, which stays with the browser.
    let style = if frame.canonical.is_some() {
        view! { <style inner_html=site.style.clone()></style> }.into_any()
    } else {
        ["main.css", "brand.css"].map(|name| view! { <link rel="stylesheet" href=asset(name) /> }).collect_view().into_any()
    };
    let structured = frame.structured.iter().map(|value| {
        // `<` never stands in the text of a script element, so nothing in it can end it.
        let json = value.to_string().replace('<', "\\u003c");
        view! { <script type="application/ld+json" inner_html=json></script> }
    });
    view! {
        <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <title>{title}</title>
            {description}
            <meta name="theme-color" media="(prefers-color-scheme: light)" content="#ffffff" data-theme="light" />
            <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#0c1119" data-theme="dark" />
            <script inner_html=theme::SCRIPT></script>
            {style}
            <link rel="icon" href=asset("favicon.svg") type="image/svg+xml" />
            <link rel="alternate" type="application/atom+xml" title=frame.lang.common().feed href=feed />
            {indexed}
            {structured.collect_view()}
            {search}
            {loader}
        </head>
    }
    .into_any()
}

fn canonical_links(site: &Site, frame: &Frame, path: &str) -> AnyView {
    let alternates =
        frame.alternates.iter().map(|(lang, path)| view! { <link rel="alternate" hreflang=lang.tag() href=site.absolute(path) /> }).collect_view();
    let default = frame.alternates.iter().find(|(lang, _)| *lang == site.default_lang).filter(|_| frame.alternates.len() > 1);
    let default = default.map(|(_, path)| view! { <link rel="alternate" hreflang="x-default" href=site.absolute(path) /> });
    let description = (!frame.description.is_empty()).then(|| property("og:description", frame.description.clone()));
    view! {
        <link rel="canonical" href=site.absolute(path) />
        {alternates}
        {default}
        {property("og:title", frame.title.clone())}
        {description}
        {property("og:type", (if frame.is_article { "article" } else { "website" }).to_owned())}
        {property("og:url", site.absolute(path))}
        {property("og:site_name", site.name(frame.lang))}
        {property("og:locale", frame.lang.tag().replace('-', "_"))}
    }
    .into_any()
}

/// Open Graph writes its names into `property`, which is no attribute of HTML.
fn property(name: &'static str, content: String) -> AnyView {
    leptos::html::meta().attr("property", name).content(content).into_any()
}

fn header(site: &Site, frame: &Frame) -> AnyView {
    let lang = frame.lang;
    let words = lang.common();
    let in_header = frame.search == SearchPlace::Header;
    let bar = in_header.then(|| search_bar(lang, String::new(), false));
    view! {
        <header class="site-header" class:has-search=in_header>
            <div class="wrap site-header-row">
                <a class="brand" href=format!("/{}", lang.code())>
                    {mark(site)}
                    <span class="brand-name">{site.name(lang)}</span>
                </a>
                {bar}
                <nav class="site-nav" aria-label=words.menu>
                    {search_link(lang)}
                    <a class="nav-link" href=format!("/{}/requests", lang.code())>
                        <Draw icon=Icon::Inbox />
                        <span class="nav-text">{words.my_requests}</span>
                    </a>
                    <a class="nav-link nav-contact" href=format!("/{}/contact", lang.code())>
                        <Draw icon=Icon::Chat />
                        <span class="nav-text">{words.contact_us}</span>
                    </a>
                    <details class="menu">
                        <summary class="nav-link">
                            <Draw icon=Icon::Globe />
                            <span class="sr">{words.language} ": "</span>
                            <span class="nav-code">{lang.code().to_uppercase()}</span>
                        </summary>
                        <ul class="menu-list">{languages(frame)}</ul>
                    </details>
                </nav>
            </div>
        </header>
    }
    .into_any()
}

/// The company's logo, or the help center's own mark. Decoration: the name beside it says the same.
fn mark(site: &Site) -> AnyView {
    let Some(logo) = &site.logo else { return view! { <Mark /> }.into_any() };
    let picture = |url: String, theme: Option<&'static str>| {
        view! { <img class=theme src=url alt="" width=logo.width height=logo.width.map(|_| LOGO_HEIGHT) loading=theme.map(|_| "lazy") /> }
    };
    match logo.dark_url.clone() {
        // Which of the two is shown, the style sheet says, since a reader may choose the theme. The other one is never fetched.
        Some(dark) => (picture(logo.url.clone(), Some("only-light")), picture(dark, Some("only-dark"))).into_any(),
        None => picture(logo.url.clone(), None).into_any(),
    }
}

fn languages(frame: &Frame) -> AnyView {
    let current = frame.lang;
    frame
        .switch
        .iter()
        .map(|(lang, path)| {
            let marked = (lang == current).then_some("true");
            view! {
                <li>
                    <a href=path.clone() lang=lang.tag() hreflang=lang.tag() aria-current=marked>
                        {lang.own_name()}
                    </a>
                </li>
            }
        })
        .collect_view()
        .into_any()
}

fn footer(site: &Site, frame: &Frame) -> AnyView {
    let lang = frame.lang;
    let words = lang.common();
    let pages = [(&site.terms_url, words.terms), (&site.privacy_url, words.privacy), (&site.status_url, words.status)];
    let pages = pages.map(|(url, name)| url.clone().map(|url| view! { <li><a href=url>{name}</a></li> })).collect_view();
    let notice = site.sample_notice.then(|| view! { <p class="fine-print">{words.sample_notice}</p> });
    view! {
        <footer class="site-footer">
            <div class="wrap site-footer-row">
                <nav aria-label=words.languages>
                    <ul>{languages(frame)}</ul>
                </nav>
                <ul>
                    <li>
                        <a href=format!("/{}/contact", lang.code())>{words.contact_us}</a>
                    </li>
                    {pages}
                    <li>
                        <a href=format!("/{}/feed.xml", lang.code())>{words.feed}</a>
                    </li>
                </ul>
                {theme::switch(lang)}
                {notice}
            </div>
        </footer>
    }
    .into_any()
}
