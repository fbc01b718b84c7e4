//! The page itself.

use axum::response::{IntoResponse as _, Response};
use hejian_kernel::{
    error::Result,
    pages::{Frame, page},
    web::{Ctx, see_other},
};
use maud::{Markup, html};

use super::store;

/// The first page: to-dos for those who have a post, otherwise what their role opens.
pub(super) async fn home(ctx: Ctx) -> Response {
    let first = if ctx.actor.post.is_some() { "/todo" } else { "/account" };
    see_other(first).into_response()
}

/// The drawer that is open.
pub(super) async fn list(ctx: Ctx) -> Result<Markup> {
    let which = store::Box::parse("open");
    let todos = match ctx.actor.post {
        Some(post) => store::list(&mut ctx.read().await?.tx, post, which).await?,
        None => Vec::new(),
    };
    page(&ctx, Frame::new(ctx.t("nav-todo"), Vec::new()), html! { h1 { (ctx.t("nav-todo")) } p { (todos.len()) } })
        .await
}
