//! 逐月走势: what was done in time in each month, what was open at its end, and what the indicators got then.

use std::sync::Arc;

use chrono::{Datelike as _, NaiveDate};
use hejian_kernel::{
    i18n::format,
    ui::{
        Markup,
        head::panel_foot,
        html,
        table::{Cell, Column, Phone, Row, Table},
        trend::{Ground as Axis, Spot, span_of, trend},
    },
};
use hejian_scoring::Exact;

use super::{
    card::{Card, Ground},
    item::{Month, months},
    list::percent,
    points::led_at,
};
use crate::campaign::{
    score::{trend::Point, words::float},
    standard::words::points,
};

/// The panel: of a department that leads anything the points of its indicators, otherwise the share done in time.
pub(super) fn panel(ground: &Ground, card: &Card<'_>, ends: &[NaiveDate], line: &[Arc<Point>]) -> Markup {
    let run = months(&card.items, ends);
    let got: Vec<Option<Exact>> = line.iter().map(|point| led_at(card, point)).collect();
    let by_points = !got.is_empty();
    let title = ground.t(if by_points { "scorecard-run-points" } else { "scorecard-run-on-time" });
    let spots = if by_points { of_points(ground, card, ends, &got) } else { of_share(ground, card, &run) };
    let most = if by_points { float(&card.points().2) } else { 100.0 };
    let span = if by_points { span_of(spots.iter().filter_map(|spot| spot.value), most) } else { (0.0, 100.0) };
    // A single place is no run.
    let drawn = spots.iter().filter(|spot| spot.value.is_some()).count() > 1;
    let axis = Axis { span, says: title.clone(), ..Axis::default() };
    let body = html! {
        @if drawn { div.pad { (trend(&spots, &axis)) } }
        @else { p.pad.dim.sm { (ground.t("scorecard-run-none")) } }
        div.hj-scroll { (table(ground, card, &run, by_points.then_some(got.as_slice()))) }
    };
    html! { div id="run" { (panel_foot(&title, html! { span.dim.xs { (ground.t("dashboard-run-ends")) } }, body, html! { (ground.t("scorecard-run-how")) })) } }
}

/// 2008-10 at the beginning and in each January, otherwise the month alone.
fn label(at: usize, day: NaiveDate) -> String {
    if at == 0 || day.month() == 1 { day.format("%Y-%m").to_string() } else { day.format("%m").to_string() }
}

/// The same card on another day.
fn on(ground: &Ground, card: &Card<'_>, day: NaiveDate) -> String {
    let to = ground.asked.campaign.link(&format!("/scorecards/{}", card.unit.key));
    hejian_kernel::ui::query::Query::parse(&to).with("on", day.to_string()).href()
}

fn of_points(ground: &Ground, card: &Card<'_>, ends: &[NaiveDate], got: &[Option<Exact>]) -> Vec<Spot> {
    let spot = |(at, (end, got)): (usize, (&NaiveDate, &Option<Exact>))| Spot {
        label: label(at, *end),
        value: got.as_ref().map(float),
        shown: got.as_ref().map(points).unwrap_or_default(),
        href: Some(on(ground, card, *end)),
    };
    ends.iter().zip(got).enumerate().map(spot).collect()
}

fn of_share(ground: &Ground, card: &Card<'_>, run: &[Month]) -> Vec<Spot> {
    let spot = |(at, month): (usize, &Month)| Spot {
        label: label(at, month.end),
        value: (month.on_time + month.late > 0)
            .then(|| 100.0 * month.on_time as f64 / (month.on_time + month.late) as f64),
        shown: percent(month.on_time, month.on_time + month.late).unwrap_or_default(),
        href: Some(on(ground, card, month.end)),
    };
    run.iter().enumerate().map(spot).collect()
}

fn table(ground: &Ground, card: &Card<'_>, run: &[Month], got: Option<&[Option<Exact>]>) -> Markup {
    let mut columns = vec![
        Column::text(ground.t("dashboard-month")),
        Column::num(ground.t("scorecard-on-time-n")),
        Column::num(ground.t("scorecard-late-n")),
        Column::num(ground.t("scorecard-on-time")),
        Column::num(ground.t("scorecard-open-end")),
        Column::num(ground.t("scorecard-over-end")),
    ];
    if got.is_some() {
        columns.push(Column::num(ground.t("score-points")).phone(Phone::Named));
    }
    let quiet = |n: usize| if n == 0 { Cell::from("0").class("dim") } else { Cell::from(n.to_string()) };
    let row = |(at, month): (usize, &Month)| {
        let mut cells: Vec<Cell> = vec![
            html! { a href=(on(ground, card, month.end)) { (format::date(month.end)) } }.into(),
            quiet(month.on_time),
            if month.late == 0 { quiet(0) } else { Cell::from(month.late.to_string()).class("down") },
            percent(month.on_time, month.on_time + month.late).unwrap_or_else(|| format::DASH.to_owned()).into(),
            quiet(month.open),
            if month.over == 0 { quiet(0) } else { Cell::from(month.over.to_string()).class("down") },
        ];
        if let Some(got) = got {
            let own = got.get(at).and_then(Option::as_ref);
            cells.push(own.map_or_else(|| ground.t("not-assessed"), points).into());
        }
        Row::new(cells)
    };
    let rows: Vec<Row> = run.iter().enumerate().map(row).rev().collect();
    html! { (Table::new(ground.here.lang, ground.t("scorecard-run"), columns).rows(rows).no_cards()) }
}
