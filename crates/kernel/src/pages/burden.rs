//! 填报量: how many fields were typed by hand, by unit and register, in a month.
//!
//! The rule that matters: the grass roots must type less than before, and the product says how much they type. What a file,
//! a program or another register brought costs nobody a keystroke and is not counted.

use std::collections::BTreeMap;

use chrono::{Datelike as _, Months, NaiveDate};
use hejian_workdays::day_start;
use maud::{Markup, html};
use uuid::Uuid;

use super::{Frame, page};
use crate::{
    error::Result,
    i18n::format,
    register::{RegisterDef, versions},
    ui::{
        buttons::{Kind, link_button},
        feedback::empty,
        head::PageHead,
        query::Query,
        shell::Crumb,
        table::{Cell, Column, Row, Table, table_box},
    },
    unit,
    web::Ctx,
};

/// `GET /burden?month=2009-06`
pub(super) async fn show(ctx: Ctx) -> Result<Markup> {
    let query = Query::parse(&ctx.place);
    let mut read = ctx.read().await?;
    let today = read.today();
    let asked = query.get("month").and_then(|m| format!("{m}-01").parse::<NaiveDate>().ok());
    let month =
        asked.filter(|d| (1990..2200).contains(&d.year())).unwrap_or_else(|| today.with_day(1).unwrap_or(today));
    let next = month.checked_add_months(Months::new(1)).unwrap_or(month);
    let before = month.checked_sub_months(Months::new(1)).unwrap_or(month);
    let registers: Vec<&'static RegisterDef> =
        ctx.app.registers().into_iter().filter(|d| ctx.actor.may(d.permissions.read)).collect();
    let mut typed: BTreeMap<Uuid, Vec<i64>> = BTreeMap::new();
    for (at, def) in registers.iter().enumerate() {
        let span = ctx.actor.scoped(def.permissions.read, (day_start(month), day_start(next)))?;
        for (unit, count) in versions::burden(&mut read.tx, def, &span).await? {
            typed.entry(unit).or_insert_with(|| vec![0; registers.len()])[at] += count;
        }
    }
    let names = unit::names(&mut read.tx).await?;
    drop(read);
    let label = |day: NaiveDate| day.format("%Y-%m").to_string();
    let to = |day: NaiveDate| Query::new("/burden").with("month", label(day)).href();
    let title = ctx.t("burden");
    let head = PageHead::new(ctx.lang, format!("{title} {}", label(month)))
        .meta(ctx.t("burden-about"))
        .act(link_button(&label(before), &to(before), "left", Kind::Plain))
        .act(link_button(&label(next), &to(next), "right", Kind::Plain));
    let body = html! {
        (head)
        @if typed.is_empty() {
            (empty("check", &ctx.t("burden-none"), html! {}))
        } @else {
            (table_box("list", table(&ctx, &registers, &typed, &names), html! {}))
        }
    };
    page(&ctx, Frame::new(title.clone(), vec![Crumb::here(title)]), body).await
}

fn table(
    ctx: &Ctx,
    registers: &[&'static RegisterDef],
    typed: &BTreeMap<Uuid, Vec<i64>>,
    names: &std::collections::HashMap<Uuid, String>,
) -> Markup {
    let mut columns = vec![Column::text(ctx.t("burden-unit"))];
    columns.extend(registers.iter().map(|d| Column::num(ctx.t(&format!("register-{}", d.key.replace('_', "-"))))));
    columns.push(Column::num(ctx.t("burden-total")));
    let mut units: Vec<_> = typed.iter().map(|(unit, counts)| (unit, counts, counts.iter().sum::<i64>())).collect();
    // The unit that typed most comes first: that is where to look for something to spare.
    units.sort_by_key(|(unit, _, total)| (-total, **unit));
    let number = |n: i64| Cell::from(format::int(n));
    let rows = units.iter().map(|(unit, counts, total)| {
        let mut cells = vec![Cell::from(names.get(unit).cloned().unwrap_or_default())];
        cells.extend(counts.iter().map(|n| number(*n)));
        cells.push(number(*total));
        Row::new(cells)
    });
    let mut sums: Vec<Cell> = vec![Cell::from(ctx.t("burden-total"))];
    sums.extend((0..registers.len()).map(|at| number(typed.values().map(|c| c[at]).sum())));
    sums.push(number(units.iter().map(|(_, _, total)| total).sum()));
    let table = Table::new(ctx.lang, ctx.t("burden"), columns).rows(rows).foot(sums);
    html! { (table) }
}
