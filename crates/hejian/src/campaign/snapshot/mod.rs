//! 月度封存: the score of a month's last day as it was known then, frozen and vouched for by the audit; and what late corrections
//! would make of it.
//!
//! The rule that matters: a snapshot is no fact and no score reads it. It is a record of what was shown, made once, never changed
//! and never made again; the score itself can be computed anew at any time and compared with it.

mod act;
mod api;
mod compare;
mod frozen;
pub mod keeping;
mod late;
mod list;
mod one;
pub mod store;
#[cfg(test)]
mod tests;

use hejian_kernel::{
    audit::Kept,
    web::{Chapter, Module, Nav, Need, Routes},
};

pub use frozen::Frozen;
pub use store::Snapshot;

/// Makes snapshots. Whoever may read scores may read them.
const FREEZE: &str = "score.freeze";

/// The module.
pub static MODULE: Module = Module {
    key: "snapshot",
    registers: &[],
    routes,
    measures: &[],
    kept: &[Kept { kind: keeping::SNAPSHOT, rows: |tx| Box::pin(store::kept(tx)) }],
    jobs: &[act::JOB],
    nav: &[Nav {
        chapter: Chapter::Campaign,
        label: "nav-snapshots",
        icon: "",
        href: "/score/snapshots",
        need: Need::Right("score.read"),
    }],
};

fn routes() -> Routes {
    let read = Need::Right("score.read");
    Routes::none()
        .get("/score/snapshots", read, list::show)
        .post("/score/snapshots", Need::Right(FREEZE), act::freeze)
        .post("/score/snapshots/all", Need::Right(FREEZE), act::freeze_all)
        .get("/score/snapshots/{day}", read, one::show)
        .get("/score/snapshots/{day}/compare", read, compare::show)
        .get("/api/v1/score/snapshots", read, api::all)
        .get("/api/v1/score/snapshots/{day}", read, api::one)
}
