//! The model check against play: what persons can do at random, and whether the told paths can be walked.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

const AUDIT: State = state("audit", OWNER);
/// Transitions of which any selection makes a lifecycle, sound or not.
const POOL: [Transition; 8] = [
    RETURN,
    go("reopen", &["closed"], "open", &[]),
    go("escalate", &["open"], "audit", &[]),
    go("settle", &["audit"], "closed", &[]),
    go("confirm", &["audit"], "closed", NOT_HANDLER),
    Transition { forward: false, ..go("force", &["reported"], "closed", NOT_HANDLER) },
    go("waive", &["open", "audit"], "closed", NOT_HANDLER),
    go("appeal", &["reported"], "audit", &[Requirement::SamePerson("handle")]),
];

fn selected(mask: usize) -> Lifecycle {
    let handle = if mask & 256 == 0 { HANDLE } else { Transition { requires: NOT_CLOSER, ..HANDLE } };
    let chosen = POOL.into_iter().enumerate().filter(|(n, _)| mask >> n & 1 == 1).map(|(_, step)| step);
    let transitions: Vec<_> = [handle, CLOSE].into_iter().chain(chosen).collect();
    Lifecycle { key: "test_thing", states: &[OPEN, REPORTED, AUDIT, CLOSED], transitions: Vec::leak(transitions) }
}

proptest! {
    /// The walk against the game: three persons take forty steps at random. Whenever one of them comes to do both sides of
    /// closing (by whatever step brings handled work to its close), the check must have said so.
    #[test]
    fn whatever_three_persons_manage_to_do_the_check_has_foreseen(
        mask in 0usize..512,
        moves in prop::collection::vec((any::<prop::sample::Index>(), 1u128..=3), 40),
    ) {
        let lifecycle = selected(mask);
        let foreseen = check(&lifecycle).iter().any(|finding| matches!(finding, Finding::OnePerson { .. }));
        let (mut at, mut steps, mut unconfirmed) = ("open", Vec::new(), false);
        let (mut handled, mut closed) = (BTreeSet::new(), BTreeSet::new());
        for (choice, who) in moves {
            let history = done(&steps);
            let now = Situation { person: person(who), ..now(at, &history) };
            let offered = available(&lifecycle, &now);
            if offered.is_empty() {
                continue;
            }
            let key = choice.get(&offered).key;
            let to = step(&lifecycle, &now, key, "given").expect("what is offered can be done when nothing is missing");
            if key == "handle" {
                handled.insert(who);
                unconfirmed = true;
            } else if to == "closed" && (unconfirmed || key == "close") {
                closed.insert(who);
                unconfirmed = false;
            }
            steps.push((key, who));
            at = to;
        }
        prop_assert!(foreseen || handled.is_disjoint(&closed), "{steps:?}");
    }
}

#[test]
fn every_path_that_a_finding_tells_can_be_walked() {
    let mut told = 0;
    for lifecycle in (0..512).step_by(5).map(selected) {
        for finding in check(&lifecycle) {
            let Finding::OnePerson { path, .. } = finding else { continue };
            // Each step by each of three persons who may take it.
            let reached = path.iter().fold(BTreeSet::from([("open", vec![])]), |places, key| {
                let walk = |(at, steps): &(&'static str, Vec<(&'static str, u128)>)| {
                    let history = done(steps);
                    let go = |who| {
                        let now = Situation { person: person(who), ..now(at, &history) };
                        step(&lifecycle, &now, key, "given").ok().map(|to| (to, [&steps[..], &[(*key, who)]].concat()))
                    };
                    (1..=3).filter_map(go).collect::<Vec<_>>()
                };
                places.iter().flat_map(walk).collect()
            });
            assert!(!reached.is_empty(), "{path:?}");
            told += 1;
        }
    }
    assert!(told > 50, "only {told} paths were walked");
}
