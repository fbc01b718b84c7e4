//! Lists of duties: what they are drawn with, and those of an indicator and of a post.

mod line;
mod unit;

use axum::extract::Path;
use hejian_kernel::{
    error::{Error, Result},
    i18n::format,
    ui::{
        Markup,
        buttons::{Kind as Button, link_button},
        detail::definitions,
        feedback::empty,
        head::{PageHead, panel, panel_pad},
        html,
        lamp::{Tone, tag},
        table::{Column, Phone, Row, Table},
    },
    web::Ctx,
};
use uuid::Uuid;

use super::{
    here::Here,
    model::{Duty, Part},
    store::{self},
};

use line::timeline;
pub(super) use {line::line, unit::unit};

/// The id of an address.
pub(super) fn id(text: &str) -> Result<Uuid> {
    Uuid::try_parse(text).map_err(|_| Error::NotFound { what: "thing-duty" })
}

/// Which columns a list leaves out because the page is about them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    Indicator,
    Unit,
    Post,
}

/// A table of duties.
pub(super) fn table(here: &Here, of: Of, duties: &[&Duty]) -> Markup {
    let t = |key: &str| here.t(key);
    if duties.is_empty() {
        return empty("task", &t("duty-none-here"), html! {});
    }
    let mut columns = vec![Column::text(t("duty-lamp")).tight().phone(Phone::Inline)];
    columns.push(Column::text(t("duty-part")).tight().phone(Phone::Inline));
    if of != Of::Indicator {
        columns.push(Column::text(t("duty-indicator")));
    }
    if of != Of::Unit {
        columns.push(Column::text(t("duty-unit")));
    }
    if of != Of::Post {
        columns.push(Column::text(t("duty-person")).phone(Phone::Inline));
    }
    columns.push(Column::text(t("duty-due")).class("nowrap").phone(Phone::Inline));
    columns.push(Column::text(t("duty-open")).tight().quiet_head());
    let row = |duty: &&Duty| {
        let content = &duty.content;
        let mut cells = vec![here.lit(content).into(), part(here, content.part).into()];
        if of != Of::Indicator {
            cells.push(here.indicator_link(&content.indicator).into());
        }
        if of != Of::Unit {
            cells.push(here.unit_link(content.unit).into());
        }
        if of != Of::Post {
            cells.push(here.who(content.post).into());
        }
        cells.push(here.due(content).into());
        let href = here.link(&format!("/duty/lines/{}", duty.line));
        cells.push(link_button(&t("duty-open"), &href, "", Button::Small).into());
        Row::new(cells)
    };
    html! { (Table::new(here.lang, t("duty-caption"), columns).rows(duties.iter().map(row))) }
}

/// 牵头, 配合, 承办.
pub(crate) fn part(here: &Here, part: Part) -> Markup {
    let tone = match part {
        Part::Lead => Tone::Accent,
        Part::Support => Tone::Line,
        Part::Carry => Tone::Plain,
    };
    tag(tone, &here.t(&format!("duty-part-{}", part.key())))
}

/// `GET /duty/indicators/{code}`
pub(super) async fn indicator(Path(code): Path<String>, ctx: Ctx) -> Result<Markup> {
    let mut read = ctx.read().await?;
    let today = read.today();
    let here = Here::read(&ctx, &mut read.tx, today).await?;
    let name = here.standard.name(here.lang, here.indicator(&code)?);
    let history = store::of_indicator(&mut read.tx, here.campaign, &code).await?;
    drop(read);
    let above = here.sorted(here.board.find(|of| of.indicator == code && of.part != Part::Carry));
    let mut head = PageHead::new(here.lang, &name).code(&code).demo(here.demo);
    head = head.act(link_button(&here.t("duty-score"), &here.link(&format!("/score/{code}")), "dash", Button::Plain));
    if here.assigns {
        let href = here.link(&format!("/duty/new?indicator={code}"));
        head = head.act(link_button(&here.t("duty-new"), &href, "plus", Button::Primary));
    }
    let body = html! {
        (head)
        div.stack {
            (panel(&here.t("duty-departments"), html! {}, table(&here, Of::Indicator, &above)))
            (shares(&here, &code))
            (panel_pad(&here.t("duty-history"), html! {}, timeline(&here, &history, true)))
        }
    };
    here.page(&ctx, &format!("{code} {name}"), false, body).await
}

/// What the subdistricts carry of an indicator, and how far it is broken down.
fn shares(here: &Here, code: &str) -> Markup {
    let all: Vec<&Duty> = here
        .board
        .of_kind("subdistrict")
        .filter_map(|unit| here.board.at(code, unit.id))
        .filter(|duty| duty.content.part == Part::Carry)
        .collect();
    if all.is_empty() {
        return html! {};
    }
    let columns = vec![
        Column::text(here.t("duty-lamp")).tight().phone(Phone::Inline),
        Column::text(here.t("duty-subdistrict")),
        Column::text(here.t("duty-person")),
        Column::text(here.t("duty-due")).class("nowrap"),
        Column::num(here.t("duty-covered")),
        Column::text(here.t("duty-open")).tight().quiet_head(),
    ];
    let row = |duty: &Duty| {
        let of = &duty.content;
        let (got, all) = covered(here, of.unit, code);
        let key = here.board.unit(of.unit).map_or("", |unit| unit.key.as_str());
        let href = here.link(&format!("/duty/cascade/{key}/{code}"));
        Row::new(vec![
            here.lit(of).into(),
            here.unit_link(of.unit).into(),
            here.who(of.post).into(),
            here.due(of).into(),
            html! { span.down[got < all] { (got) " / " (all) } }.into(),
            link_button(&here.t("duty-cascade"), &href, "", Button::Small).into(),
        ])
    };
    let rows = all.into_iter().map(row);
    panel(
        &here.t("duty-shares"),
        html! {},
        html! { (Table::new(here.lang, here.t("duty-shares"), columns).rows(rows)) },
    )
}

/// How many communities of a subdistrict have a share of an indicator, and how many there are.
pub(super) fn covered(here: &Here, subdistrict: Uuid, code: &str) -> (usize, usize) {
    let all: Vec<Uuid> = here.board.communities(subdistrict).map(|unit| unit.id).collect();
    (all.iter().filter(|unit| here.board.at(code, **unit).is_some()).count(), all.len())
}

/// `GET /duty/posts/{id}`
pub(super) async fn post(Path(text): Path<String>, ctx: Ctx) -> Result<Markup> {
    let here = Here::open(&ctx).await?;
    let post = here.board.post(id(&text)?).ok_or(Error::NotFound { what: "thing-post" })?;
    let unit = here.board.unit(post.unit).ok_or(Error::NotFound { what: "thing-post" })?;
    let own = here.sorted(here.board.find(|of| of.post == Some(post.id)));
    let name = post.person().map_or_else(|| here.t("duty-nobody"), |person| person.name.clone());
    let open = own.iter().filter(|duty| duty.content.done.is_none()).count();
    let items = [
        (here.t("duty-unit"), here.unit_link(unit.id)),
        (here.t("duty-post"), html! { (post.name) }),
        (
            here.t("duty-holder"),
            html! { (post.holder.as_ref().map_or_else(|| here.t("duty-nobody"), |of| of.name.clone())) },
        ),
        (
            here.t("duty-deputy-post"),
            html! { (post.deputy.as_ref().map_or_else(|| format::DASH.to_owned(), |of| of.name.clone())) },
        ),
        (
            here.t("duty-covered-until"),
            html! { @match post.empty_from { None => (here.t("duty-no-end")), Some(day) => span.down { (format::date(day)) } } },
        ),
    ];
    let items: Vec<(&str, Markup)> = items.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    let mut head = PageHead::new(here.lang, &name).demo(here.demo).meta(here.n("duty-open-items", open));
    if ctx.actor.may("organisation.manage") {
        let href = format!("/organisation/posts/{}/handover", post.id);
        head = head.act(link_button(&here.t("handover-title"), &href, "sync", Button::Plain));
    }
    if !own.is_empty() {
        let href = here.link(&format!("/duty/letter/{}?post={}", unit.key, post.id));
        head = head.act(link_button(&here.t("duty-letter"), &href, "print", Button::Plain));
    }
    let body = html! {
        (head)
        div.stack { (panel_pad(&here.t("duty-post"), html! {}, definitions(&items))) (panel(&here.t("duty-all"), html! {}, table(&here, Of::Post, &own))) }
    };
    here.page(&ctx, &name, false, body).await
}
