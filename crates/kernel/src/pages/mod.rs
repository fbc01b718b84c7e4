//! The kernel's own pages: the frame of every page, signing in, one's own profile, accounts, the audit, problems, health, assets.

mod frame;
mod health;
mod profile;
mod session;
mod sign_in;

pub use frame::{Frame, page, problem};

use crate::{
    error::FieldProblem,
    i18n::{self, Lang},
    web::{Need, Routes},
};

/// The kernel's own routes.
#[must_use]
pub fn routes() -> Routes {
    Routes::none()
        .get("/healthz", Need::Public, health::healthz)
        .get("/assets/{*path}", Need::Public, health::asset)
        .merge(crate::jobs::routes())
        .merge(crate::register::pages::common_routes())
        .get("/sign-in", Need::Public, sign_in::show)
        .post("/sign-in", Need::Public, sign_in::enter)
        .post("/session/end", Need::SignedIn, session::end)
        .post("/session/post", Need::SignedIn, session::switch_post)
        .post("/preferences", Need::Public, session::preferences)
        .get("/account/password", Need::SignedIn, profile::password::show)
        .post("/account/password", Need::SignedIn, profile::password::set)
}

/// Problems in words, by field.
fn form_errors(lang: Lang, problems: &[FieldProblem]) -> Vec<(String, String)> {
    problems.iter().map(|p| (p.field.clone(), i18n::message(lang, &p.message))).collect()
}
