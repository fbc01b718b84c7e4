//! The digest of a record as it stands: what the audit vouches for and `verify` compares.

use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{Record, RegisterDef, diff::audit_text, rows};
use crate::{
    audit::Keys,
    db::{Tx, dynamic::Sql},
};

/// The digest over unit, state, version, removal, every field and every child row, each with its length before it.
#[must_use]
pub fn of(def: &RegisterDef, keys: &Keys, record: &Record) -> String {
    let mut hash = Sha256::new();
    let mut put = |text: &str| {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text.as_bytes());
    };
    put(def.key);
    put(&record.meta.id.to_string());
    put(&record.meta.unit.to_string());
    put(&record.meta.state);
    put(&record.meta.version.to_string());
    put(record.meta.removed.as_deref().unwrap_or("\u{0}"));
    for (field, value) in def.fields.iter().zip(&record.values) {
        put(field.name);
        // Null and empty text are different facts.
        put(if value.is_null() { "\u{0}" } else { "=" });
        put(&audit_text(field.kind, keys, value));
    }
    for (child, list) in def.children.iter().zip(&record.children) {
        put(child.name);
        put(&list.len().to_string());
        for row in list {
            put(&row.id.to_string());
            for (field, value) in child.fields.iter().zip(&row.values) {
                put(if value.is_null() { "\u{0}" } else { "=" });
                put(&audit_text(field.kind, keys, value));
            }
        }
    }
    crate::audit::hex(&hash.finalize())
}

/// The digests of every row of a register, removed ones included. For verification only: no value leaves.
///
/// # Errors
/// The engine's own error.
pub async fn all(tx: &mut Tx, keys: &Keys, def: &'static RegisterDef) -> sqlx::Result<Vec<(Uuid, String)>> {
    let records = rows::select(tx, keys, def, &Sql::new(""), &Sql::new(" order by r.id")).await?;
    Ok(records.iter().map(|r| (r.meta.id, of(def, keys, r))).collect())
}
