//! Expressions over given names, small ones.

use super::Dice;
use crate::expr::{Arithmetic, BoolExpr, Comparison, NumExpr, Pick};

/// An expression that yields a number.
pub(super) fn number(dice: &mut Dice, names: &[String], depth: usize) -> NumExpr {
    let made = number_tree(dice, names, depth);
    // What is written is what is kept: a tree and its text are one.
    NumExpr::parse(&made.to_string()).expect("what an expression is written as can be read")
}

/// An expression that yields a truth.
pub(super) fn truth(dice: &mut Dice, names: &[String], depth: usize) -> BoolExpr {
    let made = truth_tree(dice, names, depth);
    BoolExpr::parse(&made.to_string()).expect("what an expression is written as can be read")
}

fn number_tree(dice: &mut Dice, names: &[String], depth: usize) -> NumExpr {
    if depth == 0 || dice.chance(30) {
        return if dice.chance(70) {
            NumExpr::Name(dice.pick(names).clone())
        } else {
            NumExpr::Number(dice.decimal(100))
        };
    }
    let below = |dice: &mut Dice| Box::new(number_tree(dice, names, depth - 1));
    match dice.below(8) {
        0 => NumExpr::Negate(below(dice)),
        1 => {
            let parts = (0..dice.between(1, 3)).map(|_| *below(dice)).collect();
            NumExpr::Pick(if dice.chance(50) { Pick::Max } else { Pick::Min }, parts)
        }
        _ => {
            let all = [Arithmetic::Add, Arithmetic::Subtract, Arithmetic::Multiply, Arithmetic::Divide];
            NumExpr::Arithmetic(*dice.pick(&all), below(dice), below(dice))
        }
    }
}

fn truth_tree(dice: &mut Dice, names: &[String], depth: usize) -> BoolExpr {
    let below = |dice: &mut Dice| Box::new(truth_tree(dice, names, depth - 1));
    match if depth == 0 { 9 } else { dice.below(10) } {
        0 => BoolExpr::Not(below(dice)),
        1 | 2 => BoolExpr::And(below(dice), below(dice)),
        3 | 4 => BoolExpr::Or(below(dice), below(dice)),
        _ => {
            let all =
                [Comparison::Less, Comparison::AtMost, Comparison::Greater, Comparison::AtLeast, Comparison::Equal];
            let left = number_tree(dice, names, depth.min(1));
            BoolExpr::Compare(*dice.pick(&all), left, NumExpr::Number(dice.decimal(100)))
        }
    }
}
