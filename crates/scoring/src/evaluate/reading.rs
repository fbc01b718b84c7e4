//! Reads one measure at one unit: the value in force on the date.
//!
//! In force is the latest period whose window allows reading; when even that is stale, nothing is known. A ratio comes from a
//! row of its own or from rows of its two components; components of one grain are read for one period, the latest that has both.

use super::Context;
use crate::exact::Exact;
use crate::explain::{Label, Node, NodeKind, Quantity, Reason, ReasonKind};
use crate::facts::{Amount, Cell, Source};
use crate::pack::{Measure, RatioOf};
use crate::period::{Period, Standing};

/// What a measure says at a unit.
pub(super) struct Reading {
    /// The value; for a ratio numerator / denominator * scale.
    pub value: Option<Exact>,
    /// Numerator and denominator of a ratio, known even when the denominator is 0.
    pub parts: Option<(Exact, Exact)>,
    pub reasons: Vec<Reason>,
    pub node: Node,
}

/// What stands at a unit for a measure on the date.
enum InForce<'a> {
    Found(Period, &'a Amount, &'a [Source]),
    Faulty(Period),
    Absent(Reason),
}

/// The two components of a ratio.
#[derive(Clone, Copy)]
struct Pair<'a> {
    period: Period,
    numerator: (Period, &'a Exact, &'a [Source]),
    denominator: (Period, &'a Exact, &'a [Source]),
}

enum Composed<'a> {
    Found(Pair<'a>),
    Faulty(Period, Vec<Reason>),
    Absent(Vec<Reason>),
}

impl<'a> Context<'a> {
    /// Reads a measure at a unit; with `only`, rows of that period (for measures of its grain).
    pub(super) fn read(&self, id: &str, unit: &str, only: Option<Period>, name: Option<&str>) -> Reading {
        let label = Label::Measure { measure: id.to_owned(), name: name.map(str::to_owned) };
        let mut node = Node::new(NodeKind::Reading, label);
        node.unit = Some(unit.to_owned());
        let Some(measure) = self.pack.measure(id) else {
            return unknown(node, vec![Reason::new(ReasonKind::MissingFact, Some(id), Some(unit), None)]);
        };
        if let Some(ratio) = &measure.ratio {
            return self.read_ratio(measure, ratio, unit, only, node);
        }
        match self.in_force(measure, &[measure], unit, only) {
            InForce::Found(period, Amount::Value { value }, sources) => {
                node.value = Some(Quantity::new(value, Some(&measure.unit)));
                node.period = Some(period);
                node.sources = sources.to_vec();
                Reading { value: Some(value.clone()), parts: None, reasons: Vec::new(), node }
            }
            InForce::Absent(reason) => unknown(node, vec![reason]),
            InForce::Found(period, ..) | InForce::Faulty(period) => unknown(node, vec![faulty(measure, unit, period)]),
        }
    }

    fn read_ratio(&self, measure: &Measure, ratio: &RatioOf, unit: &str, only: Option<Period>, node: Node) -> Reading {
        let direct = self.in_force(measure, &[measure], unit, only);
        let composed = self.composed(measure, ratio, unit, only);
        let newer_components = |period: Period| match &composed {
            Composed::Found(pair) => pair.period.day_after() > period.day_after(),
            Composed::Faulty(other, _) => other.day_after() > period.day_after(),
            Composed::Absent(_) => false,
        };
        let pair = match (&direct, &composed) {
            (InForce::Found(period, Amount::Ratio { numerator, denominator }, sources), _)
                if !newer_components(*period) =>
            {
                Pair {
                    period: *period,
                    numerator: (*period, numerator, sources),
                    denominator: (*period, denominator, sources),
                }
            }
            (InForce::Faulty(period) | InForce::Found(period, ..), _) if !newer_components(*period) => {
                return unknown(node, vec![faulty(measure, unit, *period)]);
            }
            (_, Composed::Found(pair)) => *pair,
            (_, Composed::Faulty(_, reasons)) => return unknown(node, reasons.clone()),
            (InForce::Absent(reason), Composed::Absent(parts)) => {
                // Rows of the ratio itself are one way to know it; without any, what its components lack says more.
                let none_at_all = parts.iter().filter(|part| part.kind == ReasonKind::MissingFact).count() == 2;
                let own = reason.kind != ReasonKind::MissingFact || none_at_all || parts.is_empty();
                return unknown(node, if own { vec![reason.clone()] } else { parts.clone() });
            }
            (InForce::Faulty(period) | InForce::Found(period, ..), Composed::Absent(_)) => {
                return unknown(node, vec![faulty(measure, unit, *period)]);
            }
        };
        self.divide(measure, ratio, unit, &pair, node)
    }

    fn divide(&self, measure: &Measure, ratio: &RatioOf, unit: &str, pair: &Pair<'_>, mut node: Node) -> Reading {
        let part = |kind: NodeKind, id: &str, (period, value, sources): (Period, &Exact, &[Source])| {
            let mut part = Node::new(kind, Label::Measure { measure: id.to_owned(), name: None });
            part.unit = Some(unit.to_owned());
            part.value = Some(Quantity::new(value, self.pack.measure(id).map(|measure| measure.unit.as_str())));
            part.period = Some(period);
            part.sources = sources.to_vec();
            part
        };
        let (numerator, denominator) = (pair.numerator.1, pair.denominator.1);
        node.children = vec![
            part(NodeKind::Numerator, &ratio.numerator, pair.numerator),
            part(NodeKind::Denominator, &ratio.denominator, pair.denominator),
        ];
        node.period = Some(pair.period);
        node.operation = Some(format!("{numerator} / {denominator} * {}", ratio.scale));
        // Components of different grains meet only here, so a part above its whole can only be found here.
        if ratio.part_of_whole && numerator > denominator {
            let reason = Reason::new(ReasonKind::PartExceedsWhole, Some(&measure.id), Some(unit), Some(pair.period));
            return unknown(node, vec![reason]);
        }
        let value = numerator.divide(denominator).map(|quotient| &quotient * &ratio.scale);
        let reasons: Vec<Reason> = match value {
            Some(_) => Vec::new(),
            None => vec![Reason::new(ReasonKind::ZeroDenominator, Some(&measure.id), Some(unit), Some(pair.period))],
        };
        node.value = value.as_ref().map(|value| Quantity::new(value, Some(&measure.unit)));
        node.reasons.clone_from(&reasons);
        Reading { value, parts: Some((numerator.clone(), denominator.clone())), reasons, node }
    }

    /// The rows of both components: of one period where they share a grain, otherwise each in force by itself.
    fn composed(&self, measure: &Measure, ratio: &RatioOf, unit: &str, only: Option<Period>) -> Composed<'a> {
        let (Some(numerator), Some(denominator)) =
            (self.pack.measure(&ratio.numerator), self.pack.measure(&ratio.denominator))
        else {
            return Composed::Absent(Vec::new());
        };
        let one_grain = numerator.period == denominator.period;
        // Where all three share a grain, the ratio's own window and age limit hold for its components too.
        let mut limits = vec![numerator];
        if one_grain {
            limits.push(denominator);
        }
        if numerator.period == measure.period {
            limits.push(measure);
        }
        let common = one_grain.then(|| self.latest_common(numerator, denominator, unit, only, &limits)).flatten();
        let top = self.in_force(numerator, &limits, unit, common.or(only));
        let bottom_limits = if one_grain { limits.clone() } else { vec![denominator] };
        let bottom = self.in_force(denominator, &bottom_limits, unit, common.or(only));
        match (top, bottom) {
            (InForce::Found(p, Amount::Value { value: n }, ns), InForce::Found(q, Amount::Value { value: d }, ds)) => {
                if one_grain && p != q {
                    let reason = Reason::new(ReasonKind::NoCommonPeriod, Some(&measure.id), Some(unit), Some(p));
                    return Composed::Absent(vec![reason]);
                }
                Composed::Found(Pair { period: p, numerator: (p, n, ns), denominator: (q, d, ds) })
            }
            (InForce::Faulty(period), _) => Composed::Faulty(period, vec![faulty(numerator, unit, period)]),
            (_, InForce::Faulty(period)) => Composed::Faulty(period, vec![faulty(denominator, unit, period)]),
            (top, bottom) => {
                let reason = |part| if let InForce::Absent(reason) = part { Some(reason) } else { None };
                Composed::Absent([reason(top), reason(bottom)].into_iter().flatten().collect())
            }
        }
    }

    /// The latest readable period in which both measures have something.
    fn latest_common(
        &self,
        a: &Measure,
        b: &Measure,
        unit: &str,
        only: Option<Period>,
        limits: &[&Measure],
    ) -> Option<Period> {
        let (a, b) = (self.facts.cells(&a.id, unit)?, self.facts.cells(&b.id, unit)?);
        let readable = |period: &&Period| {
            only.is_none_or(|only| only.grain() != period.grain() || only == **period)
                && b.contains_key(*period)
                && limits.iter().all(|limit| self.standing(limit, **period) == Standing::Readable)
        };
        a.keys().rev().find(readable).copied()
    }

    fn standing(&self, measure: &Measure, period: Period) -> Standing {
        period.standing(measure.window, measure.stale_after, self.as_of)
    }

    /// The row in force, within the windows and age limits of all `limits`.
    fn in_force(&self, measure: &Measure, limits: &[&Measure], unit: &str, only: Option<Period>) -> InForce<'a> {
        let absent = |kind, period| InForce::Absent(Reason::new(kind, Some(&measure.id), Some(unit), period));
        let only = only.filter(|only| only.grain() == measure.period);
        let mut waiting = None;
        for (period, cell) in self.facts.cells(&measure.id, unit).into_iter().flatten().rev() {
            if only.is_some_and(|only| only != *period) {
                continue;
            }
            let standings = limits.iter().map(|limit| self.standing(limit, *period));
            let mut stale = false;
            let mut early = false;
            for standing in standings {
                stale |= matches!(standing, Standing::Stale(_));
                early |= matches!(standing, Standing::NotYet(_));
            }
            if early {
                waiting = Some(*period);
            } else if stale {
                return absent(ReasonKind::Stale, Some(*period));
            } else {
                return match cell {
                    Cell::Row { amount, sources } => InForce::Found(*period, amount, sources),
                    Cell::Faulty | Cell::Contradicted(_) => InForce::Faulty(*period),
                };
            }
        }
        match waiting {
            Some(period) => absent(ReasonKind::NotYetClosed, Some(period)),
            None => absent(ReasonKind::MissingFact, only),
        }
    }
}

fn faulty(measure: &Measure, unit: &str, period: Period) -> Reason {
    Reason::new(ReasonKind::FaultyFact, Some(&measure.id), Some(unit), Some(period))
}

fn unknown(mut node: Node, reasons: Vec<Reason>) -> Reading {
    node.reasons.clone_from(&reasons);
    Reading { value: None, parts: None, reasons, node }
}
