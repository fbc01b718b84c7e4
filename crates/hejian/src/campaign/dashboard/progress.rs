//! 申报进程: the days to the next open date, and the steps of the way to the title.

use chrono::{Datelike as _, NaiveDate};
use hejian_kernel::{
    i18n::{Lang, format, t, ta},
    ui::{Markup, feedback::empty, html},
};
use hejian_workdays::{Beyond, Calendar};

use crate::campaign::record::{Chosen, Dated, STEPS, countdown};

/// Steps drawn at most: more do not fit beside each other.
const SHOWN: usize = 7;

/// The panel, as seen on a day: what was done later counts as open.
pub(super) fn panel(lang: Lang, chosen: &Chosen, dates: &[Dated], day: NaiveDate) -> Markup {
    let then: Vec<Dated> =
        dates.iter().map(|date| Dated { done: date.done && date.on_day <= day, ..date.clone() }).collect();
    let next = countdown(&then, day);
    let mut steps: Vec<&Dated> = then.iter().filter(|date| STEPS.contains(&date.kind.as_str())).collect();
    let over = steps.len().saturating_sub(SHOWN);
    steps.drain(..over);
    html! {
        section.hj-panel.s4 {
            header { h2 { (t(lang, "dashboard-progress")) } a.acts href=(chosen.link("/campaign#dates")) { (t(lang, "dashboard-all-dates")) } }
            div.pad.count {
                @match &next {
                    None => (empty("check", &t(lang, "campaign-nothing-open"), html! {})),
                    Some(next) => div.cd {
                        div.k { (ta(lang, if next.days < 0 { "dashboard-over" } else { "dashboard-until" }, &[("title", next.date.title.clone().into())])) }
                        div.v { (next.days.abs()) small { (t(lang, "campaign-unit-days")) } }
                        div.s.dim { (format::date_long(lang, next.date.on_day)) @if let Some(n) = workdays(day, next.date.on_day) { "　" (ta(lang, "dashboard-workdays", &[("n", n.into())])) } }
                    },
                }
                @if !steps.is_empty() {
                    ol.chain {
                        @for step in &steps {
                            @let current = next.as_ref().is_some_and(|next| next.date.id == step.id);
                            li.done[step.done].cur[current] aria-current=[current.then_some("step")] {
                                span { (t(lang, &format!("campaign-kind-{}", step.kind.replace('_', "-")))) }
                                small { (short(step.on_day, day)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// 07-15 within the year, 2008-12 otherwise.
fn short(of: NaiveDate, day: NaiveDate) -> String {
    if of.year() == day.year() { of.format("%m-%d").to_string() } else { of.format("%Y-%m").to_string() }
}

/// Working days from a day to a later one; none where the calendar cannot tell.
fn workdays(day: NaiveDate, to: NaiveDate) -> Option<i64> {
    let n = Calendar::builtin().beyond(Beyond::WeekendsOnly).workdays_between(day, to).ok()?;
    (n >= 0).then_some(n)
}
