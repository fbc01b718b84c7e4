//! Let-bindings for SQL: an expression used twice becomes a column of a further layer.
//!
//! The rule that matters: text grows with the number of operations, never by copying an expression into itself, and an engine
//! computes each of them once.

use std::collections::{BTreeMap, BTreeSet};

/// An expression and the layer from which on its columns exist.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Term {
    pub sql: String,
    pub level: usize,
}

/// Layers of columns: the first is given, each further one adds to the one before.
pub(super) struct Layers {
    name: String,
    base: String,
    lets: Vec<Vec<(String, String)>>,
    known: BTreeMap<String, Term>,
    count: usize,
    /// Set when a number grew wider than the text should carry.
    pub overgrown: bool,
}

impl Layers {
    /// Layers named `name_0`, `name_1`, … over the columns of the query `base`.
    pub(super) fn new(name: &str, base: String) -> Self {
        Layers { name: name.to_owned(), base, lets: Vec::new(), known: BTreeMap::new(), count: 0, overgrown: false }
    }

    /// A number as a column of 64 bits.
    pub(super) fn bind(&mut self, term: &Term) -> Term {
        self.column(format!("cast({} as bigint)", term.sql), term.level)
    }

    /// A truth as a column of whatever type the engine has for truths.
    pub(super) fn bind_truth(&mut self, term: &Term) -> Term {
        self.column(format!("({})", term.sql), term.level)
    }

    fn column(&mut self, sql: String, level: usize) -> Term {
        if let Some(known) = self.known.get(&sql) {
            return known.clone();
        }
        let term = Term { sql: format!("x{}", self.count), level: level + 1 };
        self.count += 1;
        while self.lets.len() <= level {
            self.lets.push(Vec::new());
        }
        self.lets[level].push((term.sql.clone(), sql.clone()));
        self.known.insert(sql, term.clone());
        term
    }

    /// Writes the layers as steps and returns the name of the last, which has the columns `keep` (literals among them are
    /// passed over).
    pub(super) fn finish(self, steps: &mut Vec<String>, keep: &[&str]) -> String {
        let layers: Vec<&Vec<(String, String)>> = self.lets.iter().filter(|columns| !columns.is_empty()).collect();
        // Engines nest expressions only so deep, and count those of every layer of a statement.
        let chunks: Vec<_> = if layers.is_empty() { vec![&[][..]] } else { layers.chunks(6).collect() };
        // A row of a table is bounded too: what nothing later reads is left behind.
        let mut needed: BTreeSet<&str> = keep.iter().flat_map(|text| columns_in(text)).collect();
        let mut wanted = vec![needed.clone()];
        for chunk in chunks.iter().skip(1).rev() {
            let (made, texts): (Vec<&str>, Vec<&str>) = chunk
                .iter()
                .flat_map(|columns| columns.iter())
                .map(|(name, sql)| (name.as_str(), sql.as_str()))
                .unzip();
            needed.extend(texts.into_iter().flat_map(columns_in));
            made.into_iter().for_each(|name| {
                needed.remove(name);
            });
            wanted.push(needed.clone());
        }
        let mut base = self.base.clone();
        let mut last = String::new();
        for (i, chunk) in chunks.into_iter().enumerate() {
            last = format!("{}_{i}", self.name);
            let mut parts = vec![format!("y0 as materialized (\n{base})")];
            for (j, columns) in chunk.iter().enumerate() {
                let list: Vec<String> = columns.iter().map(|(name, sql)| format!("  {sql} as {name}")).collect();
                parts.push(format!("y{} as materialized (select y{j}.*,\n{}\n  from y{j})", j + 1, list.join(",\n")));
            }
            let columns: Vec<&str> = wanted.pop().into_iter().flatten().collect();
            let (columns, parts) = (columns.join(", "), parts.join(",\n"));
            steps.push(format!("create temporary table {last} as with {parts} select {columns} from y{}", chunk.len()));
            base = format!("select * from {last}");
        }
        last
    }
}

/// The words of the language that occur in expressions.
const WORDS: &[&str] =
    &["and", "as", "bigint", "case", "cast", "else", "end", "is", "not", "null", "or", "then", "when"];

/// The columns an expression reads.
fn columns_in(sql: &str) -> impl Iterator<Item = &str> {
    sql.split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .filter(|word| word.starts_with(|c: char| c.is_ascii_lowercase()) && !WORDS.contains(word))
}
