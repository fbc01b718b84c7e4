//! The history of a record: each version as what changed in it.

use super::{
    At, acts,
    units::Units,
    words::{Owner, Words},
};
use crate::{
    i18n::ta,
    register::{ChildRow, FieldDef, Record, Value, versions::Version},
    ui::{
        Markup, html,
        timeline::{FieldDiff, TimelineEntry},
    },
};

/// All versions, the latest first; `shown` is the one on the page.
pub(super) fn timeline(w: &Words, units: &Units, all: &[Version], shown: i64) -> Markup {
    let entries: Vec<TimelineEntry> = all
        .iter()
        .enumerate()
        .rev()
        .map(|(n, version)| entry(w, units, n.checked_sub(1).map(|n| &all[n].record), version, shown))
        .collect();
    crate::ui::timeline::timeline(w.lang, &entries)
}

fn entry(w: &Words, units: &Units, before: Option<&Record>, version: &Version, shown: i64) -> TimelineEntry {
    let record = &version.record;
    let n = record.meta.version;
    let removed = record.meta.removed.as_ref();
    let what = match (before, removed) {
        (None, _) => w.t("register-did-create"),
        (Some(b), Some(reason)) if b.meta.removed.is_none() => {
            ta(w.lang, "register-did-remove", &[("reason", reason.clone().into())])
        }
        (Some(b), None) if b.meta.removed.is_some() => w.t("register-did-restore"),
        _ => String::new(),
    };
    let name = ta(w.lang, "register-version", &[("n", n.into())]);
    let href = format!("{}?version={n}", At(w.def).one(record.meta.id));
    let channel =
        if version.channel == "web" { String::new() } else { w.t(&format!("register-channel-{}", version.channel)) };
    TimelineEntry {
        at: version.at,
        who: version.actor.clone(),
        what: html! {
            @if n == shown { span.dim.xs { (name) } } @else { a.xs href=(href) { (name) } }
            @if !channel.is_empty() { " " span.dim.xs { (channel) } }
            @if !what.is_empty() { " " (what) }
        },
        // The first version is the page itself: listing every field again would say nothing.
        fields: before.map_or_else(Vec::new, |before| changed(w, units, before, record)),
    }
}

/// What differs between two versions, in the words of pages. Secrets say only that they changed.
pub(super) fn changed(w: &Words, units: &Units, before: &Record, after: &Record) -> Vec<FieldDiff> {
    let mut out = Vec::new();
    if before.meta.unit != after.meta.unit {
        out.push(FieldDiff {
            label: w.t("register-field-unit"),
            before: Some(units.name(before.meta.unit)),
            after: Some(units.name(after.meta.unit)),
            ..FieldDiff::default()
        });
    }
    if before.meta.state != after.meta.state {
        out.push(FieldDiff {
            label: w.t("register-field-state"),
            before: Some(acts::state_word(w, &before.meta.state)),
            after: Some(acts::state_word(w, &after.meta.state)),
            ..FieldDiff::default()
        });
    }
    for (at, field) in w.def.fields.iter().enumerate() {
        let (was, is) = (&before.values[at], &after.values[at]);
        if was != is {
            let (was, is) = (text(w, None, field, was), text(w, None, field, is));
            // Two secrets may end alike.
            let is = if was == is { Some(w.t("register-secret-changed")) } else { is };
            out.push(FieldDiff { label: w.field(None, field), unit: w.measure(field), before: was, after: is });
        }
    }
    for (at, child) in w.def.children.iter().enumerate() {
        let label = w.child(child);
        let line = |row: &ChildRow| {
            let cells = child.fields.iter().zip(&row.values).map(|(f, v)| w.shown(Some(child), f, v));
            cells.collect::<Vec<_>>().join(" · ")
        };
        let (old, new) = (&before.children[at], &after.children[at]);
        for row in new {
            let was = old.iter().find(|o| o.id == row.id);
            if was.is_none_or(|o| o.values != row.values) {
                out.push(FieldDiff {
                    label: label.clone(),
                    before: was.map(line),
                    after: Some(line(row)),
                    ..FieldDiff::default()
                });
            }
        }
        for row in old.iter().filter(|o| !new.iter().any(|n| n.id == o.id)) {
            out.push(FieldDiff { label: label.clone(), before: Some(line(row)), ..FieldDiff::default() });
        }
    }
    out
}

fn text(w: &Words, owner: Owner, field: &FieldDef, value: &Value) -> Option<String> {
    Some(w.value(owner, field, value)).filter(|t| !t.is_empty())
}
