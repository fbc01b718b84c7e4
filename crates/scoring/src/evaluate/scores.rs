//! The shape of a result.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::exact::Exact;
use crate::explain::{Coverage, Node, NodeKind, Quantity, Reason, Verdict};
use crate::names::names;
use crate::pack::{IndicatorKind, VetoEffect};

/// The district's score on a date.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scores {
    /// [`super::ENGINE_VERSION`] that made it.
    pub engine_version: u32,
    /// Id of the pack.
    pub pack: String,
    /// Version of the pack.
    pub pack_version: u32,
    /// Fingerprint of the pack.
    pub pack_fingerprint: String,
    /// The date scored.
    pub as_of: NaiveDate,
    /// Unit id of the district; empty when it could not be told.
    pub unit: String,
    /// Points reached: the sum over assessed basic indicators, before any veto acts on it.
    pub points: Exact,
    /// Most points of the assessed basic indicators: "`points` of `assessed_points`, `assessed_points` of `total_points` assessed".
    pub assessed_points: Exact,
    /// Points of the whole standard.
    pub total_points: Exact,
    /// What bonus indicators add.
    pub bonus: BonusScore,
    /// What stands after everything: `points` and the counted bonus, less what vetoes that are true take away.
    pub effective_points: Exact,
    /// Every indicator that has a veto, and how it came out.
    pub vetoes: Vec<VetoScore>,
    /// Codes of indicators whose veto is true and blocks the application.
    pub blocked_by: Vec<String>,
    /// By area, in the pack's order.
    pub areas: Vec<AreaScore>,
    /// By indicator, in the pack's order.
    pub indicators: Vec<IndicatorScore>,
    /// Units below the district, in the order of the unit list; without explanations ([`super::evaluate_unit`] gives them).
    pub breakdown: Vec<UnitScore>,
}

/// What bonus indicators add beyond the total.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BonusScore {
    /// Points of the assessed bonus indicators together.
    pub points: Exact,
    /// What of them counts: at most `most`.
    pub counted: Exact,
    /// `bonus_points` of the standard.
    pub most: Exact,
    /// How many bonus indicators are assessed.
    pub assessed: usize,
    /// How many there are.
    pub indicators: usize,
}

/// How a veto came out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VetoScore {
    /// Code of its indicator.
    pub code: String,
    /// What it does to the total when true.
    pub effect: VetoEffect,
    /// Most points it leaves, for the effect cap.
    pub cap: Option<Exact>,
    /// Whether it is true.
    pub state: VetoState,
}

names! {
    /// Whether a veto is true.
    VetoState {
        /// It is true, and acts on the total.
        Vetoed = "vetoed",
        /// It is false.
        Clear = "clear",
        /// A fact is missing: it may still be true, so the total may still change.
        Unknown = "unknown",
    }
}

/// An area's score, over its basic indicators.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AreaScore {
    /// Its code.
    pub code: String,
    /// Points reached.
    pub points: Exact,
    /// Most points of the assessed indicators.
    pub assessed_points: Exact,
    /// Most points of all its indicators.
    pub total_points: Exact,
    /// How many of them are assessed.
    pub assessed: usize,
    /// How many basic indicators there are.
    pub indicators: usize,
}

/// Whether an indicator could be assessed. Not assessed is not 0.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Outcome {
    /// It was.
    Assessed {
        /// Points reached, rounded to 0.01.
        points: Exact,
    },
    /// A needed fact is not known.
    NotAssessed {
        /// Which and why.
        reasons: Vec<Reason>,
    },
}

/// An indicator's score with its explanation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IndicatorScore {
    /// Its code.
    pub code: String,
    /// Code of its area.
    pub area: String,
    /// Most points.
    pub max_points: Exact,
    /// What came out.
    pub outcome: Outcome,
    /// The main value, when known.
    pub value: Option<Quantity>,
    /// How many units the main value is known for.
    pub coverage: Option<Coverage>,
    /// What it is for: only a basic one counts in the total.
    pub kind: IndicatorKind,
    /// Whether its veto is true and acts on the total.
    pub vetoed: bool,
    /// From the points down to the records.
    pub explanation: Node,
}

/// A unit's own score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UnitScore {
    /// Unit id.
    pub unit: String,
    /// Its level, in the words of the unit register.
    pub level: String,
    /// The unit above.
    pub parent: Option<String>,
    /// Points over the indicators that count here and are assessed.
    pub points: Exact,
    /// Most points of those.
    pub assessed_points: Exact,
    /// Most points of all indicators that count here.
    pub total_points: Exact,
    /// `points * 100 / assessed_points`, to 0.01; absent when nothing is assessed. Show it with both sums.
    pub score: Option<Exact>,
    /// Each indicator that counts or is shown here.
    pub indicators: Vec<UnitIndicator>,
}

/// An indicator in a unit's own score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UnitIndicator {
    /// Its code.
    pub code: String,
    /// Whether it counts here; otherwise the figure is only shown.
    pub counts: bool,
    /// Most points.
    pub max_points: Exact,
    /// What came out.
    pub outcome: Outcome,
    /// The main value here, when known.
    pub value: Option<Quantity>,
    /// How many units the main value is known for.
    pub coverage: Option<Coverage>,
    /// From the points down to the records, when asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Node>,
}

impl Outcome {
    /// The points, when assessed.
    pub fn points(&self) -> Option<&Exact> {
        match self {
            Outcome::Assessed { points } => Some(points),
            Outcome::NotAssessed { .. } => None,
        }
    }

    /// Why not assessed; empty when assessed.
    pub fn reasons(&self) -> &[Reason] {
        match self {
            Outcome::Assessed { .. } => &[],
            Outcome::NotAssessed { reasons } => reasons,
        }
    }
}

impl IndicatorScore {
    /// Whether its veto is known to be false, though its points may not be known.
    pub fn veto_clear(&self) -> bool {
        let veto = self.explanation.walk().find(|node| node.kind == NodeKind::Veto);
        veto.is_some_and(|node| node.verdict == Some(Verdict::Met))
    }
}

impl Scores {
    /// The score of an indicator.
    pub fn indicator(&self, code: &str) -> Option<&IndicatorScore> {
        self.indicators.iter().find(|score| score.code == code)
    }
}
