//! Lists of duties: of an indicator, of a unit, of a post, and one line with its history.

use axum::extract::Path;
use hejian_kernel::{
    error::{Error, Result},
    i18n::{format, ta},
    ui::{
        Markup,
        buttons::{Kind as Button, link_button, post_button},
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
    here::{Here, cascades},
    model::{Duty, Part},
    store::{self, Version},
};

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

/// `GET /duty/units/{key}`
pub(super) async fn unit(Path(key): Path<String>, ctx: Ctx) -> Result<Markup> {
    let mut read = ctx.read().await?;
    let today = read.today();
    let here = Here::read(&ctx, &mut read.tx, today).await?;
    let unit = here.unit(&key)?;
    let may_cascade = unit.kind == "subdistrict" && cascades(&ctx, &mut read.tx, unit.id).await?;
    drop(read);
    let own = here.sorted(here.board.find(|of| of.unit == unit.id));
    let leads = own.iter().filter(|duty| duty.content.part == Part::Lead).count();
    let mut head = PageHead::new(here.lang, &unit.name).demo(here.demo).meta(ta(
        here.lang,
        "duty-unit-meta",
        &[("all", own.len().into()), ("leads", leads.into())],
    ));
    if leads > 0 {
        head = head.act(link_button(
            &here.t("duty-grid"),
            &here.link(&format!("/duty/grid/{key}")),
            "dash",
            Button::Plain,
        ));
        head = head.act(link_button(
            &here.t("duty-plans"),
            &here.link(&format!("/duty/plans/{key}")),
            "task",
            Button::Plain,
        ));
    }
    if unit.kind == "community" || unit.kind == "subdistrict" {
        head = head.act(link_button(
            &here.t("duty-score"),
            &here.link(&format!("/score/units/{key}")),
            "dash",
            Button::Plain,
        ));
    }
    if unit.kind != "community" && ctx.actor.may("scorecard.read") {
        let href = here.link(&format!("/scorecards/{key}"));
        head = head.act(link_button(&here.t("scorecard"), &href, "people", Button::Plain));
    }
    if !own.is_empty() {
        head = head.act(link_button(
            &here.t("duty-letter"),
            &here.link(&format!("/duty/letter/{key}")),
            "print",
            Button::Plain,
        ));
    }
    let body = html! {
        (head)
        div.stack {
            @if unit.kind == "subdistrict" { (coverage(&here, unit.id, &key, may_cascade)) }
            (panel(&here.t("duty-all"), html! {}, table(&here, Of::Unit, &own)))
        }
    };
    here.page(&ctx, &unit.name.clone(), false, body).await
}

/// How far a subdistrict has broken its shares down: communities down, indicators across would be too wide, so a line an indicator.
fn coverage(here: &Here, unit: Uuid, key: &str, may: bool) -> Markup {
    let own: Vec<&Duty> =
        here.sorted(here.board.find(|of| of.unit == unit && of.part == Part::Carry && of.done.is_none()));
    let open: Vec<&&Duty> = own
        .iter()
        .filter(|duty| {
            let (got, all) = covered(here, unit, &duty.content.indicator);
            got < all
        })
        .collect();
    let body = html! {
        @if open.is_empty() { p.dim.sm { (here.t("duty-covered-all")) } }
        @else {
            ul.mini.flush {
                @for duty in open {
                    @let code = &duty.content.indicator;
                    @let missing: Vec<&str> = here.board.communities(unit).filter(|of| here.board.at(code, of.id).is_none()).map(|of| of.name.as_str()).collect();
                    li {
                        span.grow { (here.indicator_link(code)) span.sub { (here.n("duty-uncovered", missing.len())) (missing.join("、")) } }
                        (link_button(&here.t(if may { "duty-cascade" } else { "duty-open" }), &here.link(&format!("/duty/cascade/{key}/{code}")), "", Button::Small))
                    }
                }
            }
        }
    };
    panel_pad(&here.t("duty-coverage"), html! {}, body)
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

/// `GET /duty/lines/{id}`
pub(super) async fn line(Path(text): Path<String>, ctx: Ctx) -> Result<Markup> {
    let line = id(&text)?;
    let mut read = ctx.read().await?;
    let today = read.today();
    let here = Here::read(&ctx, &mut read.tx, today).await?;
    let history = store::line(&mut read.tx, here.campaign, line).await?;
    drop(read);
    let latest = &history.first().ok_or(Error::NotFound { what: "thing-duty" })?.duty;
    let stands = here.board.line(line);
    let of = &latest.content;
    let title = format!("{} {}", of.indicator, here.name(&of.indicator));
    let mut head = PageHead::new(here.lang, here.name(&of.indicator))
        .code(&of.indicator)
        .mark(part(&here, of.part))
        .demo(here.demo);
    if stands.is_none() {
        head = head.mark(tag(Tone::Red, &here.t("duty-ended")));
    }
    let here_at = |rest: &str| here.link(&format!("/duty/lines/{line}/{rest}"));
    if let Some(duty) = stands {
        if here.assigns && of.part != Part::Lead {
            head = head.act(link_button(&here.t("duty-end"), &here_at("end"), "x", Button::Plain));
        }
        if here.acts_for(&ctx, of.unit) {
            let (label, verb) = if of.done.is_some() { ("duty-reopen", "reopen") } else { ("duty-finish", "finish") };
            let version = duty.version.to_string();
            head = head.act(post_button(&here.t(label), &here_at(verb), &[("version", &version)], Button::Plain));
        }
        if here.assigns {
            head = head.act(link_button(&here.t("duty-change"), &here_at("change"), "", Button::Primary));
        }
    }
    let above = of.parent.and_then(|parent| here.board.line(parent));
    let items = [
        (here.t("duty-unit"), here.unit_link(of.unit)),
        (here.t("duty-person"), here.who(of.post)),
        (here.t("duty-due"), here.due(of)),
        (here.t("duty-lamp"), here.lit(of)),
        (
            here.t("duty-parent"),
            html! { @match above { Some(above) => { (part(&here, above.content.part)) " " (here.unit_link(above.content.unit)) }, None => (format::DASH) } },
        ),
        (here.t("duty-note"), html! { @if of.note.is_empty() { (format::DASH) } @else { (of.note) } }),
    ];
    let items: Vec<(&str, Markup)> = items.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    let body = html! {
        (head)
        div.hj-grid {
            div.s7.stack { (panel_pad(&here.t("duty-one"), html! {}, definitions(&items))) }
            aside.s5.stack { (panel_pad(&here.t("duty-history"), html! {}, timeline(&here, &history, false))) }
        }
    };
    here.page(&ctx, &title, false, body).await
}

/// Who had it when, the latest first.
fn timeline(here: &Here, history: &[Version], units: bool) -> Markup {
    let lang = here.lang;
    let said = |kind: &str, reason: &str| html! { b { (here.t(&format!("duty-act-{kind}"))) } @if !reason.is_empty() { "：" (reason) } };
    html! {
        @if history.is_empty() { p.dim.sm { (here.t("duty-no-history")) } }
        ol.hj-time {
            @for version in history {
                @let of = &version.duty.content;
                @if let Some((kind, reason, by, at)) = version.ended.as_ref().filter(|_| !is_followed(history, version)) {
                    li { time datetime=(at.to_rfc3339()) { (format::moment(*at)) } (said(kind, reason)) span.sub { (by) } }
                }
                li {
                    time datetime=(version.at.to_rfc3339()) { (format::moment(version.at)) }
                    (said(&version.act, &version.reason))
                    div.sm {
                        (part(here, of.part)) " "
                        @if units { (here.unit_link(of.unit)) " " }
                        (here.who(of.post))
                        @if let Some(due) = of.due { " " (ta(lang, "duty-until", &[("day", format::date(due).into())])) }
                    }
                    span.sub { (version.by) " · " (format::date(version.from)) "～" (version.to.map(format::date).unwrap_or_default()) }
                }
            }
        }
    }
}

/// Whether a later version of the line stands in the list.
fn is_followed(history: &[Version], version: &Version) -> bool {
    history.iter().any(|other| other.duty.line == version.duty.line && other.duty.version == version.duty.version + 1)
}
