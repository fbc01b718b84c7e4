//! What posts have to answer, for whoever counts it: everything counts, and only what the reader may see has its words.

use std::collections::HashSet;

use chrono::NaiveDate;
use hejian_kernel::{
    access::Actor,
    db::{Tx, dynamic::Sql},
    error::Result,
    i18n::format::day_of,
};
use uuid::Uuid;

use super::{
    super::{
        READ,
        model::{Eyes, title},
    },
    FROM, seen, select,
};

/// One post's part of an instruction.
#[derive(Debug, Clone)]
pub struct Owed {
    /// The part.
    pub id: Uuid,
    /// The post that answers, and its unit.
    pub post: Uuid,
    /// The unit of the post.
    pub unit: Uuid,
    /// The day it was given.
    pub given: NaiveDate,
    /// By when it is to be answered.
    pub due: NaiveDate,
    /// The day of the answer that stands.
    pub replied: Option<NaiveDate>,
    /// The day on which it was closed or called off.
    pub settled: Option<NaiveDate>,
    /// Whether it was called off.
    pub cancelled: bool,
    /// Its words and its page, where the reader may see them.
    pub seen: Option<(String, String)>,
}

/// Every part of every instruction.
///
/// # Errors
/// The engine's own error.
pub async fn owed(tx: &mut Tx, actor: &Actor) -> Result<Vec<Owed>> {
    let mut may: HashSet<Uuid> = HashSet::new();
    if let Some(eyes) = Eyes::of(actor).filter(|_| actor.may(READ)) {
        let mut sql = Sql::new("select o.id");
        sql.push(FROM);
        seen(&mut sql, &eyes);
        for row in sql.fetch_all(tx).await? {
            may.extend(row.id(0)?);
        }
    }
    let mut tail = Sql::new("");
    tail.push(" order by o.due_on, i.given_at, o.id");
    let all = select(tx, &tail).await?;
    let one = |(i, o): (super::Instruction, super::Order)| Owed {
        id: o.id,
        post: o.post,
        unit: o.unit,
        given: day_of(i.given_at),
        due: o.due_on,
        replied: o.replied_at.map(day_of),
        settled: o.closed_at.map(day_of),
        cancelled: o.state == "cancelled",
        seen: may.contains(&o.id).then(|| (title(&i.words, &i.about_title), format!("/instructions/{}", i.id))),
    };
    Ok(all.into_iter().map(one).collect())
}
