//! 提请 → 立项 → 在建 → 完工 → 验收: the stages of a building project, as data.

use hejian_kernel::lifecycle::{Lifecycle, Limit, Owner, Requirement, State, Transition};

const WRITE: &str = "premises.write";
const APPROVE: &str = "premises.approve";
const ACCEPT: &str = "premises.accept";

/// The stages of a building project.
pub static LIFECYCLE: Lifecycle = Lifecycle {
    key: "premises",
    states: &[
        State { key: "proposed", owner: Owner::Holder(APPROVE), end: false, tone: "blue" },
        State { key: "approved", owner: Owner::Holder(WRITE), end: false, tone: "accent" },
        State { key: "building", owner: Owner::Holder(WRITE), end: false, tone: "accent" },
        State { key: "completed", owner: Owner::Holder(ACCEPT), end: false, tone: "yellow" },
        State { key: "accepted", owner: Owner::Nobody, end: true, tone: "green" },
        State { key: "abandoned", owner: Owner::Nobody, end: true, tone: "line" },
    ],
    transitions: &[
        Transition {
            key: "approve",
            from: &["proposed"],
            to: "approved",
            right: APPROVE,
            requires: &[Requirement::Field("approved_on")],
            limit: Some(Limit::Workdays(20)),
            forward: true,
        },
        Transition {
            key: "start",
            from: &["approved"],
            to: "building",
            right: WRITE,
            requires: &[],
            limit: Some(Limit::Days(180)),
            forward: true,
        },
        Transition {
            key: "complete",
            from: &["building"],
            to: "completed",
            right: WRITE,
            requires: &[Requirement::Field("completed_on"), Requirement::Field("floor_area")],
            limit: Some(Limit::Workdays(15)),
            forward: true,
        },
        Transition {
            key: "accept",
            from: &["completed"],
            to: "accepted",
            right: ACCEPT,
            requires: &[
                Requirement::Field("floor_area"),
                Requirement::Field("accepted_on"),
                Requirement::SecondPerson("complete"),
            ],
            limit: None,
            forward: true,
        },
        Transition {
            key: "return",
            from: &["completed"],
            to: "building",
            right: ACCEPT,
            requires: &[Requirement::Reason],
            limit: Some(Limit::Workdays(20)),
            forward: false,
        },
        Transition {
            key: "withdraw",
            from: &["completed"],
            to: "building",
            right: WRITE,
            requires: &[Requirement::SamePerson("complete")],
            limit: Some(Limit::Days(180)),
            forward: false,
        },
        Transition {
            key: "abandon",
            from: &["proposed", "approved", "building"],
            to: "abandoned",
            right: APPROVE,
            requires: &[Requirement::Reason],
            limit: None,
            forward: false,
        },
    ],
};
