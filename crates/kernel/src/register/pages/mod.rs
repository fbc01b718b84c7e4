//! Pages and API of every register, from its definition alone.
//!
//! The rule that matters: nothing here knows a register. Each handler reads check → do → record → commit → answer; filters live
//! in the address; every address answers a whole page, and a part of it (`#list`) where only the part was asked for.

mod acts;
mod attachments;
mod detail;
mod filter;
mod form;
mod history;
mod list;
mod merge;
mod remove;
mod rows;
mod save;
mod stale;
mod typed;
mod units;
mod words;

use axum::extract::Path;
use uuid::Uuid;

use super::RegisterDef;
use crate::{
    error::{Error, Result},
    web::{Ctx, Form, Need, Routes},
};

/// The addresses of a register.
#[derive(Debug, Clone, Copy)]
struct At(&'static RegisterDef);

impl At {
    /// The list.
    fn list(self) -> String {
        format!("/registers/{}", self.0.key)
    }

    /// Something of the whole register: `/new`, `.csv`.
    fn path(self, rest: &str) -> String {
        format!("/registers/{}{rest}", self.0.key)
    }

    /// A record.
    fn one(self, id: Uuid) -> String {
        format!("/registers/{}/{id}", self.0.key)
    }

    /// Its form.
    fn edit(self, id: Uuid) -> String {
        self.below(id, "edit")
    }

    /// Something of a record.
    fn below(self, id: Uuid, rest: &str) -> String {
        format!("/registers/{}/{id}/{rest}", self.0.key)
    }
}

/// The id of an address. A text that is none names no record.
fn record_id(text: &str) -> Result<Uuid> {
    Uuid::try_parse(text).map_err(|_| Error::NotFound { what: "thing-record" })
}

/// The routes of a register.
///
/// # Panics
/// When a field bears a name that pages need for themselves: a programming error of the definition.
#[must_use]
pub fn routes(def: &'static RegisterDef) -> Routes {
    for field in def.fields {
        assert!(!filter::RESERVED.contains(&field.name), "{}: no field may be named `{}`", def.key, field.name);
    }
    type Id = Path<String>;
    type IdAct = Path<(String, String)>;
    let p = def.permissions;
    let (see, change, take_out) = (Need::Right(p.read), Need::Right(p.write), Need::Right(p.remove));
    let at = |rest: &str| At(def).path(rest);
    Routes::none()
        .get(at(""), see, move |ctx: Ctx| list::page(def, ctx))
        .get(at("/new"), change, move |ctx: Ctx| save::new(def, ctx))
        .post(at("/new"), change, move |ctx: Ctx, form: Form| save::create(def, ctx, form))
        .get(at("/{id}"), see, move |ctx: Ctx, id: Id| detail::page(def, ctx, id))
        .get(at("/{id}/edit"), change, move |ctx: Ctx, id: Id| save::edit(def, ctx, id))
        .post(at("/{id}/edit"), change, move |ctx: Ctx, id: Id, form: Form| save::update(def, ctx, id, form))
        .get(at("/{id}/remove"), take_out, move |ctx: Ctx, id: Id| remove::ask(def, ctx, id))
        .post(at("/{id}/remove"), take_out, move |ctx: Ctx, id: Id, form: Form| remove::remove(def, ctx, id, form))
        .post(at("/{id}/restore"), take_out, move |ctx: Ctx, id: Id, form: Form| remove::restore(def, ctx, id, form))
        .get(at("/{id}/act/{act}"), see, move |ctx: Ctx, what: IdAct| acts::ask(def, ctx, what))
        .post(at("/{id}/act/{act}"), see, move |ctx: Ctx, what: IdAct, form: Form| acts::act(def, ctx, what, form))
}
