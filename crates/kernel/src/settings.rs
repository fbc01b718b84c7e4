//! What the administrator configures. Stub: the full reader (TOML, environment, flags) follows.

/// All settings.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The server.
    pub server: Server,
    /// Uploads.
    pub upload: Upload,
}
/// The server.
#[derive(Debug, Clone, Default)]
pub struct Server {
    /// The address people type, when a proxy stands before the server.
    pub public_url: Option<String>,
}
/// Uploads.
#[derive(Debug, Clone, Default)]
pub struct Upload {
    /// The largest body in MiB.
    pub max_mb: u64,
}
impl Upload {
    /// In bytes.
    #[must_use]
    pub fn max_bytes(&self) -> u64 {
        self.max_mb * 1_048_576
    }
}
