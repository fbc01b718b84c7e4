//! Figures pooled over units: ratio of sums, sum, means, lowest. Every unit must be known.

use super::figure::{D, Figure, N, Places, Spec};
use super::layers::{Layers, Term};
use super::number::Num;
use super::wide::Wide;
use super::{Query, SqlError, fractions};
use crate::exact::Exact;
use crate::pack::Aggregation;

impl Query<'_> {
    pub(super) fn ratio_of_sums(&mut self, spec: Spec<'_>, places: Places<'_>) -> Result<Figure, SqlError> {
        let m = self.reading(&spec.measure.id, places)?;
        let (step, joined) = (self.name("f"), self.joined(spec, places, m));
        self.steps.push(format!(
            "create temporary table {step} as 
  select r.scope, r.moment, r.units, r.known, 0 as too_wide, case when r.known = r.units then {N} end as n0,
    case when r.known = r.units then {D} end as d0
  from (select p.scope, p.moment, count(u.unit) as units, count(r.n) as known,
      cast(sum(r.n) as bigint) as n, cast(sum(r.d) as bigint) as d
    from {joined} group by p.scope, p.moment) r"
        ));
        let most = self.limits.most() * self.limits.units();
        Ok(Figure { step, n: vec![(-most, most)], d: vec![(1, most)], factor: spec.measure.scale() })
    }

    /// Sum, mean and lowest of plain numbers.
    pub(super) fn pooled(&mut self, spec: Spec<'_>, places: Places<'_>) -> Result<Figure, SqlError> {
        let m = self.reading(&spec.measure.id, places)?;
        let (step, joined) = (self.name("f"), self.joined(spec, places, m));
        let pool = if spec.aggregation == Aggregation::Min { "min" } else { "sum" };
        let mean = spec.aggregation == Aggregation::Mean;
        let d = if mean { ", case when units > 0 and known = units then units end as d0" } else { "" };
        self.steps.push(format!(
            "create temporary table {step} as 
  select scope, moment, units, known, 0 as too_wide, case when units > 0 and known = units then pooled end as n0{d}
  from (select p.scope, p.moment, count(u.unit) as units, count(r.n) as known, cast({pool}(r.n) as bigint) as pooled
    from {joined} group by p.scope, p.moment) every_unit"
        ));
        let (most, units) = (self.limits.most() * self.limits.units(), self.limits.units());
        let d = if mean { vec![(1, units)] } else { Vec::new() };
        Ok(Figure { step, n: vec![(-most, most)], d, factor: self.limits.unit() })
    }

    /// `sum(value * weight) / sum(weight)` of plain numbers.
    pub(super) fn weighted_mean(&mut self, spec: Spec<'_>, places: Places<'_>) -> Result<Figure, SqlError> {
        let m = self.reading(&spec.measure.id, places)?;
        let weight = self.weight(spec)?;
        let (name, joined, most, units) =
            (self.name("w"), self.joined(spec, places, m), self.limits.most(), self.limits.units());
        let mut rows = Layers::new(
            &name,
            format!(
                "  select p.scope, p.moment, u.unit, r.n as v, w.n as w
  from {joined} left join score_reading w on w.m = {weight} and w.moment = 0 and w.unit = u.unit"
            ),
        );
        let (v, w) = (Wide::column("v", -most, most), Wide::column("w", -most, most));
        let product = v.times(&w, &mut rows).narrow(&mut rows).bound(&mut rows);
        let keep: Vec<&str> = ["scope", "moment", "unit", "v", "w"].into_iter().chain(product.texts()).collect();
        let rows = rows.finish(&mut self.steps, &keep);
        let sums = product.0.iter().enumerate();
        let sums: Vec<String> =
            sums.map(|(i, limb)| format!("cast(sum({}) as bigint) as s{i}", limb.term.sql)).collect();
        let bounds: Vec<(i128, i128)> =
            product.bounds().iter().map(|(low, high)| (low * units, high * units)).collect();
        let layers = Layers::new(
            &self.name("w"),
            format!(
                "  select scope, moment, count(unit) as units, count(s) as known, 0 as too_wide, {}, cast(sum(w) as bigint) as w
  from (select r.*, case when v is not null then w end as s from {rows} r) every_unit group by scope, moment",
                sums.join(", ")
            ),
        );
        let sum = Num::of(Wide::columns("s", &bounds), Wide::one(), &self.limits.unit());
        self.over_weights(layers, sum, "w")
    }

    /// Divides by the weights and finishes a figure that is known where all its units are.
    pub(super) fn over_weights(&mut self, mut layers: Layers, sum: Num, weights: &str) -> Result<Figure, SqlError> {
        let most = self.limits.most() * self.limits.units();
        let complete = "case when units > 0 and known = units and too_wide = 0 then";
        let divisor = Wide::choose(&[&Wide::column(weights, -most, most)], &mut layers, &|texts| Term {
            sql: format!("{complete} {} end", texts[0]),
            level: 0,
        });
        let value = sum.divided(&Num::of(divisor, Wide::one(), &Exact::one()), &mut layers);
        self.finished(layers, value)
    }

    /// A figure out of a number over layers that have `scope, moment, units, known, too_wide`.
    pub(super) fn finished(&mut self, mut layers: Layers, value: Num) -> Result<Figure, SqlError> {
        let (n, d) = (value.n.narrow(&mut layers).bound(&mut layers), value.d.narrow(&mut layers).bound(&mut layers));
        self.check(&layers)?;
        let keep: Vec<&str> =
            ["scope", "moment", "units", "known", "too_wide"].into_iter().chain(n.texts()).chain(d.texts()).collect();
        let last = layers.finish(&mut self.steps, &keep);
        let step = self.name("f");
        let d_columns = if d.is_one() { String::new() } else { format!(", {}", d.select("d")) };
        self.steps.push(format!(
            "create temporary table {step} as select scope, moment, units, known, too_wide, {}{d_columns} from {last}",
            n.select("n")
        ));
        let d = if d.is_one() { Vec::new() } else { d.bounds() };
        let factor = Exact::from_parts(value.factor.0, value.factor.1).unwrap_or_else(Exact::zero);
        Ok(Figure { step, n: n.bounds(), d, factor })
    }

    pub(super) fn weight(&mut self, spec: Spec<'_>) -> Result<usize, SqlError> {
        let weight = spec
            .measure
            .weight
            .as_ref()
            .ok_or_else(|| self.unsupported("a weighted figure without a weight".into()))?;
        self.plain(&weight.id, "a weight")?;
        self.reading(&weight.id, Places { step: "", periods_of: &[] })
    }

    /// Plain and weighted means of ratios: sums of fractions with different denominators.
    pub(super) fn mean_of_ratios(&mut self, spec: Spec<'_>, places: Places<'_>) -> Result<Figure, SqlError> {
        let m = self.reading(&spec.measure.id, places)?;
        let weighted = spec.aggregation == Aggregation::WeightedMean;
        let (w, join) = if weighted {
            let weight = self.weight(spec)?;
            ("w.n", format!(" left join score_reading w on w.m = {weight} and w.moment = 0 and w.unit = u.unit"))
        } else {
            ("cast(1 as bigint)", String::new())
        };
        let (rows, joined) = (self.name("t"), self.joined(spec, places, m));
        self.steps.push(format!(
            "create temporary table {rows} as select scope, moment, unit, n, d, w, case when d is not null and w is not null then 1 else 0 end as good
  from (select p.scope, p.moment, u.unit, {N} as n, {D} as d, {w} as w from {joined}{join}) every_unit"
        ));
        let sum = fractions::sum(self, &rows, if weighted { self.limits.most() } else { 1 })?;
        let layers = Layers::new(
            &self.name("w"),
            format!(
                "  select a.scope, a.moment, a.units, a.known, coalesce(s.too_wide, 0) as too_wide, a.w{}
  from (select scope, moment, count(unit) as units, cast(sum(good) as bigint) as known, cast(sum(w) as bigint) as w
    from {rows} group by scope, moment) a
  left join {} s on s.scope = a.scope and s.moment = a.moment",
                sum.columns("s"),
                sum.step
            ),
        );
        let mut layers = layers;
        let value = sum.number(&mut layers, &spec.measure.scale());
        self.over_weights(layers, value, "w")
    }

    /// The lowest of several ratios: the one that no other is below.
    pub(super) fn lowest_ratio(&mut self, spec: Spec<'_>, places: Places<'_>) -> Result<Figure, SqlError> {
        let m = self.reading(&spec.measure.id, places)?;
        let (rows, pairs, step) = (self.name("t"), self.name("w"), self.name("f"));
        let joined = self.joined(spec, places, m);
        self.steps.push(format!(
            "create temporary table {rows} as select p.scope, p.moment, u.unit, {N} as n, {D} as d from {joined}"
        ));
        let mut layers = Layers::new(
            &pairs,
            format!(
                "  select a.scope, a.moment, a.unit, a.n, a.d, b.n as other_n, b.d as other_d
  from {rows} a join {rows} b on b.scope = a.scope and b.moment = a.moment where a.d is not null and b.d is not null"
            ),
        );
        let most = self.limits.most();
        let ratio = |n: &str, d: &str| Num::of(Wide::column(n, -most, most), Wide::column(d, 1, most), &Exact::one());
        let below = ratio("other_n", "other_d").compared(crate::expr::Comparison::Less, &ratio("n", "d"), &mut layers);
        let below = layers.bind_truth(&below);
        let keep = ["scope", "moment", "unit", "n", "d", below.sql.as_str()];
        let pairs = layers.finish(&mut self.steps, &keep);
        self.steps.push(format!(
            "create temporary table {step} as 
  select a.scope, a.moment, a.units, a.known, 0 as too_wide, case when a.known = a.units then l.n end as n0,
    case when a.known = a.units then l.d end as d0
  from (select scope, moment, count(unit) as units, count(d) as known from {rows} group by scope, moment) a
  left join (select scope, moment, n, d, row_number() over (partition by scope, moment order by d) as turn
    from (select scope, moment, unit, n, d from {pairs} group by scope, moment, unit, n, d
      having sum(case when {} then 1 else 0 end) = 0) lowest) l
    on l.scope = a.scope and l.moment = a.moment and l.turn = 1",
            below.sql
        ));
        Ok(Figure { step, n: vec![(-most, most)], d: vec![(1, most)], factor: spec.measure.scale() })
    }
}
