//! What a file would do, row by row; and doing it.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use serde_json::json;

use super::{
    Uploaded,
    columns::Column,
    crumbs, head,
    run::{Counts, Line, Outcome, Run, run},
    table::Table,
    units,
};
use crate::{
    audit::Entry,
    error::{Error, Message, Result},
    i18n::ta,
    pages,
    register::{
        Record, RegisterDef,
        pages::{At, csv, units::Units, words::Words},
    },
    ui::{
        Markup,
        buttons::{Kind, link_button, submit_button},
        feedback::note,
        form::hidden,
        head::{Tab, tabs},
        html,
        lamp::{Tone, tag},
        query::Query,
        table::table_box,
        tiles::{Tile, tiles},
    },
    web::{Ctx, Form, see_other},
};

/// The most rows one page shows.
const SHOWN: usize = 200;

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

struct View<'a> {
    w: Words,
    units: &'a Units,
    run: &'a Run,
    query: Query,
    asked: Query,
}

impl View<'_> {
    fn tiles(&self, c: Counts) -> Markup {
        let w = &self.w;
        let one = |tone: Tone, key: &str, n: usize| {
            Tile::tag(tag(tone, &w.t(&format!("import-{key}"))), n.to_string())
                .unit(w.t("import-rows"))
                .against(w.t(&format!("import-{key}-sub")))
                .href(self.query.with("show", key).href())
        };
        tiles(&[
            one(Tone::Red, "error", c.errors),
            one(Tone::Green, "new", c.new),
            one(Tone::Yellow, "changed", c.changed),
            one(Tone::Plain, "same", c.same),
        ])
    }

    fn tabs(&self, c: Counts) -> Markup {
        let w = &self.w;
        let present = self.show();
        let one = |key: &str, n: usize| {
            Tab::new(w.t(&format!("import-tab-{key}")), self.query.with("show", key).href(), present == key).count(n)
        };
        tabs(
            &w.t("import-step-check"),
            &[
                one("open", c.errors + c.new + c.changed),
                one("error", c.errors),
                one("new", c.new),
                one("changed", c.changed),
                one("all", self.run.lines.len()),
            ],
        )
    }

    fn show(&self) -> &str {
        let asked = self.asked.get("show").unwrap_or_default();
        ["open", "error", "new", "changed", "same", "all"].into_iter().find(|k| *k == asked).unwrap_or("open")
    }

    /// Columns of the file that nothing knows: said, not silently dropped.
    fn unused(&self) -> Markup {
        let columns = self.run.columns.iter().zip(&self.run.table.head);
        let names: Vec<&str> = columns.filter(|(c, _)| **c == Column::Unused).map(|(_, h)| h.as_str()).collect();
        let words = names.join(&self.w.t("register-comma"));
        html! {
            @if !names.is_empty() {
                (note(Tone::Yellow, html! { (ta(self.w.lang, "import-unused", &[("columns", words.into())])) }, html! {}))
            }
        }
    }

    fn table(&self) -> Markup {
        let w = &self.w;
        let rank = |o: &Outcome| match o {
            Outcome::Error(_) => ("error", 0),
            Outcome::New(_) => ("new", 1),
            Outcome::Changed { .. } => ("changed", 2),
            Outcome::Same => ("same", 3),
        };
        let show = self.show();
        let fits = |o: &Outcome| show == "all" || rank(o).0 == show || (show == "open" && rank(o).1 < 3);
        let mut lines: Vec<&Line> = self.run.lines.iter().filter(|l| fits(&l.outcome)).collect();
        // Errors first; whoever asks for all wants the order of the file.
        if show != "all" {
            lines.sort_by_key(|l| rank(&l.outcome).1);
        }
        let more = lines.len().saturating_sub(SHOWN);
        let table = html! {
            table.hj-t.hj-diff {
                caption.sr { (w.t("import-step-check")) }
                thead { tr {
                    th.num scope="col" { (w.t("import-line")) }
                    th scope="col" { (w.t("import-outcome")) }
                    @for head in &self.run.table.head { th scope="col" { (head) } }
                } }
                tbody { @for line in lines.iter().take(SHOWN) { (self.row(line)) } }
            }
        };
        let below = html! {
            @if lines.is_empty() { div.hj-page { span.dim { (w.t("import-none-here")) } } }
            @if more > 0 { div.hj-page { span.dim { (ta(w.lang, "import-more", &[("n", more.into())])) } } }
        };
        table_box("list", table, below)
    }

    fn row(&self, line: &Line) -> Markup {
        let w = &self.w;
        let (class, tone, key) = match &line.outcome {
            Outcome::Error(_) => ("err", Tone::Red, "import-error"),
            Outcome::New(_) => ("new", Tone::Green, "import-new"),
            Outcome::Changed { .. } => ("chg", Tone::Yellow, "import-changed"),
            Outcome::Same => ("", Tone::Plain, "import-same"),
        };
        let whole: Vec<&str> = match &line.outcome {
            Outcome::Error(wrong) => wrong.iter().filter(|w| w.column.is_none()).map(|w| w.words.as_str()).collect(),
            _ => Vec::new(),
        };
        html! {
            tr class=(class) {
                td.num { (line.line) }
                td { (tag(tone, &w.t(key))) @for words in whole { span.why { (words) } } }
                @for at in 0..self.run.table.head.len() { (self.cell(line, at)) }
            }
        }
    }

    fn cell(&self, line: &Line, at: usize) -> Markup {
        let text = line.cells.get(at).map_or("", String::as_str);
        match &line.outcome {
            Outcome::Error(wrong) => {
                let here: Vec<&str> = wrong.iter().filter(|w| w.column == Some(at)).map(|w| w.words.as_str()).collect();
                html! { td class=[(!here.is_empty()).then_some("bad")] { (text) @for words in here { span.why { (words) } } } }
            }
            Outcome::Changed { before, after } => {
                let (was, is) = (self.text(before, at), self.text(after, at));
                html! { td { @if was == is { (text) } @else { del { (was) } " → " ins { (is) } } } }
            }
            _ => html! { td { (text) } },
        }
    }

    /// What a record holds in a column.
    fn text(&self, record: &Record, at: usize) -> String {
        match self.run.columns.get(at) {
            Some(Column::Unit) => self.units.name(record.meta.unit),
            Some(Column::Field(n)) => self.w.shown(None, &self.w.def.fields[*n], &record.values[*n]),
            _ => String::new(),
        }
    }

    fn bar(&self, c: Counts, action: &str) -> Markup {
        let w = &self.w;
        let n = c.new + c.changed;
        let words = [("n", n.into()), ("skipped", c.errors.into())];
        html! {
            form.hj-savebar method="post" action=(action) {
                (hidden("seen", &self.run.digest()))
                (hidden("mode", if c.errors > 0 { "sound" } else { "all" }))
                @if n == 0 {
                    span { (w.t("import-nothing")) }
                } @else {
                    (submit_button(&ta(w.lang, if c.errors > 0 { "import-write-sound" } else { "import-write-all" }, &words), Kind::Primary))
                    span.dim.xs { (w.t("import-undo-until")) }
                }
                a.btn.btn-quiet.end href=(At(w.def).list()) { (w.t("import-cancel")) }
            }
        }
    }
}
