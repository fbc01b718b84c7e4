//! What each measure says at each unit, as steps: the value in force on the day, and for one named period.
//!
//! `reading(m, moment, unit, n, d)`: `moment` 0 is the value in force; otherwise the value for the period of that key (measures
//! of another grain are read freely). No row means unknown. Semantics are those of `evaluate::reading`: the latest row that may be
//! read already counts; when that one is stale or faulty, nothing is known.

use std::collections::BTreeMap;

use super::{SqlError, text};
use crate::pack::{Measure, Pack, RatioOf};
use crate::period::Window;

/// A measure read within the windows and age limits of several.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Reader {
    measure: String,
    state: bool,
    stale_after: u32,
}

/// The readings a pack needs, each once.
#[derive(Default)]
pub(super) struct Readings {
    readers: BTreeMap<Reader, usize>,
    values: Vec<(usize, usize)>,
    ratios: Vec<(usize, Ratio)>,
    measures: BTreeMap<String, usize>,
    bound: Vec<(usize, String)>,
}

struct Ratio {
    direct: usize,
    top: usize,
    bottom: usize,
    one_grain: bool,
    part_of_whole: bool,
}

impl Readings {
    /// The number `m` of a measure, read freely.
    pub(super) fn measure(&mut self, pack: &Pack, measure: &Measure) -> usize {
        if let Some(m) = self.measures.get(&measure.id) {
            return *m;
        }
        let m = self.measures.len() + 1;
        self.measures.insert(measure.id.clone(), m);
        let direct = self.reader(measure, &[measure]);
        let parts = |ratio: &RatioOf| {
            Some((pack.measure(&ratio.numerator)?.clone(), pack.measure(&ratio.denominator)?.clone()))
        };
        match measure.ratio.as_ref().and_then(|ratio| Some((ratio, parts(ratio)?))) {
            None => self.values.push((m, direct)),
            Some((ratio, (numerator, denominator))) => {
                let one_grain = numerator.period == denominator.period;
                let mut limits = vec![&numerator];
                if one_grain {
                    limits.push(&denominator);
                }
                if numerator.period == measure.period {
                    limits.push(measure);
                }
                let top = self.reader(&numerator, &limits);
                let own = [&denominator];
                let bottom = self.reader(&denominator, if one_grain { &limits } else { &own });
                let part_of_whole = ratio.part_of_whole;
                self.ratios.push((m, Ratio { direct, top, bottom, one_grain, part_of_whole }));
            }
        }
        m
    }

    /// Asks for the measure also at every period the facts of `periods_of` name.
    pub(super) fn at_periods_of(&mut self, m: usize, periods_of: &str) {
        let value = self.values.iter().filter(|(of, _)| *of == m).map(|(_, reader)| *reader);
        let ratio = self.ratios.iter().filter(|(of, _)| *of == m).flat_map(|(_, r)| [r.direct, r.top, r.bottom]);
        let readers: Vec<usize> = value.chain(ratio).collect();
        for reader in readers {
            let entry = (reader, periods_of.to_owned());
            if !self.bound.contains(&entry) {
                self.bound.push(entry);
            }
        }
    }

    /// The reader of a measure that is one number.
    pub(super) fn reader_of(&self, m: usize) -> usize {
        self.values.iter().find(|(of, _)| *of == m).map_or(0, |(_, reader)| *reader)
    }

    fn reader(&mut self, measure: &Measure, limits: &[&Measure]) -> usize {
        let reader = Reader {
            measure: measure.id.clone(),
            state: limits.iter().all(|limit| limit.window == Window::State),
            stale_after: limits.iter().map(|limit| limit.stale_after).min().unwrap_or(measure.stale_after),
        };
        let next = self.readers.len() + 1;
        *self.readers.entry(reader).or_insert(next)
    }

    /// The expressions, in order.
    pub(super) fn steps(&self) -> Result<Vec<String>, SqlError> {
        let quoted = |id: &str| text::literal(id).ok_or_else(|| SqlError::ZeroByte { text: id.to_owned() });
        let mut readers = Vec::new();
        for (reader, number) in &self.readers {
            let Reader { measure, state, stale_after } = reader;
            readers.push(format!("({number}, {}, {}, {stale_after})", quoted(measure)?, u8::from(*state)));
        }
        let mut bound = Vec::new();
        for (reader, measure) in &self.bound {
            bound.push(format!("({reader}, {})", quoted(measure)?));
        }
        let ratios = self.ratios.iter().map(|(m, ratio)| {
            let Ratio { direct, top, bottom, one_grain, part_of_whole } = ratio;
            format!("({m}, {direct}, {top}, {bottom}, {}, {})", u8::from(*one_grain), u8::from(*part_of_whole))
        });
        let values = self.values.iter().map(|(m, reader)| format!("({m}, {reader})"));
        let table = |name: &str, columns: &str, rows: Vec<String>, none: &str| {
            // A list without rows is no SQL; a row that matches nothing stands in.
            let rows = if rows.is_empty() { vec![none.to_owned()] } else { rows };
            format!(
                "create temporary table {name} as with given({columns}) as (values\n  {}) select * from given",
                rows.join(",\n  ")
            )
        };
        let mut steps = vec![
            table("score_reader", "reader, measure, is_state, stale_after", readers, "(0, '', 0, 0)"),
            table("score_bound_reader", "reader, measure", bound, "(0, '')"),
            table("score_value_measure", "m, reader", values.collect(), "(0, 0)"),
            table(
                "score_ratio_measure",
                "m, direct, top, bottom, one_grain, part_of_whole",
                ratios.collect(),
                "(0, 0, 0, 0, 0, 0)",
            ),
        ];
        steps.extend(COMMON.iter().map(|cte| (*cte).to_owned()));
        Ok(steps)
    }
}

const COMMON: &[&str] = &[
    "create temporary table score_ask as 
  select reader, cast(0 as bigint) as moment, cast(0 as bigint) as grain from score_reader
  union all
  select distinct b.reader, f.period_key, f.grain from score_bound_reader b join fact f on f.measure = b.measure",
    // Rows that may be read already; `live` until they are stale.
    "create temporary table score_begun as 
  select r.reader, f.unit, f.period_key, f.grain, f.to_month, f.numerator, f.denominator,
    case when q.month < f.to_month + r.stale_after then 1 else 0 end as live
  from score_reader r join fact f on f.measure = r.measure cross join asked q
  where case when r.is_state = 1 then f.from_month else f.to_month end <= q.month",
    "create temporary table score_latest as 
  select a.reader, a.moment, b.unit, max(b.period_key) as period_key
  from score_ask a join score_begun b on b.reader = a.reader
  where a.moment = 0 or a.grain <> b.grain or a.moment = b.period_key
  group by a.reader, a.moment, b.unit",
    // A null numerator is a faulty row.
    "create temporary table score_in_force as 
  select l.reader, l.moment, l.unit, b.to_month, b.numerator, b.denominator
  from score_latest l join score_begun b on b.reader = l.reader and b.unit = l.unit and b.period_key = l.period_key
  where b.live = 1",
    "create temporary table score_common_period as 
  select r.m, a.moment, n.unit, max(n.period_key) as period_key
  from score_ratio_measure r
  join score_ask a on a.reader = r.top
  join score_begun n on n.reader = r.top
  join score_begun d on d.reader = r.bottom and d.unit = n.unit and d.period_key = n.period_key
  where r.one_grain = 1 and n.live = 1 and d.live = 1
    and (a.moment = 0 or a.grain <> n.grain or a.moment = n.period_key)
  group by r.m, a.moment, n.unit",
    "create temporary table score_part_place as 
  select r.m, i.moment, i.unit from score_ratio_measure r join score_in_force i on i.reader = r.top
  union
  select r.m, i.moment, i.unit from score_ratio_measure r join score_in_force i on i.reader = r.bottom",
    "create temporary table score_composed as 
  select c.m, c.moment, c.unit, n.to_month,
    case when n.numerator is not null and d.numerator is not null then n.numerator end as numerator,
    case when n.numerator is not null and d.numerator is not null then d.numerator end as denominator
  from score_common_period c
  join score_ratio_measure r on r.m = c.m
  join score_begun n on n.reader = r.top and n.unit = c.unit and n.period_key = c.period_key
  join score_begun d on d.reader = r.bottom and d.unit = c.unit and d.period_key = c.period_key
  union all
  select p.m, p.moment, p.unit,
    case when n.to_month is not null and (n.numerator is null or d.numerator is not null) then n.to_month else d.to_month end,
    case when n.numerator is not null and d.numerator is not null then n.numerator end,
    case when n.numerator is not null and d.numerator is not null then d.numerator end
  from score_part_place p
  join score_ratio_measure r on r.m = p.m
  left join score_in_force n on n.reader = r.top and n.moment = p.moment and n.unit = p.unit
  left join score_in_force d on d.reader = r.bottom and d.moment = p.moment and d.unit = p.unit
  left join score_common_period c on c.m = p.m and c.moment = p.moment and c.unit = p.unit
  where c.m is null and (
    (n.to_month is not null and n.numerator is null)
    or (d.to_month is not null and d.numerator is null)
    or (r.one_grain = 0 and n.numerator is not null and d.numerator is not null))",
    // The ratio's own row, unless its components are known for a later period.
    "create temporary table score_chosen as 
  select r.m, i.moment, i.unit, i.numerator, i.denominator, r.part_of_whole
  from score_ratio_measure r join score_in_force i on i.reader = r.direct
  left join score_composed c on c.m = r.m and c.moment = i.moment and c.unit = i.unit
  where c.m is null or c.to_month <= i.to_month
  union all
  select c.m, c.moment, c.unit, c.numerator, c.denominator, r.part_of_whole
  from score_composed c join score_ratio_measure r on r.m = c.m
  left join score_in_force i on i.reader = r.direct and i.moment = c.moment and i.unit = c.unit
  where i.to_month is null or i.to_month < c.to_month",
    "create temporary table score_reading as 
  select v.m, i.moment, i.unit, i.numerator as n, cast(null as bigint) as d
  from score_value_measure v join score_in_force i on i.reader = v.reader where i.numerator is not null
  union all
  select m, moment, unit, numerator, denominator
  from score_chosen where numerator is not null and (part_of_whole = 0 or numerator <= denominator)",
];
