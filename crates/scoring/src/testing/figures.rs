//! A value of a rule: level, aggregation, measure and condition that go together.

use std::collections::BTreeMap;

use super::{Dice, expressions};
use crate::exact::Exact;
use crate::pack::{
    Aggregation, Component, Direction, Level, Measure, MeasureKind, MeasureLevel, MeasureUse, RatioUse, UnitCondition,
};

/// What a main or further value is made of.
pub(super) struct Figure {
    pub level: Level,
    pub aggregation: Aggregation,
    pub measure: MeasureUse,
    pub condition: Option<UnitCondition>,
}

pub(super) fn figure(dice: &mut Dice, all: &[Measure]) -> Figure {
    let level = *dice.pick(&[Level::Community, Level::Community, Level::Subdistrict, Level::District]);
    let of = |kinds: &[MeasureKind]| -> Vec<&Measure> {
        all.iter().filter(|m| m.fact && m.level.word() == level.word() && kinds.contains(&m.kind)).collect()
    };
    let (value, count, ratio) = (MeasureKind::Value, MeasureKind::Count, MeasureKind::Ratio);
    let aggregation = match level {
        Level::District => {
            *dice.pick(&[Aggregation::DistrictValue, Aggregation::DistrictValue, Aggregation::ShareOfUnits])
        }
        _ => *dice.pick(&[
            Aggregation::RatioOfSums,
            Aggregation::ShareOfUnits,
            Aggregation::ShareOfUnits,
            Aggregation::Mean,
            Aggregation::WeightedMean,
            Aggregation::Sum,
            Aggregation::Min,
            Aggregation::WeightedSurvey,
        ]),
    };
    let set =
        aggregation == Aggregation::ShareOfUnits || (aggregation == Aggregation::DistrictValue && dice.chance(25));
    let kinds: &[MeasureKind] = match aggregation {
        Aggregation::RatioOfSums | Aggregation::WeightedSurvey => &[ratio],
        Aggregation::Sum => &[value, count],
        _ => &[value, count, ratio],
    };
    let mut measure = if set {
        let sets: Vec<&Measure> = all.iter().filter(|measure| measure.kind == MeasureKind::ConditionSet).collect();
        let set = *dice.pick(&sets);
        let mut used = use_of(dice, set);
        if aggregation == Aggregation::ShareOfUnits && dice.chance(50) {
            let part = |id: &str| Component { id: id.to_owned(), register: None, words: None };
            let scale = Exact::from(*dice.pick(&[1_i64, 100]));
            used.ratio = Some(RatioUse {
                numerator: part("engine.units_meeting"),
                denominator: part("organisation.units"),
                scale,
            });
        }
        used
    } else {
        let fitting = of(kinds);
        let fitting = *dice.pick(&fitting);
        use_of(dice, fitting)
    };
    let counts = of(&[count]);
    if matches!(aggregation, Aggregation::WeightedMean | Aggregation::WeightedSurvey) {
        let weight = *dice.pick(&counts);
        measure.weight = Some(component(dice, weight));
    }
    if aggregation == Aggregation::WeightedSurvey {
        let plan = *dice.pick(&counts);
        measure.plan = Some(component(dice, plan));
        measure.min_answers = dice.chance(30).then(|| dice.below(50) as u32);
        measure.min_answers_per_unit = dice.chance(30).then(|| dice.below(10) as u32);
    }
    let condition = set.then(|| condition(dice, level, all));
    Figure { level, aggregation, measure, condition }
}

fn condition(dice: &mut Dice, level: Level, all: &[Measure]) -> UnitCondition {
    let readable = |measure: &&Measure| {
        measure.fact && (measure.level == MeasureLevel::Any || measure.level.word() == level.word())
    };
    let readable: Vec<&Measure> = all.iter().filter(readable).collect();
    let bound: Vec<(String, String)> =
        (0..dice.between(1, 3)).map(|i| (format!("name_{i}"), dice.pick(&readable).id.clone())).collect();
    let names: Vec<String> = bound.iter().map(|(name, _)| name.clone()).collect();
    UnitCondition { expr: expressions::truth(dice, &names, 2), names: BTreeMap::from_iter(bound) }
}

fn component(dice: &mut Dice, measure: &Measure) -> Component {
    Component { id: measure.id.clone(), register: Some(measure.register.clone()), words: dice.maybe_text() }
}

fn use_of(dice: &mut Dice, measure: &Measure) -> MeasureUse {
    let part = |dice: &mut Dice, id: &str| Component { id: id.to_owned(), register: None, words: dice.maybe_text() };
    MeasureUse {
        id: measure.id.clone(),
        kind: measure.kind,
        words: dice.text(),
        register: dice.chance(50).then(|| measure.register.clone()),
        unit: measure.unit.clone(),
        direction: *dice.pick(&[Direction::AtLeast, Direction::AtLeast, Direction::AtMost]),
        period: measure.period,
        window: measure.window,
        stale_after: measure.stale_after,
        ratio: measure.ratio.as_ref().map(|ratio| RatioUse {
            numerator: part(dice, &ratio.numerator),
            denominator: part(dice, &ratio.denominator),
            scale: ratio.scale.clone(),
        }),
        weight: None,
        plan: None,
        min_answers: None,
        min_answers_per_unit: None,
    }
}
