//! SQL of reminders: who was asked to report, and whether it still waits.
//!
//! The rule that matters: a reminder and its to-do are one act.

use std::collections::HashSet;

use chrono::NaiveDate;
use hejian_kernel::{
    audit::Entry,
    db::Tx,
    error::Result,
    i18n::{t, ta},
    message::News,
    sql,
    todo::{self, NewTodo},
    work::Work,
};
use serde_json::json;
use uuid::Uuid;

use super::{
    act::{REGISTER, Titles},
    words::Words,
};

/// A reminder to be sent: the community, the post that gets it, the codes.
pub(in super::super) struct Reminder {
    pub unit: Uuid,
    pub post: Uuid,
    pub codes: Vec<String>,
}

/// The communities that a lead unit reminded on a day.
///
/// # Errors
/// The engine's own error.
pub(in super::super) async fn reminded(
    tx: &mut Tx,
    campaign: Uuid,
    lead: Uuid,
    day: NaiveDate,
) -> Result<HashSet<Uuid>> {
    let rows: Vec<(Uuid,)> = sql!(
        tx,
        fetch_all,
        "select unit_id from duty_reminder where campaign_id = $1 and lead_id = $2 and on_day = $3",
        campaign,
        lead,
        day
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Sends reminders: a to-do each.
///
/// # Errors
/// The engine's own error; a second reminder of a day is one.
pub(in super::super) async fn keep_reminders(
    work: &mut Work,
    campaign: Uuid,
    lead: Uuid,
    due: NaiveDate,
    all: &[Reminder],
    titles: &dyn Titles,
) -> Result<()> {
    let today = work.today();
    for one in all {
        let id = work.new_id();
        let href = titles.place(&format!("/duty/reminders/{id}"));
        let title = Words::of(|lang| {
            ta(lang, "duty-reminder", &[("codes", one.codes.join(&t(lang, "register-comma")).into())])
        });
        let new = NewTodo {
            kind: "duty.remind",
            register: Some(REGISTER),
            record: Some(id),
            href: Some(&href),
            title: title.title(),
            unit: Some(one.unit),
            post: one.post,
            due: Some(due),
        };
        todo::open(work, &new, News::Arrived, "").await?;
        sql!(
            &mut work.tx,
            execute,
            "insert into duty_reminder (id, campaign_id, lead_id, unit_id, on_day, codes) values ($1, $2, $3, $4, $5, $6)",
            id,
            campaign,
            lead,
            one.unit,
            today,
            one.codes.join(" ")
        )?;
    }
    work.record(Entry {
        action: "remind",
        subject_kind: "duty_reminder".to_owned(),
        subject_id: Some(lead),
        detail: json!({ "units": all.iter().map(|one| one.unit).collect::<Vec<_>>(), "due": due }),
        digest: None,
    });
    Ok(())
}

/// What a reminder asked for: the lead unit, the community, the day, the codes.
///
/// # Errors
/// The engine's own error.
pub(in super::super) async fn reminder(tx: &mut Tx, id: Uuid) -> Result<Option<(Uuid, Uuid, NaiveDate, String)>> {
    Ok(sql!(tx, fetch_optional, "select lead_id, unit_id, on_day, codes from duty_reminder where id = $1", id)?)
}

/// Whether a reminder still waits in the post.
///
/// # Errors
/// The engine's own error.
pub(in super::super) async fn waits(tx: &mut Tx, id: Uuid, post: Option<Uuid>) -> Result<bool> {
    let found: Option<(Uuid,)> = sql!(
        tx,
        fetch_optional,
        "select id from todo where state = 'open' and register = 'duty' and record_id = $1 and post_id = $2",
        id,
        post
    )?;
    Ok(found.is_some())
}

/// Ends a reminder: what was asked for was reported.
///
/// # Errors
/// The engine's own error.
pub(in super::super) async fn end_reminder(work: &mut Work, id: Uuid) -> Result<()> {
    todo::close(work, REGISTER, id).await?;
    work.record(Entry {
        action: "done",
        subject_kind: "duty_reminder".to_owned(),
        subject_id: Some(id),
        detail: json!({}),
        digest: None,
    });
    Ok(())
}
