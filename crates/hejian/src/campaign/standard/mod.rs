//! 指标体系: the standard that the district works to, as a versioned data pack, shown as it is: areas, indicators, points, rules,
//! who leads, who can bring it about, and how sure each figure is.
//!
//! The rule that matters: the built-in pack is a reconstruction and every page that shows it says so.

mod leads;
mod pack;
pub mod page;
pub mod rules;
#[cfg(test)]
mod tests;
pub mod words;

use hejian_kernel::web::{Chapter, Module, Nav, Need, Routes};

pub use leads::Leads;
pub use pack::{Standard, load, standard};

/// The parts of the product that are there: an indicator whose `available_in` is one of them has all its registers.
pub const BUILT: &[&str] = &["skeleton"];

/// The module.
pub static MODULE: Module = Module {
    key: "standard",
    registers: &[],
    routes,
    measures: &[],
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
    let read = Need::Right("standard.read");
    Routes::none().get("/standard", read, page::list).get("/standard/{code}", read, page::one)
}
