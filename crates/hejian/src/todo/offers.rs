//! Which acts are open on a to-do, with what stands in the way of each: for its page and for several at once.

use hejian_kernel::{
    error::{Error, Message, Result},
    i18n::{self, Lang, t},
    lifecycle::{self, Requirement, Transition},
    register::{Record, RegisterDef, store as records},
    web::App,
    work::Read,
};

use super::{
    store::{Eyes, Todo},
    verbs::record_of,
};

/// An act that is open, and what is missing for it.
#[derive(Debug, Clone)]
pub(super) struct Offer {
    /// `step:accept`, `transfer`, `nudge`, `read`.
    pub key: String,
    pub label: String,
    /// Whether words must come with it.
    pub reason: bool,
    pub forward: bool,
    pub refusal: Option<Message>,
}

/// A to-do with what can be done with it.
pub(super) struct Open {
    pub todo: Todo,
    /// The record, where the reader may open it.
    pub record: Option<(&'static RegisterDef, Record)>,
    pub offers: Vec<Offer>,
}

impl Open {
    /// The version of the record that the page shows; 0 without a record.
    pub(super) fn version(&self) -> i64 {
        self.record.as_ref().map_or(0, |(_, record)| record.meta.version)
    }
}

fn step(lang: Lang, def: &RegisterDef, transition: &Transition, refusal: Option<Message>) -> Offer {
    let key = def.lifecycle.map_or_else(String::new, |l| l.transition_label(transition.key));
    Offer {
        key: format!("step:{}", transition.key),
        label: if i18n::has(lang, &key) { t(lang, &key) } else { transition.key.to_owned() },
        reason: transition.requires.contains(&Requirement::Reason),
        forward: transition.forward,
        refusal,
    }
}

fn plain(lang: Lang, key: &str, reason: bool, refusal: Option<&str>) -> Offer {
    Offer {
        key: key.to_owned(),
        label: t(lang, &format!("todo-do-{key}")),
        reason,
        forward: false,
        refusal: refusal.map(Message::new),
    }
}

/// What can be done with a to-do by the one who reads.
///
/// # Errors
/// The engine's own error.
pub(super) async fn of(read: &mut Read, app: &App, lang: Lang, eyes: &Eyes, todo: Todo) -> Result<Open> {
    let mut record = None;
    if let Some((def, id)) = record_of(app, &todo)
        && let Ok(seen) = read.actor.scoped(def.permissions.read, id)
    {
        record = match records::get(&mut read.tx, &read.keys, def, &seen).await {
            Ok(found) => Some((def, found)),
            Err(Error::NotFound { .. }) => None,
            Err(error) => return Err(error),
        };
    }
    let mut offers = Vec::new();
    let mine = todo.post_id == eyes.post;
    if todo.is_copy() && mine && !todo.is_done() {
        offers.push(plain(lang, "read", false, None));
    }
    if !todo.is_copy() && !todo.is_done() {
        if let Some((def, record)) = &record {
            let actor = read.actor.clone();
            for p in lifecycle::possible(&mut read.tx, &actor, def, record).await? {
                offers.push(step(lang, def, p.transition, p.refusal));
            }
        }
        if mine {
            let none = record.is_none().then_some("todo-refused-no-transfer");
            offers.push(plain(lang, "transfer", true, none));
        } else {
            let again = (todo.nudged_on == Some(read.today())).then_some("todo-refused-nudged");
            offers.push(plain(lang, "nudge", false, again));
        }
    }
    Ok(Open { todo, record, offers })
}
