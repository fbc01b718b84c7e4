//! Doing an import inside a unit of work. A preview is the same run, given up at the end: nothing can differ between the two.

use std::collections::HashMap;

use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{columns, columns::Column, table::Table};
use crate::{
    audit::hex,
    error::{Error, FieldProblem, Message, Result},
    i18n,
    register::{
        Draft, FieldKind, Record, RegisterDef, Value,
        pages::{typed::Typed, units::Units, words::Words},
        store, unique,
    },
    work::Work,
};

/// A problem of a row: the column it stands in, if it stands in one, and the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wrong {
    pub column: Option<usize>,
    pub words: String,
}

/// What becomes of a row.
#[derive(Debug, Clone)]
pub(super) enum Outcome {
    Error(Vec<Wrong>),
    New(Box<Record>),
    Changed { before: Box<Record>, after: Box<Record> },
    Same,
}

/// A row with its outcome.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub line: u64,
    pub cells: Vec<String>,
    pub outcome: Outcome,
}

/// A file with the outcome of every row.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub table: Table,
    pub columns: Vec<Column>,
    pub lines: Vec<Line>,
}

/// How many rows of each outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Counts {
    pub errors: usize,
    pub new: usize,
    pub changed: usize,
    pub same: usize,
}

impl Run {
    /// How many rows of each outcome.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for line in &self.lines {
            match line.outcome {
                Outcome::Error(_) => counts.errors += 1,
                Outcome::New(_) => counts.new += 1,
                Outcome::Changed { .. } => counts.changed += 1,
                Outcome::Same => counts.same += 1,
            }
        }
        counts
    }

    /// Says the same for the same outcomes: whoever confirms confirms what they saw.
    pub fn digest(&self) -> String {
        let mut hash = Sha256::new();
        for line in &self.lines {
            let text = match &line.outcome {
                Outcome::Error(wrong) => {
                    let words: Vec<&str> = wrong.iter().map(|w| w.words.as_str()).collect();
                    format!("e {}", words.join("\u{1f}"))
                }
                Outcome::New(_) => "n".to_owned(),
                Outcome::Changed { before, .. } => format!("c {} {}", before.meta.id, before.meta.version),
                Outcome::Same => "s".to_owned(),
            };
            hash.update(format!("{} {text}\n", line.line));
        }
        hex(&hash.finalize())
    }
}

/// Runs a file through the same checks and writes as a form. Sound rows are written into `work`; whoever only looks drops it.
///
/// # Errors
/// [`Error::Bad`] when the file has no column the register knows; a wrong row is an outcome, not an error.
pub(super) async fn run(work: &mut Work, w: &Words, units: &Units, table: Table) -> Result<Run> {
    let def = w.def;
    let columns = columns::of_head(def, &table.head);
    if !columns.iter().any(|c| matches!(c, Column::Field(_))) {
        return Err(Error::Bad(Message::new("import-no-columns").arg("columns", expected(w))));
    }
    let mut lines = Vec::with_capacity(table.rows.len());
    // Which line had which record: a second one would undo the first without a word.
    let mut seen: HashMap<Uuid, u64> = HashMap::new();
    for (line, cells) in &table.rows {
        let outcome = match one(work, w, units, &columns, cells, &seen).await {
            Ok((outcome, id)) => {
                seen.insert(id, *line);
                outcome
            }
            Err(Error::Invalid(problems)) => Outcome::Error(in_columns(w, &columns, &problems)),
            Err(
                error @ (Error::Refused(_) | Error::Forbidden { .. } | Error::NotFound { .. } | Error::Stale { .. }),
            ) => Outcome::Error(vec![Wrong { column: None, words: i18n::message(w.lang, &error.message()) }]),
            Err(error) => return Err(error),
        };
        lines.push(Line { line: *line, cells: cells.clone(), outcome });
    }
    Ok(Run { table, columns, lines })
}

/// The labels a file may use.
fn expected(w: &Words) -> String {
    let fields = w.def.fields.iter().map(|f| w.field(None, f));
    std::iter::once(w.t("register-field-unit")).chain(fields).collect::<Vec<_>>().join(&w.t("register-comma"))
}

async fn one(
    work: &mut Work,
    w: &Words,
    units: &Units,
    columns: &[Column],
    cells: &[String],
    seen: &HashMap<Uuid, u64>,
) -> Result<(Outcome, Uuid)> {
    let def = w.def;
    let cell = |wanted: Column| {
        let at = columns.iter().position(|c| *c == wanted)?;
        cells.get(at).map(|t| super::super::csv::unguard(t).trim()).filter(|t| !t.is_empty())
    };
    let mut before = match cell(Column::Id) {
        None => None,
        Some(text) => Some(by_id(work, def, text).await?),
    };
    let unit = unit_of(def, units, work.today(), cell(Column::Unit), before.as_ref())?;
    let fill = |base: Option<&Record>| {
        let mut typed = base.map_or_else(|| Typed::empty(def, None), |r| Typed::of(def, r));
        typed.unit = unit.to_string();
        for (column, cell) in columns.iter().zip(cells) {
            if let Column::Field(at) = column {
                typed.fields[*at] = columns::text(def, &def.fields[*at], cell, base.map(|r| &r.values[*at]));
            }
        }
        typed
    };
    if before.is_none() {
        // Without an id a record is known by what may not repeat.
        let (draft, _) = fill(None).draft(def, None);
        if let Some((id, list)) = unique::same(work, def, unit, &draft.values, None).await? {
            once(seen, id, list[0])?;
            before = Some(by_id(work, def, &id.to_string()).await?);
        }
    }
    if let Some(record) = &before {
        once(seen, record.meta.id, "id")?;
    }
    let (draft, problems) = fill(before.as_ref()).draft(def, before.as_ref());
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let Some(before) = before else {
        let record = store::create(work, def, draft).await?;
        let id = record.meta.id;
        return Ok((Outcome::New(Box::new(record)), id));
    };
    // A file made from an older version must not undo what was saved since.
    let read = cell(Column::Version).and_then(|t| t.parse::<i64>().ok()).filter(|v| *v != before.meta.version);
    if let Some(read) = read.filter(|_| differs(&draft, &before)) {
        let message = Message::new("import-stale").arg("read", read).arg("now", before.meta.version);
        return Err(Error::Invalid(vec![FieldProblem { field: "version".to_owned(), message }]));
    }
    let after = store::update(work, def, before.meta.id, before.meta.version, draft).await?;
    if after.meta.version == before.meta.version {
        return Ok((Outcome::Same, before.meta.id));
    }
    let id = before.meta.id;
    Ok((Outcome::Changed { before: Box::new(before), after: Box::new(after) }, id))
}

/// One row a record.
fn once(seen: &HashMap<Uuid, u64>, id: Uuid, field: &str) -> Result<()> {
    let Some(line) = seen.get(&id) else { return Ok(()) };
    let message = Message::new("import-twice").arg("line", line);
    Err(Error::Invalid(vec![FieldProblem { field: field.to_owned(), message }]))
}

/// Whether a draft would change a field or the unit; files carry no child rows.
fn differs(draft: &Draft, before: &Record) -> bool {
    let same = |(new, old): (&Value, &Value)| *new == Value::Unchanged || new == old;
    draft.unit != before.meta.unit || !draft.values.iter().zip(&before.values).all(same)
}

async fn by_id(work: &mut Work, def: &'static RegisterDef, text: &str) -> Result<Record> {
    let unknown = || {
        let message = Message::new("import-record-unknown").arg("value", text);
        Error::Invalid(vec![FieldProblem { field: "id".to_owned(), message }])
    };
    let id = Uuid::try_parse(text).map_err(|_| unknown())?;
    let seen = work.actor.scoped(def.permissions.write, id)?;
    match store::get(&mut work.tx, &work.keys, def, &seen).await {
        Err(Error::NotFound { .. }) => Err(unknown()),
        other => other,
    }
}

/// The unit a row names by name or key; the record's own, or the only one there is, when it names none.
fn unit_of(
    def: &'static RegisterDef,
    units: &Units,
    today: chrono::NaiveDate,
    text: Option<&str>,
    before: Option<&Record>,
) -> Result<Uuid> {
    let wrong = |message: Message| Err(Error::Invalid(vec![FieldProblem { field: "unit".to_owned(), message }]));
    let own = before.map(|r| r.meta.unit);
    let Some(text) = text else {
        let mut all = units.holders(def, today);
        let only = all.next().filter(|_| all.next().is_none()).map(|u| u.id);
        return own.or(only).map_or_else(|| wrong(Message::new("field-required")), Ok);
    };
    if own.is_some_and(|id| units.name(id) == text) {
        return Ok(own.unwrap_or_default());
    }
    if let Some(unit) = units.by_key(text) {
        return Ok(unit.id);
    }
    let fits: Vec<Uuid> = units.holders(def, today).filter(|u| u.name == text).map(|u| u.id).collect();
    match fits[..] {
        [one] => Ok(one),
        [] => {
            let near = |name: &str| strsim::jaro(name, text);
            let best = units.holders(def, today).max_by(|a, b| near(&a.name).total_cmp(&near(&b.name)));
            match best.filter(|u| near(&u.name) > 0.7) {
                Some(unit) => wrong(Message::new("import-unit-near").arg("value", text).arg("near", &unit.name)),
                None => wrong(Message::new("import-unit-unknown").arg("value", text)),
            }
        }
        _ => wrong(Message::new("import-unit-several").arg("value", text)),
    }
}

/// Problems at their columns; one whose field has no column names its field.
fn in_columns(w: &Words, columns: &[Column], problems: &[FieldProblem]) -> Vec<Wrong> {
    let place = |path: &str| {
        let wanted = match path {
            "unit" => Column::Unit,
            "id" => Column::Id,
            "version" => Column::Version,
            name => Column::Field(w.def.field(name)?.0),
        };
        columns.iter().position(|c| *c == wanted)
    };
    problems
        .iter()
        .map(|p| match place(&p.field) {
            Some(at) => {
                let choices = match p.message.key.as_str() {
                    "field-not-a-choice" => choices(w, &p.field),
                    _ => String::new(),
                };
                Wrong { column: Some(at), words: format!("{}{choices}", i18n::message(w.lang, &p.message)) }
            }
            None => Wrong { column: None, words: w.problem(p) },
        })
        .collect()
}

/// The labels a cell may hold, where there are few.
fn choices(w: &Words, field: &str) -> String {
    let Some((_, field)) = w.def.field(field) else { return String::new() };
    match field.kind {
        FieldKind::Choice(codes) if codes.len() <= 8 => {
            let labels: Vec<String> = codes.iter().map(|c| w.choice(None, field, c)).collect();
            i18n::ta(w.lang, "import-choices", &[("choices", labels.join(&w.t("register-comma")).into())])
        }
        _ => String::new(),
    }
}
