//! The kernel's own pages: the frame of every page, problems, health, assets.

mod frame;
mod health;

pub use frame::{Frame, page, problem};

use crate::web::{Need, Routes};

/// The kernel's own routes.
#[must_use]
pub fn routes() -> Routes {
    Routes::none()
        .get("/healthz", Need::Public, health::healthz)
        .get("/assets/{*path}", Need::Public, health::asset)
        .merge(crate::jobs::routes())
}
