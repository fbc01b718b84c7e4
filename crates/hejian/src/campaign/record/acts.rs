//! Dates and costs: added, said to be done, taken away. Each is an entry of its own in the audit.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use hejian_kernel::{
    error::Result,
    ui::query::Query,
    web::{Ctx, Form, see_other},
};
use uuid::Uuid;

use super::{
    Chosen, Cost, Dated, KINDS,
    guard::need,
    keeping,
    page::{self, Parts},
    store::gone,
    typed::Typed,
};

async fn chosen(ctx: &Ctx) -> Result<Chosen> {
    need(ctx).await?;
    Chosen::read(&mut ctx.read().await?.tx, &Query::parse(&ctx.place)).await
}

fn id(Path(text): &Path<String>) -> Result<Uuid> {
    Uuid::try_parse(text).map_err(|_| gone())
}

/// `POST /campaign/dates`
pub(super) async fn add_date(ctx: Ctx, form: Form) -> Result<Response> {
    let chosen = chosen(&ctx).await?;
    let mut typed = Typed::new(&form);
    let (kind, title) = (typed.one_of("kind", &KINDS), typed.needed("title"));
    let (day, document) = (typed.day("on_day"), typed.line("document"));
    if day.is_none() && typed.wrong.iter().all(|problem| problem.field != "on_day") {
        typed.problem("on_day", "field-required");
    }
    match day.filter(|_| typed.wrong.is_empty()) {
        None => refused(&ctx, Parts { typed: &form, dates: &typed.wrong, costs: &[] }).await,
        Some(on_day) => {
            let mut work = ctx.work().await?;
            let done = on_day < work.today();
            let id = work.new_id();
            let new =
                Dated { id, campaign_id: chosen.id(), kind, on_day, title, document, note: None, mark: None, done };
            keeping::add_date(&mut work, &new).await?;
            work.commit().await?;
            Ok(see_other(&chosen.link("/campaign#dates")))
        }
    }
}

/// `POST /campaign/dates/{id}/done`: `done` says which way.
pub(super) async fn mark_date(at: Path<String>, ctx: Ctx, form: Form) -> Result<Response> {
    let chosen = chosen(&ctx).await?;
    let mut work = ctx.work().await?;
    keeping::mark_date(&mut work, chosen.id(), id(&at)?, form.text("done") == "true").await?;
    work.commit().await?;
    Ok(see_other(&chosen.link("/campaign#dates")))
}

/// `POST /campaign/dates/{id}/remove`
pub(super) async fn drop_date(at: Path<String>, ctx: Ctx) -> Result<Response> {
    let chosen = chosen(&ctx).await?;
    let mut work = ctx.work().await?;
    keeping::drop_date(&mut work, chosen.id(), id(&at)?).await?;
    work.commit().await?;
    Ok(see_other(&chosen.link("/campaign#dates")))
}

/// `POST /campaign/costs`
pub(super) async fn add_cost(ctx: Ctx, form: Form) -> Result<Response> {
    let chosen = chosen(&ctx).await?;
    let mut typed = Typed::new(&form);
    let (purpose, document) = (typed.needed("purpose"), typed.line("voucher"));
    let (day, amount) = (typed.day("spent_on"), typed.money("amount"));
    for (field, missing) in [("spent_on", day.is_none()), ("amount", amount.is_none())] {
        if missing && typed.wrong.iter().all(|problem| problem.field != field) {
            typed.problem(field, "field-required");
        }
    }
    match day.zip(amount).filter(|_| typed.wrong.is_empty()) {
        None => refused(&ctx, Parts { typed: &form, dates: &[], costs: &typed.wrong }).await,
        Some((on_day, amount)) => {
            let mut work = ctx.work().await?;
            let id = work.new_id();
            let new = Cost { id, campaign_id: chosen.id(), on_day, amount, purpose, document };
            keeping::add_cost(&mut work, &new).await?;
            work.commit().await?;
            Ok(see_other(&chosen.link("/campaign#costs")))
        }
    }
}

/// `POST /campaign/costs/{id}/remove`
pub(super) async fn drop_cost(at: Path<String>, ctx: Ctx) -> Result<Response> {
    let chosen = chosen(&ctx).await?;
    let mut work = ctx.work().await?;
    keeping::drop_cost(&mut work, chosen.id(), id(&at)?).await?;
    work.commit().await?;
    Ok(see_other(&chosen.link("/campaign#costs")))
}

/// The page again, with what was typed and what is wrong with it.
async fn refused(ctx: &Ctx, parts: Parts<'_>) -> Result<Response> {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page::view(ctx, &parts).await?).into_response())
}
