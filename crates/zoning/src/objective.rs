//! What a division is worth beside its number of regions, smaller is better; [`crate::worth`] computes it.

/// What is wanted of regions, once there are as many as can be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Objective {
    /// Mean deviation of a region's population from a target, in parts of it.
    Deviation {
        /// The target population.
        target: f64,
    },
    /// Borders between regions, counted.
    Cut,
    /// Borders between regions, by their length.
    Border,
    /// Sum of squares of standardised attributes within regions.
    Squares,
}

/// What objectives are computed from, by unit.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Population.
    pub populations: Vec<f64>,
    /// Attributes, each standardised to mean 0 and deviation 1 over all units.
    pub attributes: Vec<Vec<f64>>,
}

impl Facts {
    /// Facts with attributes still to be standardised, given by attribute.
    pub fn new(populations: Vec<f64>, attributes: Vec<Vec<f64>>) -> Facts {
        let standardised = attributes.into_iter().map(|values| {
            let n = values.len().max(1) as f64;
            let mean = values.iter().sum::<f64>() / n;
            let spread = (values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / n).sqrt();
            values.into_iter().map(|value| if spread > 0.0 { (value - mean) / spread } else { 0.0 }).collect()
        });
        Facts { populations, attributes: standardised.collect() }
    }
}
