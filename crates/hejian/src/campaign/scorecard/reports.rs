//! 报送: of how many communities each value is known, who declared which month complete, reminders and answers; and a
//! subdistrict's communities one by one.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use hejian_kernel::{
    i18n::{format, ta},
    ui::{
        Markup,
        detail::definitions,
        head::{panel, panel_pad},
        html,
        table::{Cell, Column, Phone, Row, Table},
    },
    unit::Unit,
};
use uuid::Uuid;

use super::{
    card::{Card, Ground},
    item::Tally,
    list::share,
};
use crate::campaign::standard::words::points;

/// How many periods of a register are shown, the latest first.
const PERIODS: usize = 3;

/// What was declared: register, unit, period, day.
pub(super) type Declared = (String, Uuid, String, NaiveDate);

/// The panel.
pub(super) fn told(ground: &Ground, card: &Card<'_>, declared: &[Declared]) -> Markup {
    let lang = ground.here.lang;
    let department = card.unit.kind == "department";
    let (known, all) = card.known;
    let open = card.led.iter().filter(|(_, score)| score.outcome.points().is_none()).count();
    let mine = |of: &&super::store::Reminded| {
        if department { of.lead == card.unit.id } else { card.whole.contains(&of.unit) }
    };
    let reminded = ground.reminders.iter().filter(mine);
    let (sent, answered) = reminded.fold((0, 0), |(n, ok), of| (n + 1, ok + usize::from(of.answered.is_some())));
    let mut items: Vec<(String, Markup)> = vec![(
        ground.t("scorecard-known"),
        html! { (known) " / " (all) @if known < all { " " span.down { (ta(lang, "scorecard-missing", &[("n", (all - known).into())])) } } },
    )];
    if department {
        items.push((ground.t("scorecard-not-assessed"), html! { (open) " / " (card.led.len()) }));
    } else {
        items.extend(months(ground, card, declared));
    }
    let label = if department { "scorecard-reminders-sent" } else { "scorecard-reminders-got" };
    items.push((
        ground.t(label),
        html! { (sent) @if sent > 0 { " " span.dim { (ta(lang, "scorecard-answered", &[("n", answered.into())])) } } },
    ));
    let shown: Vec<(&str, Markup)> = items.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    let grid = html! {
        @if department && !card.led.is_empty() { a href=(ground.here.link(&format!("/duty/grid/{}", card.unit.key))) { (ground.t("duty-grid")) } }
        @if !department { a href=(ground.asked.link("/score/units")) { (ground.t("score-units")) } }
    };
    html! { div id="reports" { (panel_pad(&ground.t("scorecard-reports"), grid, definitions(&shown))) } }
}

/// 社区用房 2009-05: 7 / 7, the last of them on 06-10.
fn months(ground: &Ground, card: &Card<'_>, declared: &[Declared]) -> Vec<(String, Markup)> {
    let communities = card.whole.len() - 1;
    let mut by: BTreeMap<&str, BTreeMap<&str, (usize, NaiveDate)>> = BTreeMap::new();
    for (register, unit, period, day) in declared {
        if *unit != card.unit.id && card.whole.contains(unit) {
            let of = by.entry(register).or_default().entry(period).or_insert((0, *day));
            *of = (of.0 + 1, of.1.max(*day));
        }
    }
    let mut found = Vec::new();
    for (register, periods) in &by {
        for (period, (n, last)) in periods.iter().rev().take(PERIODS) {
            let name = ground.t(&format!("register-{}", register.replace('_', "-")));
            let says = html! {
                span.down[*n < communities] { (n) " / " (communities) } " "
                span.dim { (ta(ground.here.lang, "scorecard-declared-by", &[("day", format::date_near(*last, ground.day()).into())])) }
            };
            found.push((format!("{name} {period}"), says));
        }
    }
    found
}

/// The communities of a subdistrict.
pub(super) fn communities(ground: &Ground, card: &Card<'_>) -> Markup {
    let (here, day) = (&ground.here, ground.day());
    let columns = vec![
        Column::text(ground.t("unit-kind-community")),
        Column::num(ground.t("score-units-score")).class("b"),
        Column::num(ground.t("scorecard-on-time")),
        Column::num(ground.t("scorecard-open-items")),
        Column::num(ground.t("scorecard-over")),
        Column::num(ground.t("scorecard-gaps")),
        Column::num(ground.t("scorecard-reported")),
        Column::text(ground.t("score-units-short")).phone(Phone::Hidden),
    ];
    let row = |unit: &Unit| {
        let tally = Tally::of(ground.owed_by(unit.id).iter(), &ground.calendar, day);
        let id = unit.id.to_string();
        let score = ground.scored.scores.breakdown.iter().find(|of| of.unit == id);
        let gaps = card.gaps.iter().filter(|gap| gap.unit == Some(unit.id)).count();
        let own = score.map_or(&[][..], |of| of.indicators.as_slice());
        let known = own.iter().filter(|own| own.outcome.points().is_some()).count();
        let short =
            own.iter().filter(|own| own.counts && own.outcome.points().is_some_and(|got| *got < own.max_points));
        let over = tally.over(None);
        let page = ground.asked.link(&format!("/score/units/{}", unit.key));
        Row::new(vec![
            html! { a.title href=(here.link(&format!("/duty/units/{}", unit.key))) { (unit.name) } }.into(),
            match score.and_then(|of| of.score.as_ref()) {
                Some(score) => html! { a href=(page) { (points(score)) } }.into(),
                None => html! { span.dim { (ground.t("not-assessed")) } }.into(),
            },
            share(ground, tally.on_time, tally.judged()).into(),
            tally.open(None).to_string().into(),
            Cell::from(over.to_string()).class(if over > 0 { "down b" } else { "dim" }),
            Cell::from(gaps.to_string()).class(if gaps > 0 { "down" } else { "dim" }),
            share(ground, known, own.len()).into(),
            html! { @for own in short { a href=(format!("{page}#i-{}", own.code)) { (own.code) } " " } }.into(),
        ])
    };
    let rows = here.board.communities(card.unit.id).map(row);
    let title = ground.t("scorecard-communities");
    panel(&title, html! {}, html! { (Table::new(here.lang, title.clone(), columns).rows(rows)) })
}
