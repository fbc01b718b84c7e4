//! Who may do what with a campaign: it is the whole district's, so a right over a part of it is none.

use hejian_kernel::{
    db::Tx,
    error::Result,
    unit::{self, UnitQuery},
    web::Ctx,
};

use super::store::gone;

/// Changes a campaign, its dates and its costs.
pub(super) const EDIT: &str = "campaign.edit";

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

/// Refuses who may not change campaigns.
///
/// # Errors
/// [`hejian_kernel::error::Error::NotFound`].
pub(super) async fn need(ctx: &Ctx) -> Result<()> {
    if may(ctx, &mut ctx.read().await?.tx, EDIT).await? { Ok(()) } else { Err(gone()) }
}
