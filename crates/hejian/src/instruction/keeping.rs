//! Giving an instruction, and what each post and the giver do with it, each with its entry in the audit.

use chrono::NaiveDate;
use hejian_kernel::{
    access::{Ask, Seat, seats},
    audit::Entry,
    db::Tx,
    error::{Error, FieldProblem, Message, Result},
    lifecycle::{self, Done, Situation},
    message::{self, News},
    todo::{self, NewTodo},
    web::Subject,
    work::Work,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    ANSWER, GIVE, KIND, LIFECYCLE, ORDER,
    model::{Eyes, Instruction, Order, title},
    store,
};

/// An instruction to be given.
#[derive(Debug, Clone)]
pub struct Given {
    /// What the leader wrote.
    pub words: String,
    /// The day by which an answer is due.
    pub due_on: NaiveDate,
    /// The posts that must answer.
    pub posts: Vec<Uuid>,
}

fn problem(field: &str, key: &str) -> FieldProblem {
    FieldProblem { field: field.to_owned(), message: Message::new(key) }
}

fn entry(work: &mut Work, action: &'static str, kind: &str, id: Uuid, detail: Value, digest: String) {
    work.record(Entry { action, subject_kind: kind.to_owned(), subject_id: Some(id), detail, digest: Some(digest) });
}

/// The posts to which the giver may write about this: they answer instructions, lie in the giver's units and may open it.
///
/// # Errors
/// The engine's own error.
pub(super) async fn addressees(
    tx: &mut Tx,
    roles: &'static [hejian_kernel::access::Role],
    giver: &hejian_kernel::access::Actor,
    subject: &Subject,
    today: NaiveDate,
) -> Result<Vec<Seat>> {
    let roots = giver.roots(GIVE);
    let ask = |right, over| Ask { right, over, within: Some(&roots), only: None, on: today };
    let mut found = seats(tx, roles, &ask(ANSWER, None)).await?;
    let open: Vec<Uuid> = seats(tx, roles, &ask(subject.right, subject.unit)).await?.iter().map(|s| s.post).collect();
    found.retain(|seat| open.contains(&seat.post) && Some(seat.post) != giver.post);
    Ok(found)
}

/// Gives an instruction; each post gets a to-do with the day and a message. Answers its id.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Invalid`] naming every wrong field. Nothing is written then.
pub async fn give(work: &mut Work, subject: &Subject, given: &Given) -> Result<Uuid> {
    let actor = work.actor.clone();
    let Some(post) = actor.post.filter(|_| actor.may(GIVE)) else {
        return Err(Error::Forbidden { permission: GIVE });
    };
    let (today, words) = (work.today(), given.words.trim());
    let mut problems = Vec::new();
    if words.is_empty() {
        problems.push(problem("words", "field-required"));
    } else if words.chars().count() > 1000 {
        let message = Message::new("field-too-long").arg("max", 1000);
        problems.push(FieldProblem { field: "words".to_owned(), message });
    }
    if given.due_on < today {
        problems.push(problem("due_on", "instruction-due-past"));
    }
    let may = addressees(&mut work.tx, work.roles, &actor, subject, today).await?;
    let mut to: Vec<&Seat> = Vec::new();
    for post in &given.posts {
        match may.iter().find(|seat| seat.post == *post) {
            Some(seat) if !to.contains(&seat) => to.push(seat),
            Some(_) => {}
            None => problems.push(problem("post", "instruction-cannot-address")),
        }
    }
    if given.posts.is_empty() {
        problems.push(problem("post", "instruction-nobody"));
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let instruction = Instruction {
        id: work.new_id(),
        about: subject.key.clone(),
        about_title: subject.title.clone(),
        about_href: subject.href.clone(),
        words: words.to_owned(),
        due_on: given.due_on,
        given_by: actor.name.clone(),
        given_by_post: post,
        given_at: work.now,
    };
    store::add(&mut work.tx, &instruction).await?;
    let names: Vec<String> = to.iter().map(|seat| seat.label()).collect();
    let detail = json!({ "title": subject.title, "words": words, "due_on": given.due_on, "to": names });
    entry(work, "give", KIND, instruction.id, detail, store::digest_of(&instruction));
    for seat in to {
        let order = Order {
            id: work.new_id(),
            instruction: instruction.id,
            post: seat.post,
            post_name: seat.label(),
            unit: seat.unit,
            state: LIFECYCLE.start().to_owned(),
            version: 1,
            due_on: given.due_on,
            reply: None,
            reply_link: None,
            replied_by: None,
            replied_at: None,
            closed_at: None,
        };
        store::add_order(&mut work.tx, &order).await?;
        let detail = json!({ "title": subject.title, "post": order.post_name, "due_on": order.due_on });
        entry(work, "create", ORDER, order.id, detail, store::digest_of_order(&order));
        hand_on(work, &instruction, &order, News::Instruction, words).await?;
    }
    Ok(instruction.id)
}

/// Whoever owns the order's state gets a to-do; at an end the post is told.
async fn hand_on(work: &mut Work, i: &Instruction, o: &Order, news: News, words: &str) -> Result<()> {
    let (href, title) = (format!("/instructions/{}", i.id), title(&i.words, &i.about_title));
    let (kind, post, due) = match o.state.as_str() {
        "given" => ("instruction", o.post, Some(o.due_on)),
        "replied" => ("instruction_reply", i.given_by_post, None),
        _ => {
            let told = message::Message {
                news: News::Settled,
                post: o.post,
                title: title.as_str().into(),
                note: words,
                href: Some(&href),
                todo: None,
            };
            return message::tell(work, &told).await;
        }
    };
    let new = NewTodo {
        kind,
        register: Some(KIND),
        record: Some(o.id),
        href: Some(&href),
        title: title.as_str().into(),
        unit: Some(o.unit),
        post,
        due,
    };
    todo::open(work, &new, news, words).await?;
    Ok(())
}

/// What the actor holds of an order: the answer belongs to its post, the rest to whoever gave the instruction.
pub(super) fn holds(actor: &hejian_kernel::access::Actor, i: &Instruction, o: &Order, right: &str) -> bool {
    match right {
        ANSWER => actor.post == Some(o.post),
        GIVE => actor.post == Some(i.given_by_post) && actor.may(GIVE),
        _ => false,
    }
}

/// What was done with an order so far.
pub(super) async fn done(tx: &mut Tx, order: Uuid) -> Result<Vec<Done>> {
    let steps = lifecycle::history(tx, ORDER, order).await?;
    Ok(steps.into_iter().map(|s| Done { transition: s.transition, person: s.person_id }).collect())
}

/// Does something with an order: `reply` (its words and, if there is one, a link), `recall`, `close`, `return`, `cancel`.
///
/// # Errors
/// [`Error::NotFound`] for an order that is none of theirs, [`Error::Refused`] with what stands in the way, [`Error::Stale`].
pub async fn act(
    work: &mut Work,
    order: Uuid,
    version: i64,
    transition: &str,
    words: &str,
    link: &str,
) -> Result<Uuid> {
    let actor = work.actor.clone();
    let eyes = Eyes::of(&actor).ok_or(Error::NotFound { what: "thing-instruction" })?;
    let (instruction, before) = store::order_of(&mut work.tx, &eyes, order).await?;
    if before.version != version {
        return Err(Error::Stale { yours: version, theirs: before.version });
    }
    let done = done(&mut work.tx, order).await?;
    let now = Situation {
        state: &before.state,
        holds: &|right| holds(&actor, &instruction, &before, right),
        person: actor.person,
        done: &done,
        filled: &|_| true,
        attached: &|_| true,
    };
    let to = lifecycle::step(&LIFECYCLE, &now, transition, words).map_err(|mut refusals| {
        let first = refusals.swap_remove(0).message;
        // The right is the post's part in this one instruction, not one that could be granted.
        let part = first.key == "error-forbidden";
        Error::Refused(if part { Message::new("instruction-not-yours") } else { first })
    })?;
    let words: String = words.trim().chars().take(2000).collect();
    let mut after = Order { state: to.to_owned(), version: version + 1, ..before.clone() };
    match transition {
        "reply" => {
            after.reply = Some(words.clone());
            after.reply_link = link_of(link)?;
            (after.replied_by, after.replied_at) = (Some(actor.name.clone()), Some(work.now));
        }
        "close" | "cancel" => after.closed_at = Some(work.now),
        _ => {}
    }
    if !store::change(&mut work.tx, &after).await? {
        return Err(Error::Stale { yours: version, theirs: version + 1 });
    }
    store::step(work, &after, transition, &before.state, &words).await?;
    todo::close(work, KIND, order).await?;
    let news = match transition {
        "reply" => News::Replied,
        "return" => News::Returned,
        _ => News::Settled,
    };
    hand_on(work, &instruction, &after, news, &words).await?;
    let detail = json!({
        "title": instruction.about_title, "post": after.post_name, "transition": transition, "to": to, "words": words,
        "link": after.reply_link
    });
    entry(work, "act", ORDER, order, detail, store::digest_of_order(&after));
    Ok(instruction.id)
}

/// A page of this house (`/registers/…`) or of another one (`https://…`); nothing else may become a link.
fn link_of(text: &str) -> Result<Option<String>> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let local = text.starts_with('/') && !text.starts_with("//") && !text.starts_with("/\\");
    let sound = (local || text.starts_with("https://") || text.starts_with("http://"))
        && text.chars().count() <= 300
        && !text.chars().any(|c| c.is_whitespace() || c.is_control());
    if sound { Ok(Some(text.to_owned())) } else { Err(Error::Refused(Message::new("instruction-bad-link"))) }
}
