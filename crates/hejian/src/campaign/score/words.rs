//! What the scoring engine says in keys and numbers, said in the reader's language.

use hejian_kernel::{
    i18n::{Lang, Value, t, ta},
    ui::lamp::LampKind,
};
use hejian_scoring::{Exact, Outcome, Period, evaluate::IndicatorScore, facts::FactFault, period::Grain};

use super::facts::Warning;
use crate::campaign::standard::{Standard, words::number};

/// A period in words: 2009 年第 1 季度.
pub(super) fn period(lang: Lang, period: Period) -> String {
    let text = period.to_string();
    let part = text.rsplit_once('-').map_or("", |(_, part)| part).trim_start_matches(['H', 'Q', '0']);
    let key = match period.grain() {
        Grain::Year => "score-period-year",
        Grain::Half if part == "1" => "score-period-first-half",
        Grain::Half => "score-period-second-half",
        Grain::Quarter => "score-period-quarter",
        Grain::Month => "score-period-month",
        Grain::Term => "score-period-term",
    };
    ta(lang, key, &[("year", period.year().to_string().into()), ("part", part.to_owned().into())])
}

/// How an indicator came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// Full points.
    Met,
    /// Some points are lost.
    Short,
    /// A needed fact is not known.
    Open,
}

impl State {
    pub(crate) const ALL: [Self; 3] = [Self::Met, Self::Short, Self::Open];

    pub(crate) fn of(score: &IndicatorScore) -> Self {
        match &score.outcome {
            Outcome::NotAssessed { .. } => Self::Open,
            Outcome::Assessed { points } if *points >= score.max_points => Self::Met,
            Outcome::Assessed { .. } => Self::Short,
        }
    }

    /// Its word in addresses and in the label key.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Short => "short",
            Self::Open => "open",
        }
    }

    pub(crate) fn lamp(self) -> LampKind {
        match self {
            Self::Met => LampKind::Green,
            Self::Short => LampKind::Yellow,
            Self::Open => LampKind::Grey,
        }
    }

    pub(crate) fn word(self, lang: Lang) -> String {
        t(lang, &format!("score-state-{}", self.key()))
    }
}

/// Points an assessed indicator lost.
pub(crate) fn lost(score: &IndicatorScore) -> Option<Exact> {
    score.outcome.points().map(|points| &score.max_points - points)
}

/// Points as hundredths, for drawings. Points are rounded to 0.01, so nothing is cut off.
pub(crate) fn hundredths(points: &Exact) -> i64 {
    (points * &Exact::from(100_i64)).round_half_up(0).to_string().parse().unwrap_or(0)
}

/// A number for a drawing.
pub(crate) fn float(value: &Exact) -> f64 {
    value.to_string().parse().unwrap_or(0.0)
}

/// What is wrong with a fact and what to do.
pub(super) fn warning(standard: &Standard, lang: Lang, warning: &Warning) -> String {
    let number = |exact: &Exact| Value::from(number(&exact.to_string()));
    match &warning.fault {
        None => ta(lang, "score-fault-period", &[("period", warning.period.clone().into())]),
        Some(FactFault::UnknownMeasure) => t(lang, "score-fault-measure"),
        Some(FactFault::Computed) => t(lang, "score-fault-computed"),
        Some(FactFault::UnknownUnit) => t(lang, "score-fault-unit"),
        Some(FactFault::WrongLevel { wanted, .. }) => {
            let level = t(lang, &format!("standard-level-{wanted}"));
            ta(lang, "score-fault-level", &[("level", level.into())])
        }
        Some(FactFault::WrongGrain { wanted }) => {
            let grain = t(lang, &format!("score-grain-{}", wanted.word()));
            ta(lang, "score-fault-grain", &[("grain", grain.into())])
        }
        Some(FactFault::WrongShape) => t(lang, "score-fault-shape"),
        Some(FactFault::Duplicate) => t(lang, "score-fault-duplicate"),
        Some(FactFault::PartExceedsWhole { numerator, denominator }) => {
            ta(lang, "score-fault-part", &[("part", number(numerator)), ("whole", number(denominator))])
        }
        Some(FactFault::BelowZero { found }) => ta(lang, "score-fault-negative", &[("found", number(found))]),
        Some(FactFault::Disagrees { component, found, expected }) => ta(
            lang,
            "score-fault-disagrees",
            &[
                ("measure", standard.measure(lang, component).into()),
                ("found", number(found)),
                ("expected", number(expected)),
            ],
        ),
    }
}
