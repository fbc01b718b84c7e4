//! The same indicators as queries for the peers, written from the pack: conditions as boolean columns, one pass over the
//! communities, partial sums from level to level, points from the sums.
//!
//! What is asked of the peers is made easy for them: integers scaled alike, ids of every unit above in each row, doubles instead
//! of exact fractions (the data has no case where a double goes wrong), and no check that a part exceeds its whole.

use anyhow::{Result, bail};
use hejian_scoring::Exact;
use hejian_scoring::expr::{Arithmetic, BoolExpr, Comparison, NumExpr, Pick};
use hejian_scoring::pack::{
    Aggregation, Direction, Indicator, Level, MeasureUse, Pack, Rule, RuleForm, UnitCondition, VALUE,
};

use crate::data;
use crate::dialect::Dialect;

/// A named value of an indicator.
pub struct Figure<'p> {
    pub name: &'p str,
    /// The prefix of its columns, `c02_value`.
    pub key: String,
    pub level: Level,
    pub aggregation: Aggregation,
    pub measure: &'p MeasureUse,
    pub condition: Option<&'p UnitCondition>,
}

/// What the points are asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// A community's own score.
    Community,
    /// A subdistrict's.
    Subdistrict,
    District,
    /// City, province, nation: no district value there.
    Above,
}

/// Whether an indicator is scored below the district.
pub fn in_units(indicator: &Indicator) -> bool {
    indicator.level == Level::Community && (indicator.community_value || indicator.community_breakdown)
}

pub fn figures(indicator: &Indicator) -> Vec<Figure<'_>> {
    let key = |name: &str| format!("{}_{name}", indicator.code.to_lowercase());
    let main = Figure {
        name: VALUE,
        key: key(VALUE),
        level: indicator.level,
        aggregation: indicator.aggregation,
        measure: &indicator.measure,
        condition: indicator.unit_condition.as_ref(),
    };
    let also = indicator.also.iter().map(|also| Figure {
        name: &also.name,
        key: key(&also.name),
        level: also.level,
        aggregation: also.aggregation,
        measure: &also.measure,
        condition: also.unit_condition.as_ref(),
    });
    [main].into_iter().chain(also).collect()
}

/// How a column of sums goes up: its name, the expression over rows, and whether it is a lowest.
pub struct Sum {
    pub name: String,
    /// In the language, over the rows of the level: an aggregate.
    pub of_rows: String,
    pub lowest: bool,
}

/// Writes everything of one language.
pub struct Writer<'p> {
    pub dialect: Dialect,
    pub pack: &'p Pack,
}

fn number(value: &Exact) -> String {
    value.to_decimal().0
}

impl<'p> Writer<'p> {
    /// A measure at a row: its figure, unscaled where it has decimals.
    fn measure(&self, id: &str) -> String {
        let d = self.dialect;
        match self.pack.measure(id).and_then(|measure| measure.ratio.as_ref()) {
            Some(ratio) => {
                let top = d.binary("*", &d.col(&data::column(&ratio.numerator)), &number(&ratio.scale));
                d.quotient(&top, &d.col(&data::column(&ratio.denominator)))
            }
            None => match data::places(id) {
                0 => d.col(&data::column(id)),
                places => d.binary("/", &d.col(&data::column(id)), &format!("1{}.0", "0".repeat(places as usize))),
            },
        }
    }

    /// A unit's condition as a boolean over its row.
    pub fn condition(&self, set: &UnitCondition) -> Result<String> {
        let d = self.dialect;
        // The floor area is kept in hundredths; compared in integers, as an exact threshold needs.
        if let (Some(area), Some(households)) = (set.names.get("floor_area"), set.names.get("households")) {
            let (area, households) = (d.col(&data::column(area)), d.col(&data::column(households)));
            let need = d.pick(true, &d.binary("*", &households, "20"), "30000");
            return Ok(d.compare(">=", &area, &need));
        }
        self.truth(&set.expr, &|name| set.names.get(name).map(|id| (id.as_str(), self.measure(id))))
    }

    fn truth<'n>(&self, expr: &BoolExpr, names: &dyn Fn(&str) -> Option<(&'n str, String)>) -> Result<String> {
        let d = self.dialect;
        Ok(match expr {
            BoolExpr::Compare(op, left, right) => {
                let op = match op {
                    Comparison::Less => "<",
                    Comparison::AtMost => "<=",
                    Comparison::Greater => ">",
                    Comparison::AtLeast => ">=",
                    Comparison::Equal => "==",
                };
                // A scaled column against a number: the number is scaled instead.
                if let (NumExpr::Name(name), NumExpr::Number(limit)) = (left, right)
                    && let Some((id, _)) = names(name)
                    && data::places(id) > 0
                {
                    let scaled = limit * &Exact::from(10_i64.pow(data::places(id)));
                    return Ok(d.compare(op, &d.col(&data::column(id)), &number(&scaled)));
                }
                d.compare(op, &self.number(left, names)?, &self.number(right, names)?)
            }
            BoolExpr::Not(inner) => d.not(&self.truth(inner, names)?),
            BoolExpr::And(left, right) => d.and(&self.truth(left, names)?, &self.truth(right, names)?),
            BoolExpr::Or(left, right) => d.or(&self.truth(left, names)?, &self.truth(right, names)?),
        })
    }

    fn number<'n>(&self, expr: &NumExpr, names: &dyn Fn(&str) -> Option<(&'n str, String)>) -> Result<String> {
        let d = self.dialect;
        Ok(match expr {
            NumExpr::Number(value) => number(value),
            NumExpr::Name(name) => match names(name) {
                Some((_, text)) => text,
                None => bail!("{name} is not bound"),
            },
            NumExpr::Negate(inner) => format!("(-{})", self.number(inner, names)?),
            NumExpr::Arithmetic(op, left, right) => {
                let (left, right) = (self.number(left, names)?, self.number(right, names)?);
                match op {
                    Arithmetic::Add => d.binary("+", &left, &right),
                    Arithmetic::Subtract => d.binary("-", &left, &right),
                    Arithmetic::Multiply => d.binary("*", &left, &right),
                    Arithmetic::Divide => d.quotient(&left, &right),
                }
            }
            NumExpr::Pick(pick, parts) => {
                let mut texts = parts.iter().map(|part| self.number(part, names));
                let first = texts.next().unwrap_or_else(|| Ok(d.null()))?;
                texts.try_fold(first, |best, next| anyhow::Ok(d.pick(*pick == Pick::Max, &best, &next?)))?
            }
        })
    }

    /// The value of a figure where points are asked for.
    fn value(&self, figure: &Figure<'_>, at: At) -> Result<String> {
        let d = self.dialect;
        let key = &figure.key;
        let col = |part: &str| d.col(&format!("{key}_{part}"));
        if figure.level == Level::District {
            return Ok(match (at, figure.condition) {
                (At::Above, _) => d.null(),
                (_, Some(set)) => self.holds(&self.condition(set)?),
                (_, None) => self.measure(&figure.measure.id),
            });
        }
        let scale = number(&figure.measure.scale());
        if at == At::Community {
            return Ok(match figure.aggregation {
                Aggregation::ShareOfUnits => self.binary_value(&d.col(key), &scale),
                _ => self.measure(&figure.measure.id),
            });
        }
        let units = if figure.level == Level::Community { "units" } else { "subs" };
        let all = |known: &str| d.compare("==", &col(known), &d.col(units));
        let when = |known: String, value: String| d.case(&[(known, value)]);
        Ok(match figure.aggregation {
            Aggregation::ShareOfUnits => when(all("k"), d.quotient(&d.binary("*", &col("m"), &scale), &d.col(units))),
            Aggregation::RatioOfSums => {
                let known = d.and(&all("kn"), &all("kd"));
                when(known, d.quotient(&d.binary("*", &col("n"), &scale), &col("d")))
            }
            Aggregation::Mean => {
                when(all("k"), d.quotient(&self.unscaled(&col("n"), &figure.measure.id), &d.col(units)))
            }
            Aggregation::Sum | Aggregation::Min => when(all("k"), self.unscaled(&col("n"), &figure.measure.id)),
            Aggregation::WeightedSurvey => {
                let complete = d.and(
                    &d.compare("==", &col("k"), &col("drawn")),
                    &d.compare(">=", &col("answers"), &figure.measure.min_answers.unwrap_or(0).max(1).to_string()),
                );
                when(complete, d.quotient(&d.binary("*", &col("n"), &scale), &col("d")))
            }
            other => bail!("{} is not part of this measurement", other.word()),
        })
    }

    fn unscaled(&self, text: &str, id: &str) -> String {
        match data::places(id) {
            0 => text.to_owned(),
            places => self.dialect.binary("/", text, &format!("1{}.0", "0".repeat(places as usize))),
        }
    }

    fn holds(&self, truth: &str) -> String {
        self.binary_value(truth, "1")
    }

    fn binary_value(&self, truth: &str, yes: &str) -> String {
        self.dialect.case(&[(truth.to_owned(), yes.to_owned()), (self.dialect.not(truth), "0".to_owned())])
    }

    /// The points of an indicator in hundredths.
    pub fn points(&self, indicator: &Indicator, at: At) -> Result<String> {
        let d = self.dialect;
        let figures = figures(indicator);
        if at == At::Community
            && let [figure] = figures.as_slice()
            && figure.aggregation == Aggregation::ShareOfUnits
        {
            // One condition alone: full points or none, as every such rule of the pack says.
            let full = &indicator.points * &Exact::from(100_i64);
            let cast = |value: &str| match d {
                Dialect::DuckDb => format!("{value}::SMALLINT"),
                Dialect::Polars => format!("pl.lit({value}, dtype=pl.Int16)"),
            };
            let truth = d.col(&figure.key);
            return Ok(d.case(&[(truth.clone(), cast(&number(&full))), (d.not(&truth), cast("0"))]));
        }
        let values: Vec<(&str, String)> =
            figures.iter().map(|figure| Ok((figure.name, self.value(figure, at)?))).collect::<Result<_>>()?;
        let names = |name: &str| values.iter().find(|(known, _)| *known == name).map(|(_, value)| ("", value.clone()));
        Ok(d.hundredths(&self.rule(indicator, &indicator.rule, &names)?))
    }

    fn rule<'n>(
        &self,
        indicator: &Indicator,
        rule: &Rule,
        names: &dyn Fn(&str) -> Option<(&'n str, String)>,
    ) -> Result<String> {
        let d = self.dialect;
        let value = match &rule.of {
            Some(of) => self.number(of, names)?,
            None => names(VALUE).map(|(_, value)| value).unwrap_or_default(),
        };
        let reach = if indicator.measure.direction == Direction::AtLeast { ">=" } else { "<=" };
        let most = number(&indicator.points);
        Ok(match &rule.form {
            RuleForm::AllOrNothing { at } => self.binary_value(&d.compare(reach, &value, &number(at)), &most),
            RuleForm::Proportional { full_at, zero_at, floor: None } => {
                let over = d.binary("-", &value, &format!("({})", number(zero_at)));
                let span = number(&(full_at - zero_at));
                let share = d.binary("/", &over, &format!("({span}{})", if span.contains('.') { "" } else { ".0" }));
                format!("({most} * {})", d.held(&share))
            }
            RuleForm::Tiers { tiers } => {
                let mut sorted: Vec<_> = tiers.iter().collect();
                sorted.sort_by(|a, b| b.points.cmp(&a.points));
                let mut cases: Vec<_> = sorted
                    .iter()
                    .map(|tier| (d.compare(reach, &value, &number(&tier.at)), number(&tier.points)))
                    .collect();
                let worst = sorted.last().map(|tier| d.not(&d.compare(reach, &value, &number(&tier.at))));
                cases.extend(worst.map(|none| (none, "0".to_owned())));
                d.case(&cases)
            }
            RuleForm::Conditions { each } => {
                let parts: Vec<String> = each
                    .iter()
                    .map(|one| Ok(self.binary_value(&self.truth(&one.expr, names)?, &number(&one.points))))
                    .collect::<Result<_>>()?;
                parts.iter().map(|part| format!("({part})")).collect::<Vec<_>>().join(" + ")
            }
            RuleForm::Deduct { start, per_event, floor: None } => {
                let left = d.binary("-", &number(start), &d.binary("*", &number(per_event), &value));
                d.case(&[
                    (d.compare("<=", &left, "0"), "0".to_owned()),
                    (d.compare(">=", &left, &number(start)), number(start)),
                    (d.compare(">", &left, "0"), left.clone()),
                ])
            }
            RuleForm::VetoThen { veto, then } => {
                let veto = self.truth(veto, names)?;
                d.case(&[(veto.clone(), "0".to_owned()), (d.not(&veto), self.rule(indicator, then, names)?)])
            }
            other => bail!("{} is not part of this measurement", other.word()),
        })
    }

    /// The sums a figure needs, as aggregates over the rows of its level.
    pub fn sums(&self, figure: &Figure<'_>) -> Result<Vec<Sum>> {
        let d = self.dialect;
        let col = |id: &str| d.col(&data::column(id));
        let sum = |part: &str, of_rows: String| Sum { name: format!("{}_{part}", figure.key), of_rows, lowest: false };
        let add = |text: &str| match d {
            Dialect::DuckDb => format!("sum({text})::BIGINT"),
            Dialect::Polars => format!("({text}).cast(pl.Int64).sum()"),
        };
        let add_real = |text: &str| match d {
            Dialect::DuckDb => format!("coalesce(sum({text}), 0)"),
            Dialect::Polars => format!("({text}).sum()"),
        };
        let count = |text: &str| match d {
            Dialect::DuckDb => format!("count({text})"),
            Dialect::Polars => format!("({text}).count().cast(pl.Int64)"),
        };
        let count_true = |text: &str| match d {
            Dialect::DuckDb => format!("count_if({text})::BIGINT"),
            Dialect::Polars => format!("({text}).sum().cast(pl.Int64)"),
        };
        let measure = self.pack.measure(&figure.measure.id);
        let ratio = measure.and_then(|measure| measure.ratio.as_ref());
        Ok(match (figure.aggregation, ratio) {
            _ if figure.level == Level::District => Vec::new(),
            (Aggregation::ShareOfUnits, _) => {
                let truth = d.col(&figure.key);
                vec![sum("m", count_true(&truth)), sum("k", count(&truth))]
            }
            (Aggregation::RatioOfSums, Some(ratio)) => {
                let (top, bottom) = (col(&ratio.numerator), col(&ratio.denominator));
                vec![sum("n", add(&top)), sum("d", add(&bottom)), sum("kn", count(&top)), sum("kd", count(&bottom))]
            }
            (Aggregation::Mean | Aggregation::Sum, None) => {
                let value = col(&figure.measure.id);
                vec![sum("n", add(&value)), sum("k", count(&value))]
            }
            (Aggregation::Min, None) => {
                let value = col(&figure.measure.id);
                let lowest = match d {
                    Dialect::DuckDb => format!("min({value})"),
                    Dialect::Polars => format!("({value}).min()"),
                };
                vec![Sum { lowest: true, ..sum("n", lowest) }, sum("k", count(&value))]
            }
            (Aggregation::WeightedSurvey, Some(ratio)) => {
                let (Some(plan), Some(weight)) = (&figure.measure.plan, &figure.measure.weight) else {
                    bail!("a survey without a plan");
                };
                let (good, valid, weight) = (col(&ratio.numerator), col(&ratio.denominator), col(&weight.id));
                let drawn = d.compare(">", &col(&plan.id), "0");
                let least = figure.measure.min_answers_per_unit.unwrap_or(0).max(1).to_string();
                let known = d.and(&drawn, &d.compare(">=", &valid, &least));
                let only = |value: String| d.case(&[(known.clone(), value)]);
                let share = d.binary("*", &weight, &d.quotient(&good, &valid));
                vec![
                    sum("drawn", count_true(&drawn)),
                    sum("k", count(&only(d.binary("+", &good, &weight)))),
                    sum("n", add_real(&only(share))),
                    sum("d", add_real(&only(weight.clone()))),
                    sum("answers", add_real(&only(valid))),
                ]
            }
            (other, _) => bail!("{} is not part of this measurement", other.word()),
        })
    }
}
