//! What a backup says of itself.

use std::collections::BTreeMap;

use hejian_kernel::audit::Head;
use serde::{Deserialize, Serialize};

/// The form of the manifest; a later form gets a higher number.
pub(super) const FORM: u32 = 1;

/// What a backup says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The form of this manifest.
    pub form: u32,
    /// Always `hejian`.
    pub product: String,
    /// The version of the product that made it.
    pub version: String,
    /// The version of the database's schema.
    pub schema: i64,
    /// The moment on the system's clock, RFC 3339.
    pub made_at: String,
    /// The district's name.
    pub district: String,
    /// The engine that served it and how its rows were taken.
    pub taken_from: String,
    /// The name of the key file: without it secret fields cannot be read.
    pub key: String,
    /// The head of the audit chain in this backup.
    pub head: Head,
    /// The attachments.
    pub files: FilesIn,
    /// Every file of the backup but this one, with its SHA-256.
    pub sha256: BTreeMap<String, String>,
}

/// The attachments in a backup.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilesIn {
    /// Whether they are in it; a backup before an upgrade leaves them in place.
    pub included: bool,
    /// How many.
    pub count: u64,
    /// How large together, in bytes.
    pub bytes: u64,
    /// Attachments that were altered or gone when the backup was made, and are therefore not in it.
    pub damaged: Vec<String>,
}
