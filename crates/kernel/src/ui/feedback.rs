//! What the product says back: notes, toasts, empty lists, progress, steps.
//!
//! The rule that matters: an empty list says why it is empty and offers one act; an error is never a toast; a job of more than two
//! seconds says that the page may be left.

use maud::{Markup, html};

use super::icon;
use super::lamp::Tone;
use crate::i18n::{Lang, t};

/// A note in the page. Red and yellow ones are announced at once (`role=alert` only for red). `acts` may be empty.
pub fn note(tone: Tone, body: Markup, acts: Markup) -> Markup {
    let name = match tone {
        Tone::Red | Tone::Yellow => "warn",
        Tone::Green => "check",
        _ => "doc",
    };
    html! {
        div class=(format!("hj-note {}", tone.class()).trim_end()) role=(if tone == Tone::Red { "alert" } else { "status" }) {
            (icon(name))
            div.grow { (body) }
            @if !acts.0.is_empty() { span.acts { (acts) } }
        }
    }
}

/// What was just done, with a way to undo it where there is one; goes away by itself with script.
pub fn toast(text: &str, undo: Markup) -> Markup {
    html! { div.hj-toast role="status" { span { (text) } (undo) } }
}

/// Why there is nothing here, and at most one act.
pub fn empty(icon_name: &str, why: &str, act: Markup) -> Markup {
    html! { div.hj-empty { (icon(icon_name)) span { (why) } (act) } }
}

/// How far something is: `value` of `full`; without `full` it only runs. `hint` is a quiet word; may be empty.
pub fn progress(label: &str, hint: &str, value: u64, full: Option<u64>) -> Markup {
    progress_box(label, hint, value, full, None)
}

/// The progress of a job that may be left alone. `events` is the address of its server-sent events: `progress` with
/// `{"percent":0…100,"text":"…"}`, `end` with `{"state":"done|failed","text":"…","href":"…"}`. Without script the page shows how far it
/// was when it was loaded.
pub fn job_progress(lang: Lang, label: &str, percent: u64, events: &str) -> Markup {
    progress_box(label, &t(lang, "progress-leave"), percent, Some(100), Some(events))
}

fn progress_box(label: &str, hint: &str, value: u64, full: Option<u64>, events: Option<&str>) -> Markup {
    let full = full.filter(|f| *f > 0);
    let percent = full.map(|f| u128::from(value.min(f)) * 100 / u128::from(f));
    html! {
        div.hj-prog data-progress=[events] {
            span { span data-text { (label) } @if !hint.is_empty() { "　" span.dim { (hint) } } }
            span data-percent { @if let Some(percent) = percent { (percent) "%" } }
            @match full {
                Some(full) => progress value=(value.min(full)) max=(full) aria-label=(label) {},
                None => progress aria-label=(label) {},
            }
        }
    }
}

/// Steps of a way through several pages; `current` counts from 0, those before it are done.
pub fn steps(labels: &[&str], current: usize) -> Markup {
    html! {
        ol.hj-steps {
            @for (i, label) in labels.iter().enumerate() {
                li class=[(i < current).then_some("done")] aria-current=[(i == current).then_some("step")] { (label) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_red_note_interrupts() {
        assert!(note(Tone::Red, html! { "x" }, html! {}).into_string().contains(r#"role="alert""#));
        let yellow = note(Tone::Yellow, html! { "x" }, html! {}).into_string();
        assert!(yellow.starts_with(r#"<div class="hj-note yellow" role="status">"#));
        assert!(!yellow.contains("acts"));
    }

    #[test]
    fn progress_has_a_percentage_only_where_the_end_is_known() {
        assert!(progress("导入", "", 62, Some(100)).into_string().contains("62%"));
        assert!(progress("导入", "", 9, Some(3)).into_string().contains("100%"));
        assert!(!progress("导入", "", 3, Some(0)).into_string().contains('%'));
        assert!(job_progress(Lang::ZhCn, "导入", 3, "/jobs/1/events").into_string().contains("可离开本页"));
    }

    #[test]
    fn steps_mark_what_is_done_and_where_one_is() {
        let html = steps(&["选择文件", "核对差异", "写入"], 1).into_string();
        assert_eq!(
            html,
            r#"<ol class="hj-steps"><li class="done">选择文件</li><li aria-current="step">核对差异</li><li>写入</li></ol>"#
        );
    }

    #[test]
    fn an_empty_list_says_why_and_offers_one_act() {
        let html = empty("doc", "没有未达标社区。", html! { a href="/x" { "新增" } }).into_string();
        assert!(html.contains("没有未达标社区。") && html.contains("新增"));
    }
}
