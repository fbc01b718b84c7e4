//! 待办: the landing page of every user. Lamps follow from state, due date and the working-day calendar.

mod pages;
mod store;

use hejian_kernel::web::{Chapter, Module, Nav, Need, Routes};

/// The module.
pub static MODULE: Module = Module {
    key: "todo",
    registers: &[],
    routes,
    measures: &[],
    nav: &[Nav { chapter: Chapter::Top, label: "nav-todo", icon: "todo", href: "/todo", need: Need::SignedIn }],
};

fn routes() -> Routes {
    Routes::none().get("/", Need::SignedIn, pages::home).get("/todo", Need::SignedIn, pages::list)
}
