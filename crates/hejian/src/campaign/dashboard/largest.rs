//! 失分最多的指标: the largest gaps with who can bring them about.

use hejian_kernel::{
    i18n::{Lang, t, ta},
    ui::{
        Markup,
        feedback::empty,
        html,
        lamp::{Tone, tag},
        table::{Cell, Column, Phone, Row, Table},
    },
};
use hejian_scoring::{Exact, evaluate::IndicatorScore, pack::Indicator};

use crate::campaign::{
    score::{Asked, Scored, gaps::formula, words::lost},
    standard::{
        Leads, rules,
        words::{points, quantity_with_unit},
    },
};

/// How many are shown.
const SHOWN: usize = 8;

/// Who can bring an indicator about, as a coloured word: beyond the district's power stands out.
pub(super) fn who(lang: Lang, indicator: &Indicator) -> Markup {
    let Some(who) = indicator.attainable_by else { return html! {} };
    let tone = if who.word() == "district" { Tone::Green } else { Tone::Yellow };
    tag(tone, &t(lang, &format!("standard-attainable-{}", who.word())))
}

/// The panel.
pub(super) fn panel(lang: Lang, asked: &Asked, scored: &Scored, leads: &Leads) -> Markup {
    let standard = &*scored.standard;
    let mut short: Vec<(&Indicator, &IndicatorScore, Exact)> = standard
        .pack
        .indicators
        .iter()
        .zip(&scored.scores.indicators)
        .filter_map(|(indicator, score)| Some((indicator, score, lost(score).filter(|lost| !lost.is_zero())?)))
        .collect();
    short.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.0.code.cmp(&b.0.code)));
    let all = short.len();
    short.truncate(SHOWN);
    let sum: Exact = short.iter().map(|(_, _, lost)| lost).sum();
    let columns = vec![
        Column::text(t(lang, "standard-code")).tight().class("b accent").phone(Phone::Inline),
        Column::text(t(lang, "dashboard-gap")),
        Column::num(t(lang, "score-value")),
        Column::num(t(lang, "score-lost")),
        Column::text(t(lang, "standard-who")).class("nowrap").phone(Phone::Inline),
        Column::text(t(lang, "standard-lead")).phone(Phone::Inline),
    ];
    let rows = short.iter().map(|(indicator, score, lost)| {
        let value = formula(score).map_or(score.value.as_ref(), |node| node.value.as_ref());
        Row::new(vec![
            indicator.code.clone().into(),
            html! { a.title href=(asked.link(&format!("/score/{}", indicator.code))) { (standard.name(lang, indicator)) } }.into(),
            html! {
                @if let Some(value) = value { (quantity_with_unit(lang, value)) }
                span.sub { (ta(lang, "score-target-of", &[("target", rules::target(lang, indicator).into())])) }
            }
            .into(),
            Cell::from(points(&-lost.clone())).class("down b"),
            who(lang, indicator).into(),
            leads.name(&indicator.lead).into(),
        ])
    });
    html! {
        section.hj-panel.s7 {
            header {
                h2 { (t(lang, "dashboard-largest")) }
                span.dim.xs { (ta(lang, "dashboard-largest-sum", &[("n", short.len().into()), ("points", points(&sum).into())])) }
                a.acts href=(asked.link("/score?view=gaps")) { (ta(lang, "dashboard-all-gaps", &[("n", all.into())])) }
            }
            @if short.is_empty() { (empty("check", &t(lang, "score-no-gap"), html! {})) }
            @else { div.hj-scroll { (Table::new(lang, t(lang, "dashboard-largest"), columns).rows(rows).class("gaps")) } }
        }
    }
}
