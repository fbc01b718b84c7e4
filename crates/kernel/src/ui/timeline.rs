//! The history of a record: who did what when, field by field.
//!
//! The rule that matters: a change shows both values, and a value that was not there is said to be empty, not shown as nothing.

use chrono::{DateTime, Utc};
use maud::{Markup, html};

use crate::i18n::{Lang, format, t};

/// One field that changed; values as written on pages.
#[derive(Debug, Clone, Default)]
pub struct FieldDiff {
    /// Name of the field.
    pub label: String,
    /// Its unit, or empty.
    pub unit: String,
    /// What it was; `None` where there was nothing.
    pub before: Option<String>,
    /// What it became.
    pub after: Option<String>,
}

/// One entry of the history.
#[derive(Debug, Clone)]
pub struct TimelineEntry {
    /// When.
    pub at: DateTime<Utc>,
    /// Who, with the unit: 陈芳（区民政局）.
    pub who: String,
    /// What: 上传照片 2 张; may be empty where the fields say it.
    pub what: Markup,
    /// The fields that changed.
    pub fields: Vec<FieldDiff>,
}

/// A change as `before → after`, the new value marked.
pub fn diff(lang: Lang, before: Option<&str>, after: Option<&str>) -> Markup {
    let value = |v: Option<&str>| v.filter(|v| !v.is_empty()).map_or_else(|| t(lang, "time-empty"), ToOwned::to_owned);
    html! { del { (value(before)) } " → " ins { (value(after)) } }
}

/// The entries, the latest first as given.
pub fn timeline(lang: Lang, entries: &[TimelineEntry]) -> Markup {
    html! {
        @if entries.is_empty() { p.dim.sm { (t(lang, "time-none")) } }
        @else {
            ol.hj-time {
                @for entry in entries {
                    li {
                        time datetime=(entry.at.to_rfc3339()) { (format::moment(entry.at)) "　" (entry.who) }
                        (entry.what)
                        @for (i, field) in entry.fields.iter().enumerate() {
                            @if i > 0 || !entry.what.0.is_empty() { br; }
                            (field.label) " " (diff(lang, field.before.as_deref(), field.after.as_deref()))
                            @if !field.unit.is_empty() { " " (field.unit) }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    #[test]
    fn a_change_shows_both_values_with_the_unit_and_names_an_empty_one() {
        let entry = TimelineEntry {
            at: Utc.with_ymd_and_hms(2008, 12, 4, 3, 20, 0).single().expect("a moment"),
            who: "陈芳（区民政局）".into(),
            what: html! {},
            fields: vec![
                FieldDiff {
                    label: "建筑面积".into(),
                    unit: "m²".into(),
                    before: Some("465.0".into()),
                    after: Some("459.0".into()),
                },
                FieldDiff { label: "补法".into(), after: Some("扩建".into()), ..FieldDiff::default() },
            ],
        };
        let html = timeline(Lang::ZhCn, &[entry]).into_string();
        assert!(
            html.contains(r#"<time datetime="2008-12-04T03:20:00+00:00">2008-12-04 11:20　陈芳（区民政局）</time>"#)
        );
        assert!(
            html.contains("建筑面积 <del>465.0</del> → <ins>459.0</ins> m²<br>补法 <del>空</del> → <ins>扩建</ins>")
        );
    }

    #[test]
    fn no_history_is_said() {
        assert!(timeline(Lang::ZhCn, &[]).into_string().contains("还没有记录。"));
    }
}
