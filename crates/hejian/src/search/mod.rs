//! Global search: units, persons, indicators, standards and the records of every register, behind the box in the header.
//!
//! The rule that matters: each kind is asked through the reader's own right for it, so what lies outside the scope is neither
//! shown nor counted; a kind that the reader has no right for is not searched at all.

mod find;
mod page;
mod store;
#[cfg(test)]
mod tests;

use hejian_kernel::web::{Module, Need, Routes};

/// The module. Its page is behind the box of the header.
pub static MODULE: Module =
    Module { key: "search", registers: &[], routes, measures: &[], kept: &[], jobs: &[], nav: &[] };

fn routes() -> Routes {
    Routes::none().get("/search", Need::SignedIn, page::page)
}
