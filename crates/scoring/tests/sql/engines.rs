//! The engines the text runs on: SQLite in memory, and PostgreSQL with temporary tables where `HEJIAN_TEST_POSTGRES` names a
//! server. In continuous integration (`CI=true`) its absence is a failure.

use hejian_scoring::sql::{Compiled, ResultRow, Rows};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, Row, SqliteConnection};

const POSTGRES: &str = "HEJIAN_TEST_POSTGRES";

pub enum Engine {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

/// Every engine at hand, with the three tables made.
pub async fn engines(compiled: &Compiled) -> Vec<Engine> {
    let memory = SqliteConnection::connect("sqlite::memory:").await.expect("SQLite opens in memory");
    let mut engines = vec![Engine::Sqlite(memory)];
    match std::env::var(POSTGRES) {
        Ok(url) => engines.push(Engine::Postgres(PgConnection::connect(&url).await.expect("the test server answers"))),
        Err(_) => assert!(std::env::var("CI").as_deref() != Ok("true"), "{POSTGRES} is not set"),
    }
    for engine in &mut engines {
        for table in &compiled.tables {
            engine.execute(table.replace("create table", "create temporary table")).await;
        }
    }
    engines
}

impl Engine {
    pub fn name(&self) -> &'static str {
        match self {
            Engine::Sqlite(_) => "SQLite",
            Engine::Postgres(_) => "PostgreSQL",
        }
    }

    async fn execute(&mut self, text: String) {
        let shown: String = text.chars().take(400).collect();
        let text = AssertSqlSafe(text);
        let done = match self {
            Engine::Sqlite(connection) => connection.execute(text).await.map(|_| ()),
            Engine::Postgres(connection) => connection.execute(text).await.map(|_| ()),
        };
        done.unwrap_or_else(|error| panic!("{}: {error}\n{shown}", self.name()));
    }

    /// Replaces the rows of the tables and runs the query.
    pub async fn score(&mut self, compiled: &Compiled, rows: &Rows) -> Vec<ResultRow> {
        for statement in statements(rows).iter().chain(&compiled.steps) {
            self.execute(statement.clone()).await;
        }
        let query = AssertSqlSafe(compiled.query.clone());
        let name = self.name();
        let found = match self {
            Engine::Sqlite(connection) => {
                let rows = sqlx::query(query).fetch_all(connection).await;
                rows.unwrap_or_else(|error| panic!("{name}: {error}")).iter().map(sqlite_row).collect()
            }
            Engine::Postgres(connection) => {
                let rows = sqlx::query(query).persistent(false).fetch_all(connection).await;
                rows.unwrap_or_else(|error| panic!("{name}: {error}")).iter().map(postgres_row).collect()
            }
        };
        for drop in compiled.drops() {
            self.execute(drop).await;
        }
        found
    }
}

/// Statements that leave exactly these rows in the tables.
pub fn statements(rows: &Rows) -> Vec<String> {
    let text = |text: &str| format!("'{}'", text.replace('\'', "''"));
    let words = |word: &Option<String>| word.as_deref().map_or("null".to_owned(), text);
    let number = |number: Option<i64>| number.map_or("null".to_owned(), |number| number.to_string());
    let units = rows.units.iter().map(|row| {
        let (from, to) = (number(row.valid_from), number(row.valid_to));
        format!("({}, {}, {}, {}, {from}, {to})", text(&row.unit), words(&row.parent), text(&row.level), row.sort_order)
    });
    let facts = rows.facts.iter().map(|row| {
        let (numerator, denominator) = (number(row.numerator), number(row.denominator));
        let (key, grain, from, to) = (row.period_key, row.grain, row.from_month, row.to_month);
        let (measure, unit, period) = (text(&row.measure), text(&row.unit), text(&row.period));
        format!("({measure}, {unit}, {key}, {period}, {grain}, {from}, {to}, {numerator}, {denominator})")
    });
    let mut statements: Vec<String> = ["asked", "unit", "fact"].map(|table| format!("delete from {table}")).into();
    statements.push(format!("insert into asked values ({}, {})", rows.asked.0, rows.asked.1));
    let (units, facts): (Vec<String>, Vec<String>) = (units.collect(), facts.collect());
    for (table, rows) in [("unit", units), ("fact", facts)] {
        statements.extend(rows.chunks(400).map(|rows| format!("insert into {table} values {}", rows.join(", "))));
    }
    statements
}

macro_rules! row_reader {
    ($name:ident, $row:ty, $small:ty) => {
        fn $name(row: &$row) -> ResultRow {
            ResultRow {
                unit: row.get("unit"),
                indicator: row.get("indicator"),
                points: row.get("points"),
                numerator: row.get("numerator"),
                denominator: row.get("denominator"),
                factor_numerator: row.get("factor_numerator"),
                factor_denominator: row.get("factor_denominator"),
                numerator_limbs: row.get("numerator_limbs"),
                denominator_limbs: row.get("denominator_limbs"),
                units: row.get("units"),
                known: row.get("known"),
                vetoed: row.get("vetoed"),
                too_wide: row.get("too_wide"),
            }
        }
    };
}
row_reader!(sqlite_row, sqlx::sqlite::SqliteRow, i64);
row_reader!(postgres_row, sqlx::postgres::PgRow, i64);
