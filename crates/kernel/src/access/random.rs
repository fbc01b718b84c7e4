//! Secrets that a machine keeps: session ids and tokens. 256 random bits, stored only as their SHA-256.

use rand::CryptoRng;
use sha2::{Digest as _, Sha256};

use crate::audit::hex;

/// 256 random bits as 64 hexadecimal digits.
#[must_use]
pub(super) fn secret(rng: &mut impl CryptoRng) -> String {
    let mut bytes = [0_u8; 32];
    rng.fill_bytes(&mut bytes);
    hex(&bytes)
}

/// What is stored of a secret. A plain digest suffices: 256 random bits cannot be guessed back from it.
#[must_use]
pub(super) fn stored(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}
