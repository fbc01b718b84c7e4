//! Serving: the application's state, routes that declare their permission, the request's context, errors as pages.
//!
//! The rule that matters: a route cannot be added without saying who may use it ([`Need`]), and a handler reads top to
//! bottom: check → do → record → commit → answer.

mod app;
mod ctx;
mod guard;
mod module;
mod respond;
mod routes;
mod server;
mod subject;

pub use app::{App, District, Parts};
pub use ctx::{Ctx, Form};
pub use guard::Identity;
pub use module::{Chapter, Module, Nav};
pub use respond::{ErrorPage, percent, see_other};
pub use routes::{Need, Route, Routes};
#[doc(hidden)]
pub use server::router_as;
pub use server::{POLICY, router, serve};
pub use subject::{Beside, Finder, Soon, Subject, beside, subject};
