//! The linear program of a covering, solved by Clarabel's interior-point method. What comes out is a hint: nothing is proven
//! before it has been rounded and checked in whole numbers.

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

/// Solves it; `None` where the solver gives up.
pub(crate) fn cover(worth: &[f64], rows: &[Vec<(u32, u32)>]) -> Option<Covering> {
    let (m, columns) = (rows.len(), worth.len());
    let mut counts = vec![0_usize; columns + 1];
    for (column, _) in rows.iter().flatten() {
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
        for (column, weight) in entries {
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
    solver.solve();
    let solution = solver.solution;
    let sound = solution.x.iter().chain(&solution.z).all(|value| value.is_finite());
    sound.then(|| Covering { prices: solution.x, shares: solution.z[..m].to_vec() })
}
