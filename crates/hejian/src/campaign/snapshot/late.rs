//! Which records changed a month after it was over.
//!
//! The rule that matters: a record outside the reader's scope is counted, never named.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use hejian_kernel::{
    error::Result,
    i18n::{Lang, t},
    web::App,
    work::Read,
};
use hejian_scoring::{Source, explain::Node};
use uuid::Uuid;

use super::store;
use crate::campaign::score::{Scored, scope::Seen};

/// Records entered or corrected late, under one indicator.
#[derive(Debug, Default)]
pub(super) struct Late {
    /// Title and address of those the reader may open.
    pub shown: Vec<(String, String)>,
    /// How many others there are.
    pub outside: usize,
}

/// Under each of some indicators of a score: the records read there that were written after a moment.
///
/// # Errors
/// The engine's own error.
pub(super) async fn under(
    app: &App,
    read: &mut Read,
    lang: Lang,
    scored: &Scored,
    codes: &[&str],
    after: DateTime<Utc>,
) -> Result<BTreeMap<String, Late>> {
    let scores = || codes.iter().filter_map(|code| scored.scores.indicator(code));
    let mut versions: BTreeMap<&str, BTreeSet<(Uuid, i64)>> = BTreeMap::new();
    let of = |source: &Source| Some((Uuid::try_parse(&source.record).ok()?, source.version));
    for source in scores().flat_map(|score| score.explanation.walk()).flat_map(|node| &node.sources) {
        versions.entry(&source.register).or_default().extend(of(source));
    }
    let mut late: BTreeMap<&str, BTreeSet<(Uuid, i64)>> = BTreeMap::new();
    for (register, some) in &versions {
        late.insert(register, store::written_after(&mut read.tx, register, some, after).await?);
    }
    let seen = Seen::of(app, read, lang, scores().map(|score| &score.explanation)).await?;
    let mut found = BTreeMap::new();
    for score in scores() {
        // Each once, with the unit it was read at.
        let read_at = |node: &'_ Node| node.unit.clone();
        let sources: BTreeMap<&Source, Option<String>> = score
            .explanation
            .walk()
            .flat_map(|node| node.sources.iter().map(move |source| (source, read_at(node))))
            .collect();
        let is_late = |(source, _): &(&Source, Option<String>)| {
            let known = late.get(source.register.as_str()).zip(of(source));
            known.is_some_and(|(late, version)| late.contains(&version))
        };
        let mut own = Late::default();
        for (source, unit) in sources.into_iter().filter(is_late) {
            match seen.title(source) {
                None => own.outside += 1,
                Some(title) => {
                    let register = t(lang, &format!("register-{}", source.register.replace('_', "-")));
                    let place = unit.and_then(|unit| scored.places.get(&unit)).map(|place| place.name.as_str());
                    let of = [place.unwrap_or_default(), &register, title];
                    let title = of.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
                    own.shown.push((title, format!("/registers/{}/{}", source.register, source.record)));
                }
            }
        }
        found.insert(score.code.clone(), own);
    }
    Ok(found)
}
