//! Buttons: a link that goes somewhere, or the end of a form that changes something.
//!
//! The rule that matters: a GET never changes anything, so an act is always a form sent by POST; that it comes from a page of
//! ours the guard judges by what the browser says of the request's origin. Words are verbs (办理, 退回, 导出 Excel), never “yes” or
//! “confirm”.

use maud::{Markup, html};

use super::icon;

/// Look of a button.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    /// Outlined.
    #[default]
    Plain,
    /// The one main act of a page or bar.
    Primary,
    /// Text only.
    Quiet,
    /// Takes something away.
    Danger,
    /// Outlined, in a table row or panel head.
    Small,
    /// Text only, in a table row or panel head.
    SmallQuiet,
}

impl Kind {
    /// Its classes.
    pub fn class(self) -> &'static str {
        match self {
            Kind::Plain => "btn",
            Kind::Primary => "btn btn-primary",
            Kind::Quiet => "btn btn-quiet",
            Kind::Danger => "btn btn-danger",
            Kind::Small => "btn btn-sm",
            Kind::SmallQuiet => "btn btn-sm btn-quiet",
        }
    }
}

/// A link that looks like a button; `icon_name` is one of the sprite's, or empty.
pub fn link_button(label: &str, href: &str, icon_name: &str, kind: Kind) -> Markup {
    html! { a class=(kind.class()) href=(href) { @if !icon_name.is_empty() { (icon(icon_name)) } (label) } }
}

/// The button that sends the form it stands in.
pub fn submit_button(label: &str, kind: Kind) -> Markup {
    html! { button type="submit" class=(kind.class()) { (label) } }
}

/// A button that sends its form with `name=value`, so that one form can offer several acts.
pub fn named_button(label: &str, name: &str, value: &str, kind: Kind) -> Markup {
    html! { button type="submit" class=(kind.class()) name=(name) value=(value) { (label) } }
}

/// A form of a single button: POSTs the hidden fields to `action`.
pub fn post_button(label: &str, action: &str, hidden: &[(&str, &str)], kind: Kind) -> Markup {
    html! {
        form.flex method="post" action=(action) {
            @for (name, value) in hidden { input type="hidden" name=(name) value=(value); }
            (submit_button(label, kind))
        }
    }
}

/// A button that cannot be pressed, with the reason in words beside it.
pub fn disabled_button(label: &str, reason: &str) -> Markup {
    html! { button type="button" class="btn" disabled { (label) } " " span.dim.xs { (reason) } }
}

/// A button for the browser's print dialogue (needs script; without it the browser's own menu prints the same page).
pub fn print_button(label: &str) -> Markup {
    html! { button.btn type="button" data-print { (icon("print")) (label) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_act_is_a_form_sent_by_post() {
        let html = post_button("催办", "/todo/1/remind", &[("version", "3")], Kind::Small).into_string();
        assert!(html.starts_with(r#"<form class="flex" method="post" action="/todo/1/remind">"#));
        assert!(html.contains(r#"<input type="hidden" name="version" value="3">"#));
    }

    #[test]
    fn a_link_goes_somewhere_and_shows_its_icon() {
        let html = link_button("新增", "/premises/new", "plus", Kind::Primary).into_string();
        assert_eq!(
            html,
            r##"<a class="btn btn-primary" href="/premises/new"><svg class="i" aria-hidden="true"><use href="#i-plus"></use></svg>新增</a>"##
        );
    }

    #[test]
    fn a_dead_button_says_why() {
        assert!(disabled_button("提交", "已封存").into_string().contains("已封存"));
    }
}
