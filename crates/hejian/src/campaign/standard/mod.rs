//! 指标体系: the standard that the district works to, as a versioned data pack, shown as it is: areas, indicators, points, rules,
//! who leads, who can bring it about, and how sure each figure is. Versions are drafted, checked, compared and published here;
//! which one the district works to is decided one room further up.
//!
//! The rule that matters: a published version never changes, and every page that shows a reconstruction says so.

mod acts;
mod block;
mod book;
pub(crate) mod compare;
mod edit;
pub mod examine;
mod find;
mod form;
pub(crate) mod guard;
mod import;
pub mod keeping;
mod leads;
mod pack;
pub(crate) mod packs;
pub mod page;
pub mod pinned;
mod problems;
pub mod rules;
mod stale;
pub mod store;
#[cfg(test)]
mod tests;
mod tree;
mod version;
pub mod words;
mod yaml;

use axum::{extract::DefaultBodyLimit, handler::Handler as _};
use hejian_kernel::audit::Kept;
use hejian_kernel::web::{Chapter, Module, Nav, Need, Routes};

pub use leads::Leads;
pub use pack::{FILES, Standard, Texts, built_in, built_in_texts, load};

/// The parts of the product that are there: an indicator whose `available_in` is one of them has all its registers.
pub const BUILT: &[&str] = &["skeleton"];

/// The most bytes of an imported pack: five files.
const IMPORT: usize = 20 * 1024 * 1024;

/// The module.
pub static MODULE: Module = Module {
    key: "standard",
    registers: &[],
    routes,
    measures: &[],
    kept: &[
        Kept { kind: keeping::PACK, rows: |tx| Box::pin(store::packs_kept(tx)) },
        Kept { kind: keeping::PIN, rows: |tx| Box::pin(store::pins_kept(tx)) },
        Kept { kind: keeping::DRY_RUN, rows: |tx| Box::pin(store::dry_runs_kept(tx)) },
    ],
    jobs: &[],
    nav: &[Nav {
        chapter: Chapter::Campaign,
        label: "nav-standard",
        icon: "",
        href: "/standard",
        need: Need::Right("standard.read"),
    }],
};

fn routes() -> Routes {
    let (read, edit) = (Need::Right("standard.read"), Need::Right("standard.edit"));
    let publish = Need::Right("standard.publish");
    Routes::none()
        .get("/standard", read, page::list)
        .get("/standard/{code}", read, page::one)
        .get("/standard/packs", read, packs::list)
        .get("/standard/packs/import", edit, import::open)
        .post("/standard/packs/import", edit, import::receive.layer(DefaultBodyLimit::max(IMPORT)))
        .get("/standard/packs/{id}", read, version::show)
        .get("/standard/packs/{id}/file/{name}", read, version::file)
        .get("/standard/packs/{id}/compare", read, compare::show)
        .post("/standard/packs/{id}/copy", edit, acts::copy)
        .get("/standard/packs/{id}/edit", edit, edit::open)
        .post("/standard/packs/{id}/edit", edit, edit::save)
        .post("/standard/packs/{id}/check", edit, edit::check)
        .get("/standard/packs/{id}/indicators/{code}", edit, form::open)
        .post("/standard/packs/{id}/indicators/{code}", edit, form::save)
        .post("/standard/packs/{id}/indicators/{code}/check", edit, form::check)
        .get("/standard/packs/{id}/publish", publish, acts::publish_page)
        .post("/standard/packs/{id}/publish", publish, acts::publish)
        .get("/standard/packs/{id}/discard", edit, acts::discard_page)
        .post("/standard/packs/{id}/discard", edit, acts::discard)
}
