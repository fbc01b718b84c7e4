//! Pages and API of every register, from its definition alone.
//!
//! The rule that matters: nothing here knows a register. Each handler reads check → do → record → commit → answer; filters live
//! in the address; every address answers a whole page, and a part of it (`#list`) where only the part was asked for.

mod acts;
mod api;
mod attachments;
mod coverage;
mod csv;
mod detail;
mod encoding;
mod filter;
mod form;
mod history;
mod import;
mod json;
mod list;
mod merge;
mod openapi;
mod remove;
mod rows;
mod save;
mod schema;
mod sniff;
mod stale;
#[cfg(test)]
mod tests;
mod typed;
mod units;
mod upload;
mod words;

pub use openapi::document;

use axum::{
    extract::{DefaultBodyLimit, Multipart, Path, multipart::MultipartRejection},
    handler::Handler as _,
};
use uuid::Uuid;

use super::RegisterDef;
use crate::{
    error::{Error, Result},
    web::{Ctx, Form, Need, Routes},
};

type Id = Path<String>;
type Two = Path<(String, String)>;
type MaybeFiles = std::result::Result<Multipart, MultipartRejection>;

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

/// The routes that belong to all registers together.
#[must_use]
pub fn common_routes() -> Routes {
    Routes::none().get("/api/v1/openapi.json", Need::Known, openapi::show).finds("record", detail::find)
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
    let p = def.permissions;
    let (see, change, take_out) = (Need::Right(p.read), Need::Right(p.write), Need::Right(p.remove));
    let at = |rest: &str| At(def).path(rest);
    let pages = Routes::none()
        .get(at(""), see, move |ctx: Ctx| list::page(def, ctx))
        .get(at("/new"), change, move |ctx: Ctx| save::new(def, ctx))
        .post(at("/new"), change, move |ctx: Ctx, form: Form| save::create(def, ctx, form))
        .get(at("/{id}"), see, move |ctx: Ctx, id: Id| detail::page(def, ctx, id))
        .get(at("/{id}/edit"), change, move |ctx: Ctx, id: Id| save::edit(def, ctx, id))
        .post(at("/{id}/edit"), change, move |ctx: Ctx, id: Id, form: Form| save::update(def, ctx, id, form))
        .get(at("/{id}/remove"), take_out, move |ctx: Ctx, id: Id| remove::ask(def, ctx, id))
        .post(at("/{id}/remove"), take_out, move |ctx: Ctx, id: Id, form: Form| remove::remove(def, ctx, id, form))
        .post(at("/{id}/restore"), take_out, move |ctx: Ctx, id: Id, form: Form| remove::restore(def, ctx, id, form));
    pages.merge(acts_of(def)).merge(files_of(def)).merge(coverage_of(def)).merge(sheets_of(def)).merge(api_of(def))
}

/// The acts of a lifecycle. Who may do which is the lifecycle's to say; seeing the record is the least.
fn acts_of(def: &'static RegisterDef) -> Routes {
    let (see, at) = (Need::Right(def.permissions.read), At(def).path("/{id}/act/{act}"));
    if def.lifecycle.is_none() {
        return Routes::none();
    }
    Routes::none().get(&at, see, move |ctx: Ctx, what: Two| acts::ask(def, ctx, what)).post(
        &at,
        see,
        move |ctx: Ctx, what: Two, form: Form| acts::act(def, ctx, what, form),
    )
}

fn files_of(def: &'static RegisterDef) -> Routes {
    let (see, change) = (Need::Right(def.permissions.read), Need::Right(def.permissions.write));
    let at = |rest: &str| At(def).path(&format!("/{{id}}/files{rest}"));
    if def.attachments.is_empty() {
        return Routes::none();
    }
    // The server's own limit for uploads holds instead of the framework's smaller one.
    let add = move |ctx: Ctx, id: Id, body: MaybeFiles| attachments::add(def, ctx, id, body);
    Routes::none()
        .post(at(""), change, add.layer(DefaultBodyLimit::disable()))
        .get(at("/{file}"), see, move |ctx: Ctx, which: Two| attachments::open(def, ctx, which))
        .get(at("/{file}/remove"), change, move |ctx: Ctx, which: Two| attachments::ask(def, ctx, which))
        .post(at("/{file}/remove"), change, move |ctx: Ctx, which: Two, form: Form| {
            attachments::remove(def, ctx, which, form)
        })
}

fn coverage_of(def: &'static RegisterDef) -> Routes {
    let Some(grain) = def.coverage else { return Routes::none() };
    let (see, report) = (Need::Right(def.permissions.read), Need::Right(def.permissions.report));
    let at = At(def).path("/coverage");
    Routes::none().get(&at, see, move |ctx: Ctx| coverage::page(def, grain, ctx)).post(
        &at,
        report,
        move |ctx: Ctx, form: Form| coverage::declare(def, grain, ctx, form),
    )
}

/// Export and import of files.
fn sheets_of(def: &'static RegisterDef) -> Routes {
    let (see, change) = (Need::Right(def.permissions.read), Need::Right(def.permissions.write));
    let at = |rest: &str| At(def).path(rest);
    let receive = move |ctx: Ctx, body: MaybeFiles| import::receive(def, ctx, body);
    Routes::none()
        .get(at(".csv"), see, move |ctx: Ctx| csv::export(def, ctx))
        .get(at("/import"), change, move |ctx: Ctx| import::start(def, ctx))
        .post(at("/import"), change, receive.layer(DefaultBodyLimit::disable()))
        .get(at("/import/template.csv"), change, move |ctx: Ctx| import::template(def, ctx))
        .get(at("/import/{file}"), change, move |ctx: Ctx, file: Id| import::preview(def, ctx, file))
        .post(at("/import/{file}"), change, move |ctx: Ctx, file: Id, form: Form| import::write(def, ctx, file, form))
        .get(at("/import/{file}/rows.csv"), change, move |ctx: Ctx, file: Id| import::annotated(def, ctx, file))
        .get(at("/import/done/{id}"), change, move |ctx: Ctx, id: Id| import::done(def, ctx, id))
        .post(at("/import/done/{id}/undo"), change, move |ctx: Ctx, id: Id| import::undo(def, ctx, id))
}

fn api_of(def: &'static RegisterDef) -> Routes {
    let p = def.permissions;
    let (see, change, take_out) = (Need::Right(p.read), Need::Right(p.write), Need::Right(p.remove));
    let (all, one) = (api::address(def), format!("{}/{{id}}", api::address(def)));
    Routes::none()
        .get(&all, see, move |ctx: Ctx| api::list(def, ctx))
        .post(&all, change, move |ctx: Ctx, body: api::Body| api::create(def, ctx, body))
        .get(&one, see, move |ctx: Ctx, id: Id| api::one(def, ctx, id))
        .put(&one, change, move |ctx: Ctx, id: Id, body: api::Body| api::update(def, ctx, id, body))
        .delete(&one, take_out, move |ctx: Ctx, id: Id| api::remove(def, ctx, id))
        .get(format!("{one}/history"), see, move |ctx: Ctx, id: Id| api::history(def, ctx, id))
}
