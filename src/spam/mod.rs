//! What is quarantined. Nobody is told and nothing is lost: staff see it by `ajuda tickets list --quarantine` and let it through by
//! `ajuda tickets release`. Only far over the limits is a message refused, and then its page says so and keeps what was typed.
//!
//! What decides is [`Spam::judge`]; [`Spam::read`] and [`Spam::challenge`] come before it. What they reckon with stays in here.

mod campaign;
mod challenge;
mod features;
mod judge;
mod links;
mod score;
mod semantic;
pub mod settings;
mod submission;
mod text;
mod verdict;
mod weights;

use std::net::IpAddr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

pub use campaign::store::PERSONAL_DATA;
pub use challenge::{Challenge, EDIT, SHOWN};
pub use judge::SemanticScore;
pub use submission::Submission;
pub use verdict::{QuarantineReason, Verdict};

use crate::clock::{Clock, Micros};
use crate::config::Limits;
use crate::db::{Write, rate_limits};
use crate::error::ServiceError;
use crate::key::KeySource;
use crate::search::SemanticModel;
use judge::Traffic;
use settings::Spam as Settings;

/// A field that people can't see or reach, with a name that no browser fills in by itself. Programs that fill in everything fill it in.
pub const HONEYPOT: &str = "homepage";
/// The hidden field in which the page tells how many seconds it was open.
pub const SECONDS: &str = "seconds";
/// How long a message may take the model. After that it is judged by its words alone.
pub const READ_WITHIN: Duration = Duration::from_secs(1);

/// Where a message comes from, which floods are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    Network(IpAddr),
    /// An email, from no network that we know: its place is its sender.
    Email,
    /// The same where the mail server vouches for the sender.
    VouchedEmail,
    /// Staff wrote it down for a customer: nothing of it is judged, and it counts against nobody.
    Staff,
}

/// The room's handle; copies share everything.
#[derive(Clone)]
pub struct Spam(Arc<Inner>);

struct Inner {
    clock: Clock,
    key: KeySource,
    limits: Limits,
    settings: Settings,
    model: OnceLock<(SemanticModel, Duration)>,
}

impl Spam {
    pub fn new(clock: Clock, key: KeySource, limits: &Limits, settings: &Settings) -> Self {
        Self(Arc::new(Inner { clock, key, limits: limits.clone(), settings: settings.clone(), model: OnceLock::new() }))
    }

    /// Lends the search's model. Without one, messages are judged by their words alone.
    pub fn lend_model(&self, model: SemanticModel, within: Duration) {
        // Lent once, when the program starts.
        _ = self.0.model.set((model, within));
    }

    /// What a message means. Takes the model's time, some 50 ms; none for one that is quarantined whatever it means.
    pub async fn read(&self, message: &Submission<'_>) -> SemanticScore {
        let model = self.0.model.get().filter(|(model, _)| model.is_ready());
        let Some((model, within)) = model.filter(|_| !judge::is_certain(message)) else { return SemanticScore::default() };
        let Some(numbers) = model.read_message(semantic::text(message.subject, message.message), *within).await else {
            tracing::info!("a message is judged by its words alone: the model was busy");
            return SemanticScore::default();
        };
        judge::semantic_score(message, &numbers)
    }

    /// Whether the author of a form has to press a button once more, or has. `shown` is the signed time that such a page posted, `fingerprint` is equal
    /// for equal messages.
    pub fn challenge(
        &self,
        message: &Submission<'_>,
        meaning: SemanticScore,
        shown: Option<&str>,
        fingerprint: &str,
    ) -> Result<Challenge, ServiceError> {
        Ok(challenge::challenge(message, meaning, shown, fingerprint, self.0.key.get()?, self.0.clock.now()))
    }

    /// Judges a message, and remembers it for those that come after it. Every limit is counted before the work that it limits.
    pub async fn judge(&self, write: &mut Write, message: &Submission<'_>, meaning: SemanticScore, from: Source) -> Result<Verdict, ServiceError> {
        let (key, now) = (self.0.key.get()?, self.0.clock.now());
        let email = message.email.to_ascii_lowercase();
        let network = match from {
            Source::Staff => return Ok(Verdict::Accept),
            Source::Network(address) => key.network_tag(address),
            Source::Email => key.tag("sender", &[email.as_bytes()]),
            Source::VouchedEmail => key.tag("vouched sender", &[email.as_bytes()]),
        };
        // Whoever only says that an address is theirs uses up nothing of what its owner may write.
        let of_whom = if from == Source::VouchedEmail { "vouched address" } else { "address" };
        let address = key.tag(of_whom, &[email.as_bytes()]);
        let of_network = rate_limits::count(write, &network, now).await?;
        let of_email = rate_limits::count(write, &address, now).await?;
        let shingles = campaign::shingles(message.message, key);
        let similarity = campaign::store::similarity(write, &shingles, &network, &address, now).await?;
        let verdict = judge::judge(message, meaning, Traffic { of_network, of_email, similarity }, &self.0.limits, &self.0.settings);
        if verdict != Verdict::Refuse {
            campaign::store::keep(write, &shingles, &network, &address, now).await?;
        }
        Ok(verdict)
    }

    /// Judges an address to which a ticket is moved: it counts like one more message under it.
    pub async fn judge_address(&self, write: &mut Write, email: &str, from: IpAddr) -> Result<Verdict, ServiceError> {
        let (key, now) = (self.0.key.get()?, self.0.clock.now());
        let email = email.to_ascii_lowercase();
        let of_network = rate_limits::count(write, &key.network_tag(from), now).await?;
        let of_email = rate_limits::count(write, &key.tag("address", &[email.as_bytes()]), now).await?;
        Ok(judge::judge_address(&email, of_network, of_email, &self.0.limits, &self.0.settings))
    }

    /// Forgets what is too old to be a campaign.
    pub async fn prune(&self, write: &mut Write, now: Micros) -> Result<(), ServiceError> {
        Ok(campaign::store::prune(write, now).await?)
    }
}
