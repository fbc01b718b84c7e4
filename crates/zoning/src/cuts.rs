//! Rows that tighten the linear bound (rank-1 Chvátal-Gomory cuts of the packing: subset rows of Jepsen and others 2008, and the
//! multipliers for four and five units of Pecin and others 2017). Weights of a few units over a divisor: what a set weighs is
//! rounded down, and so is what all the units weigh; disjoint sets together weigh no more.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::graph::Node;

/// How far a row must be overdrawn to be worth a price.
const OVERDRAWN: f64 = 2e-3;
/// Triples this much drawn on are worth being extended.
const PROMISING: f64 = 0.7;

/// Units with their weights, and the divisor.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Row {
    /// Units, rising, with whole weights.
    pub units: Vec<(Node, u32)>,
    /// The divisor.
    pub over: u32,
}

impl Row {
    /// How often the row's price falls on a set, which is in rising order.
    pub fn weighs(&self, set: &[Node]) -> u32 {
        let held = self.units.iter().filter(|(node, _)| set.binary_search(node).is_ok());
        held.map(|(_, weight)| weight).sum::<u32>() / self.over
    }

    /// The most that disjoint sets together can weigh.
    pub fn most(&self) -> u32 {
        self.units.iter().map(|(_, weight)| weight).sum::<u32>() / self.over
    }
}

/// Weights for four and five units, each in every order, with their divisor.
const PATTERNS: &[(&[u32], u32)] = &[
    (&[2, 1, 1, 1], 3),
    (&[1, 1, 1, 1, 1], 2),
    (&[1, 1, 1, 1, 1], 3),
    (&[2, 2, 1, 1, 1], 4),
    (&[3, 1, 1, 1, 1], 4),
    (&[3, 2, 2, 1, 1], 5),
    (&[2, 2, 1, 1, 1], 3),
    (&[3, 3, 2, 2, 1], 4),
];

/// Triples that are extended.
const EXTENDED: usize = 1500;

type Triple = [Node; 3];

/// The rows most overdrawn by a fractional packing, at most `most`; sets with their shares. Longer rows are looked for where there
/// are few of three.
pub(crate) fn overdrawn<'s>(sets: impl Iterator<Item = (&'s [Node], f64)>, most: usize) -> Vec<Row> {
    let drawn = Drawn::new(sets.filter(|(_, share)| *share > 1e-6).collect());
    let triples = drawn.triples();
    let whole = |triple: &Triple| Row { units: triple.iter().map(|node| (*node, 1)).collect(), over: 2 };
    let mut found: Vec<(Row, f64)> = triples
        .iter()
        .filter(|(_, drawn)| *drawn > 1.0 + OVERDRAWN)
        .map(|(triple, drawn)| (whole(triple), drawn - 1.0))
        .collect();
    if found.len() < most / 8 {
        let mut scratch = Scratch { masks: vec![0; drawn.sets.len()], ..Scratch::default() };
        for (triple, _) in triples.iter().take(EXTENDED) {
            drawn.extend(triple, &mut scratch, &mut found);
        }
    }
    found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    found.dedup_by(|a, b| a.0 == b.0);
    found.truncate(most);
    found.into_iter().map(|(row, _)| row).collect()
}

struct Drawn<'s> {
    sets: Vec<(&'s [Node], f64)>,
    of: HashMap<Node, Vec<u32>>,
    /// Units that share a set, rising.
    partners: BTreeMap<Node, Vec<Node>>,
}

impl<'s> Drawn<'s> {
    fn new(sets: Vec<(&'s [Node], f64)>) -> Self {
        let mut of: HashMap<Node, Vec<u32>> = HashMap::new();
        let mut partners: BTreeMap<Node, Vec<Node>> = BTreeMap::new();
        for (i, (set, _)) in sets.iter().enumerate() {
            for node in *set {
                of.entry(*node).or_default().push(i as u32);
                partners.entry(*node).or_default().extend(set.iter().filter(|other| *other != node));
            }
        }
        for list in partners.values_mut() {
            list.sort_unstable();
            list.dedup();
        }
        Drawn { sets, of, partners }
    }

    /// Triples with what is drawn on them, most first, from [`PROMISING`] on.
    fn triples(&self) -> Vec<(Triple, f64)> {
        let mut pairs: HashMap<(Node, Node), f64> = HashMap::new();
        let mut threes: HashMap<Triple, f64> = HashMap::new();
        for (set, share) in &self.sets {
            for i in 0..set.len() {
                for j in i + 1..set.len() {
                    *pairs.entry((set[i], set[j])).or_default() += share;
                    for k in j + 1..set.len() {
                        *threes.entry([set[i], set[j], set[k]]).or_default() += share;
                    }
                }
            }
        }
        let pair = |a: Node, b: Node| pairs.get(&(a, b)).copied().unwrap_or(0.0);
        let mut found: HashMap<Triple, f64> = HashMap::new();
        // From the unit between, so that a triple of which one pair shares no set is met as well.
        for (a, partners) in &self.partners {
            for (i, b) in partners.iter().enumerate() {
                for c in &partners[i + 1..] {
                    let mut triple = [*a, *b, *c];
                    triple.sort_unstable();
                    let [a, b, c] = triple;
                    let drawn =
                        pair(a, b) + pair(a, c) + pair(b, c) - 2.0 * threes.get(&triple).copied().unwrap_or(0.0);
                    if drawn > PROMISING {
                        found.insert(triple, drawn);
                    }
                }
            }
        }
        let mut found: Vec<(Triple, f64)> = found.into_iter().collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found
    }

    /// Rows of four and five units that begin with a triple.
    fn extend(&self, triple: &Triple, scratch: &mut Scratch, found: &mut Vec<(Row, f64)>) {
        let mut units = triple.to_vec();
        let mut by_mask = [0.0_f64; 32];
        for (i, node) in triple.iter().enumerate() {
            self.enter(*node, 1 << i, scratch, &mut by_mask);
        }
        while units.len() < 5 {
            let bit = 1 << units.len();
            scratch.near.clear();
            for node in &units {
                scratch.near.extend(self.partners.get(node).into_iter().flatten().filter(|node| !units.contains(node)));
            }
            scratch.near.sort_unstable();
            scratch.near.dedup();
            let mut best: Option<(f64, Node)> = None;
            for at in 0..scratch.near.len() {
                let node = scratch.near[at];
                let mut with = by_mask;
                for set in self.of.get(&node).into_iter().flatten() {
                    let (mask, share) = (scratch.masks[*set as usize], self.sets[*set as usize].1);
                    with[usize::from(mask)] -= if mask == 0 { 0.0 } else { share };
                    with[usize::from(mask | bit)] += share;
                }
                let (over, order) = best_order(units.len() + 1, &with);
                if best.is_none_or(|(most, _)| over > most) {
                    best = Some((over, node));
                }
                if over > OVERDRAWN {
                    let mut row: Vec<(Node, u32)> =
                        units.iter().copied().chain([node]).zip(order.weights.iter().copied()).collect();
                    row.sort_unstable();
                    let row = Row { units: row, over: order.over };
                    if scratch.seen.insert(row.clone()) {
                        found.push((row, over));
                    }
                }
            }
            let Some((_, node)) = best else { break };
            self.enter(node, bit, scratch, &mut by_mask);
            units.push(node);
        }
        for set in scratch.touched.drain(..) {
            scratch.masks[set as usize] = 0;
        }
    }

    /// Marks the sets of a unit with its bit.
    fn enter(&self, node: Node, bit: u8, scratch: &mut Scratch, by_mask: &mut [f64; 32]) {
        for set in self.of.get(&node).into_iter().flatten() {
            let share = self.sets[*set as usize].1;
            let mask = &mut scratch.masks[*set as usize];
            if *mask == 0 {
                scratch.touched.push(*set);
            } else {
                by_mask[usize::from(*mask)] -= share;
            }
            *mask |= bit;
            by_mask[usize::from(*mask)] += share;
        }
    }
}

#[derive(Default)]
struct Scratch {
    /// By set: which of the units at hand it holds.
    masks: Vec<u8>,
    touched: Vec<u32>,
    near: Vec<Node>,
    seen: HashSet<Row>,
}

/// A pattern in one order, with how often it falls on each mask.
struct Order {
    weights: Vec<u32>,
    over: u32,
    most: f64,
    falls: [f64; 32],
}

static ORDERS: LazyLock<[Vec<Order>; 2]> = LazyLock::new(|| {
    [4, 5].map(|n| {
        let mut orders = Vec::new();
        for (weights, over) in PATTERNS.iter().filter(|(weights, _)| weights.len() == n) {
            for_each_order(weights, &mut |weights| {
                let falls = std::array::from_fn(|mask| {
                    let held: u32 = (0..n).filter(|i| mask >> i & 1 == 1).map(|i| weights[i]).sum();
                    f64::from(held / over)
                });
                let most = f64::from(weights.iter().sum::<u32>() / over);
                orders.push(Order { weights: weights.to_vec(), over: *over, most, falls });
            });
        }
        orders
    })
});

/// The order most overdrawn, in parts of its most.
fn best_order(n: usize, by_mask: &[f64; 32]) -> (f64, &'static Order) {
    let mut drawn: [(usize, f64); 32] = [(0, 0.0); 32];
    let mut len = 0;
    for (mask, share) in by_mask.iter().enumerate().take(1 << n).skip(1) {
        if *share > 1e-9 && mask.count_ones() > 1 {
            drawn[len] = (mask, *share);
            len += 1;
        }
    }
    let mut best = (f64::NEG_INFINITY, &ORDERS[n - 4][0]);
    for order in &ORDERS[n - 4] {
        let sum: f64 = drawn[..len].iter().map(|(mask, share)| share * order.falls[*mask]).sum();
        let beyond = (sum - order.most) / order.most;
        if beyond > best.0 + 1e-9 {
            best = (beyond, order);
        }
    }
    best
}

/// Calls with every distinct order of the weights.
fn for_each_order(weights: &[u32], act: &mut dyn FnMut(&[u32])) {
    let mut order = weights.to_vec();
    order.sort_unstable();
    loop {
        act(&order);
        let Some(i) = (0..order.len() - 1).rev().find(|i| order[*i] < order[i + 1]) else { return };
        let Some(j) = (i + 1..order.len()).rev().find(|j| order[*j] > order[i]) else { return };
        order.swap(i, j);
        order[i + 1..].reverse();
    }
}
