//! What is wrong with a file that a command was given: one shape for packs and tables, for people and for programs.
//!
//! The rule that matters: every fault has its place and its remedy, all of them come in one run, and a file with a fault gives
//! no half answer.

use std::{
    io::Read as _,
    path::{Path, PathBuf},
};

use hejian_scoring::{
    pack::{PackError, PackErrors},
    table::{TableError, TableErrors},
};
use serde::Serialize;
use serde_json::{Value, json};

use super::failure::Failure;

/// The most bytes of one file that are read; a nation's facts are read from columns, not from text.
const MAX_BYTES: u64 = 1 << 30;

/// One fault of a file.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Trouble {
    /// The file.
    pub file: String,
    /// 1-based line; nothing where the place is a cell of a workbook.
    pub line: Option<u64>,
    /// 1-based column of a text, name of the column of a table.
    pub column: Value,
    /// Sheet and cell of a workbook.
    #[serde(skip_serializing_if = "Value::is_null")]
    pub cell: Value,
    /// Indicator code, measure id or unit concerned.
    pub code: Option<String>,
    /// The kind of fault, in one word.
    pub fault: String,
    /// What is wrong.
    pub message: String,
    /// What to write or do.
    pub remedy: String,
    /// All of it in one line.
    #[serde(skip)]
    pub line_of_text: String,
}

/// All faults found, and how many more there are than are listed.
#[derive(Debug, Clone, Default)]
pub(super) struct Troubles {
    /// Those listed.
    pub list: Vec<Trouble>,
    /// How many more.
    pub more: usize,
}

impl Troubles {
    /// As JSON, beside `ok: false`.
    pub(super) fn json(&self) -> Value {
        json!({ "ok": false, "errors": self.list, "more": self.more })
    }

    /// One line a fault, on standard error.
    pub(super) fn print(&self) {
        self.list.iter().for_each(|trouble| eprintln!("{}", trouble.line_of_text));
        if self.more > 0 {
            eprintln!("… and {} more", self.more);
        }
    }

    /// Says all of it where it belongs, and that nothing came of the work.
    pub(super) fn end(&self, json: bool, nothing: &str) -> Failure {
        if json {
            say!("{}", self.json());
        } else {
            self.print();
        }
        let n = self.list.len() + self.more;
        let what = if n == 1 { "1 problem was found".to_owned() } else { format!("{n} problems were found") };
        Failure::Failed(format!("{what}; {nothing}"))
    }
}

impl From<PackErrors> for Troubles {
    fn from(errors: PackErrors) -> Self {
        Self { list: errors.0.into_iter().map(Trouble::from).collect(), more: 0 }
    }
}

impl From<TableErrors> for Troubles {
    fn from(errors: TableErrors) -> Self {
        Self { list: errors.errors.into_iter().map(Trouble::from).collect(), more: errors.more }
    }
}

impl From<PackError> for Trouble {
    fn from(error: PackError) -> Self {
        let written = serde_json::to_value(&error.problem).unwrap_or_default();
        let line_of_text = error.to_string();
        let in_text = error.cell.is_none();
        Self {
            line: in_text.then_some(error.line as u64),
            column: if in_text { json!(error.column) } else { Value::Null },
            cell: json!(error.cell),
            fault: written["key"].as_str().unwrap_or("pack").to_owned(),
            message: error.problem.to_string(),
            remedy: error.problem.remedy(),
            file: error.file,
            code: error.subject,
            line_of_text,
        }
    }
}

impl From<TableError> for Trouble {
    fn from(error: TableError) -> Self {
        let line_of_text = error.to_string();
        let (message, remedy) = (error.fault.to_string(), error.fault.remedy());
        // Faults of a fact say both in one sentence.
        let (message, remedy) = match message.split_once("; ") {
            Some((message, rest)) if remedy.is_empty() => (message.to_owned(), rest.to_owned()),
            _ => (message, remedy),
        };
        Self {
            line: Some(error.line),
            column: json!(error.column),
            cell: Value::Null,
            fault: error.fault.key(),
            message,
            remedy,
            file: error.file,
            code: error.subject,
            line_of_text,
        }
    }
}

/// A file as it is.
///
/// # Errors
/// A wrong command line: the file is not there, not readable or too large.
pub(super) fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |e: std::io::Error| {
        let path = path.display();
        Failure::Usage(format!("cannot read {path}: {e}. Check that it exists and that this account may read it."))
    };
    let mut bytes = Vec::new();
    std::fs::File::open(path).and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes)).map_err(failed)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Failure::Usage(format!("{} is larger than 1 GiB. Split it.", path.display())));
    }
    Ok(bytes)
}

/// A file as UTF-8 text.
///
/// # Errors
/// As [`bytes`]; other bytes than UTF-8 are a fault of the file.
pub(super) fn text(path: &Path) -> Result<Result<String, Trouble>, Failure> {
    Ok(String::from_utf8(bytes(path)?).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count() as u64;
        let (file, message) = (path.display().to_string(), "the text is not UTF-8 from here on".to_owned());
        let remedy = "save the file as UTF-8".to_owned();
        let line_of_text = format!("{file}:{line}: {message}; {remedy}");
        let fault = "not_utf8".to_owned();
        let (line, column, cell) = (Some(line), Value::Null, Value::Null);
        Trouble { file, line, column, cell, code: None, fault, message, remedy, line_of_text }
    }))
}

/// Refuses to overwrite.
///
/// # Errors
/// A wrong command line: one of the files is there.
pub(super) fn refuse_present(folder: &Path, files: &[(&str, &[u8])]) -> Result<(), Failure> {
    match files.iter().map(|(name, _)| folder.join(name)).find(|path| path.exists()) {
        Some(path) => Err(Failure::Usage(format!(
            "{} is there already. Name a new place; nothing is overwritten.",
            path.display()
        ))),
        None => Ok(()),
    }
}

/// Writes files into a folder, all or none: each under another name first. A file that is there is overwritten only where
/// that was asked for.
///
/// # Errors
/// A file that is there (a wrong command line), or a folder that cannot be written.
pub(super) fn write(folder: &Path, files: &[(&str, &[u8])], replace: bool) -> Result<Vec<PathBuf>, Failure> {
    let failed = |path: &Path, e: &std::io::Error| {
        let path = path.display();
        Failure::Failed(format!(
            "cannot write {path}: {e}. Check that the place exists, that this account may write there, and that the disk is not full."
        ))
    };
    if !replace {
        refuse_present(folder, files)?;
    }
    std::fs::create_dir_all(folder).map_err(|e| failed(folder, &e))?;
    let parts: Vec<(PathBuf, PathBuf)> =
        files.iter().map(|(name, _)| (folder.join(format!(".{name}.part")), folder.join(name))).collect();
    let written = parts
        .iter()
        .zip(files)
        .try_for_each(|((part, _), (_, bytes))| std::fs::write(part, bytes).map_err(|e| failed(part, &e)));
    let named = written.and_then(|()| {
        parts.iter().try_for_each(|(part, path)| std::fs::rename(part, path).map_err(|e| failed(path, &e)))
    });
    if let Err(failure) = named {
        parts.iter().for_each(|(part, _)| _ = std::fs::remove_file(part));
        return Err(failure);
    }
    Ok(parts.into_iter().map(|(_, path)| path).collect())
}
