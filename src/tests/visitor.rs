//! A visitor of the whole program, without a network: requests go straight into the router.

use ajuda::app::App;
use ajuda::clock::Clock;
use ajuda::settings::Config;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use scraper::{Html, Selector};
use tower::ServiceExt;

use super::support::{Engine, Folder, MONDAY, new_config};

/// The sample articles, served; the visitor keeps cookies as a browser does.
pub(crate) struct Visitor {
    pub app: App,
    router: Router,
    cookies: std::cell::RefCell<Vec<(String, String)>>,
    _folder: Option<Folder>,
}

/// What came back.
pub(crate) struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Visitor {
    pub(crate) async fn new(engine: &Engine) -> Self {
        Self::with(engine, |_| {}).await
    }

    /// With other settings than the shipped ones.
    pub(crate) async fn with(engine: &Engine, change: impl FnOnce(&mut Config)) -> Self {
        let (mut config, folder) = new_config(engine).await;
        config.articles = concat!(env!("CARGO_MANIFEST_DIR"), "/src/tests/fixture/articles").into();
        change(&mut config);
        let app = App::boot(config, Clock::fixed(MONDAY)).expect("the sample articles");
        Self { router: ajuda::server::router(app.clone()), app, cookies: std::cell::RefCell::default(), _folder: Some(folder) }
    }

    /// Another person on another device.
    pub(crate) fn stranger(&self) -> Self {
        Self { router: self.router.clone(), app: self.app.clone(), cookies: std::cell::RefCell::default(), _folder: None }
    }

    /// The value of a cookie that was set.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.borrow().iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
    }

    /// Holds a cookie that no answer set.
    pub(crate) fn set_cookie(&self, name: &str, value: &str) {
        let mut cookies = self.cookies.borrow_mut();
        cookies.retain(|(known, _)| known != name);
        cookies.push((name.to_owned(), value.to_owned()));
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        self.send(Request::get(path).body(Body::empty()).expect("a request")).await
    }

    /// Posts a form as the page that it stands on does.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        self.post_bytes(path, form_body(fields).into_bytes(), "same-origin").await
    }

    /// `from`: what the browser says about the page that posts (`Sec-Fetch-Site`).
    pub(crate) async fn post_bytes(&self, path: &str, body: Vec<u8>, from: &str) -> Reply {
        let request = Request::builder().method(Method::POST).uri(path).header("sec-fetch-site", from);
        self.send(request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(Body::from(body)).expect("a request")).await
    }

    /// The answer with its body still to be read.
    pub(crate) async fn open(&self, mut request: Request<Body>) -> axum::response::Response {
        let sent = self.cookies.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
        if !sent.is_empty() {
            request.headers_mut().insert(header::COOKIE, sent.parse().expect("cookies"));
        }
        self.router.clone().oneshot(request).await.expect("the router never fails")
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.open(request).await;
        let (parts, body) = response.into_parts();
        for set in parts.headers.get_all(header::SET_COOKIE) {
            let pair = set.to_str().expect("ASCII").split(';').next().expect("a pair");
            let (name, value) = pair.split_once('=').expect("a name and a value");
            let mut cookies = self.cookies.borrow_mut();
            cookies.retain(|(known, _)| known != name);
            cookies.push((name.to_owned(), value.to_owned()));
        }
        let bytes = body.collect().await.expect("a body").to_bytes().to_vec();
        Reply { status: parts.status, headers: parts.headers, bytes }
    }
}

impl Reply {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.bytes.clone()).expect("UTF-8")
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("ASCII"))
    }

    pub(crate) fn assert_status(&self, status: u16) -> &Self {
        assert_eq!(self.status.as_u16(), status, "{}", String::from_utf8_lossy(&self.bytes));
        self
    }

    /// The text of the first element that a selector finds.
    pub(crate) fn text_of(&self, selector: &str) -> Option<String> {
        let page = Html::parse_document(&self.text());
        let selector = Selector::parse(selector).expect("a selector");
        page.select(&selector).next().map(|element| element.text().collect::<String>())
    }

    /// The text of every element that a selector finds.
    pub(crate) fn texts_of(&self, selector: &str) -> Vec<String> {
        let page = Html::parse_document(&self.text());
        let selector = Selector::parse(selector).expect("a selector");
        page.select(&selector).map(|element| element.text().collect::<String>()).collect()
    }

    /// An attribute of every element that a selector finds.
    pub(crate) fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let page = Html::parse_document(&self.text());
        let selector = Selector::parse(selector).expect("a selector");
        page.select(&selector).filter_map(|element| element.value().attr(name)).map(str::to_owned).collect()
    }
}

pub(crate) fn form_body(fields: &[(&str, &str)]) -> String {
    let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect::<Vec<_>>().join("&")
}

/// A contact form that nothing is wrong with.
pub(crate) const GOOD_FORM: [(&str, &str); 5] = [
    ("reason", "other"),
    ("subject", "Não recebi o curso"),
    ("name", "Joana Prado"),
    ("email", "joana@example.com"),
    ("message", "Paguei ontem e o acesso ainda não chegou."),
];

/// The good form with some fields changed.
pub(crate) fn form_with<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    GOOD_FORM.iter().copied().filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name)).chain(changes.iter().copied()).collect()
}
