//! A record on a page of its own: fields, child rows with sums, attachments, to-dos, history.
//!
//! The rule that matters: an old version is marked as old and nothing on it can be changed; an act shows only to who may do it
//! with this record.

use axum::{
    extract::Path,
    response::{IntoResponse as _, Response},
};

use super::{
    At, acts, attachments, history, record_id,
    units::{Units, holds},
    words::{Words, figure},
};
use crate::{
    error::{Error, Result},
    i18n::{format, ta},
    lifecycle::{self, Possible},
    pages,
    register::{ChildDef, ChildRow, FieldKind, Record, RegisterDef, attached, store, versions, versions::Version},
    sql,
    ui::{
        Markup,
        buttons::{Kind, link_button, post_button, print_button},
        detail::definitions,
        feedback::{note, toast},
        form::draft_saved,
        head::{PageHead, panel, panel_pad},
        html,
        lamp::{Tone, tag},
        query::Query,
        shell::Crumb,
        table::{Cell, Column, Row, Table},
    },
    web::{Ctx, Soon, Subject, beside},
};

/// What the actor may do with this record.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct May {
    pub write: bool,
    pub remove: bool,
    pub audit: bool,
}

/// What names a record, as pages write it; a choice by its label.
pub(super) fn title(w: &Words, record: &Record) -> String {
    w.def.field(w.def.title).map_or_else(String::new, |(at, f)| w.shown(None, f, &record.values[at]))
}

/// `GET /registers/{key}/{id}`, `?version=N` for an old version.
pub(super) async fn page(def: &'static RegisterDef, ctx: Ctx, Path(id): Path<String>) -> Result<Response> {
    let id = record_id(&id)?;
    let w = Words { lang: ctx.lang, def };
    let query = Query::parse(&ctx.place);
    let seen = ctx.actor.scoped(def.permissions.read, id)?;
    let mut read = ctx.read().await?;
    let now = store::get(&mut read.tx, &read.keys, def, &seen).await?;
    let all = versions::history(&mut read.tx, &read.keys, def, &seen).await?;
    let old = match query.get("version").and_then(|v| v.parse::<i64>().ok()).filter(|v| *v != now.meta.version) {
        None => None,
        Some(version) => {
            let found = all.iter().find(|v| v.record.meta.version == version);
            Some(found.ok_or(Error::NotFound { what: "thing-version" })?)
        }
    };
    let units = Units::load(&mut read.tx, def, &seen.with(())).await?;
    let files = attached::list(&mut read.tx, def.key, id).await?;
    let todos = todos(&mut read.tx, def, id).await?;
    let open = old.is_none();
    let may = May {
        write: open
            && now.meta.removed.is_none()
            && holds(&mut read.tx, &ctx.actor, def.permissions.write, now.meta.unit).await?,
        remove: open && holds(&mut read.tx, &ctx.actor, def.permissions.remove, now.meta.unit).await?,
        audit: ctx.actor.may("audit.read"),
    };
    let open_acts = if open { lifecycle::possible(&mut read.tx, &ctx.actor, def, &now).await? } else { Vec::new() };
    drop(read);
    let beside = if open {
        beside(&ctx, &subject_of(&w, &now)).await?
    } else {
        html! {}
    };
    let view = View { w, ctx: &ctx, units: &units, now: &now, old, all: &all, may, acts: &open_acts };
    let shown = old.map_or(&now, |v| &v.record);
    let body = html! {
        (view.head(shown))
        (view.notes())
        @if query.get("saved").is_some() { (draft_saved(&format!("{}/{id}", def.key))) (draft_saved(&format!("{}/new", def.key))) }
        div.form-grid.hj-record {
            div.stack {
                (view.fields(shown))
                @for (at, child) in def.children.iter().enumerate() { (view.rows(child, &shown.children[at])) }
                @if open { (attachments::panel(&w, &now, &files, may.write, ctx.app.settings.upload.max_mb)) }
            }
            aside.stack {
                @if open && !todos.is_empty() { (view.todos(&todos)) }
                (beside)
                (view.history())
            }
        }
    };
    let mut frame =
        pages::Frame::new(title(&w, &now), vec![Crumb::to(w.title(), At(def).list()), Crumb::here(title(&w, &now))]);
    frame.toast = match query.get("saved") {
        Some("new") => Some(toast(&w.t("register-created"), html! {})),
        Some("edit") => Some(toast(&w.t("register-saved"), html! {})),
        Some("removed") => Some(toast(&w.t("register-removed-done"), html! {})),
        Some("restored") => Some(toast(&w.t("register-restored-done"), html! {})),
        Some("act") => Some(toast(&w.t("register-act-done"), html! {})),
        Some("file") => Some(toast(&w.t("register-file-added"), html! {})),
        _ => None,
    };
    Ok(pages::page(&ctx, frame, body).await?.into_response())
}

fn subject_of(w: &Words, record: &Record) -> Subject {
    Subject {
        key: format!("record:{}:{}", w.def.key, record.meta.id),
        title: title(w, record),
        href: At(w.def).one(record.meta.id),
        unit: Some(record.meta.unit),
        right: w.def.permissions.read,
    }
}

/// What a record's page is about: `REGISTER:ID`.
pub(super) fn find<'c>(ctx: &'c Ctx, key: &'c str) -> Soon<'c, Subject> {
    Box::pin(async move {
        let (register, id) = key.split_once(':').unwrap_or((key, ""));
        let def = ctx.app.register(register).ok_or(Error::NotFound { what: "thing-record" })?;
        let seen = ctx.actor.scoped(def.permissions.read, record_id(id)?)?;
        let mut read = ctx.read().await?;
        let record = store::get(&mut read.tx, &read.keys, def, &seen).await?;
        Ok(subject_of(&Words { lang: ctx.lang, def }, &record))
    })
}

/// An open to-do: its title, the day it is due.
type Todo = (String, Option<chrono::NaiveDate>);

async fn todos(tx: &mut crate::db::Tx, def: &'static RegisterDef, id: uuid::Uuid) -> Result<Vec<Todo>> {
    Ok(sql!(
        tx,
        fetch_all,
        "select title, due_on from todo where register = $1 and record_id = $2 and state = 'open' order by due_on, id",
        def.key,
        id
    )?)
}

struct View<'a> {
    w: Words,
    ctx: &'a Ctx,
    units: &'a Units,
    now: &'a Record,
    old: Option<&'a Version>,
    all: &'a [Version],
    may: May,
    acts: &'a [Possible],
}

impl View<'_> {
    fn head(&self, shown: &Record) -> Markup {
        let (w, at, id) = (&self.w, At(self.w.def), self.now.meta.id);
        let demo = self.ctx.app.district.read().is_ok_and(|d| d.demo);
        let saved = [
            ("unit", self.units.name(shown.meta.unit).into()),
            ("n", shown.meta.version.into()),
            ("who", shown.meta.updated_by.clone().into()),
            ("when", format::moment(shown.meta.updated_at).into()),
        ];
        let mut head =
            PageHead::new(w.lang, title(w, shown)).demo(demo).meta(ta(w.lang, "register-record-meta", &saved));
        head = head.mark(acts::state_mark(w, &shown.meta.state));
        if self.old.is_some() {
            head =
                head.mark(tag(Tone::Yellow, &ta(w.lang, "register-old-version", &[("n", shown.meta.version.into())])));
        } else if self.now.meta.removed.is_some() {
            head = head.mark(tag(Tone::Red, &w.t("register-removed")));
        }
        if self.may.audit {
            let log = Query::new("/system/audit").with("kind", w.def.key).with("subject", id.to_string()).href();
            head = head.act(link_button(&w.t("register-audit"), &log, "lock", Kind::Quiet));
        }
        head = head.act(print_button(&w.t("register-print")));
        if self.may.remove && self.now.meta.removed.is_none() {
            head = head.act(link_button(&w.t("register-remove"), &at.below(id, "remove"), "", Kind::Plain));
        }
        if self.may.write {
            let kind = if self.acts.is_empty() { Kind::Primary } else { Kind::Plain };
            head = head.act(link_button(&w.t("register-edit"), &at.edit(id), "", kind));
        }
        if !self.acts.is_empty() {
            head = head.act(acts::buttons(w, self.now, self.acts));
        }
        html! { (head) }
    }

    fn notes(&self) -> Markup {
        let (w, at, id) = (&self.w, At(self.w.def), self.now.meta.id);
        if let Some(old) = self.old {
            let words = [
                ("n", old.record.meta.version.into()),
                ("who", old.actor.clone().into()),
                ("when", format::moment(old.at).into()),
                ("now", self.now.meta.version.into()),
            ];
            let back = link_button(&w.t("register-to-current"), &at.one(id), "", Kind::Small);
            return note(Tone::Yellow, html! { (ta(w.lang, "register-old-note", &words)) }, back);
        }
        let Some(reason) = &self.now.meta.removed else { return html! {} };
        let words = [
            ("who", self.now.meta.updated_by.clone().into()),
            ("when", format::moment(self.now.meta.updated_at).into()),
            ("reason", reason.clone().into()),
        ];
        let version = self.now.meta.version.to_string();
        let back = html! {
            @if self.may.remove {
                (post_button(&w.t("register-restore"), &at.below(id, "restore"), &[("version", &version)], Kind::Small))
            }
        };
        note(Tone::Red, html! { (ta(w.lang, "register-removed-note", &words)) }, back)
    }

    fn fields(&self, shown: &Record) -> Markup {
        let w = &self.w;
        let first = self.all.first().map(|v| &v.record);
        let unit = (w.t("register-field-unit"), html! { (self.units.name(shown.meta.unit)) });
        let fields = w.def.fields.iter().enumerate().map(|(at, field)| {
            let value = &shown.values[at];
            let measure = w.measure(field);
            // A corrected figure keeps its first value beside it.
            let was = first.map(|r| &r.values[at]).filter(|v| field.kind.is_number() && !v.is_null() && *v != value);
            let markup = html! {
                @if field.kind == FieldKind::LongText && !value.is_null() {
                    span.pre { (w.shown(None, field, value)) }
                } @else {
                    (w.shown(None, field, value))
                    @if !value.is_null() && !measure.is_empty() { " " (measure) }
                }
                @if let Some(was) = was {
                    " " span.dim.xs { (ta(w.lang, "register-first-value", &[("value", w.value(None, field, was).into())])) }
                }
            };
            (w.field(None, field), markup)
        });
        let items: Vec<(String, Markup)> = std::iter::once(unit).chain(fields).collect();
        let items: Vec<(&str, Markup)> = items.iter().map(|(term, value)| (term.as_str(), value.clone())).collect();
        panel_pad(&w.t("register-fields"), html! {}, definitions(&items))
    }

    fn rows(&self, child: &'static ChildDef, rows: &[ChildRow]) -> Markup {
        let w = &self.w;
        let name = w.child(child);
        if rows.is_empty() {
            return panel_pad(&name, html! {}, html! { p.dim.sm { (w.t("register-no-rows")) } });
        }
        let columns = child.fields.iter().map(|field| {
            let label = w.field(Some(child), field);
            if field.kind.is_number() { Column::num(label).unit(w.measure(field)) } else { Column::text(label) }
        });
        let lines = rows.iter().map(|row| {
            let cells = child.fields.iter().zip(&row.values).map(|(f, v)| Cell::from(w.shown(Some(child), f, v)));
            Row::new(cells.collect())
        });
        // Added up in 128 bits: five hundred rows of the largest figures still fit.
        let sums: Vec<Option<i128>> = child
            .fields
            .iter()
            .enumerate()
            .map(|(at, f)| f.sum.then(|| rows.iter().filter_map(|r| r.values[at].as_int()).map(i128::from).sum()))
            .collect();
        let foot = child.fields.iter().zip(&sums).enumerate().map(|(at, (field, sum))| {
            let sum = sum.and_then(|n| i64::try_from(n).ok());
            match sum {
                Some(n) => Cell::from(figure(field.kind, n)),
                None if at == 0 => w.t("register-total").into(),
                None => "".into(),
            }
        });
        let mut table = Table::new(w.lang, name.clone(), columns.collect()).rows(lines.collect::<Vec<_>>()).no_cards();
        if sums.iter().any(Option::is_some) {
            table = table.foot(foot.collect());
        }
        panel(&name, html! {}, html! { div.hj-scroll { (table) } })
    }

    fn todos(&self, todos: &[Todo]) -> Markup {
        let w = &self.w;
        panel(
            &w.t("register-todos"),
            html! {},
            html! {
                ul.mini {
                    @for (title, due) in todos {
                        li { span.grow { (title) @if let Some(day) = due { span.sub { (ta(w.lang, "register-due", &[("day", format::date(*day).into())])) } } } }
                    }
                }
            },
        )
    }

    fn history(&self) -> Markup {
        let w = &self.w;
        let shown = self.old.map_or(self.now.meta.version, |v| v.record.meta.version);
        html! {
            div id="history" { (panel_pad(&w.t("register-history"), html! {}, history::timeline(w, self.units, self.all, shown))) }
        }
    }
}
