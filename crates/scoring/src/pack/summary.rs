//! What a pack is, in figures; and its fingerprint, by which a stored score names the exact rules that made it.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Area, IndicatorKind, Pack, State};
use crate::exact::Exact;

/// A pack in figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// The pack's id.
    pub id: String,
    /// The pack's version.
    pub version: u32,
    /// The standard's status; a reconstruction says so here.
    pub status: Option<String>,
    /// Whether this version may still change.
    pub state: State,
    /// How many indicators, of every kind.
    pub indicators: usize,
    /// How many of each kind.
    pub kinds: BTreeMap<IndicatorKind, usize>,
    /// Points of the basic ones together.
    pub points: Exact,
    /// Most points that bonus indicators together may add.
    pub bonus_points: Exact,
    /// Lead role → how many indicators it leads.
    pub leads: BTreeMap<String, usize>,
    /// The areas with counts and points.
    pub areas: Vec<Area>,
    /// How many indicators count in a community's own score.
    pub community_level: usize,
    /// [`Pack::fingerprint`].
    pub fingerprint: String,
}

impl Pack {
    /// The pack in figures.
    pub fn summary(&self) -> Summary {
        let (mut leads, mut kinds) = (BTreeMap::new(), BTreeMap::new());
        for indicator in &self.indicators {
            *kinds.entry(indicator.kind).or_default() += 1;
            *leads.entry(indicator.lead.clone()).or_default() += 1;
        }
        Summary {
            id: self.standard.id.clone(),
            version: self.standard.version,
            status: self.standard.status.clone(),
            state: self.standard.state,
            indicators: self.indicators.len(),
            kinds,
            points: self.standard.total_points.clone(),
            bonus_points: self.standard.bonus_points.clone(),
            leads,
            areas: self.areas.clone(),
            community_level: self.indicators.iter().filter(|indicator| indicator.community_value).count(),
            fingerprint: self.fingerprint(),
        }
    }

    /// SHA-256, in hexadecimal, of what the standard asks: the canonical texts of `standard.yaml` and `measures.yaml` without
    /// their comments and without `state`. Layout, key order and comments do not change it, nor do the pack's tests and its
    /// migration record; publishing a draft keeps it.
    pub fn fingerprint(&self) -> String {
        let canonical = self.rules_text();
        Sha256::digest(canonical.as_bytes()).iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }
}
