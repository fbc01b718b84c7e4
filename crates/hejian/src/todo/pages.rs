//! The page itself: what it reads, in order.

use axum::response::{IntoResponse as _, Response};
use hejian_kernel::{
    error::Result,
    pages::{Frame, page},
    ui::query::Query,
    web::{Ctx, see_other},
};
use maud::Markup;

use super::{
    model::{Day, Drawer, Wish},
    store,
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
    if let Some(post) = ctx.actor.post {
        let tx = &mut read.tx;
        for drawer in Drawer::ALL {
            desk.counts.push((drawer, store::count(tx, post, drawer).await?));
        }
        desk.registers = store::registers(tx, post, desk.wish.drawer).await?;
        desk.subdistricts = store::subdistricts(tx, post, desk.wish.drawer).await?;
        desk.due = store::by_due(tx, post, &Wish::all(Drawer::Open), day).await?;
        desk.shown_due = store::by_due(tx, post, &desk.wish, day).await?;
        (desk.todos, desk.total) = store::list(tx, post, &desk.wish, day).await?;
        desk.waiting = store::waiting(tx, post, 3).await?;
        if let Some(person) = ctx.actor.person {
            desk.elsewhere = store::elsewhere(tx, person, post, day.today).await?;
        }
    }
    drop(read);
    page(&ctx, Frame::new(ctx.t("nav-todo"), Vec::new()), views::desk(&desk)).await
}
