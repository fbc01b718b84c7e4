//! One indicator: its named values brought to one row for each place, its rule, its rounded points.

use num_traits::ToPrimitive;

use super::figure::{Figure, Places, Spec};
use super::layers::{Layers, Term};
use super::number::{Hundredths, Num};
use super::wide::Wide;
use super::{Query, SqlError, number, rule, text};
use crate::exact::Exact;
use crate::pack::{Indicator, Level, VALUE};

/// A named value and whether it is read for the period of the main one.
struct Named<'a> {
    spec: Spec<'a>,
    figure: Figure,
    bound: bool,
}

impl Query<'_> {
    /// Adds the expressions of an indicator and returns the query of its results.
    pub(super) fn indicator(&mut self, indicator: &Indicator) -> Result<String, SqlError> {
        self.subject.clone_from(&indicator.code);
        let below = indicator.level == Level::Community && (indicator.community_value || indicator.community_breakdown);
        let free = if below { "score_place_now" } else { "score_whole_now" };
        let main = Spec {
            name: VALUE,
            level: indicator.level,
            aggregation: indicator.aggregation,
            measure: &indicator.measure,
            condition: indicator.unit_condition.as_ref(),
        };
        let together = indicator.also.iter().any(|also| also.same_period);
        let mut periods_of: Vec<String> = vec![main.measure.id.clone()];
        periods_of.extend(
            main.measure.ratio.iter().flat_map(|ratio| [ratio.numerator.id.clone(), ratio.denominator.id.clone()]),
        );
        periods_of.extend(main.condition.iter().flat_map(|condition| condition.names.values().cloned()));
        let bound = if together { self.moments(free, &periods_of)? } else { free.to_owned() };
        let (free, bound) = (
            Places { step: free, periods_of: &[] },
            Places { step: &bound, periods_of: if together { &periods_of } else { &[] } },
        );
        let mut named = vec![Named { spec: main, figure: self.figure(main, bound)?, bound: together }];
        for also in &indicator.also {
            let spec = Spec {
                name: &also.name,
                level: also.level,
                aggregation: also.aggregation,
                measure: &also.measure,
                condition: also.unit_condition.as_ref(),
            };
            let figure = self.figure(spec, if also.same_period { bound } else { free })?;
            named.push(Named { spec, figure, bound: also.same_period });
        }
        let base = if together { self.compared_together(&named, free, bound) } else { self.side_by_side(&named, free) };
        self.scored(indicator, &named, base)
    }

    /// Every place at every period of the measures, and at 0 for the value in force.
    fn moments(&mut self, places: &str, periods_of: &[String]) -> Result<String, SqlError> {
        let step = self.name("p");
        let ids = periods_of.iter().map(|id| text::literal(id).ok_or_else(|| SqlError::ZeroByte { text: id.clone() }));
        let ids: Vec<String> = ids.collect::<Result<_, _>>()?;
        self.steps.push(format!(
            "create temporary table {step} as 
  select scope, moment from {places}
  union all
  select p.scope, f.period_key from {places} p cross join (select distinct period_key from fact where measure in ({})) f",
            ids.join(", ")
        ));
        Ok(step)
    }

    fn columns(i: usize, figure: &Figure, wanted: &str) -> String {
        let limbs = |array: &'static str, count: usize| (0..count).map(move |j| (array, j));
        let all = limbs("n", figure.n.len()).chain(limbs("d", figure.d.len()));
        let column = |(array, j): (&str, usize)| {
            let column = format!("f{i}.{array}{j}");
            let column = if wanted.is_empty() { column } else { format!("case when {wanted} then {column} end") };
            format!(", {column} as {array}{i}_{j}")
        };
        all.map(column).collect()
    }

    fn side_by_side(&self, named: &[Named<'_>], free: Places<'_>) -> String {
        let columns: String = named.iter().enumerate().map(|(i, named)| Self::columns(i, &named.figure, "")).collect();
        let flags: Vec<String> = (0..named.len()).map(|i| format!("f{i}.too_wide")).collect();
        let joins = named.iter().enumerate().map(|(i, named)| {
            format!("\n  join {} f{i} on f{i}.scope = p.scope and f{i}.moment = 0", named.figure.step)
        });
        format!(
            "  select p.scope, f0.units, f0.known, {} as too_wide{columns}
  from {} p{}",
            flags.join(" + "),
            free.step,
            joins.collect::<String>()
        )
    }

    /// Figures compared for one period: the latest in which all are known. Where there is none they are read freely, to be
    /// counted; but known for different periods they are not compared.
    fn compared_together(&mut self, named: &[Named<'_>], free: Places<'_>, bound: Places<'_>) -> String {
        let step = self.name("p");
        let compared: Vec<(usize, &Named<'_>)> = named.iter().enumerate().filter(|(_, named)| named.bound).collect();
        let joins: String = compared
            .iter()
            .map(|(i, named)| {
                let figure = &named.figure.step;
                format!("\n    join {figure} f{i} on f{i}.scope = p.scope and f{i}.moment = p.moment")
            })
            .collect();
        let all_known = compared.iter().map(|(i, _)| format!("f{i}.n0 is not null")).collect::<Vec<_>>().join(" and ");
        let wide = compared.iter().map(|(i, _)| format!("f{i}.too_wide")).collect::<Vec<_>>().join(" + ");
        self.steps.push(format!(
            "create temporary table {step} as 
  select p.scope, p.moment, case when {all_known} then 1 else 0 end as all_known, {wide} as too_wide
  from {} p{joins}",
            bound.step
        ));
        let chosen = self.name("p");
        // A figure too wide to compare at a later period leaves the choice of the period open.
        self.steps.push(format!(
            "create temporary table {chosen} as 
  select c.scope, c.moment, case when c.moment > 0 or c.all_known = 0 then 1 else 0 end as wanted, l.too_wide
  from {step} c join (select scope, max(case when all_known = 1 then moment else 0 end) as moment, max(too_wide) as too_wide
    from {step} group by scope) l on l.scope = c.scope and l.moment = c.moment"
        ));
        let columns: String = named
            .iter()
            .enumerate()
            .map(|(i, named)| Self::columns(i, &named.figure, if named.bound { "c.wanted = 1" } else { "" }))
            .collect();
        let joins: String = named
            .iter()
            .enumerate()
            .map(|(i, named)| {
                let moment = if named.bound { "c.moment" } else { "0" };
                format!("\n  join {} f{i} on f{i}.scope = p.scope and f{i}.moment = {moment}", named.figure.step)
            })
            .collect();
        let flags =
            named.iter().enumerate().filter(|(_, named)| !named.bound).map(|(i, _)| format!(" + f{i}.too_wide"));
        format!(
            "  select p.scope, f0.units, f0.known, c.too_wide{} as too_wide{columns}
  from {} p join {chosen} c on c.scope = p.scope{joins}",
            flags.collect::<String>(),
            free.step
        )
    }

    fn scored(&mut self, indicator: &Indicator, named: &[Named<'_>], base: String) -> Result<String, SqlError> {
        let mut layers = Layers::new(&self.name("i"), base);
        let numbers: Vec<(&str, Num)> = named
            .iter()
            .enumerate()
            .map(|(i, named)| {
                let Figure { n, d, factor, .. } = &named.figure;
                let d = if d.is_empty() { Wide::one() } else { Wide::columns(&format!("d{i}_"), d) };
                (named.spec.name, Num::of(Wide::columns(&format!("n{i}_"), n), d, factor))
            })
            .collect();
        let lookup = |name: &str| numbers.iter().find(|(word, _)| *word == name).map(|(_, num)| num.clone());
        let ruling = rule::apply(indicator, &indicator.rule, &lookup, &mut layers)
            .map_err(|construct| self.unsupported(construct))?;
        let most = indicator.points.times_hundred_up();
        let most =
            most.filter(|most| *most < 1 << 30).ok_or_else(|| self.unsupported("points beyond ten million".into()))?;
        let points = ruling.points.hundredths(&mut layers);
        let vetoed = ruling.vetoed.filter(|_| indicator.veto.is_some()).map(|truth| layers.bind_truth(&truth));
        self.check(&layers)?;
        let vetoed = vetoed.map_or("0".to_owned(), |Term { sql, .. }| format!("case when {sql} then 1 else 0 end"));
        let value = self.value(&named[0].figure)?;
        let mut keep = vec!["scope", "units", "known", "too_wide", &vetoed];
        let limbs = named[0].figure.column_names(0);
        keep.extend(limbs.iter().map(String::as_str));
        match &points {
            Hundredths::Column(column) => keep.push(&column.sql),
            Hundredths::Wide(top, bottom) => keep.extend(top.texts().chain(bottom.texts())),
        }
        let mut last = layers.finish(&mut self.steps, &keep);
        let points = match points {
            Hundredths::Column(column) => column.sql,
            Hundredths::Wide(top, bottom) => {
                let quotient = self.name("q");
                number::divide(&quotient, &last, &top, &bottom, most, &mut self.steps);
                last = format!("{last} r left join {quotient} q on q.scope = r.scope");
                "q.quotient".to_owned()
            }
        };
        let scope = if last.contains(' ') { "r.scope" } else { "scope" };
        let code = text::literal(&indicator.code).ok_or_else(|| SqlError::ZeroByte { text: indicator.code.clone() })?;
        Ok(format!(
            "select {scope} as unit, {code} as indicator, case when too_wide = 0 then {points} end as points, {value}, cast(units as bigint) as units,
  cast(known as bigint) as known, cast({vetoed} as bigint) as vetoed, cast(case when too_wide > 0 then 1 else 0 end as bigint) as too_wide from {last}"
        ))
    }

    /// The main value: two numbers of 64 bits where they fit, otherwise their limbs as text, and the factor.
    fn value(&self, figure: &Figure) -> Result<String, SqlError> {
        let (n, d) = figure.factor.parts();
        let (Some(n), Some(d)) = (n.to_i64(), d.to_i64()) else {
            return Err(self.unsupported(format!("the scale {}, beyond 64 bits", figure.factor)));
        };
        let limbs = |array: &str, count: usize| {
            let limbs: Vec<String> = (0..count).map(|i| format!("cast({array}0_{i} as text)")).collect();
            limbs.join(" || ' ' || ")
        };
        let small = figure.n.len() == 1 && figure.d.len() <= 1;
        let d0 = match figure.d.len() {
            0 if small => "case when n0_0 is not null then cast(1 as bigint) end".to_owned(),
            0 => "case when n0_0 is not null then '1' end".to_owned(),
            _ if small => "d0_0".to_owned(),
            count => limbs("d", count),
        };
        let (numbers, texts) = if small {
            (
                format!("n0_0 as numerator, {d0} as denominator"),
                "cast(null as text) as numerator_limbs, cast(null as text) as denominator_limbs".to_owned(),
            )
        } else {
            (
                "cast(null as bigint) as numerator, cast(null as bigint) as denominator".to_owned(),
                format!("{} as numerator_limbs, {d0} as denominator_limbs", limbs("n", figure.n.len())),
            )
        };
        Ok(format!(
            "{numbers}, cast({n} as bigint) as factor_numerator, cast({d} as bigint) as factor_denominator, {texts}"
        ))
    }
}

impl Figure {
    /// The columns of the figure's numbers, as the named value `i`.
    fn column_names(&self, i: usize) -> Vec<String> {
        let limbs = |array: &'static str, count: usize| (0..count).map(move |j| format!("{array}{i}_{j}"));
        limbs("n", self.n.len()).chain(limbs("d", self.d.len())).collect()
    }
}

impl Exact {
    /// Hundredths, rounded up; `None` beyond 32 bits.
    fn times_hundred_up(&self) -> Option<u32> {
        let (n, d) = self.parts();
        let hundredths: num_bigint::BigInt = (n * 100 + &d - 1) / d;
        hundredths.to_u32()
    }
}
