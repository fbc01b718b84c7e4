//! Importing a file: upload → preview → write → undo within the day.
//!
//! The rule that matters: nothing is written before the reader has seen what would be, and what is written is what was seen.

mod columns;
mod done;
mod preview;
mod run;
mod table;
mod view;

use axum::{
    extract::{Multipart, multipart::MultipartRejection},
    response::{IntoResponse as _, Response},
};

pub(super) use done::{show as done, undo};
pub(super) use preview::{annotated, show as preview, write};

use super::{At, csv, units::Units, upload, words::Words};
use crate::{
    error::{Error, Message, Result},
    i18n::ta,
    pages,
    register::RegisterDef,
    ui::{
        Markup,
        buttons::{Kind, link_button, submit_button},
        feedback::steps,
        head::{PageHead, panel_pad},
        html,
        query::Query,
        shell::Crumb,
    },
    web::{Ctx, see_other},
};

/// A file that was uploaded: where it lies, what it is called, and the proof that this account uploaded it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Uploaded {
    sha256: String,
    name: String,
}

impl Uploaded {
    fn seal(&self, def: &RegisterDef, ctx: &Ctx) -> String {
        let account = ctx.actor.account.map(|a| a.to_string()).unwrap_or_default();
        ctx.app.keys.blind(&format!("import {} {account} {}", def.key, self.sha256))
    }

    /// The address of its preview.
    fn href(&self, def: &'static RegisterDef, ctx: &Ctx, rest: &str) -> Query {
        Query::new(At(def).path(&format!("/import/{}{rest}", self.sha256)))
            .with("name", &self.name)
            .with("seal", self.seal(def, ctx))
    }

    /// The file of an address.
    ///
    /// # Errors
    /// [`Error::NotFound`] when this account did not upload it here: a digest alone opens nothing.
    fn of_address(def: &'static RegisterDef, ctx: &Ctx, sha256: &str) -> Result<Self> {
        let query = Query::parse(&ctx.place);
        let name = query.get("name").unwrap_or_default().to_owned();
        let file = Self { sha256: sha256.to_owned(), name };
        let sealed = query.get("seal").is_some_and(|s| s == file.seal(def, ctx));
        if sealed { Ok(file) } else { Err(Error::NotFound { what: "thing-file" }) }
    }
}

fn crumbs(w: &Words, last: &str) -> Vec<Crumb> {
    let at = At(w.def);
    vec![Crumb::to(w.title(), at.list()), Crumb::to(w.t("register-import"), at.path("/import")), Crumb::here(last)]
}

fn head(w: &Words, ctx: &Ctx, step: usize) -> (PageHead, Markup) {
    let title = ta(w.lang, "import-title", &[("register", w.title().into())]);
    let demo = ctx.app.district.read().is_ok_and(|d| d.demo);
    let names = ["import-step-file", "import-step-check", "import-step-write"].map(|k| w.t(k));
    let bar = html! {
        section.hj-panel { div.pad { (steps(&names.each_ref().map(String::as_str), step)) } }
    };
    (PageHead::new(w.lang, title).demo(demo), bar)
}

/// `GET /registers/{key}/import`
pub(super) async fn start(def: &'static RegisterDef, ctx: Ctx) -> Result<Response> {
    let w = Words { lang: ctx.lang, def };
    let (head, bar) = head(&w, &ctx, 0);
    let template = link_button(&w.t("import-template"), &At(def).path("/import/template.csv"), "doc", Kind::Plain);
    let body = html! {
        (head.act(template))
        div.stack {
            (bar)
            (panel_pad(&w.t("import-step-file"), html! {}, html! {
                form.stack method="post" action=(At(def).path("/import")) enctype="multipart/form-data" {
                    label.flex.flex-w {
                        span.sm { (w.t("import-file")) }
                        input.form-control type="file" name="file" required accept=".csv,.txt,.tsv,text/csv,text/plain";
                    }
                    ul.sm.dim {
                        li { (ta(w.lang, "import-rule-columns", &[("columns", csv::head(&w).join(&w.t("register-comma")).into())])) }
                        li { (w.t("import-rule-match")) }
                        li { (w.t("import-rule-file")) }
                        @if !def.children.is_empty() { li { (w.t("import-rule-children")) } }
                    }
                    div { (submit_button(&w.t("import-check"), Kind::Primary)) }
                }
            }))
        }
    };
    let frame = pages::Frame::new(w.t("register-import"), crumbs(&w, &w.t("import-step-file")));
    Ok(pages::page(&ctx, frame, body).await?.into_response())
}

/// `GET /registers/{key}/import/template.csv`
pub(super) async fn template(def: &'static RegisterDef, ctx: Ctx) -> Result<Response> {
    let w = Words { lang: ctx.lang, def };
    let mut sheet = csv::Sheet::new(b',');
    let columns: Vec<String> =
        std::iter::once(w.t("register-field-unit")).chain(def.fields.iter().map(|f| w.field_with_measure(f))).collect();
    sheet.row(&columns)?;
    Ok(csv::download(&format!("{} {}.csv", w.title(), w.t("import-template")), sheet.bytes()?))
}

/// `POST /registers/{key}/import`
pub(super) async fn receive(
    def: &'static RegisterDef,
    ctx: Ctx,
    body: std::result::Result<Multipart, MultipartRejection>,
) -> Result<Response> {
    let sent = upload::read(&ctx, body).await?;
    let file = sent.files.into_iter().next().ok_or_else(|| Error::Bad(Message::new("file-none-sent")))?;
    let file = Uploaded { sha256: file.stored.sha256, name: file.name };
    Ok(see_other(&file.href(def, &ctx, "").href()))
}

/// The units over which the actor may write, read in the same transaction.
async fn units(work: &mut crate::work::Work, def: &'static RegisterDef) -> Result<Units> {
    let seen = work.actor.scoped(def.permissions.write, ())?;
    Units::load(&mut work.tx, def, &seen).await
}
