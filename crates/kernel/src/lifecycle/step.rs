//! What may be done next, and what stands in the way. Pure: values in, values out.

use uuid::Uuid;

use super::{Lifecycle, Requirement, Transition};
use crate::error::Message;

/// A transition that was done on a record, with the natural person who did it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The transition.
    pub transition: String,
    /// Who did it; a job or the console has no person.
    pub person: Option<Uuid>,
}

/// What stands in the way of a transition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The words: what is missing and what to do.
    pub message: Message,
}

/// What is known of the record and the one who acts.
#[allow(missing_debug_implementations)]
pub struct Situation<'a> {
    /// The state the record is in.
    pub state: &'a str,
    /// Whether the actor holds a permission over the record's unit.
    pub holds: &'a (dyn Fn(&str) -> bool + Sync),
    /// The natural person who acts.
    pub person: Option<Uuid>,
    /// What was done before, oldest first.
    pub done: &'a [Done],
    /// Whether a field is filled.
    pub filled: &'a (dyn Fn(&str) -> bool + Sync),
    /// Whether a file of a kind is attached.
    pub attached: &'a (dyn Fn(&str) -> bool + Sync),
}

/// The transitions that leave from the state and that the actor may do, whether or not all is ready for them.
#[must_use]
pub fn available<'a>(lifecycle: &'a Lifecycle, now: &Situation<'_>) -> Vec<&'a Transition> {
    let open = |t: &&Transition| {
        t.from.contains(&now.state) && (now.holds)(t.right) && t.requires.iter().all(|r| person_fits(*r, now))
    };
    lifecycle.transitions.iter().filter(open).collect()
}

/// The state after a transition.
///
/// # Errors
/// Everything that stands in the way, in order.
pub fn step(lifecycle: &Lifecycle, now: &Situation<'_>, key: &str, reason: &str) -> Result<&'static str, Vec<Refusal>> {
    let refuse = |message: Message| Err(vec![Refusal { message }]);
    let Some(transition) = lifecycle.transition(key) else {
        return refuse(Message::new("lifecycle-no-such-act").arg("act", key));
    };
    if !transition.from.contains(&now.state) {
        return refuse(Message::new("lifecycle-wrong-state"));
    }
    if !(now.holds)(transition.right) {
        return refuse(Message::new("error-forbidden").arg("permission", transition.right));
    }
    let mut refusals = Vec::new();
    for requirement in transition.requires {
        let message = match requirement {
            Requirement::Field(field) if !(now.filled)(field) => {
                Message::new("lifecycle-needs-field").arg("field", field)
            }
            Requirement::Attachment(kind) if !(now.attached)(kind) => {
                Message::new("lifecycle-needs-attachment").arg("kind", kind)
            }
            Requirement::Reason if reason.trim().is_empty() => Message::new("lifecycle-needs-reason"),
            Requirement::SecondPerson(_) if !person_fits(*requirement, now) => {
                Message::new("lifecycle-needs-second-person")
            }
            Requirement::SamePerson(_) if !person_fits(*requirement, now) => {
                Message::new("lifecycle-needs-same-person")
            }
            _ => continue,
        };
        refusals.push(Refusal { message });
    }
    if refusals.is_empty() { Ok(transition.to) } else { Err(refusals) }
}

fn person_fits(requirement: Requirement, now: &Situation<'_>) -> bool {
    let last = |key: &str| now.done.iter().rev().find(|d| d.transition == key);
    match requirement {
        // An act without a natural person cannot prove that it is another one.
        Requirement::SecondPerson(key) => {
            now.done.iter().filter(|d| d.transition == key).all(|d| now.person.is_some() && d.person != now.person)
        }
        Requirement::SamePerson(key) => last(key).is_some_and(|d| now.person.is_some() && d.person == now.person),
        _ => true,
    }
}
