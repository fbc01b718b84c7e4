//! 指标体系: the standard that the district works to, as a versioned data pack, shown as it is: areas, indicators, points, rules,
//! who leads, who can bring it about, and how sure each figure is. Versions are drafted, checked, compared and published here;
//! which one the district works to is decided one room further up.
//!
//! The rule that matters: a published version never changes, and every page that shows a reconstruction says so.

pub mod examine;
mod find;
pub mod keeping;
mod leads;
mod pack;
pub mod page;
pub mod pinned;
pub mod rules;
pub mod store;
#[cfg(test)]
mod tests;
mod tree;
pub mod words;
#[allow(dead_code)]
mod yaml;

use hejian_kernel::web::{Chapter, Module, Nav, Need, Routes};

pub use leads::Leads;
pub use pack::{FILES, Standard, Texts, built_in, built_in_texts, load};

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
