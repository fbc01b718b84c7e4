//! 待办: the landing page of every user. Lamps follow from state, due date and the working-day calendar.
//!
//! The rule that matters: a to-do belongs to a post. The page shows those of the post in which one acts, and says how many
//! wait in the reader's other posts without showing them.

mod aside;
mod model;
mod pages;
mod store;
#[cfg(test)]
mod tests;
mod views;

use hejian_kernel::web::{Chapter, Module, Nav, Need, Routes};

pub use model::kind_label;

/// The module.
pub static MODULE: Module = Module {
    key: "todo",
    registers: &[],
    routes,
    measures: &[],
    kept: &[],
    jobs: &[],
    nav: &[Nav { chapter: Chapter::Top, label: "nav-todo", icon: "todo", href: "/todo", need: Need::SignedIn }],
};

fn routes() -> Routes {
    Routes::none().get("/", Need::SignedIn, pages::home).get("/todo", Need::SignedIn, pages::list)
}
