//! Reads the schema of the open database, so that tests can hold the two engines equal.

use std::collections::BTreeMap;

use super::{Db, dynamic::Sql};

/// Table → column → (kind, may be null). Kinds are the names of [`super::dynamic::Param`].
pub type Schema = BTreeMap<String, BTreeMap<String, (String, bool)>>;

/// The tables and columns of the open database, in the words both engines share.
///
/// # Errors
/// The engine's own error.
pub async fn read(db: &Db) -> sqlx::Result<Schema> {
    let text = match db {
        Db::Sqlite(_) => {
            "select m.name, p.name, lower(p.type), case when p.\"notnull\" = 1 or p.pk > 0 then 0 else 1 end
             from sqlite_master m, pragma_table_info(m.name) p
             where m.type = 'table' and m.name not like 'sqlite_%' and m.name not like '\\_sqlx%' escape '\\'"
        }
        Db::Postgres(_) => {
            "select table_name::text, column_name::text, data_type::text, case when is_nullable = 'YES' then 1::bigint else 0::bigint end
             from information_schema.columns where table_schema = current_schema() and table_name not like '\\_sqlx%'"
        }
    };
    let mut tx = db.read().await?;
    let mut schema = Schema::new();
    for row in Sql::new(text).fetch_all(&mut tx).await? {
        let (table, column) = (row.text(0)?.unwrap_or_default(), row.text(1)?.unwrap_or_default());
        let kind = match row.text(2)?.unwrap_or_default().as_str() {
            "text" => "text",
            "integer" | "bigint" => "int",
            "boolean" => "bool",
            "date" => "date",
            "datetime" | "timestamp with time zone" => "time",
            "blob" | "uuid" => "id",
            other => {
                return Err(sqlx::Error::Protocol(format!(
                    "{table}.{column} has the type `{other}`, which only one engine has"
                )));
            }
        };
        schema.entry(table).or_default().insert(column, (kind.to_owned(), row.int(3)? == Some(1)));
    }
    Ok(schema)
}
