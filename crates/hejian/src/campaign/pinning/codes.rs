//! The table of a dry run: each old code, what becomes of it, and its points before and after on the same facts.

use hejian_kernel::{
    i18n::{Lang, format, t, ta},
    ui::{
        Markup, html,
        lamp::{Tone, tag},
        table::{Cell, Column, Phone, Row, Table},
    },
};
use hejian_scoring::{
    Exact, Scores,
    pack::migrate::{CodePlan, Fate},
};

use super::trial::Trial;
use crate::campaign::standard::{
    Leads,
    packs::place,
    words::{number, points},
};

/// Points with what they are of; 未评 where nothing is known.
fn got<'a>(lang: Lang, scores: &Scores, codes: impl Iterator<Item = &'a String>) -> (Option<Exact>, Markup) {
    let all: Vec<_> = codes.filter_map(|code| scores.indicator(code)).collect();
    if all.is_empty() {
        return (None, html! { (format::DASH) });
    }
    let most: Exact = all.iter().map(|score| &score.max_points).sum();
    let known: Option<Vec<&Exact>> = all.iter().map(|score| score.outcome.points()).collect();
    match known {
        None => {
            (None, html! { span.dim { (t(lang, "not-assessed")) } " " small.dim { "/ " (number(&most.to_string())) } })
        }
        Some(known) => {
            let sum: Exact = known.into_iter().sum();
            let text = points(&sum);
            (Some(sum), html! { (text) " " small.dim { "/ " (number(&most.to_string())) } })
        }
    }
}

fn change(before: Option<&Exact>, after: Option<&Exact>) -> Cell {
    match (before, after) {
        (Some(before), Some(after)) => {
            let gain = after - before;
            if gain.is_zero() {
                return "0".into();
            }
            let sign = if gain.is_negative() { "" } else { "+" };
            Cell::from(format!("{sign}{}", points(&gain))).class(if gain.is_negative() { "down" } else { "" })
        }
        _ => format::DASH.into(),
    }
}

/// A fate with its colour.
pub(super) fn fate(lang: Lang, fate: Fate) -> Markup {
    let tone = match fate {
        Fate::Same => Tone::Line,
        Fate::Changed => Tone::Yellow,
        Fate::Split | Fate::Merged => Tone::Blue,
        Fate::Dropped => Tone::Red,
    };
    tag(tone, &t(lang, &format!("pinning-fate-{}", fate.word())))
}

/// The table; `all` shows unchanged codes with unchanged points too.
pub(super) fn table(lang: Lang, trial: &Trial, leads: &Leads, all: bool) -> Markup {
    let columns = vec![
        Column::text(t(lang, "standard-code")).tight().class("b").phone(Phone::Inline),
        Column::text(t(lang, "standard-name")),
        Column::text(t(lang, "pinning-fate")).phone(Phone::Inline).class("nowrap"),
        Column::text(t(lang, "pinning-into")).phone(Phone::Named),
        Column::num(t(lang, "pinning-before")),
        Column::num(t(lang, "pinning-after")),
        Column::num(t(lang, "pinning-change")),
        Column::text(t(lang, "pinning-duties")).phone(Phone::Hidden),
        Column::text(t(lang, "pinning-evidence")).phone(Phone::Hidden),
    ];
    let mut table = Table::new(lang, t(lang, "pinning-codes"), columns);
    for code in &trial.plan.codes {
        let (old, before) = got(lang, &trial.before.scores, std::iter::once(&code.change.code));
        let (new, after) = got(lang, &trial.after, code.change.into.iter());
        let quiet = code.change.fate == Fate::Same && old == new;
        if quiet && !all {
            continue;
        }
        table = table.row(Row::new(vec![
            code.change.code.clone().into(),
            name(lang, trial, code),
            fate(lang, code.change.fate).into(),
            code.change.into.join("、").into(),
            before.into(),
            after.into(),
            change(old.as_ref(), new.as_ref()),
            html! { (t(lang, &format!("pinning-duties-{}", code.change.duties.word()))) span.sub { (lead(lang, trial, leads, code)) } }.into(),
            t(lang, &format!("pinning-evidence-{}", code.change.evidence.word())).into(),
        ]));
    }
    for code in &trial.plan.added {
        let (_, after) = got(lang, &trial.after, std::iter::once(code));
        let name = trial.new.pack.indicator(code).map(|i| trial.new.name(lang, i)).unwrap_or_default();
        table = table.row(Row::new(vec![
            format::DASH.into(),
            html! { a href=(trial.chosen.link(&format!("{}?q={code}", place(trial.version.id)))) { (name) } }.into(),
            tag(Tone::Green, &t(lang, "pinning-fate-added")).into(),
            code.clone().into(),
            format::DASH.into(),
            after.into(),
            format::DASH.into(),
            trial.new.pack.indicator(code).map_or("", |i| leads.name(&i.lead)).into(),
            "".into(),
        ]));
    }
    let total = |scores: &Scores| html! { (points(&scores.points)) " " small.dim { "/ " (number(&scores.assessed_points.to_string())) } };
    let foot = vec![
        Cell::from(t(lang, "pinning-total")).span(4),
        total(&trial.before.scores).into(),
        total(&trial.after).into(),
        change(Some(&trial.before.scores.points), Some(&trial.after.points)),
        Cell::from("").span(2),
    ];
    html! { (table.foot(foot)) }
}

fn name(lang: Lang, trial: &Trial, code: &CodePlan) -> Cell {
    let name = trial.old.pack.indicator(&code.change.code).map(|i| trial.old.name(lang, i));
    html! {
        a href=(trial.chosen.link(&format!("/score/{}", code.change.code))) { (name.unwrap_or_else(|| code.name_zh.clone())) }
        @if let Some(why) = code.change.why.as_ref().filter(|_| trial.recorded) { span.sub { (why) } }
    }
    .into()
}

/// The lead, or the change of it.
fn lead(lang: Lang, trial: &Trial, leads: &Leads, code: &CodePlan) -> String {
    let old = trial.old.pack.indicator(&code.change.code).map(|i| leads.name(&i.lead).to_owned()).unwrap_or_default();
    let mut new: Vec<&str> = code
        .change
        .into
        .iter()
        .filter_map(|code| trial.new.pack.indicator(code))
        .map(|i| leads.name(&i.lead))
        .collect();
    new.dedup();
    let new = new.join("、");
    if new == old || new.is_empty() {
        old
    } else {
        ta(lang, "pinning-lead-change", &[("old", old.into()), ("new", new.into())])
    }
}
