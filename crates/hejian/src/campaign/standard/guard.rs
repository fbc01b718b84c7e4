//! Who may do what with a version: the standard is the whole district's, so a right over a part of it is none.
//!
//! The rule that matters: what somebody may not change, and a draft that somebody may not see, answer as if they were not there.

use axum::extract::Path;
use hejian_kernel::{
    db::Tx,
    error::{Error, Result},
    unit::{self, UnitQuery},
    web::Ctx,
};
use uuid::Uuid;

use super::store::{self, Version};

/// The rights of those who work on drafts and therefore see them.
const WORKS: [&str; 3] = ["standard.edit", "standard.publish", "standard.pin"];

/// Nothing of that name.
pub(crate) fn gone() -> Error {
    Error::NotFound { what: "thing-standard" }
}

/// The row an address names.
///
/// # Errors
/// [`Error::NotFound`] when the text is no id.
pub(crate) fn id(Path(text): &Path<String>) -> Result<Uuid> {
    Uuid::try_parse(text).map_err(|_| gone())
}

/// Whether the actor holds the right over the whole district.
///
/// # Errors
/// The engine's own error.
pub(crate) async fn may(ctx: &Ctx, tx: &mut Tx, permission: &'static str) -> Result<bool> {
    if !ctx.actor.may(permission) {
        return Ok(false);
    }
    let query = UnitQuery { on: None, kinds: vec!["district"], under: None };
    Ok(!unit::list(tx, &ctx.actor.scoped(permission, query)?).await?.is_empty())
}

/// Refuses who does not hold the right over the whole district.
///
/// # Errors
/// [`Error::NotFound`].
pub(crate) async fn need(ctx: &Ctx, tx: &mut Tx, permission: &'static str) -> Result<()> {
    if may(ctx, tx, permission).await? { Ok(()) } else { Err(gone()) }
}

/// Whether the actor works on drafts.
///
/// # Errors
/// The engine's own error.
pub(crate) async fn sees_drafts(ctx: &Ctx, tx: &mut Tx) -> Result<bool> {
    for permission in WORKS {
        if may(ctx, tx, permission).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A version that the actor may see.
///
/// # Errors
/// [`Error::NotFound`].
pub(crate) async fn seen(ctx: &Ctx, tx: &mut Tx, id: Uuid) -> Result<Version> {
    let version = store::one(tx, id).await?;
    if version.is_draft() && !sees_drafts(ctx, tx).await? { Err(gone()) } else { Ok(version) }
}
