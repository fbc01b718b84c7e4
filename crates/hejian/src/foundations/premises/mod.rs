//! 社区用房: building projects that give communities, subdistricts and the district their office and service rooms.
//!
//! The rule that matters: floor area counts for an indicator only once a project is accepted (验收). Whoever reported a
//! project complete does not accept it.

mod lifecycle;
pub mod measures;
mod model;

use hejian_kernel::{
    register::Register as _,
    web::{Chapter, Module, Nav, Need, Routes},
};

pub use lifecycle::LIFECYCLE;
pub use model::{Money, MoneySource, Premises, PremisesKind, Purpose, Room, TitlePaper, Works};

/// The module.
pub static MODULE: Module = Module {
    key: "premises",
    registers: &[Premises::DEF],
    routes: Routes::none,
    measures: &[measures::facts],
    kept: &[],
    jobs: &[],
    nav: &[Nav {
        chapter: Chapter::Foundations,
        label: "register-premises",
        icon: "found",
        href: "/registers/premises",
        need: Need::Right("premises.read"),
    }],
};
