//! Why an indicator is not assessed, and who must do what so that it can be.

use hejian_kernel::{
    i18n::{Lang, t, ta},
    register::{FieldKind, RegisterDef},
    ui::{Markup, html},
    web::App,
};
use hejian_scoring::{
    explain::{Reason, ReasonKind},
    pack::Measure,
};

use super::{service::Scored, words::period};
use crate::campaign::standard::{BUILT, Standard};

/// How many units are named before the rest is counted.
const NAMED: usize = 6;

/// The register a measure comes from, if the product has it. A module may keep a register of another name (the organisation keeps
/// the approvals).
pub(super) fn register(app: &App, measure: &Measure) -> Option<&'static RegisterDef> {
    let of_module = || app.modules.iter().find(|module| module.key == measure.register)?.registers.first().copied();
    app.register(&measure.register).or_else(of_module)
}

/// Whether anything in the product can tell this measure today.
fn is_told(standard: &Standard, scored: &Scored, measure: &Measure) -> bool {
    let built = |code: &String| {
        let part = standard.pack.indicator(code).and_then(|indicator| indicator.available_in.as_deref());
        part.is_some_and(|part| BUILT.contains(&part))
    };
    scored.told.contains(&measure.id) || measure.used_by.iter().any(built)
}

/// Whether the register's records name their measure and this is one of them.
fn is_entered(def: &RegisterDef, measure: &Measure) -> bool {
    let name = measure.id.rsplit_once('.').map_or("", |(_, name)| name);
    matches!(def.field(def.title), Some((_, field)) if matches!(field.kind, FieldKind::Choice(codes) if codes.contains(&name)))
}

/// One reason: what is missing, where, and the remedy.
pub(super) fn reason(app: &App, standard: &Standard, scored: &Scored, lang: Lang, reason: &Reason) -> Markup {
    let measure = reason.measure.as_deref().and_then(|id| standard.pack.measure(id));
    let what = reason.measure.as_deref().map(|id| standard.measure(lang, id)).unwrap_or_default();
    let key = format!("score-reason-{}", reason.kind.word());
    let level = reason.level.map(|level| t(lang, &format!("standard-level-{}", level.word()))).unwrap_or_default();
    let says = ta(lang, &key, &[("what", what.into()), ("level", level.into())]);
    let comma = t(lang, "score-list-comma");
    let periods: Vec<String> = reason.periods.iter().map(|p| period(lang, *p)).collect();
    html! {
        b { (says) }
        @if !periods.is_empty() { " " span.dim { (periods.join(&comma)) } }
        @if !reason.units.is_empty() { div.sm { (places(scored, lang, &reason.units)) } }
        @if let Some(measure) = measure { div.sm { (remedy(app, standard, scored, lang, reason.kind, measure)) } }
    }
}

/// 建设东路社区、军民村社区等 12 个单位
fn places(scored: &Scored, lang: Lang, units: &[String]) -> String {
    let name = |id: &String| scored.places.get(id).map_or_else(|| id.clone(), |place| place.name.clone());
    let names: Vec<String> = units.iter().take(NAMED).map(name).collect();
    let names = names.join(&t(lang, "score-list-comma"));
    if units.len() <= NAMED {
        return names;
    }
    ta(lang, "score-units-and-more", &[("names", names.into()), ("n", units.len().into())])
}

fn remedy(app: &App, standard: &Standard, scored: &Scored, lang: Lang, kind: ReasonKind, measure: &Measure) -> Markup {
    let name = standard.register(lang, &measure.register);
    let known = |def: &&'static RegisterDef| is_told(standard, scored, measure) || is_entered(def, measure);
    let Some(def) = register(app, measure).filter(known) else {
        return html! { span.dim { (ta(lang, "score-remedy-not-built", &[("register", name.into())])) } };
    };
    let label = t(lang, &format!("register-{}", def.key.replace('_', "-")));
    let (key, rest) = match (kind, def.coverage) {
        (ReasonKind::MissingFact | ReasonKind::Stale, Some(_)) => ("score-remedy-coverage", "/coverage"),
        (ReasonKind::MissingFact | ReasonKind::Stale, None) => ("score-remedy-record", "/new"),
        (ReasonKind::NotYetClosed, _) => ("score-remedy-wait", ""),
        _ => ("score-remedy-correct", ""),
    };
    html! { (t(lang, key)) " " a href={ "/registers/" (def.key) (rest) } { (label) } }
}
