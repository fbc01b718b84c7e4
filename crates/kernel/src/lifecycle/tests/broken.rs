//! One broken lifecycle for every finding.

use super::*;

fn finds(states: &'static [State], transitions: &'static [Transition], expected: &[Finding]) {
    let found = check(&of(states, transitions));
    assert_eq!(found, expected, "{}", found.iter().map(Finding::to_string).collect::<Vec<_>>().join("; "));
}

#[test]
fn a_lifecycle_without_a_state_is_found() {
    finds(&[], &[], &[Finding::Empty]);
}

#[test]
fn keys_that_stand_twice_are_found() {
    const OTHER: Transition = go("handle", &["reported"], "open", &[]);
    finds(
        &[OPEN, REPORTED, CLOSED, REPORTED],
        &[HANDLE, OTHER, CLOSE],
        &[Finding::DuplicateState { state: "reported" }, Finding::DuplicateTransition { transition: "handle" }],
    );
}

#[test]
fn states_and_transitions_that_do_not_exist_are_found() {
    const LOST: Transition = go("lose", &["open", "limbo"], "nowhere", &[]);
    const SIGN: Transition = go("sign", &["reported"], "closed", &[Requirement::SecondPerson("draft")]);
    const UNDO: Transition = go("undo", &["reported"], "open", &[Requirement::SamePerson("stamp")]);
    finds(
        &[OPEN, REPORTED, CLOSED],
        &[HANDLE, LOST, SIGN, UNDO],
        &[
            Finding::UnknownState { transition: "lose", state: "limbo" },
            Finding::UnknownState { transition: "lose", state: "nowhere" },
            Finding::UnknownTransition { transition: "sign", other: "draft" },
            Finding::UnknownTransition { transition: "undo", other: "stamp" },
        ],
    );
}

#[test]
fn a_transition_without_a_permission_is_found() {
    const FREE: Transition = Transition { right: "", ..CLOSE };
    finds(&[OPEN, REPORTED, CLOSED], &[HANDLE, FREE], &[Finding::NoRight { transition: "close" }]);
}

#[test]
fn a_state_that_no_path_reaches_is_found() {
    const PARKED: State = state("parked", OWNER);
    const RESUME: Transition = go("resume", &["parked"], "open", &[]);
    finds(&[OPEN, REPORTED, CLOSED, PARKED], &[HANDLE, CLOSE, RESUME], &[Finding::Unreachable { state: "parked" }]);
}

#[test]
fn a_reachable_state_without_an_owner_is_found_unless_it_is_an_end() {
    const ORPHAN: State = State { owner: Owner::Nobody, ..REPORTED };
    const NAMELESS: State = State { owner: Owner::Holder(""), ..OPEN };
    finds(
        &[NAMELESS, ORPHAN, CLOSED],
        &[HANDLE, CLOSE],
        &[Finding::NoOwner { state: "open" }, Finding::NoOwner { state: "reported" }],
    );
}

#[test]
fn an_owner_who_can_do_nothing_and_an_owner_of_an_end_are_found() {
    const IDLE: State = State { owner: Owner::Holder("thing.close"), ..REPORTED };
    const OWNED: State = State { owner: OWNER, ..CLOSED };
    finds(
        &[OPEN, IDLE, OWNED],
        &[HANDLE, CLOSE],
        &[Finding::IdleOwner { state: "reported", right: "thing.close" }, Finding::OwnedEnd { state: "closed" }],
    );
}

#[test]
fn a_circle_without_a_way_to_an_end_is_found_with_the_way_into_it() {
    const LIMBO: State = state("limbo", OWNER);
    const ECHO: State = state("echo", OWNER);
    const PARK: Transition = go("park", &["reported"], "limbo", &[]);
    const CALL: Transition = go("call", &["limbo"], "echo", &[]);
    const ANSWER: Transition = go("answer", &["echo"], "limbo", &[]);
    finds(
        &[OPEN, REPORTED, CLOSED, LIMBO, ECHO],
        &[HANDLE, CLOSE, PARK, CALL, ANSWER],
        &[
            Finding::DeadEnd { state: "echo", path: vec!["handle", "park", "call"] },
            Finding::DeadEnd { state: "limbo", path: vec!["handle", "park"] },
        ],
    );
}

#[test]
fn a_transition_whose_rule_can_never_be_met_is_found_and_so_is_the_dead_end_it_makes() {
    const LATE: Transition = go("seal", &["closed"], "closed", &[]);
    const ONLY_SEALER: Transition = Transition { requires: &[Requirement::SamePerson("seal")], ..CLOSE };
    finds(
        &[OPEN, REPORTED, CLOSED],
        &[HANDLE, ONLY_SEALER, LATE],
        &[
            Finding::Unreachable { state: "closed" },
            Finding::DeadEnd { state: "open", path: vec![] },
            Finding::DeadEnd { state: "reported", path: vec!["handle"] },
            Finding::NeverPossible { transition: "close" },
        ],
    );
}

#[test]
fn a_way_round_the_second_person_is_found_with_its_path() {
    const FORCE: Transition = Transition { forward: false, ..go("force", &["reported"], "closed", &[]) };
    finds(
        &[OPEN, REPORTED, CLOSED],
        &[HANDLE, CLOSE, FORCE],
        &[Finding::OnePerson { first: "handle", second: "force", path: vec!["handle", "force"] }],
    );
}

#[test]
fn a_long_way_round_over_other_states_is_found_too() {
    const AUDIT: State = state("audit", OWNER);
    const ESCALATE: Transition = go("escalate", &["open"], "audit", &[]);
    const SETTLE: Transition = go("settle", &["audit"], "closed", &[]);
    finds(
        &[OPEN, REPORTED, AUDIT, CLOSED],
        &[HANDLE, RETURN, CLOSE, ESCALATE, SETTLE],
        &[Finding::OnePerson {
            first: "handle",
            second: "settle",
            path: vec!["handle", "return", "escalate", "settle"],
        }],
    );
}

#[test]
fn a_reopening_after_which_the_second_person_can_be_the_first_is_found() {
    const REOPEN: Transition = go("reopen", &["closed"], "open", &[]);
    finds(
        &[OPEN, REPORTED, CLOSED],
        &[HANDLE, CLOSE, REOPEN],
        &[Finding::OnePerson { first: "close", second: "handle", path: vec!["handle", "close", "reopen", "handle"] }],
    );
}

#[test]
fn a_short_cut_past_the_review_is_found_and_three_steps_by_three_persons_are_sound() {
    const REVIEWED: State = state("reviewed", OWNER);
    const REVIEW: Transition = go("review", &["reported"], "reviewed", NOT_HANDLER);
    const BOTH: &[Requirement] = &[Requirement::SecondPerson("handle"), Requirement::SecondPerson("review")];
    const APPROVE: Transition = go("approve", &["reviewed"], "closed", BOTH);
    const SKIP: Transition = go("skip", &["reported"], "reviewed", &[]);
    finds(&[OPEN, REPORTED, REVIEWED, CLOSED], &[HANDLE, REVIEW, APPROVE], &[]);
    finds(
        &[OPEN, REPORTED, REVIEWED, CLOSED],
        &[HANDLE, REVIEW, SKIP, APPROVE],
        &[Finding::OnePerson { first: "handle", second: "skip", path: vec!["handle", "skip"] }],
    );
}

#[test]
fn taking_back_one_s_own_step_or_another_s_work_is_no_way_round() {
    // Both lead to `reported`, where handling leads; neither is handling.
    const WITHDRAW: Transition = go("withdraw", &["closed"], "reported", &[Requirement::SamePerson("close")]);
    const BACK: Transition = Transition { forward: false, ..go("back", &["closed"], "reported", &[]) };
    const AGAIN: Transition = Transition { requires: NOT_CLOSER, ..HANDLE };
    finds(&[OPEN, REPORTED, CLOSED], &[AGAIN, RETURN, CLOSE, WITHDRAW, BACK], &[]);
}

#[test]
fn countersigning_by_distinct_persons_is_sound() {
    const COUNTERSIGN: Transition =
        go("countersign", &["reported"], "reported", &[Requirement::SecondPerson("countersign")]);
    finds(&[OPEN, REPORTED, CLOSED], &[HANDLE, COUNTERSIGN, CLOSE], &[]);
}

#[test]
fn a_finding_names_the_thing_and_the_remedy_in_words() {
    const FORCE: Transition = go("force", &["reported"], "closed", &[]);
    let found = check(&of(&[OPEN, REPORTED, CLOSED], &[HANDLE, CLOSE, FORCE]));
    assert_eq!(
        found[0].to_string(),
        "one person can do both `handle` and `force`: handle → force; ask for a second person there too"
    );
}
