//! The linear program of a covering, solved by Clarabel's interior-point method. What comes out is a hint: nothing is proven
//! before it has been rounded and checked in whole numbers.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use clarabel::algebra::CscMatrix;
use clarabel::solver::{DefaultSettings, DefaultSolver, IPSolver, NonnegativeConeT, SupportedConeT};

/// Least `Σ worth × price` with `Σ weight × price over a row ≥ 1` for every row.
#[derive(Debug)]
pub(crate) struct Covering {
    /// One for each column.
    pub prices: Vec<f64>,
    /// One for each row: how much of it a fractional packing takes.
    pub shares: Vec<f64>,
}

/// Solves it; `None` where the solver gives up. Setting `halt` ends it before its time.
pub(crate) fn cover(worth: &[f64], rows: &[&[(u32, u32)]], halt: &Arc<AtomicBool>) -> Option<Covering> {
    let (m, columns) = (rows.len(), worth.len());
    let mut counts = vec![0_usize; columns + 1];
    for (column, _) in rows.iter().copied().flatten() {
        counts[*column as usize + 1] += 1;
    }
    // By column: the rows it stands in, then the row that keeps it from being negative.
    let mut starts = vec![0; columns + 1];
    for c in 0..columns {
        starts[c + 1] = starts[c] + counts[c + 1] + 1;
    }
    let mut next = starts.clone();
    let mut places = vec![0; starts[columns]];
    let mut values = vec![-1.0; starts[columns]];
    for (row, entries) in rows.iter().enumerate() {
        for (column, weight) in *entries {
            places[next[*column as usize]] = row;
            values[next[*column as usize]] = -f64::from(*weight);
            next[*column as usize] += 1;
        }
    }
    for c in 0..columns {
        places[next[c]] = m + c;
    }
    let matrix = CscMatrix::new(m + columns, columns, starts, places, values);
    let mut least = vec![-1.0; m];
    least.resize(m + columns, 0.0);
    let cones: [SupportedConeT<f64>; 1] = [NonnegativeConeT(m + columns)];
    let settings = DefaultSettings { verbose: false, presolve_enable: false, ..DefaultSettings::default() };
    let flat = CscMatrix::zeros((columns, columns));
    let mut solver = DefaultSolver::new(&flat, worth, &matrix, &least, &cones, settings).ok()?;
    let halt = Arc::clone(halt);
    solver.set_termination_callback(move |_| halt.load(Ordering::Relaxed));
    solver.solve();
    let solution = solver.solution;
    let sound = solution.x.iter().chain(&solution.z).all(|value| value.is_finite());
    sound.then(|| Covering { prices: solution.x, shares: solution.z[..m].to_vec() })
}

/// Greatest `Σ worth × price` with `Σ weight × price over a row ≤ its cost` for every row and no price beyond `widest`; the first
/// `signed` prices may be negative. `None` where the solver gives up.
pub(crate) fn divide(worth: &[f64], signed: usize, rows: &[(&[(u32, f64)], f64)], widest: f64) -> Option<Covering> {
    let (m, columns) = (rows.len(), worth.len());
    let mut counts = vec![2_usize; columns];
    for (column, _) in rows.iter().flat_map(|(row, _)| *row) {
        counts[*column as usize] += 1;
    }
    let mut starts = vec![0; columns + 1];
    for c in 0..columns {
        starts[c + 1] = starts[c] + counts[c];
    }
    let mut next = starts.clone();
    let (mut places, mut values) = (vec![0; starts[columns]], vec![1.0; starts[columns]]);
    for (row, (entries, _)) in rows.iter().enumerate() {
        for (column, weight) in *entries {
            places[next[*column as usize]] = row;
            values[next[*column as usize]] = *weight;
            next[*column as usize] += 1;
        }
    }
    // Then the two rows that hold it within its width.
    for c in 0..columns {
        places[next[c]] = m + c;
        places[next[c] + 1] = m + columns + c;
        values[next[c] + 1] = -1.0;
    }
    let matrix = CscMatrix::new(m + 2 * columns, columns, starts, places, values);
    let mut most: Vec<f64> = rows.iter().map(|(_, cost)| *cost).collect();
    most.resize(m + columns, widest);
    most.extend((0..columns).map(|c| if c < signed { widest } else { 0.0 }));
    let cones: [SupportedConeT<f64>; 1] = [NonnegativeConeT(m + 2 * columns)];
    let settings = DefaultSettings { verbose: false, presolve_enable: false, ..DefaultSettings::default() };
    let flat = CscMatrix::zeros((columns, columns));
    let least: Vec<f64> = worth.iter().map(|worth| -worth).collect();
    let mut solver = DefaultSolver::new(&flat, &least, &matrix, &most, &cones, settings).ok()?;
    solver.solve();
    let solution = solver.solution;
    let sound = solution.x.iter().chain(&solution.z).all(|value| value.is_finite());
    sound.then(|| Covering { prices: solution.x, shares: solution.z[..m].to_vec() })
}
