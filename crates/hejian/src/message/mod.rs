//! 消息: what happened to a post — a to-do came, came back, was passed on or asked after, an instruction, a finished job.
//!
//! The rule that matters: messages belong to posts, like to-dos. Reading one is no act of the work: it is not audited, and what
//! the message leads to asks anew who may open it.

mod pages;
mod store;
#[cfg(test)]
mod tests;

use hejian_kernel::web::{Module, Need, Routes};

/// The module. Its page is behind the bell of the header.
pub static MODULE: Module =
    Module { key: "message", registers: &[], routes, measures: &[], kept: &[], jobs: &[], nav: &[] };

fn routes() -> Routes {
    let own = Need::SignedIn;
    Routes::none().get("/messages", own, pages::list).post("/messages/read", own, pages::read_all).post(
        "/messages/{id}/open",
        own,
        pages::open,
    )
}
