//! Writing a change of terms. Everything happens in the caller's unit of work, or nothing.

use chrono::NaiveDate;
use hejian_kernel::{
    access::{self, Ask, Part, Role, Scoped},
    audit::Entry,
    error::{Error, FieldProblem, Message, Result},
    message::News,
    todo::{self, NewTodo},
    work::Work,
};
use serde_json::json;
use uuid::Uuid;

use super::{
    super::store::{
        persons,
        posts::{self, Post, Term},
    },
    plan::{Change, apply},
    spans,
};

/// Who follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::organisation) enum Successor {
    /// Nobody: the post stays vacant.
    Nobody,
    /// Somebody known.
    Known(Uuid),
    /// Somebody new, by name.
    New(String),
}

/// A hand-over as asked for.
#[derive(Debug, Clone)]
pub(in crate::organisation) struct Wish {
    /// The present holder's term; none where the post is vacant.
    pub leaving: Option<Uuid>,
    /// The first day on which the present holder is out of office.
    pub ends_on: NaiveDate,
    /// The first day of the successor.
    pub from: NaiveDate,
    /// Who follows.
    pub successor: Successor,
}

fn problem(field: &str, message: Message) -> Error {
    Error::Invalid(vec![FieldProblem { field: field.to_owned(), message }])
}

/// The post with its terms, held against others who would change them at the same time.
async fn take(work: &mut Work, post: &Scoped<Uuid>) -> Result<(Post, Vec<Term>)> {
    posts::hold(&mut work.tx, *post.query()).await?;
    let found = posts::get(&mut work.tx, post).await?;
    let terms = posts::terms(&mut work.tx, found.id).await?;
    Ok((found, terms))
}

async fn person(work: &mut Work, name: &str) -> Result<Uuid> {
    let name = name.trim();
    if name.is_empty() {
        return Err(problem("new_name", Message::new("field-required")));
    }
    if name.chars().count() > 40 {
        return Err(problem("new_name", Message::new("field-too-long").arg("max", 40)));
    }
    if name.chars().any(char::is_control) {
        return Err(problem("new_name", Message::new("field-one-line")));
    }
    let id = work.new_id();
    persons::add(&mut work.tx, id, name).await?;
    work.record(Entry {
        action: "create",
        subject_kind: "person".to_owned(),
        subject_id: Some(id),
        detail: json!({ "name": name }),
        digest: None,
    });
    Ok(id)
}

/// Ends the present term and appoints the successor; how many open to-dos moved along.
///
/// # Errors
/// [`Error::Invalid`] with what stands in the way, [`Error::Refused`] for a person who may not hold the post (三员互斥),
/// [`Error::NotFound`] for a post outside the scope.
pub(in crate::organisation) async fn hand_over(work: &mut Work, post: &Scoped<Uuid>, wish: &Wish) -> Result<i64> {
    let (post, terms) = take(work, post).await?;
    let successor = match &wish.successor {
        Successor::Nobody => None,
        Successor::Known(id) => Some(*id),
        Successor::New(name) => Some(person(work, name).await?),
    };
    let change = Change::Handover {
        leaving: wish.leaving.map(|term| (term, wish.ends_on)),
        successor: successor.map(|person| (person, wish.from)),
    };
    let after =
        apply(&spans(&terms), change, work.today(), post.open).map_err(|problem| Error::Invalid(vec![problem]))?;
    if let Some(term) = wish.leaving {
        access::end_term(work, term, wish.ends_on).await?;
    }
    if let Some(person) = successor {
        let to = after.iter().find(|s| s.term.is_none()).and_then(|s| s.to);
        access::appoint(work, post.id, person, Part::Holder, wish.from, to).await?;
    }
    work.record(Entry {
        action: "hand_over",
        subject_kind: "post".to_owned(),
        subject_id: Some(post.id),
        detail: json!({
            "ended": wish.leaving, "ends_on": wish.leaving.map(|_| wish.ends_on), "successor": successor,
            "from": successor.map(|_| wish.from), "open_todos": post.open
        }),
        digest: None,
    });
    Ok(post.open)
}

/// The register of a to-do about a post.
const POST: &str = "post";

/// Asks whoever manages the organisation there for a deputy of a post: a to-do that the appointment closes. Naming a deputy gives
/// rights, so whoever only breaks down duties may wish for it and no more. Answers how many posts were asked.
///
/// # Errors
/// The engine's own error.
pub async fn wish_deputy(work: &mut Work, roles: &[Role], post: Uuid, unit: Uuid, title: &str) -> Result<usize> {
    let ask = Ask { right: super::super::MANAGE, over: Some(unit), within: None, only: None, on: work.today() };
    let seats = access::seats(&mut work.tx, roles, &ask).await?;
    // A wish follows the one before it.
    todo::close(work, POST, post).await?;
    let href = format!("/organisation/posts/{post}/deputy");
    for seat in &seats {
        let new = NewTodo {
            kind: "post.deputy",
            register: Some(POST),
            record: Some(post),
            href: Some(&href),
            title: title.into(),
            unit: Some(unit),
            post: seat.post,
            due: None,
        };
        todo::open(work, &new, News::Arrived, "").await?;
    }
    Ok(seats.len())
}

/// Names a deputy for `[from, to)`.
///
/// # Errors
/// As [`hand_over`].
pub(in crate::organisation) async fn appoint_deputy(
    work: &mut Work,
    post: &Scoped<Uuid>,
    who: Uuid,
    from: NaiveDate,
    to: Option<NaiveDate>,
) -> Result<()> {
    let (post, terms) = take(work, post).await?;
    let change = Change::Deputy { person: who, from, to };
    apply(&spans(&terms), change, work.today(), post.open).map_err(|problem| Error::Invalid(vec![problem]))?;
    access::appoint(work, post.id, who, Part::Deputy, from, to).await?;
    todo::close(work, POST, post.id).await
}

/// Ends a deputy's term on a day.
///
/// # Errors
/// [`Error::Refused`] with what stands in the way.
pub(in crate::organisation) async fn end_deputy(
    work: &mut Work,
    post: &Scoped<Uuid>,
    term: Uuid,
    on: NaiveDate,
) -> Result<()> {
    let (post, terms) = take(work, post).await?;
    let change = Change::EndDeputy { term, on };
    apply(&spans(&terms), change, work.today(), post.open).map_err(|problem| Error::Refused(problem.message))?;
    access::end_term(work, term, on).await
}
