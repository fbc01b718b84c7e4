//! How the desk looks: lamps, drawers, filter, rows, and what is near beside them.

use chrono::NaiveDate;
use hejian_kernel::{
    i18n::{self, Lang, format, t, ta},
    ui::{
        buttons::{Kind, link_button, post_button},
        controls::Choice,
        feedback::{empty, note},
        filter::FilterBar,
        head::{PageHead, Tab, tabs},
        lamp::{LampKind, Tone, lamp, tag},
        pager::pager,
        query::Query,
        shell::SWITCH_POST,
        table::{Cell, Column, Phone, Row, Table, table_box},
        tiles::{Tile, lamp_tiles},
    },
};
use maud::{Markup, html};
use uuid::Uuid;

use super::{
    aside,
    model::{Day, Drawer, Lamp, Wish, kind_label, last_near},
    store::Todo,
};

/// All that the page shows.
pub(super) struct Desk {
    pub lang: Lang,
    pub query: Query,
    pub wish: Wish,
    pub day: Day,
    pub counts: Vec<(Drawer, i64)>,
    pub registers: Vec<String>,
    pub subdistricts: Vec<(Uuid, String)>,
    /// Due dates of all open to-dos.
    pub due: Vec<(Option<NaiveDate>, i64)>,
    /// Due dates of those that the filter leaves.
    pub shown_due: Vec<(Option<NaiveDate>, i64)>,
    pub todos: Vec<Todo>,
    pub total: u64,
    pub waiting: Vec<Todo>,
    pub elsewhere: Vec<(Uuid, String, i64)>,
}

impl Desk {
    /// A desk with nothing on it.
    pub(super) fn empty(lang: Lang, query: Query, wish: Wish, day: Day) -> Self {
        Self {
            lang,
            query,
            wish,
            day,
            counts: Vec::new(),
            registers: Vec::new(),
            subdistricts: Vec::new(),
            due: Vec::new(),
            shown_due: Vec::new(),
            todos: Vec::new(),
            total: 0,
            waiting: Vec::new(),
            elsewhere: Vec::new(),
        }
    }

    /// How many of these due dates have the lamp.
    fn lit(&self, due: &[(Option<NaiveDate>, i64)], lamp: Lamp) -> i64 {
        due.iter().filter(|(d, _)| self.day.lamp(*d) == lamp).map(|(_, n)| n).sum()
    }
}

/// The page's body.
pub(super) fn desk(d: &Desk) -> Markup {
    let lang = d.lang;
    html! {
        (PageHead::new(lang, t(lang, "nav-todo")).meta(format::date_long(lang, d.day.today)))
        (elsewhere(d))
        div.todo-grid {
            div.stack {
                (lamps(d))
                section {
                    (tabs(&t(lang, "nav-todo"), &drawers(d)))
                    (filter(d))
                    (list(d))
                }
            }
            aside.stack.todo-side aria-label=(t(lang, "todo-aside")) { (aside::load(d)) (aside::waiting(d)) }
        }
    }
}

/// Rows of other posts are not shown; that they wait is.
fn elsewhere(d: &Desk) -> Markup {
    let n: i64 = d.elsewhere.iter().map(|(_, _, n)| n).sum();
    let acts = html! {
        @for (post, name, n) in &d.elsewhere {
            @let label = ta(d.lang, "todo-switch", &[("post", name.clone().into()), ("n", (*n).into())]);
            (post_button(&label, SWITCH_POST, &[("post", &post.to_string()), ("back", "/todo")], Kind::Small))
        }
    };
    html! { @if n > 0 { (note(Tone::Blue, html! { (ta(d.lang, "todo-elsewhere", &[("n", n.into())])) }, acts)) } }
}

fn lamps(d: &Desk) -> Markup {
    let tile = |lamp: Lamp| {
        let lang = d.lang;
        let about = match (lamp, d.due.iter().find_map(|(day, _)| d.day.left((*day)?)).filter(|(n, _)| *n < 0)) {
            (Lamp::Over, Some((most, _))) => ta(lang, "todo-lamp-over-most", &[("n", most.unsigned_abs().into())]),
            (Lamp::Near, _) => {
                ta(lang, "todo-lamp-near-until", &[("day", format::date_near(last_near(d.day), d.day.today).into())])
            }
            _ => t(lang, &format!("todo-lamp-{}-about", lamp.key())),
        };
        Tile::lamp(lamp.kind(), &t(lang, &format!("todo-lamp-{}", lamp.key())), d.lit(&d.due, lamp).to_string())
            .unit(t(lang, "todo-unit"))
            .against(about)
            .href(Query::new("/todo").with("lamp", lamp.key()).href())
            .current(d.wish.lamp == Some(lamp))
    };
    lamp_tiles(&t(d.lang, "todo-lamps"), &Lamp::ALL.map(tile))
}

fn drawers(d: &Desk) -> Vec<Tab> {
    let tab = |drawer: Drawer| {
        let query = Query::new("/todo");
        let query = if drawer == Drawer::Open { query } else { query.with("box", drawer.key()) };
        let label = t(d.lang, &format!("todo-{}", drawer.key()));
        let tab = Tab::new(label, query.href(), d.wish.drawer == drawer);
        match d.counts.iter().find(|(of, _)| *of == drawer) {
            Some((_, n)) => tab.count(format::int(*n)),
            None => tab,
        }
    };
    Drawer::ALL.into_iter().map(tab).collect()
}

fn filter(d: &Desk) -> Markup {
    let lang = d.lang;
    let registers: Vec<Choice> = d.registers.iter().map(|r| Choice::new(r.clone(), register_name(lang, r))).collect();
    let places: Vec<Choice> =
        d.subdistricts.iter().map(|(id, name)| Choice::new(id.to_string(), name.clone())).collect();
    html! {
        (FilterBar::new(lang, &d.query)
            .select("register", &t(lang, "todo-register"), &registers)
            .select("under", &t(lang, "todo-subdistrict"), &places)
            .search("q", &t(lang, "todo-search"), &t(lang, "todo-search-hint")))
    }
}

fn register_name(lang: Lang, key: &str) -> String {
    t(lang, &format!("register-{}", key.replace('_', "-")))
}

fn list(d: &Desk) -> Markup {
    let lang = d.lang;
    if d.todos.is_empty() {
        let why =
            if d.wish.narrowed() { "todo-none-left".to_owned() } else { format!("todo-none-{}", d.wish.drawer.key()) };
        let all = if d.wish.drawer == Drawer::Open {
            Query::new("/todo")
        } else {
            Query::new("/todo").with("box", d.wish.drawer.key())
        };
        let act =
            html! { @if d.wish.narrowed() { (link_button(&t(lang, "filter-clear"), &all.href(), "", Kind::Small)) } };
        return html! { div.hj-tw id="list" { (empty("check", &t(lang, &why), act)) } };
    }
    let mut table =
        Table::new(lang, t(lang, &format!("todo-{}", d.wish.drawer.key())), head(d)).class("todo-t").stick();
    let mut group = None;
    for todo in &d.todos {
        let lamp = d.day.lamp(todo.due_on);
        if d.wish.grouped() && group != Some(lamp) {
            group = Some(lamp);
            let n = ta(lang, "todo-count", &[("n", d.lit(&d.shown_due, lamp).into())]);
            table = table.group(&t(lang, &format!("todo-group-{}", lamp.key())), &n);
        }
        table = table.row(row(d, todo));
    }
    table_box("list", html! { (table) }, pager(lang, &d.query, d.wish.page, d.wish.per, d.total))
}

fn head(d: &Desk) -> Vec<Column> {
    let lang = d.lang;
    let label = |key: &str| t(lang, key);
    let done = d.wish.drawer == Drawer::Done;
    let mut received = Column::num(label("todo-received")).class("dim").phone(Phone::Hidden);
    let mut due = Column::num(label(if done { "todo-finished" } else { "todo-due" })).class("due").phone(Phone::Line);
    if !done {
        received = received.sort(&d.query, "received");
        due = due.sort(&d.query, "due");
    }
    vec![
        Column::text(label("todo-lamp")).tight().class("lampcell"),
        Column::text(label("todo-kind")).tight().class("typ"),
        Column::text(label("todo-matter")).class("main"),
        Column::text(label(if d.wish.drawer == Drawer::Sent { "todo-to" } else { "todo-from" })).class("from"),
        received,
        due,
        Column::text(label("table-actions")).tight().class("act").quiet_head(),
    ]
}

fn row(d: &Desk, todo: &Todo) -> Row {
    let (lang, today) = (d.lang, d.day.today);
    let label = kind_label(&todo.kind);
    let kind = if i18n::has(lang, &label) { t(lang, &label) } else { t(lang, "todo-act") };
    let about = todo.register.as_deref().map(|r| register_name(lang, r)).unwrap_or_default();
    let href = todo.register.as_ref().zip(todo.record).map(|(register, id)| format!("/registers/{register}/{id}"));
    let title: Cell = match &href {
        Some(href) => Cell::title(&todo.title, href, &about),
        None => html! { span.title { (todo.title) } @if !about.is_empty() { span.sub { (about) } } }.into(),
    };
    let who = if d.wish.drawer == Drawer::Sent { &todo.post } else { &todo.sent_by };
    let from = html! { (who) @if let Some(unit) = &todo.unit { span.sub { (unit) } } };
    let open = todo.done_at.is_none() && d.wish.drawer == Drawer::Open;
    let verb = t(lang, if open { "todo-act" } else { "todo-look" });
    Row::new(vec![
        mark(d, todo).into(),
        tag(if todo.kind == "copy" { Tone::Line } else { Tone::Plain }, &kind).into(),
        title,
        from.into(),
        format::moment_near(todo.created_at, today).into(),
        due(d, todo),
        html! { @if let Some(href) = &href { (link_button(&verb, href, "", Kind::Small)) } }.into(),
    ])
    .id(format!("row-{}", todo.id))
}

pub(super) fn mark(d: &Desk, todo: &Todo) -> Markup {
    match todo.done_at {
        Some(_) => lamp(LampKind::Green, &t(d.lang, "todo-lamp-done")),
        None => {
            let state = d.day.lamp(todo.due_on);
            lamp(state.kind(), &t(d.lang, &format!("todo-lamp-{}", state.key())))
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
    let cell: Cell = html! { span.d { (format::date_near(day, today)) } span.sub { (left(d, day)) } }.into();
    match d.day.lamp(todo.due_on) {
        Lamp::Over => cell.class("down b"),
        Lamp::Near => cell.class("yel b"),
        _ => cell,
    }
}

/// 剩 3 个工作日, 今日到期, 逾期 1 个工作日; an estimate says so.
pub(super) fn left(d: &Desk, due: NaiveDate) -> String {
    match d.day.left(due) {
        None => String::new(),
        Some((n, false)) => format::due(d.lang, n),
        Some((n, true)) => ta(d.lang, "todo-estimate", &[("left", format::due(d.lang, n).into())]),
    }
}
