//! What a pack is, in figures; and its fingerprint, by which a stored score names the exact rules that made it.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Area, Pack};
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
    /// How many indicators.
    pub indicators: usize,
    /// Points of all of them.
    pub points: Exact,
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
        let mut leads = BTreeMap::new();
        for indicator in &self.indicators {
            *leads.entry(indicator.lead.clone()).or_default() += 1;
        }
        Summary {
            id: self.standard.id.clone(),
            version: self.standard.version,
            status: self.standard.status.clone(),
            indicators: self.indicators.len(),
            points: self.indicators.iter().map(|indicator| &indicator.points).sum(),
            leads,
            areas: self.areas.clone(),
            community_level: self.indicators.iter().filter(|indicator| indicator.community_value).count(),
            fingerprint: self.fingerprint(),
        }
    }

    /// SHA-256, in hexadecimal, of the pack's canonical form: JSON of the typed pack, fields in declared order, mappings
    /// sorted, numbers as exact text, expressions with canonical spacing. Comments, key order and layout do not change it.
    pub fn fingerprint(&self) -> String {
        let canonical =
            serde_json::to_vec(self).expect("a pack is texts, numbers as texts and mappings with text keys");
        Sha256::digest(&canonical).iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }
}
