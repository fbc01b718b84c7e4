//! Attachments' bytes. Stub.

use std::path::Path;

/// The store.
#[derive(Debug, Clone, Default)]
pub struct Files;

impl Files {
    /// The store in a folder.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn folder(_path: &Path) -> std::io::Result<Self> {
        Ok(Self)
    }
}
