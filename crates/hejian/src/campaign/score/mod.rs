//! Filled in next.

use hejian_kernel::web::{Module, Routes};

/// The module.
pub static MODULE: Module =
    Module { key: "score", registers: &[], routes: Routes::none, measures: &[], jobs: &[], nav: &[] };
