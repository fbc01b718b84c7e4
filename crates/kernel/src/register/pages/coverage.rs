//! Which unit has reported which period complete: the difference between zero and unknown.

use std::collections::HashMap;

use axum::response::{IntoResponse as _, Response};
use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use uuid::Uuid;

use super::{At, units::Units, words::Words};
use crate::{
    db::Tx,
    error::{Error, Message, Result},
    i18n::{format, ta},
    pages,
    register::{RegisterDef, store},
    sql,
    ui::{
        Markup,
        buttons::{Kind, link_button},
        feedback::{empty, note},
        form::hidden,
        head::{PageHead, panel_pad},
        html,
        lamp::Tone,
        query::Query,
        shell::Crumb,
        table::table_box,
        timeline::{TimelineEntry, timeline},
    },
    unit::Unit,
    web::{Ctx, Form, see_other},
};

/// A period of a grain: its name and its first day.
pub(super) type Period = (String, NaiveDate);

/// The last declaration of a unit and period.
#[derive(Debug, Clone, sqlx::FromRow)]
struct Declared {
    unit_id: Uuid,
    period: String,
    complete: bool,
    at: DateTime<Utc>,
    actor: String,
}

/// The periods of a grain that a page of a year shows; for the grain of a year, that year and the four before.
pub(super) fn periods(grain: &str, year: i32) -> Vec<Period> {
    let day = |y: i32, m: u32| NaiveDate::from_ymd_opt(y, m, 1).unwrap_or_default();
    match grain {
        "year" => (year - 4..=year).map(|y| (y.to_string(), day(y, 1))).collect(),
        "quarter" => (1..=4).map(|q| (format!("{year}-Q{q}"), day(year, q * 3 - 2))).collect(),
        _ => (1..=12).map(|m| (format!("{year}-{m:02}"), day(year, m))).collect(),
    }
}

/// The period of that name. Periods have one way of being written.
fn period(grain: &str, text: &str) -> Result<Period> {
    let year = text.get(..4).and_then(|y| y.parse::<i32>().ok()).filter(|y| (1900..=2200).contains(y));
    let found = year.and_then(|year| periods(grain, year).into_iter().find(|(name, _)| name == text));
    found.ok_or_else(|| {
        let example = periods(grain, 2009).pop().map(|(name, _)| name).unwrap_or_default();
        Error::Bad(Message::new("coverage-bad-period").arg("period", text).arg("example", example))
    })
}

/// `GET /registers/{key}/coverage?year=2009`
pub(super) async fn page(def: &'static RegisterDef, grain: &'static str, ctx: Ctx) -> Result<Response> {
    let w = Words { lang: ctx.lang, def };
    let seen = ctx.actor.scoped(def.permissions.read, ())?;
    let mut read = ctx.read().await?;
    let today = read.today();
    let asked = Query::parse(&ctx.place).get("year").and_then(|y| y.parse::<i32>().ok());
    let year = asked.filter(|y| (1900..=2200).contains(y)).unwrap_or_else(|| today.year());
    let units = Units::load(&mut read.tx, def, &seen).await?;
    // What the actor may declare: the same units, or fewer.
    let own = match ctx.actor.scoped(def.permissions.report, ()) {
        Ok(seen) => Some(Units::load(&mut read.tx, def, &seen).await?),
        Err(_) => None,
    };
    let periods = periods(grain, year);
    let declared = declared(&mut read.tx, def, &periods).await?;
    drop(read);
    let rows: Vec<&Unit> = units.holders(def, today).collect();
    let view =
        View { w, units: &units, own: own.as_ref(), rows: &rows, periods: &periods, declared: &declared, today, year };
    let title = ta(w.lang, "register-coverage-title", &[("register", w.title().into())]);
    let demo = ctx.app.district.read().is_ok_and(|d| d.demo);
    let at = Query::new(At(def).path("/coverage"));
    let head = PageHead::new(w.lang, &title)
        .demo(demo)
        .act(link_button(&(year - 1).to_string(), &at.with("year", (year - 1).to_string()).href(), "left", Kind::Plain))
        .act(link_button(
            &(year + 1).to_string(),
            &at.with("year", (year + 1).to_string()).href(),
            "right",
            Kind::Plain,
        ));
    let body = html! {
        (head)
        (note(Tone::Blue, html! { (w.t("register-coverage-about")) }, html! {}))
        (view.grid())
        (view.latest())
    };
    let crumbs = vec![Crumb::to(w.title(), At(def).list()), Crumb::here(w.t("register-coverage"))];
    Ok(pages::page(&ctx, pages::Frame::new(title, crumbs), body).await?.into_response())
}

/// `POST /registers/{key}/coverage`: `cell` is `unit|period|true`.
pub(super) async fn declare(def: &'static RegisterDef, grain: &'static str, ctx: Ctx, form: Form) -> Result<Response> {
    let cell = form.text("cell").to_owned();
    let bad = || Error::Bad(Message::new("error-bad-address"));
    let [unit, name, complete] = cell.split('|').collect::<Vec<_>>()[..] else { return Err(bad()) };
    let unit = Uuid::try_parse(unit).map_err(|_| bad())?;
    let (name, first_day) = period(grain, name)?;
    let complete = complete == "true";
    let mut work = ctx.work().await?;
    if complete && first_day > work.today() {
        return Err(Error::Refused(Message::new("coverage-future").arg("period", name)));
    }
    store::declare(&mut work, def, unit, &name, complete).await?;
    work.commit().await?;
    let year = first_day.year().to_string();
    Ok(see_other(&Query::new(At(def).path("/coverage")).with("year", year).href()))
}

/// What was declared last for each unit and period.
async fn declared(tx: &mut Tx, def: &'static RegisterDef, periods: &[Period]) -> Result<Vec<Declared>> {
    let (Some((first, _)), Some((last, _))) = (periods.first(), periods.last()) else { return Ok(Vec::new()) };
    Ok(sql!(
        tx,
        fetch_all,
        "select c.unit_id, c.period, c.complete, c.at, c.actor from coverage c
         where c.register = $1 and c.period >= $2 and c.period <= $3 and c.version = (
             select max(d.version) from coverage d
             where d.register = c.register and d.unit_id = c.unit_id and d.period = c.period)
         order by c.at desc",
        def.key,
        first,
        last
    )?)
}

struct View<'a> {
    w: Words,
    units: &'a Units,
    own: Option<&'a Units>,
    rows: &'a [&'a Unit],
    periods: &'a [Period],
    declared: &'a [Declared],
    today: NaiveDate,
    year: i32,
}

impl View<'_> {
    fn grid(&self) -> Markup {
        let w = &self.w;
        if self.rows.is_empty() {
            return empty("check", &w.t("register-coverage-none"), html! {});
        }
        let by_place: HashMap<(Uuid, &str), &Declared> =
            self.declared.iter().map(|d| ((d.unit_id, d.period.as_str()), d)).collect();
        let table = html! {
            form method="post" action=(At(w.def).path("/coverage")) {
                (hidden("year", &self.year.to_string()))
                table.hj-t.hj-cover {
                    caption.sr { (w.t("register-coverage")) }
                    thead { tr {
                        th scope="col" { (w.t("register-field-unit")) }
                        @for (name, _) in self.periods { th.c scope="col" { (name) } }
                    } }
                    tbody {
                        @for unit in self.rows {
                            tr {
                                th.nowrap scope="row" { (unit.name) }
                                @for (name, first) in self.periods {
                                    td.c { (self.cell(unit, name, *first, by_place.get(&(unit.id, name.as_str())).copied())) }
                                }
                            }
                        }
                    }
                }
            }
        };
        let may = self.own.is_some_and(|own| own.holders(w.def, self.today).next().is_some());
        let below = html! { @if may { div.hj-page { span.dim.xs { (w.t("register-coverage-click")) } } } };
        table_box("list", table, below)
    }

    fn cell(&self, unit: &Unit, name: &str, first: NaiveDate, declared: Option<&Declared>) -> Markup {
        let w = &self.w;
        let complete = declared.filter(|d| d.complete);
        let words = [("unit", unit.name.clone().into()), ("period", name.to_owned().into())];
        let may = self.own.is_some_and(|own| own.get(unit.id).is_some());
        let shown = match complete {
            Some(d) => html! { "✓ " span.xs { (format::moment_near(d.at, self.today)) } },
            None if first > self.today => return html! { span.dim { (format::DASH) } },
            None => html! { span.dim { (w.t("register-coverage-open")) } },
        };
        let said = complete.map(|d| {
            ta(
                w.lang,
                "register-coverage-complete-word",
                &[("who", d.actor.clone().into()), ("when", format::moment(d.at).into())],
            )
        });
        if !may {
            return html! { span title=[said.as_ref()] { (shown) @if let Some(said) = &said { span.sr { (said) } } } };
        }
        let verb = if complete.is_some() { "register-coverage-reopen" } else { "register-coverage-declare" };
        let label = match &said {
            Some(said) => format!("{said}{}{}", w.t("register-comma"), ta(w.lang, verb, &words)),
            None => ta(w.lang, verb, &words),
        };
        html! {
            button.btn.btn-sm.btn-quiet type="submit" name="cell" value={ (unit.id) "|" (name) "|" (complete.is_none()) }
                title=(label) aria-label=(label) { (shown) }
        }
    }

    /// The last declarations of the units shown: who and when.
    fn latest(&self) -> Markup {
        let w = &self.w;
        let entries: Vec<TimelineEntry> = self
            .declared
            .iter()
            .filter(|d| self.units.get(d.unit_id).is_some())
            .take(12)
            .map(|d| {
                let words = [("unit", self.units.name(d.unit_id).into()), ("period", d.period.clone().into())];
                let what =
                    ta(w.lang, if d.complete { "register-coverage-did" } else { "register-coverage-undid" }, &words);
                TimelineEntry { at: d.at, who: d.actor.clone(), what: html! { (what) }, fields: Vec::new() }
            })
            .collect();
        html! { @if !entries.is_empty() { (panel_pad(&w.t("register-coverage-latest"), html! {}, timeline(w.lang, &entries))) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_written_in_one_way_only() {
        assert_eq!(period("month", "2009-06").ok().map(|p| p.1), NaiveDate::from_ymd_opt(2009, 6, 1));
        assert_eq!(period("quarter", "2009-Q3").ok().map(|p| p.1), NaiveDate::from_ymd_opt(2009, 7, 1));
        assert_eq!(period("year", "2009").ok().map(|p| p.1), NaiveDate::from_ymd_opt(2009, 1, 1));
        for bad in ["2009-6", "2009-13", "2009-Q5", "09-06", "", "２００９-06", "2009-06' or 1=1"] {
            assert!(period("month", bad).is_err(), "{bad}");
        }
    }
}
