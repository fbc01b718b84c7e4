//! Writes expressions: as text with the fewest parentheses, and with numbers in place of names for an explanation
//! (`459 >= max(300, 2446 / 100 * 20) = 489.2`).

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::eval::Lookup;
use super::{Arithmetic, BoolExpr, Comparison, NumExpr, Pick};

/// What stands in an explanation for a name whose value is not known.
const UNKNOWN: &str = "?";

impl Comparison {
    /// The sign as written.
    pub fn sign(&self) -> &'static str {
        match self {
            Comparison::Less => "<",
            Comparison::AtMost => "<=",
            Comparison::Greater => ">",
            Comparison::AtLeast => ">=",
            Comparison::Equal => "==",
        }
    }
}

impl NumExpr {
    /// The expression with its numbers in place; `?` where one is unknown.
    pub fn with_numbers(&self, lookup: &Lookup<'_>) -> String {
        self.text(&|name| substitute(name, lookup), 0)
    }

    fn is_composite(&self) -> bool {
        matches!(self, NumExpr::Arithmetic(..) | NumExpr::Pick(..))
    }

    /// `binding`: how tightly the place around binds (1 sum, 2 right of a sum or in a product, 3 right of a product or after a sign).
    fn text(&self, name: &dyn Fn(&str) -> String, binding: u8) -> String {
        match self {
            NumExpr::Number(value) => value.to_string(),
            NumExpr::Name(word) => name(word),
            NumExpr::Negate(inner) => bracket(format!("-{}", inner.text(name, 3)), binding > 0),
            NumExpr::Arithmetic(op, left, right) => {
                let (sign, level) = match op {
                    Arithmetic::Add => ("+", 1),
                    Arithmetic::Subtract => ("-", 1),
                    Arithmetic::Multiply => ("*", 2),
                    Arithmetic::Divide => ("/", 2),
                };
                let text = format!("{} {sign} {}", left.text(name, level), right.text(name, level + 1));
                bracket(text, level < binding)
            }
            NumExpr::Pick(pick, parts) => {
                let word = if *pick == Pick::Max { "max" } else { "min" };
                let parts: Vec<String> = parts.iter().map(|part| part.text(name, 0)).collect();
                format!("{word}({})", parts.join(", "))
            }
        }
    }
}

impl BoolExpr {
    /// The expression with its numbers in place, and behind each composite right-hand side its value.
    pub fn with_numbers(&self, lookup: &Lookup<'_>) -> String {
        let result = |expr: &NumExpr| {
            let value = expr.is_composite().then(|| expr.eval(lookup)).flatten();
            value.map(|value| format!(" = {value}")).unwrap_or_default()
        };
        self.text(&|name| substitute(name, lookup), &result, 0)
    }

    /// `binding`: 0 nothing around, 1 inside `or`, 2 inside `and`, 3 after `not`.
    fn text(&self, name: &dyn Fn(&str) -> String, result: &dyn Fn(&NumExpr) -> String, binding: u8) -> String {
        match self {
            BoolExpr::Compare(op, left, right) => {
                format!("{} {} {}{}", left.text(name, 0), op.sign(), right.text(name, 0), result(right))
            }
            BoolExpr::Not(inner) => format!("not {}", bracketed_comparison(inner, name, result)),
            BoolExpr::And(left, right) => {
                bracket(format!("{} and {}", left.text(name, result, 2), right.text(name, result, 3)), binding > 2)
            }
            BoolExpr::Or(left, right) => {
                bracket(format!("{} or {}", left.text(name, result, 1), right.text(name, result, 2)), binding > 1)
            }
        }
    }
}

fn bracketed_comparison(
    inner: &BoolExpr,
    name: &dyn Fn(&str) -> String,
    result: &dyn Fn(&NumExpr) -> String,
) -> String {
    let text = inner.text(name, result, 0);
    bracket(text, !matches!(inner, BoolExpr::Not(_)))
}

fn bracket(text: String, needed: bool) -> String {
    if needed { format!("({text})") } else { text }
}

fn substitute(name: &str, lookup: &Lookup<'_>) -> String {
    match lookup(name) {
        Some(value) if value.is_negative() => format!("({value})"),
        Some(value) => value.to_string(),
        None => UNKNOWN.to_owned(),
    }
}

impl fmt::Display for NumExpr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(&|name| name.to_owned(), 0))
    }
}

impl fmt::Display for BoolExpr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(&|name| name.to_owned(), &|_| String::new(), 0))
    }
}

impl Serialize for NumExpr {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Serialize for BoolExpr {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for NumExpr {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        NumExpr::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

impl<'de> Deserialize<'de> for BoolExpr {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        BoolExpr::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}
