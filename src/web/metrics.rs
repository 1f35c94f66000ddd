//! Counts for operators, in the text format of Prometheus.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64};
use std::time::Duration;

use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
    status: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Reason {
    reason: &'static str,
}

/// All counts; cheap to clone.
#[derive(Clone)]
pub struct Metrics {
    registry: Arc<Registry>,
    requests: Family<Route, Counter<u64, AtomicU64>>,
    request_seconds: Histogram,
    /// Articles that readers can open.
    pub articles: Gauge<i64, AtomicI64>,
    /// Article files left out or kept in an older version because of a problem.
    pub article_problems: Gauge<i64, AtomicI64>,
    /// Article passages not yet indexed by the search model.
    pub search_passages_pending: Gauge<i64, AtomicI64>,
    /// 1 where the search goes by meaning too, 0 where it goes by words alone.
    pub search_model_ready: Gauge<i64, AtomicI64>,
    /// Tickets filed since the start.
    pub tickets_filed: Counter<u64, AtomicU64>,
    /// Emails waiting to be sent.
    pub mails_waiting: Gauge<i64, AtomicI64>,
    /// Emails given up after the last attempt.
    pub mails_failed: Gauge<i64, AtomicI64>,
    /// Incoming emails waiting for staff.
    pub inbound_in_review: Gauge<i64, AtomicI64>,
    inbound_passed_over: Family<Reason, Counter<u64, AtomicU64>>,
    /// Jobs that failed last or were given up.
    pub jobs_failed: Gauge<i64, AtomicI64>,
}

/// The count of one route and status.
pub struct RouteCount {
    requests: Counter<u64, AtomicU64>,
    seconds: Histogram,
}

impl RouteCount {
    pub fn add(&self, elapsed: Duration) {
        self.requests.inc();
        self.seconds.observe(elapsed.as_secs_f64());
    }
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}

impl Metrics {
    pub fn new() -> Self {
        let mut registry = Registry::with_prefix("ajuda");
        let requests = Family::default();
        // From a cached page to a slow disk: 0.25 ms to 8 s, each bound twice the one before.
        let bounds = std::iter::successors(Some(0.00025), |bound| Some(bound * 2.0)).take(16);
        let request_seconds = Histogram::new(bounds);
        let (articles, article_problems, mails_waiting, mails_failed) = (Gauge::default(), Gauge::default(), Gauge::default(), Gauge::default());
        let (search_passages_pending, search_model_ready) = (Gauge::default(), Gauge::default());
        let tickets_filed = Counter::default();
        registry.register("http_requests", "Requests answered, by route and status", Family::clone(&requests));
        registry.register("http_request_seconds", "Time to the answer's first byte, in seconds", request_seconds.clone());
        registry.register("articles", "Articles that readers can open", Gauge::clone(&articles));
        registry.register("article_problems", "Article files left out or kept in an older version", Gauge::clone(&article_problems));
        registry.register("search_passages_pending", "Article passages not yet indexed by the search model", Gauge::clone(&search_passages_pending));
        registry.register("search_model_ready", "1: by words and meaning; 0: by words alone", Gauge::clone(&search_model_ready));
        registry.register("tickets_filed", "Tickets filed since the start", Counter::clone(&tickets_filed));
        registry.register("mails_waiting", "Emails waiting to be sent", Gauge::clone(&mails_waiting));
        registry.register("mails_failed", "Emails given up after the last attempt", Gauge::clone(&mails_failed));
        let (inbound_in_review, jobs_failed) = (Gauge::default(), Gauge::default());
        registry.register("inbound_in_review", "Incoming emails waiting for staff", Gauge::clone(&inbound_in_review));
        registry.register("jobs_failed", "Jobs that failed last or were given up", Gauge::clone(&jobs_failed));
        let inbound_passed_over = Family::default();
        let help = "Incoming emails that no person wrote, since the start, by reason; `ajuda tickets inbound` lists them";
        registry.register("inbound_passed_over", help, Family::clone(&inbound_passed_over));
        let registry = Arc::new(registry);
        Self {
            registry,
            requests,
            request_seconds,
            articles,
            article_problems,
            search_passages_pending,
            search_model_ready,
            tickets_filed,
            mails_waiting,
            mails_failed,
            inbound_in_review,
            inbound_passed_over,
            jobs_failed,
        }
    }

    /// Incoming emails that were passed over for a reason.
    pub fn inbound_passed_over(&self, reason: &'static str) -> Counter<u64, AtomicU64> {
        self.inbound_passed_over.get_or_create_owned(&Reason { reason })
    }

    /// Counts one answered request.
    pub fn request(&self, route: &str, status: u16, elapsed: Duration) {
        self.count_of(route, status).add(elapsed);
    }

    /// Where the requests of a route that were answered with a status are counted.
    pub fn count_of(&self, route: &str, status: u16) -> RouteCount {
        let requests = self.requests.get_or_create_owned(&Route { route: route.to_owned(), status: status.to_string() });
        RouteCount { requests, seconds: self.request_seconds.clone() }
    }

    /// Everything as text.
    pub fn render(&self) -> String {
        let mut text = String::new();
        // Writing into a String can't fail; were it to, what is there so far is still true.
        let _ = text::encode(&mut text, &self.registry);
        text
    }
}
