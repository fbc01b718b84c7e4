//! What is wrong with a map: the kind, the place, what to do about it.
//!
//! The rule that matters: every fault names its feature (or node, or edge), all of them come in one run, and a map with a fault is
//! not solved.

use std::fmt;

pub use super::wrong::Wrong;

/// Faults listed at most; the others are counted.
const MOST_LISTED: usize = 100;

/// One fault of a map.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// 1-based line of the text at which the thing begins, where it is known.
    pub line: Option<usize>,
    /// The thing: `feature 7 (O-S2-01)`, `node 3`, `edge 12`; nothing where it is the file as a whole.
    pub thing: String,
    /// What is wrong with it.
    pub wrong: Wrong,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}, ")?;
        }
        let colon = if self.thing.is_empty() { "" } else { ": " };
        write!(f, "{}{colon}{}. {}", self.thing, self.wrong, self.wrong.remedy())
    }
}

/// All faults of a map.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Faults {
    /// Those listed, in the order of the file.
    pub list: Vec<Fault>,
    /// How many more there are.
    pub more: usize,
}

impl Faults {
    /// A fault of the file as a whole.
    pub(crate) fn of_file(wrong: Wrong) -> Faults {
        Faults { list: vec![Fault { line: None, thing: String::new(), wrong }], more: 0 }
    }

    pub(crate) fn push(&mut self, line: Option<usize>, thing: impl Into<String>, wrong: Wrong) {
        if self.list.len() < MOST_LISTED {
            self.list.push(Fault { line, thing: thing.into(), wrong });
        } else {
            self.more += 1;
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Says once of the whole file that a property is missing, where no unit has it.
    pub(crate) fn absent(&mut self, property: &str) {
        let of =
            |fault: &Fault| matches!(&fault.wrong, Wrong::Missing { property: missing, .. } if missing == property);
        let Some(first) = self.list.iter().position(of) else { return };
        let Wrong::Missing { has, .. } = self.list[first].wrong.clone() else { return };
        self.list.retain(|fault| !of(fault));
        let wrong = Wrong::Absent { property: property.to_owned(), has };
        self.list.insert(0, Fault { line: None, thing: String::new(), wrong });
        self.more = 0;
    }

    pub(crate) fn or<T>(self, value: T) -> Result<T, Faults> {
        if self.is_empty() { Ok(value) } else { Err(self) }
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, fault) in self.list.iter().enumerate() {
            write!(f, "{}{fault}", if i == 0 { "" } else { "\n" })?;
        }
        if self.more > 0 {
            write!(f, "\n… and {} more", self.more)?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}
