//! What a file would do, row by row; and doing it.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use serde_json::json;

use super::{
    Uploaded, crumbs, head,
    run::{Outcome, Run, run},
    table::Table,
    units,
    view::View,
};
use crate::{
    audit::Entry,
    error::{Error, Message, Result},
    i18n::ta,
    pages,
    register::{
        RegisterDef,
        pages::{At, csv, units::Units, words::Words},
    },
    ui::{
        buttons::{Kind, link_button},
        feedback::note,
        html,
        lamp::Tone,
        query::Query,
    },
    web::{Ctx, Form, see_other},
};

/// `GET /registers/{key}/import/{sha256}`
pub(in super::super) async fn show(
    def: &'static RegisterDef,
    ctx: Ctx,
    Path(sha256): Path<String>,
) -> Result<Response> {
    let file = Uploaded::of_address(def, &ctx, &sha256)?;
    let (units, run) = dry(def, &ctx, &file).await?;
    page(def, &ctx, &file, &units, &run, false).await
}

/// Runs the file in a unit of work and gives it up: nothing is written.
async fn dry(def: &'static RegisterDef, ctx: &Ctx, file: &Uploaded) -> Result<(Units, Run)> {
    let w = Words { lang: ctx.lang, def };
    let table = Table::read(&ctx.app.files.get(&file.sha256).await?)?;
    let mut work = ctx.work().await?;
    let units = units(&mut work, def).await?;
    let run = run(&mut work, &w, &units, table).await?;
    drop(work);
    Ok((units, run))
}

/// `GET /registers/{key}/import/{sha256}/rows.csv`: the reader's own file with the problems in a column of their own.
pub(in super::super) async fn annotated(
    def: &'static RegisterDef,
    ctx: Ctx,
    Path(sha256): Path<String>,
) -> Result<Response> {
    let file = Uploaded::of_address(def, &ctx, &sha256)?;
    let w = Words { lang: ctx.lang, def };
    let (_, run) = dry(def, &ctx, &file).await?;
    let mut sheet = csv::Sheet::new(run.table.delimiter);
    let width = run.table.head.len();
    let old = run.table.head.iter().position(|h| *h == w.t("import-problem-column")).unwrap_or(width);
    let put = |cells: &[String], last: String| {
        let mut row: Vec<String> = cells.to_vec();
        row.resize(width.max(old + 1), String::new());
        row[old] = last;
        row
    };
    sheet.row(&put(&run.table.head, w.t("import-problem-column")))?;
    for line in &run.lines {
        let words = match &line.outcome {
            Outcome::Error(wrong) => {
                let one = |w: &super::run::Wrong| match w.column.and_then(|c| run.table.head.get(c)) {
                    Some(column) => format!("{column}：{}", w.words),
                    None => w.words.clone(),
                };
                wrong.iter().map(one).collect::<Vec<_>>().join(" ")
            }
            _ => String::new(),
        };
        sheet.row(&put(&line.cells, csv::guard(&words)))?;
    }
    Ok(csv::download(&file.name, sheet.bytes()?))
}

/// `POST /registers/{key}/import/{sha256}`: writes what the preview showed.
pub(in super::super) async fn write(
    def: &'static RegisterDef,
    ctx: Ctx,
    Path(sha256): Path<String>,
    form: Form,
) -> Result<Response> {
    let file = Uploaded::of_address(def, &ctx, &sha256)?;
    let w = Words { lang: ctx.lang, def };
    let table = Table::read(&ctx.app.files.get(&file.sha256).await?)?;
    let mut work = ctx.work().await?;
    let units = units(&mut work, def).await?;
    let run = run(&mut work, &w, &units, table).await?;
    let counts = run.counts();
    // Somebody saved in between, or asks for all rows and not all are sound: look again.
    if run.digest() != form.text("seen") || (form.text("mode") != "sound" && counts.errors > 0) {
        drop(work);
        return page(def, &ctx, &file, &units, &run, true).await;
    }
    if counts.new + counts.changed == 0 {
        return Err(Error::Refused(Message::new("import-nothing")));
    }
    let rows: Vec<_> = run
        .lines
        .iter()
        .filter_map(|line| match &line.outcome {
            Outcome::New(record) => Some(json!([record.meta.id, record.meta.version, "new"])),
            Outcome::Changed { after, .. } => Some(json!([after.meta.id, after.meta.version, "changed"])),
            _ => None,
        })
        .collect();
    let id = work.new_id();
    work.record(Entry {
        action: "import",
        subject_kind: "import".to_owned(),
        subject_id: Some(id),
        detail: json!({ "register": def.key, "file": file.name, "sha256": file.sha256, "new": counts.new,
                        "changed": counts.changed, "same": counts.same, "skipped": counts.errors, "rows": rows }),
        digest: None,
    });
    work.commit().await?;
    Ok(see_other(&At(def).path(&format!("/import/done/{id}"))))
}

async fn page(
    def: &'static RegisterDef,
    ctx: &Ctx,
    file: &Uploaded,
    units: &Units,
    run: &Run,
    again: bool,
) -> Result<Response> {
    let w = Words { lang: ctx.lang, def };
    let (head, bar) = head(&w, ctx, 1);
    let counts = run.counts();
    let about = [
        ("name", file.name.clone().into()),
        ("rows", run.lines.len().into()),
        ("encoding", run.table.encoding.to_owned().into()),
        ("delimiter", w.t(if run.table.delimiter == b'\t' { "import-tab" } else { "import-comma" }).into()),
    ];
    let view =
        View { w, units, run, query: Query::parse(&file.href(def, ctx, "").href()), asked: Query::parse(&ctx.place) };
    let marked = file.href(def, ctx, "/rows.csv").href();
    let body = html! {
        (head.meta(ta(w.lang, "import-about", &about))
            .act(link_button(&w.t("import-other-file"), &At(def).path("/import"), "import", Kind::Plain))
            .act(link_button(&w.t("import-marked"), &marked, "export", Kind::Plain)))
        div.stack {
            (bar)
            @if again { (note(Tone::Yellow, html! { (w.t("import-changed-meanwhile")) }, html! {})) }
            (view.tiles(counts))
            (view.unused())
            div { (view.tabs(counts)) (view.table()) }
            (view.bar(counts, &file.href(def, ctx, "").href()))
        }
    };
    let frame = pages::Frame::new(w.t("register-import"), crumbs(&w, &w.t("import-step-check")));
    let status = if again { StatusCode::CONFLICT } else { StatusCode::OK };
    Ok((status, pages::page(ctx, frame, body).await?).into_response())
}
