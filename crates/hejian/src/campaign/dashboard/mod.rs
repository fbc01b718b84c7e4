//! 创建看板: where the campaign stands on a day, on one page: score, areas, countdown, map, ranking, gaps, the run by month; and what
//! changed between two days.
//!
//! The rule that matters: nothing here is computed twice or kept as a figure of its own. Scores come from [`super::score`], days
//! from [`super::record`], and units are put in order only where the same indicators are assessed.

mod compare;
mod district;
mod largest;
mod page;
mod progress;
mod ranking;
mod run;
#[cfg(test)]
mod tests;

use hejian_kernel::web::{Chapter, Module, Nav, Need, Routes};

/// The module.
pub static MODULE: Module = Module {
    key: "dashboard",
    registers: &[],
    routes,
    measures: &[],
    kept: &[],
    jobs: &[],
    nav: &[Nav {
        chapter: Chapter::Top,
        label: "nav-dashboard",
        icon: "dash",
        href: "/dashboard",
        need: Need::Right("score.read"),
    }],
};

fn routes() -> Routes {
    let read = Need::Right("score.read");
    Routes::none().get("/dashboard", read, page::show).get("/dashboard/compare", read, compare::show)
}
