//! 创建活动: what title is sought, on whose paper, by when, with what money. Several run on the same facts of the district.
//!
//! The rule that matters: a page is about one campaign, named in its address (`?campaign=KEY`) and kept by its links; without a
//! name it is about the district's first.

mod acts;
mod chosen;
mod edit;
pub(crate) mod guard;
pub mod keeping;
mod list;
mod page;
pub mod store;
#[cfg(test)]
mod tests;
mod timeline;
mod typed;

use hejian_kernel::{
    audit::Kept,
    web::{Chapter, Module, Nav, Need, Routes},
};

pub use chosen::{Chosen, carry};
pub use store::{Campaign, Cost, Dated};
pub use timeline::{Countdown, countdown};

/// The key of the first campaign of every district.
pub const MAIN: &str = "main";

/// Whose title is sought.
pub const LEVELS: [&str; 4] = ["national", "provincial", "city", "district"];
/// How far it has come.
pub const STATES: [&str; 5] = ["planned", "running", "named", "kept", "closed"];
/// What a date is about.
pub const KINDS: [&str; 11] = [
    "notice",
    "plan",
    "document",
    "honour",
    "liaison",
    "self_check",
    "application",
    "evaluation",
    "naming",
    "recheck",
    "other",
];
/// The dates that are steps of the way to the title, in their order.
pub const STEPS: [&str; 7] = ["notice", "plan", "self_check", "application", "evaluation", "naming", "recheck"];

/// The module.
pub static MODULE: Module = Module {
    key: "record",
    registers: &[],
    routes,
    measures: &[],
    kept: &[
        Kept { kind: keeping::CAMPAIGN, rows: |tx| Box::pin(store::campaigns_kept(tx)) },
        Kept { kind: keeping::DATE, rows: |tx| Box::pin(store::dates_kept(tx)) },
        Kept { kind: keeping::COST, rows: |tx| Box::pin(store::costs_kept(tx)) },
    ],
    jobs: &[],
    nav: &[Nav {
        chapter: Chapter::Campaign,
        label: "nav-campaign",
        icon: "",
        href: "/campaign",
        need: Need::Right("campaign.read"),
    }],
};

fn routes() -> Routes {
    let (read, edit) = (Need::Right("campaign.read"), Need::Right(guard::EDIT));
    Routes::none()
        .get("/campaigns", read, list::show)
        .get("/campaign", read, page::show)
        .get("/campaign/edit", edit, edit::open)
        .post("/campaign/edit", edit, edit::save)
        .post("/campaign/dates", edit, acts::add_date)
        .post("/campaign/dates/{id}/done", edit, acts::mark_date)
        .post("/campaign/dates/{id}/remove", edit, acts::drop_date)
        .post("/campaign/costs", edit, acts::add_cost)
        .post("/campaign/costs/{id}/remove", edit, acts::drop_cost)
}
