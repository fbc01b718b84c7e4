//! Who holds which post, and what a post may do. The caller has checked the right to; the act is audited here.
//!
//! The rule that matters: neither a term nor a grant is written without [`check_exclusion`].

use chrono::NaiveDate;
use serde_json::json;
use uuid::Uuid;

use super::exclusion::{Added, check_exclusion};
use crate::{
    audit::Entry,
    error::{Error, FieldProblem, Message, Result},
    sql,
    work::Work,
};

/// How a person stands in a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A 角: holds the post.
    Holder,
    /// B 角: acts for the holder.
    Deputy,
}

impl Part {
    /// The name as stored.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Holder => "holder",
            Self::Deputy => "deputy",
        }
    }

    /// The part of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Holder, Self::Deputy].into_iter().find(|p| p.name() == name)
    }
}

fn invalid(field: &str, message: Message) -> Error {
    Error::Invalid(vec![FieldProblem { field: field.to_owned(), message }])
}

/// Gives a post a role over a unit and everything under it. Giving it twice changes nothing.
///
/// # Errors
/// [`Error::Invalid`] for a role no module declares, [`Error::NotFound`] for a post or unit that does not exist,
/// [`Error::Refused`] when somebody in the post would hold an excluded combination.
pub async fn grant(work: &mut Work, post: Uuid, role: &str, unit: Uuid) -> Result<()> {
    if !work.roles.iter().any(|r| r.key == role) {
        return Err(invalid("role", Message::new("field-not-a-choice").arg("value", role)));
    }
    must_be_post(work, post).await?;
    let there: Option<(i64,)> =
        sql!(&mut work.tx, fetch_optional, "select official_order from unit where id = $1", unit)?;
    there.ok_or(Error::NotFound { what: "thing-unit" })?;
    let persons: Vec<(Uuid,)> =
        sql!(&mut work.tx, fetch_all, "select distinct person_id from term where post_id = $1", post)?;
    for (person,) in persons {
        check_exclusion(&mut work.tx, work.roles, person, Added::Grant { post, role }).await?;
    }
    let added = sql!(
        &mut work.tx,
        execute,
        "insert into post_grant (post_id, role, scope_unit_id) values ($1, $2, $3) on conflict do nothing",
        post,
        role,
        unit
    )?;
    if added > 0 {
        record(work, "grant", "post", post, json!({ "role": role, "unit": unit }));
    }
    Ok(())
}

/// Takes a role over a unit from a post.
///
/// # Errors
/// [`Error::NotFound`] when the post does not hold it.
pub async fn revoke(work: &mut Work, post: Uuid, role: &str, unit: Uuid) -> Result<()> {
    let gone = sql!(
        &mut work.tx,
        execute,
        "delete from post_grant where post_id = $1 and role = $2 and scope_unit_id = $3",
        post,
        role,
        unit
    )?;
    if gone == 0 {
        return Err(Error::NotFound { what: "thing-record" });
    }
    record(work, "revoke_grant", "post", post, json!({ "role": role, "unit": unit }));
    Ok(())
}

/// Puts a person into a post for `[from, to)`; the id of the term.
///
/// # Errors
/// [`Error::NotFound`] for a person or post that does not exist, [`Error::Invalid`] when the term ends before it begins,
/// [`Error::Refused`] for an excluded combination.
pub async fn appoint(
    work: &mut Work,
    post: Uuid,
    person: Uuid,
    part: Part,
    from: NaiveDate,
    to: Option<NaiveDate>,
) -> Result<Uuid> {
    must_be_post(work, post).await?;
    let there: Option<(String,)> = sql!(&mut work.tx, fetch_optional, "select name from person where id = $1", person)?;
    there.ok_or(Error::NotFound { what: "thing-person" })?;
    if to.is_some_and(|to| to <= from) {
        return Err(invalid("to", Message::new("term-ends-too-soon").arg("from", from)));
    }
    check_exclusion(&mut work.tx, work.roles, person, Added::Term { post, from, to }).await?;
    let id = work.new_id();
    sql!(
        &mut work.tx,
        execute,
        "insert into term (id, post_id, person_id, part, valid_from, valid_to) values ($1, $2, $3, $4, $5, $6)",
        id,
        post,
        person,
        part.name(),
        from,
        to
    )?;
    let detail = json!({ "post": post, "person": person, "part": part.name(), "from": from, "to": to });
    record(work, "appoint", "term", id, detail);
    Ok(id)
}

/// Ends a term on a day: the first on which it holds no more.
///
/// # Errors
/// [`Error::NotFound`] for a term that does not exist, [`Error::Invalid`] when it would end before it begins.
pub async fn end_term(work: &mut Work, term: Uuid, to: NaiveDate) -> Result<()> {
    let found: Option<(NaiveDate,)> =
        sql!(&mut work.tx, fetch_optional, "select valid_from from term where id = $1", term)?;
    let (from,) = found.ok_or(Error::NotFound { what: "thing-record" })?;
    if to <= from {
        return Err(invalid("to", Message::new("term-ends-too-soon").arg("from", from)));
    }
    sql!(&mut work.tx, execute, "update term set valid_to = $1 where id = $2", to, term)?;
    record(work, "end_term", "term", term, json!({ "to": to }));
    Ok(())
}

async fn must_be_post(work: &mut Work, post: Uuid) -> Result<()> {
    let there: Option<(String,)> = sql!(&mut work.tx, fetch_optional, "select name from post where id = $1", post)?;
    there.map(|_| ()).ok_or(Error::NotFound { what: "thing-post" })
}

fn record(work: &mut Work, action: &'static str, kind: &str, id: Uuid, detail: serde_json::Value) {
    work.record(Entry { action, subject_kind: kind.to_owned(), subject_id: Some(id), detail, digest: None });
}
