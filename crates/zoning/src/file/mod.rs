//! A plan as a file: what was asked, what came out, and why there are no more regions; and how the map is to be read again.
//!
//! The rule that matters: a plan can be checked from this file and the map alone. Units are named by their place in the map, and
//! their ids stand beside, so that a map that changed since is noticed.

mod asked;

use serde::{Deserialize, Serialize};
use serde_json::Number;

pub use asked::{Aim, Asked, Meaningless};

use crate::certificate::Certificate;
use crate::plan::Plan;
use crate::problem::Problem;
use crate::read::Reading;

/// The form of file that is written and read.
pub const FORMAT: &str = "hejian-zoning-plan/1";

/// A plan, its proof, and further plans.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlanFile {
    /// [`FORMAT`].
    pub format: String,
    /// What was asked.
    pub asked: Asked,
    /// How the map is to be read.
    pub reading: Reading,
    /// The first and best plan.
    #[serde(flatten)]
    pub plan: Written,
    /// No division has more regions.
    pub p_upper_bound: u64,
    /// Whether p is what was wanted: the most there can be, or the number asked for.
    pub proven: bool,
    /// The bound that the certificate shows; above `p_upper_bound` where a largest size or locks allow fewer, which was found by
    /// trying all divisions.
    pub certified: u64,
    /// Ids of units, in the order of the map.
    pub units: Vec<String>,
    /// Components too small for a region, by the ids of their units.
    pub too_small: Vec<Vec<String>>,
    /// Units that no other may share a region with, by id.
    pub islands: Vec<String>,
    /// Further plans, the best first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<Written>,
    /// Wall time of the solver.
    pub seconds: f64,
    /// What chance started from.
    pub seed: u64,
    /// Moves tried.
    pub iterations: u64,
    /// Seconds since the start, and how many regions there were then.
    pub trace: Vec<(f64, u64)>,
    /// Why there are no more regions, see [`crate::certificate`].
    pub certificate: Certificate,
}

/// One division and its figures.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Written {
    /// The region of each unit, in the order of the map; null where its component is too small.
    pub labels: Vec<Option<u32>>,
    /// How many regions.
    pub p: u64,
    /// The objective wanted.
    pub objective: Option<f64>,
    /// Whether no division into as many regions has a smaller one.
    pub objective_proven: bool,
    /// Mean over regions of how far their population is from the target, in parts of it.
    pub mean_deviation: Option<f64>,
    /// The largest of them.
    pub max_deviation: Option<f64>,
    /// Borders between regions, counted.
    pub cut_edges: u64,
    /// Borders between regions, by their length.
    pub cut_border: f64,
    /// Sum of squares of standardised attributes within regions, in parts of that of all units.
    pub wss_ratio: Option<f64>,
    /// Borders inside regions on which a barrier has a price.
    #[serde(default)]
    pub barriers_kept: u64,
    /// Least size of a region.
    pub least_size: Option<Number>,
    /// Largest size of a region.
    pub most_size: Option<Number>,
}

impl Written {
    /// A plan of this map.
    pub fn of(plan: &Plan, problem: &Problem) -> Written {
        let figures = &plan.figures;
        Written {
            labels: plan.labels.clone(),
            p: plan.p,
            objective: plan.objective,
            objective_proven: plan.objective_proven,
            mean_deviation: figures.mean_deviation,
            max_deviation: figures.max_deviation,
            cut_edges: figures.cut_edges,
            // Of no borders the sum is -0.
            cut_border: figures.cut_border + 0.0,
            wss_ratio: figures.wss_ratio,
            barriers_kept: figures.barriers_kept,
            least_size: figures.least_size.map(|size| unscaled(size, problem.decimals)),
            most_size: figures.most_size.map(|size| unscaled(size, problem.decimals)),
        }
    }
}

/// What a run took.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Run {
    /// Wall time.
    pub seconds: f64,
    /// What chance started from.
    pub seed: u64,
    /// Moves tried.
    pub iterations: u64,
    /// Seconds since the start, and how many regions there were then.
    pub trace: Vec<(f64, u64)>,
}

impl PlanFile {
    /// Plans of this map, the best first; `None` where there is none.
    pub fn of(problem: &Problem, asked: Asked, reading: Reading, plans: &[Plan], run: Run) -> Option<PlanFile> {
        let first = plans.first()?;
        let ids = |nodes: &[u32]| problem.ids(nodes).into_iter().map(str::to_owned).collect::<Vec<String>>();
        Some(PlanFile {
            format: FORMAT.to_owned(),
            asked,
            reading,
            plan: Written::of(first, problem),
            p_upper_bound: first.p_upper_bound,
            proven: first.proven,
            certified: first.certified,
            units: problem.units.iter().map(|unit| unit.id.clone()).collect(),
            too_small: first.too_small.iter().map(|part| ids(part)).collect(),
            islands: ids(&first.islands),
            others: plans[1..].iter().map(|plan| Written::of(plan, problem)).collect(),
            seconds: micro(run.seconds),
            seed: run.seed,
            iterations: run.iterations,
            trace: run.trace.into_iter().map(|(seconds, p)| (micro(seconds), p)).collect(),
            certificate: first.certificate.clone(),
        })
    }

    /// Reads one.
    ///
    /// # Errors
    /// What is wrong with the text, in words.
    pub fn read(bytes: &[u8]) -> Result<PlanFile, String> {
        #[derive(Deserialize)]
        struct Head {
            format: Option<String>,
        }
        let head: Head = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
        match head.format.as_deref() {
            Some(FORMAT) => {}
            Some(other) => return Err(format!("its format is {other:?}, and this program reads {FORMAT:?}")),
            None => return Err(format!("it has no \"format\": {FORMAT:?}")),
        }
        serde_json::from_slice(bytes).map_err(|error| error.to_string())
    }

    /// As text: figures first, each list on a line of its own.
    pub fn text(&self) -> String {
        let mut text = String::from("{\n");
        if let Ok(serde_json::Value::Object(all)) = serde_json::to_value(self) {
            const FIRST: [&str; 17] = [
                "format",
                "p",
                "p_upper_bound",
                "proven",
                "certified",
                "objective",
                "objective_proven",
                "mean_deviation",
                "max_deviation",
                "cut_edges",
                "cut_border",
                "wss_ratio",
                "least_size",
                "most_size",
                "seconds",
                "asked",
                "reading",
            ];
            let rest = all.keys().map(String::as_str).filter(|key| !FIRST.contains(key) && *key != "certificate");
            let order: Vec<&str> = FIRST.into_iter().chain(rest).chain(["certificate"]).collect();
            let lines = order.into_iter().filter_map(|key| Some(format!("  \"{key}\": {}", all.get(key)?)));
            text.push_str(&lines.collect::<Vec<_>>().join(",\n"));
        }
        text.push_str("\n}\n");
        text
    }
}

/// To the microsecond.
fn micro(seconds: f64) -> f64 {
    (seconds * 1e6).round() / 1e6
}

/// A size as the map writes it.
pub fn unscaled(size: i64, decimals: u8) -> Number {
    if decimals == 0 {
        return size.into();
    }
    Number::from_f64(size as f64 / 10_f64.powi(i32::from(decimals))).unwrap_or_else(|| size.into())
}
