//! Expressions of a standard: numbers, names, `+ - * /`, comparisons, `and or not`, `max(...)`, `min(...)`, parentheses.
//! Owns their types; the rule that matters: a number and a truth are different types already when parsed, so an
//! expression that loads can always be evaluated.
//!
//! Evaluation is three-valued: *unknown* is never 0 and never false.

mod eval;
mod lexer;
mod parser;
mod write;

use crate::exact::Exact;

/// The longest expression text, in bytes.
pub const MAX_TEXT: usize = 2_000;
/// The most tokens of one expression.
pub const MAX_TOKENS: usize = 400;
/// The deepest nesting of parentheses, calls, signs and `not`.
pub const MAX_DEPTH: usize = 32;

/// An expression that yields a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NumExpr {
    /// A literal.
    Number(Exact),
    /// A bound name.
    Name(String),
    /// `-x`.
    Negate(Box<NumExpr>),
    /// `x op y`.
    Arithmetic(Arithmetic, Box<NumExpr>, Box<NumExpr>),
    /// `max(...)` or `min(...)` of at least one argument.
    Pick(Pick, Vec<NumExpr>),
}

/// An expression that yields true, false or unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BoolExpr {
    /// `x op y`.
    Compare(Comparison, NumExpr, NumExpr),
    /// `not a`.
    Not(Box<BoolExpr>),
    /// `a and b`.
    And(Box<BoolExpr>, Box<BoolExpr>),
    /// `a or b`.
    Or(Box<BoolExpr>, Box<BoolExpr>),
}

/// The four operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arithmetic {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`; a division by 0 is unknown.
    Divide,
}

/// Comparisons of two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
    /// `==`
    Equal,
}

/// The largest or the smallest of several numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    /// `max(...)`
    Max,
    /// `min(...)`
    Min,
}

/// What is wrong with an expression, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{fault} (character {at} of the expression)")]
pub struct ExprError {
    /// 1-based position in characters.
    pub at: usize,
    /// What is wrong.
    pub fault: ExprFault,
}

/// What is wrong with an expression.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExprFault {
    /// Nothing is written.
    #[error("the expression is empty")]
    Empty,
    /// Text, tokens or nesting beyond the limits of this module.
    #[error("the expression is too long or too deeply nested (2,000 bytes, 400 tokens, 32 levels)")]
    TooLarge,
    /// A character outside the grammar.
    #[error("`{0}` has no meaning in an expression")]
    Character(char),
    /// A malformed number.
    #[error("`{0}` is not a plain decimal number")]
    Number(String),
    /// Something else should stand here.
    #[error("`{found}` stands where {wanted} is needed")]
    Unexpected {
        /// The token found, or `end`.
        found: String,
        /// What the grammar needs there.
        wanted: &'static str,
    },
    /// A truth where a number is needed.
    #[error("a comparison stands where a number is needed")]
    NeedsNumber,
    /// A number where a truth is needed.
    #[error("a number stands where a comparison is needed")]
    NeedsTruth,
}

impl NumExpr {
    /// Parses an expression that yields a number.
    pub fn parse(text: &str) -> Result<Self, ExprError> {
        parser::parse_number(text)
    }

    /// The names it needs, each once, in the order they are first written.
    pub fn names(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.collect(&mut names);
        names
    }

    fn collect<'a>(&'a self, names: &mut Vec<&'a str>) {
        match self {
            NumExpr::Number(_) => {}
            NumExpr::Name(name) => {
                if !names.contains(&name.as_str()) {
                    names.push(name);
                }
            }
            NumExpr::Negate(inner) => inner.collect(names),
            NumExpr::Arithmetic(_, left, right) => {
                left.collect(names);
                right.collect(names);
            }
            NumExpr::Pick(_, parts) => parts.iter().for_each(|part| part.collect(names)),
        }
    }
}

impl BoolExpr {
    /// Parses an expression that yields a truth.
    pub fn parse(text: &str) -> Result<Self, ExprError> {
        parser::parse_truth(text)
    }

    /// The names it needs, each once, in the order they are first written.
    pub fn names(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.collect(&mut names);
        names
    }

    fn collect<'a>(&'a self, names: &mut Vec<&'a str>) {
        match self {
            BoolExpr::Compare(_, left, right) => {
                left.collect(names);
                right.collect(names);
            }
            BoolExpr::Not(inner) => inner.collect(names),
            BoolExpr::And(left, right) | BoolExpr::Or(left, right) => {
                left.collect(names);
                right.collect(names);
            }
        }
    }
}

#[cfg(test)]
mod tests;
