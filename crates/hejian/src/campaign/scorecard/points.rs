//! What a unit's indicators got and lost: those a department leads, those a subdistrict was scored by.

use hejian_kernel::{
    i18n::{format, ta},
    ui::{
        Markup,
        feedback::empty,
        head::panel_foot,
        html,
        lamp::lamp,
        table::{Cell, Column, Phone, Row, Table},
    },
};
use hejian_scoring::{Exact, evaluate::UnitIndicator, pack::Indicator};

use super::{
    card::{Card, Ground, Led},
    list::share,
};
use crate::campaign::{
    score::{
        gaps::formula,
        trend::Point,
        words::{State, lost},
    },
    standard::{
        rules,
        words::{number, points, quantity_with_unit},
    },
};

/// The points at the end of a month over the indicators that the department leads now; none where none of them was assessed.
pub(super) fn led_at(card: &Card<'_>, point: &Point) -> Option<Exact> {
    let got: Vec<&Exact> =
        card.led.iter().filter_map(|(indicator, _)| point.indicator(&indicator.code).flatten()).collect();
    (!got.is_empty()).then(|| got.into_iter().sum())
}

/// The panel.
pub(super) fn panel(ground: &Ground, card: &Card<'_>) -> Markup {
    if card.unit.kind == "department" { led(ground, card) } else { short(ground, card) }
}

/// 牵头指标, what lost most on top.
fn led(ground: &Ground, card: &Card<'_>) -> Markup {
    let lang = ground.here.lang;
    let mut all: Vec<&Led<'_>> = card.led.iter().collect();
    all.sort_by_key(|led| std::cmp::Reverse(lost(led.1)));
    let columns = vec![
        Column::text(ground.t("duty-lamp")).tight().phone(Phone::Inline),
        Column::text(ground.t("duty-indicator")),
        Column::num(ground.t("score-value")),
        Column::num(ground.t("score-points")),
        Column::num(ground.t("score-lost")),
        Column::num(ground.t("scorecard-reported")),
        Column::text(ground.t("duty-due")).class("nowrap").phone(Phone::Named),
    ];
    let row = |(indicator, score): &&Led<'_>| {
        let state = State::of(score);
        let value = formula(score).map_or(score.value.as_ref(), |node| node.value.as_ref());
        let (known, of) = cells(ground, &indicator.code);
        let duty = ground.here.board.lead(&indicator.code);
        Row::new(vec![
            lamp(state.lamp(), &state.word(lang)).into(),
            html! { a.title href=(ground.asked.link(&format!("/score/{}", indicator.code))) { (indicator.code) " " (ground.scored.standard.name(lang, indicator)) } }.into(),
            html! {
                @match value { Some(value) => (quantity_with_unit(lang, value)), None => span.dim { (ground.t("not-assessed")) } }
                span.sub { (ta(lang, "score-target-of", &[("target", rules::target(lang, indicator).into())])) }
            }
            .into(),
            html! { (score.outcome.points().map_or_else(|| format::DASH.to_owned(), points)) span.dim { " / " (number(&score.max_points.to_string())) } }.into(),
            minus(lost(score)),
            share(ground, known, of).into(),
            html! { @if let Some(duty) = duty { a href=(ground.here.link(&format!("/duty/lines/{}", duty.line))) { (ground.here.due(&duty.content)) } } }.into(),
        ])
    };
    let (got, assessed, whole) = card.points();
    let says = ta(
        lang,
        "scorecard-led-sum",
        &[
            ("n", card.led.len().into()),
            ("got", points(&got).into()),
            ("assessed", number(&assessed.to_string()).into()),
            ("total", number(&whole.to_string()).into()),
        ],
    );
    let body = html! {
        @if all.is_empty() { (empty("task", &ground.t("scorecard-leads-none"), html! {})) }
        @else { (Table::new(lang, ground.t("scorecard-led-panel"), columns).rows(all.iter().map(row))) }
    };
    html! { div id="led" { (panel_foot(&ground.t("scorecard-led-panel"), html! {}, body, html! { (says) })) } }
}

/// −1.20 in red, 0 quiet, a dash where nothing was assessed.
fn minus(lost: Option<Exact>) -> Cell {
    match lost {
        Some(lost) if !lost.is_zero() => Cell::from(points(&-lost)).class("down"),
        Some(_) => Cell::from("0").class("dim"),
        None => Cell::from(format::DASH).class("dim"),
    }
}

/// In how many communities an indicator is known, of those that have a value of it.
fn cells(ground: &Ground, code: &str) -> (usize, usize) {
    let communities = ground.scored.scores.breakdown.iter().filter(|unit| unit.level == "community");
    let own = communities.filter_map(|unit| unit.indicators.iter().find(|own| own.code == code));
    own.fold((0, 0), |(known, all), own| (known + usize::from(own.outcome.points().is_some()), all + 1))
}

/// The indicators on which a subdistrict lost points.
fn short(ground: &Ground, card: &Card<'_>) -> Markup {
    let lang = ground.here.lang;
    let pack = &ground.scored.standard.pack;
    let mut all: Vec<(&Indicator, &UnitIndicator, Exact)> = Vec::new();
    for own in card.score.iter().flat_map(|score| &score.indicators).filter(|own| own.counts) {
        let (Some(indicator), Some(got)) = (pack.indicator(&own.code), own.outcome.points()) else { continue };
        let lost = &own.max_points - got;
        if !lost.is_zero() {
            all.push((indicator, own, lost));
        }
    }
    all.sort_by(|a, b| b.2.cmp(&a.2));
    let columns = vec![
        Column::text(ground.t("duty-indicator")),
        Column::num(ground.t("score-value")),
        Column::num(ground.t("score-points")),
        Column::num(ground.t("score-lost")),
    ];
    let page = ground.asked.link(&format!("/score/units/{}", card.unit.key));
    let row = |(indicator, own, lost): &(&Indicator, &UnitIndicator, Exact)| {
        Row::new(vec![
            html! { a.title href=(format!("{page}#i-{}", indicator.code)) { (indicator.code) " " (ground.scored.standard.name(lang, indicator)) } }.into(),
            own.value.as_ref().map_or_else(|| format::DASH.to_owned(), |value| quantity_with_unit(lang, value)).into(),
            html! { (own.outcome.points().map_or_else(|| format::DASH.to_owned(), points)) span.dim { " / " (number(&own.max_points.to_string())) } }.into(),
            minus(Some(lost.clone())),
        ])
    };
    let body = html! {
        @if card.score.is_none_or(|score| score.score.is_none()) { (empty("task", &ground.t("score-units-open-why"), html! {})) }
        @else if all.is_empty() { (empty("check", &ground.t("score-no-gap"), html! {})) }
        @else { (Table::new(lang, ground.t("scorecard-short-panel"), columns).rows(all.iter().map(row))) }
    };
    let all = html! { a href=(page) { (ground.t("scorecard-score-page")) } };
    html! { div id="led" { (panel_foot(&ground.t("scorecard-short-panel"), all, body, html! { (ground.t("scorecard-short-how")) })) } }
}
