//! 待办: the landing page of every user. Lamps follow from state, due date and the working-day calendar.
//!
//! The rule that matters: a to-do belongs to a post. The page shows those of the post in which one acts, and says how many
//! wait in the reader's other posts without showing them.

mod acts;
mod aside;
mod batch;
mod model;
mod offers;
mod one;
mod pages;
mod row;
mod store;
#[cfg(test)]
mod tests;
mod verbs;
mod views;

use hejian_kernel::{
    error::{Error, Result},
    web::{App, Chapter, Module, Nav, Need, Routes},
    work::Work,
};
use uuid::Uuid;

use store::Eyes;

pub use model::{Day, Lamp, kind_label};

/// Copies a to-do to posts for information (抄送), with words; how many were new.
///
/// # Errors
/// What the actor may not do, or a post that may not open the record, refuses all.
pub async fn copy(work: &mut Work, app: &App, id: Uuid, posts: &[Uuid], words: &str) -> Result<usize> {
    let eyes = Eyes::of(&work.actor).ok_or(Error::NotFound { what: "thing-todo" })?;
    verbs::copy(work, app, &eyes, id, posts, words).await
}

/// Asks after a to-do (催办), at most once a day.
///
/// # Errors
/// For whoever neither sent it nor supervises, and the second time on a day.
pub async fn nudge(work: &mut Work, app: &App, id: Uuid, words: &str) -> Result<()> {
    let eyes = Eyes::of(&work.actor).ok_or(Error::NotFound { what: "thing-todo" })?;
    verbs::perform(work, app, &eyes, id, 0, &verbs::Verb::Nudge, words).await.map(|_| ())
}

/// Watching what others have to do, and asking after it.
const SUPERVISE: &str = "todo.supervise";

/// The module.
pub static MODULE: Module = Module {
    key: "todo",
    registers: &[],
    routes,
    measures: &[],
    kept: &[],
    jobs: &[],
    nav: &[Nav { chapter: Chapter::Top, label: "nav-todo", icon: "todo", href: "/todo", need: Need::SignedIn }],
};

fn routes() -> Routes {
    // What a to-do lets its reader do is a matter of its post and of the record's own rights; the acts ask both.
    let own = Need::SignedIn;
    Routes::none()
        .finds("todo", one::find)
        .get("/", own, pages::home)
        .get("/todo", own, pages::list)
        .get("/todo/batch", own, batch::ask)
        .post("/todo/batch", own, batch::act)
        .get("/todo/{id}", own, one::page)
        .post("/todo/{id}/transfer", own, acts::transfer)
        .post("/todo/{id}/nudge", own, acts::nudge)
        .post("/todo/{id}/copy", own, acts::copy)
        .post("/todo/{id}/read", own, acts::read)
}
