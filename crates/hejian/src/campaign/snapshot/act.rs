//! Making snapshots: one month at once, all open ones as a job, and by itself when a month is over.

use axum::response::Response;
use chrono::NaiveDate;
use hejian_kernel::{
    access::Actor,
    error::{Error, Message, Result},
    i18n::{Lang, ta},
    jobs::{self, JobCtx, JobKind},
    ui::{Markup, html, query::Query},
    web::{App, Ctx, Form, see_other},
};
use serde_json::{Value, json};

use super::{FREEZE, keeping};
use crate::campaign::{
    record::{Campaign, Chosen, guard::may, store as campaigns},
    score::score_once,
};

/// Freezes every open month of one campaign, or of all that are under way.
pub(super) const JOB: JobKind = JobKind {
    key: "score.freeze",
    permission: FREEZE,
    run: |ctx| Box::pin(run(ctx)),
    show,
    due: Some(|app| Box::pin(is_due(app))),
};

/// The campaign asked for, by whoever may freeze its months: it is the whole district's.
async fn chosen(ctx: &Ctx) -> Result<Chosen> {
    let mut read = ctx.read().await?;
    if !may(ctx, &mut read.tx, FREEZE).await? {
        return Err(Error::NotFound { what: "thing-campaign" });
    }
    Chosen::read(&mut read.tx, &Query::parse(&ctx.place)).await
}

/// `POST /score/snapshots`: `day` is the last of the month.
pub(super) async fn freeze(ctx: Ctx, form: Form) -> Result<Response> {
    let chosen = chosen(&ctx).await?;
    let text: String = form.text("day").chars().take(40).collect();
    let day: NaiveDate =
        text.parse().map_err(|_| Error::Bad(Message::new("score-bad-day").arg("text", text.clone())))?;
    keeping::check_day(day, ctx.app.clock.today())?;
    if !one(&ctx.app, &ctx.actor, &chosen.campaign, day).await? {
        return Err(Error::Refused(Message::new("snapshot-there-already").arg("day", day)));
    }
    Ok(see_other(&chosen.link(&format!("/score/snapshots/{day}"))))
}

/// `POST /score/snapshots/all`
pub(super) async fn freeze_all(ctx: Ctx) -> Result<Response> {
    let chosen = chosen(&ctx).await?;
    let mut work = ctx.work().await?;
    let id = jobs::enqueue(&mut work, &JOB, &json!({ "campaign": chosen.campaign.key })).await?;
    work.commit().await?;
    Ok(see_other(&format!("/jobs/{id}")))
}

/// Computes and freezes one; false where there is one already.
async fn one(app: &App, actor: &Actor, campaign: &Campaign, day: NaiveDate) -> Result<bool> {
    let scored = score_once(app, campaign.id, day).await?;
    let mut work = app.work(actor).await?;
    let made = keeping::freeze(&mut work, campaign, &scored).await?.is_some();
    work.commit().await?;
    Ok(made)
}

/// The months to freeze: of the campaign named, or of all under way.
async fn open(app: &App, key: Option<&str>) -> Result<Vec<(Campaign, NaiveDate)>> {
    let mut tx = app.db.read().await?;
    let mut all = Vec::new();
    for campaign in campaigns::list(&mut tx).await? {
        if key.map_or_else(|| campaign.is_live(), |key| campaign.key == key) {
            let months = keeping::open_months(&mut tx, &campaign, app.clock.today()).await?;
            all.extend(months.into_iter().map(|day| (campaign.clone(), day)));
        }
    }
    Ok(all)
}

async fn is_due(app: &App) -> Result<bool> {
    Ok(!open(app, None).await?.is_empty())
}

async fn run(ctx: JobCtx) -> Result<Value> {
    let months = open(&ctx.app, ctx.args["campaign"].as_str()).await?;
    let total = i64::try_from(months.len()).unwrap_or(i64::MAX);
    let mut made = 0_i64;
    for (done, (campaign, day)) in (0..).zip(&months) {
        ctx.progress.set(done, total, day.format("%Y-%m").to_string());
        made += i64::from(one(&ctx.app, &ctx.actor, campaign, *day).await?);
    }
    Ok(json!({ "made": made, "campaign": ctx.args["campaign"] }))
}

fn show(lang: Lang, answer: &Value) -> Markup {
    let campaign = answer["campaign"].as_str().unwrap_or_default();
    let to = Query::new("/score/snapshots");
    let to = if campaign.is_empty() { to } else { to.with("campaign", campaign) };
    html! {
        p { (ta(lang, "snapshot-made-n", &[("n", answer["made"].as_i64().unwrap_or_default().into())])) }
        p { a href=(to.href()) { (hejian_kernel::i18n::t(lang, "nav-snapshots")) } }
    }
}
