//! 履职卡: how a department or a subdistrict does its part: what it did in time, what lies open and for how long, what is missing,
//! what its indicators lost, leaders' instructions, reporting; on any day, and by month.
//!
//! The rule that matters: a card holds no figure of its own. Everything on it is counted from duties, to-dos, instructions and the
//! score as they stood on the day, and opens down to them; a to-do outside the reader's sight is counted, not shown.

mod ageing;
mod beside;
mod card;
mod item;
mod list;
mod panels;
mod points;
mod reports;
mod run;
mod store;
#[cfg(test)]
mod tests;
mod unit;

use hejian_kernel::web::{Chapter, Module, Nav, Need, Routes};

/// Looking at the cards of one's units.
const READ: &str = "scorecard.read";

/// The module.
pub static MODULE: Module = Module {
    key: "scorecard",
    registers: &[],
    routes,
    measures: &[],
    kept: &[],
    jobs: &[],
    nav: &[Nav {
        chapter: Chapter::Campaign,
        label: "nav-scorecard",
        icon: "",
        href: "/scorecards",
        need: Need::Right(READ),
    }],
};

fn routes() -> Routes {
    let read = Need::Right(READ);
    Routes::none().beside(beside::show).get("/scorecards", read, list::show).get("/scorecards/{key}", read, unit::show)
}
