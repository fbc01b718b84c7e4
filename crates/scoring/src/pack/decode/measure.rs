//! Measures, and how an indicator uses one.

use crate::pack::reader::{Faults, Mapping};
use crate::pack::schema;
use crate::pack::{Component, Measure, MeasureKind, MeasureUse, Node, RatioOf, RatioUse};

pub(in crate::pack) fn measure(node: &Node, faults: &mut Faults) -> Option<Measure> {
    let map = Mapping::new(node, &schema::MEASURE, faults)?;
    let id = map.id("id", faults);
    faults.subject.clone_from(&id);
    let (kind, words, unit) = (map.word("kind", faults), map.text("words", faults), map.text("unit", faults));
    let (level, register) = (map.word("level", faults), map.text("register", faults));
    let (period, window) = (map.word("period", faults), map.word("window", faults));
    let (stale_after, fact) = (map.whole("stale_after", faults), map.truth("fact", faults));
    let used_by = map.texts("used_by", faults);
    let ratio = if kind == Some(MeasureKind::Ratio) {
        let (numerator, denominator) = (map.text("numerator", faults), map.text("denominator", faults));
        let (scale, part_of_whole) = (map.number("scale", faults), map.truth("part_of_whole", faults));
        let of = || {
            Some(RatioOf {
                numerator: numerator?,
                denominator: denominator?,
                scale: scale?,
                part_of_whole: part_of_whole?,
            })
        };
        Some(of()?)
    } else {
        None
    };
    map.finish(faults);
    Some(Measure {
        id: id?,
        kind: kind?,
        words: words?,
        unit: unit?,
        level: level?,
        register: register?,
        period: period?,
        window: window?,
        stale_after: stale_after?,
        fact: fact?,
        used_by,
        ratio,
    })
}

pub(super) fn measure_use(node: &Node, faults: &mut Faults) -> Option<MeasureUse> {
    let map = Mapping::new(node, &schema::MEASURE_USE, faults)?;
    let (id, kind) = (map.id("id", faults), map.word("kind", faults));
    let (words, unit) = (map.text("words", faults), map.text("unit", faults));
    let register = map.text_or_none("register", faults);
    let direction = map.word("direction", faults);
    let (period, window) = (map.word("period", faults), map.word("window", faults));
    let stale_after = map.whole("stale_after", faults);
    let share = kind == Some(MeasureKind::ConditionSet) && map.optional("numerator").is_some();
    let ratio = if kind == Some(MeasureKind::Ratio) || share {
        let numerator = map.required("numerator", faults).and_then(|node| component(node, faults));
        let denominator = map.required("denominator", faults).and_then(|node| component(node, faults));
        let scale = map.number("scale", faults);
        Some((|| Some(RatioUse { numerator: numerator?, denominator: denominator?, scale: scale? }))())
    } else {
        None
    };
    let (weight, plan) = (map.part("weight", faults, component), map.part("plan", faults, component));
    let min_answers = map.whole_or_none("min_answers", faults);
    let min_answers_per_unit = map.whole_or_none("min_answers_per_unit", faults);
    map.finish(faults);
    Some(MeasureUse {
        id: id?,
        kind: kind?,
        words: words?,
        register,
        unit: unit?,
        direction: direction?,
        period: period?,
        window: window?,
        stale_after: stale_after?,
        ratio: ratio.map_or(Some(None), |read| read.map(Some))?,
        weight: weight?,
        plan: plan?,
        min_answers,
        min_answers_per_unit,
    })
}

fn component(node: &Node, faults: &mut Faults) -> Option<Component> {
    let map = Mapping::new(node, &schema::COMPONENT, faults)?;
    let id = map.id("id", faults);
    let (register, words) = (map.text_or_none("register", faults), map.text_or_none("words", faults));
    map.finish(faults);
    Some(Component { id: id?, register, words })
}
