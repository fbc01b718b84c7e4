//! A rule: which keys it has depends on its form.

use crate::exact::Exact;
use crate::pack::error::Problem;
use crate::pack::reader::{Faults, Mapping};
use crate::pack::schema;
use crate::pack::{CountedCondition, MethodRule, Node, PointCondition, Rule, RuleForm, Step, Tier};

pub(super) fn rule(node: &Node, faults: &mut Faults, outermost: bool) -> Option<Rule> {
    let word = node.get("type").map_or("", |word| word.as_text().unwrap_or_default());
    let allowed = |word: &str| outermost || RuleForm::may_stand_inside(word);
    let Some(object) = schema::rule(word).filter(|_| allowed(word)) else {
        return unknown_form(node, faults, &allowed);
    };
    let map = Mapping::new(node, object, faults)?;
    map.text("type", faults);
    let of = object.key("of").and_then(|_| map.number_expr_or_none("of", faults));
    let form = form(word, &map, node, faults);
    map.finish(faults);
    Some(Rule { of, form: form? })
}

/// Says which forms there are; a rule without any form lacks its key `type`.
fn unknown_form(node: &Node, faults: &mut Faults, allowed: &dyn Fn(&str) -> bool) -> Option<Rule> {
    let map = Mapping::new(node, schema::RULES[0], faults)?;
    let found = map.text("type", faults)?;
    let words = RuleForm::WORDS.iter().filter(|word| allowed(word)).map(|word| (*word).to_owned()).collect();
    faults.add(node.spot_of(&["type"]), Problem::UnknownWord { name: "type".into(), found, words });
    None
}

fn form(word: &str, map: &Mapping<'_>, node: &Node, faults: &mut Faults) -> Option<RuleForm> {
    match word {
        "all_or_nothing" => map.number("at", faults).map(|at| RuleForm::AllOrNothing { at }),
        "proportional" => {
            let (full_at, zero_at) = (map.number("full_at", faults), map.number("zero_at", faults));
            let floor = floor(map, faults);
            Some(RuleForm::Proportional { full_at: full_at?, zero_at: zero_at?, floor })
        }
        "tiers" => some_of(map, "tiers", node, faults, tier).map(|tiers| RuleForm::Tiers { tiers }),
        "conditions" => some_of(map, "each", node, faults, point_condition).map(|each| RuleForm::Conditions { each }),
        "k_of_n" => {
            let each = some_of(map, "each", node, faults, counted_condition);
            let steps = some_of(map, "steps", node, faults, step);
            Some(RuleForm::KOfN { each: each?, steps: steps? })
        }
        "deduct" => {
            let (start, per_event) = (map.number("start", faults), map.number("per_event", faults));
            let floor = floor(map, faults);
            Some(RuleForm::Deduct { start: start?, per_event: per_event?, floor })
        }
        "veto_then" => {
            let veto = map.truth_expr("veto", faults);
            let then = map.required("then", faults).and_then(|node| rule(node, faults, false));
            Some(RuleForm::VetoThen { veto: veto?, then: Box::new(then?) })
        }
        "veto" => map.truth_expr("when", faults).map(|when| RuleForm::Veto { when }),
        "manual" => Some(RuleForm::Manual { step: map.number_or_none("step", faults) }),
        _ => some_of(map, "each", node, faults, method_rule).map(|each| RuleForm::Methods { each }),
    }
}

/// A floor of 0 is none.
fn floor(map: &Mapping<'_>, faults: &mut Faults) -> Option<Exact> {
    map.number_or_none("floor", faults).filter(|floor| !floor.is_zero())
}

/// A list that needs at least one entry.
fn some_of<'n, T>(
    map: &Mapping<'n>,
    key: &'static str,
    node: &Node,
    faults: &mut Faults,
    read: impl Fn(&'n Node, &mut Faults) -> Option<T>,
) -> Option<Vec<T>> {
    map.required(key, faults)?;
    let read = map.each(key, faults, read)?;
    if read.is_empty() {
        let says = format!("`{key}` of the rule is an empty list");
        faults.add(node.spot_of(&[key]), Problem::Unfit { says, write: "list at least one entry".into() });
    }
    Some(read)
}

fn tier(node: &Node, faults: &mut Faults) -> Option<Tier> {
    let map = Mapping::new(node, &schema::TIER, faults)?;
    let (at, points) = (map.number("at", faults), map.number("points", faults));
    map.finish(faults);
    Some(Tier { at: at?, points: points? })
}

fn point_condition(node: &Node, faults: &mut Faults) -> Option<PointCondition> {
    let map = Mapping::new(node, &schema::POINT_CONDITION, faults)?;
    let (code, name) = (map.id("code", faults), map.text("name", faults));
    let (expr, points) = (map.truth_expr("expr", faults), map.number("points", faults));
    map.finish(faults);
    Some(PointCondition { code: code?, name: name?, expr: expr?, points: points? })
}

fn counted_condition(node: &Node, faults: &mut Faults) -> Option<CountedCondition> {
    let map = Mapping::new(node, &schema::COUNTED_CONDITION, faults)?;
    let (code, name) = (map.id("code", faults), map.text("name", faults));
    let expr = map.truth_expr("expr", faults);
    map.finish(faults);
    Some(CountedCondition { code: code?, name: name?, expr: expr? })
}

fn step(node: &Node, faults: &mut Faults) -> Option<Step> {
    let map = Mapping::new(node, &schema::STEP, faults)?;
    let (k, points) = (map.whole("k", faults), map.number("points", faults));
    map.finish(faults);
    Some(Step { k: k?, points: points? })
}

fn method_rule(node: &Node, faults: &mut Faults) -> Option<MethodRule> {
    let map = Mapping::new(node, &schema::METHOD_RULE, faults)?;
    let (method, weight) = (map.word("method", faults), map.number("weight", faults));
    let then = map.required("then", faults).and_then(|node| rule(node, faults, false));
    map.finish(faults);
    Some(MethodRule { method: method?, weight: weight?, then: then? })
}
