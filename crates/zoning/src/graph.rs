//! The map: units with a size, and which adjoin.
//!
//! The rule that matters: sizes are whole numbers, so a threshold that is met exactly is met.

/// A unit's place in the order of the input.
pub type Node = u32;

/// A border between two units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge {
    /// One unit.
    pub a: Node,
    /// The other.
    pub b: Node,
    /// Length of the shared border, in the unit of the map; 0 where it is not known.
    pub border: f64,
}

/// Units and borders. Neighbours of a unit lie together, in rising order.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    sizes: Vec<i64>,
    starts: Vec<u32>,
    neighbours: Vec<Node>,
    borders: Vec<f64>,
}

impl Graph {
    /// A graph of units with these sizes. Loops and repeated edges are joined into one.
    ///
    /// # Panics
    /// When an edge names a unit that is not there.
    pub fn new(sizes: Vec<i64>, edges: &[Edge]) -> Graph {
        let n = sizes.len();
        let mut both: Vec<(Node, Node, f64)> = Vec::with_capacity(edges.len() * 2);
        for edge in edges.iter().filter(|edge| edge.a != edge.b) {
            assert!((edge.a as usize) < n && (edge.b as usize) < n, "an edge names a unit that is not there");
            both.push((edge.a, edge.b, edge.border));
            both.push((edge.b, edge.a, edge.border));
        }
        both.sort_by_key(|(a, b, _)| (*a, *b));
        both.dedup_by(|later, kept| {
            let same = (later.0, later.1) == (kept.0, kept.1);
            if same {
                kept.2 += later.2;
            }
            same
        });
        let mut starts = vec![0; n + 1];
        for (a, ..) in &both {
            starts[*a as usize + 1] += 1;
        }
        for i in 0..n {
            starts[i + 1] += starts[i];
        }
        let (neighbours, borders) = both.into_iter().map(|(_, b, border)| (b, border)).unzip();
        Graph { sizes, starts, neighbours, borders }
    }

    /// How many units.
    pub fn len(&self) -> usize {
        self.sizes.len()
    }

    /// Whether there is no unit.
    pub fn is_empty(&self) -> bool {
        self.sizes.is_empty()
    }

    /// The size of a unit.
    pub fn size(&self, node: Node) -> i64 {
        self.sizes[node as usize]
    }

    /// The units that adjoin, in rising order.
    pub fn neighbours(&self, node: Node) -> &[Node] {
        &self.neighbours[self.span(node)]
    }

    /// The border to each of [`Graph::neighbours`].
    pub fn borders(&self, node: Node) -> &[f64] {
        &self.borders[self.span(node)]
    }

    fn span(&self, node: Node) -> std::ops::Range<usize> {
        self.starts[node as usize] as usize..self.starts[node as usize + 1] as usize
    }

    /// Every border once, from the lower unit.
    pub fn edges(&self) -> impl Iterator<Item = Edge> + '_ {
        (0..self.len() as Node).flat_map(move |a| {
            let with = self.neighbours(a).iter().zip(self.borders(a));
            with.filter(move |(b, _)| a < **b).map(move |(b, border)| Edge { a, b: *b, border: *border })
        })
    }

    /// Connected components of the units that `within` joins; each in rising order, by their least unit.
    pub fn components(&self, joined: impl Fn(Node, Node) -> bool) -> Vec<Vec<Node>> {
        let mut seen = vec![false; self.len()];
        let mut found = Vec::new();
        for start in 0..self.len() as Node {
            if std::mem::replace(&mut seen[start as usize], true) {
                continue;
            }
            let mut part = vec![start];
            let mut at = 0;
            while at < part.len() {
                let node = part[at];
                at += 1;
                for next in self.neighbours(node) {
                    if !seen[*next as usize] && joined(node, *next) {
                        seen[*next as usize] = true;
                        part.push(*next);
                    }
                }
            }
            part.sort_unstable();
            found.push(part);
        }
        found
    }

    /// The part of the graph over `nodes` (rising), renumbered in their order.
    pub fn part(&self, nodes: &[Node]) -> Graph {
        let mut place = vec![Node::MAX; self.len()];
        for (i, node) in nodes.iter().enumerate() {
            place[*node as usize] = i as Node;
        }
        let sizes = nodes.iter().map(|node| self.size(*node)).collect();
        let (mut starts, mut neighbours, mut borders) = (vec![0], Vec::new(), Vec::new());
        for node in nodes {
            for (next, border) in self.neighbours(*node).iter().zip(self.borders(*node)) {
                if place[*next as usize] != Node::MAX {
                    neighbours.push(place[*next as usize]);
                    borders.push(*border);
                }
            }
            starts.push(neighbours.len() as u32);
        }
        Graph { sizes, starts, neighbours, borders }
    }
}
