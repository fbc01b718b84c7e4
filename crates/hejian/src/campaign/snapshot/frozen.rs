//! What is frozen of a score: everything the overview shows, with the names it had then.
//!
//! The rule that matters: it can be read without the standard, the units or the engine of its day. What it was computed from is
//! not copied: the registers keep their own history.

use hejian_kernel::i18n::Lang;
use hejian_scoring::{
    Exact,
    explain::Quantity,
    pack::{Indicator, IndicatorKind},
};
use serde::{Deserialize, Serialize};

use crate::campaign::score::{Scored, gaps::formula};

/// The form of the text; another one would be read otherwise.
const FORM: u32 = 1;

/// A name in both languages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Name {
    /// 中文
    pub zh: String,
    /// English
    pub en: String,
}

impl Name {
    fn of(name: impl Fn(Lang) -> String) -> Self {
        Self { zh: name(Lang::ZhCn), en: name(Lang::En) }
    }

    /// In a language.
    #[must_use]
    pub fn say(&self, lang: Lang) -> &str {
        match lang {
            Lang::ZhCn => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// An area.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Area {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Name,
    /// Points got.
    pub points: Exact,
    /// Most points of what was assessed.
    pub assessed: Exact,
    /// Points there are.
    pub total: Exact,
}

/// An indicator.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Its code.
    pub code: String,
    /// Code of its area.
    pub area: String,
    /// Its name.
    pub name: Name,
    /// Whether it counts in the total.
    pub basic: bool,
    /// Most points.
    pub most: Exact,
    /// Points got; none where it was not assessed.
    pub points: Option<Exact>,
    /// The value scored, where one was known.
    pub value: Option<Quantity>,
}

/// A subdistrict or community.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unit {
    /// Its stable key.
    pub key: String,
    /// Its name then.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// The key of the unit above it then.
    pub above: Option<String>,
    /// Points got.
    pub points: Exact,
    /// Most points of what was assessed there.
    pub assessed: Exact,
    /// Most points of what counts there.
    pub total: Exact,
    /// Of a hundred; none where nothing was assessed.
    pub score: Option<Exact>,
}

/// A score, frozen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Frozen {
    /// The form of the text.
    pub form: u32,
    /// The standard's title.
    pub standard: String,
    /// By area, in the standard's order.
    pub areas: Vec<Area>,
    /// By indicator, in the standard's order.
    pub indicators: Vec<Line>,
    /// Units below the district, in official order.
    pub units: Vec<Unit>,
    /// What stood after bonus and vetoes.
    pub effective: Exact,
    /// Codes whose veto blocked the application.
    pub blocked_by: Vec<String>,
    /// Facts that could not be used.
    pub faults: usize,
}

impl Frozen {
    /// What is frozen of a score.
    #[must_use]
    pub fn of(scored: &Scored) -> Self {
        let (standard, scores) = (&*scored.standard, &scored.scores);
        let areas = standard.pack.areas.iter().zip(&scores.areas).map(|(area, of)| Area {
            code: area.code.clone(),
            name: Name::of(|lang| standard.area(lang, area)),
            points: of.points.clone(),
            assessed: of.assessed_points.clone(),
            total: of.total_points.clone(),
        });
        let line = |indicator: &Indicator| {
            let score = scores.indicator(&indicator.code);
            Line {
                code: indicator.code.clone(),
                area: indicator.area.clone(),
                name: Name::of(|lang| standard.name(lang, indicator)),
                basic: indicator.kind == IndicatorKind::Basic,
                most: indicator.points.clone(),
                points: score.and_then(|score| score.outcome.points()).cloned(),
                value: score
                    .and_then(|score| formula(score).map_or(score.value.as_ref(), |node| node.value.as_ref()))
                    .cloned(),
            }
        };
        let key = |id: &str| scored.places.get(id).map_or_else(|| id.to_owned(), |place| place.key.clone());
        let units = scores.breakdown.iter().map(|unit| Unit {
            key: key(&unit.unit),
            name: scored.places.get(&unit.unit).map_or_else(|| unit.unit.clone(), |place| place.name.clone()),
            kind: unit.level.clone(),
            above: unit.parent.as_deref().map(key),
            points: unit.points.clone(),
            assessed: unit.assessed_points.clone(),
            total: unit.total_points.clone(),
            score: unit.score.clone(),
        });
        Self {
            form: FORM,
            standard: standard.pack.standard.name_zh.clone(),
            areas: areas.collect(),
            indicators: standard.pack.indicators.iter().map(line).collect(),
            units: units.collect(),
            effective: scores.effective_points.clone(),
            blocked_by: scores.blocked_by.clone(),
            faults: scored.warnings.len(),
        }
    }

    /// The line of a code.
    #[must_use]
    pub fn line(&self, code: &str) -> Option<&Line> {
        self.indicators.iter().find(|line| line.code == code)
    }

    /// Points got over the basic indicators.
    #[must_use]
    pub fn points(&self) -> Exact {
        self.areas.iter().map(|area| &area.points).sum()
    }

    /// Most points of what was assessed.
    #[must_use]
    pub fn assessed(&self) -> Exact {
        self.areas.iter().map(|area| &area.assessed).sum()
    }
}
