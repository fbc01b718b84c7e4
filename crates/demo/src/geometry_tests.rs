//! Dissolving on small shapes whose answer is known, and on random rectangles.

use super::*;
use proptest::prelude::*;

fn rectangle(x0: i64, y0: i64, x1: i64, y1: i64) -> Polygon {
    vec![vec![[x0, y0], [x1, y0], [x1, y1], [x0, y1], [x0, y0]]]
}

#[test]
fn two_neighbours_with_a_t_junction_become_one_ring() {
    // The long left side of the first meets the short sides of the two others at half height.
    let shapes = [rectangle(0, 0, 2, 4), rectangle(2, 0, 4, 2), rectangle(2, 2, 4, 4)];
    let union = dissolve(&shapes).unwrap();
    assert_eq!(union.len(), 1);
    assert_eq!(union[0].len(), 1);
    assert_eq!(twice_area_of(&union), 32);
    assert!(!union[0][0].contains(&[2, 2]), "the inner junction is gone");
}

#[test]
fn a_courtyard_becomes_a_hole_of_its_building() {
    let shapes = [rectangle(0, 0, 3, 1), rectangle(0, 2, 3, 3), rectangle(0, 1, 1, 2), rectangle(2, 1, 3, 2)];
    let union = dissolve(&shapes).unwrap();
    assert_eq!(union.len(), 1);
    assert_eq!(union[0].len(), 2);
    assert!(twice_area(&union[0][1]) < 0, "a hole runs clockwise");
    assert_eq!(twice_area_of(&union), 16);
}

#[test]
fn shapes_that_touch_in_a_corner_stay_two_polygons() {
    let union = dissolve(&[rectangle(0, 0, 1, 1), rectangle(1, 1, 2, 2)]).unwrap();
    assert_eq!(union.len(), 2);
}

#[test]
fn overlap_and_open_rings_are_refused_in_words() {
    assert!(dissolve(&[rectangle(0, 0, 1, 1), rectangle(0, 0, 1, 1)]).unwrap_err().contains("overlap"));
    assert!(dissolve(&[vec![vec![[0, 0], [1, 0], [1, 1], [0, 1]]]]).unwrap_err().contains("not closed"));
}

/// Cuts a rectangle in two, again and again: neighbours then meet in T-junctions.
fn guillotine(cuts: &[(usize, bool, u8)]) -> Vec<Polygon> {
    let mut boxes = vec![[0i64, 0i64, 1024, 1024]];
    for (which, upright, at) in cuts {
        let [x0, y0, x1, y1] = boxes.swap_remove(which % boxes.len());
        let part = |low: i64, high: i64| low + 1 + (high - low - 2) * i64::from(*at) / 255;
        if *upright && x1 - x0 > 2 {
            let x = part(x0, x1);
            boxes.extend([[x0, y0, x, y1], [x, y0, x1, y1]]);
        } else if !*upright && y1 - y0 > 2 {
            let y = part(y0, y1);
            boxes.extend([[x0, y0, x1, y], [x0, y, x1, y1]]);
        } else {
            boxes.push([x0, y0, x1, y1]);
        }
    }
    boxes.into_iter().map(|[x0, y0, x1, y1]| rectangle(x0, y0, x1, y1)).collect()
}

proptest! {
    #[test]
    fn any_choice_of_neighbours_keeps_its_area_in_simple_closed_rings(
        cuts in prop::collection::vec((any::<usize>(), any::<bool>(), any::<u8>()), 1..40),
        chosen in prop::collection::vec(any::<bool>(), 41),
    ) {
        let all = guillotine(&cuts);
        let some: Vec<Polygon> = all.iter().zip(&chosen).filter(|(_, yes)| **yes).map(|(p, _)| p.clone()).collect();
        let union = dissolve(&some).unwrap();
        prop_assert_eq!(twice_area_of(&union), twice_area_of(&some));
        for ring in union.iter().flatten() {
            prop_assert_eq!(ring.first(), ring.last());
            let distinct: BTreeSet<&Point> = ring.iter().collect();
            prop_assert_eq!(distinct.len(), ring.len() - 1);
        }
        let whole = dissolve(&all).unwrap();
        prop_assert_eq!((whole.len(), whole[0].len(), twice_area_of(&whole)), (1, 1, 2 * 1024 * 1024));
    }
}
