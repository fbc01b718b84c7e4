//! `/organisation/units/{id}`: what a unit is, where it comes from, who works in it, what is recorded of it.

use axum::extract::Path;
use hejian_kernel::{
    access::Part,
    error::Result,
    i18n::{format, t, ta},
    pages::{Frame, page as framed},
    register::list::{self, ListQuery},
    ui::{
        Markup,
        buttons::{Kind, link_button},
        detail::definitions,
        head::{PageHead, panel, panel_pad},
        html,
        lamp::{Tone, tag},
        query::Query,
        shell::Crumb,
        table::{Column, Phone, Row, Table},
    },
    unit::{self, Unit, UnitQuery},
    web::{Ctx, Soon, Subject, beside},
};

use super::{
    super::{
        READ,
        store::{
            posts::{self, Post, Term},
            units::{self, Succession},
        },
        words,
    },
    demo, id,
    map::map,
    way,
};

/// The page.
pub(in crate::organisation) async fn page(ctx: Ctx, Path(text): Path<String>) -> Result<Markup> {
    let seen = ctx.actor.scoped(READ, id(&text, "thing-unit")?)?;
    let mut read = ctx.read().await?;
    let today = read.today();
    let unit = unit::get(&mut read.tx, &seen).await?;
    let names = unit::names(&mut read.tx).await?;
    let lineage = units::successions(&mut read.tx, unit.id).await?;
    let posts = posts::of_unit(&mut read.tx, unit.id).await?;
    let terms = posts::terms_on(&mut read.tx, today).await?;
    // Its neighbours and children of the day on which it was last in being.
    let day = unit.valid_to.and_then(|to| to.pred_opt()).map_or(today, |last| last.min(today)).max(unit.valid_from);
    let around = unit::list(&mut read.tx, &seen.with(UnitQuery { on: Some(day), ..UnitQuery::default() })).await?;
    let boundaries = units::boundaries(&mut read.tx).await?;
    let mut records = Vec::new();
    for def in ctx.app.registers() {
        let Ok(may) = ctx.actor.scoped(def.permissions.read, ()) else { continue };
        let asked = may.with(ListQuery { under: Some(unit.id), size: 1, ..ListQuery::default() });
        records.push((def, list::list(&mut read.tx, &read.keys, def, &asked).await?.total));
    }
    drop(read);
    let beside = beside(&ctx, &subject_of(&unit)).await?;
    let children: Vec<&Unit> = around.iter().filter(|u| u.parent == Some(unit.id)).collect();
    let drawing = boundaries.contains_key(&unit.id).then(|| {
        let near: Vec<&Unit> = around.iter().filter(|u| u.parent == unit.parent && u.kind == unit.kind).collect();
        map(ctx.lang, &near, &boundaries, &names, Some(unit.id))
    });
    let parent = unit.parent.and_then(|p| names.get(&p).map(|n| (p, n.clone())));
    let records: Vec<_> = records.iter().map(|(def, n)| (def.key, *n)).collect();
    let body = html! {
        (head(&ctx, &unit, today))
        div.hj-grid {
            div.s8.stack {
                (facts(&ctx, &unit, parent.as_ref()))
                (post_table(&ctx, &posts, &terms))
                @if !children.is_empty() { (child_table(&ctx, &children)) }
            }
            aside.s4.stack {
                (beside)
                @if let Some(Some(drawing)) = drawing { (panel_pad(&t(ctx.lang, "unit-map"), html! {}, drawing)) }
                (origin(&ctx, &unit, &lineage))
                (register_links(&ctx, &unit, &records))
            }
        }
    };
    let mut crumbs = Vec::new();
    if let Some((id, name)) = parent {
        crumbs.push(Crumb::to(name, format!("/organisation/units/{id}")));
    }
    crumbs.push(Crumb::here(unit.name.clone()));
    framed(&ctx, Frame::new(unit.name.clone(), way(&ctx, crumbs)), body).await
}

fn subject_of(unit: &Unit) -> Subject {
    Subject {
        key: format!("unit:{}", unit.id),
        title: unit.name.clone(),
        href: format!("/organisation/units/{}", unit.id),
        unit: Some(unit.id),
        right: READ,
    }
}

/// What a unit's page is about, by the unit's id.
pub(in crate::organisation) fn find<'c>(ctx: &'c Ctx, key: &'c str) -> Soon<'c, Subject> {
    Box::pin(async move {
        let seen = ctx.actor.scoped(READ, id(key, "thing-unit")?)?;
        let mut read = ctx.read().await?;
        Ok(subject_of(&unit::get(&mut read.tx, &seen).await?))
    })
}

fn head(ctx: &Ctx, unit: &Unit, today: chrono::NaiveDate) -> Markup {
    let lang = ctx.lang;
    let mut head = PageHead::new(lang, unit.name.clone())
        .mark(tag(Tone::Plain, &words::kind(lang, &unit.kind)))
        .mark(words::honours(lang, unit))
        .demo(demo(ctx) && unit.value_status != "real");
    if unit.valid_to.is_some_and(|to| to <= today) {
        head = head.mark(tag(Tone::Line, &t(lang, "unit-ended")));
    }
    html! { (head.meta(unit.code.clone().unwrap_or_default())) }
}

fn facts(ctx: &Ctx, unit: &Unit, parent: Option<&(uuid::Uuid, String)>) -> Markup {
    let lang = ctx.lang;
    let label = |key: &str| t(lang, key);
    let above = match parent {
        Some((id, name)) => html! { a href=(format!("/organisation/units/{id}")) { (name) } },
        None => html! { (format::DASH) },
    };
    let section = unit.section.as_ref().map(|s| t(lang, &format!("unit-section-{}", s.replace('_', "-"))));
    let items = [
        (label("unit-parent"), above),
        (label("unit-section"), html! { (format::or_dash(section)) }),
        (label("unit-code"), html! { (format::or_dash(unit.code.clone())) }),
        (label("unit-in-being"), html! { (words::span(lang, unit.valid_from, unit.valid_to)) }),
        (label("unit-name-data"), html! { (words::status(lang, &unit.name_status)) }),
        (label("unit-value-data"), html! { (words::status(lang, &unit.value_status)) }),
        (label("unit-note"), html! { (format::or_dash(unit.note.clone())) }),
    ];
    let shown: Vec<(&str, Markup)> = items
        .iter()
        .filter(|(name, value)| value.0 != format::DASH || *name == label("unit-parent"))
        .map(|(name, value)| (name.as_str(), value.clone()))
        .collect();
    panel_pad(&t(lang, "unit-facts"), html! {}, definitions(&shown))
}

fn post_table(ctx: &Ctx, posts: &[Post], terms: &[Term]) -> Markup {
    let lang = ctx.lang;
    let who = |post: &Post, part: Part| {
        let mut names = terms.iter().filter(|t| t.post == post.id && t.part == part).peekable();
        html! {
            @if names.peek().is_none() { (format::DASH) }
            @for (i, term) in names.enumerate() {
                @if i > 0 { (t(lang, "register-comma")) }
                a href=(format!("/organisation/persons/{}", term.person)) { (term.name) }
            }
        }
    };
    let columns = vec![
        Column::text(t(lang, "post-name")),
        Column::text(t(lang, "term-holder")).phone(Phone::Named),
        Column::text(t(lang, "term-deputy")).phone(Phone::Named),
        Column::num(t(lang, "post-open")),
    ];
    let rows = posts.iter().map(|post| {
        Row::new(vec![
            html! { a.title href=(format!("/organisation/posts/{}", post.id)) { (post.name) } }.into(),
            who(post, Part::Holder).into(),
            who(post, Part::Deputy).into(),
            format::int(post.open).into(),
        ])
    });
    let body = html! {
        @if posts.is_empty() { div.pad.dim.sm { (t(lang, "unit-no-posts")) } }
        @else { (Table::new(lang, t(lang, "unit-posts"), columns).rows(rows)) }
    };
    panel(&t(lang, "unit-posts"), html! {}, body)
}

fn child_table(ctx: &Ctx, children: &[&Unit]) -> Markup {
    let lang = ctx.lang;
    let columns = vec![
        Column::text(t(lang, "unit-name")),
        Column::text(t(lang, "unit-kind")).phone(Phone::Inline),
        Column::text(t(lang, "unit-code")).class("dim").phone(Phone::Inline),
        Column::text(t(lang, "unit-data")).tight().phone(Phone::Inline),
    ];
    let rows = children.iter().map(|unit| {
        Row::new(vec![
            html! { a.title href=(format!("/organisation/units/{}", unit.id)) { (unit.name) } (words::honours(lang, unit)) }
                .into(),
            words::kind(lang, &unit.kind).into(),
            format::or_dash(unit.code.clone()).into(),
            words::mark(lang, &unit.name_status).into(),
        ])
    });
    let n = html! { span.dim.xs { (ta(lang, "organisation-count", &[("n", children.len().into())])) } };
    panel(&t(lang, "unit-children"), n, html! { (Table::new(lang, t(lang, "unit-children"), columns).rows(rows)) })
}

/// What it was merged from and into, with day and document.
fn origin(ctx: &Ctx, unit: &Unit, lineage: &[Succession]) -> Markup {
    let lang = ctx.lang;
    let item = |s: &Succession| {
        let came = s.to_id == unit.id;
        let (other, name) = if came { (s.from_id, &s.from_name) } else { (s.to_id, &s.to_name) };
        let key = if came { "lineage-from" } else { "lineage-to" };
        let what = ta(lang, key, &[("kind", words::lineage(lang, &s.kind).into())]);
        html! {
            li {
                time datetime=(format::date(s.effective_on)) { (format::date(s.effective_on)) "　" (what) }
                a href=(format!("/organisation/units/{other}")) { (name) }
                @if let Some(document) = &s.document { span.sub.dim.xs { " " (document) } }
            }
        }
    };
    html! {
        @if !lineage.is_empty() {
            (panel_pad(&t(lang, "unit-lineage"), html! {}, html! { ol.hj-time { @for s in lineage { (item(s)) } } }))
        }
    }
}

fn register_links(ctx: &Ctx, unit: &Unit, records: &[(&str, i64)]) -> Markup {
    let lang = ctx.lang;
    let item = |(key, n): &(&str, i64)| {
        let href = Query::new(format!("/registers/{key}")).with("unit", unit.key.clone()).href();
        html! {
            li {
                span.grow { (t(lang, &format!("register-{}", key.replace('_', "-")))) }
                b { (format::int(*n)) }
                (link_button(&t(lang, "unit-open-records"), &href, "", Kind::Small))
            }
        }
    };
    html! {
        @if !records.is_empty() {
            (panel(&t(lang, "unit-records"), html! {}, html! { ul.mini { @for record in records { (item(record)) } } }))
        }
    }
}
