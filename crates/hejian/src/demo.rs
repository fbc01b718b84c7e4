//! The demonstration district, written into an empty database.

use hejian_kernel::{error::Result, web::App};
use serde::Serialize;

/// A way to sign in.
#[derive(Debug, Clone, Serialize)]
pub struct Credential {
    /// The sign-in name.
    pub login: String,
    /// The freshly made password.
    pub password: String,
    /// Whose it is.
    pub person: String,
    /// In which post.
    pub post: String,
}

/// Writes the district. The same seed gives the same district, passwords apart.
///
/// # Errors
/// When a record is refused or the database fails.
pub async fn make(_app: &App, _seed: u64) -> Result<Vec<Credential>> {
    Ok(Vec::new())
}
