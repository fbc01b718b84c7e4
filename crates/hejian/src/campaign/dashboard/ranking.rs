//! 街道和社区排名: in order only where the same indicators are assessed, and said so.

use hejian_kernel::{
    i18n::{Lang, format, t, ta},
    ui::{
        Markup,
        bars::strip,
        html,
        lamp::{Tone, tag},
        table::{Cell, Column, Phone, Row, Table},
    },
};
use hejian_scoring::{evaluate::UnitScore, pack::Level};

use crate::campaign::{
    score::{
        Asked, Scored,
        units::sets::{self, Member, Set},
        words::float,
    },
    standard::words::{number, points},
};

/// Communities shown at either end.
const ENDS: usize = 4;
/// The scale of the dots.
const SCALE: (f64, f64) = (50.0, 100.0);

/// The panel.
pub(super) fn panel(lang: Lang, asked: &Asked, scored: &Scored) -> Markup {
    let subdistricts = sets::of(scored, Level::Subdistrict);
    let communities = sets::of(scored, Level::Community);
    let first = communities.iter().find(|set| !set.codes.is_empty());
    let others: usize =
        communities.iter().map(|set| set.members.len()).sum::<usize>() - first.map_or(0, |set| set.members.len());
    html! {
        section.hj-panel.s5 {
            header { h2 { (t(lang, "dashboard-ranking")) } span.acts { a href=(asked.link("/score/units")) { (t(lang, "dashboard-all-communities")) } } }
            (of_subdistricts(lang, asked, scored, &subdistricts))
            @match first {
                None => p.pad.dim { (t(lang, "dashboard-no-ranking")) },
                Some(set) => (of_communities(lang, asked, scored, set)),
            }
            footer {
                (ta(lang, "dashboard-ranked-by", &[("n", first.map_or(0, |set| set.codes.len()).into()), ("of", sets::counting(scored).into())]))
                @if others > 0 { " " (ta(lang, "dashboard-not-ranked", &[("n", others.into())])) }
            }
        }
    }
}

fn link(lang: Lang, asked: &Asked, scored: &Scored, unit: &UnitScore) -> Markup {
    let place = scored.places.get(&unit.unit);
    html! {
        a href=(asked.link(&format!("/score/units/{}", place.map_or("", |place| place.key.as_str())))) { (place.map_or(unit.unit.as_str(), |place| place.name.as_str())) }
        @if place.is_some_and(|place| place.is_model) { " " (tag(Tone::Accent, &t(lang, "score-model"))) }
    }
}

fn score(lang: Lang, unit: &UnitScore) -> Cell {
    match &unit.score {
        Some(score) => Cell::from(points(score)).class("b"),
        None => html! { span.dim { (t(lang, "not-assessed")) } }.into(),
    }
}

/// Every subdistrict with its communities as dots; ranks stand only within one set of assessed indicators.
fn of_subdistricts(lang: Lang, asked: &Asked, scored: &Scored, sets: &[Set<'_>]) -> Markup {
    let columns = vec![
        Column::num(t(lang, "score-units-rank")).tight(),
        Column::text(t(lang, "unit-kind-subdistrict")),
        Column::num(t(lang, "score-units-score")),
        Column::text(ta(
            lang,
            "dashboard-dots",
            &[("low", SCALE.0.to_string().into()), ("high", SCALE.1.to_string().into())],
        ))
        .phone(Phone::Hidden),
        Column::num(t(lang, "dashboard-assessed")),
    ];
    let pass =
        asked.pass(&scored.standard).filter(|_| scored.scores.total_points == hejian_scoring::Exact::from(100_i64));
    let pass = pass.map(|pass| float(&pass));
    let mut table = Table::new(lang, t(lang, "dashboard-subdistricts"), columns).no_cards();
    for (n, set) in sets.iter().enumerate() {
        if n > 0 {
            table = table.group(&t(lang, "dashboard-other-set"), "");
        }
        for member in &set.members {
            let unit = member.score;
            let below: Vec<f64> = scored
                .scores
                .breakdown
                .iter()
                .filter(|other| other.parent.as_ref() == Some(&unit.unit))
                .filter_map(|other| other.score.as_ref().map(float))
                .collect();
            table = table.row(Row::new(vec![
                rank(set, member),
                link(lang, asked, scored, unit).into(),
                score(lang, unit),
                Cell::from(strip(&below, SCALE.0, SCALE.1, pass)).class("w5"),
                format!("{} / {}", number(&unit.assessed_points.to_string()), number(&unit.total_points.to_string()))
                    .into(),
            ]));
        }
    }
    html! { div.hj-scroll { (table) } }
}

fn rank(set: &Set<'_>, member: &Member<'_>) -> Cell {
    if set.codes.is_empty() { format::DASH.into() } else { Cell::from(member.rank.to_string()).class("dim") }
}

/// The first and the last of the largest set.
fn of_communities(lang: Lang, asked: &Asked, scored: &Scored, set: &Set<'_>) -> Markup {
    let columns = vec![
        Column::num(t(lang, "score-units-rank")).tight(),
        Column::text(t(lang, "dashboard-communities")),
        Column::text(t(lang, "unit-kind-subdistrict")).phone(Phone::Hidden),
        Column::num(t(lang, "score-units-score")),
    ];
    let row = |member: &Member<'_>| {
        let above = scored.places.get(&member.score.unit).and_then(|place| place.parent.as_ref());
        let above = above.and_then(|id| scored.places.get(id)).map_or("", |place| place.name.as_str());
        Row::new(vec![
            rank(set, member),
            link(lang, asked, scored, member.score).into(),
            Cell::from(above).class("dim"),
            score(lang, member.score),
        ])
    };
    let all = &set.members;
    let mut table = Table::new(lang, t(lang, "dashboard-communities"), columns).class("rk").no_cards();
    if all.len() <= 2 * ENDS {
        table = table.rows(all.iter().map(row));
    } else {
        table = table.rows(all[..ENDS].iter().map(row));
        table = table.group(&ta(lang, "dashboard-between", &[("n", (all.len() - 2 * ENDS).into())]), "");
        table = table.rows(all[all.len() - ENDS..].iter().map(row));
    }
    html! { div.hj-scroll { (table) } }
}
