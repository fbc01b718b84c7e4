//! A packing of disjoint minimal sets, and a first one.
//!
//! The rule that matters: a unit is in one chosen set or free. Changes can be written down and undone.

use crate::graph::{Graph, Node};
use crate::minimal::Sets;
use crate::random::Random;

const NONE: u32 = u32::MAX;

/// Disjoint sets, by their number in [`Sets`].
#[derive(Clone, Debug)]
pub struct Packing {
    /// The set a unit is in.
    of: Vec<u32>,
    chosen: Vec<u32>,
    /// Where a chosen set stands in `chosen`.
    place: Vec<u32>,
    /// Sets put (true) and taken since [`Packing::begin`].
    journal: Vec<(bool, u32)>,
    keeps: bool,
}

impl Packing {
    /// From here on changes can be undone.
    pub(crate) fn begin(&mut self) {
        self.journal.clear();
        self.keeps = true;
    }

    /// Undoes the changes since [`Packing::begin`], or keeps them.
    pub(crate) fn end(&mut self, sets: &Sets, undo: bool) {
        self.keeps = false;
        let journal = std::mem::take(&mut self.journal);
        if undo {
            for (put, set) in journal.iter().rev() {
                if *put { self.take(sets, *set) } else { self.put(sets, *set) }
            }
        }
        self.journal = journal;
    }

    /// Nothing chosen.
    pub fn empty(units: usize, sets: usize) -> Packing {
        Packing {
            of: vec![NONE; units],
            chosen: Vec::new(),
            place: vec![NONE; sets],
            journal: Vec::new(),
            keeps: false,
        }
    }

    /// How many sets.
    pub fn count(&self) -> usize {
        self.chosen.len()
    }

    /// Numbers of the chosen sets.
    pub fn chosen(&self) -> &[u32] {
        &self.chosen
    }

    /// The set a unit is in.
    pub(crate) fn set_of(&self, node: Node) -> Option<u32> {
        Some(self.of[node as usize]).filter(|set| *set != NONE)
    }

    pub(crate) fn put(&mut self, sets: &Sets, set: u32) {
        if self.keeps {
            self.journal.push((true, set));
        }
        self.place[set as usize] = self.chosen.len() as u32;
        self.chosen.push(set);
        for node in sets.get(set as usize) {
            self.of[*node as usize] = set;
        }
    }

    pub(crate) fn take(&mut self, sets: &Sets, set: u32) {
        if self.keeps {
            self.journal.push((false, set));
        }
        let at = self.place[set as usize] as usize;
        self.place[set as usize] = NONE;
        self.chosen.swap_remove(at);
        if let Some(moved) = self.chosen.get(at) {
            self.place[*moved as usize] = at as u32;
        }
        for node in sets.get(set as usize) {
            self.of[*node as usize] = NONE;
        }
    }
}

/// Sets by the units they hold.
#[derive(Debug)]
pub struct Index {
    starts: Vec<u32>,
    sets: Vec<u32>,
}

impl Index {
    /// By the least unit.
    pub fn by_least(units: usize, sets: &Sets) -> Index {
        Self::make(units, sets, |set| &set[..1])
    }

    /// By every unit.
    pub fn by_unit(units: usize, sets: &Sets) -> Index {
        Self::make(units, sets, |set| set)
    }

    fn make(units: usize, sets: &Sets, keys: impl Fn(&[Node]) -> &[Node]) -> Index {
        let mut starts = vec![0_u32; units + 1];
        for set in sets.iter() {
            for node in keys(set) {
                starts[*node as usize + 1] += 1;
            }
        }
        for i in 0..units {
            starts[i + 1] += starts[i];
        }
        let mut next = starts.clone();
        let mut of = vec![0; starts[units] as usize];
        for (i, set) in sets.iter().enumerate() {
            for node in keys(set) {
                of[next[*node as usize] as usize] = i as u32;
                next[*node as usize] += 1;
            }
        }
        Index { starts, sets: of }
    }

    /// The sets of a unit.
    pub fn of(&self, node: Node) -> &[u32] {
        &self.sets[self.starts[node as usize] as usize..self.starts[node as usize + 1] as usize]
    }
}

/// Chooses sets one after the other, those that keep the fewest others out first.
pub fn greedy(graph: &Graph, sets: &Sets, by_unit: &Index, random: &mut Random) -> Packing {
    let mut order: Vec<(u64, u32)> = (0..sets.len() as u32)
        .map(|set| {
            let nodes = sets.get(set as usize);
            let others: usize = nodes.iter().map(|node| by_unit.of(*node).len()).sum();
            ((others as u64) << 8 | (random.number() & 0xff), set)
        })
        .collect();
    order.sort_unstable();
    let mut packing = Packing::empty(graph.len(), sets.len());
    for (_, set) in order {
        if sets.get(set as usize).iter().all(|node| packing.of[*node as usize] == NONE) {
            packing.put(sets, set);
        }
    }
    packing
}

/// These sets, which must be disjoint.
pub fn of(graph: &Graph, sets: &Sets, chosen: impl IntoIterator<Item = u32>) -> Packing {
    let mut packing = Packing::empty(graph.len(), sets.len());
    chosen.into_iter().for_each(|set| packing.put(sets, set));
    packing
}
