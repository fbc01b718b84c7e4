//! How the tree looks: counts, filter, a table in groups, and beside it the map.

use hejian_kernel::{
    i18n::{format, t, ta},
    ui::{
        Markup,
        buttons::{Kind, link_button},
        controls::Choice,
        feedback::{empty, note},
        filter::FilterBar,
        head::{PageHead, panel_pad},
        html,
        lamp::Tone,
        query::Query,
        table::{Cell, Column, Phone, Row, Table, table_box},
        tiles::{Tile, tiles},
    },
    unit::Unit,
    web::Ctx,
};
use uuid::Uuid;

use super::{
    super::{store::units::Change, words},
    demo,
    map::map,
    tree::Tree,
};

/// The page's body.
pub(super) fn body(ctx: &Ctx, tree: &Tree) -> Markup {
    let lang = ctx.lang;
    let leaves: Vec<&Unit> =
        tree.units.iter().filter(|u| ["community", "residents_committee"].contains(&u.kind.as_str())).collect();
    let drawing = map(lang, &leaves, &tree.boundaries, &tree.names, None);
    html! {
        (PageHead::new(lang, t(lang, "nav-organisation"))
            .demo(demo(ctx))
            .meta(ta(lang, "organisation-on", &[("day", format::date_long(lang, tree.on).into())]))
            .act(link_button(&t(lang, "organisation-persons"), "/organisation/persons", "people", Kind::Plain)))
        (notes(ctx, tree))
        (counts(ctx, tree))
        div.hj-grid.mt {
            div class=(if drawing.is_some() { "s8" } else { "s12" }) { (filter(ctx, tree)) (list(ctx, tree)) }
            div class=(if drawing.is_some() { "s4 stack" } else { "s12 stack" }) {
                @if let Some(drawing) = drawing { (panel_pad(&t(lang, "organisation-map"), html! {}, drawing)) }
                (changes(ctx, tree))
            }
        }
    }
}

fn notes(ctx: &Ctx, tree: &Tree) -> Markup {
    let lang = ctx.lang;
    let back = link_button(&t(lang, "organisation-today"), &tree.query.without("on").href(), "", Kind::Small);
    html! {
        @if let Some(text) = &tree.not_a_day {
            (note(Tone::Yellow, html! { (ta(lang, "field-not-a-date", &[("value", text.clone().into())])) }, back))
        } @else if tree.on != tree.today {
            (note(Tone::Blue, html! { (ta(lang, "organisation-not-today", &[("day", format::date(tree.on).into())])) }, back))
        }
    }
}

/// How many there are of each kind; a tile filters.
fn counts(ctx: &Ctx, tree: &Tree) -> Markup {
    let lang = ctx.lang;
    let present = tree.query.get("kind").unwrap_or_default();
    let of = |kind: &str| tree.units.iter().filter(|u| u.kind == kind).count();
    let tile = |kind: &&str| {
        let on = present == *kind;
        let query = tree.query.without("under").without("q");
        let query = if on { query.without("kind") } else { query.with("kind", *kind) };
        Tile::new(words::kind(lang, kind), of(kind).to_string())
            .unit(t(lang, "organisation-unit-count"))
            .href(query.href())
            .current(on)
    };
    let shown: Vec<Tile> =
        words::KINDS.iter().filter(|k| **k != "district" && (of(k) > 0 || present == **k)).map(tile).collect();
    html! { @if shown.len() > 1 { (tiles(&shown)) } }
}

fn filter(ctx: &Ctx, tree: &Tree) -> Markup {
    let lang = ctx.lang;
    let has = |kind: &str| tree.units.iter().any(|u| u.kind == kind);
    let kinds: Vec<Choice> =
        words::KINDS.iter().filter(|k| has(k)).map(|k| Choice::new(*k, words::kind(lang, k))).collect();
    let under: Vec<Choice> = tree
        .units
        .iter()
        .filter(|u| u.kind == "subdistrict")
        .map(|u| Choice::new(u.id.to_string(), u.name.clone()))
        .collect();
    let mut bar = FilterBar::new(lang, &tree.query);
    if under.len() > 1 {
        bar = bar.select("under", &words::kind(lang, "subdistrict"), &under);
    }
    html! {
        (bar.select("kind", &t(lang, "unit-kind"), &kinds)
            .search("q", &t(lang, "todo-search"), &t(lang, "organisation-search-hint"))
            .more_text("on", &t(lang, "organisation-on-day"), &format::date(tree.today)))
    }
}

/// Units in groups: each subdistrict with its own, each section of departments.
fn list(ctx: &Ctx, tree: &Tree) -> Markup {
    let lang = ctx.lang;
    let mut shown: Vec<&Unit> = tree.units.iter().filter(|u| tree.shows(u)).collect();
    // Departments stand by section, within a section and everywhere else in the official order.
    shown.sort_by_key(|u| words::SECTIONS.iter().position(|s| u.kind == "department" && *s == section(u)));
    if shown.is_empty() {
        let act = link_button(&t(lang, "filter-clear"), "/organisation", "", Kind::Small);
        return html! { div.hj-tw id="list" { (empty("found", &t(lang, "organisation-none"), act)) } };
    }
    let label = |key: &str| t(lang, key);
    let columns = vec![
        Column::text(label("unit-name")),
        Column::text(label("unit-kind")).tight().phone(Phone::Inline),
        Column::text(label("unit-head")).tight().phone(Phone::Named),
        Column::num(label("unit-posts")),
        Column::text(label("unit-since")).tight().class("dim").phone(Phone::Hidden),
        Column::text(label("unit-data")).tight().phone(Phone::Inline),
    ];
    let mut table = Table::new(lang, label("nav-organisation"), columns).stick();
    let mut open = None;
    for unit in &shown {
        let group = group_of(tree, unit);
        if open.as_ref() != Some(&group) {
            let n = shown.iter().filter(|u| group_of(tree, u) == group && !is_head(u)).count();
            let n = if n == 0 { String::new() } else { ta(lang, "organisation-count", &[("n", n.into())]) };
            table = table.group(&group_name(ctx, tree, &group), &n);
            open = Some(group);
        }
        table = table.row(row(ctx, tree, unit));
    }
    let total = ta(lang, "organisation-count", &[("n", shown.len().into())]);
    table_box("list", html! { (table) }, html! { div.hj-page { span { (total) } } })
}

/// What a unit stands under in the table.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Group {
    /// A subdistrict and what is under it; the district itself.
    Under(Option<Uuid>),
    /// A section of departments.
    Section(String),
}

/// The section of a department; one without is among the others.
fn section(unit: &Unit) -> &str {
    unit.section.as_deref().filter(|s| words::SECTIONS.contains(s)).unwrap_or("other")
}

fn is_head(unit: &Unit) -> bool {
    ["district", "subdistrict"].contains(&unit.kind.as_str())
}

fn group_of(tree: &Tree, unit: &Unit) -> Group {
    match unit.kind.as_str() {
        "department" => Group::Section(section(unit).to_owned()),
        "district" | "subdistrict" => Group::Under(Some(unit.id)),
        _ => Group::Under(unit.parent.filter(|p| tree.names.contains_key(p))),
    }
}

fn group_name(ctx: &Ctx, tree: &Tree, group: &Group) -> String {
    match group {
        Group::Under(Some(id)) => tree.names.get(id).cloned().unwrap_or_default(),
        Group::Under(None) => t(ctx.lang, "organisation-elsewhere"),
        Group::Section(section) => t(ctx.lang, &format!("unit-section-{}", section.replace('_', "-"))),
    }
}

fn row(ctx: &Ctx, tree: &Tree, unit: &Unit) -> Row {
    let lang = ctx.lang;
    let href = format!("/organisation/units/{}", unit.id);
    let name = html! {
        a.title href=(href) { (unit.name) } (words::honours(lang, unit))
        @if let Some(code) = &unit.code { span.sub { (code) } }
    };
    let head = match tree.heads.get(&unit.id) {
        Some((post, name)) => html! { a href=(format!("/organisation/posts/{post}")) { (name) } },
        None => html! { (format::DASH) },
    };
    let posts = match tree.posts.get(&unit.id) {
        Some((all, held)) if all != held => format!("{held} / {all}"),
        Some((all, _)) => all.to_string(),
        None => format::DASH.to_owned(),
    };
    let row = Row::new(vec![
        name.into(),
        words::kind(lang, &unit.kind).into(),
        head.into(),
        posts.into(),
        Cell::from(format::date(unit.valid_from)),
        words::mark(lang, &unit.name_status).into(),
    ]);
    if is_head(unit) { row.class("b") } else { row }
}

/// Days on which units changed, each with a look at the day before.
fn changes(ctx: &Ctx, tree: &Tree) -> Markup {
    let lang = ctx.lang;
    let item = |c: &Change| {
        let eve = c.effective_on.pred_opt().unwrap_or(c.effective_on);
        let args =
            [("kind", words::lineage(lang, &c.kind).into()), ("before", c.before.into()), ("after", c.after.into())];
        let at = |day| Query::new("/organisation").with("on", format::date(day)).href();
        html! {
            li {
                time datetime=(format::date(c.effective_on)) { (format::date(c.effective_on)) }
                (ta(lang, "organisation-change", &args)) " "
                a href=(at(eve)) { (t(lang, "organisation-before")) } " · "
                a href=(at(c.effective_on)) { (t(lang, "organisation-after")) }
            }
        }
    };
    html! {
        @if !tree.changes.is_empty() {
            (panel_pad(&t(lang, "organisation-changes"), html! {}, html! { ol.hj-time { @for c in &tree.changes { (item(c)) } } }))
        }
    }
}
