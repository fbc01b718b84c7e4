//! The only place where SQL is made at run time. It owns parameters and rows whose shape is known from a `RegisterDef`.
//!
//! The rule that matters: identifiers come only from static data (a register's or child's declared names); everything that
//! a person typed is a parameter. [`Sql`] keeps the two apart by type: text can only be pushed as `&'static str` or as an
//! identifier that has been checked.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{AssertSqlSafe, Row, postgres::PgRow, sqlite::SqliteRow};
use uuid::Uuid;

use super::Tx;

/// A typed parameter. The type is needed even for a null: PostgreSQL checks it.
#[derive(Debug, Clone, PartialEq)]
pub enum Param {
    /// text
    Text(Option<String>),
    /// bigint / integer
    Int(Option<i64>),
    /// boolean
    Bool(Option<bool>),
    /// date
    Date(Option<NaiveDate>),
    /// timestamptz / datetime
    Time(Option<DateTime<Utc>>),
    /// uuid / blob
    Id(Option<Uuid>),
}

/// A statement under construction.
#[derive(Debug, Default, Clone)]
pub struct Sql {
    text: String,
    params: Vec<Param>,
}

/// The statement with its parameters, for whichever engine the place infers: the engines share no bind method by type.
macro_rules! bound {
    ($sql:expr) => {{
        let mut query = sqlx::query(AssertSqlSafe($sql.text.clone()));
        for param in &$sql.params {
            query = match param.clone() {
                Param::Text(v) => query.bind(v),
                Param::Int(v) => query.bind(v),
                Param::Bool(v) => query.bind(v),
                Param::Date(v) => query.bind(v),
                Param::Time(v) => query.bind(v),
                Param::Id(v) => query.bind(v),
            };
        }
        query
    }};
}

impl Sql {
    /// An empty statement.
    #[must_use]
    pub fn new(text: &'static str) -> Self {
        Self { text: text.to_owned(), params: Vec::new() }
    }

    /// Adds fixed text.
    pub fn push(&mut self, text: &'static str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Adds an identifier from a definition.
    ///
    /// # Panics
    /// When it is not `[a-z][a-z0-9_]*`: a programming error in a definition, never a person's input.
    pub fn ident(&mut self, name: &str) -> &mut Self {
        let sound = name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        assert!(sound, "`{name}` is not an identifier a definition may use");
        self.text.push_str(name);
        self
    }

    /// Adds a parameter.
    pub fn bind(&mut self, param: Param) -> &mut Self {
        self.params.push(param);
        self.text.push('$');
        self.text.push_str(&self.params.len().to_string());
        self
    }

    /// Adds another statement's text and parameters, renumbered.
    pub fn append(&mut self, other: &Sql) -> &mut Self {
        let mut rest = other.text.as_str();
        while let Some(at) = rest.find('$') {
            self.text.push_str(&rest[..at]);
            let digits = rest[at + 1..].bytes().take_while(u8::is_ascii_digit).count();
            let number: usize = rest[at + 1..at + 1 + digits].parse().unwrap_or(1);
            self.bind(other.params[number - 1].clone());
            rest = &rest[at + 1 + digits..];
        }
        self.text.push_str(rest);
        self
    }

    /// The text with its numbered places.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether nothing has been written yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Runs it and answers the number of rows changed.
    ///
    /// # Errors
    /// The engine's own error; the transaction then refuses to commit.
    pub async fn execute(&self, tx: &mut Tx) -> sqlx::Result<u64> {
        crate::on_engine!(tx, |c| bound!(self).execute(c).await.map(|done| done.rows_affected()))
    }

    /// Runs it and answers the rows.
    ///
    /// # Errors
    /// The engine's own error.
    pub async fn fetch_all(&self, tx: &mut Tx) -> sqlx::Result<Vec<AnyRow>> {
        crate::on_engine!(tx, |c| {
            bound!(self).fetch_all(c).await.map(|rows| rows.into_iter().map(AnyRow::from).collect())
        })
    }

    /// Runs it and answers the first row, if any.
    ///
    /// # Errors
    /// The engine's own error.
    pub async fn fetch_optional(&self, tx: &mut Tx) -> sqlx::Result<Option<AnyRow>> {
        Ok(self.fetch_all(tx).await?.into_iter().next())
    }
}

/// A row of either engine, read by position.
#[derive(Debug)]
pub enum AnyRow {
    /// From SQLite.
    Sqlite(SqliteRow),
    /// From PostgreSQL.
    Postgres(PgRow),
}

impl From<SqliteRow> for AnyRow {
    fn from(row: SqliteRow) -> Self {
        Self::Sqlite(row)
    }
}

impl From<PgRow> for AnyRow {
    fn from(row: PgRow) -> Self {
        Self::Postgres(row)
    }
}

macro_rules! getter {
    ($(#[$doc:meta])* $name:ident, $type:ty) => {
        $(#[$doc])*
        ///
        /// # Errors
        /// When the column is not of that type.
        pub fn $name(&self, at: usize) -> sqlx::Result<$type> {
            match self {
                Self::Sqlite(row) => row.try_get(at),
                Self::Postgres(row) => row.try_get(at),
            }
        }
    };
}

impl AnyRow {
    getter!(/** The text at a position. */ text, Option<String>);
    getter!(/** The whole number at a position. */ int, Option<i64>);
    getter!(/** The truth value at a position. */ bool, Option<bool>);
    getter!(/** The day at a position. */ date, Option<NaiveDate>);
    getter!(/** The moment at a position. */ time, Option<DateTime<Utc>>);
    getter!(/** The id at a position. */ id, Option<Uuid>);
}
