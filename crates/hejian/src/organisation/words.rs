//! The words of the organisation: kinds of unit, marks of data, parts of a term, roles.

use chrono::NaiveDate;
use hejian_kernel::{
    access::Part,
    i18n::{self, Lang, format, t, ta},
    ui::{
        Markup, html,
        lamp::{Tone, tag},
    },
    unit::Unit,
};

/// The kinds of unit, in the order in which they are shown.
pub(super) const KINDS: [&str; 5] = ["district", "subdistrict", "community", "residents_committee", "department"];

/// The sections of departments, in the order in which they are shown.
pub(super) const SECTIONS: [&str; 6] = ["party", "government", "office", "mass_org", "vertical", "other"];

/// The label key of a kind of unit.
pub(super) fn kind_key(kind: &str) -> String {
    format!("unit-kind-{}", kind.replace('_', "-"))
}

/// A kind of unit in words; one that nobody named as it stands.
pub(super) fn kind(lang: Lang, kind: &str) -> String {
    let key = kind_key(kind);
    if i18n::has(lang, &key) { t(lang, &key) } else { kind.to_owned() }
}

/// Where a name or figure comes from: nothing for what is real, a quiet tag for what is inferred or invented.
pub(super) fn mark(lang: Lang, status: &str) -> Markup {
    match status {
        "inferred" => tag(Tone::Line, &t(lang, "data-inferred")),
        "synthetic" => tag(Tone::Line, &t(lang, "data-synthetic")),
        _ => html! {},
    }
}

/// The same in words, for a list of facts.
pub(super) fn status(lang: Lang, status: &str) -> String {
    match status {
        "inferred" | "synthetic" | "real" => t(lang, &format!("data-{status}")),
        _ => format::DASH.to_owned(),
    }
}

/// 重点社区, 样板社区.
pub(super) fn honours(lang: Lang, unit: &Unit) -> Markup {
    html! {
        @if unit.is_model { " " (tag(Tone::Accent, &t(lang, "unit-model"))) }
        @if unit.is_key { " " (tag(Tone::Blue, &t(lang, "unit-key"))) }
    }
}

/// A A 角 or B 角.
pub(super) fn part(lang: Lang, part: Part) -> String {
    t(lang, if part == Part::Holder { "term-holder" } else { "term-deputy" })
}

/// `[from, to)` as people write it: the last day is a day in office.
pub(super) fn span(lang: Lang, from: NaiveDate, to: Option<NaiveDate>) -> String {
    let from = format::date(from);
    match to {
        None => ta(lang, "span-since", &[("from", from.into())]),
        Some(to) => {
            let last = format::date(to.pred_opt().unwrap_or(to));
            ta(lang, "span-between", &[("from", from.into()), ("to", last.into())])
        }
    }
}

/// A role in words; one that no module declares as it stands.
pub(super) fn role(lang: Lang, key: &str) -> String {
    let label = role_key(key);
    if i18n::has(lang, &label) { t(lang, &label) } else { key.to_owned() }
}

/// The label key of a role; with `-about` what it is for.
pub(super) fn role_key(key: &str) -> String {
    format!("role-{key}")
}

/// What a role is for.
pub(super) fn role_about(lang: Lang, key: &str) -> String {
    let label = format!("{}-about", role_key(key));
    if i18n::has(lang, &label) { t(lang, &label) } else { String::new() }
}

/// Every label key that roles need.
#[cfg(test)]
pub(super) fn role_keys(roles: &[hejian_kernel::access::Role]) -> Vec<String> {
    roles.iter().flat_map(|r| [role_key(r.key), format!("{}-about", role_key(r.key))]).collect()
}

/// What happened to units: 合并, 更名.
pub(super) fn lineage(lang: Lang, kind: &str) -> String {
    let key = format!("lineage-{}", kind.replace('_', "-"));
    if i18n::has(lang, &key) { t(lang, &key) } else { kind.to_owned() }
}
