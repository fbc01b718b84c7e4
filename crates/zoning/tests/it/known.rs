//! Generated maps whose best is known otherwise.

use hejian_zoning::graph::{Edge, Graph, Node};
use hejian_zoning::solve::{Effort, most_regions};

/// A strip of units of one size: the best is the whole number of shares.
#[test]
fn a_strip_of_equal_units_is_cut_into_as_many_as_fit() {
    for n in 1..60_u32 {
        let edges: Vec<Edge> = (1..n).map(|b| Edge { a: b - 1, b, border: 1.0 }).collect();
        let graph = Graph::new(vec![7; n as usize], &edges);
        let answer = most_regions(&graph, 20, |_, _| true, Effort::default(), &mut ());
        assert_eq!((answer.p, answer.bound), (u64::from(n / 3), u64::from(n / 3)));
    }
}

/// Units under two parents: no region crosses the border between them.
#[test]
fn what_may_not_be_joined_is_solved_apart() {
    let edges: Vec<Edge> = (1..10).map(|b| Edge { a: b - 1, b, border: 1.0 }).collect();
    let graph = Graph::new(vec![10; 10], &edges);
    let parent = |node: Node| node / 5;
    let answer = most_regions(&graph, 20, |a, b| parent(a) == parent(b), Effort::default(), &mut ());
    assert_eq!((answer.p, answer.bound), (4, 4), "five units make two regions, not two and a half");
    for node in 0..10 {
        for other in 0..10 {
            let together = answer.labels[node as usize] == answer.labels[other as usize];
            assert!(!together || parent(node) == parent(other));
        }
    }
}

/// A part too small for a region stays without one, and the rest is divided.
#[test]
fn a_component_below_the_threshold_is_left_without_a_region() {
    let graph = Graph::new(vec![10, 10, 3], &[Edge { a: 0, b: 1, border: 1.0 }]);
    let answer = most_regions(&graph, 10, |_, _| true, Effort::default(), &mut ());
    assert_eq!((answer.labels, answer.p, answer.bound), (vec![Some(0), Some(1), None], 2, 2));
}
