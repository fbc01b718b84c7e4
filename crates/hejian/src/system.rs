//! 系统: accounts, audit and other pages that the kernel brings itself; only their place in the navigation is here.

use hejian_kernel::web::{Chapter, Module, Nav, Need, Routes};

/// The module.
pub static MODULE: Module = Module {
    key: "system",
    registers: &[],
    routes: Routes::none,
    measures: &[],
    kept: &[],
    jobs: &[],
    nav: &[
        Nav { chapter: Chapter::System, label: "burden", icon: "", href: "/burden", need: Need::Right("score.read") },
        Nav {
            chapter: Chapter::System,
            label: "nav-accounts",
            icon: "",
            href: "/system/accounts",
            need: Need::Right("account.read"),
        },
        Nav {
            chapter: Chapter::System,
            label: "nav-audit",
            icon: "",
            href: "/system/audit",
            need: Need::Right("audit.read"),
        },
    ],
};
