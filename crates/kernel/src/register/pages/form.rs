//! The form of a record: one control a field, child rows as a table, problems beside their fields.

use super::{
    At, rows,
    typed::Typed,
    units::Units,
    words::{Words, wrong},
};
use crate::{
    error::{FieldProblem, Result},
    i18n::{format, ta},
    pages,
    register::{FieldDef, FieldKind, Record},
    ui::{
        Markup,
        buttons::{Kind, link_button, submit_button},
        controls::{Choice, Control},
        form::{Field, error_summary, form_section, hidden, post_form_draft, required_note, save_bar},
        head::{PageHead, panel_pad},
        html,
        shell::Crumb,
    },
    web::Ctx,
};

/// A form about to be shown.
pub(super) struct FormView<'a> {
    pub ctx: &'a Ctx,
    pub w: Words,
    pub units: &'a Units,
    /// The record that is changed; none for a new one.
    pub record: Option<&'a Record>,
    /// The texts in the controls.
    pub typed: &'a Typed,
    /// What is wrong with them.
    pub problems: &'a [FieldProblem],
}

impl FormView<'_> {
    /// The whole page.
    pub async fn page(&self) -> Result<Markup> {
        let (w, at) = (&self.w, At(self.w.def));
        let title = match self.record {
            None => ta(w.lang, "register-new-title", &[("register", w.title().into())]),
            Some(r) => ta(w.lang, "register-edit-title", &[("title", super::detail::title(w, r).into())]),
        };
        let demo = self.ctx.app.district.read().is_ok_and(|d| d.demo);
        let mut head = PageHead::new(w.lang, &title).demo(demo);
        if let Some(r) = self.record {
            let saved = [("who", r.meta.updated_by.clone().into()), ("when", format::moment(r.meta.updated_at).into())];
            head = head.meta(ta(w.lang, "register-last-saved", &saved));
            head = head.act(link_button(
                &w.t("register-history"),
                &format!("{}#history", at.one(r.meta.id)),
                "clock",
                Kind::Plain,
            ));
        }
        let mut crumbs = vec![Crumb::to(w.title(), at.list())];
        if let Some(r) = self.record {
            crumbs.push(Crumb::to(super::detail::title(w, r), at.one(r.meta.id)));
        }
        crumbs.push(Crumb::here(w.t(if self.record.is_some() { "register-edit" } else { "register-new" })));
        let body = html! {
            (head)
            div.form-grid { (self.form()) aside.stack { (self.aside()) } }
        };
        pages::page(self.ctx, pages::Frame::new(title, crumbs), body).await
    }

    fn form(&self) -> Markup {
        let (w, at) = (&self.w, At(self.w.def));
        let (action, draft, version, back) = match self.record {
            None => (at.path("/new"), format!("{}/new", w.def.key), 0, at.list()),
            Some(r) => (at.edit(r.meta.id), format!("{}/{}", w.def.key, r.meta.id), r.meta.version, at.one(r.meta.id)),
        };
        let back_label = w.t(if self.record.is_some() { "register-back" } else { "register-back-to-list" });
        let body = html! {
            (error_summary(w.lang, &w.summary(self.problems)))
            @if self.record.is_some() { (hidden("version", &version.to_string())) }
            (form_section(&w.t("register-fields"), html! { span.dim.xs { (required_note(w.lang)) } }, html! {
                (self.unit())
                @for (at, field) in w.def.fields.iter().enumerate() { (self.field(at, field)) }
            }))
            @for (at, child) in w.def.children.iter().enumerate() {
                (rows::editor(w, child, &self.typed.children[at], self.problems))
            }
            (save_bar(
                submit_button(&w.t("register-save"), Kind::Primary),
                &w.t(if self.record.is_some() { "register-save-next" } else { "register-create-next" }),
                Some((&back, &back_label)),
            ))
        };
        post_form_draft(&action, false, &draft, version, body)
    }

    fn unit(&self) -> Field {
        let w = &self.w;
        let choices = self.units.form_choices(w.def, self.ctx.app.clock.today(), self.record.map(|r| r.meta.unit));
        let label = w.t("register-field-unit");
        let control = Control::Select(choices, self.typed.unit.clone());
        Field::new(w.lang, "unit", label, control).required(true).error(wrong(w.lang, self.problems, "unit"))
    }

    fn field(&self, at: usize, field: &'static FieldDef) -> Markup {
        let w = &self.w;
        let text = self.typed.fields[at].clone();
        let stored = self.record.is_some_and(|r| !r.values[at].is_null());
        let control = match field.kind {
            FieldKind::LongText => Control::TextArea(text, 3),
            FieldKind::Int | FieldKind::Scaled(_) | FieldKind::Decimal(_) | FieldKind::Money => Control::Number(text),
            FieldKind::Date => Control::Date(text),
            FieldKind::Choice(codes) => {
                Control::Select(codes.iter().map(|c| Choice::new(*c, w.choice(None, field, c))).collect(), text)
            }
            FieldKind::Bool => {
                let both = [true, false].map(|yes| Choice::new(yes.to_string(), w.yes_no(yes))).to_vec();
                if field.required { Control::Radio(both, text) } else { Control::Select(both, text) }
            }
            FieldKind::Text | FieldKind::Secret => Control::Text(text.trim_start_matches('\u{1}').to_owned()),
        };
        let mut row = Field::new(w.lang, field.name, w.field(None, field), control)
            .unit(w.measure(field))
            .required(field.required)
            .wide(field.kind == FieldKind::LongText)
            .error(wrong(w.lang, self.problems, field.name));
        if field.kind == FieldKind::Date {
            row = row.placeholder("2009-06-22");
        }
        if field.kind != FieldKind::Secret {
            return html! { (row) };
        }
        row = row.autocomplete("off").help(w.t(if stored { "register-secret-kept" } else { "register-secret-new" }));
        if stored {
            row = row.placeholder(
                field.kind.text(&self.record.map_or(crate::register::Value::Null, |r| r.values[at].clone())),
            );
        }
        html! {
            // Drafts kept in the browser leave secrets out.
            div.contents data-secret {
                (row)
                @if stored && !field.required {
                    (Field::new(w.lang, format!("{}.clear", field.name), "", Control::Checkbox(w.t("register-secret-clear"), false)))
                }
            }
        }
    }

    /// How much there is to type: the figure that the burden meter later adds up.
    fn aside(&self) -> Markup {
        let w = &self.w;
        let (all, required) = (w.def.fields.len() + 1, w.def.fields.iter().filter(|f| f.required).count() + 1);
        let words = [("all", all.into()), ("required", required.into())];
        html! {
            (panel_pad(&w.t("register-this-time"), html! {}, html! {
                div.sm {
                    p { (ta(w.lang, "register-to-type", &words)) }
                    p.dim.xs { (w.about()) }
                    p.dim.xs { (w.t("register-draft-kept")) }
                }
            }))
        }
    }
}
