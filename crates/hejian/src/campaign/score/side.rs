//! The panels beside an explanation: duty, what more would bring, the definition.

use hejian_kernel::{
    i18n::{Lang, t, ta},
    ui::{
        Markup,
        detail::definitions,
        head::{panel_foot, panel_pad},
        html,
    },
};
use hejian_scoring::{
    Exact,
    evaluate::IndicatorScore,
    improve::{Step, improvement},
    pack::Indicator,
};

use super::{gaps, words::period};
use crate::campaign::standard::{
    Leads, Standard, examine,
    page::{asks, provenance},
    rules,
    words::{figure, mark, points},
};

/// 责任: who leads and who supports.
pub(super) fn duty(lang: Lang, leads: &Leads, indicator: &Indicator) -> Markup {
    let supporters: Vec<&str> = indicator.co.iter().map(|code| leads.name(code)).collect();
    let none = t(lang, "word-none");
    let who = indicator.attainable_by.map(|who| t(lang, &format!("standard-attainable-{}", who.word())));
    let rows = [
        (t(lang, "standard-lead"), html! { b { (leads.name(&indicator.lead)) } }),
        (
            t(lang, "score-supporters"),
            html! { @if supporters.is_empty() { (none) } @else { (supporters.join(&t(lang, "score-list-comma"))) } },
        ),
        (t(lang, "standard-who"), html! { (who.unwrap_or_default()) }),
        (
            t(lang, "score-cadence"),
            html! { @if let Some(cadence) = indicator.cadence { (t(lang, &format!("score-grain-{}", cadence.word()))) } },
        ),
    ];
    let rows: Vec<(&str, Markup)> = rows.iter().map(|(term, value)| (term.as_str(), value.clone())).collect();
    panel_pad(&t(lang, "score-duty"), html! {}, definitions(&rows))
}

/// What more units would bring, and the easiest of them.
pub(super) fn improve(
    standard: &Standard,
    lang: Lang,
    indicator: &Indicator,
    score: &IndicatorScore,
    name_of: impl Fn(&str) -> String,
) -> Option<Markup> {
    let way = improvement(indicator, score)?;
    let now = score.outcome.points()?;
    let level = t(lang, &format!("standard-level-{}", indicator.level.word()));
    let says = |step: &Step| {
        let gain = &step.points - now;
        let share = share_with(score, step.units).map(|share| figure(lang, &share.to_string(), "%"));
        ta(
            lang,
            "score-more-units",
            &[
                ("n", step.units.into()),
                ("level", level.clone().into()),
                ("points", points(&step.points).into()),
                ("gain", points(&gain).into()),
                ("share", share.unwrap_or_default().into()),
            ],
        )
    };
    let short = gaps::short(standard, lang, indicator, score);
    let nearest: Vec<&gaps::Short<'_>> = short.iter().filter(|short| short.gap.is_some()).take(3).collect();
    let unit = indicator.unit_condition.as_ref().and_then(|condition| super::parts::main_name(&condition.expr));
    let unit = unit.and_then(|name| indicator.unit_condition.as_ref()?.names.get(name));
    let unit = unit.and_then(|id| standard.pack.measure(id)).map_or("", |measure| measure.unit.as_str());
    let body = html! {
        @match (&way.next, &way.best) {
            (None, _) => p.sm { (t(lang, "score-nothing-more")) },
            (Some(next), best) => {
                p.sm { (says(next)) }
                @if let Some(best) = best.as_ref().filter(|best| best.units != next.units) { p.sm { (says(best)) } }
            }
        }
        @if way.next.is_some() && !nearest.is_empty() {
            p.sm.dim { (t(lang, "score-nearest")) }
            ul.mini.flush {
                @for short in nearest {
                    li {
                        span.grow { (name_of(short.unit)) }
                        @if let Some(gap) = &short.gap { b.down { (figure(lang, &gap.to_string(), unit)) } }
                    }
                }
            }
        }
    };
    Some(panel_pad(&t(lang, "score-improve"), html! {}, body))
}

fn share_with(score: &IndicatorScore, more: usize) -> Option<Exact> {
    let coverage = score.coverage?;
    let share = Exact::from(coverage.met? + more).divide(&Exact::from(coverage.units))?;
    Some(&share * &Exact::from(100_i64))
}

/// 定义: what is asked, how it is examined, and how sure each part is.
pub(super) fn definition(standard: &Standard, lang: Lang, indicator: &Indicator) -> Markup {
    let level = t(lang, &format!("standard-level-{}", indicator.level.word()));
    let marked = |given: &Option<String>| given.as_deref().map(|given| mark(lang, given)).unwrap_or_default();
    let registers: Vec<String> = indicator.register.iter().map(|key| standard.register(lang, key)).collect();
    let comma = t(lang, "score-list-comma");
    let why = standard.words(lang, "why", &indicator.code, indicator.rule_reason.as_deref().unwrap_or_default());
    let mut rows: Vec<(String, Markup)> = vec![
        (t(lang, "score-asks"), html! { (asks(standard, lang, indicator)) }),
        (t(lang, "standard-rule"), html! { (rules::in_words(standard, lang, indicator)) }),
    ];
    if let Some(condition) = rules::condition(standard, lang, indicator) {
        rows.push((ta(lang, "score-each", &[("level", level.clone().into())]), html! { (condition) }));
    }
    if !why.is_empty() {
        rows.push((t(lang, "score-why"), html! { (why) }));
    }
    if let Some(veto) = &indicator.veto {
        rows.push((t(lang, "standard-veto"), html! { (examine::veto(lang, veto)) }));
    }
    let measure = &indicator.measure;
    let window = ta(
        lang,
        &format!("score-window-{}", measure.window.word()),
        &[
            ("grain", t(lang, &format!("score-grain-{}", measure.period.word())).into()),
            ("n", measure.stale_after.into()),
        ],
    );
    rows.extend([
        (t(lang, "standard-level"), html! { (level) }),
        (t(lang, "score-window"), html! { (window) }),
        (t(lang, "standard-registers"), html! { (registers.join(&comma)) }),
        (t(lang, "score-evidence"), html! { (examine::papers(lang, indicator)) }),
        (t(lang, "score-methods"), html! { (examine::methods(lang, indicator)) }),
        (t(lang, "score-checklist"), checklist(indicator)),
        (t(lang, "standard-threshold"), html! { (marked(&indicator.threshold_confidence)) }),
        (t(lang, "standard-rule-mark"), html! { (marked(&indicator.rule_confidence)) }),
        (t(lang, "score-whole-mark"), html! { (marked(&indicator.confidence)) }),
    ]);
    // An indicator need not say all of it; an empty row says nothing.
    rows.retain(|(_, value)| !value.0.is_empty());
    let rows: Vec<(&str, Markup)> = rows.iter().map(|(term, value)| (term.as_str(), value.clone())).collect();
    html! {
        div id="definition" {
            (panel_foot(
                &t(lang, "score-definition"),
                html! {},
                html! { div.pad { (provenance(standard, lang)) div.mt { (definitions(&rows)) } } },
                html! { (crate::campaign::standard::page::foot(standard, lang)) },
            ))
        }
    }
}

/// The period the main figure was read for, where it is one.
pub(super) fn read_for(lang: Lang, score: &IndicatorScore) -> Option<String> {
    gaps::main_figure(score)?.period.map(|p| period(lang, p))
}

/// What an inspection looks at, line by line.
fn checklist(indicator: &Indicator) -> Markup {
    html! {
        @for check in &indicator.checklist {
            div { (check.asks) @if let Some(how) = &check.how { span.sub { (how) } } }
        }
    }
}
