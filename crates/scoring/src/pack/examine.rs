//! How an indicator is examined: ways of examination, papers, and what an inspection looks at.

use serde::{Deserialize, Serialize};

use crate::exact::Exact;
use crate::names::names;
use crate::period::Grain;

names! {
    /// A way of examination.
    MethodKind {
        /// Papers are read.
        MaterialReview = "material_review",
        /// The place is visited.
        SiteVisit = "site_visit",
        /// Residents answer questions.
        Questionnaire = "questionnaire",
        /// Figures come from official statistics.
        Statistics = "statistics",
        /// People are talked with.
        Interview = "interview",
        /// A report is heard.
        Hearing = "hearing",
    }
}

names! {
    /// Who keeps a paper.
    Holder {
        /// The district.
        District = "district",
        /// A subdistrict.
        Subdistrict = "subdistrict",
        /// A community.
        Community = "community",
        /// A department.
        Department = "department",
    }
}

names! {
    /// Which paper counts.
    PaperForm {
        /// The original.
        Original = "original",
        /// A copy will do.
        Copy = "copy",
    }
}

/// A way of examination, with its weight where the rule weighs ways.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Method {
    /// The way.
    pub method: MethodKind,
    /// Per cent of the points, under a rule of form `methods`.
    pub weight: Option<Exact>,
}

/// A paper that proves an indicator.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// What paper.
    #[serde(rename = "type")]
    pub kind: String,
    /// How many at least.
    pub count: Option<u32>,
    /// How long each covers.
    pub period: Option<Grain>,
    /// Who keeps it.
    pub holder: Option<Holder>,
    /// Original or copy.
    pub form: Option<PaperForm>,
}

/// A line of the inspection checklist.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// Its stable code, `D03.c1`.
    pub code: String,
    /// What is looked at.
    pub asks: String,
    /// How it is looked at.
    pub how: Option<String>,
}
