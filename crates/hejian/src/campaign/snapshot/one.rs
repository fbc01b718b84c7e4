//! A snapshot: what was frozen, by whom, and the proof that it is still that.

use axum::extract::Path;
use chrono::NaiveDate;
use hejian_kernel::{
    error::Result,
    i18n::{Lang, format, t, ta},
    jobs::CLOCKWORK,
    pages::{Frame, page as framed},
    ui::{
        Markup,
        buttons::print_button,
        detail::definitions,
        feedback::note,
        head::{PageHead, Tab, panel, panel_pad, tabs},
        html,
        lamp::{Tone, tag},
        query::Query,
        shell::Crumb,
        table::{Cell, Column, Phone, Row, Table, table_box},
        tiles::{Tile, tiles},
    },
    web::Ctx,
};

use super::{
    frozen::{Frozen, Line, Unit},
    keeping::{Proven, proven},
    list::{day_of, kept},
};
use crate::campaign::{
    record::Chosen,
    standard::words::{number, points, quantity_with_unit},
};

/// `GET /score/snapshots/{day}`
pub(super) async fn show(Path(day): Path<String>, ctx: Ctx) -> Result<Markup> {
    let (lang, query) = (ctx.lang, Query::parse(&ctx.place));
    let mut read = ctx.read().await?;
    let chosen = Chosen::read(&mut read.tx, &query).await?;
    let snapshot = proven(&mut read.tx, chosen.id(), day_of(&day)?).await?;
    drop(read);
    let units = query.get("view") == Some("units");
    let body = html! {
        (head(&ctx, &chosen, &snapshot))
        (turned(lang, &chosen, snapshot.row.on_day, if units { View::Units } else { View::Indicators }))
        @if let Some(frozen) = &snapshot.frozen {
            (tiles(&figures(lang, &snapshot, frozen)))
            div.ind-grid.mt {
                div.stack { @if units { (of_units(lang, &chosen, &snapshot, frozen)) } @else { (of_indicators(lang, &chosen, &snapshot, frozen)) } }
                aside.stack { (seal(lang, &snapshot, &frozen.standard)) (areas(lang, frozen)) }
            }
        } @else { (seal(lang, &snapshot, "")) }
    };
    framed(&ctx, frame(lang, &chosen, &title(lang, snapshot.row.on_day)), body).await
}

/// 2009-03 月度封存
pub(super) fn title(lang: Lang, day: NaiveDate) -> String {
    ta(lang, "snapshot-title", &[("month", day.format("%Y-%m").to_string().into())])
}

/// The frame of a page about one snapshot.
pub(super) fn frame(lang: Lang, chosen: &Chosen, title: &str) -> Frame {
    let crumbs = vec![
        Crumb::to(t(lang, "nav-score"), chosen.link("/score")),
        Crumb::to(t(lang, "nav-snapshots"), chosen.link("/score/snapshots")),
        Crumb::here(title.to_owned()),
    ];
    Frame::new(title.to_owned(), crumbs)
}

/// The views of a snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum View {
    Indicators,
    Units,
    Late,
    Day,
}

/// The head, with the seal in a word, and a red note where it is broken.
pub(super) fn head(ctx: &Ctx, chosen: &Chosen, of: &Proven) -> Markup {
    let lang = ctx.lang;
    let demo = ctx.app.district.read().is_ok_and(|district| district.demo);
    let (tone, word) = if of.whole { (Tone::Green, "snapshot-whole") } else { (Tone::Red, "snapshot-broken") };
    let then = Query::parse(&chosen.link("/score")).with("on", of.row.on_day.to_string()).href();
    html! {
        (PageHead::new(lang, title(lang, of.row.on_day)).mark(tag(tone, &t(lang, word))).demo(demo)
            .meta(ta(lang, "snapshot-meta", &[("day", of.row.on_day.to_string().into()), ("title", chosen.campaign.title.clone().into())]))
            .act(html! { a.btn href=(then) { (t(lang, "snapshot-open-day")) } })
            .act(print_button(&t(lang, "score-print"))))
        @if !of.whole { (note(Tone::Red, html! { (t(lang, "snapshot-broken-says")) }, html! {})) }
    }
}

/// The tabs.
pub(super) fn turned(lang: Lang, chosen: &Chosen, day: NaiveDate, at: View) -> Markup {
    let here = chosen.link(&format!("/score/snapshots/{day}"));
    let compare = Query::parse(&chosen.link(&format!("/score/snapshots/{day}/compare")));
    let units = Query::parse(&here).with("view", "units").href();
    tabs(
        &t(lang, "snapshot-views"),
        &[
            Tab::new(t(lang, "snapshot-by-indicator"), here, at == View::Indicators),
            Tab::new(t(lang, "snapshot-by-unit"), units, at == View::Units),
            Tab::new(t(lang, "snapshot-late"), compare.href(), at == View::Late),
            Tab::new(t(lang, "snapshot-other-day"), compare.with("with", "then").href(), at == View::Day),
        ],
    )
}

fn figures(lang: Lang, of: &Proven, frozen: &Frozen) -> Vec<Tile> {
    let (got, assessed, total) = (kept(&of.row.points), kept(&of.row.assessed_points), number(&of.row.total_points));
    let open = frozen.indicators.iter().filter(|line| line.basic && line.points.is_none()).count();
    let says = ta(
        lang,
        "dashboard-assessed-of",
        &[("assessed", number(&of.row.assessed_points).into()), ("total", total.clone().into())],
    );
    let mut all = vec![
        match assessed.is_zero() {
            true => Tile::new(t(lang, "score-total"), t(lang, "not-assessed")).words().against(says),
            false => Tile::new(t(lang, "score-total"), points(&got)).against(says),
        },
        Tile::new(t(lang, "snapshot-lost"), points(&(&assessed - &got))),
        Tile::new(t(lang, "snapshot-open"), open.to_string()).unit(t(lang, "snapshot-items")),
    ];
    if let Some(pass) = &of.row.pass_points {
        let room = &got - &kept(pass);
        all.push(
            Tile::new(t(lang, "dashboard-to-pass"), points(&room))
                .against(ta(lang, "dashboard-pass", &[("points", number(pass).into())]))
                .bad(room.is_negative()),
        );
    }
    if frozen.faults > 0 {
        all.push(Tile::new(t(lang, "snapshot-faults"), frozen.faults.to_string()).bad(true));
    }
    all
}

/// What proves it.
fn seal(lang: Lang, of: &Proven, title: &str) -> Markup {
    let row = &of.row;
    let text = |text: String| html! { (text) };
    let made = html! { (format::moment(row.made_at)) br; (who(lang, &row.made_by)) };
    let entry = html! {
        @match of.entry {
            Some(seq) => (ta(lang, "snapshot-entry-n", &[("seq", seq.to_string().into())])),
            None => (format::DASH),
        }
    };
    let standard = html! { (title) br; (row.pack) " v" (row.pack_version) };
    let rows = [
        (t(lang, "snapshot-made"), made),
        (t(lang, "snapshot-stands-on"), text(row.stands_on.to_string())),
        (t(lang, "snapshot-standard"), standard),
        (t(lang, "snapshot-fingerprint"), hash(&row.pack_fingerprint)),
        (t(lang, "snapshot-engine"), text(row.engine_version.to_string())),
        (t(lang, "snapshot-digest"), hash(&row.digest)),
        (t(lang, "snapshot-entry"), entry),
    ];
    let rows: Vec<(&str, Markup)> = rows.iter().map(|(term, value)| (term.as_str(), value.clone())).collect();
    panel_pad(&t(lang, "snapshot-seal"), html! {}, definitions(&rows))
}

/// A digest in groups, so that it can be compared and breaks across lines.
fn hash(text: &str) -> Markup {
    let signs: Vec<char> = text.chars().collect();
    html! { span.xs { @for group in signs.chunks(8) { (group.iter().collect::<String>()) " " } } }
}

/// Who made it; the product itself in the reader's language.
pub(super) fn who(lang: Lang, name: &str) -> String {
    if name == CLOCKWORK { t(lang, "job-by-itself") } else { name.to_owned() }
}

fn areas(lang: Lang, frozen: &Frozen) -> Markup {
    let columns = vec![
        Column::text(t(lang, "score-areas")),
        Column::num(t(lang, "score-points")).class("b"),
        Column::num(t(lang, "snapshot-assessed")),
    ];
    let rows = frozen.areas.iter().map(|area| {
        Row::new(vec![
            format!("{} {}", area.code, area.name.say(lang)).into(),
            got(lang, (!area.assessed.is_zero()).then_some(&area.points)),
            format!("{} / {}", number(&area.assessed.to_string()), number(&area.total.to_string())).into(),
        ])
    });
    let table = Table::new(lang, t(lang, "score-areas"), columns).rows(rows).no_cards();
    panel(&t(lang, "score-areas"), html! {}, html! { div.hj-scroll { (table) } })
}

/// Points, or 未评.
pub(super) fn got(lang: Lang, of: Option<&hejian_scoring::Exact>) -> Cell {
    match of {
        Some(got) => points(got).into(),
        None => html! { span.dim { (t(lang, "not-assessed")) } }.into(),
    }
}

/// The value scored, or 未评.
pub(super) fn value(lang: Lang, of: Option<&Line>) -> Cell {
    match of.and_then(|line| line.value.as_ref()) {
        // A condition of the district is 是 or 否, not 1 or 0.
        Some(value) if value.unit.as_deref() == Some("是/否") && ["0", "1"].contains(&value.text.as_str()) => {
            t(lang, if value.text == "1" { "score-yes" } else { "score-no" }).into()
        }
        Some(value) => quantity_with_unit(lang, value).into(),
        None => html! { span.dim { (t(lang, "not-assessed")) } }.into(),
    }
}

/// The page of a day about an address.
pub(super) fn on(chosen: &Chosen, path: &str, day: NaiveDate) -> String {
    Query::parse(&chosen.link(path)).with("on", day.to_string()).href()
}

fn of_indicators(lang: Lang, chosen: &Chosen, of: &Proven, frozen: &Frozen) -> Markup {
    let columns = vec![
        Column::text(t(lang, "standard-code")).tight().class("b").phone(Phone::Inline),
        Column::text(t(lang, "standard-name")),
        Column::num(t(lang, "score-value")),
        Column::num(t(lang, "score-points")).class("b"),
        Column::num(t(lang, "score-most")),
    ];
    let mut table = Table::new(lang, t(lang, "snapshot-by-indicator"), columns);
    for area in &frozen.areas {
        let lines: Vec<&Line> = frozen.indicators.iter().filter(|line| line.area == area.code).collect();
        table = table.group(&format!("{} {}", area.code, area.name.say(lang)), &lines.len().to_string());
        for line in lines {
            let to = on(chosen, &format!("/score/{}", line.code), of.row.on_day);
            table = table.row(Row::new(vec![
                line.code.clone().into(),
                html! { a.title href=(to) { (line.name.say(lang)) } }.into(),
                value(lang, Some(line)),
                got(lang, line.points.as_ref()),
                number(&line.most.to_string()).into(),
            ]));
        }
    }
    html! { (table_box("list", html! { (table) }, html! {})) }
}

fn of_units(lang: Lang, chosen: &Chosen, of: &Proven, frozen: &Frozen) -> Markup {
    let columns = vec![
        Column::text(t(lang, "snapshot-unit")),
        Column::num(t(lang, "score-units-score")).class("b"),
        Column::num(t(lang, "score-points")),
        Column::num(t(lang, "snapshot-assessed")),
    ];
    let row = |unit: &Unit| {
        let to = on(chosen, &format!("/score/units/{}", unit.key), of.row.on_day);
        Row::new(vec![
            html! { a.title href=(to) { (unit.name) } }.into(),
            got(lang, unit.score.as_ref()),
            got(lang, unit.score.as_ref().map(|_| &unit.points)),
            format!("{} / {}", number(&unit.assessed.to_string()), number(&unit.total.to_string())).into(),
        ])
    };
    let mut table = Table::new(lang, t(lang, "snapshot-by-unit"), columns).no_cards();
    for above in frozen.units.iter().filter(|unit| unit.kind == "subdistrict") {
        let below: Vec<&Unit> = frozen.units.iter().filter(|unit| unit.above.as_ref() == Some(&above.key)).collect();
        table = table.group(&above.name, &below.len().to_string()).row(row(above));
        table = table.rows(below.into_iter().map(row));
    }
    html! { (table_box("list", html! { (table) }, html! {})) p.xs.dim { (t(lang, "snapshot-units-how")) } }
}
