//! A dictionary of measures of every kind, level and grain.

use super::Dice;
use crate::exact::Exact;
use crate::pack::{Measure, MeasureKind, MeasureLevel, RatioOf};
use crate::period::{Grain, Window};

const GRAINS: [Grain; 4] = [Grain::Year, Grain::Half, Grain::Quarter, Grain::Month];
const WINDOWS: [Window; 3] = [Window::State, Window::Flow, Window::Trailing12m];

/// For each level: values, counts, ratios with their components, condition sets.
pub(super) fn dictionary(dice: &mut Dice) -> Vec<Measure> {
    let mut all = Vec::new();
    for level in [MeasureLevel::Community, MeasureLevel::Subdistrict, MeasureLevel::District] {
        let word = level.word();
        for i in 0..dice.between(1, 3) {
            all.push(measure(dice, format!("{word}.value_{i}"), MeasureKind::Value, level));
        }
        for i in 0..dice.between(2, 3) {
            all.push(measure(dice, format!("{word}.count_{i}"), MeasureKind::Count, level));
        }
        for i in 0..dice.between(1, 2) {
            let part = measure(dice, format!("{word}.part_{i}"), MeasureKind::Count, level);
            let mut whole = measure(dice, format!("{word}.whole_{i}"), MeasureKind::Count, level);
            let mut ratio = measure(dice, format!("{word}.ratio_{i}"), MeasureKind::Ratio, level);
            // Mostly all three of one grain; a whole of another grain is the year's population under a month's count.
            if dice.chance(80) {
                (whole.period, whole.window, whole.stale_after) = (part.period, part.window, part.stale_after);
            }
            (ratio.period, ratio.window, ratio.stale_after) = (part.period, part.window, part.stale_after);
            ratio.ratio = Some(RatioOf {
                numerator: part.id.clone(),
                denominator: whole.id.clone(),
                scale: Exact::from(*dice.pick(&[1_i64, 100, 400, 1000])),
                part_of_whole: dice.chance(60),
            });
            all.extend([part, whole, ratio]);
        }
        let mut set = measure(dice, format!("{word}.set"), MeasureKind::ConditionSet, MeasureLevel::District);
        set.fact = false;
        all.push(set);
    }
    for id in ["engine.units_meeting", "organisation.units"] {
        let mut made = measure(dice, id.to_owned(), MeasureKind::Count, MeasureLevel::Any);
        made.fact = false;
        all.push(made);
    }
    all
}

fn measure(dice: &mut Dice, id: String, kind: MeasureKind, level: MeasureLevel) -> Measure {
    Measure {
        register: id.split('.').next().unwrap_or_default().to_owned(),
        id,
        kind,
        words: dice.text(),
        unit: (*dice.pick(&["%", "m²", "户", "个"])).to_owned(),
        level,
        period: *dice.pick(&GRAINS),
        window: *dice.pick(&WINDOWS),
        stale_after: dice.between(3, 24) as u32,
        fact: true,
        used_by: Vec::new(),
        ratio: None,
    }
}
