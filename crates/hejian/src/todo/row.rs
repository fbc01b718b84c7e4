//! A row of the desk: lamp, kind, matter, from whom, when, and the next act.

use hejian_kernel::{
    i18n::{self, Lang, format, t, ta},
    ui::{
        buttons::{Kind, link_button, post_button},
        lamp::{LampKind, Tone, lamp, tag},
        table::{Cell, Row},
    },
};
use maud::{Markup, html};

use super::{
    model::{Day, Drawer, Lamp, kind_label},
    store::Todo,
    views::{Desk, register_name},
};

/// What kind of to-do it is, in a word.
pub(super) fn kind(lang: Lang, todo: &Todo) -> String {
    let label = kind_label(&todo.kind);
    if i18n::has(lang, &label) { t(lang, &label) } else { t(lang, "todo-act") }
}

pub(super) fn row(d: &Desk, todo: &Todo) -> Row {
    let (lang, today) = (d.lang, d.day.today);
    let about = todo.register.as_deref().map(|r| register_name(lang, r)).unwrap_or_default();
    let (href, own) = (todo.place(), format!("/todo/{}", todo.id));
    let nudged = html! {
        @if let Some(day) = todo.nudged_on.filter(|_| !todo.is_done()) {
            (tag(Tone::Red, &ta(lang, "todo-nudged-mark", &[("n", todo.nudges.into()), ("day", format::date_near(day, today).into())])))
        }
    };
    let title: Cell = html! {
        a.title href=(own) { (todo.titled().said(lang)) } (nudged)
        @if !about.is_empty() { span.sub { (about) } }
    }
    .into();
    let who = if d.others() { &todo.post } else { &todo.sent_by };
    let from = html! { (who) @if let Some(unit) = &todo.unit { span.sub { (unit) } } };
    let act = match (d.wish.drawer, &href) {
        (Drawer::Open, Some(href)) if !todo.is_done() => link_button(&t(lang, "todo-act"), href, "", Kind::Small),
        (Drawer::Copied, _) if !todo.is_done() => {
            post_button(&t(lang, "todo-do-read"), &format!("{own}/read"), &[], Kind::Small)
        }
        (_, Some(href)) => link_button(&t(lang, "todo-look"), href, "", Kind::Small),
        (_, None) => html! {},
    };
    let mut row = Row::new(vec![
        mark(d, todo).into(),
        tag(if todo.is_copy() { Tone::Line } else { Tone::Plain }, &kind(lang, todo)).into(),
        title,
        from.into(),
        format::moment_near(todo.created_at, today).into(),
        due(d, todo),
        act.into(),
    ])
    .id(format!("row-{}", todo.id));
    if !todo.is_done() {
        row = row.check(todo.id.to_string(), todo.titled().said(lang));
    }
    row
}

pub(super) fn mark(d: &Desk, todo: &Todo) -> Markup {
    lamp_of(d.lang, d.day, todo)
}

/// The lamp of a to-do with its word.
pub(super) fn lamp_of(lang: Lang, day: Day, todo: &Todo) -> Markup {
    match (todo.done_at, todo.is_copy()) {
        (Some(_), true) => lamp(LampKind::Green, &t(lang, "todo-lamp-read")),
        (Some(_), false) => lamp(LampKind::Green, &t(lang, "todo-lamp-done")),
        (None, true) => lamp(LampKind::Grey, &t(lang, "todo-lamp-unread")),
        (None, false) => {
            let state = day.lamp(todo.due_on);
            lamp(state.kind(), &t(lang, &format!("todo-lamp-{}", state.key())))
        }
    }
}

fn due(d: &Desk, todo: &Todo) -> Cell {
    let (lang, today) = (d.lang, d.day.today);
    if let Some(at) = todo.done_at {
        // The name alone; the post stands in the record's history.
        let by = todo.done_by.as_deref().and_then(|by| by.split('（').next()).unwrap_or_default();
        return html! { span.d { (format::moment_near(at, today)) } span.sub { (by) } }.into();
    }
    let Some(day) = todo.due_on else {
        return html! { span.d { (format::DASH) } span.sub { (t(lang, "todo-lamp-undated")) } }.into();
    };
    let cell: Cell = html! { span.d { (format::date_near(day, today)) } span.sub { (d.day.words(lang, day)) } }.into();
    match d.day.lamp(todo.due_on) {
        Lamp::Over => cell.class("down b"),
        Lamp::Near => cell.class("yel b"),
        _ => cell,
    }
}
