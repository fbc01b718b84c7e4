//! What can be wrong with a pack: every error names the file, the place, the indicator, the fault and the remedy.

use std::fmt;

use serde::Serialize;

use crate::expr::ExprError;

/// One fault of a pack, with its place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PackError {
    /// Name of the file as given to the loader.
    pub file: String,
    /// 1-based line.
    pub line: usize,
    /// 1-based column, in characters.
    pub column: usize,
    /// Sheet and cell, where the pack came from a spreadsheet; shown instead of line and column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<Cell>,
    /// Indicator code or measure id the place belongs to.
    pub subject: Option<String>,
    /// What is wrong.
    pub problem: Problem,
}

/// A place in a spreadsheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// Name of the sheet.
    pub sheet: String,
    /// The cell, `C7`.
    pub cell: String,
}

/// All faults found, in the order of the files.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PackErrors(pub Vec<PackError>);

/// What is wrong; `Display` says it, [`Problem::remedy`] says what to write. Serialises as `{"key": ..., ...}` for other languages.
#[derive(Clone, Debug, PartialEq, Serialize, thiserror::Error)]
#[serde(tag = "key", rename_all = "snake_case")]
pub enum Problem {
    /// The text is not YAML.
    #[error("the text is not YAML: {says}")]
    NotYaml {
        /// What the parser says.
        says: String,
    },
    /// Beyond the size, node or depth limit.
    #[error("the file is larger or deeper than a pack may be")]
    TooLarge,
    /// Anchors, aliases, tags and second documents are not part of the format.
    #[error("{what} is not part of the pack format")]
    NotInFormat {
        /// The feature.
        what: String,
    },
    /// A key appears twice.
    #[error("the key `{name}` is written twice")]
    DuplicateKey {
        /// The key.
        name: String,
    },
    /// A key the format does not know.
    #[error("the key `{name}` is unknown here")]
    UnknownKey {
        /// The key.
        name: String,
        /// The nearest known key.
        nearest: Option<String>,
        /// All known keys.
        known: Vec<String>,
    },
    /// A needed key is missing.
    #[error("the key `{name}` is missing")]
    MissingKey {
        /// The key.
        name: String,
    },
    /// Another shape is needed.
    #[error("`{name}` is {found}, where {wanted} is needed")]
    WrongShape {
        /// The key.
        name: String,
        /// What stands there.
        found: String,
        /// What is needed.
        wanted: String,
    },
    /// A word outside a closed list.
    #[error("`{found}` is not a word for `{name}`")]
    UnknownWord {
        /// The key.
        name: String,
        /// What stands there.
        found: String,
        /// The words that may.
        words: Vec<String>,
    },
    /// An expression that cannot be read.
    #[error("the expression in `{name}` cannot be read: {says}")]
    BadExpression {
        /// The key.
        name: String,
        /// Fault and position inside the expression.
        says: String,
    },
    /// An expression uses a name nothing is bound to.
    #[error("the expression uses `{name}`, which is not bound")]
    UnboundName {
        /// The name.
        name: String,
        /// The names that are.
        bound: Vec<String>,
    },
    /// A code, id or name used twice.
    #[error("{what} `{name}` is used twice")]
    Twice {
        /// Kind of thing.
        what: String,
        /// Which.
        name: String,
    },
    /// A reference to something that does not exist.
    #[error("{what} `{name}` does not exist")]
    Unknown {
        /// Kind of thing.
        what: String,
        /// Which.
        name: String,
        /// The nearest that exists.
        nearest: Option<String>,
    },
    /// Two figures that must agree do not.
    #[error("{what} is {found}, but {expected} is needed")]
    Disagrees {
        /// What was compared.
        what: String,
        /// What the file says.
        found: String,
        /// What it must be.
        expected: String,
    },
    /// A case of the pack's own tests came out otherwise.
    #[error("the test `{test}` expects {expected} for {code}, and {found} comes out")]
    TestFails {
        /// The case.
        test: String,
        /// Indicator code or name of a total.
        code: String,
        /// What the case expects.
        expected: String,
        /// What comes out; with reasons where it is not assessed.
        found: String,
    },
    /// Parts that do not go together.
    #[error("{says}")]
    Unfit {
        /// What does not fit.
        says: String,
        /// What to write.
        write: String,
    },
}

impl Problem {
    /// What to write instead.
    pub fn remedy(&self) -> String {
        let list = |words: &[String]| words.join(", ");
        match self {
            Problem::NotYaml { .. } => "correct the indentation, quotes or colon at this place".into(),
            Problem::TooLarge => {
                "keep a file under 4 MB, 200,000 values, 16 levels, no long runs of tiny values or of `[]{},`, and a mapping under 200 keys of 200 characters"
                    .into()
            }
            Problem::NotInFormat { .. } => "write the value out where it is used, in one document".into(),
            Problem::DuplicateKey { name } => format!("keep one `{name}`"),
            Problem::UnknownKey { nearest: Some(near), .. } => format!("write `{near}`, or remove the key"),
            Problem::UnknownKey { known, .. } => format!("remove it; known keys are {}", list(known)),
            Problem::MissingKey { name } => format!("add `{name}: ...`"),
            Problem::WrongShape { name, wanted, .. } => format!("write {wanted} after `{name}:`"),
            Problem::UnknownWord { words, .. } => format!("write one of {}", list(words)),
            Problem::BadExpression { .. } => {
                "use numbers, names, + - * /, < <= > >= ==, and or not, max(...), min(...), parentheses".into()
            }
            Problem::UnboundName { bound, .. } => format!("use one of {}, or bind the name", list(bound)),
            Problem::Twice { what, .. } => format!("give each {what} its own name"),
            Problem::Unknown { nearest: Some(near), .. } => format!("write `{near}`, or add it"),
            Problem::Unknown { what, .. } => format!("add the {what}, or name one that exists"),
            Problem::Disagrees { expected, .. } => format!("write {expected}, or correct the other place"),
            Problem::TestFails { .. } => {
                "correct the rule where it is wrong; where the case was computed wrongly, correct the case".into()
            }
            Problem::Unfit { write, .. } => write.clone(),
        }
    }

    pub(super) fn expression(name: &str, error: &ExprError) -> Problem {
        Problem::BadExpression { name: name.to_owned(), says: error.to_string() }
    }
}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.cell {
            Some(Cell { sheet, cell }) => write!(f, "{}: {sheet}!{cell}: ", self.file)?,
            None => write!(f, "{}:{}:{}: ", self.file, self.line, self.column)?,
        }
        if let Some(subject) = &self.subject {
            write!(f, "{subject}: ")?;
        }
        write!(f, "{}; {}", self.problem, self.problem.remedy())
    }
}

impl fmt::Display for PackErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, error) in self.0.iter().enumerate() {
            write!(f, "{}{error}", if i == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}

impl std::error::Error for PackError {}
impl std::error::Error for PackErrors {}
