//! The named values of a rule as steps: the figures of many units made one.
//!
//! Each yields `scope, moment, units, known, too_wide` and the limbs `n0 …` and `d0 …` of `factor * n / d`; they are null where
//! the figure is unknown. Semantics are those of `evaluate::figure`, `pooled` and `survey`.

use super::layers::Layers;
use super::number::Num;
use super::wide::Wide;
use super::{Query, SqlError, expr};
use crate::exact::Exact;
use crate::pack::{Aggregation, Level, Measure, MeasureKind, MeasureUse, UnitCondition};

/// What a named value is made of.
#[derive(Clone, Copy)]
pub(super) struct Spec<'a> {
    pub name: &'a str,
    pub level: Level,
    pub aggregation: Aggregation,
    pub measure: &'a MeasureUse,
    pub condition: Option<&'a UnitCondition>,
}

/// Where a figure is found and what it is.
pub(super) struct Figure {
    pub step: String,
    pub n: Vec<(i128, i128)>,
    pub d: Vec<(i128, i128)>,
    pub factor: Exact,
}

/// For whom and which moments figures are made: a query of `scope, moment`, and the measures whose periods are the moments.
#[derive(Clone, Copy)]
pub(super) struct Places<'a> {
    pub step: &'a str,
    pub periods_of: &'a [String],
}

/// The sign of a ratio turned so that its denominator is above 0; null where that is 0.
pub(super) const N: &str = "case when r.d > 0 then r.n when r.d < 0 then -r.n end";
pub(super) const D: &str = "case when r.d > 0 then r.d when r.d < 0 then -r.d end";

impl Query<'_> {
    /// Adds the expressions of a figure.
    pub(super) fn figure(&mut self, spec: Spec<'_>, places: Places<'_>) -> Result<Figure, SqlError> {
        let ratio = spec.measure.kind == MeasureKind::Ratio;
        match spec.aggregation {
            Aggregation::DistrictValue => self.single(spec, places),
            Aggregation::ShareOfUnits => self.share(spec, places),
            Aggregation::WeightedSurvey => self.survey(spec, places),
            Aggregation::RatioOfSums => self.ratio_of_sums(spec, places),
            Aggregation::Min if ratio => self.lowest_ratio(spec, places),
            Aggregation::Mean | Aggregation::WeightedMean if ratio => self.mean_of_ratios(spec, places),
            Aggregation::WeightedMean => self.weighted_mean(spec, places),
            Aggregation::Mean | Aggregation::Sum | Aggregation::Min => self.pooled(spec, places),
        }
    }

    /// The number of a measure in `reading`, asked for at every moment of `places`.
    pub(super) fn reading(&mut self, id: &str, places: Places<'_>) -> Result<usize, SqlError> {
        let pack = self.pack;
        let measure =
            pack.measure(id).ok_or_else(|| self.unsupported(format!("the measure {id}, which is not listed")))?;
        let m = self.readings.measure(pack, measure);
        places.periods_of.iter().for_each(|periods_of| self.readings.at_periods_of(m, periods_of));
        Ok(m)
    }

    /// A measure that is one number: a plan, a weight.
    pub(super) fn plain(&self, id: &str, what: &str) -> Result<&Measure, SqlError> {
        let measure = self.pack.measure(id).filter(|measure| measure.ratio.is_none());
        measure.ok_or_else(|| self.unsupported(format!("{what} that is a ratio ({id})")))
    }

    /// `from` every place and the units of a level in it.
    pub(super) fn members(places: Places<'_>, level: Level) -> String {
        format!("{} p left join score_member u on u.scope = p.scope and u.level = '{}'", places.step, level.word())
    }

    pub(super) fn joined(&self, spec: Spec<'_>, places: Places<'_>, m: usize) -> String {
        let members = Self::members(places, spec.level);
        format!("{members} left join score_reading r on r.m = {m} and r.moment = p.moment and r.unit = u.unit")
    }

    /// The value of the one district; of several, none is the whole's.
    fn single(&mut self, spec: Spec<'_>, places: Places<'_>) -> Result<Figure, SqlError> {
        let step = self.name("f");
        let members = format!("{} and u.turn = 1", Self::members(places, spec.level));
        let most = self.limits.most();
        let (join, n, d, bounds, factor) = match spec.condition {
            Some(condition) => {
                let truths = self.condition(condition, spec.level, places)?;
                let join = format!("left join {truths} r on r.moment = p.moment and r.unit = u.unit and u.total = 1");
                (join, "r.truth", None, ((0, 1), (1, 1)), Exact::one())
            }
            None => {
                let m = self.reading(&spec.measure.id, places)?;
                let join = format!(
                    "left join score_reading r on r.m = {m} and r.moment = p.moment and r.unit = u.unit and u.total = 1"
                );
                if spec.measure.kind == MeasureKind::Ratio {
                    (join, N, Some(D), ((-most, most), (1, most)), spec.measure.scale())
                } else {
                    (join, "r.n", None, ((-most, most), (1, 1)), self.limits.unit())
                }
            }
        };
        let d_column = d.map_or_else(String::new, |d| format!(", cast({d} as bigint) as d0"));
        self.steps.push(format!(
            "create temporary table {step} as 
  select p.scope, p.moment, coalesce(u.total, 0) as units,
    case when {n} is null then 0 else 1 end as known, 0 as too_wide, cast({n} as bigint) as n0{d_column}
  from {members} {join}"
        ));
        Ok(Figure { step, n: vec![bounds.0], d: d.map(|_| bounds.1).into_iter().collect(), factor })
    }

    fn share(&mut self, spec: Spec<'_>, places: Places<'_>) -> Result<Figure, SqlError> {
        let condition =
            spec.condition.ok_or_else(|| self.unsupported("a share of units without a condition".into()))?;
        let truths = self.condition(condition, spec.level, places)?;
        let step = self.name("f");
        let members = Self::members(places, spec.level);
        self.steps.push(format!(
            "create temporary table {step} as 
  select scope, moment, units, known, 0 as too_wide, case when units > 0 and known = units then met end as n0,
    case when units > 0 and known = units then units end as d0
  from (select p.scope, p.moment, count(u.unit) as units, count(r.truth) as known,
      cast(coalesce(sum(r.truth), 0) as bigint) as met
    from {members} left join {truths} r on r.moment = p.moment and r.unit = u.unit
    group by p.scope, p.moment) every_unit"
        ));
        let units = self.limits.units();
        Ok(Figure { step, n: vec![(0, units)], d: vec![(1, units)], factor: spec.measure.scale() })
    }

    /// A condition in every unit of a level: `unit, moment, truth` with 1, 0 or null.
    fn condition(&mut self, condition: &UnitCondition, level: Level, places: Places<'_>) -> Result<String, SqlError> {
        let (mut columns, mut joins, mut names) = (String::new(), String::new(), Vec::new());
        let most = self.limits.most();
        for (i, (name, id)) in condition.names.iter().enumerate() {
            let m = self.reading(id, places)?;
            let ratio = self.pack.measure(id).and_then(|measure| measure.ratio.as_ref());
            joins.push_str(&format!(
                "\n  left join score_reading r{i} on r{i}.m = {m} and r{i}.moment = c.moment and r{i}.unit = u.unit"
            ));
            let sided = |text: &str| text.replace("r.", &format!("r{i}."));
            let n = Wide::column(&format!("n{i}"), -most, most);
            let num = match ratio {
                Some(ratio) => {
                    columns.push_str(&format!(", {} as n{i}, {} as d{i}", sided(N), sided(D)));
                    Num::of(n, Wide::column(&format!("d{i}"), 1, most), &ratio.scale)
                }
                None => {
                    columns.push_str(&format!(", r{i}.n as n{i}"));
                    Num::of(n, Wide::one(), &self.limits.unit())
                }
            };
            names.push((name.as_str(), num));
        }
        let mut layers = Layers::new(
            &self.name("c"),
            format!(
                "  select u.unit, c.moment{columns}
  from (select distinct unit from score_member where level = '{}') u
  cross join (select distinct moment from {}) c{joins}",
                level.word(),
                places.step
            ),
        );
        let lookup = |name: &str| names.iter().find(|(word, _)| *word == name).map(|(_, num)| num.clone());
        let truth = expr::truth(&condition.expr, &lookup, &mut layers);
        let truth = layers.bind_truth(&truth);
        self.check(&layers)?;
        let last = layers.finish(&mut self.steps, &["unit", "moment", &truth.sql]);
        let step = self.name("c");
        self.steps.push(format!(
            "create temporary table {step} as select unit, moment, cast(case when {0} then 1 when not {0} then 0 end as bigint) as truth from {last}",
            truth.sql
        ));
        Ok(step)
    }
}
