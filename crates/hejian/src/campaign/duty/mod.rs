//! 责任分解: who answers for each indicator, down to the person in a post; the cascade through subdistricts to communities; what is
//! missing; a lead unit's overview of all communities; departments' own plans; the 任务分解表 in and out; letters of responsibility.
//!
//! The rule that matters: an indicator has exactly one lead, a duty belongs to a post, and nothing is altered: a change ends a row
//! and begins the next, with its reason. Every open duty is a to-do of its post.

mod acts;
mod cascade;
mod draft;
mod drafting;
mod form;
pub(crate) mod gaps;
pub(crate) mod gaps_page;
mod grid;
pub(crate) mod here;
mod import_plan;
pub mod lamps;
mod letter;
mod letters;
pub(crate) mod lists;
mod marked;
mod matrix;
pub(crate) mod model;
mod plan;
mod sheet_pages;
mod sheet_parts;
mod sheets;
mod store;
#[cfg(test)]
mod tests;

use axum::{extract::DefaultBodyLimit, handler::Handler as _};
use hejian_kernel::{
    audit::Kept,
    web::{Chapter, Module, Nav, Need, Routes},
};

pub use drafting::{cascade_all, draft_all};

/// The module.
pub static MODULE: Module = Module {
    key: "duty",
    registers: &[],
    routes,
    measures: &[],
    kept: &[
        Kept { kind: store::ACT, rows: |tx| Box::pin(store::acts_kept(tx)) },
        Kept { kind: store::PLAN, rows: |tx| Box::pin(store::plans_kept(tx)) },
        Kept { kind: store::LETTER, rows: |tx| Box::pin(store::letters_kept(tx)) },
    ],
    jobs: &[],
    nav: &[Nav {
        chapter: Chapter::Campaign,
        label: "nav-duty",
        icon: "",
        href: "/duty",
        need: Need::Right("duty.read"),
    }],
};

fn routes() -> Routes {
    let (read, assign) = (Need::Right("duty.read"), Need::Right(here::ASSIGN));
    let (cascade, act) = (Need::Right(here::CASCADE), Need::Right(here::ACT));
    Routes::none()
        .get("/duty", read, matrix::show)
        .get("/duty/gaps", read, gaps_page::show)
        .get("/duty/indicators/{code}", read, lists::indicator)
        .get("/duty/units/{key}", read, lists::unit)
        .get("/duty/posts/{id}", read, lists::post)
        .get("/duty/lines/{id}", read, lists::line)
        .get("/duty/lines/{id}/change", assign, form::change)
        .post("/duty/lines/{id}/change", assign, form::save)
        .get("/duty/lines/{id}/end", assign, form::end_page)
        .post("/duty/lines/{id}/end", assign, form::end)
        .post("/duty/lines/{id}/finish", act, form::finish)
        .post("/duty/lines/{id}/reopen", act, form::reopen)
        .get("/duty/new", assign, form::open)
        .post("/duty/new", assign, form::give)
        .get("/duty/draft", assign, drafting::preview)
        .post("/duty/draft", assign, drafting::write)
        .get("/duty/cascade/{key}/{code}", read, cascade::open)
        .post("/duty/cascade/{key}/{code}", cascade, cascade::save)
        .get("/duty/grid/{key}", read, grid::show)
        .post("/duty/grid/{key}/remind", act, grid::remind)
        .get("/duty/reminders/{id}", read, grid::reminder)
        .post("/duty/reminders/{id}/done", act, grid::reported)
        .get("/duty/letters", read, letters::list)
        .get("/duty/letter/{key}", read, letter::show)
        .post("/duty/letter/{key}/sign", act, letters::sign)
        .get("/duty/workbook", read, sheet_pages::download)
        .get("/duty/import", assign, sheet_pages::open)
        .post("/duty/import", assign, sheet_pages::receive.layer(DefaultBodyLimit::max(sheet_pages::MOST)))
        .get("/duty/import/{sha256}", assign, sheet_pages::preview)
        .post("/duty/import/{sha256}", assign, sheet_pages::write)
        .get("/duty/import/{sha256}/faults", assign, marked::marked)
        .get("/duty/acts", read, acts::list)
        .post("/duty/acts/{id}/undo", assign, acts::undo)
        .get("/duty/plans/{key}", read, plan::list)
        .get("/duty/plans/{key}/{code}", read, plan::open)
        .post("/duty/plans/{key}/{code}", act, plan::save)
}
