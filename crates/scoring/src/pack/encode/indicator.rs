//! An indicator with everything in it but its rule.

use super::measure::measure_use;
use super::rule::rule;
use super::{Fields, plain, text};
use crate::pack::schema;
use crate::pack::{Also, Check, Evidence, Indicator, Method, Node, UnitCondition, Veto};

pub(super) fn indicator(indicator: &Indicator) -> Node {
    Fields::of(&schema::INDICATOR)
        .text("code", &indicator.code)
        .text("area", &indicator.area)
        .text("name_zh", &indicator.name_zh)
        .text("name_en", &indicator.name_en)
        .shown("kind", indicator.kind.word())
        .number("points", &indicator.points)
        .text("lead", &indicator.lead)
        .texts("co", &indicator.co)
        .text("words", &indicator.words)
        .shown("level", indicator.level.word())
        .shown("community_value", indicator.community_value)
        .text_or_none("community_value_why", indicator.community_value_why.as_ref())
        .shown("community_breakdown", indicator.community_breakdown)
        .text_or_none("community_breakdown_why", indicator.community_breakdown_why.as_ref())
        .node("measure", measure_use(&indicator.measure))
        .shown("aggregation", indicator.aggregation.word())
        .optional("unit_condition", indicator.unit_condition.as_ref(), unit_condition)
        .list("also", &indicator.also, also)
        .node("rule", rule(&indicator.rule))
        .text_or_none("rule_reason", indicator.rule_reason.as_ref())
        .text_or_none("source", indicator.source.as_ref())
        .text_or_none("threshold_confidence", indicator.threshold_confidence.as_ref())
        .text_or_none("rule_confidence", indicator.rule_confidence.as_ref())
        .optional("veto", indicator.veto.as_ref(), veto)
        .list("methods", &indicator.methods, method)
        .list("evidence", &indicator.evidence, evidence)
        .list("checklist", &indicator.checklist, check)
        .texts("register", &indicator.register)
        .text_or_none("available_in", indicator.available_in.as_ref())
        .optional("attainable_by", indicator.attainable_by.as_ref(), |who| plain(who.word()))
        .optional("cadence", indicator.cadence.as_ref(), |grain| plain(grain.word()))
        .text_or_none("confidence", indicator.confidence.as_ref())
        .map("was", indicator.was.iter().map(|(key, words)| (key, text(words))))
        .done()
}

fn also(also: &Also) -> Node {
    Fields::of(&schema::ALSO)
        .text("name", &also.name)
        .shown("level", also.level.word())
        .shown("aggregation", also.aggregation.word())
        .node("measure", measure_use(&also.measure))
        .optional("unit_condition", also.unit_condition.as_ref(), unit_condition)
        .shown("same_period", also.same_period)
        .done()
}

fn unit_condition(condition: &UnitCondition) -> Node {
    Fields::of(&schema::UNIT_CONDITION)
        .text("expr", &condition.expr.to_string())
        .map("names", condition.names.iter().map(|(name, id)| (name, text(id))))
        .done()
}

fn veto(veto: &Veto) -> Node {
    Fields::of(&schema::VETO)
        .shown("effect", veto.effect.word())
        .number_or_none("cap", veto.cap.as_ref())
        .text_or_none("words", veto.words.as_ref())
        .done()
}

fn method(method: &Method) -> Node {
    Fields::of(&schema::METHOD)
        .shown("method", method.method.word())
        .number_or_none("weight", method.weight.as_ref())
        .done()
}

fn evidence(evidence: &Evidence) -> Node {
    Fields::of(&schema::EVIDENCE)
        .text("type", &evidence.kind)
        .whole_or_none("count", evidence.count)
        .optional("period", evidence.period.as_ref(), |grain| plain(grain.word()))
        .optional("holder", evidence.holder.as_ref(), |holder| plain(holder.word()))
        .optional("form", evidence.form.as_ref(), |form| plain(form.word()))
        .done()
}

fn check(check: &Check) -> Node {
    Fields::of(&schema::CHECK)
        .text("code", &check.code)
        .text("asks", &check.asks)
        .text_or_none("how", check.how.as_ref())
        .done()
}
