//! The preview as a page: how many rows of each outcome, the rows, what is wrong at its cell.

use super::{
    columns::Column,
    run::{Counts, Line, Outcome, Run},
};
use crate::{
    i18n::ta,
    register::{
        Record,
        pages::{At, units::Units, words::Words},
    },
    ui::{
        Markup,
        buttons::{Kind, submit_button},
        feedback::note,
        form::hidden,
        head::{Tab, tabs},
        html,
        lamp::{Tone, tag},
        query::Query,
        table::table_box,
        tiles::{Tile, tiles},
    },
};

/// The most rows one page shows.
const SHOWN: usize = 200;

/// A run, about to be shown.
pub(super) struct View<'a> {
    pub w: Words,
    pub units: &'a Units,
    pub run: &'a Run,
    /// The address of the preview.
    pub query: Query,
    /// The address asked for, with what to show.
    pub asked: Query,
}

impl View<'_> {
    pub fn tiles(&self, c: Counts) -> Markup {
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

    pub fn tabs(&self, c: Counts) -> Markup {
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
    pub fn unused(&self) -> Markup {
        let columns = self.run.columns.iter().zip(&self.run.table.head);
        let names: Vec<&str> = columns.filter(|(c, _)| **c == Column::Unused).map(|(_, h)| h.as_str()).collect();
        let words = names.join(&self.w.t("register-comma"));
        html! {
            @if !names.is_empty() {
                (note(Tone::Yellow, html! { (ta(self.w.lang, "import-unused", &[("columns", words.into())])) }, html! {}))
            }
        }
    }

    pub fn table(&self) -> Markup {
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
        let columns = self.columns();
        let table = html! {
            table.hj-t.hj-diff {
                caption.sr { (w.t("import-step-check")) }
                thead { tr {
                    th.num scope="col" { (w.t("import-line")) }
                    th scope="col" { (w.t("import-outcome")) }
                    @for at in &columns { th scope="col" { (self.run.table.head[*at]) } }
                } }
                tbody { @for line in lines.iter().take(SHOWN) { (self.row(line, &columns)) } }
            }
        };
        let below = html! {
            @if lines.is_empty() { div.hj-page { span.dim { (w.t("import-none-here")) } } }
            @if more > 0 { div.hj-page { span.dim { (ta(w.lang, "import-more", &[("n", more.into())])) } } }
        };
        table_box("list", table, below)
    }

    /// The columns worth showing: what only tells the record again, and what is empty throughout, is left out.
    fn columns(&self) -> Vec<usize> {
        let wrong =
            |line: &Line, at| matches!(&line.outcome, Outcome::Error(all) if all.iter().any(|w| w.column == Some(at)));
        let filled = |line: &Line, at: usize| line.cells.get(at).is_some_and(|c| !c.trim().is_empty());
        let told = |at: usize| matches!(self.run.columns[at], Column::Unit | Column::Field(_) | Column::Unused);
        (0..self.run.table.head.len())
            .filter(|at| self.run.lines.iter().any(|l| wrong(l, *at) || (told(*at) && filled(l, *at))))
            .collect()
    }

    fn row(&self, line: &Line, columns: &[usize]) -> Markup {
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
                @for at in columns { (self.cell(line, *at)) }
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

    pub fn bar(&self, c: Counts, action: &str) -> Markup {
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
