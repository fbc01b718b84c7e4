//! A rule in words, made from its form and numbers, so that a changed pack says what it does without anybody writing it down.

use hejian_kernel::i18n::{Lang, Value, t, ta};
use hejian_scoring::{
    Exact,
    pack::{Direction, Indicator, MeasureKind, Rule, RuleForm},
};

use super::{
    Standard,
    words::{expression, figure, number},
};

/// What an indicator is asked for, and how points follow.
#[must_use]
pub fn in_words(standard: &Standard, lang: Lang, indicator: &Indicator) -> String {
    rule(standard, lang, indicator, &indicator.rule)
}

fn rule(standard: &Standard, lang: Lang, indicator: &Indicator, rule: &Rule) -> String {
    let says = form(standard, lang, indicator, &rule.form);
    match &rule.of {
        None => says,
        Some(of) => {
            let of = expression(standard, lang, &of.to_string());
            ta(lang, "rule-of", &[("of", of.into()), ("rule", says.into())])
        }
    }
}

fn form(standard: &Standard, lang: Lang, indicator: &Indicator, form: &RuleForm) -> String {
    let unit = indicator.measure.unit.as_str();
    let with_unit = |value: &Exact| figure(lang, &value.to_string(), unit);
    let points = |value: &Exact| Value::from(number(&value.to_string()));
    let join = |parts: Vec<String>| parts.join(&t(lang, "rule-join"));
    match form {
        RuleForm::AllOrNothing { .. } if is_condition(indicator) => t(lang, "rule-condition"),
        RuleForm::AllOrNothing { at } => {
            ta(lang, "rule-all-or-nothing", &[("sign", sign(indicator).into()), ("at", with_unit(at).into())])
        }
        RuleForm::Proportional { full_at, zero_at, floor } => {
            let key = if full_at > zero_at { "rule-proportional-up" } else { "rule-proportional-down" };
            let says = ta(lang, key, &[("full", with_unit(full_at).into()), ("zero", with_unit(zero_at).into())]);
            with_floor(lang, says, floor.as_ref())
        }
        RuleForm::Tiers { tiers } => {
            let tiers = tiers.iter().map(|tier| {
                let at = with_unit(&tier.at);
                ta(
                    lang,
                    "rule-tier",
                    &[("sign", sign(indicator).into()), ("at", at.into()), ("points", points(&tier.points))],
                )
            });
            ta(lang, "rule-tiers", &[("tiers", join(tiers.collect()).into())])
        }
        RuleForm::Conditions { each } => {
            let each = each.iter().map(|condition| {
                let name = standard.words(lang, "condition", &condition.name, &condition.name);
                ta(lang, "rule-each", &[("name", name.into()), ("points", points(&condition.points))])
            });
            ta(lang, "rule-conditions", &[("each", join(each.collect()).into())])
        }
        RuleForm::KOfN { each, steps } => {
            let each = each.iter().map(|condition| standard.words(lang, "condition", &condition.name, &condition.name));
            let steps = steps
                .iter()
                .map(|step| ta(lang, "rule-step", &[("k", step.k.into()), ("points", points(&step.points))]));
            let (each, steps) = (join(each.collect()), join(steps.collect()));
            ta(lang, "rule-k-of-n", &[("steps", steps.into()), ("each", each.into())])
        }
        RuleForm::Deduct { start, per_event, floor } => {
            let says = ta(lang, "rule-deduct", &[("start", points(start)), ("each", points(per_event))]);
            with_floor(lang, says, floor.as_ref())
        }
        RuleForm::VetoThen { veto, then } => {
            let veto = expression(standard, lang, &veto.to_string());
            let then = rule(standard, lang, indicator, then);
            ta(lang, "rule-veto", &[("veto", veto.into()), ("rule", then.into())])
        }
        RuleForm::Veto { when } => {
            ta(lang, "rule-veto-only", &[("veto", expression(standard, lang, &when.to_string()).into())])
        }
        RuleForm::Manual { step } => match step {
            None => t(lang, "rule-manual"),
            Some(step) => ta(lang, "rule-manual-step", &[("step", points(step))]),
        },
        RuleForm::Methods { each } => {
            let each = each.iter().map(|way| {
                let name = t(lang, &format!("score-method-{}", way.method.word()));
                let then = rule(standard, lang, indicator, &way.then);
                ta(lang, "rule-way", &[("method", name.into()), ("weight", points(&way.weight)), ("rule", then.into())])
            });
            ta(lang, "rule-methods", &[("each", join(each.collect()).into())])
        }
    }
}

/// The conditions of a rule that carry points of their own: what each asks, and its points.
#[must_use]
pub fn conditions(standard: &Standard, lang: Lang, indicator: &Indicator) -> Vec<(String, String)> {
    let of = |rule: &Rule| match &rule.form {
        RuleForm::Conditions { each } => each
            .iter()
            .map(|condition| {
                let name = standard.words(lang, "condition", &condition.name, &condition.name);
                let expr = expression(standard, lang, &condition.expr.to_string());
                (
                    ta(lang, "rule-condition-line", &[("name", name.into()), ("expr", expr.into())]),
                    number(&condition.points.to_string()),
                )
            })
            .collect(),
        RuleForm::KOfN { each, .. } => each
            .iter()
            .map(|condition| {
                let name = standard.words(lang, "condition", &condition.name, &condition.name);
                let expr = expression(standard, lang, &condition.expr.to_string());
                (ta(lang, "rule-condition-line", &[("name", name.into()), ("expr", expr.into())]), String::new())
            })
            .collect(),
        _ => Vec::new(),
    };
    match &indicator.rule.form {
        RuleForm::VetoThen { veto, then } => {
            let says = expression(standard, lang, &veto.to_string());
            let mut all = vec![(ta(lang, "rule-veto-line", &[("veto", says.into())]), "0".to_owned())];
            all.extend(of(then));
            all
        }
        _ => of(&indicator.rule),
    }
}

/// A rule with the points it leaves in any case, where it leaves any.
fn with_floor(lang: Lang, says: String, floor: Option<&Exact>) -> String {
    let Some(floor) = floor else { return says };
    ta(lang, "rule-floor", &[("rule", says.into()), ("floor", number(&floor.to_string()).into())])
}

/// The condition in each unit, in words.
#[must_use]
pub fn condition(standard: &Standard, lang: Lang, indicator: &Indicator) -> Option<String> {
    indicator.unit_condition.as_ref().map(|condition| expression(standard, lang, &condition.expr.to_string()))
}

/// What full points ask, short: `≥ 80%`, `6 项条件`.
#[must_use]
pub fn target(lang: Lang, indicator: &Indicator) -> String {
    short(lang, indicator, &indicator.rule.form)
}

fn short(lang: Lang, indicator: &Indicator, form: &RuleForm) -> String {
    let with_unit = |value: &Exact| figure(lang, &value.to_string(), &indicator.measure.unit);
    let sign = sign(indicator);
    match form {
        RuleForm::AllOrNothing { .. } if is_condition(indicator) => t(lang, "standard-target-condition"),
        RuleForm::AllOrNothing { at } => format!("{sign} {}", with_unit(at)),
        RuleForm::Proportional { full_at, zero_at, .. } => {
            format!("{} {}", if full_at > zero_at { "≥" } else { "≤" }, with_unit(full_at))
        }
        RuleForm::Tiers { tiers } => {
            let best = tiers.iter().max_by(|a, b| a.points.cmp(&b.points));
            best.map(|tier| format!("{sign} {}", with_unit(&tier.at))).unwrap_or_default()
        }
        RuleForm::Conditions { each } => ta(lang, "standard-target-conditions", &[("n", each.len().into())]),
        RuleForm::KOfN { each, steps } => {
            let k = steps.last().map(|step| step.k).unwrap_or_default();
            ta(lang, "standard-target-k-of-n", &[("k", k.into()), ("n", each.len().into())])
        }
        RuleForm::Deduct { .. } => "0".to_owned(),
        RuleForm::Veto { .. } => t(lang, "standard-target-veto"),
        RuleForm::Manual { .. } => t(lang, "standard-target-manual"),
        RuleForm::Methods { each } => ta(lang, "standard-target-methods", &[("n", each.len().into())]),
        RuleForm::VetoThen { then, .. } => short(lang, indicator, &then.form),
    }
}

/// Whether the value is the truth of a condition in the district itself, not a figure.
#[must_use]
pub fn is_condition(indicator: &Indicator) -> bool {
    indicator.measure.kind == MeasureKind::ConditionSet && indicator.measure.unit != "%"
}

fn sign(indicator: &Indicator) -> &'static str {
    if indicator.measure.direction == Direction::AtLeast { "≥" } else { "≤" }
}
