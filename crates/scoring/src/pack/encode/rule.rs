//! A rule: which keys it has depends on its form.

use super::{Fields, text};
use crate::pack::schema;
use crate::pack::{CountedCondition, MethodRule, Node, PointCondition, Rule, RuleForm, Step, Tier};

pub(super) fn rule(rule: &Rule) -> Node {
    let word = rule.form.word();
    let object = schema::rule(word).expect("the table has every form: a test holds it to the words of the forms");
    let mut fields = Fields::of(object).shown("type", word);
    // Only a form that looks at one value has `of`; a pack that was read has no other.
    if object.key("of").is_some() {
        fields = fields.optional("of", rule.of.as_ref(), |of| text(&of.to_string()));
    }
    match &rule.form {
        RuleForm::AllOrNothing { at } => fields.number("at", at),
        RuleForm::Proportional { full_at, zero_at, floor } => {
            fields.number("full_at", full_at).number("zero_at", zero_at).number_or_none("floor", floor.as_ref())
        }
        RuleForm::Tiers { tiers } => fields.list("tiers", tiers, tier),
        RuleForm::Conditions { each } => fields.list("each", each, point_condition),
        RuleForm::KOfN { each, steps } => fields.list("each", each, counted_condition).list("steps", steps, step),
        RuleForm::Deduct { start, per_event, floor } => {
            fields.number("start", start).number("per_event", per_event).number_or_none("floor", floor.as_ref())
        }
        RuleForm::VetoThen { veto, then } => fields.text("veto", &veto.to_string()).node("then", self::rule(then)),
        RuleForm::Veto { when } => fields.text("when", &when.to_string()),
        RuleForm::Manual { step } => fields.number_or_none("step", step.as_ref()),
        RuleForm::Methods { each } => fields.list("each", each, method_rule),
    }
    .done()
}

fn tier(tier: &Tier) -> Node {
    Fields::of(&schema::TIER).number("at", &tier.at).number("points", &tier.points).done()
}

fn point_condition(condition: &PointCondition) -> Node {
    Fields::of(&schema::POINT_CONDITION)
        .text("code", &condition.code)
        .text("name", &condition.name)
        .text("expr", &condition.expr.to_string())
        .number("points", &condition.points)
        .done()
}

fn counted_condition(condition: &CountedCondition) -> Node {
    Fields::of(&schema::COUNTED_CONDITION)
        .text("code", &condition.code)
        .text("name", &condition.name)
        .text("expr", &condition.expr.to_string())
        .done()
}

fn step(step: &Step) -> Node {
    Fields::of(&schema::STEP).shown("k", step.k).number("points", &step.points).done()
}

fn method_rule(way: &MethodRule) -> Node {
    Fields::of(&schema::METHOD_RULE)
        .shown("method", way.method.word())
        .number("weight", &way.weight)
        .node("then", rule(&way.then))
        .done()
}
