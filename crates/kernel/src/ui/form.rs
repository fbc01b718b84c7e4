//! Form rows, sections, the summary of errors and the save bar.
//!
//! Owns [`Field`], one row: label, control, unit, then an error, a source or a help line. The rule that matters: an error stands beside
//! its field, is named by it (`aria-describedby`), and says where, why and what to do; the summary on top links to each.

use maud::{Markup, Render, html};

use super::controls::Context;
pub use super::controls::{Choice, Control};
use super::icon;
use crate::i18n::{Lang, t, ta};

/// One row of a form: `(Field::new(lang, "floor_area", "建筑面积", Control::Number(v)).unit("m²").required(true))` within `html!`.
#[derive(Debug, Clone)]
pub struct Field {
    lang: Lang,
    name: String,
    id: String,
    label: String,
    control: Control,
    unit: String,
    help: String,
    error: Option<String>,
    source: Option<Markup>,
    placeholder: String,
    autocomplete: String,
    check_url: String,
    max_length: Option<u32>,
    required: bool,
    readonly: bool,
    prefilled: bool,
    wide: bool,
}

impl Field {
    /// A row whose control sends `name`; its id is `f-name` (see [`Field::id_of`]).
    pub fn new(lang: Lang, name: impl Into<String>, label: impl Into<String>, control: Control) -> Self {
        let name = name.into();
        Field {
            lang,
            id: Field::id_of(&name),
            name,
            label: label.into(),
            control,
            unit: String::new(),
            help: String::new(),
            error: None,
            source: None,
            placeholder: String::new(),
            autocomplete: String::new(),
            check_url: String::new(),
            max_length: None,
            required: false,
            readonly: false,
            prefilled: false,
            wide: false,
        }
    }

    /// Id of the control that sends `name`, for links from the summary of errors. Letters, digits, `-`, `_`; anything else becomes `-`.
    pub fn id_of(name: &str) -> String {
        let safe = name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' });
        format!("f-{}", safe.collect::<String>())
    }

    /// Another id, for a page with several forms that send the same name.
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = id.into();
        self
    }
    /// The unit after the control: m², 万元, 户.
    pub fn unit(mut self, unit: impl Into<String>) -> Self {
        self.unit = unit.into();
        self
    }
    /// A line under the control.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }
    /// What is wrong: where, why, what to do. Replaces help and source.
    pub fn error(mut self, error: Option<impl Into<String>>) -> Self {
        self.error = error.map(Into::into);
        self
    }
    /// The value came from elsewhere: 带入自 组织机构，2009-05-31. Marks the control as prefilled.
    pub fn source(mut self, source: impl Into<String>) -> Self {
        let text = source.into();
        self.source = Some(html! { (text) });
        self.prefilled = true;
        self
    }
    /// The same with a link in it (数不对？).
    pub fn source_markup(mut self, source: Markup) -> Self {
        self.source = Some(source);
        self.prefilled = true;
        self
    }
    /// An example in the empty control: 2009-06-22.
    pub fn placeholder(mut self, text: impl Into<String>) -> Self {
        self.placeholder = text.into();
        self
    }
    /// What a browser may fill in: `username`, `current-password`, `one-time-code`, `off`.
    pub fn autocomplete(mut self, kind: impl Into<String>) -> Self {
        self.autocomplete = kind.into();
        self
    }
    /// Checks this field alone when it is left: the control is posted to `url`, which answers with [`message`].
    pub fn check(mut self, url: impl Into<String>) -> Self {
        self.check_url = url.into();
        self
    }
    /// The most characters the control takes.
    pub fn max_length(mut self, characters: u32) -> Self {
        self.max_length = Some(characters);
        self
    }
    /// Must be filled in.
    pub fn required(mut self, yes: bool) -> Self {
        self.required = yes;
        self
    }
    /// Cannot be changed here; its value is sent all the same.
    pub fn readonly(mut self, yes: bool) -> Self {
        self.readonly = yes;
        self
    }
    /// Takes the whole width of the form.
    pub fn wide(mut self, yes: bool) -> Self {
        self.wide = yes;
        self
    }
}

impl Render for Field {
    fn render(&self) -> Markup {
        let id = &self.id;
        let invalid = self.error.is_some();
        let note = invalid || !self.help.is_empty();
        let mut class = "form-control".to_owned();
        if invalid {
            class.push_str(" is-bad");
        } else if self.prefilled || self.readonly {
            class.push_str(" is-pre");
        }
        let context = Context {
            lang: self.lang,
            id,
            name: &self.name,
            class,
            required: self.required,
            readonly: self.readonly,
            invalid,
            described_by: note.then(|| format!("{id}{}", if invalid { "e" } else { "h" })),
            placeholder: &self.placeholder,
            autocomplete: &self.autocomplete,
            max_length: self.max_length,
            check_url: &self.check_url,
            label_id: format!("{id}l"),
        };
        html! {
            div class={ "hj-fr" @if self.wide { " wide" } } {
                @if self.control.is_group() {
                    span.lab id=(context.label_id) { (required_mark(self.required)) (self.label) }
                } @else if matches!(self.control, Control::Checkbox(..)) {
                    span.lab aria-hidden="true" { (self.label) }
                } @else {
                    label for=(id) { (required_mark(self.required)) (self.label) }
                }
                div.ctl { (self.control.render(&context)) @if !self.unit.is_empty() { span.unit { (self.unit) } } }
                @if self.check_url.is_empty() { (self.below()) } @else { div.msg id={ (id) "m" } { (self.below()) } }
            }
        }
    }
}

impl Field {
    fn below(&self) -> Markup {
        html! {
            @if self.error.is_some() || !self.help.is_empty() { (message_of(&self.id, self.error.as_deref(), &self.help)) }
            @if let (None, Some(source)) = (&self.error, &self.source) { div.src { (icon("link")) span { (source) } } }
        }
    }
}

/// The star of a field that must be filled in.
fn required_mark(required: bool) -> Markup {
    html! { @if required { span.req aria-hidden="true" { "*" } } }
}

/// The line under a field, as a check of one field answers it: the error, else the help.
pub fn message(name: &str, error: Option<&str>, help: &str) -> Markup {
    message_of(&Field::id_of(name), error, help)
}

fn message_of(id: &str, error: Option<&str>, help: &str) -> Markup {
    html! {
        @match error {
            Some(error) => div.err id={ (id) "e" } { (icon("warn")) span { (error) } },
            None => @if !help.is_empty() { div.help id={ (id) "h" } { (help) } },
        }
    }
}

/// A hidden field.
pub fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

/// A form sent by POST; `files` where it carries files. Fields are checked by the server, with words.
pub fn post_form(action: &str, files: bool, body: Markup) -> Markup {
    form_element(action, files, None, body)
}

/// The same, kept by the browser while it is half filled: `draft` names the record (`premises/ID`, `premises/new`), `version` is the one
/// the form was made from, so that a draft does not quietly undo another person's change. The page after a save says
/// [`draft_saved`].
pub fn post_form_draft(action: &str, files: bool, draft: &str, version: i64, body: Markup) -> Markup {
    form_element(action, files, Some((draft, version)), body)
}

/// Tells the browser that the draft of this name was saved and may be forgotten.
pub fn draft_saved(draft: &str) -> Markup {
    html! { span hidden data-draft-saved=(draft) {} }
}

fn form_element(action: &str, files: bool, draft: Option<(&str, i64)>, body: Markup) -> Markup {
    html! {
        form.stack method="post" action=(action) enctype=[files.then_some("multipart/form-data")] novalidate
            data-draft=[draft.map(|(name, _)| name)] data-draft-version=[draft.map(|(_, version)| version)] {
            (body)
        }
    }
}

/// A part of a form with its heading; rows stand in two columns. `aside` stands beside the heading and may be empty.
pub fn form_section(title: &str, aside: Markup, rows: Markup) -> Markup {
    super::head::panel(title, aside, html! { div.pad.hj-form { (rows) } })
}

/// The note that a star means “required”, for the first section's heading.
pub fn required_note(lang: Lang) -> Markup {
    html! { span.dim.xs { span.req aria-hidden="true" { "*" } " " (t(lang, "form-required-note")) } }
}

/// What must be corrected, each linked to its field: pairs of field name and message. Nothing when there is nothing.
pub fn error_summary(lang: Lang, errors: &[(String, String)]) -> Markup {
    html! {
        @if !errors.is_empty() {
            div.hj-note.red id="errors" role="alert" tabindex="-1" data-problems {
                (icon("warn"))
                div {
                    b { (ta(lang, "form-errors", &[("n", errors.len().into())])) }
                    ul {
                        @for (name, message) in errors {
                            // A message of the whole form has no field to go to.
                            li { @if name.is_empty() { (message) } @else { a href={ "#" (Field::id_of(name)) } { (message) } } }
                        }
                    }
                }
            }
        }
    }
}

/// The bar at the foot of a form: the main act, others, what happens next and by when (may be empty), and the way back.
pub fn save_bar(acts: Markup, next: &str, back: Option<(&str, &str)>) -> Markup {
    html! {
        div.hj-savebar {
            (acts)
            @if !next.is_empty() { span.dim.xs { (next) } }
            @if let Some((href, label)) = back { a.btn.btn-quiet.end href=(href) { (label) } }
        }
    }
}
