//! Work that nobody asks for: what is due is put into the queue, once a day.
//!
//! The rule that matters: such a job has no owner and no right but to do what its kind does, and there is one of a kind at a
//! time, however many processes ask.

use serde_json::json;

use super::kinds;
use crate::{
    access::{Actor, Channel},
    audit::Entry,
    error::Result,
    sql,
    web::App,
};

/// The name under which the product acts by itself; its label is `job-by-itself`.
pub const CLOCKWORK: &str = "定时任务";

/// Who acts when the product does something by itself.
pub(super) fn clockwork() -> Actor {
    Actor::without_rights(Channel::Job, CLOCKWORK)
}

/// Puts into the queue what is due; the worker does so once a day.
///
/// # Errors
/// The engine's own error, and whatever a kind says of what it could not read.
pub async fn ask(app: &App) -> Result<()> {
    for kind in kinds(app) {
        let Some(due) = kind.due else { continue };
        if !due(app).await? {
            continue;
        }
        let mut work = app.work(&clockwork()).await?;
        let open: Option<(i64,)> = sql!(
            &mut work.tx,
            fetch_optional,
            "select cast(1 as bigint) from job where kind = $1 and state in ('waiting', 'running') limit 1",
            kind.key
        )?;
        if open.is_some() {
            continue;
        }
        let id = work.new_id();
        sql!(
            &mut work.tx,
            execute,
            "insert into job (id, kind, args, state, created_at) values ($1, $2, '{}', 'waiting', $3)",
            id,
            kind.key,
            work.now
        )?;
        work.record(Entry {
            action: "enqueue",
            subject_kind: "job".to_owned(),
            subject_id: Some(id),
            detail: json!({ "kind": kind.key }),
            digest: None,
        });
        work.commit().await?;
    }
    Ok(())
}
