//! 创建活动: what title is sought, on whose paper, by when, with what money. Several run on the same facts of the district.
//!
//! The rule that matters: a page is about one campaign, named in its address (`?campaign=KEY`) and kept by its links; without a
//! name it is about the district's first.

mod chosen;
pub mod keeping;
pub mod store;
#[cfg(test)]
mod tests;

use hejian_kernel::{
    audit::Kept,
    web::{Module, Routes},
};

pub use chosen::{Chosen, carry};
pub use store::{Campaign, Cost, Dated};

/// The key of the first campaign of every district.
pub const MAIN: &str = "main";

/// The module.
pub static MODULE: Module = Module {
    key: "record",
    registers: &[],
    routes: Routes::none,
    measures: &[],
    kept: &[
        Kept { kind: keeping::CAMPAIGN, rows: |tx| Box::pin(store::campaigns_kept(tx)) },
        Kept { kind: keeping::DATE, rows: |tx| Box::pin(store::dates_kept(tx)) },
        Kept { kind: keeping::COST, rows: |tx| Box::pin(store::costs_kept(tx)) },
    ],
    jobs: &[],
    nav: &[],
};
