//! Snapshots as JSON.

use axum::{Json, extract::Path};
use hejian_kernel::{error::Result, ui::query::Query, web::Ctx};
use serde_json::{Value, json};

use super::{
    keeping::{Proven, proven},
    list::day_of,
    store::{self, Snapshot},
};
use crate::campaign::record::Chosen;

fn head(of: &Snapshot) -> Value {
    json!({
        "on": of.on_day, "made_at": of.made_at, "made_by": of.made_by, "stands_on": of.stands_on, "engine_version": of.engine_version,
        "pack": of.pack, "pack_version": of.pack_version, "pack_fingerprint": of.pack_fingerprint, "points": of.points,
        "assessed_points": of.assessed_points, "total_points": of.total_points, "pass_points": of.pass_points, "digest": of.digest,
    })
}

/// `GET /api/v1/score/snapshots`
pub(super) async fn all(ctx: Ctx) -> Result<Json<Value>> {
    let mut read = ctx.read().await?;
    let chosen = Chosen::read(&mut read.tx, &Query::parse(&ctx.place)).await?;
    let all = store::list(&mut read.tx, chosen.id()).await?;
    Ok(Json(json!({ "campaign": chosen.campaign.key, "snapshots": all.iter().map(head).collect::<Vec<_>>() })))
}

/// `GET /api/v1/score/snapshots/{day}`
pub(super) async fn one(Path(day): Path<String>, ctx: Ctx) -> Result<Json<Value>> {
    let mut read = ctx.read().await?;
    let chosen = Chosen::read(&mut read.tx, &Query::parse(&ctx.place)).await?;
    let Proven { row, frozen, entry, whole } = proven(&mut read.tx, chosen.id(), day_of(&day)?).await?;
    let mut answer = head(&row);
    answer["campaign"] = json!(chosen.campaign.key);
    answer["audit_entry"] = json!(entry);
    answer["whole"] = json!(whole);
    answer["content"] = json!(frozen);
    Ok(Json(answer))
}
