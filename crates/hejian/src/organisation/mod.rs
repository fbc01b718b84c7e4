//! 组织机构: units, posts, persons, terms, and what a post may do.
//!
//! The rule that matters: posts hold rights, persons hold posts for a term; a record is answered for by a post. Open to-dos
//! belong to the post, so they move with it; no hand-over may leave them with a post that nobody holds.

mod approval;
mod grants;
mod grants_view;
mod handover;
pub mod measures;
mod pages;
mod roles;
mod store;
#[cfg(test)]
mod tests;
mod words;

use hejian_kernel::{
    register::Register as _,
    web::{Chapter, Module, Nav, Need, Routes},
};

pub use approval::SetupApproval;
pub use handover::wish_deputy;
pub use roles::ROLES;

const READ: &str = "organisation.read";
const MANAGE: &str = "organisation.manage";
const GRANT: &str = "grant.manage";

/// The module.
pub static MODULE: Module = Module {
    key: "organisation",
    registers: &[SetupApproval::DEF],
    routes,
    measures: &[measures::facts],
    kept: &[],
    jobs: &[],
    nav: &[
        Nav {
            chapter: Chapter::Foundations,
            label: "nav-organisation",
            icon: "",
            href: "/organisation",
            need: Need::Right(READ),
        },
        Nav {
            chapter: Chapter::Foundations,
            label: "register-setup-approval",
            icon: "",
            href: "/registers/setup_approval",
            need: Need::Right("setup_approval.read"),
        },
        Nav {
            chapter: Chapter::System,
            label: "nav-grants",
            icon: "",
            href: "/organisation/grants",
            need: Need::Right(GRANT),
        },
    ],
};

fn routes() -> Routes {
    let (see, manage, grant) = (Need::Right(READ), Need::Right(MANAGE), Need::Right(GRANT));
    Routes::none()
        .finds("unit", pages::unit::find)
        .get("/organisation", see, pages::tree::page)
        .get("/organisation/units/{id}", see, pages::unit::page)
        .get("/organisation/posts/{id}", see, pages::post::page)
        .get("/organisation/persons", see, pages::persons::list)
        .get("/organisation/persons/{id}", see, pages::persons::one)
        .get("/organisation/posts/{id}/handover", manage, handover::pages::form)
        .post("/organisation/posts/{id}/handover", manage, handover::pages::save)
        .get("/organisation/posts/{id}/deputy", manage, handover::deputy::form)
        .post("/organisation/posts/{id}/deputy", manage, handover::deputy::save)
        .post("/organisation/posts/{id}/deputy/end", manage, handover::deputy::end)
        .get("/organisation/grants", grant, grants::list)
        .get("/organisation/posts/{id}/grants", grant, grants::of_post)
        .post("/organisation/posts/{id}/grants", grant, grants::add)
        .post("/organisation/posts/{id}/grants/remove", grant, grants::remove)
}
