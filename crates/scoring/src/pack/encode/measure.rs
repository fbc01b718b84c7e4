//! Measures, and how an indicator uses one.

use super::Fields;
use crate::pack::schema;
use crate::pack::{Component, Measure, MeasureUse, Node};

pub(super) fn measure(measure: &Measure) -> Node {
    let fields = Fields::of(&schema::MEASURE)
        .text("id", &measure.id)
        .shown("kind", measure.kind.word())
        .text("words", &measure.words)
        .text("unit", &measure.unit)
        .shown("level", measure.level.word())
        .text("register", &measure.register)
        .shown("period", measure.period.word())
        .shown("window", measure.window.word())
        .shown("stale_after", measure.stale_after)
        .shown("fact", measure.fact)
        .texts("used_by", &measure.used_by);
    match &measure.ratio {
        None => fields.done(),
        Some(ratio) => fields
            .text("numerator", &ratio.numerator)
            .text("denominator", &ratio.denominator)
            .number("scale", &ratio.scale)
            .shown("part_of_whole", ratio.part_of_whole)
            .done(),
    }
}

pub(super) fn measure_use(measure: &MeasureUse) -> Node {
    let fields = Fields::of(&schema::MEASURE_USE)
        .text("id", &measure.id)
        .shown("kind", measure.kind.word())
        .text("words", &measure.words)
        .text_or_none("register", measure.register.as_ref())
        .optional("weight", measure.weight.as_ref(), component)
        .optional("plan", measure.plan.as_ref(), component)
        .whole_or_none("min_answers", measure.min_answers)
        .whole_or_none("min_answers_per_unit", measure.min_answers_per_unit)
        .text("unit", &measure.unit)
        .shown("direction", measure.direction.word())
        .shown("period", measure.period.word())
        .shown("window", measure.window.word())
        .shown("stale_after", measure.stale_after);
    match &measure.ratio {
        None => fields.done(),
        Some(ratio) => fields
            .node("numerator", component(&ratio.numerator))
            .node("denominator", component(&ratio.denominator))
            .number("scale", &ratio.scale)
            .done(),
    }
}

fn component(component: &Component) -> Node {
    Fields::of(&schema::COMPONENT)
        .text("id", &component.id)
        .text_or_none("register", component.register.as_ref())
        .text_or_none("words", component.words.as_ref())
        .done()
}
