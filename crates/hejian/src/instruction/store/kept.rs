//! Digests of instructions and of their parts, by which the audit vouches for them.

use hejian_kernel::{
    audit::hex,
    db::{Tx, dynamic::Sql},
};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{
    super::model::{Instruction, Order},
    COLUMNS, FROM, OF_ORDER, instruction, order,
};

fn digest(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_be_bytes());
        hash.update(part.as_bytes());
    }
    hex(&hash.finalize())
}

pub(in crate::instruction) fn digest_of(i: &Instruction) -> String {
    let (id, post, due) = (i.id.to_string(), i.given_by_post.to_string(), i.due_on.to_string());
    let at = i.given_at.timestamp_micros().to_string();
    digest(&[&id, &i.about, &i.about_title, &i.about_href, &i.words, &due, &i.given_by, &post, &at])
}

pub(in crate::instruction) fn digest_of_order(o: &Order) -> String {
    let moment =
        |at: Option<chrono::DateTime<chrono::Utc>>| at.map_or(String::new(), |at| at.timestamp_micros().to_string());
    let (id, of, post, unit) = (o.id.to_string(), o.instruction.to_string(), o.post.to_string(), o.unit.to_string());
    let text = |v: &Option<String>| v.clone().unwrap_or_default();
    let (version, due) = (o.version.to_string(), o.due_on.to_string());
    digest(&[
        &id,
        &of,
        &post,
        &unit,
        &o.state,
        &version,
        &due,
        &text(&o.reply),
        &text(&o.reply_link),
        &text(&o.replied_by),
        &moment(o.replied_at),
        &moment(o.closed_at),
    ])
}

/// Every instruction with its digest, for the verification of the audit.
pub(in crate::instruction) async fn instructions_kept(tx: &mut Tx) -> sqlx::Result<Vec<(Uuid, String)>> {
    let mut sql = Sql::new("select ");
    sql.push(COLUMNS).push(" from instruction i");
    sql.fetch_all(tx).await?.iter().map(|row| instruction(row, 0).map(|i| (i.id, digest_of(&i)))).collect()
}

/// Every order with its digest.
pub(in crate::instruction) async fn orders_kept(tx: &mut Tx) -> sqlx::Result<Vec<(Uuid, String)>> {
    let mut sql = Sql::new("select ");
    sql.push(OF_ORDER).push(FROM);
    sql.fetch_all(tx).await?.iter().map(|row| order(row, 0).map(|o| (o.id, digest_of_order(&o)))).collect()
}
