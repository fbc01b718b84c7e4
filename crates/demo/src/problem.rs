//! What is wrong with a data file of the demonstration district: the file, the place in it, the reason and the way out.

use thiserror::Error;

/// A fault in one of the three source files. The message can be shown to whoever edits the files.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("demo/{file}, {place}: {what}. {remedy}")]
pub struct Problem {
    /// File name inside `demo/`.
    pub file: &'static str,
    /// Line, feature or record, in words (`line 12`, `feature O-S1-03`, `department mzj`).
    pub place: String,
    /// What was found and why it will not do.
    pub what: String,
    /// What to do about it.
    pub remedy: String,
}

impl Problem {
    /// A problem at `place` of `file`.
    pub(crate) fn new(
        file: &'static str,
        place: impl Into<String>,
        what: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self { file, place: place.into(), what: what.into(), remedy: remedy.into() }
    }
}
