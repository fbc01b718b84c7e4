//! A dump of every row in words both engines share: what the differential test and the restore test compare.

use std::{collections::BTreeMap, fmt::Write as _};

use super::{
    Db,
    dynamic::{AnyRow, Sql},
    schema,
};

/// Table → sorted lines, one a row, `column=value` in the order of column names, each ended by U+001F.
///
/// # Errors
/// The engine's own error.
pub async fn dump(db: &Db) -> sqlx::Result<BTreeMap<String, Vec<String>>> {
    let schema = schema::read(db).await?;
    let mut tx = db.read().await?;
    let mut out = BTreeMap::new();
    for (table, columns) in &schema {
        let mut query = Sql::new("select ");
        for (n, column) in columns.keys().enumerate() {
            if n > 0 {
                query.push(", ");
            }
            query.ident(column);
        }
        query.push(" from ").ident(table);
        let mut lines = Vec::new();
        for row in query.fetch_all(&mut tx).await? {
            let mut line = String::new();
            for (n, (column, (kind, _))) in columns.iter().enumerate() {
                let _ = write!(line, "{column}={}\u{1f}", cell(&row, n, kind)?);
            }
            lines.push(line);
        }
        lines.sort();
        out.insert(table.clone(), lines);
    }
    Ok(out)
}

fn cell(row: &AnyRow, at: usize, kind: &str) -> sqlx::Result<String> {
    Ok(match kind {
        "text" => format!("{:?}", row.text(at)?),
        "int" => format!("{:?}", row.int(at)?),
        "bool" => format!("{:?}", row.bool(at)?),
        "date" => format!("{:?}", row.date(at)?),
        "time" => format!("{:?}", row.time(at)?),
        _ => format!("{:?}", row.id(at)?),
    })
}
