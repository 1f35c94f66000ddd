//! Passwords: which are taken, and how they are kept and compared. A hash costs 19 MiB for a moment, so only two are computed at the same time.

use std::collections::HashSet;
use std::sync::LazyLock;

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};

use crate::error::ServiceError;
use crate::turns::Turns;
use crate::values::Network;

pub const PASSWORD_MIN_CHARS: usize = 12;
pub const PASSWORD_MAX_CHARS: usize = 200;
/// Hashes at the same time; the others wait.
const HASHES_MAX: usize = 2;
/// Of one network at work or waiting; more are told to come again.
const WAITING_MAX: usize = 100;
/// Always the same threads: the allocator keeps what a thread has freed, so fifty threads would hold a gigabyte.
static THREADS: LazyLock<Result<rayon::ThreadPool, rayon::ThreadPoolBuildError>> = LazyLock::new(|| {
    let threads = rayon::ThreadPoolBuilder::new().num_threads(HASHES_MAX).thread_name(|number| format!("password-{number}"));
    // Whoever waits sees that no answer comes.
    threads.panic_handler(|_| {}).build()
});
/// What is compared where nobody has the address, or no password: it takes as long and never fits. Parameters are those of new hashes.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$YWp1ZGEtbm9ib2R5cy0xNg$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Common ones, in lower case.
static COMMON: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("common_passwords.txt").lines().filter(|line| !line.starts_with("# ") && *line != "#").collect());

/// A password that somebody chose. It is never shown, nor logged.
#[derive(Clone)]
pub struct Password(String);

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("(hidden)")
    }
}

/// Why a password is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordProblem {
    /// Under [`PASSWORD_MIN_CHARS`].
    Short,
    /// Over [`PASSWORD_MAX_CHARS`].
    Long,
    /// Among those that are guessed first, or made of them.
    Common,
    /// The address or the name, or little more.
    Own,
}

impl Password {
    /// `own`: address and name of whoever chooses it.
    pub fn parse(typed: &str, own: &[&str]) -> Result<Self, PasswordProblem> {
        match typed.chars().count() {
            count if count < PASSWORD_MIN_CHARS => Err(PasswordProblem::Short),
            count if count > PASSWORD_MAX_CHARS => Err(PasswordProblem::Long),
            _ if is_common(typed) => Err(PasswordProblem::Common),
            _ if is_own(typed, own) => Err(PasswordProblem::Own),
            _ => Ok(Self(typed.to_owned())),
        }
    }
}

/// A common password itself, one said several times, or one with digits and signs around it.
fn is_common(typed: &str) -> bool {
    let lower = typed.to_lowercase();
    let bare = lower.trim_matches(|char: char| !char.is_alphabetic());
    [lower.as_str(), bare].into_iter().any(|text| is_in(text) || text.is_empty())
}

/// Whether a text is in the list, or a piece of it again and again.
fn is_in(text: &str) -> bool {
    let pieces = (1..=text.len() / 2).filter(|length| text.len().is_multiple_of(*length) && text.is_char_boundary(*length));
    let repeated = pieces.map(|length| &text[..length]).find(|piece| piece.repeat(text.len() / piece.len()) == text);
    COMMON.contains(text) || repeated.is_some_and(|piece| piece.chars().count() < 4 || COMMON.contains(piece))
}

fn is_own(typed: &str, own: &[&str]) -> bool {
    let lower = typed.to_lowercase();
    let bare = lower.trim_matches(|char: char| !char.is_alphabetic());
    let names = own.iter().flat_map(|own| [own.to_lowercase(), own.split('@').next().unwrap_or_default().to_lowercase()]);
    names.filter(|name| !name.is_empty()).any(|name| lower == name || bare == name)
}

/// Turns at hashing; copies share them.
#[derive(Clone)]
pub(super) struct Hasher(Turns<Network>);

impl Hasher {
    pub(super) fn new() -> Self {
        Self(Turns::new(HASHES_MAX, HASHES_MAX, WAITING_MAX))
    }

    /// What is stored of a password.
    pub(super) async fn hash(&self, password: &Password, from: Network) -> Result<String, ServiceError> {
        let text = password.0.clone();
        let hash = move || Argon2::default().hash_password(text.as_bytes()).map(|hash: argon2::password_hash::phc::PasswordHash| hash.to_string());
        self.run(from, hash).await?.map_err(|_| ServiceError::Unavailable("no hash could be made of the password".into()))
    }

    /// Whether what was typed is the stored password. Costs the same where there is none.
    pub(super) async fn fits(&self, typed: &str, stored: Option<&str>, from: Network) -> Result<bool, ServiceError> {
        // What nobody can have chosen is not worth more work.
        let typed = typed.chars().take(PASSWORD_MAX_CHARS + 1).collect::<String>();
        let (hash, is_somebodys) = (stored.unwrap_or(NOBODYS).to_owned(), stored.is_some());
        let fits = self.run(from, move || Argon2::default().verify_password(typed.as_bytes(), hash.as_str()).is_ok()).await?;
        Ok(fits && is_somebodys)
    }

    async fn run<T: Send + 'static>(&self, from: Network, work: impl FnOnce() -> T + Send + 'static) -> Result<T, ServiceError> {
        let turn = self.0.wait(from).await.ok_or(ServiceError::TooMany)?;
        let pool = THREADS.as_ref().map_err(|error| ServiceError::Unavailable(format!("no threads to hash passwords: {error}")))?;
        let (told, worked) = tokio::sync::oneshot::channel();
        pool.spawn(move || {
            // Held until the memory is free again, also when nobody waits for the answer any more.
            let _turn = turn;
            let _ = told.send(work());
        });
        worked.await.map_err(|_| ServiceError::Broken("the hash of a password panicked".into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_guessed_first_is_refused() {
        let problem = |typed: &str| Password::parse(typed, &["ana.souza@example.com", "Ana Souza"]).err();
        for common in [
            "123456789012",
            "passwordpassword",
            "Password123!",
            "password2026!!",
            "qwertyuiop123",
            "aaaaaaaaaaaa",
            "abcabcabcabc",
            "iloveyou2024",
            "............",
            "111111111111111",
        ] {
            assert_eq!(problem(common), Some(PasswordProblem::Common), "{common}");
        }
        assert_eq!(problem("ana.souza2026"), Some(PasswordProblem::Own));
        assert_eq!(problem("ANA.SOUZA@example.com"), Some(PasswordProblem::Own));
        assert_eq!((problem("curto demais"), problem("11 letters!")), (None, Some(PasswordProblem::Short)));
        assert_eq!(problem(&"é".repeat(201)), Some(PasswordProblem::Long));
        for good in ["cavalo grampo bateria", "ñandú-corre-lejos", "W4tering-c4n-blue", "😀😀🚲🌧️ chove na serra"] {
            assert_eq!(problem(good), None, "{good}");
        }
        assert!(COMMON.len() >= 10_000);
        assert!(COMMON.iter().filter(|common| common.chars().count() >= PASSWORD_MIN_CHARS).all(|common| problem(common).is_some()));
    }

    #[tokio::test]
    async fn a_password_fits_itself_alone_and_nobodys_fits_nothing() {
        let (hasher, here) = (Hasher::new(), Network::from(std::net::IpAddr::from([192, 0, 2, 1])));
        let password = Password::parse("cavalo grampo bateria", &[]).expect("a good one");
        let stored = hasher.hash(&password, here).await.expect("a hash");
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(hasher.fits("cavalo grampo bateria", Some(&stored), here).await.expect("an answer"));
        assert!(!hasher.fits("cavalo grampo bateri", Some(&stored), here).await.expect("an answer"));
        assert!(!hasher.fits("cavalo grampo bateria", None, here).await.expect("an answer"));
        // It really is a hash, so that it costs one.
        let started = Argon2::default().verify_password(b"x", NOBODYS);
        assert_eq!(started.map_err(|error| error.to_string()).expect_err("nobody's"), argon2::password_hash::Error::PasswordInvalid.to_string());
    }
}
