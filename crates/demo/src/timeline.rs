//! The dated events of the campaign, read from `demo/campaign.tsv`: papers, honours, the application, the journey, the naming.
//!
//! The rule that matters: an event says how far its day can be believed. The work report names the titles of the district's
//! seven papers and four honours and gives them no day, so their days are invented; its own days of 2016 are read as 2008–2010.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::Problem;
use crate::mark::Mark;

/// File name of the campaign's dates and costs.
const FILE: &str = "campaign.tsv";

/// A dated event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineEvent {
    /// The day; where only a month or nothing was found, an assumed one.
    pub on: NaiveDate,
    /// What kind: `document`, `honour`, `notice`, `plan`, `application`, `liaison`, `evaluation`, `naming` and others.
    pub kind: String,
    /// What happened, in Chinese; the title of a paper or an honour.
    pub title: String,
    /// Number of the paper, where it is known.
    pub document: Option<String>,
    /// How far the day can be believed.
    pub mark: Mark,
    /// What there is to say of it, in Chinese.
    pub note: String,
}

/// The events in the order of their days. Fails only when the file was damaged by editing.
pub fn timeline() -> Result<Vec<TimelineEvent>, Problem> {
    let lines = include_str!("../../../demo/campaign.tsv").lines().enumerate();
    let dates = lines.filter(|(_, line)| line.starts_with("date\t"));
    let mut events = dates.map(|(n, line)| event(n + 1, line)).collect::<Result<Vec<_>, _>>()?;
    events.sort_by_key(|event| event.on);
    Ok(events)
}

fn event(number: usize, line: &str) -> Result<TimelineEvent, Problem> {
    let wrong = |what: &str| Problem::new(FILE, format!("line {number}"), what, "Follow the columns named in its head");
    let cells: Vec<&str> = line.split('\t').collect();
    let [_, kind, day, title, document, _, mark, note] = cells[..] else {
        return Err(wrong("it has not eight columns"));
    };
    Ok(TimelineEvent {
        on: day.parse().map_err(|_| wrong("the third column is no day"))?,
        kind: kind.to_owned(),
        title: title.to_owned(),
        document: (!document.is_empty()).then(|| document.to_owned()),
        mark: Mark::read(mark).ok_or_else(|| wrong("the seventh column is no mark"))?,
        note: note.to_owned(),
    })
}
