//! 得分走势 of one indicator: its points at the end of each month, as the registers stood then.

use std::sync::Arc;

use chrono::Datelike as _;
use hejian_kernel::{
    i18n::{Lang, t, ta},
    ui::{
        Markup,
        head::panel_foot,
        html,
        query::Query,
        table::{Column, Row, Table},
        trend::{Ground, Spot, trend},
    },
};
use hejian_scoring::pack::Indicator;

use super::{asked::Asked, trend::Point, words::float};
use crate::campaign::standard::words::points;

/// The panel; nothing where the indicator was never assessed in the run.
pub(super) fn panel(lang: Lang, asked: &Asked, indicator: &Indicator, line: &[Arc<Point>]) -> Markup {
    let on = |point: &Point| {
        let page = asked.campaign.link(&format!("/score/{}", indicator.code));
        Query::parse(&page).with("on", point.day.to_string()).href()
    };
    let got = |point: &Point| point.indicator(&indicator.code).flatten().cloned();
    if line.iter().all(|point| got(point).is_none()) {
        return html! {};
    }
    let label = |at: usize, point: &Point| {
        let year = at == 0 || point.day.month() == 1;
        point.day.format(if year { "%Y-%m" } else { "%m" }).to_string()
    };
    let spots: Vec<Spot> = line
        .iter()
        .enumerate()
        .map(|(at, point)| Spot {
            label: label(at, point),
            value: got(point).as_ref().map(float),
            shown: got(point).as_ref().map(points).unwrap_or_default(),
            href: Some(on(point)),
        })
        .collect();
    let says = ta(lang, "score-history-says", &[("code", indicator.code.clone().into())]);
    let ground = Ground { span: (0.0, float(&indicator.points).max(1.0)), says, ..Ground::default() };
    let columns = vec![Column::text(t(lang, "score-history-day")), Column::num(t(lang, "score-points")).class("b")];
    let rows = line.iter().rev().map(|point| {
        let points = got(point).as_ref().map_or_else(|| t(lang, "not-assessed"), points);
        Row::new(vec![html! { a href=(on(point)) { (point.day) } }.into(), points.into()])
    });
    panel_foot(
        &t(lang, "score-history"),
        html! { span.dim.xs { (t(lang, "score-history-ends")) } },
        html! {
            div.pad { (trend(&spots, &ground)) }
            details.pad {
                summary { (t(lang, "score-history-table")) }
                (Table::new(lang, t(lang, "score-history"), columns).rows(rows).no_cards())
            }
        },
        html! { (t(lang, "score-history-how")) },
    )
}
