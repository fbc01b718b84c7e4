//! Indicators of every kind.

use std::collections::BTreeMap;

use super::figures::figure;
use super::rules::{Frame, halves, rule};
use super::{Dice, expressions};
use crate::exact::Exact;
use crate::pack::{
    Also, Attainable, Check, Evidence, Holder, Indicator, IndicatorKind, Level, Measure, Method, MethodKind, PaperForm,
    Rule, RuleForm, VALUE, Veto, VetoEffect,
};
use crate::period::Grain;

pub(super) fn indicator(dice: &mut Dice, code: String, area: String, all: &[Measure]) -> Indicator {
    let main = figure(dice, all);
    let mut names = vec![VALUE.to_owned()];
    let mut also = Vec::new();
    for _ in 0..dice.below(3) {
        let other = figure(dice, all);
        let name = format!("other_{}", names.len());
        names.push(name.clone());
        also.push(Also {
            name,
            level: other.level,
            aggregation: other.aggregation,
            same_period: other.measure.period == main.measure.period && dice.chance(40),
            measure: other.measure,
            unit_condition: other.condition,
        });
    }
    let kind = match dice.below(10) {
        0 => IndicatorKind::Bonus,
        1 => IndicatorKind::Veto,
        2 => IndicatorKind::Reference,
        _ => IndicatorKind::Basic,
    };
    let count = if kind == IndicatorKind::Veto { 0 } else { dice.between(1, 20) };
    let frame = Frame { code: &code, halves: count, direction: main.measure.direction, names: &names };
    let rule = match kind {
        IndicatorKind::Veto => Rule { of: None, form: RuleForm::Veto { when: expressions::truth(dice, &names, 2) } },
        _ => rule(dice, &frame, true, &mut 0),
    };
    let may_veto = matches!(rule.form, RuleForm::Veto { .. } | RuleForm::VetoThen { .. });
    let has_veto = kind == IndicatorKind::Veto || (may_veto && kind != IndicatorKind::Reference && dice.chance(60));
    let community_value = main.level == Level::Community && dice.chance(70);
    Indicator {
        area,
        name_zh: dice.text(),
        name_en: dice.text(),
        kind,
        points: halves(count),
        lead: format!("role_{}", dice.below(5)),
        co: dice.texts(3),
        words: dice.text(),
        level: main.level,
        community_value,
        community_value_why: dice.maybe_text(),
        community_breakdown: !community_value && main.level == Level::Community && dice.chance(50),
        community_breakdown_why: dice.maybe_text(),
        measure: main.measure,
        aggregation: main.aggregation,
        unit_condition: main.condition,
        also,
        rule_reason: dice.maybe_text(),
        source: dice.maybe_text(),
        threshold_confidence: dice.maybe_text(),
        rule_confidence: Some("synthetic".to_owned()),
        veto: has_veto.then(|| veto(dice)),
        methods: methods(dice, &rule),
        evidence: (0..dice.below(4)).map(|_| evidence(dice)).collect(),
        checklist: (0..dice.below(3)).map(|i| check(dice, &code, i)).collect(),
        register: dice.texts(2),
        available_in: dice.maybe_text(),
        attainable_by: dice
            .chance(60)
            .then(|| *dice.pick(&[Attainable::District, Attainable::City, Attainable::Province])),
        cadence: dice.chance(60).then(|| *dice.pick(&[Grain::Year, Grain::Quarter, Grain::Month])),
        confidence: dice.maybe_text(),
        was: BTreeMap::from_iter((0..dice.below(3)).map(|i| (format!("key {i}"), dice.text()))),
        rule,
        code,
    }
}

fn veto(dice: &mut Dice) -> Veto {
    let effect = *dice.pick(&[VetoEffect::Zero, VetoEffect::Block, VetoEffect::Cap]);
    let cap = (effect == VetoEffect::Cap).then(|| dice.decimal(50));
    Veto { effect, cap, words: dice.maybe_text() }
}

/// The weighted ways of the rule, or any without weights.
fn methods(dice: &mut Dice, rule: &Rule) -> Vec<Method> {
    match &rule.form {
        RuleForm::Methods { each } => {
            each.iter().map(|way| Method { method: way.method, weight: Some(way.weight.clone()) }).collect()
        }
        _ => {
            let ways = [MethodKind::MaterialReview, MethodKind::SiteVisit, MethodKind::Questionnaire];
            ways.into_iter().filter(|_| dice.chance(40)).map(|method| Method { method, weight: None }).collect()
        }
    }
}

fn evidence(dice: &mut Dice) -> Evidence {
    Evidence {
        kind: dice.text(),
        count: dice.chance(50).then(|| dice.between(1, 12) as u32),
        period: dice.chance(50).then(|| *dice.pick(&[Grain::Year, Grain::Half, Grain::Month])),
        holder: dice
            .chance(50)
            .then(|| *dice.pick(&[Holder::District, Holder::Subdistrict, Holder::Community, Holder::Department])),
        form: dice.chance(50).then(|| *dice.pick(&[PaperForm::Original, PaperForm::Copy])),
    }
}

fn check(dice: &mut Dice, code: &str, i: usize) -> Check {
    Check { code: format!("{code}.c{}", i + 1), asks: dice.text(), how: dice.maybe_text() }
}

/// Points of the basic ones together.
pub(super) fn basic_points<'a>(indicators: impl Iterator<Item = &'a Indicator>) -> Exact {
    indicators.filter(|indicator| indicator.kind == IndicatorKind::Basic).map(|indicator| &indicator.points).sum()
}
