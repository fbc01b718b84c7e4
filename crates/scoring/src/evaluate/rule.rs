//! Applies a rule to its named values. Points are exact here; they are rounded once, by the indicator.

use std::collections::BTreeMap;

use super::figure::Figure;
use super::points::{Points, of_value};
use crate::exact::Exact;
use crate::explain::{Label, Node, NodeKind, Quantity, Reason, ReasonKind, Verdict};
use crate::expr::BoolExpr;
use crate::pack::{CountedCondition, Indicator, MethodRule, PointCondition, Rule, RuleForm, Step, VALUE};

/// The named values of a rule.
pub(super) type Figures<'a> = BTreeMap<&'a str, Figure>;

/// What a rule came to.
pub(super) struct Ruling {
    /// Points before rounding; `None` when not assessed.
    pub points: Option<Exact>,
    pub reasons: Vec<Reason>,
    /// Whether a veto of the rule is true.
    pub vetoed: bool,
    /// The rule's node; the figures are added by the indicator.
    pub node: Node,
}

pub(super) fn apply(indicator: &Indicator, rule: &Rule, figures: &Figures<'_>) -> Ruling {
    let node = Node::new(NodeKind::Rule, Label::Rule { form: rule.form.word().to_owned() });
    let mut ruling = match &rule.form {
        RuleForm::Conditions { each } => conditions(each, figures, node),
        RuleForm::KOfN { each, steps } => k_of_n(each, steps, figures, node),
        RuleForm::VetoThen { veto, then } => veto_then(indicator, veto, then, figures, node),
        RuleForm::Veto { when } => veto(when, figures, node),
        RuleForm::Methods { each } => methods(indicator, each, figures, node),
        _ => of_one_value(indicator, rule, figures, node),
    };
    ruling.node.value = ruling.points.as_ref().map(|points| Quantity::new(points, None));
    ruling.node.verdict = Some(ruling.verdict(&indicator.points));
    ruling.node.reasons.clone_from(&ruling.reasons);
    ruling
}

impl Ruling {
    fn new(points: Option<Exact>, reasons: Vec<Reason>, node: Node) -> Self {
        Ruling { points, reasons, vetoed: false, node }
    }

    /// A veto that is true is not met, also where there are no points to win.
    pub(super) fn verdict(&self, most: &Exact) -> Verdict {
        if self.vetoed { Verdict::NotMet } else { verdict(self.points.as_ref(), most) }
    }
}

/// Points of every true condition; one unknown makes the whole unknown.
fn conditions(each: &[PointCondition], figures: &Figures<'_>, mut node: Node) -> Ruling {
    let (mut points, mut reasons) = (Some(Exact::zero()), Vec::new());
    for (index, condition) in each.iter().enumerate() {
        let label = Label::Condition {
            index,
            code: condition.code.clone(),
            name: condition.name.clone(),
            expr: condition.expr.to_string(),
            points: Some(condition.points.clone()),
        };
        let (truth, child) = decide(NodeKind::Condition, label, &condition.expr, figures, &mut reasons);
        let earned = truth.map(|truth| if truth { condition.points.clone() } else { Exact::zero() });
        points = points.zip(earned).map(|(sum, earned)| &sum + &earned);
        node.children.push(child);
    }
    Ruling::new(points, reasons, node)
}

/// Points by how many conditions are true. Unknown ones may come out either way: when none of them true and all of them true
/// give the same points, so does everything between, as points rise with the count.
fn k_of_n(each: &[CountedCondition], steps: &[Step], figures: &Figures<'_>, mut node: Node) -> Ruling {
    let (mut met, mut unknown, mut reasons) = (0_usize, 0_usize, Vec::new());
    for (index, condition) in each.iter().enumerate() {
        let label = Label::Condition {
            index,
            code: condition.code.clone(),
            name: condition.name.clone(),
            expr: condition.expr.to_string(),
            points: None,
        };
        let (truth, child) = decide(NodeKind::Condition, label, &condition.expr, figures, &mut reasons);
        met += usize::from(truth == Some(true));
        unknown += usize::from(truth.is_none());
        node.children.push(child);
    }
    let reached = |count: usize| steps.iter().rev().find(|step| step.k as usize <= count);
    let (least, best) = (reached(met), reached(met + unknown));
    if least.map(|step| step.k) != best.map(|step| step.k) {
        return Ruling::new(None, reasons, node);
    }
    node.operation = Some(match least {
        Some(step) => format!("{met} >= {}", step.k),
        None => format!("{met}: -"),
    });
    Ruling::new(Some(least.map_or_else(Exact::zero, |step| step.points.clone())), Vec::new(), node)
}

fn veto_then(indicator: &Indicator, veto: &BoolExpr, then: &Rule, figures: &Figures<'_>, mut node: Node) -> Ruling {
    let (truth, child, mut reasons) = decide_veto(veto, figures);
    let inner = apply(indicator, then, figures);
    node.children = vec![child, inner.node];
    match truth {
        Some(true) => Ruling { points: Some(Exact::zero()), reasons: Vec::new(), vetoed: true, node },
        Some(false) => Ruling::new(inner.points, inner.reasons, node),
        None => {
            Reason::merge(&mut reasons, inner.reasons);
            Ruling::new(None, reasons, node)
        }
    }
}

/// A veto alone: 0 points either way, and not assessed while it is unknown.
fn veto(when: &BoolExpr, figures: &Figures<'_>, mut node: Node) -> Ruling {
    let (truth, child, reasons) = decide_veto(when, figures);
    node.children = vec![child];
    Ruling { points: truth.map(|_| Exact::zero()), reasons, vetoed: truth == Some(true), node }
}

fn decide_veto(veto: &BoolExpr, figures: &Figures<'_>) -> (Option<bool>, Node, Vec<Reason>) {
    let mut reasons = Vec::new();
    let label = Label::Veto { expr: veto.to_string() };
    let (truth, mut child) = decide(NodeKind::Veto, label, veto, figures, &mut reasons);
    // A veto that is true is bad news: the verdict says whether the requirement is met.
    child.verdict = Some(Verdict::of(truth.map(|truth| !truth)));
    (truth, child, reasons)
}

/// The sum of weight / 100 times what each way of examination gives; one unknown makes the whole unknown.
fn methods(indicator: &Indicator, each: &[MethodRule], figures: &Figures<'_>, mut node: Node) -> Ruling {
    let (mut points, mut reasons, mut terms) = (Some(Exact::zero()), Vec::new(), Vec::new());
    let hundred = Exact::from(100_i64);
    for way in each {
        let inner = apply(indicator, &way.then, figures);
        let label = Label::Method { method: way.method, weight: way.weight.clone() };
        let mut child = Node::new(NodeKind::Method, label);
        let earned = inner.points.as_ref().and_then(|points| (&way.weight * points).divide(&hundred));
        if let Some(given) = &inner.points {
            let term = format!("{} / 100 * {given}", way.weight);
            child.operation = Some(term.clone());
            terms.push(term);
        }
        child.value = earned.as_ref().map(|earned| Quantity::new(earned, None));
        child.verdict = inner.node.verdict;
        child.reasons.clone_from(&inner.reasons);
        Reason::merge(&mut reasons, inner.reasons);
        child.children = vec![inner.node];
        node.children.push(child);
        points = points.zip(earned).map(|(sum, earned)| &sum + &earned);
    }
    node.operation = points.is_some().then(|| terms.join(" + "));
    Ruling::new(points, reasons, node)
}

/// The forms that look at one value.
fn of_one_value(indicator: &Indicator, rule: &Rule, figures: &Figures<'_>, mut node: Node) -> Ruling {
    let (value, mut reasons, formula) = scored_value(rule, figures, indicator);
    node.children.extend(formula);
    let points = value.as_ref().and_then(|value| of_value(indicator, &rule.form, value));
    if value.is_some() && points.is_none() {
        reasons = vec![Reason::new(ReasonKind::OutOfRange, Some(&indicator.measure.id), None, None)];
    }
    let (points, operation) = points.map_or((None, None), |Points(points, text)| (Some(points), Some(text)));
    node.operation = operation;
    Ruling::new(points, reasons, node)
}

/// Full points are met, some are partly met, none is not met.
fn verdict(points: Option<&Exact>, most: &Exact) -> Verdict {
    match points {
        None => Verdict::Unknown,
        Some(points) if points >= most => Verdict::Met,
        Some(points) if points.is_zero() => Verdict::NotMet,
        Some(_) => Verdict::Partly,
    }
}

fn decide(
    kind: NodeKind,
    label: Label,
    expr: &BoolExpr,
    figures: &Figures<'_>,
    reasons: &mut Vec<Reason>,
) -> (Option<bool>, Node) {
    let lookup = |name: &str| figures.get(name).and_then(|figure| figure.value.clone());
    let truth = expr.eval(&lookup);
    let mut node = Node::new(kind, label);
    node.operation = Some(expr.with_numbers(&lookup));
    node.verdict = Some(Verdict::of(truth));
    if truth.is_none() {
        node.reasons = missing(expr.names().into_iter(), figures);
        Reason::merge(reasons, node.reasons.iter().cloned());
    }
    (truth, node)
}

/// Why an expression over these names is unknown.
fn missing<'a>(names: impl Iterator<Item = &'a str>, figures: &Figures<'_>) -> Vec<Reason> {
    let mut reasons = Vec::new();
    for figure in names.filter_map(|name| figures.get(name)).filter(|figure| figure.value.is_none()) {
        Reason::merge(&mut reasons, figure.reasons.iter().cloned());
    }
    if reasons.is_empty() {
        reasons.push(Reason::new(ReasonKind::DivisionByZero, None, None, None));
    }
    reasons
}

/// The scored value: `value`, or the expression `of` with a node of its own.
fn scored_value(
    rule: &Rule,
    figures: &Figures<'_>,
    indicator: &Indicator,
) -> (Option<Exact>, Vec<Reason>, Option<Node>) {
    let Some(of) = &rule.of else {
        let value = figures.get(VALUE).and_then(|figure| figure.value.clone());
        let reasons = if value.is_none() { missing([VALUE].into_iter(), figures) } else { Vec::new() };
        return (value, reasons, None);
    };
    let lookup = |name: &str| figures.get(name).and_then(|figure| figure.value.clone());
    let value = of.eval(&lookup);
    let mut node = Node::new(NodeKind::Formula, Label::Formula { expr: of.to_string() });
    node.operation = Some(of.with_numbers(&lookup));
    node.value = value.as_ref().map(|value| Quantity::new(value, Some(&indicator.measure.unit)));
    if value.is_none() {
        node.verdict = Some(Verdict::Unknown);
        node.reasons = missing(of.names().into_iter(), figures);
    }
    (value, node.reasons.clone(), Some(node))
}
