//! What a page is about, so that a module may show something of its own beside it (and come back to it later).
//!
//! The rule that matters: a module that shows something beside other pages does not know them, and they do not know it. Both
//! know a [`Subject`], and only through its [`Finder`], which asks the reader's rights, does one get hold of it by its key.

use std::pin::Pin;

use maud::{Markup, html};
use uuid::Uuid;

use super::{App, Ctx};
use crate::error::{Error, Result};

/// What a page is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// Kind and name: `unit:ID`, `record:REGISTER:ID`, `indicator:CODE`, `todo:ID`.
    pub key: String,
    /// Its title, as data.
    pub title: String,
    /// Its page.
    pub href: String,
    /// The unit it belongs to, when it belongs to one.
    pub unit: Option<Uuid>,
    /// The permission that opens its page: over its unit, or anywhere when it has none.
    pub right: &'static str,
}

/// A future that borrows the request's context.
pub type Soon<'c, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'c>>;

/// Finds what a page of this kind is about, by the rest of its key, for this reader.
pub type Finder = for<'c> fn(&'c Ctx, &'c str) -> Soon<'c, Subject>;

/// What a module shows beside other pages; empty markup where it has nothing to show.
pub type Beside = for<'c> fn(&'c Ctx, &'c Subject) -> Soon<'c, Markup>;

/// The subject of a key, when the reader may open its page.
///
/// # Errors
/// [`Error::NotFound`] when there is none or it lies outside the scope; whatever its finder answers.
pub async fn subject(ctx: &Ctx, key: &str) -> Result<Subject> {
    let (kind, rest) = key.split_once(':').ok_or(Error::NotFound { what: "thing-page" })?;
    let finder = ctx.app.finders().iter().find(|(k, _)| *k == kind).ok_or(Error::NotFound { what: "thing-page" })?.1;
    finder(ctx, rest).await
}

/// Everything that modules show beside a page about this.
///
/// # Errors
/// Whatever one of them answers.
pub async fn beside(ctx: &Ctx, subject: &Subject) -> Result<Markup> {
    let mut all = Vec::new();
    for show in ctx.app.besides() {
        all.push(show(ctx, subject).await?);
    }
    Ok(html! { @for one in all { (one) } })
}

/// What the modules say of subjects; gathered once.
#[derive(Default)]
pub(super) struct Subjects {
    pub finders: Vec<(&'static str, Finder)>,
    pub besides: Vec<Beside>,
}

impl App {
    fn finders(&self) -> &[(&'static str, Finder)] {
        &self.subjects().finders
    }

    fn besides(&self) -> &[Beside] {
        &self.subjects().besides
    }
}
