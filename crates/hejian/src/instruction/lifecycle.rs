//! 批示 → 回复 → 办结: what becomes of an instruction at each post that must answer, as data.

use hejian_kernel::lifecycle::{Lifecycle, Owner, Requirement, State, Transition};

use super::{ANSWER, GIVE};

/// Of every post addressed; the reply and the words of a return travel as the reason.
pub static LIFECYCLE: Lifecycle = Lifecycle {
    key: "instruction",
    states: &[
        State { key: "given", owner: Owner::Holder(ANSWER), end: false, tone: "blue" },
        State { key: "replied", owner: Owner::Holder(GIVE), end: false, tone: "yellow" },
        State { key: "closed", owner: Owner::Nobody, end: true, tone: "green" },
        State { key: "cancelled", owner: Owner::Nobody, end: true, tone: "line" },
    ],
    transitions: &[
        Transition {
            key: "reply",
            from: &["given"],
            to: "replied",
            right: ANSWER,
            requires: &[Requirement::Reason],
            limit: None,
            forward: true,
        },
        Transition {
            key: "recall",
            from: &["replied"],
            to: "given",
            right: ANSWER,
            requires: &[Requirement::SamePerson("reply")],
            limit: None,
            forward: false,
        },
        Transition {
            key: "close",
            from: &["replied"],
            to: "closed",
            right: GIVE,
            requires: &[Requirement::SecondPerson("reply")],
            limit: None,
            forward: true,
        },
        Transition {
            key: "return",
            from: &["replied"],
            to: "given",
            right: GIVE,
            requires: &[Requirement::Reason],
            limit: None,
            forward: false,
        },
        Transition {
            key: "cancel",
            from: &["given"],
            to: "cancelled",
            right: GIVE,
            requires: &[Requirement::Reason],
            limit: None,
            forward: false,
        },
    ],
};
