//! 逐月走势: what was done in time in each month, what was open at its end, and what the indicators got then.

use std::sync::Arc;

use chrono::{Datelike as _, NaiveDate};
use hejian_kernel::{
    i18n::{format, ta},
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
    standard::words::{number, points},
};

/// What the indicators of a card got at the end of each month.
struct Got {
    title: &'static str,
    column: &'static str,
    each: Vec<Option<Exact>>,
    most: f64,
    /// Over which indicators, where the title does not say it.
    over: Option<String>,
}

impl Got {
    /// Of a department the indicators it leads, of a subdistrict those that count in its communities; none where there are none.
    fn of(ground: &Ground, card: &Card<'_>, line: &[Arc<Point>]) -> Option<Self> {
        if let Some(score) = card.score {
            let id = card.unit.id.to_string();
            let each: Vec<_> = line.iter().map(|point| point.below.get(&id)?.score()).collect();
            let counts = score.indicators.iter().filter(|own| own.counts).count();
            let with = [("n", counts.into()), ("points", number(&score.total_points.to_string()).into())];
            let over = Some(ta(ground.here.lang, "scorecard-run-over", &with));
            let known = each.iter().any(Option::is_some);
            let (title, column) = ("scorecard-run-score", "score-units-score");
            return known.then_some(Self { title, column, each, most: 100.0, over });
        }
        let each: Vec<_> = line.iter().map(|point| led_at(card, point)).collect();
        let (title, column, most) = ("scorecard-run-points", "score-points", float(&card.points().2));
        (!each.is_empty()).then_some(Self { title, column, each, most, over: None })
    }
}

/// The panel: the points of its indicators, or of a unit without any the share done in time.
pub(super) fn panel(ground: &Ground, card: &Card<'_>, ends: &[NaiveDate], line: &[Arc<Point>]) -> Markup {
    let run = months(&card.items, ends);
    let got = Got::of(ground, card, line);
    let title = ground.t(got.as_ref().map_or("scorecard-run-on-time", |got| got.title));
    let (spots, span) = match &got {
        Some(got) => {
            let spots = of_points(ground, card, ends, &got.each);
            let span = span_of(spots.iter().filter_map(|spot| spot.value), got.most);
            (spots, span)
        }
        None => (of_share(ground, card, &run), (0.0, 100.0)),
    };
    // A single place is no run.
    let drawn = spots.iter().filter(|spot| spot.value.is_some()).count() > 1;
    let axis = Axis { span, says: title.clone(), ..Axis::default() };
    let body = html! {
        @if drawn { div.pad { (trend(&spots, &axis)) } }
        @else { p.pad.dim.sm { (ground.t("scorecard-run-none")) } }
        div.hj-scroll { (table(ground, card, &run, got.as_ref())) }
    };
    html! { div id="run" { (panel_foot(&title, html! { span.dim.xs { (ground.t("dashboard-run-ends")) } }, body, html! {
        @if let Some(over) = got.as_ref().and_then(|got| got.over.as_ref()) { (over) " " }
        (ground.t("scorecard-run-how"))
    })) } }
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

fn table(ground: &Ground, card: &Card<'_>, run: &[Month], got: Option<&Got>) -> Markup {
    let mut columns = vec![
        Column::text(ground.t("dashboard-month")).class("nowrap"),
        Column::num(ground.t("scorecard-on-time-n")),
        Column::num(ground.t("scorecard-late-n")),
        Column::num(ground.t("scorecard-on-time")),
        Column::num(ground.t("scorecard-open-end")),
        Column::num(ground.t("scorecard-over-end")),
    ];
    if let Some(got) = got {
        columns.push(Column::num(ground.t(got.column)).phone(Phone::Named));
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
            let own = got.each.get(at).and_then(Option::as_ref);
            cells.push(own.map_or_else(|| ground.t("not-assessed"), points).into());
        }
        Row::new(cells)
    };
    let rows: Vec<Row> = run.iter().enumerate().map(row).rev().collect();
    html! { (Table::new(ground.here.lang, ground.t("scorecard-run"), columns).rows(rows).no_cards()) }
}
