//! 在办账龄: open items by how far they are from their due day, and the items themselves.
//!
//! The rule that matters: every figure filters the list under it, and the list says how many it leaves out because they are not the
//! reader's to see.

use hejian_kernel::{
    i18n::{format, ta},
    ui::{
        Markup,
        bars::{BarTone, bar},
        feedback::empty,
        head::{panel, panel_foot},
        html,
        lamp::{LampKind, Tone, lamp, tag},
        query::Query,
        table::{Cell, Column, Phone, Row, Table},
    },
};
use hejian_workdays::Standing;

use super::{
    card::{Card, Ground},
    item::{Age, Item, Kind},
};

/// How many items the list shows unasked, and how many of those asked for; the unit's duties have a page of their own.
const SHOWN: (usize, usize) = (12, 100);

fn shape(age: Age) -> LampKind {
    match age {
        Age::Over1 | Age::Over2 | Age::Over3 => LampKind::Red,
        Age::Near => LampKind::Yellow,
        Age::Later => LampKind::Green,
        Age::Undated => LampKind::Grey,
    }
}

/// The panel.
pub(super) fn ages(ground: &Ground, card: &Card<'_>, query: &Query) -> Markup {
    let lang = ground.here.lang;
    let mut columns = vec![Column::text(ground.t("scorecard-age"))];
    columns.extend(Kind::ALL.map(|kind| Column::num(ground.t(&format!("scorecard-kind-{}", kind.key())))));
    columns.push(Column::num(ground.t("scorecard-all")).class("b"));
    columns.push(Column::text(ground.t("scorecard-share")).phone(Phone::Hidden));
    let whole = card.tally.open(None).max(1);
    let cell = |kind: Option<Kind>, age: Age| -> Cell {
        let n = card.tally.count(kind, age);
        if n == 0 {
            return Cell::from("0").class("dim");
        }
        let to = query.with("age", age.key());
        let to = kind.map_or_else(|| to.without("of"), |kind| to.with("of", kind.key()));
        html! { a href=(format!("{}#items", to.href())) { span.down[age.is_over()] { (n) } } }.into()
    };
    let row = |age: Age| {
        let mut cells: Vec<Cell> = vec![lamp(shape(age), &ground.t(&format!("scorecard-age-{}", age.key()))).into()];
        cells.extend(Kind::ALL.map(|kind| cell(Some(kind), age)));
        cells.push(cell(None, age));
        let n = card.tally.count(None, age);
        let tone = match shape(age) {
            LampKind::Red => BarTone::Red,
            LampKind::Yellow => BarTone::Yellow,
            LampKind::Green => BarTone::Green,
            _ => BarTone::Dim,
        };
        cells.push(bar(n as f64 / whole as f64, 0.0, None, tone, "").into());
        Row::new(cells)
    };
    let mut foot: Vec<Cell> = vec![ground.t("scorecard-all").into()];
    foot.extend(Kind::ALL.map(|kind| Cell::from(card.tally.open(Some(kind)).to_string())));
    foot.extend([Cell::from(card.tally.open(None).to_string()), Cell::default()]);
    let table = Table::new(lang, ground.t("scorecard-ages"), columns).rows(Age::ALL.map(row)).foot(foot).no_cards();
    let body = html! { div.hj-scroll { (table) } };
    let drawn = panel_foot(&ground.t("scorecard-ages"), html! {}, body, html! { (ground.t("scorecard-ages-how")) });
    html! { div id="ages" { (drawn) } }
}

/// The open items that the address asks for, the most urgent first.
pub(super) fn items(ground: &Ground, card: &Card<'_>, query: &Query) -> Markup {
    let day = ground.day();
    let age = query.get("age").and_then(|text| Age::ALL.into_iter().find(|age| age.key() == text));
    let kind = query.get("of").and_then(|text| Kind::ALL.into_iter().find(|kind| kind.key() == text));
    let mut all: Vec<&Item> = card.items.iter().copied().filter(|item| item.is_open(day)).collect();
    all.retain(|item| kind.is_none_or(|kind| item.kind == kind));
    all.retain(|item| age.is_none_or(|age| Age::of(&ground.calendar, item.due, day) == age));
    all.sort_by_key(|item| (item.due.is_none(), item.due, item.began, item.kind, item.id));
    let asked = all.len();
    let told: Vec<(&Item, (String, String))> =
        all.into_iter().filter_map(|item| Some((item, ground.title(item)?))).collect();
    let shown = if age.is_some() || kind.is_some() { SHOWN.1 } else { SHOWN.0 };
    let (hidden, cut) = (asked - told.len(), told.len().saturating_sub(shown));
    let columns = vec![
        Column::text(ground.t("todo-lamp")).tight().phone(Phone::Inline),
        Column::text(ground.t("scorecard-kind")).tight().phone(Phone::Inline),
        Column::text(ground.t("scorecard-item")),
        Column::text(ground.t("duty-unit")).phone(Phone::Inline),
        Column::text(ground.t("duty-person")).phone(Phone::Inline),
        Column::num(ground.t("scorecard-began")).class("dim").phone(Phone::Hidden),
        Column::text(ground.t("duty-due")).class("nowrap").phone(Phone::Named),
    ];
    let rows = told.iter().take(shown).map(|(item, (title, href))| row(ground, item, title, href));
    let title = ground.t("scorecard-items");
    let chosen = age.map(|age| format!("scorecard-age-{}", age.key())).into_iter();
    let chosen = chosen.chain(kind.map(|kind| format!("scorecard-kind-{}", kind.key())));
    let bare = query.without("age").without("of");
    let acts = html! {
        @for key in chosen { (tag(Tone::Accent, &ground.t(&key))) " " }
        @if age.is_some() || kind.is_some() { a href=(format!("{}#items", bare.href())) { (ground.t("filter-clear")) } }
        span.dim.xs { (ta(ground.here.lang, "scorecard-items-n", &[("n", asked.into())])) }
    };
    let body = html! {
        @if asked == 0 { (empty("check", &ground.t("scorecard-items-none"), html! {})) }
        @else if !told.is_empty() { (Table::new(ground.here.lang, title.clone(), columns).rows(rows)) }
        @if hidden > 0 { p.pad.sm.dim { (ta(ground.here.lang, "scorecard-items-hidden", &[("n", hidden.into())])) } }
        @if cut > 0 {
            p.pad.sm.dim {
                (ta(ground.here.lang, "scorecard-items-cut", &[("n", cut.into())])) " "
                a href=(ground.here.link(&format!("/duty/units/{}", card.unit.key))) { (ground.t("duty-all")) }
            }
        }
    };
    html! { div id="items" { (panel(&title, acts, body)) } }
}

fn row(ground: &Ground, item: &Item, title: &str, href: &str) -> Row {
    let (here, day) = (&ground.here, ground.day());
    let age = Age::of(&ground.calendar, item.due, day);
    let word = match age {
        Age::Undated => ground.t("scorecard-age-undated"),
        age => shape(age).word(here.lang),
    };
    let left = item.due.and_then(|due| Standing::on(&ground.calendar, due, day).ok());
    let post = item.post.and_then(|post| here.board.post(post));
    // On paper stands what is urgent; the rest is counted above.
    let paper = if age.is_over() || age == Age::Near { "" } else { "no-print" };
    Row::new(vec![
        lamp(shape(age), &word).into(),
        tag(Tone::Plain, &ground.t(&format!("scorecard-kind-{}", item.kind.key()))).into(),
        html! { a.title href=(href) { (title) } }.into(),
        here.board.unit_name(item.unit).into(),
        html! {
            @match post {
                None => span.hj-cellgap { (ground.t("duty-no-post")) },
                Some(post) => { (post.person().map_or_else(|| ground.t("duty-nobody"), |of| of.name.clone())) span.sub { (post.name) } }
            }
        }
        .into(),
        format::date_near(item.began, day).into(),
        html! {
            @match item.due {
                None => (format::DASH),
                Some(due) => { (format::date_near(due, day)) span.sub { (left.map(|of| format::due(here.lang, of.signed())).unwrap_or_default()) } }
            }
        }
        .into(),
    ])
    .class(paper)
}
