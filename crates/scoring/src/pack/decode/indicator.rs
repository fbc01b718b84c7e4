//! An indicator with everything in it but its rule.

use super::measure::measure_use;
use super::rule::rule;
use crate::pack::reader::{Faults, Mapping};
use crate::pack::schema;
use crate::pack::{Also, Check, Evidence, Indicator, IndicatorKind, Method, Node, UnitCondition, Veto};

pub(in crate::pack) fn indicator(node: &Node, faults: &mut Faults) -> Option<Indicator> {
    let map = Mapping::new(node, &schema::INDICATOR, faults)?;
    let code = map.id("code", faults);
    faults.subject.clone_from(&code);
    let area = map.text("area", faults);
    let (name_zh, name_en) = (map.text("name_zh", faults), map.text("name_en", faults));
    let (kind, points) = (map.word_or("kind", IndicatorKind::Basic, faults), map.number("points", faults));
    let (lead, co) = (map.text("lead", faults), map.texts("co", faults));
    let (words, level) = (map.text("words", faults), map.word("level", faults));
    let community_value = map.truth("community_value", faults);
    let community_value_why = map.text_or_none("community_value_why", faults);
    let community_breakdown = map.truth_or("community_breakdown", false, faults);
    let community_breakdown_why = map.text_or_none("community_breakdown_why", faults);
    let measure = map.required("measure", faults).and_then(|node| measure_use(node, faults));
    let aggregation = map.word("aggregation", faults);
    let unit_condition = map.part("unit_condition", faults, unit_condition);
    let also = map.each("also", faults, self::also);
    let rule = map.required("rule", faults).and_then(|node| rule(node, faults, true));
    let (rule_reason, source) = (map.text_or_none("rule_reason", faults), map.text_or_none("source", faults));
    let threshold_confidence = map.text_or_none("threshold_confidence", faults);
    let rule_confidence = map.text_or_none("rule_confidence", faults);
    let veto = map.part("veto", faults, self::veto);
    let (methods, evidence) = (map.each("methods", faults, method), map.each("evidence", faults, self::evidence));
    let checklist = map.each("checklist", faults, check);
    let register = map.texts("register", faults);
    let available_in = map.text_or_none("available_in", faults);
    let attainable_by = map.word_or_none("attainable_by", faults);
    let (cadence, confidence) = (map.word_or_none("cadence", faults), map.text_or_none("confidence", faults));
    let was = map.dictionary("was", faults);
    map.finish(faults);
    Some(Indicator {
        code: code?,
        area: area?,
        name_zh: name_zh?,
        name_en: name_en?,
        kind: kind?,
        points: points?,
        lead: lead?,
        co,
        words: words?,
        level: level?,
        community_value: community_value?,
        community_value_why,
        community_breakdown: community_breakdown?,
        community_breakdown_why,
        measure: measure?,
        aggregation: aggregation?,
        unit_condition: unit_condition?,
        also: also?,
        rule: rule?,
        rule_reason,
        source,
        threshold_confidence,
        rule_confidence,
        veto: veto?,
        methods: methods?,
        evidence: evidence?,
        checklist: checklist?,
        register,
        available_in,
        attainable_by,
        cadence,
        confidence,
        was,
    })
}

fn also(node: &Node, faults: &mut Faults) -> Option<Also> {
    let map = Mapping::new(node, &schema::ALSO, faults)?;
    let (name, level) = (map.text("name", faults), map.word("level", faults));
    let aggregation = map.word("aggregation", faults);
    let measure = map.required("measure", faults).and_then(|node| measure_use(node, faults));
    let unit_condition = map.part("unit_condition", faults, unit_condition);
    let same_period = map.truth_or("same_period", false, faults);
    map.finish(faults);
    Some(Also {
        name: name?,
        level: level?,
        aggregation: aggregation?,
        measure: measure?,
        unit_condition: unit_condition?,
        same_period: same_period?,
    })
}

fn unit_condition(node: &Node, faults: &mut Faults) -> Option<UnitCondition> {
    let map = Mapping::new(node, &schema::UNIT_CONDITION, faults)?;
    let (expr, names) = (map.truth_expr("expr", faults), map.dictionary("names", faults));
    map.finish(faults);
    Some(UnitCondition { expr: expr?, names })
}

fn veto(node: &Node, faults: &mut Faults) -> Option<Veto> {
    let map = Mapping::new(node, &schema::VETO, faults)?;
    let (effect, cap) = (map.word("effect", faults), map.number_or_none("cap", faults));
    let words = map.text_or_none("words", faults);
    map.finish(faults);
    Some(Veto { effect: effect?, cap, words })
}

fn method(node: &Node, faults: &mut Faults) -> Option<Method> {
    let map = Mapping::new(node, &schema::METHOD, faults)?;
    let (method, weight) = (map.word("method", faults), map.number_or_none("weight", faults));
    map.finish(faults);
    Some(Method { method: method?, weight })
}

fn evidence(node: &Node, faults: &mut Faults) -> Option<Evidence> {
    let map = Mapping::new(node, &schema::EVIDENCE, faults)?;
    let (kind, count) = (map.text("type", faults), map.whole_or_none("count", faults));
    let period = map.word_or_none("period", faults);
    let (holder, form) = (map.word_or_none("holder", faults), map.word_or_none("form", faults));
    map.finish(faults);
    Some(Evidence { kind: kind?, count, period, holder, form })
}

fn check(node: &Node, faults: &mut Faults) -> Option<Check> {
    let map = Mapping::new(node, &schema::CHECK, faults)?;
    let (code, asks) = (map.id("code", faults), map.text("asks", faults));
    let how = map.text_or_none("how", faults);
    map.finish(faults);
    Some(Check { code: code?, asks: asks?, how })
}
