//! Beside the desk: what falls due soon, and what others still owe this post.

use chrono::{Datelike as _, NaiveDate};
use hejian_kernel::{
    i18n::{format, t, ta},
    ui::{
        buttons::{Kind, link_button},
        head::{panel, panel_pad},
    },
};
use maud::{Markup, html};

use super::{model::Drawer, row::mark, store::Todo, views::Desk};

/// What falls due on the next ten working days.
pub(super) fn load(d: &Desk) -> Markup {
    let lang = d.lang;
    let days = d.day.coming(10);
    let load = d.day.load(&days, &d.due);
    if load.iter().all(|n| *n == 0) {
        return html! {};
    }
    let says: Vec<String> = days
        .iter()
        .zip(&load)
        .filter(|(_, n)| **n > 0)
        .map(|(day, n)| {
            ta(lang, "todo-load-day", &[("day", format::date_near(*day, d.day.today).into()), ("n", (*n).into())])
        })
        .collect();
    let says = ta(lang, "todo-load-says", &[("days", says.join(&t(lang, "todo-load-comma")).into())]);
    let unit = html! { span.dim.xs { (t(lang, "todo-load-unit")) } };
    panel_pad(&t(lang, "todo-load"), unit, columns(&days, &load, &says))
}

/// A narrow column a day with its figure above and the day of the month below; the first is today.
fn columns(days: &[NaiveDate], load: &[i64], says: &str) -> Markup {
    const STEP: i64 = 24;
    const ROOM: i64 = 44;
    let high = load.iter().copied().max().unwrap_or(1).max(1);
    let width = STEP * i64::try_from(days.len().max(1)).unwrap_or(1);
    html! {
        svg.load viewBox=(format!("0 -8 {width} 80")) role="img" aria-label=(says) {
            @for (at, (day, n)) in (0_i64..).zip(days.iter().zip(load)) {
                @let (height, middle) = (n * ROOM / high, at * STEP + STEP / 2);
                rect class=[(at == 0).then_some("now")] x=(at * STEP + 4) y=(54 - height) width="16" height=(height) {}
                @if *n > 0 { text x=(middle) y=(50 - height) text-anchor="middle" { (n) } }
                text.w x=(middle) y="68" text-anchor="middle" { (day.day()) }
            }
        }
    }
}

/// What this post sent to others and still waits for.
pub(super) fn waiting(d: &Desk) -> Markup {
    let lang = d.lang;
    if d.waiting.is_empty() {
        return html! {};
    }
    let sent = d.counts.iter().find(|(drawer, _)| *drawer == Drawer::Sent).map_or(0, |(_, n)| *n);
    let all = html! { a href="/todo?box=sent" { (ta(lang, "todo-waiting-all", &[("n", sent.into())])) } };
    let item = |todo: &Todo| {
        html! {
            li {
                (mark(d, todo))
                span.grow {
                    (todo.titled().said(lang)) span.sub { (todo.post) }
                    @if let Some(day) = todo.due_on { span.sub { (d.day.words(lang, day)) } }
                }
                (link_button(&t(lang, "todo-look"), &format!("/todo/{}", todo.id), "", Kind::Small))
            }
        }
    };
    panel(&t(lang, "todo-waiting"), all, html! { ul.mini { @for todo in &d.waiting { (item(todo)) } } })
}
