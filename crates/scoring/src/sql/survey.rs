//! The weighted survey: the latest readable period for which the plan drew any unit, and in it `sum(weight * good / valid) /
//! sum(weight)` over the units drawn.

use super::figure::{Figure, Places, Spec};
use super::fractions;
use super::layers::Layers;
use super::{Query, SqlError};

impl Query<'_> {
    /// Adds the expressions of a survey.
    pub(super) fn survey(&mut self, spec: Spec<'_>, places: Places<'_>) -> Result<Figure, SqlError> {
        let plan = spec.measure.plan.as_ref().ok_or_else(|| self.unsupported("a survey without a plan".into()))?;
        self.plain(&plan.id, "a plan")?;
        let weight = self.weight(spec)?;
        let nowhere = Places { step: "", periods_of: &[] };
        let plan_m = self.reading(&plan.id, nowhere)?;
        // Answers are read for the period of the plan.
        let answers =
            self.reading(&spec.measure.id, Places { step: "", periods_of: std::slice::from_ref(&plan.id) })?;
        let reader = self.readings.reader_of(plan_m);
        let (planned, rows, name) = (self.name("t"), self.name("t"), self.name("w"));
        let one = self.limits.one();
        let fewest_each = i128::from(spec.measure.min_answers_per_unit.unwrap_or(0)) * one;
        let fewest = i128::from(spec.measure.min_answers.unwrap_or(0)) * one;
        let members = Self::members(places, spec.level);
        self.steps.push(format!(
            "create temporary table {planned} as 
  select p.scope, p.moment, max(b.period_key) as period_key
  from {members} join score_begun b on b.reader = {reader} and b.unit = u.unit and b.live = 1
  where p.moment = 0 or p.moment = b.period_key group by p.scope, p.moment"
        ));
        self.steps.push(format!(
            "create temporary table {rows} as 
  select scope, moment, unit, n, d, w,
    case when planned is not null and n is not null and d <> 0 and w is not null and d >= {fewest_each} then 1 else 0 end as good
  from (select p.scope, p.moment, u.unit, b.numerator as planned, r.n, r.d, w.n as w
    from {planned} p
    join score_member u on u.scope = p.scope and u.level = '{}'
    join score_begun b on b.reader = {reader} and b.unit = u.unit and b.period_key = p.period_key
    left join score_reading r on r.m = {answers} and r.moment = p.period_key and r.unit = u.unit
    left join score_reading w on w.m = {weight} and w.moment = 0 and w.unit = u.unit
    where b.numerator is null or b.numerator <> 0) drawn",
            spec.level.word()
        ));
        let sum = fractions::sum(self, &rows, self.limits.most())?;
        let mut layers = Layers::new(
            &name,
            format!(
                "  select p.scope, p.moment, coalesce(a.units, 0) as units, coalesce(a.known, 0) as known,
    coalesce(s.too_wide, 0) as too_wide, case when a.answers >= {fewest} then a.w end as w{}
  from {} p
  left join (select scope, moment, count(unit) as units, cast(sum(good) as bigint) as known,
      cast(sum(case when good = 1 then d end) as bigint) as answers, cast(sum(case when good = 1 then w end) as bigint) as w
    from {rows} group by scope, moment) a on a.scope = p.scope and a.moment = p.moment
  left join {} s on s.scope = p.scope and s.moment = p.moment",
                sum.columns("s"),
                places.step,
                sum.step
            ),
        );
        let value = sum.number(&mut layers, &spec.measure.scale());
        self.over_weights(layers, value, "w")
    }
}
