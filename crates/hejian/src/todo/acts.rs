//! The acts of a to-do's page, each in a unit of work.

use axum::{extract::Path, response::Response};
use hejian_kernel::{
    error::{Error, Result},
    web::{Ctx, Form, see_other},
};
use uuid::Uuid;

use super::{
    one::{eyes, id},
    verbs::{self, Verb},
};

fn to(id: Uuid, done: &str) -> Response {
    see_other(&format!("/todo/{id}?done={done}"))
}

/// 转办
pub(super) async fn transfer(ctx: Ctx, Path(text): Path<String>, form: Form) -> Result<Response> {
    let (eyes, id) = (eyes(&ctx)?, id(&text)?);
    let post = form.text("post").parse().map_err(|_| Error::NotFound { what: "thing-post" })?;
    let mut work = ctx.work().await?;
    verbs::perform(&mut work, &ctx.app, &eyes, id, 0, &Verb::Transfer(post), form.text("reason")).await?;
    work.commit().await?;
    Ok(see_other("/todo?done=transfer"))
}

/// 催办
pub(super) async fn nudge(ctx: Ctx, Path(text): Path<String>, form: Form) -> Result<Response> {
    let (eyes, id) = (eyes(&ctx)?, id(&text)?);
    let mut work = ctx.work().await?;
    verbs::perform(&mut work, &ctx.app, &eyes, id, 0, &Verb::Nudge, form.text("words")).await?;
    work.commit().await?;
    Ok(to(id, "nudge"))
}

/// 已阅
pub(super) async fn read(ctx: Ctx, Path(text): Path<String>) -> Result<Response> {
    let (eyes, id) = (eyes(&ctx)?, id(&text)?);
    let mut work = ctx.work().await?;
    verbs::perform(&mut work, &ctx.app, &eyes, id, 0, &Verb::Read, "").await?;
    work.commit().await?;
    Ok(see_other("/todo?box=copied"))
}

/// 抄送
pub(super) async fn copy(ctx: Ctx, Path(text): Path<String>, form: Form) -> Result<Response> {
    let (eyes, id) = (eyes(&ctx)?, id(&text)?);
    let posts: Vec<Uuid> = form.all("post").filter_map(|post| post.parse().ok()).collect();
    let mut work = ctx.work().await?;
    verbs::copy(&mut work, &ctx.app, &eyes, id, &posts, form.text("copy_words")).await?;
    work.commit().await?;
    Ok(to(id, "copy"))
}
