//! The days of a campaign: what is next and in how many days, and all of them on one line.

use chrono::NaiveDate;
use hejian_kernel::{
    i18n::{Lang, format, t, ta},
    ui::{
        Markup,
        buttons::{Kind, post_button},
        html,
        lamp::{LampKind, Tone, lamp, tag},
    },
};

use super::{Chosen, Dated};

/// The next date that is not done, or the oldest that is over and not done.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Countdown<'d> {
    /// The date.
    pub date: &'d Dated,
    /// Days to it; below 0 it is over.
    pub days: i64,
}

/// The next open date seen from a day; without one, the latest open one that is over.
#[must_use]
pub fn countdown(dates: &[Dated], day: NaiveDate) -> Option<Countdown<'_>> {
    let open = || dates.iter().filter(|date| !date.done);
    let next = open().filter(|date| date.on_day >= day).min_by_key(|date| date.on_day);
    let date = next.or_else(|| open().max_by_key(|date| date.on_day))?;
    Some(Countdown { date, days: (date.on_day - day).num_days() })
}

impl Countdown<'_> {
    /// 还有 23 天 / 今天 / 已过 3 天
    #[must_use]
    pub fn says(&self, lang: Lang) -> String {
        match self.days {
            0 => t(lang, "campaign-today"),
            n if n > 0 => ta(lang, "campaign-in-days", &[("n", n.into())]),
            n => ta(lang, "campaign-days-ago", &[("n", (-n).into())]),
        }
    }
}

/// How sure something is, as a small mark.
pub(super) fn mark(lang: Lang, mark: Option<&str>) -> Markup {
    match mark {
        Some("real") => tag(Tone::Green, &t(lang, "campaign-mark-real")),
        Some("inferred") => tag(Tone::Yellow, &t(lang, "campaign-mark-inferred")),
        Some("synthetic") => tag(Tone::Yellow, &t(lang, "campaign-mark-synthetic")),
        _ => html! {},
    }
}

/// All dates: those still open in their order, then those done, the latest first; with buttons for whoever may change them.
pub(super) fn line(lang: Lang, chosen: &Chosen, dates: &[Dated], today: NaiveDate, edits: bool) -> Markup {
    let (done, open): (Vec<&Dated>, Vec<&Dated>) = dates.iter().partition(|date| date.done);
    html! {
        @for (key, part) in [("campaign-open", open), ("campaign-past", done.into_iter().rev().collect())] {
            @if !part.is_empty() {
                h3.hj-h3.pad { (t(lang, key)) }
                ol.hj-time.pad { @for date in part { (item(lang, chosen, date, today, edits)) } }
            }
        }
        @if dates.is_empty() { p.pad.dim { (t(lang, "campaign-no-dates")) } }
    }
}

fn item(lang: Lang, chosen: &Chosen, date: &Dated, today: NaiveDate, edits: bool) -> Markup {
    let about: Vec<&str> = [&date.document, &date.note].into_iter().flatten().map(String::as_str).collect();
    let done = if date.done { ("campaign-reopen", "false") } else { ("campaign-mark-done", "true") };
    let act = |what: &str| chosen.link(&format!("/campaign/dates/{}/{what}", date.id));
    html! {
        li {
            time datetime=(date.on_day) { (date.on_day) "　" (t(lang, &format!("campaign-kind-{}", date.kind.replace('_', "-")))) }
            div.flex.flex-w {
                b { (date.title) }
                @if !date.done {
                    @let next = Countdown { date, days: (date.on_day - today).num_days() };
                    @if next.days < 0 { (lamp(LampKind::Red, &t(lang, "campaign-over"))) }
                    @else { (lamp(LampKind::Grey, &next.says(lang))) }
                }
                (mark(lang, date.mark.as_deref()))
                @if edits {
                    span.flex.end.no-print {
                        (post_button(&t(lang, done.0), &act("done"), &[("done", done.1)], Kind::SmallQuiet))
                        (post_button(&t(lang, "campaign-remove"), &act("remove"), &[], Kind::SmallQuiet))
                    }
                }
            }
            @if !about.is_empty() { div.dim.xs { (about.join(" · ")) } }
        }
    }
}

/// A day of the line in a table: 2009-05-13 (还有 3 天).
pub(super) fn when(lang: Lang, of: Countdown<'_>) -> Markup {
    html! { (format::date(of.date.on_day)) " " (of.date.title) span.sub { (of.says(lang)) } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn date(on: &str, done: bool) -> Dated {
        Dated {
            id: Uuid::nil(),
            campaign_id: Uuid::nil(),
            kind: "other".into(),
            on_day: on.parse().expect("a day"),
            title: on.to_owned(),
            document: None,
            note: None,
            mark: None,
            done,
        }
    }

    #[test]
    fn the_countdown_is_to_the_next_open_date_and_without_one_from_the_last_that_was_missed() {
        let day = "2009-06-22".parse().expect("a day");
        let all = [date("2009-05-13", false), date("2009-06-30", true), date("2009-10-19", false)];
        let next = countdown(&all, day).expect("one");
        assert_eq!((next.date.title.as_str(), next.days), ("2009-10-19", 119));
        let missed = countdown(&all[..2], day).expect("one");
        assert_eq!((missed.date.title.as_str(), missed.days), ("2009-05-13", -40));
        assert_eq!(countdown(&all[1..2], day), None, "nothing is open");
        assert_eq!(countdown(&[date("2009-06-22", false)], day).map(|of| of.days), Some(0));
    }
}
