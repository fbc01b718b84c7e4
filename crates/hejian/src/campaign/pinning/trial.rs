//! Two versions on the same facts of today: the scores under each, and what the migration record makes of duties and evidence.

use std::sync::Arc;

use axum::extract::Path;
use hejian_kernel::{
    error::{Error, Message, Result},
    ui::query::Query,
    web::Ctx,
};
use hejian_scoring::{
    Scores, evaluate,
    pack::{
        PackErrors,
        migrate::{self, Campaign, Duty, Migration, MigrationPlan},
    },
};
use uuid::Uuid;

use crate::campaign::{
    record::Chosen,
    score::{self, Scored},
    standard::{
        FILES, Standard, guard, pinned,
        store::{self, Version},
    },
};

/// A dry run.
pub(super) struct Trial {
    /// The campaign that would change.
    pub chosen: Chosen,
    /// The version looked at.
    pub version: Version,
    /// The version in force.
    pub from: Version,
    /// Its standard.
    pub old: Arc<Standard>,
    /// The standard looked at.
    pub new: Arc<Standard>,
    /// Scores under the version in force.
    pub before: Arc<Scored>,
    /// Scores under the one looked at.
    pub after: Scores,
    /// What becomes of duties, evidence and scores.
    pub plan: MigrationPlan,
    /// Whether the plan follows a migration record of the pack; otherwise it is guessed from the codes.
    pub recorded: bool,
    /// Why the migration record could not be used.
    pub faults: Option<PackErrors>,
}

impl Trial {
    /// Plays the change to the version of an address through. Nothing is written.
    ///
    /// # Errors
    /// [`Error::Refused`] for a version with faults and for the one in force.
    pub(super) async fn play(ctx: &Ctx, id: &Path<String>) -> Result<Self> {
        let id = guard::id(id)?;
        let mut read = ctx.read().await?;
        let (now, today) = (read.now, read.today());
        let version = guard::seen(ctx, &mut read.tx, id).await?;
        let chosen = Chosen::read(&mut read.tx, &Query::parse(&ctx.place)).await?;
        let from = in_force(&mut read.tx, chosen.id(), &version, now).await?;
        let texts = store::texts(&mut read.tx, id).await?;
        let migration = texts.migration.clone();
        let faulty = || Error::Refused(Message::new("standard-has-faults").arg("n", version.faults));
        let new = Arc::new(pinned::read(texts).await?.map_err(|_| faulty())?);
        let old = pinned::published(&mut read.tx, from.id, from.fingerprint.clone().unwrap_or_default()).await?;
        let gathered = score::gather(ctx.app.modules, &mut read.tx, &ctx.app.keys, &new.pack, today, now).await?;
        drop(read);
        let before = score::scores(&ctx.app, chosen.id(), today).await?;
        let (of_new, of_old) = (new.clone(), old.clone());
        let play = move || {
            let after = evaluate(&of_new.pack, &gathered.facts, &gathered.units, today);
            let (plan, recorded, faults) = plan(&of_old, &of_new, &migration);
            (after, plan, recorded, faults)
        };
        let (after, plan, recorded, faults) = tokio::task::spawn_blocking(play)
            .await
            .map_err(|error| Error::Internal(format!("the dry run to {id} broke: {error}")))?;
        Ok(Self { chosen, version, from, old, new, before, after, plan, recorded, faults })
    }

    /// Totals before and after with the points they stand on, as the dry run's row keeps them.
    pub(super) fn totals(&self) -> [String; 4] {
        let (before, after) = (&self.before.scores, &self.after);
        [&before.points, &before.assessed_points, &after.points, &after.assessed_points].map(ToString::to_string)
    }
}

/// The version that a campaign works to, when it is another one.
///
/// # Errors
/// [`Error::Refused`] when none is, or it is the one asked about.
pub(super) async fn in_force(
    tx: &mut hejian_kernel::db::Tx,
    campaign: Uuid,
    version: &Version,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<Version> {
    let id: Option<Uuid> = store::pinned(tx, campaign, now).await?.map(|(id, ..)| id);
    match id {
        None => Err(Error::Refused(Message::new("standard-none-pinned"))),
        Some(id) if id == version.id => Err(Error::Refused(Message::new("standard-pinned-already"))),
        Some(id) => store::one(tx, id).await,
    }
}

/// The plan by the pack's own record, or one guessed from the codes where it has none or the record leads from elsewhere.
fn plan(old: &Standard, new: &Standard, migration: &str) -> (MigrationPlan, bool, Option<PackErrors>) {
    let campaign = campaign(old);
    let guessed = || migrate::plan(&old.pack, &new.pack, &migrate::suggest(&old.pack, &new.pack), &campaign);
    if migration.trim().is_empty() {
        return (guessed(), false, None);
    }
    match Migration::load(FILES[2], migration, Some(&old.pack), &new.pack) {
        Ok(record) => (migrate::plan(&old.pack, &new.pack, &record, &campaign), true, None),
        Err(faults) => (guessed(), false, Some(faults)),
    }
}

/// What stands under the codes today: the leads and supporters that the standard names.
fn campaign(old: &Standard) -> Campaign {
    let duty = |code: &str, unit: &str, lead| Duty {
        id: format!("{code}/{unit}"),
        code: code.to_owned(),
        unit: unit.to_owned(),
        person: None,
        lead,
    };
    let duties = old.pack.indicators.iter().flat_map(|indicator| {
        let co = indicator.co.iter().map(|unit| duty(&indicator.code, unit, false));
        std::iter::once(duty(&indicator.code, &indicator.lead, true)).chain(co).collect::<Vec<_>>()
    });
    Campaign { duties: duties.collect(), evidence: Vec::new(), scores: Vec::new() }
}
