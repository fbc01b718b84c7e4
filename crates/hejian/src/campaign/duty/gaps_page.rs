//! 缺口: what is missing, each with the link that mends it.

use std::collections::BTreeMap;

use hejian_kernel::{
    error::Result,
    i18n::{format, ta},
    ui::{
        Markup,
        buttons::{Kind as Button, link_button},
        feedback::empty,
        head::{PageHead, Tab, tabs},
        html,
        table::{Column, Row, Table, table_box},
    },
    web::Ctx,
};

use super::{
    gaps::{Gap, Kind, MOST, gaps},
    here::Here,
};

/// `GET /duty/gaps`
pub(super) async fn show(ctx: Ctx) -> Result<Markup> {
    let here = Here::open(&ctx).await?;
    let all = gaps(&here.board, &here.standard.pack);
    let wanted = here.query.get("kind").and_then(|key| Kind::ALL.into_iter().find(|kind| kind.key() == key));
    let title = here.t("duty-gaps");
    let body = html! {
        (PageHead::new(here.lang, &title).demo(here.demo).meta(here.t("duty-gaps-about")))
        (tabs(&title, &chosen(&here, &all, wanted)))
        (list(&here, &ctx, all.iter().filter(|gap| wanted.is_none_or(|kind| gap.kind == kind))))
    };
    here.page(&ctx, &title, false, body).await
}

fn chosen(here: &Here, all: &[Gap], wanted: Option<Kind>) -> Vec<Tab> {
    let mut counts: BTreeMap<Kind, usize> = BTreeMap::new();
    for gap in all {
        *counts.entry(gap.kind).or_default() += 1;
    }
    let every = Tab::new(here.t("duty-gaps-all"), here.link("/duty/gaps"), wanted.is_none()).count(all.len());
    let of = |kind: Kind| {
        let href = here.link(&format!("/duty/gaps?kind={}", kind.key()));
        Tab::new(here.t(&format!("duty-gap-{}", kind.key())), href, wanted == Some(kind))
            .count(counts.get(&kind).copied().unwrap_or(0))
    };
    std::iter::once(every).chain(Kind::ALL.into_iter().map(of)).collect()
}

fn list<'a>(here: &Here, ctx: &Ctx, gaps: impl Iterator<Item = &'a Gap>) -> Markup {
    let rows: Vec<Row> = gaps.map(|gap| row(here, ctx, gap)).collect();
    if rows.is_empty() {
        return html! { div.hj-tw id="list" { (empty("check", &here.t("duty-gaps-none"), html! {})) } };
    }
    let columns = vec![
        Column::text(here.t("duty-gap")).class("nowrap"),
        Column::text(here.t("duty-indicator")),
        Column::text(here.t("duty-unit")),
        Column::text(here.t("duty-gap-says")),
        Column::text(here.t("duty-mend")).tight().quiet_head(),
    ];
    table_box("list", html! { (Table::new(here.lang, here.t("duty-gaps"), columns).rows(rows).stick()) }, html! {})
}

fn row(here: &Here, ctx: &Ctx, gap: &Gap) -> Row {
    let (verb, href) = mend(here, ctx, gap);
    Row::new(vec![
        html! { span.hj-cellgap { (here.t(&format!("duty-gap-{}", gap.kind.key()))) } }.into(),
        html! { @if !gap.code.is_empty() { (here.indicator_link(&gap.code)) } @else { (format::DASH) } }.into(),
        html! { @match gap.unit { Some(unit) => (here.unit_link(unit)), None => (format::DASH) } }.into(),
        says(here, gap).into(),
        link_button(&here.t(verb), &href, "", Button::Small).into(),
    ])
}

/// What exactly is missing.
pub(crate) fn says(here: &Here, gap: &Gap) -> String {
    let post = gap.post.and_then(|id| here.board.post(id));
    let name = post.map_or("", |post| post.name.as_str());
    match gap.kind {
        Kind::NoLead => here.t("duty-gap-says-no-lead"),
        Kind::TwoLeads => here.n("duty-gap-says-two-leads", gap.count),
        Kind::NoPerson if post.is_none() => here.t("duty-gap-says-no-post"),
        Kind::NoPerson => ta(here.lang, "duty-gap-says-no-person", &[("post", name.into())]),
        Kind::Left => ta(here.lang, "duty-gap-says-left", &[("post", name.into())]),
        Kind::Ends => {
            let day = gap.day.map(format::date).unwrap_or_default();
            ta(here.lang, "duty-gap-says-ends", &[("post", name.into()), ("day", day.into())])
        }
        Kind::NoDeadline => here.t("duty-gap-says-no-deadline"),
        Kind::Overload => ta(
            here.lang,
            "duty-gap-says-overload",
            &[("post", name.into()), ("n", gap.count.into()), ("most", MOST.into())],
        ),
        Kind::NotCascaded => {
            let names: Vec<&str> = gap.missing.iter().map(|unit| here.board.unit_name(*unit)).collect();
            ta(here.lang, "duty-gap-says-not-cascaded", &[("n", gap.count.into()), ("names", names.join("、").into())])
        }
    }
}

/// Where it is mended, and what the way is called.
fn mend(here: &Here, ctx: &Ctx, gap: &Gap) -> (&'static str, String) {
    let key = gap.unit.and_then(|unit| here.board.unit(unit)).map_or("", |unit| unit.key.as_str());
    if let (Kind::Left | Kind::Ends, Some(post), true) = (gap.kind, gap.post, ctx.actor.may("organisation.manage")) {
        return ("handover-title", format!("/organisation/posts/{post}/handover"));
    }
    let at = match (gap.kind, gap.line, gap.post) {
        (Kind::NotCascaded, ..) => ("duty-cascade", format!("/duty/cascade/{key}/{}", gap.code)),
        (Kind::Overload, _, Some(post)) => ("duty-open", format!("/duty/posts/{post}")),
        // Whoever gives no duties looks at what is missing, and at who could mend it.
        (_, Some(line), _) if !here.assigns => ("duty-open", format!("/duty/lines/{line}")),
        _ if !here.assigns => ("duty-open", format!("/duty/indicators/{}", gap.code)),
        (Kind::NoLead, ..) => ("duty-new", format!("/duty/new?indicator={}&part=lead", gap.code)),
        (Kind::TwoLeads, ..) => ("duty-open", format!("/duty/indicators/{}", gap.code)),
        (_, Some(line), _) => ("duty-change", format!("/duty/lines/{line}/change")),
        _ => ("duty-open", format!("/duty/indicators/{}", gap.code)),
    };
    (at.0, here.link(&at.1))
}
