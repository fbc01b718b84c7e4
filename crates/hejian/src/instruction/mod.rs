//! 批示: a leader's written instruction on any page, answered by posts until a given day, and closed by whoever gave it.
//!
//! The rule that matters: an instruction goes only to a post that may open what it is about, and whoever answers does not close.
//! It is seen by who gave it, by who must answer, and by who supervises those; nobody else learns that it exists.

mod beside;
mod keeping;
mod lifecycle;
mod list;
mod model;
mod new;
mod one;
mod order;
mod store;
#[cfg(test)]
mod tests;

use hejian_kernel::{
    audit::Kept,
    web::{Chapter, Module, Nav, Need, Routes},
};

pub use keeping::{Given, act, give};
pub use lifecycle::LIFECYCLE;
pub use store::{Owed, order_to, owed};

/// Opening the list; every role that gives or answers has it.
const READ: &str = "instruction.read";
/// Writing an instruction to posts of one's units.
const GIVE: &str = "instruction.give";
/// Being addressed.
const ANSWER: &str = "instruction.answer";
/// Watching what posts of one's units have to answer.
const SUPERVISE: &str = "instruction.supervise";

/// What the audit calls an instruction.
const KIND: &str = "instruction";
/// What the audit calls one post's part of it.
const ORDER: &str = "instruction_order";

/// The module.
pub static MODULE: Module = Module {
    key: "instruction",
    registers: &[],
    routes,
    measures: &[],
    kept: &[
        Kept { kind: KIND, rows: |tx| Box::pin(store::instructions_kept(tx)) },
        Kept { kind: ORDER, rows: |tx| Box::pin(store::orders_kept(tx)) },
    ],
    jobs: &[],
    nav: &[Nav {
        chapter: Chapter::Top,
        label: "nav-instructions",
        icon: "doc",
        href: "/instructions",
        need: Need::Right(READ),
    }],
};

fn routes() -> Routes {
    let (read, give) = (Need::Right(READ), Need::Right(GIVE));
    Routes::none()
        .beside(beside::show)
        .get("/instructions", read, list::page)
        .get("/instructions/new", give, new::form)
        .post("/instructions", give, new::save)
        .get("/instructions/{id}", read, one::page)
        .post("/instructions/orders/{id}/{act}", read, order::act)
}
