//! How the desk looks: lamps, drawers, filter, rows, and what is near beside them.

use chrono::NaiveDate;
use hejian_kernel::{
    i18n::{Lang, format, t, ta},
    ui::{
        buttons::{Kind, link_button, post_button},
        controls::Choice,
        feedback::{empty, note},
        filter::FilterBar,
        head::{PageHead, Tab, tabs},
        lamp::Tone,
        pager::{batch_bar, pager},
        query::Query,
        shell::SWITCH_POST,
        table::{Column, Phone, Table, table_box},
        tiles::{Tile, lamp_tiles},
    },
};
use maud::{Markup, html};
use uuid::Uuid;

use super::{
    aside,
    model::{Day, Drawer, Lamp, Wish, last_near},
    row,
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

    /// Whether the rows are what other posts have to do.
    pub(super) fn others(&self) -> bool {
        matches!(self.wish.drawer, Drawer::Sent | Drawer::Watched)
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
            .href(
                drawer_query(if d.wish.drawer.is_open() { d.wish.drawer } else { Drawer::Open })
                    .with("lamp", lamp.key())
                    .href(),
            )
            .current(d.wish.lamp == Some(lamp))
    };
    lamp_tiles(&t(d.lang, "todo-lamps"), &Lamp::ALL.map(tile))
}

fn drawers(d: &Desk) -> Vec<Tab> {
    let tab = |drawer: Drawer| {
        let query = drawer_query(drawer);
        let label = t(d.lang, &format!("todo-{}", drawer.key()));
        let tab = Tab::new(label, query.href(), d.wish.drawer == drawer);
        match d.counts.iter().find(|(of, _)| *of == drawer) {
            Some((_, n)) => tab.count(format::int(*n)),
            None => tab,
        }
    };
    let known = |drawer: &Drawer| *drawer != Drawer::Watched || d.counts.iter().any(|(of, _)| of == drawer);
    Drawer::ALL.into_iter().filter(known).map(tab).collect()
}

fn drawer_query(drawer: Drawer) -> Query {
    let query = Query::new("/todo");
    if drawer == Drawer::Open { query } else { query.with("box", drawer.key()) }
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

pub(super) fn register_name(lang: Lang, key: &str) -> String {
    t(lang, &format!("register-{}", key.replace('_', "-")))
}

fn list(d: &Desk) -> Markup {
    let lang = d.lang;
    if d.todos.is_empty() {
        let why =
            if d.wish.narrowed() { "todo-none-left".to_owned() } else { format!("todo-none-{}", d.wish.drawer.key()) };
        let all = drawer_query(d.wish.drawer);
        let act =
            html! { @if d.wish.narrowed() { (link_button(&t(lang, "filter-clear"), &all.href(), "", Kind::Small)) } };
        return html! { div.hj-tw id="list" { (empty("check", &t(lang, &why), act)) } };
    }
    let mut table =
        Table::new(lang, t(lang, &format!("todo-{}", d.wish.drawer.key())), head(d)).class("todo-t").stick();
    // What is done needs no act any more.
    let batch = d.wish.drawer != Drawer::Done;
    if batch {
        table = table.selectable(BATCH);
    }
    let mut group = None;
    for todo in &d.todos {
        let lamp = d.day.lamp(todo.due_on);
        if d.wish.grouped() && group != Some(lamp) {
            group = Some(lamp);
            let n = ta(lang, "todo-count", &[("n", d.lit(&d.shown_due, lamp).into())]);
            table = table.group(&t(lang, &format!("todo-group-{}", lamp.key())), &n);
        }
        table = table.row(row::row(d, todo));
    }
    let below = html! {
        @if batch { (batch_bar(lang, BATCH, "/todo/batch", chosen(d))) }
        (pager(lang, &d.query, d.wish.page, d.wish.per, d.total))
    };
    table_box("list", html! { (table) }, below)
}

/// The form that the tick boxes belong to.
const BATCH: &str = "batch";

/// The next page shows what can be done with the ticked rows, so this only looks.
fn chosen(d: &Desk) -> Markup {
    html! {
        span { (t(d.lang, "todo-batch-unit")) }
        button.btn.btn-primary type="submit" formmethod="get" formaction="/todo/batch" { (t(d.lang, "todo-batch-ask")) }
        span.hint.dim.xs { (t(d.lang, "todo-batch-hint")) }
    }
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
        Column::text(label(if d.others() { "todo-to" } else { "todo-from" })).class("from"),
        received,
        due,
        Column::text(label("table-actions")).tight().class("act").quiet_head(),
    ]
}
