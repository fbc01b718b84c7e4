//! Everything that is looked through, kind by kind, each with the reader's right.

use hejian_kernel::{
    error::Result,
    i18n::{self, Lang, t},
    register::{FieldKind, Record, RegisterDef, list},
    ui::query::Query,
    unit,
    web::Ctx,
};

use super::store;
use crate::campaign::{record, standard::pinned};

/// How many of a kind are shown.
pub(super) const MOST: i64 = 8;
/// How much of what is typed is looked for.
const LONGEST: usize = 100;

/// Something found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hit {
    pub href: String,
    pub title: String,
    /// A quiet word beside it: kind, post, unit.
    pub about: String,
}

/// What was found of a kind.
#[derive(Debug, Clone, Default)]
pub(super) struct Group {
    /// `unit`, `person`, `indicator`, `standard`, `register-premises`.
    pub key: String,
    pub total: i64,
    pub hits: Vec<Hit>,
    /// Where all of them are.
    pub all: Option<String>,
}

impl Group {
    pub(super) fn new(key: &str) -> Self {
        Self { key: key.to_owned(), ..Self::default() }
    }
}

/// The words looked for, in lower case.
pub(super) fn words(text: &str) -> Vec<String> {
    let text: String = text.chars().take(LONGEST).collect();
    text.split_whitespace().take(8).map(str::to_lowercase).collect()
}

/// What the reader may look through at all, as the keys of the groups.
pub(super) fn kinds(ctx: &Ctx) -> Vec<String> {
    let mut kinds = Vec::new();
    for (key, right) in [
        ("unit", "organisation.read"),
        ("person", "organisation.read"),
        ("indicator", "standard.read"),
        ("standard", "standard.read"),
    ] {
        if ctx.actor.may(right) {
            kinds.push(key.to_owned());
        }
    }
    let registers = ctx.app.registers().into_iter().filter(|def| ctx.actor.may(def.permissions.read));
    kinds.extend(registers.map(register_key));
    kinds
}

fn register_key(def: &'static RegisterDef) -> String {
    format!("register-{}", def.key.replace('_', "-"))
}

/// Everything found, kinds without a hit left out.
///
/// # Errors
/// The engine's own error.
pub(super) async fn all(ctx: &Ctx, text: &str) -> Result<Vec<Group>> {
    let (lang, asked) = (ctx.lang, words(text));
    let mut groups = Vec::new();
    if asked.is_empty() {
        return Ok(groups);
    }
    let mut read = ctx.read().await?;
    let today = read.today();
    if let Ok(seen) = ctx.actor.scoped("organisation.read", ()) {
        let mut found = store::units(&mut read.tx, &seen, &asked, today).await?;
        for hit in &mut found.hits {
            let key = format!("unit-kind-{}", hit.about.replace('_', "-"));
            hit.about = if i18n::has(lang, &key) { t(lang, &key) } else { String::new() };
        }
        groups.push(found);
        groups.push(store::persons(&mut read.tx, &seen, &asked, today).await?);
    }
    if ctx.actor.may("standard.read") {
        let chosen = record::Chosen::read(&mut read.tx, &Query::new("")).await?;
        let standard = pinned::in_force(&mut read.tx, chosen.id(), today).await?;
        let mut found = Group::new("indicator");
        for indicator in &standard.pack.indicators {
            let name = standard.name(lang, indicator);
            let text = format!("{} {} {}", indicator.code, indicator.name_zh, indicator.name_en).to_lowercase();
            if asked.iter().all(|word| text.contains(word)) {
                found.total += 1;
                if found.total <= MOST {
                    // The score's page opens down to the records; without that right the standard's own page does.
                    let page = if ctx.actor.may("score.read") { "score" } else { "standard" };
                    let href = format!("/{page}/{}", indicator.code);
                    found.hits.push(Hit { href, title: format!("{} {name}", indicator.code), about: String::new() });
                }
            }
        }
        found.all = Some(Query::new("/standard").with("q", text).href());
        groups.push(found);
        groups.push(store::standards(&mut read.tx, &asked).await?);
    }
    let names = unit::names(&mut read.tx).await?;
    for def in ctx.app.registers() {
        let Ok(may) = ctx.actor.scoped(def.permissions.read, ()) else { continue };
        let size = u32::try_from(MOST).unwrap_or(8);
        let wish = list::ListQuery { text: asked.join(" "), size, ..list::ListQuery::default() };
        let found = list::list(&mut read.tx, &read.keys, def, &may.with(wish)).await?;
        let hit = |record: &Record| Hit {
            href: format!("/registers/{}/{}", def.key, record.meta.id),
            title: title(lang, def, record),
            about: names.get(&record.meta.unit).cloned().unwrap_or_default(),
        };
        groups.push(Group {
            key: register_key(def),
            total: found.total,
            hits: found.records.iter().map(hit).collect(),
            all: Some(Query::new(format!("/registers/{}", def.key)).with("q", text).href()),
        });
    }
    groups.retain(|group| group.total > 0);
    Ok(groups)
}

/// What names a record; a choice by its label.
fn title(lang: Lang, def: &'static RegisterDef, record: &Record) -> String {
    let text = record.title(def);
    match def.field(def.title).map(|(_, field)| field.kind) {
        Some(FieldKind::Choice(_)) => t(lang, &def.choice_label(def.title, &text)),
        _ => text,
    }
}
