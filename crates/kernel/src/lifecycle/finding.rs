//! What the model check can find wrong, in words for whoever writes the lifecycle.

use std::fmt;

/// What is wrong with a lifecycle. Paths are transition keys from the start.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finding {
    /// It has no state at all.
    Empty,
    /// Two states have the same key.
    DuplicateState {
        /// The key.
        state: &'static str,
    },
    /// Two transitions have the same key.
    DuplicateTransition {
        /// The key.
        transition: &'static str,
    },
    /// A transition leaves or enters a state that does not exist.
    UnknownState {
        /// The transition.
        transition: &'static str,
        /// What it names.
        state: &'static str,
    },
    /// A rule about persons names a transition that does not exist.
    UnknownTransition {
        /// The transition with the rule.
        transition: &'static str,
        /// What it names.
        other: &'static str,
    },
    /// A transition without a permission.
    NoRight {
        /// The transition.
        transition: &'static str,
    },
    /// No path leads to the state.
    Unreachable {
        /// The state.
        state: &'static str,
    },
    /// A record can come to stand here with nobody to act.
    NoOwner {
        /// The state.
        state: &'static str,
    },
    /// The owner's permission opens no transition out of the state: a to-do that cannot be done.
    IdleOwner {
        /// The state.
        state: &'static str,
        /// The owner's permission.
        right: &'static str,
    },
    /// An end with an owner: a to-do for work that is over.
    OwnedEnd {
        /// The state.
        state: &'static str,
    },
    /// From here no path leads to an end.
    DeadEnd {
        /// The state.
        state: &'static str,
        /// A shortest way to it.
        path: Vec<&'static str>,
    },
    /// No path ever allows the transition.
    NeverPossible {
        /// The transition.
        transition: &'static str,
    },
    /// One person can do both sides of a rule for two.
    OnePerson {
        /// What they do first.
        first: &'static str,
        /// What they do then.
        second: &'static str,
        /// A shortest way, other people's transitions included.
        path: Vec<&'static str>,
    },
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let way = |path: &[&str]| if path.is_empty() { "at once".to_owned() } else { path.join(" → ") };
        match self {
            Self::Empty => write!(f, "there is no state; the first one is where a record starts"),
            Self::DuplicateState { state } => write!(f, "state `{state}` stands twice; rename one"),
            Self::DuplicateTransition { transition } => write!(f, "`{transition}` stands twice; rename one"),
            Self::UnknownState { transition, state } => write!(f, "`{transition}` names `{state}`, which is no state"),
            Self::UnknownTransition { transition, other } => {
                write!(f, "`{transition}` has a rule about whoever did `{other}`, which is no transition")
            }
            Self::NoRight { transition } => {
                write!(f, "`{transition}` names no permission, so nobody may do it; name one")
            }
            Self::Unreachable { state } => write!(f, "no path leads to `{state}`; add a transition or drop the state"),
            Self::NoOwner { state } => write!(f, "in `{state}` nobody has to act; name its owner"),
            Self::IdleOwner { state, right } => {
                write!(
                    f,
                    "in `{state}` the holder of `{right}` has to act, but no transition out of it takes that right"
                )
            }
            Self::OwnedEnd { state } => write!(f, "`{state}` is an end but has an owner; nobody has to act there"),
            Self::DeadEnd { state, path } => write!(f, "`{state}` is a dead end, reached by {}", way(path)),
            Self::NeverPossible { transition } => {
                write!(f, "`{transition}` can never be done: what its rule about persons needs comes on no path to it")
            }
            Self::OnePerson { first, second, path } => {
                write!(
                    f,
                    "one person can do both `{first}` and `{second}`: {}; ask for a second person there too",
                    way(path)
                )
            }
        }
    }
}
