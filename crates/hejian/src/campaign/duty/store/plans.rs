//! SQL of departments' own plans.
//!
//! The rule that matters: a plan is saved over the version that was read, its steps as a whole.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use hejian_kernel::{
    audit::Entry,
    db::Tx,
    error::{Error, Result},
    sql,
    work::Work,
};
use serde_json::json;
use uuid::Uuid;

use crate::campaign::standard::keeping::digest;

/// What the audit calls a plan.
pub(in super::super) const PLAN: &str = "duty_plan";

/// A step as it is stored: plan, what, due, progress, done.
type StepRow = (Uuid, String, Option<NaiveDate>, i64, Option<NaiveDate>);

/// A step of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in super::super) struct Step {
    pub what: String,
    pub due: Option<NaiveDate>,
    /// 0 to 100.
    pub progress: i64,
    pub done: Option<NaiveDate>,
}

/// A department's plan for an indicator.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in super::super) struct Plan {
    pub target: String,
    pub version: i64,
    pub saved_by: String,
    pub steps: Vec<Step>,
}

/// The plans of a unit by indicator.
///
/// # Errors
/// The engine's own error.
pub(in super::super) async fn plans(tx: &mut Tx, campaign: Uuid, unit: Uuid) -> Result<BTreeMap<String, Plan>> {
    let rows: Vec<(Uuid, String, String, i64, String)> = sql!(
        tx,
        fetch_all,
        "select id, indicator, target, row_version, saved_by from duty_plan where campaign_id = $1 and unit_id = $2",
        campaign,
        unit
    )?;
    let steps: Vec<StepRow> = sql!(
        tx,
        fetch_all,
        "select s.plan_id, s.what, s.due_on, s.progress, s.done_on from duty_step s join duty_plan p on p.id = s.plan_id
         where p.campaign_id = $1 and p.unit_id = $2 order by s.plan_id, s.place",
        campaign,
        unit
    )?;
    let of = |(id, code, target, version, saved_by): (Uuid, String, String, i64, String)| {
        let own = steps.iter().filter(|step| step.0 == id);
        let step = |(_, what, due, progress, done): &StepRow| Step {
            what: what.clone(),
            due: *due,
            progress: *progress,
            done: *done,
        };
        (code, Plan { target, version, saved_by, steps: own.map(step).collect() })
    };
    Ok(rows.into_iter().map(of).collect())
}

/// One plan; an empty one before it was written.
///
/// # Errors
/// The engine's own error.
pub(in super::super) async fn plan(tx: &mut Tx, campaign: Uuid, unit: Uuid, code: &str) -> Result<Plan> {
    Ok(plans(tx, campaign, unit).await?.remove(code).unwrap_or_default())
}

/// Saves a plan over the version that was read.
///
/// # Errors
/// [`Error::Stale`] when somebody saved first.
pub(in super::super) async fn save_plan(
    work: &mut Work,
    campaign: Uuid,
    unit: Uuid,
    code: &str,
    plan: &Plan,
) -> Result<()> {
    let found: Option<(Uuid, i64)> = sql!(
        &mut work.tx,
        fetch_optional,
        "select id, row_version from duty_plan where campaign_id = $1 and unit_id = $2 and indicator = $3",
        campaign,
        unit,
        code
    )?;
    let stands = found.map_or(0, |(_, version)| version);
    if stands != plan.version {
        return Err(Error::Stale { yours: plan.version, theirs: stands });
    }
    let id = found.map_or_else(|| work.new_id(), |(id, _)| id);
    if found.is_some() {
        let same = sql!(
            &mut work.tx,
            execute,
            "update duty_plan set target = $1, row_version = $2, saved_at = $3, saved_by = $4 where id = $5 and row_version = $6",
            &plan.target,
            stands + 1,
            work.now,
            &work.actor.name,
            id,
            stands
        )?;
        if same == 0 {
            return Err(Error::Stale { yours: stands, theirs: stands + 1 });
        }
        sql!(&mut work.tx, execute, "delete from duty_step where plan_id = $1", id)?;
    } else {
        sql!(
            &mut work.tx,
            execute,
            "insert into duty_plan (id, campaign_id, unit_id, indicator, target, row_version, saved_at, saved_by)
             values ($1, $2, $3, $4, $5, 1, $6, $7)",
            id,
            campaign,
            unit,
            code,
            &plan.target,
            work.now,
            &work.actor.name
        )?;
    }
    for (place, step) in (1_i64..).zip(&plan.steps) {
        sql!(
            &mut work.tx,
            execute,
            "insert into duty_step (plan_id, place, what, due_on, progress, done_on) values ($1, $2, $3, $4, $5, $6)",
            id,
            place,
            &step.what,
            step.due,
            step.progress,
            step.done
        )?;
    }
    let lines: Vec<String> = plan.steps.iter().map(line).collect();
    work.record(Entry {
        action: if found.is_some() { "update" } else { "create" },
        subject_kind: PLAN.to_owned(),
        subject_id: Some(id),
        detail: json!({ "indicator": code, "unit": unit, "target": plan.target, "steps": lines }),
        digest: Some(plan_digest(unit, code, &plan.target, &lines)),
    });
    Ok(())
}

fn line(step: &Step) -> String {
    format!("{} {:?} {} {:?}", step.what, step.due, step.progress, step.done)
}

fn plan_digest(unit: Uuid, code: &str, target: &str, lines: &[String]) -> String {
    let unit = unit.to_string();
    digest([unit.as_str(), code, target].into_iter().chain(lines.iter().map(String::as_str)))
}

/// Every plan with its digest.
///
/// # Errors
/// The engine's own error.
pub(in super::super) async fn plans_kept(tx: &mut Tx) -> sqlx::Result<Vec<(Uuid, String)>> {
    let rows: Vec<(Uuid, Uuid, String, String)> =
        sql!(tx, fetch_all, "select id, unit_id, indicator, target from duty_plan order by id")?;
    let steps: Vec<StepRow> =
        sql!(tx, fetch_all, "select plan_id, what, due_on, progress, done_on from duty_step order by plan_id, place")?;
    let of = |(id, unit, code, target): (Uuid, Uuid, String, String)| {
        let own = steps.iter().filter(|step| step.0 == id);
        let lines: Vec<String> = own
            .map(|(_, what, due, progress, done)| {
                line(&Step { what: what.clone(), due: *due, progress: *progress, done: *done })
            })
            .collect();
        (id, plan_digest(unit, &code, &target, &lines))
    };
    Ok(rows.into_iter().map(of).collect())
}
