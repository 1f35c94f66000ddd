//! The second factor: a code that changes every thirty seconds (TOTP, RFC 6238, with SHA-1 and six digits, as every authenticator app reads it).

use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use sha1::Sha1;

use crate::clock::Micros;
use crate::key::same;

const STEP_SECONDS: i64 = 30;
const DIGITS: usize = 6;
/// As long as SHA-1's hash (RFC 4226, 4: R6).
const SECRET_BYTES: usize = 20;
/// Steps before and after the present one whose code is taken too: telephones' clocks differ (RFC 6238, 5.2).
const STEPS_ASIDE: i64 = 1;

/// The secret that a person's app shares with us.
#[derive(Clone)]
pub struct TotpSecret(Vec<u8>);

impl TotpSecret {
    /// A new one; `None` when the system has no random numbers.
    pub(super) fn random() -> Option<Self> {
        let mut bytes = vec![0; SECRET_BYTES];
        getrandom::fill(&mut bytes).ok()?;
        Some(Self(bytes))
    }

    pub(super) fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// As apps take it when it is typed: `ABCD EFGH …`.
    pub fn as_text(&self) -> String {
        let letters = BASE32_NOPAD.encode(&self.0);
        letters.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ")
    }

    /// What a QR code holds (the key URI that authenticator apps agreed on).
    pub fn uri(&self, issuer: &str, account: &str) -> String {
        let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let (issuer, account) = (encoded(issuer), encoded(account));
        format!("otpauth://totp/{issuer}:{account}?secret={}&issuer={issuer}", BASE32_NOPAD.encode(&self.0))
    }

    /// The step whose code was typed; `None` if it is none of those around now. Spaces between the digits are forgiven.
    pub(super) fn step_of(&self, typed: &str, now: Micros) -> Option<i64> {
        let typed: String = typed.chars().filter(|char| !char.is_whitespace()).collect();
        let present = now.0.div_euclid(Micros::SECOND) / STEP_SECONDS;
        let steps = (present - STEPS_ASIDE)..=(present + STEPS_ASIDE);
        // All are compared, so that the time says nothing about which one it is.
        steps.fold(None, |found, step| if same(&typed, &self.code(step)) { Some(step) } else { found })
    }

    /// RFC 4226, 5.3.
    fn code(&self, step: i64) -> String {
        // HMAC takes a key of any length, so this never falls back.
        let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(&self.0) else { return String::new() };
        mac.update(&step.to_be_bytes());
        let hash = mac.finalize().into_bytes();
        let offset = usize::from(hash[hash.len() - 1] & 0xf);
        let number = hash[offset..offset + 4].iter().fold(0_u32, |number, byte| (number << 8) | u32::from(*byte)) & 0x7fff_ffff;
        format!("{:0DIGITS$}", number % 10_u32.pow(DIGITS as u32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rfc() -> TotpSecret {
        TotpSecret(b"12345678901234567890".to_vec())
    }

    /// RFC 6238, appendix B; ours are the last six of the eight digits there.
    #[test]
    fn codes_are_those_of_the_rfc() {
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(rfc().code(seconds / 30), code);
            assert_eq!(rfc().step_of(code, Micros(seconds * Micros::SECOND)), Some(seconds / 30));
        }
    }

    #[test]
    fn a_code_is_good_a_step_early_and_late_and_no_longer() {
        let at = |seconds: i64| rfc().step_of("081 804", Micros(seconds * Micros::SECOND));
        let step = 1_111_111_109 / 30;
        assert_eq!([step - 1, step, step + 1].map(|step| at(step * 30)), [Some(step); 3]);
        assert_eq!([step - 2, step + 2].map(|step| at(step * 30)), [None; 2]);
        for typed in ["", "81804", "0818040", "08180x", "٠٨١٨٠٤"] {
            assert_eq!(rfc().step_of(typed, Micros(step * 30 * Micros::SECOND)), None, "{typed}");
        }
    }

    #[test]
    fn apps_read_the_secret() {
        assert_eq!(rfc().as_text(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert_eq!(
            rfc().uri("Ajuda & Co", "ana@example.com"),
            "otpauth://totp/Ajuda%20%26%20Co:ana%40example%2Ecom?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Ajuda%20%26%20Co"
        );
    }
}
