//! 组织机构: units, posts, persons, terms, and what a post may do.
//!
//! The rule that matters: posts hold rights, persons hold posts for a term; a record is answered for by a post.

mod approval;
pub mod measures;
mod roles;

use hejian_kernel::{
    register::Register as _,
    web::{Chapter, Module, Nav, Need, Routes},
};

pub use approval::SetupApproval;
pub use roles::ROLES;

/// The module.
pub static MODULE: Module = Module {
    key: "organisation",
    registers: &[SetupApproval::DEF],
    routes: Routes::none,
    measures: &[measures::facts],
    jobs: &[],
    nav: &[Nav {
        chapter: Chapter::Foundations,
        label: "register-setup-approval",
        icon: "",
        href: "/registers/setup_approval",
        need: Need::Right("setup_approval.read"),
    }],
};
