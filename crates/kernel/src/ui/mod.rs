//! The look: functions from values to HTML.
//!
//! Owns the shell of a page ([`shell`]), the components of the pages and the serving of the bundled assets ([`assets`]). Everything is
//! pure: values in, [`Markup`] out; no database, no request. The rule that matters: the Content-Security-Policy forbids inline script,
//! handlers and `style` attributes, and every page works without script as full pages, so geometry is SVG attributes, menus are
//! `<details>`, and what changes something is a form sent by POST. Class names start with `hj-` and are those of `web/css`.

pub mod assets;
pub mod bars;
pub mod buttons;
pub mod column;
pub mod conflict;
pub mod controls;
pub mod detail;
pub mod feedback;
pub mod files;
pub mod filter;
pub mod form;
pub mod frame;
pub mod gauge;
pub mod head;
pub mod lamp;
pub mod map;
pub mod pager;
pub mod problem;
pub mod query;
pub mod seats;
pub mod shell;
pub mod table;
pub mod tiles;
pub mod timeline;
pub mod tree;
pub mod trend;

#[cfg(test)]
mod tests;

pub use maud::{Markup, PreEscaped, Render, html};

/// An icon of the sprite by its name without the prefix (`plus`, `export`, `warn`, …). Decorative: it says nothing to a screen reader.
pub fn icon(name: &str) -> Markup {
    html! { svg.i aria-hidden="true" { use href={ "#i-" (name) } {} } }
}

/// The same icon in the small size, for tabs and menus.
pub fn icon_small(name: &str) -> Markup {
    html! { svg.i.i-sm aria-hidden="true" { use href={ "#i-" (name) } {} } }
}
