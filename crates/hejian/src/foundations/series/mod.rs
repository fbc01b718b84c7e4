//! 部门数据: figures of departments by unit and period, each with its source document.
//!
//! The rule that matters: a rate is kept as numerator and denominator, and a correction keeps the first value (every version
//! stays, so the first one can always be shown beside the present one).

mod measure;
pub mod measures;
mod model;

use hejian_kernel::{
    register::Register as _,
    web::{Chapter, Module, Nav, Need, Routes},
};

pub use measure::Measure;
pub use model::Series;

/// The module.
pub static MODULE: Module = Module {
    key: "series",
    registers: &[Series::DEF],
    routes: Routes::none,
    measures: &[measures::facts],
    kept: &[],
    jobs: &[],
    nav: &[Nav {
        chapter: Chapter::Foundations,
        label: "register-series",
        icon: "",
        href: "/registers/series",
        need: Need::Right("series.read"),
    }],
};
