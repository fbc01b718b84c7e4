//! A save came too late: both values of every field, who and when, and a choice for each.

use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Response},
};

use super::{
    At,
    merge::{Changed, Item, Merge, Place, STORED},
    typed::CLEAR,
    units::Units,
    words::Words,
};
use crate::{
    error::Result,
    i18n::{format, ta},
    pages,
    register::{ChildDef, FieldDef, Record, Value},
    ui::{
        Markup,
        buttons::{Kind, named_button, submit_button},
        form::hidden,
        head::PageHead,
        html, icon,
        shell::Crumb,
        timeline::diff,
    },
    web::Ctx,
};

/// What the page needs.
pub(super) struct View<'a> {
    pub w: Words,
    pub units: &'a Units,
    /// The version that was read.
    pub base: &'a Record,
    /// The version that stands.
    pub now: &'a Record,
    pub merge: &'a Merge,
    /// The page comes back because a choice is missing.
    pub again: bool,
}

/// The page, with status 409: nothing was written.
pub(super) async fn page(ctx: &Ctx, v: &View<'_>) -> Result<Response> {
    let (w, at, id) = (&v.w, At(v.w.def), v.now.meta.id);
    let title = ta(w.lang, "register-stale-title", &[("title", super::detail::title(w, v.now).into())]);
    let crumbs = vec![
        Crumb::to(w.title(), at.list()),
        Crumb::to(super::detail::title(w, v.now), at.one(id)),
        Crumb::here(w.t("register-edit")),
    ];
    let body = html! { (PageHead::new(w.lang, &title)) (v.form(&at.edit(id), &at.one(id))) };
    let page = pages::page(ctx, pages::Frame::new(title, crumbs), body).await?;
    Ok((StatusCode::CONFLICT, page).into_response())
}

impl View<'_> {
    fn of(&self, kind: Changed) -> Vec<&Item> {
        self.merge.items.iter().filter(|i| i.changed == kind).collect()
    }

    fn form(&self, action: &str, record: &str) -> Markup {
        let w = &self.w;
        let both = self.of(Changed::Both);
        let who = [
            ("who", self.now.meta.updated_by.clone().into()),
            ("when", format::moment(self.now.meta.updated_at).into()),
        ];
        html! {
            form.stack method="post" action=(action) {
                (hidden("base", &self.base.meta.version.to_string()))
                (hidden("version", &self.now.meta.version.to_string()))
                @for (name, value) in self.merge.mine.pairs(w.def) { (hidden(&name, &value)) }
                div.hj-note.yellow id="errors" role="alert" tabindex="-1" data-problems {
                    (icon("warn"))
                    div.grow {
                        b { (ta(w.lang, "conflict-title", &who)) }
                        p { (w.t(if both.is_empty() { "register-stale-apart" } else { "register-stale-choose" })) }
                        @if self.again { p { b { (w.t("register-stale-missing")) } } }
                    }
                }
                @if !both.is_empty() { (self.choices(&both)) }
                (self.quiet("register-stale-mine", &self.of(Changed::Mine), false))
                (self.quiet("register-stale-theirs", &self.of(Changed::Theirs), true))
                div.hj-savebar {
                    (submit_button(&w.t(if both.is_empty() { "register-stale-save" } else { "conflict-save" }), Kind::Primary))
                    @if both.len() > 1 {
                        (named_button(&w.t("register-stale-all-mine"), "all", "mine", Kind::Plain))
                        (named_button(&w.t("register-stale-all-theirs"), "all", "theirs", Kind::Plain))
                    }
                    a.btn.btn-quiet.end href=(record) { (w.t("conflict-drop")) }
                }
            }
        }
    }

    /// What both changed: a choice each, none made beforehand.
    fn choices(&self, both: &[&Item]) -> Markup {
        let w = &self.w;
        let cell = |item: &Item, value: &str, label: &str, texts: &Option<Vec<String>>| {
            html! {
                label.flex {
                    input.form-check-input type="radio" name={ "pick." (item.name) } value=(value)
                        aria-label={ (self.label(item)) " " (label) };
                    span { (self.text(item, texts)) }
                }
            }
        };
        html! {
            div.hj-tw { div.hj-scroll {
                table.hj-t.hj-conflict {
                    caption.sr { (w.t("conflict-help")) }
                    thead { tr {
                        th scope="col" { (w.t("conflict-field")) }
                        th scope="col" { (w.t("register-stale-was")) }
                        th scope="col" { (w.t("conflict-yours")) }
                        th scope="col" { (w.t("conflict-theirs")) }
                    } }
                    tbody {
                        @for item in both {
                            tr {
                                th scope="row" { (self.label(item)) }
                                td.dim { (self.text(item, &item.base)) }
                                td { (cell(item, "mine", &w.t("conflict-yours"), &item.mine)) }
                                td { (cell(item, "theirs", &w.t("conflict-theirs"), &item.theirs)) }
                            }
                        }
                    }
                }
            } }
        }
    }

    /// What one side alone changed: shown, kept, no choice needed.
    fn quiet(&self, title: &str, items: &[&Item], theirs: bool) -> Markup {
        html! {
            @if !items.is_empty() {
                (crate::ui::head::panel_pad(&self.w.t(title), html! {}, html! {
                    ul.sm.hj-changes {
                        @for item in items {
                            @let after = if theirs { &item.theirs } else { &item.mine };
                            li { (self.label(item)) "　" (diff(self.w.lang, Some(&self.text(item, &item.base)), Some(&self.text(item, after)))) }
                        }
                    }
                }))
            }
        }
    }

    fn label(&self, item: &Item) -> String {
        let w = &self.w;
        match item.place {
            Place::Unit => w.t("register-field-unit"),
            Place::Field(at) => w.field_with_measure(&w.def.fields[at]),
            Place::Row(kind, _) => w.child(&w.def.children[kind]),
        }
    }

    /// The texts as people read them; a row as its cells in a line; nothing for a row that is not there.
    fn text(&self, item: &Item, texts: &Option<Vec<String>>) -> String {
        let w = &self.w;
        let Some(texts) = texts else { return w.t("register-stale-no-row") };
        match item.place {
            Place::Unit => texts[0].parse().map_or_else(|_| format::DASH.to_owned(), |id| self.units.name(id)),
            Place::Field(at) => self.words(None, &w.def.fields[at], &texts[0]),
            Place::Row(kind, _) => {
                let child = &w.def.children[kind];
                let cells = child.fields.iter().zip(texts).map(|(f, t)| self.words(Some(child), f, t));
                cells.collect::<Vec<_>>().join(" · ")
            }
        }
    }

    fn words(&self, owner: Option<&'static ChildDef>, field: &FieldDef, text: &str) -> String {
        if text.starts_with(STORED) {
            return self.w.t(if text == STORED { "register-secret-unchanged" } else { "register-secret-changed" });
        }
        match field.kind.parse(text) {
            _ if text == CLEAR => format::DASH.to_owned(),
            Ok(Value::Null) => format::DASH.to_owned(),
            Ok(value) => self.w.value(owner, field, &value),
            Err(_) => text.to_owned(),
        }
    }
}
