//! 授权: which roles a post holds over which unit, given and taken by the security administrator, each with a reason.
//!
//! The rule that matters: nobody grants to a post of their own, and the exclusion of the three administrators is checked for
//! everybody who is in the post at any time.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use hejian_kernel::{
    access::{self, Scoped},
    audit::Entry,
    error::{Error, FieldProblem, Message, Result},
    i18n,
    ui::query::Query,
    unit::{self, UnitQuery},
    web::{Ctx, Form, see_other},
    work::Work,
};
use serde_json::json;
use uuid::Uuid;

use super::{
    GRANT,
    grants_view::{self, Detail, Overview, Typed},
    pages::id,
    store::posts,
};

/// `GET /organisation/grants`: every post with what it may do.
pub(super) async fn list(ctx: Ctx) -> Result<Response> {
    let seen = ctx.actor.scoped(GRANT, ())?;
    let mut read = ctx.read().await?;
    let today = read.today();
    let overview = Overview {
        query: Query::parse(&ctx.place),
        posts: posts::all(&mut read.tx, &seen).await?,
        terms: posts::terms_on(&mut read.tx, today).await?,
        grants: posts::all_grants(&mut read.tx).await?,
    };
    drop(read);
    Ok(grants_view::overview(&ctx, &overview).await?.into_response())
}

/// `GET /organisation/posts/{id}/grants`
pub(super) async fn of_post(ctx: Ctx, Path(text): Path<String>) -> Result<Response> {
    let post = ctx.actor.scoped(GRANT, id(&text, "thing-post")?)?;
    Ok(show(&ctx, &post, Typed::default(), &[]).await?.into_response())
}

/// `POST /organisation/posts/{id}/grants`
pub(super) async fn add(ctx: Ctx, Path(text): Path<String>, form: Form) -> Result<Response> {
    change(ctx, &text, &form, true).await
}

/// `POST /organisation/posts/{id}/grants/remove`
pub(super) async fn remove(ctx: Ctx, Path(text): Path<String>, form: Form) -> Result<Response> {
    change(ctx, &text, &form, false).await
}

async fn change(ctx: Ctx, text: &str, form: &Form, give: bool) -> Result<Response> {
    let post = ctx.actor.scoped(GRANT, id(text, "thing-post")?)?;
    let typed = Typed {
        role: form.text("role").to_owned(),
        unit: form.text("unit").to_owned(),
        reason: form.text("reason").to_owned(),
        taking: (!give).then(|| (form.text("role").to_owned(), form.text("unit").to_owned())),
    };
    let mut wrong = Vec::new();
    for name in ["role", "unit", "reason"] {
        if form.text(name).is_empty() {
            wrong.push(FieldProblem { field: name.to_owned(), message: Message::new("field-required") });
        }
    }
    if let (true, Ok(unit)) = (wrong.is_empty(), typed.unit.parse::<Uuid>()) {
        let mut work = ctx.work().await?;
        match write(&mut work, &post, &typed, unit, give).await {
            Ok(()) => {
                work.commit().await?;
                let done = if give { "given" } else { "taken" };
                return Ok(see_other(&format!("/organisation/posts/{}/grants?done={done}", post.query())));
            }
            Err(Error::Invalid(problems)) => wrong = problems,
            Err(Error::Refused(message)) => wrong = vec![FieldProblem { field: "role".to_owned(), message }],
            Err(error) => return Err(error),
        }
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, show(&ctx, &post, typed, &wrong).await?).into_response())
}

/// Gives or takes a role, with the reason in the audit.
async fn write(work: &mut Work, post: &Scoped<Uuid>, typed: &Typed, unit: Uuid, give: bool) -> Result<()> {
    let found = posts::get(&mut work.tx, post).await?;
    let (person, today) = (work.actor.person, work.today());
    if posts::holds_or_will(&mut work.tx, found.id, person, today).await? {
        return Err(Error::Refused(Message::new("grant-own-post")));
    }
    // The unit, too, must be one that the administrator answers for.
    unit::get(&mut work.tx, &post.with(unit)).await?;
    if give {
        access::grant(work, found.id, &typed.role, unit).await?;
    } else {
        access::revoke(work, found.id, &typed.role, unit).await?;
    }
    work.record(Entry {
        action: if give { "grant_reason" } else { "revoke_reason" },
        subject_kind: "post".to_owned(),
        subject_id: Some(found.id),
        detail: json!({ "role": typed.role, "unit": unit, "reason": typed.reason }),
        digest: None,
    });
    Ok(())
}

async fn show(ctx: &Ctx, post: &Scoped<Uuid>, typed: Typed, wrong: &[FieldProblem]) -> Result<maud::Markup> {
    let mut read = ctx.read().await?;
    let today = read.today();
    let found = posts::get(&mut read.tx, post).await?;
    let grants = posts::grants(&mut read.tx, found.id).await?;
    let terms = posts::terms(&mut read.tx, found.id).await?;
    let units = unit::list(&mut read.tx, &post.with(UnitQuery { on: Some(today), ..UnitQuery::default() })).await?;
    drop(read);
    let problems = wrong.iter().map(|p| (p.field.clone(), i18n::message(ctx.lang, &p.message))).collect();
    let detail = Detail { post: found, grants, terms, units, today, typed, problems };
    grants_view::detail(ctx, &detail).await
}
