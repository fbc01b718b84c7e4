//! The page itself: what it reads, in order.

use axum::response::{IntoResponse as _, Response};
use hejian_kernel::{
    error::Result,
    pages::{Frame, page},
    ui::{feedback::toast, html, query::Query},
    web::{Ctx, see_other},
};
use maud::Markup;

use super::{
    model::{Day, Drawer, Wish},
    store::{self, Eyes},
    views::{self, Desk},
};

/// The first page: to-dos for those who have a post, otherwise what their role opens.
pub(super) async fn home(ctx: Ctx) -> Response {
    let first = if ctx.actor.post.is_some() { "/todo" } else { "/account" };
    see_other(first).into_response()
}

/// The drawer that is open.
pub(super) async fn list(ctx: Ctx) -> Result<Markup> {
    let query = Query::parse(&ctx.place);
    let wish = Wish::parse(&query);
    let mut read = ctx.read().await?;
    let day = Day::new(read.today());
    let mut desk = Desk::empty(ctx.lang, query, wish, day);
    if let Some(eyes) = Eyes::of(&ctx.actor) {
        let (tx, post) = (&mut read.tx, eyes.post);
        let eyes = &eyes;
        for drawer in eyes.drawers() {
            desk.counts.push((drawer, store::count(tx, eyes, drawer).await?));
        }
        desk.registers = store::registers(tx, eyes, desk.wish.drawer).await?;
        desk.subdistricts = store::subdistricts(tx, eyes, desk.wish.drawer).await?;
        let lit = if desk.wish.drawer.is_open() { desk.wish.drawer } else { Drawer::Open };
        desk.due = store::by_due(tx, eyes, &Wish::all(lit), day).await?;
        desk.shown_due = store::by_due(tx, eyes, &desk.wish, day).await?;
        (desk.todos, desk.total) = store::list(tx, eyes, &desk.wish, day).await?;
        desk.waiting = store::waiting(tx, eyes, 3).await?;
        if let Some(person) = ctx.actor.person {
            desk.elsewhere = store::elsewhere(tx, person, post, day.today).await?;
        }
    }
    drop(read);
    let mut frame = Frame::new(ctx.t("nav-todo"), Vec::new());
    if desk.query.get("done") == Some("transfer") {
        frame.toast = Some(toast(&ctx.t("todo-transfer-done"), html! {}));
        desk.query = desk.query.without("done");
    }
    page(&ctx, frame, views::desk(&desk)).await
}
