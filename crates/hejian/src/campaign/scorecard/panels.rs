//! What is missing in a unit's duties, and the leaders' instructions that are not closed.

use hejian_kernel::{
    i18n::{format, ta},
    ui::{
        Markup,
        feedback::empty,
        head::{panel, panel_foot},
        html,
        lamp::{LampKind, lamp},
        table::{Column, Phone, Row, Table},
    },
};
use hejian_workdays::Standing;

use super::{
    card::{Card, Ground},
    item::Age,
};
use crate::{
    campaign::duty::{gaps::Gap, gaps_page::says},
    instruction::Owed,
};

/// How many gaps are listed; the list of gaps has the rest.
const SHOWN: usize = 12;

/// 责任缺口.
pub(super) fn gaps(ground: &Ground, card: &Card<'_>) -> Markup {
    let here = &ground.here;
    let columns = vec![
        Column::text(ground.t("duty-gap")).class("nowrap").phone(Phone::Inline),
        Column::text(ground.t("duty-indicator")),
        Column::text(ground.t("duty-unit")).phone(Phone::Inline),
        Column::text(ground.t("duty-gap-says")),
    ];
    let row = |gap: &&&Gap| {
        let href = match (gap.line, gap.post) {
            (Some(line), _) => here.link(&format!("/duty/lines/{line}")),
            (None, Some(post)) => here.link(&format!("/duty/posts/{post}")),
            _ => here.link(&format!("/duty/indicators/{}", gap.code)),
        };
        Row::new(vec![
            html! { a.hj-cellgap href=(href) { (ground.t(&format!("duty-gap-{}", gap.kind.key()))) } }.into(),
            html! { @if gap.code.is_empty() { (format::DASH) } @else { (here.indicator_link(&gap.code)) } }.into(),
            html! { @if let Some(unit) = gap.unit { (here.board.unit_name(unit)) } @else { (format::DASH) } }.into(),
            says(here, gap).into(),
        ])
    };
    let title = ground.t("scorecard-gaps");
    let more = card.gaps.len().saturating_sub(SHOWN);
    let body = html! {
        @if card.gaps.is_empty() { (empty("check", &ground.t("scorecard-gaps-none"), html! {})) }
        @else { (Table::new(here.lang, title.clone(), columns).rows(card.gaps.iter().take(SHOWN).collect::<Vec<_>>().iter().map(row))) }
    };
    let all = html! { a href=(here.link("/duty/gaps")) { (ground.t("scorecard-all-gaps")) } };
    let foot = html! { @if more > 0 { (ta(here.lang, "scorecard-gaps-more", &[("n", more.into())])) } @else { (ta(here.lang, "scorecard-gaps-n", &[("n", card.gaps.len().into())])) } };
    html! { div id="gaps" { (panel_foot(&title, all, body, foot)) } }
}

/// 批示: those not closed, the words of those the reader may open.
pub(super) fn orders(ground: &Ground, card: &Card<'_>) -> Markup {
    let hidden = card.orders.iter().filter(|order| order.seen.is_none()).count();
    let body = html! {
        @if card.orders.is_empty() { (empty("check", &ground.t("scorecard-orders-none"), html! {})) }
        ul.mini {
            @for order in &card.orders { @if let Some((title, href)) = &order.seen {
                li { (mark(ground, order)) span.grow { a href=(href) { (title) } span.sub { (ground.here.board.unit_name(order.unit)) " · " (standing(ground, order)) } } }
            } }
        }
        @if hidden > 0 { p.pad.sm.dim { (ta(ground.here.lang, "scorecard-orders-hidden", &[("n", hidden.into())])) } }
    };
    html! { div id="orders" { (panel(&ground.t("scorecard-orders"), html! {}, body)) } }
}

/// Whether it was answered by the day of the card.
fn answered(ground: &Ground, order: &Owed) -> bool {
    order.replied.is_some_and(|on| on <= ground.day())
}

fn mark(ground: &Ground, order: &Owed) -> Markup {
    if answered(ground, order) {
        return lamp(LampKind::Blue, &ground.t("scorecard-order-lamp"));
    }
    let kind = match Age::of(&ground.calendar, Some(order.due), ground.day()) {
        Age::Near => LampKind::Yellow,
        age if age.is_over() => LampKind::Red,
        _ => LampKind::Green,
    };
    lamp(kind, &kind.word(ground.here.lang))
}

fn standing(ground: &Ground, order: &Owed) -> String {
    if answered(ground, order) {
        return ground.t("scorecard-order-answered");
    }
    let left = Standing::on(&ground.calendar, order.due, ground.day()).ok();
    left.map(|left| format::due(ground.here.lang, left.signed())).unwrap_or_default()
}
