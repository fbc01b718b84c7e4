//! The controls a form row can hold.
//!
//! Owns [`Control`] and its markup. The rule that matters: what the user typed comes back as typed — a date or a number that cannot be
//! read stays in the field beside its error, which is why dates and figures are text fields with the right keyboard, not `type=date`.

use maud::{Markup, html};

use crate::i18n::{Lang, t};

/// A choice of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is shown.
    pub label: String,
    /// A heading in the list it stands under; empty for none.
    pub group: String,
}

impl Choice {
    /// A choice without heading.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Choice { value: value.into(), label: label.into(), group: String::new() }
    }
    /// Under a heading; choices of one heading stand together.
    pub fn group(mut self, group: impl Into<String>) -> Self {
        self.group = group.into();
        self
    }
}

/// What is typed, picked or ticked. Values are as the user left them.
#[derive(Debug, Clone)]
pub enum Control {
    /// One line of text.
    Text(String),
    /// A figure, at the right, with the numeric keyboard.
    Number(String),
    /// A day as 2009-06-22.
    Date(String),
    /// A month as 2009-06.
    Month(String),
    /// A secret that is typed; never sent back to the page.
    Password,
    /// Several lines of text and how many to show.
    TextArea(String, u8),
    /// One of a list: the choices and the value picked (empty: none yet).
    Select(Vec<Choice>, String),
    /// One of a few, all seen: the choices and the value picked.
    Radio(Vec<Choice>, String),
    /// Several of a list: the choices and the values ticked.
    Checks(Vec<Choice>, Vec<String>),
    /// A single yes: its words and whether it is ticked. Sends `true` or nothing.
    Checkbox(String, bool),
    /// A file: the accepted kinds (`.pdf,image/*`) and whether several may be given.
    File(String, bool),
    /// Anything else that is shown, not sent.
    Shown(Markup),
}

/// What the row knows of its control.
pub(super) struct Context<'a> {
    pub lang: Lang,
    pub id: &'a str,
    pub name: &'a str,
    pub class: String,
    pub required: bool,
    pub readonly: bool,
    pub invalid: bool,
    pub described_by: Option<String>,
    pub placeholder: &'a str,
    pub autocomplete: &'a str,
    pub max_length: Option<u32>,
    pub check_url: &'a str,
    pub label_id: String,
}

impl Control {
    /// Whether the control is a set of boxes, which the row's label names as a group.
    pub(super) fn is_group(&self) -> bool {
        matches!(self, Control::Radio(..) | Control::Checks(..) | Control::Shown(_))
    }

    pub(super) fn render(&self, c: &Context<'_>) -> Markup {
        match self {
            Control::Text(value) => line(c, "text", value, "", None),
            Control::Number(value) => line(c, "text", value, "num", Some("decimal")),
            Control::Date(value) => line(c, "text", value, "", Some("numeric")),
            Control::Month(value) => line(c, "text", value, "", Some("numeric")),
            Control::Password => line(c, "password", "", "", None),
            Control::TextArea(value, rows) => area(c, value, *rows),
            Control::Select(choices, picked) => select(c, choices, picked),
            Control::Radio(choices, picked) => boxes(c, "radio", choices, std::slice::from_ref(picked)),
            Control::Checks(choices, ticked) => boxes(c, "checkbox", choices, ticked),
            Control::Checkbox(words, ticked) => html! {
                label.flex.sm {
                    input.form-check-input type="checkbox" id=(c.id) name=(c.name) value="true" checked[*ticked] disabled[c.readonly]
                        aria-invalid=[c.invalid.then_some("true")] aria-describedby=[c.described_by.as_deref()];
                    (words)
                }
            },
            Control::File(accept, several) => html! {
                input id=(c.id) name=(c.name) type="file" class=(c.class) accept=[(!accept.is_empty()).then_some(accept)]
                    multiple[*several] disabled[c.readonly] aria-required=[c.required.then_some("true")]
                    aria-invalid=[c.invalid.then_some("true")] aria-describedby=[c.described_by.as_deref()];
            },
            Control::Shown(content) => html! { div.grow.sm { (content) } },
        }
    }
}

fn line(c: &Context<'_>, kind: &str, value: &str, more: &str, keyboard: Option<&str>) -> Markup {
    let class = format!("{} {more}", c.class);
    html! {
        input id=(c.id) name=(c.name) type=(kind) class=(class.trim_end()) value=[(kind != "password").then_some(value)]
            inputmode=[keyboard] placeholder=[(!c.placeholder.is_empty()).then_some(c.placeholder)]
            autocomplete=[(!c.autocomplete.is_empty()).then_some(c.autocomplete)] maxlength=[c.max_length] readonly[c.readonly]
            aria-required=[c.required.then_some("true")] aria-invalid=[c.invalid.then_some("true")]
            aria-describedby=[c.described_by.as_deref()] hx-post=[(!c.check_url.is_empty()).then_some(c.check_url)]
            hx-trigger=[(!c.check_url.is_empty()).then_some("change")]
            hx-target=[(!c.check_url.is_empty()).then(|| format!("#{}m", c.id))];
    }
}

fn area(c: &Context<'_>, value: &str, rows: u8) -> Markup {
    html! {
        textarea id=(c.id) name=(c.name) class=(c.class) rows=(rows) readonly[c.readonly] maxlength=[c.max_length]
            placeholder=[(!c.placeholder.is_empty()).then_some(c.placeholder)] aria-required=[c.required.then_some("true")]
            aria-invalid=[c.invalid.then_some("true")] aria-describedby=[c.described_by.as_deref()] {
            // A textarea drops one line break after its tag; this one is ours.
            "\n" (value)
        }
    }
}

fn select(c: &Context<'_>, choices: &[Choice], picked: &str) -> Markup {
    let option =
        |choice: &Choice| html! { option value=(choice.value) selected[choice.value == picked] { (choice.label) } };
    let class = c.class.replace("form-control", "form-select");
    let known = choices.iter().any(|choice| choice.value == picked);
    html! {
        select id=(c.id) name=(c.name) class=(class) disabled[c.readonly] aria-required=[c.required.then_some("true")]
            aria-invalid=[c.invalid.then_some("true")] aria-describedby=[c.described_by.as_deref()] {
            @if !choices.iter().any(|choice| choice.value.is_empty()) {
                option value="" selected[!known] { (if c.required { t(c.lang, "form-choose") } else { t(c.lang, "word-none") }) }
            }
            @for (i, choice) in choices.iter().enumerate() {
                @if choice.group.is_empty() { (option(choice)) }
                @else if i == 0 || choices[i - 1].group != choice.group {
                    optgroup label=(choice.group) {
                        @for member in choices[i..].iter().take_while(|other| other.group == choice.group) { (option(member)) }
                    }
                }
            }
        }
        // A disabled list sends nothing: its value travels beside it.
        @if c.readonly { input type="hidden" name=(c.name) value=(picked); }
    }
}

fn boxes(c: &Context<'_>, kind: &str, choices: &[Choice], ticked: &[String]) -> Markup {
    html! {
        div.flex.flex-w.sm id=(c.id) tabindex="-1" role=(if kind == "radio" { "radiogroup" } else { "group" }) aria-labelledby=(c.label_id)
            aria-required=[(kind == "radio" && c.required).then_some("true")] aria-describedby=[c.described_by.as_deref()] {
            @for choice in choices {
                label.flex {
                    input.form-check-input type=(kind) name=(c.name) value=(choice.value) checked[ticked.contains(&choice.value)]
                        disabled[c.readonly];
                    (choice.label)
                }
            }
        }
    }
}
