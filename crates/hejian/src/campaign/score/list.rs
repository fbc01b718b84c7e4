//! The list of indicators under the overview: filters, order, one row each, the totals of the filter.

use hejian_kernel::{
    i18n::{Lang, format, t, ta},
    ui::{
        Markup,
        controls::Choice,
        filter::FilterBar,
        html,
        lamp::{Tone, lamp, tag},
        query::Query,
        table::{Cell, Column, Phone, Row, Table},
    },
};
use hejian_scoring::{Exact, evaluate::IndicatorScore, pack::Indicator};

use super::{
    asked::Asked,
    gaps,
    page::Line,
    words::{State, lost},
};
use crate::campaign::standard::{
    Leads, Standard,
    page::{lead_choices, who_choices},
    rules,
    words::{expression, number, points, quantity_with_unit},
};

/// The filters, kept in the address.
pub(super) fn bar(standard: &Standard, leads: &Leads, lang: Lang, query: &Query) -> Markup {
    let areas: Vec<Choice> = standard
        .pack
        .areas
        .iter()
        .map(|area| Choice::new(area.code.clone(), format!("{} {}", area.code, standard.area(lang, area))))
        .collect();
    let states = State::ALL.map(|state| Choice::new(state.key(), state.word(lang)));
    html! {
        (FilterBar::new(lang, query)
            .select("area", &t(lang, "standard-area"), &areas)
            .select("state", &t(lang, "score-state"), &states)
            .select("lead", &t(lang, "standard-lead"), &lead_choices(standard, leads))
            .select("who", &t(lang, "standard-who"), &who_choices(lang)))
    }
}

pub(super) fn passes(query: &Query, (indicator, score): &Line<'_>) -> bool {
    let is = |name: &str, value: &str| query.get(name).is_none_or(|wanted| wanted.is_empty() || wanted == value);
    is("area", &indicator.area)
        && is("state", State::of(score).key())
        && is("lead", &indicator.lead)
        && is("who", indicator.attainable_by.map_or("", |who| who.word()))
}

/// Sorts by code, points, most points, points lost or lead; not assessed stands last by points, and in the gaps before nothing lost.
pub(super) fn sort(lines: &mut [Line<'_>], by: &str) {
    let (key, down) = by.strip_prefix('-').map_or((by, false), |key| (key, true));
    let weight = |(_, score): &Line<'_>| match key {
        "points" => score.outcome.points().cloned(),
        "lost" => lost(score),
        "max" => Some(score.max_points.clone()),
        _ => None,
    };
    lines.sort_by(|a, b| {
        let order = match key {
            "points" | "lost" | "max" => match (weight(a), weight(b)) {
                (Some(a), Some(b)) if down => b.cmp(&a),
                (Some(a), Some(b)) => a.cmp(&b),
                (a, b) => b.is_some().cmp(&a.is_some()),
            },
            _ if down => b.0.code.cmp(&a.0.code),
            _ => std::cmp::Ordering::Equal,
        };
        order.then_with(|| a.0.code.cmp(&b.0.code))
    });
}

/// The lines of a page; the sums are those of all lines shown.
pub(super) fn table(
    standard: &Standard,
    leads: &Leads,
    lang: Lang,
    query: &Query,
    asked: &Asked,
    shown: &[Line<'_>],
    on_page: &[Line<'_>],
) -> Markup {
    let columns = vec![
        Column::text(t(lang, "standard-code")).tight().class("b").sort(query, "code").phone(Phone::Inline),
        Column::text(t(lang, "standard-name")),
        Column::num(t(lang, "score-value")),
        Column::num(t(lang, "score-target")),
        Column::num(t(lang, "score-points")).sort(query, "points").class("b"),
        Column::num(t(lang, "score-most")).sort(query, "max"),
        Column::num(t(lang, "score-lost")).sort(query, "lost"),
        Column::text(t(lang, "score-state")).class("nowrap").phone(Phone::Inline),
        Column::text(t(lang, "standard-lead")).phone(Phone::Inline),
        Column::text(t(lang, "standard-who")).class("nowrap").phone(Phone::Inline),
    ];
    let rows = on_page.iter().map(|line| row(standard, leads, lang, asked, line));
    let sum = |part: fn(&IndicatorScore) -> Option<Exact>| -> Exact {
        shown.iter().filter_map(|(_, score)| part(score)).collect::<Vec<_>>().iter().sum()
    };
    let table = Table::new(lang, t(lang, "score-caption"), columns).rows(rows).foot(vec![
        Cell::from(ta(lang, "score-sum", &[("n", shown.len().into())])).span(4),
        points(&sum(|score| score.outcome.points().cloned())).into(),
        number(&sum(|score| Some(score.max_points.clone())).to_string()).into(),
        points(&sum(lost)).into(),
        Cell::from(ta(
            lang,
            "score-sum-open",
            &[("points", points(&sum(|score| lost(score).is_none().then(|| score.max_points.clone()))).into())],
        ))
        .span(3),
    ]);
    html! { (table) }
}

/// 本指标值 − 全市增速: how the scored value is made, where it is not simply the value.
pub(super) fn scored_as(standard: &Standard, lang: Lang, indicator: &Indicator) -> Option<String> {
    indicator.rule.of.as_ref().map(|of| expression(standard, lang, &of.to_string()))
}

fn row(standard: &Standard, leads: &Leads, lang: Lang, asked: &Asked, (indicator, score): &Line<'_>) -> Row {
    let (state, open) = (State::of(score), t(lang, "not-assessed"));
    let href = asked.link(&format!("/score/{}", indicator.code));
    let formula = gaps::formula(score);
    let value = match (&score.value, rules::is_condition(indicator)) {
        // What is compared with the target is the scored value, e.g. the distance to the city's average.
        _ if formula.is_some() => html! {
            @match formula.and_then(|node| node.value.as_ref()) {
                Some(value) => (quantity_with_unit(lang, value)),
                None => span.dim { (open) },
            }
            @if let Some(says) = scored_as(standard, lang, indicator) { span.sub { (says) } }
        },
        (None, _) => html! { span.dim { (open) } },
        (Some(_), true) => {
            html! { (t(lang, if state == State::Met { "score-yes" } else { "score-no" })) }
        }
        (Some(value), false) => html! {
            (quantity_with_unit(lang, value))
            @if let Some(coverage) = score.coverage.filter(|c| c.met.is_some()) { span.sub { (coverage.met.unwrap_or(0)) " / " (coverage.units) } }
        },
    };
    let lost = lost(score);
    Row::new(vec![
        indicator.code.clone().into(),
        html! {
            a.title href=(href) { (standard.name(lang, indicator)) }
            @if indicator.veto.is_some() { " " (tag(Tone::Red, &t(lang, "standard-veto"))) }
            @if let Some(reason) = score.outcome.reasons().first() {
                span.sub { (ta(lang, &format!("score-reason-{}", reason.kind.word()), &[
                    ("what", reason.measure.as_deref().map(|id| standard.measure(lang, id)).unwrap_or_default().into()),
                    ("level", reason.level.map(|level| t(lang, &format!("standard-level-{}", level.word()))).unwrap_or_default().into()),
                ])) }
            }
        }
        .into(),
        value.into(),
        html! { span.nowrap { (rules::target(lang, indicator)) } }.into(),
        match score.outcome.points() {
            Some(got) => points(got).into(),
            None => html! { span.dim { (open) } }.into(),
        },
        number(&score.max_points.to_string()).into(),
        match &lost {
            Some(lost) if !lost.is_zero() => Cell::from(points(lost)).class("down"),
            Some(_) => Cell::from("0"),
            None => html! { span.dim { (format::DASH) } }.into(),
        },
        lamp(state.lamp(), &state.word(lang)).into(),
        leads.name(&indicator.lead).into(),
        indicator
            .attainable_by
            .map(|who| t(lang, &format!("standard-attainable-{}", who.word())))
            .unwrap_or_default()
            .into(),
    ])
}
