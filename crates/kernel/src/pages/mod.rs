//! The kernel's own pages: the frame of every page, signing in, one's own profile, accounts, the audit, problems, health, assets.

mod accounts;
mod audit;
mod burden;
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
        .get("/burden", Need::SignedIn, burden::show)
        .get("/account", Need::SignedIn, profile::show)
        .post("/account/sessions/end", Need::SignedIn, profile::end_others)
        .get("/account/tokens/new", Need::SignedIn, profile::tokens::new)
        .post("/account/tokens", Need::SignedIn, profile::tokens::create)
        .post("/account/tokens/{id}/revoke", Need::SignedIn, profile::tokens::revoke)
        .get("/system/accounts", Need::Right("account.read"), accounts::list)
        .post("/system/accounts", Need::Right("account.manage"), accounts::act::create)
        .get("/system/accounts/new", Need::Right("account.manage"), accounts::act::new)
        .post("/system/accounts/{id}/disable", Need::Right("account.manage"), accounts::act::disable)
        .post("/system/accounts/{id}/enable", Need::Right("account.manage"), accounts::act::enable)
        .post("/system/accounts/{id}/unlock", Need::Right("account.secure"), accounts::act::unlock)
        .get("/system/accounts/{id}/reset", Need::Right("account.secure"), accounts::act::ask_reset)
        .post("/system/accounts/{id}/reset", Need::Right("account.secure"), accounts::act::reset)
        .get("/system/audit", Need::Right("audit.read"), audit::show)
        .get("/system/audit/head", Need::Right("audit.read"), audit::head)
        .get("/system/audit/{seq}", Need::Right("audit.read"), audit::show_entry)
}

/// Problems in words, by field.
fn form_errors(lang: Lang, problems: &[FieldProblem]) -> Vec<(String, String)> {
    problems.iter().map(|p| (p.field.clone(), i18n::message(lang, &p.message))).collect()
}

/// The actions the audit's filter offers, for the test that each has a word.
#[cfg(test)]
pub(crate) fn audit_actions() -> &'static [&'static str] {
    audit::words::ACTIONS
}
