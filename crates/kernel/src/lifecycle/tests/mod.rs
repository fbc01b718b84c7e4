//! A sound lifecycle step by step; the broken ones and the played ones have their own files.

mod broken;
mod played;

use uuid::Uuid;

use super::*;

const fn state(key: &'static str, owner: Owner) -> State {
    State { key, owner, end: matches!(owner, Owner::Nobody), tone: "line" }
}

const fn go(
    key: &'static str,
    from: &'static [&'static str],
    to: &'static str,
    requires: &'static [Requirement],
) -> Transition {
    Transition { key, from, to, right: "thing.write", requires, limit: None, forward: true }
}

const OWNER: Owner = Owner::Holder("thing.write");
const OPEN: State = state("open", OWNER);
const REPORTED: State = state("reported", OWNER);
const CLOSED: State = state("closed", Owner::Nobody);
const NOT_HANDLER: &[Requirement] = &[Requirement::SecondPerson("handle")];
const NOT_CLOSER: &[Requirement] = &[Requirement::SecondPerson("close")];
const HANDLE: Transition = go("handle", &["open"], "reported", &[]);
const RETURN: Transition = Transition { forward: false, ..go("return", &["reported"], "open", &[Requirement::Reason]) };
const CLOSE: Transition = go("close", &["reported"], "closed", NOT_HANDLER);

const fn of(states: &'static [State], transitions: &'static [Transition]) -> Lifecycle {
    Lifecycle { key: "test_thing", states, transitions }
}

/// Handled, returned, withdrawn or closed by a second person; reminded of; may be reopened, but not so that one person does both.
static SOUND: Lifecycle = of(
    &[OPEN, REPORTED, CLOSED],
    &[
        Transition {
            requires: &[
                Requirement::Field("measures"),
                Requirement::Attachment("photo"),
                Requirement::SecondPerson("close"),
            ],
            ..HANDLE
        },
        Transition { right: "thing.remind", ..go("remind", &["open"], "open", &[]) },
        RETURN,
        go("withdraw", &["reported"], "open", &[Requirement::SamePerson("handle")]),
        Transition { right: "thing.close", ..CLOSE },
        go("reopen", &["closed"], "open", &[Requirement::Reason]),
    ],
);

fn person(n: u128) -> Option<Uuid> {
    Some(Uuid::from_u128(n))
}

fn done(steps: &[(&str, u128)]) -> Vec<Done> {
    steps.iter().map(|(key, who)| Done { transition: (*key).to_owned(), person: person(*who) }).collect()
}

/// Person 1 in `state`, with every right, field and file.
fn now<'a>(state: &'a str, done: &'a [Done]) -> Situation<'a> {
    Situation { state, holds: &|_| true, person: person(1), done, filled: &|_| true, attached: &|_| true }
}

fn offered(now: &Situation<'_>) -> Vec<&'static str> {
    available(&SOUND, now).iter().map(|t| t.key).collect()
}

fn refused(now: &Situation<'_>, key: &str, reason: &str) -> Vec<String> {
    step(&SOUND, now, key, reason).unwrap_err().into_iter().map(|refusal| refusal.message.key).collect()
}

#[test]
fn a_sound_lifecycle_has_no_finding() {
    assert_eq!(check(&SOUND), []);
}

#[test]
fn a_step_answers_the_state_after_it() {
    assert_eq!(step(&SOUND, &now("open", &[]), "handle", ""), Ok("reported"));
    assert_eq!(step(&SOUND, &now("open", &[]), "remind", ""), Ok("open"));
    assert_eq!(step(&SOUND, &now("reported", &[]), "return", "资料不全"), Ok("open"));
}

#[test]
fn only_transitions_for_which_one_holds_the_right_are_offered() {
    let handled = done(&[("handle", 2)]);
    assert_eq!(offered(&now("open", &[])), ["handle", "remind"]);
    assert_eq!(offered(&Situation { holds: &|right| right == "thing.remind", ..now("open", &[]) }), ["remind"]);
    assert_eq!(offered(&Situation { holds: &|_| false, ..now("open", &[]) }), Vec::<&str>::new());
    assert_eq!(offered(&now("reported", &handled)), ["return", "close"]);
    assert_eq!(offered(&now("no-such-state", &[])), Vec::<&str>::new());
}

#[test]
fn what_is_missing_is_told_all_at_once() {
    let bare = Situation { filled: &|_| false, attached: &|_| false, ..now("open", &[]) };
    assert_eq!(refused(&bare, "handle", ""), ["lifecycle-needs-field", "lifecycle-needs-attachment"]);
    assert_eq!(refused(&now("reported", &[]), "return", "  "), ["lifecycle-needs-reason"]);
}

#[test]
fn a_missing_right_a_wrong_state_and_an_unknown_transition_are_refused() {
    let idle = Situation { holds: &|_| false, ..now("open", &[]) };
    assert_eq!(refused(&idle, "handle", ""), ["error-forbidden"]);
    assert_eq!(refused(&now("closed", &[]), "close", ""), ["lifecycle-wrong-state"]);
    assert_eq!(refused(&now("open", &[]), "fly", ""), ["lifecycle-no-such-act"]);
}

#[test]
fn whoever_handled_it_cannot_close_it_in_any_later_round() {
    let twice = done(&[("handle", 1), ("return", 3), ("handle", 2)]);
    for who in [1, 2] {
        let handler = Situation { person: person(who), ..now("reported", &twice) };
        assert_eq!(refused(&handler, "close", ""), ["lifecycle-needs-second-person"], "person {who}");
        assert!(!offered(&handler).contains(&"close"));
    }
    let third = Situation { person: person(3), ..now("reported", &twice) };
    assert_eq!(step(&SOUND, &third, "close", ""), Ok("closed"));
}

#[test]
fn whoever_closed_it_cannot_handle_it_after_a_reopening() {
    let reopened = done(&[("handle", 2), ("close", 1), ("reopen", 3)]);
    assert_eq!(refused(&now("open", &reopened), "handle", ""), ["lifecycle-needs-second-person"]);
    let first = Situation { person: person(2), ..now("open", &reopened) };
    assert_eq!(step(&SOUND, &first, "handle", ""), Ok("reported"));
}

#[test]
fn who_acts_without_being_a_person_is_neither_a_second_nor_the_same_one() {
    let handled = done(&[("handle", 2)]);
    let nobody = Situation { person: None, ..now("reported", &handled) };
    assert_eq!(refused(&nobody, "close", ""), ["lifecycle-needs-second-person"]);
    assert_eq!(refused(&nobody, "withdraw", ""), ["lifecycle-needs-same-person"]);
}

#[test]
fn only_whoever_handled_it_last_may_withdraw_it() {
    let twice = done(&[("handle", 1), ("return", 3), ("handle", 2)]);
    assert_eq!(refused(&now("reported", &twice), "withdraw", ""), ["lifecycle-needs-same-person"]);
    let last = Situation { person: person(2), ..now("reported", &twice) };
    assert_eq!(step(&SOUND, &last, "withdraw", ""), Ok("open"));
}
