//! A snapshot beside the same day as it is known now, or beside another day: what differs.
//!
//! The rule that matters: known now means figures and reports that came late or were corrected since; what merely happened later
//! is no correction of the month.

use std::collections::BTreeMap;

use axum::extract::Path;
use chrono::NaiveDate;
use hejian_kernel::{
    clock::day_end,
    error::{Error, Message, Result},
    i18n::{Lang, format, t, ta},
    pages::page as framed,
    ui::{
        Markup,
        feedback::{empty, note},
        html,
        lamp::Tone,
        query::Query,
        table::{Cell, Column, Phone, Row, Table, table_box},
        tiles::{Tile, tiles},
    },
    web::Ctx,
};
use hejian_scoring::Exact;

use super::{
    frozen::{Frozen, Line, Unit},
    keeping::proven,
    late::{self, Late},
    list::day_of,
    one::{View, frame, got, head, on, title, turned, value},
};
use crate::campaign::{
    record::Chosen,
    score::{asked, in_hindsight, page::change, scores},
    standard::words::{number, points},
};

/// Late records named beside an indicator.
const SHOWN: usize = 3;

/// `GET /score/snapshots/{day}/compare?with=2009-06-22`; without a day, with what is known now; `then` is the day itself,
/// computed anew.
pub(super) async fn show(Path(day): Path<String>, ctx: Ctx) -> Result<Markup> {
    let (lang, query) = (ctx.lang, Query::parse(&ctx.place));
    let mut read = ctx.read().await?;
    let chosen = Chosen::read(&mut read.tx, &query).await?;
    let snapshot = proven(&mut read.tx, chosen.id(), day_of(&day)?).await?;
    drop(read);
    let (of, today) = (snapshot.row.on_day, ctx.app.clock.today());
    let with = match query.get("with").map(str::trim).filter(|text| !text.is_empty()) {
        None => None,
        Some("then") => Some(of),
        Some(_) => asked::day(&query, "with")?.map(|day| day.min(today)),
    };
    let scored = match with {
        None => in_hindsight(&ctx.app, chosen.id(), of).await?,
        Some(day) => scores(&ctx.app, chosen.id(), day).await?,
    };
    let unread = || Error::Refused(Message::new("snapshot-broken-says"));
    let (before, after) = (snapshot.frozen.as_ref().ok_or_else(unread)?, &Frozen::of(&scored));
    let changed: Vec<Pair<'_>> = pairs(before, after).into_iter().filter(Pair::differs).collect();
    let late = match with {
        Some(_) => BTreeMap::new(),
        None => {
            let codes: Vec<&str> = changed.iter().map(|pair| pair.code).collect();
            late::under(&ctx.app, &mut ctx.read().await?, lang, &scored, &codes, day_end(of)).await?
        }
    };
    let other_version = scored.standard.fingerprint != snapshot.row.pack_fingerprint;
    let place = Place { lang, chosen: &chosen, of, with };
    let body = html! {
        (head(&ctx, &chosen, &snapshot))
        (turned(lang, &chosen, of, if with.is_none() { View::Late } else { View::Day }))
        @match with {
            None => div.mt { (note(Tone::Blue, html! { (t(lang, "snapshot-late-how")) }, html! {})) },
            Some(day) => (day_form(&place, day, today)),
        }
        @if other_version { div.mt { (note(Tone::Yellow, html! { (t(lang, "dashboard-other-version")) }, html! {})) } }
        div.mt { (tiles(&figures(&place, before, after, changed.len()))) }
        div.mt { (table_box("list", html! { @if !changed.is_empty() { (place.indicators(&changed, &late)) } }, html! {
            @if changed.is_empty() { (empty("check", &t(lang, place.nothing()), html! {})) }
        })) }
        (place.units(before, after))
    };
    framed(&ctx, frame(lang, &chosen, &title(lang, of)), body).await
}

/// An indicator on both sides.
struct Pair<'f> {
    code: &'f str,
    before: Option<&'f Line>,
    after: Option<&'f Line>,
}

impl Pair<'_> {
    fn differs(&self) -> bool {
        let points = |line: Option<&Line>| line.and_then(|line| line.points.clone());
        let value = |line: Option<&Line>| line.and_then(|line| line.value.as_ref().map(|value| value.text.clone()));
        points(self.before) != points(self.after) || value(self.before) != value(self.after)
    }

    fn gain(&self) -> Option<Exact> {
        let points = |line: Option<&Line>| line.and_then(|line| line.points.clone());
        points(self.before).zip(points(self.after)).map(|(was, is)| &is - &was)
    }
}

/// Every code of either side, in the order of the frozen one.
fn pairs<'f>(before: &'f Frozen, after: &'f Frozen) -> Vec<Pair<'f>> {
    let own = before.indicators.iter().map(|line| Pair {
        code: &line.code,
        before: Some(line),
        after: after.line(&line.code),
    });
    let new = after.indicators.iter().filter(|line| before.line(&line.code).is_none());
    own.chain(new.map(|line| Pair { code: &line.code, before: None, after: Some(line) })).collect()
}

fn day_form(place: &Place<'_>, day: NaiveDate, today: NaiveDate) -> Markup {
    let lang = place.lang;
    html! {
        form.flex.flex-w.mt.no-print method="get" {
            (place.chosen.field())
            label { span.lt { (t(lang, "snapshot-with-day")) } input.form-control type="date" name="with" value=(day) max=(today); }
            button.btn type="submit" { (t(lang, "score-look")) }
        }
    }
}

fn figures(place: &Place<'_>, before: &Frozen, after: &Frozen, changed: usize) -> Vec<Tile> {
    let lang = place.lang;
    let tile = |label: String, of: &Frozen| {
        let total: Exact = of.areas.iter().map(|area| &area.total).sum();
        let args =
            [("assessed", number(&of.assessed().to_string()).into()), ("total", number(&total.to_string()).into())];
        Tile::new(label, points(&of.points())).against(ta(lang, "dashboard-assessed-of", &args))
    };
    let gain = &after.points() - &before.points();
    let sign = if gain.is_negative() || gain.is_zero() { "" } else { "+" };
    let label = match place.with {
        None => t(lang, "snapshot-known-now"),
        Some(day) => day.to_string(),
    };
    vec![
        tile(t(lang, "snapshot-frozen"), before),
        tile(label, after),
        Tile::new(t(lang, "snapshot-change"), format!("{sign}{}", points(&gain))).bad(gain.is_negative()),
        Tile::new(t(lang, "snapshot-changed"), changed.to_string()).unit(t(lang, "snapshot-items")),
    ]
}

/// What the page is about.
struct Place<'c> {
    lang: Lang,
    chosen: &'c Chosen,
    of: NaiveDate,
    with: Option<NaiveDate>,
}

impl Place<'_> {
    fn nothing(&self) -> &'static str {
        match self.with {
            None => "snapshot-nothing-late",
            Some(day) if day == self.of => "snapshot-same-anew",
            Some(_) => "dashboard-nothing-changed",
        }
    }

    fn after(&self) -> String {
        let key = if self.with.is_none() { "snapshot-known-now" } else { "dashboard-after" };
        t(self.lang, key)
    }

    fn indicators(&self, changed: &[Pair<'_>], late: &BTreeMap<String, Late>) -> Markup {
        let lang = self.lang;
        let mut columns = vec![
            Column::text(t(lang, "standard-code")).tight().class("b").phone(Phone::Inline),
            Column::text(t(lang, "standard-name")),
            Column::num(ta(lang, "snapshot-value-of", &[("what", t(lang, "snapshot-frozen").into())])),
            Column::num(ta(lang, "snapshot-value-of", &[("what", self.after().into())])),
            Column::num(ta(lang, "snapshot-points-of", &[("what", t(lang, "snapshot-frozen").into())])),
            Column::num(ta(lang, "snapshot-points-of", &[("what", self.after().into())])),
            Column::num(t(lang, "snapshot-change")).class("b"),
        ];
        if self.with.is_none() {
            columns.push(Column::text(t(lang, "snapshot-late-records")));
        }
        let rows = changed.iter().map(|pair| {
            let line = pair.after.or(pair.before);
            let to = on(self.chosen, &format!("/score/{}", pair.code), self.with.unwrap_or(self.of));
            let name = line.map(|line| line.name.say(lang)).unwrap_or_default();
            let mut cells: Vec<Cell> = vec![
                pair.code.into(),
                html! { a.title href=(to) { (name) } }.into(),
                value(lang, pair.before),
                value(lang, pair.after),
                got(lang, pair.before.and_then(|line| line.points.as_ref())),
                got(lang, pair.after.and_then(|line| line.points.as_ref())),
                self.gain(pair),
            ];
            if self.with.is_none() {
                cells.push(late.get(pair.code).map(|late| self.late(late)).unwrap_or_default().into());
            }
            Row::new(cells)
        });
        html! { (Table::new(lang, t(lang, "snapshot-changed"), columns).rows(rows)) }
    }

    fn gain(&self, pair: &Pair<'_>) -> Cell {
        match pair.gain() {
            Some(gain) => change(&gain).into(),
            None if pair.after.is_some_and(|line| line.points.is_some()) => {
                t(self.lang, "dashboard-now-assessed").into()
            }
            None if pair.before.is_some_and(|line| line.points.is_some()) => t(self.lang, "dashboard-no-longer").into(),
            None => format::DASH.into(),
        }
    }

    fn late(&self, late: &Late) -> Markup {
        let more = late.shown.len().saturating_sub(SHOWN);
        html! {
            @for (title, href) in late.shown.iter().take(SHOWN) { div { a href=(href) { (title) } } }
            @if more > 0 { div.dim { (ta(self.lang, "snapshot-late-more", &[("n", more.into())])) } }
            @if late.outside > 0 { div.dim { (ta(self.lang, "score-outside", &[("n", late.outside.into())])) } }
            @if late.shown.is_empty() && late.outside == 0 { span.dim { (t(self.lang, "snapshot-late-none")) } }
        }
    }

    /// Units whose points differ.
    fn units(&self, before: &Frozen, after: &Frozen) -> Markup {
        let lang = self.lang;
        let was = |unit: &Unit| before.units.iter().find(|own| own.key == unit.key);
        let changed: Vec<(Option<&Unit>, &Unit)> = after
            .units
            .iter()
            .map(|unit| (was(unit), unit))
            .filter(|(was, is)| {
                was.map(|was| (&was.score, &was.points, &was.assessed)) != Some((&is.score, &is.points, &is.assessed))
            })
            .collect();
        let columns = vec![
            Column::text(t(lang, "snapshot-unit")),
            Column::num(ta(lang, "snapshot-score-of", &[("what", t(lang, "snapshot-frozen").into())])),
            Column::num(ta(lang, "snapshot-score-of", &[("what", self.after().into())])),
            Column::num(t(lang, "snapshot-change")).class("b"),
        ];
        let rows = changed.iter().map(|(was, is)| {
            let before = was.and_then(|was| was.score.as_ref());
            let to = on(self.chosen, &format!("/score/units/{}", is.key), self.with.unwrap_or(self.of));
            let gain = before.zip(is.score.as_ref()).map(|(was, is)| is - was);
            Row::new(vec![
                html! { a.title href=(to) { (is.name) } }.into(),
                got(lang, before),
                got(lang, is.score.as_ref()),
                gain.map_or_else(|| Cell::from(format::DASH), |gain| change(&gain).into()),
            ])
        });
        let table = Table::new(lang, t(lang, "snapshot-units-changed"), columns).rows(rows).no_cards();
        html! {
            @if !changed.is_empty() {
                section.hj-panel.mt {
                    header { h2 { (t(lang, "snapshot-units-changed")) } span.dim.xs { (changed.len()) } }
                    div.hj-scroll { (table) }
                    footer { (t(lang, "snapshot-units-how")) }
                }
            }
        }
    }
}
