//! One press more. Where no script told how long a form was open and its message looks like an advertisement, or where it was open for a moment
//! only, the author sees the message once more with a button and the signed time of that page. A person presses it; a program that posts at
//! once is quarantined, and one that goes away has sent nothing.

use super::judge::{SemanticScore, points};
use super::score::{self, ASKED_FROM, FAST_SECONDS, QUARANTINED_FROM};
use super::submission::Submission;
use crate::clock::Micros;
use crate::key::{ServerKey, same};

/// The hidden field with the signed time.
pub const SHOWN: &str = "shown";
/// The button that leads back to the form.
pub const EDIT: &str = "edit";

/// Until the page has arrived and its button was seen, so much time goes by for a person.
const PRESSED_AFTER_MICROS: i64 = Micros::SECOND;
/// Later the page is shown anew.
const PRESSED_WITHIN_MICROS: i64 = Micros::HOUR;

/// What a form's time says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Challenge {
    /// Nothing has to be asked.
    NotNeeded,
    /// The page is shown, with this signed time.
    Wanted(String),
    /// A hand pressed the button after so many seconds.
    Given(i64),
    /// Pressed sooner than a hand can, or with a time that was not signed for this message.
    Forged,
}

impl Challenge {
    /// How long the form was open, by what its page told and by the press.
    pub fn seconds(&self, told: Option<i64>) -> Option<i64> {
        match self {
            Self::NotNeeded | Self::Wanted(_) => told,
            Self::Given(seconds) => Some(*seconds),
            Self::Forged => Some(0),
        }
    }
}

/// `shown` is the posted signed time; `fingerprint` is equal for equal messages.
pub(super) fn challenge(
    message: &Submission<'_>,
    meaning: SemanticScore,
    shown: Option<&str>,
    fingerprint: &str,
    key: &ServerKey,
    now: Micros,
) -> Challenge {
    let Some(shown) = shown else {
        return if is_asked(message, meaning) { Challenge::Wanted(signed(key, now, fingerprint)) } else { Challenge::NotNeeded };
    };
    let Some(at) = verified(key, shown, fingerprint) else { return Challenge::Forged };
    match now.0.saturating_sub(at.0) {
        open if open < PRESSED_AFTER_MICROS => Challenge::Forged,
        open if open > PRESSED_WITHIN_MICROS => Challenge::Wanted(signed(key, now, fingerprint)),
        open => Challenge::Given((open / Micros::SECOND).max(FAST_SECONDS)),
    }
}

/// Whoever fell into the trap, or whose text is enough by itself, is quarantined at once: a press would change nothing.
fn is_asked(message: &Submission<'_>, meaning: SemanticScore) -> bool {
    let untimed = Submission { seconds: None, ..*message };
    let points = points(&untimed) + meaning.0;
    !message.trapped && points < QUARANTINED_FROM && message.seconds.map_or(points >= ASKED_FROM, score::is_too_fast)
}

/// The time and its signature. It holds for one message from one address, so that it is of no use for another; which network it is sent from does not
/// count, because telephones change theirs.
fn signed(key: &ServerKey, at: Micros, fingerprint: &str) -> String {
    format!("{}.{}", at.0, key.tag("challenge", &[at.0.to_string().as_bytes(), fingerprint.as_bytes()]))
}

fn verified(key: &ServerKey, shown: &str, fingerprint: &str) -> Option<Micros> {
    let (at, _) = shown.split_once('.')?;
    let at = Micros(at.parse().ok()?);
    same(shown, &signed(key, at, fingerprint)).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::challenge as press;
    use super::*;
    use crate::spam::judge::tests::submission;

    const MONDAY: Micros = Micros(1_795_435_200_000_000);

    fn key(byte: &str) -> ServerKey {
        ServerKey::parse(&byte.repeat(32)).expect("a key")
    }

    fn too_quick() -> Submission<'static> {
        Submission { seconds: Some(1), ..submission("Fui cobrada duas vezes.") }
    }

    fn after(shown: &str, fingerprint: &str, seconds: i64) -> Challenge {
        press(&too_quick(), SemanticScore::default(), Some(shown), fingerprint, &key("07"), MONDAY.plus(seconds * Micros::SECOND))
    }

    fn shown() -> String {
        match press(&too_quick(), SemanticScore::default(), None, "a", &key("07"), MONDAY) {
            Challenge::Wanted(shown) => shown,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_time_that_was_not_signed_for_this_message_is_forged() {
        let shown = shown();
        assert_eq!(after(&shown, "b", 5), Challenge::Forged, "another message");
        let earlier = shown.replacen(&MONDAY.0.to_string(), &(MONDAY.0 - Micros::MINUTE).to_string(), 1);
        assert_eq!(after(&earlier, "a", 5), Challenge::Forged, "an earlier time");
        assert_eq!(
            press(&too_quick(), SemanticScore::default(), Some(&shown), "a", &key("5b"), MONDAY.plus(5 * Micros::SECOND)),
            Challenge::Forged,
            "another server"
        );
        for place in 0..shown.len() {
            assert_eq!(after(&shown[..place], "a", 5), Challenge::Forged);
        }
        for hostile in ["", ".", "0", "0.", "-1.x", "99999999999999999999.x", "\0.\0", "é.é", &"9.".repeat(50_000)] {
            assert_eq!(after(hostile, "a", 5), Challenge::Forged, "{hostile:.20}");
        }
    }

    #[test]
    fn a_press_counts_after_a_hands_time_and_for_an_hour() {
        let shown = shown();
        assert_eq!(after(&shown, "a", -5), Challenge::Forged, "from the future");
        assert_eq!(after(&shown, "a", 0), Challenge::Forged, "at once");
        assert_eq!(after(&shown, "a", 1), Challenge::Given(FAST_SECONDS));
        assert_eq!(after(&shown, "a", 3600), Challenge::Given(3600));
        assert!(matches!(after(&shown, "a", 3601), Challenge::Wanted(_)), "shown anew");
    }

    #[test]
    fn only_those_are_asked_of_whom_nothing_but_the_time_is_suspicious() {
        let press = |message: Submission<'_>| press(&message, SemanticScore::default(), None, "a", &key("07"), MONDAY);
        assert_eq!(press(Submission { seconds: Some(9), ..too_quick() }), Challenge::NotNeeded);
        assert_eq!(press(Submission { seconds: None, ..too_quick() }), Challenge::NotNeeded, "a customer's words without a script");
        assert_eq!(press(Submission { trapped: true, ..too_quick() }), Challenge::NotNeeded);
        assert_eq!(press(Submission { seconds: Some(0), ..submission("[url=http://a.example]backlinks casino[/url]") }), Challenge::NotNeeded);
        assert!(matches!(press(too_quick()), Challenge::Wanted(_)));
    }
}
