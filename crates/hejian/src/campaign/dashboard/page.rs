//! The page: one look at the score of the day, the days of the campaign and the run by month.

use std::{collections::BTreeMap, sync::Arc};

use hejian_kernel::{
    error::Result,
    i18n::{t, ta},
    pages::{Frame, page as framed},
    ui::{
        Markup,
        buttons::{Kind, link_button, print_button},
        head::PageHead,
        html,
        query::Query,
        shell::{Crumb, demo_mark},
    },
    web::Ctx,
};
use hejian_scoring::Exact;
use hejian_workdays::{Beyond, Calendar};

use super::{district, largest, progress, ranking, run};
use crate::campaign::{
    duty::lamps,
    record,
    score::{
        Asked, Scored,
        map::boundaries,
        page::{areas, change, day_form, foot, total, warnings},
        scores,
        trend::{Point, months, soon},
    },
    standard::{Leads, page::mark_of, words::points},
};

/// `GET /dashboard?on=2009-06-22&metric=score`
pub(super) async fn show(ctx: Ctx) -> Result<Markup> {
    let (lang, query) = (ctx.lang, Query::parse(&ctx.place));
    let asked = Asked::read(&ctx, &query).await?;
    let campaign = &asked.campaign;
    let scored = scores(&ctx.app, campaign.id(), asked.day).await?;
    let run = soon(&ctx.app, campaign.id(), months(asked.begins(), asked.day)).await?;
    let (line, wait) = run.or_wait(lang, &ctx.place, "board");
    let mut read = ctx.read().await?;
    let dates = record::store::dates(&mut read.tx, campaign.id()).await?;
    let leads = Leads::read(&mut read.tx).await?;
    let outlines = boundaries(&mut read.tx, asked.day).await?;
    let stands = if ctx.actor.may("duty.read") {
        // Read only where it is shown; the choice is there for whoever may read duties.
        match query.get("metric") {
            Some(district::LAMP) => {
                let calendar = Calendar::builtin().beyond(Beyond::WeekendsOnly);
                Some(lamps::stands(&mut read.tx, campaign.id(), &calendar, asked.day).await?)
            }
            _ => Some(district::Stands::new()),
        }
    } else {
        None
    };
    drop(read);
    let demo = ctx.app.district.read().is_ok_and(|district| district.demo);
    let before = line.len().checked_sub(2).and_then(|at| line.get(at));
    let by_area = before.map(|before| gains(&scored, before)).unwrap_or_default();
    let mut head = PageHead::new(lang, t(lang, "nav-dashboard"))
        .mark(mark_of(&scored.standard, lang))
        .demo(demo)
        .meta(ta(
            lang,
            "dashboard-meta",
            &[("title", campaign.campaign.title.clone().into()), ("day", asked.day.to_string().into())],
        ))
        .act(day_form(lang, &asked));
    if ctx.actor.may("scorecard.read") {
        head = head.act(link_button(&t(lang, "nav-scorecard"), &asked.link("/scorecards"), "people", Kind::Plain));
    }
    let body = html! {
        (head
            .act(link_button(&t(lang, "dashboard-compare"), &run::to_compare(&asked, before.map(|point| point.day)), "", Kind::Plain))
            .act(print_button(&t(lang, "score-print"))))
        (campaign.chooser(lang, &query.without("metric")))
        (warnings(&scored.standard, lang, &scored))
        div.hj-grid.dash.mt id="board" {
            (total(lang, &asked, &scored, demo, &beside(lang, &asked, &scored, before)))
            (areas(lang, &scored, |code| asked.link(&format!("/score?area={code}")), |code| by_area.get(code).cloned()))
            (progress::panel(lang, campaign, &dates, asked.day))
            (district::panel(lang, &asked, &scored, &query, &outlines, stands.as_ref()))
            (ranking::panel(lang, &asked, &scored))
            (largest::panel(lang, &asked, &scored, &leads))
            (run::panel(lang, &asked, &line, &dates, wait))
        }
        p.xs.dim { (foot(&scored.standard, lang, &scored)) @if demo { " " (demo_mark(lang)) } }
    };
    framed(&ctx, Frame::new(ctx.t("nav-dashboard"), vec![Crumb::here(ctx.t("nav-dashboard"))]), body).await
}

/// What each area gained since a point of the run. What was not assessed then or is not now is left out on both sides.
fn gains(scored: &Scored, before: &Point) -> BTreeMap<String, Exact> {
    let mut found: BTreeMap<String, Exact> = BTreeMap::new();
    for score in &scored.scores.indicators {
        let was = before.indicator(&score.code).flatten();
        if let (Some(now), Some(was)) = (score.outcome.points(), was) {
            let sum = found.entry(score.area.clone()).or_insert_with(Exact::zero);
            *sum = &*sum + &(now - was);
        }
    }
    found
}

/// 距合格线, 较上月
fn beside(
    lang: hejian_kernel::i18n::Lang,
    asked: &Asked,
    scored: &Scored,
    before: Option<&Arc<Point>>,
) -> Vec<(String, Markup)> {
    let mut rows = Vec::new();
    if let Some(pass) = asked.pass(&scored.standard) {
        let room = &scored.scores.points - &pass;
        rows.push((t(lang, "dashboard-to-pass"), html! { span.down[room.is_negative()] { (points(&room)) } }));
    }
    if let Some(before) = before {
        let words = ta(lang, "dashboard-since", &[("day", before.day.to_string().into())]);
        rows.push((words, change(&(&scored.scores.points - &before.points))));
    }
    rows
}
