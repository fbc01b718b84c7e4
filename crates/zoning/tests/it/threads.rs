//! What threads, a watch and a limit change: the time it takes, nothing else.

use hejian_zoning::graph::{Edge, Graph, Node};
use hejian_zoning::random::Random;
use hejian_zoning::solve::{Effort, most_regions};
use hejian_zoning::watch::{Progress, Watch};

/// A square grid of units of 300 to 900.
fn grid(side: u32) -> Graph {
    let mut random = Random::new(u64::from(side));
    let sizes = (0..side * side).map(|_| 300 + random.below(600) as i64).collect();
    let across = (0..side * side).filter(|a| a % side + 1 < side).map(|a| (a, a + 1));
    let down = (0..side * (side - 1)).map(|a| (a, a + side));
    let edges: Vec<Edge> = across.chain(down).map(|(a, b)| Edge { a, b, border: 1.0 }).collect();
    Graph::new(sizes, &edges)
}

fn whole(_: Node, _: Node) -> bool {
    true
}

#[test]
fn the_answer_is_the_same_whatever_the_number_of_threads() {
    let graph = grid(25);
    let answer = |threads| {
        let effort = Effort { steps: 400, programs: 3, seed: 7, threads };
        most_regions(&graph, 2_000, whole, effort, &mut ())
    };
    let one = answer(1);
    assert!(one.p > 100 && one.p <= one.bound);
    for threads in [2, 3, 8] {
        assert_eq!(answer(threads), one, "{threads} threads");
    }
}

/// Stops after so many questions, and writes down what it was told.
struct Patient {
    left: u32,
    told: Vec<Progress>,
}

impl Watch for Patient {
    fn stop(&mut self) -> bool {
        self.left = self.left.saturating_sub(1);
        self.left == 0
    }

    fn progress(&mut self, progress: Progress) {
        self.told.push(progress);
    }
}

#[test]
fn whoever_stops_it_gets_a_plan_that_only_grows_with_patience() {
    let graph = grid(22);
    let mut before = 0;
    for left in [1, 2, 5, 20, 100] {
        let mut watch = Patient { left, told: Vec::new() };
        let answer = most_regions(&graph, 2_000, whole, Effort::default(), &mut watch);
        let last = watch.told.last().copied().expect("told at least once");
        assert_eq!((last.p, last.bound), (answer.p, answer.bound), "what was told last is the answer");
        assert!(watch.told.windows(2).all(|two| two[0].p <= two[1].p), "regions are never lost");
        assert!(answer.p >= before, "{left} questions: {} regions after {before}", answer.p);
        assert!(answer.p <= answer.bound);
        assert!(answer.trace.windows(2).all(|two| two[0].0 <= two[1].0 && two[0].1 < two[1].1));
        before = answer.p;
    }
}
