//! 牵头单位总览: a lead unit's indicators × all communities, with state, value and lamp a cell, and 一键催报.
//!
//! The rule that matters: a cell is what the score says of the community today; nothing of it is stored. What was not reported is
//! not red before its day is over.

use std::collections::{BTreeMap, HashMap};

use axum::{extract::Path, response::Response};
use hejian_kernel::{
    error::{Error, Result},
    i18n::{format, ta},
    ui::{
        Markup,
        buttons::{Kind as Button, link_button, post_button, print_button},
        feedback::{empty, note},
        head::PageHead,
        html,
        lamp::{LampKind, Tone, lamp, lamp_alone},
        table::{Column, Row, Table},
    },
    unit::Unit,
    web::{Ctx, Form, see_other},
};
use hejian_scoring::{Outcome, evaluate::UnitScore, evaluate_indicator, pack::Indicator};
use uuid::Uuid;

use super::{
    here::{Here, not_yours},
    model::{Board, Part},
    store::{self, Reminder},
};
use crate::campaign::{
    score::{Scored, scores, units::how},
    standard::{rules, words::quantity_with_unit},
};

/// Working days to answer a reminder.
const ANSWER: i32 = 3;

/// How a community stands with an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// Not measured in communities.
    None,
    /// Nothing told, and time is left or unknown.
    Silent,
    /// Nothing told, and the day is near.
    SilentNear,
    /// Nothing told, and the day is over.
    SilentOver,
    /// All points.
    Met,
    /// Some points.
    Short,
    /// No points.
    Failed,
}

impl State {
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Silent => "silent",
            Self::SilentNear => "silent-near",
            Self::SilentOver => "silent-over",
            Self::Met => "met",
            Self::Short => "short",
            Self::Failed => "failed",
        }
    }

    pub(super) fn lamp(self) -> LampKind {
        match self {
            Self::None | Self::Silent => LampKind::Grey,
            Self::SilentNear | Self::Short => LampKind::Yellow,
            Self::SilentOver | Self::Failed => LampKind::Red,
            Self::Met => LampKind::Green,
        }
    }

    /// Whether the community owes a report.
    pub(super) fn is_silent(self) -> bool {
        matches!(self, Self::Silent | Self::SilentNear | Self::SilentOver)
    }
}

/// A cell: how it stands, and the value as text.
pub(super) struct GridCell {
    pub state: State,
    pub value: String,
}

/// A lead unit's grid.
pub(super) struct Grid<'a> {
    pub indicators: Vec<&'a Indicator>,
    /// Communities in official order, each with a cell an indicator.
    pub rows: Vec<(&'a Unit, Vec<GridCell>)>,
}

impl<'a> Grid<'a> {
    /// The grid of a unit on the score of a day.
    pub(super) fn of(here: &'a Here, scored: &'a Scored, lead: Uuid) -> Self {
        let pack = &here.standard.pack;
        let led: Vec<&str> = here
            .board
            .find(|of| of.part == Part::Lead && of.unit == lead)
            .map(|duty| duty.content.indicator.as_str())
            .collect();
        let indicators: Vec<&Indicator> = pack.indicators.iter().filter(|of| led.contains(&of.code.as_str())).collect();
        let by_unit: HashMap<&str, &UnitScore> =
            scored.scores.breakdown.iter().map(|unit| (unit.unit.as_str(), unit)).collect();
        let dues: HashMap<(&str, Uuid), _> = here
            .board
            .find(|of| of.part == Part::Carry && of.done.is_none())
            .filter_map(|duty| Some(((duty.content.indicator.as_str(), duty.content.unit), duty.content.due?)))
            .collect();
        let row = |unit: &'a Unit| {
            let id = unit.id.to_string();
            let own = by_unit.get(id.as_str());
            let cell = |indicator: &&Indicator| {
                let Some(own) = own.and_then(|own| own.indicators.iter().find(|one| one.code == indicator.code)) else {
                    return GridCell { state: State::None, value: String::new() };
                };
                match &own.outcome {
                    Outcome::NotAssessed { .. } => {
                        let due = dues.get(&(indicator.code.as_str(), unit.id)).copied();
                        let state = match here.colour(due) {
                            LampKind::Red => State::SilentOver,
                            LampKind::Yellow => State::SilentNear,
                            _ => State::Silent,
                        };
                        GridCell { state, value: String::new() }
                    }
                    Outcome::Assessed { points } => {
                        let state = match () {
                            () if *points >= own.max_points => State::Met,
                            () if points.is_zero() => State::Failed,
                            () => State::Short,
                        };
                        GridCell { state, value: value(here, scored, indicator, &id) }
                    }
                }
            };
            (unit, indicators.iter().map(cell).collect())
        };
        let rows = here.board.of_kind("community").map(row).collect();
        Self { indicators, rows }
    }

    /// Which codes each community has not reported.
    pub(super) fn silent(&self) -> Vec<(&'a Unit, Vec<String>)> {
        let codes = |cells: &Vec<GridCell>| {
            let silent = self.indicators.iter().zip(cells).filter(|(_, cell)| cell.state.is_silent());
            silent.map(|(indicator, _)| indicator.code.clone()).collect::<Vec<_>>()
        };
        let all = self.rows.iter().map(|(unit, cells)| (*unit, codes(cells)));
        all.filter(|(_, codes)| !codes.is_empty()).collect()
    }
}

/// The value of an assessed indicator in a community; none where it is a condition, which the lamp says already.
fn value(here: &Here, scored: &Scored, indicator: &Indicator, unit: &str) -> String {
    if rules::is_condition(indicator) {
        return String::new();
    }
    let score =
        evaluate_indicator(&scored.standard.pack, &scored.facts, &scored.units, here.today, unit, &indicator.code);
    let whole = |coverage: &hejian_scoring::explain::Coverage| coverage.met.is_some() && coverage.units == 1;
    score
        .filter(|score| !score.coverage.as_ref().is_some_and(whole))
        .and_then(|score| score.value)
        .map(|value| quantity_with_unit(here.lang, &value))
        .unwrap_or_default()
}

/// `GET /duty/grid/{key}`
pub(super) async fn show(Path(key): Path<String>, ctx: Ctx) -> Result<Markup> {
    let here = Here::open(&ctx).await?;
    let scored = scores(&ctx.app, here.campaign, here.today).await?;
    let unit = here.unit(&key)?;
    let grid = Grid::of(&here, &scored, unit.id);
    let silent = grid.silent().len();
    let title = ta(here.lang, "duty-grid-title", &[("unit", unit.name.clone().into())]);
    let size = [("items", grid.indicators.len().into()), ("communities", grid.rows.len().into())];
    let mut head = PageHead::new(here.lang, &title).demo(here.demo).meta(ta(here.lang, "duty-grid-meta", &size));
    head = head.act(link_button(&here.t("duty-all"), &here.link(&format!("/duty/units/{key}")), "task", Button::Plain));
    head = head.act(print_button(&here.t("duty-print")));
    if silent > 0 && here.acts_for(&ctx, unit.id) {
        let action = here.link(&format!("/duty/grid/{key}/remind"));
        head = head.act(post_button(&here.n("duty-remind", silent), &action, &[], Button::Primary));
    }
    let sent = here.query.get("reminded").and_then(|n| n.parse::<usize>().ok());
    let body = html! {
        (head)
        @if let Some(n) = sent { (note(Tone::Green, html! { (if n > 0 { here.n("duty-reminded", n) } else { here.t("duty-reminded-none") }) }, html! {})) }
        (summary(&here, &grid))
        @if grid.indicators.is_empty() { (empty("task", &here.t("duty-grid-none"), html! {})) }
        @else { div.hj-tw.mxw.hj-scroll id="list" { (table(&here, &grid)) } }
    };
    here.page(&ctx, &title, true, body).await
}

/// How many cells there are of each state.
fn summary(here: &Here, grid: &Grid<'_>) -> Markup {
    let mut counts: BTreeMap<&str, (State, usize)> = BTreeMap::new();
    for cell in grid.rows.iter().flat_map(|(_, cells)| cells) {
        counts.entry(cell.state.key()).or_insert((cell.state, 0)).1 += 1;
    }
    let order =
        [State::SilentOver, State::Failed, State::SilentNear, State::Short, State::Met, State::Silent, State::None];
    html! {
        p.hj-key.sm {
            @for state in order {
                @if let Some((_, n)) = counts.get(state.key()) { span { (lamp(state.lamp(), &here.t(&format!("duty-cell-{}", state.key())))) b { (n) } } }
            }
        }
    }
}

fn table(here: &Here, grid: &Grid<'_>) -> Markup {
    html! {
        table.hj-mx {
            caption.sr { (here.t("duty-grid-caption")) }
            thead { tr {
                th.f1 scope="col" { (here.t("duty-letter-no")) }
                th.f2 scope="col" { (here.t("duty-community")) }
                @for indicator in &grid.indicators {
                    th.v scope="col" data-c=(indicator.code) {
                        a href=(here.link(&format!("/duty/indicators/{}", indicator.code))) title=(here.name(&indicator.code)) {
                            b { (indicator.code) } span.vt { (here.name(&indicator.code)) }
                        }
                    }
                }
            } }
            tbody {
                @for (n, (unit, cells)) in grid.rows.iter().enumerate() {
                    @if n == 0 || grid.rows[n - 1].0.parent != unit.parent {
                        @let count = grid.rows.iter().filter(|(other, _)| other.parent == unit.parent).count();
                        tr.area {
                            th colspan="2" scope="rowgroup" { (unit.parent.map_or("", |id| here.board.unit_name(id))) " " span.dim.xs { (count) } }
                            td colspan=(grid.indicators.len()) {}
                        }
                    }
                    tr {
                        td.f1 { (n + 1) }
                        th.f2 scope="row" { a href=(here.link(&format!("/duty/units/{}", unit.key))) { (unit.name) } }
                        @for (indicator, cell) in grid.indicators.iter().zip(cells) {
                            td.v data-c=(indicator.code) { (one(here, unit, indicator, cell)) }
                        }
                    }
                }
            }
        }
    }
}

fn one(here: &Here, unit: &Unit, indicator: &Indicator, cell: &GridCell) -> Markup {
    if cell.state == State::None {
        return html! { span.dim title=(here.t("duty-cell-none")) { (format::DASH) } };
    }
    let word = here.t(&format!("duty-cell-{}", cell.state.key()));
    // What is not reported has no arithmetic to open: its line says why.
    let href = match cell.state {
        State::Failed | State::Short | State::Met => how(|path| here.link(path), &unit.key, &indicator.code),
        _ => here.link(&format!("/score/units/{}#i-{}", unit.key, indicator.code)),
    };
    html! {
        a href=(href) title=(format!("{} {} {word}", unit.name, indicator.code)) {
            (lamp_alone(cell.state.lamp(), &word)) @if !cell.value.is_empty() { " " (cell.value) }
        }
    }
}

/// The post of a community that answers for these codes.
fn post_of(board: &Board, unit: Uuid, codes: &[String]) -> Option<Uuid> {
    let manned = |id: &Uuid| board.post(*id).is_some_and(|post| post.person().is_some());
    let own = codes.iter().find_map(|code| board.at(code, unit)?.content.post.filter(manned));
    own.or_else(|| board.held_post(unit, 0).map(|post| post.id))
}

/// `POST /duty/grid/{key}/remind`
pub(super) async fn remind(Path(key): Path<String>, ctx: Ctx, _: Form) -> Result<Response> {
    let here = Here::open(&ctx).await?;
    let scored = scores(&ctx.app, here.campaign, here.today).await?;
    let mut work = ctx.work().await?;
    let today = work.today();
    let here = Here::read(&ctx, &mut work.tx, today).await?;
    let lead = here.unit(&key)?;
    if !here.acts_for(&ctx, lead.id) {
        return Err(not_yours());
    }
    let grid = Grid::of(&here, &scored, lead.id);
    let done = store::reminded(&mut work.tx, here.campaign, lead.id, today).await?;
    let wanted = grid.silent().into_iter().filter(|(unit, _)| !done.contains(&unit.id));
    let reminders: Vec<Reminder> = wanted
        .filter_map(|(unit, codes)| {
            let post = post_of(&here.board, unit.id, &codes)?;
            Some(Reminder { unit: unit.id, post, title: format!("催报：{}", codes.join("、")), codes })
        })
        .collect();
    if !reminders.is_empty() {
        store::keep_reminders(&mut work, here.campaign, lead.id, here.workdays(ANSWER), &reminders, &here).await?;
        work.commit().await?;
    }
    Ok(see_other(&here.link(&format!("/duty/grid/{key}?reminded={}", reminders.len()))))
}

/// `GET /duty/reminders/{id}`
pub(super) async fn reminder(Path(text): Path<String>, ctx: Ctx) -> Result<Markup> {
    let id = super::lists::id(&text)?;
    let mut read = ctx.read().await?;
    let today = read.today();
    let here = Here::read(&ctx, &mut read.tx, today).await?;
    let found = store::reminder(&mut read.tx, id).await?;
    let (lead, unit, day, codes) = found.ok_or(Error::NotFound { what: "thing-duty" })?;
    let waits = store::waits(&mut read.tx, id, ctx.actor.post).await?;
    drop(read);
    let key = here.board.unit(unit).map_or("", |unit| unit.key.as_str());
    let title = here.t("todo-duty-remind");
    let mut head = PageHead::new(here.lang, &title).meta(ta(
        here.lang,
        "duty-reminder-meta",
        &[
            ("lead", here.board.unit_name(lead).into()),
            ("unit", here.board.unit_name(unit).into()),
            ("day", format::date(day).into()),
        ],
    ));
    if waits {
        let action = here.link(&format!("/duty/reminders/{id}/done"));
        head = head.act(post_button(&here.t("duty-reported"), &action, &[], Button::Primary));
    }
    let columns = vec![Column::text(here.t("duty-indicator")), Column::text(here.t("duty-open")).tight().quiet_head()];
    let row = |code: &str| {
        let href = here.link(&format!("/score/units/{key}#i-{code}"));
        Row::new(vec![
            here.indicator_link(code).into(),
            link_button(&here.t("duty-score"), &href, "", Button::Small).into(),
        ])
    };
    let body = html! {
        (head)
        div.hj-tw { (Table::new(here.lang, title.clone(), columns).rows(codes.split(' ').map(row))) }
    };
    here.page(&ctx, &title, false, body).await
}

/// `POST /duty/reminders/{id}/done`
pub(super) async fn reported(Path(text): Path<String>, ctx: Ctx, _: Form) -> Result<Response> {
    let id = super::lists::id(&text)?;
    let mut work = ctx.work().await?;
    if !store::waits(&mut work.tx, id, ctx.actor.post).await? {
        return Err(not_yours());
    }
    store::end_reminder(&mut work, id).await?;
    work.commit().await?;
    Ok(see_other("/todo"))
}
