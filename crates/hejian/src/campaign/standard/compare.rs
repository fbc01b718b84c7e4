//! Two versions side by side: every entry that differs, every field before and after, and which changes alter points.

use axum::extract::Path;
use hejian_kernel::{
    error::Result,
    i18n::{Lang, format, t, ta},
    pages::{Frame, page},
    ui::{
        Markup,
        buttons::{Kind, link_button, print_button},
        controls::Choice,
        feedback::{empty, note},
        filter::FilterBar,
        head::{PageHead, Tab, panel, tabs},
        html,
        lamp::{Tone, tag},
        query::Query,
    },
    web::Ctx,
};
use hejian_scoring::{
    Pack,
    pack::{
        diff::{self, Change, Effect, EntryDiff, EntryKind, FieldDiff, PackDiff},
        schema,
    },
};
use serde_json::Value;
use uuid::Uuid;

use super::{
    Standard, guard,
    packs::{crumbs, place, title},
    pinned,
    store::{self, Version},
};
use crate::campaign::record::Chosen;

/// `GET /standard/packs/{id}/compare?with=…&alters=scores`
pub(super) async fn show(id: Path<String>, ctx: Ctx) -> Result<Markup> {
    let id = guard::id(&id)?;
    let query = Query::parse(&ctx.place);
    let mut read = ctx.read().await?;
    let now = read.now;
    let chosen = Chosen::read(&mut read.tx, &query).await?;
    let version = guard::seen(&ctx, &mut read.tx, id).await?;
    let drafts = guard::sees_drafts(&ctx, &mut read.tx).await?;
    let mut others = store::list(&mut read.tx).await?;
    others.retain(|other| other.id != id && (drafts || !other.is_draft()));
    let pinned = store::pinned(&mut read.tx, chosen.id(), now).await?.map(|(id, ..)| id);
    let wanted =
        query.get("with").filter(|text| !text.is_empty()).map(|text| Uuid::try_parse(text).map_err(|_| guard::gone()));
    let with = match wanted.transpose()? {
        Some(with) => Some(with),
        None => others.iter().find(|o| Some(o.id) == pinned).or(others.first()).map(|o| o.id),
    };
    let old = match with {
        Some(with) => Some(others.iter().find(|other| other.id == with).cloned().ok_or_else(guard::gone)?),
        None => None,
    };
    let (before, after) = match &old {
        Some(old) => (Some(store::texts(&mut read.tx, old.id).await?), Some(store::texts(&mut read.tx, id).await?)),
        None => (None, None),
    };
    drop(read);
    let both = match (before, after) {
        (Some(before), Some(after)) => Some((pinned::read(before).await?, pinned::read(after).await?)),
        _ => None,
    };
    let lang = ctx.lang;
    let name = title(lang, &version);
    let choices: Vec<Choice> =
        others.iter().map(|other| Choice::new(other.id.to_string(), title(lang, other))).collect();
    let query = match (&old, query.get("with")) {
        (Some(old), None) => query.with("with", old.id.to_string()),
        _ => query,
    };
    let body = html! {
        (PageHead::new(lang, t(lang, "standard-compare")).meta(old.as_ref().map_or_else(String::new, |old| from_to(lang, old, &version)))
            .act(print_button(&t(lang, "score-print")))
            .act(link_button(&t(lang, "standard-look"), &place(id), "", Kind::Plain)))
        (FilterBar::new(lang, &query).target("compared").select("with", &t(lang, "standard-compare-with"), &choices))
        div id="compared" {
            @match both {
                None => section.hj-panel { (empty("doc", &t(lang, "standard-compare-none"), html! {})) },
                Some((Ok(before), Ok(after))) => (view(lang, &query, &before, &after)),
                Some(_) => (note(Tone::Red, html! { (t(lang, "standard-compare-faults")) }, html! {})),
            }
        }
    };
    page(&ctx, Frame::new(name, crumbs(&ctx, Some(&version), &t(lang, "standard-compare"))), body).await
}

/// What differs between two packs, but for the state: that a draft is none yet is said elsewhere.
pub(crate) fn between(before: &Pack, after: &Pack) -> PackDiff {
    let mut after = after.clone();
    after.standard.state = before.standard.state;
    diff::diff(before, &after)
}

fn from_to(lang: Lang, old: &Version, new: &Version) -> String {
    format!("{} → {}", title(lang, old), title(lang, new))
}

/// `3 项影响得分，2 项影响工作，5 项只改文字`
pub(crate) fn in_short(lang: Lang, diff: &PackDiff) -> String {
    let of = &diff.summary;
    let args = [
        ("scores", of.scores.len().into()),
        ("work", of.work.len().into()),
        ("words", of.words.len().into()),
        ("added", of.added.into()),
        ("removed", of.removed.into()),
    ];
    if diff.is_empty() { t(lang, "standard-compare-same") } else { ta(lang, "standard-compare-short", &args) }
}

fn view(lang: Lang, query: &Query, before: &Standard, after: &Standard) -> Markup {
    let diff = between(&before.pack, &after.pack);
    let wanted = query.get("alters").unwrap_or_default();
    let passes = |entry: &&EntryDiff| wanted.is_empty() || effect_word(entry.effect) == wanted;
    let tab = |key: &str, count: usize| {
        let to = if key.is_empty() { query.without("alters") } else { query.with("alters", key) };
        let label =
            if key.is_empty() { t(lang, "standard-alters-all") } else { t(lang, &format!("standard-alters-{key}")) };
        Tab::new(label, to.href(), wanted == key).count(count)
    };
    let all = &diff.summary;
    html! {
        p.sm.mt { (in_short(lang, &diff)) }
        (tabs(&t(lang, "standard-alters"), &[
            tab("", diff.entries.len()), tab("scores", all.scores.len()), tab("work", all.work.len()), tab("words", all.words.len()),
        ]))
        @if !diff.entries.iter().any(|entry| passes(&entry)) { section.hj-panel { (empty("check", &t(lang, "standard-compare-same"), html! {})) } }
        @for kind in [EntryKind::Standard, EntryKind::Area, EntryKind::Indicator, EntryKind::Measure] {
            @let of: Vec<&EntryDiff> = diff.entries.iter().filter(|entry| entry.kind == kind).filter(passes).collect();
            @if !of.is_empty() {
                div.mt { (panel(&t(lang, &format!("standard-entry-{}", kind_word(kind))), html! {}, html! {
                    @for one in of { (entry(lang, before, after, one)) }
                })) }
            }
        }
        @if !diff.renames.is_empty() { (panel(&t(lang, "standard-renames"), html! {}, html! {
            ul.pad { @for rename in &diff.renames { li { code { (rename.before) } " → " code { (rename.after) } span.dim { "　" (rename.likeness) "%" } } } }
        })) }
    }
}

fn entry(lang: Lang, before: &Standard, after: &Standard, one: &EntryDiff) -> Markup {
    let name = match one.kind {
        EntryKind::Indicator => {
            let found = after.pack.indicator(&one.code).map(|i| after.name(lang, i));
            found.or_else(|| before.pack.indicator(&one.code).map(|i| before.name(lang, i)))
        }
        EntryKind::Measure => Some(after.measure(lang, &one.code)),
        EntryKind::Area => after.pack.area(&one.code).map(|area| after.area(lang, area)),
        EntryKind::Standard => None,
    };
    let tone = if one.effect == Effect::Scores { Tone::Red } else { Tone::Line };
    let root = format!("{}s.{}.", kind_word(one.kind), one.code);
    html! {
        section.std-diff {
            h3 {
                b { (one.code) } " " (name.unwrap_or_else(|| one.name.clone())) " "
                (tag(Tone::Accent, &t(lang, &format!("standard-change-{}", change_word(one.change))))) " "
                (tag(tone, &t(lang, &format!("standard-alters-{}", effect_word(one.effect)))))
            }
            @if let Some(moved) = one.moved { p.sm.dim { (ta(lang, "standard-moved", &[("before", moved.before.into()), ("after", moved.after.into())])) } }
            @if !one.fields.is_empty() {
                div.hj-tw { table.hj-t.hj-diff {
                    caption.sr { (one.code) }
                    thead { tr {
                        th scope="col" { (t(lang, "standard-field")) } th scope="col" { (t(lang, "standard-before")) }
                        th scope="col" { (t(lang, "standard-after")) } th scope="col" { (t(lang, "standard-alters")) }
                    } }
                    tbody { @for field in &one.fields { (line(lang, one.kind, &root, field)) } }
                } }
            }
        }
    }
}

fn line(lang: Lang, kind: EntryKind, root: &str, field: &FieldDiff) -> Markup {
    let path = field.path.strip_prefix(root).unwrap_or(&field.path);
    let path = path.split_once('.').filter(|(first, _)| *first == "standard").map_or(path, |(_, rest)| rest);
    let value = |value: &Option<Value>| value.as_ref().map(text);
    html! {
        tr.chg[field.effect == Effect::Scores] {
            td { (field_name(lang, kind, path)) span.sub { (path) } }
            td { @match value(&field.before) { Some(text) => del { (text) }, None => (format::DASH) } }
            td { @match value(&field.after) { Some(text) => ins { (text) }, None => (format::DASH) } }
            td.nowrap { (t(lang, &format!("standard-alters-{}", effect_word(field.effect)))) }
        }
    }
}

/// The field's name as the format calls it; its own word where the format has none.
fn field_name(lang: Lang, kind: EntryKind, path: &str) -> String {
    let first = path.split(['.', '[']).next().unwrap_or(path);
    let object = match kind {
        EntryKind::Standard => &schema::STANDARD,
        EntryKind::Area => &schema::AREA,
        EntryKind::Indicator => &schema::INDICATOR,
        EntryKind::Measure => &schema::MEASURE,
    };
    match (object.key(first), lang) {
        (Some(key), Lang::ZhCn) => key.zh.to_owned(),
        (Some(key), Lang::En) => key.en.to_owned(),
        (None, _) => first.replace('_', " "),
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => format::DASH.to_owned(),
        other => serde_json::to_string_pretty(other).unwrap_or_default(),
    }
}

pub(crate) fn effect_word(effect: Effect) -> &'static str {
    match effect {
        Effect::Scores => "scores",
        Effect::Work => "work",
        Effect::Words => "words",
    }
}

fn kind_word(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Standard => "standard",
        EntryKind::Area => "area",
        EntryKind::Indicator => "indicator",
        EntryKind::Measure => "measure",
    }
}

fn change_word(change: Change) -> &'static str {
    match change {
        Change::Added => "added",
        Change::Removed => "removed",
        Change::Changed => "changed",
        Change::Moved => "moved",
    }
}
