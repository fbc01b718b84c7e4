//! The score as JSON: what the engine made, with the records this reader may not open taken out and counted.

use axum::{Json, extract::Path};
use hejian_kernel::{
    error::{Error, Result},
    ui::query::Query,
    web::Ctx,
};
use hejian_scoring::evaluate::IndicatorScore;
use serde_json::{Value, json};

use super::{
    asked::Asked,
    scope::Seen,
    service::{Scored, scores},
};

/// `GET /api/v1/score?on=2009-06-22`
pub(super) async fn all(ctx: Ctx) -> Result<Json<Value>> {
    let asked = Asked::read(&ctx, &Query::parse(&ctx.place)).await?;
    let scored = scores(&ctx.app, asked.campaign.id(), asked.day).await?;
    let nodes = scored.scores.indicators.iter().map(|score| &score.explanation);
    let seen = Seen::of(&ctx.app, &mut ctx.read().await?, ctx.lang, nodes).await?;
    let mut answer = written(&scored.scores)?;
    withhold(&mut answer, &seen);
    answer["units"] = units(&scored);
    Ok(Json(answer))
}

/// `GET /api/v1/score/{code}?on=2009-06-22`
pub(super) async fn one(Path(code): Path<String>, ctx: Ctx) -> Result<Json<Value>> {
    let asked = Asked::read(&ctx, &Query::parse(&ctx.place)).await?;
    let scored = scores(&ctx.app, asked.campaign.id(), asked.day).await?;
    let score: &IndicatorScore = scored.scores.indicator(&code).ok_or(Error::NotFound { what: "thing-indicator" })?;
    let seen = Seen::of(&ctx.app, &mut ctx.read().await?, ctx.lang, [&score.explanation]).await?;
    let mut answer = written(score)?;
    withhold(&mut answer, &seen);
    let head = &scored.scores;
    for (name, value) in [
        ("as_of", json!(head.as_of)),
        ("engine_version", json!(head.engine_version)),
        ("pack", json!(head.pack)),
        ("pack_version", json!(head.pack_version)),
        ("pack_fingerprint", json!(head.pack_fingerprint)),
        ("units", units(&scored)),
    ] {
        answer[name] = value;
    }
    Ok(Json(answer))
}

fn written(value: &impl serde::Serialize) -> Result<Value> {
    serde_json::to_value(value).map_err(|error| Error::Internal(format!("a score cannot be written: {error}")))
}

/// Names are no secret; the ids alone would say nothing to whoever reads the answer.
fn units(scored: &Scored) -> Value {
    let of = |(id, place): (&String, &super::facts::Place)| json!({ "id": id, "key": place.key, "kind": place.kind, "name": place.name, "parent": place.parent });
    scored.places.iter().map(of).collect()
}

/// Takes the sources outside the reader's scope out of every node and counts them: `sources_outside_scope`.
fn withhold(value: &mut Value, seen: &Seen) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(|item| withhold(item, seen)),
        Value::Object(map) => {
            if let Some(Value::Array(sources)) = map.get_mut("sources") {
                let before = sources.len();
                sources.retain(|source| {
                    serde_json::from_value(source.clone()).is_ok_and(|source| seen.title(&source).is_some())
                });
                let outside = before - sources.len();
                if outside > 0 {
                    map.insert("sources_outside_scope".to_owned(), json!(outside));
                }
            }
            map.values_mut().for_each(|item| withhold(item, seen));
        }
        _ => {}
    }
}
