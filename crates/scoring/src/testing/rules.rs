//! Rules of every form that give exactly an indicator's points.

use super::{Dice, expressions};
use crate::exact::Exact;
use crate::pack::{CountedCondition, Direction, MethodKind, MethodRule, PointCondition, Rule, RuleForm, Step, Tier};

/// What a rule is made for.
pub(super) struct Frame<'a> {
    pub code: &'a str,
    /// Points in halves.
    pub halves: usize,
    pub direction: Direction,
    pub names: &'a [String],
}

pub(super) fn halves(count: usize) -> Exact {
    Exact::scaled(count as i64 * 5, 1)
}

/// A rule; at the outside it may be a veto before another or weighted ways of examination. `first` numbers its conditions.
pub(super) fn rule(dice: &mut Dice, frame: &Frame<'_>, outermost: bool, first: &mut usize) -> Rule {
    let form = match dice.below(if outermost { 10 } else { 7 }) {
        0 => RuleForm::AllOrNothing { at: dice.decimal(100) },
        1 => proportional(dice, frame),
        2 => tiers(dice, frame),
        3 => conditions(dice, frame, first),
        4 => k_of_n(dice, frame, first),
        5 => RuleForm::Deduct {
            start: halves(frame.halves),
            per_event: Exact::scaled(dice.between(1, 20) as i64, 1),
            floor: floor(dice, frame),
        },
        6 => RuleForm::Manual { step: dice.chance(50).then(|| halves(1)) },
        7 | 8 => RuleForm::VetoThen {
            veto: expressions::truth(dice, frame.names, 2),
            then: Box::new(rule(dice, frame, false, first)),
        },
        _ => methods(dice, frame, first),
    };
    let one_value = matches!(
        form,
        RuleForm::AllOrNothing { .. }
            | RuleForm::Proportional { .. }
            | RuleForm::Tiers { .. }
            | RuleForm::Deduct { .. }
            | RuleForm::Manual { .. }
    );
    let of = (one_value && dice.chance(35)).then(|| expressions::number(dice, frame.names, 2));
    Rule { of, form }
}

fn floor(dice: &mut Dice, frame: &Frame<'_>) -> Option<Exact> {
    (frame.halves > 1 && dice.chance(30)).then(|| halves(dice.between(1, frame.halves - 1)))
}

fn proportional(dice: &mut Dice, frame: &Frame<'_>) -> RuleForm {
    let low = dice.decimal(60);
    let high = &low + &Exact::scaled(dice.between(1, 400) as i64, 1);
    let (full_at, zero_at) = if frame.direction == Direction::AtLeast { (high, low) } else { (low, high) };
    RuleForm::Proportional { full_at, zero_at, floor: floor(dice, frame) }
}

fn tiers(dice: &mut Dice, frame: &Frame<'_>) -> RuleForm {
    let mut tiers = vec![Tier { at: dice.decimal(100), points: halves(frame.halves) }];
    for _ in 0..dice.below(3) {
        tiers.push(Tier { at: dice.decimal(100), points: halves(dice.below(frame.halves + 1)) });
    }
    RuleForm::Tiers { tiers }
}

fn conditions(dice: &mut Dice, frame: &Frame<'_>, first: &mut usize) -> RuleForm {
    let mut left = frame.halves;
    let mut each = Vec::new();
    while left > 0 || each.is_empty() {
        let take = dice.between(1, left.max(1)).min(left);
        left -= take;
        *first += 1;
        each.push(PointCondition {
            code: format!("{}.{first}", frame.code),
            name: dice.text(),
            expr: expressions::truth(dice, frame.names, 2),
            points: halves(take),
        });
    }
    RuleForm::Conditions { each }
}

fn k_of_n(dice: &mut Dice, frame: &Frame<'_>, first: &mut usize) -> RuleForm {
    let each: Vec<CountedCondition> = (0..dice.between(1, 4))
        .map(|_| {
            *first += 1;
            CountedCondition {
                code: format!("{}.{first}", frame.code),
                name: dice.text(),
                expr: expressions::truth(dice, frame.names, 1),
            }
        })
        .collect();
    // From the full points downwards, as long as there are conditions and points to give less for.
    let (mut k, mut points) = (dice.between(1, each.len()), frame.halves);
    let mut steps = vec![Step { k: k as u32, points: halves(points) }];
    while k > 1 && points > 1 && dice.chance(60) {
        (k, points) = (dice.between(1, k - 1), dice.between(1, points - 1));
        steps.push(Step { k: k as u32, points: halves(points) });
    }
    steps.reverse();
    RuleForm::KOfN { each, steps }
}

fn methods(dice: &mut Dice, frame: &Frame<'_>, first: &mut usize) -> RuleForm {
    let all: [&[&str]; 4] = [&["100"], &["30", "70"], &["33.3", "66.7"], &["20", "30", "50"]];
    let weights = *dice.pick(&all);
    let start = dice.below(4);
    let ways = [
        MethodKind::MaterialReview,
        MethodKind::SiteVisit,
        MethodKind::Questionnaire,
        MethodKind::Statistics,
        MethodKind::Interview,
        MethodKind::Hearing,
    ];
    let each = weights.iter().enumerate().map(|(i, weight)| MethodRule {
        method: ways[start + i],
        weight: Exact::parse(weight).expect("a weight written here is a decimal"),
        then: rule(dice, frame, false, first),
    });
    RuleForm::Methods { each: each.collect() }
}
