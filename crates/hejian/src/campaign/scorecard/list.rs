//! `/scorecards`: all departments or all subdistricts of the reader's units, each with its lamp and its figures.

use std::sync::Arc;

use hejian_kernel::{
    error::Result,
    i18n::{format, ta},
    pages::{Frame, page as framed},
    ui::{
        Markup,
        bars::spark,
        buttons::print_button,
        feedback::empty,
        head::{PageHead, Tab, tabs},
        html,
        lamp::{LampKind, lamp},
        query::Query,
        shell::{Crumb, demo_mark},
        table::{Cell, Column, Phone, Row, Table, table_box},
        tiles::{Tile, lamp_tiles},
    },
    web::Ctx,
};
use hejian_scoring::Exact;

use super::{
    card::{Card, Ground, KINDS},
    item,
    points::led_at,
};
use crate::campaign::{
    score::{
        page::{day_form, foot},
        trend::{Point, months, soon},
        words::float,
    },
    standard::words::{number, points},
};

/// The lamps in the order of the tiles.
const LAMPS: [LampKind; 4] = [LampKind::Red, LampKind::Yellow, LampKind::Green, LampKind::Grey];

/// `GET /scorecards?kind=subdistrict&on=2009-05-31&lamp=red&sort=-over`
pub(super) async fn show(ctx: Ctx) -> Result<Markup> {
    let ground = Ground::read(&ctx).await?;
    let (lang, asked) = (ctx.lang, &ground.asked);
    let query = Query::parse(&ctx.place);
    let has = |kind: &str| ground.units.iter().any(|unit| unit.kind == kind);
    let wanted = query.get("kind").and_then(|text| KINDS.into_iter().find(|kind| *kind == text));
    let kind = wanted.or_else(|| KINDS.into_iter().find(|kind| has(kind))).unwrap_or(KINDS[0]);
    let ends = months(asked.begins(), asked.day);
    let (line, wait) = if kind == "department" {
        soon(&ctx.app, asked.campaign.id(), ends.clone()).await?.or_wait(lang, &ctx.place, "cards")
    } else {
        (Vec::new(), None)
    };
    let mut cards: Vec<Card<'_>> =
        ground.units.iter().filter(|unit| unit.kind == kind).map(|unit| Card::of(&ground, unit)).collect();
    let tiles = lamps(&ground, &query, &cards);
    let all = cards.len();
    if let Some(wanted) = query.get("lamp").filter(|tag| LAMPS.iter().any(|lamp| lamp.tag() == *tag)) {
        cards.retain(|card| card.lamp().0.tag() == wanted);
    }
    sort(&mut cards, query.get("sort").unwrap_or_default());
    let rows = cards.iter().map(|card| row(&ground, card, &line, &ends));
    let tab = |of: &str| {
        let n = ground.units.iter().filter(|unit| unit.kind == of).count();
        let to = query.without("lamp").without("sort").with("kind", of).href();
        Tab::new(ground.t(&format!("unit-kind-{of}")), to, kind == of).count(n)
    };
    let title = ground.t("nav-scorecard");
    let body = html! {
        (PageHead::new(lang, &title).demo(ground.here.demo)
            .meta(ta(lang, "scorecard-meta", &[("title", asked.campaign.campaign.title.clone().into()), ("day", asked.day.to_string().into())]))
            .act(day_form(lang, asked)).act(print_button(&ground.t("score-print"))))
        (asked.campaign.chooser(lang, &query.without("lamp")))
        (tabs(&title, &KINDS.into_iter().filter(|kind| has(kind)).map(tab).collect::<Vec<_>>()))
        (tiles)
        div id="cards" {
        @if let Some(wait) = wait { (wait) }
        (table_box("list", html! { (Table::new(lang, title.clone(), columns(&ground, &query, kind)).rows(rows).stick()) }, html! {
            @if cards.is_empty() { (empty("filter", &ground.t(if all == 0 { "scorecard-none" } else { "scorecard-none-left" }), html! {})) }
        }))
        }
        p.xs.dim.mt { (ground.t("scorecard-how")) }
        p.xs.dim.hj-source { (foot(&ground.scored.standard, lang, &ground.scored)) @if ground.here.demo { " " (demo_mark(lang)) } }
    };
    framed(&ctx, Frame::new(title.clone(), vec![Crumb::here(title.clone())]), body).await
}

/// How many cards have which lamp; each filters the list.
fn lamps(ground: &Ground, query: &Query, cards: &[Card<'_>]) -> Markup {
    let tile = |kind: LampKind| {
        let n = cards.iter().filter(|card| card.lamp().0 == kind).count();
        let on = query.get("lamp") == Some(kind.tag());
        let to = if on { query.without("lamp") } else { query.with("lamp", kind.tag()) };
        Tile::lamp(kind, &ground.t(&format!("scorecard-lamp-{}", kind.tag())), n.to_string())
            .unit(ground.t("scorecard-unit-n"))
            .against(ground.t(&format!("scorecard-lamp-{}-about", kind.tag())))
            .href(to.href())
            .current(on)
    };
    lamp_tiles(&ground.t("scorecard-lamps"), &LAMPS.map(tile))
}

fn columns(ground: &Ground, query: &Query, kind: &str) -> Vec<Column> {
    let sorted = |column: Column, key: &str| column.sort(query, key);
    let mut all = vec![
        Column::text(ground.t("scorecard-lamp")).tight().phone(Phone::Inline),
        Column::text(ground.t(&format!("unit-kind-{kind}"))),
        sorted(Column::num(ground.t("scorecard-on-time")), "share"),
        sorted(Column::num(ground.t("scorecard-open-items")), "open"),
        sorted(Column::num(ground.t("scorecard-over")), "over"),
        Column::num(ground.t("scorecard-orders")),
        sorted(Column::num(ground.t("scorecard-gaps")), "gaps"),
    ];
    if kind == "department" {
        all.push(Column::num(ground.t("scorecard-led")));
    } else {
        all.push(sorted(Column::num(ground.t("score-units-score")), "score"));
    }
    all.push(sorted(Column::num(ground.t("score-lost")), "lost"));
    all.push(sorted(Column::num(ground.t("scorecard-reported")), "reported"));
    let run = if kind == "department" { "scorecard-run-points" } else { "scorecard-run-on-time" };
    all.push(Column::text(ground.t(run)).tight().phone(Phone::Hidden));
    all
}

/// Sorts by what was asked; the official order stays between equals, and what has no figure comes last.
fn sort(cards: &mut [Card<'_>], wish: &str) {
    let (key, down) = wish.strip_prefix('-').map_or((wish, false), |key| (key, true));
    let ratio = |(part, whole): (usize, usize)| (whole > 0).then(|| part as f64 / whole as f64);
    let figure = |card: &Card<'_>| -> Option<f64> {
        match key {
            "share" => ratio((card.tally.on_time, card.tally.judged())),
            "open" => Some(card.tally.open(None) as f64),
            "over" => Some(card.tally.over(None) as f64),
            "gaps" => Some(card.gaps.len() as f64),
            "score" => card.score.and_then(|of| of.score.as_ref()).map(float),
            "lost" => card.lost().as_ref().map(float),
            "reported" => ratio(card.known),
            _ => None,
        }
    };
    cards.sort_by(|a, b| match (figure(a), figure(b)) {
        (Some(a), Some(b)) if down => b.total_cmp(&a),
        (Some(a), Some(b)) => a.total_cmp(&b),
        (a, b) => b.is_some().cmp(&a.is_some()),
    });
}

fn row(ground: &Ground, card: &Card<'_>, line: &[Arc<Point>], ends: &[chrono::NaiveDate]) -> Row {
    let link = ground.asked.link(&format!("/scorecards/{}", card.unit.key));
    let at = |part: &str| format!("{link}#{part}");
    let (kind, word) = card.lamp();
    let tally = &card.tally;
    let over = tally.over(None);
    let count = |n: usize, part: &str| html! { @if n == 0 { span.dim { "0" } } @else { a href=(at(part)) { (n) } } };
    let mut cells: Vec<Cell> = vec![
        lamp(kind, &ground.t(&format!("scorecard-is-{word}"))).into(),
        html! { a.title href=(link) { (card.unit.name) } }.into(),
        share(ground, tally.on_time, tally.judged()).into(),
        count(tally.open(None), "items").into(),
        html! { @if over == 0 { span.dim { "0" } } @else { a href=(at("items")) { b.down { (over) } } } }.into(),
        count(card.orders.len(), "orders").into(),
        count(card.gaps.len(), "gaps").into(),
    ];
    let open = || html! { span.dim { (ground.t("not-assessed")) } };
    if card.unit.kind == "department" {
        cells.push(count(card.led.len(), "led").into());
    } else {
        let score = card.score.and_then(|of| of.score.as_ref());
        cells.push(score.map_or_else(|| open().into(), |score| Cell::from(points(score)).class("b")));
    }
    cells.push(match card.lost() {
        Some(lost) if !lost.is_zero() => html! { a href=(at("led")) { span.down { (points(&-lost)) } } }.into(),
        Some(_) => "0".into(),
        None if card.unit.kind == "department" && card.led.is_empty() => format::DASH.into(),
        None => open().into(),
    });
    cells.push(share(ground, card.known.0, card.known.1).into());
    let run: Vec<Option<f64>> = if card.unit.kind == "department" {
        line.iter().map(|point| led_at(card, point).map(|got: Exact| float(&got))).collect()
    } else {
        let months = item::months(&card.items, ends);
        months
            .iter()
            .map(|m| (m.on_time + m.late > 0).then(|| m.on_time as f64 / (m.on_time + m.late) as f64))
            .collect()
    };
    cells.push(if run.iter().flatten().count() > 1 { spark(&run).into() } else { Cell::default() });
    Row::new(cells).id(format!("u-{}", card.unit.key))
}

/// 92.3% with 24 / 26 under it; a dash where there is nothing to divide by.
pub(super) fn share(ground: &Ground, part: usize, whole: usize) -> Markup {
    let title = ta(ground.here.lang, "scorecard-of", &[("part", part.into()), ("whole", whole.into())]);
    html! {
        @match percent(part, whole) {
            None => span.dim { (format::DASH) },
            Some(text) => { (text) span.sub title=(title) { (part) " / " (whole) } },
        }
    }
}

/// 92.3%; none where there is nothing to divide by.
pub(super) fn percent(part: usize, whole: usize) -> Option<String> {
    let small = |n: usize| Exact::from(i64::try_from(n).unwrap_or(i64::MAX));
    let share = (&small(part) * &Exact::from(100_i64)).divide(&small(whole))?;
    Some(format!("{}%", number(&share.round_half_up(1).to_string())))
}
