//! The run of a score: the points at the end of each month, as the registers stood then.
//!
//! The rule that matters: a point of the run is a score like any other and is never stored as a fact. It is kept in memory, and
//! what a save tells of decides which points are made anew: those of the days that end at or after the earliest moment told of in
//! the entries of the audit since. A save of today therefore leaves every past month alone; a change of units or of the version
//! in force, which reach back, leaves none. That the memory belongs to this chain is proven by the hash of the entry it stands on.

mod anew;
mod soon;

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex, PoisonError, atomic::Ordering},
};

use chrono::{Datelike as _, Days, Months, NaiveDate};
use hejian_kernel::{audit, clock::day_end, db::Tx, error::Result, web::App};
use hejian_scoring::{Exact, Scores, evaluate::UnitScore, pack::Level};
use uuid::Uuid;

use super::{service, store};
use crate::campaign::standard::Standard;

#[cfg(test)]
pub(super) use soon::soon_within;
pub use soon::{Soon, soon};

/// How many runs are kept, one a campaign.
const KEPT: usize = 16;
/// The longest run, in months.
const LONGEST: usize = 60;

/// A score reduced to what a run shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The day.
    pub day: NaiveDate,
    /// Points got.
    pub points: Exact,
    /// Points of the assessed indicators.
    pub assessed: Exact,
    /// Points there are.
    pub total: Exact,
    /// The pass mark of the version in force then.
    pub pass: Option<Exact>,
    /// Code, most points and points of each indicator; none where it is not assessed.
    pub indicators: Vec<(String, Exact, Option<Exact>)>,
    /// Subdistricts by id, over the indicators that count in communities.
    pub below: BTreeMap<String, Below>,
}

/// What a subdistrict got on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Below {
    /// Points got.
    pub points: Exact,
    /// Points of the assessed indicators.
    pub assessed: Exact,
}

impl Below {
    /// Points per hundred of what is assessed, as [`UnitScore::score`]; none where nothing is.
    #[must_use]
    pub fn score(&self) -> Option<Exact> {
        Some((&self.points * &Exact::from(100_i64)).divide(&self.assessed)?.round_half_up(2))
    }
}

impl Point {
    fn of(scores: &Scores, pass: Option<Exact>, below: BTreeMap<String, Below>) -> Self {
        let one = |score: &hejian_scoring::evaluate::IndicatorScore| {
            (score.code.clone(), score.max_points.clone(), score.outcome.points().cloned())
        };
        Self {
            day: scores.as_of,
            points: scores.points.clone(),
            assessed: scores.assessed_points.clone(),
            total: scores.total_points.clone(),
            pass,
            indicators: scores.indicators.iter().map(one).collect(),
            below,
        }
    }

    /// Points of an indicator; the outer is none where the version in force then has no such code.
    #[must_use]
    pub fn indicator(&self, code: &str) -> Option<Option<&Exact>> {
        self.indicators.iter().find(|(own, ..)| own == code).map(|(_, _, points)| points.as_ref())
    }
}

/// A run in memory.
#[derive(Debug)]
struct Run {
    campaign: Uuid,
    seq: i64,
    hash: String,
    points: BTreeMap<NaiveDate, Arc<Point>>,
}

static MEMORY: Mutex<VecDeque<Run>> = Mutex::new(VecDeque::new());
/// One computation at a time: a run is many scores.
static GATE: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// The ends of the months from the one of `from` on that lie before `to`, and `to` itself; at most five years.
#[must_use]
pub fn months(from: NaiveDate, to: NaiveDate) -> Vec<NaiveDate> {
    let end = |day: NaiveDate| day.with_day(1)?.checked_add_months(Months::new(1))?.checked_sub_days(Days::new(1));
    let mut ends = vec![to];
    let mut month = to;
    while ends.len() < LONGEST {
        let Some(before) = month.checked_sub_months(Months::new(1)).and_then(end).filter(|day| *day >= from) else {
            break;
        };
        ends.push(before);
        month = before;
    }
    ends.reverse();
    ends
}

/// The points of a campaign at the ends of some days, in their order.
///
/// # Errors
/// When the database cannot be read.
pub async fn trend(app: &App, campaign: Uuid, days: &[NaiveDate]) -> Result<Vec<Arc<Point>>> {
    let _one = GATE.lock().await;
    let mut tx = app.db.read().await?;
    let (_, seq, hash, _) = audit::head(&mut tx).await?;
    let mut points = still_right(&mut tx, campaign, seq, &hash).await?;
    for day in days {
        if let Some(scored) = service::known(&hash, campaign, *day).filter(|_| !points.contains_key(day)) {
            points.insert(
                *day,
                Arc::new(Point::of(&scored.scores, pass(&scored.standard), below(&scored.scores.breakdown))),
            );
        }
    }
    let open: Vec<NaiveDate> = days.iter().filter(|day| !points.contains_key(day)).copied().collect();
    soon::FAR.0.store(0, Ordering::Relaxed);
    soon::FAR.1.store(open.len(), Ordering::Relaxed);
    let made = anew::points(app, &mut tx, campaign, &open, |done| soon::FAR.0.store(done, Ordering::Relaxed)).await?;
    drop(tx);
    points.extend(made.into_iter().map(|point| (point.day, Arc::new(point))));
    let found = days.iter().filter_map(|day| points.get(day).cloned()).collect();
    let mut memory = MEMORY.lock().unwrap_or_else(PoisonError::into_inner);
    memory.push_front(Run { campaign, seq, hash, points });
    memory.truncate(KEPT);
    Ok(found)
}

/// What is kept of the campaign and still right at this head of the chain; it is taken out of the memory.
async fn still_right(tx: &mut Tx, campaign: Uuid, seq: i64, hash: &str) -> Result<BTreeMap<NaiveDate, Arc<Point>>> {
    let kept: Vec<(i64, String)> = {
        let memory = MEMORY.lock().unwrap_or_else(PoisonError::into_inner);
        memory.iter().filter(|run| run.campaign == campaign).map(|run| (run.seq, run.hash.clone())).collect()
    };
    for (at, stood) in kept {
        // A copy of this district may have gone another way since.
        let same = if at == seq { stood == hash } else { store::hash_at(tx, at).await?.as_ref() == Some(&stood) };
        if !same {
            continue;
        }
        let (earliest, reaching_back) = store::news(tx, at).await?;
        let mut memory = MEMORY.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(place) = memory.iter().position(|run| run.campaign == campaign && run.hash == stood) else { continue };
        let mut points = memory.remove(place).map(|run| run.points).unwrap_or_default();
        if reaching_back > 0 {
            points.clear();
        } else if let Some(earliest) = earliest {
            points.retain(|day, _| day_end(*day) < earliest);
        }
        return Ok(points);
    }
    Ok(BTreeMap::new())
}

/// Forgets the runs of a campaign.
#[cfg(test)]
pub(super) fn forget(campaign: Uuid) {
    MEMORY.lock().unwrap_or_else(PoisonError::into_inner).retain(|run| run.campaign != campaign);
}

/// The subdistricts of a score with its units.
fn below(units: &[UnitScore]) -> BTreeMap<String, Below> {
    let subdistricts = units.iter().filter(|unit| unit.level == Level::Subdistrict.word());
    let one = |unit: &UnitScore| Below { points: unit.points.clone(), assessed: unit.assessed_points.clone() };
    subdistricts.map(|unit| (unit.unit.clone(), one(unit))).collect()
}

fn pass(standard: &Standard) -> Option<Exact> {
    standard.pack.standard.pass_mark.as_ref().map(|mark| mark.value.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_has_the_end_of_every_month_and_the_day_itself() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        let run = months(day("2008-12-15"), day("2009-03-10"));
        assert_eq!(run, ["2008-12-31", "2009-01-31", "2009-02-28", "2009-03-10"].map(day));
        assert_eq!(months(day("2009-03-31"), day("2009-03-31")), [day("2009-03-31")], "an end of a month comes once");
        assert_eq!(
            months(day("2009-05-01"), day("2009-03-31")),
            [day("2009-03-31")],
            "nothing lies before the beginning"
        );
        assert_eq!(months(day("1990-01-01"), day("2009-03-31")).len(), LONGEST);
    }
}
