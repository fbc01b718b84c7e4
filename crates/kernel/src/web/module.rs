//! A module: one feature, everything it offers to the house, as data.

use super::{Need, Routes};
use crate::{audit::Kept, jobs::JobKind, measure::Measures, register::RegisterDef};

/// A feature. The list of modules is the map of the product.
#[derive(Debug)]
pub struct Module {
    /// Stable key.
    pub key: &'static str,
    /// Its registers; list, form, detail, JSON and files of each come from the engine.
    pub registers: &'static [&'static RegisterDef],
    /// Pages beyond those.
    pub routes: fn() -> Routes,
    /// What it tells the indicators.
    pub measures: &'static [Measures],
    /// Its rows beside registers that the audit vouches for.
    pub kept: &'static [Kept],
    /// Its long work.
    pub jobs: &'static [JobKind],
    /// Its entries in the navigation.
    pub nav: &'static [Nav],
}

/// A chapter of the navigation; the chapters are those of the seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chapter {
    /// Above all chapters: to-dos, dashboard.
    Top,
    /// 夯实基础
    Foundations,
    /// 细化任务 · 落实责任
    Campaign,
    /// 争取支持
    Upward,
    /// 居民关切
    Residents,
    /// 汇报
    Reports,
    /// 系统
    System,
}

impl Chapter {
    /// All chapters in order.
    pub const ALL: [Self; 7] =
        [Self::Top, Self::Foundations, Self::Campaign, Self::Upward, Self::Residents, Self::Reports, Self::System];

    /// The label key and the icon.
    #[must_use]
    pub fn label_and_icon(self) -> (&'static str, &'static str) {
        match self {
            Self::Top => ("chapter-top", "todo"),
            Self::Foundations => ("chapter-foundations", "found"),
            Self::Campaign => ("chapter-campaign", "task"),
            Self::Upward => ("chapter-upward", "upw"),
            Self::Residents => ("chapter-residents", "people"),
            Self::Reports => ("chapter-reports", "doc"),
            Self::System => ("chapter-system", "gear"),
        }
    }
}

/// An entry of the navigation. It shows only to those who may open it.
#[derive(Debug, Clone, Copy)]
pub struct Nav {
    /// Where it stands.
    pub chapter: Chapter,
    /// The label key.
    pub label: &'static str,
    /// The icon, for entries above the chapters.
    pub icon: &'static str,
    /// Where it leads.
    pub href: &'static str,
    /// Who may open it.
    pub need: Need,
}
