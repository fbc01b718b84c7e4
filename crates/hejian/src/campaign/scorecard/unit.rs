//! `/scorecards/{key}`: one unit's card, on a screen and on paper.

use axum::extract::Path;
use hejian_kernel::{
    error::Result,
    i18n::ta,
    pages::{Frame, page as framed},
    ui::{
        Markup,
        buttons::{Kind as Button, link_button, print_button},
        head::PageHead,
        html,
        lamp::lamp,
        query::Query,
        shell::{Crumb, demo_mark},
        tiles::{Tile, tiles},
    },
    web::Ctx,
};

use super::{
    ageing,
    card::{Card, Ground},
    item::Kind,
    list::percent,
    panels, points, reports, run, store,
};
use crate::campaign::{
    duty::model::Part,
    score::{
        page::{day_form, foot},
        trend::{months, soon},
    },
    standard::words::{number, points as written},
};

/// `GET /scorecards/mzj?on=2009-05-31&age=over-1&of=todo`
pub(super) async fn show(Path(key): Path<String>, ctx: Ctx) -> Result<Markup> {
    let ground = Ground::read(&ctx).await?;
    let card = ground.card(&key)?;
    let (lang, asked, here) = (ctx.lang, &ground.asked, &ground.here);
    let query = Query::parse(&ctx.place);
    let ends = months(asked.begins(), asked.day);
    let (line, wait) = if card.led.is_empty() && card.score.is_none() {
        (Vec::new(), None)
    } else {
        soon(&ctx.app, asked.campaign.id(), ends.clone()).await?.or_wait(lang, &ctx.place, "runs")
    };
    let declared = store::declared(&mut ctx.read().await?.tx, asked.day).await?;
    let (kind, word) = card.lamp();
    let meta = ta(
        lang,
        "scorecard-unit-meta",
        &[
            ("title", asked.campaign.campaign.title.clone().into()),
            ("day", asked.day.to_string().into()),
            ("leads", card.led.len().into()),
            ("supports", card.parts(&ground, Part::Support).into()),
            ("carries", card.parts(&ground, Part::Carry).into()),
        ],
    );
    let mut head = PageHead::new(lang, &card.unit.name).mark(lamp(kind, &ground.t(&format!("scorecard-is-{word}"))));
    head = head.demo(here.demo).meta(meta).act(day_form(lang, asked));
    if ctx.actor.may("duty.read") {
        let to = here.link(&format!("/duty/units/{key}"));
        head = head.act(link_button(&ground.t("duty-all"), &to, "task", Button::Plain));
    }
    head = head.act(print_button(&ground.t("score-print")));
    let body = html! {
        (head)
        div.no-print { (asked.campaign.chooser(lang, &query.without("age").without("of"))) }
        (tiles(&figures(&ground, &card)))
        div.hj-grid.mt.hj-card {
            div.s6.stack {
                (ageing::ages(&ground, &card, &query))
                (panels::orders(&ground, &card))
                (reports::told(&ground, &card, &declared))
            }
            div.s6 id="runs" { @if let Some(wait) = wait { (wait) } (run::panel(&ground, &card, &ends, &line)) }
            div.s12 { (points::panel(&ground, &card)) }
            @if card.unit.kind == "subdistrict" { div.s12 { (reports::communities(&ground, &card)) } }
            div.s12 { (panels::gaps(&ground, &card)) }
            div.s12 { (ageing::items(&ground, &card, &query)) }
        }
        p.xs.dim.mt { (ground.t("scorecard-how")) }
        p.xs.dim.hj-source { (foot(&ground.scored.standard, lang, &ground.scored)) @if here.demo { " " (demo_mark(lang)) } }
    };
    let crumbs = vec![
        Crumb::to(ground.t("nav-scorecard"), asked.link(&format!("/scorecards?kind={}", card.unit.kind))),
        Crumb::here(card.unit.name.clone()),
    ];
    framed(&ctx, Frame::new(ta(lang, "scorecard-title", &[("unit", card.unit.name.clone().into())]), crumbs), body)
        .await
}

fn figures(ground: &Ground, card: &Card<'_>) -> Vec<Tile> {
    let lang = ground.here.lang;
    let tally = &card.tally;
    let (over, orders_over) = (tally.over(None), tally.over(Some(Kind::Instruction)));
    let on_time = match percent(tally.on_time, tally.judged()) {
        Some(share) => Tile::new(ground.t("scorecard-on-time"), share),
        None => Tile::new(ground.t("scorecard-on-time"), ground.t("scorecard-nothing-judged")).words(),
    };
    let mut all = vec![
        on_time.against(ta(lang, "scorecard-on-time-of", &[("on", tally.on_time.into()), ("late", tally.late.into())])),
        Tile::new(ground.t("scorecard-open-items"), tally.open(None).to_string()).against(ta(
            lang,
            "scorecard-near-of",
            &[("n", tally.count(None, super::item::Age::Near).into())],
        )),
        Tile::new(ground.t("scorecard-over"), over.to_string())
            .against(if over == 0 {
                ground.t("scorecard-over-none")
            } else {
                ta(lang, "scorecard-over-worst", &[("n", tally.worst.to_string().into())])
            })
            .bad(over > 0),
        Tile::new(ground.t("scorecard-orders"), card.orders.len().to_string())
            .against(ta(lang, "scorecard-orders-over", &[("n", orders_over.into())]))
            .bad(orders_over > 0),
        Tile::new(ground.t("scorecard-gaps"), card.gaps.len().to_string())
            .against(ground.t(if card.gaps.is_empty() { "scorecard-gaps-none" } else { "scorecard-gaps-some" }))
            .bad(!card.gaps.is_empty()),
    ];
    let lost = |lost: Option<hejian_scoring::Exact>, against: String| match lost {
        Some(lost) => {
            let bad = !lost.is_zero();
            let text = if bad { written(&-lost) } else { "0".to_owned() };
            Tile::new(ground.t("score-lost"), text).against(against).bad(bad)
        }
        None => Tile::new(ground.t("score-lost"), ground.t("not-assessed")).words().against(against),
    };
    if card.unit.kind == "department" {
        let (_, assessed, whole) = card.points();
        let against = ta(
            lang,
            "dashboard-assessed-of",
            &[("assessed", number(&assessed.to_string()).into()), ("total", number(&whole.to_string()).into())],
        );
        all.push(if card.led.is_empty() {
            Tile::new(ground.t("score-lost"), ground.t("scorecard-leads-none")).words()
        } else {
            lost(card.lost(), against)
        });
    } else {
        let score = card.score.and_then(|of| of.score.as_ref());
        let against = card.score.map_or_else(String::new, |of| {
            ta(
                lang,
                "dashboard-assessed-of",
                &[
                    ("assessed", number(&of.assessed_points.to_string()).into()),
                    ("total", number(&of.total_points.to_string()).into()),
                ],
            )
        });
        all.push(match score {
            Some(score) => Tile::new(ground.t("score-units-score"), written(score)).against(against),
            None => Tile::new(ground.t("score-units-score"), ground.t("not-assessed")).words().against(against),
        });
    }
    all
}
