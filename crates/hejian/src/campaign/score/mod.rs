//! 评分与差距: the standard scored on a day from what the registers tell, and opened down to their records.
//!
//! The rule that matters: nothing derived is stored. A score is computed from the registers as they stood on the day, kept in
//! memory under the head of the audit chain it was made at, and made anew after the next save. What is not known is *not
//! assessed*, never 0; aggregates may be seen above one's scope, records may not.

mod ahead;
mod api;
pub(crate) mod asked;
mod explain;
mod facts;
mod forward;
pub(crate) mod gaps;
mod history;
mod indicator;
mod list;
pub(crate) mod map;
pub(crate) mod page;
mod parts;
mod reasons;
mod records;
pub(crate) mod scope;
mod service;
mod short;
mod side;
mod store;
#[cfg(test)]
pub(crate) mod tests;
pub mod trend;
pub(crate) mod units;
pub(crate) mod words;

use hejian_kernel::web::{Chapter, Module, Nav, Need, Routes};

pub use ahead::{Ahead, ahead};
pub use asked::Asked;
pub use facts::{Gathered, Place, Told, Warning, gather, tell};
pub use service::{Scored, in_hindsight, score_once, scores};

/// The module.
pub static MODULE: Module = Module {
    key: "score",
    registers: &[],
    routes,
    measures: &[],
    kept: &[],
    jobs: &[],
    nav: &[Nav {
        chapter: Chapter::Campaign,
        label: "nav-score",
        icon: "",
        href: "/score",
        need: Need::Right("score.read"),
    }],
};

fn routes() -> Routes {
    let read = Need::Right("score.read");
    Routes::none()
        .finds("indicator", indicator::find)
        .get("/score", read, page::overview)
        .get("/score/units", read, units::list)
        .get("/score/units/{key}", read, units::one)
        .get("/score/{code}", read, indicator::page)
        .get("/api/v1/score", read, api::all)
        .get("/api/v1/score/{code}", read, api::one)
}
