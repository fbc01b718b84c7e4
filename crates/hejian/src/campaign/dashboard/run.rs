//! 得分走势: the points at the end of each month of the campaign's cycle, as a line and as a table.

use std::sync::Arc;

use chrono::{Datelike as _, NaiveDate};
use hejian_kernel::{
    i18n::{Lang, format, t, ta},
    ui::{
        Markup, html,
        query::Query,
        table::{Column, Row, Table},
        trend::{Ground, Spot, span_of, trend},
    },
};

use crate::campaign::{
    record::Dated,
    score::{Asked, page::change, trend::Point, words::float},
    standard::words::{number, points},
};

/// The comparison of a day with the one asked.
pub(super) fn to_compare(asked: &Asked, from: Option<NaiveDate>) -> String {
    let to = asked.link("/dashboard/compare");
    from.map_or_else(|| to.clone(), |from| Query::parse(&to).with("from", from.to_string()).href())
}

/// The same page on another day.
fn on(asked: &Asked, day: NaiveDate) -> String {
    Query::parse(&asked.campaign.link("/dashboard")).with("on", day.to_string()).href()
}

/// 2008-10 at the beginning and in each January, otherwise the month alone.
fn label(at: usize, day: NaiveDate) -> String {
    if at == 0 || day.month() == 1 { day.format("%Y-%m").to_string() } else { day.format("%m").to_string() }
}

/// The panel; `wait` stands in it while the points are being computed.
pub(super) fn panel(lang: Lang, asked: &Asked, line: &[Arc<Point>], dates: &[Dated], wait: Option<Markup>) -> Markup {
    if let Some(wait) = wait {
        return html! { section.hj-panel.s5 { header { h2 { (t(lang, "dashboard-run")) } } (wait) } };
    }
    let spots: Vec<Spot> = line
        .iter()
        .enumerate()
        .map(|(at, point)| Spot {
            label: label(at, point.day),
            // A month in which nothing was assessed has no points, which is not 0 points.
            value: (!point.assessed.is_zero()).then(|| float(&point.points)),
            shown: points(&point.points),
            href: Some(on(asked, point.day)),
        })
        .collect();
    let pass = line.last().and_then(|point| {
        let own =
            asked.campaign.campaign.pass_points.as_deref().and_then(|text| hejian_scoring::Exact::parse(text).ok());
        own.or_else(|| point.pass.clone())
    });
    let most = line.last().map_or(100.0, |point| float(&point.total));
    let drawn = spots.iter().filter_map(|spot| spot.value).chain(pass.as_ref().map(float));
    let ground = Ground {
        span: span_of(drawn, most),
        mark: pass
            .as_ref()
            .map(|pass| (float(pass), ta(lang, "dashboard-pass", &[("points", number(&pass.to_string()).into())]))),
        moments: moments(lang, line, dates),
        says: says(lang, line),
    };
    html! {
        section.hj-panel.s5 {
            header { h2 { (t(lang, "dashboard-run")) } span.acts.dim.xs { (t(lang, "dashboard-run-ends")) } }
            div.pad { (trend(&spots, &ground)) }
            details.pad {
                summary { (t(lang, "dashboard-run-table")) }
                (table(lang, asked, line))
            }
            footer {
                (t(lang, "dashboard-run-how")) " "
                a href=(asked.campaign.link("/score/snapshots")) { (t(lang, "nav-snapshots")) }
            }
        }
    }
}

/// The applications and namings within the run, each at the first point on or after its day.
fn moments(lang: Lang, line: &[Arc<Point>], dates: &[Dated]) -> Vec<(usize, String)> {
    let steps = dates.iter().filter(|date| matches!(date.kind.as_str(), "application" | "naming"));
    let first = line.first().map(|point| point.day);
    steps
        .filter(|date| first.is_some_and(|first| first.with_day(1).is_some_and(|begins| date.on_day >= begins)))
        .filter_map(|date| {
            let at = line.iter().position(|point| point.day >= date.on_day)?;
            Some((at, format!("{} {}", date.on_day.format("%m-%d"), t(lang, &format!("campaign-kind-{}", date.kind)))))
        })
        .collect()
}

fn says(lang: Lang, line: &[Arc<Point>]) -> String {
    let (Some(first), Some(last)) = (line.first(), line.last()) else { return String::new() };
    let month = |point: &Point| point.day.format("%Y-%m").to_string();
    ta(
        lang,
        "dashboard-run-says",
        &[
            ("from", month(first).into()),
            ("to", month(last).into()),
            ("before", points(&first.points).into()),
            ("after", points(&last.points).into()),
        ],
    )
}

fn table(lang: Lang, asked: &Asked, line: &[Arc<Point>]) -> Markup {
    let columns = vec![
        Column::text(t(lang, "dashboard-month")),
        Column::num(t(lang, "score-points")).class("b"),
        Column::num(t(lang, "dashboard-assessed")),
        Column::num(t(lang, "dashboard-change")),
    ];
    let rows = line.iter().enumerate().rev().map(|(at, point)| {
        let before = at.checked_sub(1).and_then(|at| line.get(at));
        Row::new(vec![
            html! { a href=(on(asked, point.day)) { (point.day) } }.into(),
            if point.assessed.is_zero() { t(lang, "not-assessed").into() } else { points(&point.points).into() },
            format!("{} / {}", number(&point.assessed.to_string()), number(&point.total.to_string())).into(),
            match before {
                Some(before) => html! { a href=(to_compare_days(asked, before.day, point.day)) { (change(&(&point.points - &before.points))) } }.into(),
                None => format::DASH.into(),
            },
        ])
    });
    html! { (Table::new(lang, t(lang, "dashboard-run"), columns).rows(rows).no_cards()) }
}

fn to_compare_days(asked: &Asked, from: NaiveDate, to: NaiveDate) -> String {
    let address = asked.campaign.link("/dashboard/compare");
    Query::parse(&address).with("from", from.to_string()).with("on", to.to_string()).href()
}
