//! Passwords: how they are hashed, which are refused, and how fresh ones are made.
//!
//! The rule that matters: a password is hashed and compared on a thread of its own, never while a transaction is open, and an
//! unknown login costs exactly the work of a known one, so that the time of an answer says nothing.

use std::sync::LazyLock;

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use rand::CryptoRng;
use tokio::sync::Semaphore;

use crate::error::{Error, Message, Result};

/// Memory of one hashing in KiB, passes over it, and lanes. Source: OWASP Password Storage Cheat Sheet, Argon2id: 19 MiB,
/// two passes, one lane; about 20 ms on the small server of a district.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// At most so many hashings at once: a wave of sign-ins must not take the memory of a 4 GB server.
static AT_ONCE: Semaphore = Semaphore::const_new(4);

/// The fewest characters of a chosen password.
pub const MIN_CHARS: usize = 10;
/// The most bytes that are looked at; a longer one is refused before any work is spent on it.
pub const MAX_BYTES: usize = 256;

/// Passwords of ten or more characters that are tried first by everybody.
const OBVIOUS: &[&str] = &[
    "1234567890",
    "12345678910",
    "123456789a",
    "a123456789",
    "0123456789",
    "0987654321",
    "9876543210",
    "1122334455",
    "1q2w3e4r5t",
    "1qaz2wsx3edc",
    "qwertyuiop",
    "qwerty1234",
    "qwer123456",
    "asdfghjkl;",
    "abcd123456",
    "abc1234567",
    "abcdefghij",
    "password12",
    "password123",
    "password1234",
    "passw0rd123",
    "admin12345",
    "admin123456",
    "administrator",
    "woaini1314",
    "woaini1314520",
    "5201314520",
    "hejian1234",
    "hejian123456",
];

/// A readable alphabet of 32 characters, without 0, o, 1, l: five bits each.
const READABLE: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
/// 15 characters of five bits: 75 bits.
const GENERATED_CHARS: usize = 15;

fn argon2() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).expect("the parameters above are within argon2's bounds");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// The hash against which the password of an unknown login is compared, to spend the same work.
static NOBODY: LazyLock<String> = LazyLock::new(|| {
    let hash: PasswordHash = argon2()
        .hash_password_with_salt(b"nobody's password", b"a salt for nobody")
        .expect("a short text can be hashed");
    hash.to_string()
});

async fn on_its_own_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let _turn = AT_ONCE.acquire().await.map_err(|_| Error::Internal("the hashing queue is closed".to_owned()))?;
    tokio::task::spawn_blocking(work).await.map_err(|e| Error::Internal(format!("hashing did not finish: {e}")))
}

/// Hashes a password with a random salt, as a PHC string (`$argon2id$v=19$…`).
///
/// # Errors
/// When the system gives no randomness.
pub async fn hash(password: &str) -> Result<String> {
    let password = password.to_owned();
    let hashed: Result<PasswordHash, _> =
        on_its_own_thread(move || argon2().hash_password(password.as_bytes())).await?;
    hashed.map(|h| h.to_string()).map_err(|e| Error::Internal(format!("hashing a password: {e}")))
}

/// Whether the password is the one of this hash. Without a hash the same work is spent and the answer is no.
///
/// # Errors
/// When the worker thread fails. A stored text that is no PHC string counts as "no" and is logged.
pub async fn verify(password: &str, stored: Option<&str>) -> Result<bool> {
    let known = stored.is_some();
    let (password, stored) = (password.to_owned(), stored.map_or_else(|| NOBODY.clone(), str::to_owned));
    let same = on_its_own_thread(move || match PasswordHash::new(&stored) {
        Ok(hash) => argon2().verify_password(password.as_bytes(), &hash).is_ok(),
        Err(error) => {
            tracing::error!(%error, "a stored password hash cannot be read; the account needs a reset");
            false
        }
    })
    .await?;
    Ok(same && known)
}

/// What is wrong with a password somebody chose, if anything.
#[must_use]
pub fn problem(login: &str, password: &str) -> Option<Message> {
    let lower = password.to_lowercase();
    let mut distinct: Vec<char> = lower.chars().collect();
    distinct.sort_unstable();
    distinct.dedup();
    let without_login = if login.is_empty() { lower.clone() } else { lower.replace(&login.to_lowercase(), "") };
    if password.chars().count() < MIN_CHARS {
        Some(Message::new("password-too-short").arg("min", MIN_CHARS))
    } else if password.len() > MAX_BYTES {
        Some(Message::new("password-too-long").arg("max", MAX_BYTES))
    } else if lower != without_login && without_login.chars().count() < 6 {
        // The login and a year behind it is the login.
        Some(Message::new("password-holds-login"))
    } else if distinct.len() < 4 || OBVIOUS.contains(&lower.as_str()) {
        Some(Message::new("password-obvious"))
    } else {
        None
    }
}

/// A fresh password that can be read out over the telephone: three groups of five, 75 bits.
#[must_use]
pub fn generate(rng: &mut impl CryptoRng) -> String {
    let mut bytes = [0_u8; GENERATED_CHARS];
    rng.fill_bytes(&mut bytes);
    let mut text = String::with_capacity(GENERATED_CHARS + 2);
    for (n, byte) in bytes.iter().enumerate() {
        if n > 0 && n % 5 == 0 {
            text.push('-');
        }
        // 256 is a multiple of 32, so every character is equally likely.
        text.push(char::from(READABLE[usize::from(byte % 32)]));
    }
    text
}

#[cfg(test)]
mod tests {
    use rand::{SeedableRng as _, rngs::StdRng};

    use super::*;

    fn words(login: &str, password: &str) -> Option<String> {
        problem(login, password).map(|m| m.key)
    }

    #[test]
    fn a_password_that_everybody_would_try_is_refused_with_the_reason() {
        assert_eq!(words("chuangjian", "短密码").as_deref(), Some("password-too-short"));
        assert_eq!(words("chuangjian", &"长".repeat(100)).as_deref(), Some("password-too-long"));
        assert_eq!(words("chuangjian", "Chuangjian2009").as_deref(), Some("password-holds-login"));
        assert_eq!(words("chuangjian", "QWERTYUIOP").as_deref(), Some("password-obvious"));
        assert_eq!(words("chuangjian", "aaaaaaaabb").as_deref(), Some("password-obvious"));
        assert_eq!(words("chuangjian", "武陵区军民村社区二〇〇九"), None);
        assert_eq!(words("", "correct horse"), None);
    }

    #[test]
    fn a_generated_password_has_no_character_that_looks_like_another_and_passes_the_policy() {
        let mut rng = StdRng::seed_from_u64(7);
        let mut seen = std::collections::HashSet::new();
        for _ in 0..500 {
            let password = generate(&mut rng);
            assert_eq!(password.len(), 17);
            assert!(!password.contains(['0', 'o', '1', 'l', 'O', 'I']), "{password}");
            assert_eq!(problem("chuangjian", &password), None, "{password}");
            assert!(seen.insert(password));
        }
        let bits = f64::from(u8::try_from(GENERATED_CHARS).expect("few")) * 32_f64.log2();
        assert!(bits >= 72.0);
    }

    #[test]
    fn the_same_random_source_gives_the_same_password() {
        let make = || generate(&mut StdRng::seed_from_u64(1));
        assert_eq!(make(), make());
    }

    #[tokio::test]
    async fn a_hash_opens_to_its_password_only_and_never_repeats() {
        let one = hash("correct horse battery").await.expect("hashes");
        let two = hash("correct horse battery").await.expect("hashes");
        assert!(one.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{one}");
        assert_ne!(one, two);
        assert!(verify("correct horse battery", Some(&one)).await.expect("compares"));
        assert!(!verify("correct horse batterY", Some(&one)).await.expect("compares"));
    }

    #[tokio::test]
    async fn nobody_has_no_password_and_a_broken_hash_opens_to_none() {
        assert!(!verify("nobody's password", None).await.expect("compares"));
        assert!(!verify("x", Some("not a hash")).await.expect("compares"));
    }
}
