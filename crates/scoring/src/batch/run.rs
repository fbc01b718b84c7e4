//! The order of a batch: rows in blocks by threads that share nothing, then sums from child to parent, then rules over nodes.
//!
//! The number of threads changes the time and nothing else: every sum is of integers or fractions, so no order of adding matters.

use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::compile::Compiled;
use super::figure::{Figure, How};
use super::machine::{Conditions, RowRules};
use super::nodes::{self, Reduced, Scored};
use super::program::NOT_ASSESSED;
use super::reduce::{Rows, Sums};
use super::result::{Cells, Points};
use super::table::Table;
use super::tree::{NONE, Run};

/// Rows of a block: few enough that its registers stay in the nearest cache.
const BLOCK: usize = 2048;
/// Communities level.
const COMMUNITY: usize = 2;
/// Nodes of up to so many rows are scored apart, with narrower integers.
const SMALL: usize = 256;

/// Points of every indicator at every node and community row.
pub(super) struct Outcome {
    pub nodes: Vec<Vec<i32>>,
    pub vetoed: Vec<Option<Vec<bool>>>,
    /// By indicator; empty where it is not scored in units.
    pub rows: Vec<Points>,
    /// Points and most points of what counts, by community row.
    pub totals: Points,
    pub assessed: Points,
}

/// Evaluates everything.
pub(super) fn run(table: &Table, compiled: &[Compiled<'_>], threads: usize) -> Outcome {
    let mut reduced: Vec<Vec<Reduced>> = compiled.iter().map(|one| above(table, one)).collect();
    let rows = communities(table, compiled, &mut reduced, threads);
    let (nodes, vetoed) = over_nodes(table, compiled, reduced, threads);
    Outcome { nodes, vetoed, rows: rows.points, totals: rows.totals, assessed: rows.assessed }
}

/// Figures of districts and subdistricts: few rows, one thread.
fn above(table: &Table, compiled: &Compiled<'_>) -> Vec<Reduced> {
    let one = |figures: &Vec<Figure>| {
        let mut reduced = Reduced { sums: Vec::new(), truths: Vec::new() };
        for figure in figures {
            let mut sums = Sums::new(table, figure, table.tree.nodes.len());
            let mut truths = Vec::new();
            if figure.level != COMMUNITY {
                let all = 0..table.tree.units[figure.level].len();
                if let How::Holds(condition) | How::Share(condition, _) = &figure.how {
                    Conditions::new(table, condition).run(table, all.clone(), &mut truths);
                }
                let rows = Rows { rows: all, runs: &table.tree.runs[figure.level], base: 0 };
                sums.add(table, figure, &rows, &truths, &mut Vec::new());
            }
            reduced.sums.push(sums);
            reduced.truths.push(truths);
        }
        reduced
    };
    compiled.variants.iter().map(|variant| one(&variant.figures)).collect()
}

struct RowOutcome {
    points: Vec<Points>,
    totals: Points,
    assessed: Points,
}

/// One thread's share: consecutive runs of community rows.
struct Share<'a> {
    rows: Range<usize>,
    runs: &'a [Run],
    base: u32,
    nodes: usize,
}

fn shares(runs: &[Run], threads: usize) -> Vec<Share<'_>> {
    let all = runs.last().map_or(0, |run| run.to as usize);
    let (mut shares, mut rest) = (Vec::new(), runs);
    for i in 1..=threads.max(1) {
        let until = all * i / threads.max(1);
        let (mine, others) = rest.split_at(rest.partition_point(|run| (run.from as usize) < until));
        rest = others;
        let (Some(first), Some(last)) = (mine.first(), mine.last()) else { continue };
        let nodes = || mine.iter().map(|run| run.node).filter(|node| *node != NONE);
        let base = nodes().min().unwrap_or(0);
        let count = nodes().max().map_or(0, |most| (most - base) as usize + 1);
        shares.push(Share { rows: first.from as usize..last.to as usize, runs: mine, base, nodes: count });
    }
    shares
}

fn communities(table: &Table, compiled: &[Compiled<'_>], reduced: &mut [Vec<Reduced>], threads: usize) -> RowOutcome {
    let count = table.tree.units[COMMUNITY].len();
    let narrow = compiled.iter().all(|one| one.most <= i32::from(i16::MAX));
    let empty = |one: &Compiled<'_>| Points::new(if one.in_units { count } else { 0 }, narrow);
    let mut outcome = RowOutcome {
        points: compiled.iter().map(empty).collect(),
        totals: Points::new(count, false),
        assessed: Points::new(count, false),
    };
    let shares = shares(&table.tree.runs[COMMUNITY], threads);
    let sums: Vec<Vec<Vec<Vec<Sums>>>> = std::thread::scope(|scope| {
        let mut rest: Vec<Cells<'_>> = outcome.points.iter_mut().map(Points::cells).collect();
        let mut rest_totals = (outcome.totals.cells(), outcome.assessed.cells());
        let mut handles = Vec::new();
        for share in &shares {
            let (own, others): (Vec<_>, Vec<_>) = rest.into_iter().map(|cells| cells.split(share.rows.len())).unzip();
            rest = others;
            let (totals, other_totals) = rest_totals.0.split(share.rows.len());
            let (assessed, other_assessed) = rest_totals.1.split(share.rows.len());
            rest_totals = (other_totals, other_assessed);
            let reduced = &*reduced;
            handles.push((share, own, totals, assessed, reduced));
        }
        let mut work = handles.into_iter().map(|(share, own, totals, assessed, reduced)| {
            move || work(table, compiled, reduced, share, own, totals, assessed)
        });
        let own = work.next();
        let others: Vec<_> = work.map(|work| scope.spawn(work)).collect();
        let own = own.map(|work| work());
        own.into_iter().chain(others.into_iter().filter_map(|other| other.join().ok())).collect()
    });
    for (share, sums) in shares.iter().zip(sums) {
        for (to, from) in reduced.iter_mut().flatten().zip(sums.into_iter().flatten()) {
            for (to, from) in to.sums.iter_mut().zip(from) {
                to.merge(from, share.base as usize);
            }
        }
    }
    outcome
}

/// What a thread keeps of one indicator and variant.
struct Kept<'p> {
    figures: &'p [Figure],
    conditions: Vec<Option<Conditions<'p>>>,
    rules: Option<RowRules<'p>>,
    truth_inputs: &'p [usize],
    sums: Vec<Sums>,
    truths: Vec<Vec<u8>>,
}

fn work(
    table: &Table,
    compiled: &[Compiled<'_>],
    reduced: &[Vec<Reduced>],
    share: &Share<'_>,
    mut points: Vec<Cells<'_>>,
    mut totals: Cells<'_>,
    mut assessed: Cells<'_>,
) -> Vec<Vec<Vec<Sums>>> {
    let mut kept: Vec<Vec<Kept<'_>>> = compiled.iter().map(|one| keep(table, one, share)).collect();
    let (mut scratch, mut own, mut found) = (Vec::new(), Vec::new(), Vec::new());
    let mut runs = share.runs;
    let (mut sum, mut most): (Vec<i32>, Vec<i32>) = (Vec::new(), Vec::new());
    for from in share.rows.clone().step_by(BLOCK) {
        let rows = from..(from + BLOCK).min(share.rows.end);
        runs = &runs[runs.partition_point(|run| run.to as usize <= rows.start)..];
        let until = runs.partition_point(|run| (run.from as usize) < rows.end);
        let block = Rows { rows: rows.clone(), runs: &runs[..until], base: share.base };
        let place = rows.start - share.rows.start;
        sum.clear();
        sum.resize(rows.len(), 0);
        most.clear();
        most.resize(rows.len(), 0);
        for (index, (one, kept)) in compiled.iter().zip(&mut kept).enumerate() {
            let mut scored = false;
            for (variant, kept) in kept.iter_mut().enumerate().rev() {
                kept.reduce(table, &block, &reduced[index][variant], &mut scratch);
                let Some(rules) = &mut kept.rules else { continue };
                let truths: Vec<&[u8]> = kept.truth_inputs.iter().map(|i| kept.truths[*i].as_slice()).collect();
                let gate = rules.run(table, &truths, rows.clone(), &mut own);
                match gate {
                    Some(gate) if scored => {
                        for ((found, own), open) in found.iter_mut().zip(&own).zip(gate) {
                            *found = if *open == 0 { *found } else { *own };
                        }
                    }
                    _ => std::mem::swap(&mut found, &mut own),
                }
                scored = true;
            }
            if scored {
                points[index].write(place, &found);
                if one.counts {
                    for ((sum, most), points) in sum.iter_mut().zip(&mut most).zip(&found) {
                        let known = i32::from(*points != NOT_ASSESSED);
                        *sum += *points & -known;
                        *most += one.most & -known;
                    }
                }
            }
        }
        totals.write(place, &sum);
        assessed.write(place, &most);
    }
    kept.into_iter().map(|variants| variants.into_iter().map(|kept| kept.sums).collect()).collect()
}

fn keep<'p>(table: &Table, compiled: &'p Compiled<'_>, share: &Share<'_>) -> Vec<Kept<'p>> {
    let one = |variant: &'p super::compile::Variant| {
        let own = |figure: &Figure| figure.level == COMMUNITY;
        Kept {
            figures: &variant.figures,
            conditions: variant
                .figures
                .iter()
                .map(|figure| match &figure.how {
                    How::Holds(condition) | How::Share(condition, _) if own(figure) => {
                        Some(Conditions::new(table, condition))
                    }
                    _ => None,
                })
                .collect(),
            rules: variant.rows.as_ref().map(|rows| RowRules::new(table, rows)),
            truth_inputs: variant.rows.as_ref().map_or(&[], |rows| &rows.truths),
            sums: variant
                .figures
                .iter()
                .map(|figure| if own(figure) { Sums::new(table, figure, share.nodes) } else { Sums::Nothing })
                .collect(),
            truths: vec![Vec::new(); variant.figures.len()],
        }
    };
    compiled.variants.iter().map(one).collect()
}

impl Kept<'_> {
    /// Truths of the block, and sums of its rows.
    fn reduce(&mut self, table: &Table, block: &Rows<'_>, above: &Reduced, scratch: &mut Vec<u8>) {
        for (place, figure) in self.figures.iter().enumerate() {
            if let Some(condition) = &mut self.conditions[place] {
                condition.run(table, block.rows.clone(), &mut self.truths[place]);
            } else if self.truth_inputs.contains(&place) {
                let of = |row: &u32| if *row == NONE { 0 } else { above.truths[place][*row as usize] };
                self.truths[place].clear();
                self.truths[place].extend(table.tree.above[figure.level][block.rows.clone()].iter().map(of));
            }
            if figure.level == COMMUNITY {
                self.sums[place].add(table, figure, block, &self.truths[place], scratch);
            }
        }
    }
}

type NodePoints = (Vec<Vec<i32>>, Vec<Option<Vec<bool>>>);

fn over_nodes(table: &Table, compiled: &[Compiled<'_>], reduced: Vec<Vec<Reduced>>, threads: usize) -> NodePoints {
    let nodes = &table.tree.nodes;
    // Whole or not, small or large: four lists, each with its own bounds.
    let mut lists: [(Vec<u32>, usize); 4] = Default::default();
    for (i, node) in nodes.iter().enumerate() {
        let rows = node.rows.iter().map(|(from, to)| (to - from) as usize).max().unwrap_or(0).max(1);
        let list = &mut lists[usize::from(node.whole) * 2 + usize::from(rows > SMALL)];
        list.0.push(i as u32);
        list.1 = list.1.max(rows);
    }
    let next = AtomicUsize::new(0);
    let waiting: Vec<Mutex<Vec<Reduced>>> = reduced.into_iter().map(Mutex::new).collect();
    let work = || {
        let mut done = Vec::new();
        while let Some(one) = compiled.get(next.fetch_add(1, Ordering::Relaxed)) {
            let index = compiled.iter().position(|other| std::ptr::eq(one, other)).unwrap_or_default();
            let mut reduced =
                waiting[index].lock().map(|mut reduced| std::mem::take(&mut *reduced)).unwrap_or_default();
            reduced.iter_mut().flat_map(|reduced| &mut reduced.sums).for_each(|sums| sums.roll_up(nodes));
            let mut points = vec![NOT_ASSESSED; nodes.len()];
            let mut vetoed = one.indicator.veto.is_some().then(|| vec![false; nodes.len()]);
            for (i, (list, rows)) in lists.iter().enumerate().filter(|(_, (list, _))| !list.is_empty()) {
                if i >= 2 || one.in_units {
                    let mut scored = Scored { points: &mut points, vetoed: vetoed.as_deref_mut() };
                    nodes::score(table, one, &reduced, list, *rows, &mut scored);
                }
            }
            done.push((index, points, vetoed));
        }
        done
    };
    let mut all: Vec<_> = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let own = work();
        own.into_iter().chain(others.into_iter().filter_map(|other| other.join().ok()).flatten()).collect()
    });
    all.sort_by_key(|(index, ..)| *index);
    all.into_iter().map(|(_, points, vetoed)| (points, vetoed)).unzip()
}
