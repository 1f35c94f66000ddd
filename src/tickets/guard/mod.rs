//! What is kept aside. Nobody is told and nothing is lost: staff see it by `ajuda tickets list --quarantine` and let it through by
//! `ajuda tickets release`. Only far over the limits is a message refused, and then its page says so and keeps what was typed.

pub(super) mod campaign;
mod features;
mod links;
mod meaning;
mod score;
pub(super) mod send_now;
mod text;
mod weights;

use crate::config::{Guard, Limits};
use campaign::Likeness;
use score::{HELD_FROM, Submission};
use weights::Weights;

use super::model::Draft;

/// A field that people can't see or reach, with a name that no browser fills in by itself. Programs that fill in everything fill it in.
pub const HONEYPOT: &str = "homepage";

/// The hidden field in which the page tells how many seconds it was open.
pub const SECONDS: &str = "seconds";

/// Learned by `make train-guard`.
static WEIGHTS: Weights<'static> = Weights::new(include_bytes!("weights.bin"));
static MEANING: &[u8; meaning::BYTES] = include_bytes!("meaning.bin");

/// What it counts, in the points of [`score`], that somebody else wrote much the same: not enough to hold a customer who has the same trouble.
const ALIKE_POINTS: i64 = 15;

/// So many times the limit are kept aside before messages are refused, so that a flood can't fill the disk.
const REFUSED_FROM_TIMES_LIMIT: i64 = 5;

/// Why a ticket is kept aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// The invisible field was filled in.
    Trap,
    /// More messages from one network than `limits.tickets_per_network_per_hour`.
    Network,
    /// More messages from one address than `limits.tickets_per_email_per_hour`.
    Email,
    /// The address, or its domain, stands in `guard.blocked`.
    Blocked,
    /// The form was open for a moment only.
    TooFast,
    /// The same text came from other networks and addresses.
    Campaign,
    /// What it says and how it is made is like what nobody wanted before, or it hides something.
    Content,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Accept,
    KeepAside(Held),
    Refuse,
}

impl Held {
    /// The word that is stored.
    pub fn word(self) -> &'static str {
        match self {
            Self::Trap => "trap",
            Self::Network => "network",
            Self::Email => "email",
            Self::Blocked => "blocked",
            Self::TooFast => "fast",
            Self::Campaign => "campaign",
            Self::Content => "content",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        [Self::Trap, Self::Network, Self::Email, Self::Blocked, Self::TooFast, Self::Campaign, Self::Content]
            .into_iter()
            .find(|held| held.word() == word)
    }
}

/// What is known of a message besides its text. The counts are those of this hour and include it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Traffic {
    pub of_network: i64,
    pub of_email: i64,
    /// How much of its text came from others before.
    pub likeness: Likeness,
}

/// What a message means, in the points of [`score`]; none where no model has read it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Meant(i64);

/// Judges a message: what is certain first, then what is counted, its text last.
pub(super) fn judge(draft: &Draft, meant: Meant, traffic: Traffic, limits: &Limits, guard: &Guard) -> Verdict {
    let network_limit = i64::from(limits.tickets_per_network_per_hour);
    let email_limit = i64::from(limits.tickets_per_email_per_hour);
    if traffic.of_network > network_limit * REFUSED_FROM_TIMES_LIMIT || traffic.of_email > email_limit * REFUSED_FROM_TIMES_LIMIT {
        return Verdict::Refuse;
    }
    let echo = if traffic.likeness == Likeness::Alike { ALIKE_POINTS } else { 0 };
    let signs = [
        (is_blocked(&draft.email.key(), &guard.blocked), Held::Blocked),
        (draft.trapped, Held::Trap),
        (traffic.of_network > network_limit, Held::Network),
        (traffic.of_email > email_limit, Held::Email),
        (draft.seconds.is_some_and(score::is_too_fast), Held::TooFast),
        (traffic.likeness == Likeness::Copied, Held::Campaign),
        (points(draft) + meant.0 + echo >= HELD_FROM, Held::Content),
    ];
    signs.into_iter().find(|(holds, _)| *holds).map_or(Verdict::Accept, |(_, held)| Verdict::KeepAside(held))
}

/// What the model is to read of a message.
pub(super) fn text_to_understand(draft: &Draft) -> String {
    meaning::text(draft.subject.as_str(), draft.message.as_str())
}

/// Whether a message is kept aside whatever it means.
pub(super) fn is_certain(draft: &Draft) -> bool {
    draft.trapped || draft.seconds.is_some_and(score::is_too_fast)
}

/// What the model's numbers say for and against a message. Of a message that is too long for the model, only against: else its beginning could
/// speak for an offer at its end.
pub(super) fn meant(draft: &Draft, numbers: &[f32]) -> Meant {
    let points = score::points_of(meaning::sum(MEANING, &meaning::waves(numbers)));
    let is_whole = draft.message.as_str().chars().count() < meaning::TEXT_MAX_CHARS;
    Meant(if is_whole { points } else { points.max(0) })
}

/// What a message itself says for and against it, in the points of [`score`].
fn points(draft: &Draft) -> i64 {
    score::score(WEIGHTS, &submission(draft)).sum()
}

fn submission(draft: &Draft) -> Submission<'_> {
    Submission {
        subject: draft.subject.as_str(),
        name: draft.name.as_str(),
        email: draft.email.as_str(),
        message: draft.message.as_str(),
        reason: draft.reason.as_deref().unwrap_or_default(),
        has_code: draft.code.is_some(),
        seconds: draft.seconds,
    }
}

/// An entry is an address, or `@` and a domain with everything below it. Capitals don't count.
fn is_blocked(email: &str, blocked: &[String]) -> bool {
    let domain = email.rsplit_once('@').map_or("", |(_, domain)| domain);
    blocked.iter().map(|entry| entry.trim().to_lowercase()).any(|entry| match entry.strip_prefix('@') {
        Some(of) => !of.is_empty() && (domain == of || domain.strip_suffix(of).is_some_and(|rest| rest.ends_with('.'))),
        None => entry == email,
    })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::i18n::Lang;
    use crate::tickets::model::{Email, Message, PersonName, Subject};

    pub(in crate::tickets::guard) fn draft(message: &str) -> Draft {
        Draft {
            lang: Lang::Pt,
            article: None,
            reason: None,
            subject: Subject::parse("Cobrado duas vezes").expect("a subject"),
            name: PersonName::parse("Maria").expect("a name"),
            email: Email::parse("Maria@Mail.Example").expect("an address"),
            code: None,
            message: Message::parse(message).expect("a message"),
            trapped: false,
            seconds: None,
        }
    }

    #[test]
    fn over_a_limit_is_kept_aside_and_far_over_it_is_refused() {
        let limits = Limits { tickets_per_network_per_hour: 20, tickets_per_email_per_hour: 6, ..Limits::default() };
        let judge = |trapped, of_network, of_email| {
            let traffic = Traffic { of_network, of_email, ..Traffic::default() };
            judge(&Draft { trapped, ..draft("Fui cobrada duas vezes.") }, Meant::default(), traffic, &limits, &Guard::default())
        };
        assert_eq!(judge(false, 20, 6), Verdict::Accept);
        assert_eq!(judge(true, 1, 1), Verdict::KeepAside(Held::Trap));
        assert_eq!(judge(false, 21, 1), Verdict::KeepAside(Held::Network));
        assert_eq!(judge(false, 1, 7), Verdict::KeepAside(Held::Email));
        assert_eq!(judge(false, 100, 30), Verdict::KeepAside(Held::Network));
        assert_eq!(judge(false, 101, 1), Verdict::Refuse);
        assert_eq!(judge(true, 1, 31), Verdict::Refuse);
    }

    #[test]
    fn what_is_meant_counts_beside_the_words() {
        let judge = |message: &str, meant| {
            let draft = Draft { subject: Subject::parse("Hello").expect("a subject"), ..draft(message) };
            judge(&draft, Meant(meant), Traffic::default(), &Limits::default(), &Guard::default())
        };
        assert_eq!(judge("Fui cobrada duas vezes.", 0), Verdict::Accept);
        assert_eq!(judge("Fui cobrada duas vezes.", 1000), Verdict::KeepAside(Held::Content));
        let offer = "We can bring you more customers every month. Shall I send you our price list?";
        assert_eq!(judge(offer, 0), Verdict::KeepAside(Held::Content));
        assert_eq!(judge(offer, -1000), Verdict::Accept);
    }

    #[test]
    fn much_in_common_with_another_tips_the_scales_and_a_copy_is_held_whatever_it_says() {
        let text = draft("Fui cobrada duas vezes.");
        let judge = |points_without: i64, likeness| {
            let meant = Meant(points_without - points(&text));
            judge(&text, meant, Traffic { likeness, ..Traffic::default() }, &Limits::default(), &Guard::default())
        };
        assert_eq!(judge(HELD_FROM - ALIKE_POINTS, Likeness::Alike), Verdict::KeepAside(Held::Content));
        assert_eq!(judge(HELD_FROM - ALIKE_POINTS - 1, Likeness::Alike), Verdict::Accept);
        assert_eq!(judge(-1000, Likeness::Copied), Verdict::KeepAside(Held::Campaign));
    }

    #[test]
    fn the_time_holds_a_message_only_when_a_script_told_it() {
        let judge = |seconds| {
            let draft = Draft { seconds, ..draft("Fui cobrada duas vezes.") };
            judge(&draft, Meant::default(), Traffic::default(), &Limits::default(), &Guard::default())
        };
        assert_eq!(judge(Some(1)), Verdict::KeepAside(Held::TooFast));
        assert_eq!(judge(None), Verdict::Accept);
        assert_eq!(judge(Some(9)), Verdict::Accept);
    }

    fn points_of(subject: &str, message: &str) -> i64 {
        points(&Draft { subject: Subject::parse(subject).expect("a subject"), ..draft(message) })
    }

    #[test]
    fn what_creators_sell_and_customers_complain_about_is_let_through() {
        let kept = [
            ("Reembolso do robô", "Comprei um robô de forex que promete 10% ao dia e não funciona. Quero o reembolso."),
            ("SEO course", "The coupon for the SEO course was not applied, I paid the full price."),
            ("Mis enlaces", "Estos dan 404: https://a.example/1 https://a.example/2 https://a.example/3 https://a.example/4"),
            ("É golpe?", "Recebi no WhatsApp que ganhei R$ 1.000, o link é http://premio.example/x . É de vocês?"),
            ("Dúvida", "como falo com o dono do curso?"),
        ];
        for (subject, message) in kept {
            assert!(points_of(subject, message) < HELD_FROM, "{subject}");
        }
    }

    #[test]
    fn offers_to_the_company_and_disguises_are_kept_aside() {
        let held = [
            "[url=http://a.example]casino[/url]",
            "Сhеар раgеs fоr уоu",
            "mNbVcXyLkJhGfDsA",
            "${jndi:ldap://a.example/x} ../etc/passwd",
            "v i s i t   u s   r a n k f a s t [dot] example",
            "We can bring you more customers every month. Shall I send you our price list?",
            "Somos uma agência de marketing e fazemos tráfego pago para empresas. Posso enviar uma proposta sem compromisso?",
            "Ofrecemos posicionamiento en Google para su empresa. ¿Le puedo enviar una cotización sin compromiso?",
        ];
        for message in held {
            assert!(points_of("Hello", message) >= HELD_FROM, "{message}");
        }
    }

    #[test]
    fn an_entry_blocks_an_address_or_a_domain_and_nothing_else() {
        let blocked = |entry: &str| is_blocked("maria@mail.example", &[entry.to_owned()]);
        assert!(blocked("Maria@mail.example") && blocked("@mail.example") && blocked("@example"));
        assert!(!blocked("@ail.example") && !blocked("@") && !blocked("") && !blocked("mail.example") && !blocked("ana@mail.example"));
    }
}
