//! Catalogues of other tools, read as drafts of a standard. An import carries what the other format knows — headings,
//! requirements, their words, evidence and what an inspection asks — and leaves open what it does not: points, leads,
//! levels, measures, rules. The rule that matters: nothing is guessed and nothing is lost in silence; what has no place in
//! a standard is listed in [`Imported::left`].
//!
//! Two formats are read, none is written: library files of CISO Assistant ([`ciso`]) and catalogs of OSCAL ([`oscal`]).

pub mod ciso;
mod codes;
mod draft;
pub mod oscal;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The most bytes of an imported file.
pub const MAX_BYTES: usize = 32 * 1024 * 1024;

/// A catalogue as a draft of a standard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Imported {
    /// Where it comes from.
    pub origin: Origin,
    /// First-level headings, in order; only those with an indicator.
    pub areas: Vec<DraftArea>,
    /// What can be assessed, in order.
    pub indicators: Vec<DraftIndicator>,
    /// What could not be carried over.
    pub left: Vec<LeftOut>,
}

/// The catalogue as its own file names it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    /// The format read.
    pub format: String,
    /// Its id, made fit for an id of a standard.
    pub id: String,
    /// Title.
    pub name: String,
    /// Its version, as written there.
    pub version: Option<String>,
    /// URN or UUID.
    pub identifier: Option<String>,
    /// Terms under which it may be used; they go with the draft.
    pub copyright: Option<String>,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DraftArea {
    /// Unique among the areas.
    pub code: String,
    /// Heading.
    pub name: String,
}

/// Something that can be assessed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DraftIndicator {
    /// Unique, and the same whenever the same file is read.
    pub code: String,
    /// Code of its area.
    pub area: String,
    /// Name.
    pub name: String,
    /// What is asked.
    pub words: String,
    /// The papers that prove it.
    pub evidence: Vec<String>,
    /// What an inspection looks at, and how.
    pub checklist: Vec<DraftCheck>,
    /// What its own format says of it: identifier, headings between area and indicator, weight, groups.
    pub was: BTreeMap<String, String>,
}

/// A line of a checklist.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DraftCheck {
    /// What is looked at.
    pub asks: String,
    /// How.
    pub how: Option<String>,
}

/// Something that has no place in a standard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LeftOut {
    /// What it is.
    pub what: String,
    /// What became of it.
    pub why: String,
    /// How many.
    pub count: usize,
    /// Codes or names of the first few.
    pub examples: Vec<String>,
}

/// Gathers what is left out, kind by kind, in the order met.
#[derive(Default)]
struct Left(Vec<LeftOut>);

impl Left {
    /// Examples kept of each kind.
    const EXAMPLES: usize = 5;

    fn add(&mut self, what: &str, why: &str, example: &str) {
        let found = self.0.iter().position(|left| left.what == what && left.why == why);
        let at = found.unwrap_or_else(|| {
            self.0.push(LeftOut { what: what.into(), why: why.into(), count: 0, examples: Vec::new() });
            self.0.len() - 1
        });
        let left = &mut self.0[at];
        left.count += 1;
        if left.examples.len() < Self::EXAMPLES {
            left.examples.push(codes::clipped(example, 60));
        }
    }
}

/// A short name from a long text: its first sentence or line, clipped.
fn headline(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let end = line.find(['。', '；']).or_else(|| line.find(". ")).unwrap_or(line.len());
    codes::clipped(&line[..end], 60)
}
