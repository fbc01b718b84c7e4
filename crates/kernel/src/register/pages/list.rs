//! The list of a register: filter, table, totals of the whole filter, pages.

use axum::response::{IntoResponse as _, Response};

use super::{
    At, acts, filter,
    units::Units,
    words::{Words, figure},
};
use crate::{
    error::Result,
    i18n::format,
    pages,
    register::{FieldDef, FieldKind, Record, RegisterDef, list, list::ListQuery},
    ui::{
        Markup,
        buttons::{Kind, link_button},
        feedback::{empty, note},
        head::PageHead,
        html,
        lamp::Tone,
        pager::pager,
        query::Query,
        shell::Crumb,
        table::{Cell, Column, Phone, Row, Table, table_box},
    },
    web::Ctx,
};

/// `GET /registers/{key}`
pub(super) async fn page(def: &'static RegisterDef, ctx: Ctx) -> Result<Response> {
    let w = Words { lang: ctx.lang, def };
    let query = Query::parse(&ctx.place);
    let seen = ctx.actor.scoped(def.permissions.read, ())?;
    let mut read = ctx.read().await?;
    let units = Units::load(&mut read.tx, def, &seen).await?;
    let asked = filter::read(def, &units, &query);
    let found = list::list(&mut read.tx, &read.keys, def, &seen.with(asked.clone())).await?;
    let today = read.today();
    drop(read);
    let view = View { w: &w, ctx: &ctx, units: &units, query: &query, asked: &asked, found: &found };
    let part = view.part();
    if ctx.part {
        return Ok(part.into_response());
    }
    let body = html! {
        (view.head())
        @if asked.removed {
            (note(Tone::Yellow, html! { (w.t("register-removed-view")) }, link_button(&w.t("register-back-to-list"), &At(def).list(), "", Kind::Small)))
        }
        (filter::bar(&w, &units, today, &query))
        (part)
    };
    let frame = pages::Frame::new(w.title(), vec![Crumb::here(w.title())]);
    Ok(pages::page(&ctx, frame, body).await?.into_response())
}

struct View<'a> {
    w: &'a Words,
    ctx: &'a Ctx,
    units: &'a Units,
    query: &'a Query,
    asked: &'a ListQuery,
    found: &'a list::Page,
}

impl View<'_> {
    fn head(&self) -> Markup {
        let (w, at, p) = (self.w, At(self.w.def), self.w.def.permissions);
        let demo = self.ctx.app.district.read().is_ok_and(|d| d.demo);
        let mut head = PageHead::new(w.lang, w.title()).demo(demo).meta(w.about());
        if w.def.coverage.is_some() {
            head = head.act(link_button(&w.t("register-coverage"), &at.path("/coverage"), "check", Kind::Plain));
        }
        if self.ctx.actor.may(p.write) {
            head = head.act(link_button(&w.t("register-import"), &at.path("/import"), "import", Kind::Plain));
        }
        head = head.act(link_button(&w.t("register-export"), &self.export(), "export", Kind::Plain));
        if self.ctx.actor.may(p.write) {
            head = head.act(link_button(&w.t("register-new"), &self.new_href(), "plus", Kind::Primary));
        }
        html! { (head) }
    }

    /// The file of the same filter.
    fn export(&self) -> String {
        let query = self.query.without("page").without("per").href();
        let (_, pairs) = query.split_once('?').unwrap_or((&query, ""));
        format!("{}{}{pairs}", At(self.w.def).path(".csv"), if pairs.is_empty() { "" } else { "?" })
    }

    fn new_href(&self) -> String {
        let new = Query::new(At(self.w.def).path("/new"));
        let unit = self.query.get("unit").filter(|u| !u.is_empty());
        unit.map_or_else(|| new.href(), |unit| new.with("unit", unit).href())
    }

    /// The part that a change of the filter swaps: `#list`.
    fn part(&self) -> Markup {
        let w = self.w;
        let below = html! {
            (pager(w.lang, self.query, self.found.page.into(), self.found.size.into(), u64::try_from(self.found.total).unwrap_or(0)))
            @if !self.asked.removed && self.ctx.actor.may(w.def.permissions.remove) {
                div.hj-page { a.dim.xs href=(Query::new(At(w.def).list()).with("removed", "1").href()) { (w.t("register-removed-link")) } }
            }
        };
        if self.found.total == 0 {
            return table_box("list", self.nothing(), below);
        }
        table_box("list", html! { (self.table()) }, below)
    }

    fn nothing(&self) -> Markup {
        let w = self.w;
        if self.asked.removed {
            return empty("doc", &w.t("register-none-removed"), html! {});
        }
        if filter::is_filtered(w.def, self.query) {
            let act = link_button(&w.t("filter-clear"), &At(w.def).list(), "", Kind::Small);
            return empty("filter", &w.t("register-none-filtered"), act);
        }
        if self.ctx.actor.may(w.def.permissions.write) {
            let act = link_button(&w.t("register-new"), &self.new_href(), "plus", Kind::Small);
            return empty("doc", &w.t("register-none-yet"), act);
        }
        empty("doc", &w.t("register-none-yet-reader"), html! {})
    }

    fn listed(&self) -> impl Iterator<Item = (usize, &'static FieldDef)> {
        let def = self.w.def;
        def.fields.iter().enumerate().filter(|(_, f)| f.list && f.name != def.title)
    }

    fn table(&self) -> Table {
        let (w, query) = (self.w, self.query);
        let title = w.def.field(w.def.title).map_or_else(|| w.title(), |(_, f)| w.field(None, f));
        let mut columns = vec![
            Column::text(title).sort(query, w.def.title),
            Column::text(w.t("register-field-unit")).class("nowrap").phone(Phone::Inline).sort(query, "unit"),
        ];
        if w.def.lifecycle.is_some() {
            columns.push(Column::text(w.t("register-field-state")).phone(Phone::Inline).sort(query, "state"));
        }
        for (_, field) in self.listed() {
            let column = match field.kind {
                kind if kind.is_number() => Column::num(w.field(None, field)).unit(w.measure(field)),
                FieldKind::Date => Column::text(w.field(None, field)).class("nowrap").phone(Phone::Named),
                FieldKind::LongText => Column::text(w.field(None, field)).phone(Phone::Hidden),
                _ => Column::text(w.field(None, field)).phone(Phone::Inline),
            };
            let sortable = !matches!(field.kind, FieldKind::Secret | FieldKind::LongText);
            columns.push(if sortable { column.sort(query, field.name) } else { column });
        }
        columns.push(
            Column::text(w.t("register-field-updated"))
                .class("nowrap")
                .class("dim")
                .phone(Phone::Hidden)
                .sort(query, "updated_at"),
        );
        let rows = self.found.records.iter().map(|r| self.row(r));
        Table::new(w.lang, w.title(), columns).rows(rows.collect::<Vec<_>>()).foot(self.totals())
    }

    fn row(&self, record: &Record) -> Row {
        let w = self.w;
        let today = self.ctx.app.clock.today();
        let title = record.title(w.def);
        let href = At(w.def).one(record.meta.id);
        // A choice names a record by its label.
        let title = w.def.field(w.def.title).map_or(title, |(at, f)| w.shown(None, f, &record.values[at]));
        let unit = self.units.get(record.meta.unit);
        let here = unit.map_or_else(String::new, |u| Query::new(At(w.def).list()).with("unit", &u.key).href());
        let mut cells = vec![
            Cell::title(&title, &href, record.meta.removed.as_deref().unwrap_or_default()),
            html! { @if let Some(u) = unit { a href=(here) { (u.name) } } @else { (format::DASH) } }.into(),
        ];
        if w.def.lifecycle.is_some() {
            cells.push(acts::state_mark(w, &record.meta.state).into());
        }
        for (at, field) in self.listed() {
            cells.push(w.shown(None, field, &record.values[at]).into());
        }
        cells.push(format::moment_near(record.meta.updated_at, today).into());
        Row::new(cells).id(format!("row-{}", record.meta.id))
    }

    /// The sums of the whole filter, not of the page.
    fn totals(&self) -> Vec<Cell> {
        let w = self.w;
        if !self.listed().any(|(_, f)| f.sum) {
            return Vec::new();
        }
        let before = 2 + usize::from(w.def.lifecycle.is_some());
        let mut cells = vec![Cell::from(w.t("register-total")).span(before)];
        for (at, field) in self.listed() {
            let sum = self.found.sums[at].filter(|_| field.sum);
            cells.push(match (field.sum, sum) {
                (true, Some(n)) => figure(field.kind, n).into(),
                // Nothing known adds up to nothing known, not to zero.
                (true, None) => format::DASH.into(),
                _ => "".into(),
            });
        }
        cells.push("".into());
        cells
    }
}
