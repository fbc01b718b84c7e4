//! Points of many days computed from the beginning.
//!
//! The rule that matters: each register is read once, whatever the number of days, and a day is scored while the next one is
//! gathered. The points are those that each day computed by itself has.

use std::collections::{BTreeMap, VecDeque};

use chrono::{DateTime, NaiveDate, Utc};
use hejian_kernel::{
    clock::day_end,
    db::Tx,
    error::{Error, Result},
    measure::Past,
    web::App,
};
use hejian_scoring::{
    Exact,
    batch::{self, Standing, UnitPoints},
    evaluate_total,
    pack::{Indicator, Level},
};
use tokio::task::JoinHandle;
use uuid::Uuid;

use super::{
    super::facts::{self, Gathered, Look},
    Below, Point, pass,
};
use crate::campaign::standard::{Standard, pinned};

/// How many days are scored at once.
const AT_ONCE: usize = 2;

/// The points of some days, in their order. `told` hears how many are done.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn points(
    app: &App,
    tx: &mut Tx,
    campaign: Uuid,
    days: &[NaiveDate],
    mut told: impl FnMut(usize) + Send,
) -> Result<Vec<Point>> {
    let now = app.clock.now();
    let Some(last) = days.iter().max() else { return Ok(Vec::new()) };
    let mut past = Past::until(day_end(*last).min(now));
    let mut under_way: VecDeque<(NaiveDate, JoinHandle<Point>)> = VecDeque::new();
    let mut found = Vec::with_capacity(days.len());
    for day in days {
        if under_way.len() >= AT_ONCE
            && let Some(first) = under_way.pop_front()
        {
            found.push(ended(first).await?);
            told(found.len());
        }
        let past = if days.len() > 1 { Some(&mut past) } else { None };
        under_way.push_back((*day, begin(app, tx, campaign, (*day, now), past).await?));
    }
    for one in under_way {
        found.push(ended(one).await?);
        told(found.len());
    }
    Ok(found)
}

/// Gathers a day and has it scored.
async fn begin(
    app: &App,
    tx: &mut Tx,
    campaign: Uuid,
    (day, now): (NaiveDate, DateTime<Utc>),
    past: Option<&mut Past>,
) -> Result<JoinHandle<Point>> {
    let standard = pinned::in_force(tx, campaign, day).await?;
    let mut look = past.map_or(Look::On(day, now), |past| Look::Past(day, now, past));
    let (units, places, parts) = facts::parts(app.modules, tx, &app.keys, &standard.pack, &mut look).await?;
    let score = move || {
        let gathered = facts::checked(&standard.pack, facts::together(units, places, parts));
        point(&standard, &gathered, day)
    };
    Ok(tokio::task::spawn_blocking(score))
}

/// The points of a day over columns, the district and its subdistricts at once and without the explanation that no run shows.
fn point(standard: &Standard, told: &Gathered, day: NaiveDate) -> Point {
    let (pack, units) = (&standard.pack, &told.units);
    let scored = match batch::score_facts(pack, &told.facts, units, day, 1) {
        Ok(scored) => scored,
        Err(error) => {
            tracing::debug!(%error, %day, "scored by the tree evaluator instead; subdistricts have no run");
            Vec::new()
        }
    };
    let Some(whole) = units.district(day).and_then(|of| scored.iter().find(|unit| unit.unit == of.id)) else {
        return Point::of(&evaluate_total(pack, &told.facts, units, day), pass(standard), BTreeMap::new());
    };
    let of = |hundredths: i64| Exact::scaled(hundredths, 2);
    let got = |(most, (code, standing)): (&Indicator, &(String, Standing))| {
        (code.clone(), most.points.clone(), standing.points())
    };
    let is_subdistrict = |id: &str| units.get(id).is_some_and(|unit| unit.level == Level::Subdistrict.word());
    let below = |unit: &UnitPoints| {
        (unit.unit.clone(), Below { points: of(unit.totals.points), assessed: of(unit.totals.assessed) })
    };
    Point {
        day,
        points: of(whole.totals.points),
        assessed: of(whole.totals.assessed),
        total: pack.standard.total_points.clone(),
        pass: pass(standard),
        indicators: pack.indicators.iter().zip(&whole.indicators).map(got).collect(),
        below: scored.iter().filter(|unit| is_subdistrict(&unit.unit)).map(below).collect(),
    }
}

async fn ended((day, task): (NaiveDate, JoinHandle<Point>)) -> Result<Point> {
    task.await.map_err(|error| Error::Internal(format!("scoring {day} for the run failed: {error}")))
}
