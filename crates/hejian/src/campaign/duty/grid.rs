//! 牵头单位总览: a lead unit's indicators × all communities, with state, value and lamp a cell.
//!
//! The rule that matters: each cell opens what it was counted from in one click.

mod cells;
mod reminders;

use std::collections::BTreeMap;

use axum::extract::Path;
use hejian_kernel::{
    error::Result,
    i18n::{format, ta},
    ui::{
        Markup,
        buttons::{Kind as Button, link_button, post_button, print_button},
        feedback::{empty, note},
        head::PageHead,
        html,
        lamp::{Tone, lamp, lamp_alone},
    },
    unit::Unit,
    web::Ctx,
};
use hejian_scoring::pack::Indicator;

use super::here::Here;
use crate::campaign::score::{scores, units::how};

use cells::GridCell;
pub(super) use cells::{Grid, State};
pub(super) use reminders::{remind, reminder, reported};

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
