//! The district's key file: one 32-byte master, from which the keys for sealing and for secret fields are derived.
//!
//! It lives outside the database (a copied database alone opens nothing) and is named in every backup.

use std::{fs, io::Write as _, path::Path};

use chacha20poly1305::{
    ChaCha20Poly1305, KeyInit as _,
    aead::{Aead, Nonce},
};
use hmac::{Hmac, Mac as _};
use rand::Rng as _;
use sha2::Sha256;

/// The derived keys. Printing shows nothing of them.
#[derive(Clone)]
pub struct Keys {
    seal: [u8; 32],
    field: [u8; 32],
    blind: [u8; 32],
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(…)")
    }
}

/// Why the key file could not be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// Reading or writing failed.
    #[error("cannot use the key file {0}: {1}. Restore it from the backup; without it secret fields cannot be read.")]
    File(String, std::io::Error),
    /// Not 64 hexadecimal digits.
    #[error("the key file {0} does not hold 64 hexadecimal digits. Restore it from the backup.")]
    Form(String),
}

impl Keys {
    /// Derives the keys from a master.
    #[must_use]
    pub fn from_master(master: &[u8; 32]) -> Self {
        Self {
            seal: mac(master, b"hejian audit head"),
            field: mac(master, b"hejian secret field"),
            blind: mac(master, b"hejian audit of secret field"),
        }
    }

    /// Reads the key file, or makes one (readable by its owner only) when there is none.
    ///
    /// # Errors
    /// Names the file and the cause.
    pub fn open_or_create(path: &Path) -> Result<Self, KeyError> {
        if !path.exists() {
            let mut master = [0u8; 32];
            rand::rng().fill_bytes(&mut master);
            write_private(path, hex(&master).as_bytes()).map_err(|e| KeyError::File(path.display().to_string(), e))?;
        }
        Self::open(path)
    }

    /// Reads the key file.
    ///
    /// # Errors
    /// Names the file and the cause.
    pub fn open(path: &Path) -> Result<Self, KeyError> {
        let text = fs::read_to_string(path).map_err(|e| KeyError::File(path.display().to_string(), e))?;
        let bytes = unhex(text.trim()).filter(|b| b.len() == 32);
        let bytes = bytes.ok_or_else(|| KeyError::Form(path.display().to_string()))?;
        let mut master = [0u8; 32];
        master.copy_from_slice(&bytes);
        Ok(Self::from_master(&master))
    }

    /// The seal over a chain head, as hexadecimal digits.
    #[must_use]
    pub fn seal(&self, seq: i64, hash: &str) -> String {
        hex(&mac(&self.seal, format!("{seq}:{hash}").as_bytes()))
    }

    /// What the audit keeps of a secret value: enough to see that it changed, nothing to read it from.
    #[must_use]
    pub fn blind(&self, value: &str) -> String {
        hex(&mac(&self.blind, value.as_bytes()))
    }

    /// Encrypts a secret field for storing.
    #[must_use]
    pub fn encrypt(&self, value: &str) -> String {
        let mut nonce = [0u8; 12];
        rand::rng().fill_bytes(&mut nonce);
        let cipher = ChaCha20Poly1305::new(&self.field.into());
        let sealed = cipher
            .encrypt(&Nonce::<ChaCha20Poly1305>::from(nonce), value.as_bytes())
            .expect("encrypting a short text in memory cannot fail");
        format!("{}{}", hex(&nonce), hex(&sealed))
    }

    /// Reads a stored secret field; `None` when the key is not the one it was stored with or the text was altered.
    #[must_use]
    pub fn decrypt(&self, stored: &str) -> Option<String> {
        let bytes = unhex(stored)?;
        let (nonce, sealed) = bytes.split_at_checked(12)?;
        let cipher = ChaCha20Poly1305::new(&self.field.into());
        let nonce: [u8; 12] = nonce.try_into().ok()?;
        let plain = cipher.decrypt(&Nonce::<ChaCha20Poly1305>::from(nonce), sealed).ok()?;
        String::from_utf8(plain).ok()
    }
}

fn mac(key: &[u8], message: &[u8]) -> [u8; 32] {
    let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key).expect("an HMAC takes a key of any length");
    mac.update(message);
    mac.finalize().into_bytes().into()
}

/// Lower-case hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    digits.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

/// Writes a new file that only its owner may read; refuses to overwrite.
///
/// # Errors
/// The system's own error.
pub fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.write_all(b"\n")?;
    file.sync_all()
}
