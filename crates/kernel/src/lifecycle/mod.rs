//! Lifecycles as data: states, transitions, who may act, what is required, which deadline starts.
//!
//! The rule that matters: where a transition asks for a second person, no path lets one natural person do both
//! ([`check()`] walks every path in the tests of every lifecycle).

mod act;
mod check;
mod finding;
mod possible;
mod step;
#[cfg(test)]
mod tests;

pub use act::{Step, held_by};
pub use act::{act, begin, history};
pub use check::check;
pub use finding::Finding;
pub use possible::{Possible, could_take_over, named, possible};
pub use step::{Done, Refusal, Situation, available, step};

/// States and transitions of one kind of record.
#[derive(Debug)]
pub struct Lifecycle {
    /// Label prefix: `lifecycle-<key>-state-<state>`, `lifecycle-<key>-do-<transition>`.
    pub key: &'static str,
    /// The states; the first is where a record starts.
    pub states: &'static [State],
    /// The transitions.
    pub transitions: &'static [Transition],
}

/// A state.
#[derive(Debug)]
pub struct State {
    /// Stable key.
    pub key: &'static str,
    /// Who has to act while a record is in it; nobody in an end state.
    pub owner: Owner,
    /// Whether the work is over.
    pub end: bool,
    /// Colour of its tag: `green`, `yellow`, `red`, `blue`, `accent`, `line`.
    pub tone: &'static str,
}

/// Who has to act. Always a post, found through the record's unit, never a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// Nobody: the state is an end.
    Nobody,
    /// The posts that hold this permission over the record's unit, the nearest unit first.
    Holder(&'static str),
}

/// A transition.
#[derive(Debug)]
pub struct Transition {
    /// Stable key, unique in the lifecycle.
    pub key: &'static str,
    /// The states it leaves from.
    pub from: &'static [&'static str],
    /// The state it leads to.
    pub to: &'static str,
    /// The permission needed over the record's unit.
    pub right: &'static str,
    /// What else must hold.
    pub requires: &'static [Requirement],
    /// The deadline that starts, for the owner of the new state.
    pub limit: Option<Limit>,
    /// Whether it is the expected way on (a primary button) rather than a way back.
    pub forward: bool,
}

/// What a transition requires beyond the right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Requirement {
    /// This field is filled.
    Field(&'static str),
    /// At least one file of this kind is attached.
    Attachment(&'static str),
    /// A reason is given.
    Reason,
    /// Nobody who ever did that transition on this record may do this one, in whatever round.
    SecondPerson(&'static str),
    /// Only whoever did that transition last may do this one (撤回).
    SamePerson(&'static str),
}

/// A time limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// So many working days.
    Workdays(u32),
    /// So many calendar days.
    Days(u32),
}

impl Lifecycle {
    /// The state a record starts in.
    #[must_use]
    pub fn start(&self) -> &'static str {
        self.states.first().map_or("", |s| s.key)
    }

    /// The state of that key.
    #[must_use]
    pub fn state(&self, key: &str) -> Option<&'static State> {
        self.states.iter().find(|s| s.key == key)
    }

    /// The transition of that key.
    #[must_use]
    pub fn transition(&self, key: &str) -> Option<&'static Transition> {
        self.transitions.iter().find(|t| t.key == key)
    }

    /// The label key of a state.
    #[must_use]
    pub fn state_label(&self, state: &str) -> String {
        format!("lifecycle-{}-state-{}", self.key.replace('_', "-"), state.replace('_', "-"))
    }

    /// The label key of a transition.
    #[must_use]
    pub fn transition_label(&self, transition: &str) -> String {
        format!("lifecycle-{}-do-{}", self.key.replace('_', "-"), transition.replace('_', "-"))
    }

    /// Every label key it needs.
    #[must_use]
    pub fn label_keys(&self) -> Vec<String> {
        let states = self.states.iter().map(|s| self.state_label(s.key));
        states.chain(self.transitions.iter().map(|t| self.transition_label(t.key))).collect()
    }
}
