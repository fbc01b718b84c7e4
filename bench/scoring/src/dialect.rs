//! The two languages the peers are asked in: expressions of DuckDB's SQL and of Polars in Python.

/// Writes expressions.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    DuckDb,
    Polars,
}

use Dialect::{DuckDb, Polars};

impl Dialect {
    pub fn col(self, name: &str) -> String {
        match self {
            DuckDb => name.to_owned(),
            Polars => format!("c(\"{name}\")"),
        }
    }

    /// A number that is never known.
    pub fn null(self) -> String {
        match self {
            DuckDb => "NULL::DOUBLE".to_owned(),
            Polars => "pl.lit(None, dtype=pl.Float64)".to_owned(),
        }
    }

    pub fn binary(self, op: &str, a: &str, b: &str) -> String {
        format!("({a} {op} {b})")
    }

    /// A comparison; `op` is `<`, `<=`, `>`, `>=` or `==`.
    pub fn compare(self, op: &str, a: &str, b: &str) -> String {
        let op = if self == DuckDb && op == "==" { "=" } else { op };
        format!("({a} {op} {b})")
    }

    pub fn and(self, a: &str, b: &str) -> String {
        self.binary(if self == DuckDb { "AND" } else { "&" }, a, b)
    }

    pub fn or(self, a: &str, b: &str) -> String {
        self.binary(if self == DuckDb { "OR" } else { "|" }, a, b)
    }

    pub fn not(self, a: &str) -> String {
        match self {
            DuckDb => format!("(NOT {a})"),
            Polars => format!("(~{a})"),
        }
    }

    /// The first value whose condition is true; unknown where none is.
    pub fn case(self, cases: &[(String, String)]) -> String {
        match self {
            DuckDb => {
                let when: Vec<String> = cases.iter().map(|(when, then)| format!("WHEN {when} THEN {then}")).collect();
                format!("CASE {} END", when.join(" "))
            }
            Polars => {
                let when: Vec<String> = cases.iter().map(|(when, then)| format!("when({when}).then({then})")).collect();
                format!("pl.{}.otherwise(None)", when.join("."))
            }
        }
    }

    /// The larger or smaller of two numbers, unknown where either is.
    pub fn pick(self, largest: bool, a: &str, b: &str) -> String {
        let op = if largest { ">=" } else { "<=" };
        let turned = if largest { "<" } else { ">" };
        self.case(&[(self.compare(op, a, b), a.to_owned()), (self.compare(turned, a, b), b.to_owned())])
    }

    /// `a / b`, unknown where `b` is 0.
    pub fn quotient(self, a: &str, b: &str) -> String {
        match self {
            DuckDb => format!("({a}::DOUBLE / nullif({b}, 0))"),
            Polars => format!("(({a}) / pl.when(({b}) != 0).then({b}))"),
        }
    }

    /// A share held between 0 and 1; unknown stays unknown.
    pub fn held(self, a: &str) -> String {
        match self {
            DuckDb => format!("CASE WHEN {a} >= 1 THEN 1 WHEN {a} <= 0 THEN 0 ELSE {a} END"),
            Polars => format!("{a}.clip(0.0, 1.0)"),
        }
    }

    /// Points as hundredths, a half upwards; the millionth keeps a half that a double writes as a little less.
    pub fn hundredths(self, points: &str) -> String {
        match self {
            DuckDb => format!("floor(({points}) * 100 + 0.500001)::SMALLINT"),
            Polars => format!("(({points}) * 100 + 0.500001).floor().cast(pl.Int16)"),
        }
    }
}
