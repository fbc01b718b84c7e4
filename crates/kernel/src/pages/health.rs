//! Is it ready, and the files every page loads.

use axum::{
    Json,
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};
use serde_json::{Value, json};

use crate::{db::dynamic::Sql, error::Result, ui::assets, web::App};

/// Answers only when the database does.
pub(super) async fn healthz(State(app): State<App>) -> Result<Json<Value>> {
    let mut tx = app.db.read().await?;
    Sql::new("select seq from audit_head where id = 1").fetch_all(&mut tx).await?;
    Ok(Json(json!({ "status": "ready", "version": env!("CARGO_PKG_VERSION") })))
}

/// A file of the bundle.
pub(super) async fn asset(Path(path): Path<String>, headers: HeaderMap) -> Response {
    assets::serve(&path, &headers)
}
