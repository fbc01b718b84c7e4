//! Two people changed one record, and: an act that needs a reason.
//!
//! The rule that matters: consequence before consent. A stale save writes nothing and shows both values of each field; whoever came
//! second chooses, and the choice is an ordinary save of the version now stored. An act that takes something away says what will
//! happen and asks for the reason before its button, which names the act.

use chrono::{DateTime, Utc};
use maud::{Markup, html};

use super::buttons::{Kind, submit_button};
use super::controls::Control;
use super::form::{Field, hidden};
use super::icon;
use crate::i18n::{Lang, format, t, ta};

/// A field that both changed, or that only the second person changed.
#[derive(Debug, Clone, Default)]
pub struct ConflictField {
    /// Name the form sends.
    pub name: String,
    /// Its label with the unit.
    pub label: String,
    /// What the second person typed: as sent, and as shown.
    pub yours: (String, String),
    /// What is stored now: as sent, and as shown.
    pub theirs: (String, String),
}

/// What [`conflict`] needs to know.
#[derive(Debug, Clone)]
pub struct ConflictView<'a> {
    /// Language.
    pub lang: Lang,
    /// Who saved in between, with the unit.
    pub who: &'a str,
    /// When.
    pub at: DateTime<Utc>,
    /// Where the form saves.
    pub action: &'a str,
    /// The version now stored; the next save names it as the one it read.
    pub version: i64,
    /// Fields with two different values.
    pub fields: &'a [ConflictField],
    /// All other fields of the form, sent along as they were typed.
    pub unchanged: &'a [(String, String)],
    /// Where the record is, for dropping one's own changes.
    pub record_href: &'a str,
}

/// Both values of each field, to choose from.
pub fn conflict(v: &ConflictView<'_>) -> Markup {
    let lang = v.lang;
    let choice = |name: &str, label: &str, value: &(String, String), checked: bool| {
        html! {
            label.flex {
                input.form-check-input type="radio" name=(name) value=(value.0) checked[checked] aria-label={ (label) " " (value.1) };
                span { @if value.1.is_empty() { span.dim { (t(lang, "time-empty")) } } @else { (value.1) } }
            }
        }
    };
    html! {
        form.stack method="post" action=(v.action) {
            (hidden("version", &v.version.to_string()))
            @for (name, value) in v.unchanged { (hidden(name, value)) }
            div.hj-note.yellow id="errors" role="alert" tabindex="-1" data-problems {
                (icon("warn"))
                div.grow {
                    b { (ta(lang, "conflict-title", &[("who", v.who.into()), ("when", format::moment(v.at).into())])) }
                    p { (t(lang, "conflict-help")) " " (t(lang, "conflict-help-plain")) }
                }
            }
            div.hj-tw {
                table.hj-t.hj-conflict {
                    caption.sr { (t(lang, "conflict-help")) }
                    thead {
                        tr {
                            th scope="col" { (t(lang, "conflict-field")) }
                            th scope="col" { (t(lang, "conflict-yours")) }
                            th scope="col" { (t(lang, "conflict-theirs")) }
                        }
                    }
                    tbody {
                        @for f in v.fields {
                            tr {
                                th scope="row" { (f.label) }
                                @if f.yours.0 == f.theirs.0 {
                                    td colspan="2" { (f.theirs.1) (hidden(&f.name, &f.theirs.0)) }
                                } @else {
                                    td { (choice(&f.name, &t(lang, "conflict-yours"), &f.yours, false)) }
                                    td { (choice(&f.name, &t(lang, "conflict-theirs"), &f.theirs, true)) }
                                }
                            }
                        }
                    }
                }
            }
            div.hj-savebar {
                (submit_button(&t(lang, "conflict-save"), Kind::Primary))
                a.btn.btn-quiet.end href=(v.record_href) { (t(lang, "conflict-drop")) }
            }
        }
    }
}

/// What [`confirm`] needs to know.
#[derive(Debug, Clone)]
pub struct Confirm<'a> {
    /// Language.
    pub lang: Lang,
    /// What is about to happen, as a heading: 删除 军民村社区用房.
    pub title: &'a str,
    /// What will change: 记录移入回收，D02 由 76.5% 变为 74.5%.
    pub consequence: Markup,
    /// Where the form goes.
    pub action: &'a str,
    /// Further fields sent along, such as the version.
    pub hidden: &'a [(&'a str, &'a str)],
    /// The verb on the button: 删除, 退回, 封存.
    pub verb: &'a str,
    /// Whether it takes something away.
    pub danger: bool,
    /// The reason as typed, when the form comes back.
    pub reason: &'a str,
    /// What is wrong with the reason, when the form comes back.
    pub error: Option<&'a str>,
    /// Where not doing it leads.
    pub cancel: &'a str,
}

/// A form that does one thing for a reason; the reason is sent as `reason`.
pub fn confirm(c: &Confirm<'_>) -> Markup {
    let lang = c.lang;
    let reason = Field::new(lang, "reason", t(lang, "confirm-reason"), Control::TextArea(c.reason.to_owned(), 3))
        .required(true)
        .help(t(lang, "confirm-reason-help"))
        .error(c.error)
        .wide(true);
    html! {
        form.hj-panel method="post" action=(c.action) novalidate {
            @for (name, value) in c.hidden { (hidden(name, value)) }
            header { h2 { (c.title) } }
            div.pad {
                div.sm { (c.consequence) }
                div.hj-form { (reason) }
                div.flex.mt {
                    (submit_button(c.verb, if c.danger { Kind::Danger } else { Kind::Primary }))
                    a.btn.btn-quiet href=(c.cancel) { (t(lang, "confirm-cancel")) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    fn pair(text: &str) -> (String, String) {
        (text.into(), format!("{text} m²"))
    }

    fn sample<'a>(fields: &'a [ConflictField], unchanged: &'a [(String, String)]) -> ConflictView<'a> {
        ConflictView {
            lang: Lang::ZhCn,
            who: "陈芳（区民政局）",
            at: Utc.with_ymd_and_hms(2009, 6, 22, 1, 5, 0).single().expect("a moment"),
            action: "/premises/31",
            version: 8,
            fields,
            unchanged,
            record_href: "/premises/31",
        }
    }

    #[test]
    fn a_stale_save_shows_both_values_and_saves_against_the_version_now_stored() {
        let fields = [ConflictField {
            name: "area".into(),
            label: "建筑面积".into(),
            yours: pair("492.0"),
            theirs: pair("459.0"),
        }];
        let html = conflict(&sample(&fields, &[("name".into(), "用房".into())])).into_string();
        assert!(html.contains("陈芳（区民政局）在 2009-06-22 09:05 已改过这条记录，还没有写入。"));
        assert!(html.contains(r#"<input type="hidden" name="version" value="8">"#));
        assert!(html.contains(r#"<input type="hidden" name="name" value="用房">"#));
        assert!(html.contains(r#"name="area" value="492.0" aria-label="我填的 492.0 m²""#));
        assert!(html.contains(r#"name="area" value="459.0" checked aria-label="现在的 459.0 m²""#));
    }

    #[test]
    fn equal_values_need_no_choice_but_are_sent() {
        let fields = [ConflictField {
            name: "area".into(),
            label: "建筑面积".into(),
            yours: pair("459.0"),
            theirs: pair("459.0"),
        }];
        let html = conflict(&sample(&fields, &[])).into_string();
        assert!(!html.contains(r#"type="radio""#));
        assert!(html.contains(r#"<input type="hidden" name="area" value="459.0">"#));
    }

    #[test]
    fn an_act_names_itself_says_its_consequence_and_asks_for_the_reason() {
        let html = confirm(&Confirm {
            lang: Lang::ZhCn,
            title: "删除 军民村社区用房",
            consequence: html! { "D02 由 76.5% 变为 74.5%。" },
            action: "/premises/31/delete",
            hidden: &[("version", "7")],
            verb: "删除",
            danger: true,
            reason: "",
            error: Some("请写明理由。"),
            cancel: "/premises/31",
        })
        .into_string();
        assert!(html.find("D02 由 76.5%") < html.find("删除</button>"));
        assert!(html.contains(r#"<textarea id="f-reason" name="reason""#));
        assert!(html.contains("请写明理由。") && html.contains("btn-danger"));
    }
}
